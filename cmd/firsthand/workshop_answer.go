package main

import (
	"context"
	"strings"
	"time"

	"github.com/firsthand-media/firsthand/verify/casefile"
	"github.com/firsthand-media/firsthand/verify/exercise"
	"github.com/spf13/cobra"
)

// answerOptions are the flags of an answer.
type answerOptions struct {
	choose, because []string
	from, to, at    string
	radius          float64
	takeBack        bool
}

func newWorkshopAnswerCommand(g *globalOptions) *cobra.Command {
	var o answerOptions
	cmd := &cobra.Command{
		Use:   "answer TASK SUBJECT --case CASE",
		Short: "answer a part of a task",
		Long: `Records your answer to one part of a task; a later answer takes its place.
firsthand workshop show lists the tasks, their parts and what can be chosen.

    firsthand workshop answer who-first drum --choose loose --because whole --case copies-olena/case
    firsthand workshop answer sun-hour market --from 2025-09-20T13:00Z --to 2025-09-20T13:30Z --case times-olena/case
    firsthand workshop answer where flood --at 46.25,25.22 --radius 500 --case incidents-olena/case

A time states its zone: Z, UTC or an offset, as +03:00. Without --to the answer
is a moment.

Exit status: 0 done, 1 could not be done, 2 wrong usage.`,
		Args: cobra.ExactArgs(2),
		RunE: func(cmd *cobra.Command, args []string) error {
			return g.answer(cmd.Context(), args[0], args[1], o)
		},
	}
	g.caseFlag(cmd)
	f := cmd.Flags()
	f.StringSliceVar(&o.choose, "choose", nil, "what you choose, by id; several with commas")
	f.StringSliceVar(&o.because, "because", nil, "your reasons, by id; several with commas")
	f.StringVar(&o.from, "from", "", "the earliest moment, as 2025-09-20T13:00Z")
	f.StringVar(&o.to, "to", "", "the latest moment")
	f.StringVar(&o.at, "at", "", "a position in degrees, as 46.25,25.22")
	f.Float64Var(&o.radius, "radius", 0, "metres around it within which the place surely lies")
	f.BoolVar(&o.takeBack, "take-back", false, "take your answer back")
	return cmd
}

func (g *globalOptions) answer(ctx context.Context, task, subject string, o answerOptions) error {
	a, err := o.read(task, subject)
	if err != nil {
		return err
	}
	return g.working(ctx, func(file *casefile.File, s *exercise.Standing, by string) error {
		if _, err := taskOf(s, task); err != nil {
			return err
		}
		if err := a.Check(&s.Exercise); err != nil {
			return withHint(usageError{err}, "firsthand workshop show %s --case %s lists its parts and what can be chosen", task, g.caseDir)
		}
		if err := file.Answer(ctx, by, a); err != nil {
			return err
		}
		if o.takeBack {
			g.line("workshop.cli.taken-back", "task", task, "subject", subject)
		} else {
			g.line("workshop.cli.answered", "task", task, "subject", subject)
		}
		return nil
	})
}

// read is the answer that the flags say.
func (o answerOptions) read(task, subject string) (exercise.Answer, error) {
	a := exercise.Answer{Task: task, Subject: subject, Chosen: trimmed(o.choose), Reasons: trimmed(o.because)}
	said := len(a.Chosen)+len(a.Reasons) > 0 || o.from+o.to+o.at != "" || o.radius != 0
	if said == o.takeBack {
		return a, usagef("give an answer, or --take-back alone")
	}
	if o.from+o.to != "" {
		when, err := o.when()
		if err != nil {
			return a, err
		}
		a.When = &when
	}
	switch {
	case o.at == "" && o.radius == 0:
		return a, nil
	case o.at == "" || o.radius <= 0:
		return a, usagef("a place is --at with a --radius above 0 metres")
	}
	lat, lon, err := readPosition(o.at)
	a.Where = &exercise.Where{Latitude: lat, Longitude: lon, RadiusM: o.radius}
	return a, err
}

// when is the interval that the flags say: a moment where only one end is given.
func (o answerOptions) when() (exercise.When, error) {
	first, last := o.from, o.to
	if first == "" {
		return exercise.When{}, usagef("--to needs --from")
	}
	if last == "" {
		last = first
	}
	var ends [2]time.Time
	for i, text := range []string{first, last} {
		found, err := parseMoment(text, nil) // without a zone it is refused
		if err != nil {
			return exercise.When{}, withHint(usagef("%q is no time with a zone", text), "give it as 2025-09-20T13:00Z, or with its offset, as 2025-09-20T16:00+03:00")
		}
		ends[i] = found[0].at.UTC()
	}
	return exercise.When{Earliest: ends[0], Latest: ends[1]}, nil
}

func trimmed(ids []string) []string {
	out := make([]string, 0, len(ids))
	for _, id := range ids {
		if id = strings.TrimSpace(id); id != "" {
			out = append(out, id)
		}
	}
	return out
}
