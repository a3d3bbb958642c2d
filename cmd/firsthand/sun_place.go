package main

import (
	"context"
	"fmt"
	"strings"
	"unicode"

	"github.com/firsthand-media/firsthand/verify/gazetteer"
	"github.com/firsthand-media/firsthand/verify/sun"
)

// readPlace reads the place that a person gives: a position, or a name of
// which the gazetteer knows one place. Of several none is chosen.
func (g *globalOptions) readPlace(ctx context.Context, q *sunQuery) (err error) {
	q.where, err = parsePlace(q.place)
	if err == nil || strings.ContainsFunc(q.place, unicode.IsDigit) || !strings.ContainsFunc(q.place, unicode.IsLetter) {
		return err
	}
	gaz, err := g.gazetteer(ctx)
	if err != nil {
		return err
	}
	found := gaz.Find(q.place)
	switch {
	case len(found) == 0:
		return withHint(usagef("the gazetteer has no place %q", q.place), "give latitude and longitude in degrees, as 49.99,36.23")
	case len(found) > 1:
		return withHint(usagef("%q names more than one place", q.place), "give the name of one, or latitude and longitude")
	case len(found[0].Places) > 1:
		return withHint(usagef("there are %d places named %q", len(found[0].Places), q.place), "give one of them as --place LAT,LON: %s", placesInWords(found[0].Places))
	}
	p := found[0].Places[0]
	q.named, q.where, q.radiusM = &p, sun.Place{Latitude: p.Lat, Longitude: p.Lon}, p.RadiusM
	return nil
}

func placesInWords(places []gazetteer.Place) string {
	words := make([]string, len(places))
	for i, p := range places {
		words[i] = fmt.Sprintf("%.4f,%.4f (%s)", p.Lat, p.Lon, placeName(p))
	}
	return strings.Join(words, ", ")
}

// placeName is a place's name with its country, where that is known.
func placeName(p gazetteer.Place) string {
	if p.Country == "" {
		return p.Name
	}
	return p.Name + ", " + p.Country
}
