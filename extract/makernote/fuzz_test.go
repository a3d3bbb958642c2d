package makernote

import (
	"bytes"
	"encoding/base64"
	"encoding/binary"
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/firsthand-media/firsthand/extract/exif"
)

// check fails where a panic was caught, or where more was read than the
// limits allow.
func check(t *testing.T, n *Note, err error) {
	t.Helper()
	if err != nil && !errors.Is(err, exif.ErrNotTIFF) {
		t.Fatalf("an error that is not of the source: %v", err)
	}
	if err != nil {
		return
	}
	for _, p := range n.Problems {
		if strings.Contains(p.Message, "could not be read:") {
			t.Fatal(p.Message)
		}
	}
	total := 0
	for _, tag := range n.Tags {
		total += len(tag.Value)
	}
	if l := (Limits{}).orDefault(); len(n.Tags) > 64*l.Entries || uint64(total) > 16*l.TotalBytes {
		t.Fatalf("%d tags of %d bytes", len(n.Tags), total)
	}
}

func syntheticBlocks(f *testing.F) [][]byte {
	f.Helper()
	var file struct{ Notes []struct{ EXIF string } }
	b, err := os.ReadFile(filepath.Join("testdata", "synthetic.json"))
	if err != nil {
		f.Fatal(err)
	}
	if err := json.Unmarshal(b, &file); err != nil {
		f.Fatal(err)
	}
	var out [][]byte
	for _, n := range file.Notes {
		block, err := base64.StdEncoding.DecodeString(n.EXIF)
		if err != nil {
			f.Fatal(err)
		}
		out = append(out, block)
	}
	return out
}

func FuzzDecode(f *testing.F) {
	for _, b := range syntheticBlocks(f) {
		f.Add(b)
	}
	f.Add(block(le, "Canon", "", longNote(le, -1), 3000))
	f.Add(block(be, "OLYMPUS", "", olympusNote(), 0))
	f.Add(block(le, "Apple", "", fromItself(be, "Apple iOS\x00\x00\x01MM", undefined(3, runTime()...)), 0))
	f.Fuzz(func(t *testing.T, b []byte) {
		x, err := exif.Decode(bytes.NewReader(b), int64(len(b)), exif.Limits{})
		if err != nil {
			return
		}
		n, err := Decode(bytes.NewReader(b), int64(len(b)), x, Limits{})
		check(t, n, err)
	})
}

// decodePart reads a note that stands alone: part is the note from its first
// byte.
func decodePart(part []byte, maker, model string, lim Limits) (*Note, error) {
	note := &Note{}
	size := int64(len(part))
	n := &reader{r: bytes.NewReader(part), size: size, order: binary.LittleEndian, note: note, lim: lim.orDefault(), make: maker, model: model}
	if err := n.guarded(func() error { return n.at(0, size) }); err != nil {
		return nil, err
	}
	note.summarise()
	return note, nil
}

// FuzzDecodePart reads a note without an EXIF block around it, so that the
// bytes that change are those of the note.
func FuzzDecodePart(f *testing.F) {
	for _, maker := range []string{"Canon", "NIKON", "SONY", "SAMSUNG", "Konica Minolta", "CASIO", "DJI", "FLIR Systems AB"} {
		f.Add(maker, "", fromItself(le, "", ascii(9, "An owner"), longs(le, 0x35, 16, 60, 1, 60))(0))
	}
	for _, head := range []string{"Panasonic\x00\x00\x00", "PENTAX \x00II", "SONY DSC \x00\x00\x00", "Ricoh\x00\x00\x00", "SIGMA\x00\x00\x00\x01\x00"} {
		f.Add("", "", fromItself(le, head, ascii(0x20, "a text"), undefined(0x9050, sony9050()...))(0))
	}
	f.Add("RICOH", "", []byte("Ricoh\x00\x00\x00"))
	f.Add("Reconyx", "HC500", append([]byte("\x01\xf1\x03\x00"), make([]byte, 80)...))
	f.Fuzz(func(t *testing.T, maker, model string, b []byte) {
		n, err := decodePart(b, maker, model, Limits{})
		check(t, n, err)
	})
}

func FuzzDecodeCIFF(f *testing.F) {
	f.Add(crw(le, "HEAPCCDR"))
	f.Add(crw(be, "HEAPJPGM"))
	f.Fuzz(func(t *testing.T, b []byte) {
		n, err := DecodeCIFF(bytes.NewReader(b), int64(len(b)), Limits{})
		check(t, n, err)
	})
}

func FuzzPropertyList(f *testing.F) {
	f.Add(runTime())
	f.Fuzz(func(t *testing.T, b []byte) {
		if list, ok := readPropertyList(b); len(list) > 0 && !ok {
			t.Fatal("values out of a list that is none")
		}
	})
}
