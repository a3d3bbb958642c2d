package api

import (
	"bytes"
	"encoding/json"
	"errors"
	"io/fs"
	"net/http"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"

	"github.com/firsthand-media/firsthand/verify"
	"github.com/firsthand-media/firsthand/verify/exercise"
	"github.com/firsthand-media/firsthand/verify/workshop"
)

const testPassphrase = "harbour crane zebra violet pumpkin"

// trainerCase is a case of three pictures, with a folder for cases of its own.
func trainerCase(t *testing.T) *Case {
	t.Helper()
	c := actsCase(t)
	s, err := c.api.settings()
	if err != nil {
		t.Fatal(err)
	}
	s.CaseFolder = t.TempDir()
	if _, err := askAPI[Settings](t, c.api, "saveSettings", nil, SettingsIn{s}); err != nil {
		t.Fatal(err)
	}
	return c
}

// beginTestPlan begins a plan with two of the pictures.
func beginTestPlan(t *testing.T, c *Case) PlanPage {
	t.Helper()
	items := []verify.Digest{digestAt(t, c, "phone/a.jpg"), digestAt(t, c, "phone/b.jpg")}
	page, err := askAPI[PlanPage](t, c.api, "beginPlan", nil, BeginPlanIn{Case: c.ID, ID: "harbour", Title: "The harbour", Language: "en", Items: items})
	if err != nil {
		t.Fatal(err)
	}
	return page
}

func en(s string) exercise.Words { return exercise.Words{"en": s} }

// askWhole fills a plan with tasks of three forms and their key.
func askWhole(p *workshop.Plan) {
	e := &p.Exercise
	e.Story, e.By = en("What happened?"), "Ada"
	for i := range e.Media {
		e.Media[i].Origin, e.Media[i].Licence = "drawn for this test", "CC0-1.0"
	}
	same := []exercise.Option{{ID: "same", Label: en("Same")}, {ID: "other", Label: en("Other")}}
	task := func(id string, form exercise.Form, options []exercise.Option, subjects ...string) exercise.Task {
		t := exercise.Task{ID: id, Topic: exercise.OfPair, Title: en(id), Question: en("Which?"), Form: form, Options: options, Points: 10, Hints: []exercise.Words{en("Slight."), en("Plain.")}}
		for _, s := range subjects {
			t.Subjects = append(t.Subjects, exercise.Subject{ID: s, Label: en(s), Items: []string{"phone/a.jpg"}})
		}
		return t
	}
	e.Tasks = []exercise.Task{task("pair", exercise.OneOf, same, "one", "two"), task("when", exercise.Interval, nil, "one"), task("where", exercise.Area, nil, "one")}
	p.Key.Tasks = []exercise.TaskKey{
		{Task: "pair", Why: en("Look at the mast."), Subjects: []exercise.SubjectKey{{Subject: "one", Credit: map[string]float64{"same": 1}}, {Subject: "two", Credit: map[string]float64{"other": 1}}}},
		{Task: "when", Why: en("A clock."), Subjects: []exercise.SubjectKey{{Subject: "one", When: &exercise.WhenKey{Earliest: onTheDay("12:00"), Latest: onTheDay("12:10"), WidthSeconds: 600}}}},
		{Task: "where", Why: en("A map."), Subjects: []exercise.SubjectKey{{Subject: "one", Where: &exercise.WhereKey{Latitude: 50, Longitude: 30, RadiusM: 100}}}},
	}
}

// TestPlanIsKept: what a trainer writes is in a file at once, for the owner alone,
// and is never written over by a page that does not know of a change.
func TestPlanIsKept(t *testing.T) {
	c := trainerCase(t)
	page := beginTestPlan(t, c)
	if len(page.Files) != 2 || page.Files[0].Card == nil || page.Case.ID != c.ID || len(page.Plan.Clearances) != 0 {
		t.Fatalf("a plan begins as %+v", page)
	}
	if info, err := os.Stat(page.Path); err != nil || runtime.GOOS != "windows" && info.Mode().Perm() != 0o600 {
		t.Errorf("its file: %v %v", info, err)
	}
	page.Plan.Exercise.Title = en("Another harbour")
	kept, err := askAPI[PlanKept](t, c.api, "keepPlan", map[string]string{"id": page.ID}, KeepPlanIn{Revision: page.Revision, Plan: page.Plan})
	if err != nil || kept.Revision == page.Revision {
		t.Fatalf("kept: %+v %v", kept, err)
	}
	if _, err := askAPI[PlanKept](t, c.api, "keepPlan", map[string]string{"id": page.ID}, KeepPlanIn{Revision: page.Revision, Plan: page.Plan}); statusOf(err) != http.StatusConflict {
		t.Errorf("a page that does not know of the change: %v", err)
	}
	more, err := askAPI[PlanPage](t, c.api, "addToPlan", map[string]string{"id": page.ID}, AddToPlanIn{Items: []verify.Digest{digestAt(t, c, "phone/c.jpg"), digestAt(t, c, "phone/a.jpg")}})
	if err != nil || len(more.Plan.Exercise.Media) != 3 || more.Plan.Exercise.Title.In("en") != "Another harbour" {
		t.Errorf("with a file more: %+v %v", more.Plan.Exercise, err)
	}

	again := New(c.api.program) // after a start of the program
	t.Cleanup(func() { _ = again.Close() })
	home, err := askAPI[TrainerHome](t, again, "trainer", nil, nil)
	if err != nil || len(home.Plans) != 1 || home.Plans[0].ID != page.ID || home.Plans[0].Title.In("en") != "Another harbour" || home.Plans[0].Gone {
		t.Fatalf("after a start: %+v %v", home.Plans, err)
	}
	if _, err := askAPI[None](t, again, "forgetPlan", nil, ForgetPlanIn{Path: page.Path}); err != nil {
		t.Fatal(err)
	}
	if _, err := askAPI[PlanPage](t, again, "plan", map[string]string{"id": page.ID}, nil); statusOf(err) != http.StatusNotFound {
		t.Errorf("forgotten: %v", err)
	}
	back, err := askAPI[PlanPage](t, again, "openPlan", nil, OpenPlanIn{Path: page.Path, Case: c.ID})
	if err != nil || back.ID != page.ID || len(back.Plan.Exercise.Media) != 3 {
		t.Errorf("opened from its file: %+v %v", back, err)
	}
}

// TestWhatIsNoPlan: a file that somebody else made is refused in one line, and
// stays as it is.
func TestWhatIsNoPlan(t *testing.T) {
	a := New(testProgram(t))
	dir := t.TempDir()
	for name, text := range map[string]string{"empty": "", "text": "plan", "other": `{"exercise":{"surprise":1}}`, "twice": `{"places":[],"places":[]}`} {
		path := filepath.Join(dir, name+".json")
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		if _, err := askAPI[PlanPage](t, a, "openPlan", nil, OpenPlanIn{Path: path}); statusOf(err) != http.StatusBadRequest || strings.Contains(err.Error(), "\n") {
			t.Errorf("%s: %v", name, err)
		}
		if after, err := os.ReadFile(path); err != nil || string(after) != text {
			t.Errorf("%s is %q now", name, after)
		}
	}
	for _, path := range []string{dir, filepath.Join(dir, "none.json"), "empty.json"} {
		if _, err := askAPI[PlanPage](t, a, "openPlan", nil, OpenPlanIn{Path: path}); err == nil {
			t.Errorf("%s is opened", path)
		}
	}
	if home, err := askAPI[TrainerHome](t, a, "trainer", nil, nil); err != nil || len(home.Plans) != 0 {
		t.Errorf("remembered: %+v %v", home.Plans, err)
	}
}

func TestPlansThatCannotBeBegun(t *testing.T) {
	c := trainerCase(t)
	a := []verify.Digest{digestAt(t, c, "phone/a.jpg")}
	for name, in := range map[string]BeginPlanIn{
		"no title":          {Case: c.ID, ID: "x", Items: a},
		"a name with steps": {Case: c.ID, ID: "../x", Title: "X", Items: a},
		"no files":          {Case: c.ID, ID: "x", Title: "X"},
		"an unknown file":   {Case: c.ID, ID: "x", Title: "X", Items: []verify.Digest{verify.Digest(strings.Repeat("0", 64))}},
		"an unknown case":   {Case: "none", ID: "x", Title: "X", Items: a},
	} {
		if _, err := askAPI[PlanPage](t, c.api, "beginPlan", nil, in); statusOf(err) != http.StatusBadRequest && statusOf(err) != http.StatusNotFound {
			t.Errorf("%s: %v", name, err)
		}
	}
	s, _ := c.api.settings()
	if entries, _ := os.ReadDir(filepath.Join(s.CaseFolder, planFolder)); len(entries) != 0 {
		t.Errorf("a refusal leaves %v", entries)
	}
}

// packTestPlan clears all that can be cleared and makes the pack.
func packTestPlan(t *testing.T, c *Case, order PackOrder) PackMade {
	t.Helper()
	page := beginTestPlan(t, c)
	id := map[string]string{"id": page.ID}
	pack := func() (PackMade, error) {
		return askAPI[PackMade](t, c.api, "packPlan", id, PackPlanIn{PackOrder: order})
	}
	keep := func() {
		t.Helper()
		kept, err := askAPI[PlanKept](t, c.api, "keepPlan", id, KeepPlanIn{Revision: page.Revision, Plan: page.Plan})
		if err != nil {
			t.Fatal(err)
		}
		page.Revision = kept.Revision
	}
	found, err := askAPI[PlanConcerns](t, c.api, "planConcerns", id, nil)
	if err != nil || found.Problem == "" || !slices.ContainsFunc(found.Concerns, func(c Concern) bool { return c.Code == workshop.NoOrigin && c.Final }) {
		t.Fatalf("a bare plan: %+v %v", found, err)
	}
	askWhole(&page.Plan)
	keep()
	if found, err = askAPI[PlanConcerns](t, c.api, "planConcerns", id, nil); err != nil || found.Problem != "" || len(found.Concerns) == 0 {
		t.Fatalf("a plan that lacks nothing: %+v %v", found, err)
	}
	if _, err := pack(); statusOf(err) != http.StatusBadRequest || !strings.Contains(err.Error(), "not cleared") {
		t.Fatalf("packed with open concerns: %v", err)
	}
	for _, c := range found.Concerns {
		if c.Text == "" || c.Final {
			t.Errorf("a concern says %+v", c)
		}
		page.Plan.Clearances = append(page.Plan.Clearances, workshop.Clearance{Path: c.Path, Code: c.Code, What: c.What, By: "Ada", Reason: "invented"})
	}
	keep()
	made, err := pack()
	if err != nil {
		t.Fatal(err)
	}
	return made
}

// TestPackNeedsEveryWord: nothing is packed before each concern was cleared by
// name; the passphrase that is made opens the key and is written nowhere.
func TestPackNeedsEveryWord(t *testing.T) {
	c := trainerCase(t)
	out := t.TempDir()
	made := packTestPlan(t, c, PackOrder{Folder: out})
	pack, err := workshop.Open(made.Path)
	if err != nil || made.Code != pack.Code() || filepath.Base(made.Path) != "harbour.zip" {
		t.Fatalf("made: %+v %v", made, err)
	}
	key, err := pack.Unseal(made.Passphrase)
	if err != nil || len(key.Tasks) != 3 {
		t.Fatalf("the key: %v", err)
	}
	s, _ := c.api.settings()
	for _, dir := range []string{out, s.CaseFolder, c.api.program.ConfigDir} {
		_ = filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
			if err == nil && d.Type().IsRegular() {
				if text, _ := os.ReadFile(path); bytes.Contains(text, []byte(made.Passphrase)) {
					t.Errorf("%s holds the passphrase", path)
				}
			}
			return nil
		})
	}
	if _, err := askAPI[PackMade](t, c.api, "packPlan", map[string]string{"id": beginTestPlan(t, c).ID}, PackPlanIn{PackOrder: PackOrder{Folder: out, Passphrase: "1234"}}); statusOf(err) != http.StatusBadRequest || !errors.Is(err, workshop.ErrWeakPassphrase) {
		t.Errorf("a weak passphrase: %v", err)
	}
	if entries, _ := os.ReadDir(out); len(entries) != 1 {
		t.Errorf("in the folder there is %v", entries)
	}
}

func TestBuiltInPack(t *testing.T) {
	a := New(testProgram(t))
	if _, err := askAPI[PackMade](t, a, "packBuiltIn", nil, BuiltInPackIn{ID: "copies", PackOrder: PackOrder{Folder: t.TempDir()}}); err == nil {
		t.Error("a program without exercises packs one")
	}
	a.program.Exercises = func() ([]exercise.Exercise, error) {
		return []exercise.Exercise{{ID: "copies", Title: en("Copies")}}, nil
	}
	a.program.PackExercise = packNothing
	out := t.TempDir()
	order := PackOrder{Folder: out, Passphrase: testPassphrase}
	for _, want := range []string{"copies.zip", "copies-2.zip"} {
		made, err := askAPI[PackMade](t, a, "packBuiltIn", nil, BuiltInPackIn{ID: "copies", PackOrder: order})
		if err != nil || filepath.Base(made.Path) != want || made.Bytes != 4 || len(made.Code) != 8 {
			t.Errorf("made: %+v %v, want %s", made, err, want)
		}
	}
	if _, err := askAPI[PackMade](t, a, "packBuiltIn", nil, BuiltInPackIn{ID: "cats", PackOrder: order}); statusOf(err) != http.StatusNotFound {
		t.Errorf("an exercise that is none: %v", err)
	}
	if _, err := askAPI[PackMade](t, a, "packBuiltIn", nil, BuiltInPackIn{ID: "copies", PackOrder: PackOrder{Folder: filepath.Join(out, "none")}}); statusOf(err) != http.StatusNotFound {
		t.Errorf("a folder that is none: %v", err)
	}
}

// jsonOf is what travels of an answer.
func jsonOf(t *testing.T, v any) string {
	t.Helper()
	text, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}
