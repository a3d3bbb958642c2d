package main

import (
	"encoding/json"
	"fmt"
	"math"
	"regexp"
	"strconv"
	"strings"
)

// value finds what inspect says under a name of the oracle. The tag is looked
// for under its family-0 and family-1 groups, else under the first alone.
// What is derived comes from other members of the line; sums of embedded
// pictures are not printed and do not apply.
func (l inspected) value(name, tag string) (v any, ok, applies bool) {
	if derived, isDerived := strings.CutPrefix(name, "derived."); isDerived {
		return l.derived(derived)
	}
	if v, ok := l.Fields[tag]; ok {
		return v, true, true
	}
	parts := strings.Split(tag, ":")
	v, ok = l.Fields[parts[0]+":"+parts[len(parts)-1]]
	return v, ok, true
}

func (l inspected) derived(name string) (v any, ok, applies bool) {
	number := func(p *float64) (any, bool, bool) {
		if p == nil {
			return nil, false, true
		}
		return *p, true, true
	}
	switch name {
	case "thumbnail_bytes":
		for _, tag := range []string{"EXIF:ThumbnailLength", "EXIF:IFD1:ThumbnailLength", "EXIF:PreviewImageLength"} {
			if v, ok := l.Fields[tag]; ok {
				return v, true, true
			}
		}
		return nil, false, true
	case "c2pa_present":
		for key := range l.Fields {
			if strings.HasPrefix(key, "JUMBF:") {
				return true, true, true
			}
		}
		return false, true, true
	case "exif_lat", "exif_lon", "exif_alt":
		for _, p := range l.Places {
			if p.Kind == "exif_gps" {
				return number(map[string]*float64{"exif_lat": p.Latitude, "exif_lon": p.Longitude, "exif_alt": p.AltitudeM}[name])
			}
		}
		key := map[string]string{"exif_lat": "GPSLatitude", "exif_lon": "GPSLongitude", "exif_alt": "GPSAltitude"}[name]
		v, ok := l.Fields["Composite:"+key]
		return v, ok, true
	}
	return nil, false, false
}

// toleranceOf is how far two numbers may lie apart: derived positions are
// rounded in the oracle.
func toleranceOf(name string) float64 {
	switch {
	case name == "derived.exif_alt":
		return 1e-3
	case strings.HasPrefix(name, "derived."):
		return 1e-6
	}
	return 1e-9
}

// equalValues compares numbers by value, lists member by member, times as
// clock reading, fraction and offset, and other texts without the space
// around them.
func equalValues(want, got any, tolerance float64) bool {
	if a, ok := want.([]any); ok && len(a) == 1 {
		want = a[0]
	}
	if b, ok := got.([]any); ok && len(b) == 1 {
		got = b[0]
	}
	a, isList := want.([]any)
	b, isListToo := got.([]any)
	if isList || isListToo {
		if len(a) != len(b) || isList != isListToo {
			return false
		}
		for i := range a {
			if !equalValues(a[i], b[i], tolerance) {
				return false
			}
		}
		return true
	}
	x, y := plain(want), plain(got)
	if x == y {
		return true
	}
	n, err1 := strconv.ParseFloat(x, 64)
	m, err2 := strconv.ParseFloat(y, 64)
	if err1 == nil && err2 == nil {
		return math.Abs(n-m) <= tolerance*math.Max(1, math.Abs(n))
	}
	return false
}

var (
	zeroOffset  = regexp.MustCompile(`(\d\d:\d\d(?:\.\d+)?)\+00:00$`)
	binaryValue = regexp.MustCompile(`^\(Binary data (\d+) bytes.*\)$`)
)

// plain is the text of one value.
func plain(v any) string {
	var s string
	switch v := v.(type) {
	case string:
		s = strings.TrimSpace(v)
	case float64:
		return strconv.FormatFloat(v, 'g', -1, 64)
	default:
		b, err := json.Marshal(v)
		if err != nil {
			return fmt.Sprint(v)
		}
		s = string(b)
	}
	if m := zeroOffset.FindStringSubmatchIndex(s); m != nil {
		s = s[:m[3]] + "Z"
	}
	return binaryValue.ReplaceAllString(s, "(Binary data $1 bytes)")
}

// brief is a value in a list of shortfalls.
func brief(v any) string {
	b, err := json.Marshal(v)
	if err != nil {
		return fmt.Sprint(v)
	}
	const most = 90
	if r := []rune(string(b)); len(r) > most {
		return string(r[:most]) + "…"
	}
	return string(b)
}
