package desk

import (
	"fmt"
	"strings"

	"github.com/firsthand-media/firsthand/extract"
	"github.com/firsthand-media/firsthand/verify/clock"
)

// StatedTime is a time that a person confirms: a day, or a day and a clock
// reading, with an offset behind it where that is known; until, where it is
// given, is the end of a span. zone is that of the clock, as Europe/Kyiv, for
// what states no offset; "" leaves it open.
func StatedTime(text, until, zone string) (extract.Time, error) {
	z, err := clock.NewZones(zone, nil)
	if err != nil {
		return extract.Time{}, &Error{Kind: Unclear, What: err, Hint: "names are those of the IANA database, as Europe/Kyiv or UTC"}
	}
	t, err := extract.Stated(text, z.Case)
	if err != nil || until == "" {
		return t, unclear(err)
	}
	end, err := extract.Stated(until, z.Case)
	if err != nil {
		return t, unclear(err)
	}
	if end.Latest.Before(t.Latest) {
		return t, problem(Unclear, "give the start first", "the end %s is before the start %s", until, text)
	}
	t.Latest, t.Raw = end.Latest, t.Raw+"/"+end.Raw
	return t, nil
}

func unclear(err error) error {
	if err == nil {
		return nil
	}
	return &Error{Kind: Unclear, What: err}
}

// StatedPlace is a place that a person confirms. radius is how many metres off
// it may be, nil where nobody says.
func StatedPlace(latitude, longitude float64, radius *float64, name string) extract.Place {
	return extract.Place{
		Kind: extract.PlacePerson, Latitude: &latitude, Longitude: &longitude, AccuracyM: radius,
		Name: extract.Text(strings.TrimSpace(name)), Field: "person", Raw: fmt.Sprintf("%v,%v", latitude, longitude),
	}
}
