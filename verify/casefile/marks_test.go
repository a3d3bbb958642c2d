package casefile

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/firsthand-media/firsthand/extract"
	"github.com/firsthand-media/firsthand/verify"
)

// mark lets a person mark an item, or take a mark back, as chance has it.
func (l *laptop) mark(f *File, r *rand.Rand, name string) error {
	ctx := l.t.Context()
	if _, err := f.Item(ctx, digestOf(name)); err != nil {
		return nil
	}
	marks, err := f.Marks(ctx)
	if err != nil {
		return err
	}
	holds := verify.HoldingMarks(marks)
	marks = slices.DeleteFunc(marks, func(m verify.Mark) bool { return !holds[m.Seq] })
	m := verify.Mark{Items: []verify.Digest{digestOf(name)}, By: l.options().Actor}
	if n := len(marks); n > 0 && r.IntN(3) == 0 {
		m.TakesBack = marks[r.IntN(n)].Seq
	} else {
		state := []verify.MarkState{verify.Pinned, verify.SetAside, verify.Unmarked}[r.IntN(3)]
		m.State, m.Note, m.AddTags = &state, fmt.Sprint("seen ", r.IntN(100)), []string{fmt.Sprint("tag ", r.IntN(3))}
	}
	_, err = f.Mark(ctx, m)
	return err
}

// markLines is what stands of marks, without what is of one case alone.
func markLines(t *testing.T, f *File) []string {
	t.Helper()
	marks, err := f.Marks(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	var lines []string
	for d, m := range verify.FoldMarks(marks) {
		line := fmt.Sprint(d, m.State, m.Tags)
		for _, n := range m.Notes {
			line += fmt.Sprint(n.At, n.By, n.Text)
		}
		lines = append(lines, line)
	}
	slices.Sort(lines)
	return lines
}

func TestMarksComeBack(t *testing.T) {
	f := assessedCase(t)
	ctx := t.Context()
	pinned, text, stands := verify.Pinned, "a gate, and a man whose face is seen", true
	lat, lon := 50.1, 30.2
	day, err := extract.Stated("2024-05-01", nil)
	if err != nil {
		t.Fatal(err)
	}
	item := []verify.Digest{digestOf("b")}
	made, err := f.Mark(ctx,
		verify.Mark{Items: item, By: "Ada", State: &pinned, AddTags: []string{"gate", "Ivan"}, Note: "house of Ivan", Described: &text, Masks: &[]verify.Mask{{X: 0.1, Y: 0.2, Width: 0.3, Height: 0.4}}, Stands: &stands},
		verify.Mark{Items: item, By: "Bo", Place: &extract.Place{Kind: extract.PlacePerson, Latitude: &lat, Longitude: &lon}, Time: &day, Reason: "the gate", Evidence: []string{"street view of Ivan"}},
	)
	if err != nil {
		t.Fatal(err)
	}
	if report := mustVerify(t, f); report.Signed != report.Size {
		t.Errorf("a mark is not signed: %+v", report)
	}
	f = reopen(t, f, nil)
	got, err := f.Marks(ctx)
	if err != nil || !reflect.DeepEqual(got, made) {
		t.Fatalf("%v: got\n%+v\nwant\n%+v", err, got, made)
	}

	// Its words can be erased, and leave no trace in the folder; the facts stay.
	for _, m := range made {
		if _, err := f.Erase(ctx, m.Seq, "Max", "asked for"); err != nil {
			t.Fatal(err)
		}
	}
	mustVerify(t, f)
	got, err = f.Marks(ctx)
	if err != nil || !got[0].Erased || got[0].Note != "" || got[0].Place != nil || *got[0].State != verify.Pinned || !*got[0].Stands {
		t.Fatalf("%v: %+v", err, got[0])
	}
	if err := f.Close(); err != nil {
		t.Fatal(err)
	}
	for _, name := range folderFiles(t, f.dir) {
		if b, err := os.ReadFile(name); err != nil || bytes.Contains(b, []byte("Ivan")) {
			t.Errorf("%s still has the words (%v)", name, err)
		}
	}
}

// What cannot be is refused, and nothing of it is recorded.
func TestMarksThatAreRefused(t *testing.T) {
	f := assessedCase(t)
	ctx := context.WithoutCancel(t.Context())
	b, pinned, other := digestOf("b"), verify.Pinned, verify.MarkState("liked")
	size := f.log.Size()
	for want, m := range map[string]verify.Mark{
		"has to be named":          {Items: []verify.Digest{b}, State: &pinned},
		"nothing is said":          {Items: []verify.Digest{b}, By: "Ada"},
		"a mark is of 1 to":        {By: "Ada", State: &pinned},
		"named twice":              {Items: []verify.Digest{b, b}, By: "Ada", State: &pinned},
		"no such item":             {Items: []verify.Digest{b, digestOf("gone")}, By: "Ada", State: &pinned},
		"pinned, set-aside or":     {Items: []verify.Digest{b}, By: "Ada", State: &other},
		"is no tag":                {Items: []verify.Digest{b}, By: "Ada", AddTags: []string{"two\nlines"}},
		"too long":                 {Items: []verify.Digest{b}, By: "Ada", Note: strings.Repeat("é", 20_001)},
		"a mask lies within":       {Items: []verify.Digest{b}, By: "Ada", Masks: &[]verify.Mask{{X: 0.9, Y: 0, Width: 0.3, Height: 1}}},
		"a reason and what it":     {Items: []verify.Digest{b}, By: "Ada", Time: &extract.Time{}},
		"says nothing else":        {Items: []verify.Digest{b}, By: "Ada", State: &pinned, TakesBack: 1},
		"no such mark":             {Items: []verify.Digest{b}, By: "Ada", TakesBack: 1},
		"its latitude and longit":  {Items: []verify.Digest{b}, By: "Ada", Reason: "x", Evidence: []string{"y"}, Place: &extract.Place{Name: "gate"}},
		"said of one item":         {Items: []verify.Digest{b, digestOf("c")}, By: "Ada", Stands: new(bool)},
		"at most 100 tags go into": {Items: []verify.Digest{b}, By: "Ada", AddTags: make([]string, 101)},
	} {
		if _, err := f.Mark(ctx, m); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("want %q, got %v", want, err)
		}
	}
	if f.log.Size() != size {
		t.Error("something was recorded")
	}
}

// A mark is taken back once; taking that back gives it again.
func TestMarksAreTakenBack(t *testing.T) {
	f := assessedCase(t)
	ctx := t.Context()
	item := []verify.Digest{digestOf("b")}
	pinned := verify.Pinned
	back := func(seq int64) int64 {
		t.Helper()
		made, err := f.Mark(ctx, verify.Mark{Items: item, By: "Ada", TakesBack: seq})
		if err != nil {
			t.Fatal(err)
		}
		return made[0].Seq
	}
	state := func() verify.MarkState {
		marks, err := f.Marks(ctx)
		if err != nil {
			t.Fatal(err)
		}
		return verify.FoldMarks(marks)[item[0]].State
	}
	made, err := f.Mark(ctx, verify.Mark{Items: item, By: "Ada", State: &pinned})
	if err != nil {
		t.Fatal(err)
	}
	first := back(made[0].Seq)
	if s := state(); s != verify.Unmarked {
		t.Errorf("taken back: %q", s)
	}
	if _, err := f.Mark(ctx, verify.Mark{Items: item, By: "Ada", TakesBack: made[0].Seq}); !errors.Is(err, ErrNoMark) {
		t.Errorf("taken back twice: %v", err)
	}
	back(first)
	if s := state(); s != verify.Pinned {
		t.Errorf("given again: %q", s)
	}
	mustVerify(t, f)
}
