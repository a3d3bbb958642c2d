package feature

import (
	"math"
	"slices"

	"github.com/firsthand-media/firsthand/hashing"
)

// Parameters of the geometry. Lengths are shares of a picture's longest side.
const (
	corrBits     = 56 // distance up to which two descriptors may show the same place
	corrKeep     = 3  // correspondences kept of each keypoint
	corrQuarter  = 22 // the same for the first quarter of the bits,
	corrHalf     = 38 // and for the first half: they end the comparison of nearly all that differ
	triedNearest = 48 // correspondences tried as a map of their own: so many of the nearest,
	triedCells   = 16 // and of so many cells
	triedEach    = 6  // so many each
	refinedTried = 6  // of which so many are refined

	fitNear     = 0.02  // distance from where the map puts a keypoint, for an inlier
	fitDistinct = 0.012 // two inliers nearer than this count once
	looseTurn   = 0.10  // how far off a single correspondence's map may be, per distance from it
	leastSeeds  = 4     // agreeing with one, for it to be refined
	leastFit    = 6     // inliers at distinct places, for the blocks to be compared,
	smallFit    = 8     // and where a picture is small
	mostStretch = 2.2   // longest over shortest axis of the map
	mostScale   = 16.0
)

// geometry is the search for the maps under which two sets of keypoints fall
// together. Its maps are between pixels of the sets' pictures.
type geometry struct {
	a, b   *Set
	all    []correspondence
	ballot *ballot
	used   []bool // correspondences that an earlier solution explains

	pixelA, pixelB float64 // pixels of a and of b that one of their pictures' own takes: 2 of small ones
}

// newGeometry takes b's keypoints from set, where they may be mirrored.
func newGeometry(a, b *Picture, set *Set) *geometry {
	all := correspondences(&a.Set, set)
	return &geometry{a: &a.Set, b: set, all: all, ballot: vote(all), used: make([]bool, len(all)), pixelA: a.pixel(), pixelB: b.pixel()}
}

// solution is a map with the correspondences that fit it.
type solution struct {
	m       hashing.Affine
	fits    []int32
	inliers int // at distinct places on both sides
}

// solutions are the best maps by the correspondences that are left, fullest
// first.
func (g *geometry) solutions() []solution {
	type seed struct {
		from  int32
		m     hashing.Affine
		score int
	}
	var seeds []seed
	for _, n := range g.ballot.promising(g.all) {
		if g.used[n] {
			continue
		}
		m := g.similarity(n)
		if score, count := g.support(n, m); count >= leastSeeds {
			seeds = append(seeds, seed{n, m, score})
		}
	}
	slices.SortStableFunc(seeds, func(p, q seed) int { return q.score - p.score })
	var found []solution
	tried := 0
	for _, s := range seeds {
		if slices.ContainsFunc(found, func(f solution) bool { _, in := slices.BinarySearch(f.fits, s.from); return in }) {
			continue // it would end at the same map
		}
		if sol, ok := g.refine(s.m); ok && !slices.ContainsFunc(found, func(f solution) bool { return g.alike(f.m, sol.m) }) {
			found = append(found, sol)
		}
		if tried++; tried == refinedTried {
			break
		}
	}
	slices.SortStableFunc(found, func(p, q solution) int { return q.inliers - p.inliers })
	return found
}

// alike says whether two maps put A's corners at about the same places.
func (g *geometry) alike(m, n hashing.Affine) bool {
	near := g.near(math.Sqrt(math.Abs(m.Determinant())))
	for _, c := range [4][2]float64{{0, 0}, {1, 0}, {0, 1}, {1, 1}} {
		u, v := c[0]*float64(g.a.W), c[1]*float64(g.a.H)
		x, y := m.Apply(u, v)
		z, w := n.Apply(u, v)
		if math.Hypot(x-z, y-w) > near {
			return false
		}
	}
	return true
}

// similarity is the map that one correspondence implies.
func (g *geometry) similarity(n int32) hashing.Affine {
	c := &g.all[n]
	p, q := g.a.Points[c.i], g.b.Points[c.j]
	sin, cos := math.Sincos(float64(c.turn))
	k := math.Exp2(float64(c.scale))
	m := hashing.Affine{k * cos, -k * sin, 0, k * sin, k * cos, 0}
	x, y := m.Apply(float64(p.X), float64(p.Y))
	m[2], m[5] = float64(q.X)-x, float64(q.Y)-y
	return m
}

// near is the distance in pixels of B within which a keypoint fits a map that
// enlarges by scale.
func (g *geometry) near(scale float64) float64 {
	side := math.Max(float64(max(g.a.W, g.a.H)), float64(max(g.b.W, g.b.H)))
	return fitNear * side * math.Min(1, scale)
}

// support sums up what agrees with the map of one correspondence, the nearer
// the descriptors the more. The further from it, the less exact its map is.
func (g *geometry) support(n int32, m hashing.Affine) (score, count int) {
	c := &g.all[n]
	origin := g.b.Points[c.j]
	near := g.near(math.Exp2(float64(c.scale)))
	t, s := c.cell()
	around(t, s, func(t, s int) {
		for _, k := range g.ballot.of[t][s] {
			if g.used[k] {
				continue
			}
			d := &g.all[k]
			p, q := g.a.Points[d.i], g.b.Points[d.j]
			x, y := m.Apply(float64(p.X), float64(p.Y))
			dx, dy := x-float64(q.X), y-float64(q.Y)
			ox, oy := float64(q.X-origin.X), float64(q.Y-origin.Y)
			r := near + looseTurn*math.Sqrt(ox*ox+oy*oy)
			if dx*dx+dy*dy <= r*r {
				score += int(corrBits + 1 - d.bits)
				count++
			}
		}
	})
	return score, count
}

// refine fits a similarity and then an affine map to what lies near the map's
// predictions, nearer each time.
func (g *geometry) refine(m hashing.Affine) (solution, bool) {
	for _, step := range [...]struct {
		wide   float64
		affine bool
	}{{3, false}, {2, false}, {1.5, true}, {1, true}, {1, true}} {
		fits := g.fitting(m, step.wide)
		if len(fits) < leastSeeds {
			return solution{}, false
		}
		var ok bool
		if step.affine {
			m, ok = g.affineFit(fits, m)
		} else {
			m, ok = g.similarityFit(fits)
		}
		if !ok || !plausible(m) {
			return solution{}, false
		}
	}
	fits := g.fitting(m, 1)
	s := solution{m, fits, g.distinct(fits, m)}
	return s, s.inliers >= g.leastFit()
}

// leastFit is how many inliers a map needs for the blocks to be compared. Small
// pictures have their keypoints so close to each other that more fit by chance;
// of 362 right maps none had less than 10.
func (g *geometry) leastFit() int {
	if max(g.pixelA, g.pixelB) > 1 {
		return smallFit
	}
	return leastFit
}

// fitting gives the correspondences within wide times the usual distance of m,
// with about its turn and scale.
func (g *geometry) fitting(m hashing.Affine, wide float64) []int32 {
	scale := math.Sqrt(math.Abs(m.Determinant()))
	turn := math.Mod(math.Atan2(m[3]-m[1], m[0]+m[4])+2*math.Pi, 2*math.Pi)
	about := correspondence{turn: float32(turn), scale: float32(math.Log2(scale))}
	r := wide * g.near(scale)
	var fits []int32
	t, s := about.cell()
	around(t, s, func(t, s int) {
		for _, k := range g.ballot.of[t][s] {
			d := &g.all[k]
			p, q := g.a.Points[d.i], g.b.Points[d.j]
			x, y := m.Apply(float64(p.X), float64(p.Y))
			dx, dy := x-float64(q.X), y-float64(q.Y)
			if !g.used[k] && dx*dx+dy*dy <= r*r {
				fits = append(fits, k)
			}
		}
	})
	slices.Sort(fits)
	return fits
}

// distinct counts the fits, best descriptors first, that lie at places of their
// own in both pictures: repeated texture and second orientations do not
// multiply. A place is a cell whose side is fitDistinct of the picture's.
func (g *geometry) distinct(fits []int32, m hashing.Affine) int {
	scale := math.Sqrt(math.Abs(m.Determinant()))
	side := math.Max(float64(max(g.a.W, g.a.H)), float64(max(g.b.W, g.b.H)))
	ra := fitDistinct * side / math.Min(1, scale) // of A's pixels; in those of B it is as many times scale
	takenA, takenB := map[[2]int32]bool{}, map[[2]int32]bool{}
	n := 0
	for _, k := range fits {
		c := &g.all[k]
		a, b := g.a.Points[c.i].cell(ra), g.b.Points[c.j].cell(ra*scale)
		if !takenA[a] && !takenB[b] {
			takenA[a], takenB[b] = true, true
			n++
		}
	}
	return n
}

// cell is the square of the given side that a point lies in.
func (p Point) cell(side float64) [2]int32 {
	return [2]int32{int32(float64(p.X) / side), int32(float64(p.Y) / side)}
}

// explain takes the correspondences that a solution accounts for out of the
// search.
func (g *geometry) explain(m hashing.Affine) {
	for _, k := range g.fitting(m, 2) {
		g.used[k] = true
	}
}

// plausible says whether a map is one that copying makes: not folded over,
// stretched by no more than mostStretch and scaled by no more than mostScale.
func plausible(m hashing.Affine) bool {
	det := m.Determinant()
	if !(det > 0) {
		return false
	}
	// The singular values r+q and r-q of the linear part.
	r := math.Hypot(m[0]+m[4], m[3]-m[1]) / 2
	q := math.Hypot(m[0]-m[4], m[3]+m[1]) / 2
	long, short := r+q, r-q
	return long <= mostStretch*short && long <= mostScale && short >= 1/mostScale
}
