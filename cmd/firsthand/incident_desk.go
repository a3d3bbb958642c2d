package main

import (
	"context"
	"errors"
	"fmt"
	"runtime"

	"github.com/firsthand-media/firsthand/verify"
	"github.com/firsthand-media/firsthand/verify/casefile"
	"github.com/firsthand-media/firsthand/verify/desk"
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

// decide opens the case, has the decision made and the incidents made anew, and
// tells what was recorded.
func (g *globalOptions) decide(ctx context.Context, o deciding, act func(*desk.Desk, desk.Word) (desk.Made, error)) error {
	w := desk.Word{By: g.settings.string("by"), Reason: o.reason, NewerWins: o.newerWins, Copies: o.copies}
	if err := w.Check(); err != nil {
		return g.told(err)
	}
	file, err := g.writeCase()
	if err != nil {
		return err
	}
	defer file.Close()
	d, err := desk.Open(ctx, file)
	if err != nil {
		return err
	}
	made, err := act(d, w)
	if err != nil {
		return g.told(err)
	}
	g.noteMade(made)
	if !made.Stands {
		bars := g.newProgress()
		err = desk.Regroup(ctx, file, ingest.Options{Workers: runtime.GOMAXPROCS(0), Build: toolVersion(), Progress: bars.show})
		bars.done()
		if err != nil {
			return g.told(err)
		}
	}
	if g.jsonOut {
		return g.listMade(ctx, d, made)
	}
	for _, m := range made.Entries {
		g.term.printf("%s (entry %d of the ledger, by %s)\n", shown(m.Text), m.Seq, shown(m.By))
	}
	return nil
}

func (g *globalOptions) noteMade(made desk.Made) {
	for _, n := range made.Notes {
		g.term.note("%s", n)
	}
	if made.CopiesLeft > 0 {
		g.term.note("copies that stay as they are: %d; --copies takes them along", made.CopiesLeft)
	}
}

// listMade writes what was decided as JSON: an incident that was confirmed or
// rejected as it is now, any other decision as firsthand incident decisions
// lists it.
func (g *globalOptions) listMade(ctx context.Context, d *desk.Desk, made desk.Made) error {
	if err := d.Read(ctx); err != nil {
		return err
	}
	for _, m := range made.Entries {
		var line any = newDecisionLine(*m.Decision, true)
		if m.Decision.Kind == verify.Confirm || m.Decision.Kind == verify.Reject {
			if inc, err := d.Incident(m.Decision.Incident); err == nil {
				line = inc
			}
		}
		if err := g.term.json(line); err != nil {
			return err
		}
	}
	return nil
}

// item finds a file by its path or digest.
func (g *globalOptions) item(ctx context.Context, file *casefile.File, name string) (verify.Digest, error) {
	d, err := desk.Named(ctx, file, name)
	return d, g.told(err)
}

// told says in the words of the command line what to do about a problem.
func (g *globalOptions) told(err error) error {
	var p *desk.Error
	if !errors.As(err, &p) {
		return err
	}
	switch p.Kind {
	case desk.Unclear, desk.NoReason:
		if p.Hint != "" {
			return withHint(usageError{err}, "%s", p.Hint)
		}
		return usageError{err}
	case desk.NoName:
		return withHint(usageError{err}, "add --by NAME, or set by: in firsthand.yaml")
	}
	if hint := g.hint(p); hint != "" {
		return withHint(err, "%s", hint)
	}
	return err
}

func (g *globalOptions) hint(p *desk.Error) string {
	switch p.Kind {
	case desk.UnknownItem:
		return fmt.Sprintf("firsthand items --case %s lists their paths", g.caseDir)
	case desk.UnknownIncident:
		return fmt.Sprintf("firsthand incidents --case %s lists them", g.caseDir)
	case desk.UnknownEntry:
		return fmt.Sprintf("firsthand incident decisions --case %s lists them", g.caseDir)
	case desk.MadeByHand:
		return fmt.Sprintf("firsthand incident record %s --set status=confirmed", p.Incident)
	case desk.Contradicts:
		return fmt.Sprintf("take that one back with firsthand incident take-back %d, or add --newer-wins", p.Entry)
	case desk.Prevails:
		return fmt.Sprintf("take that one back first, with firsthand incident take-back %d", p.Entry)
	case desk.MemberAlready:
		return "firsthand incident pin keeps it there"
	case desk.NoMember:
		return fmt.Sprintf("firsthand incident explain %s --case %s lists them", p.Incident, g.caseDir)
	case desk.NothingLeft:
		return "reject it, or remove --all to keep the files out of every incident"
	case desk.CountedNowhere:
		return fmt.Sprintf("firsthand incident add puts it into %s", p.Incident)
	case desk.NotRegrouped:
		return "the next scan does so"
	}
	return p.Hint
}
