package custody

import (
	"fmt"
	"iter"
	"slices"
	"strconv"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

// BrokenError is the first fault found in a ledger. Seq is the position of
// the entry; for a fault of a checkpoint it is the checkpoint's size.
type BrokenError struct {
	Seq  int64
	What string // what was compared: "encoding", "position", "previous root", "checkpoint root", …
	Want string
	Got  string
}

func (e *BrokenError) Error() string {
	s := fmt.Sprintf("ledger broken at entry %d: %s", e.Seq, e.What)
	if e.Want != "" {
		s += ": want " + e.Want
	}
	if e.Got != "" {
		s += ": got " + e.Got
	}
	return s
}

// Summary is what a checked ledger amounts to.
type Summary struct {
	Size      int64     // entries
	Root      tlog.Hash // of all of them
	Signed    int64     // entries covered by the last checkpoint; what is cut off after it cannot be seen
	ClockBack []int64   // entries whose clock stood before that of the entry before
}

// Verify checks a ledger from its bytes alone:
//
//  1. every entry is in canonical form and of this version and case;
//  2. positions count up from 0 without a gap;
//  3. the root that an entry names is that of the tree before it;
//  4. the flag for a clock that went back is there when it has to be, and only then;
//  5. checkpoints grow and name this ledger, the root of each is that of the
//     tree at its size, and there are as many entries as the last one says;
//  6. each checkpoint carries a good signature by one of the known keys.
//
// The first fault is returned as a [BrokenError]; an error of the iterator is
// returned as it is.
func Verify(entries iter.Seq2[Entry, error], checkpoints []Checkpoint, known note.Verifiers) (Summary, error) {
	var c checker
	if err := c.checkpoints(checkpoints); err != nil {
		return Summary{}, err
	}
	if err := c.roots(); err != nil {
		return Summary{}, err
	}
	for entry, err := range entries {
		if err != nil {
			return Summary{}, err
		}
		if err := c.entry(entry); err != nil {
			return Summary{}, err
		}
		if err := c.roots(); err != nil {
			return Summary{}, err
		}
	}
	if len(c.ahead) > 0 {
		last := c.ahead[len(c.ahead)-1]
		return Summary{}, &BrokenError{Seq: c.tree.size, What: "entries are missing at the end",
			Want: strconv.FormatInt(last.Size, 10) + " entries", Got: strconv.FormatInt(c.tree.size, 10)}
	}
	for _, cp := range checkpoints { // last, so that a damaged entry is named rather than its consequence
		if _, err := cp.Check(known); err != nil {
			return Summary{}, &BrokenError{Seq: cp.Size, What: "checkpoint signature", Got: err.Error()}
		}
		c.sum.Signed = cp.Size
	}
	c.sum.Size, c.sum.Root = c.tree.size, c.tree.root()
	return c.sum, nil
}

// checker is the state of one pass over a ledger.
type checker struct {
	tree   tree
	before Event
	origin string       // of the checkpoints, "" when there are none
	ahead  []Checkpoint // whose size is not reached yet
	sum    Summary
}

func (c *checker) checkpoints(list []Checkpoint) error {
	size := int64(-1)
	for _, cp := range list {
		if c.origin == "" {
			c.origin = cp.Origin
		}
		if cp.Origin != c.origin {
			return &BrokenError{Seq: cp.Size, What: "checkpoint origin", Want: c.origin, Got: cp.Origin}
		}
		if cp.Size <= size {
			return &BrokenError{Seq: cp.Size, What: "checkpoint order", Want: fmt.Sprintf("more than %d entries", size), Got: strconv.FormatInt(cp.Size, 10)}
		}
		size = cp.Size
	}
	c.ahead = slices.Clone(list)
	return nil
}

// roots compares the checkpoint for the present size, if there is one.
func (c *checker) roots() error {
	if len(c.ahead) == 0 || c.ahead[0].Size != c.tree.size {
		return nil
	}
	want := c.ahead[0].Root
	c.ahead = c.ahead[1:]
	if got := c.tree.root(); got != want {
		return &BrokenError{Seq: c.tree.size, What: "checkpoint root", Want: want.String(), Got: got.String()}
	}
	return nil
}

func (c *checker) entry(entry Entry) error {
	seq := c.tree.size
	event, err := entry.Parse()
	if err != nil {
		return &BrokenError{Seq: seq, What: "encoding", Got: err.Error()}
	}
	if event.Seq != seq {
		return &BrokenError{Seq: seq, What: "position", Want: strconv.FormatInt(seq, 10), Got: strconv.FormatInt(event.Seq, 10)}
	}
	if seq > 0 && event.Case != c.before.Case {
		return &BrokenError{Seq: seq, What: "case", Want: c.before.Case, Got: event.Case}
	}
	if c.origin != "" && c.origin != Origin(event.Case) {
		return &BrokenError{Seq: seq, What: "case", Want: c.origin, Got: Origin(event.Case)}
	}
	if root := c.tree.root(); event.PrevRoot != root {
		return &BrokenError{Seq: seq, What: "previous root", Want: root.String(), Got: event.PrevRoot.String()}
	}
	back := seq > 0 && event.At.Before(c.before.At)
	if event.ClockBack != back {
		return &BrokenError{Seq: seq, What: "flag of a clock that went back", Want: strconv.FormatBool(back), Got: strconv.FormatBool(event.ClockBack)}
	}
	if back {
		c.sum.ClockBack = append(c.sum.ClockBack, seq)
	}
	c.before = event
	c.tree.add(entry.Hash())
	return nil
}
