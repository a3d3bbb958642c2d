package ingest

import (
	"context"
	"encoding/json"
	"errors"
	"image"
	"io"
	"os"
	"path/filepath"
	"slices"
	"sync"
	"testing"

	"github.com/firsthand-media/firsthand/verify"
	"github.com/firsthand-media/firsthand/verify/casefile"
)

// copies is two sources in which pictures come back whole, mirrored and cut.
func copies(t *testing.T) (phone, channel string) {
	harbour, market := picture(11, 800, 600), picture(12, 800, 600)
	phone = write(t, "phone", map[string][]byte{
		"IMG_1.jpg": harbour, "IMG_2.jpg": market, "IMG_3.jpg": picture(13, 640, 480), "IMG_4.jpg": picture(14, 480, 640),
	})
	channel = write(t, "channel", map[string][]byte{
		"small.jpg":  scaled(t, harbour, image.Rect(0, 0, 800, 600), 400, 300, false),
		"mirror.jpg": scaled(t, market, image.Rect(0, 0, 800, 600), 600, 450, true),
		"part.jpg":   scaled(t, harbour, image.Rect(200, 100, 700, 500), 500, 400, false),
		"other.jpg":  picture(15, 640, 480),
	})
	return phone, channel
}

func matchOf(t *testing.T, f *casefile.File, a, b string) (verify.Match, bool) {
	t.Helper()
	all, err := f.Matches(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	i := slices.IndexFunc(all, func(m verify.Match) bool { return m.A == a && m.B == b })
	if i < 0 {
		return verify.Match{}, false
	}
	return all[i], true
}

// likenesses is the matches and clusters of a case, as text.
func likenesses(t *testing.T, f *casefile.File) string {
	t.Helper()
	matches, err := f.Matches(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	clusters, err := f.Clusters(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	text, err := json.MarshalIndent([]any{matches, clusters}, "", " ")
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// Crops are found from the keypoints that workers find and the case keeps.
func TestScanFindsParts(t *testing.T) {
	phone, channel := copies(t)
	f := testCase(t, filepath.Join(t.TempDir(), "case"))
	scanned(t, f, testOptions(t, 2, phone, channel))
	if m, ok := matchOf(t, f, "channel/part.jpg", "phone/IMG_1.jpg"); !ok || m.Relation != verify.Part || m.AIs != "crop_of_b" {
		t.Errorf("the crop: %v, %+v", ok, m)
	}
	if m, ok := matchOf(t, f, "channel/mirror.jpg", "phone/IMG_2.jpg"); !ok || m.Relation != verify.Near || !m.Transform.Mirrored {
		t.Errorf("the mirror image: %v, %+v", ok, m)
	}
	if all, err := f.Matches(t.Context()); err != nil || len(all) != 4 { // and the small one, with both of its fellows
		t.Errorf("%d matches: %+v, %v", len(all), all, err)
	}
}

// What is found does not depend on the order of the sources, on how many scans
// it took, on the number of workers, nor on a cache that was lost.
func TestLikenessDependsOnTheFilesAlone(t *testing.T) {
	phone, channel := copies(t)
	name := filepath.Join(t.TempDir(), "case")
	f := testCase(t, name)
	scanned(t, f, testOptions(t, 1, phone, channel))
	want := contents(t, f)

	other := testCase(t, filepath.Join(t.TempDir(), "other"))
	scanned(t, other, testOptions(t, 4, channel, phone))
	if got := contents(t, other); got != want {
		t.Errorf("in another order the case is\n%s\nnot\n%s", got, want)
	}
	parts := testCase(t, filepath.Join(t.TempDir(), "parts"))
	scanned(t, parts, testOptions(t, 2, channel))
	scanned(t, parts, testOptions(t, 2, channel, phone))
	if got, want := likenesses(t, parts), likenesses(t, f); got != want { // incidents keep the names of the first scan
		t.Errorf("in two scans it finds\n%s\nnot\n%s", got, want)
	}

	if err := errors.Join(f.Close(), os.RemoveAll(filepath.Join(name, "cache"))); err != nil {
		t.Fatal(err)
	}
	f = testCase(t, name)
	opt := testOptions(t, 2, phone, channel)
	opt.Build = "another" // the matches are made anew, too
	if sum := scanned(t, f, opt); sum.Examined != 8 || sum.MatchesKept {
		t.Errorf("the scan says %+v", sum)
	}
	if got := contents(t, f); got != want {
		t.Errorf("with a new cache the case is\n%s\nnot\n%s", got, want)
	}
	// and once more with what was remembered of the pairs
	if err := os.WriteFile(filepath.Join(phone, "IMG_5.jpg"), picture(16, 640, 480), 0o644); err != nil {
		t.Fatal(err)
	}
	settle(t, filepath.Join(phone, "IMG_5.jpg"), 0)
	fresh := testCase(t, filepath.Join(t.TempDir(), "fresh"))
	for _, c := range []*casefile.File{f, fresh} {
		if sum := scanned(t, c, opt); sum.MatchesKept {
			t.Errorf("the scan says %+v", sum)
		}
	}
	if got, want := contents(t, f), contents(t, fresh); got != want {
		t.Errorf("with what was remembered the case is\n%s\nnot\n%s", got, want)
	}
}

// A pair that a person has told apart is gone from matches and clusters at
// once and after every scan, until that is taken back. The settings of the last
// grouping stay.
func TestPairsToldApart(t *testing.T) {
	phone, channel := copies(t)
	f := testCase(t, filepath.Join(t.TempDir(), "case"))
	ctx := t.Context()
	opt := testOptions(t, 2, phone, channel)
	scanned(t, f, opt)
	want := contents(t, f)
	a, b := itemAt(t, f, "channel/small.jpg"), itemAt(t, f, "phone/IMG_1.jpg")
	d, err := f.Decide(ctx, verify.Decision{Kind: verify.NotSame, Subjects: []verify.Digest{a.Digest, b.Digest}, Reason: "two visits", By: "Ada"})
	if err != nil {
		t.Fatal(err)
	}
	apart := func(when string) {
		t.Helper()
		if m, ok := matchOf(t, f, "channel/small.jpg", "phone/IMG_1.jpg"); ok {
			t.Errorf("%s: %+v", when, m)
		}
		clusters, err := f.Clusters(ctx)
		if err != nil {
			t.Fatal(err)
		}
		for _, c := range clusters {
			if slices.Contains(c.Digests, a.Digest) && slices.Contains(c.Digests, b.Digest) {
				t.Errorf("%s: cluster %v", when, c.Members)
			}
		}
	}
	again := Options{Workers: 1}
	if err := Again(ctx, f, again, new(Summary)); err != nil {
		t.Fatal(err)
	}
	apart("at once")
	if sum := scanned(t, f, opt); !sum.MatchesKept || !sum.IncidentsKept {
		t.Errorf("the next scan made it again: %+v", sum)
	}
	opt.Build = "another"
	scanned(t, f, opt)
	apart("made anew")

	if _, err := f.Decide(ctx, verify.Decision{Kind: verify.TakeBack, TakesBack: d.Seq, Reason: "one visit", By: "Ada"}); err != nil {
		t.Fatal(err)
	}
	if err := Again(ctx, f, opt, new(Summary)); err != nil {
		t.Fatal(err)
	}
	if got := contents(t, f); got != want {
		t.Errorf("taken back, the case is\n%s\nnot\n%s", got, want)
	}
	if _, err := f.VerifyCustody(ctx); err != nil {
		t.Error(err)
	}
}

// crowded counts how many files are decoded at the same time.
type crowded struct {
	inProcess
	mu       sync.Mutex
	now, top int
}

func (c *crowded) Call(ctx context.Context, op string, params []byte, file io.ReaderAt, size int64, onEmit func([]byte) error) ([]byte, error) {
	c.mu.Lock()
	c.now++
	c.top = max(c.top, c.now)
	c.mu.Unlock()
	defer func() {
		c.mu.Lock()
		c.now--
		c.mu.Unlock()
	}()
	return c.inProcess.Call(ctx, op, params, file, size, onEmit)
}

// More files are open than are decoded.
func TestDecodersAreNoMoreThanAskedFor(t *testing.T) {
	phone, channel := copies(t)
	f := testCase(t, filepath.Join(t.TempDir(), "case"))
	opt := testOptions(t, 2, phone, channel)
	c := new(crowded)
	opt.Examiner = c
	scanned(t, f, opt)
	if c.top > 2 {
		t.Errorf("%d files were decoded at the same time", c.top)
	}
}
