package report_test

import (
	"bytes"
	"image"
	"image/color"
	"image/jpeg"
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/firsthand-media/firsthand/extract"
	"github.com/firsthand-media/firsthand/extract/source"
	"github.com/firsthand-media/firsthand/hashing/sound"
	"github.com/firsthand-media/firsthand/verify"
	"github.com/firsthand-media/firsthand/verify/report"
)

// tone is a wave that is loud from one second to another, of so many in all.
func tone(from, to, seconds int) sound.Wave {
	samples := make([]int16, seconds*sound.Rate)
	for i := from * sound.Rate; i < to*sound.Rate; i++ {
		samples[i] = int16(20_000 * math.Sin(float64(i)/4))
	}
	return sound.WaveOf(samples)
}

// film is a readable video of so many seconds, with a frame each second.
func film(n int, seconds float64, path string) verify.Item {
	it := item(n, extract.Video, path)
	it.Media.DurationSeconds = &seconds
	for s := 0.0; s < seconds; s++ {
		it.Frames = append(it.Frames, moments(s)...)
	}
	it.Sampling = verify.Sampling{Engine: "native 5.1.9", Frames: int(seconds)}
	return it
}

// wideStrip is four frames of 48 x 27 pixels, each of one grey.
func wideStrip() []byte {
	img := image.NewGray(image.Rect(0, 0, 4*48, 27))
	for i := range img.Pix {
		img.Pix[i] = uint8(60 + 50*(i%192/48))
	}
	var b bytes.Buffer
	if err := jpeg.Encode(&b, img, nil); err != nil {
		panic(err)
	}
	return b.Bytes()
}

// filmCase has a compilation, what it was made of, a slowed-down and a standing
// copy, another take, and a still of one of them.
func filmCase() report.Data {
	whole := square(0, 0, 1, 1)
	shares := func(a, b string, is string, segments ...verify.Segment) verify.Match {
		return verify.Match{
			A: a, B: b, Relation: verify.Part, AIs: is, Transform: verify.Transform{Scale: 1}, Inliers: 40,
			RegionA: whole, RegionB: whole, TimeA: &segments[0].TimeA, TimeB: &segments[0].TimeB,
			Segments: segments, Score: 0.9, Why: "their moments agree in order",
		}
	}
	compiled := shares("web/best-of.mp4", "web/river.mp4", "clip_of_b",
		verify.Segment{TimeA: [2]float64{20, 32}, TimeB: [2]float64{8, 20}, Offset: 12, Speed: 1, Moments: 40},
		verify.Segment{TimeA: [2]float64{50, 54.5}, TimeB: [2]float64{1.5, 6}, Offset: 48.5, Speed: 1, Moments: 12, Mirrored: true})
	compiled.Sound = "other"
	slow := shares("web/river-slow.mp4", "web/river.mp4", "contains_b",
		verify.Segment{TimeA: [2]float64{0, 26.4}, TimeB: [2]float64{0, 22}, Speed: 1.2, Moments: 60})
	slow.Sound = "none"
	standing := shares("web/best-of.mp4", "web/wall.mp4", "clip_of_b",
		verify.Segment{TimeA: [2]float64{0, 9}, TimeB: [2]float64{0, 14}, Speed: 1, Moments: 3, Uncertain: true})
	take := shares("web/river-2.mp4", "web/river.mp4", "other_shot_of_b", verify.Segment{})
	take.Relation, take.Segments, take.TimeA, take.TimeB = verify.SameScene, nil, &[2]float64{4, 4}, &[2]float64{6, 6}
	best := film(1, 64, "web/best-of.mp4")
	best.Sampling.Coarse, best.Sampling.Note = true, "key frames only, up to 11 s apart"
	clips := []verify.Item{best, film(2, 22, "web/river.mp4"), film(3, 26.4, "web/river-slow.mp4"), film(4, 14, "web/wall.mp4"), film(5, 19, "web/river-2.mp4")}
	dead := unreadable(item(6, extract.Video, "web/broken.mp4"))
	return report.Data{
		Title: "Films", Generated: *instant("2026-01-02T03:04:05Z"), Tool: "firsthand test",
		Sources: []report.Source{{Name: "web", Files: 6}}, Items: append(clips, dead),
		Matches: []verify.Match{compiled, slow, standing, take},
		Incidents: []verify.Incident{{
			ID: "I-bb0001", Status: verify.Candidate, Earliest: instant("2025-09-02T05:12:40Z"),
			Members: []verify.Member{member(verify.Original, "web/river.mp4")},
		}, {
			ID: "I-bb0002", Status: verify.Rejected, Members: []verify.Member{member(verify.Original, "web/wall.mp4")},
		}},
		Findings: []verify.Finding{
			{Path: "web/best-of.mp4", Finding: extract.Finding{Code: "same-picture-other-sound", Severity: source.Warning, Message: "0:20 to 0:32 show what web/river.mp4 does, with another sound"}},
		},
		Soft: softened, SoftFrame: func(d verify.Digest, _ time.Duration) []byte { return softened(d) },
		SoftStrip: func(d verify.Digest) ([]byte, []time.Duration) {
			if d == digest(6) {
				return nil, nil
			}
			return wideStrip(), []time.Duration{0, 4 * time.Second, 8 * time.Second, 12 * time.Second}
		},
		Wave: func(d verify.Digest) sound.Wave {
			switch d {
			case digest(1):
				return tone(20, 24, 64)
			case digest(2):
				return tone(0, 0, 22)
			}
			return sound.Wave{}
		},
	}
}

func TestFilmsLookAsAgreed(t *testing.T) {
	page := html(t, filmCase())
	checkClosed(t, page)
	path := filepath.Join("testdata", "films.golden.html")
	if *update {
		if err := os.WriteFile(path, []byte(page), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if page != string(want) {
		t.Error("the page differs (go test ./verify/report -update writes it anew)")
	}
}

func TestVideosSayHowTheyWereLookedAt(t *testing.T) {
	_, page, _ := strings.Cut(html(t, filmCase()), `<h2 id="videos">`)
	page, _, _ = strings.Cut(page, "</section>")
	for path, want := range map[string][]string{
		"web/best-of.mp4":    {"1:04 long, 64 frames looked at, read by native 5.1.9", "its sound is loudest at 0:20", "Sampled coarsely: key frames only, up to 11 s apart", "loudness over time"},
		"web/river.mp4":      {`shown in <a href="#I-bb0001">incident 1</a>`, "its sound track is silent"},
		"web/river-slow.mp4": {`aria-label="4 frames, softened, from 0:00 to 0:12"`, ">0:08</text>"},
		"web/broken.mp4":     {"Its frames were not looked at"},
	} {
		_, row, ok := strings.Cut(page, ">"+path+"<")
		row, _, _ = strings.Cut(row, "</li>")
		for _, w := range want {
			if !ok || !strings.Contains(row, w) {
				t.Errorf("%s: not said: %s\nin %s", path, w, row)
			}
		}
	}
	if n := strings.Count(page, `class="film"`); n != 4 {
		t.Errorf("%d strips in the list, want those of the four videos that no incident shows", n)
	}
	if shown := article(t, html(t, filmCase()), "I-bb0001"); !strings.Contains(shown, `class="film"`) {
		t.Error("the incident does not show the frames of its video")
	}
}

func TestStretchesAreDrawnAndSaid(t *testing.T) {
	page := likeness(t, html(t, filmCase()))
	pair := func(a, b string) string {
		for _, p := range strings.Split(page, "<figure")[1:] {
			p, _, _ = strings.Cut(p, "</figure>")
			if strings.Contains(p, ">"+a+"<") && strings.Contains(p, ">"+b+"<") {
				return p
			}
		}
		t.Fatalf("no pair of %s and %s", a, b)
		return ""
	}
	for _, c := range []struct {
		a, b    string
		said    []string
		bridges int
	}{
		{"web/best-of.mp4", "web/river.mp4", []string{
			"A and B share 2 stretches", "2 stretches, 0:17 of A together",
			"(1) 0:20–0:32 of A is 0:08–0:20 of B, 12.0 s earlier", "(2) 0:50.0–0:54.5 of A is 0:01.5–0:06.0 of B, mirrored, 48.5 s earlier",
			"not the same: one picture, two sound tracks", "A and B over time, with 2 shared stretches joined", ">1:04</text>", ">0:22</text>",
			`<span class="dim">at 0:20.0</span>`, `<span class="dim">at 0:08.0</span>`,
		}, 2},
		{"web/river-slow.mp4", "web/river.mp4", []string{"0:00–0:26 of A is 0:00–0:22 of B, at 1.2 times the speed"}, 1},
		{"web/best-of.mp4", "web/wall.mp4", []string{"0:00.0–0:09.0 of A and 0:00.0–0:14.0 of B; hardly anything moves there", `class="bridge unsure"`}, 1},
	} {
		p := pair(c.a, c.b)
		for _, w := range c.said {
			if !strings.Contains(p, w) {
				t.Errorf("%s and %s: not said: %s\n%s", c.a, c.b, w, p)
			}
		}
		if n := strings.Count(p, `class="bridge`); n != c.bridges {
			t.Errorf("%s and %s: %d bridges, want %d", c.a, c.b, n, c.bridges)
		}
	}
	_, takes, _ := strings.Cut(page, "Other takes of one scene")
	if !strings.Contains(takes, "Not copies: two takes of one place") || strings.Contains(takes, "bridge") || strings.Count(takes, "<figure") != 1 {
		t.Error("the other take does not stand apart")
	}
}

// TestBrokenTimesDrawNothing: what a damaged case can hold must not reach the
// page as numbers that no reader understands.
func TestBrokenTimesDrawNothing(t *testing.T) {
	for name, v := range map[string]float64{"not a number": math.NaN(), "infinite": math.Inf(1), "far off": -1e300, "huge": 1e300} {
		d := filmCase()
		d.Items[0].Media.DurationSeconds = &v
		d.Matches[0].Segments = verify.Segments{{TimeA: [2]float64{v, v}, TimeB: [2]float64{0, v}, Offset: v, Speed: v}, {TimeA: [2]float64{v, 0}}}
		d.Matches[0].TimeA = &[2]float64{v, v}
		page := html(t, d)
		checkClosed(t, page)
		for _, bad := range []string{"NaN", "Inf", "e+"} {
			if strings.Contains(likeness(t, page), bad) {
				t.Errorf("%s: %q is in the page", name, bad)
			}
		}
	}
}

// TestShortVideoBesideALongOneCanBeSeen: and it is said that the scale is not
// that of the other.
func TestShortVideoBesideALongOneCanBeSeen(t *testing.T) {
	d := filmCase()
	d.Items[0].Media.DurationSeconds = number(3600)
	page := likeness(t, html(t, d))
	if n := strings.Count(page, "0:22 (enlarged)</text>"); n != 1 {
		t.Errorf("it is said %d times that the bar of 22 seconds is enlarged beside an hour, want once", n)
	}
}

func TestManyVideosAreBounded(t *testing.T) {
	d := filmCase()
	d.Items, d.Matches, d.Incidents = nil, nil, nil
	for n := range 700 {
		d.Items = append(d.Items, film(n+10, 2, "web/"+digestName(n)))
	}
	page := html(t, d)
	if n := strings.Count(page, `class="film"`); n != 300 {
		t.Errorf("%d strips, want 300", n)
	}
	if !strings.Contains(page, "200 more are left out of this file") {
		t.Error("the report does not say what it leaves out")
	}
}

func digestName(n int) string { return string(digest(n))[56:] + ".mp4" }

// TestSoftenedStripHasNoDetail: stripes are gone, frames stay apart, and what
// is no strip is refused.
func TestSoftenedStripHasNoDetail(t *testing.T) {
	const frames, wide, high = 4, 160, 90
	strip := preview(t, frames*wide, high, func(x, y int) uint8 {
		switch n := x / wide; {
		case n == 3: // stripes: 2 of 160 pixels
			return uint8(255 * (x / 2 % 2))
		case n%2 == 0:
			return 20
		}
		return 230
	})
	b, err := report.SoftenStrip(strip, frames)
	if err != nil {
		t.Fatal(err)
	}
	img, err := jpeg.Decode(bytes.NewReader(b))
	if err != nil {
		t.Fatal(err)
	}
	if img.Bounds().Dx() != 4*48 || img.Bounds().Dy() != 27 {
		t.Fatalf("%v, want four frames of 48 x 27", img.Bounds())
	}
	at := func(x, y int) int { return int(color.GrayModel.Convert(img.At(x, y)).(color.Gray).Y) }
	for x, want := range map[int]int{2: 20, 24: 20, 44: 20, 52: 230, 72: 230, 92: 230, 120: 20, 168: 127} {
		if got := at(x, 13); got < want-25 || got > want+25 {
			t.Errorf("pixel %d is %d, want about %d", x, got, want)
		}
	}
	for x := 150; x < 186; x++ {
		if d := at(x, 13) - at(x+1, 13); d > 30 || d < -30 {
			t.Errorf("stripes can be seen at %d", x)
		}
	}
	for name, c := range map[string]struct {
		jpeg   []byte
		frames int
	}{"no frames": {strip, 0}, "more frames than pixels": {strip, 1000}, "no picture": {[]byte("no"), 2}, "cut off": {strip[:len(strip)/2], 0}} {
		if _, err := report.SoftenStrip(c.jpeg, c.frames); err == nil {
			t.Errorf("%s: no error", name)
		}
	}
	if _, err := report.SoftenStrip(preview(t, 40, 2100, func(int, int) uint8 { return 9 }), 1); err == nil {
		t.Error("a picture of any size is taken")
	}
}
