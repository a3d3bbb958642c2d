package extract

import (
	"bytes"
	"fmt"
	"math"
	"math/big"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/bep/imagemeta"
)

// imagemeta is the second opinion: a reader by other people that knows EXIF
// and IPTC in the picture formats below.
var secondOpinion = map[string]imagemeta.ImageFormat{
	"camera.jpg": imagemeta.JPEG, "floating.jpg": imagemeta.JPEG, "press.jpg": imagemeta.JPEG, "disagree.jpg": imagemeta.JPEG,
	"full.webp": imagemeta.WebP, "text.png": imagemeta.PNG, "page.tif": imagemeta.TIFF, "still.avif": imagemeta.AVIF,
}

// TestAgreesWithImagemeta holds every EXIF and IPTC tag that imagemeta reads
// against ours.
func TestAgreesWithImagemeta(t *testing.T) {
	for name, format := range secondOpinion {
		path := filepath.Join("..", "fixtures", "metadata", name)
		ours := map[string]string{}
		for _, tag := range readFields(t, path) {
			ours[tag.Field] = tag.Value
		}
		n := 0
		handle := func(i imagemeta.TagInfo) error {
			if i.Source == imagemeta.XMP {
				return nil // it has no names of ExifTool's for these
			}
			n++
			field := imagemetaField(i)
			if got, ok := ours[field]; !ok || !sameValue(i.Value, got) {
				t.Errorf("%s: %s is %q, imagemeta reads %v", name, field, got, i.Value)
			}
			return nil
		}
		if err := readImagemeta(readFile(t, path), format, handle); err != nil || n == 0 {
			t.Errorf("%s: imagemeta reads %d tags, %v", name, n, err)
		}
	}
}

func readImagemeta(b []byte, format imagemeta.ImageFormat, handle imagemeta.HandleTagFunc) error {
	_, err := imagemeta.Decode(imagemeta.Options{
		R: bytes.NewReader(b), ImageFormat: format, Sources: imagemeta.EXIF | imagemeta.IPTC | imagemeta.XMP,
		ShouldHandleTag: func(imagemeta.TagInfo) bool { return true }, HandleTag: handle,
	})
	return err
}

func imagemetaField(i imagemeta.TagInfo) string {
	if i.Source == imagemeta.IPTC {
		return "IPTC:" + i.Tag
	}
	_, dir, found := strings.Cut(i.Namespace, "/")
	if !found {
		dir = i.Namespace
	}
	group := map[string]string{"ExifIFDP": "ExifIFD", "GPSInfoIFD": "GPS"}[dir]
	if group == "" {
		group = dir
	}
	return "EXIF:" + group + ":" + i.Tag
}

// sameValue compares a value of imagemeta's, which may be a fraction, a number
// or a list, with a text of ours.
func sameValue(theirs any, ours string) bool {
	text := fmt.Sprint(theirs)
	if list, ok := theirs.([]string); ok {
		text = strings.Join(list, ", ")
	}
	if strings.TrimSpace(text) == strings.TrimSpace(ours) {
		return true
	}
	r, ok := new(big.Rat).SetString(text)
	f, err := strconv.ParseFloat(ours, 64)
	if !ok || err != nil {
		return false
	}
	g, _ := r.Float64()
	return math.Abs(f-g) <= 1e-9*math.Max(1, math.Abs(f))
}
