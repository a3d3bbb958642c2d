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
	Site
	placed bool
}

// sites are all of a case, and how much of the case is about each. Those that
// the case has taught stand first; what stands after them is new, and never
// changes what the others say.
type sites struct {
	list     []site
	taught   bool
	known    int32     // so many were taught
	shares   []float64 // by site
	newShare float64
	cells    map[[2]int][]int32
	byID     map[int64]int32  // places of the gazetteer
	byOwn    map[string]int32 // places of the case's own gazetteer
	byTerm   map[int32]int32  // names of no known place
	shapes   map[int32]map[int32]float64
	halos    map[int32]map[int32]float64
}

// Distances, km.
const (
	siteReach = 0.3  // positions nearer than this are one site
	fixReach  = 14.0 // that far from its event a picture may still show it: smoke
	nameReach = 60.0 // of a place and of what is said to be there
	homeReach = 40.0 // posts of a local account
)

func newSites() *sites {
	return &sites{
		cells: map[[2]int][]int32{}, byID: map[int64]int32{}, byOwn: map[string]int32{}, byTerm: map[int32]int32{},
		shapes: map[int32]map[int32]float64{}, halos: map[int32]map[int32]float64{},
	}
}

func (s *sites) add(x Site) int32 {
	id := int32(len(s.list))
	s.list = append(s.list, site{Site: x, placed: x.Kind != byWord})
	if s.taught {
		s.shares = append(s.shares, s.newShare)
	}
	switch x.Kind {
	case byGazetteer:
		s.byID[x.Place] = id
	case byCase:
		s.byOwn[x.Name] = id
	case byWord:
		s.byTerm[x.Term] = id
	}
	if x.Kind != byWord {
		c := cellOf(x.Lat, x.Lon)
		s.cells[c] = append(s.cells[c], id)
	}
	return id
}

// export gives the sites with their shares.
func (s *sites) export() []Site {
	out := make([]Site, len(s.list))
	for i := range s.list {
		out[i] = s.list[i].Site
		out[i].Share = s.shares[i]
	}
	return out
}

// restore takes the sites that were taught.
func (s *sites) restore(learnt *Statistics) {
	for _, x := range learnt.Sites {
		s.add(x)
	}
	s.shares = make([]float64, len(s.list))
	for i, x := range learnt.Sites {
		s.shares[i] = x.Share
	}
	s.newShare = learnt.NewShare
	s.freeze()
}

// freeze ends the learning: what comes after is new.
func (s *sites) freeze() { s.taught, s.known = true, int32(len(s.list)) }

// atFix is the site of a position, made when none lies there yet.
func (s *sites) atFix(f fix) int32 {
	best, least := int32(-1), siteReach
	s.near(f.lat, f.lon, siteReach, s.every(), func(id int32, d float64) {
		if s.list[id].Kind == byPosition && d < least {
			best, least = id, d
		}
	})
	if best >= 0 {
		return best
	}
	return s.add(Site{Kind: byPosition, Lat: f.lat, Lon: f.lon})
}

// ofPlace is the site of a place of the gazetteer.
func (s *sites) ofPlace(p gazetteer.Place) int32 {
	id, ok := s.byID[p.ID]
	if p.ID == 0 {
		id, ok = s.byOwn[p.Name]
	}
	if !ok {
		x := Site{Kind: byGazetteer, Place: p.ID, Name: p.Name, Lat: p.Lat, Lon: p.Lon, Radius: math.Max(p.RadiusM/1000, 0.2)}
		if p.ID == 0 {
			x.Kind = byCase
		}
		id = s.add(x)
	}
	return id
}

// ofTerm is the site of a name that only the case knows.
func (s *sites) ofTerm(term int32, name string) int32 {
	id, ok := s.byTerm[term]
	if !ok {
		id = s.add(Site{Kind: byWord, Term: term, Name: name})
	}
	return id
}

// cellSize of the grid of sites, degrees.
const cellSize = 0.25

func cellOf(lat, lon float64) [2]int {
	return [2]int{int(math.Floor(lat / cellSize)), int(math.Floor(lon / cellSize))}
}

// every is the end of all sites, and seenBy of those that one site's shape is
// made of: a site that was taught does not see what is new.
func (s *sites) every() int32 { return int32(len(s.list)) }

func (s *sites) seenBy(at int32) int32 {
	if s.taught && at < s.known {
		return s.known
	}
	return s.every()
}

// near calls yes with every placed site before end and within reach, and its
// distance in km, in a fixed order.
func (s *sites) near(lat, lon, reach float64, end int32, yes func(id int32, d float64)) {
	const kmPerDegree = 111.2
	up := reach / kmPerDegree
	side := math.Min(180, up/math.Max(0.05, math.Cos(lat*math.Pi/180)))
	lo, hi := cellOf(lat-up, lon-side), cellOf(lat+up, lon+side)
	for y := lo[0]; y <= hi[0]; y++ {
		for x := lo[1]; x <= hi[1]; x++ {
			for _, id := range s.cells[[2]int{y, x}] {
				if id >= end {
					break
				}
				if d := km(lat, lon, s.list[id].Lat, s.list[id].Lon); d <= reach {
					yes(id, d)
				}
			}
		}
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
	s.near(x.Lat, x.Lon, nameReach, s.seenBy(at), func(id int32, d float64) {
		if r := s.list[id].Radius; r > 0 { // somewhere in a named place
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
	s.near(x.Lat, x.Lon, nameReach, s.seenBy(at), func(id int32, d float64) {
		r := x.Radius + 2
		if y := s.list[id].Radius; y > 0 && id != at { // another place: near is not the same
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
	s.near(x.Lat, x.Lon, 1.5*homeReach, s.seenBy(at), func(id int32, d float64) {
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
		s.near(x.Lat, x.Lon, homeReach, s.every(), func(id int32, _ float64) { usual += s.shares[id] })
		for _, o := range posts {
			if y := &s.list[o[0]]; km(x.Lat, x.Lon, y.Lat, y.Lon) <= homeReach {
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
