package main

import (
	"fmt"
	"io"

	"github.com/spf13/cobra"
)

// shells are those that can be taught to complete, with the writer of each.
var shells = []struct {
	name  string
	write func(*cobra.Command, io.Writer) error
}{
	{"bash", func(root *cobra.Command, w io.Writer) error { return root.GenBashCompletionV2(w, true) }},
	{"zsh", (*cobra.Command).GenZshCompletion},
	{"fish", func(root *cobra.Command, w io.Writer) error { return root.GenFishCompletion(w, true) }},
	{"powershell", (*cobra.Command).GenPowerShellCompletionWithDesc},
}

func newCompletionCommand() *cobra.Command {
	var names []string
	for _, s := range shells {
		names = append(names, s.name)
	}
	return &cobra.Command{
		Use:   "completion SHELL",
		Short: "write what teaches a shell to complete commands, formats and incidents",
		Long: `Writes a script for bash, zsh, fish or powershell to stdout. With it, the tab
key completes commands, flags and their values; where --case stands on the
line, also the case's incidents, files and sources.

    source <(firsthand completion bash)
    firsthand completion zsh > ~/.zsh/completions/_firsthand
    firsthand completion fish > ~/.config/fish/completions/firsthand.fish
    firsthand completion powershell | Out-String | Invoke-Expression

The line for bash goes into ~/.bashrc to stay. For bash the package
bash-completion is needed; for zsh the folder must stand in fpath before
compinit runs.

Exit status: 0 done, 1 could not be done, 2 wrong usage.`,
		Args:      cobra.ExactArgs(1),
		ValidArgs: names,
		RunE: func(cmd *cobra.Command, args []string) error {
			for _, s := range shells {
				if s.name != args[0] {
					continue
				}
				if err := s.write(cmd.Root(), cmd.OutOrStdout()); err != nil {
					return fmt.Errorf("write the script for %s: %w", s.name, err)
				}
				return nil
			}
			return withHint(usagef("there is no shell %q", args[0]), "choose one of bash, zsh, fish and powershell")
		},
	}
}
