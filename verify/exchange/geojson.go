package exchange

import (
	"context"
	"encoding/json"
	"io"
	"strings"

	"github.com/firsthand-media/firsthand/verify/assess"
)

// geoFeature is a Feature of RFC 7946: positions are longitude, then latitude, in
// WGS 84; a geometry that is not known is null.
type geoFeature struct {
	Type       string       `json:"type"`
	ID         string       `json:"id"`
	Geometry   *geoGeometry `json:"geometry"`
	Properties any          `json:"properties"`
}

type geoGeometry struct {
	Type        string `json:"type"`
	Coordinates any    `json:"coordinates"`
}

// geoIncident is the properties of an incident. The first are those of the
// common form of osint-geo-extractor.
type geoIncident struct {
	Title       string   `json:"title"`
	Date        *string  `json:"date"` // YYYY-MM-DD, null where no day is known
	Description string   `json:"description"`
	PlaceDesc   string   `json:"place_desc"`
	Links       []string `json:"links"`
	Source      string   `json:"source"`

	Kind              string   `json:"kind"` // incident
	Status            string   `json:"status"`
	WorkStatus        string   `json:"work_status"`
	DateEnd           *string  `json:"date_end"`
	TimeLocal         *string  `json:"time_local"`
	Zone              *string  `json:"tz"`
	TimePrecision     *string  `json:"time_precision"`
	Earliest          *string  `json:"earliest"`
	Latest            *string  `json:"latest"`
	RadiusM           *float64 `json:"radius_m"`
	LocationPrecision *string  `json:"location_precision"`
	PlaceBasis        *string  `json:"place_basis"`
	AreaTypes         []string `json:"area_type"`
	Weapons           []string `json:"weapon_system"`
	Children          *string  `json:"children_casualties"`
	Items             []string `json:"items"`
}

// geoCircle is the properties of an outline of where an incident can be.
type geoCircle struct {
	Kind     string  `json:"kind"` // precision_circle
	Incident string  `json:"incident"`
	RadiusM  float64 `json:"radius_m"`
}

// exportGeoJSON writes incidents as points, those without a position without a
// geometry, and beside each point the outline of its precision.
func exportGeoJSON(_ context.Context, c *Case, _ Options, out *Output) error {
	var all []geoFeature
	items := c.ItemOf()
	for i := range c.Incidents {
		inc := &c.Incidents[i]
		at := placeOf(inc)
		f := geoFeature{Type: "Feature", ID: inc.ID, Properties: geoIncident{
			Title: titleOf(inc), Date: known(inc.Day()), Description: inc.Record.Description, PlaceDesc: placeInWords(&inc.Record),
			Links: linksOf(inc, items), Source: c.Title, Kind: "incident", Status: string(inc.Status), WorkStatus: string(inc.Record.WorkStatus),
			DateEnd: known(inc.Record.DateEnd), TimeLocal: known(inc.Record.TimeLocal), Zone: known(inc.Record.Zone), TimePrecision: known(string(inc.Record.TimePrecision)),
			Earliest: known(instant(inc.Earliest)), Latest: known(instant(inc.Latest)), RadiusM: radiusOf(at),
			LocationPrecision: known(string(inc.Record.LocationPrecision)), PlaceBasis: basisOf(at),
			AreaTypes: listed(inc.Record.AreaTypes), Weapons: listed(inc.Record.Weapons), Children: known(string(inc.Record.Children)), Items: digestsOf(inc),
		}}
		if at == nil {
			all = append(all, f)
			continue
		}
		f.Geometry = &geoGeometry{"Point", lonLat(at.Position)}
		all = append(all, f)
		if at.radiusM <= 0 {
			continue
		}
		outline := circle(at.Position, at.radiusM)
		if outline == nil {
			out.Lose(inc.ID, "its circle of %s m lies over a pole or the meridian of 180 degrees, or is too large: the point stands alone", number(at.radiusM))
			continue
		}
		var ring [][2]float64
		for _, p := range outline {
			ring = append(ring, lonLat(p))
		}
		all = append(all, geoFeature{
			Type: "Feature", ID: inc.ID + "-precision", Geometry: &geoGeometry{"Polygon", [][][2]float64{ring}},
			Properties: geoCircle{"precision_circle", inc.ID, at.radiusM},
		})
	}
	return out.Write("", func(w io.Writer) error { return writeFeatures(w, all) })
}

// writeFeatures writes one feature a line, for people and for comparing.
func writeFeatures(w io.Writer, all []geoFeature) error {
	if _, err := io.WriteString(w, `{"type":"FeatureCollection","features":[`); err != nil {
		return err
	}
	for i, f := range all {
		line, err := compactJSON(f)
		if err != nil {
			return err
		}
		between := ",\n"
		if i == 0 {
			between = "\n"
		}
		if _, err := io.WriteString(w, between+line); err != nil {
			return err
		}
	}
	_, err := io.WriteString(w, "\n]}\n")
	return err
}

// compactJSON is a value on one line, with < and > as they are.
func compactJSON(v any) (string, error) {
	var b strings.Builder
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	err := enc.Encode(v)
	return strings.TrimSuffix(b.String(), "\n"), err
}

func lonLat(p Position) [2]float64 { return [2]float64{p.Longitude, p.Latitude} }

// known is nil for "", so that what is not known is null.
func known(s string) *string {
	if s == "" {
		return nil
	}
	return &s
}

func radiusOf(p *located) *float64 {
	if p == nil || p.radiusM <= 0 {
		return nil
	}
	return &p.radiusM
}

func basisOf(p *located) *string {
	if p == nil {
		return nil
	}
	return known(p.basis)
}

func digestsOf(inc *assess.Incident) []string {
	out := []string{}
	for _, d := range inc.Items() {
		out = append(out, string(d))
	}
	return out
}
