package api

import (
	"context"
	"maps"
	"path/filepath"
	"slices"

	"github.com/firsthand-media/firsthand/verify"
	"github.com/firsthand-media/firsthand/verify/exercise"
	"github.com/firsthand-media/firsthand/verify/locale"
	"github.com/firsthand-media/firsthand/verify/workshop"
)

// showExercise also remembers an exercise that a command began, so that it is
// found again among one's own.
func showExercise(ctx context.Context, c *Case, _ None) (ExercisePage, error) {
	s, err := c.posedTo(ctx)
	if err != nil {
		return ExercisePage{}, err
	}
	own, err := c.api.own.exercise(c.Dir)
	if err == nil && own.ID == "" {
		err = c.keepOwn(s, nil)
	}
	if err != nil {
		return ExercisePage{}, err
	}
	return c.exercisePage(ctx, s)
}

// posedTo is how far the learner is, in a case that has tasks.
func (c *Case) posedTo(ctx context.Context) (*exercise.Standing, error) {
	s, err := c.attempt(ctx)
	if err != nil {
		return nil, err
	}
	if s == nil {
		e := missing("this case has no tasks")
		e.Hint = "choose an exercise from the list of exercises"
		return nil, e
	}
	return s, nil
}

func (c *Case) exercisePage(ctx context.Context, s *exercise.Standing) (ExercisePage, error) {
	v, err := c.View(ctx)
	if err != nil {
		return ExercisePage{}, err
	}
	own, err := c.api.own.exercise(c.Dir)
	if err != nil {
		return ExercisePage{}, err
	}
	spent, err := c.minutes()
	if err != nil {
		return ExercisePage{}, err
	}
	e := &s.Exercise
	p := ExercisePage{
		ID: e.ID, Code: workshop.Code(s.Pack), Title: e.Title, Story: e.Story, By: e.By, Level: e.Level, Minutes: e.Minutes, Zone: e.Zone,
		Practice: own.Practice, PackPath: own.Pack, Spent: spent, Subjects: subjectsOf(e), Answered: len(s.Answers),
		HandedIn: s.HandedIn, Name: orElse(s.Name, c.api.by()), HandInDir: c.handInDir(), KeyOpen: s.Key != nil,
		Tasks: []ExerciseTask{}, Files: []ExerciseFile{},
	}
	d := newTaskDesk(v, s, askedWords(ctx).Say)
	for i := range e.Tasks {
		p.Tasks = append(p.Tasks, d.task(&e.Tasks[i]))
	}
	for i := range e.Media {
		m := &e.Media[i]
		p.Files = append(p.Files, ExerciseFile{Path: m.Path, Origin: m.Origin, Licence: m.Licence, Credit: m.Credit})
	}
	p.Points, p.Of = d.score.Points, d.score.Of
	return p, nil
}

// handInDir is the folder beside the case that hand-ins go to.
func (c *Case) handInDir() string { return filepath.Join(filepath.Dir(c.Dir), "hand-in") }

// taskDesk puts tasks together from an exercise, what the learner said, and the
// key once it is open: before that nothing of it is here.
type taskDesk struct {
	view    *View
	s       *exercise.Standing
	digests map[string]verify.Digest // by path
	score   exercise.Score
	say     func(locale.Text) string
}

func newTaskDesk(v *View, s *exercise.Standing, say func(locale.Text) string) *taskDesk {
	d := &taskDesk{view: v, s: s, digests: make(map[string]verify.Digest, len(s.Exercise.Media)), say: say}
	for _, m := range s.Exercise.Media {
		d.digests[m.Path] = verify.Digest(m.SHA256)
	}
	if s.Key != nil {
		d.score = exercise.Mark(&s.Exercise, s.Key, s.Answers)
	}
	return d
}

func (d *taskDesk) task(t *exercise.Task) ExerciseTask {
	taken := min(d.s.Hints[t.ID], len(t.Hints))
	out := ExerciseTask{
		ID: t.ID, Topic: t.Topic, Title: t.Title, Question: t.Question, Hints: append([]exercise.Words{}, t.Hints[:taken]...), HintsLeft: len(t.Hints) - taken,
		Tools: append([]exercise.Tool{}, t.Tools...), Form: t.Form, Reasons: d.options(t.Reasons), Subjects: []ExerciseSubject{}, Of: t.Points, Why: exercise.Words{},
	}
	var score exercise.TaskScore
	if key := d.taskKey(t.ID); key != nil {
		out.Why = key.Why
		if at := slices.IndexFunc(d.score.Tasks, func(x exercise.TaskScore) bool { return x.Task == t.ID }); at >= 0 {
			score = d.score.Tasks[at]
			out.Points = score.Points
		}
	}
	for i := range t.Subjects {
		s := d.subject(t, &t.Subjects[i], &score)
		if s.Given {
			out.Answered++
		}
		out.Subjects = append(out.Subjects, s)
	}
	return out
}

func (d *taskDesk) taskKey(task string) *exercise.TaskKey {
	if d.s.Key == nil {
		return nil
	}
	if i := slices.IndexFunc(d.s.Key.Tasks, func(k exercise.TaskKey) bool { return k.Task == task }); i >= 0 {
		return &d.s.Key.Tasks[i]
	}
	return nil
}

func (d *taskDesk) subject(t *exercise.Task, s *exercise.Subject, score *exercise.TaskScore) ExerciseSubject {
	out := ExerciseSubject{
		ID: s.ID, Label: s.Label, Items: []ExerciseItem{}, Options: d.options(t.Choices(s)),
		Answer: exercise.Answer{Task: t.ID, Subject: s.ID}, Key: d.subjectKey(t.ID, s.ID, score),
	}
	for _, path := range s.Items {
		out.Items = append(out.Items, d.item(path))
	}
	if i := slices.IndexFunc(d.s.Answers, func(a exercise.Answer) bool { return a.Task == t.ID && a.Subject == s.ID }); i >= 0 {
		out.Answer, out.Given = d.s.Answers[i], true
	}
	out.Answer.Chosen, out.Answer.Reasons = listOf(out.Answer.Chosen), listOf(out.Answer.Reasons)
	return out
}

func (d *taskDesk) subjectKey(task, subject string, score *exercise.TaskScore) *ExerciseKey {
	t := d.taskKey(task)
	if t == nil {
		return nil
	}
	i := slices.IndexFunc(t.Subjects, func(k exercise.SubjectKey) bool { return k.Subject == subject })
	if i < 0 {
		return nil
	}
	k := &t.Subjects[i]
	out := &ExerciseKey{
		Credit: map[string]float64{}, Right: listOf(k.Right), When: k.When, Where: k.Where, Reasons: listOf(k.Reasons),
		Why: k.Why, Partly: map[string]exercise.Words{}, Lines: []string{},
	}
	maps.Copy(out.Credit, k.Credit)
	maps.Copy(out.Partly, k.Partly)
	if at := slices.IndexFunc(score.Subjects, func(x exercise.SubjectScore) bool { return x.Subject == subject }); at >= 0 {
		out.Points, out.Of = score.Subjects[at].Points, score.Subjects[at].Of
		for _, line := range score.Subjects[at].Lines {
			out.Lines = append(out.Lines, d.say(line))
		}
	}
	return out
}

func (d *taskDesk) options(list []exercise.Option) []ExerciseOption {
	out := []ExerciseOption{}
	for _, o := range list {
		option := ExerciseOption{ID: o.ID, Label: o.Label}
		if o.Item != "" {
			item := d.item(o.Item)
			option.Item = &item
		}
		out = append(out, option)
	}
	return out
}

// item finds a file of the exercise in the case, by what it holds: a case that
// misses it shows its path alone.
func (d *taskDesk) item(path string) ExerciseItem {
	out := ExerciseItem{Path: path}
	if it := d.view.Item(d.digests[path]); it != nil {
		card := d.view.card(it)
		out.Card = &card
	}
	return out
}
