package extract

import (
	"math"
	"strconv"
	"strings"

	"github.com/firsthand-media/firsthand/extract/exif"
	"github.com/firsthand-media/firsthand/extract/source"
)

// exifPlace reads the GPS directory: a position only when latitude, longitude
// and both hemispheres are stated and possible.
func exifPlace(x *exif.Exif, f *findings) (Place, bool) {
	lat, lon := x.Get("GPSLatitude"), x.Get("GPSLongitude")
	if lat == nil && lon == nil {
		return Place{}, false
	}
	p := Place{Kind: PlaceEXIF, Field: fieldGPS, Raw: rawPosition(x)}
	latitude, ok1 := coordinate(x, "GPSLatitude", "N", "S", 90, f)
	longitude, ok2 := coordinate(x, "GPSLongitude", "E", "W", 180, f)
	if !ok1 || !ok2 {
		return Place{}, false
	}
	p.Latitude, p.Longitude = &latitude, &longitude
	p.AltitudeM = altitude(x, f)
	p.DirectionDegrees = direction(x, f)
	p.AccuracyM = accuracy(x, f)
	checkFix(x, f)
	return p, true
}

// coordinate reads one coordinate with its hemisphere, degrees.
func coordinate(x *exif.Exif, name, positive, negative string, limit float64, f *findings) (float64, bool) {
	tag := x.Get(name)
	field := "EXIF:" + name
	parts := tag.Floats()
	if text := tag.Text(); text != "" {
		parts = writtenDegrees(text)
	}
	v, ok := exif.Degrees(parts)
	if !ok {
		f.add("invalid-position", source.Info, field, "%s is not defined", name)
		return 0, false
	}
	ref := strings.ToUpper(strings.TrimSpace(x.Get(name + "Ref").Text()))
	switch {
	case strings.HasPrefix(ref, positive):
	case strings.HasPrefix(ref, negative):
		v = -v
	default:
		f.add("invalid-position", source.Warning, field, "%s does not say which hemisphere, the position is not used", name)
		return 0, false
	}
	if math.Abs(v) > limit || hasNegative(parts) {
		f.add("invalid-position", source.Warning, field, "%s is %s, outside the globe", name, strconv.FormatFloat(v, 'g', 8, 64))
		return 0, false
	}
	return math.Round(v*1e10) / 1e10, true // no fraction in EXIF says more
}

func hasNegative(parts []float64) bool {
	for _, p := range parts {
		if p < 0 {
			return true
		}
	}
	return false
}

// writtenDegrees reads degrees, minutes and seconds written as text, as some
// phones do: "52,50,34.01", or "52,00000,50,00000,34,01180" where the comma
// is also the decimal mark.
func writtenDegrees(s string) []float64 {
	parts := strings.FieldsFunc(s, func(r rune) bool { return r == ',' || r == ';' || r == ' ' })
	if len(parts) == 6 {
		parts = []string{parts[0] + "." + parts[1], parts[2] + "." + parts[3], parts[4] + "." + parts[5]}
	}
	var out []float64
	for _, p := range parts {
		v, err := strconv.ParseFloat(p, 64)
		if err != nil {
			return nil
		}
		out = append(out, v)
	}
	return out
}

// rawPosition writes the position as the fractions that stand in the file.
func rawPosition(x *exif.Exif) string {
	var parts []string
	for _, name := range [...]string{"GPSLatitude", "GPSLongitude"} {
		tag := x.Get(name)
		if text := tag.Text(); text != "" {
			parts = append(parts, text)
		}
		for _, r := range tag.Rationals() {
			parts = append(parts, strconv.FormatInt(r.Num, 10)+"/"+strconv.FormatInt(r.Den, 10))
		}
		if ref := strings.TrimSpace(x.Get(name + "Ref").Text()); ref != "" {
			parts = append(parts, ref)
		}
	}
	return strings.Join(parts, " ")
}

// altitude is in metres above the sea, or above the ellipsoid where EXIF 3.0's
// references 2 and 3 say so; 1 and 3 mean below.
func altitude(x *exif.Exif, f *findings) *float64 {
	v := x.Get("GPSAltitude").Floats()
	if len(v) != 1 || math.IsNaN(v[0]) || math.IsInf(v[0], 0) {
		return nil
	}
	m := v[0]
	if ref := x.Get("GPSAltitudeRef"); ref != nil {
		n, ok := ref.Int()
		if !ok {
			n, _ = strconv.ParseInt(strings.TrimSpace(ref.Text()), 10, 8)
		}
		if (n == 1 || n == 3) && m > 0 {
			m = -m
		}
	}
	if m < lowestAltitude || m > highestAltitude {
		f.add("impossible-altitude", source.Warning, "EXIF:GPSAltitude", "the altitude is %.0f m", m)
		return nil
	}
	return &m
}

// direction is where the camera pointed, degrees clockwise from north.
func direction(x *exif.Exif, f *findings) *float64 {
	v := x.Get("GPSImgDirection").Floats()
	if len(v) != 1 || math.IsNaN(v[0]) {
		return nil
	}
	d := v[0]
	if d < 0 || d > 360 {
		f.add("impossible-direction", source.Warning, "EXIF:GPSImgDirection", "the direction is %.1f degrees", d)
		return nil
	}
	if strings.HasPrefix(strings.TrimSpace(x.Get("GPSImgDirectionRef").Text()), "M") {
		f.add("magnetic-direction", source.Info, "EXIF:GPSImgDirection",
			"the direction is from magnetic north, which differs from true north by place and year")
	}
	d = math.Mod(d, 360)
	return &d
}
