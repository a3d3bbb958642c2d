package desk

import (
	"context"
	"fmt"
	"slices"

	"github.com/firsthand-media/firsthand/verify"
)

// SameImage records that two files show the same picture, whatever the
// comparison says: they are copies of each other from then on.
func (d *Desk) SameImage(ctx context.Context, w Word, a, b string) (Made, error) {
	return d.judge(ctx, w, verify.SameImage, a, b)
}

// SameScene records that two files are two pictures of one place: they are
// shown with each other, and are no copies.
func (d *Desk) SameScene(ctx context.Context, w Word, a, b string) (Made, error) {
	return d.judge(ctx, w, verify.SceneOnly, a, b)
}

// NotSame records that two files do not show the same content.
func (d *Desk) NotSame(ctx context.Context, w Word, a, b string) (Made, error) {
	return d.judge(ctx, w, verify.NotSame, a, b)
}

// Unsure records that a person looked at two files and cannot tell. What was
// said of them before no longer holds.
func (d *Desk) Unsure(ctx context.Context, w Word, a, b string) (Made, error) {
	return d.judge(ctx, w, verify.Unsure, a, b)
}

// NotSameIncident records that two files are of two incidents, be the picture
// the same or not.
func (d *Desk) NotSameIncident(ctx context.Context, w Word, a, b string) (Made, error) {
	return d.judge(ctx, w, verify.NotSameIncident, a, b)
}

// judge records a decision on two files. Saying it twice changes nothing.
func (d *Desk) judge(ctx context.Context, w Word, kind, a, b string) (Made, error) {
	if err := w.Check(); err != nil {
		return Made{}, err
	}
	pair, err := d.Items(ctx, []string{a, b})
	if err != nil {
		return Made{}, err
	}
	if len(pair) < 2 {
		return Made{}, problem(Unclear, "choose two files", "%s and %s have the same bytes: they are one file", a, b)
	}
	if was, ok := d.judged(kind, pair); ok {
		return Made{Stands: true, Notes: []string{fmt.Sprintf("this was decided before, in entry %d of the ledger by %s", was.Seq, was.By)}}, nil
	}
	_, spoken := verify.PairVerdicts(d.decisions)[verify.Pair(pair[0], pair[1])]
	made, err := d.record(ctx, w, []verify.Decision{{Kind: kind, Subjects: pair}})
	made.Stands = kind == verify.Unsure && !spoken
	return made, err
}

// judged finds the decision that holds and says the same of the pair.
func (d *Desk) judged(kind string, pair []verify.Digest) (verify.Decision, bool) {
	if kind != verify.NotSameIncident {
		was, ok := verify.PairVerdicts(d.decisions)[verify.Pair(pair[0], pair[1])]
		return was, ok && was.Kind == kind
	}
	for _, m := range verify.Standing(d.decisions) {
		if m.Kind == kind && slices.Contains(m.Subjects, pair[0]) && slices.Contains(m.Subjects, pair[1]) {
			return m, true
		}
	}
	return verify.Decision{}, false
}

// TakeOut records that a file is no copy of any other in its cluster: one
// decision for each of them, so that it leaves, whichever it is the most like.
func (d *Desk) TakeOut(ctx context.Context, w Word, name string) (Made, error) {
	item, err := Named(ctx, d.file, name)
	if err != nil {
		return Made{}, err
	}
	verdicts := verify.PairVerdicts(d.decisions)
	var proposed []verify.Decision
	for _, c := range d.clusters {
		if !slices.Contains(c.Digests, item) {
			continue
		}
		for _, x := range c.Digests {
			if was, ok := verdicts[verify.Pair(item, x)]; x != item && (!ok || was.Kind != verify.NotSame) {
				proposed = append(proposed, verify.Decision{Kind: verify.NotSame, Subjects: []verify.Digest{item, x}})
			}
		}
	}
	if len(proposed) == 0 {
		return Made{}, problem(NoMember, "load the clusters again", "%s has no copies to be taken from", d.path(ctx, item))
	}
	return d.record(ctx, w, proposed)
}
