package desk

import (
	"context"
	"fmt"
	"slices"

	"github.com/firsthand-media/firsthand/verify"
	"github.com/firsthand-media/firsthand/verify/assess"
	"github.com/firsthand-media/firsthand/verify/casefile"
	"github.com/firsthand-media/firsthand/verify/incident"
)

// TakeBack records that earlier decisions do not hold, the last first. One that
// is itself a take-back can be taken back: what it took back holds again, if
// nothing was decided since that it contradicts.
func (d *Desk) TakeBack(ctx context.Context, w Word, entries ...int64) (Made, error) {
	holds := verify.Holding(d.decisions)
	var proposed []verify.Decision
	for _, entry := range latestFirst(entries) {
		i := slices.IndexFunc(d.decisions, func(m verify.Decision) bool { return m.Seq == entry })
		if i < 0 || !holds[entry] {
			return Made{}, notHolding(entry)
		}
		was := d.decisions[i]
		proposed = append(proposed, verify.Decision{Kind: verify.TakeBack, Incident: was.Incident, TakesBack: entry, Subjects: was.Subjects})
	}
	if err := d.revivable(w, proposed); err != nil {
		return Made{}, err
	}
	return d.record(ctx, w, proposed)
}

func notHolding(entry int64) error {
	return problem(UnknownEntry, "look at the history: it may have been taken back already", "entry %d is not a decision that holds", entry).at(entry)
}

func latestFirst(entries []int64) []int64 {
	out := slices.Clone(entries)
	slices.Sort(out)
	out = slices.Compact(out)
	slices.Reverse(out)
	return out
}

// revivable refuses to let a decision hold again that contradicts one made
// since.
func (d *Desk) revivable(w Word, proposed []verify.Decision) error {
	after := slices.Clone(d.decisions)
	for _, p := range proposed {
		p.Seq, p.Rank = verify.Next(after)
		after = append(after, p)
	}
	held := verify.Holding(d.decisions)
	for _, c := range incident.Conflicts(after) {
		switch {
		case held[c.GivesWay.Seq] && held[c.Holds.Seq]: // it was so before
		case held[c.GivesWay.Seq]:
			return w.contradiction(c.GivesWay)
		default:
			return w.contradiction(c.Holds)
		}
	}
	return nil
}

// TakeBack records that entries of the ledger do not hold, be they decisions,
// marks or acts of assessments. Of the last two nothing has to be made anew;
// regroup says whether [Regroup] is due.
func TakeBack(ctx context.Context, file *casefile.File, w Word, entries ...int64) (made Made, regroup bool, err error) {
	if err := w.Check(); err != nil {
		return Made{}, false, err
	}
	past, err := ReadPast(ctx, file)
	if err != nil {
		return Made{}, false, err
	}
	sorted, err := past.sort(latestFirst(entries))
	if err != nil {
		return Made{}, false, err
	}
	if len(sorted.decisions) > 0 {
		d, err := Open(ctx, file)
		if err != nil {
			return Made{}, false, err
		}
		if made, err = d.TakeBack(ctx, w, sorted.decisions...); err != nil {
			return made, false, err
		}
	}
	for _, take := range []func() (Made, error){
		func() (Made, error) { return takeBackMarks(ctx, file, w, sorted.marks) },
		func() (Made, error) { return takeBackActs(ctx, file, w, sorted.acts) },
	} {
		more, err := take()
		made.Entries = append(made.Entries, more.Entries...)
		if err != nil {
			return made, len(sorted.decisions) > 0, fmt.Errorf("take back: %w", err)
		}
	}
	return made, len(sorted.decisions) > 0, nil
}

// sorted is entries by what they are, the latest first.
type sorted struct {
	decisions []int64
	marks     []verify.Mark
	acts      []assess.Act
}

// sort wants each entry to be one that holds.
func (p *Past) sort(entries []int64) (sorted, error) {
	var s sorted
	decisions, marks, acts := verify.Holding(p.Decisions), verify.HoldingMarks(p.Marks), assess.Holding(p.Acts)
	mark, act := map[int64]int{}, map[int64][]assess.Act{}
	for i := range p.Marks {
		mark[p.Marks[i].Seq] = i
	}
	for _, a := range p.Acts {
		act[a.Seq] = append(act[a.Seq], a)
	}
	for _, e := range entries {
		switch {
		case decisions[e]:
			s.decisions = append(s.decisions, e)
		case marks[e]:
			s.marks = append(s.marks, p.Marks[mark[e]])
		case acts[e]:
			s.acts = append(s.acts, act[e]...)
		default:
			return s, problem(UnknownEntry, "look at the history: it may have been taken back already", "entry %d is nothing that holds and can be taken back", e).at(e)
		}
	}
	return s, nil
}
