package extract

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"

	"github.com/firsthand-media/firsthand/extract/container"
)

// value gives the tag of a field by its full name, or "".
func (f Fields) value(field string) string {
	for _, t := range f {
		if t.Field == field {
			return t.Value
		}
	}
	return ""
}

// composites makes the tags that ExifTool works out from others, as far as
// verifiers use them (Image::ExifTool::Exif, GPS, IPTC and QuickTime, tables
// Composite). Others is every tag so far.
func composites(f Fields, info container.Info) []container.Tag {
	c := composer{order: f.order(), info: info}
	c.byKey = c.order.chosen(shortKey)
	c.subSecond("DateTimeOriginal", "SubSecTimeOriginal", "OffsetTimeOriginal")
	c.subSecond("CreateDate", "SubSecTimeDigitized", "OffsetTimeDigitized")
	c.subSecond("ModifyDate", "SubSecTime", "OffsetTime")
	c.joined("GPSDateTime", "EXIF:GPSDateStamp", "EXIF:GPSTimeStamp", "Z")
	c.position()
	c.joined("DateTimeCreated", "IPTC:DateCreated", "IPTC:TimeCreated", "")
	if _, dated := c.named("DateTimeOriginal"); !dated {
		c.joined("DateTimeOriginal", "IPTC:DateCreated", "IPTC:TimeCreated", "")
	}
	c.joined("DigitalCreationDateTime", "IPTC:DigitalCreationDate", "IPTC:DigitalCreationTime", "")
	c.rotation()
	c.size()
	return c.out
}

type composer struct {
	order fieldOrder
	byKey map[string]int // short keys
	info  container.Info
	out   []container.Tag
}

func (c *composer) add(name, value string) {
	c.out = append(c.out, container.Tag{Field: "Composite:" + name, Value: value})
}

// of gives the value under a short key.
func (c *composer) of(key string) (string, bool) {
	i, ok := c.byKey[key]
	if !ok {
		return "", false
	}
	return c.order.fields[i].Value, true
}

// named gives the value of the tag that holds a name, whatever its group.
func (c *composer) named(name string) (string, bool) {
	i, ok := c.order.holder[name]
	if !ok {
		return "", false
	}
	return c.order.fields[i].Value, true
}

var (
	leadingDigits = regexp.MustCompile(`^\d+`)
	clockOfDate   = regexp.MustCompile(` \d{2}:\d{2}:\d{2}`)
	writtenOffset = regexp.MustCompile(`^([-+])(\d{1,2}):(\d{2})`)
)

// subSecond joins an EXIF date with its fraction and offset, where it has one
// of them.
func (c *composer) subSecond(name, fraction, offset string) {
	date, ok := c.of("EXIF:" + name)
	if !ok {
		return
	}
	out := date
	if s, ok := c.named(fraction); ok {
		digits := leadingDigits.FindString(s)
		if at := clockOfDate.FindStringIndex(date); digits != "" && at != nil && !strings.HasPrefix(date[at[1]:], ".") {
			out = date[:at[1]] + "." + digits + date[at[1]:]
		}
	}
	if s, ok := c.named(offset); ok && !strings.ContainsAny(date, "-+") {
		if m := writtenOffset.FindStringSubmatch(s); m != nil {
			out += fmt.Sprintf("%s%02s:%s", m[1], m[2], m[3])
		}
	}
	if out != date {
		c.add("SubSec"+name, out)
	}
}

// joined writes two values one after the other, where both are there.
func (c *composer) joined(name, first, second, end string) {
	a, ok1 := c.of(first)
	b, ok2 := c.of(second)
	if ok1 && ok2 {
		c.add(name, a+" "+b+end)
	}
}

// position gives signed coordinates, from EXIF or else from a movie.
func (c *composer) position() {
	lat, ok1 := c.signed("EXIF:GPSLatitude", "S")
	lon, ok2 := c.signed("EXIF:GPSLongitude", "W")
	alt, ok3 := c.altitude()
	if p, ok := c.moviePosition(); ok && !ok1 && !ok2 {
		lat, lon, ok1, ok2 = p[0], p[1], p[0] != "", p[1] != ""
		if !ok3 && p[2] != "" {
			alt, ok3 = strings.TrimPrefix(p[2], "-"), true // its sign is a tag of its own
		}
	}
	for _, v := range []struct {
		name, value string
		ok          bool
	}{{"GPSLatitude", lat, ok1}, {"GPSLongitude", lon, ok2}, {"GPSAltitude", alt, ok3}} {
		if v.ok {
			c.add(v.name, v.value)
		}
	}
	x, has1 := c.coordinate(lat, ok1, "XMP:GPSLatitude")
	y, has2 := c.coordinate(lon, ok2, "XMP:GPSLongitude")
	if has1 && has2 {
		c.add("GPSPosition", x+" "+y)
	}
}

var writtenLocation = regexp.MustCompile(`Lat=([-+.\d]+) Lon=([-+.\d]+)(?: Alt=([-+.\d]+))?`)

// moviePosition gives latitude, longitude and altitude of a movie; what is not
// stated is "".
func (c *composer) moviePosition() ([]string, bool) {
	if at, ok := c.of("QuickTime:GPSCoordinates"); ok {
		return append(strings.Fields(at), "", "", "")[:3], true
	}
	at, _ := c.of("QuickTime:LocationInformation")
	m := writtenLocation.FindStringSubmatch(at)
	if m == nil {
		return nil, false
	}
	return m[1:], true
}

func (c *composer) coordinate(v string, ok bool, instead string) (string, bool) {
	if ok {
		return v, true
	}
	return c.of(instead)
}

// signed gives an EXIF coordinate with its hemisphere.
func (c *composer) signed(key, negative string) (string, bool) {
	v, ok := c.of(key)
	ref, hasRef := c.of(key + "Ref")
	if !ok || !hasRef {
		return "", false
	}
	if strings.HasPrefix(strings.ToUpper(ref), negative) {
		return negated(v), true
	}
	return v, true
}

// negated changes the sign as Perl does: a value that is no number stays what
// it is, with a minus before it.
func negated(v string) string {
	switch n, err := strconv.ParseFloat(v, 64); {
	case v == "":
		return "0"
	case err == nil && n == 0:
		return "0"
	case strings.HasPrefix(v, "-"):
		return v[1:]
	}
	return "-" + v
}

// altitude is that of EXIF, else that of XMP, below the sea where its
// reference says so.
func (c *composer) altitude() (string, bool) {
	for _, family := range [...]string{"EXIF", "XMP"} {
		v, ok := c.of(family + ":GPSAltitude")
		ref, hasRef := c.of(family + ":GPSAltitudeRef")
		if _, err := strconv.ParseFloat(v, 64); !ok || !hasRef || err != nil {
			continue
		}
		if ref == "1" || ref == "3" {
			return "-" + strings.TrimPrefix(v, "-"), true
		}
		return v, true
	}
	return "", false
}

// rotation is how far a player turns the first video track, degrees clockwise.
func (c *composer) rotation() {
	filmed := false
	for _, t := range c.order.fields {
		filmed = filmed || strings.HasPrefix(t.Field, "QuickTime:Track") && strings.HasSuffix(t.Field, ":ImageWidth") && t.Value != "0"
	}
	if filmed && (c.info.Type.Kind == "video" || c.info.Type.Format == "cr3") {
		c.add("Rotation", strconv.Itoa(c.info.Rotation))
	}
}

// size is that of the picture, as the strongest tag of the name states it.
func (c *composer) size() {
	w, ok1 := c.named("ImageWidth")
	h, ok2 := c.named("ImageHeight")
	width, err1 := strconv.ParseFloat(w, 64)
	height, err2 := strconv.ParseFloat(h, 64)
	if !ok1 || !ok2 || err1 != nil || err2 != nil {
		return
	}
	c.add("ImageSize", w+" "+h)
	c.add("Megapixels", strconv.FormatFloat(width*height/1e6, 'g', 15, 64))
}
