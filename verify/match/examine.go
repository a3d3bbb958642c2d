package match

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"strings"

	"github.com/firsthand-media/firsthand/extract"
	"github.com/firsthand-media/firsthand/hashing"
	"github.com/firsthand-media/firsthand/verify"
)

// wholeCover is the share of a picture, bars cut off, that must be shown for
// it to count as shown whole. Platforms shave edges; a crop that a person
// would call one takes more.
const wholeCover = 0.8

// framesTried is how many frames of a video a still is compared with by block
// check, nearest hash first.
const framesTried = 3

// clearShare is the share of agreeing blocks from which no better frame is
// looked for.
const clearShare = 0.8

// examiner decides whether two items match.
type examiner struct {
	thumb func(it *verify.Item, frame int) (hashing.Luma, error)
}

func (x examiner) examine(a, b *verify.Item) (verify.Match, bool, error) {
	switch va, vb := isVideo(a), isVideo(b); {
	case len(a.Frames) == 0 || len(b.Frames) == 0:
		return verify.Match{}, false, nil
	case va && vb:
		return x.videos(a, b)
	case va:
		m, ok, err := x.stillInVideo(b, a)
		return exchanged(m), ok, err
	case vb:
		return x.stillInVideo(a, b)
	default:
		return x.stills(a, b)
	}
}

// Beyond farBits the hash says little for a match, so that the blocks must say
// more: farShare of them must agree.
const (
	farBits  = 16
	farShare = 0.5
)

func convincing(bits int, g hashing.Agreement) bool {
	return g.Accepted && (bits <= farBits || g.Share >= farShare)
}

// check runs the block check on a pair of frames.
func (x examiner) check(a *verify.Item, fa int, b *verify.Item, fb int, va, vb *hashing.View, s hashing.Symmetry) (hashing.Agreement, error) {
	ta, err := x.thumb(a, fa)
	if err != nil {
		return hashing.Agreement{}, err
	}
	tb, err := x.thumb(b, fb)
	if err != nil {
		return hashing.Agreement{}, err
	}
	return hashing.Confirm(ta, tb, va.Box, vb.Box, s), nil
}

func (x examiner) stills(a, b *verify.Item) (verify.Match, bool, error) {
	bits, s, va, vb := hashing.Best(a.Frames[0].Print, b.Frames[0].Print)
	if bits > stillRadius {
		return verify.Match{}, false, nil
	}
	g, err := x.check(a, 0, b, 0, va, vb, s)
	if err != nil || !convincing(bits, g) {
		return verify.Match{}, false, err
	}
	m := pictures(a, b, bits, s, g)
	switch wholeA, wholeB := g.CoverA >= wholeCover, g.CoverB >= wholeCover; {
	case wholeA && wholeB:
		m.Relation, m.AIs, m.WholeOfBoth = verify.Near, "same", true
		m.Why = fmt.Sprintf("both show the same picture%s: %s", manner(s), agreement(bits, g))
	case g.CoverA >= g.CoverB:
		m.Relation, m.AIs = verify.Part, "crop_of_b"
		m.Why = fmt.Sprintf("the first shows %.0f %% of the second%s: %s", 100*g.CoverB, manner(s), agreement(bits, g))
	default:
		m.Relation, m.AIs = verify.Part, "contains_b"
		m.Why = fmt.Sprintf("the second shows %.0f %% of the first%s: %s", 100*g.CoverA, manner(s), agreement(bits, g))
	}
	return m, true, nil
}

// stillInVideo finds the frame of v that a picture shows.
func (x examiner) stillInVideo(still, v *verify.Item) (verify.Match, bool, error) {
	type try struct {
		frame, bits int
		s           hashing.Symmetry
		va, vb      *hashing.View
	}
	var tries []try
	for f := range v.Frames {
		bits, s, va, vb := hashing.Best(still.Frames[0].Print, v.Frames[f].Print)
		if bits <= frameRadius {
			tries = append(tries, try{f, bits, s, va, vb})
		}
	}
	slices.SortFunc(tries, func(p, q try) int { return cmp.Or(cmp.Compare(p.bits, q.bits), cmp.Compare(p.frame, q.frame)) })
	if len(tries) > framesTried {
		tries = tries[:framesTried]
	}
	var best verify.Match
	ok := false
	for _, t := range tries {
		g, err := x.check(still, 0, v, t.frame, t.va, t.vb, t.s)
		if err != nil {
			return best, false, err
		}
		if !convincing(t.bits, g) || ok && g.Share <= best.Score {
			continue
		}
		at := v.Frames[t.frame].At.Seconds()
		best, ok = pictures(still, v, t.bits, t.s, g), true
		best.Relation, best.AIs = verify.Part, "frame_of_b"
		best.TimeB = &[2]float64{at, at}
		best.Why = fmt.Sprintf("the first shows the frame at %s of the second%s: %s", clockFace(at), manner(t.s), agreement(t.bits, g))
		if g.Share >= clearShare {
			break
		}
	}
	return best, ok, nil
}

// pictures fills what every confirmed pair of pictures has.
func pictures(a, b *verify.Item, bits int, s hashing.Symmetry, g hashing.Agreement) verify.Match {
	m := between(a, b)
	m.Distance, m.Inliers, m.Score = bits, g.Agreeing, round(g.Share, 4)
	m.RegionA, m.RegionB = g.RegionA, g.RegionB
	m.Transform = transform(a, b, s, g.Scale)
	return m
}

func between(a, b *verify.Item) verify.Match {
	return verify.Match{A: firstPath(a), B: firstPath(b), DigestA: a.Digest, DigestB: b.Digest}
}

// transform turns the scale between thumbnails into one between the pictures.
func transform(a, b *verify.Item, s hashing.Symmetry, scale float64) verify.Transform {
	t := verify.Transform{Mirrored: s.Mirrored(), Rotation: float64(90 * s.Turns())}
	if scale <= 0 || math.IsNaN(scale) || math.IsInf(scale, 0) {
		scale = 1
	}
	t.Scale = round(scale*reduction(b)/reduction(a), 4)
	return t
}

// reduction is how many pixels of the picture stand for one of its thumbnail.
func reduction(it *verify.Item) float64 {
	w, h := it.Media.Width, it.Media.Height
	if w == nil || h == nil {
		return 1
	}
	return math.Max(1, float64(max(*w, *h))/hashing.ThumbSide)
}

// agreement puts the evidence in words.
func agreement(bits int, g hashing.Agreement) string {
	words := fmt.Sprintf("%d of %d textured blocks agree, hash distance %d of 64", g.Agreeing, g.Textured, bits)
	if n := len(g.ChangedB); n > 0 && g.Share < 1 {
		words += fmt.Sprintf(", %s differ", plural(n, "area"))
	}
	return words
}

func manner(s hashing.Symmetry) string {
	var how []string
	if s.Mirrored() {
		how = append(how, "mirrored")
	}
	if n := s.Turns(); n > 0 {
		how = append(how, fmt.Sprintf("turned by %d degrees", 90*n))
	}
	if len(how) == 0 {
		return ""
	}
	return ", " + strings.Join(how, " and ")
}

func plural(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return fmt.Sprintf("%d %ss", n, noun)
}

// clockFace writes seconds as m:ss.
func clockFace(seconds float64) string {
	s := int(math.Round(seconds))
	return fmt.Sprintf("%d:%02d", s/60, s%60)
}

func round(v float64, digits int) float64 {
	p := math.Pow10(digits)
	return math.Round(v*p) / p
}

// exchanged is the match read from the other side.
func exchanged(m verify.Match) verify.Match {
	m.A, m.B, m.DigestA, m.DigestB = m.B, m.A, m.DigestB, m.DigestA
	m.RegionA, m.RegionB, m.TimeA, m.TimeB = m.RegionB, m.RegionA, m.TimeB, m.TimeA
	switch m.AIs {
	case "frame_of_b", "crop_of_b", "clip_of_b":
		m.AIs = "contains_b"
	case "contains_b":
		m.AIs = "crop_of_b"
	}
	m.Why = swapWords(m.Why)
	if m.Transform.Scale > 0 {
		m.Transform.Scale = round(1/m.Transform.Scale, 4)
	}
	if !m.Transform.Mirrored {
		m.Transform.Rotation = math.Mod(360-m.Transform.Rotation, 360)
	}
	return m
}

func swapWords(s string) string {
	return strings.NewReplacer("the first", "the second", "the second", "the first").Replace(s)
}

// exact is the same bytes at two paths.
func exact(a, b string, d verify.Digest) verify.Match {
	whole := [][2]float64{{0, 0}, {1, 0}, {1, 1}, {0, 1}}
	return verify.Match{
		A: a, B: b, Relation: verify.Exact, AIs: "same", Transform: verify.Transform{Scale: 1},
		RegionA: whole, RegionB: slices.Clone(whole), Score: 1, Why: "the files are equal byte for byte",
		DigestA: d, DigestB: d, WholeOfBoth: true,
	}
}

// maxExactPairs: above so many sightings of one item each is paired with the
// first only, because n sightings have n(n-1)/2 pairs that all say the same.
const maxExactPairs = 32

func sightingPairs(it *verify.Item) []verify.Match {
	paths := make([]string, len(it.Sightings))
	for i, s := range it.Sightings {
		paths[i] = s.Path
	}
	slices.Sort(paths)
	var out []verify.Match
	for i := range paths {
		for j := i + 1; j < len(paths); j++ {
			if i == 0 || len(paths) <= maxExactPairs {
				m := exact(paths[i], paths[j], it.Digest)
				if k := it.Media.Kind; k != extract.Image && k != extract.Video {
					m.RegionA, m.RegionB = [][2]float64{}, [][2]float64{}
				}
				out = append(out, m)
			}
		}
	}
	return out
}
