package api

import (
	"context"
	"fmt"
	"math"
	"time"

	"github.com/firsthand-media/firsthand/hashing"
	"github.com/firsthand-media/firsthand/verify"
	"github.com/firsthand-media/firsthand/verify/casefile"
)

// mostMoments is how many moments of one stretch are offered.
const mostMoments = 24

// withFrames reads the frames of two items where the match speaks of moments.
func (c *Case) withFrames(ctx context.Context, a, b *verify.Item, m *verify.Match) (x, y *verify.Item, err error) {
	if m.TimeA == nil && m.TimeB == nil && len(m.Segments) == 0 {
		return a, b, nil
	}
	both := [2]verify.Item{*a, *b}
	err = c.Reading(ctx, func(f *casefile.File) error {
		for i := range both {
			stored, err := f.Item(ctx, both[i].Digest)
			if err != nil {
				return fmt.Errorf("read the frames of %s: %w", both[i].Path(), err)
			}
			both[i].Frames = stored.Frames
		}
		return nil
	})
	return &both[0], &both[1], err
}

func anyFrame(verify.Frame) bool { return true }

func secondsOf(s float64) time.Duration { return time.Duration(s * float64(time.Second)) }

// moments picks frames of A over a stretch, and for each the frame of B that
// lies nearest to the same moment.
func moments(s verify.Segment, a, b *verify.Item) []Moment {
	out := []Moment{}
	within := framesIn(a, s.TimeA, 0)
	if len(within) == 0 {
		within = framesIn(a, s.TimeA, frameSlack)
	}
	if len(within) == 0 || len(b.Frames) == 0 || !(s.Speed > 0) {
		return out
	}
	n := min(len(within), mostMoments)
	for i := range n {
		at := within[i*len(within)/n].Seconds()
		want := (at - s.Offset) / s.Speed
		near := nearest(b, want)
		out = append(out, Moment{A: at, B: near, Off: math.Round((near-want)*1000) / 1000})
	}
	return out
}

// frameSlack is how far outside of a stretch a kept frame may lie where none
// lies in it, seconds: they are kept about one a second.
const frameSlack = 0.5

// framesIn are the times of the kept frames in a stretch.
func framesIn(it *verify.Item, stretch [2]float64, slack float64) (out []time.Duration) {
	for _, f := range it.Frames {
		if at := f.At.Seconds(); at >= stretch[0]-slack && at <= stretch[1]+slack {
			out = append(out, f.At)
		}
	}
	return out
}

// nearest is the time of the kept frame that comes closest to a moment,
// seconds.
func nearest(it *verify.Item, want float64) float64 {
	best := math.Inf(1)
	for _, f := range it.Frames {
		if at := f.At.Seconds(); math.Abs(at-want) < math.Abs(best-want) {
			best = at
		}
	}
	return best
}

// homography writes a map as a matrix of three rows.
func homography(m hashing.Affine) *Homography {
	return &Homography{m[0], m[1], m[2], m[3], m[4], m[5], 0, 0, 1}
}
