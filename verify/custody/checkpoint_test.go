package custody

import (
	"bytes"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"strings"
	"testing"

	"golang.org/x/mod/sumdb/note"
)

func TestCheckpoint(t *testing.T) {
	l := newLedger(t, 3, 3)
	c := l.checkpoints[0]
	lines := strings.Split(string(c.Note), "\n")
	if len(lines) != 6 || lines[0] != "firsthand/"+testCase || lines[1] != "3" || lines[2] != l.log.Root().String() || lines[3] != "" || !strings.HasPrefix(lines[4], "— firsthand/"+testCase+" ") {
		t.Fatalf("note is\n%s", c.Note)
	}
	if _, err := c.Check(note.VerifierList(testVerifier(t, 1))); err != nil {
		t.Error(err)
	}
	if _, err := c.Check(note.VerifierList(testVerifier(t, 2))); err == nil {
		t.Error("accepted with a key that did not sign")
	}
	other := c
	other.Size++
	if _, err := other.Check(note.VerifierList(testVerifier(t, 1))); err == nil {
		t.Error("accepted with a size that the note does not state")
	}
	ec, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := NewSigner(Origin(testCase), ec); err == nil {
		t.Error("took a key that is not Ed25519")
	}
}

func TestParseCheckpointRefuses(t *testing.T) {
	good := string(newLedger(t, 3, 3).checkpoints[0].Note)
	root := strings.Split(good, "\n")[2]
	for name, bad := range map[string]string{
		"empty":             "",
		"no signature":      strings.SplitAfter(good, "\n\n")[0],
		"leading zero":      strings.Replace(good, "\n3\n", "\n03\n", 1),
		"negative":          strings.Replace(good, "\n3\n", "\n-3\n", 1),
		"too large":         strings.Replace(good, "\n3\n", "\n9223372036854775808\n", 1),
		"short root":        strings.Replace(good, root, root[4:], 1),
		"extension line":    strings.Replace(good, root, root+"\nmore", 1),
		"no origin":         good[strings.Index(good, "\n"):],
		"cut":               good[:len(good)-1],
		"Windows line ends": strings.ReplaceAll(good, "\n", "\r\n"),
		"very long":         good + strings.Repeat(strings.Split(good, "\n")[4]+"\n", 1000),
	} {
		if c, err := ParseCheckpoint([]byte(bad)); err == nil {
			t.Errorf("%s: accepted %+v", name, c)
		}
	}
}

// Wherever an append is interrupted, what was complete stays readable and
// nothing else is read into it.
func TestParseCheckpointsOfTornFile(t *testing.T) {
	list := newLedger(t, 3, 1, 2, 3).checkpoints
	text := FormatCheckpoints(list)
	got, rest, err := ParseCheckpoints(text)
	if err != nil || len(got) != 3 || len(rest) != 0 {
		t.Fatalf("got %d checkpoints, rest %q, %v", len(got), rest, err)
	}
	for cut := range text {
		got, rest, err := ParseCheckpoints(text[:cut])
		if err != nil {
			t.Fatalf("cut at %d: %v", cut, err)
		}
		whole := FormatCheckpoints(got)
		if !bytes.HasPrefix(text, whole) || !bytes.Equal(append(whole, rest...), text[:cut]) {
			t.Fatalf("cut at %d: %d checkpoints, rest %q", cut, len(got), rest)
		}
	}
}

func FuzzCheckpoint(f *testing.F) {
	l := newLedger(f, 3, 1, 3)
	f.Add(FormatCheckpoints(l.checkpoints))
	f.Add([]byte(l.checkpoints[0].Note))
	f.Add([]byte("firsthand/x\n0\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n\n— a AAAAAAA=\n\n"))
	f.Fuzz(func(t *testing.T, in []byte) {
		list, rest, err := ParseCheckpoints(in)
		if whole := append(FormatCheckpoints(list), rest...); err == nil && !bytes.Equal(whole, in) {
			t.Fatalf("%q formats back to %q", in, whole)
		}
		for _, c := range list {
			if again, err := ParseCheckpoint(c.Note); err != nil || again.Size != c.Size || again.Root != c.Root || again.Origin != c.Origin {
				t.Fatalf("%q parses differently the second time: %+v, %v", c.Note, again, err)
			}
		}
	})
}
