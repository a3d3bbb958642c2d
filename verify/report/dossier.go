package report

import (
	"slices"
	"strings"

	"github.com/firsthand-media/firsthand/verify"
	"github.com/firsthand-media/firsthand/verify/assess"
)

// only leaves of a case what concerns the incidents of d.Only: their files and
// those that may belong to them, what is known of these, and what people
// decided and wrote.
func (d Data) only() Data {
	ids := map[string]bool{}
	for _, id := range d.Only {
		ids[strings.ToUpper(id)] = true
	}
	here := func(id string) bool { return ids[strings.ToUpper(id)] }
	d.Incidents = slices.DeleteFunc(slices.Clone(d.Incidents), func(inc verify.Incident) bool { return !here(inc.ID) })
	d.Records = slices.DeleteFunc(slices.Clone(d.Records), func(r assess.Record) bool { return !here(r.Incident) })
	paths, digests := map[string]bool{}, map[verify.Digest]bool{}
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
