package api

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/firsthand-media/firsthand/extract"
	"github.com/firsthand-media/firsthand/verify"
	"github.com/firsthand-media/firsthand/verify/clock"
)

// TimeClaim is one time that something says of an item, and how it goes with
// the best one.
type TimeClaim struct {
	Time     When     `json:"time"`
	Paths    []string `json:"paths"`                    // of the sightings that say so; none where the file itself does
	Standing string   `json:"standing"`                 // best, agrees, bounds, contradicts, unused
	Why      string   `json:"why" say:"sentence"`       // of the standing, a sentence without its full stop
	FromUTC  string   `json:"utc" say:"sentence.value"` // the earliest instant that it can be, "16 May 2026 11:02:11 Z"; "" for none
	UntilUTC string   `json:"utc_until" say:"sentence.value"`
}

// Clash is two claims of one item that cannot both be right, in a sentence.
type Clash struct {
	Text  string `json:"text" say:"sentence"`
	Left  int    `json:"left"`  // in the list of claims
	Right int    `json:"right"` // -1 where it is not of two claims
}

// slack is what clocks and writers may be off without a word.
const slack = 2 * time.Second

// claimed is a time with the sightings that say it.
type claimed struct {
	extract.Time
	paths []string
}

// timesOf gives all times of an item, the best first, then those that say when
// it was made, then the others by their strength.
func (v *View) timesOf(it *verify.Item) ([]TimeClaim, []Clash) {
	var said *extract.Time
	if m := v.Marks[it.Digest]; m.Time != nil {
		said = &m.Time.Time
	}
	list := gatherTimes(it, said)
	best := v.bestTime(it)
	out := []TimeClaim{}
	for i := range list {
		t := &list[i]
		c := TimeClaim{Time: *when(&t.Time), Paths: orNone(t.paths)}
		c.FromUTC = momentText(t.Earliest)
		if !t.Latest.IsZero() {
			c.UntilUTC = momentText(t.Latest.Add(-time.Nanosecond)) // the first one that it cannot be
		}
		c.Standing, c.Why = standing(&t.Time, best)
		out = append(out, c)
	}
	// The best one stands first, whatever else orders them.
	if at := slices.IndexFunc(out, func(c TimeClaim) bool { return c.Standing == "best" }); at > 0 {
		one, other := out[at], list[at]
		out = slices.Insert(slices.Delete(out, at, at+1), 0, one)
		list = slices.Insert(slices.Delete(list, at, at+1), 0, other)
	}
	return out, timeClashes(list, it)
}

// gatherTimes puts together what a person, the file and its sightings say; what
// several say stands once.
func gatherTimes(it *verify.Item, said *extract.Time) []claimed {
	var list []claimed
	add := func(t extract.Time, path string) {
		at := slices.IndexFunc(list, func(c claimed) bool {
			return c.Kind == t.Kind && c.Field == t.Field && c.Raw == t.Raw && c.Zone == t.Zone && c.Earliest.Equal(t.Earliest)
		})
		if at < 0 {
			list = append(list, claimed{Time: t})
			at = len(list) - 1
		}
		if path != "" {
			list[at].paths = append(list[at].paths, path)
		}
	}
	if said != nil {
		add(*said, "")
	}
	for _, t := range it.Media.Times {
		add(t, "")
	}
	for i := range it.Sightings {
		for _, t := range it.Sightings[i].Times {
			add(t, it.Sightings[i].Path)
		}
	}
	return inOrderOf(list, it)
}

// inOrderOf puts claims of the capture in the order of [clock.Claims], and
// behind them the rest, the strongest first.
func inOrderOf(list []claimed, it *verify.Item) []claimed {
	rest := make([]extract.Time, 0, len(list))
	order := []extract.Time{}
	for i := range list {
		if list[i].Kind == extract.StatedByHand {
			order = append(order, list[i].Time)
		}
		rest = append(rest, list[i].Time)
	}
	order = append(order, clock.Claims(it)...)
	extract.SortTimes(rest)
	order = append(order, rest...)
	rank := func(c *claimed) int {
		return slices.IndexFunc(order, func(t extract.Time) bool { return sameClaim(&t, &c.Time) })
	}
	slices.SortStableFunc(list, func(a, b claimed) int { return rank(&a) - rank(&b) })
	return list
}

func sameClaim(a, b *extract.Time) bool {
	return a.Kind == b.Kind && a.Field == b.Field && a.Raw == b.Raw && a.Zone == b.Zone && a.Earliest.Equal(b.Earliest) && a.Latest.Equal(b.Latest)
}

// standing says how a claim goes with the best one.
func standing(t, best *extract.Time) (word, why string) {
	switch {
	case best != nil && sameClaim(t, best):
		return "best", ""
	case t.Trust == extract.TrustNone:
		return "unused", "where a clock stands that was never set"
	case t.IsInferred():
		return "unused", "holds only if the camera’s clock kept the time of the place"
	case t.Kind == extract.FileSystem:
		return "unused", "when this copy was written to the disk"
	case best == nil || best.Earliest.IsZero() && best.Latest.IsZero():
		return "unused", "there is nothing to set it beside"
	case t.BoundsCapture():
		return bounding(t, best)
	case momentsApart(t, best) > slack:
		return "contradicts", "another moment than the best time"
	}
	return "agrees", "can be the same moment as the best time"
}

// bounding is the standing of what can only have happened after the capture.
func bounding(t, best *extract.Time) (word, why string) {
	if best.IsCapture() && !best.Earliest.IsZero() && t.Latest.Add(slack).Before(best.Earliest) {
		return "contradicts", "it cannot come before the picture was made"
	}
	return "bounds", "the picture is no younger than this"
}

// momentsApart is how much time lies between two claims at least, 0 where they can be
// of one moment.
func momentsApart(a, b *extract.Time) time.Duration {
	switch {
	case a.Latest.IsZero() || b.Latest.IsZero() || a.Earliest.IsZero() || b.Earliest.IsZero():
		return 0
	case a.Latest.Before(b.Earliest):
		return b.Earliest.Sub(a.Latest)
	case b.Latest.Before(a.Earliest):
		return a.Earliest.Sub(b.Latest)
	}
	return 0
}

// mostClashes is how many pairs of claims are put into sentences.
const mostClashes = 12

// timeClashes puts into sentences what cannot be right together: claims of the
// capture that lie apart, and what came before the capture though it can only
// have come after it; then what checks of the file say of its clocks.
func timeClashes(list []claimed, it *verify.Item) []Clash {
	out := []Clash{}
	for i := range list {
		for j := range list[i+1:] {
			j += i + 1
			if text := clashing(&list[i].Time, &list[j].Time); text != "" && len(out) < mostClashes {
				out = append(out, Clash{text, i, j})
			}
		}
	}
	for _, f := range it.Media.Findings {
		if slices.Contains([]string{"default-clock", "future-date", "container-local-time", "name-time-differs", "modify-before-original"}, f.Code) {
			out = append(out, Clash{capital(f.Message), -1, -1})
		}
	}
	return out
}

// clashing is the sentence on two claims that cannot both be right, "" where
// they can.
func clashing(a, b *extract.Time) string {
	if b.IsCapture() && a.BoundsCapture() {
		a, b = b, a
	}
	switch {
	case !a.IsCapture() || b.Trust == extract.TrustNone || b.IsInferred():
		return ""
	case b.IsCapture():
		if gap := momentsApart(a, b); gap > slack {
			return fmt.Sprintf("%s (%s) and %s (%s) lie at least %s apart: at most one of them is when it was made",
				capital(timeLabel(a)), when(a).Text, timeLabel(b), when(b).Text, lasting(gap))
		}
	case b.Kind == extract.FileSystem || b.Kind == extract.Modified:
		return "" // copies keep or lose these dates in every way
	case !b.Latest.IsZero() && !a.Earliest.IsZero() && b.Latest.Add(slack).Before(a.Earliest):
		return fmt.Sprintf("%s (%s) comes %s before %s (%s): one of the two clocks is wrong",
			capital(timeLabel(b)), when(b).Text, lasting(a.Earliest.Sub(b.Latest)), timeLabel(a), when(a).Text)
	}
	return ""
}

// capital makes the first letter one, unless the word is a tag or a name.
func capital(s string) string {
	word, _, _ := strings.Cut(s, " ")
	if s == "" || strings.ContainsAny(word, ":.0123456789") {
		return s
	}
	return strings.ToUpper(s[:1]) + s[1:]
}

// lasting writes a duration in two units at most.
func lasting(d time.Duration) string {
	d = max(d.Round(time.Second), 0)
	units := []struct {
		n    int64
		name string
	}{
		{int64(d / (24 * time.Hour)), "d"}, {int64(d % (24 * time.Hour) / time.Hour), "h"},
		{int64(d % time.Hour / time.Minute), "min"}, {int64(d % time.Minute / time.Second), "s"},
	}
	var out []string
	for _, u := range units {
		if u.n > 0 {
			out = append(out, fmt.Sprintf("%d %s", u.n, u.name))
		} else if len(out) > 0 {
			break
		}
		if len(out) == 2 {
			break
		}
	}
	if len(out) == 0 {
		return "0 s"
	}
	return strings.Join(out, " ")
}
