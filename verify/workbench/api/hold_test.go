package api

import (
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"github.com/firsthand-media/firsthand/verify"
	"github.com/firsthand-media/firsthand/verify/casefile"
	"github.com/firsthand-media/firsthand/verify/desk"
)

// The file that is shown as the original is the one that was scanned: not one
// that was changed since, nor one beside its source.
func TestOriginalIsTheFileThatWasScanned(t *testing.T) {
	dir := t.TempDir()
	at := time.Unix(1_600_000_000, 0)
	for _, name := range []string{"source/a.jpg", "beside.jpg"} {
		name = filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(name), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, []byte("picture"), 0o600); err != nil {
			t.Fatal(err)
		}
		if err := os.Chtimes(name, at, at); err != nil {
			t.Fatal(err)
		}
	}
	sources := []casefile.SourceInfo{{Name: "one", Dir: filepath.Join(dir, "source")}, {Name: "gone"}}
	was := verify.Sighting{Source: "one", Rel: "a.jpg", Size: 7, ModTime: at}
	for name, change := range map[string]func(*verify.Sighting){
		"as it was":           func(*verify.Sighting) {},
		"of another length":   func(s *verify.Sighting) { s.Size = 8 },
		"written since":       func(s *verify.Sighting) { s.ModTime = at.Add(-time.Second) },
		"beside its source":   func(s *verify.Sighting) { s.Rel = "../beside.jpg" },
		"of a source no more": func(s *verify.Sighting) { s.Source = "gone" },
		"a folder":            func(s *verify.Sighting) { s.Rel = "." },
	} {
		s := was
		change(&s)
		_, ok := (&Case{}).unchanged(sources, &verify.Item{Sightings: []verify.Sighting{s}})
		if ok != (name == "as it was") {
			t.Errorf("%s: taken as the original: %v", name, ok)
		}
	}
}

// Undoing any entry of an act undoes the act.
func TestAnEntryIsUndoneWithItsAct(t *testing.T) {
	var a acts
	a.did(desk.Made{Entries: []desk.Entry{{Seq: 4}, {Seq: 5}, {Seq: 6}}})
	a.did(desk.Made{Entries: []desk.Entry{{Seq: 7}}})
	for entry, want := range map[int64][]int64{5: {4, 5, 6}, 7: {7}, 0: {7}, 2: {2}} {
		if got, taken := a.of(entry); taken || !slices.Equal(got, want) {
			t.Errorf("entry %d is undone with %v, want %v", entry, got, want)
		}
	}
	a.took([]int64{4, 5, 6}, desk.Made{Entries: []desk.Entry{{Seq: 8}, {Seq: 9}}})
	if got, taken := a.of(9); !taken || !slices.Equal(got, []int64{8, 9}) {
		t.Errorf("what took an act back is redone with %v", got)
	}
}

// What holds a file in an incident is what a person decided and did not take
// back; what is shown beside what counts is told apart from it.
func TestWhatHoldsAFile(t *testing.T) {
	v := &View{Decisions: []verify.Decision{
		{Seq: 1, Kind: verify.Pin, Incident: "I-1", Subjects: []verify.Digest{"a", "b"}, By: "Ada"},
		{Seq: 2, Kind: verify.Pin, Incident: "I-1", Subjects: []verify.Digest{"c"}, By: "Bo"},
		{Seq: 3, Kind: verify.TakeBack, Incident: "I-1", TakesBack: 1, Subjects: []verify.Digest{"a", "b"}, By: "Ada"},
	}}
	if held := v.holding("I-1"); len(held) != 1 || held["c"] == nil || held["c"].By != "Bo" {
		t.Errorf("held: %v", held)
	}
	for _, c := range []struct {
		member verify.Member
		want   string
	}{
		{verify.Member{Role: verify.Original}, string(verify.Original)},
		{verify.Member{Role: verify.Original, Reasons: []verify.Reason{{Code: verify.AlsoIn}}}, verify.AlsoIn},
		{verify.Member{Role: verify.Copy, Reasons: []verify.Reason{{Code: verify.AlsoIn}}}, verify.AlsoIn},
		{verify.Member{Role: verify.Recycled}, string(verify.Recycled)},
	} {
		if got := roleOf(&c.member); got != c.want {
			t.Errorf("%+v is shown as %q, want %q", c.member, got, c.want)
		}
	}
}
