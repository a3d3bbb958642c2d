package api

import (
	"context"
	"time"

	"github.com/firsthand-media/firsthand/verify/gazetteer"
	"github.com/firsthand-media/firsthand/verify/sun"
)

func mapRoutes() []Route {
	return []Route{
		on("GET", "/api/map/places", "mapPlaces", "The largest towns of an area, for names on a map.", mapPlaces),
		on("GET", "/api/map/nights", "mapNights", "When it was dark at a place, for a timeline.", mapNights),
	}
}

// MapArea is a stretch of the earth in degrees. East may be beyond 180, or west
// beyond -180, where it goes across the 180th meridian.
type MapArea struct {
	South float64 `json:"south" in:"query"`
	West  float64 `json:"west" in:"query"`
	North float64 `json:"north" in:"query"`
	East  float64 `json:"east" in:"query"`
	Most  int     `json:"most" in:"query"` // towns, at most 200
}

// MapPlaces are towns for a map, the largest first.
type MapPlaces struct {
	Places []Town `json:"places"`
	Credit string `json:"credit"` // to be shown with them
}

// Town is a place with a name.
type Town struct {
	Name       string  `json:"name"`
	Country    string  `json:"country"` // ISO 3166-1 alpha-2
	Latitude   float64 `json:"latitude"`
	Longitude  float64 `json:"longitude"`
	Population int64   `json:"population"` // 0 when not known
}

// mostTowns is more than a map of any screen has room for.
const mostTowns = 200

func mapPlaces(_ context.Context, _ *API, in MapArea) (MapPlaces, error) {
	area := gazetteer.Area{South: in.South, West: in.West, North: in.North, East: in.East}
	if !area.Valid() {
		return MapPlaces{}, refused("this is no area of the earth")
	}
	world, err := gazetteer.World()
	if err != nil {
		return MapPlaces{}, err
	}
	out := MapPlaces{Places: []Town{}, Credit: gazetteer.Credit}
	for _, p := range world.Largest(area, min(in.Most, mostTowns)) {
		out.Places = append(out.Places, Town{Name: p.Name, Country: p.Country, Latitude: p.Lat, Longitude: p.Lon, Population: p.Population})
	}
	return out, nil
}

// NightsAt asks for the nights of a place between two instants.
type NightsAt struct {
	Latitude  float64 `json:"latitude" in:"query"`
	Longitude float64 `json:"longitude" in:"query"`
	From      string  `json:"from" in:"query"` // RFC 3339
	To        string  `json:"to" in:"query"`
}

// Nights are the stretches of darkness, in order.
type Nights struct {
	Dark []Dark `json:"dark"`
}

// Dark is a stretch without the light of day, from sunset to sunrise. It is
// cut where what was asked for begins and ends.
type Dark struct {
	From string `json:"from"` // RFC 3339, UTC
	To   string `json:"to"`
}

// mostNights bounds what a timeline shades; of a longer time the stripes could
// not be told apart.
const mostNights = 62 * 24 * time.Hour

func mapNights(_ context.Context, _ *API, in NightsAt) (Nights, error) {
	from, to, err := stretch(in.From, in.To)
	if err != nil {
		return Nights{}, err
	}
	place := sun.Place{Latitude: in.Latitude, Longitude: in.Longitude}
	if to.Sub(from) > mostNights {
		return Nights{}, refused("nights are given for %d days at most", mostNights/(24*time.Hour))
	}
	events, err := sun.Events(place, from, to)
	if err != nil {
		return Nights{}, refused("nights cannot be given: %w", err)
	}
	out := Nights{Dark: []Dark{}}
	since, dark := from, sun.At(place, from).Light() != sun.Day
	for _, e := range events {
		switch {
		case e.Kind == sun.Sunset && !dark:
			since, dark = e.At, true
		case e.Kind == sun.Sunrise && dark:
			out.Dark, dark = append(out.Dark, Dark{instantText(since), instantText(e.At)}), false
		}
	}
	if dark {
		out.Dark = append(out.Dark, Dark{instantText(since), instantText(to)})
	}
	return out, nil
}

// stretch reads two instants of which the first comes first.
func stretch(from, to string) (time.Time, time.Time, error) {
	a, err := time.Parse(time.RFC3339, from)
	if err != nil {
		return a, a, refused("%q is no instant", from)
	}
	b, err := time.Parse(time.RFC3339, to)
	if err != nil {
		return a, b, refused("%q is no instant", to)
	}
	if !a.Before(b) {
		return a, b, refused("the time ends before it begins")
	}
	return a.UTC(), b.UTC(), nil
}
