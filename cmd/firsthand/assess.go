package main

import (
	"context"
	"crypto/ed25519"
	"errors"
	"fmt"
	"os"
	"strings"

	"github.com/firsthand-media/firsthand/verify"
	"github.com/firsthand-media/firsthand/verify/assess"
	"github.com/firsthand-media/firsthand/verify/casefile"
	"github.com/firsthand-media/firsthand/verify/custody"
	"github.com/firsthand-media/firsthand/verify/desk"
	"github.com/spf13/cobra"
)

const assessHelp = `Records what a person finds when verifying a file: answers of the checklist, the
grade of each claim (where, when, what, who, integrity) with its bases, and a
conclusion. Everything is appended to the ledger with the name and key of the
person; the latest stands, and an entry can be taken back.

    firsthand assess channel/photo_1.jpg --case my-case --by Ada
    firsthand assess channel/photo_1.jpg --step E2 --answer pass --note "the
        water tower, the bend of the road, three chimneys" \
        --evidence sat_image_date=2024-04-02 --case my-case --by Ada
    firsthand assess channel/photo_1.jpg --claim where=confirmed \
        --value where=48.0159,37.8028 --basis "where=satellite picture" \
        --basis "where=two other videos" --case my-case --by Ada
    firsthand assess channel/photo_1.jpg --conclude verified --done --by Ada --case my-case
    firsthand assess channel/photo_1.jpg --blind --from sheet.csv --done --by Bo --case my-case
    firsthand assess review --case my-case

Without a FILE it lists the reviews of the case; with a FILE and nothing else it
shows the sheet, the questions that are open, and what the program knows beside
them. The program answers nothing by itself.

Second review: --blind is for another person, with another signing key. Until
both sheets are handed in (--done), nobody but its writer is shown a sheet, here
or in any other listing or report (the case folder itself is not encrypted).
Where the two disagree, a third person decides with --adjudicate. "verified"
needs where, when, who and integrity at least probable, no claim contradicted,
and a double review that agrees or was adjudicated.

--graphic (0 none, 1 and 2 moderate, 3 severe) is shown to everybody at once, and
holds for every copy of the file.

--from takes sheets as JSON, an object or a list of them: item (path or SHA-256),
answers [{step, answer, note, evidence, minutes}], claims [{claim, grade, value,
basis}], conclusion, limits, marks, handed_in; or as CSV with the columns item,
step, answer, note, evidence, minutes, claim, grade, value, basis, conclusion,
limits, graphic_level, handed_in, a row for each answer or claim.

Exit status: 0 done, 1 could not be done, 2 wrong usage.`

func newAssessCommand(g *globalOptions) *cobra.Command {
	var o assessOptions
	cmd := &cobra.Command{
		Use:   "assess [FILE...] --case CASE",
		Short: "the verification checklist: answers, claims, conclusions, second review",
		Long:  assessHelp,
		Args:  cobra.ArbitraryArgs,
		RunE: func(cmd *cobra.Command, args []string) error {
			if o.says(cmd.Flags()) {
				return g.writeAssessment(cmd.Context(), args, &o)
			}
			return g.showAssessments(cmd.Context(), args, &o)
		},
	}
	g.caseFlag(cmd)
	g.jsonFlag(cmd)
	cmd.Flags().String("by", "", "your name")
	o.flags(cmd.Flags())
	cmd.AddCommand(newAssessReviewCommand(g), newAssessStepsCommand(g), newAssessSheetCommand(g))
	return cmd
}

// reviewer is who works with the case, as the ledger would name them; nobody
// where no name is given.
func (g *globalOptions) reviewer(file *casefile.File) (assess.Reviewer, error) {
	return reviewerNamed(file, g.settings.string("by"))
}

// reviewerNamed is a name with the key of this person; nobody has no name.
func reviewerNamed(file *casefile.File, name string) (assess.Reviewer, error) {
	if name = strings.TrimSpace(name); name == "" {
		return assess.Reviewer{}, nil
	}
	key, err := userKey()
	if err != nil {
		return assess.Reviewer{}, err
	}
	public, ok := key.Public().(ed25519.PublicKey)
	if !ok {
		return assess.Reviewer{}, fmt.Errorf("the signing key is %T, not Ed25519", key.Public())
	}
	verifier, err := custody.NewVerifier(custody.Origin(file.Info().ID), public)
	if err != nil {
		return assess.Reviewer{}, fmt.Errorf("read the signing key: %w", err)
	}
	return assess.Reviewer{Name: name, Key: custody.KeyID(verifier)}, nil
}

// writeAssessment records what the flags and the file of sheets say.
func (g *globalOptions) writeAssessment(ctx context.Context, names []string, o *assessOptions) error {
	by := strings.TrimSpace(g.settings.string("by"))
	if by == "" {
		return withHint(usagef("an assessment needs a name"), "add --by NAME, or set by: in firsthand.yaml")
	}
	file, err := g.writeCase()
	if err != nil {
		return err
	}
	defer file.Close()
	acts, err := g.acts(ctx, file, names, o)
	if err != nil {
		return err
	}
	made, err := desk.Assess(ctx, file, by, acts...)
	if err != nil {
		return g.explainAssess(err)
	}
	if g.jsonOut {
		return g.listAssessed(ctx, file, itemsOf(made))
	}
	for _, a := range made {
		g.term.printf("%s: recorded (entry %d of the ledger, by %s)\n", shown(g.pathOf(ctx, file, a.Item)), a.Seq, shown(a.By))
	}
	return nil
}

func itemsOf(acts []assess.Act) []verify.Digest {
	var out []verify.Digest
	for _, a := range acts {
		out = append(out, a.Item)
	}
	return desk.Once(out)
}

// pathOf names an item for people.
func (g *globalOptions) pathOf(ctx context.Context, file *casefile.File, d verify.Digest) string {
	it, err := file.Item(ctx, d)
	if err != nil || it.Path() == "" {
		return string(d)
	}
	return it.Path()
}

// explainAssess says in the words of the command line what to do about a
// refusal.
func (g *globalOptions) explainAssess(err error) error {
	var p *desk.Error
	if errors.As(err, &p) {
		switch p.Kind {
		case desk.SamePerson:
			return withHint(err, "each person works under an account of their own on the computer, or with XDG_CONFIG_HOME set to a folder of their own, and gives their name with --by")
		case desk.NotVerified:
			return withHint(err, "grade the claims with --claim and --basis, or conclude partly_verified or not_verifiable, which is an honest result")
		}
	}
	return g.told(err)
}

// acts makes the acts of the flags, one for each file, and those of the file
// of sheets.
func (g *globalOptions) acts(ctx context.Context, file *casefile.File, names []string, o *assessOptions) ([]assess.Act, error) {
	act, err := o.act()
	if err != nil {
		return nil, err
	}
	var acts []assess.Act
	if o.from != "" {
		if acts, err = g.sheets(ctx, file, names, o); err != nil {
			return nil, err
		}
	}
	if len(names) == 0 && len(acts) == 0 {
		return nil, usagef("name the file that is assessed")
	}
	if o.from == "" || o.beside() {
		if len(names) == 0 { // what flags say beside a file of sheets holds for each of them
			names = digests(acts)
		}
		for _, name := range names {
			item, err := g.item(ctx, file, name)
			if err != nil {
				return nil, err
			}
			act.Item = item
			acts = append(acts, act)
		}
	}
	return acts, nil
}

// digests names the items of acts.
func digests(acts []assess.Act) []string {
	var out []string
	for _, a := range acts {
		out = append(out, string(a.Item))
	}
	return out
}

// sheets reads the file of sheets.
func (g *globalOptions) sheets(ctx context.Context, file *casefile.File, names []string, o *assessOptions) ([]assess.Act, error) {
	filled, err := readSheets(o.from)
	if err != nil {
		return nil, err
	}
	var acts []assess.Act
	at := map[verify.Digest]int{}
	for i, f := range filled {
		if f.Item == "" && len(names) != 1 {
			return nil, fmt.Errorf("sheet %d of %s does not name its item: give one FILE for it", i+1, o.from)
		}
		if f.Item == "" {
			f.Item = names[0]
		}
		item, err := g.item(ctx, file, f.Item)
		if err != nil {
			return nil, err
		}
		if n, ok := at[item]; ok {
			return nil, fmt.Errorf("sheets %d and %d of %s are of the same bytes, %s", n, i+1, o.from, f.Item)
		}
		at[item] = i + 1
		act := f.Act()
		act.Item, act.Round = item, o.round()
		acts = append(acts, act)
	}
	return acts, nil
}

func readSheets(path string) ([]assess.Filled, error) {
	info, err := os.Stat(path)
	if err != nil {
		return nil, fmt.Errorf("read the sheet: %w", err)
	}
	if info.Size() > assess.MaxSheetFile {
		return nil, fmt.Errorf("read the sheet %s: it is longer than %d bytes", path, assess.MaxSheetFile)
	}
	data, err := os.ReadFile(path)
	if err != nil {
		return nil, fmt.Errorf("read the sheet: %w", err)
	}
	filled, err := assess.ParseSheets(data)
	if err != nil {
		return nil, fmt.Errorf("read the sheet %s: %w", path, err)
	}
	return filled, nil
}
