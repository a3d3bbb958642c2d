package main

import (
	"fmt"
	"runtime"
	"runtime/debug"
	"strings"

	"github.com/firsthand-media/firsthand/verify/workbench"
	"github.com/spf13/cobra"
)

// What the release build (cmd/release) stamps on the program. In a plain build
// they are as here, and the go command tells the commit.
var (
	version    = "dev"
	commit     = ""
	commitDate = "" // RFC 3339, UTC
	modified   = "" // "true" where the tree differed from the commit
)

// build is what a program says of itself.
type build struct {
	Version   string `json:"version"`
	Commit    string `json:"commit"`   // "" where the build does not know it
	Date      string `json:"date"`     // of the commit
	Modified  bool   `json:"modified"` // built from files that differ from the commit
	Go        string `json:"go"`
	Platform  string `json:"platform"`
	Interface bool   `json:"interface"` // holds the page of the workbench
}

func thisBuild() build {
	b := build{
		Version: version, Commit: commit, Date: commitDate, Modified: modified == "true",
		Go: runtime.Version(), Platform: runtime.GOOS + "/" + runtime.GOARCH, Interface: workbench.Built(),
	}
	info, ok := debug.ReadBuildInfo()
	if b.Commit != "" || !ok {
		return b
	}
	for _, s := range info.Settings {
		switch s.Key {
		case "vcs.revision":
			b.Commit = s.Value
		case "vcs.time":
			b.Date = s.Value
		case "vcs.modified":
			b.Modified = s.Value == "true"
		}
	}
	return b
}

// toolVersion names this build in ledgers and reports.
func toolVersion() string {
	b := thisBuild()
	if b.Version == "dev" && len(b.Commit) >= 12 {
		return "firsthand dev-" + b.Commit[:12]
	}
	return "firsthand " + b.Version
}

func newVersionCommand(g *globalOptions) *cobra.Command {
	var licences bool
	cmd := &cobra.Command{
		Use:   "version",
		Short: "say which build this is, and what is in it",
		Long: `Says which version this is, of which commit and day, and for which machine it
was built. --licences lists everything of others that is in the program, with
the whole text of each licence.

    firsthand version
    firsthand version --licences | less

Exit status: 0 done, 1 could not be done, 2 wrong usage.`,
		Args: cobra.NoArgs,
		RunE: func(*cobra.Command, []string) error {
			if licences {
				return g.printLicences()
			}
			return g.printVersion(thisBuild())
		},
	}
	g.jsonFlag(cmd)
	cmd.Flags().BoolVar(&licences, "licences", false, "list what is in the program, with the licence of each part")
	return cmd
}

func (g *globalOptions) printVersion(b build) error {
	if g.jsonOut {
		return g.term.json(b)
	}
	g.term.printf("%s\n", toolVersion())
	of := "not known to this build"
	if b.Commit != "" {
		of = b.Commit
		if b.Date != "" {
			of += " of " + b.Date
		}
		if b.Modified {
			of += ", with changes since"
		}
	}
	page := "in this program"
	if !b.Interface {
		page = "not in this program: it was built without Node"
	}
	g.term.printf("  commit     %s\n  built      by %s for %s\n  interface  %s\n", of, b.Go, b.Platform, page)
	return nil
}

// printLicences lists the parts of others in the program.
func (g *globalOptions) printLicences() error {
	parts, err := workbench.Shipped()
	if err != nil {
		return err
	}
	for _, p := range parts {
		if g.jsonOut {
			if err := g.term.json(p); err != nil {
				return err
			}
			continue
		}
		title := strings.TrimSpace(p.Name + " " + p.Version)
		fmt.Fprintf(g.term.out, "%s\n%s\n%s\n\n%s\n\n\n", title, strings.Repeat("=", len(title)), p.Licence, p.Text)
	}
	return nil
}
