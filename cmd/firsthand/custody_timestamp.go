package main

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"

	"github.com/firsthand-media/firsthand/verify/casefile"
	"github.com/firsthand-media/firsthand/verify/custody"
	"github.com/spf13/cobra"
)

// stamping are the flags of firsthand custody timestamp.
type stamping struct {
	out, add, roots, authority string
}

// requestFile is the file of a request for a timestamp.
const requestFile = "checkpoint.tsq"

func newTimestampCommand(g *globalOptions) *cobra.Command {
	var o stamping
	cmd := &cobra.Command{
		Use:   "timestamp --case CASE (--out DIR | --add FILE | --tsa URL)",
		Short: "have a time-stamping authority vouch for the ledger (RFC 3161)",
		Long: `A time-stamping authority signs that it saw a hash at a time. With --out the
request goes into a new folder, to be sent by whatever way there is; the answer is
added later. Only with --tsa is anything sent from here: the hash of the last
checkpoint, which tells nothing of the case.

    firsthand custody timestamp --case my-case --out request
    curl -H 'Content-Type: application/timestamp-query' --data-binary @request/checkpoint.tsq URL > answer.tsr
    firsthand custody timestamp --case my-case --add answer.tsr --roots authority.pem

--roots are the certificates by which you know the authority, in PEM form, as you
got them from it. They are kept with the answer, so that firsthand custody verify
checks it off line. Whether a certificate was revoked is not looked up.

Exit status: 0 done, 1 could not be done, 2 wrong usage, 3 the ledger does not
hold.`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error { return g.timestamp(cmd.Context(), o) },
	}
	g.caseFlag(cmd)
	cmd.Flags().StringVar(&o.out, "out", "", "a new folder for the request")
	cmd.Flags().StringVar(&o.add, "add", "", "keep the authority's answer with the case")
	cmd.Flags().StringVar(&o.authority, "tsa", "", "send the request to this authority now, and keep its answer")
	cmd.Flags().StringVar(&o.roots, "roots", "", "certificates by which you know the authority, PEM")
	return cmd
}

func (g *globalOptions) timestamp(ctx context.Context, o stamping) error {
	given := 0
	for _, s := range []string{o.out, o.add, o.authority} {
		if s != "" {
			given++
		}
	}
	if given != 1 || o.out != "" && o.roots != "" {
		return usagef("one of --out, --add and --tsa is needed, and --roots only with the last two")
	}
	var roots []byte
	if o.roots != "" {
		var err error
		if roots, err = readProof(o.roots, "authority.pem"); err != nil {
			return err
		}
		if _, err = custody.ParseCertificates(roots); err != nil {
			return fmt.Errorf("%s: %w", o.roots, err)
		}
	}
	file, err := g.writeCase()
	if err != nil {
		return err
	}
	switch {
	case o.add != "":
		err = g.addAnchorFile(ctx, file, casefile.Timestamped, o.add, roots)
	case o.authority != "":
		err = g.askAuthority(ctx, file, o.authority, roots)
	default:
		err = g.requestTimestamp(ctx, file, o.out)
	}
	return errors.Join(err, file.Close())
}

func (g *globalOptions) requestTimestamp(ctx context.Context, file *casefile.File, out string) error {
	c, err := file.Checkpoint(ctx)
	if err != nil {
		return err
	}
	request, err := custody.TimestampRequest(c)
	if err != nil {
		return err
	}
	if err := writeProofs(out, map[string][]byte{custody.CheckpointFile: c.Note, requestFile: request}); err != nil {
		return fmt.Errorf("write the request: %w", err)
	}
	g.term.printf("%s: request for the checkpoint at %d entries\n", shown(filepath.Join(out, requestFile)), c.Size)
	return nil
}

// askAuthority sends the hash of the last checkpoint to an authority.
func (g *globalOptions) askAuthority(ctx context.Context, file *casefile.File, url string, roots []byte) error {
	c, err := file.Checkpoint(ctx)
	if err != nil {
		return err
	}
	request, err := custody.TimestampRequest(c)
	if err != nil {
		return err
	}
	g.term.note("the hash of the checkpoint at %d entries is sent to %s", c.Size, url)
	response, err := askTSA(ctx, url, request)
	if err != nil {
		return withHint(fmt.Errorf("ask the authority: %w", err), "--out writes the request to a file, to be sent in another way")
	}
	return g.addAnchor(ctx, file, casefile.Timestamped, response, roots)
}
