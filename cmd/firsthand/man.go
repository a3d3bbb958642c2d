package main

import (
	"fmt"
	"os"
	"path/filepath"

	"github.com/spf13/cobra"
)

func newManCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "man DIR",
		Short: "write the manual pages into a folder",
		Long: `Writes a manual page for this program and one for each of its commands, made
from what --help prints. The folder is made where it is missing.

    firsthand man ~/.local/share/man/man1
    man firsthand-scan

Exit status: 0 done, 1 could not be done, 2 wrong usage.`,
		Args: cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			if err := os.MkdirAll(args[0], 0o755); err != nil {
				return fmt.Errorf("make the folder for the manual pages: %w", err)
			}
			for _, c := range allCommands(cmd.Root()) {
				if c.Hidden {
					continue
				}
				path := filepath.Join(args[0], manName(c)+".1")
				if err := os.WriteFile(path, []byte(manPage(c, thisBuild())), 0o644); err != nil {
					return fmt.Errorf("write the manual page: %w", err)
				}
			}
			return nil
		},
	}
}
