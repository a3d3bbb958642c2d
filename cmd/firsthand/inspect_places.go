package main

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"github.com/firsthand-media/firsthand/extract"
)

// places says where: positions that lie together are one.
func (n note) places() (out []string) {
	rest := slices.Clone(n.line.Places)
	for i := 0; i < len(rest); i++ {
		p := rest[i]
		fields := []string{p.Field}
		rest = slices.DeleteFunc(rest, func(o extract.Place) bool {
			if o == p || !together(o, p) {
				return false
			}
			fields = append(fields, o.Field)
			return true
		})
		if i == mostPlaces {
			return append(out, fmt.Sprintf("And %d more; --json lists them", len(rest)-i))
		}
		out = append(out, placeInWords(p)+" ("+strings.Join(slices.Compact(fields), ", ")+")")
	}
	return out
}

// near is how far two statements of one position lie apart, degrees: about
// ten metres.
const near = 1e-4

func together(a, b extract.Place) bool {
	if a.Latitude == nil || b.Latitude == nil || a.Longitude == nil || b.Longitude == nil {
		return a.Latitude == nil && b.Latitude == nil && a.Name == b.Name
	}
	return math.Abs(*a.Latitude-*b.Latitude) < near && math.Abs(*a.Longitude-*b.Longitude) < near
}

func placeInWords(p extract.Place) string {
	var parts []string
	if p.Latitude != nil && p.Longitude != nil {
		parts = append(parts, fmt.Sprintf("%.6f, %.6f", *p.Latitude, *p.Longitude))
	}
	if p.Name != "" {
		parts = append(parts, "named "+string(p.Name))
	}
	if p.AccuracyM != nil {
		parts = append(parts, fmt.Sprintf("to about %.3g m", *p.AccuracyM))
	}
	if p.AltitudeM != nil {
		side := "above"
		if *p.AltitudeM < 0 {
			side = "below"
		}
		parts = append(parts, fmt.Sprintf("%s m %s sea level", strings.TrimSuffix(fmt.Sprintf("%.1f", math.Abs(*p.AltitudeM)), ".0"), side))
	}
	if p.DirectionDegrees != nil {
		parts = append(parts, fmt.Sprintf("the camera looking %s (%.0f°)", compass(*p.DirectionDegrees), *p.DirectionDegrees))
	}
	return strings.Join(parts, ", ")
}

// compass names one of eight directions.
func compass(degrees float64) string {
	names := [...]string{"north", "north-east", "east", "south-east", "south", "south-west", "west", "north-west"}
	return names[int(math.Round(math.Mod(degrees, 360)/45)+8)%8]
}
