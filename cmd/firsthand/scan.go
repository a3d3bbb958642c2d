package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"time"

	"github.com/firsthand-media/firsthand/extract/source"
	"github.com/firsthand-media/firsthand/verify/casefile"
	"github.com/firsthand-media/firsthand/verify/incident"
	"github.com/firsthand-media/firsthand/verify/ingest"
	"github.com/firsthand-media/firsthand/verify/report"
	"github.com/spf13/cobra"
)

func newScanCommand(g *globalOptions) *cobra.Command {
	cmd := &cobra.Command{
		Use:   "scan DIR... --case CASE",
		Short: "read folders of media into a case and group them",
		Long: `Reads every folder (each is one source, named after the folder), examines
what is new or changed since the last scan, finds copies, groups the files
into candidate incidents and prints the count sheet.

    firsthand scan telegram/ phone/ --case my-case

The case folder is created if it does not exist. The media are read in place
and never written. A scan can be stopped at any moment with Ctrl-C; the same
command goes on where it stopped. Files that cannot be read are findings
(firsthand findings), not failures.

--collect also copies every original into the case, to objects/ab/SHA256, each
content once; those that an earlier scan left out are copied, too. What shows or
exports a file takes the copy where the original is gone or was changed.

Sidecars and chat exports are recognised by what they hold, whatever their
names: Telegram (JSON and HTML), WhatsApp (iOS and Android), Instagram and
Facebook downloads, yt-dlp, gallery-dl, twscrape, snscrape, twarc (version 1
and 2), auto-archiver (sheet, CSV and JSON), ProofMode, and pages saved by this
program from web archives (web-archive). What looks like a
sidecar and is none of these is a finding, sidecar-unknown.

Exit status: 0 done, 1 could not be done, 2 wrong usage.`,
		Args: cobra.MinimumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			return g.runScan(cmd.Context(), args)
		},
	}
	g.caseFlag(cmd)
	scanFlags(cmd)
	cmd.Flags().BoolVar(&g.collecting, "collect", false, "copy the originals into the case, too")
	cmd.Flags().BoolVar(&g.jsonOut, "json", false, "the count sheet as one JSON object")
	profileFlag(cmd)
	return cmd
}

// scanFlags are the settings that bear on reading.
func scanFlags(cmd *cobra.Command) {
	cmd.Flags().String("video", "auto", "video engine: auto, native, embedded, hostile (embedded, and never native) or off")
	groupingFlags(cmd)
	cmd.Flags().Int("workers", 0, "files examined at the same time; 0 takes the number of processors")
}

func (g *globalOptions) runScan(ctx context.Context, dirs []string) error {
	sources, err := openSources(dirs)
	if err != nil {
		return err
	}
	if err := outsideSources(sources, g.caseDir); err != nil {
		return err
	}
	file, err := g.createOrOpenCase()
	if err != nil {
		return err
	}
	defer file.Close()
	sum, err := g.scanShown(ctx, file, sources)
	if err != nil {
		return err
	}
	if err := g.printCounts(ctx, file); err != nil {
		return err
	}
	return collectStopped(sum)
}

// collectStopped is the error of a scan that could not copy every original for
// lack of room, or since the disk failed.
func collectStopped(sum ingest.Summary) error {
	c := sum.Collected
	if c.Stopped == nil {
		return nil
	}
	return withHint(fmt.Errorf("%d originals were not copied into the case: %w", c.Wanting, c.Stopped),
		"make room on that disk and scan again with --collect; what was copied stays")
}

// scanInto reads the sources into an open case, and shows and tells how.
func (g *globalOptions) scanInto(ctx context.Context, file *casefile.File, sources []source.Source) error {
	_, err := g.scanShown(ctx, file, sources)
	return err
}

func (g *globalOptions) scanShown(ctx context.Context, file *casefile.File, sources []source.Source) (ingest.Summary, error) {
	if err := g.keepZone(ctx, file); err != nil {
		return ingest.Summary{}, err
	}
	bars := g.newProgress()
	sum, err := g.readSources(ctx, file, sources, bars.show)
	bars.done()
	if err != nil {
		return sum, err
	}
	g.tellSummary(sum)
	return sum, nil
}

// readSources reads the sources into an open case under the settings.
func (g *globalOptions) readSources(ctx context.Context, file *casefile.File, sources []source.Source, progress func(ingest.Progress)) (ingest.Summary, error) {
	opt := ingest.Options{Sources: sources, Workers: g.settings.int("workers"), Now: time.Now(), Build: toolVersion(), Collect: g.collecting, Progress: progress}
	if opt.Workers <= 0 {
		opt.Workers = runtime.GOMAXPROCS(0)
	}
	var err error
	if opt.Zones, err = g.zones(ctx, file); err != nil {
		return ingest.Summary{}, err
	}
	if opt.Grouping, err = g.grouping(); err != nil {
		return ingest.Summary{}, err
	}
	d, err := g.startDecoders(ctx, opt.Workers)
	if err != nil {
		return ingest.Summary{}, err
	}
	defer d.close()
	opt.Examiner, opt.Engine = d, d.engine
	return ingest.Run(ctx, file, opt)
}

func (g *globalOptions) tellSummary(s ingest.Summary) {
	w, findings := g.words(), "firsthand findings --case "+g.caseDir
	g.tell("command.scan.files", "n", s.Files, "read", s.Read, "new", s.Examined, "kept", s.Kept, "gone", s.Gone)
	if s.Sidecars > 0 {
		g.tell("command.scan.sidecars", "n", s.Sidecars, "formats", strings.Join(byFormat(s.Formats), w.T("list.comma")))
	}
	if s.Unknown > 0 {
		g.tell("command.scan.unknown", "n", s.Unknown, "command", findings)
	}
	if s.Problems > 0 {
		g.tell("command.scan.problems", "n", s.Problems, "command", findings)
	}
	if g.collecting {
		c := s.Collected
		g.tell("command.scan.collected", "n", c.Copied, "had", c.Had)
		if n := c.Missed + c.Elsewhere; n > 0 {
			g.tell("command.scan.not-collected", "n", n, "elsewhere", c.Elsewhere, "command", findings)
		}
	}
	if s.Closer > 0 {
		g.tell("command.scan.closer", "n", s.Closer)
	}
	likeness, grouping := w.T("command.scan.likeness", "time", round(s.MatchTime)), w.T("command.scan.grouping", "time", round(s.GroupTime))
	if s.MatchesKept {
		likeness = w.T("command.scan.likeness-kept")
	}
	if s.IncidentsKept {
		grouping = w.T("command.scan.grouping-kept")
	}
	g.tell("command.scan.took", "reading", round(s.ReadTime), "likeness", likeness, "grouping", grouping)
}

// byFormat writes how many sidecars there are of each format, the most first.
func byFormat(counts map[string]int) []string {
	formats := slices.Collect(maps.Keys(counts))
	slices.SortFunc(formats, func(a, b string) int { return cmp.Or(counts[b]-counts[a], strings.Compare(a, b)) })
	for i, f := range formats {
		formats[i] = fmt.Sprintf("%d %s", counts[f], f)
	}
	return formats
}

func round(d time.Duration) time.Duration { return d.Round(10 * time.Millisecond) }

// grouping is how readily files are taken together.
func (g *globalOptions) grouping() (incident.Params, error) {
	switch name := g.settings.string("grouping"); name {
	case "automatic":
		return incident.Automatic(), nil
	case "balanced":
		return incident.Balanced(), nil
	default:
		return incident.Params{}, usagef("there is no grouping %q; it is automatic or balanced", name)
	}
}

// openSources checks that every folder is there.
func openSources(dirs []string) ([]source.Source, error) {
	var out []source.Source
	for _, dir := range dirs {
		s, err := source.New(dir)
		if err != nil {
			return nil, withHint(err, "scan takes folders; give one for each place the files came from")
		}
		out = append(out, s)
	}
	return source.Distinct(out), nil
}

// outsideSources refuses a case folder that lies inside a source: the case
// would be read as media, and the folder of the media written to. The case
// need not be there yet.
func outsideSources(sources []source.Source, caseDir string) error {
	dir, err := resolved(caseDir)
	if err != nil {
		return fmt.Errorf("find the case folder %s: %w", caseDir, err)
	}
	for _, s := range sources {
		src, err := resolved(s.Dir)
		if err != nil {
			return fmt.Errorf("find source %s: %w", s.Name, err)
		}
		if rel, err := filepath.Rel(src, dir); err == nil && filepath.IsLocal(rel) {
			return withHint(usagef("the case %s lies inside the source %s", caseDir, s.Dir), "keep the case folder apart from the media")
		}
	}
	return nil
}

// resolved is the absolute path without links, as far as it exists.
func resolved(path string) (string, error) {
	path, err := filepath.Abs(path)
	if err != nil {
		return "", err
	}
	real, err := filepath.EvalSymlinks(path)
	if parent := filepath.Dir(path); errors.Is(err, fs.ErrNotExist) && parent != path {
		real, err = resolved(parent)
		return filepath.Join(real, filepath.Base(path)), err
	}
	return real, err
}

func (g *globalOptions) printCounts(ctx context.Context, file *casefile.File) error {
	d, err := g.loadCase(ctx, file)
	if err != nil {
		return err
	}
	c, err := g.countingOf(ctx, file, d)
	if err != nil {
		return err
	}
	sheet := report.Count(d.Items, d.Clusters, d.Incidents)
	if c.Written() {
		sheet = c.Sheet(report.Scope{})
	}
	if g.jsonOut {
		return g.term.json(sheet)
	}
	return sheet.WriteText(g.term.out, report.In(g.words()))
}

// engineMode checks the setting `video`.
func (g *globalOptions) engineMode() (string, error) {
	switch mode := g.settings.string("video"); mode {
	case "auto", "native", "embedded", "hostile", "off":
		return mode, nil
	default:
		return "", usagef("there is no video engine %q; it is auto, native, embedded, hostile or off", mode)
	}
}
