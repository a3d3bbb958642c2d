package match

import (
	"context"
	"maps"
	"slices"
	"sync"
	"sync/atomic"

	"github.com/firsthand-media/firsthand/hashing"
	"github.com/firsthand-media/firsthand/verify"
)

// search is one run of Find.
type search struct {
	o        Options
	items    []verify.Item // in order, see ordered
	x        examiner
	rejected map[[2]verify.Digest]bool
	said     said
	memory   *memory
	tried    map[trial]bool
	hinted   []map[int][]seed // frames that keypoints propose, by the item that asked and the other

	mu     sync.Mutex
	notes  []string
	nearly map[int]bool // items of which pictures agree with others', and no more
	told   teller
}

// link is a verdict that found something between two items, a before b.
type link struct {
	a, b int
	verdict
}

func newSearch(items []verify.Item, o Options) *search {
	s := &search{
		o: o, items: slices.DeleteFunc(ordered(items), empty), x: examiner{newShelf(o)}, memory: &memory{},
		rejected: map[[2]verify.Digest]bool{}, tried: map[trial]bool{}, nearly: map[int]bool{}, told: teller{o: o},
	}
	for _, p := range o.NotSame {
		s.rejected[verify.Pair(p[0], p[1])] = true
	}
	s.said = s.hear(o.Words)
	return s
}

// apart says that a person has said that two items are not the same.
func (s *search) apart(a, b *verify.Item) bool {
	return s.rejected[verify.Pair(a.Digest, b.Digest)]
}

// note adds a sentence for the person who reads the result.
func (s *search) note(sentence string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.notes = append(s.notes, sentence)
}

// near notes that pictures of two items agree, and that more of them could
// tell more.
func (s *search) near(a, b int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.nearly[a], s.nearly[b] = true, true
}

// sparse gives the videos that match something, or nearly, of which too few
// moments are known, in order.
func (s *search) sparse(links []link) []verify.Digest {
	wanted := maps.Clone(s.nearly)
	for i := range links {
		if l := &links[i]; l.Film != nil {
			wanted[l.a], wanted[l.b] = true, true
		}
	}
	var out []verify.Digest
	for i := range wanted {
		if !isVideo(&s.items[i]) || s.items[i].Sampling.Dense {
			continue
		}
		if r, err := s.x.reel(&s.items[i]); err == nil && sparse(r) {
			out = append(out, s.items[i].Digest)
		}
	}
	slices.Sort(out)
	return out
}

// each calls f for every number below n, on all workers. Its error is that of
// ctx.
func (s *search) each(ctx context.Context, n int, f func(i int)) error {
	var next atomic.Int64
	var wg sync.WaitGroup
	for range s.o.workers() {
		wg.Go(func() {
			for ctx.Err() == nil {
				i := int(next.Add(1)) - 1
				if i >= n {
					return
				}
				f(i)
			}
		})
	}
	wg.Wait()
	return ctx.Err()
}

// examined examines the candidate pairs and gives what was found, in the order
// of the pairs. What is remembered is not examined again.
func (s *search) examined(ctx context.Context, pairs []pair) ([]link, error) {
	return s.judged(ctx, len(pairs), func(i int) (link, error) {
		a, b := pairs[i].a, pairs[i].b
		seeds := s.seedsOf(a, b)
		v, err := s.recalled(a, b, nameOfSeeds(seeds), func() (verdict, error) { return s.x.examine(&s.items[a], &s.items[b], seeds) })
		if v.Nearly {
			s.near(a, b)
		}
		return link{a, b, v}, err
	})
}

// judged calls judge for every number below n and gives what was found, in
// order. What cannot be judged becomes a note.
func (s *search) judged(ctx context.Context, n int, judge func(i int) (link, error)) ([]link, error) {
	all := make([]link, n)
	s.told.more(n)
	err := s.inParts(ctx, n, func(i int) {
		l, err := judge(i)
		if err != nil {
			s.note(err.Error())
		} else {
			all[i] = l
		}
		s.told.one()
	}, func(i int) int { return s.holder(all[i].a, all[i].b) })
	if err != nil {
		return nil, err
	}
	return slices.DeleteFunc(all, func(l link) bool { return !l.found() }), nil
}

// recalled gives what is remembered of a pair, or else examines and remembers
// it. start names the map that the examination begins with, 0 for none.
func (s *search) recalled(a, b int, start uint64, examine func() (verdict, error)) (verdict, error) {
	da, db := s.items[a].Digest, s.items[b].Digest
	v, ok := s.memory.recall(da, db, start)
	if !ok || !v.fits(&s.items[a], &s.items[b]) {
		var err error
		if v, err = examine(); err != nil {
			return verdict{}, err
		}
	}
	s.memory.keep(da, db, start, v)
	return v, nil
}

// copies says that the link joins two stills that show the same picture or a
// part of it, and gives the map from item a to item b.
func (s *search) copies(l *link) (m hashing.Affine, ok bool) {
	if l.Stills == nil || l.Stills.kind() == otherShot {
		return m, false
	}
	m = l.Stills.Agreement.Map
	if s.items[l.a].Digest > s.items[l.b].Digest {
		return m.Inverse()
	}
	return m, m.Determinant() != 0
}

// whole says that a link holds for the whole of both items.
func (l *link) whole() bool {
	if l.Film != nil {
		return l.Film.kind() == wholeCopy
	}
	return l.Stills.kind() == wholeCopy
}

// score is how well the two items of a link agree, 0 to 1.
func (l *link) score() float64 {
	f, _ := l.pictures()
	return f.Agreement.Share
}

// teller reports progress, one call at a time.
type teller struct {
	sync.Mutex
	o           Options
	done, total int
}

func (t *teller) more(n int) {
	t.Lock()
	defer t.Unlock()
	t.total += n
}

func (t *teller) one() {
	if t.o.Progress == nil {
		return
	}
	t.Lock()
	defer t.Unlock()
	t.done++
	t.o.Progress(t.done, t.total)
}
