package ingest

import (
	"bytes"
	"encoding/binary"
	"image"
	"image/jpeg"
	"path/filepath"
	"strings"
	"testing"

	"github.com/firsthand-media/firsthand/verify"
	"golang.org/x/image/draw"
)

// withThumbnail puts an EXIF block with an orientation and a thumbnail into a
// JPEG.
func withThumbnail(file, thumb []byte, orientation byte) []byte {
	le := binary.LittleEndian
	tiff := []byte{'I', 'I', 42, 0, 8, 0, 0, 0}
	tiff = append(tiff, 1, 0, 0x12, 1, 3, 0, 1, 0, 0, 0, orientation, 0, 0, 0, 26, 0, 0, 0)
	tiff = append(tiff, 2, 0, 1, 2, 4, 0, 1, 0, 0, 0, 56, 0, 0, 0)
	tiff = append(tiff, 2, 2, 4, 0, 1, 0, 0, 0)
	tiff = le.AppendUint32(tiff, uint32(len(thumb)))
	tiff = append(tiff, 0, 0, 0, 0)
	tiff = append(tiff, thumb...)
	segment := append([]byte("Exif\x00\x00"), tiff...)
	out := append([]byte{0xff, 0xd8, 0xff, 0xe1}, byte((len(segment)+2)>>8), byte(len(segment)+2))
	return append(append(out, segment...), file[2:]...)
}

// scaled makes a smaller JPEG of a part of one, mirrored if asked.
func scaled(t *testing.T, file []byte, part image.Rectangle, w, h int, mirrored bool) []byte {
	t.Helper()
	img, err := jpeg.Decode(bytes.NewReader(file))
	if err != nil {
		t.Fatal(err)
	}
	small := image.NewRGBA(image.Rect(0, 0, w, h))
	draw.ApproxBiLinear.Scale(small, small.Bounds(), img, part, draw.Src, nil)
	if mirrored {
		for y := range h {
			for x := range w / 2 {
				a, b := small.RGBAAt(x, y), small.RGBAAt(w-1-x, y)
				small.SetRGBA(x, y, b)
				small.SetRGBA(w-1-x, y, a)
			}
		}
	}
	var buf bytes.Buffer
	if err := jpeg.Encode(&buf, small, &jpeg.Options{Quality: 75}); err != nil {
		t.Fatal(err)
	}
	return buf.Bytes()
}

// A scan compares the picture in full, inspect a reduced one: both say the same.
func TestThumbnailMismatch(t *testing.T) {
	whole := image.Rect(0, 0, 960, 640)
	shot, other := picture(1, 960, 640), picture(2, 960, 640)
	own := scaled(t, shot, whole, 160, 107, false)
	cropped := scaled(t, shot, image.Rect(96, 64, 864, 576), 768, 512, false)
	mirrored := scaled(t, shot, whole, 480, 320, true)
	for name, c := range map[string]struct {
		file []byte
		want string
	}{
		"camera.jpg":      {withThumbnail(shot, own, 1), ""},
		"turned.jpg":      {withThumbnail(shot, own, 6), ""},
		"replaced.jpg":    {withThumbnail(other, own, 1), "shows another picture"},
		"cropped.jpg":     {withThumbnail(cropped, own, 1), "shows more of the scene than the picture, which has 6"},
		"mirrored.jpg":    {withThumbnail(mirrored, own, 1), "left and right exchanged"},
		"upright.jpg":     {withThumbnail(mirrored, own, 2), ""}, // the orientation says that it is mirrored
		"without.jpg":     {shot, ""},
		"no-jpeg.jpg":     {withThumbnail(shot, []byte("not a picture"), 1), ""},
		"outside.jpg":     {withThumbnail(shot, own, 1)[:2000], ""},
		"truncated.jpg":   {withThumbnail(other, own, 1)[:14000], ""}, // the lower part of the picture is not there
		"bomb-inside.jpg": {withThumbnail(shot, hugeJPEG(own), 1), ""},
	} {
		t.Run(name, func(t *testing.T) {
			path := filepath.Join(write(t, "phone", map[string][]byte{name: c.file}), name)
			it, err := One(t.Context(), path, testOptions(t, 1))
			if err != nil {
				t.Fatal(err)
			}
			if got := mismatch(it); got == "" != (c.want == "") || !strings.Contains(got, c.want) {
				t.Errorf("a scan says %q, want %q", got, c.want)
			}
			opt := testOptions(t, 1)
			err = InspectFiles(t.Context(), []string{path}, opt, func(i Inspection) error {
				if got := mismatch(i.Item); got == "" != (c.want == "") || !strings.Contains(got, c.want) {
					t.Errorf("inspect says %q, want %q", got, c.want)
				}
				return i.Err
			})
			if err != nil {
				t.Fatal(err)
			}
		})
	}
}

// hugeJPEG claims 65,500 x 65,500 pixels.
func hugeJPEG(file []byte) []byte {
	out := bytes.Clone(file)
	sof := bytes.Index(out, []byte{0xff, 0xc0})
	copy(out[sof+5:], []byte{0xff, 0xdc, 0xff, 0xdc})
	return out
}

func mismatch(it verify.Item) string {
	for _, f := range it.Media.Findings {
		if f.Code == "thumbnail-mismatch" {
			return f.Message
		}
	}
	return ""
}
