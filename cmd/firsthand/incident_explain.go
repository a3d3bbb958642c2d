package main

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/firsthand-media/firsthand/verify"
	"github.com/firsthand-media/firsthand/verify/desk"
	"github.com/firsthand-media/firsthand/verify/incident"
	"github.com/firsthand-media/firsthand/verify/ingest"
	"github.com/spf13/cobra"
)

func newExplainCommand(g *globalOptions) *cobra.Command {
	cmd := &cobra.Command{
		Use:   "explain ID [ITEM] --case CASE",
		Short: "say why an incident is one, or why a file is in it or not",
		Long: `Says what speaks for a file being in an incident and what against, in bits and
in words: the signed table of evidence and its sum, the incident that it would
fit best instead, and the decisions that bear on it. The file need not be a
member. Without a file it says how well each member fits the others, which fits
least, what might belong to it, and how close another incident comes.

    firsthand incident explain I-3fa21c --case my-case
    firsthand incident explain I-3fa21c channel/photo_7.jpg --case my-case

One bit more makes it twice as likely that it is one event.

Exit status: 0 done, 1 could not be done, 2 wrong usage.`,
		Args: cobra.RangeArgs(1, 2),
		RunE: func(cmd *cobra.Command, args []string) error {
			return g.explainIncident(cmd.Context(), args[0], args[1:])
		},
	}
	g.caseFlag(cmd)
	g.jsonFlag(cmd)
	return cmd
}

func (g *globalOptions) explainIncident(ctx context.Context, id string, names []string) error {
	file, err := g.readCase()
	if err != nil {
		return err
	}
	defer file.Close()
	d, err := desk.Open(ctx, file)
	if err != nil {
		return err
	}
	inc, err := d.Incident(id)
	if err != nil {
		return g.told(err)
	}
	items, err := d.Items(ctx, names)
	if err != nil {
		return g.told(err)
	}
	var item verify.Digest
	if len(items) > 0 {
		item = items[0]
	}
	x, err := ingest.Explain(ctx, file, inc.ID, item)
	if errors.Is(err, incident.ErrUnknown) {
		return fmt.Errorf("%s is no photo or video: nothing is weighed of it", strings.Join(names, " "))
	}
	if err != nil {
		return err
	}
	known, err := g.knownIndex(ctx, file)
	if err != nil {
		return err
	}
	near := known.Near(inc)
	if g.jsonOut {
		return g.term.json(explanationLine{x, near})
	}
	g.printExplanation(x)
	g.printKnown(near)
	return nil
}

// explanationLine is an explanation with what others have documented near there
// on that day, which bears on none of it.
type explanationLine struct {
	incident.Explanation
	Known []verify.KnownNear `json:"known"`
}

// role in words, of "the file ... of the incident".
var roleWords = map[string]string{
	string(verify.Original): "is counted in", string(verify.Copy): "is counted, as a copy, in",
	string(verify.Recycled): "is shown as recycled, and not counted, in", string(verify.Context): "is shown for context, and not counted, in",
	verify.AlsoIn: "is shown beside its own incident in", "possible": "might belong to", "excluded": "is kept out of every incident, so also of", "none": "is not in",
}

func (g *globalOptions) printExplanation(x incident.Explanation) {
	t := g.term
	if x.Item != "" {
		t.printf("%s %s %s (%s)\n", shown(string(x.Item)), roleWords[x.Is], x.Incident, x.Status)
	} else {
		t.printf("%s is %s; the strongest evidence:\n", x.Incident, x.Status)
	}
	for _, r := range x.Evidence {
		t.printf("  %+6.1f  %s\n", r.Weight, shown(r.Message))
	}
	if x.Bits != nil {
		t.printf("  %+6.1f  in all; files are joined above %+.1f\n", *x.Bits, x.Threshold)
	}
	if len(x.Members) > 0 {
		t.printf("members, and by how much each fits the others:\n")
	}
	for _, m := range x.Members {
		t.printf("%s\n", memberFit(m))
	}
	if x.Weakest != nil {
		t.printf("weakest member: %s\n", shown(x.Weakest.Message))
	}
	if r := x.Rival; r != nil {
		t.printf("best rival: %s\n", shown(rivalWords(*r)))
	}
	for _, m := range x.Possible {
		t.printf("possible: %s%s\n", shown(m.Path), why(m))
	}
	for _, d := range x.Decisions {
		t.printf("decided: entry %d, %s by %s: %s\n", d.Entry, d.Kind, shown(d.By), shown(string(d.Reason)))
	}
}

func memberFit(m incident.Fit) string {
	bits := "alone "
	if m.Bits != nil {
		bits = fmt.Sprintf("%+6.1f", *m.Bits)
	}
	fixed := ""
	if m.Fixed {
		fixed = "  (by decision)"
	}
	return fmt.Sprintf("  %s  %s%s", bits, shown(string(m.Path)), fixed)
}

func rivalWords(r incident.Rival) string {
	if r.Less < 0 {
		return fmt.Sprintf("%s fits %s by %.1f bits more (%+.1f)", r.Item, r.Incident, -r.Less, r.Bits)
	}
	return fmt.Sprintf("%s fits %s by %.1f bits less (%+.1f)", r.Item, r.Incident, r.Less, r.Bits)
}

func why(m verify.Member) string {
	if len(m.Reasons) == 0 {
		return ""
	}
	return fmt.Sprintf(": %s (%+.1f)", shown(m.Reasons[0].Message), m.Reasons[0].Weight)
}
