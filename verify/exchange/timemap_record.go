package exchange

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"github.com/firsthand-media/firsthand/verify"
	"github.com/firsthand-media/firsthand/verify/assess"
)

// timemapRow is an event with what it refers to.
type timemapRow struct {
	timemapEvent
	sources []timemapSource
	paths   [][]string
}

// record is the event as a record of a case, and what of it could not be taken.
func (t timemapRow) record() (assess.Record, []string) {
	r := assess.Record{
		Incident: t.identity(), Origin: assess.Imported, Status: verify.Candidate, Description: t.Description, WorkStatus: "candidate", Sources: []assess.Source{},
		Foreign: &assess.Foreign{Format: timemapFormat, ID: t.identity(), Fields: map[string]json.RawMessage{}}, MoreInfo: t.Comments,
	}
	var notes []string
	note := func(format string, args ...any) { notes = append(notes, fmt.Sprintf(format, args...)) }
	t.readTime(&r, note)
	at, err := parsePosition(t.Latitude, t.Longitude)
	switch {
	case err != nil:
		note("position: %v; it is taken as unknown", err)
	case at != nil:
		r.Latitude, r.Longitude = &at.Latitude, &at.Longitude
	}
	if t.Location != "" {
		r.PlaceNames = map[string]string{noLanguage: t.Location}
	}
	switch strings.ToUpper(t.Graphic) {
	case "TRUE", "YES", "1":
		r.Sensitivity = []assess.Sensitivity{assess.GraphicViolence}
	}
	t.readPaths(&r)
	for _, s := range t.sources {
		r.Sources = append(r.Sources, s.source())
	}
	for key, text := range map[string]string{"type": t.Type, "category": t.Category, "category_full": t.CategoryFull, "comments": t.Comments, "graphic": t.Graphic} {
		keepText(r.Foreign, key, text)
	}
	if len(t.rest) > 0 {
		keepValue(r.Foreign, "event", t.rest)
	}
	return r, notes
}

func (t *timemapRow) identity() string {
	if t.CivID != "" {
		return t.CivID
	}
	return t.ID
}

func (t *timemapRow) readTime(r *assess.Record, note func(string, ...any)) {
	date, err := parseDate(t.Date, monthFirst)
	if err != nil {
		note("date: %v; it is taken as unknown", err)
		return
	}
	r.DateStart = day(date)
	clock, known, err := parseClock(t.Time)
	switch {
	case err != nil:
		note("time: %v; it is taken as unknown", err)
	case known && r.DateStart != "":
		r.TimeLocal = clockText(clock)
	}
	if p := assess.TimePrecision(t.TimePrecision); slices.Contains(assess.TimePrecisions(), p) {
		r.TimePrecision = p
	}
}

// readPaths tells the filters of our lists from others, which are kept.
func (t *timemapRow) readPaths(r *assess.Record) {
	var others [][]string
	for _, p := range t.paths {
		value := strings.Join(p[1:], "/")
		switch {
		case p[0] == areaFilter && slices.Contains(assess.AreaTypes(), value):
			r.AreaTypes = appendNew(r.AreaTypes, value)
		case p[0] == weaponFilter && slices.Contains(assess.WeaponSystems(), value):
			r.Weapons = appendNew(r.Weapons, value)
		default:
			others = append(others, p)
		}
	}
	r.AreaTypes, r.Weapons = inOrder(r.AreaTypes, assess.AreaTypes()), inOrder(r.Weapons, assess.WeaponSystems())
	if len(others) > 0 {
		keepValue(r.Foreign, "filters", others)
	}
}

// source is where the incident was reported, as a record has it.
func (s *timemapSource) source() assess.Source {
	if slices.ContainsFunc(s.Paths, func(p string) bool { return strings.EqualFold(strings.TrimSpace(p), Hidden) }) {
		return assess.Source{ID: s.ID, Paths: []string{assess.HiddenPath}, Title: "-", Description: "Source hidden", Hidden: true}
	}
	out := assess.Source{ID: s.ID, Title: s.Title, URL: s.URL, Paths: s.Paths, Description: s.Description, Type: s.Type, Author: s.Author, Date: s.Date}
	if out.URL == "" && len(out.Paths) > 0 && isWebAddress(out.Paths[0]) {
		out.URL = out.Paths[0]
	}
	if len(out.Paths) == 1 && out.Paths[0] == out.URL {
		out.Paths = nil
	}
	return out
}
