package main

import (
	"context"
	"fmt"
	"time"

	"github.com/firsthand-media/firsthand/verify/casefile"
	"github.com/firsthand-media/firsthand/verify/custody"
	"github.com/spf13/cobra"
)

// verifying are the flags of firsthand custody verify.
type verifying struct {
	media      bool
	checkpoint string
}

func newVerifyCommand(g *globalOptions) *cobra.Command {
	var o verifying
	cmd := &cobra.Command{
		Use:   "verify --case CASE",
		Short: "check the record from the start: every entry, signature and row",
		Long: `Hashes every entry again, builds the tree anew, checks every checkpoint,
countersignature and timestamp, and compares every row of the case with the
entry that wrote it. Nothing stored is trusted, and nothing is written.

    firsthand custody verify --case my-case
    firsthand custody verify --case my-case --media
    firsthand custody verify --case my-case --checkpoint kept/checkpoint

--media also reads every original, and every copy in the case (scan --collect),
and compares its SHA-256. An original that is gone is no fault where its copy is
whole; one that was changed, and a copy that was, always are. --checkpoint compares
with a checkpoint that was kept elsewhere: it shows an end that was cut off
together with its checkpoints, and a ledger that was written anew.

Each fault is one line; what is listed first is what was found first in the
ledger, and what hangs from it may follow.

Exit status: 0 the record is whole, 1 could not be done, 2 wrong usage, 3 it is
not.`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error { return g.verifyCustody(cmd.Context(), o) },
	}
	g.caseFlag(cmd)
	g.jsonFlag(cmd)
	cmd.Flags().BoolVar(&o.media, "media", false, "read every original and every copy in the case, and compare their SHA-256")
	cmd.Flags().StringVar(&o.checkpoint, "checkpoint", "", "compare with a checkpoint that was kept elsewhere (a file, or the folder it was written to)")
	return cmd
}

// The lines of firsthand custody verify --json.
type (
	faultLine struct {
		Line  string `json:"line"`  // "fault"
		Entry *int64 `json:"entry"` // null where no entry is concerned
		What  string `json:"what"`
		Want  string `json:"want"`
		Got   string `json:"got"`
	}
	witnessLine struct {
		Line       string     `json:"line"` // "witness"
		Entry      int64      `json:"entry"`
		Kind       string     `json:"kind"`
		Checkpoint int64      `json:"checkpoint"` // entries that it covers
		By         string     `json:"by"`
		Trusted    bool       `json:"trusted"`
		At         *time.Time `json:"at"`
	}
	summaryLine struct {
		Line        string  `json:"line"` // "summary"
		Whole       bool    `json:"whole"`
		Faults      int     `json:"faults"`
		Entries     int64   `json:"entries"`
		Root        string  `json:"root"`
		Checkpoints int     `json:"checkpoints"`
		Signed      int64   `json:"signed"` // entries covered by the last checkpoint
		Code        string  `json:"code"`   // of the last checkpoint
		Erased      int     `json:"erased"` // texts
		ClockBack   []int64 `json:"clock_back"`
		Annexes     int     `json:"annexes"`     // ledgers of cases that were joined
		Originals   *int    `json:"originals"`   // read with --media
		Elsewhere   *int    `json:"elsewhere"`   // originals on another machine
		Collected   *int    `json:"collected"`   // copies in the case that are whole
		FromCopies  *int    `json:"from_copies"` // originals that are gone and have one
	}
)

func (g *globalOptions) verifyCustody(ctx context.Context, o verifying) error {
	var kept *custody.Checkpoint
	if o.checkpoint != "" {
		c, err := readCheckpoint(o.checkpoint)
		if err != nil {
			return err
		}
		kept = &c
	}
	file, err := g.readCase()
	if err != nil {
		return err
	}
	defer file.Close()
	var found custody.Faults
	report, err := file.VerifyCustody(ctx)
	if err := found.AddError(err); err != nil {
		return err
	}
	if kept != nil {
		if err := found.AddError(file.CheckKept(ctx, *kept)); err != nil {
			return err
		}
	}
	sum := summaryLine{Line: "summary", Entries: report.Size, Root: report.Root.String(), Checkpoints: report.Checkpoints,
		Signed: report.Signed, Erased: report.Erased, Annexes: report.Annexes, ClockBack: append([]int64{}, report.ClockBack...)}
	if o.media {
		n, err := g.verifyOriginals(ctx, file, &found)
		if err != nil {
			return err
		}
		sum.Originals, sum.Elsewhere, sum.Collected, sum.FromCopies = &n.read, &n.elsewhere, &n.collected, &n.stands
	}
	sum.Faults, sum.Whole = found.Count(), found.Count() == 0
	if sum.Code, err = lastCode(ctx, file); found.AddError(err) != nil {
		return err
	}
	if g.jsonOut {
		err = g.custodyLines(&found, report.Witnesses, sum)
	} else {
		g.printCustody(&found, report.Witnesses, sum)
	}
	if err != nil {
		return err
	}
	return found.Err()
}

// lastCode is the short code of the last checkpoint.
func lastCode(ctx context.Context, file *casefile.File) (string, error) {
	list, err := file.Checkpoints(ctx)
	if err != nil || len(list) == 0 {
		return "", err
	}
	return list[len(list)-1].Code(), nil
}

func (g *globalOptions) custodyLines(found *custody.Faults, witnesses []casefile.Witness, sum summaryLine) error {
	for _, b := range found.List {
		l := faultLine{Line: "fault", What: b.What, Want: b.Want, Got: b.Got}
		if b.Seq >= 0 {
			l.Entry = &b.Seq
		}
		if err := g.term.json(l); err != nil {
			return err
		}
	}
	for _, w := range witnesses {
		l := witnessLine{Line: "witness", Entry: w.Seq, Kind: w.Kind, Checkpoint: w.Size, By: w.By, Trusted: w.Known}
		if !w.At.IsZero() {
			l.At = &w.At
		}
		if err := g.term.json(l); err != nil {
			return err
		}
	}
	return g.term.json(sum)
}

func (g *globalOptions) printCustody(found *custody.Faults, witnesses []casefile.Witness, sum summaryLine) {
	for _, b := range found.List {
		g.term.printf("%s\n", shown(b.Error()))
	}
	if found.More > 0 {
		g.term.printf("and %d more\n", found.More)
	}
	for _, w := range witnesses {
		g.term.printf("%s\n", shown(witnessText(w)))
	}
	if !sum.Whole {
		return
	}
	g.term.printf("the ledger is whole: %d entries, %d checkpoints, root %s\n", sum.Entries, sum.Checkpoints, sum.Root)
	if sum.Originals != nil {
		g.term.printf("%d originals are as they were read\n", *sum.Originals-*sum.FromCopies)
	}
	if sum.Collected != nil && *sum.Collected > 0 {
		g.term.printf("%d copies in the case are whole\n", *sum.Collected)
	}
	if sum.FromCopies != nil && *sum.FromCopies > 0 {
		g.term.printf("%d originals are not where they were read; their copies in the case are whole\n", *sum.FromCopies)
	}
	if sum.Elsewhere != nil && *sum.Elsewhere > 0 {
		g.term.printf("%d originals are on another machine: scan their folder here, under the same name, to compare them\n", *sum.Elsewhere)
	}
	if sum.Annexes > 0 {
		g.term.printf("so are the ledgers of %d cases that were joined\n", sum.Annexes)
	}
	if sum.Erased > 0 {
		g.term.printf("%d texts were erased, as the ledger says\n", sum.Erased)
	}
	if n := len(sum.ClockBack); n > 0 {
		g.term.printf("the clock of the machine went back %d times, first before entry %d\n", n, sum.ClockBack[0])
	}
	g.term.printf("to read over a phone, for the checkpoint at %d entries: %s\n", sum.Signed, sum.Code)
}

func witnessText(w casefile.Witness) string {
	at := "at a time that is not known"
	if !w.At.IsZero() {
		at = w.At.Format("2006-01-02 15:04:05 UTC")
	}
	trusted := ""
	switch {
	case w.Known:
	case w.Kind == casefile.Timestamped:
		trusted = "; nobody here trusts a certificate that vouches for it"
	default:
		trusted = "; nobody here trusts this key, so that its signature is not checked"
	}
	return fmt.Sprintf("%s of the checkpoint at %d entries by %s, %s (entry %d)%s", w.Kind, w.Size, w.By, at, w.Seq, trusted)
}
