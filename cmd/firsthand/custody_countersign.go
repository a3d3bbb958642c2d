package main

import (
	"context"
	"crypto/ed25519"
	"errors"
	"fmt"
	"os"
	"strings"
	"time"

	"github.com/firsthand-media/firsthand/verify/casefile"
	"github.com/firsthand-media/firsthand/verify/custody"
	"github.com/spf13/cobra"
)

// countersigning are the flags of firsthand custody countersign.
type countersigning struct {
	out, add, trust string
}

func newCountersignCommand(g *globalOptions) *cobra.Command {
	var o countersigning
	cmd := &cobra.Command{
		Use:   "countersign [--case CASE] [CHECKPOINT] --by NAME --out FILE",
		Short: "sign a colleague's checkpoint with your own key",
		Long: `Signs a checkpoint with your key and your name: you vouch that you saw the
ledger with this size and root, now. Give it a copy of the case and you vouch for
a ledger that was checked here and goes on from the checkpoint; without one, for
the checkpoint alone, which a colleague handed to you as a file. Nothing is sent.

    firsthand custody countersign --case copy-of-case --by Olena --out checkpoint.olena
    firsthand custody countersign their/checkpoint --by Olena --out checkpoint.olena

The owner of the case adds the file, and says whose key it is when that is known
from the person (firsthand custody key --by Olena shows it there):

    firsthand custody countersign --case my-case --add checkpoint.olena
    firsthand custody countersign --case my-case --trust Olena+01234567+BASE64 --by Max

Exit status: 0 done, 1 could not be done, 2 wrong usage, 3 the ledger, the
checkpoint or a signature does not hold.`,
		Args: cobra.MaximumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error { return g.countersign(cmd.Context(), args, o) },
	}
	cmd.Flags().StringVar(&g.caseDir, "case", "", "the case folder")
	cmd.Flags().StringVar(&o.out, "out", "", "a new file for the countersigned checkpoint")
	cmd.Flags().StringVar(&o.add, "add", "", "keep a countersigned checkpoint with the case")
	cmd.Flags().StringVar(&o.trust, "trust", "", "trust this key to countersign: NAME+HASH+KEY, or a file with it")
	cmd.Flags().String("by", "", "your name")
	return cmd
}

func (g *globalOptions) countersign(ctx context.Context, args []string, o countersigning) error {
	if o.add == "" && o.trust == "" {
		return g.countersignFor(ctx, args, o.out)
	}
	if g.caseDir == "" || len(args) > 0 || o.out != "" {
		return usagef("--add and --trust go with --case alone")
	}
	file, err := g.writeCase()
	if err != nil {
		return err
	}
	if o.trust != "" {
		err = g.trustCosigner(ctx, file, o.trust)
	}
	if err == nil && o.add != "" {
		err = g.addAnchorFile(ctx, file, casefile.Countersigned, o.add, nil)
	}
	return errors.Join(err, file.Close())
}

// countersignFor signs a checkpoint for somebody else.
func (g *globalOptions) countersignFor(ctx context.Context, args []string, out string) error {
	by, err := g.person()
	if err != nil {
		return err
	}
	if g.caseDir == "" && len(args) == 0 {
		return usagef("there is nothing to sign: name a checkpoint, or a case with --case")
	}
	if out == "" {
		return usagef("--out names the file for the countersigned checkpoint")
	}
	c, err := g.checkpointToSign(ctx, args)
	if err != nil {
		return err
	}
	key, err := userKey()
	if err != nil {
		return err
	}
	signed, err := custody.Countersign(c, by, key, time.Now())
	if err != nil {
		return err
	}
	public, ok := key.Public().(ed25519.PublicKey)
	if !ok {
		return fmt.Errorf("the signing key is %T", key.Public())
	}
	cosigner, err := custody.NewCosigner(by, public)
	if err != nil {
		return err
	}
	if err := writeNew(out, signed.Note); err != nil {
		return fmt.Errorf("write the countersigned checkpoint: %w", err)
	}
	g.term.printf("%s: checkpoint at %d entries of %s, signed by %s\nyour key  %s\ncode      %s\n",
		shown(out), c.Size, shown(c.Origin), shown(by), shown(cosigner.String()), c.Code())
	if g.caseDir == "" {
		g.term.note("the ledger itself was not looked at: with --case you vouch for that too")
	}
	return nil
}

// checkpointToSign is the one that was handed in, or the last of the case. A case
// is checked first, and has to go on from what was handed in.
func (g *globalOptions) checkpointToSign(ctx context.Context, args []string) (c custody.Checkpoint, err error) {
	if len(args) > 0 {
		if c, err = readCheckpoint(args[0]); err != nil {
			return c, err
		}
	}
	if g.caseDir == "" {
		return c, nil
	}
	file, err := g.readCase()
	if err != nil {
		return c, err
	}
	defer file.Close()
	if _, err := file.VerifyCustody(ctx); err != nil {
		return c, err
	}
	if len(args) > 0 {
		return c, file.CheckKept(ctx, c)
	}
	list, err := file.Checkpoints(ctx)
	if err != nil {
		return c, err
	}
	if len(list) == 0 {
		return c, fmt.Errorf("the case has no checkpoint yet")
	}
	return list[len(list)-1], nil
}

func (g *globalOptions) trustCosigner(ctx context.Context, file *casefile.File, text string) error {
	by, err := g.person()
	if err != nil {
		return err
	}
	if _, err := os.Stat(text); err == nil {
		b, err := readProof(text, cosignerKeyFile)
		if err != nil {
			return err
		}
		text = strings.TrimSpace(string(b))
	}
	key, err := custody.ParseCosigner(text)
	if err != nil {
		return usageError{err}
	}
	if err := file.Trust(ctx, key, by); err != nil {
		return err
	}
	g.term.printf("the key of %s is trusted to countersign, by %s\n", shown(key.Name()), shown(by))
	return nil
}

func (g *globalOptions) addAnchorFile(ctx context.Context, file *casefile.File, kind, path string, roots []byte) error {
	evidence, err := readProof(path, custody.CheckpointFile)
	if err != nil {
		return err
	}
	return g.addAnchor(ctx, file, kind, evidence, roots)
}

// addAnchor keeps what somebody else said of a checkpoint with the case.
func (g *globalOptions) addAnchor(ctx context.Context, file *casefile.File, kind string, evidence, roots []byte) error {
	witnesses, err := file.AddAnchor(ctx, kind, evidence, roots)
	if errors.Is(err, casefile.ErrNoCheckpoint) {
		err = withHint(err, "is it of this case, and of a checkpoint that this case gave out?")
	}
	if err != nil {
		return err
	}
	for _, w := range witnesses {
		g.term.printf("%s\n", shown(witnessText(w)))
	}
	return nil
}
