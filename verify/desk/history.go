package desk

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/firsthand-media/firsthand/verify"
	"github.com/firsthand-media/firsthand/verify/assess"
	"github.com/firsthand-media/firsthand/verify/casefile"
)

// Past is what people did in a case, in the order in which it counts.
type Past struct {
	Decisions []verify.Decision
	Marks     []verify.Mark
	Acts      []assess.Act
}

// Event is one thing that a person did. What it says of an open review is that
// somebody wrote in it, and not who or what.
type Event struct {
	Entry     int64 // of the ledger
	At        time.Time
	By        string // "" for who writes in an open review
	Kind      string // of the decision, or mark, warning, assessed
	Text      string // a sentence without a full stop
	Reason    string
	Incident  string // "" where it is of files alone
	Holds     bool   // nobody took it back
	TakesBack int64  // the entry that it takes back, 0 for none
	Files     int    // how many it is of
}

// Kinds of event beside those of decisions.
const (
	MarkEvent   = "mark"
	Warned      = "warning"
	AssessEvent = "assessed"
)

// ReadPast reads what people did in a case.
func ReadPast(ctx context.Context, file *casefile.File) (*Past, error) {
	var p Past
	var err error
	if p.Decisions, err = file.Decisions(ctx); err != nil {
		return nil, fmt.Errorf("read the decisions of the case: %w", err)
	}
	if p.Marks, err = file.Marks(ctx); err != nil {
		return nil, err
	}
	if p.Acts, err = file.Acts(ctx); err != nil {
		return nil, fmt.Errorf("read the assessments of the case: %w", err)
	}
	return &p, nil
}

// OfItems is what was done to any of some items, the latest first. path names an
// item in a sentence.
func (p *Past) OfItems(path func(verify.Digest) string, items ...verify.Digest) []Event {
	of := set(items)
	touched := func(d verify.Digest) bool { return of[d] }
	events := p.decisions(path, func(d verify.Decision) bool { return slices.ContainsFunc(d.Subjects, touched) })
	events = slices.Concat(events, p.marks(touched), p.acts(touched))
	sortEvents(events)
	return events
}

// OfIncident is what was decided on an incident, the latest first.
func (p *Past) OfIncident(path func(verify.Digest) string, id string) []Event {
	events := p.decisions(path, func(d verify.Decision) bool {
		return strings.EqualFold(d.Incident, id) || strings.EqualFold(d.Other, id)
	})
	sortEvents(events)
	return events
}

// Latest is what was done last in the case, at most so many, the latest first.
func (p *Past) Latest(path func(verify.Digest) string, most int) []Event {
	all := func(verify.Digest) bool { return true }
	events := slices.Concat(p.decisions(path, func(verify.Decision) bool { return true }), p.marks(all), p.acts(all))
	sortEvents(events)
	return events[:min(len(events), most)]
}

func (p *Past) marks(touched func(verify.Digest) bool) []Event {
	var events []Event
	holds := verify.HoldingMarks(p.Marks)
	for _, m := range p.Marks {
		if slices.ContainsFunc(m.Items, touched) {
			events = append(events, Event{
				Entry: m.Seq, At: m.At, By: m.By, Kind: MarkEvent, Text: TellMark(m), Reason: m.Reason,
				Holds: holds[m.Seq], TakesBack: m.TakesBack, Files: len(m.Items),
			})
		}
	}
	return events
}

func (p *Past) decisions(path func(verify.Digest) string, of func(verify.Decision) bool) []Event {
	holds := verify.Holding(p.Decisions)
	events := []Event{}
	for _, d := range p.Decisions {
		if of(d) {
			events = append(events, Event{
				Entry: d.Seq, At: d.At, By: d.By, Kind: d.Kind, Text: Tell(d, path, p.Decisions), Reason: d.Reason,
				Incident: d.Incident, Holds: holds[d.Seq], TakesBack: d.TakesBack, Files: len(d.Subjects),
			})
		}
	}
	return events
}

// acts tells of the acts on items: of marks all, of sheets that there is one,
// and while their review is open not even by whom.
func (p *Past) acts(touched func(verify.Digest) bool) []Event {
	var events []Event
	holds := assess.Holding(p.Acts)
	open := map[verify.Digest]bool{}
	for _, r := range assess.Fold(slices.DeleteFunc(slices.Clone(p.Acts), func(a assess.Act) bool { return !touched(a.Item) })) {
		open[r.Item] = r.Open()
	}
	items, sheet := map[int64]int{}, map[int64]bool{} // of an entry how many it is of, and whether it is of a sheet
	for _, a := range p.Acts {
		items[a.Seq]++
		sheet[a.Seq] = a.Marks == nil && !a.Reopen && (a.TakesBack == 0 || sheet[a.TakesBack])
	}
	last := int64(-1)
	for _, a := range p.Acts {
		if !touched(a.Item) || a.Seq == last {
			continue
		}
		last = a.Seq
		e := Event{Entry: a.Seq, At: a.At, By: a.By, Kind: AssessEvent, Text: tellAct(a, items[a.Seq]), Holds: holds[a.Seq], TakesBack: a.TakesBack, Files: items[a.Seq]}
		switch {
		case sheet[a.Seq] && open[a.Item]:
			e.By, e.Text, e.TakesBack = "", "a sheet of the review that is open", 0
		case !sheet[a.Seq] && !a.Reopen:
			e.Kind = Warned
		}
		events = append(events, e)
	}
	return events
}

// sortEvents puts the latest first. Acts of joined cases stand at the time when
// they were done.
func sortEvents(events []Event) {
	slices.SortStableFunc(events, func(a, b Event) int { return cmp.Or(b.At.Compare(a.At), cmp.Compare(b.Entry, a.Entry)) })
}
