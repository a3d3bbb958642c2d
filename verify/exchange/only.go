package exchange

import (
	"fmt"
	"slices"

	"github.com/firsthand-media/firsthand/verify"
	"github.com/firsthand-media/firsthand/verify/assess"
)

// Only leaves one incident, with its members, in the case: what is asked of a
// dossier. The ledger stays whole, for it can only be checked so.
func (c *Case) Only(incident string) error { return c.Part([]string{incident}, nil) }

// Part leaves some incidents with their members in the case, and some items
// beside them.
func (c *Case) Part(incidents []string, media []verify.Digest) error {
	of := map[verify.Digest]bool{}
	kept := []assess.Incident{}
	for _, id := range incidents {
		inc, ok := c.Incident(id)
		if !ok {
			return fmt.Errorf("there is no incident %q in this case", id)
		}
		for _, m := range inc.Members {
			of[m.Digest] = true
		}
		for _, d := range inc.Record.Members {
			of[d] = true
		}
		kept = append(kept, *inc)
	}
	for _, d := range media {
		of[d] = true
	}
	c.Incidents, c.Known = kept, nil
	c.keep(of)
	return nil
}

// keep leaves the items of a set, and what is of them.
func (c *Case) keep(of map[verify.Digest]bool) {
	paths := map[string]bool{}
	c.Items = slices.DeleteFunc(slices.Clone(c.Items), func(it verify.Item) bool { return !of[it.Digest] })
	for i := range c.Items {
		for _, s := range c.Items[i].Sightings {
			paths[s.Path] = true
		}
	}
	c.Matches = slices.DeleteFunc(slices.Clone(c.Matches), func(m verify.Match) bool { return !paths[m.A] || !paths[m.B] })
	c.Clusters = slices.DeleteFunc(slices.Clone(c.Clusters), func(k verify.Cluster) bool {
		return slices.ContainsFunc(k.Members, func(p string) bool { return !paths[p] })
	})
	c.Findings = slices.DeleteFunc(slices.Clone(c.Findings), func(f verify.Finding) bool { return !paths[string(f.Path)] })
	c.Reviews = slices.DeleteFunc(slices.Clone(c.Reviews), func(r assess.Review) bool { return !of[r.Item] })
	c.Decisions = slices.DeleteFunc(slices.Clone(c.Decisions), func(d verify.Decision) bool {
		return !slices.ContainsFunc(c.Incidents, func(i assess.Incident) bool { return d.Incident == i.ID || d.Other == i.ID })
	})
}
