package gazetteer

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math"
	"strings"
)

// feature is a feature of GeoJSON (RFC 7946) as far as places need it.
type feature struct {
	Type       string         `json:"type"`
	Properties map[string]any `json:"properties"`
	Geometry   *geometry      `json:"geometry"`
}

type geometry struct {
	Type        string          `json:"type"`
	Coordinates json.RawMessage `json:"coordinates"`
}

// ReadGeoJSON reads a collection of features, or one. A point is a place; of
// a line or an area the middle and what it takes to reach its corners are.
// The properties are those of [ReadCSV]; variants may be a list. One wrong
// feature makes an error that names it, and nothing is read.
func ReadGeoJSON(r io.Reader) ([]Own, error) {
	data, err := readAll(r)
	if err != nil {
		return nil, err
	}
	var doc struct {
		feature
		Features []feature `json:"features"`
	}
	if err := json.Unmarshal(data, &doc); err != nil {
		return nil, fmt.Errorf("not GeoJSON: %w", err)
	}
	switch doc.Type {
	case "FeatureCollection":
	case "Feature":
		doc.Features = []feature{doc.feature}
	default:
		return nil, fmt.Errorf("not GeoJSON: type %q is neither FeatureCollection nor Feature", doc.Type)
	}
	if len(doc.Features) > maxOwn {
		return nil, fmt.Errorf("more than %d places", maxOwn)
	}
	var places []Own
	for i := range doc.Features {
		o, err := doc.Features[i].own()
		if err == nil {
			o, err = o.Check()
		}
		if err != nil {
			return nil, fmt.Errorf("feature %d: %w", i+1, err)
		}
		places = append(places, o)
	}
	return Join(places)
}

func (f *feature) own() (Own, error) {
	o := Own{}
	given := map[string]any{}
	for key, v := range f.Properties {
		if c, ok := csvColumns[strings.ToLower(key)]; ok {
			if _, twice := given[c]; twice {
				return o, fmt.Errorf("two properties give the %s", c)
			}
			given[c] = v
		}
	}
	o.Name, _ = given["name"].(string)
	o.Note, _ = given["note"].(string)
	switch v := given["variants"].(type) {
	case string:
		o.Variants = strings.Split(v, "|")
	case []any:
		for _, x := range v {
			if s, ok := x.(string); ok {
				o.Variants = append(o.Variants, s)
			}
		}
	}
	if f.Geometry == nil {
		return o, errors.New("no geometry")
	}
	points, err := f.Geometry.points()
	if err != nil {
		return o, err
	}
	middle, reach := extent(points)
	o.Lat, o.Lon, o.RadiusM = middle.Lat, middle.Lon, reach
	if radius, ok := given["radius"]; ok && radius != nil {
		v, isNumber := radius.(float64)
		if !isNumber || v <= 0 {
			return o, errors.New("the radius is not a number above 0")
		}
		o.RadiusM = v
	}
	return o, nil
}

// maxPoints bounds an area.
const maxPoints = 100_000

// points gives all positions of a geometry, however deep its lists go.
func (g *geometry) points() ([]Point, error) {
	switch g.Type {
	case "Point", "MultiPoint", "LineString", "MultiLineString", "Polygon", "MultiPolygon":
	default:
		return nil, fmt.Errorf("geometry %q is not understood", g.Type)
	}
	var out []Point
	decoder := json.NewDecoder(bytes.NewReader(g.Coordinates))
	var pair []float64
	for {
		token, err := decoder.Token()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return nil, fmt.Errorf("coordinates: %w", err)
		}
		switch v := token.(type) {
		case json.Delim:
			if v == ']' && len(pair) >= 2 {
				out = append(out, Point{Lat: pair[1], Lon: pair[0]})
			}
			pair = pair[:0]
		case float64:
			if pair = append(pair, v); len(pair) > 4 {
				return nil, errors.New("coordinates: a position has more than four numbers")
			}
		default:
			return nil, errors.New("coordinates: something is not a number")
		}
		if len(out) > maxPoints {
			return nil, fmt.Errorf("coordinates: more than %d positions", maxPoints)
		}
	}
	if len(out) == 0 {
		return nil, errors.New("coordinates: no position")
	}
	return out, nil
}

// extent is the middle of the box around some points and how far the furthest
// of them lies from it, in metres; 0 for one point.
func extent(points []Point) (middle Point, reach float64) {
	south, west := points[0].Lat, points[0].Lon
	north, east := south, west
	for _, p := range points {
		south, north = min(south, p.Lat), max(north, p.Lat)
		west, east = min(west, p.Lon), max(east, p.Lon)
	}
	const tenMillionths = 1e7 // of a degree, a centimetre: what is left is the noise of halving
	if len(points) == 1 {
		return points[0], 0
	}
	middle = Point{math.Round((south+north)/2*tenMillionths) / tenMillionths, math.Round((west+east)/2*tenMillionths) / tenMillionths}
	for _, p := range points {
		reach = math.Max(reach, 1000*distance(middle, p))
	}
	return middle, math.Ceil(reach)
}

// WriteGeoJSON writes places as [ReadGeoJSON] reads them.
func WriteGeoJSON(w io.Writer, places []Own) error {
	type out struct {
		Type     string    `json:"type"`
		Features []feature `json:"features"`
	}
	doc := out{"FeatureCollection", []feature{}}
	for _, o := range places {
		at, err := json.Marshal([]float64{o.Lon, o.Lat})
		if err != nil {
			return fmt.Errorf("%s: %w", o.Name, err)
		}
		variants := o.Variants
		if variants == nil {
			variants = []string{}
		}
		doc.Features = append(doc.Features, feature{
			Type:       "Feature",
			Properties: map[string]any{"name": o.Name, "variants": variants, "radius_m": o.RadiusM, "note": o.Note},
			Geometry:   &geometry{"Point", at},
		})
	}
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", " ")
	return enc.Encode(doc)
}
