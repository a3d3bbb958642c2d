package api

import (
	"bytes"
	"context"
	"errors"
	"image/jpeg"
	"net/http"
	"testing"
	"time"

	"github.com/firsthand-media/firsthand/extract"
	"github.com/firsthand-media/firsthand/hashing"
	"github.com/firsthand-media/firsthand/verify"
	"github.com/firsthand-media/firsthand/verify/casefile"
	"github.com/firsthand-media/firsthand/verify/ingest"
)

// again is the same picture with coarser compression.
func again(t *testing.T, original []byte) []byte {
	t.Helper()
	img, err := jpeg.Decode(bytes.NewReader(original))
	if err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	if err := jpeg.Encode(&out, img, &jpeg.Options{Quality: 60}); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func pairCase(t *testing.T) (c *Case, byName map[string]string) {
	t.Helper()
	first := picture(t, 1, 640, 480)
	c = openTestCase(t, map[string][]byte{"a.jpg": first, "b.jpg": again(t, first), "other.jpg": picture(t, 5, 640, 480)})
	byName = map[string]string{}
	for _, it := range view(t, c).Items {
		byName[lastPart(it.Path())] = string(it.Digest)
	}
	return c, byName
}

func TestComparePageReadsFromAToB(t *testing.T) {
	c, of := pairCase(t)
	there, err := ask[ComparePage](t, c, "compare", map[string]string{"a": of["a.jpg"], "b": of["b.jpg"]}, nil)
	if err != nil {
		t.Fatal(err)
	}
	s := there.Shared
	if s == nil || !s.Stored || s.Relation != verify.Near || s.AToB == nil || s.First != "a" || there.Verdict != nil {
		t.Fatalf("of copies: %+v", s)
	}
	back, err := ask[ComparePage](t, c, "compare", map[string]string{"a": of["b.jpg"], "b": of["a.jpg"]}, nil)
	if err != nil {
		t.Fatal(err)
	}
	if back.Shared.First != "b" || *back.Shared.AToB != *s.BToA || back.A.ID != there.B.ID {
		t.Errorf("the other way round: %+v", back.Shared)
	}
	none, err := ask[ComparePage](t, c, "compare", map[string]string{"a": of["a.jpg"], "b": of["other.jpg"]}, nil)
	if err != nil || none.Shared != nil {
		t.Errorf("of two pictures: %+v, %v", none.Shared, err)
	}
	var e *Error
	if _, err := ask[ComparePage](t, c, "compare", map[string]string{"a": of["a.jpg"], "b": "00"}, nil); !errors.As(err, &e) || e.Status != http.StatusNotFound {
		t.Errorf("with what is not there: %v", err)
	}
}

func TestPairsToJudge(t *testing.T) {
	c, of := pairCase(t)
	count := func(values map[string]string) (n int, said string) {
		p, err := ask[Pairs](t, c, "pairs", values, nil)
		if err != nil {
			t.Fatal(err)
		}
		for _, one := range p.List {
			said = one.Said
		}
		return len(p.List), said
	}
	if n, _ := count(nil); n != 1 {
		t.Fatalf("%d pairs are not judged", n)
	}
	if n, _ := count(map[string]string{"of": "item", "id": of["other.jpg"]}); n != 0 {
		t.Errorf("%d pairs of a file that is like no other", n)
	}
	err := c.Writing(t.Context(), func(f *casefile.File) error {
		_, err := f.Decide(t.Context(), verify.Decision{Kind: verify.Unsure, Subjects: []verify.Digest{verify.Digest(of["a.jpg"]), verify.Digest(of["b.jpg"])}, Reason: "too dark", By: "Ada"})
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	if n, _ := count(nil); n != 0 {
		t.Errorf("%d pairs are not judged after the verdict", n)
	}
	if n, said := count(map[string]string{"of": "item", "id": of["b.jpg"]}); n != 1 || said != verify.Unsure {
		t.Errorf("%d pairs of the item, said %q", n, said)
	}
	page, err := ask[ComparePage](t, c, "compare", map[string]string{"a": of["b.jpg"], "b": of["a.jpg"]}, nil)
	if err != nil || page.Verdict == nil || page.Verdict.By != "Ada" || page.Verdict.Reason != "too dark" {
		t.Errorf("the verdict: %+v, %v", page.Verdict, err)
	}
	if _, err := ask[Pairs](t, c, "pairs", map[string]string{"of": "everything"}, nil); err == nil {
		t.Error("pairs of everything are listed")
	}
}

func TestLookingAnew(t *testing.T) {
	c, of := pairCase(t)
	look := func(a, b string) (Looked, error) {
		return ask[Looked](t, c, "compareLook", map[string]string{"a": of[a], "b": of[b]}, nil)
	}
	var e *Error
	if _, err := look("a.jpg", "b.jpg"); !errors.As(err, &e) || e.Hint == "" {
		t.Errorf("without workers: %v", err)
	}
	c.api.program.Compare = func(ctx context.Context, a, b string) (ingest.Comparison, error) {
		return ingest.Compare(ctx, a, b, ingest.Options{Examiner: inProcess{}, Now: time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)})
	}
	before := view(t, c)
	l, err := look("b.jpg", "a.jpg")
	if err != nil || l.Shared == nil || l.Shared.Stored || l.Shared.Relation != verify.Near {
		t.Errorf("of copies: %+v, %v", l, err)
	}
	if l, err = look("a.jpg", "other.jpg"); err != nil || l.Shared != nil || l.Why == "" {
		t.Errorf("of two pictures: %+v, %v", l, err)
	}
	if view(t, c) != before {
		t.Error("looking changed the case")
	}
}

func TestMomentsOfTwoVideos(t *testing.T) {
	frames := func(n int, step time.Duration) (out []verify.Frame) {
		for i := range n {
			out = append(out, verify.Frame{At: time.Duration(i) * step})
		}
		return out
	}
	a, b := &verify.Item{Digest: "a", Frames: frames(20, time.Second)}, &verify.Item{Digest: "b", Frames: frames(20, time.Second/2)}
	m := verify.Match{
		DigestA: "a", DigestB: "b", Relation: verify.Part, AIs: "contains_b", TimeA: &[2]float64{5, 9}, TimeB: &[2]float64{1, 3},
		Segments: verify.Segments{{TimeA: [2]float64{5, 9}, TimeB: [2]float64{1, 3}, Offset: 3, Speed: 2, Moments: 4}},
	}
	s := sharedOf(m, a, b)
	if len(s.Stretches) != 1 || len(s.Stretches[0].Moments) != 5 || s.Lanes == nil || len(s.Lanes.Bridges) != 1 || s.AtA != nil {
		t.Fatalf("shared: %+v", s)
	}
	for _, one := range s.Stretches[0].Moments {
		if one.A != 3+2*one.B || one.Off != 0 {
			t.Errorf("%+v is not one moment", one)
		}
	}
	if s.Stretches[0].Text == "" {
		t.Error("the stretch has no words")
	}
}

func TestDifferencesInNumbers(t *testing.T) {
	size := func(w, h int, seconds float64, taken extract.Time) *verify.Item {
		return &verify.Item{Size: int64(w * h), Media: extract.Media{Width: &w, Height: &h, DurationSeconds: &seconds, Times: []extract.Time{taken}, MediaType: "image/jpeg"}}
	}
	a := size(640, 480, 10, claimAt(extract.Capture, extract.TrustDevice, "EXIF:DateTimeOriginal", "2026-05-16T14:00:00", 180))
	b := size(638, 480, 10, claimAt(extract.Capture, extract.TrustDevice, "EXIF:DateTimeOriginal", "2026-05-16T14:00:00", 0))
	got := map[string]Difference{}
	for _, d := range (&View{}).differences(a, b) {
		got[d.What] = d
	}
	if got["width"].By != "−2 px" || got["best time"].By != "+3 h" || got["size"].By != "−960 bytes" {
		t.Errorf("differences: %+v", got)
	}
	for _, alike := range []string{"height", "length", "type"} {
		if d, ok := got[alike]; ok {
			t.Errorf("alike and listed: %+v", d)
		}
	}
	floating := b.Media.Times[0]
	floating.Zone, floating.OffsetMinutes = extract.Floating, nil
	b.Media.Times[0] = floating
	for _, d := range (&View{}).differences(a, b) {
		if d.What == "best time" && d.By != "" {
			t.Errorf("a clock without a zone is said to be %s off", d.By)
		}
	}
}

func TestTagsInNumbers(t *testing.T) {
	tag := func(name, value string) FieldTag { return FieldTag{Group: "IFD0", Name: name, Value: value} }
	list, same := tagsDiffer(
		[]FieldTag{tag("Make", "Lumen"), tag("ISO", "100"), tag("ModifyDate", "2026:05:16 14:00:00"), tag("Only", "here")},
		[]FieldTag{tag("Make", "Lumen"), tag("ISO", "50"), tag("ModifyDate", "2026:05:16 17:00:00"), tag("There", "x")})
	if same != 1 || len(list) != 4 || list[0].By != "−50" || list[1].By != "+3 h" || list[2].B != "" || list[3].A != "" {
		t.Errorf("%d alike, %+v", same, list)
	}
}

func TestAlikeSaysWhatTheOtherIs(t *testing.T) {
	items := []verify.Item{{Digest: "crop", Sightings: []verify.Sighting{{Path: "a/crop.jpg"}}}, {Digest: "whole", Sightings: []verify.Sighting{{Path: "b/whole.jpg"}}}}
	v := &View{Items: items, Matches: []verify.Match{{
		A: "a/crop.jpg", B: "b/whole.jpg", DigestA: "crop", DigestB: "whole", Relation: verify.Part, AIs: "crop_of_b", Map: &hashing.Affine{0: 1, 4: 1}, Why: "the first is shown",
	}}}
	v.index()
	for d, want := range map[verify.Digest]string{"crop": "contains it", "whole": "a part of it"} {
		list, more := v.alike(v.Item(d))
		if len(list) != 1 || more != 0 || list[0].Is != want || list[0].First != "crop.jpg" {
			t.Errorf("beside %s: %+v", d, list)
		}
	}
}
