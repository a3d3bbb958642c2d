package custody

import (
	"bytes"
	"crypto/ed25519"
	"encoding/hex"
	"fmt"
	"iter"
	"strings"
	"testing"
	"time"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

const testCase = "00112233445566778899aabbccddeeff"

func testKey(seed byte) ed25519.PrivateKey {
	return ed25519.NewKeyFromSeed(bytes.Repeat([]byte{seed}, ed25519.SeedSize))
}

func testSigner(t testing.TB, seed byte) note.Signer {
	t.Helper()
	s, err := NewSigner(Origin(testCase), testKey(seed))
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func testVerifier(t testing.TB, seed byte) note.Verifier {
	t.Helper()
	v, err := NewVerifier(Origin(testCase), testKey(seed).Public().(ed25519.PublicKey))
	if err != nil {
		t.Fatal(err)
	}
	return v
}

// ledger is a written ledger: n entries, signed after each of the given sizes.
type ledger struct {
	log         Log
	entries     []Entry
	checkpoints []Checkpoint
}

func newLedger(t testing.TB, n int, signedAt ...int64) *ledger {
	t.Helper()
	l := &ledger{log: NewLog(testCase)}
	for i := range n {
		l.append(t, i)
		for _, size := range signedAt {
			if size == l.log.Size() {
				l.sign(t, 1)
			}
		}
	}
	return l
}

func (l *ledger) append(t testing.TB, i int) {
	t.Helper()
	entry, err := l.log.Append(Event{
		At:       time.Date(2022, 2, 24, 5, 0, i, 1000*i, time.UTC),
		Actor:    Actor{Key: "0a0b0c0d", Name: "Олена"},
		Machine:  "laptop",
		Tool:     "firsthand test",
		Kind:     fmt.Sprintf("kind-%d", i),
		Subjects: []string{hex.EncodeToString(bytes.Repeat([]byte{byte(i)}, 32))},
		Body:     []byte(fmt.Sprintf(`{"n": %d}`, i)),
	})
	if err != nil {
		t.Fatal(err)
	}
	l.entries = append(l.entries, entry)
}

func (l *ledger) sign(t testing.TB, seed byte) {
	t.Helper()
	c, err := Sign(Origin(testCase), l.log.Size(), l.log.Root(), testSigner(t, seed))
	if err != nil {
		t.Fatal(err)
	}
	l.checkpoints = append(l.checkpoints, c)
}

func each(entries []Entry) iter.Seq2[Entry, error] {
	return func(yield func(Entry, error) bool) {
		for _, e := range entries {
			if !yield(e, nil) {
				return
			}
		}
	}
}

func TestEventHasOneEncoding(t *testing.T) {
	entry := newLedger(t, 2).entries[1]
	event, err := entry.Parse()
	if err != nil {
		t.Fatal(err)
	}
	again, err := event.Encode()
	if err != nil || !bytes.Equal(again, entry) {
		t.Fatalf("encoded %s\nagain   %s, %v", entry, again, err)
	}
	change := func(old, with string) Entry {
		if !strings.Contains(string(entry), old) {
			t.Fatalf("%q is not in %s", old, entry)
		}
		return Entry(strings.Replace(string(entry), old, with, 1))
	}
	for name, bad := range map[string]Entry{
		"space":             change(`{"n":1}`, `{"n": 1}`),
		"line break at end": append(bytes.Clone(entry), '\n'),
		"other key order":   change(`"v":1}`, `"v":1}`+" "),
		"unknown key":       change(`"v":1}`, `"v":1,"w":1}`),
		"key in capitals":   change(`"seq":1`, `"Seq":1`),
		"missing key":       change(`"machine":"laptop",`, ``),
		"other version":     change(`"v":1}`, `"v":2}`),
		"local time":        change(`:01.000001Z`, `:01.000001+00:00`),
		"trailing zero":     change(`:01.000001Z`, `:01.0000010Z`),
		"capital digest":    change(`"0101`, `"0A01`),
		"short digest":      change(`"01`, `"`),
		"no subjects":       change(`"subjects":["`+strings.Repeat("01", 32)+`"]`, `"subjects":null`),
		"body not object":   change(`{"n":1}`, `[1]`),
		"negative position": change(`"seq":1`, `"seq":-1`),
		"escaped letter":    change(`laptop`, `l\u0061ptop`),
		"empty":             {},
	} {
		if _, err := bad.Parse(); err == nil {
			t.Errorf("%s: accepted %s", name, bad)
		}
	}
}

func FuzzEntry(f *testing.F) {
	for _, e := range newLedger(f, 3).entries {
		f.Add([]byte(e))
	}
	f.Fuzz(func(t *testing.T, in []byte) {
		event, err := Entry(in).Parse()
		if err != nil {
			return
		}
		if again, err := event.Encode(); err != nil || !bytes.Equal(again, in) {
			t.Fatalf("%q encodes back to %q, %v", in, again, err)
		}
	})
}

// The tree hashes of the Certificate Transparency project's test vectors.
func TestTreeAgreesWithCertificateTransparency(t *testing.T) {
	leaves := []string{"", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f"}
	roots := []string{
		"6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d", "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
		"aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77", "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
		"4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4", "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
		"ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c", "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
	}
	var tr tree
	if got := tr.root(); hex.EncodeToString(got[:]) != "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855" {
		t.Errorf("empty tree: %x", got)
	}
	for i, leaf := range leaves {
		b, _ := hex.DecodeString(leaf)
		tr.add(Entry(b).Hash())
		if got := tr.root(); hex.EncodeToString(got[:]) != roots[i] {
			t.Errorf("%d leaves: got %x, want %s", i+1, got, roots[i])
		}
	}
}

// The reference keeps every hash and computes each root anew.
func TestTreeAgreesWithReference(t *testing.T) {
	var tr tree
	var stored []tlog.Hash
	reader := tlog.HashReaderFunc(func(at []int64) ([]tlog.Hash, error) {
		var hashes []tlog.Hash
		for _, i := range at {
			hashes = append(hashes, stored[i])
		}
		return hashes, nil
	})
	for i := range int64(300) {
		leaf := []byte(fmt.Sprint("leaf ", i))
		hashes, err := tlog.StoredHashes(i, leaf, reader)
		if err != nil {
			t.Fatal(err)
		}
		stored = append(stored, hashes...)
		tr.add(Entry(leaf).Hash())
		want, err := tlog.TreeHash(i+1, reader)
		if err != nil || tr.root() != want {
			t.Fatalf("%d leaves: got %s, want %s, %v", i+1, tr.root(), want, err)
		}
	}
}

func TestLogCopyTakesAppendBack(t *testing.T) {
	l := newLedger(t, 3)
	before, root := l.log, l.log.Root()
	l.append(t, 3)
	if before.Size() != 3 || before.Root() != root {
		t.Fatal("a copy of the log changed with the log")
	}
	l.log = before
	l.entries = l.entries[:3]
	l.append(t, 4)
	if _, err := Verify(each(l.entries), nil, nil); err != nil {
		t.Fatal(err)
	}
}

func TestReplayBringsTheLogBack(t *testing.T) {
	l := newLedger(t, 5)
	again := NewLog(testCase)
	for _, e := range l.entries {
		if err := again.Replay(e); err != nil {
			t.Fatal(err)
		}
	}
	l.log = again
	l.append(t, 2) // the clock goes back: only a log that knows the last time flags it
	if _, err := Verify(each(l.entries), nil, nil); err != nil {
		t.Fatal(err)
	}
}
