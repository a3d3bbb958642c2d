package main

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"strconv"
	"strings"

	"github.com/firsthand-media/firsthand/verify/casefile"
	"github.com/spf13/cobra"
)

func newEraseCommand(g *globalOptions) *cobra.Command {
	var reason string
	cmd := &cobra.Command{
		Use:   "erase --case CASE ENTRY --reason TEXT --by NAME",
		Short: "delete the free text of an entry for good",
		Long: `Deletes the free texts that an entry of the ledger came with, such as the
reason of a decision or the note of an assessment, so that a name in them is gone.
The ledger keeps a salted hash alone and still holds; that the texts were erased,
by whom and why, is a new entry. firsthand incident decisions lists decisions
with their entries.

    firsthand custody erase 12 --case my-case --reason "the witness asked for it" --by Olena

Copies of the case that were made before still have the texts: exports, backups,
and case.db.before-N beside the database, which an upgrade leaves.

Exit status: 0 done, 1 could not be done, 2 wrong usage.`,
		Args: cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error { return g.eraseTexts(cmd.Context(), args[0], reason) },
	}
	g.caseFlag(cmd)
	cmd.Flags().StringVar(&reason, "reason", "", "why; it stands in the case with your name, and can be erased too")
	cmd.Flags().String("by", "", "your name")
	_ = cmd.MarkFlagRequired("reason")
	return cmd
}

func (g *globalOptions) eraseTexts(ctx context.Context, entry, reason string) error {
	seq, err := strconv.ParseInt(entry, 10, 64)
	if err != nil || seq < 0 {
		return usagef("%q is not the number of an entry", entry)
	}
	by, err := g.person()
	if err != nil {
		return err
	}
	if strings.TrimSpace(reason) == "" {
		return usagef("erasing needs a reason")
	}
	file, err := g.writeCase()
	if err != nil {
		return err
	}
	fields, err := file.Erase(ctx, seq, by, reason)
	if errors.Is(err, casefile.ErrNoText) {
		err = withHint(err, "firsthand incident decisions --case %s lists decisions with their entries", g.caseDir)
	}
	if err = errors.Join(err, file.Close()); err != nil {
		return err
	}
	g.term.printf("erased of entry %d: %s\n", seq, shown(strings.Join(fields, ", ")))
	copies, err := filepath.Glob(filepath.Join(g.caseDir, "case.db.before-*"))
	if err != nil {
		return fmt.Errorf("look for copies: %w", err)
	}
	for _, c := range copies {
		g.term.note("%s is a copy from before an upgrade and may still have it: delete it when it is not needed", c)
	}
	return nil
}
