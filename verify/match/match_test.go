package match

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"math/rand"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/firsthand-media/firsthand/extract"
	"github.com/firsthand-media/firsthand/hashing"
	"github.com/firsthand-media/firsthand/hashing/feature"
	"github.com/firsthand-media/firsthand/verify"
)

// scene draws a picture that no other seed resembles: soft noise with boxes.
func scene(seed int64, w, h int) hashing.Luma {
	r := rand.New(rand.NewSource(seed))
	const n = 33
	var grid [n * n]float64
	for i := range grid {
		grid[i] = r.Float64()
	}
	l := hashing.Luma{W: w, H: h, Pix: make([]byte, w*h)}
	for y := range h {
		for x := range w {
			v := 0.0
			for _, o := range []struct{ scale, weight float64 }{{4, 130}, {12, 70}, {32, 40}} {
				fx, fy := float64(x)/float64(w)*o.scale, float64(y)/float64(h)*o.scale
				i, j := int(fx), int(fy)
				fx, fy = fx-float64(i), fy-float64(j)
				at := func(i, j int) float64 { return grid[min(j, n-1)*n+min(i, n-1)] }
				v += o.weight * ((at(i, j)*(1-fx)+at(i+1, j)*fx)*(1-fy) + (at(i, j+1)*(1-fx)+at(i+1, j+1)*fx)*fy)
			}
			l.Pix[y*w+x] = byte(v)
		}
	}
	for range 14 {
		x0, y0, g := r.Intn(w), r.Intn(h), byte(r.Intn(256))
		for y := y0; y < min(h, y0+h/9); y++ {
			for x := x0; x < min(w, x0+w/9); x++ {
				l.Pix[y*w+x] = g
			}
		}
	}
	return l
}

func cut(l hashing.Luma, x0, y0, x1, y1 float64) hashing.Luma {
	ax, ay, bx, by := int(x0*float64(l.W)), int(y0*float64(l.H)), int(x1*float64(l.W)), int(y1*float64(l.H))
	out := hashing.Luma{W: bx - ax, H: by - ay}
	for y := ay; y < by; y++ {
		out.Pix = append(out.Pix, l.Pix[y*l.W+ax:y*l.W+bx]...)
	}
	return out
}

func frame(t *testing.T, at time.Duration, l hashing.Luma) verify.Frame {
	t.Helper()
	thumb, err := l.Reduced(hashing.DetailSide).JPEG()
	if err != nil {
		t.Fatal(err)
	}
	return verify.Frame{At: at, Print: hashing.Fingerprint(l), Thumb: thumb}
}

func item(path string, kind extract.Kind, l hashing.Luma, frames ...verify.Frame) verify.Item {
	sum := sha256.Sum256([]byte(path))
	it := verify.Item{Digest: verify.Digest(hex.EncodeToString(sum[:])), Size: int64(l.W * l.H), Frames: frames}
	it.Media.Kind, it.Media.Width, it.Media.Height = kind, &l.W, &l.H
	it.Sightings = []verify.Sighting{{Path: path, Digest: it.Digest}}
	return it
}

// still is a picture with its keypoints, as a case keeps it.
func still(t *testing.T, path string, l hashing.Luma) verify.Item {
	t.Helper()
	f := frame(t, 0, l)
	var err error
	if f.Features, err = feature.Extract(l).AppendBinary(nil); err != nil {
		t.Fatal(err)
	}
	return item(path, extract.Image, l, f)
}

func find(t *testing.T, items []verify.Item, o Options) Result {
	t.Helper()
	res, err := Find(context.Background(), items, o)
	if err != nil {
		t.Fatal(err)
	}
	return res
}

func matchOf(t *testing.T, res Result, a, b string) verify.Match {
	t.Helper()
	for _, m := range res.Matches {
		if m.A == a && m.B == b {
			return m
		}
	}
	t.Fatalf("no match of %s and %s among %d", a, b, len(res.Matches))
	return verify.Match{}
}

func TestPictures(t *testing.T) {
	l := scene(1, 480, 360)
	tests := []struct {
		name     string
		copy     hashing.Luma
		relation verify.Relation
		is       string
		mirrored bool
		turned   float64
		scale    float64
	}{
		{"half the size", l.Reduced(240), verify.Near, "same", false, 0, 0.5},
		{"mirrored", l.Under(4), verify.Near, "same", true, 0, 1},
		{"turned", l.Under(1), verify.Near, "same", false, 90, 1},
		{"crop", cut(l, 0.06, 0.06, 0.94, 0.94), verify.Part, "contains_b", false, 0, 1},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			items := []verify.Item{still(t, "s/a.jpg", l), still(t, "s/b.jpg", test.copy), still(t, "s/c.jpg", scene(2, 480, 360))}
			res := find(t, items, Options{})
			if len(res.Matches) != 1 {
				t.Fatalf("%d matches, want 1: %+v", len(res.Matches), res.Matches)
			}
			m := matchOf(t, res, "s/a.jpg", "s/b.jpg")
			if m.Relation != test.relation || m.AIs != test.is || m.Transform.Mirrored != test.mirrored || m.Transform.Rotation != test.turned {
				t.Errorf("got %s %s %+v", m.Relation, m.AIs, m.Transform)
			}
			if m.Transform.Scale < 0.9*test.scale || m.Transform.Scale > 1.1*test.scale {
				t.Errorf("scale %g, want %g", m.Transform.Scale, test.scale)
			}
			if joined := len(res.Clusters) == 1; joined != (test.relation == verify.Near) {
				t.Errorf("clusters %+v: a crop joins none, a copy does", res.Clusters)
			}
			if m.Why == "" || m.RegionA == nil || m.RegionB == nil || m.Score <= 0 || m.Score > 1 {
				t.Errorf("evidence is missing: %+v", m)
			}
		})
	}
}

func TestFlatPicturesMatchNothing(t *testing.T) {
	flat := func(g byte) hashing.Luma {
		return hashing.Luma{W: 200, H: 200, Pix: slices.Repeat([]byte{g}, 200*200)}
	}
	res := find(t, []verify.Item{still(t, "s/a", flat(20)), still(t, "s/b", flat(21))}, Options{})
	if len(res.Matches)+len(res.Clusters) != 0 {
		t.Errorf("flat pictures matched: %+v", res)
	}
}

func TestExactCopies(t *testing.T) {
	it := still(t, "b/x.jpg", scene(6, 300, 200))
	it.Sightings = append(it.Sightings, verify.Sighting{Path: "a/y.jpg", Digest: it.Digest})
	res := find(t, []verify.Item{it}, Options{})
	m := matchOf(t, res, "a/y.jpg", "b/x.jpg")
	if m.Relation != verify.Exact || m.Score != 1 || len(res.Clusters) != 1 || res.Clusters[0].ID != "C-"+string(it.Digest[:8]) {
		t.Errorf("exact copies: %+v %+v", m, res.Clusters)
	}
}

// The earliest trusted copy is the one whose latest possible time is first: a
// floating clock may be fourteen hours off, however early it reads.
func TestClusterChoices(t *testing.T) {
	l := scene(7, 640, 480)
	day := time.Date(2022, 3, 1, 0, 0, 0, 0, time.UTC)
	clocked := still(t, "s/clock.jpg", l)
	clocked.Media.Times = []extract.Time{{Kind: extract.Capture, Zone: extract.Floating, Trust: extract.TrustDevice, Earliest: day.Add(-14 * time.Hour), Latest: day.Add(12 * time.Hour)}}
	posted := still(t, "s/posted.jpg", l.Reduced(320))
	posted.Sightings[0].Times = []extract.Time{{Kind: extract.Posted, Zone: extract.UTC, Trust: extract.TrustPlatform, Earliest: day.Add(3 * time.Hour), Latest: day.Add(3 * time.Hour)}}
	named := still(t, "s/named.jpg", l.Reduced(300))
	named.Sightings[0].Times = []extract.Time{
		{Kind: extract.FileName, Trust: extract.TrustDerived, Earliest: day.Add(-48 * time.Hour), Latest: day.Add(-24 * time.Hour)},
	}
	posted.Sightings[0].Times = append(posted.Sightings[0].Times, extract.Time{Kind: extract.FileSystem, Trust: extract.TrustDerived, Latest: day.Add(-1000 * time.Hour)})
	c := find(t, []verify.Item{clocked, posted, named}, Options{}).Clusters
	if len(c) != 1 || c[0].EarliestTrusted != "s/posted.jpg" || c[0].EarliestClaimed != "s/named.jpg" || c[0].BestCopy != "s/clock.jpg" {
		t.Errorf("got %+v", c)
	}
}

func TestOrderAndWorkersDoNotMatter(t *testing.T) {
	var items []verify.Item
	for s := range int64(5) {
		l := scene(20+s, 320, 240)
		items = append(items, still(t, fmt.Sprintf("s/%d.jpg", s), l), still(t, fmt.Sprintf("t/%d.jpg", s), cut(l, 0.02, 0, 1, 0.97)),
			still(t, fmt.Sprintf("u/%d.jpg", s), cut(l, 0.4, 0.3, 1, 0.9)))
	}
	items = append(items, clip(t, "v/a.mp4", pan(50), 8), clip(t, "v/b.mp4", pan(50).after(2, 1), 5))
	want := find(t, items, Options{Workers: 1})
	if len(want.Matches) < 16 {
		t.Fatalf("only %d matches", len(want.Matches))
	}
	for seed := range int64(2) {
		mixed := slices.Clone(items)
		rand.New(rand.NewSource(seed)).Shuffle(len(mixed), func(i, j int) { mixed[i], mixed[j] = mixed[j], mixed[i] })
		if got := find(t, mixed, Options{Workers: 4}); !reflect.DeepEqual(got, want) {
			t.Fatalf("order %d gives another result", seed)
		}
	}
}

func TestUnreadableThumbnailCostsItsPairsOnly(t *testing.T) {
	l := scene(8, 320, 240)
	items := []verify.Item{still(t, "s/a.jpg", l), still(t, "s/b.jpg", l.Reduced(200)), still(t, "s/c.jpg", l.Reduced(160))}
	bad := items[2].Digest
	res := find(t, items, Options{Thumb: func(d verify.Digest, _ time.Duration) (hashing.Luma, error) {
		if d == bad {
			return hashing.Luma{}, errors.New("cache is damaged")
		}
		return l.Reduced(hashing.DetailSide), nil
	}})
	matchOf(t, res, "s/a.jpg", "s/b.jpg")
	if len(res.Notes) != 1 || !strings.Contains(res.Notes[0], "s/c.jpg") {
		t.Errorf("notes %q", res.Notes)
	}
}

func TestCompareReadsBothWays(t *testing.T) {
	l := scene(9, 480, 360)
	a, b := still(t, "a", l), still(t, "b", cut(l, 0.06, 0.06, 0.94, 0.94))
	ab, ok, err := Compare(a, b, Options{})
	ba, ok2, err2 := Compare(b, a, Options{})
	if !ok || !ok2 || err != nil || err2 != nil {
		t.Fatal(ok, ok2, err, err2)
	}
	if ab.AIs != "contains_b" || ba.AIs != "crop_of_b" || !reflect.DeepEqual(ab.RegionA, ba.RegionB) {
		t.Errorf("%+v\n%+v", ab, ba)
	}
	if _, ok, _ := Compare(a, still(t, "c", scene(10, 480, 360)), Options{}); ok {
		t.Error("unrelated pictures compared as alike")
	}
}

func TestCancelled(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := Find(ctx, []verify.Item{still(t, "a", scene(1, 64, 64))}, Options{}); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v", err)
	}
}

func TestEmptyFilesShareNothing(t *testing.T) {
	it := verify.Item{Digest: "e3b0", Sightings: []verify.Sighting{{Path: "a/1.jpg"}, {Path: "b/2.jpg"}}}
	it.Media.Kind = extract.Other
	if r := find(t, []verify.Item{it}, Options{}); len(r.Matches)+len(r.Clusters) > 0 {
		t.Errorf("two empty files match: %v %v", r.Matches, r.Clusters)
	}
}
