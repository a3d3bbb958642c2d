package ingest

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/firsthand-media/firsthand/extract"
	"github.com/firsthand-media/firsthand/extract/source"
	"github.com/firsthand-media/firsthand/verify"
	"github.com/firsthand-media/firsthand/verify/casefile"
	"github.com/firsthand-media/firsthand/verify/clock"
	"github.com/firsthand-media/firsthand/verify/incident"
	"github.com/firsthand-media/firsthand/verify/match"
)

// Regroup brings matches, clusters and candidate incidents of the whole case
// up to date with what is stored, under the decisions that people made. What
// depends on nothing that changed stands.
func Regroup(ctx context.Context, file *casefile.File, opt Options, sum *Summary) error {
	if opt.Progress == nil {
		opt.Progress = func(Progress) {}
	}
	began := time.Now()
	g := &grouper{file: file, opt: opt}
	kept, err := g.match(ctx, sum)
	if err != nil {
		return err
	}
	sum.MatchesKept, sum.MatchTime = kept, time.Since(began)

	began = time.Now()
	opt.Progress(Progress{Stage: "grouping"})
	if kept, err = g.group(ctx); err != nil {
		return err
	}
	sum.IncidentsKept, sum.GroupTime = kept, time.Since(began)
	return nil
}

// Again is [Regroup] with the zones and the grouping of the last time: for a
// decision, which states neither. A case that was never grouped is left to its
// first scan.
func Again(ctx context.Context, file *casefile.File, opt Options, sum *Summary) error {
	was, ok, err := lastRun(ctx, file)
	if err != nil || !ok {
		return err
	}
	if was.Params != nil {
		opt.Grouping = *was.Params
	}
	if opt.Zones, err = clock.NewZones(was.Zone, was.Zones); err != nil {
		return fmt.Errorf("the zones of the last incidents: %w", err)
	}
	return Regroup(ctx, file, opt, sum)
}

// LastZones are the zones with which the incidents of the case were made; ok
// is false where it has none.
func LastZones(ctx context.Context, file *casefile.File) (zones clock.Zones, ok bool, err error) {
	was, ok, err := lastRun(ctx, file)
	if err != nil || !ok {
		return clock.Zones{}, false, err
	}
	if zones, err = clock.NewZones(was.Zone, was.Zones); err != nil {
		return clock.Zones{}, false, fmt.Errorf("the zones of the last incidents: %w", err)
	}
	return zones, true, nil
}

func lastRun(ctx context.Context, file *casefile.File) (run, bool, error) {
	var was run
	last, ok, err := file.LastGrouping(ctx)
	if err == nil && ok {
		err = json.Unmarshal(last.Params, &was)
	}
	if err != nil {
		return run{}, false, fmt.Errorf("read the last incidents: %w", err)
	}
	return was, ok, nil
}

// grouper makes the results that are of the case as a whole.
type grouper struct {
	file  *casefile.File
	opt   Options
	items []verify.Item // read when first needed
	found *matching     // just now, nil where the stored matches stand
}

// match finds copies and clusters, unless those stored are of the same items
// and of the same decisions on them.
func (g *grouper) match(ctx context.Context, sum *Summary) (kept bool, err error) {
	decisions, err := g.file.Decisions(ctx)
	if err != nil {
		return false, fmt.Errorf("read the decisions: %w", err)
	}
	words := match.WordsOf(decisions)
	run, err := g.matchRun(ctx, words)
	if err != nil {
		return false, err
	}
	last, ok, err := g.file.LastMatching(ctx)
	if err != nil {
		return false, fmt.Errorf("read the last matches: %w", err)
	}
	if ok && same(last, run) && !g.canLook(last) {
		return true, nil
	}
	found, run, err := g.search(ctx, words, sum)
	if err != nil {
		return false, err
	}
	// The matches come last: what stands before them is made again when they
	// are missing.
	if err := g.note(ctx, "matching", found.Findings, found.notes()); err != nil {
		return false, err
	}
	if err := g.file.ReplaceMatches(ctx, found.Matches, found.Clusters, run.info()); err != nil {
		return false, fmt.Errorf("store the matches: %w", err)
	}
	g.found = &found
	return false, nil
}

// group proposes incidents, unless those stored are of the same items,
// matches, decisions and settings. What the case taught when it was last learnt
// from serves again while little has changed, so that what is near the change
// is grouped anew and nothing else: see [incident.Statistics].
func (g *grouper) group(ctx context.Context) (kept bool, err error) {
	in := incident.Input{Zone: g.opt.Zones.Case}
	decisions, err := g.file.Decisions(ctx)
	if err != nil {
		return false, fmt.Errorf("read the decisions: %w", err)
	}
	in.Decisions = decisions
	params := g.opt.Grouping
	if !params.Usable() {
		params = incident.Automatic()
	}
	places, err := g.file.Gazetteer(ctx)
	if err != nil {
		return false, fmt.Errorf("open the gazetteer: %w", err)
	}
	in.Places = places
	run, err := g.groupRun(ctx, params, in.Decisions, places.Version())
	if err != nil {
		return false, err
	}
	last, ok, err := g.file.LastGrouping(ctx)
	if err != nil {
		return false, fmt.Errorf("read the last incidents: %w", err)
	}
	was := readRun(last, ok)
	if was.Input != "" && was.Input == run.Input && (was.LearntOf == run.LearntOf || !g.opt.Relearn) {
		return true, nil
	}
	clocks, err := g.input(ctx, &in)
	if err != nil {
		return false, err
	}
	if err := g.recall(ctx, &in, was, run); err != nil {
		return false, err
	}
	params.Workers = g.opt.Workers
	res, err := incident.Group(ctx, in, params)
	if err != nil {
		return false, err
	}
	if err := g.note(ctx, "clocks", clocks, nil); err != nil {
		return false, err
	}
	if err := g.note(ctx, "grouping", res.Findings, notes("grouping-note", source.Info, res.Notes)); err != nil {
		return false, err
	}
	run.model = res.Model
	if in.Statistics != nil {
		run.LearntOf = was.LearntOf
	}
	info := run.info()
	if info.Parts, err = parts(res); err != nil {
		return false, err
	}
	if err := g.file.ReplaceIncidents(ctx, res.Incidents, info); err != nil {
		return false, fmt.Errorf("store the incidents: %w", err)
	}
	return false, g.file.KeepGrouping(ctx, res.Memory)
}

// recall takes up what the case taught before, where that still serves, and
// what the run before left.
func (g *grouper) recall(ctx context.Context, in *incident.Input, was, now run) error {
	in.Maker = g.opt.Build
	if was.Settings != now.Settings || was.LearntOf == "" || g.opt.Relearn && was.LearntOf != now.LearntOf {
		return nil
	}
	learnt, err := taught(ctx, g.file)
	if err != nil || learnt == nil {
		return err
	}
	if was.LearntOf == now.LearntOf || learnt.Serve(in.Items) {
		in.Statistics = learnt
	}
	return nil
}

// The parts of a grouping that a case keeps.
const (
	statisticsPart = "statistics" // what the case taught
	namesPart      = "names"      // that are in use no more
)

func parts(res incident.Result) (map[string][]byte, error) {
	statistics, err := json.Marshal(res.Statistics)
	names, err2 := json.Marshal(res.Retired)
	if err := errors.Join(err, err2); err != nil {
		return nil, fmt.Errorf("describe the grouping: %w", err)
	}
	return map[string][]byte{statisticsPart: statistics, namesPart: names}, nil
}

// retired are the names that are in use no more.
func (g *grouper) retired(ctx context.Context) ([]incident.Previous, error) {
	body, err := g.file.GroupingPart(ctx, namesPart)
	if err != nil || body == nil {
		return nil, err
	}
	var names []incident.Previous
	if err := json.Unmarshal(body, &names); err != nil {
		return nil, fmt.Errorf("read the earlier names of incidents: %w", err)
	}
	return names, nil
}

// taught is what the case taught, by which the incidents that stand were
// weighed; nil where it is not there.
func taught(ctx context.Context, file *casefile.File) (*incident.Statistics, error) {
	body, err := file.GroupingPart(ctx, statisticsPart)
	if err != nil || body == nil {
		return nil, err
	}
	learnt := new(incident.Statistics)
	if json.Unmarshal(body, learnt) != nil {
		return nil, nil // of another version: it is learnt anew
	}
	return learnt, nil
}

// input reads what incidents are made of, and corrects the clocks; what that
// reports is given back.
func (g *grouper) input(ctx context.Context, in *incident.Input) (clocks []verify.Finding, err error) {
	if err := g.load(ctx); err != nil {
		return nil, err
	}
	if in.Matches, in.Clusters, err = g.likeness(ctx); err != nil {
		return nil, err
	}
	old, err := g.file.Standing(ctx)
	if err != nil {
		return nil, fmt.Errorf("read the incidents: %w", err)
	}
	in.Previous = previous(old.Incidents)
	in.Standing, in.Memory = old.Incidents, old.Memory
	if in.Retired, err = g.retired(ctx); err != nil {
		return nil, err
	}
	read := clock.Apply(g.items, in.Clusters, g.opt.Zones)
	in.Items = read.Items
	return read.Findings, nil
}

// likeness gives the matches and clusters: those just found, or stored.
func (g *grouper) likeness(ctx context.Context) (matches []verify.Match, clusters []verify.Cluster, err error) {
	if g.found != nil {
		return g.found.Matches, g.found.Clusters, nil
	}
	if matches, err = g.file.Matches(ctx); err != nil {
		return nil, nil, fmt.Errorf("read the matches: %w", err)
	}
	if clusters, err = g.file.Clusters(ctx); err != nil {
		return nil, nil, fmt.Errorf("read the clusters: %w", err)
	}
	return matches, clusters, nil
}

// load reads the case's items with their fingerprints; thumbnails are read
// one at a time when a match needs them.
func (g *grouper) load(ctx context.Context) error {
	if g.items != nil {
		return nil
	}
	at := map[verify.Digest]int{}
	for it, err := range g.file.Items(ctx) {
		if err != nil {
			return fmt.Errorf("read the items: %w", err)
		}
		at[it.Digest] = len(g.items)
		g.items = append(g.items, it)
	}
	for f, err := range g.file.Frames(ctx) {
		if err != nil {
			return fmt.Errorf("read the fingerprints: %w", err)
		}
		if i, ok := at[f.Digest]; ok {
			g.items[i].Frames = f.Frames
		}
	}
	return nil
}

// note stores what a check of the whole case reports, when that is not what it
// reported before.
func (g *grouper) note(ctx context.Context, check string, findings, more []verify.Finding) error {
	findings = slices.Concat(findings, more)
	old, err := g.file.CheckFindings(ctx, check)
	if err != nil {
		return fmt.Errorf("read the findings of %s: %w", check, err)
	}
	if slices.Equal(findings, old) {
		return nil
	}
	if err := g.file.ReplaceFindings(ctx, check, findings); err != nil {
		return fmt.Errorf("store the findings of %s: %w", check, err)
	}
	return nil
}

func notes(code string, severity source.Severity, sentences []string) []verify.Finding {
	var out []verify.Finding
	for _, s := range sentences {
		out = append(out, verify.Finding{Finding: extract.Finding{Code: code, Severity: severity, Message: s}})
	}
	return out
}

func previous(incidents []verify.Incident) []incident.Previous {
	var out []incident.Previous
	for _, inc := range incidents {
		p := incident.Previous{ID: inc.ID}
		for _, m := range inc.Members {
			if m.Counts() {
				p.Digests = append(p.Digests, m.Digest)
			}
		}
		out = append(out, p)
	}
	return out
}
