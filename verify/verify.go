// Package verify holds the words of the case: items and where they were seen,
// matches between them, candidate incidents, and what people decided.
//
// Start at [Item] for what was read, [Match] for likeness and [Incident] for
// what a person is asked to judge; the sub-packages make, store and show
// them. It promises: every type wraps the one of the stage before and never
// edits it; a machine proposes and a person decides, and the two are never
// written into the same field.
package verify

import (
	"encoding/json"
	"time"

	"github.com/firsthand-media/firsthand/extract"
	"github.com/firsthand-media/firsthand/extract/source"
	"github.com/firsthand-media/firsthand/hashing"
)

// Digest is a SHA-256 in lower-case hexadecimal: the identity of an item.
type Digest string

// Item is one piece of content. Media is what the bytes claim by themselves;
// what names, sidecars and file systems say stands with each sighting.
type Item struct {
	Digest    Digest
	Size      int64
	Media     extract.Media
	Sightings []Sighting // by Path
	Frames    []Frame    // fingerprints: one for a still, one per sampled frame for a video
	Sampling  Sampling
	Moving    *Moving // of a video just examined; kept beside the case, and nil in items that a case gives back
}

// Moving is what is made of a video beside its fingerprints.
type Moving struct {
	Reel    []byte          // a sequence.Reel in its binary form, nil where there is none
	Sound   []byte          // a sound.Track in its binary form, nil where there is none
	Strip   []byte          // a JPEG of frames side by side, for people; all of one width
	StripAt []time.Duration // of each frame of the strip, from the left
	Wave    []byte          // a sound.Wave in its binary form, for people; nil where there is none
}

// Sighting is an item seen at one path of one source.
type Sighting struct {
	Path     string // SOURCE/relative/path, as shown
	Source   string
	Rel      string // relative path, bytes as on disk
	Account  string
	Digest   Digest
	Size     int64
	ModTime  time.Time
	Records  []source.Record
	Times    []extract.Time  // from file name, sidecars and file system, strongest first
	Places   []extract.Place // from sidecars
	Findings []extract.Finding
}

// Frame is one fingerprint with its time in the video (0 for a still). Thumb
// is a small grey JPEG of the upright picture, from which matches are
// confirmed; Features is the binary form of its keypoints (hashing/feature),
// nil for frames of a video that show little new. Both are kept beside the case, and the frames
// that a case gives back are without them.
type Frame struct {
	At       time.Duration
	Print    hashing.Print
	Thumb    []byte
	Features []byte
}

// Sampling says how a video's frames were taken.
type Sampling struct {
	Engine   string `json:"engine"`   // name and version, "" for stills
	Frames   int    `json:"frames"`   // decoded
	Dense    bool   `json:"dense"`    // all of it was decoded; false: key frames alone
	Thorough bool   `json:"thorough"` // looked at once more, because others show it too: a third time gives no more
	Coarse   bool   `json:"coarse"`   // not every part was looked at, see Note
	Note     string `json:"note"`
}

// Relation says how two items are alike.
type Relation string

// The relations of the output contract.
const (
	Exact     Relation = "exact"
	Near      Relation = "near"
	Part      Relation = "part"
	SameScene Relation = "same_scene"
)

// Match is two items that show the same picture content, with the evidence.
// A and B are paths (of each item's first sighting; for an exact match, two
// sightings of one item), A before B in byte order.
type Match struct {
	A           string          `json:"a"`
	B           string          `json:"b"`
	Relation    Relation        `json:"relation"`
	AIs         string          `json:"a_is"` // same, crop_of_b, contains_b, frame_of_b, clip_of_b, other_shot_of_b
	Transform   Transform       `json:"transform"`
	Distance    int             `json:"distance_bits"` // of 64, goimagehash PerceptionHash, best of the compared views
	Inliers     int             `json:"inliers"`
	RegionA     [][2]float64    `json:"region_a"` // 0..1, clockwise
	RegionB     [][2]float64    `json:"region_b"`
	ChangedA    Boxes           `json:"changed_a"` // what differs inside the regions: captions, logos, what was painted over
	ChangedB    Boxes           `json:"changed_b"`
	Map         *hashing.Affine `json:"map"`          // from points of A to points of B; nil where none is known (videos, equal bytes)
	BlocksAgree int             `json:"blocks_agree"` // textured blocks that agree, of those compared
	BlocksSeen  int             `json:"blocks_compared"`
	TimeA       *[2]float64     `json:"time_a"` // seconds, start and end
	TimeB       *[2]float64     `json:"time_b"`
	Segments    Segments        `json:"segments"` // every stretch that two videos share, the longest first; time_a and time_b are the first one's
	Sound       source.Text     `json:"sound"`    // of two videos that share pictures: same, other, none (one has no sound), "" where it was not compared
	Score       float64         `json:"score"`    // 0..1
	Why         string          `json:"why"`
	DigestA     Digest          `json:"-"`
	DigestB     Digest          `json:"-"`
	WholeOfBoth bool            `json:"-"` // covers both pictures: the match may join a cluster
}

// Segment is a stretch that two videos share. A second t of B shows what
// second Offset + Speed*t of A does.
type Segment struct {
	TimeA     [2]float64 `json:"time_a"` // seconds, start and end
	TimeB     [2]float64 `json:"time_b"`
	Offset    float64    `json:"offset_seconds"`
	Speed     float64    `json:"speed"`
	Moments   int        `json:"moments"` // compared and found alike, in one order
	Mirrored  bool       `json:"mirrored"`
	Uncertain bool       `json:"times_uncertain"` // the picture hardly moves: the same is shown, but not which moment is which
}

// Segments is written as [] where there is none.
type Segments []Segment

// MarshalJSON writes an empty list where there is none.
func (s Segments) MarshalJSON() ([]byte, error) {
	if s == nil {
		return []byte("[]"), nil
	}
	return json.Marshal([]Segment(s))
}

// Boxes are parts of a picture, each x0, y0, x1, y1 in 0..1. None are written
// as [].
type Boxes [][4]float64

// MarshalJSON writes an empty list where there is none.
func (b Boxes) MarshalJSON() ([]byte, error) {
	if b == nil {
		return []byte("[]"), nil
	}
	return json.Marshal([][4]float64(b))
}

// Transform maps A onto B: mirrored first, then turned clockwise, then scaled.
type Transform struct {
	Mirrored bool    `json:"mirrored"`
	Rotation float64 `json:"rotation_degrees"`
	Scale    float64 `json:"scale"` // pixels of B for a pixel of A
}

// Cluster is items joined by matches that hold for the whole picture.
type Cluster struct {
	ID              string      `json:"cluster"`
	Members         []string    `json:"members"` // paths of all sightings, in order
	EarliestTrusted source.Text `json:"earliest_trusted"`
	EarliestClaimed source.Text `json:"earliest_claimed"`
	BestCopy        source.Text `json:"best_copy"`
	Digests         []Digest    `json:"-"` // of the items, in order
}

// Status is what has become of a candidate incident.
type Status string

// The states of an incident.
const (
	Candidate Status = "candidate"
	Confirmed Status = "confirmed"
	Rejected  Status = "rejected"
)

// Role is what a member is to its incident.
type Role string

// The roles of the output contract. Recycled and context members are shown
// and not counted.
const (
	Original Role = "original"
	Copy     Role = "copy"
	Recycled Role = "recycled"
	Context  Role = "context"
)

// Reason is one piece of evidence. Weight is in bits: positive for, negative
// against.
type Reason struct {
	Code    string  `json:"code"`
	Weight  float64 `json:"weight"`
	Message string  `json:"message"`
}

// Member is one sighting of an item in an incident.
type Member struct {
	Path    string   `json:"path"`
	Role    Role     `json:"role"`
	Reasons []Reason `json:"reasons"`
	Digest  Digest   `json:"-"`
}

// Counts says whether the member is one of the incident's own: neither
// recycled nor context, nor shown here beside the incident it belongs to.
func (m *Member) Counts() bool {
	return (m.Role == Original || m.Role == Copy) && (len(m.Reasons) == 0 || m.Reasons[0].Code != AlsoIn)
}

// Incident is a candidate event: items that belong together by time, place
// and likeness, with the reasons. Times are UTC and nil when nothing bounds
// them; a position is nil when nothing places it.
type Incident struct {
	ID         string      `json:"incident"`
	Status     Status      `json:"status"`
	Members    []Member    `json:"members"`
	Possible   []Member    `json:"possible"` // fit nearly well enough: shown apart, never counted
	Earliest   *time.Time  `json:"earliest"`
	Latest     *time.Time  `json:"latest"`
	Latitude   *float64    `json:"latitude"`
	Longitude  *float64    `json:"longitude"`
	RadiusM    *float64    `json:"radius_m"`
	PlaceBasis source.Text `json:"place_basis"`
	Reasons    []Reason    `json:"reasons"`
	Flags      []string    `json:"flags"`
}

// Decision is what a person said of an incident or of two items. Decisions
// are appended and never changed; a later one may take back an earlier one,
// see [Standing].
type Decision struct {
	Seq       int64     // position in the ledger
	At        time.Time // UTC
	Kind      string    // see [NotSame] and those beside it
	Incident  string    // "" where it is of items alone
	TakesBack int64     // position of the decision that this one takes back, 0 for none
	Subjects  []Digest  // the members as they stood when the decision was made, or the items
	Other     string    // the second incident of a merge, split or move, else ""
	Others    []Digest  // other members of Incident, or those of Other in a merge
	Left      []Digest  // the members that stay in Other, of a move
	NewerWins bool      // it prevails over the earlier decisions that it contradicts
	Reason    string
	By        string
	Rank      int64 // place in the order in which decisions were made, where some are of a case that was joined to this one; else 0
}

// Order is the place of a decision among others: a greater one was made later.
func (d Decision) Order() int64 {
	if d.Rank != 0 {
		return d.Rank
	}
	return d.Seq
}

// Finding is a finding with what it speaks of: an item's path, a source's
// name, or the case when both are empty.
type Finding struct {
	Path   source.Text `json:"path"`
	Source source.Text `json:"source"`
	extract.Finding
}
