package api

import (
	"context"
	"fmt"
	"math"
	"slices"
	"sync"
	"time"

	"github.com/firsthand-media/firsthand/verify/casefile"
	"github.com/firsthand-media/firsthand/verify/exercise"
)

// ownExercise is an exercise that this person began, as it is remembered
// between starts: nothing of it is in an answer or a hand-in but the minutes.
type ownExercise struct {
	Dir      string         `json:"dir"` // of its case
	ID       string         `json:"exercise"`
	Title    exercise.Words `json:"title"`
	Level    int            `json:"level"`
	Practice bool           `json:"practice"` // built in
	Pack     string         `json:"pack"`     // the file that was opened, "" where that is not known
	Seconds  float64        `json:"seconds"`  // of work
	Subjects int            `json:"subjects"`
	Answered int            `json:"answered"`
	HandedIn bool           `json:"handed_in"`
	KeyOpen  bool           `json:"key_open"`
	At       time.Time      `json:"at"`
}

const (
	ownExercisesName = "exercises.json"
	ownExercisesKept = 100
)

func (o *ownExercise) page() MyExercise {
	return MyExercise{
		Dir: o.Dir, ID: o.ID, Title: o.Title, Level: o.Level, Practice: o.Practice, Gone: !isCase(o.Dir),
		Subjects: o.Subjects, Answered: o.Answered, HandedIn: o.HandedIn, KeyOpen: o.KeyOpen, At: instantText(o.At),
	}
}

// exercises gives the exercises that were begun, the last one first.
func (o *ownFiles) exercises() ([]ownExercise, error) {
	o.mu.Lock()
	defer o.mu.Unlock()
	var list []ownExercise
	_, err := o.read(ownExercisesName, &list)
	return list, err
}

// exercise gives what is remembered of the exercise in a case folder, nothing
// where it was opened by a command.
func (o *ownFiles) exercise(dir string) (ownExercise, error) {
	list, err := o.exercises()
	if i := slices.IndexFunc(list, func(e ownExercise) bool { return e.Dir == dir }); i >= 0 {
		return list[i], err
	}
	return ownExercise{Dir: dir}, err
}

// keepExercise changes what is remembered of an exercise and puts it first.
func (o *ownFiles) keepExercise(dir string, change func(*ownExercise)) error {
	o.mu.Lock()
	defer o.mu.Unlock()
	var list []ownExercise
	if _, err := o.read(ownExercisesName, &list); err != nil {
		return err
	}
	kept := ownExercise{Dir: dir}
	list = slices.DeleteFunc(list, func(e ownExercise) bool {
		if e.Dir == dir {
			kept = e
		}
		return e.Dir == dir
	})
	change(&kept)
	list = slices.Insert(list, 0, kept)
	return o.write(ownExercisesName, list[:min(len(list), ownExercisesKept)])
}

// posed is the exercise of a case, which never changes once it was begun.
type posed struct {
	mu    sync.Mutex
	known *exercise.Exercise
}

// attempt is how far the learner is; nil in a case without tasks.
func (c *Case) attempt(ctx context.Context) (s *exercise.Standing, err error) {
	if !c.exercise() {
		return nil, nil
	}
	err = c.Reading(ctx, func(f *casefile.File) error {
		s, err = f.Exercise(ctx)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("read the exercise: %w", err)
	}
	return s, nil
}

// tasks is the exercise of a case, nil where it has none.
func (c *Case) tasks(ctx context.Context) (*exercise.Exercise, error) {
	c.posed.mu.Lock()
	defer c.posed.mu.Unlock()
	if c.posed.known == nil {
		s, err := c.attempt(ctx)
		if err != nil || s == nil {
			return nil, err
		}
		c.posed.known = &s.Exercise
	}
	return c.posed.known, nil
}

// HasTasks says that the case is one of an exercise that is worked at.
func (c *Case) HasTasks(ctx context.Context) bool {
	e, err := c.tasks(ctx)
	return err == nil && e != nil
}

// keepOwn remembers how far the exercise of a case is.
func (c *Case) keepOwn(s *exercise.Standing, change func(*ownExercise)) error {
	worked := c.work.take()
	return c.api.own.keepExercise(c.Dir, func(o *ownExercise) {
		e := &s.Exercise
		o.ID, o.Title, o.Level, o.At = e.ID, e.Title, e.Level, time.Now().UTC()
		o.Subjects, o.Answered, o.HandedIn, o.KeyOpen = subjectsOf(e), len(s.Answers), s.HandedIn, s.Key != nil
		o.Seconds += worked.Seconds()
		if change != nil {
			change(o)
		}
	})
}

// keepWork remembers the time that was worked since it was last remembered.
func (c *Case) keepWork() error {
	if e, err := c.tasks(context.Background()); err != nil || e == nil {
		return err
	}
	worked := c.work.take()
	return c.api.own.keepExercise(c.Dir, func(o *ownExercise) { o.Seconds += worked.Seconds() })
}

// minutes is how long the learner worked at the exercise, begun minutes too.
func (c *Case) minutes() (int, error) {
	own, err := c.api.own.exercise(c.Dir)
	return int(math.Ceil((own.Seconds + c.work.now().Seconds()) / 60)), err
}

func subjectsOf(e *exercise.Exercise) int {
	n := 0
	for i := range e.Tasks {
		n += len(e.Tasks[i].Subjects)
	}
	return n
}

// work counts the time that a person is at work in a case: from one request to
// the next, but for pauses.
type work struct {
	mu    sync.Mutex
	last  time.Time
	spent time.Duration // and not remembered yet
}

// longestGap is the longest time between two requests that counts as work.
const longestGap = 5 * time.Minute

// touch notes that something was asked for.
func (w *work) touch(at time.Time) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if gap := at.Sub(w.last); !w.last.IsZero() && gap > 0 && gap <= longestGap {
		w.spent += gap
	}
	w.last = at
}

// take gives what was counted and begins anew.
func (w *work) take() time.Duration {
	w.mu.Lock()
	defer w.mu.Unlock()
	spent := w.spent
	w.spent = 0
	return spent
}

func (w *work) now() time.Duration {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.spent
}
