package incident

import (
	"math"
	"sort"
	"time"

	"github.com/firsthand-media/firsthand/extract"
)

// span is an interval on the UTC clock. Floating spans were narrowed by the
// case's zone for weighing only: honest keeps what may be shown.
type span struct {
	lo, hi   time.Time
	honest   [2]time.Time
	floating bool
	doubt    float64 // share of the probability outside lo..hi, within a day of it
}

func (s span) known() bool { return !s.hi.IsZero() }

func (s span) middle() time.Time { return s.lo.Add(s.hi.Sub(s.lo) / 2) }

// clock turns claimed times into spans for weighing.
type clock struct {
	zone    *time.Location
	doubt   float64
	offsets []Offset // by at: stated by files of the case
}

// The offsets that files state speak for the clocks that state none when there
// are at least minSamples of them within season, and a clear majority agrees.
const (
	minSamples = 3
	season     = 45 * 24 * time.Hour
	majority   = 0.6
)

// span narrows a time to where it most likely lies.
func (k *clock) span(t extract.Time) span {
	s := span{lo: t.Earliest, hi: t.Latest, honest: [2]time.Time{t.Earliest, t.Latest}}
	if s.hi.IsZero() {
		return span{}
	}
	if s.lo.IsZero() || s.lo.After(s.hi) {
		s.lo = s.hi
	}
	if t.IsZoned() {
		s.doubt = k.doubt
	}
	if t.Zone != extract.Floating || t.Local == "" {
		return s
	}
	s.floating = true
	width := map[extract.Precision]time.Duration{extract.Minute: time.Minute, extract.Day: 24 * time.Hour}[t.Precision]
	if k.zone != nil {
		if at, ok := parseLocal(string(t.Local), k.zone); ok {
			s.lo, s.hi, s.doubt = at, at.Add(width), k.doubt
		}
		return s
	}
	at, ok := parseLocal(string(t.Local), time.UTC)
	if !ok {
		return s
	}
	if minutes, share, ok := k.usual(at); ok {
		s.lo = at.Add(-time.Duration(minutes) * time.Minute)
		s.hi, s.doubt = s.lo.Add(width), math.Max(k.doubt, 1-share)
	}
	return s
}

func parseLocal(s string, zone *time.Location) (time.Time, bool) {
	for _, layout := range []string{"2006-01-02T15:04:05", "2006-01-02T15:04", "2006-01-02"} {
		if t, err := time.ParseInLocation(layout, s, zone); err == nil { // accepts fractions of a second
			return t.UTC(), true
		}
	}
	return time.Time{}, false
}

// usual is the offset that most files of that season state.
func (k *clock) usual(at time.Time) (minutes int, share float64, ok bool) {
	from := sort.Search(len(k.offsets), func(i int) bool { return !k.offsets[i].At.Before(at.Add(-season)) })
	counts := map[int]int{}
	total := 0
	for _, s := range k.offsets[from:] {
		if s.At.After(at.Add(season)) {
			break
		}
		counts[s.Minutes]++
		total++
	}
	if total < minSamples {
		return 0, 0, false
	}
	best := -1
	for m, n := range counts {
		if n > best || n == best && m < minutes {
			best, minutes = n, m
		}
	}
	share = float64(best) / float64(total)
	return minutes, share, share >= majority
}

// learn collects the offsets that files state; those that a person gave, or
// that were worked out from other files, are none. Only distinct items count.
func (k *clock) learn(times []extract.Time) {
	for _, t := range times {
		if t.IsZoned() || t.IsCorrected() {
			continue
		}
		if t.OffsetMinutes != nil && (t.Zone == extract.Offset || t.Zone == extract.Derived) && isCapture(t) {
			k.offsets = append(k.offsets, Offset{t.Earliest, *t.OffsetMinutes})
			return
		}
	}
}

func (k *clock) ready() {
	sort.Slice(k.offsets, func(i, j int) bool {
		a, b := k.offsets[i], k.offsets[j]
		if !a.At.Equal(b.At) {
			return a.At.Before(b.At)
		}
		return a.Minutes < b.Minutes
	})
}

// isCapture holds for times that say when a picture was made. A signing may
// come years later.
func isCapture(t extract.Time) bool {
	if t.Trust == extract.TrustNone || t.IsInferred() {
		return false
	}
	switch t.Kind {
	case extract.Capture, extract.GPS, extract.Container, extract.OverlayTime, extract.ShadowTime, extract.StatedByHand:
		return true
	}
	return false
}

// isPublication holds for times by which a picture existed.
func isPublication(t extract.Time) bool {
	switch t.Kind {
	case extract.Posted, extract.Received, extract.Forwarded, extract.PlatformID:
		return t.Trust != extract.TrustNone
	}
	return false
}

// moment is when an atom was made, as far as it says.
type moment struct {
	span
	taken bool // a capture time; else the first publication, a bound from above
	loose bool // known from a file name only, which may be the time of saving
}

// samples spreads a span over points at which the density is taken.
func (m moment) samples(buf []float64) []float64 {
	lo, hi := hours(m.lo), hours(m.hi)
	n := 1 + int((hi-lo)/2)
	if n > 13 {
		n = 13
	}
	for i := 0; i < n; i++ {
		buf = append(buf, lo+(hi-lo)*(float64(i)+0.5)/float64(n))
	}
	return buf
}

func hours(t time.Time) float64 { return float64(t.Unix()) / 3600 }

// at is the density, per hour, of a lag of h hours.
func (l Lag) at(h float64) float64 {
	const least = 0.05 // hours: what is quicker than that is as quick
	tail := l.Tail.Hours()
	if h < 0 {
		return l.Before * math.Exp(h/l.BeforeFor.Hours()) / l.BeforeFor.Hours()
	}
	x := math.Log(math.Max(h, least)/l.Median.Hours()) / l.Spread
	body := math.Exp(-x*x/2) / (math.Max(h, least) * l.Spread * math.Sqrt(2*math.Pi))
	return (1 - l.Before) * ((1-l.TailShare)*body + l.TailShare*math.Exp(-h/tail)/tail)
}

// A time known loosely (from the name of a saved file) or in doubt (a clock in
// another zone) may lie this far off.
const (
	looseShare = 0.5
	looseHours = 72.0
	doubtHours = 12.0
)
