package extract

import (
	"math"
	"slices"
	"strconv"
	"strings"

	"github.com/firsthand-media/firsthand/extract/c2pa"
	"github.com/firsthand-media/firsthand/extract/iptc"
	"github.com/firsthand-media/firsthand/extract/makernote"
	"github.com/firsthand-media/firsthand/extract/source"
	"github.com/firsthand-media/firsthand/extract/xmp"
)

// xmpPlaces gives the position that XMP copies from EXIF, of the kind exif_gps
// too, and the places that it names. Names are of the kind caption: someone
// wrote them, whether beside or inside the file.
func xmpPlaces(p *xmp.Packet, f *findings) []Place {
	out := slices.Concat(
		xmpPosition(p, "XMP-exif", "GPS", PlaceEXIF, f),
		xmpPosition(p, "XMP-iptcExt", "LocationCreatedGPS", PlaceCaption, f),
		xmpPosition(p, "XMP-iptcExt", "LocationShownGPS", PlaceCaption, f))
	for _, n := range [...]struct {
		field string
		parts []string
	}{
		{"XMP:City", []string{
			p.Get("XMP-iptcCore", "Location"), p.Get("XMP-photoshop", "City"),
			p.Get("XMP-photoshop", "State"), p.Get("XMP-photoshop", "Country"),
		}},
		{"XMP:LocationCreated", xmpLocation(p, "LocationCreated")},
		{"XMP:LocationShown", xmpLocation(p, "LocationShown")},
	} {
		out = append(out, namedPlace(n.field, n.parts...)...)
	}
	return out
}

// xmpLocation gives the parts of the name of a location of the IPTC extension,
// the narrowest first. Of a list of locations the tags hold the names side by
// side.
func xmpLocation(p *xmp.Packet, property string) []string {
	var parts []string
	for _, part := range [...]string{"LocationName", "Sublocation", "City", "ProvinceState", "CountryName", "WorldRegion"} {
		parts = append(parts, p.Get("XMP-iptcExt", property+part))
	}
	return parts
}

// xmpPosition reads one pair of coordinates, degrees with sign.
func xmpPosition(p *xmp.Packet, group, prefix string, kind PlaceKind, f *findings) []Place {
	lat, lon := p.Get(group, prefix+"Latitude"), p.Get(group, prefix+"Longitude")
	if lat == "" || lon == "" {
		return nil
	}
	field := xmpField(prefix + "Latitude")
	raw := p.Raw(group, prefix+"Latitude") + " " + p.Raw(group, prefix+"Longitude")
	latitude, err1 := strconv.ParseFloat(lat, 64)
	longitude, err2 := strconv.ParseFloat(lon, 64)
	if err1 != nil || err2 != nil || !onGlobe(latitude, longitude) {
		f.add("invalid-position", source.Info, field, "the position %q is not on the globe", clip(raw))
		return nil
	}
	place := Place{Kind: kind, Latitude: &latitude, Longitude: &longitude, Field: field, Raw: raw}
	if m, err := strconv.ParseFloat(p.Get(group, prefix+"Altitude"), 64); err == nil && m >= lowestAltitude && m <= highestAltitude {
		if p.Get(group, prefix+"AltitudeRef") == "1" && m > 0 {
			m = -m
		}
		place.AltitudeM = &m
	}
	if d, err := strconv.ParseFloat(p.Get(group, prefix+"ImgDirection"), 64); err == nil && d >= 0 && d <= 360 {
		d = math.Mod(d, 360)
		place.DirectionDegrees = &d
	}
	return []Place{place}
}

// iptcPlaces gives the place that IIM names (2:90 to 2:101).
func iptcPlaces(rec *iptc.Record) []Place {
	return namedPlace("IPTC:City",
		rec.Get("Sub-location"), rec.Get("City"), rec.Get("Province-State"), rec.Get("Country-PrimaryLocationName"))
}

// notePlaces gives the place that a camera with a map of its own names.
func notePlaces(n *makernote.Note) []Place {
	var parts []string
	for _, name := range [...]string{"Landmark", "City", "State", "Country"} {
		if v := n.Value("Panasonic", name); strings.Trim(v, "- ") != "" {
			parts = append(parts, v)
		}
	}
	return namedPlace("MakerNotes:City", parts...)
}

// c2paPlaces gives the position of a manifest's metadata, written as in XMP:
// degrees, decimal minutes and hemisphere.
func c2paPlaces(s *c2pa.Store) []Place {
	m := s.Active()
	if m == nil {
		return nil
	}
	var lat, lon string
	for _, e := range m.Metadata {
		switch e.Name {
		case "exif:GPSLatitude":
			lat = e.Value
		case "exif:GPSLongitude":
			lon = e.Value
		}
	}
	latitude, ok1 := hemisphereDegrees(lat, "N", "S")
	longitude, ok2 := hemisphereDegrees(lon, "E", "W")
	if !ok1 || !ok2 || !onGlobe(latitude, longitude) {
		return nil
	}
	return []Place{{Kind: PlaceEXIF, Latitude: &latitude, Longitude: &longitude, Field: "C2PA:exif:GPSLatitude", Raw: lat + " " + lon}}
}

// hemisphereDegrees reads "39,21.102N" and "39,21,6N" (XMP Specification Part
// 2, GPSCoordinate), or a bare number of degrees.
func hemisphereDegrees(s, positive, negative string) (float64, bool) {
	s = strings.ToUpper(strings.TrimSpace(s))
	sign := 1.0
	switch {
	case strings.HasSuffix(s, positive):
	case strings.HasSuffix(s, negative):
		sign = -1
	default:
		v, err := strconv.ParseFloat(s, 64)
		return v, err == nil
	}
	sum, unit := 0.0, 1.0
	for part := range strings.SplitSeq(s[:len(s)-1], ",") {
		v, err := strconv.ParseFloat(part, 64)
		if err != nil || v < 0 {
			return 0, false
		}
		sum += v / unit
		unit *= 60
	}
	return sign * math.Round(sum*1e10) / 1e10, true
}

// namedPlace makes a place of a name in parts, narrowest first; none of blanks.
func namedPlace(field string, parts ...string) []Place {
	var name []string
	for _, p := range parts {
		if p = oneLine(p); p != "" && !slices.Contains(name, p) {
			name = append(name, p)
		}
	}
	if len(name) == 0 {
		return nil
	}
	text := strings.Join(name, ", ")
	return []Place{{Kind: PlaceCaption, Name: Text(text), Field: field, Raw: text}}
}
