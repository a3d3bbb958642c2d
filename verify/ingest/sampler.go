package ingest

import (
	"fmt"
	"image"
	"sync"
	"time"

	"github.com/firsthand-media/firsthand/extract/video"
	"github.com/firsthand-media/firsthand/hashing"
	"github.com/firsthand-media/firsthand/hashing/feature"
	"github.com/firsthand-media/firsthand/hashing/sequence"
	"github.com/firsthand-media/firsthand/verify"
	"golang.org/x/image/draw"
)

// What is made of how many frames.
const (
	// Neighbouring frames within alike bits of each other, whose small pictures
	// differ by less than stirred grey levels everywhere, are kept once: a still
	// scene needs no more than its first picture and those that differ.
	alike   = 2
	stirred = 4.0
	tile    = 8 // pixels of the small picture, over whose squares differences are averaged
	// Frames are looked at closely once a second, and as soon as so much has
	// stirred since the last one: a screenshot of what moves is found by a frame
	// of nearly its moment alone.
	closely = time.Second
	closest = 60 * time.Millisecond
	// Keypoints are found in frames that show something new: further than
	// newBits from the last that has some, or newAfter later; of a short clip,
	// in a few all the same.
	newBits  = 6
	newAfter = 5 * time.Second
	newApart = 250 * time.Millisecond // at least
	fewKeyed = 4
	// mostFrames is how many frames are looked at closely and kept, and mostKeyed
	// how many of these have keypoints: however long a video is, they are spread
	// over all of it.
	mostFrames = 600
	mostKeyed  = 120
)

// moment is what is kept of one sampled frame.
type moment struct {
	at    time.Duration
	small hashing.Luma  // for the reel
	frame *verify.Frame // nil where the frame was not looked at closely
}

// sampler makes moments of decoded frames, in a goroutine of its own, so that
// the decoder goes on meanwhile. At most three frames are in memory: the one
// that is looked at, the one that waits, and the one that is decoded.
type sampler struct {
	fresh time.Duration // after which a frame gets keypoints
	queue chan task
	done  sync.WaitGroup
	err   error // of the goroutine; read by others when it is done

	// Used by the goroutine, and by others when it is done.
	pass  pass
	best  image.Image // the frame that shows most, small
	worth int
	strip stripMaker
}

type task struct {
	frame video.Frame
	made  *moment
}

// pass is what was kept since the decoder last began at the start of the video.
type pass struct {
	begun  bool
	at     time.Duration // of the last frame
	closed time.Duration // the last frame that was looked at closely
	apart  time.Duration // that these are to be, at least
	small  hashing.Luma  // of the last frame that was kept
	kept   []*moment     // those that have a frame
	keyed  keyed
}

// newSampler samples a video of the claimed length, 0 when it is not known.
func newSampler(length time.Duration) *sampler {
	s := &sampler{fresh: newAfter, queue: make(chan task, 1)}
	if length > 0 {
		s.fresh = min(max(length/fewKeyed, newApart), newAfter)
	}
	s.done.Go(func() {
		for t := range s.queue {
			if s.err == nil {
				s.err = s.look(t.frame, t.made)
			}
		}
	})
	return s
}

// reduce hands the frame on. What it gives is filled in until end.
func (s *sampler) reduce(f video.Frame) (*moment, error) {
	m := &moment{at: f.At}
	s.queue <- task{f, m}
	return m, nil
}

// end waits for all that was handed on.
func (s *sampler) end() error {
	close(s.queue)
	s.done.Wait()
	return s.err
}

func (s *sampler) look(f video.Frame, m *moment) error {
	l, err := hashing.FromGray(f.W, f.H, f.Pix, lumaSide)
	if err != nil {
		return fmt.Errorf("frame at %v: %w", f.At, err)
	}
	if s.pass.begun && f.At <= s.pass.at {
		s.pass = pass{} // the decoder looks again, more closely
	}
	first := !s.pass.begun
	s.pass.begun, s.pass.at = true, f.At
	m.small = l.Reduced(sequence.ReelSide)
	s.strip.add(f)
	if !first && !s.pass.wants(f.At, m.small) {
		return nil
	}
	s.pass.closed = f.At
	if m.frame, err = s.close(f.At, l, m.small); err != nil {
		return fmt.Errorf("frame at %v: %w", f.At, err)
	}
	if m.frame != nil {
		s.pass.keep(m)
		s.show(f, m.frame.Print.Full.Quality)
	}
	return nil
}

// wants says whether a frame is to be looked at closely. Times of frames are not
// exact: a little less than a second is one.
func (p *pass) wants(at time.Duration, small hashing.Luma) bool {
	gap := at - p.closed
	if gap < max(closest, p.apart*9/10) {
		return false
	}
	return gap >= closely*9/10 || difference(p.small, small) >= stirred
}

// difference is how much two small pictures differ where they differ most: the
// mean over a square, in grey levels.
func difference(a, b hashing.Luma) float64 {
	if len(a.Pix) == 0 || a.W != b.W || len(a.Pix) != len(b.Pix) {
		return 255
	}
	most := 0.0
	for y0 := 0; y0 < a.H; y0 += tile {
		for x0 := 0; x0 < a.W; x0 += tile {
			sum, w, h := 0, min(tile, a.W-x0), min(tile, a.H-y0)
			for y := y0; y < y0+h; y++ {
				row, other := a.Pix[y*a.W+x0:][:w], b.Pix[y*a.W+x0:][:w]
				for x, v := range row {
					sum += max(int(v), int(other[x])) - min(int(v), int(other[x]))
				}
			}
			most = max(most, float64(sum)/float64(w*h))
		}
	}
	return most
}

// keep notes that a moment has a frame. When there are too many, every other
// loses its own, but for those with keypoints.
func (p *pass) keep(m *moment) {
	if len(p.kept) == mostFrames {
		left := p.kept[:0]
		for i, old := range p.kept {
			if i%2 == 0 || old.frame.Features != nil {
				left = append(left, old)
			} else {
				old.frame = nil
			}
		}
		p.apart = 2 * max(p.apart, (left[len(left)-1].at-left[0].at)/mostFrames)
		p.kept = left
	}
	p.kept, p.small = append(p.kept, m), m.small
}

// close looks at a frame closely, nil when it looks like the last one kept.
func (s *sampler) close(at time.Duration, l, small hashing.Luma) (*verify.Frame, error) {
	frame := &verify.Frame{At: at, Print: hashing.Fingerprint(l)}
	if n := len(s.pass.kept); n > 0 && bitsBetween(s.pass.kept[n-1].frame, frame) <= alike && difference(s.pass.small, small) < stirred {
		return nil, nil
	}
	var err error
	if frame.Thumb, err = l.Reduced(detailSide).JPEG(); err != nil {
		return nil, err
	}
	if s.pass.keyed.wants(frame, s.fresh) {
		set := feature.Extract(l)
		if len(set.Points) == 0 {
			return frame, nil
		}
		if frame.Features, err = set.AppendBinary(nil); err != nil {
			return nil, err
		}
		s.pass.keyed.add(frame)
	}
	return frame, nil
}

func bitsBetween(a, b *verify.Frame) int {
	return hashing.Distance(a.Print.Full.Hash[0], b.Print.Full.Hash[0])
}

// keyed are the frames that have keypoints. When there are too many, every
// other loses them, so that they are spread over the video however long it is.
type keyed struct {
	frames []*verify.Frame
	apart  time.Duration
}

func (k *keyed) wants(f *verify.Frame, fresh time.Duration) bool {
	if len(k.frames) == 0 {
		return true
	}
	last := k.frames[len(k.frames)-1]
	gap := f.At - last.At
	return gap >= max(k.apart, newApart) && (gap >= fresh || bitsBetween(last, f) > newBits)
}

func (k *keyed) add(f *verify.Frame) {
	if len(k.frames) == mostKeyed {
		kept := k.frames[:0]
		for i, old := range k.frames {
			if i%2 == 0 {
				kept = append(kept, old)
			} else {
				old.Features = nil
			}
		}
		k.frames = kept
		k.apart = (kept[len(kept)-1].At - kept[0].At) / time.Duration(len(kept)-1)
	}
	k.frames = append(k.frames, f)
}

// show keeps the frame for the preview when it shows more than the one before,
// or is in colour and that was not.
func (s *sampler) show(f video.Frame, quality uint8) {
	worth := 1 + int(quality)
	if f.Cb != nil {
		worth += 1 << 8
	}
	if worth <= s.worth {
		return
	}
	w, h := fit(f.W, f.H, previewSide)
	small := image.NewRGBA(image.Rect(0, 0, w, h))
	img := f.Image()
	draw.ApproxBiLinear.Scale(small, small.Rect, img, img.Bounds(), draw.Src, nil)
	s.best, s.worth = small, worth
}

// preview is the picture for people, nil when there is none. That it is missing
// leaves what was found as it is.
func (s *sampler) preview() []byte {
	if s.best == nil {
		return nil
	}
	b, err := encode(s.best)
	if err != nil {
		return nil
	}
	return b
}
