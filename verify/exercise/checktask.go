package exercise

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
)

// Topics lists the topics of tasks.
func Topics() []Topic { return []Topic{OfTime, OfFirst, OfPair, OfIncident, OfSun, OfPublish} }

// Forms lists the forms of answers.
func Forms() []Form { return []Form{OneOf, SomeOf, Interval, Area} }

// Tools lists the screens that a task may allow.
func Tools() []Tool { return []Tool{Gallery, Media, Compare, Clusters, Incidents, Map, Sun} }

// Choice says whether the form is one of options.
func (f Form) Choice() bool { return f == OneOf || f == SomeOf }

func (t *Task) check(media map[string]bool) error {
	if err := cmp.Or(checkID(t.ID), t.Title.check("title", shortText), t.Question.check("question", longText)); err != nil {
		return err
	}
	switch {
	case !slices.Contains(Topics(), t.Topic):
		return fmt.Errorf("there is no topic %.40q", t.Topic)
	case !slices.Contains(Forms(), t.Form):
		return fmt.Errorf("there is no form %.40q of answers", t.Form)
	case len(t.Hints) > mostHints:
		return fmt.Errorf("it has %d hints, of at most %d", len(t.Hints), mostHints)
	case t.Points < 1 || t.Points > mostPoints:
		return fmt.Errorf("it cannot give %d points, of 1 to %d", t.Points, mostPoints)
	case len(t.Subjects) == 0 || len(t.Subjects) > mostSubjects:
		return fmt.Errorf("it has %d subjects, of 1 to %d", len(t.Subjects), mostSubjects)
	}
	for _, h := range t.Hints {
		if err := h.check("hint", longText); err != nil {
			return err
		}
	}
	if err := t.checkTools(); err != nil {
		return err
	}
	if err := cmp.Or(checkOptions("option", t.Options, media), checkOptions("reason", t.Reasons, media)); err != nil {
		return err
	}
	seen := map[string]bool{}
	for i := range t.Subjects {
		s := &t.Subjects[i]
		if seen[s.ID] {
			return fmt.Errorf("two subjects are %.64q", s.ID)
		}
		seen[s.ID] = true
		if err := t.checkSubject(s, media); err != nil {
			return fmt.Errorf("subject %.64q: %w", s.ID, err)
		}
	}
	return nil
}

func (t *Task) checkTools() error {
	for i, tool := range t.Tools {
		if !slices.Contains(Tools(), tool) {
			return fmt.Errorf("there is no tool %.40q", tool)
		}
		if slices.Contains(t.Tools[:i], tool) {
			return fmt.Errorf("the tool %q stands twice", tool)
		}
	}
	return nil
}

func (t *Task) checkSubject(s *Subject, media map[string]bool) error {
	if err := cmp.Or(checkID(s.ID), s.Label.check("label", shortText), checkOptions("option", s.Options, media)); err != nil {
		return err
	}
	if len(s.Items) > mostItems {
		return fmt.Errorf("it has %d files, of at most %d", len(s.Items), mostItems)
	}
	for _, item := range s.Items {
		if !media[item] {
			return fmt.Errorf("there is no file %.80q in the exercise", item)
		}
	}
	if item, ok := twice(s.Items); ok {
		return fmt.Errorf("the file %.80q stands twice", item)
	}
	switch n := len(t.Choices(s)); {
	case t.Form.Choice() && n < 2:
		return errors.New("it needs two options or more")
	case !t.Form.Choice() && n > 0:
		return fmt.Errorf("an answer of the form %s has no options", t.Form)
	}
	return nil
}

func checkOptions(what string, list []Option, media map[string]bool) error {
	if len(list) > mostOptions {
		return fmt.Errorf("it has %d %ss, of at most %d", len(list), what, mostOptions)
	}
	if id, ok := twice(ids(list)); ok {
		return fmt.Errorf("two %ss are %.64q", what, id)
	}
	for _, o := range list {
		if err := cmp.Or(checkID(o.ID), o.Label.check("label", shortText)); err != nil {
			return fmt.Errorf("%s %.64q: %w", what, o.ID, err)
		}
		if o.Item != "" && !media[o.Item] {
			return fmt.Errorf("%s %s: there is no file %.80q in the exercise", what, o.ID, o.Item)
		}
	}
	return nil
}

func ids(list []Option) []string {
	out := make([]string, len(list))
	for i, o := range list {
		out[i] = o.ID
	}
	return out
}

// task and subject find one by its id, nil where there is none.
func (e *Exercise) task(id string) *Task {
	i := slices.IndexFunc(e.Tasks, func(t Task) bool { return t.ID == id })
	if i < 0 {
		return nil
	}
	return &e.Tasks[i]
}

func (t *Task) subject(id string) *Subject {
	i := slices.IndexFunc(t.Subjects, func(s Subject) bool { return s.ID == id })
	if i < 0 {
		return nil
	}
	return &t.Subjects[i]
}
