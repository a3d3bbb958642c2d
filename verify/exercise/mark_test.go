package exercise

import (
	"math"
	"math/rand/v2"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/firsthand-media/firsthand/verify/locale"
)

// somewhatRight are answers to all of [mill] with known mistakes.
func somewhatRight(t testing.TB) []Answer {
	return []Answer{
		{Task: "trust", Subject: "a", Chosen: []string{"camera"}, Reasons: []string{"sun", "luck"}},
		{Task: "trust", Subject: "b", Chosen: []string{"camera"}, Reasons: []string{"zone", "sun"}},
		{Task: "who", Subject: "all", Chosen: []string{"di", "bo", "ada"}},
		{Task: "when", Subject: "flood", When: &When{instant(t, "2024-05-01T11:00:00Z"), instant(t, "2024-05-01T15:00:00Z")}},
		{Task: "when", Subject: "bell", When: &When{instant(t, "2024-05-01T10:59:00+02:00"), instant(t, "2024-05-01T11:01:00+02:00")}},
		{Task: "where", Subject: "gate", Where: &Where{50.0009, 30, 200}},
	}
}

// said gives the lines of each subject in English.
func said(s Score) map[string]string {
	out := map[string]string{}
	for _, t := range s.Tasks {
		for _, p := range t.Subjects {
			var lines []string
			for _, l := range p.Lines {
				lines = append(lines, locale.For("en").Say(l))
			}
			out[t.Task+"/"+p.Subject] = strings.Join(lines, " ")
		}
	}
	return out
}

// Every number here was reckoned by hand:
//
//	trust/a  answer 1, reasons (1 − 1) ÷ 2 = 0:    (2·1 + 0) ÷ 3 = 2/3 of 2 points
//	trust/b  answer 0, reasons 2 ÷ 2 = 1:          (2·0 + 1) ÷ 3 = 1/3 of 2
//	who/all  (2 − 1) ÷ 3 = 1/3 of 3
//	flood    1 h of 2 h covered, 4 h wide where 3 h can be known: 1/2 · 3/4 = 3/8 of 5
//	bell     covered, 120 s wide where 60 s can be known: 1/2 of 5
//	gate     100 m off, inside 200 m where 100 m can be known: 1/2 of 6
func TestMark(t *testing.T) {
	e, k := mill(t)
	s := Mark(e, k, somewhatRight(t))
	if s.Points != 10.38 || s.Of != 23 {
		t.Errorf("%v of %v points, want 10.38 of 23", s.Points, s.Of)
	}
	for i, want := range []TaskScore{{Task: "trust", Points: 2, Of: 4, Answered: 2}, {Task: "who", Points: 1, Of: 3, Answered: 1},
		{Task: "when", Points: 4.38, Of: 10, Answered: 2}, {Task: "where", Points: 3, Of: 6, Answered: 1}} {
		got := s.Tasks[i]
		got.Subjects = nil
		if !reflect.DeepEqual(got, want) {
			t.Errorf("got %+v, want %+v", got, want)
		}
	}
	credits := []float64{2. / 3, 1. / 3, 1. / 3, 3. / 8, 1. / 2, 1. / 2}
	points := []float64{1.33, 0.67, 1, 1.88, 2.5, 3}
	var got []SubjectScore
	for _, task := range s.Tasks {
		got = append(got, task.Subjects...)
	}
	for i, p := range got {
		if math.Abs(p.Credit-credits[i]) > 1e-12 || p.Points != points[i] || !p.Answered {
			t.Errorf("%s: %+v, want a credit of %v and %v points", p.Subject, p, credits[i], points[i])
		}
	}
}

func TestMarkSaysWhy(t *testing.T) {
	e, k := mill(t)
	answers := somewhatRight(t)
	answers[0].Chosen = []string{"post"}
	lines := said(Mark(e, k, answers))
	for subject, want := range map[string]string{
		"trust/a": "the post: partly right, 50 % of the credit. Right: the camera. Why: it was posted later " +
			"Reasons count for a third: 1 of 2 good ones was given. Good: the sun and the zone. 1 reason that does not hold takes away a good one: the luck. That makes 0 % of the third. 0.67 of 2 points.",
		"trust/b": "the camera: not right. Right: the post. Reasons count for a third: 2 of 2 good ones were given. Good: the sun and the zone. That makes 100 % of the third. 0.67 of 2 points.",
		"who/all": "2 of 3 right choices were made. Right: the ada, the bo and the cy. 1 choice that is not right takes away a right one: the di. That makes 33.33 % of the credit. 1 of 3 points.",
		"when/flood": "The answer covers 50 % of the true time: 1 May 2024, 10:00:00 UTC – 1 May 2024, 12:00:00 UTC. " +
			"The answer is 4 hours wide, and 3 hours can be known: 75 % of that is left. 1.88 of 5 points.",
		"when/bell":  "The answer covers the true time: 1 May 2024, 09:00:00 UTC. The answer is 2 minutes wide, and 60 seconds can be known: 50 % of that is left. 2.5 of 5 points.",
		"where/gate": "The true place lies inside the circle, 100.1 m from its middle. The radius is 200 m, and 100 m can be known: 50 % of that is left. 3 of 6 points.",
	} {
		if lines[subject] != want {
			t.Errorf("%s:\n got %s\nwant %s", subject, lines[subject], want)
		}
	}
	lines = said(Mark(e, k, []Answer{
		{Task: "trust", Subject: "a", Reasons: []string{"zone"}},
		{Task: "when", Subject: "bell", When: &When{instant(t, "2024-05-01T09:00:01Z"), instant(t, "2024-05-01T09:00:02Z")}},
		{Task: "where", Subject: "gate", Where: &Where{51, 30, 2000}},
	}))
	for subject, want := range map[string]string{
		"trust/a":    "Reasons were given, and no answer. Reasons count for a third: 1 of 2 good ones was given. Good: the sun and the zone. That makes 50 % of the third. 0.33 of 2 points.",
		"trust/b":    "Not answered. 0 of 2 points.",
		"when/bell":  "The answer does not cover the true time: 1 May 2024, 09:00:00 UTC. 0 of 5 points.",
		"where/gate": "The true place lies outside the circle: 111.2 km from its middle, and the radius is 2 km. 0 of 6 points.",
	} {
		if lines[subject] != want {
			t.Errorf("%s:\n got %s\nwant %s", subject, lines[subject], want)
		}
	}
}

func TestMarkOfForms(t *testing.T) {
	e, k := mill(t)
	ten, at := instant(t, "2024-05-01T10:00:00Z"), func(minutes int) time.Time {
		return instant(t, "2024-05-01T10:00:00Z").Add(time.Duration(minutes) * time.Minute)
	}
	for _, c := range []struct {
		name   string
		answer Answer
		credit float64
	}{
		{"right option and reasons", Answer{Task: "trust", Subject: "a", Chosen: []string{"camera"}, Reasons: []string{"zone", "sun"}}, 1},
		{"right option, no reason", Answer{Task: "trust", Subject: "a", Chosen: []string{"camera"}}, 2. / 3},
		{"option that the key does not name", Answer{Task: "trust", Subject: "a", Chosen: []string{"name"}}, 0},
		{"all reasons, good and bad", Answer{Task: "trust", Subject: "a", Reasons: []string{"sun", "zone", "luck", "none"}}, 0},
		{"all right", Answer{Task: "who", Subject: "all", Chosen: []string{"cy", "ada", "bo"}}, 1},
		{"one of three", Answer{Task: "who", Subject: "all", Chosen: []string{"cy"}}, 1. / 3},
		{"everything", Answer{Task: "who", Subject: "all", Chosen: []string{"ada", "bo", "cy", "di"}}, 2. / 3},
		{"more wrong than right", Answer{Task: "who", Subject: "all", Chosen: []string{"di"}}, 0},
		{"exactly the time", Answer{Task: "when", Subject: "flood", When: &When{ten, at(120)}}, 1},
		{"as wide as can be known", Answer{Task: "when", Subject: "flood", When: &When{at(-60), at(120)}}, 1},
		{"an instant of the time", Answer{Task: "when", Subject: "flood", When: &When{at(30), at(30)}}, 0},
		{"the day", Answer{Task: "when", Subject: "flood", When: &When{at(-600), at(840)}}, 3. / 24},
		{"touches the end", Answer{Task: "when", Subject: "flood", When: &When{at(120), at(180)}}, 0},
		{"the instant itself", Answer{Task: "when", Subject: "bell", When: &When{at(-60), at(-60)}}, 1},
		{"ends at the instant", Answer{Task: "when", Subject: "bell", When: &When{at(-61), at(-60)}}, 1},
		{"a point beside the place", Answer{Task: "where", Subject: "gate", Where: &Where{50.0009, 30, 100}}, 0},
		{"the point", Answer{Task: "where", Subject: "gate", Where: &Where{50, 30, 1}}, 1},
		{"the whole earth", Answer{Task: "where", Subject: "gate", Where: &Where{-50, -150, farthest}}, 100 / farthest},
	} {
		if err := c.answer.Check(e); err != nil {
			t.Errorf("%s: %v", c.name, err)
		}
		for _, task := range Mark(e, k, []Answer{c.answer}).Tasks {
			for _, s := range task.Subjects {
				want := 0.0
				if task.Task == c.answer.Task && s.Subject == c.answer.Subject {
					want = c.credit
				}
				if math.Abs(s.Credit-want) > 1e-12 {
					t.Errorf("%s: %s/%s has the credit %v, want %v", c.name, task.Task, s.Subject, s.Credit, want)
				}
			}
		}
	}
}

// The places are known distances: a degree of a great circle of a sphere of
// 6371 km is 111.195 km.
func TestMetres(t *testing.T) {
	for _, c := range []struct{ aLat, aLon, bLat, bLon, want float64 }{
		{0, 0, 0, 1, 111_194.93}, {0, 179.5, 0, -179.5, 111_194.93}, {89.5, 0, 89.5, 180, 111_194.93}, {50, 30, 50, 30, 0}, {0, 0, 0, 180, 20_015_086.8},
	} {
		if got := metres(c.aLat, c.aLon, c.bLat, c.bLon); math.Abs(got-c.want) > 0.1 {
			t.Errorf("%+v: %v", c, got)
		}
	}
}

// chance makes answers, right and wrong ones.
type chance struct {
	*rand.Rand
	from time.Time
}

func (c chance) some(from []Option) (out []string) {
	for _, o := range from {
		if c.IntN(2) == 0 {
			out = append(out, o.ID)
		}
	}
	return out
}

func (c chance) when() *When {
	from := c.from.Add(time.Duration(c.IntN(300)-150) * time.Minute)
	return &When{from, from.Add(time.Duration(c.IntN(400)) * time.Minute)}
}

func (c chance) answers(e *Exercise) (list []Answer) {
	for i := range e.Tasks {
		t := &e.Tasks[i]
		for j := range t.Subjects {
			a := Answer{Task: t.ID, Subject: t.Subjects[j].ID, Reasons: c.some(t.Reasons)}
			switch o := t.Choices(&t.Subjects[j]); {
			case c.IntN(6) == 0:
				continue
			case t.Form == OneOf:
				a.Chosen = []string{o[c.IntN(len(o))].ID}
			case t.Form == SomeOf:
				a.Chosen = c.some(o)
			case t.Form == Interval:
				a.When = c.when()
			default:
				a.Where = &Where{50 + c.NormFloat64()/500, 30 + c.NormFloat64()/500, 1 + 400*c.Float64()}
			}
			list = append(list, a)
		}
	}
	return list
}

// The order in which answers, keys, options and reasons stand changes nothing, and
// no score lies outside its bounds.
func TestMarkIsSettledAndBounded(t *testing.T) {
	e, k := mill(t)
	c := chance{rand.New(rand.NewPCG(9, 1)), instant(t, "2024-05-01T10:00:00Z")}
	for range 2000 {
		answers := c.answers(e)
		for i := range answers {
			if err := answers[i].Check(e); err != nil {
				t.Fatal(err)
			}
		}
		s := Mark(e, k, answers)
		if s.Points < 0 || s.Points > float64(s.Of) {
			t.Fatalf("%v of %v points", s.Points, s.Of)
		}
		for _, task := range s.Tasks {
			if task.Points < 0 || task.Points > float64(task.Of) {
				t.Fatalf("%s: %v of %v points", task.Task, task.Points, task.Of)
			}
			for _, p := range task.Subjects {
				if !(p.Credit >= 0 && p.Credit <= 1) || p.Points < 0 || p.Points > p.Of || len(p.Lines) == 0 {
					t.Fatalf("%s/%s: %+v", task.Task, p.Subject, p)
				}
			}
		}
		other := clone(t, *k)
		c.Shuffle(len(other.Tasks), func(i, j int) { other.Tasks[i], other.Tasks[j] = other.Tasks[j], other.Tasks[i] })
		slices.Reverse(other.Tasks[0].Subjects)
		c.Shuffle(len(answers), func(i, j int) { answers[i], answers[j] = answers[j], answers[i] })
		for i := range answers {
			slices.Reverse(answers[i].Chosen)
			slices.Reverse(answers[i].Reasons)
		}
		if again := Mark(e, &other, answers); !reflect.DeepEqual(s, again) {
			t.Fatalf("in another order:\n%+v\n%+v", s, again)
		}
	}
}

// An answer that covers the truth never loses by being made narrower as long as
// it covers it.
func TestNarrowerIsNeverWorse(t *testing.T) {
	_, k := mill(t)
	c := rand.New(rand.NewPCG(9, 2))
	key := k.Tasks[2].Subjects[0].When
	minutes := func(n int) time.Duration { return time.Duration(c.IntN(n)) * time.Minute }
	for range 2000 {
		wide := When{key.Earliest.Add(-minutes(900)), key.Latest.Add(minutes(900))}
		narrower := When{wide.Earliest.Add(minutes(1 + int(key.Earliest.Sub(wide.Earliest).Minutes()))), wide.Latest.Add(-minutes(1 + int(wide.Latest.Sub(key.Latest).Minutes())))}
		m, n := marker{key: &SubjectKey{When: key}}, marker{key: &SubjectKey{When: key}}
		if a, b := m.when(&wide), n.when(&narrower); b < a || a <= 0 {
			t.Fatalf("%v scores %v, and the narrower %v scores %v", wide, a, narrower, b)
		}
	}
	for range 2000 {
		place := k.Tasks[3].Subjects[0]
		wide := Where{50 + c.NormFloat64()/100, 30 + c.NormFloat64()/100, 0}
		away := metres(wide.Latitude, wide.Longitude, 50, 30)
		wide.RadiusM = away + 5000*c.Float64()
		narrower := wide
		narrower.RadiusM = away + (wide.RadiusM-away)*c.Float64()
		m, n := marker{key: &place}, marker{key: &place}
		if a, b := m.where(&wide), n.where(&narrower); b < a || a <= 0 {
			t.Fatalf("%v scores %v, and the narrower %v scores %v", wide, a, narrower, b)
		}
	}
}

// Of two answers to one subject the last counts, and a blank one takes back.
func TestMarkTakesTheLastAnswer(t *testing.T) {
	e, k := mill(t)
	right, wrong := Answer{Task: "who", Subject: "all", Chosen: []string{"ada", "bo", "cy"}}, Answer{Task: "who", Subject: "all", Chosen: []string{"di"}}
	blank := Answer{Task: "who", Subject: "all"}
	for _, c := range []struct {
		answers []Answer
		points  float64
	}{{[]Answer{wrong, right}, 3}, {[]Answer{right, wrong}, 0}, {[]Answer{right, blank}, 0}, {[]Answer{right, blank, right}, 3}} {
		if got := Mark(e, k, c.answers).Points; got != c.points {
			t.Errorf("%+v: %v points, want %v", c.answers, got, c.points)
		}
	}
	if s := Mark(e, k, []Answer{right, blank}).Tasks[1]; s.Answered != 0 || s.Subjects[0].Answered {
		t.Errorf("an answer that was taken back counts: %+v", s)
	}
}

// Three tasks of a third of a point make a whole one, though each shows 0.33.
func TestMarkRoundsAtTheEnd(t *testing.T) {
	e, k := mill(t)
	who, key := e.Tasks[1], k.Tasks[1]
	e.Tasks, k.Tasks = nil, nil
	var answers []Answer
	for _, id := range []string{"one", "two", "three"} {
		who.ID, who.Points, key.Task = id, 1, id
		e.Tasks, k.Tasks = append(e.Tasks, who), append(k.Tasks, key)
		answers = append(answers, Answer{Task: id, Subject: "all", Chosen: []string{"bo"}})
	}
	if s := Mark(e, k, answers); s.Points != 1 || s.Tasks[0].Points != 0.33 {
		t.Errorf("%v points of three times %v", s.Points, s.Tasks[0].Points)
	}
}
