package main

import (
	"context"

	"github.com/spf13/cobra"
)

func newFindingsCommand(g *globalOptions) *cobra.Command {
	cmd := &cobra.Command{
		Use:   "findings --case CASE",
		Short: "list what the checks reported",
		Long: `Lists every finding: of files (with their path), of sources, of the case.
A file that could not be read is a finding of severity error.

    firsthand findings --case my-case

Exit status: 0 done, 1 could not be done, 2 wrong usage.`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error { return g.listFindings(cmd.Context()) },
	}
	g.caseFlag(cmd)
	g.jsonFlag(cmd)
	return cmd
}

func (g *globalOptions) listFindings(ctx context.Context) error {
	file, err := g.readCase()
	if err != nil {
		return err
	}
	defer file.Close()
	findings, err := file.Findings(ctx)
	if err != nil {
		return err
	}
	for _, f := range findings {
		if g.jsonOut {
			if err := g.term.json(f); err != nil {
				return err
			}
			continue
		}
		where := string(f.Path)
		if where == "" {
			where = string(f.Source)
		}
		if where == "" {
			where = g.words().T("report.the-case")
		}
		g.term.printf("%-7s  %s  %s: %s\n", g.words().T("command.severity."+string(f.Severity)), shown(where), f.Code, g.spoken(f.Message))
	}
	return nil
}
