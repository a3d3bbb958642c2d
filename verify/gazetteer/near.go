package gazetteer

import (
	"cmp"
	"maps"
	"math"
	"slices"
)

// surroundings are the positions that a case speaks of.
type surroundings struct {
	cells map[[2]int][]Point
	seen  map[Point]bool
	near  map[Point]float64 // distances already looked up
}

// cellSize, in degrees, is such that all that lies within farthest km of a
// point is in its cell or the eight around it, up to 65 degrees of latitude.
const (
	cellSize = 6
	farthest = 250.0
	closest  = 40.0 // km: another place of the same doings
)

func newSurroundings(fixes []Point) *surroundings {
	a := &surroundings{cells: map[[2]int][]Point{}, seen: map[Point]bool{}, near: map[Point]float64{}}
	for _, p := range fixes {
		a.add(p)
	}
	return a
}

func cellOf(p Point) [2]int {
	return [2]int{int(math.Floor(p.Lat / cellSize)), int(math.Floor((p.Lon + 180) / cellSize))}
}

// add takes a position, to a twentieth of a degree: a thousand pictures of one
// street are one.
func (a *surroundings) add(p Point) {
	if !(math.Abs(p.Lat) <= 90) || !(math.Abs(p.Lon) <= 180) {
		return
	}
	p = Point{math.Round(p.Lat*20) / 20, math.Round(p.Lon*20) / 20}
	if a.seen[p] {
		return
	}
	a.seen[p] = true
	c := cellOf(p)
	a.cells[c] = append(a.cells[c], p)
}

// points are the positions taken, in order.
func (a *surroundings) points() []Point {
	return slices.SortedFunc(maps.Keys(a.seen), func(p, q Point) int { return cmp.Or(cmp.Compare(p.Lat, q.Lat), cmp.Compare(p.Lon, q.Lon)) })
}

// distance is how far the nearest position lies, in km; +Inf beyond the cells
// around.
func (a *surroundings) distance(p Point) float64 {
	if d, ok := a.near[p]; ok {
		return d
	}
	best := math.Inf(1)
	c := cellOf(p)
	const round = 360 / cellSize
	for dy := -1; dy <= 1; dy++ {
		for dx := -1; dx <= 1; dx++ {
			for _, q := range a.cells[[2]int{c[0] + dy, ((c[1]+dx)%round + round) % round}] {
				best = min(best, distance(p, q))
			}
		}
	}
	a.near[p] = best
	return best
}

// speaksFor is what nearness adds to the points of judge.go; nothing where no
// case is known.
func (a *surroundings) speaksFor(p Place) int {
	if a == nil {
		return 0
	}
	switch d := a.distance(Point{p.Lat, p.Lon}); {
	case p.Own || len(a.seen) == 0:
		return 0
	case d <= closest:
		return 3
	case d <= farthest:
		return 1
	case len(a.seen) >= 5 && p.Population < 500_000:
		return -1 // the case speaks of elsewhere
	}
	return 0
}

// leavesNoDoubt holds for a large town whose name no other bears that is a
// tenth as large, and for a place of the case.
func (s *span) leavesNoDoubt(places []Place) bool {
	if s.top.Own {
		return len(places) == 1
	}
	if s.top.Population < 100_000 || s.common || s.stopped || s.score < 3 {
		return false
	}
	for _, p := range places[1:] {
		if p.Population*10 > s.top.Population && distance(Point{s.top.Lat, s.top.Lon}, Point{p.Lat, p.Lon}) > closest {
			return false
		}
	}
	return true
}

// rank gives the places that a span may mean, the likeliest first. A point of
// weight is a tenfold population.
func (r *reader) rank(x *reading, s *span, around *surroundings) []Place {
	type weighed struct {
		Place
		weight float64
	}
	list := make([]weighed, len(s.candidates))
	for i, c := range s.candidates {
		p := r.g.candidate(c)
		weight := math.Log10(float64(p.Population) + 100)
		if !c.exact {
			weight -= 0.7
		}
		if x.countries[p.Country] {
			weight += 2
		}
		if around != nil {
			d := around.distance(Point{p.Lat, p.Lon})
			weight += 2.5*math.Exp(-d/closest) + 1.5*math.Exp(-d/farthest)
		}
		list[i] = weighed{p, weight}
	}
	slices.SortFunc(list, func(a, b weighed) int {
		return cmp.Or(cmp.Compare(b.weight, a.weight), cmp.Compare(b.Population, a.Population), cmp.Compare(a.ID, b.ID))
	})
	places := make([]Place, len(list))
	for i := range list {
		places[i] = list[i].Place
	}
	return places
}
