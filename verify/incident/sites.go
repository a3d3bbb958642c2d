package incident

import (
	"cmp"
	"math"
	"slices"

	"github.com/firsthand-media/firsthand/verify/gazetteer"
)

// site is where an event may have been: a position that some file states, a
// place of the gazetteer that some caption names, or a name alone of which
// nobody knows where it lies.
type site struct {
	name     string
	lat, lon float64 // degrees
	radius   float64 // km, of a named place
	placed   bool
	days     map[int64]bool // on which the case speaks of it
}

// sites are all of a case, and how much of the case is about each.
type sites struct {
	list   []site
	shares []float64 // by site, sum to 1
	cells  map[[2]int][]int32
	byID   map[int64]int32  // places of the gazetteer
	byOwn  map[string]int32 // places of the case's own gazetteer
	byTerm map[int32]int32  // names of no known place
	shapes map[int32]map[int32]float64
	halos  map[int32]map[int32]float64
	fixed  []int32 // by atom: the site of its position, -1
}

// Distances, km.
const (
	siteReach = 0.3  // positions nearer than this are one site
	fixReach  = 14.0 // that far from its event a picture may still show it: smoke
	nameReach = 60.0 // of a place and of what is said to be there
	homeReach = 40.0 // posts of a local account
)

func newSites(atoms []*atom, fixes []fix, placed []bool) *sites {
	s := &sites{
		cells: map[[2]int][]int32{}, byID: map[int64]int32{}, byOwn: map[string]int32{}, byTerm: map[int32]int32{},
		shapes: map[int32]map[int32]float64{}, halos: map[int32]map[int32]float64{}, fixed: make([]int32, len(atoms)),
	}
	for i, a := range atoms {
		s.fixed[i] = -1
		if placed[i] {
			s.fixed[i] = s.atFix(fixes[i])
			s.list[s.fixed[i]].days[a.day()] = true
		}
	}
	return s
}

func (s *sites) add(x site) int32 {
	id := int32(len(s.list))
	x.days = map[int64]bool{}
	s.list = append(s.list, x)
	if x.placed {
		c := cellOf(x.lat, x.lon)
		s.cells[c] = append(s.cells[c], id)
	}
	return id
}

// atFix is the site of a position, made when none lies there yet.
func (s *sites) atFix(f fix) int32 {
	best, least := int32(-1), siteReach
	s.near(f.lat, f.lon, siteReach, func(id int32, d float64) {
		if s.list[id].radius == 0 && d < least {
			best, least = id, d
		}
	})
	if best >= 0 {
		return best
	}
	return s.add(site{lat: f.lat, lon: f.lon, placed: true})
}

// ofPlace is the site of a place of the gazetteer.
func (s *sites) ofPlace(p gazetteer.Place) int32 {
	id, ok := s.byID[p.ID]
	if p.ID == 0 {
		id, ok = s.byOwn[p.Name]
	}
	if !ok {
		id = s.add(site{name: p.Name, lat: p.Lat, lon: p.Lon, radius: math.Max(p.RadiusM/1000, 0.2), placed: true})
		if p.ID == 0 {
			s.byOwn[p.Name] = id
		} else {
			s.byID[p.ID] = id
		}
	}
	return id
}

// ofTerm is the site of a name that only the case knows.
func (s *sites) ofTerm(term int32, name string) int32 {
	id, ok := s.byTerm[term]
	if !ok {
		id = s.add(site{name: name})
		s.byTerm[term] = id
	}
	return id
}

// cellSize of the grid of sites, degrees.
const cellSize = 0.25

func cellOf(lat, lon float64) [2]int {
	return [2]int{int(math.Floor(lat / cellSize)), int(math.Floor(lon / cellSize))}
}

// near calls yes with every placed site within reach and its distance in km,
// in a fixed order.
func (s *sites) near(lat, lon, reach float64, yes func(id int32, d float64)) {
	const kmPerDegree = 111.2
	up := reach / kmPerDegree
	side := math.Min(180, up/math.Max(0.05, math.Cos(lat*math.Pi/180)))
	lo, hi := cellOf(lat-up, lon-side), cellOf(lat+up, lon+side)
	for y := lo[0]; y <= hi[0]; y++ {
		for x := lo[1]; x <= hi[1]; x++ {
			for _, id := range s.cells[[2]int{y, x}] {
				if d := km(lat, lon, s.list[id].lat, s.list[id].lon); d <= reach {
					yes(id, d)
				}
			}
		}
	}
}

// share works out what part of the case each site is, by the days on which it
// is spoken of. Days and not files count, so that an event much filmed does
// not make its own place look common.
func (s *sites) share() {
	s.shares = make([]float64, len(s.list))
	sum := 0.0
	for i := range s.list {
		s.shares[i] = float64(len(s.list[i].days)) + 0.3
		sum += s.shares[i]
	}
	sum += 2 // places that the case has not spoken of yet
	for i := range s.shares {
		s.shares[i] /= sum
	}
}

// byFix is what a position says. Most pictures are taken at the place that
// they show, some kilometres away.
func (s *sites) byFix(at int32) map[int32]float64 {
	if h, ok := s.shapes[at]; ok {
		return h
	}
	x := &s.list[at]
	h := map[int32]float64{}
	s.near(x.lat, x.lon, nameReach, func(id int32, d float64) {
		if r := s.list[id].radius; r > 0 { // somewhere in a named place
			h[id] = gauss(d, r/1.5+1)
		} else if d < fixReach {
			h[id] = 0.85*gauss(d, 0.3) + 0.15*gauss(d, 2.5)
		}
	})
	s.shapes[at] = h
	return h
}

// gauss is the density, per square km, at that distance from the middle of a
// round normal distribution.
func gauss(d, sigma float64) float64 {
	return math.Exp(-d*d/(2*sigma*sigma)) / (2 * math.Pi * sigma * sigma)
}

// byPlace is what a place's name says: the event was there, or near there and
// the place is the largest around.
func (s *sites) byPlace(at int32) map[int32]float64 {
	if h, ok := s.shapes[at]; ok {
		return h
	}
	x := &s.list[at]
	h := map[int32]float64{}
	s.near(x.lat, x.lon, nameReach, func(id int32, d float64) {
		r := x.radius + 2
		if y := s.list[id].radius; y > 0 && id != at { // another place: near is not the same
			h[id] = 0.3*math.Exp(-d*d/(2*r*r)) + 0.1*math.Exp(-d/10)
			return
		}
		h[id] = 0.8*math.Exp(-d*d/(2*r*r)) + 0.2*math.Exp(-d/10)
	})
	h[at] = 1
	s.shapes[at] = h
	return h
}

// around is what is known of an event that a local account posts about.
func (s *sites) around(at int32) map[int32]float64 {
	if h, ok := s.halos[at]; ok {
		return h
	}
	x := &s.list[at]
	h := map[int32]float64{}
	s.near(x.lat, x.lon, 1.5*homeReach, func(id int32, d float64) {
		h[id] = 1
		if d > homeReach {
			h[id] = math.Exp(-(d - homeReach) / 8)
		}
	})
	s.halos[at] = h
	return h
}

// mention is a place that a caption names, with those that it may mean.
type mention struct {
	at []int32 // sites, the likeliest first
}

func (s *sites) mention(f gazetteer.Mention) mention {
	var m mention
	for _, p := range f.Places[:min(len(f.Places), maxMeanings)] {
		m.at = append(m.at, s.ofPlace(p))
	}
	return m
}

func (m mention) compare(n mention) int { return slices.Compare(m.at, n.at) }

// candidateShare is what each further place of one name has of the one before.
const candidateShare = 0.2

// byMention is what a mention says, over all places that it may mean.
func (s *sites) byMention(m mention) map[int32]float64 {
	if len(m.at) == 1 {
		return s.byPlace(m.at[0])
	}
	h := map[int32]float64{}
	w := 1.0
	for _, at := range m.at {
		for id, l := range s.byPlace(at) {
			h[id] = math.Max(h[id], w*l)
		}
		w *= candidateShare
	}
	return h
}

// home is where a local account lives.
type home struct {
	at    int32
	local float64 // probability that it posts of its surroundings alone
	posts int
}

// What is assumed of an account before it has posted of any place.
const (
	localBefore = 0.4  // share of accounts that are local
	localKeeps  = 0.95 // share of its posts that a local account makes of its surroundings
)

// homes finds the accounts that post of one neighbourhood, from where their
// posts of different days lie.
func (s *sites) homes(seen map[string]map[[2]int64]bool) map[string]home {
	out := map[string]home{}
	for account, posts := range seen {
		keys := make([][2]int64, 0, len(posts)) // site and day
		for k := range posts {
			keys = append(keys, k)
		}
		slices.SortFunc(keys, func(a, b [2]int64) int { return cmp.Or(cmp.Compare(a[0], b[0]), cmp.Compare(a[1], b[1])) })
		if h, ok := s.home(keys); ok {
			out[account] = h
		}
	}
	return out
}

func (s *sites) home(posts [][2]int64) (home, bool) {
	best := home{at: -1}
	for i, k := range posts {
		if i > 0 && posts[i-1][0] == k[0] || i > 60 {
			continue
		}
		x := &s.list[k[0]]
		n, usual := 0.0, 0.0
		s.near(x.lat, x.lon, homeReach, func(id int32, _ float64) { usual += s.shares[id] })
		for _, o := range posts {
			if y := &s.list[o[0]]; km(x.lat, x.lon, y.lat, y.lon) <= homeReach {
				n++
			}
		}
		usual = math.Min(usual, 0.9)
		// The first post says where home would be and proves nothing.
		odds := math.Log(localBefore/(1-localBefore)) + (n-1)*math.Log(localKeeps/usual) +
			(float64(len(posts))-n)*math.Log((1-localKeeps)/(1-usual))
		if p := 1 / (1 + math.Exp(-odds)); p > best.local {
			best = home{at: int32(k[0]), local: p, posts: len(posts)}
		}
	}
	return best, best.at >= 0 && best.local > 0.5
}
