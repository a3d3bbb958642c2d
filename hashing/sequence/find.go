package sequence

import (
	"cmp"
	"slices"

	"github.com/firsthand-media/firsthand/hashing"
)

// mostTried is how many frames a still is compared with by Confirm: those next
// to the best are usually of the same shot.
const mostTried = 16

// Found is where a still stands in a video.
type Found struct {
	Pair // A is 0 and stands for the still, B is the index of the frame
	At   float64
}

// Find looks for a still among the frames of a video: the nearest frame within
// Options.Distance that Options.Confirm accepts; the earlier one on a tie.
func Find(still hashing.Print, frames []Frame, o Options) (Found, bool) {
	views := still.Views()
	var near []Found
	for i := range frames {
		if d, s, va, vb := hashing.Nearest(views, frames[i].Print.Views()); d <= o.Distance && d <= 64 {
			near = append(near, Found{Pair{B: i, Symmetry: s, ViewA: va, ViewB: vb, Distance: d}, frames[i].At})
		}
	}
	slices.SortStableFunc(near, func(x, y Found) int { return cmp.Compare(x.Distance, y.Distance) })
	for _, f := range near[:min(len(near), mostTried)] {
		if o.Confirm == nil || o.Confirm(f.Pair) {
			return f, true
		}
	}
	return Found{}, false
}
