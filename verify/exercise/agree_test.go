package exercise

import (
	"math"
	"math/rand/v2"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/firsthand-media/firsthand/verify/locale"
)

func notes(a Agreement) string {
	var list []string
	for _, n := range a.Notes {
		list = append(list, locale.For("en").Say(n))
	}
	return strings.Join(list, " ")
}

// three are what three learners answered.
func three(t *testing.T) [][]Answer {
	trust := func(subject, option string) Answer {
		return Answer{Task: "trust", Subject: subject, Chosen: []string{option}}
	}
	who := func(options ...string) Answer { return Answer{Task: "who", Subject: "all", Chosen: options} }
	when := func(subject, from, to string) Answer {
		return Answer{Task: "when", Subject: subject, When: &When{instant(t, "2024-05-01T"+from+":00Z"), instant(t, "2024-05-01T"+to+":00Z")}}
	}
	return [][]Answer{
		{trust("a", "camera"), trust("b", "post"), who("ada", "bo"), when("flood", "10:00", "11:00"), when("bell", "09:00", "09:00")},
		{who("di", "ada"), when("bell", "09:00", "09:00"), when("flood", "11:00", "12:00"), trust("b", "post"), trust("a", "camera")},
		{trust("a", "post"), {Task: "trust", Subject: "b", Reasons: []string{"sun"}}, who("cy", "bo", "ada"), when("flood", "13:00", "14:00"), {Task: "where", Subject: "gate", Where: &Where{50, 30, 10}}},
	}
}

// Reckoned by hand, with x ÷ y as fractions:
//
//	trust  a: camera 2, post 1, agreeing pairs 1/3; b: post 2, 1/1; observed 2/3.
//	       camera 2/5, post 3/5 of five answers: expected 13/25. Kappa 11/36.
//	who    yes/no of ada 3/0, bo 2/1, cy 1/2, di 1/2: observed (1 + 3·1/3) ÷ 4 = 1/2.
//	       7 of 12 are yes: expected 74/144. Kappa −1/35.
//	when   flood: one pair of three touches; bell: one of one. 2/4.
func TestAgree(t *testing.T) {
	e, _ := mill(t)
	got := Agree(e, three(t))
	near := func(what string, got *float64, want float64) {
		t.Helper()
		if math.IsNaN(want) != (got == nil) || got != nil && math.Abs(*got-want) > 1e-12 {
			t.Errorf("%s: got %v, want %v", what, got, want)
		}
	}
	none := math.NaN()
	for i, want := range []struct {
		Agreement
		kappa, observed, expected, overlap float64
		notes                              string
	}{
		{Agreement{Task: "trust", Learners: 3, Subjects: 2}, 11. / 36, 2. / 3, 13. / 25, none, "Only 2 parts were compared: each answer moves kappa much."},
		{Agreement{Task: "who", Learners: 3, Subjects: 1}, -1. / 35, 1. / 2, 74. / 144, none, "Each option of each part counts as a part of its own, answered with yes or no. Only 4 parts were compared: each answer moves kappa much."},
		{Agreement{Task: "when", Learners: 3, Subjects: 2, Pairs: 4}, none, none, none, 1. / 2, ""},
		{Agreement{Task: "where", Learners: 1, LeftOut: 1}, none, none, none, none, "1 part is left out: fewer than two people answered it. No two people answered the same part, so there is nothing to compare."},
	} {
		a := got[i]
		near(a.Task+" kappa", a.Kappa, want.kappa)
		near(a.Task+" observed", a.Observed, want.observed)
		near(a.Task+" expected", a.Expected, want.expected)
		near(a.Task+" overlap", a.Overlap, want.overlap)
		if notes(a) != want.notes {
			t.Errorf("%s: says %q, want %q", a.Task, notes(a), want.notes)
		}
		a.Kappa, a.Observed, a.Expected, a.Overlap, a.Notes = nil, nil, nil, nil, nil
		if !reflect.DeepEqual(a, want.Agreement) {
			t.Errorf("got %+v, want %+v", a, want.Agreement)
		}
	}
}

func TestAgreeSaysWhatItCannot(t *testing.T) {
	e, _ := mill(t)
	one := func(option string) []Answer { return []Answer{{Task: "trust", Subject: "a", Chosen: []string{option}}} }
	same := []Answer{{Task: "trust", Subject: "a", Chosen: []string{"post"}}, {Task: "trust", Subject: "b", Chosen: []string{"post"}}}
	for _, c := range []struct {
		name    string
		answers [][]Answer
		notes   string
	}{
		{"nobody", nil, "2 parts are left out: fewer than two people answered each. No two people answered the same part, so there is nothing to compare."},
		{"one part", [][]Answer{one("post"), one("camera")}, "1 part is left out: fewer than two people answered it. The task has one part alone that can be compared: kappa needs two or more."},
		{"no variation", [][]Answer{same, same}, "Everybody gave the same one answer throughout, about which kappa says nothing."},
	} {
		if a := Agree(e, c.answers)[0]; a.Kappa != nil || notes(a) != c.notes {
			t.Errorf("%s: %+v says %q, want %q", c.name, a, notes(a), c.notes)
		}
	}
	other := clone(t, *e)
	other.Tasks[0].Subjects[1].Options = options("yes", "post")
	if a := Agree(&other, three(t))[0]; a.Kappa == nil || !strings.Contains(notes(a), "different options") {
		t.Errorf("options of a subject's own: %+v says %q", a, notes(a))
	}
	circles := func(radius float64) [][]Answer {
		at := func(lat float64) []Answer {
			return []Answer{{Task: "where", Subject: "gate", Where: &Where{lat, 30, radius}}}
		}
		return [][]Answer{at(50), at(50.0009)} // 100.08 m apart
	}
	for radius, want := range map[float64]float64{50: 0, 50.1: 1} {
		if a := Agree(e, circles(radius))[3]; a.Overlap == nil || *a.Overlap != want {
			t.Errorf("circles of %v m: %+v, want %v", radius, a.Overlap, want)
		}
	}
}

// Who is named first changes nothing.
func TestAgreeIsSettled(t *testing.T) {
	e, _ := mill(t)
	c := chance{rand.New(rand.NewPCG(9, 3)), instant(t, "2024-05-01T10:00:00Z")}
	for range 300 {
		var answers [][]Answer
		for range c.IntN(12) {
			answers = append(answers, c.answers(e))
		}
		before := Agree(e, answers)
		c.Shuffle(len(answers), func(i, j int) { answers[i], answers[j] = answers[j], answers[i] })
		for _, list := range answers {
			slices.Reverse(list)
		}
		if after := Agree(e, answers); !reflect.DeepEqual(before, after) {
			t.Fatalf("%+v\n%+v", before, after)
		}
		for _, a := range before {
			if a.Kappa != nil && !(*a.Kappa >= -1-1e-12 && *a.Kappa <= 1+1e-12) || a.Overlap != nil && !(*a.Overlap >= 0 && *a.Overlap <= 1) {
				t.Fatalf("%+v", a)
			}
		}
	}
}
