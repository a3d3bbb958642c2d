package assess

import (
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"math"
	"slices"
	"strconv"
	"strings"

	"github.com/firsthand-media/firsthand/verify"
)

// setter reads the text of one field into a record; "" empties the field.
type setter func(r *Record, text string) error

// Fields names what [Record.Set] can set, sorted. A name that ends in .* takes
// a language tag, as title_i18n.uk.
func Fields() []string {
	names := slices.Collect(maps.Keys(setters()))
	for _, group := range []string{"", "children_", "women_", "men_", "medical_staff_"} {
		names = append(names, group+"killed", group+"injured")
	}
	names = append(names, "title_i18n.*", "place_name_i18n.*")
	slices.Sort(names)
	return names
}

// Set gives the record with one field set from the text that a person typed.
// Lists are separated by semicolons, since values hold commas; values of a list
// may be written in any case; people are counted as 3, 2-5, 2- or -5; the
// record is not checked as a whole, see [Record.Check].
func (r Record) Set(field, text string) (Record, error) {
	text = strings.TrimSpace(text)
	next := r
	err := next.set(strings.ToLower(strings.TrimSpace(field)), text)
	if err != nil {
		return r, fmt.Errorf("%s: %w", field, err)
	}
	return next, nil
}

func (r *Record) set(field, text string) error {
	for prefix, to := range map[string]*map[string]string{"title_i18n.": &r.Titles, "place_name_i18n.": &r.PlaceNames} {
		if language, ok := strings.CutPrefix(field, prefix); ok && language != "" {
			*to = withText(*to, language, text)
			return nil
		}
	}
	if set, ok := setters()[field]; ok {
		return set(r, text)
	}
	c := Casualties{}
	if r.Casualties != nil {
		c = *r.Casualties
	}
	toll := c.toll(strings.TrimPrefix(field, "casualties."))
	if toll == nil {
		return errors.New("there is no such field of an incident's record")
	}
	people, err := ParseRange(text)
	*toll = people
	r.Casualties = c.orNil()
	return err
}

// orNil is nil where nothing is said of casualties.
func (c Casualties) orNil() *Casualties {
	if c.All == (Toll{}) && c.Children == (Toll{}) && c.Women == (Toll{}) && c.Men == (Toll{}) && c.Medical == (Toll{}) &&
		c.Status == "" && c.Visible == "" && c.Grade == "" && len(c.Sources) == 0 {
		return nil
	}
	return &c
}

func withText(m map[string]string, key, text string) map[string]string {
	out := maps.Clone(m)
	if out == nil {
		out = map[string]string{}
	}
	if out[key] = text; text == "" {
		delete(out, key)
	}
	if len(out) == 0 {
		return nil
	}
	return out
}

func setters() map[string]setter {
	all := map[string]setter{
		"latitude":      number(func(r *Record) **float64 { return &r.Latitude }),
		"longitude":     number(func(r *Record) **float64 { return &r.Longitude }),
		"public_lat":    number(func(r *Record) **float64 { return &r.PublicLatitude }),
		"public_lon":    number(func(r *Record) **float64 { return &r.PublicLongitude }),
		"position":      position(func(r *Record) (**float64, **float64) { return &r.Latitude, &r.Longitude }),
		"public":        position(func(r *Record) (**float64, **float64) { return &r.PublicLatitude, &r.PublicLongitude }),
		"graphic_level": level,
		"related":       related, "sources": sources, "items": items,
		"area_type":                   listed(AreaTypes(), func(r *Record) *[]string { return &r.AreaTypes }),
		"weapon_system":               listed(WeaponSystems(), func(r *Record) *[]string { return &r.Weapons }),
		"incident_type":               listed(IncidentTypes(), func(r *Record) *[]string { return &r.IncidentTypes }),
		"violation_type":              listed(ViolationTypes(), func(r *Record) *[]string { return &r.ViolationTypes }),
		"protected_objects":           listed(ProtectedObjects(), func(r *Record) *[]string { return &r.ProtectedObjects }),
		"sensitivity":                 listed(Sensitivities(), func(r *Record) *[]Sensitivity { return &r.Sensitivity }),
		"origin":                      word([]Origin{FromCandidate, Manual, Imported}, func(r *Record) *Origin { return &r.Origin }),
		"status":                      word([]verify.Status{verify.Candidate, verify.Confirmed, verify.Rejected}, func(r *Record) *verify.Status { return &r.Status }),
		"time_precision":              word(TimePrecisions(), func(r *Record) *TimePrecision { return &r.TimePrecision }),
		"location_precision":          word(LocationPrecisions(), func(r *Record) *LocationPrecision { return &r.LocationPrecision }),
		"publish_location":            word([]Publish{PublishYes, PublishFuzzed, PublishNo}, func(r *Record) *Publish { return &r.PublishLocation }),
		"children_casualties":         word([]YesNo{Yes, No, Unclear}, func(r *Record) *YesNo { return &r.Children }),
		"work_status":                 word(WorkStatuses(), func(r *Record) *WorkStatus { return &r.WorkStatus }),
		"casualties.status":           casualty(func(c *Casualties, t string) { c.Status = strings.ToLower(t) }),
		"casualties.visible_in_media": casualty(func(c *Casualties, t string) { c.Visible = YesNo(strings.ToLower(t)) }),
		"casualties.grade":            casualty(func(c *Casualties, t string) { c.Grade = CasualtyGrade(strings.ToLower(t)) }),
		"casualties.source_ids":       casualty(func(c *Casualties, t string) { c.Sources = split(t) }),
		"alleged_actor.value":         actor(func(a *AllegedActor, t string) { a.Value = t }),
		"alleged_actor.grade":         actor(func(a *AllegedActor, t string) { a.Grade = CasualtyGrade(strings.ToLower(t)) }),
		"alleged_actor.source_ids":    actor(func(a *AllegedActor, t string) { a.Sources = split(t) }),
	}
	for name, of := range map[string]func(*Record) *string{
		"summary": func(r *Record) *string { return &r.Summary }, "description_visible_only": func(r *Record) *string { return &r.Description },
		"more_info": func(r *Record) *string { return &r.MoreInfo }, "date_start": func(r *Record) *string { return &r.DateStart },
		"date_end": func(r *Record) *string { return &r.DateEnd }, "time_local": func(r *Record) *string { return &r.TimeLocal },
		"tz": func(r *Record) *string { return &r.Zone }, "admin1": func(r *Record) *string { return &r.Admin1 },
		"admin2": func(r *Record) *string { return &r.Admin2 }, "country": func(r *Record) *string { return &r.Country },
		"duplicate_of": func(r *Record) *string { return &r.DuplicateOf },
	} {
		all[name] = func(r *Record, text string) error { *of(r) = text; return nil }
	}
	for name, of := range map[string]func(*Record) *[]string{
		"date_basis": func(r *Record) *[]string { return &r.DateBasis }, "location_basis": func(r *Record) *[]string { return &r.LocationBasis },
		"tags": func(r *Record) *[]string { return &r.Tags },
	} {
		all[name] = func(r *Record, text string) error { *of(r) = split(text); return nil }
	}
	return all
}

// split takes a list apart at its semicolons; nil where there is nothing.
func split(text string) []string {
	var out []string
	for part := range strings.SplitSeq(text, ";") {
		if part = strings.TrimSpace(part); part != "" && !slices.Contains(out, part) {
			out = append(out, part)
		}
	}
	return out
}

// inList finds a value as the list spells it.
func inList[T ~string](text string, list []T) (T, error) {
	for _, l := range list {
		if strings.EqualFold(string(l), text) {
			return l, nil
		}
	}
	return "", oneOf("the value", T(text), list)
}

func word[T ~string](list []T, of func(*Record) *T) setter {
	return func(r *Record, text string) error {
		if text == "" {
			*of(r) = ""
			return nil
		}
		v, err := inList(text, list)
		if err == nil {
			*of(r) = v
		}
		return err
	}
}

func listed[T ~string](list []T, of func(*Record) *[]T) setter {
	return func(r *Record, text string) error {
		var out []T
		for _, part := range split(text) {
			v, err := inList(part, list)
			if err != nil {
				return err
			}
			if !slices.Contains(out, v) {
				out = append(out, v)
			}
		}
		*of(r) = out
		return nil
	}
}

func number(of func(*Record) **float64) setter {
	return func(r *Record, text string) error {
		if text == "" {
			*of(r) = nil
			return nil
		}
		v, err := strconv.ParseFloat(text, 64)
		if err != nil || math.IsNaN(v) || math.IsInf(v, 0) {
			return fmt.Errorf("%q is not a number", text)
		}
		*of(r) = &v
		return nil
	}
}

func position(of func(*Record) (lat, lon **float64)) setter {
	return func(r *Record, text string) error {
		lat, lon := of(r)
		if text == "" {
			*lat, *lon = nil, nil
			return nil
		}
		p, err := ParsePosition(text)
		if err == nil && strings.Count(text, ",") != 1 {
			err = errors.New("the radius of a record's position is its location_precision")
		}
		if err == nil {
			*lat, *lon = &p.Latitude, &p.Longitude
		}
		return err
	}
}

func level(r *Record, text string) error {
	if text == "" {
		r.Graphic = nil
		return nil
	}
	v, err := strconv.Atoi(text)
	if err != nil {
		return fmt.Errorf("%q is not a number", text)
	}
	r.Graphic = &v
	return nil
}

func casualty(set func(*Casualties, string)) setter {
	return func(r *Record, text string) error {
		c := Casualties{}
		if r.Casualties != nil {
			c = *r.Casualties
		}
		set(&c, text)
		r.Casualties = c.orNil()
		return nil
	}
}

func actor(set func(*AllegedActor, string)) setter {
	return func(r *Record, text string) error {
		a := AllegedActor{}
		if r.AllegedActor != nil {
			a = *r.AllegedActor
		}
		set(&a, text)
		if r.AllegedActor = &a; a.Value == "" && a.Grade == "" && len(a.Sources) == 0 {
			r.AllegedActor = nil
		}
		return nil
	}
}

// related reads ID:type;ID:type.
func related(r *Record, text string) error {
	var out []Relation
	for _, part := range split(text) {
		i := strings.LastIndex(part, ":")
		if i < 0 {
			return fmt.Errorf("%q is no relation: it is written as ID:same_attack", part)
		}
		kind, err := inList(part[i+1:], RelationTypes())
		if err != nil {
			return err
		}
		out = append(out, Relation{ID: part[:i], Type: kind})
	}
	r.Related = out
	return nil
}

// sources reads a JSON list of sources, or addresses separated by semicolons.
func sources(r *Record, text string) error {
	if !strings.HasPrefix(text, "[") {
		r.Sources = nil
		for i, address := range split(text) {
			s := Source{ID: "src" + strconv.Itoa(i+1), URL: address, Paths: []string{}}
			if strings.EqualFold(address, HiddenPath) {
				s = Source{ID: s.ID, Paths: []string{HiddenPath}, Hidden: true}
			}
			r.Sources = append(r.Sources, s)
		}
		return nil
	}
	var list []Source
	if err := strictJSON([]byte(text), &list); err != nil {
		return fmt.Errorf("a list of sources in JSON: %w", err)
	}
	r.Sources = list
	return nil
}

func items(r *Record, text string) error {
	var out []verify.Digest
	for _, part := range split(text) {
		out = append(out, verify.Digest(strings.ToLower(part)))
	}
	r.Members = out
	return nil
}

// Diff gives the change that makes one record of an incident into another, and
// false when they do not differ.
func Diff(from, to Record) (Change, bool, error) {
	was, err := keysOf(from)
	if err != nil {
		return Change{}, false, err
	}
	is, err := keysOf(to)
	if err != nil {
		return Change{}, false, err
	}
	for key, value := range is {
		if string(value) == string(was[key]) || slices.Contains(ownKeys, key) {
			delete(is, key)
		}
	}
	fields, err := json.Marshal(is)
	return Change{Incident: to.Incident, Fields: fields}, len(is) > 0, err
}
