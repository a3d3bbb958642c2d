package main

import (
	"runtime/debug"

	"github.com/spf13/cobra"
)

// version is set by the release build; a plain build tells its commit.
var version = "dev"

// toolVersion names this build in ledgers and reports.
func toolVersion() string {
	if version != "dev" {
		return "firsthand " + version
	}
	if info, ok := debug.ReadBuildInfo(); ok {
		for _, s := range info.Settings {
			if s.Key == "vcs.revision" && len(s.Value) >= 12 {
				return "firsthand dev-" + s.Value[:12]
			}
		}
	}
	return "firsthand dev"
}

func newVersionCommand(g *globalOptions) *cobra.Command {
	return &cobra.Command{
		Use:   "version",
		Short: "print the version of this build",
		Args:  cobra.NoArgs,
		RunE: func(*cobra.Command, []string) error {
			g.term.printf("%s\n", toolVersion())
			return nil
		},
	}
}
