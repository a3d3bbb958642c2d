package report

import (
	"bytes"
	"image"
	"image/jpeg"
	"slices"
	"strings"

	"github.com/firsthand-media/firsthand/verify"
	"github.com/firsthand-media/firsthand/verify/assess"
	"github.com/firsthand-media/firsthand/verify/publish"
)

// dossier says whether this is of a part of the case alone.
func (d Data) dossier() bool { return len(d.Only)+len(d.Media) > 0 }

// told is what the report tells: of a dossier its part, and of that what a
// person does not leave out.
func (d Data) told() Data {
	if d.dossier() {
		d = d.only()
	}
	if d.Redaction.Some() {
		d = d.redacted()
	}
	if slices.Contains(d.Leave, Reviews) {
		d.Reviews = nil
	}
	return d
}

// Told is what the report would tell, after what a person leaves out: for who
// wants to know before it is written. Sheets of reviews that are open are not
// in it.
func (d Data) Told() publish.Telling {
	t := d.told().telling()
	t.Reviews = slices.Clone(t.Reviews)
	for i := range t.Reviews {
		t.Reviews[i] = t.Reviews[i].Seen(assess.Reviewer{})
	}
	if slices.Contains(d.Leave, Decisions) {
		t.Decisions = nil
	}
	return t
}

// LeftOut is what a redaction, or the public form, leaves out of it.
func (d Data) LeftOut() []publish.Withheld { return d.told().Withheld }

// Pictured are the items beside which the report shows a picture: those of
// which a person can choose to show it as it is.
func (d Data) Pictured() []verify.Digest {
	var dot bytes.Buffer
	if err := jpeg.Encode(&dot, image.NewGray(image.Rect(0, 0, 1, 1)), nil); err != nil {
		return nil
	}
	var out []verify.Digest
	d.Soft, d.SoftFrame, d.SoftStrip, d.Wave = nil, nil, nil, nil
	d.Sharp = func(of verify.Digest) []byte { // asked for once each
		out = append(out, of)
		return dot.Bytes()
	}
	newView(d)
	return out
}

func (d Data) telling() publish.Telling {
	t := publish.Telling{
		Content: publish.Content{Items: d.Items, Clusters: d.Clusters, Incidents: d.Incidents, Records: d.Records, Reviews: d.Reviews},
		Matches: d.Matches, Decisions: d.Decisions, Findings: d.Findings, Corrections: d.Clocks,
	}
	for _, s := range d.Sources {
		t.Sources = append(t.Sources, s.Name)
	}
	return t
}

// redacted puts what a person leaves out away from everything that is told.
func (d Data) redacted() Data {
	out, withheld := d.Redaction.Apply(d.telling())
	d.Items, d.Clusters, d.Incidents, d.Records, d.Reviews = out.Items, out.Clusters, out.Incidents, out.Records, out.Reviews
	d.Matches, d.Decisions, d.Findings, d.Clocks = out.Matches, out.Decisions, out.Findings, out.Corrections
	d.Sources = slices.Clone(d.Sources)
	for i := range d.Sources {
		d.Sources[i].Name = out.Sources[i]
	}
	slices.SortFunc(d.Sources, func(a, b Source) int { return strings.Compare(a.Name, b.Name) }) // their old order could tell
	d.Withheld = slices.Concat(d.Withheld, withheld)
	return d
}

// only leaves of a case what concerns the incidents of d.Only and the items of
// d.Media: their files and those that may belong to them, what is known of
// these, and what people decided and wrote.
func (d Data) only() Data {
	ids := map[string]bool{}
	for _, id := range d.Only {
		ids[strings.ToUpper(id)] = true
	}
	here := func(id string) bool { return ids[strings.ToUpper(id)] }
	d.Incidents = slices.DeleteFunc(slices.Clone(d.Incidents), func(inc verify.Incident) bool { return !here(inc.ID) })
	d.Records = slices.DeleteFunc(slices.Clone(d.Records), func(r assess.Record) bool { return !here(r.Incident) })
	paths, digests := map[string]bool{}, map[verify.Digest]bool{}
	for _, m := range d.Media {
		digests[m] = true
	}
	for i := range d.Incidents {
		for _, m := range slices.Concat(d.Incidents[i].Members, d.Incidents[i].Possible) {
			paths[m.Path] = true
		}
	}
	for i := range d.Records {
		for _, m := range d.Records[i].Members {
			digests[m] = true
		}
	}
	d.Items = slices.DeleteFunc(slices.Clone(d.Items), func(it verify.Item) bool {
		keep := digests[it.Digest] || slices.ContainsFunc(it.Sightings, func(s verify.Sighting) bool { return paths[s.Path] })
		if keep {
			digests[it.Digest] = true
		}
		return !keep
	})
	used := map[string]int{}
	for i := range d.Items {
		for _, s := range d.Items[i].Sightings {
			paths[s.Path] = true
			used[s.Source]++
		}
	}
	d.Matches = slices.DeleteFunc(slices.Clone(d.Matches), func(m verify.Match) bool { return !paths[m.A] || !paths[m.B] })
	d.Clusters = slices.DeleteFunc(slices.Clone(d.Clusters), func(c verify.Cluster) bool {
		return !slices.ContainsFunc(c.Members, func(p string) bool { return paths[p] })
	})
	d.Findings = slices.DeleteFunc(slices.Clone(d.Findings), func(f verify.Finding) bool { return !paths[string(f.Path)] })
	d.Decisions = slices.DeleteFunc(slices.Clone(d.Decisions), func(x verify.Decision) bool {
		return !here(x.Incident) && !here(x.Other) && !slices.ContainsFunc(x.Subjects, func(s verify.Digest) bool { return x.Incident == "" && digests[s] })
	})
	d.Reviews = slices.DeleteFunc(slices.Clone(d.Reviews), func(r assess.Review) bool { return !digests[r.Item] })
	var sources []Source
	for _, s := range d.Sources {
		if s.Files = used[s.Name]; s.Files > 0 {
			sources = append(sources, s)
		}
	}
	d.Sources = sources
	return d
}
