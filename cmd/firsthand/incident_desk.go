package main

import (
	"context"
	"errors"
	"fmt"
	"runtime"
	"slices"
	"strings"

	"github.com/firsthand-media/firsthand/verify"
	"github.com/firsthand-media/firsthand/verify/assess"
	"github.com/firsthand-media/firsthand/verify/casefile"
	"github.com/firsthand-media/firsthand/verify/incident"
	"github.com/firsthand-media/firsthand/verify/ingest"
	"github.com/spf13/cobra"
)

// deciding are the flags of a decision.
type deciding struct {
	reason    string
	newerWins bool
	copies    bool
}

// decisionFlags are those of every decision.
func (g *globalOptions) decisionFlags(cmd *cobra.Command, o *deciding) {
	g.caseFlag(cmd)
	g.jsonFlag(cmd)
	cmd.Flags().StringVar(&o.reason, "reason", "", "why; it stands in the ledger with your name")
	cmd.Flags().String("by", "", "your name")
	_ = cmd.MarkFlagRequired("reason")
}

// itemFlags are those of decisions that may contradict earlier ones.
func (o *deciding) itemFlags(cmd *cobra.Command) {
	cmd.Flags().BoolVar(&o.newerWins, "newer-wins", false, "prevail over the earlier decisions that this one contradicts")
}

// copiesFlag is that of decisions on members.
func (o *deciding) copiesFlag(cmd *cobra.Command) {
	cmd.Flags().BoolVar(&o.copies, "copies", false, "the same for every copy of the files")
}

// decider is who decides, who must give a reason.
func (g *globalOptions) decider(reason string) (by string, err error) {
	if by = strings.TrimSpace(g.settings.string("by")); by == "" {
		return "", withHint(usagef("a decision needs a name"), "add --by NAME, or set by: in firsthand.yaml")
	}
	if strings.TrimSpace(reason) == "" {
		return "", usagef("a decision needs a reason")
	}
	return by, nil
}

// desk is a case that a person decides on.
type desk struct {
	g *globalOptions
	deciding
	by        string
	file      *casefile.File
	incidents []verify.Incident
	decisions []verify.Decision
	clusters  []verify.Cluster
	records   []assess.Record // what people wrote of incidents, and those of their own
}

// atDesk opens the case, lets the command say what is decided and how that is
// told, records it, and makes the incidents anew.
func (g *globalOptions) atDesk(ctx context.Context, o deciding, decide func(*desk) ([]verify.Decision, error), tell func(verify.Decision) string) error {
	by, err := g.decider(o.reason)
	if err != nil {
		return err
	}
	file, err := g.writeCase()
	if err != nil {
		return err
	}
	defer file.Close()
	d := &desk{g: g, deciding: o, by: by, file: file}
	if err := d.read(ctx); err != nil {
		return err
	}
	proposed, err := decide(d)
	if err != nil {
		return err
	}
	made, err := d.record(ctx, proposed)
	if err != nil {
		return err
	}
	if err := d.apply(ctx); err != nil {
		return err
	}
	if g.jsonOut {
		return d.list(ctx, made)
	}
	for _, m := range made {
		g.term.printf("%s (entry %d of the ledger, by %s)\n", tell(m), m.Seq, shown(m.By))
	}
	return nil
}

// list writes what was decided as JSON: an incident that was confirmed or
// rejected as it is now, any other decision as firsthand incident decisions
// lists it.
func (d *desk) list(ctx context.Context, made []verify.Decision) error {
	if err := d.read(ctx); err != nil {
		return err
	}
	for _, m := range made {
		var line any = newDecisionLine(m, true)
		if inc := find(d.incidents, m.Incident); inc != nil && (m.Kind == verify.Confirm || m.Kind == verify.Reject) {
			line = inc
		}
		if err := d.g.term.json(line); err != nil {
			return err
		}
	}
	return nil
}

func (d *desk) read(ctx context.Context) (err error) {
	if d.incidents, err = decidedIncidents(ctx, d.file); err != nil {
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

// record writes decisions unless one contradicts an earlier one that is not to
// give way.
func (d *desk) record(ctx context.Context, proposed []verify.Decision) ([]verify.Decision, error) {
	for i := range proposed {
		proposed[i].Reason, proposed[i].By = d.reason, d.by
	}
	if err := d.reconcile(proposed); err != nil {
		return nil, err
	}
	for i := range proposed {
		var err error
		if proposed[i], err = d.file.Decide(ctx, proposed[i]); err != nil {
			return nil, fmt.Errorf("record the decision: %w", err)
		}
	}
	return proposed, nil
}

// reconcile marks the decisions that are to prevail over earlier ones, and
// refuses those that contradict one and are not.
func (d *desk) reconcile(proposed []verify.Decision) error {
	all := slices.Clone(d.decisions)
	for i := range proposed {
		made := proposed[i]
		made.Seq, made.Rank = verify.Next(all)
		was, clash := contradicted(append(slices.Clip(all), made))
		if clash && d.newerWins {
			made.NewerWins, proposed[i].NewerWins = true, true
			was, clash = contradicted(append(slices.Clip(all), made))
		}
		if clash {
			hint := "take that one back with firsthand incident take-back %d, or add --newer-wins"
			if d.newerWins {
				hint = "take that one back first, with firsthand incident take-back %d"
			}
			return withHint(fmt.Errorf("that contradicts entry %d of the ledger: %s by %s, %q", was.Seq, was.Kind, was.By, was.Reason), hint, was.Seq)
		}
		all = append(all, made)
	}
	return nil
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

// apply makes matches, clusters and incidents anew: they are always what one
// run gave under the decisions of its time.
func (d *desk) apply(ctx context.Context) error {
	bars := newProgress(d.g.term)
	defer bars.done()
	opt := ingest.Options{Workers: runtime.GOMAXPROCS(0), Build: toolVersion(), Progress: bars.show}
	if err := ingest.Again(ctx, d.file, opt, new(ingest.Summary)); err != nil {
		return withHint(fmt.Errorf("the decision is recorded, and the incidents are not made anew: %w", err), "the next scan does so")
	}
	return nil
}

// incident finds an incident by its name.
func (d *desk) incident(id string) (*verify.Incident, error) {
	if inc := find(d.incidents, id); inc != nil {
		return inc, nil
	}
	if slices.ContainsFunc(d.records, func(r assess.Record) bool { return strings.EqualFold(r.Incident, id) }) {
		return nil, withHint(fmt.Errorf("%s was made by hand or imported: it is decided on in its record", id), "firsthand incident record %s --set status=confirmed", id)
	}
	return nil, withHint(fmt.Errorf("there is no incident %s in this case", id), "firsthand incidents --case %s lists them", d.g.caseDir)
}

func find(incidents []verify.Incident, id string) *verify.Incident {
	for i := range incidents {
		if strings.EqualFold(incidents[i].ID, id) {
			return &incidents[i]
		}
	}
	return nil
}

// item finds a file by its path or digest.
func (g *globalOptions) item(ctx context.Context, file *casefile.File, name string) (verify.Digest, error) {
	d, err := file.Named(ctx, name)
	if errors.Is(err, casefile.ErrUnknownItem) {
		return "", withHint(fmt.Errorf("there is no file %s in this case", name), "firsthand items --case %s lists their paths", g.caseDir)
	}
	return d, err
}

// items finds the files that a person names, each once.
func (d *desk) items(ctx context.Context, names []string) ([]verify.Digest, error) {
	var out []verify.Digest
	for _, name := range names {
		it, err := d.g.item(ctx, d.file, name)
		if err != nil {
			return nil, err
		}
		if !slices.Contains(out, it) {
			out = append(out, it)
		}
	}
	return out, nil
}

// withCopies adds the copies that are among some, or says how many stay.
func (d *desk) withCopies(items, among []verify.Digest) []verify.Digest {
	var more []verify.Digest
	for _, c := range d.clusters {
		if !slices.ContainsFunc(items, func(x verify.Digest) bool { return slices.Contains(c.Digests, x) }) {
			continue
		}
		for _, x := range c.Digests {
			if slices.Contains(among, x) && !slices.Contains(items, x) && !slices.Contains(more, x) {
				more = append(more, x)
			}
		}
	}
	if d.copies {
		return append(slices.Clip(items), more...)
	}
	if len(more) > 0 {
		d.g.term.note("copies that stay as they are: %d; --copies takes them along", len(more))
	}
	return items
}

// subjects are the members that count.
func subjects(inc *verify.Incident) []verify.Digest {
	var out []verify.Digest
	for i := range inc.Members {
		if m := &inc.Members[i]; m.Counts() && !slices.Contains(out, m.Digest) {
			out = append(out, m.Digest)
		}
	}
	return out
}

// among wants every item to be a member of the incident, whether it counts or
// is shown beside its own.
func (d *desk) among(inc *verify.Incident, items []verify.Digest, names []string) error {
	for i, it := range items {
		if !slices.ContainsFunc(inc.Members, func(m verify.Member) bool { return m.Digest == it && m.Role != verify.Recycled }) {
			return withHint(fmt.Errorf("%s is not a member of %s", names[min(i, len(names)-1)], inc.ID), "firsthand incident explain %s --case %s lists them", inc.ID, d.g.caseDir)
		}
	}
	return nil
}

// staying are the members that count without some, the one that stands for the
// incident first.
func (d *desk) staying(inc *verify.Incident, without []verify.Digest) []verify.Digest {
	anchor, ok := incident.Anchor(*inc, d.decisions, without)
	if !ok {
		return nil
	}
	out := []verify.Digest{anchor}
	for _, m := range subjects(inc) {
		if m != anchor && !slices.Contains(without, m) {
			out = append(out, m)
		}
	}
	return out
}

// homeOf is the incident that an item counts in, nil for none. A rejected
// candidate is none.
func (d *desk) homeOf(item verify.Digest) *verify.Incident {
	for i := range d.incidents {
		inc := &d.incidents[i]
		if inc.Status != verify.Rejected && slices.Contains(subjects(inc), item) {
			return inc
		}
	}
	return nil
}
