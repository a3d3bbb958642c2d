package api

import (
	"encoding/json"
	"errors"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/firsthand-media/firsthand/verify/exercise"
)

func begunCase(t *testing.T, a *API, route string, body any) *Case {
	t.Helper()
	name, err := askAPI[CaseName](t, a, route, nil, body)
	if err != nil {
		t.Fatal(err)
	}
	if !name.Exercise || name.Posed == nil || !slices.Equal(name.Posed.Tools, []exercise.Tool{exercise.Compare, exercise.Media, exercise.Sun}) {
		t.Fatalf("begun: %+v", name)
	}
	c, err := a.Case(name.ID)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func told[Out any](t *testing.T, c *Case, route string, body any) Out {
	t.Helper()
	out, err := ask[Out](t, c, route, nil, body)
	if err != nil {
		t.Fatalf("%s: %v", route, err)
	}
	return out
}

func theAnswer() AnswersIn {
	return AnswersIn{[]exercise.Answer{{Task: "pair", Subject: "only", Chosen: []string{"scene"}, Reasons: []string{"cranes"}}}}
}

// everything is all that any route says of a case, with what its acts answer.
func everything(t *testing.T, c *Case) string {
	t.Helper()
	var all strings.Builder
	item := view(t, c).Items[0].Digest
	for _, r := range Routes() {
		if r.Method == "GET" && strings.HasPrefix(r.Path, "/api/case/{case}") {
			for _, answer := range everyAnswer(t, c, r, item) {
				all.WriteString(answer)
			}
		}
	}
	for _, form := range []HandOnForm{{Format: htmlFormat}, {Format: "csv"}, {Format: "geojson"}, {Format: "case-uco"}} {
		made := told[HandOn](t, c, "draftReport", form)
		draft, err := c.api.Draft(c.ID, made.Draft)
		if err != nil {
			t.Fatal(err)
		}
		all.Write(draft.Body)
	}
	all.WriteString(inJSON(t, told[ExercisePage](t, c, "exerciseAnswer", theAnswer())))
	list, err := askAPI[WorkshopList](t, c.api, "workshop", nil, nil)
	if err != nil {
		t.Fatal(err)
	}
	return all.String() + inJSON(t, list)
}

// No word of the key, and of no hint that was not taken, is in any answer before
// the key is opened: not even where the key is at hand for practice.
func TestKeyIsBlindUntilItIsOpened(t *testing.T) {
	path, key := testPack(t)
	c := begunCase(t, learning(t, path, key), "practise", BuiltInIn{"two-quays"})
	all := everything(t, c)
	for _, secret := range []string{keySecret, hintSecret, "11:07", "14:07", `"right":`} {
		if strings.Contains(all, secret) {
			t.Errorf("%q is told before the key is open", secret)
		}
	}
	page := told[ExercisePage](t, c, "exerciseHint", HintIn{"pair"})
	if task := page.Tasks[0]; len(task.Hints) != 1 || task.HintsLeft != 1 || !strings.Contains(task.Hints[0]["en"], "cranes") {
		t.Errorf("after one hint: %+v", task.Hints)
	}
	if all = everything(t, c); strings.Contains(all, "count them") || strings.Contains(all, keySecret) {
		t.Error("a hint that was not taken, or the key, is told after a hint")
	}
	page = told[ExercisePage](t, c, "exerciseKey", KeyIn{})
	s := page.Tasks[0].Subjects[0]
	if !page.KeyOpen || s.Key == nil || s.Key.Points != 3 || len(s.Key.Lines) == 0 || s.Key.Partly["same"]["en"] == "" || page.Tasks[0].Points != 3 || page.Of != 5 || page.Points != 3 {
		t.Errorf("with the key: %+v, %+v", page.Points, s.Key)
	}
	if when := page.Tasks[1].Subjects[0].Key; when == nil || when.When == nil || when.Points != 0 {
		t.Errorf("the interval nobody answered: %+v", when)
	}
}

// What is done goes through the case, so that every later page has it, and a
// blank answer takes one back.
func TestAnswersAreKept(t *testing.T) {
	path, key := testPack(t)
	a := learning(t, path, key)
	c := begunCase(t, a, "openPack", PackIn{path})
	page := told[ExercisePage](t, c, "exerciseAnswer", theAnswer())
	s := page.Tasks[0].Subjects[0]
	if !s.Given || !slices.Equal(s.Answer.Chosen, []string{"scene"}) || page.Answered != 1 || page.Subjects != 2 || page.Tasks[0].Answered != 1 {
		t.Fatalf("answered: %+v", page)
	}
	if s.Items[0].Card == nil || s.Items[0].Card.Path == "" || s.Options[0].Item == nil || s.Options[0].Item.Card == nil || s.Options[1].Item != nil {
		t.Errorf("its files are %+v and %+v", s.Items, s.Options)
	}
	if again := told[ExercisePage](t, c, "exercise", nil); inJSON(t, again.Tasks) != inJSON(t, page.Tasks) {
		t.Error("a page asked for anew is another")
	}
	page = told[ExercisePage](t, c, "exerciseAnswer", AnswersIn{[]exercise.Answer{{Task: "pair", Subject: "only"}}})
	if page.Answered != 0 || page.Tasks[0].Subjects[0].Given || page.Tasks[0].Subjects[0].Answer.Chosen == nil {
		t.Errorf("taken back: %+v", page.Tasks[0].Subjects[0])
	}
	for name, in := range map[string]AnswersIn{
		"an unknown option": {[]exercise.Answer{{Task: "pair", Subject: "only", Chosen: []string{"both"}}}},
		"two of one":        {[]exercise.Answer{{Task: "pair", Subject: "only", Chosen: []string{"same", "scene"}}}},
		"an unknown task":   {[]exercise.Answer{{Task: "none", Subject: "only", Chosen: []string{"same"}}}},
	} {
		if _, err := ask[ExercisePage](t, c, "exerciseAnswer", nil, in); statusOf(err) != http.StatusUnprocessableEntity {
			t.Errorf("%s: %v", name, err)
		}
	}
	list, err := askAPI[WorkshopList](t, a, "workshop", nil, nil)
	if err != nil || len(list.Mine) != 1 || list.Mine[0].Practice || list.Mine[0].Subjects != 2 || len(list.BuiltIn) != 1 || list.BuiltIn[0].Begun != "" {
		t.Errorf("the list: %+v %v", list, err)
	}
	other := learning(t, path, key)
	elsewhere, err := other.Open(c.Dir) // as after a command began it
	if err != nil {
		t.Fatal(err)
	}
	if told[ExercisePage](t, elsewhere, "exercise", nil).PackPath != "" {
		t.Error("a pack is known that was never opened here")
	}
	if list, err = askAPI[WorkshopList](t, other, "workshop", nil, nil); err != nil || len(list.Mine) != 1 || list.Mine[0].Dir != c.Dir {
		t.Errorf("an exercise that a command began is not among one's own: %+v %v", list.Mine, err)
	}
	second := begunCase(t, a, "openPack", PackIn{path})
	if second.Dir == c.Dir || told[ExercisePage](t, second, "exercise", nil).Answered != 0 {
		t.Error("a second attempt is not one of its own")
	}
}

func TestHandingIn(t *testing.T) {
	path, key := testPack(t)
	c := begunCase(t, learning(t, path, key), "openPack", PackIn{path})
	told[ExercisePage](t, c, "exerciseAnswer", theAnswer())
	text, err := ask[HandInText](t, c, "exerciseHandInText", map[string]string{"name": "Lea Learner"}, nil)
	if err != nil {
		t.Fatal(err)
	}
	first := told[HandedIn](t, c, "exerciseHandIn", HandInIn{Name: "Lea Learner"})
	if filepath.Dir(first.Path) != filepath.Join(filepath.Dir(c.Dir), "hand-in") {
		t.Errorf("it is handed in to %s", first.Path)
	}
	written, err := os.ReadFile(first.Path)
	if err != nil {
		t.Fatal(err)
	}
	var shown, real exercise.HandIn
	if err := json.Unmarshal([]byte(text.Text), &shown); err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(written, &real); err != nil {
		t.Fatal(err)
	}
	if shown.Ledger = real.Ledger; inJSON(t, shown) != inJSON(t, real) || real.Name != "Lea Learner" || len(real.Answers) != 1 {
		t.Errorf("shown was %+v, written %+v", shown, real)
	}
	if strings.Contains(string(written), c.Dir) || strings.Contains(string(written), "Ada") {
		t.Errorf("more than was said is in %s", written)
	}
	elsewhere := t.TempDir()
	second := told[HandedIn](t, c, "exerciseHandIn", HandInIn{Name: "Lea Learner", Folder: elsewhere})
	third := told[HandedIn](t, c, "exerciseHandIn", HandInIn{Name: "Lea Learner", Folder: elsewhere})
	if second.Path == third.Path || filepath.Dir(third.Path) != elsewhere {
		t.Errorf("handed in to %s and %s", second.Path, third.Path)
	}
	for name, in := range map[string]HandInIn{"no name": {Name: "  "}, "no folder": {Name: "Lea", Folder: filepath.Join(elsewhere, "gone")}, "half a path": {Name: "Lea", Folder: "here"}} {
		if _, err := ask[HandedIn](t, c, "exerciseHandIn", nil, in); statusOf(err) < 400 || statusOf(err) >= 500 {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// The key of a pack needs its pack and its passphrase; after it is open nothing
// changes any more.
func TestKeyOfAPack(t *testing.T) {
	path, key := testPack(t)
	a := learning(t, path, key)
	c := begunCase(t, a, "openPack", PackIn{path})
	if page := told[ExercisePage](t, c, "exercise", nil); page.PackPath != path || page.Practice || page.Code == "" {
		t.Errorf("the page: %+v", page)
	}
	for name, in := range map[string]KeyIn{"nothing": {}, "a wrong one": {Passphrase: "nine herons cross the quiet estuary at dusk"}, "no pack": {Path: filepath.Join(t.TempDir(), "gone.zip"), Passphrase: passphrase}} {
		_, err := ask[ExercisePage](t, c, "exerciseKey", nil, in)
		var e *Error
		if !errors.As(err, &e) || e.Status < 400 || e.Status >= 500 || e.Hint == "" && name != "no pack" {
			t.Errorf("with %s: %v", name, err)
		}
	}
	other := anotherPack(t)
	if _, err := ask[ExercisePage](t, c, "exerciseKey", nil, KeyIn{Path: other, Passphrase: passphrase}); statusOf(err) != http.StatusConflict {
		t.Errorf("with another pack: %v", err)
	}
	if page := told[ExercisePage](t, c, "exerciseKey", KeyIn{Passphrase: passphrase}); !page.KeyOpen {
		t.Fatal("the key is not open")
	}
	_, err := ask[ExercisePage](t, c, "exerciseAnswer", nil, theAnswer())
	if statusOf(err) != http.StatusConflict {
		t.Errorf("an answer after the key: %v", err)
	}
	if _, err := ask[HandedIn](t, c, "exerciseHandIn", nil, HandInIn{Name: "Lea"}); statusOf(err) != http.StatusConflict {
		t.Errorf("a first hand-in after the key: %v", err)
	}
}

func TestDamagedPackIsNotOpened(t *testing.T) {
	path, key := testPack(t)
	a := learning(t, path, key)
	offer, err := askAPI[ExerciseOffer](t, a, "lookAtPack", nil, PackIn{path})
	if err != nil || offer.Title["en"] != "Two quays" || offer.Code == "" || offer.Tasks != 2 {
		t.Fatalf("%+v %v", offer, err)
	}
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	text[len(text)/2] ^= 1
	if err := os.WriteFile(path, text, 0o600); err != nil {
		t.Fatal(err)
	}
	for _, route := range []string{"lookAtPack", "openPack"} {
		_, err := askAPI[any](t, a, route, nil, PackIn{path})
		if statusOf(err) != http.StatusBadRequest {
			t.Errorf("%s: %v", route, err)
		}
	}
	if s, _ := a.settings(); dirEntries(t, s.CaseFolder) != 0 {
		t.Error("something was laid out")
	}
}

func dirEntries(t *testing.T, dir string) int {
	t.Helper()
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	return len(entries)
}

// Minutes are those at work: a long pause is none, and what was counted before a
// start is not lost.
func TestMinutes(t *testing.T) {
	var w work
	at := time.Date(2024, 5, 16, 9, 0, 0, 0, time.UTC)
	for _, pause := range []time.Duration{0, 2 * time.Minute, 5 * time.Minute, 40 * time.Minute, time.Minute, -time.Hour} {
		at = at.Add(pause)
		w.touch(at)
	}
	if got := w.take(); got != 8*time.Minute {
		t.Errorf("%v were worked, want 8m", got)
	}
	if got := w.take(); got != 0 {
		t.Errorf("%v are counted twice", got)
	}

	path, key := testPack(t)
	a := learning(t, path, key)
	c := begunCase(t, a, "openPack", PackIn{path})
	c.work.mu.Lock()
	c.work.spent = 90 * time.Second
	c.work.mu.Unlock()
	if err := a.Shut(c.ID); err != nil {
		t.Fatal(err)
	}
	again, err := a.Open(c.Dir)
	if err != nil {
		t.Fatal(err)
	}
	if page := told[ExercisePage](t, again, "exercise", nil); page.Spent != 2 {
		t.Errorf("%d minutes are left of a minute and a half begun, want 2", page.Spent)
	}
}

// A built-in exercise whose folder was deleted is offered as one that was never
// begun, not as one to go on with.
func TestBegunExerciseThatIsGone(t *testing.T) {
	path, key := testPack(t)
	a := learning(t, path, key)
	c := begunCase(t, a, "practise", BuiltInIn{"two-quays"})
	list, err := askAPI[WorkshopList](t, a, "workshop", nil, nil)
	if err != nil || list.BuiltIn[0].Begun != c.Dir {
		t.Fatalf("begun: %+v %v", list.BuiltIn, err)
	}
	if err := a.Shut(c.ID); err != nil {
		t.Fatal(err)
	}
	if err := os.RemoveAll(c.Dir); err != nil {
		t.Fatal(err)
	}
	list, err = askAPI[WorkshopList](t, a, "workshop", nil, nil)
	if err != nil || list.BuiltIn[0].Begun != "" || len(list.Mine) != 1 || !list.Mine[0].Gone {
		t.Errorf("deleted: %+v %+v %v", list.BuiltIn, list.Mine, err)
	}
}

func TestCaseWithoutTasks(t *testing.T) {
	c := openTestCase(t, map[string][]byte{"a.jpg": picture(t, 1, 64, 48)})
	if _, err := ask[ExercisePage](t, c, "exercise", nil, nil); statusOf(err) != http.StatusNotFound {
		t.Errorf("the exercise of a real case: %v", err)
	}
	name, err := ask[CaseName](t, c, "caseName", nil, nil)
	if err != nil || name.Posed != nil {
		t.Errorf("%+v %v", name, err)
	}
}

func TestSunOfADay(t *testing.T) {
	a := New(testProgram(t))
	day, err := askAPI[SunDay](t, a, "sunDay", map[string]string{
		"latitude": "50.45", "longitude": "30.52", "day": "2024-06-21", "zone": "Europe/Kyiv", "direction": "0", "ratio": "0.51", "tolerance": "2",
	}, nil)
	if err != nil {
		t.Fatal(err)
	}
	// Local noon at this place is 12:59 of its summer time: 09:59 UTC.
	noon := time.Date(2024, 6, 21, 9, 59, 0, 0, time.UTC)
	if len(day.Times) != 1 || !(day.Times[0].From < instantText(noon) && instantText(noon) < day.Times[0].To) || len(day.Hours) < 30 || len(day.Hours) > 34 {
		t.Errorf("%+v and %d rows", day.Times, len(day.Hours))
	}
	for name, values := range map[string]map[string]string{
		"no day":   {"latitude": "50", "longitude": "30", "day": "soon"},
		"no zone":  {"latitude": "50", "longitude": "30", "day": "2024-06-21", "zone": "Mars/Olympus"},
		"no place": {"latitude": "95", "longitude": "30", "day": "2024-06-21"},
		"no angle": {"latitude": "50", "longitude": "30", "day": "2024-06-21", "direction": "north", "tolerance": "2"},
	} {
		if _, err := askAPI[SunDay](t, a, "sunDay", values, nil); statusOf(err) != http.StatusBadRequest {
			t.Errorf("%s: %v", name, err)
		}
	}
}
