package ingest

import (
	"slices"

	"github.com/firsthand-media/firsthand/hashing"
	"github.com/firsthand-media/firsthand/verify"
)

// The borders of a video are told by so many frames around each: fewer can be
// wrong together, and more would reach over the end of a scene, which may have
// other borders.
const (
	borderFrames = 9
	borderLeast  = 5
)

// settled gives each frame the borders of the video around it: the median of
// what the frames show, for the dark edge of one picture is no border. A video
// of few frames is left as it is.
func settled(frames []verify.Frame) []verify.Frame {
	boxes := make([]hashing.Box, len(frames))
	var told []int // the frames that have something to tell
	for i, f := range frames {
		boxes[i] = hashing.Box{X1: 1, Y1: 1}
		if t := f.Print.Trimmed; t != nil {
			boxes[i] = t.Box
		}
		if f.Print.Full.Quality >= hashing.MinQuality {
			told = append(told, i)
		}
	}
	if len(told) < borderLeast {
		return frames
	}
	for i := range frames {
		n, _ := slices.BinarySearch(told, i)
		from := min(max(n-borderFrames/2, 0), max(len(told)-borderFrames, 0))
		around := told[from:min(from+borderFrames, len(told))]
		trim(&frames[i], medianBox(boxes, around))
	}
	return frames
}

// medianBox is the median of each side of the boxes.
func medianBox(boxes []hashing.Box, of []int) hashing.Box {
	side := func(value func(hashing.Box) float64) float64 {
		var v []float64
		for _, i := range of {
			v = append(v, value(boxes[i]))
		}
		slices.Sort(v)
		return v[len(v)/2]
	}
	return hashing.Box{
		X0: side(func(b hashing.Box) float64 { return b.X0 }), Y0: side(func(b hashing.Box) float64 { return b.Y0 }),
		X1: side(func(b hashing.Box) float64 { return b.X1 }), Y1: side(func(b hashing.Box) float64 { return b.Y1 }),
	}
}

// trim fingerprints the part of a frame that lies in box.
func trim(f *verify.Frame, box hashing.Box) {
	t := f.Print.Trimmed
	switch {
	case t != nil && t.Box == box:
		return
	case box == hashing.Box{X1: 1, Y1: 1}:
		f.Print.Trimmed = nil
		return
	}
	l, err := hashing.FromJPEG(f.Thumb)
	if err != nil {
		return // what the frame itself shows stands
	}
	v := hashing.ViewOf(l, box)
	f.Print.Trimmed = &v
}
