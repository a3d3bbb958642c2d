package main

import (
	"encoding/json"
	"fmt"
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
