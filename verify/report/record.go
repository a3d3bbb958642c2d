package report

import (
	"fmt"
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

// newRecordView puts a record into words; nil where nobody wrote anything.
func newRecordView(r *assess.Record) *recordView {
	v := &recordView{Summary: quoted(r.Summary), Description: quoted(r.Description)}
	v.fact("when", recordedTime(r))
	v.fact("where", recordedPlace(r))
	v.fact("place rests on", strings.Join(r.LocationBasis, "; "))
	v.fact("time rests on", strings.Join(r.DateBasis, "; "))
	v.fact("area", strings.Join(r.AreaTypes, ", "))
	v.fact("weapon", strings.Join(r.Weapons, ", "))
	v.fact("kind", strings.Join(r.IncidentTypes, ", "))
	v.fact("violation", strings.ReplaceAll(strings.Join(r.ViolationTypes, ", "), "_", " "))
	v.fact("protected", strings.Join(r.ProtectedObjects, ", "))
	v.fact("children among the casualties", string(r.ChildCasualties()))
	if a := r.AllegedActor; a != nil && a.Value != "" {
		v.fact("said to be responsible", a.Value+gradeInWords(string(a.Grade)))
	}
	v.fact("the same as", r.DuplicateOf)
	for _, rel := range r.Related {
		v.fact(strings.ReplaceAll(rel.Type, "_", " "), rel.ID)
	}
	v.fact("work", strings.ReplaceAll(string(r.WorkStatus), "_", " "))
	v.fact("tags", strings.Join(r.Tags, ", "))
	v.fact("more", r.MoreInfo)
	if r.Foreign != nil {
		v.fact("imported", strings.TrimSpace(r.Foreign.Format+" "+r.Foreign.ID))
	}
	v.tolls(r.Casualties)
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
func recordedTime(r *assess.Record) string {
	s := r.DateStart
	if s == "" {
		return ""
	}
	if r.DateEnd != "" && r.DateEnd != r.DateStart {
		s += " to " + r.DateEnd
	}
	if r.TimeLocal != "" {
		s += ", " + r.TimeLocal
		if r.Zone == "" {
			s += " on the clocks of the place"
		}
	}
	if r.Zone != "" {
		s += " " + r.Zone
	}
	if p := string(r.TimePrecision); p != "" && p != "unknown" {
		s += " (known to the " + strings.ReplaceAll(p, "_", " ") + ")"
		s = strings.ReplaceAll(s, "known to the exact", "exact")
	}
	return s
}

// recordedPlace is a person's place: names, then the position.
func recordedPlace(r *assess.Record) string {
	var names []string
	for _, lang := range sortedKeys(r.PlaceNames) {
		if n := r.PlaceNames[lang]; !slices.Contains(names, n) {
			names = append(names, n)
		}
	}
	parts := notEmpty(strings.Join(names, " / "), r.Admin2, r.Admin1, r.Country)
	if r.Latitude != nil && r.Longitude != nil {
		parts = append(parts, Position(*r.Latitude, *r.Longitude, r.LocationPrecision.Metres()))
	}
	if p := r.LocationPrecision; p != "" && len(parts) > 0 {
		parts = append(parts, "precision: "+string(p))
	}
	return strings.Join(parts, ", ")
}

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
func (v *recordView) tolls(c *assess.Casualties) {
	if c == nil {
		return
	}
	for _, g := range []struct {
		who  string
		toll assess.Toll
	}{{"all", c.All}, {"children", c.Children}, {"women", c.Women}, {"men", c.Men}, {"medical staff", c.Medical}} {
		t := tollView{g.who, rangeInWords(g.toll.Killed), rangeInWords(g.toll.Injured)}
		if t.Killed != "" || t.Injured != "" {
			v.Tolls = append(v.Tolls, t)
		}
	}
	var notes []string
	if c.Status != "" {
		notes = append(notes, c.Status)
	}
	if c.Grade != "" {
		notes = append(notes, "grade: "+string(c.Grade))
	}
	if c.Visible != "" {
		notes = append(notes, "visible in the files: "+string(c.Visible))
	}
	v.TollNote = visible(strings.Join(notes, " · "))
}

// rangeInWords writes a range: "3", "3 to 5", "at least 3", "at most 5".
func rangeInWords(r assess.Range) string {
	switch {
	case r.Min == nil && r.Max == nil:
		return ""
	case r.Max == nil:
		return fmt.Sprintf("at least %d", *r.Min)
	case r.Min == nil:
		return fmt.Sprintf("at most %d", *r.Max)
	case *r.Min == *r.Max:
		return fmt.Sprint(*r.Min)
	}
	return fmt.Sprintf("%d to %d", *r.Min, *r.Max)
}
