package main

import (
	"context"
	"runtime"

	"github.com/firsthand-media/firsthand/verify/casefile"
	"github.com/firsthand-media/firsthand/verify/ingest"
	"github.com/spf13/cobra"
)

func newGroupCommand(g *globalOptions) *cobra.Command {
	cmd := &cobra.Command{
		Use:   "group --case CASE",
		Short: "make the incidents anew, without reading the media again",
		Long: `Makes copies and candidate incidents anew from what the case holds, under the
settings and decisions as they are now, and prints the count sheet. The media
need not be there. Use it after a change of the settings: another time zone,
other zones of single sources (zones, in firsthand.yaml of the case), a more
or less cautious grouping.

    firsthand group --case my-case --zone Europe/Kyiv

What depends on nothing that changed stands. In a large case, a scan with few
new files and a decision change what is near them, weighed by what the case
taught before; this command learns from the case as it is now. A zone given with --zone is kept
in the case; --zone "" takes it back.

Exit status: 0 done, 1 could not be done, 2 wrong usage.`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error { return g.group(cmd.Context()) },
	}
	g.caseFlag(cmd)
	groupingFlags(cmd)
	cmd.Flags().BoolVar(&g.jsonOut, "json", false, "the count sheet as one JSON object")
	return cmd
}

// groupingFlags are the settings that bear on incidents.
func groupingFlags(cmd *cobra.Command) {
	cmd.Flags().String("zone", "", "time zone of clocks that state none, as Europe/Kyiv")
	cmd.Flags().String("grouping", "automatic", "automatic leaves doubtful files apart; balanced groups more and mixes more")
}

func (g *globalOptions) group(ctx context.Context) error {
	file, err := g.writeCase()
	if err != nil {
		return err
	}
	defer file.Close()
	if err := g.keepZone(ctx, file); err != nil {
		return err
	}
	kept, err := g.regroup(ctx, file)
	if err != nil {
		return err
	}
	if kept {
		g.term.note("the incidents stand: nothing that they depend on has changed")
	}
	return g.printCounts(ctx, file)
}

// regroup learns matches and incidents anew from all that the case has.
func (g *globalOptions) regroup(ctx context.Context, file *casefile.File) (kept bool, err error) {
	params, err := g.grouping()
	if err != nil {
		return false, err
	}
	opt := ingest.Options{Workers: g.settings.int("workers"), Grouping: params, Build: toolVersion(), Relearn: true}
	if opt.Workers <= 0 {
		opt.Workers = runtime.GOMAXPROCS(0)
	}
	if opt.Zones, err = g.zones(ctx, file); err != nil {
		return false, err
	}
	bars := g.newProgress()
	opt.Progress = bars.show
	var sum ingest.Summary
	err = ingest.Regroup(ctx, file, opt, &sum)
	bars.done()
	return sum.IncidentsKept, err
}
