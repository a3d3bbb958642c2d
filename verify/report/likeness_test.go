package report_test

import (
	"fmt"
	"math"
	"strings"
	"testing"
	"time"

	"github.com/firsthand-media/firsthand/extract"
	"github.com/firsthand-media/firsthand/verify"
	"github.com/firsthand-media/firsthand/verify/report"
)

// likeness is the part of the page about matches.
func likeness(t testing.TB, page string) string {
	t.Helper()
	_, rest, ok := strings.Cut(page, `<h2 id="likeness">`)
	body, _, ended := strings.Cut(rest, "</section>")
	if !ok || !ended {
		t.Fatal("no section about likeness")
	}
	return body
}

func TestPairsAreShownWithWhatTheyShare(t *testing.T) {
	page := likeness(t, html(t, smallCase()))
	for _, want := range []string{
		"Copies of whole pictures", "Parts", "One place, photographed again",
		"all of A and all of B", "at 0.5 of the size", "the lower quarter of both",
		"all of A; 55\u00a0% of B, a band across the middle", "at 0:07.5 of B",
		"50\u00a0% of A, the left half; 50\u00a0% of B, the right half",
		`aria-label="B, softened, the shared part outlined, 1 difference marked"`,
		`<a href="#I-aa0001">incident 2</a>`,
	} {
		if !strings.Contains(page, want) {
			t.Errorf("missing: %s", want)
		}
	}
	if original := article(t, html(t, smallCase()), "I-aa0001"); !strings.Contains(original, `Also seen at · <a href="#like-1">side by side</a>`) {
		t.Error("the copies of an incident do not lead to where they are shown side by side")
	}
	if n := strings.Count(page, `class="soft"`); n != 6 {
		t.Errorf("%d pictures, want two for each of the three pairs", n)
	}
	if n := strings.Count(page, `<rect class="differs"`); n != 2 {
		t.Errorf("%d boxes, want the caption in both", n)
	}
}

// TestEachPictureIsInTheFileOnce: files of one content and many pairs share it.
func TestEachPictureIsInTheFileOnce(t *testing.T) {
	d := smallCase()
	asked := map[verify.Digest]int{}
	d.Soft = func(v verify.Digest) []byte { asked[v]++; return softened(v) }
	page := html(t, d)
	for v, n := range asked {
		if n != 1 {
			t.Errorf("the picture of %s was made %d times", v, n)
		}
	}
	if stored, shown := strings.Count(page, "data:image/"), strings.Count(page, "<use "); stored != len(asked)+1 || shown <= stored {
		t.Errorf("%d pictures are stored and %d shown; want %d items and the frame of the video", stored, shown, len(asked))
	}
}

// TestManyPairsAreBoundedBestFirst makes one picture with 200 copies and 60
// pictures with two.
func TestManyPairsAreBoundedBestFirst(t *testing.T) {
	var d report.Data
	add := func(group int, score float64) {
		n := len(d.Items)
		a, b := fmt.Sprintf("a/%03d-%03d.jpg", group, n), fmt.Sprintf("b/%03d-%03d.jpg", group, n)
		d.Items = append(d.Items, item(n, extract.Image, a), item(n+1, extract.Image, b))
		d.Clusters = append(d.Clusters, verify.Cluster{ID: fmt.Sprintf("C-%d", group), Digests: []verify.Digest{digest(n), digest(n + 1)}})
		m := copies(a, b)
		m.Score, m.Why = score, fmt.Sprintf("score %.2f", score)
		d.Matches = append(d.Matches, m)
	}
	for i := range 200 {
		add(0, float64(i)/400)
	}
	for i := range 60 {
		add(i+1, 0.75)
	}
	page := likeness(t, html(t, d))
	if n := strings.Count(page, "<figure"); n != 3+39 {
		t.Errorf("%d pairs are shown, want 3 of the large group and 39 others", n)
	}
	for _, want := range []string{"Score 0.50", "197 more pairs of the same contents are left out", "<code>firsthand duplicates --case CASE</code> lists all of them", "21 more pairs are left out", ">260 pairs<"} {
		if !strings.Contains(page, want) {
			t.Errorf("missing: %s", want)
		}
	}
	if strings.Contains(page, "Score 0.48") {
		t.Error("a pair with weaker evidence is shown in place of a stronger one")
	}
}

// TestBrokenGeometryDrawsNothing: what a damaged case can hold must not reach
// the page as numbers that no reader understands.
func TestBrokenGeometryDrawsNothing(t *testing.T) {
	for name, v := range map[string]float64{"not a number": math.NaN(), "infinite": math.Inf(1), "far off": -1e300} {
		t.Run(name, func(t *testing.T) {
			d := smallCase()
			m := &d.Matches[0]
			m.RegionA = [][2]float64{{v, v}, {1, v}, {v, 1}}
			m.ChangedA = verify.Boxes{{v, 0, 1, v}}
			m.TimeB, m.Transform.Scale, m.Transform.Rotation = &[2]float64{v, v}, v, v
			page := html(t, d)
			checkClosed(t, page)
			for _, bad := range []string{"NaN", "Inf", "e+"} {
				if strings.Contains(likeness(t, page), bad) {
					t.Errorf("%q is in the page", bad)
				}
			}
		})
	}
}

func TestFrameOfVideoIsTheOneThatMatches(t *testing.T) {
	d := smallCase()
	var asked []time.Duration
	d.SoftFrame = func(v verify.Digest, at time.Duration) []byte {
		asked = append(asked, at)
		return softened(v)
	}
	html(t, d)
	if len(asked) != 1 || asked[0] != 7500*time.Millisecond {
		t.Errorf("asked for the frames at %v, want the one at 7.5 s", asked)
	}
}
