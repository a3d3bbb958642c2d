package casefile

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"

	"github.com/firsthand-media/firsthand/verify"
	"github.com/firsthand-media/firsthand/verify/custody"
)

// marked is the kind of event of what a person noted of items, its subjects. Its
// free texts are under "words" in the table texts.
const marked = "marked"

// wordsField is the field of texts that holds them.
const wordsField = "words"

// ErrNoMark is an entry of the ledger that is no mark that holds.
var ErrNoMark = errors.New("no such mark in this case")

// marksTable holds which entries are marks.
func marksTable() checkedTable {
	return checkedTable{
		name: "marks", columns: []string{"seq"}, key: 1,
		follow: map[string]func(*wantedRows, custody.Event) error{marked: func(rows *wantedRows, event custody.Event) error {
			rows.put(event.Seq, event.Seq)
			return nil
		}},
	}
}

// Mark records what a person noted of items: the events of all marks in one
// transaction, then a checkpoint. It gives them with Seq and At set. What cannot
// be, see [verify.Mark.Check], is refused, and so is an item that is not in the
// case; a mark that is taken back has to hold, else the error is [ErrNoMark].
func (f *File) Mark(ctx context.Context, marks ...verify.Mark) ([]verify.Mark, error) {
	f.writing.Lock()
	defer f.writing.Unlock()
	if err := f.writable(); err != nil {
		return nil, err
	}
	for _, m := range marks {
		if err := f.markable(ctx, m); err != nil {
			return nil, fmt.Errorf("mark items: %w", err)
		}
	}
	var made []verify.Mark
	err := f.write(ctx, func(t *txn) error {
		for _, m := range marks {
			if err := t.mark(&m); err != nil {
				return err
			}
			made = append(made, m)
		}
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("mark items: %w", err)
	}
	if _, err := f.checkpoint(ctx); err != nil {
		return made, fmt.Errorf("the mark is recorded but not signed: %w", err)
	}
	return made, nil
}

func (f *File) markable(ctx context.Context, m verify.Mark) error {
	if err := m.Check(); err != nil {
		return err
	}
	if m.TakesBack != 0 {
		before, err := f.Marks(ctx)
		if err != nil {
			return err
		}
		if !verify.HoldingMarks(before)[m.TakesBack] {
			return fmt.Errorf("entry %d: %w that still holds", m.TakesBack, ErrNoMark)
		}
	}
	return f.known(ctx, m.Items)
}

// known wants every item to be one of the case.
func (f *File) known(ctx context.Context, items []verify.Digest) error {
	list, err := json.Marshal(items)
	if err != nil {
		return err
	}
	unknown, err := f.rawRows(ctx, "SELECT value FROM json_each(?) WHERE value NOT IN (SELECT digest FROM items) LIMIT 1", string(list))
	if err == nil && len(unknown) > 0 {
		err = fmt.Errorf("item %.12s: %w", unknown[0], ErrUnknownItem)
	}
	return err
}

func (t *txn) mark(m *verify.Mark) error {
	m.By = ledgerText(m.By)
	facts, words, err := m.Split()
	if err != nil {
		return err
	}
	event, err := t.eventWithTexts(marked, digestTexts(m.Items), facts, map[string]string{wordsField: words})
	if err != nil {
		return err
	}
	m.Seq, m.At = event.Seq, event.At
	return t.putMark(event)
}

func (t *txn) putMark(event custody.Event) error {
	_, err := t.exec("INSERT INTO marks (seq) VALUES (?)", event.Seq)
	return err
}

// Marks gives all marks in the order of the ledger; what stands of them is
// [verify.FoldMarks].
func (f *File) Marks(ctx context.Context) ([]verify.Mark, error) {
	ranks, err := f.ranks(ctx, "marks")
	if err != nil {
		return nil, err
	}
	var marks []verify.Mark
	err = f.worded(ctx, "SELECT seq FROM marks", wordsField, func(event custody.Event, words string, erased bool) error {
		var facts verify.MarkFacts
		if err := json.Unmarshal(event.Body, &facts); err != nil {
			return err
		}
		m, err := verify.JoinMark(facts, words)
		m.Seq, m.Rank, m.At, m.Erased = event.Seq, ranks[event.Seq], event.At, erased
		m.Items = make([]verify.Digest, len(event.Subjects))
		for i, s := range event.Subjects {
			m.Items[i] = verify.Digest(s)
		}
		marks = append(marks, m)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("read the marks of the case: %w", err)
	}
	return slices.Clip(marks), nil
}
