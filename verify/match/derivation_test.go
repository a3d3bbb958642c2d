package match

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/firsthand-media/firsthand/extract"
	"github.com/firsthand-media/firsthand/verify"
)

// copied makes an item of a size in pixels and in bytes, seen at a time by a
// platform.
func copied(name string, width, height int, size int64, posted string) *verify.Item {
	it := &verify.Item{Digest: verify.Digest(strings.Repeat(name, 64)), Size: size}
	it.Media = extract.Media{Kind: extract.Image, MediaType: "image/jpeg", Width: &width, Height: &height}
	s := verify.Sighting{Path: "s/" + name + ".jpg", Source: "s", Digest: it.Digest}
	if posted != "" {
		at, err := time.Parse(time.RFC3339, posted)
		if err != nil {
			panic(err)
		}
		s.Times = []extract.Time{{Kind: extract.Posted, Trust: extract.TrustPlatform, Earliest: at, Latest: at}}
	}
	it.Sightings = []verify.Sighting{s}
	return it
}

var outline = [][2]float64{{0, 0}, {1, 0}, {1, 1}, {0, 1}}

// like is a match of two whole pictures, b being so much larger than a.
func like(a, b *verify.Item, scale float64) verify.Match {
	return verify.Match{
		A: a.Path(), B: b.Path(), DigestA: a.Digest, DigestB: b.Digest, Relation: verify.Near, AIs: "same",
		Transform: verify.Transform{Scale: scale}, RegionA: outline, RegionB: outline, Score: 0.9, WholeOfBoth: true,
	}
}

func derive(matches []verify.Match, items ...*verify.Item) map[verify.Digest]Derived {
	out := map[verify.Digest]Derived{}
	for _, d := range Derivation(items, matches, func(verify.Digest) *verify.Item { return nil }) {
		out[d.Item] = d
	}
	return out
}

func TestDerivationChain(t *testing.T) {
	// The phone's own file, a smaller copy of it, and a captioned copy of that.
	phone := copied("a", 4000, 3000, 4_000_000, "2026-05-16T11:00:00Z")
	phone.Media.Device.Model = "Pixel 6"
	small := copied("b", 1280, 960, 300_000, "2026-05-16T12:00:00Z")
	captioned := copied("c", 1280, 960, 290_000, "2026-05-16T13:00:00Z")
	marked := like(small, captioned, 1)
	marked.ChangedA, marked.ChangedB = verify.Boxes{{0, 0.9, 1, 1}}, verify.Boxes{{0, 0.9, 1, 1}}
	far := like(phone, captioned, 0.32)
	far.ChangedA, far.ChangedB, far.Score = verify.Boxes{{0, 0.9, 1, 1}}, verify.Boxes{{0, 0.9, 1, 1}}, 0.8
	got := derive([]verify.Match{like(phone, small, 0.32), marked, far}, phone, small, captioned)

	if d := got[phone.Digest]; d.From != "" {
		t.Errorf("the phone's file comes from %q: %s", d.From, d.Why)
	}
	if d := got[small.Digest]; d.From != phone.Digest || d.Direction != Likely || !slices.Contains(d.Changes, Smaller) || !strings.Contains(d.How, "1280 × 960 from 4000 × 3000") {
		t.Errorf("the smaller copy: %+v", d)
	}
	if d := got[captioned.Digest]; d.From != small.Digest || !slices.Contains(d.Changes, Marked) || !strings.Contains(d.How, "a strip along the bottom") {
		t.Errorf("the captioned copy: %+v", d)
	}
}

func TestDerivationSaysWhatIsNotKnown(t *testing.T) {
	a, b := copied("a", 800, 600, 1000, ""), copied("b", 800, 600, 1000, "")
	got := derive([]verify.Match{like(a, b, 1)}, a, b)
	for _, d := range got {
		if d.Direction != Unknown {
			t.Errorf("%s is called %s: %s", d.Item, d.Direction, d.Why)
		}
		if d.From != "" && !strings.Contains(d.Why, "not known") {
			t.Errorf("it says %q", d.Why)
		}
	}

	// The larger one was there only a day after the smaller one.
	late, early := copied("c", 1600, 1200, 9000, "2026-05-17T12:00:00Z"), copied("d", 800, 600, 1000, "2026-05-16T12:00:00Z")
	d := derive([]verify.Match{like(late, early, 0.5)}, late, early)[early.Digest]
	if d.From != late.Digest || d.Direction != Weak || !strings.Contains(d.Why, "against it: it was there later") {
		t.Errorf("the smaller, earlier copy: %+v", d)
	}
}

func TestDerivationCannotPrecedeItsCapture(t *testing.T) {
	// Nothing that was posted at noon was made from what was taken at three.
	camera := copied("a", 1600, 1200, 9000, "")
	camera.Media.Device.Model = "X"
	taken := time.Date(2026, 5, 16, 15, 0, 0, 0, time.UTC)
	camera.Media.Times = []extract.Time{{Kind: extract.Capture, Trust: extract.TrustDevice, Earliest: taken, Latest: taken}}
	post := copied("b", 1600, 1200, 9000, "2026-05-16T12:00:00Z")
	d := derive([]verify.Match{like(camera, post, 1)}, camera, post)
	if p := d[post.Digest]; p.From == camera.Digest && p.Direction != Unknown {
		t.Errorf("the earlier post is said to come from the later photograph: %+v", p)
	}
}

func TestDerivationOfParts(t *testing.T) {
	whole := copied("a", 2000, 1000, 5000, "")
	crop := copied("b", 600, 500, 1000, "")
	collage := copied("c", 1000, 1000, 2000, "")
	cut := verify.Match{A: crop.Path(), B: whole.Path(), DigestA: crop.Digest, DigestB: whole.Digest, Relation: verify.Part, AIs: "crop_of_b",
		Transform: verify.Transform{Scale: 1.2}, RegionA: outline, RegionB: [][2]float64{{0, 0}, {0.36, 0}, {0.36, 0.6}, {0, 0.6}}, Score: 0.8}
	tile := verify.Match{A: collage.Path(), B: whole.Path(), DigestA: collage.Digest, DigestB: whole.Digest, Relation: verify.Part, AIs: "contains_b",
		Transform: verify.Transform{Scale: 4}, RegionA: [][2]float64{{0, 0}, {0.5, 0}, {0.5, 0.25}, {0, 0.25}}, RegionB: outline, Score: 0.8}
	all := map[verify.Digest]*verify.Item{crop.Digest: crop, collage.Digest: collage}
	got := map[verify.Digest]Derived{}
	for _, d := range Derivation([]*verify.Item{whole}, []verify.Match{cut, tile}, func(d verify.Digest) *verify.Item { return all[d] }) {
		got[d.Item] = d
	}
	if d := got[crop.Digest]; d.From != whole.Digest || !d.Beside || !slices.Contains(d.Changes, Cropped) || d.Direction != Likely {
		t.Errorf("the crop: %+v", d)
	}
	if d := got[collage.Digest]; d.From != whole.Digest || !slices.Contains(d.Changes, Surrounded) {
		t.Errorf("the collage, which shows the picture smaller: %+v", d)
	}
}

func TestDerivationDoesNotDependOnOrder(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	var items []*verify.Item
	for i := range 9 {
		items = append(items, copied(string(rune('a'+i)), 100*(1+i%4), 100*(1+i%4), int64(1000+i%3), ""))
	}
	var matches []verify.Match
	for i, a := range items {
		for j, b := range items[i+1:] {
			m := like(a, b, float64(*b.Media.Width)/float64(*a.Media.Width))
			m.Score = 0.5 + float64((i*7+j*3)%10)/20
			matches = append(matches, m)
		}
	}
	want := fmt.Sprint(Derivation(items, matches, nil))
	for range 20 {
		random.Shuffle(len(items), func(i, j int) { items[i], items[j] = items[j], items[i] })
		random.Shuffle(len(matches), func(i, j int) { matches[i], matches[j] = matches[j], matches[i] })
		if got := fmt.Sprint(Derivation(items, matches, nil)); got != want {
			t.Fatalf("got\n%s\nwant\n%s", got, want)
		}
	}
}

// TestArborescence compares with every tree that there is.
func TestArborescence(t *testing.T) {
	random := rand.New(rand.NewPCG(3, 4))
	for range 300 {
		n := 2 + random.IntN(4)
		root := n
		var arcs []arc
		for to := range n {
			arcs = append(arcs, arc{from: root, to: to, cost: 50 + float64(random.IntN(20))})
			for from := range n {
				if from != to && random.IntN(4) > 0 {
					arcs = append(arcs, arc{from: from, to: to, cost: float64(random.IntN(20))})
				}
			}
		}
		chosen := arborescence(n+1, root, arcs)
		cost := 0.0
		for i := range n {
			cost += arcs[chosen[i]].cost
			if arcs[chosen[i]].to != i || !reaches(arcs, chosen, i, root) {
				t.Fatalf("node %d is not reached: %v of %v", i, chosen, arcs)
			}
		}
		if best := cheapestTree(arcs, make([]int, n+1), 0, n); cost != best {
			t.Fatalf("costs %v, the best %v: %v", cost, best, arcs)
		}
	}
}

func reaches(arcs []arc, chosen []int, i, root int) bool {
	for range len(chosen) {
		if i == root {
			return true
		}
		i = arcs[chosen[i]].from
	}
	return i == root
}

func cheapestTree(arcs []arc, chosen []int, node, root int) float64 {
	if node == root {
		cost := 0.0
		for i := range root {
			if !reaches(arcs, chosen, i, root) {
				return math.Inf(1)
			}
			cost += arcs[chosen[i]].cost
		}
		return cost
	}
	best := math.Inf(1)
	for i, a := range arcs {
		if a.to == node {
			chosen[node] = i
			best = math.Min(best, cheapestTree(arcs, chosen, node+1, root))
		}
	}
	return best
}
