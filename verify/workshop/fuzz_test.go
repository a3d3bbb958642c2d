package workshop

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// FuzzOpen opens packs that are damaged at will. Each is refused, or all that it
// says holds.
func FuzzOpen(f *testing.F) {
	raw, err := os.ReadFile(packed(f, flood()))
	must(f, err)
	f.Add(raw)
	small := bagOf(f, packed(f, flood()))
	small["data/key.age"] = []byte("age-encryption.org/v1\n")
	f.Add(zipped(f, small.sealed().entries("the-flood/")...))
	f.Add(withoutDescriptors(f, small.entries("the-flood/")))
	f.Add(zipped(f, small.entries("../the-flood/")...))
	f.Fuzz(func(t *testing.T, raw []byte) {
		p, err := Open(onDisk(t, raw))
		if err != nil {
			if strings.Contains(err.Error(), "\n") {
				t.Errorf("%q is not one line", err)
			}
			return
		}
		if err := p.exercise.Check(); err != nil {
			t.Error(err)
		}
		if b, err := hex.DecodeString(p.digest); err != nil || len(b) != sha256.Size {
			t.Errorf("the digest is %q", p.digest)
		}
		dir := filepath.Join(t.TempDir(), "media")
		must(t, p.Unpack(t.Context(), dir))
		n := 0
		must(t, filepath.WalkDir(dir, func(_ string, d fs.DirEntry, err error) error {
			if err == nil && d.Type().IsRegular() {
				n++
			}
			return err
		}))
		if n != len(p.exercise.Media) {
			t.Errorf("%d files were laid down of %d", n, len(p.exercise.Media))
		}
	})
}

// FuzzReadPlan reads plans as anybody may write them.
func FuzzReadPlan(f *testing.F) {
	p := flood()
	var b bytes.Buffer
	must(f, p.Write(&b))
	f.Add(b.String())
	f.Add(`{"exercise": {"media": [{"path": "../x"}]}, "clearances": [{"code": "position"}]}`)
	f.Add("null")
	f.Fuzz(func(t *testing.T, text string) {
		p, err := ReadPlan(strings.NewReader(text))
		if err != nil {
			return
		}
		var once, again bytes.Buffer
		must(t, p.Write(&once))
		kept := once.String()
		same, err := ReadPlan(&once)
		must(t, err)
		must(t, same.Write(&again))
		if again.String() != kept {
			t.Errorf("it reads back as %s", again.String())
		}
		for _, c := range planConcerns(&p).sorted(&p) {
			if c.What == "" || c.Message.Key == "" {
				t.Errorf("a concern without words: %+v", c)
			}
		}
	})
}
