package api

import (
	"strings"

	"github.com/firsthand-media/firsthand/extract"
	"github.com/firsthand-media/firsthand/verify"
	"github.com/firsthand-media/firsthand/verify/search"
)

// mark adds to a document what people said of its item, and what it belongs
// to.
func (s *shelf) mark(v *View, d *search.Document, it *verify.Item) {
	if c := v.ClusterOf(it.Digest); c != nil {
		d.Cluster, d.Copies = c.ID, len(c.Digests)
	}
	d.Incident = s.incident[it.Digest]
	d.Marks.Warning, _ = s.warning(it)
	d.Marks.Reviewed = s.decided[it.Digest]
	said, ok := v.Marks[it.Digest]
	if !ok {
		return
	}
	m := &d.Marks
	m.Reviewed = m.Reviewed || said.Any()
	m.Pinned, m.SetAside, m.Masked = said.Pinned(), said.SetAside(), len(said.Masks) > 0
	m.Tags, m.TagText = said.Tags, folded(said.Tags)
	m.Noted, m.Described = len(said.Notes) > 0, said.Described != ""
	texts := []string{said.Described}
	for _, n := range said.Notes {
		texts = append(texts, n.Text)
	}
	m.Notes = folded(texts)
	if t := said.Time; t != nil {
		d.Trust, d.ZoneKnown, d.From, d.To = t.Time.Trust, t.Time.Zone != extract.Floating, t.Time.Earliest, t.Time.Latest
	}
	if p := said.Place; p != nil {
		d.Latitude, d.Longitude, d.Named = p.Place.Latitude, p.Place.Longitude, p.Place.Name != ""
		d.Texts.Place = strings.Join([]string{d.Texts.Place, search.Fold(string(p.Place.Name))}, textBreak)
	}
}
