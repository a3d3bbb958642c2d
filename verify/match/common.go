package match

import (
	"cmp"
	"context"
	"math"
	"slices"

	"github.com/firsthand-media/firsthand/hashing"
)

// What many pictures share without being copies: the frame of an app, a
// station's ident, a template. The case itself shows which parts these are.
const (
	// commonLeast is how many pictures of different content must show a part
	// of a picture, at the same place and size, for it to count as common.
	commonLeast = 3
	// commonMost is how many are looked at.
	commonMost = 12
	// samePlace is how far, as a share of the side, a corner may lie off for
	// two parts to be at the same place.
	samePlace = 0.03
	// surelySame is the share of agreeing blocks from which two pictures are
	// taken for copies when different contents are counted, and up to which
	// two pictures may be different ones in one frame.
	surelySame = 0.75
	// frameMost is how much of what is telling in a picture a frame may fill:
	// two pictures that agree in more are copies with something laid over.
	frameMost = 0.7
	// The middle of a picture, where a frame has its content, is this far from
	// its edges.
	middleFrom, middleTo = 0.3, 0.7

	// outsideLeast is the share of a picture's telling cells outside the common
	// ones that a match must cover, and outsideCells the number.
	outsideLeast = 0.08
	outsideCells = 4
	// shownWhole is the share of a picture's telling cells, common ones
	// included, from which it is shown whole in the other: a picture that stands
	// at one place of many collages is no frame.
	shownWhole = 0.6
)

// commonCells are the cells of items that are common, by place in the list: a
// frame around what a video shows is at one place in all of it.
type commonCells map[int][]bool

// of is the common cells of an item's picture that is cut into the given ones.
func (c commonCells) of(item int, s sheet) []bool {
	if cells := c[item]; len(cells) == s.len() {
		return cells
	}
	return nil
}

// commonParts learns which parts of pictures are common from all links.
func (s *search) commonParts(ctx context.Context, links []link) (commonCells, error) {
	sure := s.joined(links, func(l *link) bool {
		f, _ := l.pictures()
		return l.whole() && f.Agreement.Share >= surelySame
	})
	partners := map[int][]bridge{}
	for i := range links {
		l := &links[i]
		if b, ok := s.framing(l); ok && sure.find(l.a) != sure.find(l.b) {
			if back, ok := b.back(); ok {
				partners[l.a] = append(partners[l.a], b)
				partners[l.b] = append(partners[l.b], back)
			}
		}
	}
	var framed []int
	for i, list := range partners {
		if len(list) >= commonLeast {
			framed = append(framed, i)
		}
	}
	slices.Sort(framed)
	chosen := make([][]bridge, len(framed))
	for i, item := range framed { // ahead of the workers: looking up a set shortens its paths
		chosen[i] = s.different(partners[item], sure)
	}
	found := make([][]bool, len(framed))
	err := s.each(ctx, len(framed), func(i int) {
		var err error
		if found[i], err = s.common(framed[i], chosen[i]); err != nil {
			s.note(err.Error())
		}
	})
	out := commonCells{}
	for i, cells := range found {
		if cells != nil {
			out[framed[i]] = cells
		}
	}
	return out, err
}

// framing says that a link may rest on a frame: two pictures agree at the same
// place and size, and a good part of them does not.
func (s *search) framing(l *link) (bridge, bool) {
	if f, _ := l.pictures(); f.Agreement.Share >= surelySame || l.settled() {
		return bridge{}, false
	}
	b, ok := s.laid(l)
	return b, ok && inPlace(b.m)
}

// settled says that what moves has decided, and no frame around it can have
// misled.
func (l *link) settled() bool { return l.Film != nil && !l.Film.uncertain() }

// laid is how the pictures of a link lie on each other, from item a to item b.
func (s *search) laid(l *link) (b bridge, ok bool) {
	f, frames := l.pictures()
	if s.items[l.a].Digest < s.items[l.b].Digest {
		return bridge{from: l.a, to: l.b, m: f.Agreement.Map, frames: frames}, true
	}
	return bridge{from: l.b, to: l.a, m: f.Agreement.Map, frames: frames}.back()
}

func inPlace(m hashing.Affine) bool {
	for _, c := range [4][2]float64{{0, 0}, {1, 0}, {1, 1}, {0, 1}} {
		x, y := m.Apply(c[0], c[1])
		if !(math.Abs(x-c[0]) <= samePlace && math.Abs(y-c[1]) <= samePlace) {
			return false
		}
	}
	return true
}

// different chooses partners of different content, at most commonMost, in an
// order that does not depend on paths.
func (s *search) different(partners []bridge, sure forest) []bridge {
	slices.SortFunc(partners, func(p, q bridge) int {
		return cmp.Compare(s.items[p.to].Digest, s.items[q.to].Digest)
	})
	seen := map[int]bool{}
	var out []bridge
	for _, p := range partners {
		if r := sure.find(p.to); !seen[r] && len(out) < commonMost {
			seen[r] = true
			out = append(out, p)
		}
	}
	return out
}

// common gives the cells of item i that pictures of different content show at
// the same place; nil when there are too few of either.
func (s *search) common(i int, partners []bridge) ([]bool, error) {
	if len(partners) < commonLeast {
		return nil, nil
	}
	var count []int
	frames := 0
	for _, b := range partners {
		l, other, err := s.x.thumbs(s.shots(b))
		if err != nil {
			return nil, err
		}
		p := newSheet(l)
		if count == nil {
			count = make([]int, p.len())
		}
		cells := p.compare(other, b.m)
		if !p.frames(cells) || len(cells) != len(count) {
			continue
		}
		frames++
		for j, c := range cells {
			if c == alike {
				count[j]++
			}
		}
	}
	if frames < commonLeast {
		return nil, nil
	}
	out := make([]bool, len(count))
	for j, n := range count {
		out[j] = n >= commonLeast
	}
	return out, nil
}

// shots is the two pictures of a bridge.
func (s *search) shots(b bridge) (from, to shot) {
	return shot{&s.items[b.from], b.frames[0]}, shot{&s.items[b.to], b.frames[1]}
}

// frames says that what agrees lies around something that does not.
func (s sheet) frames(cells []cell) bool {
	var all, middle [3]int
	for i, c := range cells {
		all[c]++
		if x, y := s.middle(i); x > middleFrom && x < middleTo && y > middleFrom && y < middleTo {
			middle[c]++
		}
	}
	return middle[unlike] > middle[alike] && float64(all[alike]) < frameMost*float64(all[alike]+all[unlike])
}

// outside drops the links that rest on common parts, and those of two pictures
// that may be different ones in one frame.
func (s *search) outside(ctx context.Context, shared commonCells, links []link) ([]link, error) {
	drop := make([]bool, len(links))
	err := s.each(ctx, len(links), func(i int) {
		l := &links[i]
		if l.settled() {
			return
		}
		if f, _ := l.pictures(); l.Stills != nil && f.framed() {
			drop[i] = true
			return
		}
		if shared[l.a] == nil && shared[l.b] == nil {
			return
		}
		rests, err := s.restsOn(shared, l)
		if err != nil {
			s.note(err.Error())
		}
		drop[i] = rests
	})
	if err != nil {
		return nil, err
	}
	var kept []link
	for i, l := range links {
		if !drop[i] {
			kept = append(kept, l)
		}
	}
	return kept, nil
}

// restsOn says that what the two stills of a link share is common: outside it,
// neither picture's telling cells agree in number.
func (s *search) restsOn(shared commonCells, l *link) (bool, error) {
	there, ok := s.laid(l)
	back, ok2 := there.back()
	if !ok || !ok2 {
		return false, nil
	}
	for _, side := range [2]bridge{there, back} {
		covers, err := s.coversMore(shared, side)
		if err != nil || covers {
			return false, err
		}
	}
	return true, nil
}

// coversMore says that one picture agrees with another in more than common
// parts, or stands in it as a whole.
func (s *search) coversMore(shared commonCells, b bridge) (bool, error) {
	l, other, err := s.x.thumbs(s.shots(b))
	if err != nil {
		return false, err
	}
	p, q := newSheet(l), newSheet(other)
	mine, theirs := shared.of(b.from, p), shared.of(b.to, q)
	var all, agree, allOutside, outside int
	for i, c := range p.compare(other, b.m) {
		if c == silent {
			continue
		}
		all++
		isCommon := mine != nil && mine[i]
		if theirs != nil && !isCommon {
			x, y := p.middle(i)
			if j := q.at(b.m.Apply(x, y)); j >= 0 {
				isCommon = theirs[j]
			}
		}
		if c == alike {
			agree++
		}
		if !isCommon {
			allOutside++
			if c == alike {
				outside++
			}
		}
	}
	if mine == nil && float64(agree) >= shownWhole*float64(all) {
		return true, nil
	}
	return outside >= outsideCells && float64(outside) > outsideLeast*float64(allOutside), nil
}
