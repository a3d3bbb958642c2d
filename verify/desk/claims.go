package desk

import (
	"slices"

	"github.com/firsthand-media/firsthand/extract"
	"github.com/firsthand-media/firsthand/extract/source"
	"github.com/firsthand-media/firsthand/verify"
	"github.com/firsthand-media/firsthand/verify/clock"
)

// ClaimedTime is the strongest time that an item claims: of what says when it
// was made, clocks put right, else of what bounds it; nil where it claims none.
func ClaimedTime(it *verify.Item) *extract.Time {
	if t := clock.Claim(it); t != nil {
		return t
	}
	var all []extract.Time
	all = append(all, it.Media.Times...)
	for i := range it.Sightings {
		all = append(all, it.Sightings[i].Times...)
	}
	return extract.Best(all)
}

// ClaimedPlace is the strongest place that an item claims: a position, else a
// name; nil where it claims none.
func ClaimedPlace(it *verify.Item) *extract.Place {
	if p := it.Media.BestPlace; p != nil {
		return p
	}
	return it.Line().BestPlace
}

// Problem is what was found wrong with an item, in a sentence: why it cannot be
// read, else the gravest finding that is more than a remark; "" for nothing.
func Problem(it *verify.Item) string {
	if it.Media.Error != "" {
		return string(it.Media.Error)
	}
	var worst *extract.Finding
	weigh := func(findings []extract.Finding) {
		for i := range findings {
			f := &findings[i]
			if f.Severity == source.Error || f.Severity == source.Warning && worst == nil {
				worst = f
			}
		}
	}
	weigh(it.Media.Findings)
	for i := range it.Sightings {
		weigh(it.Sightings[i].Findings)
	}
	if worst == nil {
		return ""
	}
	return worst.Message
}

// SourcesOf names the sources that an item was seen in, each once.
func SourcesOf(it *verify.Item) []string {
	out := make([]string, 0, 1)
	for i := range it.Sightings {
		if s := it.Sightings[i].Source; !slices.Contains(out, s) {
			out = append(out, s)
		}
	}
	return out
}
