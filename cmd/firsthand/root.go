package main

import (
	"strings"

	"github.com/spf13/cobra"
)

const rootHelp = `Firsthand turns folders of scraped photos and videos into candidate incidents,
each with its evidence. It works on this machine alone: no file is sent
anywhere, and the media you give it are never written to.

Begin with an exercise:

    firsthand demo

or with your own folders, one for each place the files came from:

    firsthand scan telegram/ phone/ --case my-case
    firsthand incidents --case my-case
    firsthand report --case my-case --out report.html

The program proposes; a person decides. Nothing it prints is a verdict on
whether a picture is true.

Exit status: 0 done, 1 could not be done, 2 wrong usage, 3 an integrity
check failed.`

// globalOptions are the flags that every command has.
type globalOptions struct {
	term       *terminal
	settings   *settings
	jsonOut    bool
	caseDir    string
	collecting bool // scan copies the originals into the case, too
}

func newRootCommand(t *terminal) *cobra.Command {
	g := &globalOptions{term: t, settings: newSettings()}
	root := &cobra.Command{
		Use:           "firsthand",
		Short:         "media verification on your own machine",
		Long:          rootHelp,
		SilenceErrors: true,
		SilenceUsage:  true,
		PersistentPreRunE: func(cmd *cobra.Command, _ []string) error {
			if err := g.settings.load(cmd.Flags(), g.caseDir); err != nil {
				return err
			}
			t.quiet = g.settings.bool("quiet")
			return g.checkLanguage()
		},
	}
	root.SetOut(t.out)
	root.SetErr(t.err)
	root.SetFlagErrorFunc(func(cmd *cobra.Command, err error) error {
		// A flag of a command that does not exist: the command is what is wrong.
		if cmd.HasSubCommands() && cmd.Flags().NArg() > 0 {
			return noCommand(cmd, cmd.Flags().Arg(0))
		}
		return withHint(usageError{err}, "%s --help shows what it takes", cmd.CommandPath())
	})
	root.PersistentFlags().Bool("quiet", false, "no progress and no notes on stderr")
	root.PersistentFlags().String("language", "", "of summaries and reports: en, uk or ar (default: that of LANG)")

	root.AddCommand(
		newDemoCommand(g), newScanCommand(g), newGroupCommand(g), newFindingsCommand(g), newInspectCommand(g),
		newCompareCommand(g), newFramesCommand(g), newItemsCommand(g), newSearchCommand(g), newDuplicatesCommand(g), newIncidentsCommand(g),
		newIncidentCommand(g), newMarkCommand(g), newAssessCommand(g), newCountCommand(g), newReportCommand(g), newGazetteerCommand(g), newKnownCommand(g), newSunCommand(g), newWorkshopCommand(g), newServeCommand(g), newMergeCaseCommand(g), newCustodyCommand(g),
		newExportCommand(g), newImportCommand(g),
		newDoctorCommand(g), newConfigCommand(g), newVersionCommand(g), newCompletionCommand(), newManCommand(), newWorkerCommand(),
	)
	usageErrors(root)
	completeValues(g, root)
	return root
}

// usageErrors makes wrong arguments, missing flags and unknown commands exit
// with status 2.
func usageErrors(cmd *cobra.Command) {
	if check := cmd.Args; check != nil {
		cmd.Args = func(c *cobra.Command, args []string) error {
			err := check(c, args)
			if err == nil {
				err = c.ValidateRequiredFlags() // cobra asks for them later, when its error is one like others
			}
			if err != nil {
				return withHint(usageError{err}, "%s --help shows what it takes", c.CommandPath())
			}
			return nil
		}
	}
	if !cmd.Runnable() {
		cmd.Args = cobra.ArbitraryArgs
		cmd.RunE = func(c *cobra.Command, args []string) error {
			if len(args) == 0 {
				return c.Help()
			}
			return noCommand(c, args[0])
		}
	}
	for _, sub := range cmd.Commands() {
		usageErrors(sub)
	}
}

func noCommand(c *cobra.Command, word string) error {
	return withHint(usagef("there is no command %q", c.CommandPath()+" "+word),
		"%s --help lists the commands%s", c.CommandPath(), suggestion(c, word))
}

func suggestion(c *cobra.Command, word string) string {
	c.SuggestionsMinimumDistance = 2 // cobra sets it only for its own message
	if s := c.SuggestionsFor(word); len(s) > 0 {
		return "; did you mean " + strings.Join(s, " or ") + "?"
	}
	return ""
}

// caseFlag adds the flag that names the case folder and makes it required.
func (g *globalOptions) caseFlag(cmd *cobra.Command) {
	cmd.Flags().StringVar(&g.caseDir, "case", "", "the case folder")
	_ = cmd.MarkFlagRequired("case")
}

// jsonFlag adds --json to a listing command.
func (g *globalOptions) jsonFlag(cmd *cobra.Command) {
	cmd.Flags().BoolVar(&g.jsonOut, "json", false, "JSON Lines on stdout, one object a line")
}
