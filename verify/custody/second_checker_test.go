package custody

import (
	"bytes"
	"crypto/ed25519"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"golang.org/x/mod/sumdb/note"
)

// writtenLedger is a ledger as files have it.
type writtenLedger struct {
	name        string
	entries     []Entry
	checkpoints []byte
}

// keyedLedger names its keys as a case does, and has in it what is hard to write
// in one form only.
func keyedLedger(t *testing.T) *ledger {
	t.Helper()
	l := &ledger{log: NewLog(testCase)}
	add := func(kind, body string, at time.Time) {
		entry, err := l.log.Append(Event{At: at, Actor: Actor{Key: "0a0b0c0d", Name: "Олена \"😀\"\n"}, Machine: "laptop", Tool: "firsthand test",
			Kind: kind, Subjects: []string{strings.Repeat("ab", 32)}, Body: []byte(body)})
		if err != nil {
			t.Fatal(err)
		}
		l.entries = append(l.entries, entry)
	}
	key := func(seed byte) string {
		text, err := note.NewEd25519VerifierKey(Origin(testCase), testKey(seed).Public().(ed25519.PublicKey))
		if err != nil {
			t.Fatal(err)
		}
		return `{"key":"` + text + `"}`
	}
	at := time.Date(2022, 2, 24, 5, 0, 0, 120_000_000, time.UTC)
	add(CaseCreated, key(1), at)
	l.sign(t, 1)
	add("numbers", `{"n":[0,-0,1e21,1e-7,123456789012345680000,0.1,5e-324,1.7976931348623157e308,-3.5e-5,100,1e20]}`, at.Add(time.Nanosecond))
	add("texts", `{"ї":"\u0000\u001f\u007f\u2028","😀":{},"\ufb33":[],"a\"b":null,"":true}`, at.Add(time.Hour))
	add(KeyAdded, key(2), at) // the clock went back
	add("empty", `{}`, at.Add(2*time.Hour))
	l.sign(t, 2)
	add("last", `{"texts":{"note":"00ff"}}`, at.Add(3*time.Hour).Truncate(time.Second))
	l.sign(t, 1)
	return l
}

// tampered is the ledger with one change each, and first as it is.
func tampered(t *testing.T, l *ledger) []writtenLedger {
	t.Helper()
	text := FormatCheckpoints(l.checkpoints)
	list := []writtenLedger{{"as it is", l.entries, text}}
	for i, entry := range l.entries {
		list = append(list,
			writtenLedger{fmt.Sprint("dropped ", i), slices.Delete(slices.Clone(l.entries), i, i+1), text},
			writtenLedger{fmt.Sprint("doubled ", i), slices.Insert(slices.Clone(l.entries), i, entry), text},
			writtenLedger{fmt.Sprint("cut at ", i), l.entries[:i], text})
		for at := 0; at < len(entry); at += 7 {
			changed := slices.Clone(l.entries)
			changed[i] = bytes.Clone(entry)
			changed[i][at] ^= 1
			list = append(list, writtenLedger{fmt.Sprintf("byte %d of entry %d", at, i), changed, text})
		}
		for name, change := range map[string]func(map[string]any){
			"tool": func(e map[string]any) { e["tool"] = "other" }, "more": func(e map[string]any) { e["more"] = 1 },
			"clock": func(e map[string]any) { e["clock_back"] = e["clock_back"] == false },
		} {
			changed := slices.Clone(l.entries)
			changed[i] = edit(t, entry, change)
			list = append(list, writtenLedger{fmt.Sprint(name, " of entry ", i), changed, text})
		}
	}
	for at := 0; at < len(text); at += 3 {
		changed := bytes.Clone(text)
		changed[at] ^= 1
		list = append(list, writtenLedger{fmt.Sprint("byte of checkpoints ", at), l.entries, changed})
	}
	for i := range l.checkpoints {
		replayed := append(slices.Clone(l.checkpoints), l.checkpoints[i])
		list = append(list, writtenLedger{fmt.Sprint("checkpoint again ", i), l.entries, FormatCheckpoints(replayed)},
			writtenLedger{fmt.Sprint("checkpoints cut at ", i), l.entries, FormatCheckpoints(l.checkpoints[:i])})
	}
	stranger, err := Sign(Origin(testCase), l.log.Size(), l.log.Root(), testSigner(t, 9))
	if err != nil {
		t.Fatal(err)
	}
	early, err := Sign(Origin(testCase), 1, l.checkpoints[0].Root, testSigner(t, 2))
	if err != nil {
		t.Fatal(err)
	}
	return append(list, writtenLedger{"by a stranger", l.entries, FormatCheckpoints([]Checkpoint{stranger})},
		writtenLedger{"by a key named later", l.entries, FormatCheckpoints([]Checkpoint{early})},
		writtenLedger{"half a checkpoint", l.entries, text[:len(text)-30]})
}

// holds is what this package says of a ledger.
func (w writtenLedger) holds() bool {
	checkpoints, rest, err := ParseCheckpoints(w.checkpoints)
	if err != nil || len(rest) > 0 {
		return false
	}
	keys, err := Keys(each(w.entries))
	if err != nil {
		return false
	}
	known := make([]note.Verifier, len(keys))
	for i, k := range keys {
		known[i] = k.Verifier
	}
	if _, err := Verify(each(w.entries), checkpoints, note.VerifierList(known...)); err != nil {
		return false
	}
	return Authorised(checkpoints, keys) == nil
}

// A checker that somebody wrote from README.md alone says the same of each.
func TestSecondCheckerAgrees(t *testing.T) {
	python := stock(t, "python3")
	list := tampered(t, keyedLedger(t))
	dir := t.TempDir()
	args := []string{filepath.Join("testdata", "check.py")}
	for i, w := range list {
		folder := filepath.Join(dir, fmt.Sprint(i))
		if err := os.Mkdir(folder, 0o755); err != nil {
			t.Fatal(err)
		}
		var events []byte
		for _, e := range w.entries {
			events = append(append(events, e...), '\n')
		}
		for name, b := range map[string][]byte{"events.jsonl": events, "checkpoints.txt": w.checkpoints} {
			if err := os.WriteFile(filepath.Join(folder, name), b, 0o644); err != nil {
				t.Fatal(err)
			}
		}
		args = append(args, folder)
	}
	out, err := exec.Command(python, args...).Output()
	said := strings.Split(strings.TrimSuffix(string(out), "\n"), "\n")
	if len(said) != len(list) {
		t.Fatalf("%d answers for %d ledgers: %v", len(said), len(list), err)
	}
	broken := 0
	for i, w := range list {
		holds := w.holds()
		if holds != strings.HasPrefix(said[i], "ok ") {
			t.Errorf("%s: here it holds: %v; the other says %q", w.name, holds, said[i])
		}
		if !holds {
			broken++
		}
	}
	t.Logf("%d ledgers, %d of them broken", len(list), broken)
	if !strings.HasPrefix(said[0], "ok ") {
		t.Errorf("the ledger as it is: %s", said[0])
	}
}
