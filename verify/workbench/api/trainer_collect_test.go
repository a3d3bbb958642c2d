package api

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"math"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/firsthand-media/firsthand/verify/exercise"
	"github.com/firsthand-media/firsthand/verify/workshop"
)

// onTheDay is a time of the day of the test's events.
func onTheDay(clock string) time.Time {
	t, err := time.Parse("2006-01-02 15:04", "2025-09-02 "+clock)
	if err != nil {
		panic(err)
	}
	return t
}

// packNothing stands for the making of a built-in pack.
func packNothing(_ context.Context, _, _, out string) (string, error) {
	return strings.Repeat("ab", 32), os.WriteFile(out, []byte("pack"), 0o600)
}

// handedIn is a folder with what learners handed in to a pack.
type handedIn struct {
	t    *testing.T
	dir  string
	pack *workshop.Pack
}

func (h handedIn) by(name string, minutes int, hints map[string]int, answers ...exercise.Answer) {
	h.t.Helper()
	root := sha256.Sum256([]byte(name))
	in := exercise.HandIn{
		Format: exercise.Format, Exercise: h.pack.Exercise().ID, Pack: h.pack.Digest(), Name: name, Minutes: minutes, Hints: hints, Answers: answers,
		Ledger: exercise.Head{Size: 12, Root: hex.EncodeToString(root[:])},
	}
	f, err := os.Create(filepath.Join(h.dir, name+exercise.HandInSuffix))
	if err != nil {
		h.t.Fatal(err)
	}
	defer f.Close()
	if err := in.Write(f); err != nil {
		h.t.Fatal(err)
	}
}

func chose(subject, option string) exercise.Answer {
	return exercise.Answer{Task: "pair", Subject: subject, Chosen: []string{option}, Reasons: []string{}}
}

// handInTestAnswers makes a pack and what four learners say of it: about the
// first subject all say "same", about the second two and two.
func handInTestAnswers(t *testing.T, c *Case) (h handedIn, in CollectIn) {
	t.Helper()
	made := packTestPlan(t, c, PackOrder{Folder: t.TempDir(), Passphrase: testPassphrase})
	pack, err := workshop.Open(made.Path)
	if err != nil {
		t.Fatal(err)
	}
	h = handedIn{t, t.TempDir(), pack}
	when := exercise.Answer{Task: "when", Subject: "one", Chosen: []string{}, When: &exercise.When{Earliest: onTheDay("12:00"), Latest: onTheDay("12:10")}, Reasons: []string{}}
	where := exercise.Answer{Task: "where", Subject: "one", Chosen: []string{}, Where: &exercise.Where{Latitude: 50, Longitude: 30, RadiusM: 200}, Reasons: []string{}}
	h.by("Zoryana", 30, map[string]int{"when": 2}, chose("one", "same"), chose("two", "other"), when, where)
	h.by("Adam", 25, map[string]int{}, chose("one", "same"), chose("two", "other"))
	h.by("=Mia", 20, map[string]int{}, chose("one", "same"), chose("two", "same"))
	h.by("Chloé", 15, map[string]int{}, chose("one", "same"), chose("two", "same"))
	if err := os.WriteFile(filepath.Join(h.dir, "x"+exercise.HandInSuffix), []byte("{}"), 0o600); err != nil {
		t.Fatal(err)
	}
	return h, CollectIn{Folder: h.dir, Pack: made.Path, Passphrase: testPassphrase}
}

func collectTest(t *testing.T, c *Case, in CollectIn) CollectionPage {
	t.Helper()
	made, err := askAPI[CollectionName](t, c.api, "collect", nil, in)
	if err != nil {
		t.Fatal(err)
	}
	page, err := askAPI[CollectionPage](t, c.api, "collection", map[string]string{"collection": made.ID}, nil)
	if err != nil {
		t.Fatal(err)
	}
	return page
}

// TestCollection: scores, counts and Fleiss' kappa are those of a computation by
// hand. Of the first task's two subjects the pairs that agree are 6 of 6 and 2 of
// 6, 2/3 on average; "same" is 6 of 8 answers, so that chance gives 10/16, and
// kappa is (2/3 - 5/8) / (1 - 5/8) = 1/9.
func TestCollection(t *testing.T) {
	c := trainerCase(t)
	h, in := handInTestAnswers(t, c)
	page := collectTest(t, c, in)
	if len(page.Handed) != 4 || page.Of != 30 || len(page.Refused) != 1 || page.Refused[0].Why == "" {
		t.Fatalf("collected: %+v", page)
	}
	got := map[string]CollectedLearner{}
	for i, l := range page.Handed {
		if l.Number != i+1 {
			t.Errorf("learner %d stands at %d", l.Number, i)
		}
		got[l.Name] = l
	}
	// 10 points, 10 points, and half of 10 for a circle twice as wide as can be known
	if z := got["Zoryana"]; z.Points != 25 || z.Hints != 2 || z.Minutes != 30 || z.Tasks[2].Points != 5 || z.Tasks[1].Hints != 2 {
		t.Errorf("Zoryana: %+v", z)
	}
	if m := got["=Mia"]; m.Points != 5 || m.Tasks[1].Answered != 0 || m.Tasks[0].Answered != 2 {
		t.Errorf("=Mia: %+v", m)
	}
	pair := page.Spreads[0]
	if k := pair.Agreement.Kappa; k == nil || math.Abs(*k-1.0/9) > 1e-12 || len(pair.Notes) == 0 {
		t.Errorf("kappa: %+v %q", pair.Agreement, pair.Notes)
	}
	if two := pair.Subjects[1]; two.Answered != 4 || two.Options[0].Count != 2 || two.Options[1].Count != 2 || two.Key == nil || two.Key.Credit["other"] != 1 {
		t.Errorf("the second subject: %+v", two)
	}
	if w := page.Spreads[1].Subjects[0]; len(w.Times) != 1 || w.Times[0].Number != got["Zoryana"].Number || w.Times[0].Earliest != "2025-09-02T12:00:00Z" {
		t.Errorf("times: %+v", w.Times)
	}
	if item := pair.Subjects[0].Items[0]; item.Case != c.ID || item.ID != digestAt(t, c, "phone/a.jpg") {
		t.Errorf("a file that an open case has: %+v", item)
	}

	h.by("Late", 40, map[string]int{}, chose("one", "other"))
	again, err := askAPI[CollectionPage](t, c.api, "collectAgain", map[string]string{"collection": page.ID}, nil)
	if err != nil || len(again.Handed) != 5 || again.Spreads[0].Subjects[0].Answered != 5 {
		t.Errorf("collected again: %+v %v", again.Handed, err)
	}
	if same := collectTest(t, c, in); same.ID != page.ID {
		t.Error("the same folder and pack are open twice")
	}
}

func TestCollectionThatCannotBeOpened(t *testing.T) {
	c := trainerCase(t)
	_, in := handInTestAnswers(t, c)
	wrong, none, folder := in, in, in
	wrong.Passphrase, none.Pack, folder.Folder = "crane harbour zebra violet pumpkin", in.Folder+"/none.zip", in.Folder+"/none"
	for name, in := range map[string]CollectIn{"a wrong passphrase": wrong, "no pack": none, "no folder": folder, "a path from here": {Folder: "answers"}} {
		if _, err := askAPI[CollectionName](t, c.api, "collect", nil, in); statusOf(err) != http.StatusBadRequest && statusOf(err) != http.StatusNotFound {
			t.Errorf("%s: %v", name, err)
		}
	}
	if names := c.api.gathered.names(); len(names) != 0 {
		t.Errorf("open are %v", names)
	}
	page := collectTest(t, c, in)
	if _, err := askAPI[None](t, c.api, "closeCollection", nil, CollectionIn{}); err != nil { // of none: nothing
		t.Error(err)
	}
	if _, err := askAPI[None](t, c.api, "closeCollection", map[string]string{"collection": page.ID}, nil); err != nil {
		t.Fatal(err)
	}
	for _, route := range []string{"collection", "collectAgain", "exportCollection", "projector", "projectorTask"} {
		if _, err := askAPI[any](t, c.api, route, map[string]string{"collection": page.ID, "task": "pair"}, nil); statusOf(err) != http.StatusNotFound {
			t.Errorf("%s of one that was closed: %v", route, err)
		}
	}
}

// TestProjectorTellsNoNames: nothing that a room is shown holds a name, a file
// name of a hand-in, or the key before it is asked for.
func TestProjectorTellsNoNames(t *testing.T) {
	c := trainerCase(t)
	_, in := handInTestAnswers(t, c)
	page := collectTest(t, c, in)
	values := map[string]string{"collection": page.ID, "task": "pair"}
	head, err := askAPI[ProjectorPage](t, c.api, "projector", values, nil)
	if err != nil || head.Learners != 4 || len(head.Tasks) != 3 || len(head.Tasks[0].Subjects) != 2 {
		t.Fatalf("the projector: %+v %v", head, err)
	}
	bare, err := askAPI[TaskSpread](t, c.api, "projectorTask", values, nil)
	if err != nil || bare.Keyed || bare.Subjects[0].Key != nil || len(bare.Why) != 0 {
		t.Fatalf("a task without its key: %+v %v", bare, err)
	}
	if text := jsonOf(t, bare); strings.Contains(text, "mast") || strings.Contains(text, `"credit"`) {
		t.Errorf("the key is told before it is asked for: %s", text)
	}
	values["key"] = "true"
	keyed, err := askAPI[TaskSpread](t, c.api, "projectorTask", values, nil)
	if err != nil || !keyed.Keyed || keyed.Subjects[0].Key == nil || keyed.Why.In("en") != "Look at the mast." {
		t.Fatalf("a task with its key: %+v %v", keyed, err)
	}
	for _, task := range []string{"pair", "when", "where"} {
		values["task"] = task
		spread, err := askAPI[TaskSpread](t, c.api, "projectorTask", values, nil)
		if err != nil {
			t.Fatal(err)
		}
		text := jsonOf(t, head) + jsonOf(t, spread)
		for _, name := range []string{"Zoryana", "Adam", "Mia", "Chlo", exercise.HandInSuffix, filepath.Base(in.Folder)} {
			if strings.Contains(text, name) {
				t.Errorf("%s tells %q", task, name)
			}
		}
	}
	values["task"] = "none"
	if _, err := askAPI[TaskSpread](t, c.api, "projectorTask", values, nil); statusOf(err) != http.StatusNotFound {
		t.Errorf("a task that is none: %v", err)
	}
}

// TestScoresAsATable: no learner's name is a formula to a spreadsheet, and no
// file is written over.
func TestScoresAsATable(t *testing.T) {
	c := trainerCase(t)
	_, in := handInTestAnswers(t, c)
	page := collectTest(t, c, in)
	dir := t.TempDir()
	for _, want := range []string{"harbour-scores.csv", "harbour-scores-2.csv"} {
		out, err := askAPI[Exported](t, c.api, "exportCollection", map[string]string{"collection": page.ID}, ExportCollectionIn{Folder: dir})
		if err != nil || filepath.Base(out.Path) != want {
			t.Fatalf("written: %+v %v", out, err)
		}
		text, err := os.ReadFile(out.Path)
		if err != nil || !strings.Contains(string(text), "'=Mia,5.00,30,20,0,5.00,0.00,0.00") {
			t.Errorf("the table: %s %v", text, err)
		}
	}
}

// TestNumbersAreDrawn: the numbers that a room sees follow neither the names nor
// the files, and are others in another collection.
func TestNumbersAreDrawn(t *testing.T) {
	c := trainerCase(t)
	h, in := handInTestAnswers(t, c)
	for _, name := range strings.Fields("Bo Dora Emil Finn Gita Hana Ivo Jana Kim Lev") {
		h.by(name, 10, map[string]int{})
	}
	drawn := func() (names string) {
		page := collectTest(t, c, in)
		for _, l := range page.Handed {
			names += l.Name + " "
		}
		if _, err := askAPI[None](t, c.api, "closeCollection", map[string]string{"collection": page.ID}, nil); err != nil {
			t.Fatal(err)
		}
		return names
	}
	if one, two := drawn(), drawn(); one == two { // once in 87,178,291,200 by chance
		t.Errorf("twice the same order: %s", one)
	}
}

// TestNumbersStay: who hands in late comes after those that the room has seen.
func TestNumbersStay(t *testing.T) {
	c := trainerCase(t)
	h, in := handInTestAnswers(t, c)
	names := func() (names []string) {
		for _, l := range collectTest(t, c, in).Handed {
			names = append(names, l.Name)
		}
		return names
	}
	first := names()
	for _, name := range strings.Fields("Bo Dora Emil Finn Gita Hana Ivo Jana Kim Lev") {
		h.by(name, 10, map[string]int{})
		if now := names(); !slices.Equal(now[:len(first)], first) || now[len(first)] != name {
			t.Fatalf("after %s they are %v, before %v", name, now, first)
		} else {
			first = now
		}
	}
}

// TestTooManyCollections: each keeps a key in memory, so that there is an end.
func TestTooManyCollections(t *testing.T) {
	var g gatherings
	for range mostGatherings {
		if err := g.add(&gathering{}); err != nil {
			t.Fatal(err)
		}
	}
	if err := g.add(&gathering{}); statusOf(err) != http.StatusConflict {
		t.Errorf("one more: %v", err)
	}
}
