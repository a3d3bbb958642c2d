package casefile

import (
	"bytes"
	"encoding/hex"
	"errors"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/firsthand-media/firsthand/verify"
	"github.com/firsthand-media/firsthand/verify/exercise"
)

// gate is a small exercise with its key.
func gate() (exercise.Exercise, exercise.Key) {
	words := func(s string) exercise.Words { return exercise.Words{"en": s, "uk": s + " (укр.)"} }
	option := func(id string) exercise.Option { return exercise.Option{ID: id, Label: words(id)} }
	subject := func(id string) exercise.Subject {
		return exercise.Subject{ID: id, Label: words(id), Items: []string{"one/a.jpg"}}
	}
	e := exercise.Exercise{Format: exercise.Format, ID: "the-gate", Title: words("The gate"), Story: words("A gate."), Level: 1, Minutes: [2]int{20, 30}, By: "Ada",
		Media: []exercise.Medium{{Path: "one/a.jpg", SHA256: string(digestOf("a")), Size: 1, Origin: "made", Licence: "CC0-1.0"}},
		Tasks: []exercise.Task{
			{ID: "first", Topic: exercise.OfFirst, Title: words("First"), Question: words("Who?"), Hints: []exercise.Words{words("slight"), words("plain")}, Form: exercise.OneOf,
				Options: []exercise.Option{option("ada"), option("bo")}, Reasons: []exercise.Option{option("clock")}, Subjects: []exercise.Subject{subject("a"), subject("b")}, Points: 2},
			{ID: "when", Topic: exercise.OfSun, Title: words("When"), Question: words("When?"), Form: exercise.Interval, Subjects: []exercise.Subject{subject("a")}, Points: 1},
		}}
	noon := time.Date(2024, 5, 1, 12, 0, 0, 0, time.UTC)
	right := func(s, option string) exercise.SubjectKey {
		return exercise.SubjectKey{Subject: s, Credit: map[string]float64{option: 1}, Reasons: []string{"clock"}}
	}
	k := exercise.Key{Format: exercise.Format, Pack: packOne, Tasks: []exercise.TaskKey{
		{Task: "first", Why: words("clocks"), Subjects: []exercise.SubjectKey{right("a", "ada"), right("b", "bo")}},
		{Task: "when", Why: words("shadows"), Subjects: []exercise.SubjectKey{{Subject: "a", When: &exercise.WhenKey{Earliest: noon, Latest: noon, WidthSeconds: 60}}}},
	}}
	return e, k
}

var packOne, packTwo = strings.Repeat("1a", 32), strings.Repeat("2b", 32)

func choice(subject, option string, reasons ...string) exercise.Answer {
	return exercise.Answer{Task: "first", Subject: subject, Chosen: []string{option}, Reasons: append([]string{}, reasons...)}
}

// exerciseCase is a new case of an exercise.
func exerciseCase(t *testing.T, pack string) *File {
	t.Helper()
	f := newCase(t)
	e, _ := gate()
	if err := f.BeginExercise(t.Context(), pack, e); err != nil {
		t.Fatal(err)
	}
	return f
}

// workedExercise is the case of an exercise in which all was done that can be:
// each of its tables has a row.
func workedExercise(t *testing.T) string {
	t.Helper()
	f := exerciseCase(t, packOne)
	ctx := t.Context()
	_, k := gate()
	noon := time.Date(2024, 5, 1, 12, 0, 0, 0, time.UTC)
	when := exercise.Answer{Task: "when", Subject: "a", Chosen: []string{}, Reasons: []string{}, When: &exercise.When{Earliest: noon.Add(-time.Minute), Latest: noon}}
	for _, err := range []error{
		f.Answer(ctx, "Олена", choice("a", "bo"), choice("b", "bo"), when), f.Answer(ctx, "Олена", choice("a", "ada", "clock")),
		f.Answer(ctx, "Олена", exercise.Answer{Task: "first", Subject: "b"}),
	} {
		if err != nil {
			t.Fatal(err)
		}
	}
	for range 2 {
		if _, err := f.TakeHint(ctx, "Олена", "first"); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := f.HandIn(ctx, "Олена", 25); err != nil {
		t.Fatal(err)
	}
	if err := f.OpenKey(ctx, "Олена", k); err != nil {
		t.Fatal(err)
	}
	mustVerify(t, f)
	if err := f.Close(); err != nil {
		t.Fatal(err)
	}
	return f.dir
}

func mustStand(t *testing.T, f *File) *exercise.Standing {
	t.Helper()
	s, err := f.Exercise(t.Context())
	if err != nil || s == nil {
		t.Fatalf("%v: %+v", err, s)
	}
	return s
}

func TestExerciseComesBack(t *testing.T) {
	opts := testOptions()
	opts.ReadOnly = true
	f, err := Open(workedExercise(t), opts)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	e, k := gate()
	noon := time.Date(2024, 5, 1, 12, 0, 0, 0, time.UTC)
	got := mustStand(t, f)
	if got.Began.IsZero() {
		t.Error("it does not say when it began")
	}
	want := exercise.Standing{Pack: packOne, Exercise: e, Began: got.Began, Hints: map[string]int{"first": 2}, HandedIn: true, Name: "Олена", Minutes: 25, Key: &k,
		Answers: []exercise.Answer{choice("a", "ada", "clock"), {Task: "when", Subject: "a", Chosen: []string{}, Reasons: []string{}, When: &exercise.When{Earliest: noon.Add(-time.Minute), Latest: noon}}}}
	if !reflect.DeepEqual(*got, want) {
		t.Errorf("got\n%+v\nwant\n%+v", *got, want)
	}
}

// What a learner does is signed at once; what changes nothing leaves no trace.
func TestExerciseLeavesNoTraceOfNothing(t *testing.T) {
	f := exerciseCase(t, packOne)
	ctx := t.Context()
	_, k := gate()
	size := func() int64 {
		t.Helper()
		report := mustVerify(t, f)
		if report.Signed != report.Size {
			t.Errorf("%d of %d entries are signed", report.Signed, report.Size)
		}
		return report.Size
	}
	noon := time.Date(2024, 5, 1, 14, 0, 0, 0, time.FixedZone("", 7200))
	when := exercise.Answer{Task: "when", Subject: "a", When: &exercise.When{Earliest: noon, Latest: noon}}
	for name, do := range map[string]func() error{
		"an answer":      func() error { return f.Answer(ctx, "Ada", choice("a", "ada")) },
		"a time":         func() error { return f.Answer(ctx, "Ada", when) },
		"a blank answer": func() error { return f.Answer(ctx, "Ada", exercise.Answer{Task: "first", Subject: "b"}) },
		"hints": func() error {
			for range 3 {
				if _, err := f.TakeHint(ctx, "Ada", "first"); err != nil {
					return err
				}
			}
			return nil
		},
		"no answer at all": func() error { return f.Answer(ctx, "Ada") },
	} {
		if err := do(); err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		before := size()
		if err := do(); err != nil || size() != before {
			t.Errorf("%s a second time: %v, and %d entries more", name, err, size()-before)
		}
	}
	if n, err := f.TakeHint(ctx, "Ada", "first"); n != 2 || err != nil {
		t.Errorf("%d hints, %v", n, err)
	}
	if err := f.OpenKey(ctx, "Ada", k); err != nil {
		t.Fatal(err)
	}
	before := size()
	if err := f.OpenKey(ctx, "Ada", k); err != nil || size() != before {
		t.Errorf("the key a second time: %v", err)
	}
	k.Tasks[0].Why = exercise.Words{"en": "another"}
	if err := f.OpenKey(ctx, "Ada", k); err == nil || !strings.Contains(err.Error(), "another key") {
		t.Errorf("another key: %v", err)
	}
}

func TestHandInTellsOfTheLedger(t *testing.T) {
	f := exerciseCase(t, packOne)
	ctx := t.Context()
	if err := f.Answer(ctx, "Ada", choice("a", "bo")); err != nil {
		t.Fatal(err)
	}
	draft, err := f.HandInDraft(ctx, "Ada", 12)
	if err != nil {
		t.Fatal(err)
	}
	before := mustVerify(t, f).Size
	first, err := f.HandIn(ctx, "Ada", 12)
	if err != nil {
		t.Fatal(err)
	}
	if draft.Ledger.Size != before || first.Ledger.Size != before+1 {
		t.Errorf("ledger of %d entries: the draft has %d, what is handed in %d", before, draft.Ledger.Size, first.Ledger.Size)
	}
	if draft.Ledger = first.Ledger; !reflect.DeepEqual(draft, first) {
		t.Errorf("the draft is %+v, handed in is %+v", draft, first)
	}
	if err := f.Answer(ctx, "Ada", choice("a", "ada")); err != nil {
		t.Fatal(err)
	}
	second, err := f.HandIn(ctx, "Ada B", 20)
	if err != nil {
		t.Fatal(err)
	}
	var text bytes.Buffer
	if err := second.Write(&text); err != nil {
		t.Fatal(err)
	}
	read, err := exercise.ReadHandIn(&text)
	if err != nil || !reflect.DeepEqual(read, second) {
		t.Errorf("%v: read %+v, handed in %+v", err, read, second)
	}
	last, err := f.Checkpoint(ctx)
	if err != nil {
		t.Fatal(err)
	}
	if root := last.Root; second.Ledger.Size != last.Size || second.Ledger.Root != hex.EncodeToString(root[:]) || second.Ledger.Size <= first.Ledger.Size {
		t.Errorf("handed in at %+v, the ledger is signed at %d, %s", second.Ledger, last.Size, root)
	}
	if s := mustStand(t, f); s.Name != "Ada B" || s.Minutes != 20 || !s.HandedIn {
		t.Errorf("%+v", s)
	}
	for name, minutes := range map[string]int{"": 1, "two\nlines": 1, "Ada": -1} {
		if _, err := f.HandIn(ctx, name, minutes); err == nil {
			t.Errorf("handed in as %q after %d minutes", name, minutes)
		}
	}
}

// After the key was opened nothing changes any more, and only who handed in before
// gets the same file again.
func TestKeyEndsTheExercise(t *testing.T) {
	for _, before := range []bool{false, true} {
		f := exerciseCase(t, packOne)
		ctx := t.Context()
		_, k := gate()
		other := k
		other.Pack = packTwo
		if err := f.OpenKey(ctx, "Ada", other); !errors.Is(err, ErrOtherKey) {
			t.Errorf("the key of another pack: %v", err)
		}
		short := k
		short.Tasks = k.Tasks[:1]
		if err := f.OpenKey(ctx, "Ada", short); err == nil {
			t.Error("half a key was opened")
		}
		if err := f.Answer(ctx, "Ada", choice("a", "bo")); err != nil {
			t.Fatal(err)
		}
		if before {
			if _, err := f.HandIn(ctx, "Ada", 5); err != nil {
				t.Fatal(err)
			}
		}
		if err := f.OpenKey(ctx, "Ada", k); err != nil {
			t.Fatal(err)
		}
		if err := f.Answer(ctx, "Ada", choice("a", "ada")); !errors.Is(err, ErrKeyOpened) {
			t.Errorf("an answer after the key: %v", err)
		}
		if _, err := f.TakeHint(ctx, "Ada", "first"); !errors.Is(err, ErrKeyOpened) {
			t.Errorf("a hint after the key: %v", err)
		}
		if _, err := f.HandIn(ctx, "Ada", 5); errors.Is(err, ErrKeyOpened) == before {
			t.Errorf("handed in after the key, having done so before %v: %v", before, err)
		}
		if s := mustStand(t, f); len(s.Answers) != 1 || s.Answers[0].Chosen[0] != "bo" {
			t.Errorf("the answers are %+v", s.Answers)
		}
	}
}

func TestExerciseRefuses(t *testing.T) {
	ctx := t.Context()
	e, k := gate()
	f := exerciseCase(t, packOne)
	before := mustVerify(t, f).Size
	for name, err := range map[string]error{
		"an answer to another task": f.Answer(ctx, "Ada", choice("a", "ada"), exercise.Answer{Task: "x"}),
		"an option that is none":    f.Answer(ctx, "Ada", choice("a", "cy")),
		"a second exercise":         f.BeginExercise(ctx, packTwo, e),
	} {
		if err == nil || strings.Contains(err.Error(), "\n") {
			t.Errorf("%s: %v", name, err)
		}
	}
	if _, err := f.TakeHint(ctx, "Ada", "x"); err == nil {
		t.Error("a hint of another task was taken")
	}
	if n := mustVerify(t, f).Size; n != before {
		t.Errorf("%d entries of what was refused", n-before)
	}

	ordinary := newCase(t)
	if s, err := ordinary.Exercise(ctx); s != nil || err != nil {
		t.Errorf("a real case has the exercise %+v, %v", s, err)
	}
	_, hint := ordinary.TakeHint(ctx, "Ada", "first")
	_, handIn := ordinary.HandIn(ctx, "Ada", 1)
	_, draft := ordinary.HandInDraft(ctx, "Ada", 1)
	for _, err := range []error{ordinary.Answer(ctx, "Ada", choice("a", "ada")), hint, handIn, draft, ordinary.OpenKey(ctx, "Ada", k)} {
		if !errors.Is(err, ErrNoExercise) {
			t.Errorf("in a real case: %v", err)
		}
	}
	if err := ordinary.BeginExercise(ctx, "ABC", e); err == nil {
		t.Error("a pack without a digest was begun")
	}
	bad := e
	bad.Tasks = nil
	if err := ordinary.BeginExercise(ctx, packOne, bad); err == nil {
		t.Error("an exercise without tasks was begun")
	}
	if IsExercise(ordinary.dir) {
		t.Error("what was refused marked the case")
	}
	aside := verify.SetAside
	used := assessedCase(t)
	if _, err := used.Mark(ctx, verify.Mark{Items: []verify.Digest{digestOf("b")}, By: "Ada", State: &aside}); err != nil {
		t.Fatal(err)
	}
	if err := used.BeginExercise(ctx, packOne, e); !errors.Is(err, ErrNotEmpty) || IsExercise(used.dir) {
		t.Errorf("in a case that was used: %v", err)
	}
}

// The mark by which screens and reports know an exercise comes back when somebody
// takes it away.
func TestExerciseMarkComesBack(t *testing.T) {
	f := exerciseCase(t, packOne)
	mark := filepath.Join(f.dir, ExerciseMark)
	if !IsExercise(f.dir) {
		t.Fatal("the case is not marked")
	}
	if err := os.Remove(mark); err != nil {
		t.Fatal(err)
	}
	reopen(t, f, nil)
	if text, err := os.ReadFile(mark); err != nil || !strings.Contains(string(text), "exercise") {
		t.Errorf("%v: %q", err, text)
	}
	ordinary := newCase(t)
	reopen(t, ordinary, nil)
	if IsExercise(ordinary.dir) {
		t.Error("a real case was marked")
	}
}

func TestChangedSaysWhatAnExerciseChanges(t *testing.T) {
	f := exerciseCase(t, packOne)
	ctx := t.Context()
	begin, err := f.Changed(ctx, -1)
	if err != nil {
		t.Fatal(err)
	}
	if err := f.Answer(ctx, "Ada", choice("a", "ada")); err != nil {
		t.Fatal(err)
	}
	got, err := f.Changed(ctx, begin.Last)
	if want := (Change{Last: begin.Last + 1, Exercise: true}); err != nil || got != want {
		t.Errorf("%v: an answer changes %+v, want %+v", err, got, want)
	}
}
