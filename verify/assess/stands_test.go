package assess

import (
	"encoding/json"
	"reflect"
	"testing"
	"time"

	"github.com/firsthand-media/firsthand/verify"
)

// Who takes back a taking back lets hold again what was taken back first: of an
// item as of an incident's record.
func TestTakingBackATakingBack(t *testing.T) {
	acts := []Act{
		{Seq: 1, Item: photo, By: "Ada", Round: First, Conclusion: Staged},
		{Seq: 2, Item: photo, By: "Ada", Round: First, TakesBack: 1},
		{Seq: 3, Item: photo, By: "Ada", Round: First, TakesBack: 2},
	}
	changes := []Change{
		{Seq: 1, Incident: "A", By: "Ada", Fields: json.RawMessage(`{"summary":"one"}`)},
		{Seq: 2, Incident: "A", By: "Ada", TakesBack: 1},
		{Seq: 3, Incident: "A", By: "Ada", TakesBack: 2},
	}
	for n, want := range map[int]bool{1: true, 2: false, 3: true} {
		r := Fold(acts[:n])[0]
		if got := r.Sheet(First).Conclusion == Staged; got != want {
			t.Errorf("after %d acts the conclusion holds: %v", n, got)
		}
		if _, got := must(NewBook(changes[:n])).Record("A"); got != want {
			t.Errorf("after %d changes the record holds: %v", n, got)
		}
	}
}

// Acts of a case that was joined stand in the order in which they were made, and
// not in that in which they came.
func TestJoinedActsStandInTheirOrder(t *testing.T) {
	acts := []Act{
		{Seq: 5, Rank: 2, Item: photo, By: "Ada", Round: First, Conclusion: Manipulated},
		{Seq: 9, Rank: 1, Item: photo, By: "Ada", Round: First, Conclusion: Staged}, // taken over later, made before
	}
	if got := Fold(acts)[0].Sheets[0].Conclusion; got != Manipulated {
		t.Errorf("the conclusion is %q, which was said before the other", got)
	}
}

// A day on the clocks of a place that is not named is compared as any day of the
// earth's zones: what is still that day somewhere is no disagreement.
func TestADayHoldsInEveryZone(t *testing.T) {
	for value, want := range map[string]bool{
		"2022-03-03T10:30:00Z": false, "2022-03-05T11:30:00Z": false, // 4 March at UTC+14 and at UTC-12
		"2022-03-03T09:30:00Z": true, "2022-03-05T12:30:00Z": true,
	} {
		if got := apart(When, "2022-03-04", value) || apart(When, value, "2022-03-04"); got != want {
			t.Errorf("2022-03-04 and %s are apart: %v", value, got)
		}
	}
}

// A record says who began it and who wrote in it last.
func TestARecordNamesItsWriters(t *testing.T) {
	at := func(h int) time.Time { return time.Date(2026, 5, 1, h, 0, 0, 0, time.UTC) }
	r, _ := must(NewBook([]Change{
		{Seq: 1, Incident: "A", By: "Ada", At: at(1), Fields: json.RawMessage(`{"summary":"one"}`)},
		{Seq: 2, Incident: "a", By: "Bo", At: at(2), Fields: json.RawMessage(`{"summary":"two"}`)},
	})).Record("A")
	if r.CreatedBy != "Ada" || !r.CreatedAt.Equal(at(1)) || r.UpdatedBy != "Bo" || !r.UpdatedAt.Equal(at(2)) {
		t.Errorf("begun by %s at %v, written last by %s at %v", r.CreatedBy, r.CreatedAt, r.UpdatedBy, r.UpdatedAt)
	}
}

// An incident that is known to two days or more is counted on none of them.
func TestDayOfACandidate(t *testing.T) {
	from := time.Date(2022, 3, 4, 22, 0, 0, 0, time.UTC)
	for _, c := range []struct {
		length time.Duration
		want   string
	}{{0, "2022-03-04"}, {48*time.Hour - time.Second, "2022-03-04"}, {48 * time.Hour, ""}} {
		to := from.Add(c.length)
		i := Incident{Incident: verify.Incident{Earliest: &from, Latest: &to}}
		if got := i.Day(); got != c.want {
			t.Errorf("known to %v: %q, want %q", c.length, got, c.want)
		}
	}
}

// Of a hidden source nothing leaves the case but that there is one.
func TestHiddenSourcesAreNotHandedOut(t *testing.T) {
	r := Record{Sources: []Source{{ID: "s1", URL: "https://witness.example", Author: "a witness", Hidden: true}, {ID: "s2", URL: "https://open.example"}}}
	got := r.PublicSources()
	want := Source{ID: "s1", Paths: []string{HiddenPath}, Title: "-", Description: "Source hidden", Hidden: true}
	if len(got) != 2 || !reflect.DeepEqual(got[0], want) || got[1].URL != "https://open.example" {
		t.Errorf("handed out: %+v", got)
	}
}

// Everything that was said for the care of an item comes back from the ledger;
// a restriction that is lost would let it be published.
func TestWireKeepsMarks(t *testing.T) {
	sealed, note, owner, terms, yes, no, level := "sealed", "asked by phone", "Ada", "CC BY", true, false, 2
	a := Act{By: "Ada", Round: First, Marks: &Marks{
		Graphic: &level, Sensitivity: []Sensitivity{GraphicViolence}, Restriction: &sealed, FacesVisible: &yes, CreatorWilling: &no,
		ConsentNote: &note, RightsOwner: &owner, RightsDeclaration: &terms,
	}}
	facts, words, err := a.Split()
	if err != nil {
		t.Fatal(err)
	}
	body := must(json.Marshal(facts))
	var read Facts
	if err := json.Unmarshal(body, &read); err != nil {
		t.Fatal(err)
	}
	got, err := Join(read, words)
	if err != nil || !reflect.DeepEqual(got.Marks, a.Marks) {
		t.Errorf("%v: got %+v, want %+v", err, got.Marks, a.Marks)
	}
	if erased, err := Join(read, ""); err != nil || erased.Marks.Restriction == nil || *erased.Marks.Restriction != sealed || erased.Marks.ConsentNote != nil {
		t.Errorf("%v: with its words erased: %+v", err, erased.Marks)
	}
}

// A second sheet that is open to all does not become blind by a later act.
func TestBlindnessIsOfTheWholeSheet(t *testing.T) {
	acts := []Act{
		{Seq: 1, Item: photo, By: "Ada", Round: First, Conclusion: Staged, Done: true, Single: true},
		{Seq: 2, Item: photo, By: "Bo", Key: "k2", Round: Second, Conclusion: Staged, Blind: true},
		{Seq: 3, Item: photo, By: "Bo", Key: "k2", Round: Second, Limits: "x", Blind: false},
		{Seq: 4, Item: photo, By: "Bo", Key: "k2", Round: Second, Limits: "y", Blind: true},
	}
	r := Fold(acts)[0]
	if r.Sheet(Second).Blind {
		t.Error("a sheet of which a part was written in sight of the other counts as blind")
	}
	if !reflect.DeepEqual(r.Sheet(Second).Reviewers, []Reviewer{{"Bo", "k2"}}) {
		t.Errorf("written by %v", r.Sheet(Second).Reviewers)
	}
}

// Who decides between two reviews is not looked over the shoulder: until the
// decision is handed in, its writer alone sees it.
func TestADecisionUnderWayIsItsWritersAlone(t *testing.T) {
	l := &log{t: t}
	l.say(ada, First, sheet(Manipulated))
	l.say(bo, Second, sheet(Staged))
	l.say(chi, Adjudication, Act{Limits: "not sure yet"})
	r := l.review()
	for _, by := range []Reviewer{{}, ada, bo, {"Chi", "k1"}} {
		if seen := r.Seen(by); len(seen.Sheets) != 2 || seen.Sheet(Adjudication) != nil {
			t.Errorf("%q sees %d sheets, want the two that are handed in", by.Name, len(seen.Sheets))
		}
	}
	if seen := r.Seen(chi); seen.Sheet(Adjudication) == nil {
		t.Error("the third does not see their own sheet")
	}
	l.say(chi, Adjudication, Act{Conclusion: Staged, Done: true})
	if r = l.review(); len(r.Seen(Reviewer{}).Sheets) != 3 {
		t.Error("a decision that is handed in is not shown")
	}
}
