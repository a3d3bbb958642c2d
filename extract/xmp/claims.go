package xmp

import (
	"strings"

	"github.com/firsthand-media/firsthand/extract/container"
)

// structures keeps the fields of the structures that are asked for as a
// whole, in file order.
type structures struct {
	list []structure
}

// structure is one of them: an event, a reference, a place.
type structure struct {
	property name
	item     int
	fields   map[string]string // by local name, as written; the first value of each
}

// kept are the properties whose structures are kept.
func (n name) kept() bool {
	switch n {
	case name{"xmpMM", "History"}, name{"xmpMM", "DerivedFrom"}, name{"xmpMM", "Ingredients"},
		name{"Iptc4xmpExt", "LocationCreated"}, name{"Iptc4xmpExt", "LocationShown"}:
		return true
	}
	return false
}

// add files a property that belongs to such a structure.
func (s *structures) add(p property, raw string) {
	if !p.path[0].kept() || len(p.path) != 2 {
		return
	}
	last := len(s.list) - 1
	if last < 0 || s.list[last].property != p.path[0] || s.list[last].item != p.item {
		s.list = append(s.list, structure{p.path[0], p.item, map[string]string{}})
		last++
	}
	if fields := s.list[last].fields; fields[p.path[1].local] == "" {
		fields[p.path[1].local] = raw
	}
}

// of gives the fields of every structure of a property.
func (s *structures) of(property name) []map[string]string {
	var out []map[string]string
	for _, one := range s.list {
		if one.property == property {
			out = append(out, one.fields)
		}
	}
	return out
}

// Event is one entry of xmpMM:History: what a program says it did to the
// file. Its texts are as written.
type Event struct {
	Action        string // "created", "saved", "converted", "derived", ...
	When          string // "2022-03-01T10:00:00+01:00"
	SoftwareAgent string
	InstanceID    string
	Changed       string // the parts that changed, as a path: "/", "/metadata"
	Parameters    string
}

// History returns the entries of xmpMM:History in the order of the file,
// which is meant to be that of the events.
func (p *Packet) History() []Event {
	var out []Event
	for _, f := range p.content.structures.of(name{"xmpMM", "History"}) {
		out = append(out, Event{
			Action: f["action"], When: f["when"], SoftwareAgent: f["softwareAgent"],
			InstanceID: f["instanceID"], Changed: f["changed"], Parameters: f["parameters"],
		})
	}
	return out
}

// Reference points at another document or at another version of this one. Its
// texts are as written.
type Reference struct {
	DocumentID         string
	OriginalDocumentID string
	InstanceID         string
	FilePath           string
	RenditionClass     string
	LastModifyDate     string
	FromPart           string
	ToPart             string
}

func reference(f map[string]string) Reference {
	return Reference{
		DocumentID: f["documentID"], OriginalDocumentID: f["originalDocumentID"], InstanceID: f["instanceID"],
		FilePath: f["filePath"], RenditionClass: f["renditionClass"], LastModifyDate: f["lastModifyDate"],
		FromPart: f["fromPart"], ToPart: f["toPart"],
	}
}

// DerivedFrom returns the document that this one says it was made from
// (xmpMM:DerivedFrom), nil if it says nothing.
func (p *Packet) DerivedFrom() *Reference {
	found := p.content.structures.of(name{"xmpMM", "DerivedFrom"})
	if len(found) == 0 {
		return nil
	}
	r := reference(found[0])
	return &r
}

// Ingredients returns the documents that this one says were placed in it
// (xmpMM:Ingredients).
func (p *Packet) Ingredients() []Reference {
	var out []Reference
	for _, f := range p.content.structures.of(name{"xmpMM", "Ingredients"}) {
		out = append(out, reference(f))
	}
	return out
}

// Stamps returns every date of the packet, those of the history included, in
// file order. Raw is as written; Text is ExifTool's form of it.
func (p *Packet) Stamps() []container.Stamp {
	var out []container.Stamp
	for _, e := range p.content.entries {
		if !e.date {
			continue
		}
		for i, raw := range e.raws {
			out = append(out, container.Stamp{Field: e.field, Text: e.values[i], Raw: raw, Zero: strings.Trim(raw, "0-:T/Z \t\r\n") == ""})
		}
	}
	return out
}

// Positions returns the places that the packet states in coordinates: that of
// exif:GPSLatitude and its companions, that of DJI's drones, and the places
// created and shown of the IPTC extension. A place below sea level has a
// negative altitude.
func (p *Packet) Positions() []container.Position {
	var out []container.Position
	add := func(field, name, lat, lon, alt, ref string) {
		if at, ok := position(lat, lon, alt, ref); ok {
			at.Field, at.Name = field, name
			out = append(out, at)
		}
	}
	raw := p.Raw
	add("XMP:XMP-exif:GPSLatitude", "", raw("XMP-exif", "GPSLatitude"), raw("XMP-exif", "GPSLongitude"), raw("XMP-exif", "GPSAltitude"), raw("XMP-exif", "GPSAltitudeRef"))
	const dji = "XMP-drone-dji"
	longitude := raw(dji, "GPSLongitude")
	if longitude == "" {
		longitude = raw(dji, "GPSLongtitude") // as early firmware spells it
	}
	add("XMP:"+dji+":GPSLatitude", "", raw(dji, "GPSLatitude"), longitude, raw(dji, "AbsoluteAltitude"), "")
	for _, of := range []string{"LocationCreated", "LocationShown"} {
		for _, f := range p.content.structures.of(name{"Iptc4xmpExt", of}) {
			add("XMP:XMP-iptcExt:"+of, placeName(f), f["GPSLatitude"], f["GPSLongitude"], f["GPSAltitude"], f["GPSAltitudeRef"])
		}
	}
	return out
}

// position reads coordinates as written; both must be there and possible.
func position(lat, lon, alt, altitudeRef string) (container.Position, bool) {
	latitude, ok1 := degrees(lat)
	longitude, ok2 := degrees(lon)
	if !ok1 || !ok2 || latitude < -90 || latitude > 90 || longitude < -180 || longitude > 180 {
		return container.Position{}, false
	}
	at := container.Position{Latitude: latitude, Longitude: longitude, Raw: strings.TrimSpace(lat + " " + lon)}
	if metres, ok := quotient(alt); ok {
		if strings.TrimSpace(altitudeRef) == "1" {
			metres = -metres
		}
		at.Altitude = &metres
	}
	return at, true
}

// placeName joins what a place of the IPTC extension is called, smallest part
// first.
func placeName(f map[string]string) string {
	var parts []string
	for _, key := range []string{"LocationName", "Sublocation", "City", "ProvinceState", "CountryName", "WorldRegion"} {
		if v := strings.TrimSpace(f[key]); v != "" {
			parts = append(parts, v)
		}
	}
	return strings.Join(parts, ", ")
}
