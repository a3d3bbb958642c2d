package api

import (
	"slices"
	"time"

	"github.com/firsthand-media/firsthand/verify/search"
)

// Bin is a bar of the timeline: how many items have their best time there.
type Bin struct {
	From    string `json:"from"` // RFC 3339, UTC
	To      string `json:"to"`
	Trusted int    `json:"trusted"` // by a device or a platform, in a known zone
	Weak    int    `json:"weak"`
}

const (
	mostBins = 160 // bars where most items are
	farBins  = 1   // bars before, and as many after, for the few that are far from all others
	farShare = 20  // one item of so many, on either side, can be far
	farTimes = 6   // how many times shorter than everything the time of the others has to be
)

// bins counts items along the time that they span; each stands at the middle
// of what its time can be. The bars are narrow where most items are, so that a
// few clocks that were never set do not make one bar of all others. Bars
// without any are left out.
func (v *View) bins(items []int32) []Bin {
	docs := v.worked().Documents
	timed := make([]*search.Document, 0, len(items))
	for _, i := range items {
		if !docs[i].To.IsZero() {
			timed = append(timed, &docs[i])
		}
	}
	slices.SortFunc(timed, func(a, b *search.Document) int { return middle(a).Compare(middle(b)) })
	first, last := most(timed)
	out := []Bin{}
	out = appendBins(out, timed[:first], farBins)
	out = appendBins(out, timed[first:last], mostBins)
	return appendBins(out, timed[last:], farBins)
}

// most finds the items that are left when those far from all others are not
// counted; all of them where none is.
func most(timed []*search.Document) (first, last int) {
	last = len(timed)
	far := last / farShare
	if far == 0 {
		far = min(1, last/10)
	}
	if far == 0 || 2*far >= last {
		return 0, last
	}
	lasts := func(from, to int) time.Duration { return middle(timed[to-1]).Sub(middle(timed[from])) }
	if core := lasts(far, last-far); core*farTimes > lasts(0, last) {
		return 0, last
	}
	// Of those that could be far, the ones near the others are not.
	room := lasts(far, last-far)/2 + 24*time.Hour
	begin, end := middle(timed[far]).Add(-room), middle(timed[last-far-1]).Add(room)
	for first < far && middle(timed[first]).Before(begin) {
		first++
	}
	for last > len(timed)-far && middle(timed[last-1]).After(end) {
		last--
	}
	return first, last
}

// appendBins adds bars for items in the order of their times.
func appendBins(out []Bin, timed []*search.Document, bars int) []Bin {
	if len(timed) == 0 {
		return out
	}
	from, to := middle(timed[0]), middle(timed[len(timed)-1])
	width := max(to.Sub(from)/time.Duration(bars)+1, time.Second)
	at := -1
	for _, d := range timed {
		if bar := int(middle(d).Sub(from) / width); bar != at {
			at = bar
			begins := from.Add(time.Duration(bar) * width)
			out = append(out, Bin{From: instantText(begins), To: instantText(begins.Add(width))})
		}
		if trusted(d) {
			out[len(out)-1].Trusted++
		} else {
			out[len(out)-1].Weak++
		}
	}
	return out
}
