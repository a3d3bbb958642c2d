package desk_test

import (
	"bytes"
	"context"
	"crypto/ed25519"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/firsthand-media/firsthand/extract"
	"github.com/firsthand-media/firsthand/extract/source"
	"github.com/firsthand-media/firsthand/verify"
	"github.com/firsthand-media/firsthand/verify/assess"
	"github.com/firsthand-media/firsthand/verify/casefile"
	"github.com/firsthand-media/firsthand/verify/desk"
)

var ada = desk.Word{By: "Ada", Reason: "seen in three sources"}

func digestOf(name string) verify.Digest {
	sum := sha256.Sum256([]byte(name))
	return verify.Digest(hex.EncodeToString(sum[:]))
}

// harbour is a case of four files: one/a, one/b and one/c are members of I-1,
// one/d of I-2; one/a and one/b are copies.
func harbour(t *testing.T) *casefile.File {
	t.Helper()
	ctx := t.Context()
	f, err := casefile.Create(filepath.Join(t.TempDir(), "case"), casefile.Options{
		Signer: ed25519.NewKeyFromSeed(bytes.Repeat([]byte{1}, ed25519.SeedSize)), Actor: "Ada", Tool: "test",
	})
	must(t, err)
	t.Cleanup(func() { must(t, f.Close()) })
	s, err := f.BeginScan(ctx, casefile.ScanInfo{Version: "v1", Sources: []source.Source{{Name: "one", Dir: "/media/one"}}})
	must(t, err)
	names := []string{"a", "b", "c", "d"}
	var results []casefile.Result
	member := map[string]verify.Member{}
	for _, n := range names {
		d := digestOf(n)
		results = append(results, casefile.Result{
			Sighting: verify.Sighting{Source: "one", Rel: n, Path: "one/" + n, Digest: d, ModTime: time.Unix(1_600_000_000, 0).UTC()},
			Item:     &verify.Item{Digest: d, Media: extract.Media{Kind: extract.Image, MediaType: "image/png"}},
		})
		member[n] = verify.Member{Path: "one/" + n, Role: verify.Original, Digest: d}
	}
	must(t, s.Put(ctx, results))
	_, err = s.SourceDone(ctx, casefile.SourceResult{Name: "one", Present: names})
	must(t, err)
	must(t, s.End(ctx, nil))
	copies := verify.Cluster{ID: "C-1", Members: []string{"one/a", "one/b"}, Digests: []verify.Digest{digestOf("a"), digestOf("b")}}
	must(t, f.ReplaceMatches(ctx, nil, []verify.Cluster{copies}, casefile.RunInfo{}))
	must(t, f.ReplaceIncidents(ctx, []verify.Incident{
		{ID: "I-1", Status: verify.Candidate, Members: []verify.Member{member["a"], member["b"], member["c"]}},
		{ID: "I-2", Status: verify.Candidate, Members: []verify.Member{member["d"]}},
	}, casefile.RunInfo{}))
	return f
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func at(t *testing.T, f *casefile.File) *desk.Desk {
	t.Helper()
	d, err := desk.Open(t.Context(), f)
	must(t, err)
	return d
}

// wantProblem wants an error of a kind, and gives it.
func wantProblem(t *testing.T, err error, kind desk.Kind, words string) *desk.Error {
	t.Helper()
	var p *desk.Error
	if !errors.As(err, &p) || p.Kind != kind || !strings.Contains(err.Error(), words) {
		t.Errorf("got %v, want %s %q", err, kind, words)
		return &desk.Error{}
	}
	return p
}

// What was taken back holds again when the taking back is taken back, unless
// something was decided in between that it contradicts.
func TestTakeBackOfATakeBack(t *testing.T) {
	f := harbour(t)
	ctx := t.Context()
	d := at(t, f)
	pinned, err := d.Pin(ctx, ada, "I-1", []string{"one/c"})
	must(t, err)
	back, err := d.TakeBack(ctx, ada, pinned.Entries[0].Seq)
	must(t, err)
	_, err = d.TakeBack(ctx, ada, pinned.Entries[0].Seq)
	wantProblem(t, err, desk.UnknownEntry, "is not a decision that holds")
	again, err := d.TakeBack(ctx, ada, back.Entries[0].Seq)
	must(t, err)
	if n := len(verify.Standing(decisionsOf(t, f))); n != 1 {
		t.Errorf("%d decisions hold, want the pin", n)
	}
	back, err = d.TakeBack(ctx, ada, again.Entries[0].Seq) // and away once more
	must(t, err)

	out, err := d.Remove(ctx, ada, "I-1", []string{"one/c"})
	must(t, err)
	_, err = d.TakeBack(ctx, ada, back.Entries[0].Seq)
	if p := wantProblem(t, err, desk.Contradicts, "contradicts entry"); p.Entry != out.Entries[0].Seq {
		t.Errorf("it names entry %d, want %d", p.Entry, out.Entries[0].Seq)
	}
}

func decisionsOf(t *testing.T, f *casefile.File) []verify.Decision {
	t.Helper()
	list, err := f.Decisions(t.Context())
	must(t, err)
	return list
}

// A decision that contradicts an earlier one is refused and names it, unless it
// is to prevail.
func TestNewerWins(t *testing.T) {
	f := harbour(t)
	ctx := t.Context()
	d := at(t, f)
	pinned, err := d.Pin(ctx, ada, "I-1", []string{"one/c"})
	must(t, err)
	_, err = d.Remove(ctx, ada, "I-1", []string{"one/c"})
	if p := wantProblem(t, err, desk.Contradicts, `pin by Ada, "seen in three sources"`); p.Entry != pinned.Entries[0].Seq || p.Hint == "" {
		t.Errorf("got %+v", p)
	}
	w := ada
	w.NewerWins = true
	made, err := d.Remove(ctx, w, "I-1", []string{"one/c"})
	must(t, err)
	if !made.Entries[0].Decision.NewerWins {
		t.Error("it is not recorded that the newer one prevails")
	}
}

// Copies are taken along where that is asked for, and else counted.
func TestCopiesOfMembers(t *testing.T) {
	f := harbour(t)
	ctx := t.Context()
	made, err := at(t, f).Pin(ctx, ada, "i-1", []string{string(digestOf("a"))})
	must(t, err)
	if made.CopiesLeft != 1 || made.Entries[0].Text != "1 file is kept in I-1" {
		t.Errorf("got %+v", made)
	}
	w := ada
	w.Copies = true
	made, err = at(t, f).Pin(ctx, w, "I-1", []string{"one/b"})
	must(t, err)
	if made.CopiesLeft != 0 || len(made.Entries[0].Decision.Subjects) != 2 {
		t.Errorf("got %+v", made)
	}
}

// Wrong requests are told apart, and nothing is recorded.
func TestProblems(t *testing.T) {
	f := harbour(t)
	ctx := t.Context()
	d := at(t, f)
	for _, c := range []struct {
		kind  desk.Kind
		words string
		act   func() (desk.Made, error)
	}{
		{desk.NoName, "needs a name", func() (desk.Made, error) { return d.Confirm(ctx, desk.Word{Reason: "x"}, "I-1") }},
		{desk.NoReason, "needs a reason", func() (desk.Made, error) { return d.Confirm(ctx, desk.Word{By: "Ada", Reason: " "}, "I-1") }},
		{desk.UnknownIncident, "no incident I-9", func() (desk.Made, error) { return d.Reject(ctx, ada, "I-9") }},
		{desk.UnknownItem, "no file one/x", func() (desk.Made, error) { return d.Add(ctx, ada, "I-1", []string{"one/x"}) }},
		{desk.MemberAlready, "one/a is in I-1 already", func() (desk.Made, error) { return d.Add(ctx, ada, "I-1", []string{string(digestOf("a"))}) }},
		{desk.NoMember, "one/d is not a member of I-1", func() (desk.Made, error) { return d.Pin(ctx, ada, "I-1", []string{"one/d"}) }},
		{desk.NothingLeft, "nothing would be left of I-2", func() (desk.Made, error) { return d.Remove(ctx, ada, "I-2", []string{"one/d"}) }},
		{desk.Unclear, "one incident already", func() (desk.Made, error) { return d.Merge(ctx, ada, "I-1", "i-1") }},
		{desk.Unclear, "they are one file", func() (desk.Made, error) { return d.NotSame(ctx, ada, "one/a", string(digestOf("a"))) }},
		{desk.NoMember, "no copies to be taken from", func() (desk.Made, error) { return d.TakeOut(ctx, ada, "one/c") }},
	} {
		_, err := c.act()
		wantProblem(t, err, c.kind, c.words)
	}
	if n := len(decisionsOf(t, f)); n != 0 {
		t.Errorf("%d decisions were recorded", n)
	}
}

// One act of several entries is recorded whole and is taken back whole,
// whatever they are.
func TestTakeBackOfMany(t *testing.T) {
	f := harbour(t)
	ctx := t.Context()
	severe := desk.WarnSevere
	marked, err := desk.Mark(ctx, f, ada, []string{"one/a", "one/b", "one/a"}, desk.Marking{Mark: verify.Mark{Note: "n"}, Warning: &severe})
	must(t, err)
	if len(marked.Entries) != 2 {
		t.Fatalf("%d entries: a mark and a warning, each of two files", len(marked.Entries))
	}
	moved, err := at(t, f).Add(ctx, ada, "I-2", []string{"one/c"})
	must(t, err)
	var entries []int64
	for _, e := range append(marked.Entries, moved.Entries...) {
		entries = append(entries, e.Seq)
	}
	back, regroup, err := desk.TakeBack(ctx, f, ada, entries...)
	must(t, err)
	if len(back.Entries) != 3 || !regroup {
		t.Errorf("%d entries took it back, regroup %v", len(back.Entries), regroup)
	}
	marks, err := f.Marks(ctx)
	must(t, err)
	reviews, err := f.Reviews(ctx)
	must(t, err)
	if m := verify.FoldMarks(marks)[digestOf("a")]; m.Any() || reviews[0].Marks.Graphic != nil || len(verify.Standing(decisionsOf(t, f))) != 0 {
		t.Errorf("something still stands: %+v %+v", m, reviews[0])
	}
	_, err = f.VerifyCustody(ctx)
	must(t, err)
}

// Marks are everybody's: whoever reviews an item second may warn of it and take
// that back, also when the review is closed.
func TestWarningsBesideAReview(t *testing.T) {
	f := harbour(t)
	ctx := t.Context()
	item := digestOf("a")
	_, err := f.Assess(ctx, assess.Act{Item: item, By: "Ada", Round: assess.First, Conclusion: assess.NotVerifiable, Done: true, Single: true})
	must(t, err)
	moderate := desk.WarnModerate
	warned, err := desk.Mark(ctx, f, desk.Word{By: "Bo"}, []string{"one/a"}, desk.Marking{Warning: &moderate})
	must(t, err)
	back, err := desk.TakeBackMark(ctx, f, desk.Word{By: "Cy", Reason: "undone"}, warned.Entries[0].Seq)
	must(t, err)
	_, err = desk.TakeBackMark(ctx, f, desk.Word{By: "Bo", Reason: "redone"}, back.Entries[0].Seq)
	must(t, err)
	reviews, err := f.Reviews(ctx)
	must(t, err)
	if g := reviews[0].Marks.Graphic; g == nil || *g != moderate {
		t.Errorf("graphic level %v, want it as it was", g)
	}
	if reviews[0].State() != assess.SingleReview {
		t.Errorf("the review is %s", reviews[0].State())
	}
}

// The history of a file says of an open review that somebody wrote in it, and
// neither who nor what.
func TestHistoryKeepsReviewsBlind(t *testing.T) {
	f := harbour(t)
	ctx := context.WithoutCancel(t.Context())
	made, err := f.Assess(ctx, assess.Act{Item: digestOf("a"), By: "Secret", Round: assess.First, Limits: "hidden words", Conclusion: assess.Staged})
	must(t, err)
	_, err = f.Assess(ctx, assess.Act{Item: digestOf("a"), By: "Secret", Round: assess.First, TakesBack: made[0].Seq})
	must(t, err)
	past, err := desk.ReadPast(ctx, f)
	must(t, err)
	events := past.OfItems(func(d verify.Digest) string { return string(d) }, digestOf("a"))
	events = append(events, past.Latest(func(d verify.Digest) string { return string(d) }, 9)...)
	if len(events) != 4 {
		t.Fatalf("%d events", len(events))
	}
	for _, e := range events {
		if e.By != "" || e.TakesBack != 0 || e.Text != "a sheet of the review that is open" {
			t.Errorf("got %+v", e)
		}
	}
}
