package assess

import (
	"cmp"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"unicode"
)

// Book is the records of all incidents as their changes make them: of each
// field the latest value that was not taken back.
type Book struct {
	pages map[string]*page // by id in upper case
}

// page is one incident.
type page struct {
	changes []Change
	record  Record
	written bool // a change holds
}

// NewBook follows changes, in whatever order they are handed over: their
// positions in the ledger count. A change that cannot be read is an error; one
// that was erased changes nothing.
func NewBook(changes []Change) (*Book, error) {
	b := &Book{pages: map[string]*page{}}
	changes = slices.Clone(changes)
	slices.SortStableFunc(changes, func(x, y Change) int {
		return cmp.Or(cmp.Compare(x.Rank, y.Rank), cmp.Compare(x.Seq, y.Seq))
	})
	for _, c := range changes {
		key := strings.ToUpper(c.Incident)
		if b.pages[key] == nil {
			b.pages[key] = &page{}
		}
		b.pages[key].changes = append(b.pages[key].changes, c)
	}
	for _, p := range b.pages {
		if err := p.fold(); err != nil {
			return nil, err
		}
	}
	return b, nil
}

// fold makes the record from the changes that hold.
func (p *page) fold() error {
	p.record, p.written = Record{Incident: p.changes[0].Incident, Origin: FromCandidate}, false
	for _, c := range standingChanges(p.changes) {
		if err := p.record.apply(c.Fields); err != nil {
			return fmt.Errorf("entry %d of the ledger: record of %s: %w", c.Seq, c.Incident, err)
		}
		if !p.written {
			p.record.CreatedBy, p.record.CreatedAt = c.By, c.At
		}
		p.written, p.record.UpdatedBy, p.record.UpdatedAt = true, c.By, c.At
	}
	return nil
}

// standingChanges gives the changes that hold, in order: those not taken back
// by a later one that holds itself.
func standingChanges(changes []Change) []Change {
	gone := map[int64]bool{}
	var out []Change
	for _, c := range slices.Backward(changes) {
		switch {
		case gone[c.Seq]:
		case c.TakesBack != 0:
			gone[c.TakesBack] = true
		default:
			out = append(out, c)
		}
	}
	slices.Reverse(out)
	return out
}

// Enter follows one more change, later than all others. One that may not be
// made is refused, and the book stays as it was.
func (b *Book) Enter(c Change) error {
	key := strings.ToUpper(c.Incident)
	p := b.pages[key]
	if p == nil {
		p = &page{}
	}
	switch {
	case !validID(c.Incident):
		return fmt.Errorf("%q is no name of an incident: letters, digits and - _ . : up to 100 of them", c.Incident)
	case strings.TrimSpace(c.By) == "":
		return errors.New("who writes the record has to be named")
	case c.TakesBack == 0 && len(c.Fields) == 0:
		return errors.New("nothing is set")
	case c.TakesBack != 0 && !slices.ContainsFunc(standingChanges(p.changes), func(x Change) bool { return x.Seq == c.TakesBack }):
		return fmt.Errorf("entry %d of the ledger is no change of the record of %s that holds", c.TakesBack, c.Incident)
	}
	next := page{changes: append(slices.Clip(p.changes), c)}
	if err := next.fold(); err != nil {
		return err
	}
	if err := next.record.Check(); err != nil {
		return fmt.Errorf("record of %s: %w", c.Incident, err)
	}
	b.pages[key] = &next
	return nil
}

// validID says whether a text can name an incident: it stands on command lines
// and in file names.
func validID(id string) bool {
	return id != "" && len(id) <= 100 && !strings.ContainsFunc(id, func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsDigit(r) && !strings.ContainsRune("-_.:", r)
	}) && !strings.HasPrefix(id, ".") && !strings.HasPrefix(id, "-")
}

// Record finds the record of an incident.
func (b *Book) Record(id string) (Record, bool) {
	p := b.pages[strings.ToUpper(id)]
	if p == nil || !p.written {
		return Record{Incident: id, Origin: FromCandidate}, false
	}
	return p.record, true
}

// Records gives all records, by id.
func (b *Book) Records() []Record {
	out := make([]Record, 0, len(b.pages))
	for _, key := range slices.Sorted(maps.Keys(b.pages)) {
		if p := b.pages[key]; p.written {
			out = append(out, p.record)
		}
	}
	return out
}
