package casefile

import (
	"bytes"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"github.com/firsthand-media/firsthand/verify"
	"github.com/firsthand-media/firsthand/verify/custody"
)

func (l *laptop) decide(kind, incident string) {
	l.t.Helper()
	l.open(func(f *File) {
		if _, err := f.Decide(l.t.Context(), verify.Decision{Kind: kind, Incident: incident, By: l.options().Actor}); err != nil {
			l.t.Fatal(err)
		}
	})
}

// What joining would bring is told without writing anything.
func TestMergeOnTrialWritesNothing(t *testing.T) {
	a, b := newLaptop(t, 1), newLaptop(t, 2)
	a.decide(verify.Reject, "i0")
	b.decide(verify.Confirm, "i1")
	before := a.state()
	a.open(func(f *File) {
		size := f.log.Size()
		opts := b.options()
		opts.ReadOnly = true
		o, err := Open(b.dir, opts)
		if err != nil {
			t.Fatal(err)
		}
		defer o.Close()
		if m, err := f.Merge(t.Context(), o, true); err != nil || m.Adopted != 1 {
			t.Errorf("on trial: %+v, %v", m, err)
		}
		if f.log.Size() != size {
			t.Errorf("%d entries were written", f.log.Size()-size)
		}
	})
	if a.state() != before {
		t.Error("something was taken over")
	}
	if m := a.merge(b); m.Adopted != 1 {
		t.Errorf("in earnest: %+v", m)
	}
}

// The ledger that a bag brings is checked before anything in it is believed.
func TestAdoptRefusesABrokenLedger(t *testing.T) {
	a, b := newLaptop(t, 1), newLaptop(t, 2)
	b.decide(verify.Confirm, "i1")
	var theirs Foreign
	b.open(func(f *File) {
		var err error
		if theirs, err = f.foreign(t.Context()); err != nil {
			t.Fatal(err)
		}
	})
	turned := theirs
	turned.Entries = slices.Clone(theirs.Entries)
	for i, e := range turned.Entries {
		turned.Entries[i] = bytes.Replace(e, []byte(`"confirm"`), []byte(`"reject"`), 1)
	}
	before := a.state()
	a.open(func(f *File) {
		if m, err := f.Adopt(t.Context(), turned); err == nil {
			t.Errorf("a decision that was turned round was taken over: %+v", m)
		}
	})
	if a.state() != before {
		t.Error("something was taken over")
	}
	a.open(func(f *File) {
		if m, err := f.Adopt(t.Context(), theirs); err != nil || m.Adopted != 1 {
			t.Errorf("the ledger as it is: %+v, %v", m, err)
		}
	})
}

// What a person decided last stands in the other case too, even where the clock
// of their machine was set back before it.
func TestMergeOfAClockSetBack(t *testing.T) {
	a, b := newLaptop(t, 1), newLaptop(t, 2)
	b.decide(verify.Confirm, "i1")
	b.at = b.at.Add(-time.Hour)
	b.decide(verify.Reject, "i1")
	a.merge(b)
	a.open(func(f *File) {
		list, err := f.Decisions(t.Context())
		if err != nil || len(list) != 2 || list[0].Kind != verify.Confirm || list[1].Kind != verify.Reject {
			t.Errorf("joined as %+v, %v", list, err)
		}
	})
}

// Which of two records of an item stands: that of the newer program.
func TestNewerVersionOfAnItem(t *testing.T) {
	for _, c := range []struct{ newer, older rowMark }{
		{rowMark{"10", "a"}, rowMark{"9", "b"}}, {rowMark{"2", "b"}, rowMark{"2", "a"}}, {rowMark{"100", ""}, rowMark{"20", "x"}},
	} {
		if !c.newer.newer(c.older) || c.older.newer(c.newer) || c.newer.newer(c.newer) {
			t.Errorf("%v is not newer than %v", c.newer, c.older)
		}
	}
}

// A note in checkpoints.txt by a key of nobody is no part of the case: with the
// line gone, the case holds again.
func TestCheckpointOfNobody(t *testing.T) {
	l := newLaptop(t, 1)
	l.decide(verify.Confirm, "i1")
	name := filepath.Join(l.dir, checkpointsName)
	whole, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	l.open(func(f *File) {
		nobody, err := custody.NewSigner(custody.Origin(f.info.ID), testKey(9))
		if err != nil {
			t.Fatal(err)
		}
		c, err := custody.Sign(custody.Origin(f.info.ID), f.log.Size()+1, f.log.Root(), nobody)
		if err != nil {
			t.Fatal(err)
		}
		if err := f.appendCheckpoint(c); err != nil {
			t.Fatal(err)
		}
	})
	if f, err := Open(l.dir, l.options()); err == nil {
		t.Error("a checkpoint by a key of nobody is taken")
		f.Close()
	}
	if err := os.WriteFile(name, whole, 0o600); err != nil {
		t.Fatal(err)
	}
	l.open(func(f *File) { mustVerify(t, f) })
}

// A folder of the other machine is not taken for one of this machine, where a
// scan would find none of its files.
func TestMergeOfAFolderElsewhere(t *testing.T) {
	a, b := newLaptop(t, 1), newLaptop(t, 2)
	b.open(func(f *File) {
		s := beginScan(t, f, "one") // in /media/one
		put(t, s, plain("one", "a.jpg", "a"))
		if err := s.End(t.Context(), nil); err != nil {
			t.Fatal(err)
		}
	})
	a.merge(b)
	a.open(func(f *File) {
		if list, err := f.Sources(t.Context()); err != nil || len(list) != 1 || list[0].Name != "one" || list[0].Dir != "" {
			t.Errorf("sources %+v, %v", list, err)
		}
	})
}
