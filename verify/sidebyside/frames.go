package sidebyside

import (
	"bytes"
	"errors"
	"fmt"
	"image"
	"image/png"
	"math"

	"github.com/firsthand-media/firsthand/hashing"
	"github.com/firsthand-media/firsthand/verify"
	"github.com/firsthand-media/firsthand/verify/strip"
)

// ErrNoPicture is the answer where a file has no picture to show.
var ErrNoPicture = errors.New("no picture of it was kept")

// PNG draws the match of two items whose frames have their thumbnails, given in
// any order. Of a video it takes the frame that the match speaks of; of two
// videos two frames of one moment of the longest shared stretch, with all that
// they share as bars below.
func PNG(m verify.Match, items [2]verify.Item) ([]byte, error) {
	if items[0].Digest != m.DigestA {
		items[0], items[1] = items[1], items[0]
	}
	chosen := [2]int{Nearest(&items[0], m.TimeA, kept), Nearest(&items[1], m.TimeB, kept)}
	var lanes *strip.Lanes
	if len(m.Segments) > 0 {
		if a, b, ok := OneMoment(&items[0], &items[1], m.Segments[0], kept); ok {
			chosen = [2]int{a, b}
		}
		l := strip.NewLanes(strip.Seconds(&items[0]), strip.Seconds(&items[1]), m.Segments)
		lanes = &l
		// What differs was found in other frames of the stretch: the map of
		// differences shows it for these.
		m.ChangedA, m.ChangedB = nil, nil
	}
	sides := [2]side{{name: "A"}, {name: "B"}}
	for i := range sides {
		img, err := picture(&items[i], chosen[i])
		if err != nil {
			return nil, fmt.Errorf("show %s: %w", items[i].Path(), err)
		}
		sides[i].img = img
		if times := [2]*[2]float64{m.TimeA, m.TimeB}; times[i] != nil {
			sides[i].name += " at " + instant(items[i].Frames[chosen[i]].At.Seconds())
		}
	}
	img := compose(sides, m, lanes)
	if img == nil {
		return nil, ErrNoPicture
	}
	var b bytes.Buffer
	if err := png.Encode(&b, img); err != nil {
		return nil, err
	}
	return b.Bytes(), nil
}

// kept says that there is a thumbnail of a frame.
func kept(f verify.Frame) bool { return len(f.Thumb) > 0 }

// Nearest is the index of the frame of an item that comes closest to the start
// of a span, the first where no span is given, among those of which has is
// true; -1 where there is none.
func Nearest(it *verify.Item, at *[2]float64, has func(verify.Frame) bool) int {
	best, least := -1, math.Inf(1)
	for i, f := range it.Frames {
		off := 0.0
		if at != nil {
			off = math.Abs(f.At.Seconds() - at[0])
		}
		if has(f) && (off < least || best < 0) {
			best, least = i, off
		}
	}
	return best
}

// What counts in choosing two frames, beside the seconds by which their moments
// lie apart: each bit by which their hashes differ counts as so many seconds
// more, and each point of their quality, 0 to 100, as so many less, so that
// they show something.
const (
	bitSeconds     = 0.02
	qualitySeconds = 0.002
)

// OneMoment chooses a frame of each of two videos that show one moment of a
// stretch: those whose times fit best and that look most alike. Where the times
// are uncertain only the looks count.
func OneMoment(a, b *verify.Item, s verify.Segment, has func(verify.Frame) bool) (frameA, frameB int, ok bool) {
	within := func(f verify.Frame, t [2]float64) bool {
		const slack = 0.5 // seconds: frames are kept about one a second
		at := f.At.Seconds()
		return has(f) && at >= t[0]-slack && at <= t[1]+slack
	}
	least := math.Inf(1)
	for i, fa := range a.Frames {
		if !within(fa, s.TimeA) {
			continue
		}
		for j, fb := range b.Frames {
			if !within(fb, s.TimeB) {
				continue
			}
			cost := -qualitySeconds * float64(min(fa.Print.Full.Quality, fb.Print.Full.Quality))
			if !s.Uncertain {
				cost += math.Abs(fa.At.Seconds() - (s.Offset + s.Speed*fb.At.Seconds()))
			}
			if !(cost < least) {
				continue // comparing their looks is what takes long
			}
			bits, _, _, _ := hashing.Best(fa.Print, fb.Print)
			if cost += bitSeconds * float64(bits); cost < least {
				frameA, frameB, ok, least = i, j, true, cost
			}
		}
	}
	return frameA, frameB, ok
}

// picture is the grey picture of one frame.
func picture(it *verify.Item, frame int) (image.Image, error) {
	if frame < 0 {
		return nil, ErrNoPicture
	}
	l, err := hashing.FromJPEG(it.Frames[frame].Thumb)
	if err != nil {
		return nil, err
	}
	return &image.Gray{Pix: l.Pix, Stride: l.W, Rect: image.Rect(0, 0, l.W, l.H)}, nil
}
