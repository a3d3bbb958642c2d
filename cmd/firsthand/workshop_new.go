package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"

	"github.com/firsthand-media/firsthand/verify/workshop"
	"github.com/spf13/cobra"
)

// packOptions are the flags of workshop new.
type packOptions struct {
	exercise, plan, out, passphraseFile string
}

func newWorkshopNewCommand(g *globalOptions) *cobra.Command {
	var o packOptions
	cmd := &cobra.Command{
		Use:   "new (--exercise NAME | --plan PLAN.json --case CASE) --out PACK.zip",
		Short: "make an exercise pack with a sealed answer key",
		Long: `Packs an exercise into one file: its media, tasks and hints, and the answer key,
sealed with a passphrase. Without --passphrase-file it makes a passphrase and
prints it once; write it down.

    firsthand workshop new --exercise copies --out copies.zip
    firsthand workshop new --plan plan.json --case my-copy --out mine.zip

The built-in exercises are copies (20 to 35 minutes), times and incidents (35
to 45 minutes each). A plan of your own begins with firsthand workshop draft.
What speaks of real people in it (positions, numbers of devices, names,
telephone numbers, captions) has to be cleared in the plan, each by a named
person with a reason, else nothing is packed; what is marked as graphic is
never packed.

Exit status: 0 done, 1 could not be done, 2 wrong usage.`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error { return g.packExercise(cmd.Context(), o) },
	}
	cmd.Flags().StringVar(&o.exercise, "exercise", "", "a built-in exercise: copies, times or incidents")
	cmd.Flags().StringVar(&o.plan, "plan", "", "a plan of your own, as firsthand workshop draft begins it")
	cmd.Flags().StringVar(&g.caseDir, "case", "", "the case folder that the files of the plan are in")
	cmd.Flags().StringVar(&o.out, "out", "", "the pack, a new file that ends in .zip")
	_ = cmd.MarkFlagRequired("out")
	passphraseFlag(cmd, &o.passphraseFile, "one is made")
	return cmd
}

func (g *globalOptions) packExercise(ctx context.Context, o packOptions) error {
	if (o.exercise == "") == (o.plan == "") {
		return usagef("name either a built-in exercise with --exercise or a plan with --plan")
	}
	if o.plan != "" && g.caseDir == "" || o.exercise != "" && g.caseDir != "" {
		return usagef("--plan goes with --case, and --exercise without")
	}
	if err := freeForFile(o.out, "the pack", ".zip"); err != nil {
		return err
	}
	passphrase, made, err := g.packPassphrase(o.passphraseFile)
	if err != nil {
		return err
	}
	var plan workshop.Plan
	var digest string
	if o.exercise != "" {
		if plan, _, err = builtinPlan(o.exercise); err == nil {
			digest, err = packBuiltin(ctx, o.exercise, passphrase, o.out)
		}
	} else {
		plan, digest, err = g.packPlan(ctx, o, passphrase)
	}
	if err != nil {
		return err
	}
	e := &plan.Exercise
	g.line("workshop.cli.packed", "path", o.out, "title", g.said("workshop.cli.exercise", "title", e.Title, "id", e.ID),
		"tasks", g.said("workshop.cli.tasks", "n", len(e.Tasks)), "files", g.said("workshop.cli.files", "n", len(e.Media)))
	g.line("workshop.cli.code", "code", workshop.Code(digest))
	if made {
		g.line("workshop.cli.passphrase", "passphrase", passphrase)
		g.term.note("%s", g.said("workshop.cli.passphrase-keep"))
	}
	return nil
}

// packPassphrase is the person's own or one that is made.
func (g *globalOptions) packPassphrase(file string) (passphrase string, made bool, err error) {
	if file == "" {
		passphrase, err = workshop.NewPassphrase()
		return passphrase, true, err
	}
	passphrase, err = g.passphrase(file)
	return passphrase, false, err
}

// packPlan packs a plan of the person's own, with files of a case.
func (g *globalOptions) packPlan(ctx context.Context, o packOptions, passphrase string) (plan workshop.Plan, digest string, err error) {
	if plan, err = readPlan(o.plan); err != nil {
		return plan, "", err
	}
	file, err := g.readCase()
	if err != nil {
		return plan, "", err
	}
	defer file.Close()
	media, err := workshop.CaseMedia(ctx, file)
	if err != nil {
		return plan, "", err
	}
	defer media.Close()
	digest, err = workshop.Make(ctx, plan, media, passphrase, o.out)
	var concerned *workshop.ConcernError
	if errors.As(err, &concerned) {
		g.tellConcerns(concerned.Open)
		err = withHint(err, "decide on each, and write who cleared it and why under clearances of %s; leave out what must not be packed", o.plan)
	}
	return plan, digest, err
}

func readPlan(path string) (workshop.Plan, error) {
	f, err := os.Open(path)
	if errors.Is(err, fs.ErrNotExist) {
		return workshop.Plan{}, withHint(fmt.Errorf("there is no plan %s", path), "firsthand workshop draft begins one")
	}
	if err != nil {
		return workshop.Plan{}, fmt.Errorf("read plan: %w", err)
	}
	defer f.Close()
	plan, err := workshop.ReadPlan(f)
	if err != nil {
		return plan, fmt.Errorf("%s: %w", path, err)
	}
	return plan, nil
}

// tellConcerns lists what nobody cleared.
func (g *globalOptions) tellConcerns(open []workshop.Concern) {
	for _, c := range open {
		message := g.words().Say(c.Message)
		if c.Path == "" {
			g.line("workshop.cli.concern-plan", "message", message)
			continue
		}
		g.line("workshop.cli.concern", "path", c.Path, "message", message)
	}
}

func newWorkshopDraftCommand(g *globalOptions) *cobra.Command {
	cmd := &cobra.Command{
		Use:   "draft --case CASE PATH...",
		Short: "begin a plan of your own exercise with files of a case",
		Long: `Writes a plan to stdout, as JSON: the named files of the case with their
sidecars, and everything that speaks of real people in them, to be cleared by a
named person. PATH is a file as firsthand items lists it, or a folder.

    firsthand workshop draft --case my-copy channel/photo_1.jpg chat > plan.json

Write into it: title and story, tasks and key, origin and licence of each file,
and under clearances who cleared what and why. The plan holds the answers; keep
it from learners. Use a copy of a case that was made for training.

Exit status: 0 done, 1 could not be done, 2 wrong usage.`,
		Args: cobra.MinimumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error { return g.draftExercise(cmd.Context(), args) },
	}
	g.caseFlag(cmd)
	return cmd
}

func (g *globalOptions) draftExercise(ctx context.Context, paths []string) error {
	file, err := g.readCase()
	if err != nil {
		return err
	}
	defer file.Close()
	plan, err := workshop.Draft(ctx, file, paths)
	if err != nil {
		return err
	}
	return plan.Write(g.term.out)
}
