package casefile

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/firsthand-media/firsthand/verify"
	"github.com/firsthand-media/firsthand/verify/assess"
	"github.com/firsthand-media/firsthand/verify/custody"
)

// Two who gave the same reason cannot be found by what the ledger says of it: it
// goes to others, the texts do not.
func TestSameTextsDoNotShowInTheLedger(t *testing.T) {
	l := &laptop{t: t, dir: fullCase(t), key: 1}
	l.open(func(f *File) {
		var texts, salts int
		if err := f.writer.QueryRowContext(t.Context(), "SELECT count(*), count(DISTINCT salt) FROM texts WHERE salt IS NOT NULL").Scan(&texts, &salts); err != nil {
			t.Fatal(err)
		}
		if texts < 3 || salts != texts {
			t.Errorf("%d texts have %d salts", texts, salts)
		}
	})
}

// A text that was erased does not come back unseen.
func TestErasedTextThatIsBackIsFound(t *testing.T) {
	l := newLaptop(t, 1)
	l.open(func(f *File) {
		d, err := f.Decide(t.Context(), verify.Decision{Kind: verify.Confirm, Incident: "i1", Reason: "her name is Vira", By: "person 1"})
		if err != nil {
			t.Fatal(err)
		}
		if _, err := f.Erase(t.Context(), d.Seq, "person 1", "asked for"); err != nil {
			t.Fatal(err)
		}
		mustVerify(t, f)
	})
	tamper(t, l.dir, "UPDATE texts SET text = 'her name is Vira', salt = zeroblob(32) WHERE salt IS NULL")
	opts := l.options()
	opts.ReadOnly = true
	f, err := Open(l.dir, opts)
	if err == nil {
		defer f.Close()
		_, err = f.VerifyCustody(t.Context())
	}
	if err == nil || !strings.Contains(err.Error(), "erased") {
		t.Errorf("got %v", err)
	}
}

// An act that was taken over is the one that the other ledger holds, of the case
// that it names.
func TestRepeatedActsAreWhatTheySay(t *testing.T) {
	b := newLaptop(t, 2)
	b.decide(verify.Confirm, "i1")
	var entry custody.Entry
	var id string
	b.open(func(f *File) {
		entries, err := collect(f.Events(t.Context()))
		if err != nil {
			t.Fatal(err)
		}
		for _, e := range entries {
			if event, err := e.Parse(); err != nil {
				t.Fatal(err)
			} else if event.Kind == decided {
				entry, id = e, event.Case
			}
		}
	})
	for name, c := range map[string]struct {
		origin origin
		holds  bool
	}{
		"as it is":         {origin{Case: id, Leaf: entry.Hash().String()}, true},
		"of another case":  {origin{Case: strings.Repeat("0", len(id)), Leaf: entry.Hash().String()}, false},
		"of another entry": {origin{Case: id, Leaf: custody.Entry("{}").Hash().String()}, false},
	} {
		body, err := json.Marshal(adoptedBody{Origin: c.origin, Entry: json.RawMessage(entry)})
		if err != nil {
			t.Fatal(err)
		}
		if got, err := unwrapped(custody.Event{Kind: adoptedAct, Seq: 9, Body: body}); (err == nil) != c.holds || err == nil && (got.Kind != decided || got.Seq != 9) {
			t.Errorf("%s: %+v, %v", name, got, err)
		}
	}
}

// A conclusion is of one item: it is not given to many at once.
func TestNothingButMarksIsMadeTogether(t *testing.T) {
	l := &laptop{t: t, dir: fullCase(t), key: 1}
	l.open(func(f *File) {
		both := []verify.Digest{digestOf("a.jpg"), digestOf("b")}
		for _, act := range []assess.Act{
			{By: "Ada", Round: assess.First, Conclusion: assess.Staged, Limits: "none"}, {By: "Ada", Round: assess.First, Conclusion: assess.Staged, Limits: "none", Done: true},
		} {
			if list, err := f.AssessTogether(t.Context(), both, act); err == nil {
				t.Errorf("of two files at once: %+v", list)
			}
		}
	})
}

// Who looks on is told of marks.
func TestChangedSaysMarks(t *testing.T) {
	l := &laptop{t: t, dir: fullCase(t), key: 1}
	l.open(func(f *File) {
		before := f.log.Size() - 1
		if _, err := f.Mark(t.Context(), verify.Mark{Items: []verify.Digest{digestOf("b")}, By: "Ada", Masks: &[]verify.Mask{{Width: 0.5, Height: 0.5}}}); err != nil {
			t.Fatal(err)
		}
		if c, err := f.Changed(t.Context(), before); err != nil || !c.Marks || c.Decisions || c.Items {
			t.Errorf("told of %+v, %v", c, err)
		}
	})
}
