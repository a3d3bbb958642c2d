package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"strings"
	"time"

	"github.com/firsthand-media/firsthand/verify/casefile"
	"github.com/firsthand-media/firsthand/verify/exercise"
	"github.com/firsthand-media/firsthand/verify/workshop"
	"github.com/spf13/cobra"
)

// nobody stands in the ledger of an exercise where the learner chose no name.
const nobody = "learner"

// working opens the case of an exercise for what a learner does in it, under the
// name that the learner chose.
func (g *globalOptions) working(ctx context.Context, do func(file *casefile.File, s *exercise.Standing, by string) error) error {
	file, err := g.writeCase()
	if err != nil {
		return err
	}
	defer file.Close()
	s, err := g.standing(ctx, file)
	if err != nil {
		return err
	}
	settings, err := file.Settings(ctx)
	if err != nil {
		return err
	}
	by := settings[learnerName]
	if by == "" {
		by = g.settings.string("by")
	}
	if by == "" {
		by = nobody
	}
	return do(file, s, by)
}

// standing is how far the learner of a case has come.
func (g *globalOptions) standing(ctx context.Context, file *casefile.File) (*exercise.Standing, error) {
	s, err := file.Exercise(ctx)
	if err == nil && s == nil {
		err = casefile.ErrNoExercise
	}
	if errors.Is(err, casefile.ErrNoExercise) {
		return nil, withHint(err, "firsthand workshop open PACK begins one")
	}
	return s, err
}

func newWorkshopHintCommand(g *globalOptions) *cobra.Command {
	cmd := &cobra.Command{
		Use:   "hint TASK --case CASE",
		Short: "open the next hint of a task",
		Long: `Opens the next hint of a task and prints all that are open. Hints are counted and
cost no points: the trainer sees where the room needed help.

    firsthand workshop hint who-first --case copies-olena/case

Exit status: 0 done, 1 could not be done, 2 wrong usage.`,
		Args: cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error { return g.takeHint(cmd.Context(), args[0]) },
	}
	g.caseFlag(cmd)
	return cmd
}

func (g *globalOptions) takeHint(ctx context.Context, id string) error {
	return g.working(ctx, func(file *casefile.File, s *exercise.Standing, by string) error {
		task, err := taskOf(s, id)
		if err != nil {
			return err
		}
		had := s.Hints[id]
		taken, err := file.TakeHint(ctx, by, id)
		if err != nil {
			return err
		}
		for i := range taken {
			g.line("workshop.cli.hint", "n", i+1, "of", len(task.Hints), "hint", task.Hints[i])
		}
		switch {
		case len(task.Hints) == 0:
			g.line("workshop.cli.no-hint")
		case taken == had:
			g.term.note("%s", g.said("workshop.cli.hints-all"))
		}
		return nil
	})
}

// taskOf finds a task by its id.
func taskOf(s *exercise.Standing, id string) (*exercise.Task, error) {
	var ids []string
	for i := range s.Exercise.Tasks {
		if s.Exercise.Tasks[i].ID == id {
			return &s.Exercise.Tasks[i], nil
		}
		ids = append(ids, s.Exercise.Tasks[i].ID)
	}
	return nil, withHint(usagef("there is no task %q in this exercise", id), "its tasks are %s", strings.Join(ids, ", "))
}

func newWorkshopHandInCommand(g *globalOptions) *cobra.Command {
	var name, out string
	var minutes int
	cmd := &cobra.Command{
		Use:   "hand-in --case CASE --out DIR [--name NAME]",
		Short: "write the one small file that you give to the trainer",
		Long: `Writes a new file into a folder, a USB stick for example: your answers, the
minutes, how many hints you opened, the name that you chose, and how far your
case's ledger had come. Nothing else of this machine is in it. You can hand in
again, until you open the answer key.

    firsthand workshop hand-in --case copies-olena/case --out /media/usb

Exit status: 0 done, 1 could not be done, 2 wrong usage.`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return g.handIn(cmd.Context(), strings.TrimSpace(name), out, minutes)
		},
	}
	g.caseFlag(cmd)
	cmd.Flags().StringVar(&name, "name", "", "what you want to be called (default: the name from workshop open)")
	cmd.Flags().StringVar(&out, "out", "", "the folder to write to")
	cmd.Flags().IntVar(&minutes, "minutes", 0, "how long you worked (default: since the exercise was opened)")
	_ = cmd.MarkFlagRequired("out")
	return cmd
}

func (g *globalOptions) handIn(ctx context.Context, name, out string, minutes int) error {
	if info, err := os.Stat(out); err != nil || !info.IsDir() {
		return withHint(fmt.Errorf("%s is no folder", out), "name a folder that is there, such as that of a USB stick")
	}
	return g.working(ctx, func(file *casefile.File, s *exercise.Standing, by string) error {
		if name == "" && by != nobody {
			name = by
		}
		if name == "" {
			return withHint(usagef("what you hand in needs a name"), "choose one with --name; a nickname will do")
		}
		if minutes == 0 {
			minutes = int(time.Since(s.Began).Minutes()) + 1
		}
		handed, err := file.HandIn(ctx, name, minutes)
		if err != nil {
			return err
		}
		path, err := workshop.Save(out, handed)
		if err != nil {
			return err
		}
		for _, u := range unanswered(s) {
			g.term.note("%s", g.said("workshop.cli.left", "task", u.Task, "subject", u.Subject))
		}
		g.line("workshop.cli.handed-in", "path", path, "progress", g.progressOf(s))
		return nil
	})
}

// unanswered lists, of each task, the subjects without an answer.
func unanswered(s *exercise.Standing) []exercise.Answer {
	given := map[[2]string]bool{}
	for _, a := range s.Answers {
		given[[2]string{a.Task, a.Subject}] = true
	}
	var out []exercise.Answer
	for _, t := range s.Exercise.Tasks {
		for _, sub := range t.Subjects {
			if !given[[2]string{t.ID, sub.ID}] {
				out = append(out, exercise.Answer{Task: t.ID, Subject: sub.ID})
			}
		}
	}
	return out
}

// progressOf says how much of an exercise is answered.
func (g *globalOptions) progressOf(s *exercise.Standing) string {
	all := 0
	for _, t := range s.Exercise.Tasks {
		all += len(t.Subjects)
	}
	return g.said("workshop.cli.progress", "answered", len(s.Answers), "of", all)
}

func newWorkshopKeyCommand(g *globalOptions) *cobra.Command {
	var pack, passphraseFile string
	var unhanded bool
	cmd := &cobra.Command{
		Use:   "key --case CASE --pack PACK",
		Short: "open the answer key and read it beside your answers",
		Long: `Opens the answer key of the pack with the passphrase that the trainer told, and
prints it beside your answers, with the why. From then on your answers cannot
change, and nothing can be handed in for the first time.

    firsthand workshop key --case copies-olena/case --pack copies.zip

Exit status: 0 done, 1 could not be done, 2 wrong usage, 3 the pack is not as it
was made.`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return g.openKey(cmd.Context(), pack, passphraseFile, unhanded)
		},
	}
	g.caseFlag(cmd)
	cmd.Flags().StringVar(&pack, "pack", "", "the pack that the exercise was opened from")
	cmd.Flags().BoolVar(&unhanded, "without-hand-in", false, "open it although nothing was handed in")
	_ = cmd.MarkFlagRequired("pack")
	passphraseFlag(cmd, &passphraseFile, "it is asked for")
	return cmd
}

func (g *globalOptions) openKey(ctx context.Context, path, passphraseFile string, unhanded bool) error {
	pack, err := workshop.Open(path)
	if err != nil {
		return err
	}
	if err := g.readyForKey(ctx, pack, unhanded); err != nil {
		return err
	}
	key, err := g.unseal(pack, passphraseFile)
	if err != nil {
		return err
	}
	return g.working(ctx, func(file *casefile.File, _ *exercise.Standing, by string) error {
		if err := file.OpenKey(ctx, by, key); err != nil {
			return err
		}
		s, err := g.standing(ctx, file)
		if err != nil {
			return err
		}
		return g.show(s, "")
	})
}

// readyForKey says why the key is not to be opened yet, before anybody is asked
// for its passphrase.
func (g *globalOptions) readyForKey(ctx context.Context, pack *workshop.Pack, unhanded bool) error {
	file, err := g.readCase()
	if err != nil {
		return err
	}
	defer file.Close()
	s, err := g.standing(ctx, file)
	switch {
	case err != nil:
		return err
	case s.Pack != pack.Digest():
		return withHint(fmt.Errorf("%s was opened from another pack", g.caseDir), "give the pack with the code %s", workshop.Code(s.Pack))
	case !s.HandedIn && !unhanded && s.Key == nil:
		return withHint(errors.New("nothing was handed in yet, and after the key is open nothing can be"),
			"hand in first, or give --without-hand-in")
	}
	return nil
}

// unsealed opens a pack and its key.
func (g *globalOptions) unsealed(path, passphraseFile string) (*workshop.Pack, exercise.Key, error) {
	pack, err := workshop.Open(path)
	if err != nil {
		return nil, exercise.Key{}, err
	}
	key, err := g.unseal(pack, passphraseFile)
	return pack, key, err
}

// unseal opens the key of a pack with the passphrase that is read or asked for.
func (g *globalOptions) unseal(pack *workshop.Pack, passphraseFile string) (exercise.Key, error) {
	passphrase, err := g.passphrase(passphraseFile)
	if err != nil {
		return exercise.Key{}, err
	}
	key, err := pack.Unseal(passphrase)
	if errors.Is(err, workshop.ErrPassphrase) {
		err = withHint(err, "small and capital letters, spaces and hyphens do not matter; look for a letter that was misheard")
	}
	return key, err
}
