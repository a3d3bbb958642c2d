package casefile

import (
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"slices"

	"github.com/firsthand-media/firsthand/verify/custody"
)

// Foreign is the record of another case as far as its ledger goes: what people
// did there, and by which it can be checked.
type Foreign struct {
	Entries     []custody.Entry
	Checkpoints []custody.Checkpoint
	Texts       []Text // of Entries, those that are not erased
}

// adopting is what acts of another case are taken over by.
type adopting struct {
	t        *txn
	known    map[string]int64 // own position by leaf
	texts    map[textKey]Text // of the other case, by its positions
	theirs   map[int64]string // leaf by their position
	settings map[string]act   // the last change here, by key
	erased   bool             // a text was
	n        int              // acts taken over
}

// newAdopting reads what the own ledger has already.
func newAdopting(t *txn, own []act, other Foreign, theirs []act) *adopting {
	a := &adopting{t: t, known: make(map[string]int64), texts: make(map[textKey]Text), theirs: make(map[int64]string), settings: make(map[string]act)}
	for _, x := range own {
		a.known[x.origin.Leaf] = x.seq
		a.changed(x)
	}
	for _, x := range other.Texts {
		a.texts[textKey{x.Seq, x.Field}] = x
	}
	for _, x := range theirs {
		a.theirs[x.seq] = x.origin.Leaf
	}
	return a
}

// changed keeps the last change of each setting.
func (a *adopting) changed(x act) {
	if x.event.Kind != settingChanged {
		return
	}
	var body settingBody
	if json.Unmarshal(x.event.Body, &body) != nil {
		return // it changes nothing then
	}
	if last, ok := a.settings[body.Key]; !ok || later(x, last) {
		a.settings[body.Key] = x
	}
}

// later says which of two acts stands.
func later(x, y act) bool {
	acts := []act{x, y}
	sortActs(acts)
	return acts[1].origin.Leaf == x.origin.Leaf
}

// take takes over the acts of another case that this one has not, in the order
// of their ledger: what an act refers to comes before it.
func (a *adopting) take(theirs []act) error {
	for _, x := range theirs {
		if _, known := a.known[x.origin.Leaf]; known {
			continue
		}
		of, ok, err := a.refersTo(x)
		if err != nil {
			return err
		}
		if !ok {
			continue // to something that is no act of a person, such as a text of an event that is not taken over
		}
		if err := a.adopt(x, of); err != nil {
			return fmt.Errorf("take over entry %d of case %s: %w", x.seq, x.origin.Case, err)
		}
		a.n++
	}
	return nil
}

// refersTo gives the position here of what an act takes back or erases.
func (a *adopting) refersTo(x act) (of int64, ok bool, err error) {
	at, err := referred(x.event)
	if err != nil || at == 0 {
		return 0, err == nil, err
	}
	of, ok = a.known[a.theirs[at]]
	return of, ok, nil
}

func (a *adopting) adopt(x act, of int64) error {
	body := adoptedBody{Origin: x.origin, Entry: json.RawMessage(x.entry), Of: of}
	event, err := a.t.event(adoptedAct, x.event.Subjects, body)
	if err != nil {
		return err
	}
	a.known[x.origin.Leaf] = event.Seq
	if _, err := a.t.exec("INSERT INTO adopted (seq, case_id, leaf, eff) VALUES (?, ?, ?, ?)", event.Seq, x.origin.Case, x.origin.Leaf, x.origin.Eff); err != nil {
		return err
	}
	inner, err := unwrapped(event)
	if err != nil {
		return err
	}
	if err := a.putTexts(x, inner); err != nil {
		return err
	}
	switch inner.Kind {
	case decided:
		var d decidedBody
		if err := json.Unmarshal(inner.Body, &d); err != nil {
			return err
		}
		return a.t.putDecision(inner, d)
	case assessed, incidentRecorded:
		_, err := a.t.exec("INSERT INTO assessments (seq, kind) VALUES (?, ?)", inner.Seq, inner.Kind)
		return err
	case marked:
		return a.t.putMark(inner)
	case settingChanged:
		return a.set(x)
	}
	return a.erase(inner)
}

// putTexts puts the texts of an act beside it, with their salts; those that are
// erased there are erased here.
func (a *adopting) putTexts(x act, inner custody.Event) error {
	for _, field := range slices.Sorted(maps.Keys(textHMACs(inner))) {
		var text, salt any
		if t, ok := a.texts[textKey{x.seq, field}]; ok {
			text, salt = t.Text, t.Salt
		}
		if _, err := a.t.exec("INSERT INTO texts (seq, field, text, salt) VALUES (?, ?, ?, ?)", inner.Seq, field, text, salt); err != nil {
			return err
		}
	}
	return nil
}

// set changes a setting when the other case's change is the later one.
func (a *adopting) set(x act) error {
	var body settingBody
	if err := json.Unmarshal(x.event.Body, &body); err != nil {
		return err
	}
	a.changed(x)
	if a.settings[body.Key].origin.Leaf != x.origin.Leaf {
		return nil
	}
	return a.t.putSetting(body.Key, body.Value)
}

// erase deletes the texts that were erased in the other case.
func (a *adopting) erase(inner custody.Event) error {
	body := textsErasedBody{Fields: []string{reasonField}} // of a reason-erased
	if err := json.Unmarshal(inner.Body, &body); err != nil {
		return err
	}
	for _, field := range body.Fields {
		if _, err := a.t.exec("UPDATE texts SET text = NULL, salt = NULL WHERE seq = ? AND field = ?", body.Of, field); err != nil {
			return err
		}
	}
	a.erased = true
	return nil
}

// putDecision writes the row of a decision.
func (t *txn) putDecision(event custody.Event, d decidedBody) error {
	subjects, err := json.Marshal(event.Subjects)
	if err != nil {
		return err
	}
	others, left, err := listTexts(d.Others, d.Left)
	if err != nil {
		return err
	}
	_, err = t.exec(`INSERT INTO decisions (seq, at, kind, incident, other, takes_back, newer_wins, subjects, others, left_there, actor)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
		event.Seq, formatTime(event.At), d.Decision, d.Incident, d.Other, d.TakesBack, d.NewerWins, string(subjects), others, left, d.By)
	return err
}

// ownActs gives the acts of the own ledger.
func (f *File) ownActs(ctx context.Context) ([]custody.Entry, []act, error) {
	entries, err := collect(f.Events(ctx))
	if err != nil {
		return nil, nil, err
	}
	acts, err := actsOf(entries)
	return entries, acts, err
}

func collect(events func(func(custody.Entry, error) bool)) ([]custody.Entry, error) {
	var list []custody.Entry
	for entry, err := range events {
		if err != nil {
			return nil, err
		}
		list = append(list, entry)
	}
	return list, nil
}

// foreign reads the record of an open case as one to be joined to another.
func (f *File) foreign(ctx context.Context) (Foreign, error) {
	var o Foreign
	var err error
	if o.Entries, err = collect(f.Events(ctx)); err != nil {
		return o, err
	}
	if o.Checkpoints, err = f.Checkpoints(ctx); err != nil {
		return o, err
	}
	o.Texts, err = f.Texts(ctx)
	return o, err
}
