package index

import (
	"bytes"
	"cmp"
	"flag"
	"fmt"
	"math"
	"math/rand/v2"
	"runtime"
	"slices"
	"sync"
	"testing"

	"github.com/firsthand-media/firsthand/hashing/feature"
)

var large = flag.Bool("large", false, "BenchmarkRank also among 100,000 pictures: a minute or two to build, 3 GB of memory")

// BenchmarkRank queries with insets: 12 of 560 entries are those of a picture
// in the index, with 15 to 45 of 256 bits wrong. found is the share of the
// queries that have that picture among the first 60.
//
//	go test ./hashing/index -run '^$' -bench Rank -large
func BenchmarkRank(b *testing.B) {
	sizes := []int{1000, 10_000}
	if *large {
		sizes = append(sizes, 100_000)
	}
	for _, n := range sizes {
		b.Run(fmt.Sprint(n), func(b *testing.B) { benchmarkRank(b, n) })
	}
}

func benchmarkRank(b *testing.B, n int) {
	p := newPopulation()
	x := NewDescriptors([]*Segment{p.segment(b, n)}, nil)
	const queries = 40
	var insets []feature.Set
	var wanted []Key
	for i := range queries {
		s := p.picture(i * n / queries)
		insets = append(insets, inset(rand.New(rand.NewPCG(uint64(i), 3)), p, s.set))
		wanted = append(wanted, s.key)
	}
	found, asked := 0, 0
	for i, q := range insets {
		if slices.ContainsFunc(x.Rank(q, 60, 60), func(c Candidate) bool { return c.Key == wanted[i] }) {
			found++
		}
	}
	for b.Loop() {
		x.Rank(insets[asked%queries], 60, 60)
		asked++
	}
	b.ReportMetric(float64(b.Elapsed().Microseconds())/1000/float64(b.N), "ms/query")
	b.ReportMetric(float64(x.Stats().Bytes)/float64(n), "bytes/picture")
	b.ReportMetric(float64(found)/queries, "found")
}

// population draws pictures without end, the i-th always the same. Their
// descriptors are as unlike as those of the development corpus: of two from
// different pictures, some pairs in a million are within 35 bits, one in a
// thousand within 60.
type population struct {
	basis []feature.Descriptor // by cell
}

func newPopulation() *population {
	const n, noise, decay = 200_000, 10, 0.3
	r := rand.New(rand.NewPCG(1, 1))
	type placed struct {
		cell uint32
		d    feature.Descriptor
	}
	basis := make([]placed, n)
	var brightness [256]float64
	for i := range basis {
		for bit := range brightness {
			brightness[bit] = noise * r.NormFloat64()
		}
		for axis := range groups * axes {
			u := r.NormFloat64() * math.Exp2(-decay*float64(axis%axes))
			for bit := range brightness {
				brightness[bit] += u * float64(int8(learnt[axis*256+bit]))
			}
		}
		for bit, v := range brightness {
			if v > 0 {
				basis[i].d[bit/64] |= 1 << (bit % 64)
			}
		}
		basis[i].cell = theCells().cell(&basis[i].d)
	}
	slices.SortFunc(basis, func(a, b placed) int { return cmp.Compare(a.cell, b.cell) })
	p := new(population)
	for i := range basis {
		p.basis = append(p.basis, basis[i].d)
	}
	return p
}

// descriptor is a mixture of two that resemble each other.
func (p *population) descriptor(r *rand.Rand) (d feature.Descriptor) {
	i := r.IntN(len(p.basis) - 8)
	one, other := p.basis[i], p.basis[i+1+r.IntN(7)]
	for w := range d {
		mask := r.Uint64()
		d[w] = one[w]&mask | other[w]&^mask
	}
	return d
}

func (p *population) point(r *rand.Rand) feature.Point {
	return feature.Point{
		X: 512 * r.Float32(), Y: 384 * r.Float32(),
		Scale: float32(math.Exp2(4 * r.Float64())), Angle: 2 * math.Pi * r.Float32(),
	}
}

func (p *population) picture(i int) sample {
	r := rand.New(rand.NewPCG(uint64(i), 2))
	s := sample{set: feature.Set{W: 512, H: 384}}
	for k := range s.key {
		s.key[k] = byte(r.Uint32())
	}
	for range feature.Indexed {
		s.set.Points = append(s.set.Points, p.point(r))
		s.set.Descriptors = append(s.set.Descriptors, p.descriptor(r))
	}
	return s
}

// inset is a picture that shows another at a third of its size.
func inset(r *rand.Rand, p *population, of feature.Set) feature.Set {
	s := feature.Set{W: 512, H: 384}
	for range feature.Kept {
		s.Points = append(s.Points, p.point(r))
		s.Descriptors = append(s.Descriptors, p.descriptor(r))
	}
	for to, from := range r.Perm(len(of.Points))[:12] {
		q := of.Points[from]
		s.Points[to] = feature.Point{
			X: 300 + 0.35*q.X + 2*r.Float32() - 1, Y: 200 + 0.35*q.Y + 2*r.Float32() - 1,
			Scale: 0.35 * q.Scale * (0.9 + 0.2*r.Float32()), Angle: q.Angle + 0.2*r.Float32() - 0.1,
		}
		s.Descriptors[to] = near(r, of.Descriptors[from], 15+r.IntN(31))
	}
	return s
}

// segment is the first n pictures, written in parts and merged.
func (p *population) segment(b *testing.B, n int) *Segment {
	b.Helper()
	parts := make([]*Segment, (n+SegmentPictures-1)/SegmentPictures)
	room := make(chan struct{}, runtime.GOMAXPROCS(0))
	var wait sync.WaitGroup
	for i := range parts {
		wait.Go(func() {
			room <- struct{}{}
			defer func() { <-room }()
			var part bytes.Buffer
			err := Write(&part, func(yield func(Key, feature.Set) bool) {
				for j := i * SegmentPictures; j < min((i+1)*SegmentPictures, n); j++ {
					if s := p.picture(j); !yield(s.key, s.set) {
						return
					}
				}
			})
			if err == nil {
				parts[i], err = OpenSegment(part.Bytes())
			}
			if err != nil {
				b.Error(err)
			}
		})
	}
	wait.Wait()
	if b.Failed() {
		b.FailNow()
	}
	var whole bytes.Buffer
	whole.Grow(n * (feature.Indexed*entrySize + 100))
	if err := Merge(&whole, parts, nil); err != nil {
		b.Fatal(err)
	}
	s, err := OpenSegment(whole.Bytes())
	if err != nil {
		b.Fatal(err)
	}
	return s
}
