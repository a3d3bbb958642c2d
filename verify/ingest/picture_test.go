package ingest

import (
	"bytes"
	"fmt"
	"image"
	"image/color"
	"image/jpeg"
	"testing"
)

// quarters is a picture whose quarters are, clockwise from the upper left,
// red, green, blue and white, as it is stored under an EXIF orientation.
func quarters(orientation int) image.Image {
	red, green, blue, white := color.RGBA{200, 0, 0, 255}, color.RGBA{0, 200, 0, 255}, color.RGBA{0, 0, 200, 255}, color.RGBA{255, 255, 255, 255}
	// Stored corners, clockwise from the upper left: EXIF 2.32, table 6.
	stored := map[int][4]color.RGBA{
		1: {red, green, blue, white}, 2: {green, red, white, blue},
		3: {blue, white, red, green}, 4: {white, blue, green, red},
		5: {red, white, blue, green}, 6: {green, blue, white, red},
		7: {blue, green, red, white}, 8: {white, red, green, blue},
	}[orientation]
	w, h := 60, 40
	if orientation > 4 {
		w, h = h, w
	}
	img := image.NewRGBA(image.Rect(0, 0, w, h))
	for y := range h {
		for x := range w {
			corner := [2][2]int{{0, 1}, {3, 2}}[2*y/h][2*x/w]
			img.SetRGBA(x, y, stored[corner])
		}
	}
	return img
}

func TestPreviewIsUpright(t *testing.T) {
	for o := 1; o <= 8; o++ {
		t.Run(fmt.Sprint(o), func(t *testing.T) {
			b, err := preview(quarters(o), o)
			if err != nil {
				t.Fatal(err)
			}
			img, err := jpeg.Decode(bytes.NewReader(b))
			if err != nil {
				t.Fatal(err)
			}
			if img.Bounds().Dx() != 60 || img.Bounds().Dy() != 40 {
				t.Fatalf("it is %v", img.Bounds())
			}
			for at, want := range map[image.Point]string{{15, 10}: "red", {45, 10}: "green", {45, 30}: "blue", {15, 30}: "white"} {
				if got := colourName(img.At(at.X, at.Y)); got != want {
					t.Errorf("at %v is %s, not %s", at, got, want)
				}
			}
		})
	}
}

func colourName(c color.Color) string {
	r, g, b, _ := c.RGBA()
	high := func(v uint32) bool { return v > 0x6000 }
	return map[[3]bool]string{
		{true, false, false}: "red", {false, true, false}: "green",
		{false, false, true}: "blue", {true, true, true}: "white",
	}[[3]bool{high(r), high(g), high(b)}]
}

func TestPreviewKeepsWithinItsSize(t *testing.T) {
	for _, c := range []struct{ w, h, wantW, wantH int }{
		{640, 480, 320, 240}, {480, 960, 160, 320}, {100, 50, 100, 50}, {60000, 3, 320, 1}, {1, 1, 1, 1},
	} {
		if w, h := fit(c.w, c.h, previewSide); w != c.wantW || h != c.wantH {
			t.Errorf("%d x %d became %d x %d", c.w, c.h, w, h)
		}
	}
}
