package casefile

import (
	"bytes"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"reflect"
	"testing"

	"github.com/firsthand-media/firsthand/verify"
)

func TestDecisions(t *testing.T) {
	f := newCase(t)
	ctx := t.Context()
	first, err := f.Decide(ctx, verify.Decision{Kind: "confirm", Incident: "i1", Subjects: []verify.Digest{digestOf("a"), digestOf("b")}, Reason: "seen by Ivan", By: "Олена"})
	if err != nil {
		t.Fatal(err)
	}
	second, err := f.Decide(ctx, verify.Decision{Kind: "reject", Incident: "i2", Subjects: []verify.Digest{}, By: "Max"})
	if err != nil {
		t.Fatal(err)
	}
	if first.Seq != 1 || second.Seq != 2 || !first.At.Before(second.At) {
		t.Errorf("got %+v and %+v", first, second)
	}
	if report := mustVerify(t, f); report.Signed != report.Size {
		t.Errorf("a decision is not signed: %+v", report)
	}
	f = reopen(t, f, nil)
	got, err := f.Decisions(ctx)
	if want := []verify.Decision{first, second}; err != nil || !reflect.DeepEqual(got, want) {
		t.Errorf("got %+v, %v\nwant %+v", got, err, want)
	}

	if fields, err := f.Erase(ctx, first.Seq, "Max", "he asked for it"); err != nil || !reflect.DeepEqual(fields, []string{"reason"}) {
		t.Fatal(fields, err)
	}
	if got, err := f.Decisions(ctx); err != nil || got[0].Reason != "" || got[0].By != "Олена" {
		t.Errorf("after erasure: got %+v, %v", got, err)
	}
	mustVerify(t, f)
	if _, err := f.Erase(ctx, first.Seq, "Max", ""); !errors.Is(err, ErrNoText) {
		t.Errorf("erased twice: %v", err)
	}
	for _, bad := range []verify.Decision{
		{}, {Kind: "confirm", Incident: "i"}, {Kind: "confirm", By: "x"},
		{Kind: "confirm", Incident: "i", By: "x", Subjects: []verify.Digest{"nonsense"}},
		{Kind: verify.TakeBack, By: "x"}, {Kind: verify.TakeBack, By: "x", TakesBack: 4711},
	} {
		if _, err := f.Decide(ctx, bad); err == nil {
			t.Errorf("accepted %+v", bad)
		}
	}
	if err := f.Close(); err != nil {
		t.Fatal(err)
	}
	for _, name := range folderFiles(t, f.dir) {
		if b, err := os.ReadFile(name); err != nil || bytes.Contains(b, []byte("seen by Ivan")) {
			t.Errorf("%s still holds the reason (%v)", name, err)
		}
	}
}

// Two items are told apart, and that is taken back once.
func TestDecisionsOnItems(t *testing.T) {
	f := newCase(t)
	ctx := t.Context()
	put(t, beginScan(t, f, "one"), plain("one", "a.jpg", "a"), plain("one", "b.jpg", "b"))
	a, err := f.Named(ctx, "one/a.jpg")
	if err != nil || a != digestOf("a") {
		t.Fatal(a, err)
	}
	b, err := f.Named(ctx, string(digestOf("b")[:leastDigits]))
	if err != nil || b != digestOf("b") {
		t.Fatal(b, err)
	}
	for _, name := range []string{"", "a.jpg", "one/", string(a[:leastDigits-1]), string(digestOf("c")), "%"} {
		if _, err := f.Named(ctx, name); !errors.Is(err, ErrUnknownItem) {
			t.Errorf("%q: got %v", name, err)
		}
	}
	for _, pair := range [][]verify.Digest{{a}, {a, a}, {a, b, a}, {a, digestOf("c")}} {
		if _, err := f.Decide(ctx, verify.Decision{Kind: verify.NotSame, Subjects: pair, By: "Max"}); err == nil {
			t.Errorf("accepted %v", pair)
		}
	}
	apart, err := f.Decide(ctx, verify.Decision{Kind: verify.NotSame, Subjects: []verify.Digest{b, a}, By: "Max"})
	if err != nil {
		t.Fatal(err)
	}
	back := verify.Decision{Kind: verify.TakeBack, TakesBack: apart.Seq, By: "Max"}
	if back, err = f.Decide(ctx, back); err != nil {
		t.Fatal(err)
	}
	if _, err := f.Decide(ctx, back); !errors.Is(err, ErrNoDecision) {
		t.Errorf("taken back twice: %v", err)
	}
	f = reopen(t, f, nil)
	if got, err := f.Decisions(ctx); err != nil || len(got) != 2 || got[1].TakesBack != apart.Seq || len(verify.Standing(got)) != 0 {
		t.Errorf("got %+v, %v", got, err)
	}
	mustVerify(t, f)
}

// Decisions on members keep both incidents and every list, and what could not
// be read later as a decision of its kind is refused.
func TestDecisionsOnMembers(t *testing.T) {
	f := newCase(t)
	ctx := t.Context()
	put(t, beginScan(t, f, "one"), plain("one", "a.jpg", "a"), plain("one", "b.jpg", "b"), plain("one", "c.jpg", "c"))
	a, b, c := digestOf("a"), digestOf("b"), digestOf("c")
	var want []verify.Decision
	for _, d := range []verify.Decision{
		{Kind: verify.Move, Incident: "I-1", Other: "I-2", Subjects: []verify.Digest{b}, Others: []verify.Digest{c}, Left: []verify.Digest{a}, NewerWins: true},
		{Kind: verify.Merge, Incident: "I-1", Other: "I-2", Subjects: []verify.Digest{c, a}, Others: []verify.Digest{b}},
		{Kind: verify.Exclude, Subjects: []verify.Digest{a}},
	} {
		d.By = "Max"
		made, err := f.Decide(ctx, d)
		if err != nil {
			t.Fatalf("%s: %v", d.Kind, err)
		}
		want = append(want, made)
	}
	f = reopen(t, f, nil)
	if got, err := f.Decisions(ctx); err != nil || !reflect.DeepEqual(got, want) {
		t.Errorf("got %+v, %v\nwant %+v", got, err, want)
	}
	mustVerify(t, f)
	for _, bad := range []verify.Decision{
		{Kind: "praise", Incident: "I-1"},
		{Kind: verify.Pin, Incident: "I-1"},
		{Kind: verify.Pin, Subjects: []verify.Digest{a}},
		{Kind: verify.Add, Incident: "I-1", Subjects: []verify.Digest{digestOf("unknown")}},
		{Kind: verify.Remove, Incident: "I-1", Subjects: []verify.Digest{a}, Others: []verify.Digest{b, a}},
		{Kind: verify.Move, Incident: "I-1", Other: "I-1", Subjects: []verify.Digest{a}},
		{Kind: verify.Merge, Incident: "I-1", Other: "I-2", Subjects: []verify.Digest{a}},
		{Kind: verify.Split, Incident: "I-1", Subjects: []verify.Digest{a}, Others: []verify.Digest{b}},
		{Kind: verify.NotSameIncident, Subjects: []verify.Digest{a, a}},
	} {
		bad.By = "Max"
		if _, err := f.Decide(ctx, bad); err == nil {
			t.Errorf("accepted %+v", bad)
		}
	}
}

func folderFiles(t *testing.T, dir string) []string {
	t.Helper()
	var names []string
	if err := filepath.WalkDir(dir, func(name string, d fs.DirEntry, err error) error {
		if err == nil && d.Type().IsRegular() {
			names = append(names, name)
		}
		return err
	}); err != nil {
		t.Fatal(err)
	}
	return names
}
