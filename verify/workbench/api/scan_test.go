package api

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/firsthand-media/firsthand/extract"
	"github.com/firsthand-media/firsthand/verify"
	"github.com/firsthand-media/firsthand/verify/casefile"
	"github.com/firsthand-media/firsthand/verify/ingest"
)

// scanUntil waits until the scan of a case is in a state.
func scanUntil(t *testing.T, c *Case, state string) ScanStanding {
	t.Helper()
	for end := time.Now().Add(20 * time.Second); ; time.Sleep(5 * time.Millisecond) {
		s, err := ask[ScanStanding](t, c, "scan", nil, nil)
		if err != nil {
			t.Fatal(err)
		}
		if s.State == state {
			return s
		}
		if time.Now().After(end) {
			t.Fatalf("the scan is %s and never became %s: %+v", s.State, state, s.Failure)
		}
	}
}

func stageOf(s ScanStanding, id string) ScanStage {
	for _, stage := range s.Stages {
		if stage.ID == id {
			return stage
		}
	}
	return ScanStage{}
}

// mediaFolder is a folder of pictures, and one file that is none.
func mediaFolder(t *testing.T, name string, pictures int) string {
	t.Helper()
	dir := filepath.Join(t.TempDir(), name)
	if err := os.MkdirAll(dir, 0o755); err != nil {
		t.Fatal(err)
	}
	for i := range pictures {
		if err := os.WriteFile(filepath.Join(dir, fmt.Sprintf("%02d.jpg", i)), picture(t, uint64(100+i), 64, 48), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.WriteFile(filepath.Join(dir, "broken.jpg"), []byte("\xff\xd8\xff no picture"), 0o644); err != nil {
		t.Fatal(err)
	}
	return dir
}

func TestScanToItsEnd(t *testing.T) {
	c := openTestCase(t, nil)
	dir := mediaFolder(t, "stick", 3)
	before := c.api.events.Last()
	order := ScanIn{Sources: []SourceIn{{Dir: dir, Name: "", Obtained: "  handed over ", Zone: "Europe/Kyiv"}}}
	if _, err := ask[ScanStanding](t, c, "startScan", nil, order); err != nil {
		t.Fatal(err)
	}
	s := scanUntil(t, c, scanDone)
	if s.Outcome == nil || s.Outcome.New != 4 || s.Outcome.Known != 0 || s.Outcome.Unreadable != 1 {
		t.Errorf("outcome %+v", s.Outcome)
	}
	for id, want := range map[string]int64{"found": 4, "hashed": 4, "metadata": 4, "thumbnails": 3, "fingerprints": 3} {
		if got := stageOf(s, id); got.Done != want || got.State != stageDone {
			t.Errorf("stage %s: %+v, want %d done", id, got, want)
		}
	}
	if len(s.Problems) != 1 || s.Problems[0].Files != 1 || s.Problems[0].Paths[0] != "stick/broken.jpg" {
		t.Errorf("problems %+v", s.Problems)
	}
	list, err := ask[SourceList](t, c, "sources", nil, nil)
	if err != nil {
		t.Fatal(err)
	}
	row := list.Sources[len(list.Sources)-1]
	if row.Name != "stick" || row.Obtained != "handed over" || row.Zone != "Europe/Kyiv" || row.Files != 4 || !row.There {
		t.Errorf("source %+v", row)
	}
	events, _, _ := c.api.events.After(before)
	var last *Moving
	for _, e := range events {
		if e.Kind == ScanMoved {
			last = e.Scan
		}
	}
	if last == nil || last.Running || last.Done != 4 || last.Total != 4 {
		t.Errorf("the last event tells %+v", last)
	}

	// Again: nothing is read that did not change.
	if _, err := ask[ScanStanding](t, c, "startScan", nil, ScanIn{}); err != nil {
		t.Fatal(err)
	}
	if s = scanUntil(t, c, scanDone); s.Outcome.New != 0 || s.Outcome.Known != 4 {
		t.Errorf("outcome of the second scan %+v", s.Outcome)
	}
}

// heldScan is a case whose scans tell that they have begun and wait for leave
// or for the end of their context.
func heldScan(t *testing.T) (c *Case, begun chan ScanOrder, leave chan error) {
	c = openTestCase(t, nil)
	begun, leave = make(chan ScanOrder, 4), make(chan error)
	c.api.program.Scan = func(ctx context.Context, _ *casefile.File, order ScanOrder, progress func(ingest.Progress)) (ingest.Summary, error) {
		progress(ingest.Progress{Stage: "listing phone"})
		progress(ingest.Progress{Stage: "reading phone", Total: 10, Tally: ingest.Tally{Found: 10}})
		progress(ingest.Progress{Stage: "reading phone", Done: 1, Total: 10, Tally: ingest.Tally{Found: 10, Hashed: 1, Examined: 1}})
		begun <- order
		select {
		case err := <-leave:
			return ingest.Summary{Files: 10, Read: 10, Examined: 1}, err
		case <-ctx.Done():
			return ingest.Summary{}, fmt.Errorf("read files: the worker ended: %w", errors.New("signal: killed"))
		}
	}
	return c, begun, leave
}

func TestScanWaitsGoesOnAndStops(t *testing.T) {
	c, begun, leave := heldScan(t)
	dir := mediaFolder(t, "stick", 0)
	order := ScanIn{Sources: []SourceIn{{Dir: dir, Name: "mine"}}, Video: "off", Collect: true}
	act := func(name string) {
		t.Helper()
		if _, err := ask[ScanStanding](t, c, name, nil, struct{}{}); err != nil {
			t.Fatalf("%s: %v", name, err)
		}
	}
	if _, err := ask[ScanStanding](t, c, "startScan", nil, order); err != nil {
		t.Fatal(err)
	}
	first := <-begun
	if !first.Collect {
		t.Error("the originals are not to be copied")
	}
	if s := scanUntil(t, c, scanRunning); stageOf(s, "hashed").State != stageRunning || s.Read != 1 || s.Found != 10 || s.Source != "phone" {
		t.Errorf("while it runs: %+v", s)
	}
	if _, err := ask[ScanStanding](t, c, "startScan", nil, order); statusOf(err) != 409 {
		t.Errorf("a second scan beside it: %v", err)
	}
	act("pauseScan")
	scanUntil(t, c, scanPaused)
	act("resumeScan")
	if again := <-begun; again.Folders[0] != first.Folders[0] || again.Names[dir] != "mine" || again.Video != "off" {
		t.Errorf("it goes on with %+v, began with %+v", again, first)
	}
	act("stopScan")
	scanUntil(t, c, scanStopped)
	if _, err := ask[ScanStanding](t, c, "pauseScan", nil, struct{}{}); statusOf(err) != 409 {
		t.Errorf("pausing what does not run: %v", err)
	}
	act("resumeScan")
	<-begun
	leave <- nil
	if s := scanUntil(t, c, scanDone); s.Outcome.New != 1 || s.Outcome.Known != 9 {
		t.Errorf("parts that left nothing in the case count: %+v", s.Outcome)
	}
	if _, err := ask[ScanStanding](t, c, "resumeScan", nil, struct{}{}); statusOf(err) != 409 {
		t.Errorf("going on with what is done: %v", err)
	}
}

func TestScanEndsWithTheCase(t *testing.T) {
	c, begun, _ := heldScan(t)
	if _, err := ask[ScanStanding](t, c, "startScan", nil, ScanIn{Sources: []SourceIn{{Dir: mediaFolder(t, "stick", 0)}}}); err != nil {
		t.Fatal(err)
	}
	<-begun
	if err := c.api.Shut(c.ID); err != nil {
		t.Fatal(err)
	}
	if s := c.scan.standing(time.Now()); s.State != scanStopped {
		t.Errorf("the scan is %s", s.State)
	}
}

func TestScanFailuresAreToldPlainly(t *testing.T) {
	for words, err := range map[string]error{
		"disk that holds the case is full":  fmt.Errorf("store 128 files: %w", syscall.ENOSPC),
		"disk that holds the case is full.": errors.New("database or disk is full (13)"),
		"may not be read":                   &fs.PathError{Op: "open", Path: "/a", Err: fs.ErrPermission},
		"no longer there":                   &fs.PathError{Op: "open", Path: "/a", Err: fs.ErrNotExist},
		"Another program is writing":        unopened("/case", casefile.ErrLocked),
		"could not go on":                   errors.New("something else"),
	} {
		f := failure(err)
		if !strings.Contains(f.What, words) || f.Safe == "" || f.Hint == "" || f.Details == "" {
			t.Errorf("%v is told as %+v, want %q", err, f, words)
		}
	}
	c, begun, leave := heldScan(t)
	if _, err := ask[ScanStanding](t, c, "startScan", nil, ScanIn{Sources: []SourceIn{{Dir: mediaFolder(t, "stick", 0)}}}); err != nil {
		t.Fatal(err)
	}
	<-begun
	leave <- syscall.ENOSPC
	if s := scanUntil(t, c, scanFailed); s.Failure == nil || !strings.Contains(s.Failure.Safe, "in the case") {
		t.Errorf("failure %+v", s.Failure)
	}
}

func TestScanOrdersThatAreRefused(t *testing.T) {
	c := openTestCase(t, map[string][]byte{"a.jpg": picture(t, 1, 40, 30)})
	stick, other := mediaFolder(t, "stick", 0), mediaFolder(t, "phone", 0)
	file := filepath.Join(stick, "broken.jpg")
	known := view(t, c).Sources[0].Dir
	for name, test := range map[string]struct {
		status  int
		sources []SourceIn
	}{
		"a path that is not whole":        {400, []SourceIn{{Dir: "stick"}}},
		"no folder":                       {404, []SourceIn{{Dir: stick + "-gone"}}},
		"a file":                          {400, []SourceIn{{Dir: file}}},
		"a name with a slash":             {400, []SourceIn{{Dir: stick, Name: "a/b"}}},
		"a name with a hidden turn":       {400, []SourceIn{{Dir: stick, Name: "a\u202eb"}}},
		"a name that climbs":              {400, []SourceIn{{Dir: stick, Name: ".."}}},
		"a zone that is none":             {400, []SourceIn{{Dir: stick, Zone: "Local"}}},
		"a folder twice":                  {409, []SourceIn{{Dir: stick}, {Dir: stick + "/"}}},
		"a name twice":                    {409, []SourceIn{{Dir: stick, Name: "x"}, {Dir: other, Name: "x"}}},
		"the name of another source":      {409, []SourceIn{{Dir: other}}},
		"another name for a known source": {409, []SourceIn{{Dir: known, Name: "renamed"}}},
	} {
		if _, err := ask[ScanStanding](t, c, "startScan", nil, ScanIn{Sources: test.sources}); statusOf(err) != test.status {
			t.Errorf("%s: %v, want status %d", name, err, test.status)
		}
	}
	if s := scanUntil(t, c, scanIdle); len(s.Stages) != 0 {
		t.Errorf("something was begun: %+v", s)
	}
	if _, err := ask[ScanStanding](t, c, "startScan", nil, ScanIn{Sources: []SourceIn{{Dir: other, Moved: true}}}); err != nil {
		t.Errorf("a source that was moved: %v", err)
	}
	scanUntil(t, c, scanDone)
}

func TestSourcesAreSaidAgain(t *testing.T) {
	c := openTestCase(t, map[string][]byte{"a.jpg": picture(t, 1, 40, 30)})
	list, err := ask[SourceList](t, c, "saySource", nil, SourceSaid{Name: "phone", Obtained: "from Ada", Zone: "Asia/Baghdad"})
	if err != nil || list.Sources[0].Obtained != "from Ada" || list.Sources[0].Zone != "Asia/Baghdad" {
		t.Fatalf("%+v, %v", list, err)
	}
	if list, err = ask[SourceList](t, c, "saySource", nil, SourceSaid{Name: "phone"}); err != nil || list.Sources[0].Obtained != "" || list.Sources[0].Zone != "" {
		t.Errorf("taken back: %+v, %v", list, err)
	}
	if _, err := ask[SourceList](t, c, "saySource", nil, SourceSaid{Name: "other"}); statusOf(err) != 404 {
		t.Errorf("of a source that is none: %v", err)
	}
}

func TestCourseTellsPaceAndTimeLeft(t *testing.T) {
	var c course
	at := time.Date(2026, 5, 16, 12, 0, 0, 0, time.UTC)
	c.note(ingest.Progress{Stage: "listing phone"}, at)
	c.note(ingest.Progress{Stage: "reading phone", Total: 1000, Tally: ingest.Tally{Found: 1000}}, at)
	for i := 1; i <= 100; i++ {
		at = at.Add(100 * time.Millisecond)
		c.note(ingest.Progress{Stage: "reading phone", Done: int64(i), Total: 1000, Tally: ingest.Tally{Found: 1000, Hashed: i, Examined: i / 2}}, at)
	}
	stages := c.stages(1, scanRunning, at)
	hashed, metadata := stages[1], stages[2]
	if hashed.PerSecond < 9 || hashed.PerSecond > 11 || hashed.LeftSeconds == nil || *hashed.LeftSeconds < 80 || *hashed.LeftSeconds > 100 {
		t.Errorf("hashed %+v, left %v", hashed, hashed.LeftSeconds)
	}
	if metadata.PerSecond < 4 || metadata.PerSecond > 6 {
		t.Errorf("metadata %+v", metadata)
	}
	if two := c.stages(2, scanRunning, at); two[0].State != stageRunning || two[1].LeftSeconds != nil {
		t.Errorf("with a second source to come: %+v", two[:2])
	}
	c.note(ingest.Progress{Stage: "comparing pictures", Unit: "pairs", Done: 5, Total: 50}, at)
	if after := c.stages(1, scanRunning, at); after[1].State != stageDone || after[5].State != stageRunning || after[5].Unit != "pairs" {
		t.Errorf("after reading: %+v", after)
	}
}

func TestProblemsAreBounded(t *testing.T) {
	var c course
	for i := range 20_000 {
		f := verify.Finding{Path: extract.Text(fmt.Sprintf("phone/%d.jpg", i))}
		f.Code, f.Message = fmt.Sprintf("cause-%d", i%200), "it is broken"
		c.note(ingest.Progress{Stage: "reading phone", Done: int64(i + 1), Problem: &f}, time.Now())
	}
	files := 0
	for _, p := range c.problems {
		files += p.Files
		if len(p.Paths) > mostNamed {
			t.Fatalf("%d files are named of one cause", len(p.Paths))
		}
	}
	if len(c.problems) != mostCauses || files != 20_000 {
		t.Errorf("%d causes, %d files", len(c.problems), files)
	}
}

func TestHeldScanCountsWhatItLeft(t *testing.T) {
	at := time.Date(2026, 5, 16, 12, 0, 0, 0, time.UTC)
	broken := verify.Finding{Path: "phone/a.jpg"}
	broken.Code, broken.Message = "unreadable", "it is broken"
	var first course
	first.note(ingest.Progress{Stage: "reading phone", Done: 5, Total: 9, Tally: ingest.Tally{Found: 9, Examined: 5, Pictures: 4, Prints: 2}, Problem: &broken}, at)
	first.stored = 3 // two were in hand
	next := first.carried()
	next.note(ingest.Progress{Stage: "reading phone", Done: 9, Total: 9, Tally: ingest.Tally{Found: 9, Known: 3, Examined: 6, Pictures: 5, Prints: 4}, Problem: &broken}, at)
	if got := next.made(); got.Examined != 9 || got.Pictures != 8 || got.Prints != 6 {
		t.Errorf("both parts made %+v", got)
	}
	if len(next.problems) != 1 || next.problems[0].Files != 1 {
		t.Errorf("a file that is broken twice: %+v", next.problems)
	}
}
