package api

import (
	"context"
	"errors"
	"io/fs"
	"net/http"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"

	"github.com/firsthand-media/firsthand/verify/casefile"
	"github.com/firsthand-media/firsthand/verify/ingest"
)

// askAPI asks a route that is of no case.
func askAPI[Out any](t *testing.T, a *API, name string, values map[string]string, body any) (Out, error) {
	t.Helper()
	return ask[Out](t, &Case{api: a}, name, values, body)
}

func statusOf(err error) int {
	var e *Error
	if errors.As(err, &e) {
		return e.Status
	}
	return 0
}

func TestSettingsAreKeptForTheOwnerAlone(t *testing.T) {
	p := testProgram(t)
	a := New(p)
	first, err := askAPI[Session](t, a, "session", nil, nil)
	if err != nil {
		t.Fatal(err)
	}
	s := first.Settings
	if s.Started || s.Level != "softened" || s.ResealSeconds != 30 || s.BreakMinutes != 45 || s.BreakSevere != 20 || !s.SingleKeys || s.By != "Ada" {
		t.Errorf("a first start has %+v", s)
	}
	s.Started, s.Level, s.By, s.Keys = true, "veil", "Ben", map[string]string{"pin": "q"}
	if _, err := askAPI[Settings](t, a, "saveSettings", nil, SettingsIn{s}); err != nil {
		t.Fatal(err)
	}
	again, err := askAPI[Session](t, New(p), "session", nil, nil)
	if err != nil {
		t.Fatal(err)
	}
	if g := again.Settings; !g.Started || g.Level != "veil" || g.By != "Ben" || g.Keys["pin"] != "q" || g.CopyNoted == nil {
		t.Errorf("after a start there is %+v", g)
	}
	path := filepath.Join(p.ConfigDir, settingsName)
	if info, err := os.Stat(path); err != nil || runtime.GOOS != "windows" && info.Mode().Perm() != 0o600 {
		t.Errorf("the file: %v %v", info.Mode(), err)
	}
	if entries, _ := os.ReadDir(p.ConfigDir); len(entries) != 1 {
		t.Errorf("beside the settings there is %v", entries)
	}
}

func TestSettingsThatNoScreenOffersAreRefused(t *testing.T) {
	a := New(testProgram(t))
	for name, change := range map[string]func(*Settings){
		"another level":     func(s *Settings) { s.Level = "bare" },
		"another look":      func(s *Settings) { s.Theme = "neon" },
		"minutes below 0":   func(s *Settings) { s.BreakMinutes = -1 },
		"endless contacts":  func(s *Settings) { s.Contacts = strings.Repeat("x", 5000) },
		"an invented zone":  func(s *Settings) { s.CaseZone = "Mars/Olympus" },
		"a path from here":  func(s *Settings) { s.CaseFolder = "cases" },
		"an endless key":    func(s *Settings) { s.Keys["pin"] = strings.Repeat("x", 5000) },
		"an endless name":   func(s *Settings) { s.By = strings.Repeat("x", 500) },
		"a very long pause": func(s *Settings) { s.ResealSeconds = 100000 },
	} {
		s := a.defaultSettings()
		change(&s)
		if _, err := askAPI[Settings](t, a, "saveSettings", nil, SettingsIn{s}); statusOf(err) != http.StatusBadRequest {
			t.Errorf("%s: %v, want a refusal", name, err)
		}
	}
	if _, err := os.Stat(filepath.Join(a.program.ConfigDir, settingsName)); !errors.Is(err, fs.ErrNotExist) {
		t.Error("a refusal leaves a file")
	}
}

// TestDamagedSettings leaves the page usable, says what is wrong, and does not
// write over the file.
func TestDamagedSettings(t *testing.T) {
	a := New(testProgram(t))
	path := filepath.Join(a.program.ConfigDir, settingsName)
	if err := os.WriteFile(path, []byte("{half"), 0o600); err != nil {
		t.Fatal(err)
	}
	s, err := askAPI[Session](t, a, "session", nil, nil)
	if err != nil || !strings.Contains(s.Problem, path) || s.Settings.Level != "softened" {
		t.Errorf("the session: %+v %v", s, err)
	}
	if _, err := askAPI[Settings](t, a, "saveSettings", nil, SettingsIn{s.Settings}); statusOf(err) != http.StatusInternalServerError {
		t.Errorf("saving over it: %v", err)
	}
	if text, err := os.ReadFile(path); err != nil || string(text) != "{half" {
		t.Errorf("the file is now %q", text)
	}
}

func TestCasesByName(t *testing.T) {
	p := testProgram(t)
	a := New(p)
	t.Cleanup(func() { _ = a.Close() })
	dir := t.TempDir()
	made, err := askAPI[CaseName](t, a, "createCase", nil, CreateIn{Dir: dir, Name: " Northgate "})
	if err != nil || made.Name != "Northgate" || made.ID == "" || made.Exercise || made.Dir != filepath.Join(dir, "Northgate") {
		t.Fatalf("made: %+v %v", made, err)
	}
	if info, err := os.Stat(made.Dir); err != nil || runtime.GOOS != "windows" && info.Mode().Perm() != 0o700 {
		t.Errorf("its folder: %v %v", info.Mode(), err)
	}
	if _, err := askAPI[CaseName](t, a, "createCase", nil, CreateIn{Dir: dir, Name: "Northgate"}); statusOf(err) != http.StatusConflict {
		t.Errorf("the same again: %v", err)
	}
	for _, name := range []string{"", "..", "../x", "a/b", `a\b`, ".hidden", "a\x00b", "turn\u202eed", "C:x", strings.Repeat("x", 300)} {
		if _, err := askAPI[CaseName](t, a, "createCase", nil, CreateIn{Dir: dir, Name: name}); statusOf(err) != http.StatusBadRequest {
			t.Errorf("a case called %q: %v, want a refusal", name, err)
		}
	}
	if entries, err := os.ReadDir(dir); err != nil || len(entries) != 1 {
		t.Errorf("refusals leave %v", entries)
	}
	if _, err := askAPI[None](t, a, "closeCase", nil, CaseIn{made.ID}); err != nil {
		t.Fatal(err)
	}
	list, err := askAPI[CaseList](t, a, "cases", nil, nil)
	if err != nil || len(list.Open) != 0 || len(list.Recent) != 1 || list.Recent[0].Gone || list.Recent[0].Dir != made.Dir {
		t.Fatalf("after it was closed: %+v %v", list, err)
	}
	if err := os.RemoveAll(made.Dir); err != nil {
		t.Fatal(err)
	}
	if list, err = askAPI[CaseList](t, a, "cases", nil, nil); err != nil || len(list.Recent) != 1 || !list.Recent[0].Gone {
		t.Errorf("after its folder went: %+v %v", list, err)
	}
	if _, err := askAPI[None](t, a, "forgetCase", nil, FolderIn{made.Dir}); err != nil {
		t.Fatal(err)
	}
	if list, err = askAPI[CaseList](t, a, "cases", nil, nil); err != nil || len(list.Recent) != 0 {
		t.Errorf("after it was forgotten: %+v %v", list, err)
	}
}

func TestExerciseSaysThatItIsOne(t *testing.T) {
	p := testProgram(t)
	p.Exercise = func(_ context.Context, dir string, _ func(ingest.Progress)) (string, error) {
		dir = filepath.Join(dir, "case")
		f, err := p.Create(dir)
		if err != nil {
			return "", err
		}
		return dir, errors.Join(os.WriteFile(filepath.Join(dir, casefile.ExerciseMark), nil, 0o600), f.Close())
	}
	a := New(p)
	t.Cleanup(func() { _ = a.Close() })
	s := a.defaultSettings()
	s.CaseFolder = t.TempDir()
	if _, err := a.saveSettings(s); err != nil {
		t.Fatal(err)
	}
	c, err := askAPI[CaseName](t, a, "exerciseCase", nil, nil)
	if err != nil || !c.Exercise || !strings.HasPrefix(c.Dir, s.CaseFolder) {
		t.Errorf("the exercise: %+v %v", c, err)
	}
	p.Exercise = nil
	if _, err := askAPI[CaseName](t, New(p), "exerciseCase", nil, nil); statusOf(err) != http.StatusNotImplemented {
		t.Errorf("where it cannot be made: %v", err)
	}
}

func TestFoldersToChooseFrom(t *testing.T) {
	a := New(testProgram(t))
	t.Cleanup(func() { _ = a.Close() })
	dir := t.TempDir()
	for _, name := range []string{"b", "a <b>", ".hidden", "Dropbox (Team)/c"} {
		if err := os.MkdirAll(filepath.Join(dir, name), 0o755); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.WriteFile(filepath.Join(dir, "file.jpg"), nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := a.Create(filepath.Join(dir, "mine")); err != nil {
		t.Fatal(err)
	}
	list, err := askAPI[FolderList](t, a, "folders", map[string]string{"path": dir}, nil)
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, f := range list.Folders {
		names = append(names, f.Name)
		if f.IsCase != (f.Name == "mine") {
			t.Errorf("%s is a case: %t", f.Name, f.IsCase)
		}
	}
	if want := []string{"Dropbox (Team)", "a <b>", "b", "mine"}; !slices.Equal(names, want) {
		t.Errorf("there are %q, want %q", names, want)
	}
	if list.Parent != filepath.Dir(dir) || list.FreeBytes == nil || list.Synced != "" {
		t.Errorf("the folder: %+v", list)
	}
	if inside, err := askAPI[FolderList](t, a, "folders", map[string]string{"path": filepath.Join(dir, "Dropbox (Team)", "c")}, nil); err != nil || inside.Synced != "Dropbox" {
		t.Errorf("a folder that is copied elsewhere: %q %v", inside.Synced, err)
	}
	for path, want := range map[string]int{filepath.Join(dir, "none"): 404, "relative": 400, "../..": 400, filepath.Join(dir, "file.jpg"): 400} {
		if _, err := askAPI[FolderList](t, a, "folders", map[string]string{"path": path}, nil); statusOf(err) != want {
			t.Errorf("%s: %v, want %d", path, err, want)
		}
	}
}

func TestCacheIsClearedAndTheCaseStays(t *testing.T) {
	c := openTestCase(t, map[string][]byte{"a.jpg": picture(t, 1, 400, 300)})
	a := c.api
	before, err := askAPI[Storage](t, a, "storage", nil, nil)
	if err != nil || len(before.Cases) != 1 || before.Cases[0].CacheBytes == 0 || before.Cases[0].CaseBytes <= before.Cases[0].CacheBytes {
		t.Fatalf("before: %+v %v", before, err)
	}
	freed, err := ask[Freed](t, c, "clearCache", nil, nil)
	if err != nil || freed.FreedBytes != before.Cases[0].CacheBytes {
		t.Errorf("freed %+v, %v", freed, err)
	}
	after, err := a.Case(c.ID)
	if err != nil {
		t.Fatal(err)
	}
	if v := view(t, after); len(v.Items) != 1 {
		t.Errorf("the case has %d items", len(v.Items))
	}
}
