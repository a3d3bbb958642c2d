package publish

import (
	"fmt"
	"math"
	"reflect"
	"regexp"
	"strconv"
	"strings"

	"github.com/firsthand-media/firsthand/extract/source"
	"github.com/firsthand-media/firsthand/verify/assess"
)

// pairs are the fields of a position, wherever a struct has them.
var pairs = [][2]string{{"Latitude", "Longitude"}, {"PublicLatitude", "PublicLongitude"}}

// positions rounds or drops the positions of a struct, widens the radius that
// goes with them so that it holds the true place still, and drops how it was
// written.
func (e *editor) positions(s reflect.Value) {
	if !e.NoPositions && e.Decimals == nil {
		return
	}
	for _, pair := range pairs {
		lat, lon := s.FieldByName(pair[0]), s.FieldByName(pair[1])
		if !isNumber(lat) || !isNumber(lon) {
			continue
		}
		if !lat.IsNil() && !lon.IsNil() {
			e.count[wasPosition]++
			e.position(s, lat, lon)
		}
		e.placeWords(s)
	}
}

func isNumber(v reflect.Value) bool {
	return v.IsValid() && v.Type() == reflect.TypeFor[*float64]()
}

func (e *editor) position(s, lat, lon reflect.Value) {
	if e.NoPositions {
		lat.SetZero()
		lon.SetZero()
	} else {
		for _, v := range []reflect.Value{lat, lon} {
			rounded := round(v.Elem().Float(), *e.Decimals)
			v.Set(reflect.ValueOf(&rounded))
		}
	}
	for _, field := range []string{"RadiusM", "AccuracyM"} {
		v := s.FieldByName(field)
		switch {
		case !isNumber(v):
		case e.NoPositions:
			v.SetZero()
		default:
			radius := 0.0
			if !v.IsNil() {
				radius = v.Elem().Float()
			}
			wide := within(radius, *e.Decimals)
			v.Set(reflect.ValueOf(&wide))
		}
	}
}

// placeWords drops the reading of a position as a file has it, and the names
// that say more than a coarse position.
func (e *editor) placeWords(s reflect.Value) {
	fields := []string{"Raw", "AltitudeM"}
	if e.NoPositions || *e.Decimals < 2 {
		fields = append(fields, "Name", "PlaceName")
	}
	for _, field := range fields {
		if v := s.FieldByName(field); v.IsValid() {
			v.SetZero()
		}
	}
}

// claimed is the position of a claim.
func (e *editor) claimed(v source.Text) source.Text {
	p, err := assess.ParsePosition(string(v))
	switch {
	case v == "" || err != nil || !e.NoPositions && e.Decimals == nil:
		return v
	case e.NoPositions:
		return ""
	}
	n := *e.Decimals
	return source.Text(fmt.Sprintf("%s,%s,%.0f", plain(p.Latitude, n), plain(p.Longitude, n), within(p.RadiusM, n)))
}

func plain(v float64, n int) string { return strconv.FormatFloat(round(v, n), 'f', n, 64) }

// Positions in texts: two numbers with decimals, as degrees are written, and
// degrees with minutes.
var (
	inDecimals = regexp.MustCompile(`([-+]?\d{1,3}\.\d+)(\s*°?\s*[NSns]?\s*[,;/]\s*|\s*°?\s*[NSns]?\s+)([-+]?\d{1,3}\.\d+)`)
	inMinutes  = regexp.MustCompile(`\d{1,3}\s*°\s*\d{1,2}(\.\d+)?\s*['′’]\s*(\d{1,2}(\.\d+)?\s*("|″|”|''))?\s*[NSEW]?`)
)

// coordinates rounds the positions that stand in a text. Two numbers with fewer
// decimals than two are no position.
func (e *editor) coordinates(s string) string {
	if !strings.ContainsAny(s, ".°") {
		return s
	}
	s = inDecimals.ReplaceAllStringFunc(s, func(found string) string {
		m := inDecimals.FindStringSubmatch(found)
		a, b := decimalsOf(m[1]), decimalsOf(m[3])
		lat, err := strconv.ParseFloat(m[1], 64)
		lon, err2 := strconv.ParseFloat(m[3], 64)
		switch {
		case err != nil || err2 != nil || math.Abs(lat) > 180 || math.Abs(lon) > 180 || min(a, b) < 2:
			return found
		case e.NoPositions:
			return "[position]"
		case max(a, b) <= *e.Decimals:
			return found
		}
		return plain(lat, min(a, *e.Decimals)) + m[2] + plain(lon, min(b, *e.Decimals))
	})
	return inMinutes.ReplaceAllString(s, "[position]")
}

func decimalsOf(number string) int {
	_, after, _ := strings.Cut(number, ".")
	return len(after)
}

// metresInWords is how far n decimals of a degree reach.
func metresInWords(n int) string {
	m := metresPerDegree * math.Pow(10, -float64(n))
	switch {
	case m >= 10_000:
		return fmt.Sprintf("%.0f kilometres", m/1000)
	case m >= 1000:
		return fmt.Sprintf("%.1f kilometres", m/1000)
	case m >= 2:
		return fmt.Sprintf("%.0f metres", m)
	}
	return fmt.Sprintf("%.0f centimetres", m*100)
}
