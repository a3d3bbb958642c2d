package api

import (
	"context"
	"os"
	"path/filepath"
	"sync"
	"testing"
	"testing/fstest"
	"time"

	"github.com/firsthand-media/firsthand/verify/casefile"
	"github.com/firsthand-media/firsthand/verify/custody"
	"github.com/firsthand-media/firsthand/verify/exercise"
	"github.com/firsthand-media/firsthand/verify/ingest"
	"github.com/firsthand-media/firsthand/verify/workshop"
)

// keySecret and hintSecret stand in every text of the key and of the hints.
const (
	keySecret  = "KEEPTHEKEY"
	hintSecret = "KEEPTHEHINT"
	passphrase = "seven herons cross the quiet estuary at dawn"
)

func inEnglish(text string) exercise.Words { return exercise.Words{"en": text} }

// testPlan is an exercise with a task of a choice with reasons and one of an
// interval.
func testPlan() workshop.Plan {
	medium := func(path string) exercise.Medium {
		return exercise.Medium{Path: path, Origin: "made for this test", Licence: "CC0-1.0"}
	}
	subject := exercise.Subject{ID: "only", Label: inEnglish("These two"), Items: []string{"phone/a.jpg", "phone/b.jpg"}}
	return workshop.Plan{
		Exercise: exercise.Exercise{
			Format: exercise.Format, ID: "two-quays", Title: inEnglish("Two quays"), Story: inEnglish("Once.\n\nAnd again."),
			Level: 1, Minutes: [2]int{20, 30}, By: "Tess Trainer", Zone: "Europe/Kyiv",
			Media: []exercise.Medium{medium("phone/a.jpg"), medium("phone/b.jpg")},
			Tasks: []exercise.Task{
				{
					ID: "pair", Topic: exercise.OfPair, Title: inEnglish("Same or not"), Question: inEnglish("Which?"), Points: 3,
					Hints: []exercise.Words{inEnglish(hintSecret + " look at the cranes"), inEnglish(hintSecret + " count them")},
					Tools: []exercise.Tool{exercise.Compare, exercise.Media}, Form: exercise.OneOf,
					Options:  []exercise.Option{{ID: "same", Label: inEnglish("same"), Item: "phone/a.jpg"}, {ID: "scene", Label: inEnglish("scene")}},
					Reasons:  []exercise.Option{{ID: "cranes", Label: inEnglish("the cranes")}, {ID: "water", Label: inEnglish("the water")}},
					Subjects: []exercise.Subject{subject},
				},
				{
					ID: "when", Topic: exercise.OfTime, Title: inEnglish("When"), Question: inEnglish("When was it?"), Points: 2,
					Tools: []exercise.Tool{exercise.Sun}, Form: exercise.Interval, Subjects: []exercise.Subject{subject},
				},
			},
		},
		Key: exercise.Key{Format: exercise.Format, Tasks: []exercise.TaskKey{
			{Task: "pair", Why: inEnglish(keySecret + " learn"), Subjects: []exercise.SubjectKey{{
				Subject: "only", Credit: map[string]float64{"scene": 1}, Reasons: []string{"cranes"}, Why: inEnglish(keySecret + " why"),
				Partly: map[string]exercise.Words{"same": inEnglish(keySecret + " not the same")},
			}}},
			{Task: "when", Why: inEnglish(keySecret + " learn"), Subjects: []exercise.SubjectKey{{
				Subject: "only", Why: inEnglish(keySecret), When: &exercise.WhenKey{
					Earliest: time.Date(2024, 5, 16, 11, 7, 0, 0, time.UTC), Latest: time.Date(2024, 5, 16, 11, 17, 0, 0, time.UTC), WidthSeconds: 600,
				},
			}}},
		}},
	}
}

// testPack writes the pack of the plan and gives its file and its key.
func testPack(t *testing.T) (path string, key exercise.Key) {
	t.Helper()
	text, digest, err := madePack(t)
	if err != nil {
		t.Fatal(err)
	}
	path = filepath.Join(t.TempDir(), "two-quays.zip")
	if err := os.WriteFile(path, text, 0o600); err != nil {
		t.Fatal(err)
	}
	key = testPlan().Key
	key.Pack = digest
	return path, key
}

// madePack makes the pack once for all tests: sealing a key is slow on purpose.
func madePack(t *testing.T) (text []byte, digest string, err error) {
	packed.Do(func() {
		path := filepath.Join(t.TempDir(), "pack.zip")
		media := fstest.MapFS{"phone/a.jpg": {Data: picture(t, 1, 320, 240)}, "phone/b.jpg": {Data: picture(t, 2, 320, 240)}}
		if packed.digest, packed.err = workshop.Make(t.Context(), testPlan(), media, passphrase, path); packed.err == nil {
			packed.text, packed.err = os.ReadFile(path)
		}
	})
	return packed.text, packed.digest, packed.err
}

// anotherPack is a pack of another exercise that the same passphrase opens.
func anotherPack(t *testing.T) (path string) {
	t.Helper()
	plan := testPlan()
	plan.Exercise.Level = 3
	path = filepath.Join(t.TempDir(), "another.zip")
	media := fstest.MapFS{"phone/a.jpg": {Data: picture(t, 1, 320, 240)}, "phone/b.jpg": {Data: picture(t, 2, 320, 240)}}
	if _, err := workshop.Make(t.Context(), plan, media, passphrase, path); err != nil {
		t.Fatal(err)
	}
	return path
}

var packed struct {
	sync.Once
	text   []byte
	digest string
	err    error
}

// learning is a workbench whose cases lie in a folder of its own, with the pack
// of the plan as its built-in exercise.
func learning(t *testing.T, path string, key exercise.Key) *API {
	t.Helper()
	p := testProgram(t)
	begin := func(ctx context.Context, pack *workshop.Pack, dir string, progress func(ingest.Progress)) (string, error) {
		file, err := workshop.Begin(ctx, pack, dir, p.Create)
		if err != nil {
			return "", err
		}
		defer file.Close()
		_, err = p.Scan(ctx, file, ScanOrder{Folders: []string{filepath.Join(dir, exercise.MediaFolder, "phone")}}, progress)
		return file.Info().Dir, err
	}
	p.BeginPack = begin
	p.Proofs = func(context.Context, *casefile.File, custody.Checkpoint) (map[string][]byte, error) { return nil, nil }
	p.Exercises = func() ([]exercise.Exercise, error) {
		pack, err := workshop.Open(path)
		if err != nil {
			return nil, err
		}
		return []exercise.Exercise{pack.Exercise()}, nil
	}
	p.BeginExercise = func(ctx context.Context, _, dir string, progress func(ingest.Progress)) (string, error) {
		pack, err := workshop.Open(path)
		if err != nil {
			return "", err
		}
		return begin(ctx, pack, dir, progress)
	}
	p.ExerciseKey = func(context.Context, string) (exercise.Key, error) { return key, nil }
	a := New(p)
	t.Cleanup(func() {
		if err := a.Close(); err != nil {
			t.Error(err)
		}
	})
	s := a.defaultSettings()
	s.CaseFolder = t.TempDir()
	if _, err := a.saveSettings(s); err != nil {
		t.Fatal(err)
	}
	return a
}
