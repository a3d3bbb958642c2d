// Package casefile keeps a case on disk: one folder with a SQLite database of
// what was read, proposed and decided, a tamper-evident ledger of how it came
// about, and a cache of small pictures that can be made again.
//
// Start at [Create] and [Open]; a scan writes through [File.BeginScan], the
// later stages replace their own results as a whole, and a person's decision
// goes through [File.Decide]. The format is in README.md beside this file.
//
// It promises: nothing that was acknowledged is lost by a crash on a disk that
// honours fsync; every change of the record is an event of the ledger, written
// in the same transaction; one process writes a case at a time and readers are
// never in its way; a case of a newer version is refused, an older one is
// copied before it is upgraded; original media are never opened here.
package casefile

import (
	"crypto"
	"crypto/ed25519"
	"encoding/json"
	"errors"
	"time"

	"github.com/firsthand-media/firsthand/extract/source"
	"github.com/firsthand-media/firsthand/verify"
)

// Errors that callers tell apart with errors.Is. A case that is not there is
// fs.ErrNotExist, one that already is fs.ErrExist.
var (
	ErrLocked       = errors.New("case is being written by another process")
	ErrReadOnly     = errors.New("case is open for reading only")
	ErrNewerSchema  = errors.New("case was written by a newer version of firsthand")
	ErrOlderSchema  = errors.New("case was written by an older version of firsthand")
	ErrNotCached    = errors.New("picture is not in the cache")
	ErrUnknownItem  = errors.New("no such item in this case")
	ErrNoSigner     = errors.New("writing a case needs a signing key")
	ErrClosed       = errors.New("case is closed")
	ErrNoDecision   = errors.New("no such decision in this case")
	errNoRecordedID = errors.New("the case has no identity")
)

// Options says how a case is opened.
type Options struct {
	Signer   crypto.Signer       // Ed25519; signs checkpoints; needed unless ReadOnly
	Actor    string              // who works on the case, as recorded in every event
	Machine  string              // name of this machine, as recorded in every event
	Tool     string              // name, version and build, as recorded in every event
	ReadOnly bool                // any number of readers may stand beside one writer
	Readers  int                 // connections for reading; 0 means 4
	Trusted  []ed25519.PublicKey // when set, VerifyCustody accepts a case only if one of these made it
	Now      func() time.Time    // nil means time.Now
}

// CaseInfo is what a case says of itself.
type CaseInfo struct {
	ID      string    // 32 hexadecimal digits, random
	Created time.Time // UTC
	Tool    string    // that created it
	Schema  int64     // version of the tables
	Dir     string
}

// Seen is what the last scan knew of one file, enough to tell whether it has
// to be read again.
type Seen struct {
	Size    int64
	ModTime time.Time
	Digest  verify.Digest
}

// ScanInfo is what a scan sets out to do. It is recorded in the ledger.
type ScanInfo struct {
	Sources []source.Source
	Version string            // of the pipeline: items examined by another one are examined again
	Params  map[string]string // settings that bear on the result
}

// Result is one file as read. Item is nil when only the sighting is new and
// the item is already in the case; its Sightings are not looked at. Preview
// is a colour JPEG of at most 320 pixels a side, or nil.
type Result struct {
	Sighting verify.Sighting
	Item     *verify.Item
	Preview  []byte
	Findings []verify.Finding // beside those of the item's media and of the sighting
}

// SourceResult closes one source. Present lists the relative path of every
// file that is there, read anew or not: what the case knows and the list does
// not name is marked gone.
type SourceResult struct {
	Name     string
	Present  []string
	Sidecars []source.Sidecar
	Findings []verify.Finding // of the source itself and of files that were not read
}

// ItemFrames is the fingerprints of one item. Thumbs are not read: see
// [File.Thumb].
type ItemFrames struct {
	Digest verify.Digest
	Frames []verify.Frame
}

// RunInfo says what made a set of results. Params is a JSON object or nil.
type RunInfo struct {
	Model  string
	Params json.RawMessage
	Parts  map[string][]byte // of incidents: what the run leaves, by name; given back by [File.GroupingPart]
}

// SourceInfo is what the case knows of one source.
type SourceInfo struct {
	Name     string
	Dir      string
	Sidecars []source.Sidecar
	Scan     int64 // the last scan that closed it; 0 when none has
}

// ScanRecord is one scan. Ended is zero when it was interrupted.
type ScanRecord struct {
	ID      int64
	Began   time.Time
	Ended   time.Time
	Info    ScanInfo
	Summary json.RawMessage
}

// Counts is the size of a case. Gone sightings are counted in Gone alone, and
// an item whose sightings are all gone in none of the item counts.
type Counts struct {
	Sources    int
	Items      int
	Sightings  int
	Gone       int
	Kinds      map[string]int // items by extract.Kind
	Unreadable int            // items with an error
	Matches    map[verify.Relation]int
	Clusters   int
	Incidents  int
	Decisions  int
	Events     int64
}
