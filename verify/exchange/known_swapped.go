package exchange

import "math"

// Latitude and longitude swapped in part of a table, or in all of it, cannot
// be told by their range over most of Europe, Africa and the Near East. What
// can be told is company: a position that stands alone as written and, the two
// numbers swapped, among many others of the same table. That is a question to
// a person and never an answer.

const (
	cellDegrees  = 2.0 // a cell and the eight around it are the neighbourhood
	muchCompany  = 10  // neighbours when swapped, at least, and for each as written
	mostlyInCase = 0.5 // of a table's positions, when swapped, are in the surroundings of the case
	hardlyInCase = 0.05
)

type cell [2]int

func cellOf(lat, lon float64) cell {
	return cell{int(math.Floor(lat / cellDegrees)), int(math.Floor((lon + 180) / cellDegrees))}
}

// company counts positions by neighbourhood.
type company map[cell]int

func (c company) add(p Position) { c[cellOf(p.Latitude, p.Longitude)]++ }

func (c company) around(lat, lon float64) int {
	const cells = 360 / cellDegrees
	at, n := cellOf(lat, lon), 0
	for dy := -1; dy <= 1; dy++ {
		for dx := -1; dx <= 1; dx++ {
			n += c[cell{at[0] + dy, (at[1] + dx + cells) % cells}]
		}
	}
	return n
}

// looksSwapped tells whether a position of the table stands among others only
// when its two numbers are swapped.
func (c company) looksSwapped(p Position) bool {
	if math.Abs(p.Longitude) > 90 {
		return false
	}
	here, there := c.around(p.Latitude, p.Longitude), c.around(p.Longitude, p.Latitude)
	return there >= muchCompany && there >= muchCompany*here
}

// swappedThroughout counts the positions that lie in the surroundings of a
// case as written and swapped, and tells whether the whole table looks
// swapped.
func swappedThroughout(table []Position, around []Position) (asWritten, swapped int, looks bool) {
	cells := company{}
	for _, p := range around {
		cells.add(p)
	}
	for _, p := range table {
		if cells.around(p.Latitude, p.Longitude) > 0 {
			asWritten++
		}
		if math.Abs(p.Longitude) <= 90 && cells.around(p.Longitude, p.Latitude) > 0 {
			swapped++
		}
	}
	looks = len(table) > 0 && float64(swapped) >= mostlyInCase*float64(len(table)) && float64(asWritten) <= hardlyInCase*float64(len(table))
	return asWritten, swapped, looks
}

// degreeM is a degree of latitude in metres.
const degreeM = 111_195

// digitsAccuracy is how far off a position may be by the digits that its
// numbers are written with: half of the last place, along the diagonal. A table
// may drop zeros at the end, so the longer of both counts.
func digitsAccuracy(lat, lon string) float64 {
	places := max(decimals(lat), decimals(lon))
	return math.Ceil(math.Sqrt2 * degreeM / 2 * math.Pow10(-min(places, 9)))
}

// decimals counts the digits behind the point, or the comma that stands for
// it.
func decimals(number string) int {
	for i := len(number) - 1; i >= 0; i-- {
		switch c := number[i]; {
		case c == '.' || c == ',':
			return len(number) - 1 - i
		case c < '0' || c > '9':
			return 9 // an exponent: as exact as can be
		}
	}
	return 0
}
