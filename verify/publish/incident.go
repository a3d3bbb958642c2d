package publish

import (
	"slices"

	"github.com/firsthand-media/firsthand/verify"
	"github.com/firsthand-media/firsthand/verify/assess"
)

// incident is one with the members that are shown. Why they belong together is
// told in names and captions, and stays.
func (s *sieve) incident(inc verify.Incident, l labels) verify.Incident {
	out := verify.Incident{
		ID: inc.ID, Status: inc.Status, Earliest: inc.Earliest, Latest: inc.Latest,
		Latitude: inc.Latitude, Longitude: inc.Longitude, RadiusM: inc.RadiusM,
		Members: []verify.Member{}, Possible: []verify.Member{}, Reasons: []verify.Reason{}, Flags: slices.Clone(inc.Flags),
	}
	for _, m := range inc.Members {
		if label, ok := l.path[m.Path]; ok && m.Counts() {
			out.Members = append(out.Members, verify.Member{Path: label, Role: m.Role, Reasons: []verify.Reason{}, Digest: m.Digest})
			s.count[why] += len(m.Reasons)
		}
	}
	s.count[why] += len(inc.Reasons)
	return out
}

// record is what people wrote of an incident for others to read.
func (s *sieve) record(r *assess.Record, kept map[string]bool) assess.Record {
	out := assess.Record{
		Incident: r.Incident, Origin: r.Origin, Status: r.Status,
		Summary: r.Summary, Description: r.Description, Titles: r.Titles,
		DateStart: r.DateStart, DateEnd: r.DateEnd, TimeLocal: r.TimeLocal, Zone: r.Zone, TimePrecision: r.TimePrecision,
		PlaceNames: r.PlaceNames, Admin1: r.Admin1, Admin2: r.Admin2, Country: r.Country,
		Latitude: r.Latitude, Longitude: r.Longitude, LocationPrecision: r.LocationPrecision,
		PublicLatitude: r.PublicLatitude, PublicLongitude: r.PublicLongitude, PublishLocation: r.PublishLocation,
		AreaTypes: r.AreaTypes, Weapons: r.Weapons, IncidentTypes: r.IncidentTypes, ViolationTypes: r.ViolationTypes,
		ProtectedObjects: r.ProtectedObjects, Children: r.Children, WorkStatus: r.WorkStatus,
		Sensitivity: r.Sensitivity, Graphic: r.Graphic,
	}
	for _, d := range r.Members {
		if s.shown[d] {
			out.Members = append(out.Members, d)
		}
	}
	if c := r.Casualties; c != nil {
		public := *c
		public.Sources = nil
		out.Casualties = &public
	}
	for _, rel := range r.Related {
		if kept[rel.ID] {
			out.Related = append(out.Related, rel)
		}
	}
	if kept[r.DuplicateOf] {
		out.DuplicateOf = r.DuplicateOf
	}
	for _, src := range r.Sources {
		out.Sources = append(out.Sources, s.source(src))
	}
	s.notes(r)
	return out
}

// source is a link as it may be shown, and HIDDEN in place of one that is
// hidden.
func (s *sieve) source(src assess.Source) assess.Source {
	if src.Hidden || slices.Contains(src.Paths, assess.HiddenPath) {
		s.count[hiddenLink]++
		return (&assess.Record{Sources: []assess.Source{{ID: src.ID, Hidden: true}}}).PublicSources()[0]
	}
	if src.Author != "" || src.Description != "" {
		s.count[author]++
	}
	return assess.Source{ID: src.ID, Title: src.Title, URL: src.URL, Paths: src.Paths, Type: src.Type, Date: src.Date}
}

// notes counts what a record holds for the team alone.
func (s *sieve) notes(r *assess.Record) {
	n := len(r.DateBasis) + len(r.LocationBasis) + len(r.Tags)
	if r.MoreInfo != "" {
		n++
	}
	if r.Foreign != nil {
		n += len(r.Foreign.Fields)
	}
	s.count[note] += n
	if r.AllegedActor != nil {
		s.count[actor]++
	}
	if r.CreatedBy != "" || r.UpdatedBy != "" {
		s.count[reviewer]++
	}
}
