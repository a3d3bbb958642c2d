package casefile

import (
	"encoding/json"
	"reflect"
	"testing"

	"github.com/firsthand-media/firsthand/extract"
	"github.com/firsthand-media/firsthand/extract/source"
	"github.com/firsthand-media/firsthand/verify"
)

// The state follows what is present, not how it came about.
func TestStateIsOfWhatIsPresent(t *testing.T) {
	f := newCase(t)
	ctx := t.Context()
	state := func() string {
		t.Helper()
		s, err := f.State(ctx)
		if err != nil {
			t.Fatal(err)
		}
		return s
	}
	scan := func(present []string, results ...Result) {
		t.Helper()
		s, err := f.BeginScan(ctx, ScanInfo{Version: "v1", Sources: []source.Source{{Name: "one", Dir: "/one"}}})
		if err != nil {
			t.Fatal(err)
		}
		if len(results) > 0 {
			if err := s.Put(ctx, results); err != nil {
				t.Fatal(err)
			}
		}
		if _, err := s.SourceDone(ctx, SourceResult{Name: "one", Present: present}); err != nil {
			t.Fatal(err)
		}
	}
	empty := state()
	a, b := plain("one", "a.jpg", "a"), plain("one", "b.jpg", "b")
	scan([]string{"a.jpg"}, a)
	one := state()
	scan([]string{"a.jpg", "b.jpg"}, b)
	two := state()
	if empty == one || one == two {
		t.Error("an item changed nothing")
	}
	captioned := b
	captioned.Sighting.Records = []source.Record{{Format: "yt-dlp", Text: "a caption"}}
	scan([]string{"a.jpg", "b.jpg"}, captioned)
	if state() == two {
		t.Error("a caption changed nothing")
	}
	scan([]string{"a.jpg", "b.jpg"}, b)
	if state() != two {
		t.Error("the same items and sightings are another state")
	}
	scan([]string{"a.jpg"})
	if state() != one {
		t.Error("a file that is gone still counts")
	}
}

func TestLastRunIsThatOfWhatStands(t *testing.T) {
	f := newCase(t)
	ctx := t.Context()
	if _, ok, err := f.LastMatching(ctx); ok || err != nil {
		t.Fatalf("a run in a new case: %v", err)
	}
	for _, model := range []string{"m1", "m2"} {
		if err := f.ReplaceMatches(ctx, nil, nil, RunInfo{Model: model, Params: json.RawMessage(`{"of":"` + model + `"}`)}); err != nil {
			t.Fatal(err)
		}
		if err := f.ReplaceIncidents(ctx, nil, RunInfo{Model: "g" + model}); err != nil {
			t.Fatal(err)
		}
	}
	run, ok, err := f.LastMatching(ctx)
	if err != nil || !ok || run.Model != "m2" || string(run.Params) != `{"of":"m2"}` {
		t.Errorf("matching %+v, %v, %v", run, ok, err)
	}
	if run, ok, err = f.LastGrouping(ctx); err != nil || !ok || run.Model != "gm2" {
		t.Errorf("grouping %+v, %v, %v", run, ok, err)
	}
}

func TestNewsLeavesOutWhatStands(t *testing.T) {
	f := newCase(t)
	ctx := t.Context()
	s, err := f.BeginScan(ctx, ScanInfo{Version: "v1", Sources: []source.Source{{Name: "one", Dir: "/one"}}})
	if err != nil {
		t.Fatal(err)
	}
	first := plain("one", "a.jpg", "a")
	if err := s.Put(ctx, []Result{first}); err != nil {
		t.Fatal(err)
	}
	known := first
	known.Item = nil
	captioned, noted, elsewhere := known, known, known
	captioned.Sighting.Account = "someone"
	noted.Findings = []verify.Finding{{Path: "one/a.jpg", Finding: extract.Finding{Code: "changed-while-read"}}}
	elsewhere.Sighting.Rel, elsewhere.Sighting.Path = "b.jpg", "one/b.jpg"
	got, err := s.News(ctx, []Result{known, captioned, first, noted, elsewhere})
	if err != nil {
		t.Fatal(err)
	}
	if want := []Result{captioned, first, noted, elsewhere}; !reflect.DeepEqual(got, want) {
		t.Errorf("the news are %+v", got)
	}
	// A file that is back where it was before is news.
	if _, err := s.SourceDone(ctx, SourceResult{Name: "one"}); err != nil {
		t.Fatal(err)
	}
	if got, err = s.News(ctx, []Result{known}); err != nil || len(got) != 1 {
		t.Errorf("of a file that is back: %+v, %v", got, err)
	}
}
