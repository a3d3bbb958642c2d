package exchange

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math"
	"strings"
)

// precisionCircle is the kind of a feature of our own maps that is drawn around
// an incident.
const precisionCircle = "precision_circle"

// features reads the features of GeoJSON (RFC 7946), whose positions are
// longitude first.
func (k *knownReader) features(list []json.RawMessage) error {
	k.format = geoJSONFormat
	return k.each(list, k.feature)
}

func (k *knownReader) feature(_ int, o object) (rawKnown, error) {
	properties, _ := o["properties"].(map[string]any)
	p := fold(properties)
	if p.text("kind") == precisionCircle {
		return rawKnown{}, errNoIncident
	}
	e := p.entry()
	if radius, err := degrees(p.text("radius_m")); err == nil && radius > 0 {
		e.accuracyM = radius
	}
	if id := o.text("id"); id != "" {
		e.id = id
	}
	switch {
	case p.has("kind", "status"): // our own map
	case p.has("place_desc", "links"):
		k.format, e.noDate = geoExtractor, geoExtractorNoDate
	case p.has("verifieddate") || entryNumber.MatchString(e.description) && p.has("media_url"):
		k.format = eyesOnRussia
		if k.order == orderUnknown && !p.has("verifieddate") {
			k.order = dayFirst // its older map begins titles with such a date
		}
	}
	geometry, _ := o["geometry"].(map[string]any)
	if geometry == nil {
		return e, nil // an event without a place is one
	}
	points, err := coordinatePairs(geometry)
	if err != nil {
		return e, err
	}
	switch len(points) {
	case 0:
	case 1:
		e.lon, e.lat = points[0][0], points[0][1]
	default:
		e.place = strings.TrimSpace(e.place)
		return e, e.placeAmid(points)
	}
	return e, nil
}

// maxPairs bounds a line or an area.
const maxPairs = 100_000

// coordinatePairs gives the positions of a geometry as they are written,
// longitude and latitude, however deep its lists go.
func coordinatePairs(geometry map[string]any) ([][2]string, error) {
	var out [][2]string
	if inner, ok := geometry["geometries"].([]any); ok { // GeometryCollection
		for _, g := range inner {
			o, _ := g.(map[string]any)
			more, err := coordinatePairs(map[string]any{"coordinates": o["coordinates"]})
			if err != nil {
				return nil, err
			}
			if out = append(out, more...); len(out) > maxPairs {
				return nil, fmt.Errorf("more than %d positions in one geometry", maxPairs)
			}
		}
		return out, nil
	}
	raw, err := json.Marshal(geometry["coordinates"])
	if err != nil {
		return nil, err
	}
	d := json.NewDecoder(bytes.NewReader(raw))
	d.UseNumber()
	var pair []string
	for {
		token, err := d.Token()
		if errors.Is(err, io.EOF) {
			return out, nil
		}
		if err != nil {
			return nil, fmt.Errorf("coordinates: %w", err)
		}
		switch v := token.(type) {
		case json.Delim:
			if v == ']' && len(pair) >= 2 {
				out = append(out, [2]string{pair[0], pair[1]})
			}
			pair = nil
		case json.Number:
			pair = append(pair, v.String())
		case string:
			pair = append(pair, strings.TrimSpace(v))
		case nil:
		default:
			return nil, errors.New("coordinates: something is not a number")
		}
		if len(pair) > 4 || len(out) > maxPairs {
			return nil, errors.New("coordinates: too many numbers for one geometry")
		}
	}
}

// placeAmid puts an entry into the middle of a line or an area, and says how
// far that reaches.
func (e *rawKnown) placeAmid(points [][2]string) error {
	box := [4]float64{90, 180, -90, -180} // south, west, north, east
	for _, p := range points {
		at, err := parsePosition(p[1], p[0])
		if err != nil {
			return fmt.Errorf("one of its positions: %w", err)
		}
		if at != nil {
			box = [4]float64{min(box[0], at.Latitude), min(box[1], at.Longitude), max(box[2], at.Latitude), max(box[3], at.Longitude)}
		}
	}
	if box[0] > box[2] {
		return nil
	}
	middle := Position{(box[0] + box[2]) / 2, (box[1] + box[3]) / 2}.round(6)
	e.lat, e.lon = number(middle.Latitude), number(middle.Longitude)
	high, wide := (box[2]-box[0])/2, (box[3]-box[1])/2*math.Cos(middle.Latitude*math.Pi/180)
	e.accuracyM = math.Ceil(degreeM * math.Hypot(high, wide))
	return nil
}
