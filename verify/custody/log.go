package custody

import (
	"fmt"
	"time"

	"golang.org/x/mod/sumdb/tlog"
)

// Log is the state a writer needs to append: the size of the tree, the roots
// of its complete subtrees and the time of the last entry. It is a plain
// value: keep a copy to take an append back. It must not be used by two
// goroutines at once.
type Log struct {
	caseID string
	last   time.Time
	tree   tree
}

// NewLog is the log of a case before its first entry.
func NewLog(caseID string) Log { return Log{caseID: caseID} }

// Size is the number of entries.
func (l *Log) Size() int64 { return l.tree.size }

// Root is the Merkle tree hash of all entries, RFC 6962 section 2.1.
func (l *Log) Root() tlog.Hash { return l.tree.root() }

// Append completes an event (version, case, position, time flag, root before)
// and adds it. The caller sets At, Actor, Machine, Tool, Kind, Subjects and
// Body; the log is as it was when an error is returned.
func (l *Log) Append(event Event) (Entry, error) {
	event.V = Version
	event.Case = l.caseID
	event.Seq = l.tree.size
	event.At = event.At.UTC().Round(0)
	event.ClockBack = event.At.Before(l.last)
	event.PrevRoot = l.tree.root()
	if event.Subjects == nil {
		event.Subjects = []string{}
	}
	entry, err := event.Encode()
	if err != nil {
		return nil, err
	}
	l.add(event, entry)
	return entry, nil
}

// Replay adds an entry that is already in the ledger, so that a log can be
// brought to where it stood. It checks position and case and leaves the rest
// to [Verify].
func (l *Log) Replay(entry Entry) error {
	event, err := entry.Parse()
	if err != nil {
		return &BrokenError{Seq: l.tree.size, What: "encoding", Got: err.Error()}
	}
	if event.Seq != l.tree.size {
		return &BrokenError{Seq: l.tree.size, What: "position", Want: fmt.Sprint(l.tree.size), Got: fmt.Sprint(event.Seq)}
	}
	if event.Case != l.caseID {
		return &BrokenError{Seq: event.Seq, What: "case", Want: l.caseID, Got: event.Case}
	}
	l.add(event, entry)
	return nil
}

func (l *Log) add(event Event, entry Entry) {
	l.last = event.At
	l.tree.add(entry.Hash())
}

// tree is the right edge of a Merkle tree: the roots of the complete subtrees
// that make up size leaves, one for each set bit, largest first.
type tree struct {
	size  int64
	edges []tlog.Hash
}

func (t *tree) add(leaf tlog.Hash) {
	edges := append([]tlog.Hash(nil), t.edges...) // a copied tree must not share them
	for n := t.size; n&1 == 1; n >>= 1 {
		last := len(edges) - 1
		leaf = tlog.NodeHash(edges[last], leaf)
		edges = edges[:last]
	}
	t.edges = append(edges, leaf)
	t.size++
}

func (t *tree) root() tlog.Hash {
	if t.size == 0 {
		return emptyRoot()
	}
	h := t.edges[len(t.edges)-1]
	for i := len(t.edges) - 2; i >= 0; i-- {
		h = tlog.NodeHash(t.edges[i], h)
	}
	return h
}
