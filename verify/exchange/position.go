package exchange

import (
	"errors"
	"fmt"
	"math"
	"strconv"
	"strings"
)

// Position is degrees, WGS 84, north and east positive.
type Position struct{ Latitude, Longitude float64 }

// errSwapped is a position that would be one the other way round. It is never
// turned by itself: the person is asked.
var errSwapped = errors.New("latitude and longitude look swapped")

// parsePosition reads a position written as two texts. Both empty, and exactly
// 0, 0, are unknown: nil without an error. A comma may stand for the point, as
// many countries write it.
func parsePosition(lat, lon string) (*Position, error) {
	lat, lon = strings.TrimSpace(lat), strings.TrimSpace(lon)
	if lat == "" && lon == "" {
		return nil, nil
	}
	if lat == "" || lon == "" {
		return nil, fmt.Errorf("latitude and longitude are given together, here one is missing")
	}
	a, err := degrees(lat)
	if err != nil {
		return nil, fmt.Errorf("latitude: %w", err)
	}
	b, err := degrees(lon)
	if err != nil {
		return nil, fmt.Errorf("longitude: %w", err)
	}
	return checkPosition(a, b)
}

// checkPosition refuses what is not on the globe.
func checkPosition(lat, lon float64) (*Position, error) {
	switch {
	case math.IsNaN(lat) || math.IsNaN(lon):
		return nil, errors.New("the position is not a number")
	case lat == 0 && lon == 0:
		return nil, nil
	case math.Abs(lat) <= 90 && math.Abs(lon) <= 180:
		return &Position{lat, lon}, nil
	case math.Abs(lon) <= 90 && math.Abs(lat) <= 180:
		return nil, fmt.Errorf("%w: %v, %v", errSwapped, lat, lon)
	}
	return nil, fmt.Errorf("%v, %v is not on the globe", lat, lon)
}

func degrees(s string) (float64, error) {
	if !strings.Contains(s, ".") && strings.Count(s, ",") == 1 {
		s = strings.Replace(s, ",", ".", 1)
	}
	for _, r := range s {
		if !strings.ContainsRune("0123456789.-+eE", r) { // ParseFloat takes "inf", "0x1p-2" and "1_0"
			return 0, fmt.Errorf("%.40q is not a number of degrees", s)
		}
	}
	v, err := strconv.ParseFloat(s, 64)
	if err != nil {
		return 0, fmt.Errorf("%.40q is not a number of degrees", s)
	}
	return v, nil
}

// round gives the position with as many decimals.
func (p Position) round(decimals int) Position {
	by := math.Pow10(decimals)
	return Position{math.Round(p.Latitude*by) / by, math.Round(p.Longitude*by) / by}
}

// number writes degrees or metres without an exponent and without zeros that
// say nothing.
func number(v float64) string { return strconv.FormatFloat(v, 'f', -1, 64) }
