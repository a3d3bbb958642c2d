package match

import (
	"math"
	"sync"

	"github.com/firsthand-media/firsthand/hashing"
	"github.com/firsthand-media/firsthand/hashing/feature"
	"github.com/firsthand-media/firsthand/hashing/sequence"
	"github.com/firsthand-media/firsthand/verify"
)

const (
	// pannedFrames is how many frames of a video, spread over it, are put
	// together.
	pannedFrames = 16
	// pannedSide is what small pictures are enlarged to, so that keypoints and
	// blocks are as large on them as they are meant to be.
	pannedSide = 288
	// pannedRoom is how many bytes of such pictures are kept at hand.
	pannedRoom = 96 << 20
)

// panorama is the still picture that a video moves over, with its keypoints.
type panorama struct {
	once   sync.Once
	moves  bool  // false: the video is no such
	sparse bool  // too few moments of it are to be had to tell their order
	frames []int // of the item, that it is made of
	sequence.Panorama
	points feature.Set
	relief hashing.Luma
	err    error
}

// panoramas keeps those that were made. It may be used by several goroutines.
type panoramas struct {
	mu   sync.Mutex
	made map[verify.Digest]*panorama
	size int
}

// take gives the place of one. All are forgotten when there is no more room.
func (p *panoramas) take(d verify.Digest) *panorama {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.size > pannedRoom || p.made == nil {
		p.made, p.size = map[verify.Digest]*panorama{}, 0
	}
	if p.made[d] == nil {
		p.made[d] = &panorama{}
	}
	return p.made[d]
}

func (p *panoramas) holds(bytes int) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.size += bytes
}

// panorama is the still picture that a video moves over, if it does.
func (s *shelf) panorama(it *verify.Item) (*panorama, error) {
	p := s.panned.take(it.Digest)
	p.once.Do(func() {
		const pointBytes = 48
		p.err = p.fill(s, it)
		s.panned.holds(len(p.Picture.Pix) + len(p.relief.Pix) + pointBytes*len(p.points.Points))
	})
	return p, p.err
}

// fill puts the frames of a video together.
func (p *panorama) fill(s *shelf, it *verify.Item) error {
	n := len(it.Frames)
	if n < leastStretch {
		return nil
	}
	parts := min(n, pannedFrames)
	pictures := make([]hashing.Luma, parts)
	for k := range parts {
		f := k * (n - 1) / (parts - 1)
		l, err := s.thumb(it, f)
		if err != nil {
			return err
		}
		p.frames, pictures[k] = append(p.frames, f), l
	}
	if p.Panorama, p.moves = sequence.Panned(pictures); !p.moves {
		return nil
	}
	p.relief = sequence.Relief(p.Picture)
	p.points = feature.Extract(vivid(sequence.Enlarged(p.Picture, pannedSide)))
	r, err := s.reel(it)
	p.sparse = r.Sparse() && it.Sampling.Dense
	return err
}

// picture is the panorama as pictures are compared.
func (p *panorama) picture() *feature.Picture {
	return &feature.Picture{Set: p.points, Detail: sequence.Enlarged(p.Picture, pannedSide)}
}

// Dull pictures are brought to this contrast, a standard deviation in grey
// levels, by pannedGain at most: keypoints have to stand out by some levels, and
// the noise of the frames has been averaged out.
const (
	pannedContrast = 50.0
	pannedGain     = 4.0
)

// vivid is a picture with as much contrast as keypoints need.
func vivid(l hashing.Luma) hashing.Luma {
	var sum, squares float64
	for _, v := range l.Pix {
		sum += float64(v)
		squares += float64(v) * float64(v)
	}
	n := math.Max(1, float64(len(l.Pix)))
	mean := sum / n
	gain := math.Min(pannedGain, pannedContrast/math.Max(1, math.Sqrt(squares/n-mean*mean)))
	if gain <= 1 {
		return l
	}
	out := hashing.Luma{W: l.W, H: l.H, Pix: make([]byte, len(l.Pix))}
	for i, v := range l.Pix {
		out.Pix[i] = byte(math.Max(0, math.Min(255, 128.5+gain*(float64(v)-mean))))
	}
	return out
}
