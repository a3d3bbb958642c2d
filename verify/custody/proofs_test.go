package custody

import (
	"bytes"
	"crypto/ed25519"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"aead.dev/minisign"
	"golang.org/x/mod/sumdb/note"
)

func testCheckpoint(t *testing.T) Checkpoint {
	t.Helper()
	l := newLedger(t, 5, 5)
	return l.checkpoints[0]
}

// stock finds a tool that others made, or skips.
func stock(t *testing.T, name string) string {
	t.Helper()
	path, err := exec.LookPath(name)
	if err != nil {
		t.Skipf("%s is not installed", name)
	}
	return path
}

func writeProofs(t *testing.T, c Checkpoint) string {
	t.Helper()
	files, err := Proofs(c, testKey(1), time.Date(2022, 2, 24, 5, 0, 0, 0, time.UTC))
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	for name, b := range files {
		path := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, b, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

// The commands of VERIFY.txt, run as they stand there, accept what is written
// and refuse it once a byte of the checkpoint is changed.
func TestStockToolsAcceptProofs(t *testing.T) {
	dir := writeProofs(t, testCheckpoint(t))
	text, err := os.ReadFile(filepath.Join(dir, VerifyFile))
	if err != nil {
		t.Fatal(err)
	}
	for _, tool := range []string{"minisign", "ssh-keygen"} {
		t.Run(tool, func(t *testing.T) {
			stock(t, tool)
			line := regexp.MustCompile(`(?m)^ +(` + tool + ` .*)$`).FindSubmatch(text)
			if line == nil {
				t.Fatal("VERIFY.txt has no such command")
			}
			run := func() ([]byte, error) {
				cmd := exec.Command("sh", "-c", string(line[1]))
				cmd.Dir = dir
				return cmd.CombinedOutput()
			}
			if out, err := run(); err != nil {
				t.Fatalf("%s: %v: %s", line[1], err, out)
			}
			path := filepath.Join(dir, CheckpointFile)
			good, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			bad := bytes.Replace(good, []byte("\n5\n"), []byte("\n6\n"), 1)
			if err := os.WriteFile(path, bad, 0o644); err != nil {
				t.Fatal(err)
			}
			if out, err := run(); err == nil {
				t.Errorf("accepted a changed checkpoint: %s", out)
			}
			if err := os.WriteFile(path, good, 0o644); err != nil {
				t.Fatal(err)
			}
		})
	}
}

func TestMinisignLibraryAcceptsSignature(t *testing.T) {
	message := []byte("checkpoint\n")
	signature, err := MinisignSignature(testKey(1), message, "a comment")
	if err != nil {
		t.Fatal(err)
	}
	var key minisign.PublicKey
	if err := key.UnmarshalText(MinisignKey(testKey(1).Public().(ed25519.PublicKey))); err != nil {
		t.Fatal(err)
	}
	if !minisign.Verify(key, message, signature) {
		t.Error("refused")
	}
	if minisign.Verify(key, message, bytes.Replace(signature, []byte("a comment"), []byte("b comment"), 1)) {
		t.Error("accepted with another comment")
	}
	if _, err := MinisignSignature(testKey(1), message, "two\nlines"); err == nil {
		t.Error("accepted a comment of two lines")
	}
}

func TestCode(t *testing.T) {
	c := testCheckpoint(t)
	code := c.Code()
	if !regexp.MustCompile(`^\d{5}( \d{5}){7}$`).MatchString(code) {
		t.Errorf("got %q", code)
	}
	other := c
	other.Size++
	countersigned, err := Countersign(c, "Max", testKey(2), time.Unix(1, 0))
	if err != nil {
		t.Fatal(err)
	}
	if other.Code() == code || countersigned.Code() != code {
		t.Error("the code must follow from the three lines alone")
	}
}

func TestCountersign(t *testing.T) {
	c := testCheckpoint(t)
	at := time.Date(2022, 2, 24, 5, 12, 33, 0, time.UTC)
	signed, err := Countersign(c, "Олена + Co", testKey(2), at)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := signed.Check(note.VerifierList(testVerifier(t, 1))); err != nil {
		t.Errorf("the signature of the case no longer holds: %v", err)
	}
	cosigner, err := NewCosigner("Олена + Co", testKey(2).Public().(ed25519.PublicKey))
	if err != nil {
		t.Fatal(err)
	}
	if again, err := ParseCosigner(cosigner.String()); err != nil || again.String() != cosigner.String() || again.Name() != "Олена---Co" {
		t.Errorf("got %v, %v", again, err)
	}
	list, err := Countersignatures(signed, []Cosigner{cosigner})
	if err != nil || len(list) != 1 || !list[0].Known || !list[0].At.Equal(at) {
		t.Errorf("got %+v, %v", list, err)
	}
	list, err = Countersignatures(signed, nil)
	if err != nil || len(list) != 1 || list[0].Known || list[0].Name != "Олена---Co" || !list[0].At.IsZero() {
		t.Errorf("without the key: got %+v, %v", list, err)
	}
	for name, change := range map[string]func([]byte) []byte{
		"size": func(b []byte) []byte { return bytes.Replace(b, []byte("\n5\n"), []byte("\n6\n"), 1) },
		"time": func(b []byte) []byte { // within the signature line, after the four bytes of the key
			line := bytes.LastIndexByte(b, ' ')
			b[line+13] ^= 1
			return b
		},
	} {
		changed, err := ParseCheckpoint(change(bytes.Clone(signed.Note)))
		if err != nil {
			t.Fatal(name, err)
		}
		if list, err := Countersignatures(changed, []Cosigner{cosigner}); err == nil {
			t.Errorf("%s changed: accepted as %+v", name, list)
		}
	}
}

// The example of C2SP tlog-cosignature, whose key is not published: the line is
// read, and its maker is not known.
func TestCountersignaturesOfExample(t *testing.T) {
	c, err := ParseCheckpoint([]byte("example.com/behind-the-sofa\n20852163\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n\n" +
		"— example.com/behind-the-sofa Az3grlgtzPICa5OS8npVmf1Myq/5IZniMp+ZJurmRDeOoRDe4URYN7u5/Zhcyv2q1gGzGku9nTo+zyWE+xeMcTOAYQ8=\n" +
		"— witness.example.com/w1 jWbPPwAAAABkGFDLEZMHwSRaJNiIDoe9DYn/zXcrtPHeolMI5OWXEhZCB9dlrDJsX3b2oyin1nPZqhf5nNo0xUe+mbIUBkBIfZ+qnA==\n"))
	if err != nil {
		t.Fatal(err)
	}
	list, err := Countersignatures(c, nil)
	if err != nil || len(list) != 1 || list[0].Name != "witness.example.com/w1" || list[0].Hash != 0x8d66cf3f {
		t.Errorf("got %+v, %v", list, err)
	}
}

func TestParseCosignerRefuses(t *testing.T) {
	good, err := NewCosigner("a", testKey(2).Public().(ed25519.PublicKey))
	if err != nil {
		t.Fatal(err)
	}
	for _, bad := range []string{"", "a", "a+b", strings.Replace(good.String(), "a+", "b+", 1), good.String() + "A", strings.Replace(good.String(), "a+", " +", 1)} {
		if c, err := ParseCosigner(bad); err == nil {
			t.Errorf("%q: accepted as %v", bad, c)
		}
	}
}

func FuzzParseCosigner(f *testing.F) {
	good, err := NewCosigner("a", testKey(2).Public().(ed25519.PublicKey))
	if err != nil {
		f.Fatal(err)
	}
	f.Add(good.String())
	f.Add("a+00000000+BA==")
	f.Fuzz(func(t *testing.T, text string) {
		c, err := ParseCosigner(text)
		if err == nil && c.String() != text {
			t.Errorf("%q reads as %q", text, c)
		}
	})
}

func TestConsistent(t *testing.T) {
	l := newLedger(t, 8, 3, 8)
	for _, kept := range l.checkpoints {
		if err := Consistent(each(l.entries), kept); err != nil {
			t.Error(err)
		}
	}
	forged := &ledger{log: NewLog(testCase)}
	for i := range 8 {
		forged.append(t, i+1)
	}
	var broken *BrokenError
	if err := Consistent(each(forged.entries), l.checkpoints[0]); !errors.As(err, &broken) || broken.Seq != 3 {
		t.Errorf("rewritten: got %v", err)
	}
	if err := Consistent(each(l.entries[:6]), l.checkpoints[1]); !errors.As(err, &broken) || broken.Seq != 6 {
		t.Errorf("cut: got %v", err)
	}
	other := l.checkpoints[1]
	other.Origin = "firsthand/other"
	if err := Consistent(each(l.entries), other); !errors.As(err, &broken) {
		t.Errorf("another case: got %v", err)
	}
}
