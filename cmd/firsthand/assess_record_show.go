package main

import (
	"encoding/json"
	"fmt"
	"strings"

	"github.com/firsthand-media/firsthand/verify/assess"
)

// printRecord shows the fields of a record that say something, as --set would
// set them, and who changed what.
func (g *globalOptions) printRecord(l recordLine) error {
	t := g.term
	text, err := json.Marshal(l.Record)
	if err != nil {
		return fmt.Errorf("show the record of %s: %w", l.Incident, err)
	}
	var fields map[string]any
	if err := json.Unmarshal(text, &fields); err != nil {
		return fmt.Errorf("show the record of %s: %w", l.Incident, err)
	}
	t.printf("%s  %s\n", l.Incident, l.Status)
	for _, name := range recordOrder() {
		for _, line := range fieldLines(name, fields[name]) {
			t.printf("  %-26s %s\n", line[0], shown(line[1]))
		}
	}
	for _, c := range l.Changes {
		what := strings.Join(c.Fields, ", ")
		if c.TakesBack != nil {
			what = fmt.Sprintf("takes back entry %d", *c.TakesBack)
		}
		if c.Erased {
			what += " (erased)"
		}
		t.printf("  entry %d, %s, %s: %s\n", c.Entry, c.At, shown(c.By), what)
	}
	return nil
}

// recordOrder names the fields that are shown, in the order in which a person
// reads them.
func recordOrder() []string {
	return []string{
		"origin", "summary", "description_visible_only", "more_info", "title_i18n",
		"date_start", "date_end", "time_local", "tz", "time_precision", "date_basis",
		"place_name_i18n", "admin1", "admin2", "country", "latitude", "longitude", "location_precision", "location_basis",
		"public_lat", "public_lon", "publish_location",
		"area_type", "weapon_system", "incident_type", "violation_type", "protected_objects",
		"casualties", "children_casualties", "alleged_actor", "duplicate_of", "related", "work_status", "tags", "sources",
		"sensitivity", "graphic_level", "items", "foreign",
	}
}

// fieldLines are the lines of a field, none where it says nothing.
func fieldLines(name string, value any) [][2]string {
	switch v := value.(type) {
	case nil:
		return nil
	case string:
		if v == "" {
			return nil
		}
		return [][2]string{{name, v}}
	case []any:
		var parts []string
		for _, e := range v {
			parts = append(parts, plainValue(e))
		}
		if len(parts) == 0 {
			return nil
		}
		return [][2]string{{name, strings.Join(parts, "; ")}}
	case map[string]any:
		return objectLines(name, v)
	}
	return [][2]string{{name, plainValue(value)}}
}

func objectLines(name string, object map[string]any) [][2]string {
	if name == "casualties" {
		var c assess.Casualties
		if text, err := json.Marshal(object); err == nil && json.Unmarshal(text, &c) == nil {
			return casualtyLines(c)
		}
	}
	return [][2]string{{name, plainValue(object)}}
}

func casualtyLines(c assess.Casualties) [][2]string {
	var out [][2]string
	for _, g := range []struct {
		prefix string
		toll   assess.Toll
	}{{"", c.All}, {"children_", c.Children}, {"women_", c.Women}, {"men_", c.Men}, {"medical_staff_", c.Medical}} {
		for _, r := range []struct {
			name  string
			value assess.Range
		}{{"killed", g.toll.Killed}, {"injured", g.toll.Injured}} {
			if text := r.value.String(); text != "" {
				out = append(out, [2]string{g.prefix + r.name, text})
			}
		}
	}
	for _, f := range [][2]string{{"casualties.status", c.Status}, {"casualties.visible_in_media", string(c.Visible)}, {"casualties.grade", string(c.Grade)}} {
		if f[1] != "" {
			out = append(out, f)
		}
	}
	return out
}

func plainValue(v any) string {
	if s, ok := v.(string); ok {
		return s
	}
	text, err := json.Marshal(v)
	if err != nil {
		return fmt.Sprint(v)
	}
	return string(text)
}

// listFields lists the fields of a record with the values of their lists.
func (g *globalOptions) listFields() error {
	lists := map[string][]string{
		"area_type": assess.AreaTypes(), "weapon_system": assess.WeaponSystems(), "incident_type": assess.IncidentTypes(),
		"violation_type": assess.ViolationTypes(), "protected_objects": assess.ProtectedObjects(),
		"time_precision": texts(assess.TimePrecisions()), "location_precision": texts(assess.LocationPrecisions()),
		"publish_location": {"yes", "fuzzed", "no"}, "children_casualties": {"yes", "no", "unclear"}, "work_status": texts(assess.WorkStatuses()),
		"sensitivity": texts(assess.Sensitivities()), "casualties.grade": texts(assess.CasualtyGrades()), "alleged_actor.grade": texts(assess.CasualtyGrades()),
		"casualties.status": {"civilian", "combatant", "unknown"}, "casualties.visible_in_media": {"yes", "no", "unclear"},
		"origin": {"candidate", "manual", "import"}, "status": {"candidate", "confirmed", "rejected"}, "related": assess.RelationTypes(),
	}
	for _, name := range assess.Fields() {
		if g.jsonOut {
			if err := g.term.json(map[string]any{"field": name, "values": append([]string{}, lists[name]...)}); err != nil {
				return err
			}
			continue
		}
		g.term.printf("%-28s %s\n", name, strings.Join(lists[name], "; "))
	}
	return nil
}

func texts[T ~string](list []T) []string {
	out := make([]string, len(list))
	for i, v := range list {
		out[i] = string(v)
	}
	return out
}
