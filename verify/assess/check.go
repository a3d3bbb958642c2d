package assess

import (
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"time"

	"github.com/firsthand-media/firsthand/verify"
)

// oneOf wants a value to be empty or of a list.
func oneOf[T ~string](field string, value T, list []T) error {
	if value == "" || slices.Contains(list, value) {
		return nil
	}
	words := make([]string, len(list))
	for i, l := range list {
		words[i] = string(l)
	}
	return fmt.Errorf("%s is %q: it is one of %s", field, value, strings.Join(words, ", "))
}

func allOf[T ~string](field string, values, list []T) error {
	for i, v := range values {
		if v == "" {
			return fmt.Errorf("%s holds an empty value", field)
		}
		if err := oneOf(field, v, list); err != nil {
			return err
		}
		if slices.Contains(values[:i], v) {
			return fmt.Errorf("%s holds %q twice", field, v)
		}
	}
	return nil
}

const dayForm = "2006-01-02"

var zoneForm = regexp.MustCompile(`^(Z|[+-]([01][0-9]|2[0-3]):[0-5][0-9]|[A-Za-z][A-Za-z0-9_+-]*(/[A-Za-z0-9_+-]+)*)$`)

// Check says what of the record cannot be: a value outside its list, a number
// out of range, two fields that contradict each other.
func (r *Record) Check() error {
	checks := []error{
		oneOf("origin", r.Origin, []Origin{FromCandidate, Manual, Imported}),
		oneOf("status", r.Status, []verify.Status{verify.Candidate, verify.Confirmed, verify.Rejected}),
		oneOf("time_precision", r.TimePrecision, TimePrecisions()),
		oneOf("location_precision", r.LocationPrecision, LocationPrecisions()),
		oneOf("publish_location", r.PublishLocation, []Publish{PublishYes, PublishFuzzed, PublishNo}),
		oneOf("children_casualties", r.Children, []YesNo{Yes, No, Unclear}),
		oneOf("work_status", r.WorkStatus, WorkStatuses()),
		allOf("area_type", r.AreaTypes, AreaTypes()),
		allOf("weapon_system", r.Weapons, WeaponSystems()),
		allOf("incident_type", r.IncidentTypes, IncidentTypes()),
		allOf("violation_type", r.ViolationTypes, ViolationTypes()),
		allOf("protected_objects", r.ProtectedObjects, ProtectedObjects()),
		allOf("sensitivity", r.Sensitivity, Sensitivities()),
		checkLevel(r.Graphic),
		r.checkTimes(), r.checkPlaces(), r.checkTies(),
	}
	for _, err := range checks {
		if err != nil {
			return err
		}
	}
	if c := r.Casualties; c != nil {
		return errors.Join(c.check(), oneOf("casualties.visible_in_media", c.Visible, []YesNo{Yes, No, Unclear}),
			oneOf("casualties.grade", c.Grade, CasualtyGrades()))
	}
	return nil
}

func checkLevel(level *int) error {
	if level != nil && (*level < 0 || *level > 3) {
		return fmt.Errorf("graphic_level is %d: it is 0 (none), 1, 2 (moderate) or 3 (severe)", *level)
	}
	return nil
}

func (r *Record) checkTimes() error {
	for _, d := range []struct{ field, value string }{{"date_start", r.DateStart}, {"date_end", r.DateEnd}} {
		if d.value == "" {
			continue
		}
		if _, err := time.Parse(dayForm, d.value); err != nil {
			return fmt.Errorf("%s is %q: a day is written as 2022-03-04", d.field, d.value)
		}
	}
	switch {
	case r.DateEnd != "" && r.DateStart == "":
		return errors.New("date_end stands without date_start")
	case r.DateEnd != "" && r.DateEnd < r.DateStart:
		return fmt.Errorf("date_end %s is before date_start %s", r.DateEnd, r.DateStart)
	case r.TimeLocal != "" && r.DateStart == "":
		return errors.New("time_local stands without date_start")
	case r.Zone != "" && !zoneForm.MatchString(r.Zone):
		return fmt.Errorf("tz is %q: it is a name as Europe/Kyiv or an offset as +03:00", r.Zone)
	}
	if r.TimeLocal == "" {
		return nil
	}
	if _, err := clockTime(r.TimeLocal); err != nil {
		return fmt.Errorf("time_local is %q: a time is written as 14:05 or 14:05:30", r.TimeLocal)
	}
	return nil
}

// clockTime reads HH:MM or HH:MM:SS.
func clockTime(text string) (time.Duration, error) {
	for _, form := range []string{"15:04", "15:04:05"} {
		if t, err := time.Parse(form, text); err == nil && len(text) == len(form) {
			return time.Duration(t.Hour())*time.Hour + time.Duration(t.Minute())*time.Minute + time.Duration(t.Second())*time.Second, nil
		}
	}
	return 0, errors.New("no time of day")
}

func (r *Record) checkPlaces() error {
	for _, p := range []struct {
		lat, lon *float64
		names    string
	}{{r.Latitude, r.Longitude, "latitude and longitude"}, {r.PublicLatitude, r.PublicLongitude, "public_lat and public_lon"}} {
		if (p.lat == nil) != (p.lon == nil) {
			return fmt.Errorf("%s go together", p.names)
		}
		if p.lat != nil && !(*p.lat >= -90 && *p.lat <= 90 && *p.lon >= -180 && *p.lon <= 180) {
			return fmt.Errorf("%s are %v, %v: they lie within ±90 and ±180 degrees", p.names, *p.lat, *p.lon)
		}
	}
	return nil
}

var digestForm = regexp.MustCompile(`^[0-9a-f]{64}$`)

func (r *Record) checkTies() error {
	for i, d := range r.Members {
		if !digestForm.MatchString(string(d)) || slices.Contains(r.Members[:i], d) {
			return fmt.Errorf("items are named by different SHA-256 in lower-case hexadecimal, and %q is not", d)
		}
	}
	if r.DuplicateOf != "" && r.DuplicateOf == r.Incident {
		return errors.New("an incident is no duplicate of itself")
	}
	for _, rel := range r.Related {
		if rel.ID == "" || rel.Type == "" {
			return errors.New("a related incident needs an id and a type")
		}
		if err := oneOf("related", rel.Type, RelationTypes()); err != nil {
			return err
		}
	}
	if a := r.AllegedActor; a != nil {
		return oneOf("alleged_actor.grade", a.Grade, CasualtyGrades())
	}
	return nil
}

// ChildCasualties says whether children were killed or injured: what a person
// answered, else yes where a range for children begins above zero, no where
// both end at zero, unclear where they leave it open, and "" where nothing is
// said.
func (r *Record) ChildCasualties() YesNo {
	if r.Children != "" || r.Casualties == nil {
		return r.Children
	}
	killed, injured := r.Casualties.Children.Killed, r.Casualties.Children.Injured
	certainK, openK := killed.some()
	certainI, openI := injured.some()
	switch {
	case certainK || certainI:
		return Yes
	case openK || openI, killed.Min != nil && killed.Max == nil, injured.Min != nil && injured.Max == nil:
		return Unclear
	case killed.Max != nil && injured.Max != nil:
		return No
	case killed.Max != nil || injured.Max != nil:
		return Unclear
	}
	return ""
}
