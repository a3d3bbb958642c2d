package ingest

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/firsthand-media/firsthand/verify/casefile"
	"github.com/firsthand-media/firsthand/verify/exercise"
)

// laidOut is an exercise in a folder as a pack is laid out: its case and one file
// of one source.
func laidOut(t *testing.T) (dir string, f *casefile.File) {
	t.Helper()
	dir = t.TempDir()
	put(t, filepath.Join(dir, exercise.MediaFolder, "telegram", "note.txt"))
	f = testCase(t, filepath.Join(dir, "case"))
	words := exercise.Words{"en": "x"}
	options := []exercise.Option{{ID: "a", Label: words}, {ID: "b", Label: words}}
	e := exercise.Exercise{Format: exercise.Format, ID: "the-gate", Title: words, Story: words, Level: 1, Minutes: [2]int{5, 10}, By: "Ada",
		Media: []exercise.Medium{{Path: "telegram/note.txt", SHA256: strings.Repeat("a", 64), Size: 4, Origin: "made", Licence: "CC0-1.0"}},
		Tasks: []exercise.Task{{ID: "who", Topic: exercise.OfFirst, Title: words, Question: words, Form: exercise.OneOf, Options: options, Points: 1,
			Subjects: []exercise.Subject{{ID: "a", Label: words}}}}}
	if err := f.BeginExercise(t.Context(), strings.Repeat("b", 64), e); err != nil {
		t.Fatal(err)
	}
	return dir, f
}

// put writes a small file and the folders above it.
func put(t *testing.T, name string) {
	t.Helper()
	if err := errors.Join(os.MkdirAll(filepath.Dir(name), 0o700), os.WriteFile(name, []byte("text"), 0o600)); err != nil {
		t.Fatal(err)
	}
}

func TestExerciseTakesItsOwnMediaAlone(t *testing.T) {
	dir, f := laidOut(t)
	own := filepath.Join(dir, exercise.MediaFolder, "telegram")
	other := filepath.Join(t.TempDir(), "telegram")
	put(t, filepath.Join(other, "real.txt"))
	put(t, filepath.Join(dir, exercise.MediaFolder, "signal", "more.txt"))
	put(t, filepath.Join(own, "inner", "telegram", "deeper.txt"))
	for name, folders := range map[string][]string{
		"a folder of one name elsewhere": {other}, "a source that it does not have": {filepath.Join(dir, exercise.MediaFolder, "signal")},
		"its own and another": {own, filepath.Join(dir, exercise.MediaFolder, "signal")}, "the folder of all its media": {filepath.Join(dir, exercise.MediaFolder)},
		"a folder inside its own": {filepath.Join(own, "inner", "telegram")},
	} {
		if _, err := Run(t.Context(), f, testOptions(t, 1, folders...)); !errors.Is(err, ErrExercise) {
			t.Errorf("%s: %v", name, err)
		}
	}
	sources, err := f.Sources(t.Context())
	if err != nil || len(sources) != 0 {
		t.Errorf("what was refused left %v, %v", sources, err)
	}
	if sum := scanned(t, f, testOptions(t, 1, own)); sum.Files != 2 {
		t.Errorf("%d files were found in its own", sum.Files)
	}
}

// A link in the place of its folder leads nowhere.
func TestExerciseFollowsNoLinkToOthers(t *testing.T) {
	dir, f := laidOut(t)
	own := filepath.Join(dir, exercise.MediaFolder, "telegram")
	other := filepath.Join(t.TempDir(), "telegram")
	put(t, filepath.Join(other, "real.txt"))
	opt := testOptions(t, 1, own)
	if err := errors.Join(os.RemoveAll(own), os.Symlink(other, own)); err != nil {
		t.Skip("this system makes no links:", err)
	}
	if _, err := Run(t.Context(), f, opt); !errors.Is(err, ErrExercise) {
		t.Errorf("behind a link: %v", err)
	}
}

func TestRealCaseTakesAnyFolder(t *testing.T) {
	dir := t.TempDir()
	put(t, filepath.Join(dir, "phone", "note.txt"))
	if sum := scanned(t, testCase(t, filepath.Join(dir, "case")), testOptions(t, 1, filepath.Join(dir, "phone"))); sum.Files != 1 {
		t.Errorf("%d files", sum.Files)
	}
}

// What is invented does not get into a real case either, by whatever way its
// folder is reached.
func TestRealCaseTakesNoExercise(t *testing.T) {
	dir, f := laidOut(t)
	if err := os.Remove(filepath.Join(f.Info().Dir, casefile.ExerciseMark)); err != nil {
		t.Fatal(err)
	}
	if !f.IsExercise(t.Context()) { // its ledger tells still
		t.Error("an exercise without its mark passes for a real case")
	}
	if err := f.MarkExercise(); err != nil {
		t.Fatal(err)
	}
	own := filepath.Join(dir, exercise.MediaFolder, "telegram")
	link := filepath.Join(t.TempDir(), "link")
	if err := os.Symlink(own, link); err != nil {
		t.Skip(err)
	}
	real := testCase(t, filepath.Join(t.TempDir(), "real"))
	for name, folder := range map[string]string{
		"a source": own, "all media": filepath.Dir(own), "the whole exercise": dir, "by a link": link,
	} {
		if _, err := Run(t.Context(), real, testOptions(t, 1, folder)); !errors.Is(err, ErrExerciseFiles) {
			t.Errorf("%s: %v", name, err)
		}
	}
	beside := filepath.Join(t.TempDir(), "case") // a folder of this name alone is no exercise
	put(t, filepath.Join(beside, "note.txt"))
	put(t, filepath.Join(filepath.Dir(beside), exercise.MediaFolder, "note.txt"))
	if _, err := Run(t.Context(), real, testOptions(t, 1, beside)); err != nil {
		t.Error(err)
	}
}
