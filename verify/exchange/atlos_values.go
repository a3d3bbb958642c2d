package exchange

import (
	"slices"
	"strings"

	"github.com/firsthand-media/firsthand/verify/assess"
)

// The attributes that an Atlos project has by default, and that hold values of
// our lists.
const (
	atlosIncidentType = "Incident Type"
	atlosReportedNear = "Reported Near"
	atlosImpact       = "Impact"
	atlosEquipment    = "Equipment Used"
)

// atlosDefaults lists them in their order, each with the names of its own in
// older projects.
func atlosDefaults() [][]string {
	return [][]string{
		{atlosIncidentType, "type", "attr_type"}, {atlosReportedNear, "general_location", "attr_general_location"},
		{atlosImpact, "impact", "attr_impact"}, {atlosEquipment, "equipment", "attr_equipment"},
	}
}

// atlosWithComma is the option of Atlos that its own CSV cannot carry: it is
// exported with ", " between values and imported with "," between them.
const atlosWithComma = "Structure/Roads, Highways, or Transport"

// The tags that stand for values Atlos has no option for.
const (
	areaTag       = "Type of area affected: "
	weaponTag     = "Weapon System: "
	candidateTag  = "candidate"
	unassessedTag = "sensitivity not assessed"
)

// impactOf gives the option of Impact for each type of area. Those that are
// missing have none.
func impactOf() map[string]string {
	return map[string]string{
		"Residential": "Structure/Residential", "Industrial": "Structure/Industrial", "Administrative": "Structure/Administrative",
		"Healthcare": "Structure/Healthcare", "School or childcare": "Structure/School or Childcare", "Military": "Structure/Military",
		"Commercial": "Structure/Commercial", "Religious": "Structure/Religious", "Cultural": "Structure/Cultural",
		"Humanitarian": "Structure/Humanitarian", "Food/Food Infrastructure": "Structure/Food Infrastructure",
	}
}

// equipmentOf gives the option of Equipment Used for each weapon system that
// has an equal.
func equipmentOf() map[string]string {
	return map[string]string{
		"Cluster munitions": "Munition/Cluster", "Incendiary munitions": "Munition/Incendiary", "Thermobaric munition": "Munition/Thermobaric",
		"Small arms": "Small Arm", "Land mines": "Land Mine", "HE artillery inc mortars": "Launch System/Artillery",
		"HE rocket artillery": "Launch System/Multiple Launch Rocket System",
	}
}

// toOptions gives the options of Atlos for values of a list, and tags for those
// that have none. Options that came from Atlos and lie below one of ours stand
// for it; those whose value is not in the record any more are left out.
func toOptions(values []string, equals map[string]string, tag string, foreign []string) (options, tags []string) {
	ofOption := func(option string) string { return valueOf(option, equals) }
	for _, f := range foreign {
		if v := ofOption(f); v == "" && f != atlosWithComma || slices.Contains(values, v) || f == atlosWithComma && slices.Contains(values, roads) {
			options = appendNew(options, withoutComma(f))
		}
	}
	for _, v := range values {
		equal, ok := equals[v]
		if !ok {
			tags = append(tags, tag+v)
			if v == roads {
				options = appendNew(options, "Structure")
			}
			continue
		}
		if !slices.ContainsFunc(options, func(o string) bool { return ofOption(o) == v }) {
			options = appendNew(options, equal)
		}
	}
	return options, tags
}

// roads is the type of area whose option Atlos' CSV cannot carry.
const roads = "Roads/Highways/Transport"

// withoutComma writes an option so that the CSV of Atlos can carry it.
func withoutComma(option string) string {
	if option == atlosWithComma {
		return "Structure"
	}
	return strings.ReplaceAll(option, ",", ";")
}

// valueOf gives the value of our list that an option, or one above it, stands
// for; "" where there is none.
func valueOf(option string, equals map[string]string) string {
	for v, equal := range equals {
		if option == equal || strings.HasPrefix(option, equal+"/") {
			return v
		}
	}
	return ""
}

// fromOptions gives the values of our list, in its order, and the options that
// say more than these, as they are.
func fromOptions(options []string, equals map[string]string, list []string) (values, more []string) {
	for _, o := range options {
		v := valueOf(o, equals)
		if o == atlosWithComma {
			v = roads
		}
		if v == "" || equals[v] != o {
			more = append(more, o)
		}
		if v != "" {
			values = appendNew(values, v)
		}
	}
	return inOrder(values, list), more
}

// fromTags takes the tags that stand for values of a list.
func fromTags(tags []string, prefix string, list []string) (values, rest []string) {
	for _, t := range tags {
		if v, ok := strings.CutPrefix(t, prefix); ok && slices.Contains(list, v) {
			values = appendNew(values, v)
			continue
		}
		rest = append(rest, t)
	}
	return values, rest
}

func inOrder(values, list []string) []string {
	slices.SortStableFunc(values, func(a, b string) int { return slices.Index(list, a) - slices.Index(list, b) })
	return values
}

func appendNew(list []string, v string) []string {
	if slices.Contains(list, v) {
		return list
	}
	return append(list, v)
}

// atlosStatus are the states of work, ours first.
func atlosStatus() map[assess.WorkStatus]string {
	return map[assess.WorkStatus]string{
		"candidate": "To Do", "to_do": "To Do", "in_progress": "In Progress", "help_needed": "Help Needed",
		"ready_for_review": "Ready for Review", "completed": "Completed", "cancelled": "Cancelled",
	}
}

// workStatus reads a state of work as Atlos writes it, and as its documents
// once did.
func workStatus(status string) (assess.WorkStatus, bool) {
	switch strings.ToLower(status) {
	case "to do", "unclaimed":
		return "to_do", true
	case "canceled":
		return "cancelled", true
	}
	for _, s := range assess.WorkStatuses() {
		if strings.EqualFold(atlosStatus()[s], status) {
			return s, true
		}
	}
	return "", false
}

// atlosResolution are the precisions of a place that Atlos knows.
func atlosResolution() map[assess.LocationPrecision]string {
	return map[assess.LocationPrecision]string{assess.PlaceExact: "Exact", assess.PlaceVicinity: "Vicinity", assess.PlaceLocality: "Locality"}
}
