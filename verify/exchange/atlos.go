package exchange

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"time"

	"github.com/firsthand-media/firsthand/verify"
	"github.com/firsthand-media/firsthand/verify/assess"
)

// Bounds that Atlos sets (atlosdotorg/atlos, 2026-02), in letters.
const (
	atlosFormat         = "atlos"
	atlosMinDescription = 8
	atlosMaxDescription = 2000
	atlosMaxMoreInfo    = 3000
)

// atlosIncident is an incident as Atlos has it, in its CSV and its JSON.
type atlosIncident struct {
	slug, insertedAt, updatedAt string
	latitude, longitude         string
	status                      string
	assignments                 string
	description                 string
	date                        string // YYYY-MM-DD
	time                        string // HH:MM:SS, of the CSV alone
	tags                        []string
	resolution                  string
	moreInfo                    string
	restrictions                []string
	sensitive                   []string
	sources                     []string
	attributes                  map[string][]string // custom ones, by label
}

// The keys under which a record keeps what of an Atlos incident it has no
// field for.
const (
	atlosInserted     = "inserted_at"
	atlosUpdated      = "updated_at"
	atlosAssignments  = "assignments"
	atlosRestrictions = "restrictions"
)

// encodeAtlos makes the incident of a record. What Atlos has no field for, or
// not for all values of, is carried in more_info as far as it fits; the fields
// that are lost are given. The JSON of Atlos has no clock time.
func encodeAtlos(r assess.Record, withTime bool) (atlosIncident, []string) {
	a := baseAtlos(r, withTime)
	a.moreInfo = r.MoreInfo
	back, _ := a.record()
	a.moreInfo, _ = carry(r.MoreInfo, differing(r, back), r, atlosMaxMoreInfo)
	if length(a.moreInfo) > atlosMaxMoreInfo {
		a.moreInfo = string([]rune(a.moreInfo)[:atlosMaxMoreInfo])
	}
	back, _ = a.record()
	return a, append(differing(withPlainSources(r), back), lostOfSources(r)...)
}

// lostOfSources says what a list of addresses does not hold of the sources.
func lostOfSources(r assess.Record) []string {
	hidden, without, described := false, false, false
	for _, s := range r.Sources {
		hidden = hidden || s.Hidden
		without = without || s.URL == "" && !s.Hidden
		described = described || !s.Hidden && s.Title+s.Description+s.Type+s.Author+s.Date != ""
	}
	var lost []string
	for what, is := range map[string]bool{"hidden sources": hidden, "sources without an address": without, "titles and notes of sources": described} {
		if is {
			lost = append(lost, what)
		}
	}
	slices.Sort(lost)
	return lost
}

// withPlainSources leaves of the sources what an address alone says, so that
// each is not lost for its title; the others are counted apart.
func withPlainSources(r assess.Record) assess.Record {
	plain := []assess.Source{}
	for _, s := range r.Sources {
		if s.URL != "" && !s.Hidden {
			plain = append(plain, assess.Source{ID: fmt.Sprintf("source_%d", len(plain)+1), URL: s.URL})
		}
	}
	r.Sources = plain
	return r
}

// baseAtlos fills the fields that Atlos has.
func baseAtlos(r assess.Record, withTime bool) atlosIncident {
	f := foreignOf(r, atlosFormat)
	a := atlosIncident{
		slug: r.Incident, insertedAt: f.text(atlosInserted), updatedAt: f.text(atlosUpdated), assignments: f.text(atlosAssignments),
		restrictions: f.list(atlosRestrictions), status: atlosStatus()[r.WorkStatus], date: r.DateStart,
		resolution: atlosResolution()[r.LocationPrecision], attributes: map[string][]string{},
	}
	if r.Foreign != nil && r.Foreign.Format == atlosFormat && r.Foreign.ID != "" {
		a.slug = r.Foreign.ID
	}
	if a.insertedAt == "" && !r.CreatedAt.IsZero() {
		a.insertedAt, a.updatedAt = r.CreatedAt.UTC().Format(time.RFC3339), r.UpdatedAt.UTC().Format(time.RFC3339)
	}
	if r.Latitude != nil && r.Longitude != nil {
		a.latitude, a.longitude = number(*r.Latitude), number(*r.Longitude)
	}
	if clock, known, err := parseClock(r.TimeLocal); withTime && err == nil && known {
		a.time = time.Time{}.Add(clock).Format(time.TimeOnly)
	}
	a.description = describeAtlos(r)
	a.fillLists(r, f)
	for _, s := range r.Sources {
		if s.URL != "" && !s.Hidden {
			a.sources = append(a.sources, s.URL)
		}
	}
	return a
}

// describeAtlos is the sentence that Atlos wants of at least eight letters.
func describeAtlos(r assess.Record) string {
	text := strings.TrimSpace(string(r.Text()))
	if length(text) < atlosMinDescription {
		text = strings.TrimSpace(strings.Join([]string{text, "Incident", r.Incident, r.DateStart}, " "))
	}
	if length(text) < atlosMinDescription {
		text += strings.Repeat(".", atlosMinDescription-length(text))
	}
	if length(text) > atlosMaxDescription {
		text = string([]rune(text)[:atlosMaxDescription-1]) + "…"
	}
	return text
}

// fillLists fills what has values of a list. An incident of which nobody said
// how sensitive it is, is marked as graphic, with a tag that says so: Atlos wants
// a value, and those who open it are to be warned rather than not.
func (a *atlosIncident) fillLists(r assess.Record, f foreign) {
	for _, s := range r.Sensitivity {
		a.sensitive = append(a.sensitive, string(s))
	}
	graphic := string(assess.GraphicViolence)
	if len(a.sensitive) == 0 {
		a.tags = append(a.tags, unassessedTag)
	}
	if len(a.sensitive) == 0 || r.Graphic != nil && *r.Graphic > 0 && !slices.Contains(a.sensitive, graphic) {
		a.sensitive = append(a.sensitive, graphic)
	}
	impact, impactTags := toOptions(r.AreaTypes, impactOf(), areaTag, f.list(atlosImpact))
	equipment, equipmentTags := toOptions(r.Weapons, equipmentOf(), weaponTag, f.list(atlosEquipment))
	types := slices.Clone(r.IncidentTypes)
	for _, t := range f.list(atlosIncidentType) {
		types = appendNew(types, withoutComma(t))
	}
	for label, list := range map[string][]string{
		atlosIncidentType: types, atlosImpact: impact, atlosEquipment: equipment,
	} {
		if len(list) > 0 {
			a.attributes[label] = list
		}
	}
	if name := strings.TrimSpace(inOneLanguage(r.PlaceNames)); name != "" {
		a.attributes[atlosReportedNear] = []string{name}
	}
	for label := range f.fields {
		if label, ok := strings.CutPrefix(label, customPrefix); ok {
			a.attributes[label] = f.list(customPrefix + label)
		}
	}
	if r.WorkStatus == "candidate" {
		a.tags = append(a.tags, candidateTag)
	}
	for _, t := range slices.Concat(impactTags, equipmentTags, r.Tags) {
		if t = strings.TrimSpace(withoutComma(t)); t != "" {
			a.tags = appendNew(a.tags, t)
		}
	}
}

// customPrefix begins the keys of custom attributes in what a record keeps.
const customPrefix = "attribute: "

// record is the incident as a record of a case, and what of it could not be
// taken, in words.
func (a *atlosIncident) record() (assess.Record, []string) {
	r := assess.Record{
		Incident: a.slug, Origin: assess.Imported, Status: verify.Candidate, Summary: a.description, DateStart: "",
		Sources: []assess.Source{}, Foreign: &assess.Foreign{Format: atlosFormat, ID: a.slug, Fields: map[string]json.RawMessage{}},
	}
	var notes []string
	note := func(format string, args ...any) { notes = append(notes, fmt.Sprintf(format, args...)) }
	a.readTime(&r, note)
	if a.description == describeAtlos(assess.Record{Incident: a.slug, DateStart: r.DateStart}) {
		r.Summary = "" // ours, for want of one
	}
	a.readPlace(&r, note)
	status, ok := workStatus(strings.TrimSpace(a.status))
	if !ok {
		note("status %q is none of Atlos; it is taken as To Do", a.status)
		status = "to_do"
	}
	r.WorkStatus = status
	for _, s := range a.sensitive {
		if slices.Contains(assess.Sensitivities(), assess.Sensitivity(s)) {
			r.Sensitivity = append(r.Sensitivity, assess.Sensitivity(s))
		} else {
			note("sensitive %q is none of Atlos' values and is left out", s)
		}
	}
	a.readLists(&r)
	a.keep(&r)
	for i, url := range a.sources {
		r.Sources = append(r.Sources, assess.Source{ID: fmt.Sprintf("source_%d", i+1), URL: url})
	}
	text, r := carriedOff(a.moreInfo, r)
	r.MoreInfo = text
	return r, notes
}

func (a *atlosIncident) readTime(r *assess.Record, note func(string, ...any)) {
	date, err := parseDate(a.date, orderUnknown)
	if err != nil {
		note("date: %v; it is taken as unknown", err)
		return
	}
	r.DateStart = day(date)
	clock, known, err := parseClock(a.time)
	switch {
	case err != nil:
		note("time: %v; it is taken as unknown", err)
	case known && r.DateStart == "":
		note("time %s stands without a date and is left out", a.time)
	case known:
		r.TimeLocal = clockText(clock)
	}
}

// clockText writes a time of day, the seconds where there are any.
func clockText(clock time.Duration) string {
	if clock%time.Minute != 0 {
		return time.Time{}.Add(clock).Format(time.TimeOnly)
	}
	return time.Time{}.Add(clock).Format("15:04")
}

func (a *atlosIncident) readPlace(r *assess.Record, note func(string, ...any)) {
	at, err := parsePosition(cleanDegrees(a.latitude), cleanDegrees(a.longitude))
	switch {
	case err != nil:
		note("position: %v; it is taken as unknown", err)
	case at != nil:
		r.Latitude, r.Longitude = &at.Latitude, &at.Longitude
	}
	for p, name := range atlosResolution() {
		if strings.EqualFold(strings.TrimSpace(a.resolution), name) {
			r.LocationPrecision = p
		}
	}
	if a.resolution != "" && r.LocationPrecision == "" {
		note("geolocation_resolution %q is none of Atlos' values and is left out", a.resolution)
	}
}

// notDegrees are characters that Atlos takes out of positions, but for the
// comma, which may stand for the point.
var notDegrees = regexp.MustCompile(`[^0-9.,-]`)

func cleanDegrees(s string) string { return notDegrees.ReplaceAllString(s, "") }

func (a *atlosIncident) readLists(r *assess.Record) {
	areas, rest := fromTags(a.tags, areaTag, assess.AreaTypes())
	weapons, rest := fromTags(rest, weaponTag, assess.WeaponSystems())
	if i := slices.Index(rest, candidateTag); i >= 0 && r.WorkStatus == "to_do" {
		r.WorkStatus, rest = "candidate", slices.Delete(slices.Clone(rest), i, i+1)
	}
	onlyGraphic := len(r.Sensitivity) == 1 && r.Sensitivity[0] == assess.GraphicViolence
	if i := slices.Index(rest, unassessedTag); i >= 0 && onlyGraphic {
		r.Sensitivity, rest = nil, slices.Delete(slices.Clone(rest), i, i+1)
	}
	r.Tags = rest
	byImpact, impact := fromOptions(a.attributes[atlosImpact], impactOf(), assess.AreaTypes())
	byEquipment, equipment := fromOptions(a.attributes[atlosEquipment], equipmentOf(), assess.WeaponSystems())
	if slices.Contains(areas, roads) {
		impact = slices.DeleteFunc(impact, func(o string) bool { return o == "Structure" })
	}
	for _, v := range areas {
		byImpact = appendNew(byImpact, v)
	}
	for _, v := range weapons {
		byEquipment = appendNew(byEquipment, v)
	}
	r.AreaTypes, r.Weapons = inOrder(byImpact, assess.AreaTypes()), inOrder(byEquipment, assess.WeaponSystems())
	var types []string
	for _, t := range a.attributes[atlosIncidentType] {
		if slices.Contains(assess.IncidentTypes(), t) {
			r.IncidentTypes = appendNew(r.IncidentTypes, t)
		} else {
			types = append(types, t)
		}
	}
	if near := strings.Join(a.attributes[atlosReportedNear], ", "); near != "" {
		r.PlaceNames = map[string]string{noLanguage: near}
	}
	keepList(r.Foreign, atlosImpact, impact)
	keepList(r.Foreign, atlosEquipment, equipment)
	keepList(r.Foreign, atlosIncidentType, types)
}

// keep keeps what the record has no field for.
func (a *atlosIncident) keep(r *assess.Record) {
	keepText(r.Foreign, atlosInserted, a.insertedAt)
	keepText(r.Foreign, atlosUpdated, a.updatedAt)
	keepText(r.Foreign, atlosAssignments, a.assignments)
	keepList(r.Foreign, atlosRestrictions, a.restrictions)
	defaults := []string{atlosIncidentType, atlosReportedNear, atlosImpact, atlosEquipment}
	for label, values := range a.attributes {
		if !slices.Contains(defaults, label) {
			keepList(r.Foreign, customPrefix+label, values)
		}
	}
}

// madeSlug is the id of an incident that comes without one: the same row has
// the same.
func (a *atlosIncident) madeSlug() string {
	text, err := json.Marshal([]any{a.description, a.date, a.time, a.latitude, a.longitude, a.sources})
	if err != nil {
		return ""
	}
	sum := sha256.Sum256(text)
	return "ATLOS-" + strings.ToUpper(hex.EncodeToString(sum[:5]))
}
