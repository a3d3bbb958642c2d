package sequence

import (
	"math"
	"slices"
	"time"

	"github.com/firsthand-media/firsthand/hashing"
)

const (
	// ReelSide is the longest side of the pictures of a reel.
	ReelSide = 64
	// MostMoments is how many pictures a reel holds. A longer video is thinned
	// evenly: at four a second half an hour fits without.
	MostMoments = 8192
)

// mostSecondsOfReel bounds the times of a reel.
const mostSecondsOfReel = 1 << 22

// Reel is a video in small: upright grey pictures of one size, densely
// sampled, in order of time. It tells which moment is which where the
// pictures of a fixed camera all look alike.
type Reel struct {
	W, H    int
	Moments []Moment

	apart float64 // moments that come sooner after the last one are left out
}

// Moment is one picture of a reel.
type Moment struct {
	At  float64 // seconds from the start, to the millisecond
	Pix []byte  // W*H
}

// Add appends a picture. One of another shape than the first is brought to its
// shape; one that is not later than the last is left out.
func (r *Reel) Add(at time.Duration, l hashing.Luma) {
	small := l.Reduced(ReelSide)
	t := float64(at.Milliseconds()) / 1000
	if small.W <= 0 || small.H <= 0 || len(small.Pix) != small.W*small.H || math.Abs(t) > mostSecondsOfReel {
		return
	}
	if n := len(r.Moments); n == 0 {
		r.W, r.H = small.W, small.H
	} else if last := r.Moments[n-1].At; t <= last || t < last+r.apart {
		return
	}
	if small.W != r.W || small.H != r.H {
		small = stretched(small, r.W, r.H)
	}
	if len(r.Moments) == MostMoments {
		r.thin()
	}
	r.Moments = append(r.Moments, Moment{t, small.Pix})
}

// thin drops every other moment and says how far apart the next ones are to be.
func (r *Reel) thin() {
	kept := r.Moments[:0]
	for i := 0; i < len(r.Moments); i += 2 {
		kept = append(kept, r.Moments[i])
	}
	clear(r.Moments[len(kept):])
	r.Moments = kept
	r.apart = 0.9 * (kept[len(kept)-1].At - kept[0].At) / float64(len(kept)-1)
}

// stretched brings a picture to the sides w x h, nearest pixel for pixel: only
// videos that change their shape on the way need it.
func stretched(l hashing.Luma, w, h int) hashing.Luma {
	out := hashing.Luma{W: w, H: h, Pix: make([]byte, w*h)}
	for y := range h {
		for x := range w {
			out.Pix[y*w+x] = l.Pix[(2*y+1)*l.H/(2*h)*l.W+(2*x+1)*l.W/(2*w)]
		}
	}
	return out
}

// valid says whether sides, pictures and times fit together.
func (r *Reel) valid() bool {
	if r.W <= 0 || r.H <= 0 || r.W > ReelSide || r.H > ReelSide || len(r.Moments) > MostMoments {
		return false
	}
	last := math.Inf(-1)
	for _, m := range r.Moments {
		if len(m.Pix) != r.W*r.H || !(m.At > last) || math.Abs(m.At) > mostSecondsOfReel {
			return false
		}
		last = m.At
	}
	return true
}

func (r *Reel) first() float64  { return r.Moments[0].At }
func (r *Reel) last() float64   { return r.Moments[len(r.Moments)-1].At }
func (r *Reel) length() float64 { return r.last() - r.first() }

// Sparse says whether the moments lie too far apart for what happens between
// them to be known: of such reels (key frames alone) the times of a stretch
// cannot be settled.
func (r *Reel) Sparse() bool {
	if len(r.Moments) < 2 {
		return true
	}
	gaps := make([]float64, 0, len(r.Moments))
	for k := range len(r.Moments) - 1 {
		gaps = append(gaps, r.Moments[k+1].At-r.Moments[k].At)
	}
	slices.Sort(gaps)
	return gaps[len(gaps)/2] > knownGap
}
