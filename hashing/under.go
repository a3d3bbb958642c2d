package hashing

import "math"

// DetailSide is the longest side, in pixels, of the grey picture that
// ConfirmUnder compares.
const DetailSide = 320

// Evidence is what is known of a map before the blocks are compared.
type Evidence struct {
	Inliers int // keypoints at distinct places that fit it

	// Strays gives the places in A, in fractions, of the keypoints that fit a
	// map only nearly, and their share of all that fit at least so; it is asked
	// about the map as the blocks have refined it. Nil: nothing known.
	Strays func(m Affine) (at [][2]float64, share float64)
}

// ConfirmUnder says whether two upright grey pictures (DetailSide pixels) show
// the same where m, from fractions of a to fractions of b, lays a onto b: part
// of one in the other, at any scale and turn, mirrored or not.
//
//  1. The shared part is cut out of the picture that shows it in fewer pixels,
//     and the other is reduced to the same scale (lay).
//  2. Every textured block says how far off it lies, and the map is improved
//     until they are served (settle), first at half the size. When hardly any
//     block agrees there, that is the end.
//  3. Blocks agree by normalised correlation, mean and slope taken out. Where
//     one picture ends within the other, rows and columns that all differ are
//     taken off (supported): the tile of a collage shows less than the whole.
//  4. The pair is accepted by the number and share of agreeing blocks and by
//     how much of either picture they stand for; where the coarser picture is
//     small, by its fine structure (proof).
//  5. What the blocks still lie off (drift), and how many keypoints fit only
//     nearly, tell another photograph of the same place from a copy.
//
// It is symmetric: ConfirmUnder(b, a, the inverse of m) gives the same with A
// and B exchanged, up to the rounding of the inverse.
func ConfirmUnder(a, b Luma, m Affine, e Evidence) Agreement {
	if !a.valid() || !b.valid() {
		return Agreement{}
	}
	a, b = a.Reduced(DetailSide), b.Reduced(DetailSide)
	if !later(a, b, whole, whole) {
		return confirmUnder(a, b, m, e)
	}
	inv, ok := m.Inverse()
	if !ok {
		return Agreement{}
	}
	if ask := e.Strays; ask != nil {
		e.Strays = func(m Affine) (at [][2]float64, share float64) {
			inv, ok := m.Inverse()
			if !ok {
				return nil, 0
			}
			at, share = ask(inv)
			for i, q := range at {
				at[i][0], at[i][1] = inv.Apply(q[0], q[1])
			}
			return at, share
		}
	}
	return confirmUnder(b, a, inv, e).Exchanged()
}

var whole = Box{X1: 1, Y1: 1}

func confirmUnder(a, b Luma, m Affine, e Evidence) Agreement {
	g := Agreement{Inliers: e.Inliers}
	l, ok := lay(a, b, m, workSide/2, laySlack, layFinest)
	if !ok {
		return g
	}
	p := l.settle(l.blockSide(), l.coarseTries())
	g.tally(p)
	if m, ok = l.over(); !ok || !p.hopeful() {
		return g
	}
	if l, ok = lay(a, b, m, workSide, 0, layFinest); !ok {
		return g
	}
	l.smooth()
	p = l.settle(l.blockSide(), fineTries)
	kept := l.supported(p)
	g.tally(p)
	if m, ok = l.over(); !ok || !l.locate(&g, a, b, m, p, kept) {
		return g
	}
	n, of, open := l.natural(p)
	g.natural, g.open, g.Natural = n, open, float64(n)/math.Max(1, float64(of))
	g.Residual = driftOf(a, b, m, p)
	if e.Strays != nil {
		var at [][2]float64
		at, g.Parallax = e.Strays(m)
		g.Displaced = l.displaced(p, m, at)
	}
	if l.small {
		g.judge(g.telling(of) && g.proven(l.proof()), g.throughout() && g.Residual < smallDrift)
	} else {
		g.judge(g.convincing(), g.throughout())
	}
	return g
}

// driftOf measures the drift, in more detail than p has where there is more.
func driftOf(a, b Luma, m Affine, p *plates) float64 {
	l, ok := lay(a, b, m, DetailSide, 0, closeFinest)
	if !ok || max(l.ref.W, l.ref.H) < workSide*5/4 {
		return p.drift()
	}
	l.smooth()
	side := blockSide * max(l.ref.W, l.ref.H) / workSide
	for range evenTries {
		p = l.settle(side, 1)
		if !l.even(l.sharpness(p)) {
			break
		}
	}
	return p.drift()
}

// blockSide is the side of the blocks: smaller where the shared part is small.
func (l *sheet) blockSide() int {
	if max(l.ref.W, l.ref.H) < smallShared {
		return smallSide
	}
	return blockSide
}

// coarseTries is how many steps the map is improved by before it is seen
// whether there is any hope.
func (l *sheet) coarseTries() int {
	if l.small {
		return smallTries
	}
	return coarseTries
}

// tally counts the blocks.
func (g *Agreement) tally(p *plates) {
	g.Agreeing = p.count(agrees)
	g.Textured = g.Agreeing + p.count(differs)
	g.Share = float64(g.Agreeing) / math.Max(1, float64(g.Textured))
}

// hopeful says whether so many blocks agree that a closer look is worth while.
func (p *plates) hopeful() bool {
	if p.small {
		return p.resembles()
	}
	n := p.count(agrees)
	return n >= hopefulBlocks && float64(n) >= hopefulShare*float64(n+p.count(differs))
}

// judge accepts or refuses, and gives the verdict. Where the two agree
// throughout, drift alone does not speak against a copy.
func (g *Agreement) judge(convincing, throughout bool) {
	drifting := g.Residual/driftMost + g.Parallax/parallaxMost + g.Displaced/displacedMost
	switch {
	case convincing:
		g.Accepted, g.Verdict = true, Copy
		g.Exact = g.satisfies(&exactRule)
		if drifting >= 1 && !throughout {
			g.Verdict = SameScene
		}
	case g.Inliers >= sceneInliers && g.natural >= sceneBlocks && g.Natural >= sceneShare && g.Share >= sceneShare &&
		math.Max(g.CoverA, g.CoverB) >= leastCover &&
		g.Parallax+g.Displaced >= sceneStrays && drifting >= 1:
		g.Accepted, g.Verdict = true, SameScene
	}
	if !g.Accepted {
		g.Map, g.Rotation, g.Mirrored, g.Scale = Affine{}, 0, false, 0
		g.RegionA, g.RegionB, g.ChangedA, g.ChangedB = nil, nil, nil, nil
		g.CoverA, g.CoverB = 0, 0
	}
}

// throughout says whether all that has texture agrees, and keypoints do not
// speak against a copy. Resampling without smoothing, or a strong blur, moves
// blocks as much as a small parallax does, but a parallax leaves some of them
// behind.
func (g *Agreement) throughout() bool {
	return g.Share >= throughoutShare && g.Agreeing >= throughoutBlocks && g.Parallax+g.Displaced < parallaxMost/2
}

// convincing says whether so many blocks agree that the two must show the same.
// Graphics alone convince only where there is nothing else: on a page.
func (g *Agreement) convincing() bool {
	for i := range convincingRules {
		if g.satisfies(&convincingRules[i]) {
			return true
		}
	}
	return false
}

func (g *Agreement) satisfies(r *rule) bool {
	return g.Inliers >= r.inliers && g.Agreeing >= r.blocks && g.Share >= r.share &&
		math.Max(g.CoverA, g.CoverB) >= r.cover && g.natural >= r.natural && g.Natural >= r.naturalShare && g.open >= r.open &&
		(r.drift == 0 || g.Residual <= r.drift && g.Parallax <= r.drift)
}
