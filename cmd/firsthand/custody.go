package main

import (
	"context"

	"github.com/spf13/cobra"
)

func newCustodyCommand(g *globalOptions) *cobra.Command {
	cmd := &cobra.Command{
		Use:   "custody",
		Short: "check the tamper-evident ledger of a case",
		Long: `Every scan and every decision is an entry of the case's ledger, and every
entry is bound to all before it.

    firsthand custody verify --case my-case

Exit status: 0 done, 1 could not be done, 2 wrong usage, 3 the ledger was
changed, cut or swapped; the message names what.`,
	}
	verify := &cobra.Command{
		Use:   "verify --case CASE",
		Short: "check every entry and checkpoint again from the start",
		Args:  cobra.NoArgs,
		RunE:  func(cmd *cobra.Command, _ []string) error { return g.verifyCustody(cmd.Context()) },
	}
	g.caseFlag(verify)
	cmd.AddCommand(verify)
	return cmd
}

func (g *globalOptions) verifyCustody(ctx context.Context) error {
	file, err := g.readCase()
	if err != nil {
		return err
	}
	defer file.Close()
	sum, err := file.VerifyCustody(ctx)
	if err != nil {
		return err
	}
	g.term.printf("the ledger is whole: %d entries, %d checkpoints, root %s\n", sum.Size, sum.Checkpoints, sum.Root)
	return nil
}
