package casefile

import (
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"slices"

	"github.com/firsthand-media/firsthand/verify/custody"
)

// adoptedAct is the kind of event that takes over what a person did in another
// case.
const adoptedAct = "adopted"

// origin says which entry of another ledger an adopted act repeats.
type origin struct {
	Case string `json:"case"`
	Leaf string `json:"leaf"`       // leaf hash of the entry, base64: its identity wherever it is repeated
	Eff  int64  `json:"eff,string"` // its place in time, see actsOf; as text, for it does not fit a double
}

type adoptedBody struct {
	Origin origin          `json:"origin"`
	Entry  json.RawMessage `json:"entry"` // theirs, word for word
	Of     int64           `json:"of"`    // position here of what it takes back or erases; 0 for none
}

// unwrapped gives the act that an adopted entry repeats, as one of this ledger:
// it has the position of the entry that adopts it, and what it refers to is by
// positions here. Any other event is given back as it is.
func unwrapped(event custody.Event) (custody.Event, error) {
	if event.Kind != adoptedAct {
		return event, nil
	}
	var body adoptedBody
	if err := json.Unmarshal(event.Body, &body); err != nil {
		return event, err
	}
	entry := custody.Entry(body.Entry)
	inner, err := entry.Parse()
	if err != nil {
		return event, fmt.Errorf("the entry that it repeats: %w", err)
	}
	if leaf := entry.Hash().String(); leaf != body.Origin.Leaf || inner.Case != body.Origin.Case {
		return event, fmt.Errorf("it repeats another entry than it says: want %s, got %s", body.Origin.Leaf, leaf)
	}
	if inner.Kind == adoptedAct || actGroup(inner.Kind) == "" {
		return event, fmt.Errorf("an entry %s cannot be repeated", inner.Kind)
	}
	inner.Seq = event.Seq
	if inner.Body, err = rerefer(inner.Body, body.Of); err != nil {
		return event, err
	}
	return inner, nil
}

// rerefer puts a position here in place of the one that an act refers to in its
// own ledger.
func rerefer(body json.RawMessage, of int64) (json.RawMessage, error) {
	var keys map[string]json.RawMessage
	if err := json.Unmarshal(body, &keys); err != nil {
		return nil, err
	}
	for _, key := range []string{"takes_back", "of"} {
		if _, ok := keys[key]; ok {
			keys[key] = fmt.Append(nil, of)
		}
	}
	return json.Marshal(keys)
}

// referred is the position that an act refers to in its own ledger, 0 for none.
func referred(event custody.Event) (int64, error) {
	var body struct {
		TakesBack int64 `json:"takes_back"`
		Of        int64 `json:"of"`
	}
	if err := json.Unmarshal(event.Body, &body); err != nil {
		return 0, err
	}
	return max(body.TakesBack, body.Of), nil
}

// actGroup is which acts of people are ordered among each other: "" for what is
// no act of a person that another case takes over.
func actGroup(kind string) string {
	switch kind {
	case decided:
		return "decisions"
	case assessed, incidentRecorded:
		return "assessments"
	case marked:
		return "marks"
	case settingChanged:
		return "settings"
	case textsErased, reasonErased:
		return "texts"
	}
	return ""
}

func adoptedTable() checkedTable {
	return checkedTable{
		name: "adopted", columns: []string{"seq", "case_id", "leaf", "eff"}, key: 1,
		follow: map[string]func(*wantedRows, custody.Event) error{
			adoptedAct: func(rows *wantedRows, event custody.Event) error {
				var body adoptedBody
				if err := json.Unmarshal(event.Body, &body); err != nil {
					return err
				}
				rows.put(event.Seq, event.Seq, body.Origin.Case, body.Origin.Leaf, body.Origin.Eff)
				return nil
			},
		},
	}
}

// act is something that a person did, in this case or another.
type act struct {
	seq    int64 // position in the ledger it was read from
	event  custody.Event
	entry  custody.Entry // where it was done first
	origin origin
}

// actsOf gives the acts of a ledger in its order. Each has its place in time: in
// each group later than all that its ledger held before, whatever the clock said,
// so that what a person had seen comes before what they did. An adopted act keeps
// the place that it has where it was done.
func actsOf(entries []custody.Entry) ([]act, error) {
	var list []act
	last := make(map[string]int64) // of each group
	for i, entry := range entries {
		if !bytes.Contains(entry, []byte(`"kind":"`)) {
			continue
		}
		event, err := entry.Parse()
		if err != nil {
			return nil, fmt.Errorf("entry %d: %w", i, err)
		}
		a := act{seq: event.Seq, event: event, entry: entry, origin: origin{Case: event.Case}}
		if event.Kind == adoptedAct {
			var body adoptedBody
			if err := json.Unmarshal(event.Body, &body); err != nil {
				return nil, fmt.Errorf("entry %d: %w", i, err)
			}
			a.entry, a.origin = custody.Entry(body.Entry), body.Origin
			if a.event, err = unwrapped(event); err != nil {
				return nil, fmt.Errorf("entry %d: %w", i, err)
			}
		}
		group := actGroup(a.event.Kind)
		if group == "" {
			continue
		}
		if event.Kind != adoptedAct {
			a.origin.Leaf = entry.Hash().String()
			a.origin.Eff = max(event.At.UnixNano(), last[group]+1)
		}
		last[group] = max(last[group], a.origin.Eff)
		list = append(list, a)
	}
	return list, nil
}

// sortActs puts acts in the order that holds in every case that has them.
func sortActs(acts []act) {
	slices.SortFunc(acts, func(a, b act) int {
		return cmp.Or(cmp.Compare(a.origin.Eff, b.origin.Eff), cmp.Compare(a.origin.Leaf, b.origin.Leaf))
	})
}

// ranks gives the order of the acts of a group by their positions, from 1. It is
// nil where nothing was taken over from another case: then positions are the
// order. Entries before those of the group need not be read for it.
func (f *File) ranks(ctx context.Context, table string) (map[int64]int64, error) {
	var n int
	db, err := f.reading()
	if err != nil {
		return nil, err
	}
	if err := db.QueryRowContext(ctx, "SELECT EXISTS (SELECT 1 FROM adopted)").Scan(&n); err != nil || n == 0 {
		return nil, err
	}
	rows, err := f.rawRows(ctx, "SELECT entry FROM "+table+" t JOIN events e ON e.seq = t.seq ORDER BY t.seq")
	if err != nil {
		return nil, err
	}
	entries := make([]custody.Entry, len(rows))
	for i, r := range rows {
		entries[i] = r
	}
	acts, err := actsOf(entries)
	if err != nil {
		return nil, fmt.Errorf("read %s: %w", table, err)
	}
	sortActs(acts)
	ranks := make(map[int64]int64, len(acts))
	for i, a := range acts {
		ranks[a.seq] = int64(i) + 1
	}
	return ranks, nil
}
