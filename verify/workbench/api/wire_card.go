package api

import (
	"slices"
	"strings"

	"github.com/firsthand-media/firsthand/extract"
	"github.com/firsthand-media/firsthand/extract/source"
	"github.com/firsthand-media/firsthand/verify"
	"github.com/firsthand-media/firsthand/verify/assess"
	"github.com/firsthand-media/firsthand/verify/clock"
)

// sideways is the first EXIF orientation in which width and height change
// places.
const sideways = 5

// card gives an item in a few facts.
func (v *View) card(it *verify.Item) Card {
	s := v.worked()
	c := Card{
		ID: it.Digest, Path: it.Path(), Name: lastPart(it.Path()), Kind: string(it.Media.Kind),
		Sources: sourcesOf(it), Copies: 1, Incident: s.incident[it.Digest],
		Time: when(v.bestTime(it)), Place: spot(v.bestPlace(it)),
		Caption: captionOf(it), Readable: it.Readable(), Problem: problemOf(it), Tags: []string{}, Reviewed: s.decided[it.Digest],
	}
	c.Width, c.Height = upright(&it.Media)
	if d := it.Media.DurationSeconds; d != nil {
		c.Seconds = *d
	}
	if cluster := v.ClusterOf(it.Digest); cluster != nil {
		c.Cluster, c.Copies = cluster.ID, len(cluster.Digests)
	}
	c.Warning, c.WarningBy = s.warning(it)
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

// sourcesOf names the sources that an item was seen in, each once.
func sourcesOf(it *verify.Item) []string {
	out := make([]string, 0, 1)
	for i := range it.Sightings {
		if s := it.Sightings[i].Source; !slices.Contains(out, s) {
			out = append(out, s)
		}
	}
	return out
}

// bestTime is the strongest time of an item: what a person confirmed, else what
// is claimed.
func (v *View) bestTime(it *verify.Item) *extract.Time {
	if said := v.Marks[it.Digest].Time; said != nil {
		return &said.Time
	}
	return claimedTime(it)
}

// claimedTime is the strongest time that an item claims: of what says when it
// was made, clocks put right, else of what bounds it.
func claimedTime(it *verify.Item) *extract.Time {
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

// bestPlace is the strongest place of an item: what a person confirmed, else
// what is claimed.
func (v *View) bestPlace(it *verify.Item) *extract.Place {
	if said := v.Marks[it.Digest].Place; said != nil {
		return &said.Place
	}
	return claimedPlace(it)
}

// claimedPlace is the strongest place that an item claims: a position, else a
// name.
func claimedPlace(it *verify.Item) *extract.Place {
	if p := it.Media.BestPlace; p != nil {
		return p
	}
	return it.Line().BestPlace
}

// problemOf is what was found wrong with an item, in a sentence: why it cannot
// be read, else the gravest finding that is more than a remark.
func problemOf(it *verify.Item) string {
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

// warning is how graphic an item is said to be, and by whom: the worse of what
// people said of it or of a copy, else what words in its source say.
func (s *shelf) warning(it *verify.Item) (level, by string) {
	if g, ok := s.graphic[it.Digest]; ok {
		by = "person"
		if g.Basis == assess.Derived {
			by = "copy"
		}
		return warningWord(g.Level), by
	}
	if have := s.stock.Load(); have != nil && have.warned[it.Digest] {
		return warningWord(textLevel), "text"
	}
	return "", ""
}

// textLevel is the graphic level of what a post warns of: nobody here has seen
// how bad it is.
const textLevel = 2

// warningWord names a graphic level.
func warningWord(level int) string {
	switch {
	case level <= 0:
		return "none"
	case level >= 3:
		return "severe"
	}
	return "moderate"
}
