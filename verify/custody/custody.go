// Package custody is the tamper-evident ledger of a case: events in one
// canonical encoding, a Merkle tree over them as RFC 6962 defines it, and
// signed checkpoints of that tree.
//
// Start at [Log] to write and at [Verify] to check; the format is in README.md
// beside this file, in enough detail to write another checker from it. It
// promises: an event has exactly one encoding and what parses encodes back to
// the same bytes; the checker shares no state with the writer and trusts no
// stored hash; every fault is a [BrokenError] that names the entry. It knows
// no database and no file system.
//
// What it cannot show by itself: entries cut off after the last checkpoint,
// a ledger written anew as a whole by the owner of the key, a false clock.
package custody

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"golang.org/x/mod/sumdb/tlog"
)

// Version is the version of the event format.
const Version = 1

// MaxEntry is the greatest length of an entry in bytes.
const MaxEntry = 64 << 20

// Event is one thing that happened to a case. An event is never changed: a
// correction is a later event that names the earlier one.
type Event struct {
	V         int             `json:"v"`
	Case      string          `json:"case"`
	Seq       int64           `json:"seq"`        // position in the ledger, from 0
	At        time.Time       `json:"at"`         // UTC, by the clock of Machine
	ClockBack bool            `json:"clock_back"` // At lies before that of the entry before
	Actor     Actor           `json:"actor"`
	Machine   string          `json:"machine"`
	Tool      string          `json:"tool"`
	Kind      string          `json:"kind"`
	Subjects  []string        `json:"subjects"`  // SHA-256 of the items it is about, lower-case hexadecimal
	Body      json.RawMessage `json:"body"`      // an object; what it holds is a matter of Kind
	PrevRoot  tlog.Hash       `json:"prev_root"` // of the tree of all entries before this one
}

// Actor is who did it: the key that signs for them and the name they go by.
type Actor struct {
	Key  string `json:"key"` // key hash of the signed-note key, eight hexadecimal digits
	Name string `json:"name"`
}

// Entry is an event in its one canonical encoding, the leaf of the tree.
type Entry []byte

// Hash is the leaf hash of the entry: SHA-256(0x00 || entry), RFC 6962
// section 2.1.
func (e Entry) Hash() tlog.Hash { return tlog.RecordHash(e) }

// Encode gives the event's canonical bytes. It fails on an event that could
// not be parsed back.
func (e Event) Encode() (Entry, error) {
	if err := e.check(); err != nil {
		return nil, err
	}
	b, err := json.Marshal(e)
	if err != nil {
		return nil, fmt.Errorf("encode event: %w", err)
	}
	b, err = Canonical(b)
	if err != nil {
		return nil, fmt.Errorf("encode event: %w", err)
	}
	if len(b) > MaxEntry {
		return nil, fmt.Errorf("event of %d bytes is longer than %d", len(b), MaxEntry)
	}
	return b, nil
}

// errEncoding is any other spelling of an event than the canonical one.
var errEncoding = errors.New("not in canonical form")

// Parse reads an entry. Bytes that are not exactly what [Event.Encode] would
// write are refused, so unknown, missing, doubled or oddly cased keys are too.
func (e Entry) Parse() (Event, error) {
	if len(e) > MaxEntry {
		return Event{}, fmt.Errorf("entry of %d bytes is longer than %d", len(e), MaxEntry)
	}
	var event Event
	if err := json.Unmarshal(e, &event); err != nil {
		return Event{}, fmt.Errorf("decode event: %w", err)
	}
	again, err := event.Encode()
	if err != nil {
		return Event{}, err
	}
	if !bytes.Equal(again, e) {
		return Event{}, errEncoding
	}
	return event, nil
}

func (e Event) check() error {
	switch {
	case e.V != Version:
		return fmt.Errorf("event version %d is not %d", e.V, Version)
	case e.Case == "" || e.Kind == "":
		return errors.New("event without case or kind")
	case e.Seq < 0 || e.Seq > maxExactInteger:
		return fmt.Errorf("event position %d is out of range", e.Seq)
	case e.At.Location() != time.UTC:
		return errors.New("event time is not in UTC")
	case e.Subjects == nil:
		return errors.New("event without a list of subjects")
	case len(e.Body) == 0 || e.Body[0] != '{':
		return errors.New("event body is not an object")
	}
	for _, s := range e.Subjects {
		if !isDigest(s) {
			return fmt.Errorf("subject %.80q is not a SHA-256 in lower-case hexadecimal", s)
		}
	}
	return nil
}

func isDigest(s string) bool {
	if len(s) != 64 {
		return false
	}
	for i := range len(s) {
		if c := s[i]; (c < '0' || c > '9') && (c < 'a' || c > 'f') {
			return false
		}
	}
	return true
}
