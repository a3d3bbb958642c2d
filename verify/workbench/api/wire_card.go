package api

import (
	"strings"

	"github.com/firsthand-media/firsthand/extract"
	"github.com/firsthand-media/firsthand/verify"
	"github.com/firsthand-media/firsthand/verify/desk"
)

// sideways is the first EXIF orientation in which width and height change
// places.
const sideways = 5

// card gives an item in a few facts.
func (v *View) card(it *verify.Item) Card {
	s := v.worked()
	c := Card{
		ID: it.Digest, Path: it.Path(), Name: lastPart(it.Path()), Kind: string(it.Media.Kind),
		Sources: desk.SourcesOf(it), Copies: 1, Incident: s.Incident[it.Digest],
		Time: when(v.bestTime(it)), Place: spot(v.bestPlace(it)),
		Caption: captionOf(it), Readable: it.Readable(), Problem: desk.Problem(it), Tags: []string{}, Reviewed: s.Decided[it.Digest],
	}
	c.Width, c.Height = upright(&it.Media)
	if d := it.Media.DurationSeconds; d != nil {
		c.Seconds = *d
	}
	if cluster := v.ClusterOf(it.Digest); cluster != nil {
		c.Cluster, c.Copies = cluster.ID, len(cluster.Digests)
	}
	c.Warning, c.WarningBy = s.Warning(it.Digest)
	v.markCard(&c)
	return c
}

// markCard adds what people said of the item.
func (v *View) markCard(c *Card) {
	said, ok := v.Marks[c.ID]
	if !ok {
		return
	}
	c.Pinned, c.SetAside, c.Masked = said.Pinned(), said.SetAside(), len(said.Masks) > 0
	c.Tags = append(c.Tags, said.Tags...)
	c.Described, c.Notes = said.Described, len(said.Notes)
	c.Reviewed = c.Reviewed || said.Any()
	if p := said.Place; p != nil {
		c.Place.By = p.By
	}
}

// mostCaption is how many letters of a caption a card has.
const mostCaption = 240

// captionOf is what was posted with an item, on one line.
func captionOf(it *verify.Item) string {
	for i := range it.Sightings {
		for _, r := range it.Sightings[i].Records {
			words := []rune(strings.Join(strings.Fields(r.Text), " "))
			if len(words) > mostCaption {
				words = append(words[:mostCaption-1], '…')
			}
			if len(words) > 0 {
				return string(words)
			}
		}
	}
	return ""
}

// upright is the size of the picture as it is seen, 0 where it is not known.
func upright(m *extract.Media) (width, height int) {
	if m.Width == nil || m.Height == nil {
		return 0, 0
	}
	if m.Orientation != nil && *m.Orientation >= sideways {
		return *m.Height, *m.Width
	}
	return *m.Width, *m.Height
}

// bestTime is the strongest time of an item: what a person confirmed, else what
// is claimed.
func (v *View) bestTime(it *verify.Item) *extract.Time {
	if said := v.Marks[it.Digest].Time; said != nil {
		return &said.Time
	}
	return desk.ClaimedTime(it)
}

// bestPlace is the strongest place of an item: what a person confirmed, else
// what is claimed.
func (v *View) bestPlace(it *verify.Item) *extract.Place {
	if said := v.Marks[it.Digest].Place; said != nil {
		return &said.Place
	}
	return desk.ClaimedPlace(it)
}
