package search

import (
	"errors"
	"fmt"
	"math"
	"strconv"
	"strings"
	"time"

	"github.com/firsthand-media/firsthand/verify"
)

// dateForms are how a moment can be written.
var dateForms = [...]string{
	"2006", "2006-01", "2006-01-02", "2006-01-02T15:04", "2006-01-02T15:04Z07:00", "2006-01-02T15:04:05", time.RFC3339,
}

// moment reads a day or a time, whose beginning counts; where no zone is
// written it is UTC.
func moment(value string) (time.Time, error) {
	for _, form := range dateForms {
		if t, err := time.Parse(form, strings.ToUpper(value)); err == nil {
			return t.UTC(), nil
		}
	}
	return time.Time{}, fmt.Errorf("%q is no day or time; write 2026-05-16, 2026-05-16T14:00Z or 2026-05-16T14:00+03:00", value)
}

// span reads a number, or a range as 2.., ..5, 2..5, >1, >=2, <3 or <=3.
func span(value string, read func(string) (float64, error)) (lo, hi float64, err error) {
	lo, hi = math.Inf(-1), math.Inf(1)
	if from, to, ok := strings.Cut(value, ".."); ok {
		if from == "" && to == "" {
			return lo, hi, errors.New("a range such as 2.. has a number on one side at least")
		}
		if from != "" {
			if lo, err = read(from); err != nil {
				return lo, hi, err
			}
		}
		if to != "" {
			hi, err = read(to)
		}
		return lo, hi, err
	}
	sign := value[:len(value)-len(strings.TrimLeft(value, "<>="))]
	n, err := read(value[len(sign):])
	switch sign {
	case "", "=":
		return n, n, err
	case ">":
		return math.Nextafter(n, hi), hi, err
	case ">=":
		return n, hi, err
	case "<":
		return lo, math.Nextafter(n, lo), err
	case "<=":
		return lo, n, err
	}
	return lo, hi, fmt.Errorf("%q is no number and no range", value)
}

// plainNumber reads a whole number.
func plainNumber(s string) (float64, error) {
	n, err := strconv.Atoi(s)
	if err != nil {
		return 0, fmt.Errorf("%q is no whole number", s)
	}
	return float64(n), nil
}

// seconds reads a length: 30, 30s, 2m, 1h or 1:30.
func seconds(s string) (float64, error) {
	if m, sec, ok := strings.Cut(s, ":"); ok {
		minutes, err1 := strconv.ParseUint(m, 10, 31)
		rest, err2 := strconv.ParseUint(sec, 10, 31)
		if err := errors.Join(err1, err2); err != nil {
			return 0, fmt.Errorf("%q is no length; write 30s, 2m or 1:30", s)
		}
		return float64(minutes*60 + rest), nil
	}
	return measured(s, "a length; write 30s, 2m or 1:30", map[string]float64{"": 1, "s": 1, "m": 60, "min": 60, "h": 3600})
}

// bytes reads the size of a file: 500kB, 5MB.
func bytes(s string) (float64, error) {
	return measured(s, "a size; write 500kB or 5MB", map[string]float64{"": 1, "b": 1, "kb": 1e3, "mb": 1e6, "gb": 1e9})
}

// metres reads a distance: 500m, 2km.
func metres(s string) (float64, error) {
	return measured(s, "a distance; write 500m or 2km", map[string]float64{"": 1000, "m": 1, "km": 1000})
}

// measured reads a number with a unit.
func measured(s, what string, units map[string]float64) (float64, error) {
	number := strings.TrimRight(strings.ToLower(s), "abcdefghijklmnopqrstuvwxyz")
	unit, known := units[strings.ToLower(s)[len(number):]]
	n, err := strconv.ParseFloat(number, 64)
	if err != nil || !known || math.IsNaN(n) || math.IsInf(n, 0) || n < 0 {
		return 0, fmt.Errorf("%q is not %s", s, what)
	}
	return n * unit, nil
}

// nearest is how far from a position near looks where no distance is written.
const nearest = 1000 // metres

// near understands a position and a distance.
func near(values []string) (test, error) {
	const write = "near: takes a latitude, a longitude and a distance, as near:33.3128,44.3615,2km"
	if len(values) != 2 && len(values) != 3 {
		return nil, errors.New(write)
	}
	lat, err1 := strconv.ParseFloat(values[0], 64)
	lon, err2 := strconv.ParseFloat(values[1], 64)
	if err1 != nil || err2 != nil || !(math.Abs(lat) <= 90 && math.Abs(lon) <= 180) {
		return nil, errors.New(write)
	}
	within := float64(nearest)
	if len(values) == 3 {
		var err error
		if within, err = metres(values[2]); err != nil {
			return nil, fmt.Errorf("near: %w", err)
		}
	}
	return func(d *Document) bool {
		return d.Latitude != nil && d.Longitude != nil && verify.Metres(lat, lon, *d.Latitude, *d.Longitude) <= within
	}, nil
}
