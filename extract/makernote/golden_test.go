package makernote

import (
	"encoding/base64"
	"encoding/json"
	"flag"
	"math"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
)

var writeNotes = flag.String("write", "", "write the notes of testdata/synthetic.json as JPEG files into this folder, for ExifTool to read")

// renamed are tags whose names have changed since the version of ExifTool that
// made the golden file.
var renamed = map[string]string{"MakerNotes:Apple:ContentIdentifier": "MakerNotes:Apple:MediaGroupUUID"}

// leastGolden is how many values agree, so that none that was read once is lost
// unnoticed. Whoever reads more raises it.
const leastGolden = 1994

// Every value that is printed is the one that ExifTool prints. The notes are
// synthetic: each holds every entry that is documented for its maker.
func TestValuesAreThoseOfExifTool(t *testing.T) {
	var notes struct {
		Notes []struct{ Name, EXIF string }
	}
	var golden struct{ Notes map[string]map[string]string }
	read(t, "synthetic.json", &notes)
	read(t, "exiftool.golden.json", &golden)
	right := 0
	for _, n := range notes.Notes {
		block, err := base64.StdEncoding.DecodeString(n.EXIF)
		if err != nil {
			t.Fatal(err)
		}
		if *writeNotes != "" {
			writeJPEG(t, filepath.Join(*writeNotes, n.Name+".jpg"), block)
		}
		got := map[string]string{}
		for _, tag := range decode(t, block).Tags {
			got[tag.Field] = tag.Value
		}
		for field, value := range got {
			if old := renamed[field]; old != "" {
				field = old
			}
			want, ok := golden.Notes[n.Name][field]
			if !ok || !sameValue(value, want) {
				t.Errorf("%s: %s = %q, want %q", n.Name, field, value, want)
				continue
			}
			right++
		}
	}
	if right < leastGolden {
		t.Errorf("%d values agree, want at least %d", right, leastGolden)
	}
	t.Logf("%d values of %d notes agree", right, len(notes.Notes))
}

func read(t *testing.T, name string, into any) {
	t.Helper()
	b, err := os.ReadFile(filepath.Join("testdata", name))
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(b, into); err != nil {
		t.Fatal(err)
	}
}

func writeJPEG(t *testing.T, path string, block []byte) {
	t.Helper()
	segment := append([]byte("Exif\x00\x00"), block...)
	b := append(be.AppendUint16([]byte("\xff\xd8\xff\xe1"), uint16(len(segment)+2)), segment...)
	if err := os.WriteFile(path, append(b, 0xff, 0xd9), 0o644); err != nil {
		t.Fatal(err)
	}
}

// sameValue compares numbers as such, for JSON writes 1.0 and 1 alike, and
// texts but for blanks at their ends.
func sameValue(a, b string) bool {
	if strings.TrimSpace(a) == strings.TrimSpace(b) {
		return true
	}
	x, err1 := strconv.ParseFloat(a, 64)
	y, err2 := strconv.ParseFloat(b, 64)
	return err1 == nil && err2 == nil && math.Abs(x-y) <= 1e-12*max(math.Abs(x), math.Abs(y))
}
