package ingest

import (
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/firsthand-media/firsthand/verify"
	"github.com/firsthand-media/firsthand/verify/casefile"
)

// twoDays is a source with an event on each of two days, with copies.
func twoDays(t *testing.T) string {
	return write(t, "phone", map[string][]byte{
		"IMG_20240501_101500.jpg": picture(1, 480, 320), "IMG_20240501_101700.jpg": picture(2, 480, 320),
		"IMG_20240520_120000.jpg": picture(3, 480, 320), "IMG_20240520_120100.jpg": picture(4, 480, 320),
		"copy/IMG_20240501_101500.jpg": picture(1, 480, 320), "page.jpg": []byte("<!doctype html><html></html>"),
	})
}

func size(t *testing.T, f *casefile.File) int64 { return int64(len(events(t, f, 0))) }

func TestSecondScanMakesNothingAnew(t *testing.T) {
	dir := twoDays(t)
	f := testCase(t, filepath.Join(t.TempDir(), "case"))
	scanned(t, f, testOptions(t, 2, dir))
	first, at := contents(t, f), size(t, f)
	opt := testOptions(t, 1, dir)
	opt.Examiner = inProcess{before: func(_, name string) error {
		t.Errorf("%s was examined again", name)
		return nil
	}}
	sum := scanned(t, f, opt)
	if sum.Kept != 6 || sum.Read != 0 || sum.Bytes != 0 || !sum.MatchesKept || !sum.IncidentsKept {
		t.Errorf("the scan says %+v", sum)
	}
	if again := contents(t, f); again != first {
		t.Errorf("the case differs:\n%s\nwas\n%s", again, first)
	}
	if got := events(t, f, at); !slices.Equal(got, []string{"scan-began", "source-read", "scan-ended"}) {
		t.Errorf("the ledger grew by %v", got)
	}
	if _, err := f.VerifyCustody(t.Context()); err != nil {
		t.Error(err)
	}
}

func TestWhatChangedIsMadeAnew(t *testing.T) {
	dir := twoDays(t)
	f := testCase(t, filepath.Join(t.TempDir(), "case"))
	opt := testOptions(t, 2, dir)
	kept := func(wantMatches, wantIncidents bool, why string) {
		t.Helper()
		sum := scanned(t, f, opt)
		if sum.MatchesKept != wantMatches || sum.IncidentsKept != wantIncidents {
			t.Errorf("%s: matches kept %v, incidents kept %v", why, sum.MatchesKept, sum.IncidentsKept)
		}
		if sum = scanned(t, f, opt); !sum.MatchesKept || !sum.IncidentsKept {
			t.Errorf("%s, and nothing more: matches kept %v, incidents kept %v", why, sum.MatchesKept, sum.IncidentsKept)
		}
	}
	kept(false, false, "first scan")
	opt.Zones.Case = time.FixedZone("Europe/Somewhere", 7200)
	kept(true, false, "a zone")
	incidents, err := f.Incidents(t.Context())
	if err != nil || len(incidents) == 0 {
		t.Fatal(err, incidents)
	}
	if _, err := f.Decide(t.Context(), verify.Decision{Kind: "confirm", Incident: incidents[0].ID, Subjects: []verify.Digest{incidents[0].Members[0].Digest}, Reason: "seen", By: "Ada"}); err != nil {
		t.Fatal(err)
	}
	kept(true, false, "a decision")
	opt.Build = "another"
	kept(false, false, "another build")
	// Content that is known at a further place is a new sighting.
	if err := os.WriteFile(filepath.Join(dir, "again.jpg"), picture(1, 480, 320), 0o644); err != nil {
		t.Fatal(err)
	}
	kept(false, false, "a further sighting")
	if err := os.Remove(filepath.Join(dir, "again.jpg")); err != nil {
		t.Fatal(err)
	}
	kept(false, false, "a file that is gone")
	sidecar := `{"id":"7","title":"t","uploader":"someone","webpage_url":"https://example.org/7","extractor":"x","timestamp":1714558500,"ext":"jpg"}`
	if err := os.WriteFile(filepath.Join(dir, "IMG_20240501_101500.info.json"), []byte(sidecar), 0o644); err != nil {
		t.Fatal(err)
	}
	kept(false, false, "a sidecar")
}

// Items that were stored and never matched are matched by the next run.
func TestItemsOfAnInterruptedScanAreMatched(t *testing.T) {
	dir := twoDays(t)
	whole := testCase(t, filepath.Join(t.TempDir(), "whole"))
	scanned(t, whole, testOptions(t, 1, dir))
	f := testCase(t, filepath.Join(t.TempDir(), "case"))
	opt := testOptions(t, 2, dir)
	var sum Summary
	if err := scan(t.Context(), f, quietly(opt), &sum); err != nil {
		t.Fatal(err)
	}
	if sum := scanned(t, f, opt); sum.Kept != 6 || sum.MatchesKept || sum.IncidentsKept {
		t.Errorf("the scan says %+v", sum)
	}
	if got, want := contents(t, f), contents(t, whole); got != want {
		t.Errorf("the case is\n%s\nnot\n%s", got, want)
	}
}

func quietly(o Options) Options {
	o.Progress = func(Progress) {}
	return o
}

// Matches that were made without some of the pictures do not stand.
func TestMatchesWithoutPicturesAreMadeAgain(t *testing.T) {
	dir := twoDays(t)
	if err := os.WriteFile(filepath.Join(dir, "near.jpg"), append(picture(1, 480, 320), 0), 0o644); err != nil {
		t.Fatal(err)
	}
	name := filepath.Join(t.TempDir(), "case")
	f := testCase(t, name)
	scanned(t, f, testOptions(t, 1, dir))
	want := contents(t, f)
	if err := errors.Join(f.Close(), os.RemoveAll(filepath.Join(name, "cache"))); err != nil {
		t.Fatal(err)
	}
	f = testCase(t, name)
	opt := testOptions(t, 1, dir)
	opt.Build = "another" // so that the matches are made anew without the cache
	var sum Summary
	if err := Regroup(t.Context(), f, opt, &sum); err != nil {
		t.Fatal(err)
	}
	if got := findings(t, f, "not-compared"); len(got) == 0 || !strings.Contains(got[0].Message, "phone/") {
		t.Errorf("findings %v", got)
	}
	sum = scanned(t, f, opt)
	if sum.Read == 0 || sum.MatchesKept || sum.IncidentsKept {
		t.Errorf("the scan says %+v", sum)
	}
	if got := contents(t, f); got != want {
		t.Errorf("the case is\n%s\nnot\n%s", got, want)
	}
}

// The ledger holds the same events whatever the number of workers.
func TestWorkersChangeNothing(t *testing.T) {
	dir := twoDays(t)
	var first string
	for _, workers := range []int{1, 4} {
		f := testCase(t, filepath.Join(t.TempDir(), "case"))
		scanned(t, f, testOptions(t, workers, dir))
		got := contents(t, f)
		for entry, err := range f.Events(t.Context()) {
			if err != nil {
				t.Fatal(err)
			}
			e, err := entry.Parse()
			if err != nil {
				t.Fatal(err)
			}
			if e.Kind == "case-created" {
				continue // names the case
			}
			got += e.Kind + " " + strings.Join(e.Subjects, " ") + string(e.Body) + "\n"
		}
		if first == "" {
			first = got
		} else if got != first {
			t.Errorf("with %d workers\n%s\nwith 1\n%s", workers, got, first)
		}
	}
}
