package casefile

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"

	"github.com/firsthand-media/firsthand/verify"
	"github.com/firsthand-media/firsthand/verify/assess"
	"github.com/firsthand-media/firsthand/verify/custody"
)

// The kinds of event about assessments. Their free texts are under "words" and
// "fields" in the table texts.
const (
	assessed         = "assessed"          // of one item, its only subject; of several where it only marks them
	incidentRecorded = "incident-recorded" // of an incident; subjects are its members as they stood
)

// ErrNoAssessment is an entry of the ledger that is no act or change that
// holds.
var ErrNoAssessment = errors.New("no such entry of an assessment")

type incidentRecordedBody struct {
	Incident  string   `json:"incident"`
	Keys      []string `json:"fields"` // that it sets, sorted
	TakesBack int64    `json:"takes_back,omitempty"`
	By        string   `json:"by"`
}

// assessmentsTable holds which entries are about assessments.
func assessmentsTable() checkedTable {
	row := func(rows *wantedRows, event custody.Event) error {
		rows.put(event.Seq, event.Seq, event.Kind)
		return nil
	}
	return checkedTable{
		name: "assessments", columns: []string{"seq", "kind"}, key: 1,
		follow: map[string]func(*wantedRows, custody.Event) error{assessed: row, incidentRecorded: row},
	}
}

// Assess records acts in the order given, all of them or none, then a
// checkpoint, and gives them with Seq, At and Key set. What may not be said,
// see [assess.Permit], is refused, and nothing is recorded.
func (f *File) Assess(ctx context.Context, acts ...assess.Act) ([]assess.Act, error) {
	entries := make([][]assess.Act, len(acts))
	for i, a := range acts {
		entries[i] = []assess.Act{a}
	}
	return f.assess(ctx, entries)
}

// AssessTogether is [File.Assess] for one act on several items, as one entry of
// the ledger. It is of the first round and only marks the items: sheets are of
// one item each.
func (f *File) AssessTogether(ctx context.Context, items []verify.Digest, act assess.Act) ([]assess.Act, error) {
	if !act.OnlyMarks() || act.Round != assess.First {
		return nil, errors.New("record assessment: only marks are made of several items at once")
	}
	entry := make([]assess.Act, len(items))
	for i, d := range items {
		entry[i] = act
		entry[i].Item = d
	}
	return f.assess(ctx, [][]assess.Act{entry})
}

func (f *File) assess(ctx context.Context, entries [][]assess.Act) ([]assess.Act, error) {
	f.writing.Lock()
	defer f.writing.Unlock()
	if err := f.writable(); err != nil {
		return nil, err
	}
	past, err := f.Acts(ctx)
	if err != nil {
		return nil, err
	}
	before, rank := make(map[verify.Digest][]assess.Act), assess.NextRank(past)
	for _, a := range past {
		before[a.Item] = append(before[a.Item], a)
	}
	var items []verify.Digest
	for _, a := range slices.Concat(entries...) {
		items = append(items, a.Item)
	}
	if err := f.known(ctx, items); err != nil {
		return nil, fmt.Errorf("record assessment: %w", err)
	}
	var made []assess.Act
	err = f.write(ctx, func(t *txn) error {
		for i, entry := range entries {
			for j := range entry {
				a := &entry[j]
				a.By, a.Key, a.Rank = ledgerText(a.By), custody.KeyID(f.verifier()), rank
				a.Seq, a.At, a.Blind = t.log.Size(), f.Now().UTC().Round(0), assess.Blind(before[a.Item], *a)
				if err := assess.Permit(before[a.Item], *a); err != nil && len(entries)+len(entry) > 2 {
					return fmt.Errorf("%d of %d, item %.12s: %w", i+j+1, max(len(entries), len(entry)), a.Item, err)
				} else if err != nil {
					return err
				}
			}
			if err := t.assess(entry); err != nil {
				return err
			}
			if rank != 0 {
				rank++
			}
			for _, a := range entry {
				before[a.Item] = append(before[a.Item], a)
			}
			made = append(made, entry...)
		}
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("record assessment: %w", err)
	}
	if _, err := f.checkpoint(ctx); err != nil {
		return made, fmt.Errorf("the assessment is recorded but not signed: %w", err)
	}
	return made, nil
}

// assess writes one entry: an act, or one act on several items.
func (t *txn) assess(entry []assess.Act) error {
	if len(entry) == 0 {
		return errors.New("no item is assessed")
	}
	facts, words, err := entry[0].Split()
	if err != nil {
		return err
	}
	subjects := make([]string, len(entry))
	for i := range entry {
		subjects[i] = string(entry[i].Item)
	}
	event, err := t.eventWithTexts(assessed, subjects, facts, map[string]string{wordsField: words})
	if err != nil {
		return err
	}
	for i := range entry {
		entry[i].Seq, entry[i].At = event.Seq, event.At
	}
	_, err = t.exec("INSERT INTO assessments (seq, kind) VALUES (?, ?)", event.Seq, event.Kind)
	return err
}

// Acts gives all acts in the order of the ledger, sealed sheets among them: who
// shows them goes by [assess.Fold] and [assess.Review.Seen]. One act on several
// items is given for each.
func (f *File) Acts(ctx context.Context) ([]assess.Act, error) {
	var acts []assess.Act
	ranks, err := f.ranks(ctx, "assessments")
	if err != nil {
		return nil, err
	}
	err = f.worded(ctx, "SELECT seq FROM assessments WHERE kind = 'assessed'", wordsField, func(event custody.Event, words string, erased bool) error {
		var facts assess.Facts
		if err := json.Unmarshal(event.Body, &facts); err != nil {
			return err
		}
		a, err := assess.Join(facts, words)
		if err != nil {
			return err
		}
		if n := len(event.Subjects); n != 1 && (n == 0 || !a.OnlyMarks()) {
			return fmt.Errorf("%d items are assessed at once", n)
		}
		a.Seq, a.Rank, a.At, a.Key, a.Erased = event.Seq, ranks[event.Seq], event.At, event.Actor.Key, erased
		for _, s := range event.Subjects {
			a.Item = verify.Digest(s)
			acts = append(acts, a)
		}
		return nil
	})
	return acts, err
}

// Reviews gives what stands of the acts, by item: see [assess.Fold].
func (f *File) Reviews(ctx context.Context) ([]assess.Review, error) {
	acts, err := f.Acts(ctx)
	return assess.Fold(acts), err
}

// RecordIncidents records changes of incidents in the order given, all of them
// or none, then a checkpoint, and gives them with Seq, At and Key set. A record
// that could not be as a whole is refused, and nothing is recorded.
func (f *File) RecordIncidents(ctx context.Context, changes ...assess.Change) ([]assess.Change, error) {
	f.writing.Lock()
	defer f.writing.Unlock()
	if err := f.writable(); err != nil {
		return nil, err
	}
	book, err := f.book(ctx)
	if err != nil {
		return nil, err
	}
	var made []assess.Change
	err = f.write(ctx, func(t *txn) error {
		for _, c := range changes {
			c.Incident, c.By, c.Key = ledgerText(c.Incident), ledgerText(c.By), custody.KeyID(f.verifier())
			c.Seq, c.At = t.log.Size(), f.Now().UTC().Round(0)
			if err := book.Enter(c); err != nil {
				return err
			}
			if err := t.recordIncident(&c); err != nil {
				return err
			}
			made = append(made, c)
		}
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("record incident: %w", err)
	}
	if _, err := f.checkpoint(ctx); err != nil {
		return made, fmt.Errorf("the record is made but not signed: %w", err)
	}
	return made, nil
}

func (f *File) book(ctx context.Context) (*assess.Book, error) {
	changes, err := f.IncidentChanges(ctx)
	if err != nil {
		return nil, err
	}
	return assess.NewBook(changes)
}

func (t *txn) recordIncident(c *assess.Change) error {
	keys, err := c.Keys()
	if err != nil {
		return err
	}
	event, err := t.eventWithTexts(incidentRecorded, digestTexts(c.Subjects),
		incidentRecordedBody{Incident: c.Incident, Keys: keys, TakesBack: c.TakesBack, By: c.By}, map[string]string{"fields": string(c.Fields)})
	if err != nil {
		return err
	}
	c.Seq, c.At, c.Sets = event.Seq, event.At, keys
	_, err = t.exec("INSERT INTO assessments (seq, kind) VALUES (?, ?)", event.Seq, event.Kind)
	return err
}

// IncidentChanges gives all changes of incidents' records in the order of the
// ledger.
func (f *File) IncidentChanges(ctx context.Context) ([]assess.Change, error) {
	var changes []assess.Change
	ranks, err := f.ranks(ctx, "assessments")
	if err != nil {
		return nil, err
	}
	err = f.worded(ctx, "SELECT seq FROM assessments WHERE kind = 'incident-recorded'", "fields", func(event custody.Event, fields string, erased bool) error {
		var body incidentRecordedBody
		if err := json.Unmarshal(event.Body, &body); err != nil {
			return err
		}
		c := assess.Change{Seq: event.Seq, Rank: ranks[event.Seq], At: event.At, By: body.By, Key: event.Actor.Key, Incident: body.Incident, TakesBack: body.TakesBack, Sets: body.Keys, Erased: erased}
		if fields != "" {
			c.Fields = json.RawMessage(fields)
		}
		for _, s := range event.Subjects {
			c.Subjects = append(c.Subjects, verify.Digest(s))
		}
		changes = append(changes, c)
		return nil
	})
	return changes, err
}

// Records gives the incidents' records as they stand, by id.
func (f *File) Records(ctx context.Context) ([]assess.Record, error) {
	book, err := f.book(ctx)
	if err != nil {
		return nil, fmt.Errorf("read the records of incidents: %w", err)
	}
	return book.Records(), nil
}

// worded reads the events whose positions a query gives as seq, each with its
// text of a field.
func (f *File) worded(ctx context.Context, entries, field string, each func(event custody.Event, text string, erased bool) error) error {
	rows, err := f.query(ctx, `SELECT entry, coalesce(text, ''), t.seq IS NOT NULL AND text IS NULL
		FROM (`+entries+`) a JOIN events e ON e.seq = a.seq LEFT JOIN texts t ON t.seq = a.seq AND t.field = ? ORDER BY a.seq`, field)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		var entry custody.Entry
		var text string
		var erased bool
		if err := rows.Scan((*[]byte)(&entry), &text, &erased); err != nil {
			return fmt.Errorf("read ledger: %w", err)
		}
		event, err := entry.Parse()
		if err == nil {
			event, err = unwrapped(event)
		}
		if err == nil {
			err = each(event, text, erased)
		}
		if err != nil {
			return fmt.Errorf("read entry %d of the ledger: %w", event.Seq, err)
		}
	}
	return rows.Err()
}
