package main

import (
	"context"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/firsthand-media/firsthand/verify/exercise"
	"github.com/spf13/cobra"
)

func newWorkshopShowCommand(g *globalOptions) *cobra.Command {
	cmd := &cobra.Command{
		Use:   "show [TASK] --case CASE",
		Short: "list the tasks of an exercise and what you answered",
		Long: `Lists the tasks of the exercise in the case: the question, the parts with their
files, what can be chosen, the hints that are open, and your answers. After the
answer key was opened it shows what is right, why, and your points.

    firsthand workshop show --case copies-olena/case
    firsthand workshop show who-first --case copies-olena/case

With --json one object: the exercise, the answers, and the key once it is open.

Exit status: 0 done, 1 could not be done, 2 wrong usage.`,
		Args: cobra.MaximumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			return g.showExercise(cmd.Context(), strings.Join(args, ""))
		},
	}
	g.caseFlag(cmd)
	g.jsonFlag(cmd)
	return cmd
}

func (g *globalOptions) showExercise(ctx context.Context, task string) error {
	file, err := g.readCase()
	if err != nil {
		return err
	}
	defer file.Close()
	s, err := g.standing(ctx, file)
	if err != nil {
		return err
	}
	if g.jsonOut {
		return g.term.json(s)
	}
	return g.show(s, task)
}

// show prints one task of an exercise, or all where none is named.
func (g *globalOptions) show(s *exercise.Standing, only string) error {
	if only != "" {
		if _, err := taskOf(s, only); err != nil {
			return err
		}
	}
	w := exerciseWriter{globalOptions: g, s: s, answers: map[[2]string]*exercise.Answer{}, keys: map[[2]string]*exercise.SubjectKey{}}
	for i := range s.Answers {
		a := &s.Answers[i]
		w.answers[[2]string{a.Task, a.Subject}] = a
	}
	if s.Key != nil {
		score := exercise.Mark(&s.Exercise, s.Key, s.Answers)
		w.score = &score
		for i := range s.Key.Tasks {
			for j := range s.Key.Tasks[i].Subjects {
				k := &s.Key.Tasks[i].Subjects[j]
				w.keys[[2]string{s.Key.Tasks[i].Task, k.Subject}] = k
			}
		}
	}
	w.head()
	for i := range s.Exercise.Tasks {
		if only == "" || s.Exercise.Tasks[i].ID == only {
			w.task(i)
		}
	}
	return nil
}

// exerciseWriter writes an exercise for people.
type exerciseWriter struct {
	*globalOptions
	s       *exercise.Standing
	answers map[[2]string]*exercise.Answer // by task and subject
	keys    map[[2]string]*exercise.SubjectKey
	score   *exercise.Score // nil until the key is open
}

func (w exerciseWriter) in(text exercise.Words) string { return shown(text.In(w.words().Tag)) }

// print writes lines below each other, so far to the right.
func (w exerciseWriter) print(indent int, lines ...string) {
	for _, l := range lines {
		w.term.printf("%s%s\n", strings.Repeat(" ", indent), l)
	}
}

func (w exerciseWriter) head() {
	w.line("workshop.cli.exercise", "title", w.s.Exercise.Title, "id", w.s.Exercise.ID)
	w.line("workshop.cli.not-real")
	state := []string{w.progressOf(w.s)}
	hints := 0
	for _, n := range w.s.Hints {
		hints += n
	}
	state = append(state, w.said("workshop.cli.hints", "n", hints))
	if w.s.HandedIn {
		state = append(state, w.said("workshop.cli.handed-in-as", "name", w.s.Name))
	} else {
		state = append(state, w.said("workshop.cli.not-handed-in"))
	}
	if w.score != nil {
		state = append(state, w.said("workshop.cli.score", "points", w.score.Points, "of", w.score.Of), w.said("workshop.cli.key-opened"))
	}
	w.print(0, w.words().List(state))
}

func (w exerciseWriter) task(i int) {
	t := &w.s.Exercise.Tasks[i]
	w.print(0, "", t.ID+"  "+w.in(t.Title))
	answered := 0
	for _, sub := range t.Subjects {
		if w.answers[[2]string{t.ID, sub.ID}] != nil {
			answered++
		}
	}
	w.print(2, w.said("workshop.cli.task-state", "n", t.Points, "progress", w.said("workshop.cli.progress", "answered", answered, "of", len(t.Subjects))))
	for paragraph := range strings.SplitSeq(t.Question.In(w.words().Tag), "\n") {
		if paragraph != "" {
			w.print(2, shown(paragraph))
		}
	}
	var tools []string
	for _, tool := range t.Tools {
		tools = append(tools, w.said(toolNames[tool]))
	}
	w.print(2, w.said("workshop.cli.tools", "tools", w.words().List(tools)))
	for n := range w.s.Hints[t.ID] {
		w.print(2, w.said("workshop.cli.hint", "n", n+1, "of", len(t.Hints), "hint", t.Hints[n]))
	}
	w.choices(t)
	for j := range t.Subjects {
		w.subject(i, j)
	}
	if w.score != nil {
		w.print(2, w.said("workshop.cli.score", "points", w.score.Tasks[i].Points, "of", t.Points))
		w.print(2, w.in(w.whyOf(t.ID)))
	}
}

func (w exerciseWriter) whyOf(task string) exercise.Words {
	i := slices.IndexFunc(w.s.Key.Tasks, func(k exercise.TaskKey) bool { return k.Task == task })
	return w.s.Key.Tasks[i].Why
}

// choices says how a task is answered.
func (w exerciseWriter) choices(t *exercise.Task) {
	switch {
	case t.Form == exercise.Interval:
		w.print(2, w.said("workshop.cli.options-when"))
	case t.Form == exercise.Area:
		w.print(2, w.said("workshop.cli.options-where"))
	case len(t.Options) == 0:
		w.print(2, w.said("workshop.cli.options-subject"))
	case t.Form == exercise.SomeOf:
		w.print(2, w.said("workshop.cli.options-several"))
	default:
		w.print(2, w.said("workshop.cli.options"))
	}
	w.options(4, t.Options)
	if len(t.Reasons) > 0 {
		w.print(2, w.said("workshop.cli.reasons"))
		w.options(4, t.Reasons)
	}
}

func (w exerciseWriter) options(indent int, list []exercise.Option) {
	for _, o := range list {
		text := o.ID + "  " + w.in(o.Label)
		if o.Item != "" {
			text += "  (" + shown(o.Item) + ")"
		}
		w.print(indent, text)
	}
}

func (w exerciseWriter) subject(i, j int) {
	t := &w.s.Exercise.Tasks[i]
	sub := &t.Subjects[j]
	at := [2]string{t.ID, sub.ID}
	w.print(2, sub.ID+"  "+w.in(sub.Label))
	for _, item := range sub.Items {
		w.print(4, shown(item))
	}
	w.options(4, sub.Options)
	if a := w.answers[at]; a != nil {
		w.print(4, w.said("workshop.cli.answer", "answer", w.answerOf(a)))
	} else if w.score == nil {
		w.print(4, w.said("workshop.cli.no-answer"))
	}
	if w.score == nil {
		return
	}
	w.print(4, w.texts(w.score.Tasks[i].Subjects[j].Lines)...)
	if why := w.in(w.keys[at].Why); why != "" {
		w.print(4, why)
	}
}

// answerOf is an answer in one line.
func (w exerciseWriter) answerOf(a *exercise.Answer) string {
	text := strings.Join(a.Chosen, ", ")
	switch {
	case a.When != nil:
		text = w.said("workshop.cli.interval", "earliest", a.When.Earliest.UTC().Format(time.RFC3339), "latest", a.When.Latest.UTC().Format(time.RFC3339))
	case a.Where != nil:
		text = w.said("workshop.cli.circle", "position", position(a.Where), "radius", a.Where.RadiusM)
	}
	if len(a.Reasons) > 0 {
		text = w.said("workshop.cli.because", "answer", text, "reasons", strings.Join(a.Reasons, ", "))
	}
	return text
}

func position(w *exercise.Where) string {
	return strconv.FormatFloat(w.Latitude, 'f', -1, 64) + ", " + strconv.FormatFloat(w.Longitude, 'f', -1, 64)
}

// toolNames are the messages that name the screens of the workbench.
var toolNames = map[exercise.Tool]string{
	exercise.Gallery: "workshop.cli.tool.gallery", exercise.Media: "workshop.cli.tool.media", exercise.Compare: "workshop.cli.tool.compare",
	exercise.Clusters: "workshop.cli.tool.clusters", exercise.Incidents: "workshop.cli.tool.incidents", exercise.Map: "workshop.cli.tool.map",
	exercise.Sun: "workshop.cli.tool.sun",
}
