package incident

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"math"
	"slices"
	"time"

	"github.com/firsthand-media/firsthand/verify/gazetteer"
)

// Statistics is what a case as a whole teaches of its parts: how crowded each
// time is, how much is about each place, which words are names and what they
// mean, which accounts are local, what ties are worth. With it, what one atom
// says depends on that atom alone, and files that are added to a large case
// need not change what all others say.
//
// It is plain data and survives JSON without loss. Places and words that it
// does not know are taken for what is spoken of once.
type Statistics struct {
	Offsets  []Offset          `json:"offsets"`    // of clocks that state one, by time
	Around   []gazetteer.Point `json:"around"`     // positions by which places of one name are told apart
	Terms    []Term            `json:"terms"`      // words that no gazetteer knows
	Sites    []Site            `json:"sites"`      // where events may have been
	NewShare float64           `json:"new_share"`  // of the case, that a site not among them has
	Homes    []Home            `json:"homes"`      // accounts that post of one neighbourhood, by name
	Objects  []float64         `json:"objects"`    // share of each class of what was hit
	Prior    float64           `json:"prior_bits"` // that two files show one event, before any evidence
	Crowding Crowding          `json:"crowding"`

	// By chance, so many pairs of posts are of one account, and so many pairs of
	// captures of one device or contributor.
	OneAccount float64 `json:"one_account"`
	OneHand    float64 `json:"one_hand"`

	// LearntFrom tells the items apart that it was learnt from, and what was said
	// of them: see [Statistics.Changed].
	LearntFrom []uint64 `json:"learnt_from"`
}

// Offset is what one file states of its clock.
type Offset struct {
	At      time.Time `json:"at"`
	Minutes int       `json:"minutes"` // east of UTC
}

// Term is one word of the case with all its spellings.
type Term struct {
	Key   string    `json:"key"`   // equal for spellings of one word: see nameKey
	Shown string    `json:"shown"` // the commonest spelling
	Name  bool      `json:"name"`  // it is written as names are
	Into  int32     `json:"into"`  // the term that it is an inflection of, else itself
	Means []Meaning `json:"means"` // where the files lie that bear it, by site
}

// Meaning is a site that a word may stand for.
type Meaning struct {
	Site   int32   `json:"site"`
	Likely float64 `json:"likely"`
}

// Site is where an event may have been.
type Site struct {
	Kind   siteKind `json:"kind"`
	Place  int64    `json:"place"` // of a gazetteer place its number there
	Term   int32    `json:"term"`  // of a word
	Name   string   `json:"name"`
	Lat    float64  `json:"latitude"`
	Lon    float64  `json:"longitude"`
	Radius float64  `json:"radius_km"`
	Share  float64  `json:"share"` // of the case
}

// siteKind says how a site is known.
type siteKind uint8

const (
	byPosition  siteKind = iota // a file states it
	byGazetteer                 // a place of the world
	byCase                      // a place of the case's own gazetteer, known by its name
	byWord                      // a name alone: nobody knows where it lies
)

// Home is where a local account lives.
type Home struct {
	Account string  `json:"account"`
	Site    int32   `json:"site"`
	Local   float64 `json:"local"` // probability that it posts of its surroundings alone
	Posts   int     `json:"posts"`
}

// Crowding is how many of the case's files lie around each hour, as a share of
// the case for each hour.
type Crowding struct {
	Mean  float64 `json:"mean"`
	Steps []Step  `json:"steps"` // where it is more than the mean, by time
}

// Step is one stretch of crowdStep hours.
type Step struct {
	At   int64   `json:"at"` // in stretches since 1970
	Rate float64 `json:"rate"`
}

const crowdStep = 6 // hours

// at is how crowded the case is around a moment.
func (c *Crowding) at(m moment) float64 {
	if c.Mean <= 0 || !m.known() {
		return 0
	}
	k := stepOf(hours(m.middle()))
	if i, ok := slices.BinarySearchFunc(c.Steps, k, func(s Step, k int64) int { return int(s.At - k) }); ok {
		return c.Steps[i].Rate
	}
	return c.Mean
}

func stepOf(hour float64) int64 { return int64(math.Floor(hour / crowdStep)) }

// Digest is a SHA-256 of the statistics: runs with one digest weighed alike.
func (s *Statistics) Digest() string {
	text, err := json.Marshal(s)
	if err != nil {
		return "" // a share that is no number: nothing that equals any other
	}
	sum := sha256.Sum256(text)
	return hex.EncodeToString(sum[:])
}
