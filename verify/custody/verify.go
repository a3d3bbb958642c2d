package custody

import (
	"fmt"
	"iter"
	"strconv"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

// BrokenError is one fault found in a ledger, or in what it tells of. Seq is
// the position of the entry; for a fault of a checkpoint it is the checkpoint's
// size, and -1 where no entry is concerned.
type BrokenError struct {
	Seq  int64
	What string // what was compared: "encoding", "position", "previous root", "checkpoint root", …
	Want string
	Got  string
}

// maxShown bounds what an error shows of one value, in bytes.
const maxShown = 200

func (e *BrokenError) Error() string {
	s := fmt.Sprintf("ledger broken at entry %d: %s", e.Seq, e.What)
	if e.Seq < 0 {
		s = "record broken: " + e.What
	}
	if e.Want != "" {
		s += ": want " + shortened(e.Want)
	}
	if e.Got != "" {
		s += ": got " + shortened(e.Got)
	}
	return s
}

func shortened(s string) string {
	if len(s) <= maxShown {
		return s
	}
	return fmt.Sprintf("%s… (%d bytes)", strings.ToValidUTF8(s[:maxShown], ""), len(s))
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
//  5. each checkpoint carries a good signature by one of the known keys;
//  6. checkpoints grow and name this ledger, the root of each is that of the
//     tree at its size, and there are as many entries as the last one says.
//
// What is wrong is returned as [Faults], in the order of the ledger; an error of
// the iterator is returned as it is. Every entry hangs from those before it: once
// one is found changed, the roots after it tell nothing more, and only what shows
// in an entry itself is added.
func Verify(entries iter.Seq2[Entry, error], checkpoints []Checkpoint, known note.Verifiers) (Summary, error) {
	var c checker
	c.checkpoints(checkpoints, known)
	c.roots()
	for entry, err := range entries {
		if err != nil {
			return Summary{}, err
		}
		c.entry(entry)
		c.roots()
	}
	c.end()
	if err := c.faults.Err(); err != nil {
		return Summary{}, err
	}
	c.sum.Size, c.sum.Root = c.tree.size, c.tree.root()
	return c.sum, nil
}

// checker is the state of one pass over a ledger.
type checker struct {
	tree     tree
	next     int64 // position that the next entry must have
	before   Event
	origin   string       // of the checkpoints, "" when there are none
	ahead    []Checkpoint // well signed, whose size is not reached yet
	agreed   int64        // size up to which a checkpoint agreed
	diverged bool         // the tree is not the one that was written: roots tell nothing more
	doubt    *doubt
	faults   Faults
	sum      Summary
}

// doubt is an entry that names another root than that of the tree before it:
// either that name was changed, or the entry before. The next root tells.
type doubt struct {
	seq       int64
	want, got tlog.Hash
	mended    tree // with the entry as it was, if only the name was changed
}

func (c *checker) doubted(event Event) {
	d := &doubt{seq: event.Seq, want: c.tree.root(), got: event.PrevRoot, mended: c.tree}
	event.PrevRoot = d.want
	if entry, err := event.Encode(); err == nil {
		d.mended.add(entry.Hash())
	}
	c.doubt = d
}

// settle ends a doubt by the root after it, and goes on with the tree as it was.
func (c *checker) settle(root tlog.Hash) {
	d := c.doubt
	if d == nil {
		return
	}
	c.doubt = nil
	written := c.tree.root() == root // as it stands: a writer that did not keep to the rules
	if written || d.mended.root() == root || d.seq == c.agreed {
		c.fault(d.seq, "previous root", d.want.String(), d.got.String())
		if !written {
			c.tree = d.mended
		}
		return
	}
	c.fault(d.seq-1, fmt.Sprintf("content (entry %d names another root)", d.seq), d.got.String(), d.want.String())
	c.diverged = true
}

func (c *checker) fault(seq int64, what, want, got string) {
	c.faults.Add(&BrokenError{Seq: seq, What: what, Want: want, Got: got})
}

// checkpoints looks at each by itself and keeps those that speak for the ledger.
func (c *checker) checkpoints(list []Checkpoint, known note.Verifiers) {
	size := int64(-1)
	for _, cp := range list {
		if c.origin == "" {
			c.origin = cp.Origin
		}
		good := true
		if cp.Origin != c.origin {
			c.fault(cp.Size, "checkpoint origin", c.origin, cp.Origin)
			good = false
		}
		if cp.Size <= size {
			c.fault(cp.Size, "checkpoint order", fmt.Sprintf("more than %d entries", size), strconv.FormatInt(cp.Size, 10))
			good = false
		}
		if known == nil {
			known = note.VerifierList()
		}
		if _, err := cp.Check(known); err != nil {
			c.fault(cp.Size, "checkpoint signature", "", err.Error())
			good = false
		}
		if good {
			c.ahead = append(c.ahead, cp)
			size = cp.Size
		}
	}
}

// roots compares the checkpoint for the present size, if there is one.
func (c *checker) roots() {
	for len(c.ahead) > 0 && c.ahead[0].Size <= c.next {
		cp := c.ahead[0]
		c.ahead = c.ahead[1:]
		if c.diverged || cp.Size != c.tree.size {
			continue
		}
		c.sum.Signed = cp.Size
		c.settle(cp.Root)
		if c.diverged {
			continue
		}
		if got := c.tree.root(); got != cp.Root {
			c.unsigned(cp, got)
			c.diverged = true
			continue
		}
		c.agreed = cp.Size
	}
}

// unsigned reports a tree that is not the one that was signed. The entries name
// fitting roots up to the last one: that one was changed, or all since the
// checkpoint before were written anew.
func (c *checker) unsigned(cp Checkpoint, got tlog.Hash) {
	what := fmt.Sprintf("content (not what was signed at %d entries", cp.Size)
	if c.agreed < cp.Size-1 {
		what += fmt.Sprintf("; entries %d to %d may have been written anew with it", c.agreed, cp.Size-2)
	}
	c.fault(max(cp.Size-1, 0), what+")", cp.Root.String(), got.String())
}

func (c *checker) entry(entry Entry) {
	event, err := entry.Parse()
	if err != nil {
		c.fault(c.next, "encoding", "", err.Error())
		c.before, c.diverged = Event{}, true
		c.add(entry, c.next)
		return
	}
	if !c.inPlace(event) {
		return
	}
	c.compare(event)
	c.before = event
	c.add(entry, event.Seq)
}

func (c *checker) add(entry Entry, seq int64) {
	c.tree.add(entry.Hash())
	c.next = seq + 1
}

// inPlace says whether an entry goes on from where the ledger stands. One that
// does not is left out of the tree.
func (c *checker) inPlace(event Event) bool {
	switch {
	case event.Seq == c.next:
		return true
	case event.Seq < c.next:
		c.fault(c.next, "position (an entry of before stands here again)", strconv.FormatInt(c.next, 10), strconv.FormatInt(event.Seq, 10))
		return false
	}
	missing := fmt.Sprintf("entry %d is", c.next)
	if event.Seq > c.next+1 {
		missing = fmt.Sprintf("entries %d to %d are", c.next, event.Seq-1)
	}
	c.fault(c.next, "position ("+missing+" missing here)", strconv.FormatInt(c.next, 10), strconv.FormatInt(event.Seq, 10))
	c.before, c.diverged = Event{}, true
	return true
}

// compare looks at what an entry says of the ledger before it.
func (c *checker) compare(event Event) {
	known := c.before.Case != "" // else the entry before could not be read
	if known && event.Case != c.before.Case {
		c.fault(event.Seq, "case", c.before.Case, event.Case)
	} else if c.origin != "" && c.origin != Origin(event.Case) {
		c.fault(event.Seq, "case", c.origin, Origin(event.Case))
	}
	c.settle(event.PrevRoot)
	if !c.diverged && event.PrevRoot != c.tree.root() {
		c.doubted(event)
	}
	if c.doubt != nil || !known && event.Seq > 0 {
		return // the clock of the entry before is not to be relied on
	}
	back := event.Seq > 0 && event.At.Before(c.before.At)
	if event.ClockBack != back {
		c.fault(event.Seq, "flag of a clock that went back", strconv.FormatBool(back), strconv.FormatBool(event.ClockBack))
	}
	if back {
		c.sum.ClockBack = append(c.sum.ClockBack, event.Seq)
	}
}

// end looks for entries that a checkpoint tells of and that are not there.
func (c *checker) end() {
	if d := c.doubt; d != nil {
		c.fault(d.seq, "previous root (or the entry before was changed)", d.want.String(), d.got.String())
	}
	if len(c.ahead) == 0 {
		return
	}
	last := c.ahead[len(c.ahead)-1]
	c.fault(c.next, "entries are missing at the end", strconv.FormatInt(last.Size, 10)+" entries", strconv.FormatInt(c.next, 10))
}

// Consistent checks a checkpoint that was kept elsewhere against a ledger: it is
// of this ledger, its root is that of the tree at its size, and there are as many
// entries. Its signatures are for the caller to check. What is wrong is a
// [BrokenError].
func Consistent(entries iter.Seq2[Entry, error], kept Checkpoint) error {
	var t tree
	for entry, err := range entries {
		if err != nil {
			return err
		}
		if t.size == 0 {
			event, err := entry.Parse()
			if err != nil {
				return &BrokenError{Seq: 0, What: "encoding", Got: err.Error()}
			}
			if origin := Origin(event.Case); origin != kept.Origin {
				return &BrokenError{Seq: 0, What: "case of the checkpoint kept elsewhere", Want: origin, Got: kept.Origin}
			}
		}
		if t.size == kept.Size {
			break
		}
		t.add(entry.Hash())
	}
	if t.size < kept.Size {
		return &BrokenError{Seq: t.size, What: "entries are missing at the end, by the checkpoint kept elsewhere",
			Want: fmt.Sprintf("%d entries", kept.Size), Got: strconv.FormatInt(t.size, 10)}
	}
	if root := t.root(); root != kept.Root {
		return &BrokenError{Seq: kept.Size, What: "root of the checkpoint kept elsewhere (the ledger was written anew since)",
			Want: kept.Root.String(), Got: root.String()}
	}
	return nil
}

// Authorised checks that each checkpoint that one of the keys signed is signed
// by a key that the ledger had named by then.
func Authorised(checkpoints []Checkpoint, keys []Key) error {
	var faults Faults
	for _, c := range checkpoints {
		var named, later []note.Verifier
		for _, k := range keys {
			if k.Seq < c.Size {
				named = append(named, k.Verifier)
			} else {
				later = append(later, k.Verifier)
			}
		}
		if _, err := c.Check(note.VerifierList(named...)); err == nil {
			continue
		}
		if _, err := c.Check(note.VerifierList(append(later, named...)...)); err == nil { // else Verify says so
			faults.Add(&BrokenError{Seq: c.Size, What: "checkpoint signature", Want: fmt.Sprintf("one of %d keys named by then", len(named)), Got: "one named later"})
		}
	}
	return faults.Err()
}
