package exercise

import "github.com/firsthand-media/firsthand/verify/locale"

// marker scores the answer to one subject and writes down why.
type marker struct {
	task    *Task
	subject *Subject
	key     *SubjectKey
	worth   float64 // points
	lines   []locale.Text
}

func (m *marker) say(key string, values ...any) {
	m.lines = append(m.lines, text(key, values...))
}

// text is a message; the values come in pairs of name and value.
func text(key string, values ...any) locale.Text {
	t := locale.Text{Key: key, Values: map[string]any{}}
	for i := 0; i+1 < len(values); i += 2 {
		t.Values[values[i].(string)] = values[i+1]
	}
	return t
}

func (m *marker) mark(a *Answer) SubjectScore {
	s := SubjectScore{Subject: m.subject.ID, Of: hundredths(m.worth), Answered: a != nil}
	if a == nil {
		m.say("workshop.score.unanswered")
	} else {
		s.Credit = m.credit(a)
		if len(m.task.Reasons) > 0 {
			s.Credit = (2*s.Credit + m.reasons(a.Reasons)) / 3
		}
	}
	s.Points = hundredths(m.worth * s.Credit)
	m.say("workshop.score.points", "points", s.Points, "of", s.Of)
	s.Lines = m.lines
	return s
}

// credit is that of the answer itself, without its reasons.
func (m *marker) credit(a *Answer) float64 {
	switch {
	case m.task.Form == OneOf && len(a.Chosen) > 0:
		return m.one(a.Chosen[0])
	case m.task.Form == SomeOf && len(a.Chosen) > 0:
		return m.some(a.Chosen)
	case m.task.Form == Interval && a.When != nil:
		return m.when(a.When)
	case m.task.Form == Area && a.Where != nil:
		return m.where(a.Where)
	}
	m.say("workshop.score.reasons-alone")
	return 0
}

func (m *marker) one(id string) float64 {
	options := m.task.Choices(m.subject)
	right := m.key.best()
	credit := m.key.Credit[id]
	switch {
	case credit >= 1:
		m.say("workshop.score.right", "option", labels(options, id))
	case credit > 0:
		m.say("workshop.score.partly", "option", labels(options, id), "share", 100*credit, "right", labels(options, right...))
	default:
		m.say("workshop.score.wrong", "option", labels(options, id), "right", labels(options, right...))
	}
	m.explain(id)
	return credit
}

func (m *marker) some(chosen []string) float64 {
	options := m.task.Choices(m.subject)
	hits, wrong, credit := someOf(chosen, m.key.Right)
	m.say("workshop.score.some", "n", len(hits), "of", len(m.key.Right), "right", labels(options, m.key.Right...))
	m.wrong("workshop.score.some-wrong", options, wrong)
	if len(wrong) > 0 || len(hits) < len(m.key.Right) {
		m.say("workshop.score.share", "share", 100*credit)
	}
	return credit
}

// reasons are scored as choices; the answer's reasons may be none.
func (m *marker) reasons(given []string) float64 {
	hits, wrong, credit := someOf(given, m.key.Reasons)
	m.say("workshop.score.reasons", "n", len(hits), "of", len(m.key.Reasons), "right", labels(m.task.Reasons, m.key.Reasons...))
	m.wrong("workshop.score.reasons-wrong", m.task.Reasons, wrong)
	m.say("workshop.score.reasons-share", "share", 100*credit)
	return credit
}

// wrong says what was chosen and is not right, and why as far as the key does.
func (m *marker) wrong(key string, options []Option, chosen []string) {
	if len(chosen) == 0 {
		return
	}
	m.say(key, "n", len(chosen), "options", labels(options, chosen...))
	for _, id := range chosen {
		m.explain(id)
	}
}

// explain gives what the key says of an option that is not wholly right.
func (m *marker) explain(id string) {
	if why := m.key.Partly[id]; len(why) > 0 {
		m.say("workshop.score.because", "why", why)
	}
}

func (m *marker) when(w *When) float64 {
	k := m.key.When
	share := covered(w, k)
	truth := span{k.Earliest, k.Latest}
	switch {
	case share >= 1:
		m.say("workshop.score.time-covered", "time", truth)
	case share > 0:
		m.say("workshop.score.time-part", "time", truth, "share", 100*share)
	default:
		m.say("workshop.score.time-missed", "time", truth)
	}
	width := w.Latest.Sub(w.Earliest).Seconds()
	factor := narrow(k.WidthSeconds, width)
	if factor < 1 && share > 0 {
		m.say("workshop.score.time-wide", "width", duration(width), "known", duration(k.WidthSeconds), "share", 100*factor)
	}
	return share * factor
}

func (m *marker) where(w *Where) float64 {
	k := m.key.Where
	away := metres(w.Latitude, w.Longitude, k.Latitude, k.Longitude)
	if away > w.RadiusM {
		m.say("workshop.score.place-outside", "distance", distance(away), "radius", distance(w.RadiusM))
		return 0
	}
	m.say("workshop.score.place-inside", "distance", distance(away))
	factor := narrow(k.RadiusM, w.RadiusM)
	if factor < 1 {
		m.say("workshop.score.place-wide", "radius", distance(w.RadiusM), "known", distance(k.RadiusM), "share", 100*factor)
	}
	return factor
}
