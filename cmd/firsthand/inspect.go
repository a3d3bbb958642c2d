package main

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"runtime/debug"
	"time"

	"github.com/firsthand-media/firsthand/extract"
	"github.com/firsthand-media/firsthand/extract/source"
	"github.com/firsthand-media/firsthand/verify"
	"github.com/firsthand-media/firsthand/verify/ingest"
	"github.com/spf13/cobra"
)

// inspectOptions are the flags of inspect.
type inspectOptions struct {
	all    bool
	decode bool
}

func newInspectCommand(g *globalOptions) *cobra.Command {
	var o inspectOptions
	cmd := &cobra.Command{
		Use:   "inspect FILE...",
		Short: "show what files claim of themselves",
		Long: `Shows what each file claims: what it is, what made it, when and where, who
signed and who edited it, and what the checks found. No case is needed and
nothing is stored. A folder stands for every file in it and below; links are
not followed.

    firsthand inspect IMG_0001.jpg
    firsthand inspect --all clip.mp4            every tag that was read
    firsthand inspect --all --json telegram/    the same as JSON Lines

The times of a file come strongest first: the one that says most about when
it was recorded is named with what it means. A time without a zone is given
with the span that it can lie in; no zone is ever made up. Tags have the
groups, names and values of exiftool -n. Only metadata are read; --decode
also decodes the picture, as scan does, and says when that fails.

Exit status: 0 done (a damaged file is a finding), 1 a file could not be
opened, 2 wrong usage.`,
		Args: cobra.MinimumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error { return g.inspect(cmd.Context(), args, o) },
	}
	g.jsonFlag(cmd)
	cmd.Flags().BoolVar(&o.all, "all", false, "every tag read, under ExifTool's groups and names")
	cmd.Flags().BoolVar(&o.decode, "decode", false, "also decode each picture")
	cmd.Flags().Int("workers", 0, "files read at the same time; 0 takes the number of processors")
	profileFlag(cmd)
	return cmd
}

// inspection is one run of inspect.
type inspection struct {
	*globalOptions
	inspectOptions
	failed int // files that could not be opened
	shown  int
}

func (g *globalOptions) inspect(ctx context.Context, args []string, o inspectOptions) error {
	g.settings.values.Set("video", "off")
	debug.SetGCPercent(400) // the heap is small and short-lived: collecting it early is a tenth of the time
	workers := g.settings.int("workers")
	if workers <= 0 {
		workers = runtime.GOMAXPROCS(0)
	}
	in := inspection{globalOptions: g, inspectOptions: o}
	names, err := in.names(ctx, args)
	if err != nil {
		return err
	}
	d, err := g.startDecoders(ctx, min(workers, max(len(names), 1)))
	if err != nil {
		return err
	}
	defer d.close()
	opt := ingest.Options{Examiner: d, Now: time.Now(), Workers: workers, All: o.all || !g.jsonOut, Decode: o.decode}
	if err := ingest.InspectFiles(ctx, names, opt, in.show); err != nil {
		return err
	}
	if in.failed > 0 {
		return fmt.Errorf("%d of %d files could not be opened", in.failed, in.failed+in.shown)
	}
	return nil
}

// names replaces each folder by the files in it and below, in their order.
func (in *inspection) names(ctx context.Context, args []string) ([]string, error) {
	var names []string
	for _, arg := range args {
		if info, err := os.Stat(arg); err != nil || !info.IsDir() {
			names = append(names, arg) // what cannot be opened is told in its place
			continue
		}
		files, passedOver, err := source.List(ctx, source.Source{Name: arg, Dir: arg})
		if err != nil {
			return nil, err
		}
		for _, f := range files {
			names = append(names, filepath.Join(arg, filepath.FromSlash(f.Rel)))
		}
		for _, f := range passedOver {
			path := filepath.Join(arg, filepath.FromSlash(f.Rel))
			if f.Severity == source.Error {
				in.refused(fmt.Errorf("%s: %s", path, f.Message))
				continue
			}
			in.term.note("%s: %s", path, f.Message)
		}
	}
	return names, nil
}

func (in *inspection) refused(err error) {
	in.failed++
	fmt.Fprintf(in.term.err, "firsthand: error: %s\n", shown(err.Error()))
}

// show prints one outcome; they come in the order of the names.
func (in *inspection) show(i ingest.Inspection) error {
	if i.Err != nil {
		in.refused(i.Err)
		return nil
	}
	line := i.Item.Line()
	in.shown++
	if in.all && line.Fields == nil {
		line.Fields = extract.Fields{} // asked for, and the file has none
	}
	if in.jsonOut {
		return in.term.json(line)
	}
	if in.shown > 1 {
		in.term.printf("\n")
	}
	in.printNote(line)
	return nil
}

func (in *inspection) printNote(line verify.Line) {
	if in.all {
		printFields(in.term, line)
		return
	}
	printNote(in.term, line)
}
