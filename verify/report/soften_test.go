package report_test

import (
	"bytes"
	"image"
	"image/color"
	"image/jpeg"
	"math"
	"testing"

	"github.com/firsthand-media/firsthand/verify/report"
)

// preview is a picture whose grey at each pixel f gives, as a cached preview.
func preview(t *testing.T, w, h int, f func(x, y int) uint8) []byte {
	t.Helper()
	img := image.NewGray(image.Rect(0, 0, w, h))
	for y := range h {
		for x := range w {
			img.SetGray(x, y, color.Gray{f(x, y)})
		}
	}
	var b bytes.Buffer
	if err := jpeg.Encode(&b, img, &jpeg.Options{Quality: 95}); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func soften(t *testing.T, preview []byte) *image.Gray {
	t.Helper()
	b, err := report.Soften(preview)
	if err != nil {
		t.Fatal(err)
	}
	img, err := jpeg.Decode(bytes.NewReader(b))
	if err != nil {
		t.Fatal(err)
	}
	grey, ok := img.(*image.Gray)
	if !ok {
		t.Fatalf("the softened picture is a %T: it has colour", img)
	}
	return grey
}

func TestSoftenedPictureIsSmall(t *testing.T) {
	for _, side := range [][2]int{{512, 384}, {384, 512}, {512, 3}, {60, 60}, {20, 10}} {
		b := soften(t, preview(t, side[0], side[1], func(x, _ int) uint8 { return uint8(x) })).Bounds()
		if b.Dx() > 48 || b.Dy() > 48 {
			t.Errorf("%v gives %v, want no side over 48", side, b)
		}
	}
}

// TestSoftenedPictureHasNoDetail draws stripes of full contrast. Those of 2 and
// 3 pixels of the softened size (a face in a crowd, letters on a sign) must be
// gone; the light side of a scene must still be lighter than the dark one.
func TestSoftenedPictureHasNoDetail(t *testing.T) {
	for _, wide := range []int{8, 10, 16} { // 480 pixels become 48: 0.8, 1 and 1.6 pixels a stripe
		stripes := soften(t, preview(t, 480, 480, func(x, _ int) uint8 {
			if x/wide%2 == 0 {
				return 0
			}
			return 255
		}))
		most := 0.0
		for y := 8; y < 40; y++ {
			for x := 8; x < 40; x++ {
				most = max(most, math.Abs(float64(stripes.GrayAt(x, y).Y)-127.5))
			}
		}
		if most > 0.25*127.5 {
			t.Errorf("stripes of %d pixels keep %.0f %% of their contrast", wide, most/1.275)
		}
	}
	halves := soften(t, preview(t, 480, 480, func(x, _ int) uint8 { return uint8(x / 240 * 255) }))
	if d := int(halves.GrayAt(40, 24).Y) - int(halves.GrayAt(8, 24).Y); d < 200 {
		t.Errorf("the two halves differ by %d of 255 only: the picture says nothing any more", d)
	}
	sharpest := 0
	for x := 1; x < 48; x++ {
		sharpest = max(sharpest, int(halves.GrayAt(x, 24).Y)-int(halves.GrayAt(x-1, 24).Y))
	}
	if sharpest > 100 {
		t.Errorf("an edge rises by %d of 255 from one pixel to the next: it is sharp", sharpest)
	}
}

func TestSoftenRefusesWhatIsNoPreview(t *testing.T) {
	for _, b := range [][]byte{nil, []byte("<svg/>"), preview(t, 8, 8, func(int, int) uint8 { return 9 })[:40]} {
		if _, err := report.Soften(b); err == nil {
			t.Errorf("%d bytes that are no JPEG are softened", len(b))
		}
	}
}
