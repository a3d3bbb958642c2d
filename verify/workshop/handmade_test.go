package workshop

import (
	"archive/zip"
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// bag is the files of a pack by name, below its folder.
type bag map[string][]byte

// bagOf takes a pack apart.
func bagOf(t testing.TB, path string) bag {
	t.Helper()
	out := bag{}
	for name, text := range members(t, path) {
		out[strings.TrimPrefix(name, "the-flood/")] = text
	}
	return out
}

// sealed lists the files anew in the manifests, as who changes a pack would.
func (b bag) sealed() bag {
	list := func(in func(name string) bool) []byte {
		var text bytes.Buffer
		for _, name := range slices.Sorted(maps.Keys(b)) {
			if in(name) {
				sum := sha256.Sum256(b[name])
				fmt.Fprintf(&text, "%x  %s\n", sum, strings.ReplaceAll(name, "%", "%25"))
			}
		}
		return text.Bytes()
	}
	files, size := 0, 0
	for name, text := range b {
		if strings.HasPrefix(name, "data/") {
			files, size = files+1, size+len(text)
		}
	}
	b["bag-info.txt"] = fmt.Appendf(nil, "Payload-Oxum: %d.%d\n", size, files)
	b["manifest-sha256.txt"] = list(func(n string) bool { return strings.HasPrefix(n, "data/") })
	delete(b, "tagmanifest-sha256.txt")
	b["tagmanifest-sha256.txt"] = list(func(n string) bool { return !strings.HasPrefix(n, "data/") })
	return b
}

// entry is one member of a zip as somebody writes it by hand.
type entry struct {
	name   string
	text   []byte
	header zip.FileHeader // what differs
}

func (b bag) entries(folder string) []entry {
	var out []entry
	for _, name := range slices.Sorted(maps.Keys(b)) {
		out = append(out, entry{name: folder + name, text: b[name]})
	}
	return out
}

func zipped(t testing.TB, entries ...entry) []byte {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for _, e := range entries {
		h := e.header
		h.Name, h.Method = e.name, zip.Deflate
		w, err := z.CreateHeader(&h)
		must(t, err)
		_, err = w.Write(e.text)
		must(t, err)
	}
	must(t, z.Close())
	return b.Bytes()
}

func onDisk(t testing.TB, raw []byte) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "pack.zip")
	must(t, os.WriteFile(path, raw, 0o600))
	return path
}

// wantRefused wants a pack not to open, and one line that says why.
func wantRefused(t *testing.T, raw []byte, want string) {
	t.Helper()
	path := onDisk(t, raw)
	_, err := Open(path)
	if !errors.Is(err, ErrNoPack) || !strings.Contains(err.Error(), want) || strings.Contains(err.Error(), "\n") {
		t.Errorf("got %v, want one line with %q", err, want)
	}
}

// withoutDescriptors writes lengths and sums in front of each member, not after.
func withoutDescriptors(t testing.TB, entries []entry) []byte {
	t.Helper()
	with := zipped(t, entries...)
	read, err := zip.NewReader(bytes.NewReader(with), int64(len(with)))
	must(t, err)
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for _, f := range read.File {
		raw, err := f.OpenRaw()
		must(t, err)
		h := f.FileHeader
		h.Flags &^= 8
		w, err := z.CreateRaw(&h)
		must(t, err)
		_, err = io.Copy(w, raw)
		must(t, err)
	}
	must(t, z.Close())
	return b.Bytes()
}

func TestHandmadePackOpens(t *testing.T) {
	b := bagOf(t, packed(t, flood()))
	whole, err := Open(packed(t, flood()))
	must(t, err)
	entries := b.sealed().entries("the-flood/")
	entries = append(entries, entry{name: "the-flood/"}, entry{name: "the-flood/data/media/"}) // folders of their own
	p, err := Open(onDisk(t, zipped(t, entries...)))
	must(t, err)
	if p.Digest() != whole.Digest() {
		t.Errorf("the digest is %s, want %s", p.Digest(), whole.Digest())
	}
	p, err = Open(onDisk(t, withoutDescriptors(t, b.entries("the-flood/"))))
	must(t, err)
	if _, err := p.Unseal(told); err != nil {
		t.Error(err)
	}
}

// directoryOf is where the entry of a member stands in the directory of a zip.
func directoryOf(t testing.TB, raw []byte, name string) int {
	t.Helper()
	for at := 0; ; at++ {
		next := bytes.Index(raw[at:], []byte("PK\x01\x02"))
		if next < 0 {
			t.Fatalf("no member %s", name)
		}
		at += next
		n := int(binary.LittleEndian.Uint16(raw[at+28:]))
		if at+46+n <= len(raw) && string(raw[at+46:at+46+n]) == name {
			return at
		}
	}
}

// withFile is a pack with one file more, which its exercise and its manifests
// list.
func withFile(t *testing.T, name string) bag {
	t.Helper()
	b := bagOf(t, packed(t, flood()))
	p := flood()
	must(t, p.Measure(t.Context(), floodMedia()))
	more := p.Exercise.Media[0]
	more.Path = name
	p.Exercise.Media = append(p.Exercise.Media, more)
	var err error
	b["data/exercise.json"], err = encode(p.Exercise)
	must(t, err)
	b["data/media/"+name] = floodMedia()[p.Exercise.Media[0].Path].Data
	return b
}

// spaces makes a text longer without changing what it says; a little of it does
// not shrink, so that it passes for no bomb.
func spaces(text []byte, n int) []byte {
	out := bytes.Clone(text)
	for i := range n {
		out = append(out, " \n\t\r"[sha256.Sum256(binary.LittleEndian.AppendUint32(nil, uint32(i/16)))[i%16]&3])
	}
	return out
}
