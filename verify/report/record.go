package report

import (
	"slices"
	"strings"

	"github.com/firsthand-media/firsthand/verify/assess"
)

// recordView is what people wrote of an incident.
type recordView struct {
	Summary     string
	Description string
	Facts       []fact
	Tolls       []tollView
	TollNote    string
	Links       []linkView
	Hidden      int // links that are not shown
}

// fact is one line of a record.
type fact struct{ Label, Value string }

// tollView is the people of one group who were harmed.
type tollView struct{ Who, Killed, Injured string }

// linkView is where an incident was reported.
type linkView struct{ Title, URL, About string }

// record puts a record into words; nil where nobody wrote anything.
func (w Words) record(r *assess.Record) *recordView {
	listed := func(values []string) string { return w.list(w.sentences(values)) }
	v := &recordView{Summary: quoted(r.Summary), Description: quoted(r.Description)}
	v.fact(w.T("report.recorded.when"), w.own(w.recordedTime(r)))
	v.fact(w.T("report.recorded.where"), w.own(w.recordedPlace(r)))
	v.fact(w.T("report.recorded.place-basis"), w.parts(r.LocationBasis))
	v.fact(w.T("report.recorded.time-basis"), w.parts(r.DateBasis))
	v.fact(w.T("report.recorded.area"), listed(r.AreaTypes))
	v.fact(w.T("report.recorded.weapon"), listed(r.Weapons))
	v.fact(w.T("report.recorded.kind"), listed(r.IncidentTypes))
	v.fact(w.T("report.recorded.violation"), strings.ReplaceAll(listed(r.ViolationTypes), "_", " "))
	v.fact(w.T("report.recorded.protected"), listed(r.ProtectedObjects))
	if y := r.ChildCasualties(); y != "" {
		v.fact(w.T("report.recorded.children"), w.yesNo(y))
	}
	if a := r.AllegedActor; a != nil && a.Value != "" {
		v.fact(w.T("report.recorded.actor"), a.Value+gradeInWords(w.Sentence(string(a.Grade))))
	}
	v.fact(w.T("report.recorded.same"), r.DuplicateOf)
	for _, rel := range r.Related {
		v.fact(w.Sentence(strings.ReplaceAll(rel.Type, "_", " ")), rel.ID)
	}
	v.fact(w.T("report.recorded.work"), w.Sentence(strings.ReplaceAll(string(r.WorkStatus), "_", " ")))
	v.fact(w.T("report.recorded.tags"), w.list(r.Tags))
	v.fact(w.T("report.recorded.more"), r.MoreInfo)
	if r.Foreign != nil {
		v.fact(w.T("report.recorded.imported"), strings.TrimSpace(r.Foreign.Format+" "+r.Foreign.ID))
	}
	w.tolls(v, r.Casualties)
	for _, s := range r.Sources {
		if s.Hidden || slices.Contains(s.Paths, assess.HiddenPath) {
			v.Hidden++
			continue
		}
		v.Links = append(v.Links, linkView{visible(s.Title), short(visible(s.URL), captionHead), visible(strings.Join(notEmpty(s.Author, s.Date, s.Description), " · "))})
	}
	if v.Summary == "" && v.Description == "" && len(v.Facts) == 0 && len(v.Tolls) == 0 && len(v.Links) == 0 && v.Hidden == 0 {
		return nil
	}
	return v
}

func (v *recordView) fact(label, value string) {
	if value = quoted(value); value != "" {
		v.Facts = append(v.Facts, fact{label, value})
	}
}

// recordedTime is a person's day and hour, as written and how sure.
func (w Words) recordedTime(r *assess.Record) string {
	s := r.DateStart
	if s == "" {
		return ""
	}
	if r.DateEnd != "" && r.DateEnd != r.DateStart {
		s = w.T("report.days.from-to", "from", r.DateStart, "to", r.DateEnd)
	}
	switch {
	case r.TimeLocal == "":
	case r.Zone == "":
		s = w.T("report.recorded.clock-there", "day", s, "time", r.TimeLocal)
	default:
		s = w.T("report.recorded.clock", "day", s, "time", r.TimeLocal)
	}
	if r.Zone != "" {
		s += " " + r.Zone
	}
	if key := "report.recorded.time-" + string(r.TimePrecision); w.Has(key) { // nothing is said of one that is unknown
		return w.T(key, "when", s)
	}
	return s
}

// recordedPlace is a person's place: names, then the position.
func (w Words) recordedPlace(r *assess.Record) string {
	var names []string
	for _, lang := range sortedKeys(r.PlaceNames) {
		if n := w.apart(r.PlaceNames[lang]); !slices.Contains(names, n) {
			names = append(names, n)
		}
	}
	parts := notEmpty(strings.Join(names, " / "), r.Admin2, r.Admin1, r.Country)
	if r.Latitude != nil && r.Longitude != nil {
		parts = append(parts, w.Position(*r.Latitude, *r.Longitude, r.LocationPrecision.Metres()))
	}
	if p := r.LocationPrecision; p != "" && len(parts) > 0 {
		parts = append(parts, w.T("report.recorded.precision-"+string(p)))
	}
	return w.list(parts)
}

func (w Words) yesNo(y assess.YesNo) string { return w.T("report.answer." + string(y)) }

func notEmpty(list ...string) []string {
	return slices.DeleteFunc(list, func(s string) bool { return s == "" })
}

func sortedKeys(m map[string]string) []string {
	keys := make([]string, 0, len(m))
	for k := range m {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	return keys
}

func gradeInWords(grade string) string {
	if grade == "" {
		return ""
	}
	return " (" + grade + ")"
}

// tolls are the groups of which a number is known.
func (w Words) tolls(v *recordView, c *assess.Casualties) {
	if c == nil {
		return
	}
	for _, g := range []struct {
		who  string
		toll assess.Toll
	}{
		{"report.casualties.all", c.All}, {"report.casualties.children", c.Children}, {"report.casualties.women", c.Women},
		{"report.casualties.men", c.Men}, {"report.casualties.medical", c.Medical},
	} {
		t := tollView{w.T(g.who), w.rangeOf(g.toll.Killed), w.rangeOf(g.toll.Injured)}
		if t.Killed != "" || t.Injured != "" {
			v.Tolls = append(v.Tolls, t)
		}
	}
	var notes []string
	if c.Status != "" {
		notes = append(notes, w.Sentence(c.Status))
	}
	if c.Grade != "" {
		notes = append(notes, w.T("report.casualties.grade", "grade", w.Sentence(string(c.Grade))))
	}
	if c.Visible != "" {
		notes = append(notes, w.T("report.casualties.visible", "visible", w.yesNo(c.Visible)))
	}
	v.TollNote = visible(strings.Join(notes, " · "))
}

// rangeOf writes a range: "3", "3 to 5", "at least 3", "at most 5".
func (w Words) rangeOf(r assess.Range) string {
	switch {
	case r.Min == nil && r.Max == nil:
		return ""
	case r.Max == nil:
		return w.T("report.range.least", "n", *r.Min)
	case r.Min == nil:
		return w.T("report.range.most", "n", *r.Max)
	case *r.Min == *r.Max:
		return w.number(*r.Min)
	}
	return w.T("report.range.from-to", "from", *r.Min, "to", *r.Max)
}
