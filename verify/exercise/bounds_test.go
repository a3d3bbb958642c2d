package exercise

import (
	"fmt"
	"math"
	"testing"
)

// TestNoNumber: a flag of the command line can hold what JSON cannot.
func TestNoNumber(t *testing.T) {
	e, k := mill(t)
	for name, where := range map[string]Where{
		"latitude": {math.NaN(), 30, 10}, "longitude": {50, math.NaN(), 10}, "radius in metres": {50, 30, math.Inf(1)},
	} {
		a := Answer{Task: "where", Subject: "gate", Where: &where}
		wantError(t, name, a.Check(e), "the "+name+" is")
	}
	k.Tasks[0].Subjects[0].Credit["post"] = math.NaN()
	wantError(t, "a credit", k.Check(e), "a credit of NaN")
}

// TestTurnedText: every character that embeds, overrides or isolates a direction
// is refused, since the one that closes it may be missing.
func TestTurnedText(t *testing.T) {
	whole, _ := mill(t)
	for _, r := range "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069" {
		e := clone(t, whole)
		e.Tasks[0].Options[0].Label = english("a" + string(r) + "b")
		wantError(t, string(r), e.Check(), "turn the direction")
	}
}

// TestHintsAreCounted: a hand-in cannot count a hint that nobody opened.
func TestHintsAreCounted(t *testing.T) {
	e, _ := mill(t)
	for _, n := range []int{0, -1} {
		h := clone(t, handIn(t))
		h.Hints["trust"] = n
		wantError(t, "hints", h.Check(e), `hints of task "trust"`)
	}
}

// TestFilesNamedTooOften: what a page shows of an exercise grows with every file
// that is named, so few bytes of a pack must not name files without end.
func TestFilesNamedTooOften(t *testing.T) {
	whole, _ := mill(t)
	named := func(tasks int) *Exercise {
		e := clone(t, whole)
		e.Media, e.Tasks = nil, nil
		var paths []string
		for i := range mostItems {
			m := whole.Media[0]
			m.Path = fmt.Sprintf("a/%d.png", i)
			e.Media, paths = append(e.Media, m), append(paths, m.Path)
		}
		for i := range tasks {
			task := clone(t, whole.Tasks[0])
			task.ID = fmt.Sprintf("t%d", i)
			for k := range task.Subjects {
				task.Subjects[k].Items = paths
			}
			e.Tasks = append(e.Tasks, task)
		}
		return e
	}
	wantError(t, "4000 times", named(10).Check(), "")
	wantError(t, "4400 times", named(11).Check(), "name files 4400 times")
	options := named(10)
	options.Tasks[0].Options[0].Item = "a/0.png"
	wantError(t, "by an option too, of each subject", options.Check(), "name files 4002 times")
	reasons := named(10)
	reasons.Tasks[0].Reasons[0].Item = "a/0.png"
	wantError(t, "by a reason too", reasons.Check(), "name files 4001 times")
}
