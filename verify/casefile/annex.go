package casefile

import (
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"slices"

	"golang.org/x/mod/sumdb/note"

	"github.com/firsthand-media/firsthand/verify/custody"
)

// Annex is the ledger of a case that was joined to this one, word for word.
type Annex struct {
	Annex       int64
	Case        string
	Entries     []custody.Entry
	Checkpoints []custody.Checkpoint
}

// annexed is what an event says of an annex.
type annexed struct {
	Annex       int64  `json:"annex"`
	Case        string `json:"case"`
	Size        int64  `json:"size"`
	Root        string `json:"root"`
	Checkpoints string `json:"checkpoints"` // digest of the notes
}

func annexesTable() checkedTable {
	return checkedTable{
		name: "annexes", columns: []string{"annex", "case_id", "size", "root", "checkpoints", "seq"}, key: 1,
		follow: map[string]func(*wantedRows, custody.Event) error{
			caseMerged: func(rows *wantedRows, event custody.Event) error {
				var body caseMergedBody
				if err := json.Unmarshal(event.Body, &body); err != nil {
					return err
				}
				for _, a := range body.Annexes {
					rows.put(event.Seq, a.Annex, a.Case, a.Size, a.Root, a.Checkpoints, event.Seq)
				}
				return nil
			},
		},
	}
}

// Annexes gives the ledgers of the cases that were joined to this one, as stored
// and unchecked.
func (f *File) Annexes(ctx context.Context) ([]Annex, error) {
	rows, err := f.query(ctx, "SELECT annex, case_id FROM annexes ORDER BY annex")
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var list []Annex
	for rows.Next() {
		var a Annex
		if err := rows.Scan(&a.Annex, &a.Case); err != nil {
			return nil, fmt.Errorf("read annexes: %w", err)
		}
		list = append(list, a)
	}
	if err := rows.Err(); err != nil {
		return nil, err
	}
	for i := range list {
		entries, err := f.rawRows(ctx, "SELECT entry FROM annex_events WHERE annex = ? ORDER BY seq", list[i].Annex)
		if err != nil {
			return nil, fmt.Errorf("read annexes: %w", err)
		}
		for _, e := range entries {
			list[i].Entries = append(list[i].Entries, e)
		}
		notes, err := f.rawRows(ctx, "SELECT note FROM annex_checkpoints WHERE annex = ? ORDER BY size", list[i].Annex)
		if err != nil {
			return nil, fmt.Errorf("read annexes: %w", err)
		}
		for _, n := range notes {
			c, err := custody.ParseCheckpoint(n)
			if err != nil {
				return nil, &custody.BrokenError{Seq: -1, What: fmt.Sprintf("annex %d: checkpoint", list[i].Annex), Got: err.Error()}
			}
			list[i].Checkpoints = append(list[i].Checkpoints, c)
		}
	}
	return list, nil
}

// Check checks an annex by itself, as the ledger of the case that it is of.
func (a Annex) Check() (custody.Summary, error) { return checkLedger(a.Entries, a.Checkpoints) }

func checkLedger(entries []custody.Entry, checkpoints []custody.Checkpoint) (custody.Summary, error) {
	keys, err := custody.Keys(each(entries))
	if err != nil {
		return custody.Summary{}, err
	}
	known := make([]note.Verifier, len(keys))
	for i, k := range keys {
		known[i] = k.Verifier
	}
	sum, err := custody.Verify(each(entries), checkpoints, note.VerifierList(known...))
	if err != nil {
		return sum, err
	}
	return sum, custody.Authorised(checkpoints, keys)
}

// each gives entries one after the other.
func each(entries []custody.Entry) func(func(custody.Entry, error) bool) {
	return func(yield func(custody.Entry, error) bool) {
		for _, e := range entries {
			if !yield(e, nil) {
				return
			}
		}
	}
}

func noteDigest(list []custody.Checkpoint) string {
	notes := make([][]byte, len(list))
	for i, c := range list {
		notes[i] = c.Note
	}
	return rowsDigest(notes)
}

// checkAnnexes checks each annex as a ledger of its own, and that it is the one
// that was joined.
func (f *File) checkAnnexes(ctx context.Context, l *ledgerState, found *faults) error {
	stray, err := f.rawRows(ctx, `SELECT annex FROM annex_events WHERE annex NOT IN (SELECT annex FROM annexes)
		UNION SELECT annex FROM annex_checkpoints WHERE annex NOT IN (SELECT annex FROM annexes)`)
	if err != nil {
		return err
	}
	for _, annex := range stray {
		found.add(-1, "annex "+string(annex), "no such annex", "entries or checkpoints that no entry tells of")
	}
	misplaced, err := f.rawRows(ctx, `SELECT annex FROM (SELECT annex, seq, row_number() OVER (PARTITION BY annex ORDER BY seq) - 1 AS place FROM annex_events)
		WHERE seq <> place UNION SELECT annex FROM annex_checkpoints WHERE instr(CAST(note AS TEXT), char(10) || size || char(10)) = 0`)
	if err != nil {
		return err
	}
	for _, annex := range misplaced {
		found.add(-1, "annex "+string(annex), "entries and checkpoints in their places", "others")
	}
	annexes, err := f.Annexes(ctx)
	if err := found.AddError(err); err != nil {
		return err
	}
	for _, a := range annexes {
		want, ok := l.tables["annexes"].rows[shownKey([]any{a.Annex})]
		if !ok {
			continue // the comparison of the table tells
		}
		a.compare(want, found)
	}
	return nil
}

func (a Annex) compare(want wantedRow, found *faults) {
	what := fmt.Sprintf("annex %d (case %s): ", a.Annex, a.Case)
	sum, err := a.Check()
	if err != nil {
		found.add(want.seq, what+"its ledger", "one that holds", err.Error())
		return
	}
	found.compare(want.seq, what+"size", shownValue(want.values[2]), fmt.Sprint(sum.Size))
	found.compare(want.seq, what+"root", shownValue(want.values[3]), shownValue(sum.Root.String()))
	found.compare(want.seq, what+"checkpoints", shownValue(want.values[4]), shownValue(noteDigest(a.Checkpoints)))
}

// prefix says whether the first ledger is where the second one begins.
func prefix(a, b []custody.Entry) bool {
	return len(a) <= len(b) && slices.EqualFunc(a, b[:len(a)], func(x, y custody.Entry) bool { return bytes.Equal(x, y) })
}

// annexing is a ledger that is to be held: as one more, or going on from one that
// is held.
type annexing struct {
	annexed
	entries     []custody.Entry // those that are new, from position from
	from        int
	checkpoints []custody.Checkpoint // those that are new
	all         []custody.Checkpoint // with those that are held
}

// planAnnex says what of a ledger is to be held; nil when all of it is.
func planAnnex(own []custody.Entry, held []Annex, incoming Annex) (*annexing, error) {
	if prefix(incoming.Entries, own) {
		return nil, nil
	}
	p := &annexing{annexed: annexed{Annex: 1, Case: incoming.Case}, entries: incoming.Entries, checkpoints: incoming.Checkpoints}
	for _, h := range held {
		if prefix(incoming.Entries, h.Entries) {
			return nil, nil
		}
		p.Annex = max(p.Annex, h.Annex+1)
	}
	p.all = incoming.Checkpoints
	if i := slices.IndexFunc(held, func(h Annex) bool { return prefix(h.Entries, incoming.Entries) }); i >= 0 {
		h := held[i]
		p.Annex, p.from, p.entries = h.Annex, len(h.Entries), incoming.Entries[len(h.Entries):]
		p.checkpoints = slices.DeleteFunc(slices.Clone(incoming.Checkpoints), func(c custody.Checkpoint) bool {
			return slices.ContainsFunc(h.Checkpoints, func(x custody.Checkpoint) bool { return x.Size == c.Size })
		})
		p.all = slices.Concat(h.Checkpoints, p.checkpoints)
		slices.SortFunc(p.all, func(a, b custody.Checkpoint) int { return cmp.Compare(a.Size, b.Size) })
	}
	log := custody.NewLog(incoming.Case)
	for _, e := range incoming.Entries {
		if err := log.Replay(e); err != nil {
			return nil, err
		}
	}
	p.Size, p.Root, p.Checkpoints = log.Size(), log.Root().String(), noteDigest(p.all)
	return p, nil
}

// annex writes the rows of an annex; the event is already there.
func (t *txn) annex(p *annexing, seq int64) error {
	if _, err := t.exec(`INSERT INTO annexes (annex, case_id, size, root, checkpoints, seq) VALUES (?, ?, ?, ?, ?, ?)
		ON CONFLICT (annex) DO UPDATE SET size = excluded.size, root = excluded.root, checkpoints = excluded.checkpoints, seq = excluded.seq`,
		p.Annex, p.Case, p.Size, p.Root, p.Checkpoints, seq); err != nil {
		return err
	}
	for i, e := range p.entries {
		if _, err := t.exec("INSERT INTO annex_events (annex, seq, entry) VALUES (?, ?, ?)", p.Annex, p.from+i, []byte(e)); err != nil {
			return err
		}
	}
	for _, c := range p.checkpoints {
		if _, err := t.exec("INSERT INTO annex_checkpoints (annex, size, note) VALUES (?, ?, ?)", p.Annex, c.Size, c.Note); err != nil {
			return err
		}
	}
	return nil
}
