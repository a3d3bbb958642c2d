package ingest

import (
	"bytes"
	"fmt"
	"image"
	"image/color"
	"image/jpeg"
	"testing"
	"time"

	"github.com/firsthand-media/firsthand/hashing"
	"github.com/firsthand-media/firsthand/verify"
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

func TestDistinctKeepsWhatDiffersFromTheFrameKept(t *testing.T) {
	frame := func(second int, hash uint64) verify.Frame {
		var p hashing.Print
		p.Full.Hash[0] = hash
		return verify.Frame{At: time.Duration(second) * time.Second, Print: p}
	}
	// Each differs by one bit from the one before: a slow pan is not one scene.
	pan := []verify.Frame{frame(0, 0), frame(1, 1), frame(2, 3), frame(3, 7), frame(4, 15), frame(5, 7), frame(6, 0)}
	var got []int
	for _, f := range distinct(pan) {
		got = append(got, int(f.At.Seconds()))
	}
	if fmt.Sprint(got) != "[0 3 6]" {
		t.Errorf("kept %v", got)
	}
	if distinct(nil) != nil {
		t.Error("made frames of nothing")
	}
}
