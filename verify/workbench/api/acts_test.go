package api

import (
	"bytes"
	"errors"
	"fmt"
	"image/jpeg"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/firsthand-media/firsthand/verify"
	"github.com/firsthand-media/firsthand/verify/casefile"
)

// actsCase is a case of one picture twice, of a copy of it and of another.
func actsCase(t *testing.T) *Case {
	t.Helper()
	return openTestCase(t, map[string][]byte{
		"a.jpg": picture(t, 1, 480, 360), "b.jpg": picture(t, 2, 480, 360), "c.jpg": picture(t, 3, 480, 360),
	})
}

// digestAt is the item at a path.
func digestAt(t *testing.T, c *Case, path string) verify.Digest {
	t.Helper()
	v := view(t, c)
	for i := range v.Items {
		if v.Items[i].Path() == path {
			return v.Items[i].Digest
		}
	}
	t.Fatalf("there is no %s", path)
	return ""
}

// did wants an act to be done.
func did(t *testing.T, c *Case, name string, body any) Done {
	t.Helper()
	d, err := ask[Done](t, c, name, nil, body)
	if err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	return d
}

// refusedWith wants an act to be refused, and nothing to be recorded.
func refusedWith(t *testing.T, c *Case, status int, words, name string, body any) {
	t.Helper()
	before := view(t, c).State
	_, err := ask[Done](t, c, name, nil, body)
	var e *Error
	if !errors.As(err, &e) || e.Status != status || !strings.Contains(e.What, words) {
		t.Errorf("%s %+v: got %v, want %d %q", name, body, err, status, words)
	}
	if view(t, c).State != before {
		t.Errorf("%s %+v: something was recorded", name, body)
	}
}

// What is said of many files is one entry of the ledger, is in the next view,
// and is taken back and given again as one.
func TestMarksAreUndoneAndRedone(t *testing.T) {
	c := actsCase(t)
	a, b := digestAt(t, c, "phone/a.jpg"), digestAt(t, c, "phone/b.jpg")
	aside := verify.SetAside
	d := did(t, c, "mark", MarkIn{Items: []verify.Digest{a, b}, State: &aside, AddTags: []string{" two  words "}, By: "Bo"})
	if !d.Undo || d.Entry == 0 || d.Text != "2 files are set aside; 2 files are tagged two words" {
		t.Errorf("got %+v", d)
	}
	stands := func() string {
		v := view(t, c)
		return fmt.Sprint(v.Marks[a].State, v.Marks[a].Tags, v.Marks[b].State, v.Marks[b].Tags)
	}
	want := "set-aside[two words]set-aside[two words]"
	if got := strings.ReplaceAll(stands(), " [", "["); strings.ReplaceAll(got, "] ", "]") != want {
		t.Errorf("marked: %s", got)
	}
	was := stands()
	back := did(t, c, "undo", UndoIn{Entry: d.Entry})
	if got := stands(); got == was || strings.Contains(got, "aside") {
		t.Errorf("undone: %s", got)
	}
	if !strings.HasPrefix(back.Text, "undone: ") {
		t.Errorf("undone: %q", back.Text)
	}
	did(t, c, "redo", RedoIn{})
	if got := stands(); got != was {
		t.Errorf("redone: %s, want %s", got, was)
	}
	refusedWith(t, c, http.StatusNotFound, "nothing to redo", "redo", RedoIn{})
	did(t, c, "undo", UndoIn{}) // the last act is the one that was redone
	if got := stands(); strings.Contains(got, "aside") {
		t.Errorf("undone again: %s", got)
	}
	did(t, c, "mark", MarkIn{Items: []verify.Digest{a}, Note: "something else"})
	refusedWith(t, c, http.StatusNotFound, "nothing to redo", "redo", RedoIn{}) // what was done since goes before
}

// A warning of many files is one act, which one undo takes back of all.
func TestWarningOfManyFilesIsOneAct(t *testing.T) {
	c := actsCase(t)
	items := []verify.Digest{digestAt(t, c, "phone/a.jpg"), digestAt(t, c, "phone/b.jpg"), digestAt(t, c, "phone/c.jpg")}
	severe := "severe"
	d := did(t, c, "mark", MarkIn{Items: items, Warning: &severe})
	warned := func() (n int) {
		for _, r := range view(t, c).Reviews {
			if r.Marks.Graphic != nil && *r.Marks.Graphic == 3 {
				n++
			}
		}
		return n
	}
	if n := warned(); n != 3 || d.Text != "3 files have the content warning severe" {
		t.Errorf("%d files have it; %q", n, d.Text)
	}
	did(t, c, "undo", UndoIn{Entry: d.Entry})
	if n := warned(); n != 0 {
		t.Errorf("undone: %d files have it", n)
	}
	did(t, c, "redo", RedoIn{})
	if n := warned(); n != 3 {
		t.Errorf("redone: %d files have it", n)
	}
}

// What a person confirms stands beside what the file claims, with a reason and
// what it rests on, and no zone is made up for it.
func TestConfirmedTimeAndPlace(t *testing.T) {
	c := actsCase(t)
	a := digestAt(t, c, "phone/a.jpg")
	before := view(t, c).Item(a).Media
	did(t, c, "confirmTime", TimeIn{Item: a, Time: "2024-04-02T14:05", Reason: "the shadow", Evidence: []string{"sun"}})
	radius := 50.0
	did(t, c, "confirmPlace", PlaceIn{Item: a, Latitude: 48.01, Longitude: 37.8, RadiusM: &radius, Name: "the bend", Reason: "the road", Evidence: []string{"map"}})
	v := view(t, c)
	m := v.Marks[a]
	if m.Time == nil || m.Time.Zone != "floating" || m.Time.Latest.Sub(m.Time.Earliest) < 26*time.Hour {
		t.Errorf("time %+v: without a zone it spans all of them", m.Time)
	}
	if m.Place == nil || m.Place.Kind != "person" || *m.Place.AccuracyM != 50 || m.Place.By != "Ada" || m.Place.Evidence[0] != "map" {
		t.Errorf("place %+v", m.Place)
	}
	if after := v.Item(a).Media; len(after.Times) != len(before.Times) || after.BestPlace != before.BestPlace {
		t.Error("what the file claims was changed")
	}
	for words, body := range map[string]TimeIn{
		"needs a reason":      {Item: a, Time: "2024-04-02", Evidence: []string{"sun"}},
		"what it rests on":    {Item: a, Time: "2024-04-02", Reason: "the shadow", Evidence: []string{" "}},
		"is no time":          {Item: a, Time: "about noon", Reason: "x", Evidence: []string{"y"}},
		"there is no time zo": {Item: a, Time: "2024-04-02T14:05", Zone: "Local", Reason: "x", Evidence: []string{"y"}},
		"is before the start": {Item: a, Time: "2024-04-02", Until: "2024-04-01", Reason: "x", Evidence: []string{"y"}},
	} {
		refusedWith(t, c, http.StatusBadRequest, words, "confirmTime", body)
	}
	refusedWith(t, c, http.StatusBadRequest, "within ±90", "confirmPlace", PlaceIn{Item: a, Latitude: 91, Reason: "x", Evidence: []string{"y"}})
}

// Two files that a person says show the same become copies, and the word that
// was given last counts.
func TestVerdictsOnPairs(t *testing.T) {
	c := actsCase(t)
	a, b := digestAt(t, c, "phone/a.jpg"), digestAt(t, c, "phone/b.jpg")
	together := func() bool { x := view(t, c).ClusterOf(a); return x != nil && slices.Contains(x.Digests, b) }
	if together() {
		t.Fatal("they are copies already")
	}
	same := did(t, c, "verdict", VerdictIn{A: a, B: b, Verdict: "same-image"})
	if !together() || same.Text != "phone/a.jpg and phone/b.jpg show the same picture" {
		t.Errorf("said to be the same: %v, %q", together(), same.Text)
	}
	if again := did(t, c, "verdict", VerdictIn{A: b, B: a, Verdict: "same-image"}); again.Undo || again.Entry != 0 || len(again.Notes) != 1 {
		t.Errorf("said twice: %+v", again)
	}
	did(t, c, "verdict", VerdictIn{A: a, B: b, Verdict: "unsure"})
	if together() {
		t.Error("left open, and still copies")
	}
	did(t, c, "undo", UndoIn{})
	if !together() {
		t.Error("what was said before holds again, and they are no copies")
	}
	// A wrong copy is taken out of its cluster, whichever it is like.
	if d := did(t, c, "takeOut", TakeOutIn{Item: b, Reason: "another street"}); together() || d.Text != "phone/b.jpg and phone/a.jpg are not the same" {
		t.Errorf("taken out: %v, %q", together(), d.Text)
	}
	refusedWith(t, c, http.StatusBadRequest, "and not \"alike\"", "verdict", VerdictIn{A: a, B: b, Verdict: "alike"})
	refusedWith(t, c, http.StatusBadRequest, "they are one file", "verdict", VerdictIn{A: a, B: a, Verdict: "unsure"})
}

// recompressed is a JPEG once more, with less quality.
func recompressed(t *testing.T, content []byte) []byte {
	t.Helper()
	img, err := jpeg.Decode(bytes.NewReader(content))
	if err != nil {
		t.Fatal(err)
	}
	var buf bytes.Buffer
	if err := jpeg.Encode(&buf, img, &jpeg.Options{Quality: 50}); err != nil {
		t.Fatal(err)
	}
	return buf.Bytes()
}

// Decisions on an incident are in the next view; one that contradicts an
// earlier one is refused with its entry, and prevails where that is asked for.
func TestDecisionsOnIncidents(t *testing.T) {
	a := picture(t, 1, 480, 360)
	c := openTestCase(t, map[string][]byte{"a.jpg": a, "b.jpg": recompressed(t, a), "c.jpg": picture(t, 2, 480, 360)})
	incidents := view(t, c).Incidents
	if len(incidents) == 0 {
		t.Fatal("two copies are no incident")
	}
	id := incidents[0].ID
	status := func() verify.Status {
		for _, inc := range view(t, c).Incidents {
			if inc.ID == id {
				return inc.Status
			}
		}
		return "gone"
	}
	did(t, c, "decideIncident", IncidentActIn{Act: "confirm", Incident: id, Reason: "seen twice"})
	if s := status(); s != verify.Confirmed {
		t.Errorf("confirmed: %s", s)
	}
	did(t, c, "undo", UndoIn{})
	if s := status(); s != verify.Candidate {
		t.Errorf("undone: %s", s)
	}
	item := digestAt(t, c, "phone/b.jpg")
	pinned := did(t, c, "decideIncident", IncidentActIn{Act: "pin", Incident: id, Items: []verify.Digest{item}, Reason: "the gate"})
	if len(pinned.Notes) != 1 || pinned.Notes[0] != "1 copy stays as it is" {
		t.Errorf("pinned: %+v", pinned)
	}
	out := IncidentActIn{Act: "remove", Incident: id, Items: []verify.Digest{item}, Reason: "another day", By: "Bo"}
	refusedWith(t, c, http.StatusConflict, fmt.Sprintf("entry %d of the ledger: pin by Ada, \"the gate\"", pinned.Entry), "decideIncident", out)
	out.NewerWins = true
	did(t, c, "decideIncident", out)
	h, err := ask[History](t, c, "history", map[string]string{"incident": strings.ToLower(id)}, nil)
	if err != nil || len(h.Deeds) != 4 || h.Deeds[0].Kind != "remove" || h.Deeds[3].Kind != "confirm" || h.Deeds[3].Holds {
		t.Errorf("%v: %+v", err, h.Deeds)
	}
}

// What people did is told to the last detail that everybody may know, the
// latest first.
func TestHistoryOfAFile(t *testing.T) {
	c := actsCase(t)
	a, b := digestAt(t, c, "phone/a.jpg"), digestAt(t, c, "phone/b.jpg")
	pinned, moderate := verify.Pinned, "moderate"
	did(t, c, "mark", MarkIn{Items: []verify.Digest{a, b}, State: &pinned, By: "Bo", Reason: "the gate"})
	did(t, c, "mark", MarkIn{Items: []verify.Digest{a}, Warning: &moderate})
	did(t, c, "verdict", VerdictIn{A: a, B: b, Verdict: "not-same", Reason: "two streets"})
	last := did(t, c, "undo", UndoIn{})
	h, err := ask[History](t, c, "history", map[string]string{"item": string(a)}, nil)
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, d := range h.Deeds {
		got = append(got, fmt.Sprintf("%s by %s, %v: %s", d.Kind, d.By, d.Holds, d.Text))
	}
	want := []string{
		fmt.Sprintf("take-back by Ada, true: entry %d (not-same, by Ada) is taken back", h.Deeds[1].Entry),
		"not-same by Ada, false: phone/a.jpg and phone/b.jpg are not the same",
		"warning by Ada, true: 1 file has the content warning moderate",
		"mark by Bo, true: 2 files are pinned",
	}
	if !slices.Equal(got, want) {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
	if !h.Redo || h.Undo == 0 || h.Deeds[0].Entry != last.Entry {
		t.Errorf("got %+v", h)
	}
	if _, err := ask[History](t, c, "history", map[string]string{"item": strings.Repeat("0", 64)}, nil); err == nil {
		t.Error("a file that is not there has a history")
	}
}

// Acts that cannot be meant are refused in one line, with nothing recorded.
func TestActsThatAreRefused(t *testing.T) {
	c := actsCase(t)
	a := digestAt(t, c, "phone/a.jpg")
	pinned := verify.Pinned
	refusedWith(t, c, http.StatusBadRequest, "name at least one file", "mark", MarkIn{State: &pinned})
	refusedWith(t, c, http.StatusBadRequest, "nothing is said", "mark", MarkIn{Items: []verify.Digest{a}})
	refusedWith(t, c, http.StatusNotFound, "no such file", "mark", MarkIn{Items: []verify.Digest{verify.Digest(strings.Repeat("0", 64))}, State: &pinned})
	refusedWith(t, c, http.StatusNotFound, "there is no file ../../etc", "mark", MarkIn{Items: []verify.Digest{"../../etc"}, State: &pinned})
	refusedWith(t, c, http.StatusNotFound, "there is no incident I-none", "decideIncident", IncidentActIn{Act: "confirm", Incident: "I-none", Reason: "x"})
	refusedWith(t, c, http.StatusUnprocessableEntity, "has no copies to be taken from", "takeOut", TakeOutIn{Item: a, Reason: "x"})
	refusedWith(t, c, http.StatusBadRequest, "a decision needs a reason", "decideIncident", IncidentActIn{Act: "exclude", Items: []verify.Digest{a}})
	refusedWith(t, c, http.StatusBadRequest, `no act "burn"`, "decideIncident", IncidentActIn{Act: "burn", Reason: "x"})
	refusedWith(t, c, http.StatusNotFound, "entry 1 is nothing that holds", "undo", UndoIn{Entry: 1})
	refusedWith(t, c, http.StatusNotFound, "nothing was done", "undo", UndoIn{})
	c.api.program.By = ""
	refusedWith(t, c, http.StatusBadRequest, "a decision needs a name", "mark", MarkIn{Items: []verify.Digest{a}, State: &pinned})
}

// Going through files is quick: each mark is on the disk and in the view in a
// moment.
func TestMarksAreQuick(t *testing.T) {
	c := actsCase(t)
	a := digestAt(t, c, "phone/a.jpg")
	state := []verify.MarkState{verify.Pinned, verify.SetAside}
	var took []time.Duration
	for n := range 20 {
		began := time.Now()
		did(t, c, "mark", MarkIn{Items: []verify.Digest{a}, State: &state[n%2]})
		view(t, c)
		took = append(took, time.Since(began))
	}
	slices.Sort(took)
	t.Logf("half of the marks took less than %v, the slowest %v", took[10], took[19])
	if took[10] > 500*time.Millisecond { // ten times what is wanted, for a machine that is busy
		t.Errorf("half of the marks took more than %v", took[10])
	}
}

// The ledger of a case in which everything was done, undone and redone holds.
func TestActsLeaveAWholeLedger(t *testing.T) {
	c := actsCase(t)
	a, b := digestAt(t, c, "phone/a.jpg"), digestAt(t, c, "phone/b.jpg")
	pinned, severe, text := verify.Pinned, "severe", "a crane"
	did(t, c, "mark", MarkIn{Items: []verify.Digest{a, b}, State: &pinned, Note: "n", Described: &text, Masks: &[]verify.Mask{{X: 0.1, Y: 0.1, Width: 0.2, Height: 0.2}}, Warning: &severe})
	did(t, c, "representative", RepresentativeIn{Item: a})
	did(t, c, "verdict", VerdictIn{A: a, B: b, Verdict: "same-scene"})
	for range 3 {
		did(t, c, "undo", UndoIn{})
	}
	refusedWith(t, c, http.StatusNotFound, "nothing was done", "undo", UndoIn{})
	for range 3 {
		did(t, c, "redo", RedoIn{})
	}
	v := view(t, c)
	if m := v.Marks[a]; !m.Pinned() || m.Described != text || len(m.Masks) != 1 || len(m.Notes) != 1 || m.Representative == nil {
		t.Errorf("redone: %+v", m)
	}
	if m := verify.PairVerdicts(v.Decisions)[verify.Pair(a, b)]; m.Kind != verify.SceneOnly {
		t.Errorf("redone: %+v", m)
	}
	err := c.Reading(t.Context(), func(f *casefile.File) error {
		_, err := f.VerifyCustody(t.Context())
		return err
	})
	if err != nil {
		t.Error(err)
	}
}
