package exchange

import (
	"context"
	"encoding/xml"
	"fmt"
	"html"
	"io"
	"strings"

	"github.com/firsthand-media/firsthand/verify"
	"github.com/firsthand-media/firsthand/verify/assess"
)

// The elements of OGC KML 2.3 (12-007r2) that are written, in the order of its
// schema.
type kmlFile struct {
	XMLName  xml.Name    `xml:"http://www.opengis.net/kml/2.3 kml"`
	Version  string      `xml:"version,attr"`
	Document kmlDocument `xml:"Document"`
}

type kmlDocument struct {
	Name       string         `xml:"name"`
	Styles     []kmlStyle     `xml:"Style"`
	Placemarks []kmlPlacemark `xml:"Placemark"`
}

type kmlStyle struct {
	ID        string `xml:"id,attr"`
	LineColor string `xml:"LineStyle>color"`
	FillColor string `xml:"PolyStyle>color"`
}

type kmlPlacemark struct {
	ID          string       `xml:"id,attr,omitempty"`
	Name        string       `xml:"name"`
	Description string       `xml:"description,omitempty"`
	TimeStamp   *kmlStamp    `xml:"TimeStamp"`
	TimeSpan    *kmlSpan     `xml:"TimeSpan"`
	StyleURL    string       `xml:"styleUrl,omitempty"`
	Data        []kmlData    `xml:"ExtendedData>Data"`
	Geometry    *kmlGeometry `xml:"MultiGeometry"`
}

type kmlStamp struct {
	When string `xml:"when"`
}

type kmlSpan struct {
	Begin string `xml:"begin,omitempty"`
	End   string `xml:"end,omitempty"`
}

type kmlData struct {
	Name  string `xml:"name,attr"`
	Value string `xml:"value"`
}

type kmlGeometry struct {
	Point   *kmlPoint   `xml:"Point"`
	Polygon *kmlPolygon `xml:"Polygon"`
}

type kmlPoint struct {
	Coordinates string `xml:"coordinates"`
}

type kmlPolygon struct {
	Coordinates string `xml:"outerBoundaryIs>LinearRing>coordinates"`
}

// circleStyle draws circles as outlines with a light filling.
const circleStyle = "precision"

// exportKML writes incidents as placemarks, each with its point and the outline
// of its precision.
func exportKML(_ context.Context, c *Case, _ Options, out *Output) error {
	doc := kmlFile{Version: "2.3", Document: kmlDocument{
		Name: xmlText(c.Title), Styles: []kmlStyle{{circleStyle, "ff3c3cdc", "333c3cdc"}}, // aabbggrr
	}}
	items := c.ItemOf()
	for i := range c.Incidents {
		doc.Document.Placemarks = append(doc.Document.Placemarks, kmlIncident(&c.Incidents[i], items, out))
	}
	return out.Write("", func(w io.Writer) error {
		if _, err := io.WriteString(w, xml.Header); err != nil {
			return err
		}
		enc := xml.NewEncoder(w)
		enc.Indent("", " ")
		if err := enc.Encode(doc); err != nil {
			return err
		}
		_, err := io.WriteString(w, "\n")
		return err
	})
}

func kmlIncident(inc *assess.Incident, items map[verify.Digest]*verify.Item, out *Output) kmlPlacemark {
	p := kmlPlacemark{Name: xmlText(titleOf(inc)), StyleURL: "#" + circleStyle}
	// Viewers take a description for HTML: what stands in it is text.
	p.Description = xmlText(html.EscapeString(inc.Record.Description))
	switch {
	case inc.Record.DateStart != "" && inc.Record.DateEnd != "" && inc.Record.DateEnd != inc.Record.DateStart:
		p.TimeSpan = &kmlSpan{inc.Record.DateStart, inc.Record.DateEnd}
	case inc.Record.DateStart != "":
		p.TimeStamp = &kmlStamp{inc.Record.DateStart}
	case inc.Earliest != nil || inc.Latest != nil:
		p.TimeSpan = &kmlSpan{instant(inc.Earliest), instant(inc.Latest)}
	}
	data := func(name, value string) {
		if value != "" {
			p.Data = append(p.Data, kmlData{name, xmlText(value)})
		}
	}
	data("incident", inc.ID)
	data("status", string(inc.Status))
	data("date", inc.Day())
	data("time_local", inc.Record.TimeLocal)
	data("place", placeInWords(&inc.Record))
	data("area_type", inCell(inc.Record.AreaTypes))
	data("weapon_system", inCell(inc.Record.Weapons))
	data("links", inLines(linksOf(inc, items)))
	at := placeOf(inc)
	if at == nil {
		return p
	}
	data("place_basis", at.basis)
	p.Geometry = &kmlGeometry{Point: &kmlPoint{lonLatText(at.Position)}}
	if at.radiusM <= 0 {
		return p
	}
	data("radius_m", number(at.radiusM))
	outline := circle(at.Position, at.radiusM)
	if outline == nil {
		out.Lose(inc.ID, "its circle of %s m lies over a pole or the meridian of 180 degrees, or is too large: the point stands alone", number(at.radiusM))
		return p
	}
	var b strings.Builder
	for i, corner := range outline {
		if i > 0 {
			b.WriteByte(' ')
		}
		b.WriteString(lonLatText(corner))
	}
	p.Geometry.Polygon = &kmlPolygon{b.String()}
	return p
}

func lonLatText(p Position) string {
	return fmt.Sprintf("%s,%s", number(p.Longitude), number(p.Latitude))
}

// xmlText replaces what XML 1.0 has no way to write.
func xmlText(s string) string {
	return strings.Map(func(r rune) rune {
		if r == '\t' || r == '\n' || r == '\r' || r >= 0x20 && r <= 0xd7ff || r >= 0xe000 && r <= 0xfffd || r >= 0x10000 {
			return r
		}
		return '\ufffd'
	}, strings.ToValidUTF8(s, "\ufffd"))
}
