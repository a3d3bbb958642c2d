// Package atlas is the packed form of the world's place names: a table of
// places and a sorted list of the names that lead to them, small enough to be
// part of the program.
//
// Start at [Open] to read one and at [Build] to make one; the format stands
// in README.md beside this file. It promises: what Build made, Open reads
// back; bytes that Build did not make are an error and never a panic; an
// Atlas is never changed, so that any number of goroutines may use it.
package atlas

// Place is one row of the table.
type Place struct {
	ID         int64 // of GeoNames
	Name       string
	Country    string // ISO 3166-1 alpha-2
	Admin      string // first-order division, in GeoNames' code
	Lat, Lon   float64
	Population int64
}

// Entry is what one name stands for. A name may be all three at once: Georgia
// is a country and towns of the United States, and Mykolaiv's неділя is none.
type Entry struct {
	Places  []int32 // rows of the table
	Country string  // of which it is the name, "" for none
	Common  bool    // it is a word of the language, too
}

// Name is one entry with its key, for [Build].
type Name struct {
	Key string // folded, as it will be looked up
	Entry
}

// Bounds on what is read. The world has some 200,000 places of 500 people,
// with half a million names.
const (
	maxPacked   = 64 << 20
	maxUnpacked = 256 << 20
	maxPlaces   = 4 << 20
	maxNames    = 16 << 20
	maxKey      = 400 // bytes
	maxPerName  = 4096
	blockSize   = 16 // names for one that is written out in full
)

// scale of positions: a ten-thousandth of a degree is 11 m.
const scale = 1e4

const magic = "firsthand atlas 1\n"

// Atlas is an opened table.
type Atlas struct {
	regions []region
	rows    []row
	names   string // of all places, one after the other
	keys    []byte // blocks of front-coded keys with their entries
	blocks  []uint32
	known   filter // of whole keys
	begins  filter // of the first words of keys of several
	longest int    // words of the longest key
}

type region struct{ country, admin string }

type row struct {
	id         uint32
	lat, lon   int32
	population uint32
	region     uint16
	nameLen    uint16
	nameAt     uint32
}

// Len is the number of places.
func (a *Atlas) Len() int { return len(a.rows) }

// Longest is the number of words in the longest name.
func (a *Atlas) Longest() int { return a.longest }

// Place is a row of the table.
func (a *Atlas) Place(i int32) Place {
	r := a.rows[i]
	return Place{
		ID: int64(r.id), Name: a.names[r.nameAt : r.nameAt+uint32(r.nameLen)],
		Country: a.regions[r.region].country, Admin: a.regions[r.region].admin,
		Lat: float64(r.lat) / scale, Lon: float64(r.lon) / scale, Population: int64(r.population),
	}
}
