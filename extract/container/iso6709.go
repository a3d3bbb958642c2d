package container

import (
	"strconv"
	"strings"
)

// parseISO6709 reads a position in the text form of ISO 6709, annex H, as
// "+49.9935+036.2304+114.200/": latitude and longitude in degrees, degrees
// and minutes, or degrees, minutes and seconds, then an altitude in metres.
func parseISO6709(text string) (Position, bool) {
	var parts []string
	s := strings.TrimSuffix(strings.TrimSpace(text), "/")
	if i := strings.Index(s, "CRS"); i >= 0 {
		s = s[:i]
	}
	for s != "" {
		if s[0] != '+' && s[0] != '-' || len(parts) == 3 {
			return Position{}, false
		}
		end := len(s)
		if i := strings.IndexAny(s[1:], "+-/ "); i >= 0 {
			end = i + 1
		}
		parts = append(parts, s[:end])
		s = strings.TrimLeft(s[end:], "/ ")
	}
	if len(parts) < 2 {
		return Position{}, false
	}
	latitude, ok1 := sexagesimal(parts[0], 2, 90)
	longitude, ok2 := sexagesimal(parts[1], 3, 180)
	if !ok1 || !ok2 {
		return Position{}, false
	}
	p := Position{Latitude: latitude, Longitude: longitude}
	if len(parts) == 3 {
		altitude, err := strconv.ParseFloat(parts[2], 64)
		if err != nil {
			return Position{}, false
		}
		p.Altitude = &altitude
	}
	return p, true
}

// sexagesimal reads a signed angle whose degrees have the given number of
// digits; two digits more are minutes, four more minutes and seconds.
func sexagesimal(s string, digits int, limit float64) (float64, bool) {
	sign := 1.0
	if s[0] == '-' {
		sign = -1
	}
	whole, _, _ := strings.Cut(s[1:], ".")
	for _, r := range s[1:] {
		if (r < '0' || r > '9') && r != '.' {
			return 0, false
		}
	}
	v, err := strconv.ParseFloat(s[1:], 64)
	if err != nil {
		return 0, false
	}
	switch len(whole) - digits {
	case 2:
		degrees := float64(int(v / 100))
		v = degrees + (v-100*degrees)/60
	case 4:
		degrees := float64(int(v / 1e4))
		minutes := float64(int((v - 1e4*degrees) / 100))
		v = degrees + minutes/60 + (v-1e4*degrees-100*minutes)/3600
	}
	return sign * v, v <= limit
}

// numbers writes a position as ExifTool does.
func (p Position) numbers() string {
	out := strconv.FormatFloat(p.Latitude, 'g', 15, 64) + " " + strconv.FormatFloat(p.Longitude, 'g', 15, 64)
	if p.Altitude != nil {
		out += " " + strconv.FormatFloat(*p.Altitude, 'g', 15, 64)
	}
	return out
}
