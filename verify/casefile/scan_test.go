package casefile

import (
	"bytes"
	"context"
	"errors"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/firsthand-media/firsthand/extract/source"
	"github.com/firsthand-media/firsthand/verify"
	"github.com/firsthand-media/firsthand/verify/custody"
)

func TestScanAndScanAgain(t *testing.T) {
	f := newCase(t)
	ctx := t.Context()
	a, b, c := plain("one", "b/a.jpg", "A"), plain("one", "c.jpg", "B"), plain("two", "a.jpg", "A")
	c.Item = nil // the bytes are those of a
	s := beginScan(t, f, "one", "two")
	put(t, s, a, b)
	if gone := done(t, s, "one", "b/a.jpg", "c.jpg"); len(gone) != 0 {
		t.Errorf("gone at the first scan: %q", gone)
	}
	put(t, s, c)
	done(t, s, "two", "a.jpg")
	if err := s.End(ctx, map[string]int{"files": 3}); err != nil {
		t.Fatal(err)
	}
	if got := paths(allItems(t, f)); got != "one/b/a.jpg two/a.jpg | one/c.jpg | " {
		t.Errorf("got %s", got)
	}
	state, err := f.SourceState(ctx, "one")
	want := map[string]Seen{"b/a.jpg": {1, a.Sighting.ModTime, digestOf("A")}, "c.jpg": {1, b.Sighting.ModTime, digestOf("B")}}
	if err != nil || !reflect.DeepEqual(state, want) {
		t.Errorf("state %+v, %v\nwant %+v", state, err, want)
	}

	// the second time one file is gone and another has new content
	f = reopen(t, f, nil)
	s = beginScan(t, f, "one", "two")
	put(t, s, plain("one", "c.jpg", "C"))
	if gone := done(t, s, "one", "c.jpg"); !slices.Equal(gone, []string{"b/a.jpg"}) {
		t.Errorf("gone: %q", gone)
	}
	if got := paths(allItems(t, f)); got != "one/c.jpg | two/a.jpg | " {
		t.Errorf("got %s", got)
	}
	if item, err := f.Item(ctx, digestOf("B")); err != nil || len(item.Sightings) != 0 {
		t.Errorf("content that is gone: %+v, %v", item, err)
	}
	findings, err := f.Findings(ctx)
	var codes []string
	for _, finding := range findings {
		codes = append(codes, string(finding.Path)+" "+finding.Code)
	}
	if want := []string{"one/b/a.jpg file-gone", "one/c.jpg file-changed"}; err != nil || !slices.Equal(codes, want) {
		t.Errorf("findings %q, %v, want %q", codes, err, want)
	}
	counts, err := f.Counts(ctx)
	if err != nil || counts.Items != 2 || counts.Sightings != 2 || counts.Gone != 2 || counts.Sources != 2 || counts.Kinds["image"] != 2 {
		t.Errorf("counts %+v, %v", counts, err)
	}
	mustVerify(t, f)

	// and the third time both are as they were
	s = beginScan(t, f, "one")
	back := a
	back.Item = nil
	put(t, s, back, b)
	done(t, s, "one", "b/a.jpg", "c.jpg")
	if got := paths(allItems(t, f)); got != "one/b/a.jpg two/a.jpg | one/c.jpg | " {
		t.Errorf("got %s", got)
	}
	mustVerify(t, f)

	scans, err := f.Scans(ctx)
	if err != nil || len(scans) != 3 || scans[0].Ended.IsZero() || !scans[1].Ended.IsZero() || string(scans[0].Summary) != `{"files":3}` || scans[2].Info.Version != "v1" {
		t.Errorf("scans %+v, %v", scans, err)
	}
	if body := lastEvent(t, f, scanBegan); !strings.Contains(body, `"interrupted":2`) {
		t.Errorf("the interrupted scan is not named: %s", body)
	}
	sources, err := f.Sources(ctx)
	if err != nil || len(sources) != 2 || sources[0].Dir != "/media/one" || sources[0].Scan != 3 || sources[1].Scan != 1 {
		t.Errorf("sources %+v, %v", sources, err)
	}
}

func lastEvent(t *testing.T, f *File, kind string) string {
	t.Helper()
	var last custody.Entry
	for entry, err := range f.Events(t.Context()) {
		if err != nil {
			t.Fatal(err)
		}
		if strings.Contains(string(entry), `"kind":"`+kind+`"`) {
			last = entry
		}
	}
	return string(last)
}

func TestExamined(t *testing.T) {
	f := newCase(t)
	ctx := t.Context()
	r := filled("a")
	put(t, beginScan(t, f, "channel"), r, plain("channel", "b", "b"))
	check := func(digest verify.Digest, version string, want bool) {
		t.Helper()
		if got, err := f.Examined(ctx, digest, version, false); err != nil || got != want {
			t.Errorf("examined %.8s by %s: got %v, %v, want %v", digest, version, got, err, want)
		}
	}
	check(r.Item.Digest, "v1", true)
	check(r.Item.Digest, "v2", false)
	check(digestOf("b"), "v1", true) // no pictures to miss
	check(digestOf("c"), "v1", false)
	if err := f.cache.renew(ctx); err != nil {
		t.Fatal(err)
	}
	check(r.Item.Digest, "v1", false)
	if _, err := f.Thumb(ctx, r.Item.Digest, r.Item.Frames[0].At); !errors.Is(err, ErrNotCached) {
		t.Errorf("thumb of an empty cache: %v", err)
	}
}

// A batch that fails leaves nothing: no row, no event, and the ledger goes on.
func TestPutIsAllOrNothing(t *testing.T) {
	f := newCase(t)
	s := beginScan(t, f, "one")
	put(t, s, plain("one", "a", "A"))
	orphan := plain("one", "z", "Z")
	orphan.Item = nil
	if err := s.Put(t.Context(), []Result{plain("one", "b", "B"), orphan}); !errors.Is(err, ErrUnknownItem) {
		t.Errorf("sighting of an unknown item: %v", err)
	}
	mixed := plain("one", "c", "C")
	mixed.Item.Digest = digestOf("D")
	for _, bad := range []Result{mixed, {Sighting: verify.Sighting{Digest: "xyz"}}} {
		if err := s.Put(t.Context(), []Result{plain("one", "b", "B"), bad}); err == nil {
			t.Errorf("accepted %+v", bad)
		}
	}
	cancelled, cancel := context.WithCancel(t.Context())
	cancel()
	if err := s.Put(cancelled, []Result{plain("one", "b", "B")}); err == nil {
		t.Error("stored under a cancelled context")
	}
	if got := paths(allItems(t, f)); got != "one/a | " {
		t.Errorf("got %s", got)
	}
	put(t, s, plain("one", "b", "B"))
	mustVerify(t, f)
}

// Readers do not wait for a batch that is being written.
func TestReadsDuringWrite(t *testing.T) {
	f := newCase(t)
	put(t, beginScan(t, f, "one"), plain("one", "a", "A"))
	err := f.locked(t.Context(), func(tx *txn) error {
		if got := paths(allItems(t, f)); got != "one/a | " {
			t.Errorf("got %s", got)
		}
		_, err := f.Counts(t.Context())
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

func TestSourceMustBelongToAScan(t *testing.T) {
	f := newCase(t)
	if _, err := beginScan(t, f, "one").SourceDone(t.Context(), SourceResult{Name: "two"}); err == nil {
		t.Error("closed a source that was never named")
	}
}

func TestNamesThatAreNotText(t *testing.T) {
	f := newCase(t)
	names := []string{"\xff", "\xfe", "a\nb", "é", "e\u0301", "a'b\"", "\\xff"}
	s := beginScan(t, f, "bad \xff name")
	for i, name := range names {
		r := plain("bad \xff name", name, name)
		r.Sighting.Path = `bad \xff name/` + string(rune('0'+i))
		put(t, s, r)
	}
	done(t, s, "bad \xff name", names[:5]...)
	mustVerify(t, f)
	state, err := f.SourceState(t.Context(), "bad \xff name")
	if err != nil || len(state) != 5 || state["\xfe"].Digest != digestOf("\xfe") {
		t.Errorf("got %+v, %v", state, err)
	}
	for _, item := range allItems(t, f) {
		if !slices.Contains(names, item.Sightings[0].Rel) {
			t.Errorf("got %q", item.Sightings[0].Rel)
		}
	}
}

// The same results give the same events but for time and machine, and the
// same results twice leave the items as they are.
func TestEventsDependOnResultsAlone(t *testing.T) {
	bodies := func(workers int) (list []string) {
		f := newCase(t)
		s := beginScan(t, f, "one")
		var results []Result
		for i := range 1200 {
			r := plain("one", string(rune('a'+i%26))+strings.Repeat("x", i/26), strings.Repeat("y", i%700))
			if workers > 1 && i >= 700 {
				r.Item = nil // another worker had read the same bytes
			}
			results = append(results, r)
		}
		put(t, s, results...)
		for entry, err := range f.Events(t.Context()) {
			if err != nil {
				t.Fatal(err)
			}
			event, err := entry.Parse()
			if err != nil {
				t.Fatal(err)
			}
			if event.Kind != custody.CaseCreated {
				list = append(list, event.Kind+strings.Join(event.Subjects, " ")+string(event.Body))
			}
		}
		mustVerify(t, f)
		return list
	}
	one, two := bodies(1), bodies(2)
	if !slices.Equal(one, two) || len(one) != 4 {
		t.Errorf("%d events and %d events, or they differ", len(one), len(two))
	}
}

func TestFindingsOfSources(t *testing.T) {
	f := newCase(t)
	s := beginScan(t, f, "one")
	link := verify.Finding{Path: "one/link", Source: "one", Finding: source.Finding{Code: "link-skipped", Severity: source.Info, Message: "a link is not followed"}}
	for _, findings := range [][]verify.Finding{{link, link}, {link}} {
		if _, err := s.SourceDone(t.Context(), SourceResult{Name: "one", Findings: findings, Sidecars: []source.Sidecar{{Rel: "result.json", Format: "telegram-json", Records: 4, Missing: 1}}}); err != nil {
			t.Fatal(err)
		}
	}
	got, err := f.Findings(t.Context())
	if err != nil || !slices.Equal(got, []verify.Finding{link}) {
		t.Errorf("got %+v, %v", got, err)
	}
	sources, err := f.Sources(t.Context())
	if err != nil || len(sources[0].Sidecars) != 1 || sources[0].Sidecars[0].Missing != 1 {
		t.Errorf("got %+v, %v", sources, err)
	}
	mustVerify(t, f)
}

func TestDamagedCacheIsNoLoss(t *testing.T) {
	f := newCase(t)
	ctx := t.Context()
	r := filled("a")
	put(t, beginScan(t, f, "channel"), r)
	at := r.Item.Frames[0].At
	if _, err := f.cache.writer.Exec("UPDATE thumbs SET jpeg = x'00' WHERE at = ?", int64(at)); err != nil {
		t.Fatal(err)
	}
	if _, err := f.Thumb(ctx, r.Item.Digest, at); !errors.Is(err, ErrNotCached) {
		t.Errorf("changed thumb: %v", err)
	}
	if err := f.Close(); err != nil {
		t.Fatal(err)
	}
	damage(t, f.path(cacheName+"/pictures.db"), func(b []byte) []byte { return bytes.Repeat([]byte("x"), len(b)) })
	f, err := Open(f.dir, testOptions())
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if _, err := f.Preview(ctx, r.Item.Digest); !errors.Is(err, ErrNotCached) {
		t.Errorf("got %v", err)
	}
	put(t, beginScan(t, f, "channel"), r)
	if jpeg, err := f.Thumb(ctx, r.Item.Digest, at); err != nil || !bytes.Equal(jpeg, r.Item.Frames[0].Thumb) {
		t.Errorf("got %q, %v", jpeg, err)
	}
}

func FuzzFrames(f *testing.F) {
	r := filled("a")
	f.Add(encodeFrames(r.Item.Frames, r.Item.Moving))
	f.Add(encodeFrames(r.Item.Frames, nil))
	f.Add(encodeFrames(nil, nil))
	f.Add([]byte{2, 0xff, 0xff, 0xff, 0xff})
	f.Add(earlier(1, r.Item.Frames))
	f.Add(earlier(2, r.Item.Frames))
	f.Fuzz(func(t *testing.T, in []byte) {
		it, err := decodeItem(in)
		if err != nil {
			return
		}
		// what was decoded encodes back, but for what stands there as hashes only
		again := encodeFrames(withoutPictures(it.frames), nil)
		want := len(in)
		switch in[0] {
		case 1:
			want += 1 + len(it.frames)*len(sum{})
		case 2:
			want++
		case 3:
			want -= int(in[5]) * len(movingParts) * len(sum{})
		}
		if len(again) != want {
			t.Fatalf("%d bytes encode back to %d", len(in), len(again))
		}
	})
}

// earlier is the blob as version 1 had it, without keypoints, or version 2.
func earlier(version byte, frames []verify.Frame) []byte {
	b := []byte{version, 0, 0, 0, byte(len(frames))}
	for _, f := range frames {
		one := encodeFrames([]verify.Frame{f}, nil)[6:]
		if version == 1 {
			one = slices.Delete(one, 8+len(sum{}), 8+2*len(sum{}))
		}
		b = append(b, one...)
	}
	return b
}

// An item that was not examined since an earlier version is still read.
func TestFramesOfEarlierVersions(t *testing.T) {
	for version := byte(1); version < framesVersion; version++ {
		f := newCase(t)
		r := filled("a")
		put(t, beginScan(t, f, "channel"), r)
		if _, err := f.writer.Exec("UPDATE items SET frames = ?", earlier(version, r.Item.Frames)); err != nil {
			t.Fatal(err)
		}
		item, err := f.Item(t.Context(), r.Item.Digest)
		if err != nil || len(item.Frames) != len(r.Item.Frames) || !reflect.DeepEqual(item.Frames[1].Print, r.Item.Frames[1].Print) {
			t.Fatalf("version %d: got %+v, %v", version, item.Frames, err)
		}
		at := r.Item.Frames[0].At
		if jpeg, err := f.Thumb(t.Context(), r.Item.Digest, at); err != nil || !bytes.Equal(jpeg, r.Item.Frames[0].Thumb) {
			t.Errorf("version %d: thumb %q, %v", version, jpeg, err)
		}
		if set, err := f.Features(t.Context(), r.Item.Digest, at); err != nil || (len(set.Points) != 0) != (version > 1) {
			t.Errorf("version %d: keypoints %+v, %v", version, set, err)
		}
		if reel, err := f.Reel(t.Context(), r.Item.Digest); err != nil || len(reel.Moments) != 0 {
			t.Errorf("version %d: a reel that was never made: %v", version, err)
		}
	}
}
