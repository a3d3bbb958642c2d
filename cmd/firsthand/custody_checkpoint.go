package main

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/firsthand-media/firsthand/verify/casefile"
	"github.com/firsthand-media/firsthand/verify/custody"
	"github.com/spf13/cobra"
)

func newCheckpointCommand(g *globalOptions) *cobra.Command {
	var out string
	cmd := &cobra.Command{
		Use:   "checkpoint --case CASE [--out DIR]",
		Short: "sign the ledger as it stands, for others to keep",
		Long: `Signs the ledger as it stands and shows the checkpoint, with a code of forty
digits (132 bits) to read to somebody over a phone. With --out it goes into a new
folder with signatures that minisign and ssh-keygen check, the public keys, what
others have said of checkpoints, and VERIFY.txt, which says how.

    firsthand custody checkpoint --case my-case --out for-the-lawyer

Exit status: 0 done, 1 could not be done, 2 wrong usage, 3 the ledger does not
hold.`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error { return g.giveCheckpoint(cmd.Context(), out) },
	}
	g.caseFlag(cmd)
	cmd.Flags().StringVar(&out, "out", "", "a new folder for the checkpoint, its signatures and keys")
	return cmd
}

func (g *globalOptions) giveCheckpoint(ctx context.Context, out string) error {
	file, err := g.writeCase()
	if err != nil {
		return err
	}
	c, err := file.Checkpoint(ctx)
	var files map[string][]byte
	if err == nil && out != "" {
		files, err = g.proofs(ctx, file, c)
	}
	if err = errors.Join(err, file.Close()); err != nil {
		return err
	}
	if out != "" {
		if err := writeProofs(out, files); err != nil {
			return fmt.Errorf("write the checkpoint: %w", err)
		}
	}
	g.term.printf("ledger   %s\nentries  %d\nroot     %s\ncode     %s\n", c.Origin, c.Size, c.Root, c.Code())
	if out != "" {
		g.term.printf("written to %s: give the folder to somebody who keeps it where you cannot change it\n", shown(out))
	}
	return nil
}

// proofs is the checkpoint with signatures of the person, and what others have
// said of this and earlier ones.
func (g *globalOptions) proofs(ctx context.Context, file *casefile.File, c custody.Checkpoint) (map[string][]byte, error) {
	key, err := userKey()
	if err != nil {
		return nil, err
	}
	files, err := custody.Proofs(c, key, time.Now())
	if err != nil {
		return nil, err
	}
	anchors, err := file.AnchorFiles(ctx)
	for name, b := range anchors {
		files[name] = b
	}
	return files, err
}
