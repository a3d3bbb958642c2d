package ingest

import (
	"image"
	"time"

	"github.com/firsthand-media/firsthand/extract/video"
	"golang.org/x/image/draw"
)

// The strip of a video: frames side by side, for people.
const (
	stripFrames  = 12
	stripWidth   = 160 // pixels of one frame; all are as high as the first
	stripTallest = 320
	// While a video is read, so many frames are held at most, evenly spread: how
	// long it is shows in the end.
	stripHeld = 4 * stripFrames
)

// stripMaker gathers the frames of a strip as they come. Those in colour are
// kept apart, for they are wanted unless there are too few.
type stripMaker struct {
	h      int // of every frame
	colour spread
	grey   spread
}

// spread holds frames about evenly over time.
type spread struct {
	held  []still
	apart time.Duration
}

// still is one frame of a strip.
type still struct {
	at  time.Duration
	img *image.RGBA
}

func (m *stripMaker) add(f video.Frame) {
	if m.h == 0 {
		m.h = min(max(1, (stripWidth*f.H+f.W/2)/f.W), stripTallest)
	}
	s := &m.grey
	if f.Cb != nil {
		s = &m.colour
	}
	if n := len(s.held); n > 0 && f.At < s.held[n-1].at {
		*s = spread{} // the decoder looks again, more closely
	}
	if n := len(s.held); n > 0 && f.At < s.held[n-1].at+s.apart {
		return
	}
	if len(s.held) == stripHeld {
		s.thin()
	}
	s.held = append(s.held, still{f.At, m.reduced(f)})
}

// thin drops every other frame.
func (s *spread) thin() {
	kept := s.held[:0]
	for i := 0; i < len(s.held); i += 2 {
		kept = append(kept, s.held[i])
	}
	clear(s.held[len(kept):])
	s.held = kept
	s.apart = (kept[len(kept)-1].at - kept[0].at) / time.Duration(len(kept)-1)
}

// reduced fits a frame into its place, on black where it has another shape.
func (m *stripMaker) reduced(f video.Frame) *image.RGBA {
	cell := image.Rect(0, 0, stripWidth, m.h)
	dst := image.NewRGBA(cell)
	draw.Draw(dst, cell, image.Black, image.Point{}, draw.Src)
	w, h := stripWidth, max(1, (stripWidth*f.H+f.W/2)/f.W)
	if h > m.h {
		w, h = max(1, (m.h*f.W+f.H/2)/f.H), m.h
	}
	at := image.Rect(0, 0, w, h).Add(image.Pt((stripWidth-w)/2, (m.h-h)/2))
	img := f.Image()
	draw.ApproxBiLinear.Scale(dst, at, img, img.Bounds(), draw.Src, nil)
	return dst
}

// picture is the strip as a JPEG with the times of its frames; nil when there
// is none. That it is missing leaves what was found as it is.
func (m *stripMaker) picture() ([]byte, []time.Duration) {
	s := m.colour.held
	if len(s) < stripFrames/2 && len(m.grey.held) > len(s) {
		s = m.grey.held
	}
	s = evenly(s)
	if len(s) == 0 {
		return nil, nil
	}
	out := image.NewRGBA(image.Rect(0, 0, stripWidth*len(s), m.h))
	var at []time.Duration
	for i, f := range s {
		draw.Draw(out, image.Rect(i*stripWidth, 0, (i+1)*stripWidth, m.h), f.img, image.Point{}, draw.Src)
		at = append(at, f.at)
	}
	b, err := encode(out)
	if err != nil {
		return nil, nil
	}
	return b, at
}

// evenly takes as many frames as a strip has, evenly spread in time.
func evenly(held []still) []still {
	if len(held) <= stripFrames {
		return held
	}
	first, last := held[0].at, held[len(held)-1].at
	var out []still
	i := 0
	for n := range stripFrames {
		due := first + (last-first)*time.Duration(n)/(stripFrames-1)
		// As many must be left as are still wanted.
		for i < len(held)-(stripFrames-n) && held[i].at < due {
			i++
		}
		out = append(out, held[i])
		i++
	}
	return out
}
