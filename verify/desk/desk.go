// Package desk is where a person decides on a case: on incidents and their
// members, on pairs of items, on single items. The commands and the workbench
// in the browser both go through it, so that both allow, refuse and record the
// same.
//
// Start at [Open]; each act is a method of [Desk], takes the [Word] of who
// decides, and is recorded in the ledger before it returns. Decisions bear on
// matches and incidents, which [Regroup] then makes anew. [Load] reads a
// case as listings need it. It promises: what contradicts an earlier decision
// is refused and names it, unless the newer one is to prevail; every act can be
// taken back, and a take-back can be taken back; what is refused changes
// nothing; an [Error] says what to do.
package desk

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/firsthand-media/firsthand/verify"
	"github.com/firsthand-media/firsthand/verify/assess"
	"github.com/firsthand-media/firsthand/verify/casefile"
	"github.com/firsthand-media/firsthand/verify/incident"
	"github.com/firsthand-media/firsthand/verify/ingest"
)

// Word is what a person says with a decision.
type Word struct {
	By        string
	Reason    string
	NewerWins bool // it prevails over the earlier decisions that it contradicts
	Copies    bool // the same for every copy of the files
}

// Check wants a name and a reason.
func (w Word) Check() error {
	if err := w.named(); err != nil {
		return err
	}
	if strings.TrimSpace(w.Reason) == "" {
		return problem(NoReason, "say in a few words why", "a decision needs a reason")
	}
	return nil
}

func (w Word) named() error {
	if strings.TrimSpace(w.By) == "" {
		return problem(NoName, "give your name or initials in the settings", "a decision needs a name")
	}
	return nil
}

// Made is what an act recorded.
type Made struct {
	Entries    []Entry
	CopiesLeft int      // copies of the files that were not decided on: see [Word.Copies]
	Notes      []string // what the person should know beside
	Stands     bool     // matches and incidents stand: nothing in it bears on them
}

// Entry is what was recorded in one entry of the ledger.
type Entry struct {
	Seq      int64
	By       string
	Text     string           // a sentence without a full stop; names in it stand as they are on disk
	Decision *verify.Decision // nil where it is none
}

// Desk is a case that a person decides on, as it stood when it was opened or
// last read.
type Desk struct {
	file      *casefile.File
	incidents []verify.Incident
	decisions []verify.Decision
	clusters  []verify.Cluster
	records   []assess.Record // what people wrote of incidents, and those of their own
}

// Open reads what decisions are made on. To explain is enough that the case is
// open for reading.
func Open(ctx context.Context, file *casefile.File) (*Desk, error) {
	d := &Desk{file: file}
	return d, d.Read(ctx)
}

// Read reads the case again, as it is after a [Regroup].
func (d *Desk) Read(ctx context.Context) (err error) {
	if d.incidents, err = Decided(ctx, d.file); err != nil {
		return err
	}
	if d.decisions, err = d.file.Decisions(ctx); err != nil {
		return fmt.Errorf("read the decisions of the case: %w", err)
	}
	if d.clusters, err = d.file.Clusters(ctx); err != nil {
		return fmt.Errorf("read the clusters of the case: %w", err)
	}
	if d.records, err = d.file.Records(ctx); err != nil {
		return err
	}
	return nil
}

// Regroup makes matches, clusters and incidents anew: they are always what one
// run gave under the decisions of its time. Of the options, workers, build and
// progress count.
func Regroup(ctx context.Context, file *casefile.File, opt ingest.Options) error {
	if err := ingest.Again(ctx, file, opt, new(ingest.Summary)); err != nil {
		return problem(NotRegrouped, "the next scan does so", "the decision is recorded, and the incidents are not made anew: %w", err)
	}
	return nil
}

// record writes decisions unless one contradicts an earlier one that is not to
// give way.
func (d *Desk) record(ctx context.Context, w Word, proposed []verify.Decision) (Made, error) {
	if err := w.Check(); err != nil {
		return Made{}, err
	}
	for i := range proposed {
		proposed[i].Reason, proposed[i].By = w.Reason, strings.TrimSpace(w.By)
	}
	if err := d.reconcile(w, proposed); err != nil {
		return Made{}, err
	}
	recorded, err := d.file.DecideAll(ctx, proposed...)
	var m Made
	d.decisions = append(slices.Clip(d.decisions), recorded...)
	for i, r := range recorded {
		m.Entries = append(m.Entries, Entry{Seq: r.Seq, By: r.By, Text: Tell(r, d.paths(ctx), d.decisions), Decision: &recorded[i]})
	}
	if err != nil {
		return m, fmt.Errorf("record the decision: %w", err)
	}
	return m, nil
}

// reconcile marks the decisions that are to prevail over earlier ones, and
// refuses those that contradict one and are not.
func (d *Desk) reconcile(w Word, proposed []verify.Decision) error {
	all := slices.Clone(d.decisions)
	for i := range proposed {
		made := proposed[i]
		made.Seq, made.Rank = verify.Next(all)
		was, clash := contradicted(append(slices.Clip(all), made))
		if clash && w.NewerWins {
			made.NewerWins, proposed[i].NewerWins = true, true
			was, clash = contradicted(append(slices.Clip(all), made))
		}
		if clash {
			return w.contradiction(was)
		}
		all = append(all, made)
	}
	return nil
}

func (w Word) contradiction(was verify.Decision) error {
	kind, hint := Contradicts, "take that one back first, or let the newer one prevail"
	if w.NewerWins {
		kind, hint = Prevails, "take that one back first"
	}
	return problem(kind, hint, "that contradicts entry %d of the ledger: %s by %s, %q", was.Seq, was.Kind, was.By, was.Reason).at(was.Seq)
}

// contradicted is the decision to which the last one would give way.
func contradicted(decisions []verify.Decision) (verify.Decision, bool) {
	for _, c := range incident.Conflicts(decisions) {
		if c.GivesWay.Seq == decisions[len(decisions)-1].Seq {
			return c.Holds, true
		}
	}
	return verify.Decision{}, false
}
