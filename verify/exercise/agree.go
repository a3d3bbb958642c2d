package exercise

import (
	"slices"

	"github.com/firsthand-media/firsthand/verify/assess"
)

// fewSubjects is below how many a kappa moves much with each of them.
const fewSubjects = 10

// Agree says for each task how far learners gave the same answers, whatever the
// key says. Each element of answers is what one learner answered.
//
// Of choices it gives Fleiss' kappa over the subjects with the options as
// categories; where any number of options may be chosen, each option of each
// subject counts as a subject that is answered with yes or no. Of intervals and
// places it gives the share of pairs of learners whose answers overlap.
func Agree(e *Exercise, answers [][]Answer) []Agreement {
	given := make([]map[place]*Answer, len(answers))
	for i, list := range answers {
		given[i] = placed(list)
	}
	out := make([]Agreement, len(e.Tasks))
	for i := range e.Tasks {
		c := comparison{task: &e.Tasks[i], given: given}
		out[i] = c.agreement()
	}
	return out
}

// comparison is the answers of several learners to one task.
type comparison struct {
	task  *Task
	given []map[place]*Answer // by learner
}

// of gives the answers to a subject that say what the task asks, not reasons
// alone.
func (c *comparison) of(s *Subject) []*Answer {
	var list []*Answer
	for _, g := range c.given {
		if a := g[place{c.task.ID, s.ID}]; a != nil && (len(a.Chosen) > 0 || a.When != nil || a.Where != nil) {
			list = append(list, a)
		}
	}
	return list
}

func (c *comparison) agreement() Agreement {
	a := Agreement{Task: c.task.ID}
	for _, g := range c.given {
		if slices.ContainsFunc(c.task.Subjects, func(s Subject) bool { return g[place{c.task.ID, s.ID}] != nil }) {
			a.Learners++
		}
	}
	for i := range c.task.Subjects {
		if len(c.of(&c.task.Subjects[i])) > 1 {
			a.Subjects++
		} else {
			a.LeftOut++
		}
	}
	if a.LeftOut > 0 {
		a.note("workshop.agreement.left-out", "n", a.LeftOut)
	}
	if c.task.Form.Choice() {
		c.kappa(&a)
	} else {
		c.overlap(&a)
	}
	return a
}

func (a *Agreement) note(key string, values ...any) {
	a.Notes = append(a.Notes, text(key, values...))
}

func (c *comparison) kappa(a *Agreement) {
	table := c.chosen()
	if c.task.Form == SomeOf {
		table = c.yesNo()
	}
	k := assess.FleissKappa(table)
	a.Kappa, a.Observed, a.Expected = k.Kappa, k.Observed, k.Expected
	switch k.Missing {
	case assess.NoSubjects:
		a.note("workshop.agreement.no-pair")
	case assess.OneSubject:
		a.note("workshop.agreement.one-subject")
	case assess.OneAnswer:
		a.note("workshop.agreement.one-answer")
	}
	if a.Kappa != nil && c.task.Form == SomeOf {
		a.note("workshop.agreement.options")
	}
	if a.Kappa != nil && k.Subjects < fewSubjects {
		a.note("workshop.agreement.few", "n", k.Subjects)
	}
	if a.Kappa != nil && c.task.Form == OneOf && c.mixed() {
		a.note("workshop.agreement.mixed")
	}
}

// chosen counts by subject and option how many chose it. The categories are the
// options of all subjects.
func (c *comparison) chosen() [][]int {
	column := map[string]int{}
	for i := range c.task.Subjects {
		for _, id := range ids(c.task.Choices(&c.task.Subjects[i])) {
			if _, ok := column[id]; !ok {
				column[id] = len(column)
			}
		}
	}
	table := make([][]int, len(c.task.Subjects))
	for i := range c.task.Subjects {
		table[i] = make([]int, len(column))
		for _, a := range c.of(&c.task.Subjects[i]) {
			table[i][column[a.Chosen[0]]]++
		}
	}
	return table
}

// yesNo counts by subject and option how many chose it and how many did not.
func (c *comparison) yesNo() [][]int {
	var table [][]int
	for i := range c.task.Subjects {
		s := &c.task.Subjects[i]
		list := c.of(s)
		for _, id := range ids(c.task.Choices(s)) {
			row := []int{0, 0}
			for _, a := range list {
				if slices.Contains(a.Chosen, id) {
					row[0]++
				} else {
					row[1]++
				}
			}
			table = append(table, row)
		}
	}
	return table
}

// mixed says whether the subjects have different options, so that what chance
// would give is that of all of them together.
func (c *comparison) mixed() bool {
	first := ids(c.task.Choices(&c.task.Subjects[0]))
	slices.Sort(first)
	return slices.ContainsFunc(c.task.Subjects, func(s Subject) bool {
		own := ids(c.task.Choices(&s))
		slices.Sort(own)
		return !slices.Equal(first, own)
	})
}

func (c *comparison) overlap(a *Agreement) {
	common := 0
	for i := range c.task.Subjects {
		list := c.of(&c.task.Subjects[i])
		for j, x := range list {
			for _, y := range list[:j] {
				a.Pairs++
				if overlap(x, y) {
					common++
				}
			}
		}
	}
	if a.Pairs == 0 {
		a.note("workshop.agreement.no-pair")
		return
	}
	share := float64(common) / float64(a.Pairs)
	a.Overlap = &share
}

// overlap says whether two answers of one form have an instant or a point in
// common.
func overlap(x, y *Answer) bool {
	if x.When != nil && y.When != nil {
		return !x.When.Earliest.After(y.When.Latest) && !y.When.Earliest.After(x.When.Latest)
	}
	if x.Where != nil && y.Where != nil {
		return metres(x.Where.Latitude, x.Where.Longitude, y.Where.Latitude, y.Where.Longitude) <= x.Where.RadiusM+y.Where.RadiusM
	}
	return false
}
