package casefile

import (
	"errors"
	"os"
	"path/filepath"
	"testing"
)

// An exercise and a real case are not joined, either way round, nor two exercises;
// two cases of one exercise are, and each keeps its own answers.
func TestMergeKeepsExercisesApart(t *testing.T) {
	ctx := t.Context()
	e, _ := gate()
	ordinary, one, same, two, marked := newLaptop(t, 1), newLaptop(t, 2), newLaptop(t, 3), newLaptop(t, 4), newLaptop(t, 5)
	for laptop, pack := range map[*laptop]string{one: packOne, same: packOne, two: packTwo} {
		laptop.open(func(f *File) {
			if err := errors.Join(f.BeginExercise(ctx, pack, e), f.Answer(ctx, "Ada", choice("a", "ada"))); err != nil {
				t.Fatal(err)
			}
		})
	}
	if err := os.WriteFile(filepath.Join(marked.dir, ExerciseMark), nil, 0o600); err != nil {
		t.Fatal(err)
	}
	try := func(into, from *laptop) (err error) {
		into.open(func(f *File) {
			opts := from.options()
			opts.ReadOnly = true
			o, openErr := Open(from.dir, opts)
			if openErr != nil {
				t.Fatal(openErr)
			}
			defer o.Close()
			for _, dry := range []bool{true, false} {
				if _, err = f.Merge(ctx, o, dry); err != nil {
					return
				}
			}
			mustVerify(t, f)
		})
		return err
	}
	for name, pair := range map[string][2]*laptop{
		"exercise into real": {ordinary, one}, "real into exercise": {one, ordinary}, "two exercises": {one, two}, "two exercises, turned": {two, one},
		"marked into real": {ordinary, marked}, "real into marked": {marked, ordinary}, "exercise into marked": {marked, one}, "marked into exercise": {one, marked},
	} {
		if err := try(pair[0], pair[1]); !errors.Is(err, ErrMixed) {
			t.Errorf("%s: %v", name, err)
		}
	}
	same.open(func(f *File) {
		if err := errors.Join(f.Answer(ctx, "Bo", choice("a", "bo")), f.Set(ctx, "zone/one", "Europe/Kyiv")); err != nil {
			t.Fatal(err)
		}
	})
	if err := try(one, same); err != nil {
		t.Errorf("the same exercise: %v", err)
	}
	one.open(func(f *File) {
		if s := mustStand(t, f); len(s.Answers) != 1 || s.Answers[0].Chosen[0] != "ada" {
			t.Errorf("the answers became those of another: %+v", s.Answers)
		}
	})
}

// The ledger alone, as a bag brings it, is kept apart too, even where the mark of
// the folder is gone.
func TestAdoptKeepsExercisesApart(t *testing.T) {
	ctx := t.Context()
	f, ordinary := exerciseCase(t, packOne), newCase(t)
	ledgerOf := func(f *File) Foreign {
		o, err := f.foreign(ctx)
		if err != nil {
			t.Fatal(err)
		}
		return o
	}
	if _, err := ordinary.Adopt(ctx, ledgerOf(f)); !errors.Is(err, ErrMixed) {
		t.Errorf("an exercise into a real case: %v", err)
	}
	if _, err := f.Adopt(ctx, ledgerOf(ordinary)); !errors.Is(err, ErrMixed) {
		t.Errorf("a real case into an exercise: %v", err)
	}
	if _, err := f.Adopt(ctx, ledgerOf(exerciseCase(t, packTwo))); !errors.Is(err, ErrMixed) {
		t.Errorf("an exercise into another: %v", err)
	}
}
