package report

import (
	"testing"

	"github.com/firsthand-media/firsthand/extract"
	"github.com/firsthand-media/firsthand/verify"
	"github.com/firsthand-media/firsthand/verify/assess"
)

// Both ends of a period belong to it, so that two months are told to be of 28
// and 31 days, and one day is one.
func TestDaysOfAPeriod(t *testing.T) {
	for p, want := range map[Period]int{
		{"2022-03-04", "2022-03-04"}: 1, {"2022-02-01", "2022-02-28"}: 28, {"2022-03-01", "2022-03-31"}: 31,
		{"2022-03-01", ""}: 0, {"", "2022-03-31"}: 0, {}: 0,
	} {
		if got := p.Days(); got != want {
			t.Errorf("%s to %s is %d days, want %d", p.From, p.To, got, want)
		}
	}
}

// What a person calls the place goes before what files and posts say of it.
func TestAPersonNamesThePlace(t *testing.T) {
	it := verify.Item{Digest: "d", Media: extract.Media{Kind: extract.Image, Places: []extract.Place{{Name: "somewhere else"}}}, Sightings: []verify.Sighting{{Path: "s/1.jpg", Source: "s"}}}
	inc := verify.Incident{ID: "I-1", Status: verify.Candidate, Members: []verify.Member{{Path: "s/1.jpg", Role: verify.Original, Digest: "d"}}}
	for name, want := range map[string]string{"": "somewhere else", "Lime Street": "Lime Street"} {
		d := Data{Items: []verify.Item{it}, Incidents: []verify.Incident{inc}}
		if name != "" {
			d.Records = []assess.Record{{Incident: "I-1", Origin: assess.FromCandidate, PlaceNames: map[string]string{"en": name}}}
		}
		v := newView(d)
		if got := v.Incidents[0]; got.Place != want || got.Short != want {
			t.Errorf("named %q by a person: the place is %q, in short %q", name, got.Place, got.Short)
		}
	}
}
