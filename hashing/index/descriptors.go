package index

import (
	"bytes"
	"cmp"
	"math"
	"runtime"
	"slices"
	"sync"
	"sync/atomic"

	"github.com/firsthand-media/firsthand/hashing/feature"
)

// Candidate is a picture that may share something with a query.
type Candidate struct {
	Key Key
	// Votes is the evidence, in bits; comparable within one ranking only.
	Votes    float64
	Mirrored bool // it is the query's mirror image that was found
}

// compareCandidates is the order of candidates: by votes, then by key.
func compareCandidates(a, b Candidate) int {
	return cmp.Or(-cmp.Compare(a.Votes, b.Votes), bytes.Compare(a.Key[:], b.Key[:]))
}

// Descriptors is the pictures of several segments without those removed. It
// may be searched by several goroutines at once.
type Descriptors struct {
	listing
	counts []uint32 // entries of each cell
	total  uint64
	full   *bitmap   // of cells that are neither empty nor crowded
	memory sync.Pool // of *ranking
}

// NewDescriptors makes one index of several segments. A picture that is in
// several counts once; one in removed does not count.
func NewDescriptors(segments []*Segment, removed []Key) *Descriptors {
	x := &Descriptors{listing: *listPictures(slices.Clone(segments), removed)}
	x.counts, x.total = x.listing.counts()
	x.full = new(bitmap)
	for c, n := range x.counts {
		if n > 0 && n <= crowded*effort {
			x.full.add(uint32(c))
		}
	}
	if !slices.Contains(x.dead, true) {
		x.counts = nil
	}
	return x
}

// Stats is the size of an index.
type Stats struct {
	Pictures int   // that can be found
	Entries  int   // their keypoints
	Bytes    int64 // of all segments, with what is removed
}

// Stats gives the size of the index.
func (x *Descriptors) Stats() Stats {
	s := Stats{Pictures: len(x.keys), Entries: int(x.total)}
	for _, segment := range x.segments {
		s.Bytes += int64(segment.size)
	}
	return s
}

// Rank gives the pictures that most likely share something with the query, at
// most most of them, the likeliest first. Of the frames of one item it gives
// the best each. It uses all processors.
//
// Its time is in proportion to the entries of the query; those that an index
// has of a picture are feature.Indexed.
func (x *Descriptors) Rank(q feature.Set, most, each int) []Candidate {
	if len(x.keys) == 0 || most <= 0 || each <= 0 {
		return nil
	}
	r, _ := x.memory.Get().(*ranking)
	if r == nil {
		r = &ranking{lookups: make([]lookup, runtime.GOMAXPROCS(0))}
	}
	defer x.memory.Put(r)
	r.search(x, q.First(feature.Kept))
	r.group(2 * len(x.keys))
	return r.best(x, most, each)
}

// ranking is the memory of one query.
type ranking struct {
	lookups []lookup
	query   [2][]posture // as it is, and mirrored
	hits    []hit        // by owner
	starts  []uint32     // of the hits of each owner
}

// search looks up all entries, and the more telling half of them mirrored too:
// small parts of mirror images are rarer than what looking for them would cost.
func (r *ranking) search(x *Descriptors, q feature.Set) {
	for m := range r.query {
		r.query[m] = r.query[m][:0]
	}
	for _, p := range q.Points {
		r.query[0] = append(r.query[0], postureOf(p))
		r.query[1] = append(r.query[1], postureOf(mirrored(p, q.W)))
	}
	const batch = 16
	var next atomic.Int64
	var wait sync.WaitGroup
	for w := range r.lookups {
		l := &r.lookups[w]
		l.hits = l.hits[:0]
		wait.Go(func() {
			for {
				from := int(next.Add(batch)) - batch
				if from >= len(q.Points) {
					return
				}
				for e := from; e < min(from+batch, len(q.Points)); e++ {
					d := q.Descriptors[e]
					l.search(x, &d, e, 0)
					if e < len(q.Points)/2 {
						d = d.Mirrored()
						l.search(x, &d, e, 1)
					}
				}
			}
		})
	}
	wait.Wait()
}

// group brings the hits of each owner together.
func (r *ranking) group(owners int) {
	r.starts = append(r.starts[:0], make([]uint32, owners+1)...)
	n := 0
	for w := range r.lookups {
		for i := range r.lookups[w].hits {
			r.starts[r.lookups[w].hits[i].owner]++
		}
		n += len(r.lookups[w].hits)
	}
	sum := uint32(0)
	for o, n := range r.starts {
		sum += n
		r.starts[o] = sum
	}
	r.hits = slices.Grow(r.hits[:0], n)[:n]
	for w := range r.lookups {
		for _, h := range r.lookups[w].hits {
			r.starts[h.owner]--
			r.hits[r.starts[h.owner]] = h
		}
	}
}

// best scores the owners and gives the best.
func (r *ranking) best(x *Descriptors, most, each int) []Candidate {
	lists := make([][]Candidate, len(r.lookups))
	var wait sync.WaitGroup
	for w := range lists {
		from, to := x.itemFrom(w*len(x.keys)/len(lists)), x.itemFrom((w+1)*len(x.keys)/len(lists))
		wait.Go(func() { lists[w] = r.bestOf(x, most, each, from, to) })
	}
	wait.Wait()
	all := slices.Concat(lists...)
	slices.SortFunc(all, compareCandidates)
	return all[:min(len(all), most)]
}

// itemFrom is the first place, from one on, where the frames of an item begin.
func (x *Descriptors) itemFrom(place int) int {
	for place > 0 && place < len(x.keys) && x.keys[place].item() == x.keys[place-1].item() {
		place++
	}
	return place
}

// bestOf is the best of the pictures in a range, which divides no item.
func (r *ranking) bestOf(x *Descriptors, most, each, from, to int) []Candidate {
	var t tally
	top := shortlist{most: most}
	of := shortlist{most: each} // of the item at hand
	for place := from; place < to; place++ {
		if place > from && x.keys[place].item() != x.keys[place-1].item() {
			top.take(&of)
		}
		least := max(top.least(), of.least())
		var score [2]int
		for m := range score {
			hits := r.hits[r.starts[2*place+m]:r.starts[2*place+m+1]]
			score[m] = t.score(hits, &r.query, least)
		}
		if votes := max(score[0], score[1]); votes > 0 && votes >= least {
			of.add(Candidate{x.keys[place], float64(votes) / 16, score[1] > score[0]})
		}
	}
	top.take(&of)
	return top.candidates
}

// shortlist keeps the best candidates, the worst of them on top of a heap.
type shortlist struct {
	most       int
	candidates []Candidate
}

// least is the votes, in sixteenths, that may still come in.
func (s *shortlist) least() int {
	if len(s.candidates) < s.most {
		return 0
	}
	return int(s.candidates[0].Votes * 16)
}

func (s *shortlist) add(c Candidate) {
	if len(s.candidates) < s.most {
		s.candidates = append(s.candidates, c)
		if len(s.candidates) == s.most {
			slices.SortFunc(s.candidates, func(a, b Candidate) int { return compareCandidates(b, a) })
		}
		return
	}
	if compareCandidates(c, s.candidates[0]) >= 0 {
		return
	}
	// worst first
	s.candidates[0] = c
	h := s.candidates
	for i := 0; ; {
		child := 2*i + 1
		if child >= len(h) {
			break
		}
		if child+1 < len(h) && compareCandidates(h[child+1], h[child]) > 0 {
			child++
		}
		if compareCandidates(h[child], h[i]) <= 0 {
			break
		}
		h[i], h[child] = h[child], h[i]
		i = child
	}
}

// take adds the candidates of another list and empties it.
func (s *shortlist) take(of *shortlist) {
	for _, c := range of.candidates {
		s.add(c)
	}
	of.candidates = of.candidates[:0]
}

// mirrored is a point of a picture w pixels wide, in its mirror image.
func mirrored(p feature.Point, w int) feature.Point {
	p.X = float32(w) - p.X
	p.Angle = math.Pi - p.Angle
	return p
}
