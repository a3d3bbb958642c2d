package custody

import (
	"bytes"
	"crypto/ed25519"
	"encoding/json"
	"errors"
	"iter"
	"maps"
	"slices"
	"strings"
	"testing"
	"time"

	"golang.org/x/mod/sumdb/note"
)

func TestVerify(t *testing.T) {
	l := newLedger(t, 9, 1, 4, 8)
	sum, err := Verify(each(l.entries), l.checkpoints, note.VerifierList(testVerifier(t, 1)))
	if err != nil || sum.Size != 9 || sum.Signed != 8 || sum.Root != l.log.Root() || len(sum.ClockBack) != 0 {
		t.Fatalf("got %+v, %v", sum, err)
	}
	l.append(t, 3) // at an earlier time
	sum, err = Verify(each(l.entries), l.checkpoints, note.VerifierList(testVerifier(t, 1)))
	if err != nil || !slices.Equal(sum.ClockBack, []int64{9}) {
		t.Fatalf("clock set back: got %+v, %v", sum, err)
	}
}

// edit changes one entry by way of its JSON, and leaves it canonical.
func edit(t *testing.T, entry Entry, change func(map[string]any)) Entry {
	t.Helper()
	var event map[string]any
	if err := json.Unmarshal(entry, &event); err != nil {
		t.Fatal(err)
	}
	change(event)
	b, err := json.Marshal(event)
	if err != nil {
		t.Fatal(err)
	}
	if b, err = Canonical(b); err != nil {
		t.Fatal(err)
	}
	return b
}

// Every field of every entry is covered: whichever is changed, the error
// names that entry or the first after it that no longer fits.
func TestVerifyFindsEachChangedField(t *testing.T) {
	l := newLedger(t, 5, 5)
	changes := map[string]func(map[string]any){
		"v":          func(e map[string]any) { e["v"] = 2 },
		"case":       func(e map[string]any) { e["case"] = "ff" },
		"seq":        func(e map[string]any) { e["seq"] = 7 },
		"at":         func(e map[string]any) { e["at"] = strings.Replace(e["at"].(string), "T05:00", "T04:59", 1) },
		"clock_back": func(e map[string]any) { e["clock_back"] = true },
		"actor key":  func(e map[string]any) { e["actor"].(map[string]any)["key"] = "00000000" },
		"actor name": func(e map[string]any) { e["actor"].(map[string]any)["name"] = "somebody else" },
		"machine":    func(e map[string]any) { e["machine"] = "other" },
		"tool":       func(e map[string]any) { e["tool"] = "other" },
		"kind":       func(e map[string]any) { e["kind"] = "other" },
		"subjects":   func(e map[string]any) { e["subjects"] = []string{strings.Repeat("ab", 32)} },
		"no subject": func(e map[string]any) { e["subjects"] = []string{} },
		"body":       func(e map[string]any) { e["body"] = map[string]any{"n": 99} },
		"prev_root":  func(e map[string]any) { e["prev_root"] = strings.Repeat("A", 43) + "=" },
	}
	var fields map[string]any
	if err := json.Unmarshal(l.entries[0], &fields); err != nil {
		t.Fatal(err)
	}
	for field := range fields {
		if !slices.ContainsFunc(slices.Collect(maps.Keys(changes)), func(c string) bool { return strings.HasPrefix(c, field) || c == "no subject" && field == "subjects" }) {
			t.Errorf("no change of field %s is tried", field)
		}
	}
	for name, change := range changes {
		for i := range l.entries {
			entries := slices.Clone(l.entries)
			entries[i] = edit(t, entries[i], change)
			wantBroken(t, name, entries, l.checkpoints, int64(i))
		}
	}
}

// Entries changed far from each other are all named as long as the tree can be
// mended; what is wrong in an entry itself is named always.
func TestVerifyNamesSeveral(t *testing.T) {
	l := newLedger(t, 12, 6, 12)
	l.entries[2] = edit(t, l.entries[2], func(e map[string]any) { e["prev_root"] = strings.Repeat("A", 43) + "=" })
	l.entries[4] = edit(t, l.entries[4], func(e map[string]any) { e["body"] = map[string]any{"n": 99} })
	l.entries[8] = edit(t, l.entries[8], func(e map[string]any) { e["clock_back"] = true })
	l.entries = slices.Delete(l.entries, 10, 11)
	_, err := Verify(each(l.entries), l.checkpoints, note.VerifierList(testVerifier(t, 1)))
	var all *Faults
	if !errors.As(err, &all) {
		t.Fatalf("got %v", err)
	}
	var seqs []int64
	for _, b := range all.List {
		seqs = append(seqs, b.Seq)
	}
	if !slices.Equal(seqs, []int64{2, 4, 8, 10}) {
		t.Errorf("named %v: %v", seqs, all.List)
	}
}

func TestVerifyFindsEachChangedByte(t *testing.T) {
	l := newLedger(t, 3, 3)
	for i, entry := range l.entries {
		for at := range entry {
			entries := slices.Clone(l.entries)
			entries[i] = bytes.Clone(entry)
			entries[i][at] ^= 1
			wantBroken(t, "byte", entries, l.checkpoints, int64(i))
		}
	}
}

func wantBroken(t *testing.T, name string, entries []Entry, checkpoints []Checkpoint, seq ...int64) {
	t.Helper()
	_, err := Verify(each(entries), checkpoints, note.VerifierList(testVerifier(t, 1)))
	var broken *BrokenError
	if !errors.As(err, &broken) {
		t.Errorf("%s: got %v, want a broken ledger", name, err)
		return
	}
	if !slices.Contains(seq, broken.Seq) {
		t.Errorf("%s: named entry %d, want one of %d: %v", name, broken.Seq, seq, err)
	}
}

func TestVerifyFindsMissingAndMovedEntries(t *testing.T) {
	l := newLedger(t, 6, 2, 6)
	for i := range l.entries {
		wantBroken(t, "dropped", slices.Delete(slices.Clone(l.entries), i, i+1), l.checkpoints, int64(i))
		wantBroken(t, "doubled", slices.Insert(slices.Clone(l.entries), i, l.entries[i]), l.checkpoints, int64(i)+1)
		wantBroken(t, "tail cut", l.entries[:i], l.checkpoints, int64(i))
		if i > 0 {
			swapped := slices.Clone(l.entries)
			swapped[i-1], swapped[i] = swapped[i], swapped[i-1]
			wantBroken(t, "swapped", swapped, l.checkpoints, int64(i)-1)
		}
	}
}

// A ledger written anew holds together by itself; the checkpoints tell.
func TestVerifyFindsRewrittenLedger(t *testing.T) {
	l := newLedger(t, 6, 3)
	forged := &ledger{log: NewLog(testCase)}
	for i := range 6 {
		forged.append(t, i+1)
	}
	if _, err := Verify(each(forged.entries), nil, nil); err != nil {
		t.Fatal(err)
	}
	wantBroken(t, "rewritten", forged.entries, l.checkpoints, 2)
}

// A writer that does not keep to the rules is found even where the tree and
// the signatures agree with what it wrote.
func TestVerifyFindsWrongWriter(t *testing.T) {
	for name, change := range map[string]func(*Event){
		"hidden clock":   func(e *Event) { e.At = e.At.Add(-time.Hour) },
		"invented clock": func(e *Event) { e.ClockBack = true },
		"position":       func(e *Event) { e.Seq++ },
		"case":           func(e *Event) { e.Case = "other" },
		"previous root":  func(e *Event) { e.PrevRoot[0] ^= 1 },
	} {
		l := newLedger(t, 4)
		event, err := l.entries[3].Parse()
		if err != nil {
			t.Fatal(err)
		}
		change(&event)
		entry, err := event.Encode()
		if err != nil {
			t.Fatal(err)
		}
		tr := tree{}
		l.entries[3] = entry
		for _, e := range l.entries {
			tr.add(e.Hash())
		}
		c, err := Sign(Origin(testCase), 4, tr.root(), testSigner(t, 1))
		if err != nil {
			t.Fatal(err)
		}
		wantBroken(t, name, l.entries, []Checkpoint{c}, 3)
	}
}

func TestVerifyFindsChangedCheckpoints(t *testing.T) {
	l := newLedger(t, 6, 2, 4, 6)
	edited := func(i int, change func(string) string) []Checkpoint {
		list := slices.Clone(l.checkpoints)
		c, err := ParseCheckpoint([]byte(change(string(list[i].Note))))
		if err != nil {
			t.Fatal(err)
		}
		list[i] = c
		return list
	}
	stranger := newLedger(t, 4)
	stranger.sign(t, 2)
	older := append(slices.Clone(l.checkpoints), l.checkpoints[0])
	otherCase, err := Sign("firsthand/other", 4, stranger.log.Root(), testSigner(t, 1))
	if err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]struct {
		list []Checkpoint
		seq  int64
	}{
		"size": {edited(1, func(s string) string { return strings.Replace(s, "\n4\n", "\n5\n", 1) }), 5},
		"root": {edited(1, func(s string) string {
			return strings.Replace(s, l.checkpoints[1].Root.String(), l.checkpoints[0].Root.String(), 1)
		}), 4},
		"origin":          {edited(1, func(s string) string { return strings.Replace(s, "firsthand/0", "firsthand/1", 1) }), 4},
		"signature":       {edited(1, func(s string) string { return s[:len(s)-9] + "AAAA" + s[len(s)-5:] }), 4},
		"other key":       {[]Checkpoint{l.checkpoints[0], stranger.checkpoints[0]}, 4},
		"older one again": {older, 2},
		"last one again":  {append(slices.Clone(l.checkpoints), l.checkpoints[2]), 6},
		"swapped":         {[]Checkpoint{l.checkpoints[1], l.checkpoints[0]}, 2},
		"of another case": {[]Checkpoint{otherCase}, 0},
		"another's first": {[]Checkpoint{otherCase, l.checkpoints[2]}, 6},
	} {
		wantBroken(t, name, l.entries, c.list, c.seq)
	}
}

func TestVerifyPassesReadErrorsOn(t *testing.T) {
	failed := errors.New("disk")
	_, err := Verify(iter.Seq2[Entry, error](func(yield func(Entry, error) bool) { yield(nil, failed) }), nil, nil)
	if !errors.Is(err, failed) {
		t.Fatalf("got %v", err)
	}
}

func TestAuthorised(t *testing.T) {
	log := NewLog(testCase)
	l := &ledger{log: log}
	named := func(kind string, seed byte) {
		text, err := note.NewEd25519VerifierKey(Origin(testCase), testKey(seed).Public().(ed25519.PublicKey))
		if err != nil {
			t.Fatal(err)
		}
		entry, err := l.log.Append(Event{At: time.Unix(0, 0), Kind: kind, Body: []byte(`{"key":"` + text + `"}`)})
		if err != nil {
			t.Fatal(err)
		}
		l.entries = append(l.entries, entry)
	}
	named(CaseCreated, 1)
	l.sign(t, 1)
	named(KeyAdded, 2)
	l.sign(t, 2)
	keys, err := Keys(each(l.entries))
	if err != nil || len(keys) != 2 || keys[1].Seq != 1 {
		t.Fatalf("got %+v, %v", keys, err)
	}
	if err := Authorised(l.checkpoints, keys); err != nil {
		t.Error(err)
	}
	early, err := Sign(Origin(testCase), 1, l.checkpoints[0].Root, testSigner(t, 2))
	if err != nil {
		t.Fatal(err)
	}
	var broken *BrokenError
	if err := Authorised([]Checkpoint{early}, keys); !errors.As(err, &broken) || broken.Seq != 1 {
		t.Errorf("signed by a key before the ledger named it: got %v", err)
	}
}
