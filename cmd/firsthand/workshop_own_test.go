package main

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/firsthand-media/firsthand/verify/exercise"
	"github.com/firsthand-media/firsthand/verify/workshop"
)

// A trainer makes an exercise of files of a case. It is packed when a named
// person has cleared all that speaks of people, and not before.
func TestOwnExerciseIsPackedOnceCleared(t *testing.T) {
	r := emptyRoom(t)
	media, training := filepath.Join(r.dir, "phone"), filepath.Join(r.dir, "training")
	if err := os.Mkdir(media, 0o700); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"camera.jpg", "plain.jpg"} {
		r.write(filepath.Join(media, name), r.read(filepath.Join(fixturesFolder, "metadata", name)))
	}
	command(t, "scan", media, "--case", training, "--video", "off", "--quiet")

	plan := r.planned(command(t, "workshop", "draft", "--case", training, "phone"))
	path, out := filepath.Join(r.dir, "plan.json"), filepath.Join(r.dir, "own.zip")
	r.keepPlan(path, plan)
	args := []string{"workshop", "new", "--plan", path, "--case", training, "--out", out, "--passphrase-file", r.secret}
	told := r.refused("not cleared", args...)
	for _, want := range []string{"phone/camera.jpg: It says where it was taken", "phone/camera.jpg: It holds 2 serial numbers", "phone/plain.jpg: Nobody has looked at it"} {
		if !strings.Contains(told, want) {
			t.Errorf("what stands in the way is told as\n%s\nwithout %q", told, want)
		}
	}
	if _, err := os.Stat(out); err == nil {
		t.Fatal("it was packed although nobody cleared it")
	}

	for i := range plan.Clearances {
		plan.Clearances[i].By, plan.Clearances[i].Reason = "Marta", "staged on our own ground"
	}
	r.keepPlan(path, plan)
	command(t, args...)
	r.pack = out
	mine := r.enters("Olena")
	r.answers(mine, "which plain no")
	r.handsIn(mine)
	if l := r.collects().learners["Olena"]; l.Score.Points != 1 || l.Score.Of != 2 {
		t.Errorf("%v of %d points, by hand 1 of 2: one of two parts is right, the other open", l.Score.Points, l.Score.Of)
	}
	if shown := command(t, "workshop", "show", "--case", mine); strings.Contains(shown, "Marta") {
		t.Error("who cleared what went out with the pack")
	}
}

// planned fills a draft in as a trainer would.
func (r room) planned(draft string) workshop.Plan {
	r.Helper()
	plan, err := workshop.ReadPlan(strings.NewReader(draft))
	if err != nil || len(plan.Exercise.Media) != 2 || len(plan.Clearances) == 0 {
		r.Fatalf("draft with %d files and %d clearances: %v", len(plan.Exercise.Media), len(plan.Clearances), err)
	}
	en := func(text string) exercise.Words { return exercise.Words{"en": text} }
	e := &plan.Exercise
	e.ID, e.By, e.Title, e.Story = "own", "a trainer", en("Our own"), en("Two pictures.")
	for i := range e.Media {
		e.Media[i].Origin, e.Media[i].Licence, e.Media[i].Credit = "staged", "CC0-1.0", "a trainer"
	}
	e.Tasks = []exercise.Task{{
		ID: "which", Topic: exercise.OfTime, Form: exercise.OneOf, Points: 2, Tools: []exercise.Tool{exercise.Media},
		Title: en("A position"), Question: en("Does the file hold a position?"),
		Options:  []exercise.Option{{ID: "no", Label: en("No")}, {ID: "yes", Label: en("Yes")}},
		Subjects: []exercise.Subject{{ID: "camera", Label: en("One"), Items: []string{"phone/camera.jpg"}}, {ID: "plain", Label: en("Two"), Items: []string{"phone/plain.jpg"}}},
	}}
	plan.Key.Tasks = []exercise.TaskKey{{Task: "which", Why: en("Look into the file."), Subjects: []exercise.SubjectKey{
		{Subject: "camera", Credit: map[string]float64{"yes": 1}}, {Subject: "plain", Credit: map[string]float64{"no": 1}},
	}}}
	return plan
}

func (r room) keepPlan(path string, plan workshop.Plan) {
	r.Helper()
	var b bytes.Buffer
	if err := plan.Write(&b); err != nil {
		r.Fatal(err)
	}
	r.write(path, b.Bytes())
}
