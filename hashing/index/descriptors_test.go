package index

import (
	"bytes"
	"fmt"
	"iter"
	"math"
	"math/rand/v2"
	"slices"
	"sync"
	"testing"

	"github.com/firsthand-media/firsthand/hashing/feature"
)

type sample struct {
	key Key
	set feature.Set
}

// world draws pictures whose descriptors resemble one another as real ones do:
// they are mixtures of a few hundred patterns.
type world struct {
	*rand.Rand
	patterns []feature.Descriptor
}

func newWorld(seed uint64) *world {
	w := &world{Rand: rand.New(rand.NewPCG(seed, 1))}
	for range 300 {
		w.patterns = append(w.patterns, randomHash[feature.Descriptor](w.Rand))
	}
	return w
}

func (w *world) descriptor() (d feature.Descriptor) {
	pattern := w.patterns[w.IntN(len(w.patterns))]
	for i := range d {
		noise := w.Uint64() & w.Uint64()
		d[i] = pattern[i] ^ noise
	}
	return d
}

func (w *world) key() (k Key) {
	for i := range k {
		k[i] = byte(w.Uint32())
	}
	return k
}

func (w *world) set(n int) feature.Set {
	s := feature.Set{W: 512, H: 384}
	for range n {
		s.Points = append(s.Points, feature.Point{
			X: w.Float32() * 512, Y: w.Float32() * 384,
			Scale: 1 + 10*w.Float32(), Angle: 2 * math.Pi * w.Float32(),
		})
		s.Descriptors = append(s.Descriptors, w.descriptor())
	}
	return s
}

func (w *world) pictures(n int) (all []sample) {
	for range n {
		all = append(all, sample{w.key(), w.set(w.IntN(80))})
	}
	return all
}

// copyOf puts n entries of a set, turned, halved, shifted and with up to 40
// bits wrong, among others.
func (w *world) copyOf(s feature.Set, n, others int) feature.Set {
	c := w.set(others)
	turn := 2 * math.Pi * w.Float64()
	sin, cos := math.Sincos(turn)
	for _, i := range w.Perm(len(s.Points))[:n] {
		p := s.Points[i]
		x, y := float64(p.X-256)/2, float64(p.Y-192)/2
		c.Points = append(c.Points, feature.Point{
			X: float32(256 + x*cos - y*sin), Y: float32(192 + x*sin + y*cos),
			Scale: p.Scale / 2, Angle: float32(math.Mod(float64(p.Angle)+turn, 2*math.Pi)),
		})
		c.Descriptors = append(c.Descriptors, near(w.Rand, s.Descriptors[i], w.IntN(41)))
	}
	w.Shuffle(len(c.Points), func(i, j int) {
		c.Points[i], c.Points[j] = c.Points[j], c.Points[i]
		c.Descriptors[i], c.Descriptors[j] = c.Descriptors[j], c.Descriptors[i]
	})
	return c
}

// inMirror is a set of the mirrored picture.
func inMirror(s feature.Set) feature.Set {
	m := feature.Set{W: s.W, H: s.H}
	for i, p := range s.Points {
		m.Points = append(m.Points, mirrored(p, s.W))
		m.Descriptors = append(m.Descriptors, s.Descriptors[i].Mirrored())
	}
	return m
}

func pairs(all []sample) iter.Seq2[Key, feature.Set] {
	return func(yield func(Key, feature.Set) bool) {
		for _, s := range all {
			if !yield(s.key, s.set) {
				return
			}
		}
	}
}

func written(t testing.TB, all []sample) ([]byte, *Segment) {
	t.Helper()
	var b bytes.Buffer
	if err := Write(&b, pairs(all)); err != nil {
		t.Fatal(err)
	}
	s, err := OpenSegment(b.Bytes())
	if err != nil {
		t.Fatal(err)
	}
	return b.Bytes(), s
}

func mergedAs(t testing.TB, segments []*Segment, removed []Key) ([]byte, *Segment) {
	t.Helper()
	var b bytes.Buffer
	if err := Merge(&b, segments, removed); err != nil {
		t.Fatal(err)
	}
	s, err := OpenSegment(b.Bytes())
	if err != nil {
		t.Fatal(err)
	}
	return b.Bytes(), s
}

func TestRankFindsThePictureThatIsPartOfTheQuery(t *testing.T) {
	w := newWorld(1)
	all := w.pictures(400)
	for i := range 10 {
		all[i*30].set = w.set(300)
	}
	_, segment := written(t, all)
	x := NewDescriptors([]*Segment{segment}, nil)
	for i := range 10 {
		query, want := w.copyOf(all[i*30].set, 25, 500), Candidate{Key: all[i*30].key}
		if i%2 == 1 {
			query, want.Mirrored = inMirror(query), true
		}
		got := x.Rank(query, 5, 5)
		if len(got) == 0 || got[0].Key != want.Key || got[0].Mirrored != want.Mirrored {
			t.Errorf("picture %d, mirrored %v: not the first of %v", i, want.Mirrored, got)
		}
	}
}

// Whatever way the same pictures got into the index, it answers the same, and
// its bytes are the same once they are in one segment.
func TestRankDoesNotDependOnOrderOrSegments(t *testing.T) {
	w := newWorld(2)
	all, gone := w.pictures(300), w.pictures(60)
	all[0].set = w.set(60)
	for i := 1; i < 40; i++ { // copies of one another: equal votes
		all[i].set = all[0].set
	}
	for i := 40; i < 290; i++ { // more than an entry of the query keeps
		all[i].set = w.copyOf(all[0].set, 60, 10)
	}
	queries := []feature.Set{all[0].set, w.copyOf(all[0].set, 60, 200), all[100].set, inMirror(all[295].set), {}}
	bytesOnce, once := written(t, all)
	want := ranked(NewDescriptors([]*Segment{once}, nil), queries)

	var removed []Key
	for _, s := range gone {
		removed = append(removed, s.key)
	}
	mixed := slices.Concat(all, gone)
	for trial := range 6 {
		w.Shuffle(len(mixed), func(i, j int) { mixed[i], mixed[j] = mixed[j], mixed[i] })
		var segments []*Segment
		for part := range slices.Chunk(mixed, 1+w.IntN(len(mixed))) {
			_, s := written(t, part)
			segments = append(segments, s)
		}
		_, again := written(t, all[:20]) // a second time
		segments = append(segments, again)
		name := fmt.Sprintf("trial %d, %d segments", trial, len(segments))
		if got := ranked(NewDescriptors(segments, removed), queries); got != want {
			t.Errorf("%s: another ranking\n%s\nwant\n%s", name, got, want)
		}
		bytesMerged, one := mergedAs(t, segments, removed)
		if !bytes.Equal(bytesMerged, bytesOnce) {
			t.Errorf("%s: merged, the bytes differ from those written at once", name)
		}
		if got := ranked(NewDescriptors([]*Segment{one}, nil), queries); got != want {
			t.Errorf("%s: another ranking when merged", name)
		}
	}
}

func ranked(x *Descriptors, queries []feature.Set) string {
	var out bytes.Buffer
	for _, q := range queries {
		fmt.Fprintln(&out, x.Rank(q, 50, 50))
	}
	return out.String()
}

// A picture that went round has many copies: none may crowd out the others,
// nor all of them one that shares less.
func TestRankKeepsAllOfManyCopies(t *testing.T) {
	w := newWorld(3)
	all := w.pictures(500)
	original := w.set(200)
	isCopy := map[Key]bool{}
	for i := range 100 {
		all[i].set = w.copyOf(original, 120, 40)
		isCopy[all[i].key] = true
	}
	all[100].set = w.copyOf(original, 20, 200)
	isCopy[all[100].key] = true
	_, segment := written(t, all)
	got := NewDescriptors([]*Segment{segment}, nil).Rank(w.copyOf(original, 150, 100), 101, 101)
	for _, c := range got {
		delete(isCopy, c.Key)
	}
	if len(isCopy) > 0 {
		t.Errorf("%d of 101 copies are not among the first 101", len(isCopy))
	}
}

// Of the frames of one item the best are given, as many as are asked for, and
// whatever else there is moves up.
func TestRankGivesFewFramesOfOneItem(t *testing.T) {
	w := newWorld(11)
	shown := w.set(120)
	all := w.pictures(40)
	for i := range 30 { // a film whose frames show the picture, fewer and fewer of its entries
		all[i].set = w.copyOf(shown, 100-2*i, 20)
		copy(all[i].key[:12], all[0].key[:12])
	}
	for i := 30; i < 34; i++ {
		all[i].set = w.copyOf(shown, 30, 20)
	}
	_, segment := written(t, all)
	x := NewDescriptors([]*Segment{segment}, nil)
	whole := x.Rank(shown, 40, 40)
	for _, each := range []int{1, 4} {
		var want []Candidate
		frames := 0
		for _, c := range whole {
			if c.Key.item() == all[0].key.item() {
				if frames++; frames > each {
					continue
				}
			}
			want = append(want, c)
		}
		most := each + 4
		if got := x.Rank(shown, most, each); len(want) < most || !slices.Equal(got, want[:most]) {
			t.Errorf("%d of each item: %v, want %v", each, got, want)
		}
	}
}

func TestRankInParallel(t *testing.T) {
	w := newWorld(4)
	all := w.pictures(200)
	_, segment := written(t, all)
	x := NewDescriptors([]*Segment{segment}, nil)
	query := w.copyOf(all[7].set, len(all[7].set.Points), 100)
	want := x.Rank(query, 20, 20)
	var wait sync.WaitGroup
	for range 8 {
		wait.Go(func() {
			if got := x.Rank(query, 20, 20); !slices.Equal(got, want) {
				t.Errorf("another ranking beside others: %v, want %v", got, want)
			}
		})
	}
	wait.Wait()
}

func TestStats(t *testing.T) {
	w := newWorld(5)
	all := w.pictures(20)
	data, segment := written(t, all)
	entries := 0
	for _, s := range all[5:] {
		entries += len(s.set.Points)
	}
	var removed []Key
	for _, s := range all[:5] {
		removed = append(removed, s.key)
	}
	got := NewDescriptors([]*Segment{segment, segment}, removed).Stats()
	if want := (Stats{15, entries, int64(2 * len(data))}); got != want {
		t.Errorf("%+v, want %+v", got, want)
	}
	keys := slices.Collect(segment.Keys())
	if len(keys) != 20 || !slices.IsSortedFunc(keys, compareKeys) {
		t.Errorf("keys %v", keys)
	}
}

func TestWriteRefuses(t *testing.T) {
	s := sample{key: Key{1}}
	if err := Write(new(bytes.Buffer), pairs([]sample{s, s})); err == nil {
		t.Error("a key given twice is taken")
	}
	many := make([]sample, SegmentPictures+1)
	if err := Write(new(bytes.Buffer), pairs(many)); err != ErrTooMany {
		t.Errorf("error %v, want %v", err, ErrTooMany)
	}
}

// A point or a picture such as no extraction makes is no reason to fail.
func TestStrangePoints(t *testing.T) {
	s := feature.Set{W: math.MaxInt, H: -1}
	for _, v := range []float32{0, -1, 1e30, float32(math.NaN()), float32(math.Inf(1)), float32(math.Inf(-1))} {
		s.Points = append(s.Points, feature.Point{X: v, Y: v, Scale: v, Angle: v})
		s.Descriptors = append(s.Descriptors, feature.Descriptor{})
	}
	_, segment := written(t, []sample{{Key{1}, s}, {Key{2}, feature.Set{}}})
	NewDescriptors([]*Segment{segment}, nil).Rank(s, 10, 10)
}

// nearest walks; it must find what looking at all centroids finds.
func TestNearestEqualsLookingAtAll(t *testing.T) {
	w := newWorld(6)
	p := theCells()
	for range 2000 {
		d := w.descriptor()
		at := p.project(&d)
		var weights walk
		weights.start(p, &at)
		cell, _ := weights.next(everyCell())
		for g, half := range [groups]uint32{cell / centroids, cell % centroids} {
			if got := p.nearest(g, &at[g]); got != half {
				t.Fatalf("centroid %d, want %d", got, half)
			}
		}
	}
}

func everyCell() *bitmap {
	var all bitmap
	for i := range all {
		all[i] = math.MaxUint64
	}
	return &all
}

// The cells are visited from the nearest outwards, none twice and none that is
// empty.
func TestWalk(t *testing.T) {
	w := newWorld(7)
	full := everyCell()
	for i := range full {
		full[i] &= w.Uint64()
	}
	ones := ^uint64(0)
	for i, d := range []feature.Descriptor{w.descriptor(), {}, {ones, ones, ones, ones}, {ones, 0, 0, ones}} {
		p := theCells()
		at := p.project(&d)
		var order walk
		order.start(p, &at)
		seen := map[uint32]bool{}
		last := int32(0)
		for {
			cell, ok := order.next(full)
			if !ok {
				break
			}
			away := squared(&p.centres[0][cell/centroids], &at[0]) + squared(&p.centres[1][cell%centroids], &at[1])
			if seen[cell] || away < last || !full.has(cell) {
				t.Fatalf("descriptor %d: cell %d at %d after one at %d, visited before: %v, empty: %v",
					i, cell, away, last, seen[cell], !full.has(cell))
			}
			seen[cell], last = true, away
		}
		if len(seen) < stair/2 {
			t.Errorf("descriptor %d: %d cells, want %d or more", i, len(seen), stair/2)
		}
	}
}

func FuzzOpenSegment(f *testing.F) {
	w := newWorld(8)
	all := w.pictures(3)
	data, _ := written(f, all)
	empty, _ := written(f, nil)
	f.Add(data)
	f.Add(empty)
	f.Add(data[:len(data)/2])
	query := all[0].set
	_, other := written(f, all[1:])
	f.Fuzz(func(t *testing.T, data []byte) {
		s, err := OpenSegment(data)
		if err != nil {
			return
		}
		segments := []*Segment{s, other, s}
		got := NewDescriptors(segments, []Key{all[2].key}).Rank(query, 3, 3)
		if len(got) > 3 || !slices.IsSortedFunc(got, compareCandidates) {
			t.Errorf("candidates %v", got)
		}
		var b bytes.Buffer
		if Merge(&b, segments, nil) == nil {
			if _, err := OpenSegment(b.Bytes()); err != nil {
				t.Errorf("merged: %v", err)
			}
		}
	})
}

func TestSegmentRefusesWhatIsCut(t *testing.T) {
	data, _ := written(t, newWorld(9).pictures(5))
	for n := range data {
		if _, err := OpenSegment(data[:n]); err == nil {
			t.Fatalf("%d of %d bytes are taken for a segment", n, len(data))
		}
	}
	for _, place := range []int{0, 8, 16, 24, headerSize, headerSize + 5*keySize} {
		broken := slices.Clone(data)
		broken[place] ^= 0xff
		if _, err := OpenSegment(broken); err == nil {
			t.Errorf("byte %d changed is not noticed", place)
		}
	}
}
