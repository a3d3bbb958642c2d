package desk

import (
	"context"
	"encoding/hex"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/firsthand-media/firsthand/hashing/sound"
	"github.com/firsthand-media/firsthand/verify"
	"github.com/firsthand-media/firsthand/verify/assess"
	"github.com/firsthand-media/firsthand/verify/casefile"
	"github.com/firsthand-media/firsthand/verify/gazetteer"
	"github.com/firsthand-media/firsthand/verify/locale"
	"github.com/firsthand-media/firsthand/verify/publish"
	"github.com/firsthand-media/firsthand/verify/report"
)

// Imprint is what a report and an export say of themselves.
type Imprint struct {
	Title    string
	Exercise bool   // the case is invented
	Tool     string // that writes it
	Zone     string // the zone that a person stated for clocks without one, in words, or ""
	Now      time.Time
	// Words are the language of a report; nil is English. What programs read has
	// no language.
	Words *locale.Catalogue
}

// Part is what of a case is handed on: incidents by their ids, items by their
// digests. The zero value is all of it.
type Part struct {
	Incidents []string
	Media     []verify.Digest
}

// Whole says whether it is all of the case.
func (p Part) Whole() bool { return len(p.Incidents)+len(p.Media) == 0 }

// Dossier gathers all that a report of a part of the case can show. Its
// pictures are softened as they are asked for, so that the case has to be open
// while the report is written.
func Dossier(ctx context.Context, file *casefile.File, l Loaded, im Imprint, part Part) (report.Data, error) {
	data := report.Data{
		Words: im.Words, Title: im.Title, Exercise: im.Exercise, Generated: im.Now, Tool: im.Tool, Zone: im.Zone,
		Items: l.Items, Clusters: l.Clusters, Incidents: l.Incidents, Only: part.Incidents, Media: part.Media,
		Clocks: l.Clocks.Corrections, PlaceCredit: gazetteer.Credit,
		Soft: softener(ctx, file), SoftFrame: frameSoftener(ctx, file), Frames: framesOf(ctx, file), SoftStrip: stripSoftener(ctx, file), Wave: waves(ctx, file),
	}
	for _, read := range []func() error{
		func() (err error) { data.Matches, err = file.Matches(ctx); return err },
		func() (err error) { data.Findings, err = file.Findings(ctx); return err },
		func() (err error) { data.Decisions, err = file.Decisions(ctx); return err },
		func() (err error) { data.Records, err = file.Records(ctx); return err },
		func() (err error) { data.Reviews, err = file.Reviews(ctx); return err },
		func() (err error) { data.Sources, err = sourceRows(ctx, file, l.Items); return err },
		func() (err error) { data.Ledger, err = ledgerHead(ctx, file); return err },
	} {
		if err := read(); err != nil {
			return report.Data{}, err
		}
	}
	return data, part.known(data)
}

// known is an error when an id or a digest names nothing of the case.
func (p Part) known(data report.Data) error {
	for _, id := range p.Incidents {
		named := func(other string) bool { return strings.EqualFold(id, other) }
		if !slices.ContainsFunc(data.Incidents, func(i verify.Incident) bool { return named(i.ID) }) &&
			!slices.ContainsFunc(data.Records, func(r assess.Record) bool { return named(r.Incident) }) {
			return problem(UnknownIncident, "choose one of the list of incidents", "no incident %s in this case", id).of(id)
		}
	}
	for _, d := range p.Media {
		if !slices.ContainsFunc(data.Items, func(it verify.Item) bool { return it.Digest == d }) {
			return problem(UnknownItem, "it may be gone from its source since it was chosen", "no item %.12s in this case", d)
		}
	}
	return nil
}

// Publish puts the public-safe form in place of what a report tells of the case.
func Publish(data *report.Data, p publish.Profile) {
	public, withheld := p.Apply(publish.Content{
		Items: data.Items, Clusters: data.Clusters, Incidents: data.Incidents, Records: data.Records, Reviews: data.Reviews,
	})
	*data = report.Data{
		Words: data.Words, Title: report.In(data.Words).T("report.title.public"), Exercise: data.Exercise, Generated: data.Generated, Tool: data.Tool, PlaceCredit: data.PlaceCredit,
		Items: public.Items, Clusters: public.Clusters, Incidents: public.Incidents, Records: public.Records,
		Reviews: public.Reviews, Sources: publicSources(public.Items),
		Only: data.Only, Media: data.Media, Leave: data.Leave, Ledger: data.Ledger, Soft: data.Soft, Sharp: data.Sharp,
		Public: true, Withheld: withheld,
	}
}

func publicSources(items []verify.Item) []report.Source {
	n := filesOf(items)
	var out []report.Source
	for _, name := range slices.Sorted(maps.Keys(n)) {
		out = append(out, report.Source{Name: name, Files: n[name]})
	}
	return out
}

// filesOf counts files by their source.
func filesOf(items []verify.Item) map[string]int {
	n := map[string]int{}
	for i := range items {
		for _, s := range items[i].Sightings {
			n[s.Source]++
		}
	}
	return n
}

// softener makes the softened pictures of a report from the cached previews.
func softener(ctx context.Context, file *casefile.File) func(verify.Digest) []byte {
	return func(d verify.Digest) []byte {
		return softened(file.Preview(ctx, d))
	}
}

// frameSoftener does the same for single frames of videos.
func frameSoftener(ctx context.Context, file *casefile.File) func(verify.Digest, time.Duration) []byte {
	return func(d verify.Digest, at time.Duration) []byte {
		return softened(file.Thumb(ctx, d, at))
	}
}

// framesOf gives the frames of single videos: those of all would fill much
// memory.
func framesOf(ctx context.Context, file *casefile.File) func(verify.Digest) []verify.Frame {
	return func(d verify.Digest) []verify.Frame {
		it, err := file.Item(ctx, d)
		if err != nil {
			return nil
		}
		return it.Frames
	}
}

// stripSoftener does the same for the strips of videos.
func stripSoftener(ctx context.Context, file *casefile.File) func(verify.Digest) ([]byte, []time.Duration) {
	return func(d verify.Digest) ([]byte, []time.Duration) {
		jpeg, at, err := file.Strip(ctx, d)
		if err != nil {
			return nil, nil
		}
		soft, err := report.SoftenStrip(jpeg, len(at))
		if err != nil {
			return nil, nil
		}
		return soft, at
	}
}

// waves gives the loudness of videos, nothing where none was kept.
func waves(ctx context.Context, file *casefile.File) func(verify.Digest) sound.Wave {
	return func(d verify.Digest) sound.Wave {
		w, err := file.Wave(ctx, d)
		if err != nil {
			return sound.Wave{}
		}
		return w
	}
}

// softened is nil where there is no picture to soften.
func softened(preview []byte, err error) []byte {
	if err != nil {
		return nil
	}
	soft, err := report.Soften(preview)
	if err != nil {
		return nil
	}
	return soft
}

func sourceRows(ctx context.Context, file *casefile.File, items []verify.Item) ([]report.Source, error) {
	infos, err := file.Sources(ctx)
	if err != nil {
		return nil, fmt.Errorf("read the sources of the case: %w", err)
	}
	files := filesOf(items)
	var out []report.Source
	for _, s := range infos {
		out = append(out, report.Source{Name: s.Name, Files: files[s.Name], Sidecars: len(s.Sidecars)})
	}
	return out, nil
}

// ledgerHead is the last signed state of the ledger.
func ledgerHead(ctx context.Context, file *casefile.File) (report.Ledger, error) {
	list, err := file.Checkpoints(ctx)
	if err != nil || len(list) == 0 {
		return report.Ledger{}, err
	}
	last := list[len(list)-1]
	root := hex.EncodeToString(last.Root[:])
	return report.Ledger{Size: last.Size, Root: root, Code: root[:4] + "-" + root[4:8] + "-" + root[8:12]}, nil
}
