package casefile

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"github.com/firsthand-media/firsthand/verify/custody"
)

// caseMerged is the kind of event that says that another case was joined.
const caseMerged = "case-merged"

type caseMergedBody struct {
	Case      string    `json:"case"`
	Size      int64     `json:"size"` // of its ledger
	Root      string    `json:"root"`
	Annexes   []annexed `json:"annexes"`
	Adopted   int       `json:"adopted"` // acts taken over
	Items     int       `json:"items"`   // new, or replaced by what a newer version made of them
	Sightings int       `json:"sightings"`
	Known     int       `json:"known"` // known incidents, new or changed
}

// Merged is what joining another case brought.
type Merged struct {
	Case      string `json:"case"`
	Adopted   int    `json:"acts"`
	Items     int    `json:"items"`
	Sightings int    `json:"sightings"`
	Known     int    `json:"known"`
	Ledgers   int    `json:"ledgers"` // kept beside the own one, new or longer than before
	Erased    bool   `json:"-"`
}

// Nothing says whether all of it was here already.
func (m Merged) Nothing() bool {
	return m.Adopted+m.Items+m.Sightings+m.Known+m.Ledgers == 0
}

// Merge joins another case to this one: its items and where they were seen, what
// people did in it, and its ledger, which is kept word for word. The other case is
// checked as a whole first and only read. Joining it again brings nothing, and the
// outcome is the same in whatever order cases are joined. An exercise is joined to
// the same exercise alone, else the error is [ErrMixed]. All of it is one
// transaction. Matches and incidents are for the caller to find anew, and
// [File.ReportConflicts] for what a person has to look at. With dry it tells what
// it would bring and brings nothing.
func (f *File) Merge(ctx context.Context, other *File, dry bool) (Merged, error) {
	if err := f.apart(other); err != nil {
		return Merged{}, err
	}
	if _, err := other.VerifyCustody(ctx); err != nil {
		return Merged{}, fmt.Errorf("the other case does not hold: %w", err)
	}
	theirs, err := other.foreign(ctx)
	if err != nil {
		return Merged{}, fmt.Errorf("read the other case: %w", err)
	}
	annexes, err := other.Annexes(ctx)
	if err != nil {
		return Merged{}, fmt.Errorf("read the other case: %w", err)
	}
	content, err := f.planContent(ctx, other)
	if err != nil {
		return Merged{}, fmt.Errorf("compare the cases: %w", err)
	}
	if dry {
		return f.joining(ctx, theirs, annexes, content, true)
	}
	if err := f.copyPictures(ctx, other, content.items); err != nil {
		return Merged{}, fmt.Errorf("copy pictures: %w", err)
	}
	return f.join(ctx, theirs, annexes, content)
}

// Adopt joins what people did in another case, by its ledger and the texts that
// go with it, without its items. The ledger is checked first.
func (f *File) Adopt(ctx context.Context, other Foreign) (Merged, error) {
	if _, err := checkLedger(other.Entries, other.Checkpoints); err != nil {
		return Merged{}, fmt.Errorf("the other ledger does not hold: %w", err)
	}
	return f.join(ctx, other, nil, nil)
}

// join does it in one transaction, and nothing when there is nothing new.
func (f *File) join(ctx context.Context, other Foreign, annexes []Annex, content *contentPlan) (Merged, error) {
	m, err := f.joining(ctx, other, annexes, content, false)
	if err != nil {
		return m, fmt.Errorf("join case %s: %w", m.Case, err)
	}
	if m.Nothing() {
		return m, nil
	}
	f.writing.Lock()
	defer f.writing.Unlock()
	if _, err := f.checkpoint(ctx); err != nil {
		return m, fmt.Errorf("the case is joined but not signed: %w", err)
	}
	if m.Erased {
		return m, f.writeAnew(ctx)
	}
	return m, nil
}

func (f *File) joining(ctx context.Context, other Foreign, annexes []Annex, content *contentPlan, dry bool) (m Merged, err error) {
	if len(other.Entries) == 0 {
		return m, errors.New("its ledger is empty")
	}
	first, err := other.Entries[0].Parse()
	if err != nil {
		return m, err
	}
	m.Case = first.Case
	if err := f.apartByLedger(ctx, other.Entries); err != nil {
		return m, err
	}
	theirs, err := actsOf(other.Entries)
	if err != nil {
		return m, err
	}
	f.writing.Lock()
	defer f.writing.Unlock()
	ownEntries, own, err := f.ownActs(ctx)
	if err != nil {
		return m, err
	}
	held, err := f.Annexes(ctx)
	if err != nil {
		return m, err
	}
	plans, err := planAnnexes(ownEntries, held, append([]Annex{{Case: m.Case, Entries: other.Entries, Checkpoints: other.Checkpoints}}, annexes...))
	if err != nil {
		return m, err
	}
	errNothing := errors.New("nothing is to be written")
	err = f.write(ctx, func(t *txn) error {
		a := newAdopting(t, own, other, theirs)
		if err := a.take(theirs); err != nil {
			return err
		}
		m.Adopted, m.Erased = a.n, a.erased
		if content != nil {
			if err := t.putContent(content, m.Case, &m); err != nil {
				return err
			}
		}
		kept := needed(plans, m.Nothing())
		if m.Ledgers = len(kept); m.Nothing() || dry {
			return errNothing // the transaction is taken back
		}
		return t.merged(m, other, kept)
	})
	if errors.Is(err, errNothing) {
		err = nil
	}
	return m, err
}

// planAnnexes says what of several ledgers is to be held; one may go on from
// another of them.
func planAnnexes(own []custody.Entry, held, incoming []Annex) ([]*annexing, error) {
	var plans []*annexing
	for _, in := range incoming {
		p, err := planAnnex(own, held, in)
		if err != nil {
			return nil, err
		}
		if p == nil {
			continue
		}
		plans = append(plans, p)
		held = slices.DeleteFunc(slices.Clone(held), func(h Annex) bool { return h.Annex == p.Annex })
		held = append(held, Annex{Annex: p.Annex, Case: in.Case, Entries: in.Entries, Checkpoints: p.all})
	}
	return plans, nil
}

// needed leaves out ledgers that merely go on from those that are held when they
// brought nothing: joining cases is itself an entry in each, and two that join each
// other would never come to an end.
func needed(plans []*annexing, nothing bool) []*annexing {
	if !nothing {
		return plans
	}
	return slices.DeleteFunc(plans, func(p *annexing) bool { return p.from > 0 })
}

// merged writes the event and the ledgers that it tells of.
func (t *txn) merged(m Merged, other Foreign, plans []*annexing) error {
	log := custody.NewLog(m.Case)
	for _, e := range other.Entries {
		if err := log.Replay(e); err != nil {
			return err
		}
	}
	body := caseMergedBody{Case: m.Case, Size: log.Size(), Root: log.Root().String(), Annexes: []annexed{},
		Adopted: m.Adopted, Items: m.Items, Sightings: m.Sightings, Known: m.Known}
	for _, p := range plans {
		body.Annexes = append(body.Annexes, p.annexed)
	}
	event, err := t.event(caseMerged, nil, body)
	if err != nil {
		return err
	}
	for _, p := range plans {
		if err := t.annex(p, event.Seq); err != nil {
			return err
		}
	}
	return nil
}
