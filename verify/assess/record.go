package assess

import (
	"encoding/json"
	"time"

	"github.com/firsthand-media/firsthand/verify"
)

// Record is what people wrote of one incident: one place, one time, one
// sentence. Every field may be empty; an incident by hand or from an import may
// have no item, no place and no time. The keys of its JSON are the names by
// which a field is set, see [Fields].
type Record struct {
	Incident string `json:"incident"` // id, of a candidate or its own
	Origin   Origin `json:"origin"`

	// Status is that of an incident by hand or from an import. A candidate's
	// is what was decided of it, and empty here.
	Status verify.Status `json:"status"`

	// Members are items named by hand, beside those that the grouping gives.
	Members []verify.Digest `json:"items"`
	// Foreign is where an imported incident comes from, nil for others.
	Foreign *Foreign `json:"foreign"`

	CreatedBy string    `json:"created_by"`
	CreatedAt time.Time `json:"created_at"`
	UpdatedBy string    `json:"updated_by"`
	UpdatedAt time.Time `json:"updated_at"`

	Summary     string            `json:"summary"`                  // one sentence
	Description string            `json:"description_visible_only"` // what is seen, without attribution
	MoreInfo    string            `json:"more_info"`
	Titles      map[string]string `json:"title_i18n"` // by language tag

	DateStart     string        `json:"date_start"` // YYYY-MM-DD, "" unknown
	DateEnd       string        `json:"date_end"`   // the last day, "" the same or unknown
	TimeLocal     string        `json:"time_local"` // HH:MM or HH:MM:SS on the clocks of the place, "" unknown, never a made-up midnight
	Zone          string        `json:"tz"`         // IANA name or ±HH:MM, "" unknown
	TimePrecision TimePrecision `json:"time_precision"`
	DateBasis     []string      `json:"date_basis"`

	PlaceNames        map[string]string `json:"place_name_i18n"` // by language tag
	Admin1            string            `json:"admin1"`
	Admin2            string            `json:"admin2"`
	Country           string            `json:"country"`
	Latitude          *float64          `json:"latitude"` // a person's; nil leaves that of the grouping
	Longitude         *float64          `json:"longitude"`
	LocationPrecision LocationPrecision `json:"location_precision"`
	LocationBasis     []string          `json:"location_basis"`
	PublicLatitude    *float64          `json:"public_lat"` // what may be published in place of the position
	PublicLongitude   *float64          `json:"public_lon"`
	PublishLocation   Publish           `json:"publish_location"`

	AreaTypes        []string      `json:"area_type"`         // of [AreaTypes]
	Weapons          []string      `json:"weapon_system"`     // of [WeaponSystems]
	IncidentTypes    []string      `json:"incident_type"`     // of [IncidentTypes]
	ViolationTypes   []string      `json:"violation_type"`    // of [ViolationTypes]
	ProtectedObjects []string      `json:"protected_objects"` // of [ProtectedObjects]
	Casualties       *Casualties   `json:"casualties"`
	Children         YesNo         `json:"children_casualties"`
	AllegedActor     *AllegedActor `json:"alleged_actor"`

	DuplicateOf string     `json:"duplicate_of"`
	Related     []Relation `json:"related"`
	WorkStatus  WorkStatus `json:"work_status"`
	Tags        []string   `json:"tags"`
	Sources     []Source   `json:"sources"`

	Sensitivity []Sensitivity `json:"sensitivity"`
	Graphic     *int          `json:"graphic_level"` // 0 to 3, nil where nobody said
}

// Origin is how an incident came into the case.
type Origin string

// The origins.
const (
	FromCandidate Origin = "candidate"
	Manual        Origin = "manual"
	Imported      Origin = "import"
)

// Foreign is an incident as another program has it: what it is called there
// and every field that this record has no place for, as read, so that an export
// in the same format gives them back.
type Foreign struct {
	Format string                     `json:"format"` // atlos, timemap, uwazi, …
	ID     string                     `json:"id"`
	Fields map[string]json.RawMessage `json:"fields"`
}

// TimePrecision is how well a time is known.
type TimePrecision string

// TimePrecisions lists the values, the finest first.
func TimePrecisions() []TimePrecision {
	return []TimePrecision{"exact", "minute", "hour", "part_of_day", "day", "month", "unknown"}
}

// LocationPrecision is how well a place is known.
type LocationPrecision string

// The precisions of a place.
const (
	PlaceExact    LocationPrecision = "exact"
	PlaceVicinity LocationPrecision = "vicinity"
	PlaceLocality LocationPrecision = "locality"
	PlaceDistrict LocationPrecision = "district"
	PlaceUnknown  LocationPrecision = "unknown"
)

// LocationPrecisions lists them, the finest first.
func LocationPrecisions() []LocationPrecision {
	return []LocationPrecision{PlaceExact, PlaceVicinity, PlaceLocality, PlaceDistrict, PlaceUnknown}
}

// Metres is the radius that the precision stands for; 0 where it names none.
func (p LocationPrecision) Metres() float64 {
	return map[LocationPrecision]float64{PlaceExact: 10, PlaceVicinity: 100, PlaceLocality: 1000}[p]
}

// Publish says what of a position may be published.
type Publish string

// The values of Record.PublishLocation; "" is not decided, and nothing that is
// not decided is published exactly.
const (
	PublishYes    Publish = "yes"
	PublishFuzzed Publish = "fuzzed"
	PublishNo     Publish = "no"
)

// YesNo is an answer that may be open.
type YesNo string

// The answers; "" is not answered.
const (
	Yes     YesNo = "yes"
	No      YesNo = "no"
	Unclear YesNo = "unclear"
)

// Casualties are the people killed and injured, as ranges, since counts
// conflict. SourceIDs name entries of Record.Sources.
type Casualties struct {
	All      Toll          `json:"all"`
	Children Toll          `json:"children"`
	Women    Toll          `json:"women"`
	Men      Toll          `json:"men"`
	Medical  Toll          `json:"medical_staff"`
	Status   string        `json:"status"`           // civilian, combatant, unknown
	Visible  YesNo         `json:"visible_in_media"` // yes, no, unclear
	Sources  []string      `json:"source_ids"`
	Grade    CasualtyGrade `json:"grade"`
}

// Toll is the people of one group who were harmed.
type Toll struct {
	Killed  Range `json:"killed"`
	Injured Range `json:"injured"`
}

// Range is a number that is known to lie between two, both included. A nil end
// is not known; both nil say nothing, which is not zero.
type Range struct {
	Min *int `json:"min"`
	Max *int `json:"max"`
}

// CasualtyGrade is how well casualties are supported, in Airwars' words.
type CasualtyGrade string

// CasualtyGrades lists the values, the strongest first.
func CasualtyGrades() []CasualtyGrade {
	return []CasualtyGrade{"confirmed", "fair", "weak", "contested", "discounted"}
}

// AllegedActor is who is said to have done it, apart from what is seen.
type AllegedActor struct {
	Value   string        `json:"value"`
	Grade   CasualtyGrade `json:"grade"`
	Sources []string      `json:"source_ids"`
}

// Relation is a tie to another incident.
type Relation struct {
	ID   string `json:"id"`
	Type string `json:"type"` // same_attack, follow_up, same_place, see_also
}

// RelationTypes lists the types of Relation.
func RelationTypes() []string { return []string{"same_attack", "follow_up", "same_place", "see_also"} }

// WorkStatus is how far the work on an incident has come.
type WorkStatus string

// WorkStatuses lists the values in the order of the work.
func WorkStatuses() []WorkStatus {
	return []WorkStatus{"candidate", "to_do", "in_progress", "help_needed", "ready_for_review", "completed", "cancelled"}
}

// Source is where an incident was reported. A hidden one is kept with all that
// is known here and leaves the case as HIDDEN; one that came in as HIDDEN has
// nothing but that.
type Source struct {
	ID          string   `json:"id"`
	Title       string   `json:"title"`
	URL         string   `json:"url"`
	Paths       []string `json:"paths"`
	Description string   `json:"description"`
	Type        string   `json:"type"`
	Author      string   `json:"author"`
	Date        string   `json:"date"`
	Hidden      bool     `json:"hidden"`
}

// HiddenPath stands for a source that is not shown.
const HiddenPath = "HIDDEN"
