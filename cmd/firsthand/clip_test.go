package main

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"image"
	"image/color"
	"image/draw"
	"image/gif"
	"image/jpeg"
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/testscript"
)

// The clips of the scripts. Frame n is of the grey clipShade(n), so that a
// picture tells which frame it is.
const (
	clipFrames = 12
	clipWide   = 160
	clipHigh   = 96
)

func clipShade(n int) uint8 { return uint8(20 + 18*n) }

// clipDelays are those of the GIF, in hundredths of a second.
var clipDelays = []int{10, 10, 10, 150, 10, 10, 40, 10, 10, 10, 10, 10}

// clipCommand writes a clip: clip FILE. An .avi has two frames a second and a
// tone in its second half, a .gif frames at uneven times.
func clipCommand(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 1 {
		ts.Fatalf("usage: clip FILE")
	}
	path := ts.MkAbs(args[0])
	ts.Check(os.MkdirAll(filepath.Dir(path), 0o755))
	b, err := shadesAVI()
	if strings.HasSuffix(path, ".gif") {
		b, err = clipGIF()
	}
	ts.Check(err)
	ts.Check(os.WriteFile(path, b, 0o600))
	at := time.Date(2024, 5, 1, 12, 0, 0, 0, time.UTC)
	ts.Check(os.Chtimes(path, at, at))
}

// shadeCommand fails unless a picture is of the frame n of a clip: shade FILE N.
func shadeCommand(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 2 {
		ts.Fatalf("usage: shade FILE N")
	}
	n := 0
	if _, err := fmt.Sscan(args[1], &n); err != nil {
		ts.Fatalf("%v", err)
	}
	img, _, err := image.Decode(strings.NewReader(ts.ReadFile(args[0])))
	ts.Check(err)
	b := img.Bounds()
	got := color.GrayModel.Convert(img.At(b.Dx()/2, b.Dy()/2)).(color.Gray).Y
	if d := int(got) - int(clipShade(n)); d < -6 || d > 6 || b.Dx() != clipWide {
		ts.Fatalf("%s is %v and of the grey %d, want frame %d, of %d", args[0], b, got, n, clipShade(n))
	}
}

// movieCommand writes an AVI of four frames a second in which things cross a
// scene: movie FILE SCENE FROM COUNT. Two of the same scene show the same
// moments where their frames have the same numbers.
func movieCommand(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 4 {
		ts.Fatalf("usage: movie FILE SCENE FROM COUNT")
	}
	from, count := 0, 0
	_, err := fmt.Sscan(args[2]+" "+args[3], &from, &count)
	ts.Check(err)
	path := ts.MkAbs(args[0])
	ts.Check(os.MkdirAll(filepath.Dir(path), 0o755))
	scene := drawScene(args[1])
	var frames []image.Image
	for n := from; n < from+count; n++ {
		img := image.NewRGBA(scene.Rect)
		copy(img.Pix, scene.Pix)
		for k := range 5 { // each on its own way
			x, y := (37*k+(7+3*k)*n)%420, 40+50*k+int(18*math.Sin(float64(n+9*k)/4))
			paint(img, image.Rect(x, y, x+50, y+34), color.RGBA{uint8(50 * k), uint8(240 - 40*k), 30, 255})
		}
		frames = append(frames, img)
	}
	b, err := aviOf(frames, 250_000, func(int) float64 { return 0 })
	ts.Check(err)
	ts.Check(os.WriteFile(path, b, 0o600))
	at := time.Date(2024, 5, 1, 12, 0, 0, 0, time.UTC)
	ts.Check(os.Chtimes(path, at, at))
}

func clipFrame(n int) *image.Gray {
	img := image.NewGray(image.Rect(0, 0, clipWide, clipHigh))
	draw.Draw(img, img.Rect, image.NewUniform(color.Gray{Y: clipShade(n)}), image.Point{}, draw.Src)
	return img
}

func clipGIF() ([]byte, error) {
	g := &gif.GIF{Delay: clipDelays}
	for n := range clipFrames {
		p := image.NewPaletted(image.Rect(0, 0, clipWide, clipHigh), color.Palette{color.Gray{Y: clipShade(n)}})
		g.Image = append(g.Image, p)
	}
	var b bytes.Buffer
	err := gif.EncodeAll(&b, g)
	return b.Bytes(), err
}

// shadesAVI has a tone in its second half.
func shadesAVI() ([]byte, error) {
	var frames []image.Image
	for n := range clipFrames {
		frames = append(frames, clipFrame(n))
	}
	return aviOf(frames, 500_000, func(n int) float64 {
		if n < clipFrames/2 {
			return 0
		}
		return 20_000
	})
}

// aviOf is motion JPEG with a tone, of some loudness during each frame, in 16
// bit PCM, mono; see Microsoft's "AVI RIFF File Reference".
func aviOf(frames []image.Image, micros uint32, loud func(n int) float64) ([]byte, error) {
	const rate = 8000
	movi := []byte("movi")
	perFrame := rate * micros / 1_000_000
	count, size := uint32(len(frames)), frames[0].Bounds()
	w, h := uint32(size.Dx()), uint32(size.Dy())
	for n, img := range frames {
		var pic, pcm bytes.Buffer
		if err := jpeg.Encode(&pic, img, &jpeg.Options{Quality: 95}); err != nil {
			return nil, err
		}
		for i := range perFrame {
			_ = binary.Write(&pcm, binary.LittleEndian, int16(loud(n)*math.Sin(float64(i)/3))) // a buffer takes all
		}
		movi = append(movi, riff("00dc", pic.Bytes())...)
		movi = append(movi, riff("01wb", pcm.Bytes())...)
	}
	words := func(head string, values ...uint32) []byte {
		b := []byte(head)
		for _, v := range values {
			b = binary.LittleEndian.AppendUint32(b, v)
		}
		return b
	}
	list := func(kind string, parts ...[]byte) []byte {
		return riff("LIST", append([][]byte{[]byte(kind)}, parts...)...)
	}
	video := list("strl", riff("strh", words("vidsMJPG", 0, 0, 0, micros, 1_000_000, 0, count, 0, 0xffffffff, 0, 0, 0)),
		riff("strf", words("", 40, w, h, 24<<16|1), []byte("MJPG"), words("", w*h*3, 0, 0, 0, 0)))
	audio := list("strl", riff("strh", words("auds", 0, 0, 0, 0, 1, rate, 0, count*perFrame, 0, 0xffffffff, 2, 0, 0)),
		riff("strf", words("", 1<<16|1, rate, 2*rate, 16<<16|2)))
	avih := riff("avih", words("", micros, 0, 0, 0, count, 0, 2, 0, w, h, 0, 0, 0, 0))
	return riff("RIFF", []byte("AVI "), list("hdrl", avih, video, audio), riff("LIST", movi)), nil
}

func riff(id string, parts ...[]byte) []byte {
	body := bytes.Join(parts, nil)
	b := binary.LittleEndian.AppendUint32([]byte(id), uint32(len(body)))
	if b = append(b, body...); len(body)%2 == 1 {
		b = append(b, 0)
	}
	return b
}

func TestTimesAreReadAsPeopleWriteThem(t *testing.T) {
	for text, want := range map[string]time.Duration{
		"0": 0, "12.3": 12_300 * time.Millisecond, "1:02.5": 62_500 * time.Millisecond, "1:02:03.280933": 3_723_280_933 * time.Microsecond,
		"90": 90 * time.Second, ".5": 500 * time.Millisecond, "90:00": 90 * time.Minute,
	} {
		if got, err := parseTime(text); err != nil || got != want {
			t.Errorf("%q: %v, %v; want %v", text, got, err, want)
		}
	}
	for _, text := range []string{"", "-1", "+1", "1e9", "nan", "inf", "0x1", "1:60", "1.5:00", "1:2:3:4", "1:", "99999999999", "1_0", "12s", " 1"} {
		if got, err := parseTime(text); err == nil {
			t.Errorf("%q is taken for %v", text, got)
		}
	}
}

// TestListedTimesNameTheirFrame: a time that was listed, given back as --at,
// is that of the same frame.
func TestListedTimesNameTheirFrame(t *testing.T) {
	for n := range 5000 {
		at := (time.Duration(n) * 1001 * time.Second / 30_000).Round(time.Microsecond)
		if back, err := parseTime(exact(at)); err != nil || back != at || duration(at.Seconds()) != at {
			t.Fatalf("%v is written %s and read as %v, %v", at, exact(at), back, err)
		}
	}
}
