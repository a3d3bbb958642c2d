package feature_test

import (
	"fmt"
	"image"
	"os"
	"runtime"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/corona10/goimagehash"
	"github.com/vitali-fedulov/images4"

	"github.com/firsthand-media/firsthand/hashing"
	"github.com/firsthand-media/firsthand/hashing/feature"
	"github.com/firsthand-media/firsthand/hashing/pdq"
)

// method is one way of telling copies: what it keeps of a picture, and whether
// two of these are copies.
type method struct {
	name     string
	describe func(image.Image) (any, error)
	copies   func(a, b any) bool
}

// methods are the peers at their makers' thresholds or, where these name none,
// at the loosest without a false pair on the development corpus; and ours.
func methods() []method {
	return []method{
		goimagehashAt("pHash<=10", 10, hash64(goimagehash.PerceptionHash)),
		goimagehashAt("dHash=0", 0, hash64(goimagehash.DifferenceHash)),
		goimagehashAt("ext<=66", 66, func(m image.Image) (*goimagehash.ExtImageHash, error) {
			return goimagehash.ExtPerceptionHash(m, 16, 16)
		}),
		pdqAt(pdq.MatchDistance),
		pdqAt(78),
		{"images4", func(m image.Image) (any, error) { return images4.Icon(m), nil },
			func(a, b any) bool { return images4.Similar(a.(images4.IconT), b.(images4.IconT)) }},
		{"ours", describe, copies},
	}
}

// goimagehashAt matches at so many bits or fewer.
func goimagehashAt(name string, most int, hash func(image.Image) (*goimagehash.ExtImageHash, error)) method {
	return method{name, func(m image.Image) (any, error) { return hash(m) }, func(a, b any) bool {
		d, err := a.(*goimagehash.ExtImageHash).Distance(b.(*goimagehash.ExtImageHash))
		return err == nil && d <= most
	}}
}

// hash64 gives a hash of 64 bits the shape of a long one.
func hash64(hash func(image.Image) (*goimagehash.ImageHash, error)) func(image.Image) (*goimagehash.ExtImageHash, error) {
	return func(m image.Image) (*goimagehash.ExtImageHash, error) {
		h, err := hash(m)
		if err != nil {
			return nil, err
		}
		return goimagehash.NewExtImageHash([]uint64{h.GetHash()}, h.GetKind(), 64), nil
	}
}

func pdqAt(most int) method {
	return method{fmt.Sprintf("PDQ<=%d", most), func(m image.Image) (any, error) {
		return pdq.FromLuma(hashing.FromImage(m, 1, hashing.FingerprintSide)).Hash[0], nil
	}, func(a, b any) bool { return a.(pdq.Hash).Distance(b.(pdq.Hash)) <= most }}
}

// described is what Firsthand keeps of a picture.
type described struct {
	print hashing.Print
	thumb hashing.Luma
	parts feature.Picture
}

func describe(m image.Image) (any, error) {
	l := hashing.FromImage(m, 1, hashing.FingerprintSide)
	detail := l.Reduced(hashing.DetailSide)
	return &described{
		print: hashing.Fingerprint(l), thumb: l.Reduced(hashing.ThumbSide),
		parts: feature.Picture{Set: feature.Extract(l), Detail: detail},
	}, nil
}

// hashRadius is how far apart two hashes may be for the pair to be looked at as
// wholes.
const hashRadius = 16

// copies is the global stage, confirmed, or the local one.
func copies(a, b any) bool {
	p, q := a.(*described), b.(*described)
	if bits, s, va, vb := hashing.Best(p.print, q.print); bits <= hashRadius {
		if g := hashing.Confirm(p.thumb, q.thumb, va.Box, vb.Box, s); g.Accepted && g.Verdict == hashing.Copy {
			return true
		}
	}
	for _, g := range feature.Compare(&p.parts, &q.parts) {
		if g.Accepted && g.Verdict == hashing.Copy {
			return true
		}
	}
	return false
}

// score is how one method did.
type score struct {
	found map[string]int // true pairs by kind
	false int
	keep  time.Duration // describing all pictures
	match time.Duration // comparing all pairs, all workers' time together
}

// BenchmarkPeers prints a table: how many of the copies each method finds, by
// kind, how many pictures it wrongly takes for copies, and what it costs. It
// takes the exercise's pictures and copies drawn here; with
// FIRSTHAND_PHOTOS and FIRSTHAND_VARIANTS set to folders as mkvariants reads and
// writes them, those.
func BenchmarkPeers(b *testing.B) {
	photos, variants := os.Getenv("FIRSTHAND_PHOTOS"), os.Getenv("FIRSTHAND_VARIANTS")
	var c *corpus
	if photos != "" && variants != "" {
		c = readCorpus(b, photos, variants)
	} else {
		c = drawCorpus(b)
	}
	for b.Loop() {
		var names []string
		var scores []score
		for _, m := range methods() {
			names, scores = append(names, m.name), append(scores, c.run(b, m))
		}
		// The testing package cuts logs of benchmarks after ten lines.
		fmt.Print(c.table(names, scores))
		last := scores[len(scores)-1]
		b.ReportMetric(100*float64(sum(last.found))/float64(sum(c.count())), "%found")
		b.ReportMetric(float64(last.false), "false-pairs")
	}
}

func sum(by map[string]int) (n int) {
	for _, v := range by {
		n += v
	}
	return n
}

// run describes every picture and compares every copy with every original.
func (c *corpus) run(b *testing.B, m method) score {
	s := score{found: map[string]int{}}
	keep := func(img image.Image) any {
		start := time.Now()
		d, err := m.describe(img)
		s.keep += time.Since(start)
		if err != nil {
			b.Fatal(err)
		}
		return d
	}
	originals := make([]any, len(c.originals))
	for i, img := range c.originals {
		originals[i] = keep(img)
	}
	kept := make([]any, len(c.copies))
	for i, q := range c.copies {
		kept[i] = keep(q.image(b))
	}
	var mu sync.Mutex
	var running sync.WaitGroup
	slots := make(chan struct{}, runtime.GOMAXPROCS(0))
	for n, q := range c.copies {
		slots <- struct{}{}
		running.Go(func() {
			defer func() { <-slots }()
			start := time.Now()
			hits := make([]bool, len(originals))
			for i, o := range originals {
				hits[i] = m.copies(kept[n], o)
			}
			mu.Lock()
			defer mu.Unlock()
			s.match += time.Since(start)
			for i, hit := range hits {
				switch kind, shown := q.shows[i]; {
				case !hit:
				case shown:
					s.found[kind]++
				default:
					s.false++
				}
			}
		})
	}
	running.Wait()
	return s
}

// count is how many true pairs of each kind there are.
func (c *corpus) count() map[string]int {
	n := map[string]int{}
	for _, q := range c.copies {
		for _, kind := range q.shows {
			n[kind]++
		}
	}
	return n
}

func (c *corpus) table(names []string, scores []score) string {
	var t strings.Builder
	row := func(head string, cell func(s score) string) {
		fmt.Fprintf(&t, "%-22s", head)
		for _, s := range scores {
			fmt.Fprintf(&t, " %10s", cell(s))
		}
		t.WriteByte('\n')
	}
	fmt.Fprintf(&t, "\n%d originals, %d copies; copies found in %%\n%-22s", len(c.originals), len(c.copies), "")
	for _, n := range names {
		fmt.Fprintf(&t, " %10s", n)
	}
	t.WriteByte('\n')
	count := c.count()
	for _, kind := range c.kinds {
		row(fmt.Sprintf("%s (%d)", kind, count[kind]), func(s score) string {
			return fmt.Sprintf("%.0f", 100*float64(s.found[kind])/float64(count[kind]))
		})
	}
	total := sum(count)
	row("all kinds", func(s score) string { return fmt.Sprintf("%.1f", 100*float64(sum(s.found))/float64(total)) })
	pairs := len(c.originals) * len(c.copies)
	row(fmt.Sprintf("false of %d", pairs-total), func(s score) string { return fmt.Sprint(s.false) })
	pictures := float64(len(c.originals) + len(c.copies))
	row("ms a picture", func(s score) string { return fmt.Sprintf("%.1f", s.keep.Seconds()*1e3/pictures) })
	row("us a comparison", func(s score) string { return fmt.Sprintf("%.2f", s.match.Seconds()*1e6/float64(pairs)) })
	return t.String()
}
