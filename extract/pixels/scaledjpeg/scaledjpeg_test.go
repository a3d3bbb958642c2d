package scaledjpeg

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"image"
	"image/jpeg"
	"math"
	"os"
	"path/filepath"
	"testing"
)

const plenty = 64 << 20

// waves is a smooth picture, smoother yet in colour: what no scale shows, high
// frequencies, would make every comparison loose.
func waves(c, x, y int) float64 {
	a, b := float64(x), float64(y)
	switch c {
	case 0:
		return 128 + 60*math.Sin(a/9+b/23) + 50*math.Cos(b/7-a/31)
	case 1:
		return 128 + 60*math.Sin(a/170)*math.Cos(b/190)
	case 2:
		return 128 - 70*math.Cos(a/210+b/160)
	}
	return 90 + 60*math.Sin((a+b)/180)
}

func decode(b []byte, n int) (image.Image, error) {
	p, err := Open(bytes.NewReader(b), int64(len(b)))
	if err != nil {
		return nil, err
	}
	return p.Decode(n, plenty)
}

// boxed is the mean of the pixels that each reduced pixel stands for.
func boxed(img image.Image, n, x, y int) (out [3]float64) {
	f, b := 8/n, img.Bounds()
	count := 0.0
	for j := y * f; j < min((y+1)*f, b.Dy()); j++ {
		for i := x * f; i < min((x+1)*f, b.Dx()); i++ {
			r, g, bl, _ := img.At(i, j).RGBA()
			for k, v := range []uint32{r, g, bl} {
				out[k] += float64(v >> 8)
			}
			count++
		}
	}
	for k := range out {
		out[k] /= count
	}
	return out
}

// difference is the mean and the largest difference between a reduced picture
// and the full one, in levels.
func difference(t *testing.T, small, full image.Image, n int) (mean, most float64) {
	t.Helper()
	b := small.Bounds()
	if w, h := reduced(full.Bounds().Dx(), n), reduced(full.Bounds().Dy(), n); b != image.Rect(0, 0, w, h) {
		t.Fatalf("%v at %d eighths of %v", b, n, full.Bounds())
	}
	for y := range b.Dy() {
		for x := range b.Dx() {
			want := boxed(full, n, x, y)
			r, g, bl, _ := small.At(x, y).RGBA()
			for k, v := range []uint32{r, g, bl} {
				d := math.Abs(float64(v>>8) - want[k])
				mean += d
				most = max(most, d)
			}
		}
	}
	return mean / float64(3*b.Dx()*b.Dy()), most
}

// mustAgree decodes a file both ways. Pixels at the right and lower edge stand
// for samples beyond the picture, too, so single ones may differ more.
func mustAgree(t *testing.T, file []byte) {
	t.Helper()
	const meanAllowed, mostAllowed = 3.0, 25.0 // levels of 256
	full, err := jpeg.Decode(bytes.NewReader(file))
	if err != nil {
		t.Fatalf("in full: %v", err)
	}
	for _, n := range []int{1, 2, 4} {
		small, err := decode(file, n)
		if err != nil {
			t.Fatalf("at %d eighths: %v", n, err)
		}
		if fmt.Sprintf("%T", small) != fmt.Sprintf("%T", full) {
			t.Errorf("at %d eighths it is a %T, in full a %T", n, small, full)
		}
		if mean, most := difference(t, small, full, n); mean > meanAllowed || most > mostAllowed {
			t.Errorf("at %d eighths pixels differ by %.1f levels, by %.0f at most", n, mean, most)
		}
	}
}

func TestReducedIsTheMeanOfThePixels(t *testing.T) {
	full := func(n int) [][2]int {
		f := make([][2]int, n)
		for i := range f {
			f[i] = [2]int{1, 1}
		}
		return f
	}
	tests := map[string]encoder{
		"grey":            {factors: full(1)},
		"grey, odd facts": {factors: [][2]int{{2, 2}}},
		"4:4:4":           {factors: full(3)},
		"4:2:2":           {factors: [][2]int{{2, 1}, {1, 1}, {1, 1}}},
		"4:2:0":           {factors: [][2]int{{2, 2}, {1, 1}, {1, 1}}},
		"4:4:0":           {factors: [][2]int{{1, 2}, {1, 1}, {1, 1}}},
		"4:1:1":           {factors: [][2]int{{4, 1}, {1, 1}, {1, 1}}},
		"4:1:0":           {factors: [][2]int{{4, 2}, {1, 1}, {1, 1}}},
		"restarts":        {factors: [][2]int{{2, 2}, {1, 1}, {1, 1}}, restart: 3},
		"separate scans":  {factors: [][2]int{{2, 2}, {1, 1}, {1, 1}}, separate: true},
		"RGB":             {factors: full(3), adobe: 0},
		"CMYK":            {factors: full(4), adobe: 0},
		"YCCK":            {factors: full(4), adobe: 2},
		"YCCK 4:2:0":      {factors: [][2]int{{2, 2}, {1, 1}, {1, 1}, {2, 2}}, adobe: 2},
	}
	for name, e := range tests {
		t.Run(name, func(t *testing.T) {
			if name != "RGB" && name != "CMYK" && e.adobe == 0 {
				e.adobe = -1
			}
			for _, size := range [][2]int{{96, 64}, {83, 61}, {15, 9}} {
				e := e
				e.w, e.h, e.sample = size[0], size[1], waves
				mustAgree(t, e.encode())
			}
		})
	}
}

// image/jpeg writes none of these.
func TestProgressiveAndInks(t *testing.T) {
	files, err := filepath.Glob("testdata/*.jpg")
	if err != nil || len(files) != 4 {
		t.Fatalf("%d pictures in testdata, %v", len(files), err)
	}
	for _, name := range files {
		t.Run(filepath.Base(name), func(t *testing.T) {
			b, err := os.ReadFile(name)
			if err != nil {
				t.Fatal(err)
			}
			mustAgree(t, b)
		})
	}
}

// Sampling that image/jpeg refuses: what is checked is the brightness, which
// has every pixel.
func TestUnusualSampling(t *testing.T) {
	for _, factors := range [][][2]int{
		{{3, 1}, {1, 1}, {1, 1}}, {{2, 2}, {2, 1}, {1, 1}}, {{1, 1}, {2, 2}, {1, 1}}, {{2, 3}, {1, 1}, {1, 2}},
	} {
		e := encoder{factors: factors, adobe: -1, w: 120, h: 90, sample: func(c, x, y int) float64 {
			if c > 0 {
				return 128
			}
			return waves(0, x, y)
		}}
		small, err := decode(e.encode(), 1)
		if err != nil {
			t.Fatalf("%v: %v", factors, err)
		}
		for y := range 11 {
			for x := range 15 {
				want := 0.0
				for i := range 64 {
					want += waves(0, x*8+i%8, y*8+i/8) / 64
				}
				if r, _, _, _ := small.At(x, y).RGBA(); factors[0] != [2]int{1, 1} && math.Abs(float64(r>>8)-want) > 4 {
					t.Fatalf("%v: (%d, %d) is %d, want %.0f", factors, x, y, r>>8, want)
				}
			}
		}
	}
}

func TestScaleIsTheSmallestThatIsLargeEnough(t *testing.T) {
	p := Picture{Width: 4000, Height: 3000}
	for side, want := range map[int]int{0: 1, 320: 1, 500: 1, 501: 2, 1000: 2, 1001: 4, 2000: 4, 2001: 8, 9000: 8} {
		if got := p.Eighths(side); got != want {
			t.Errorf("%d pixels: %d eighths, want %d", side, got, want)
		}
	}
}

func TestPlacesAreInZigZagOrder(t *testing.T) {
	for k, place := range places {
		if u, v := zigzag(k); place != [2]byte{byte(u), byte(v)} {
			t.Errorf("coefficient %d is at %v, want (%d, %d)", k, place, u, v)
		}
	}
}

func TestTruncatedGivesTheUpperPart(t *testing.T) {
	e := encoder{factors: [][2]int{{2, 2}, {1, 1}, {1, 1}}, adobe: -1, w: 400, h: 400, sample: waves}
	file := e.encode()
	whole, err := decode(file, 2)
	if err != nil {
		t.Fatal(err)
	}
	for _, share := range []float64{0.99, 0.7, 0.4} {
		img, err := decode(file[:int(share*float64(len(file)))], 2)
		if !errors.Is(err, ErrTruncated) || img == nil {
			t.Fatalf("%.0f %%: %v, picture %v", 100*share, err, img != nil)
		}
		rows := img.Bounds().Dy()
		if got := float64(rows) / 100; got > share+0.05 || got < share-0.15 {
			t.Errorf("%.0f %%: %d of 100 rows", 100*share, rows)
		}
		for y := range rows {
			if img.At(70, y) != whole.At(70, y) {
				t.Fatalf("%.0f %%: row %d of %d is not that of the whole file", 100*share, y, rows)
			}
		}
	}
	if img, err := decode(file[:len(file)/20], 2); !errors.Is(err, ErrTruncated) || img != nil {
		t.Errorf("hardly anything: %v, picture %v", err, img != nil)
	}
}

// A progressive file that is cut has the whole picture early on.
func TestTruncatedProgressiveGivesLessDetail(t *testing.T) {
	file, err := os.ReadFile("testdata/progressive-420.jpg")
	if err != nil {
		t.Fatal(err)
	}
	for _, n := range []int{1, 2, 4} {
		img, err := decode(file[:len(file)*2/3], n)
		if !errors.Is(err, ErrTruncated) || img == nil || img.Bounds().Dy() != reduced(61, n) {
			t.Errorf("at %d eighths: %v, picture %v", n, err, img != nil)
		}
	}
}

// huge is the header of a picture of any size, and a scan without data.
func huge(sof byte, w, h int) []byte {
	e := encoder{factors: [][2]int{{2, 2}, {1, 1}, {1, 1}}, adobe: -1, w: 8, h: 8, sample: waves}
	b := e.encode()
	at := bytes.Index(b, []byte{0xff, markerSOF1})
	b[at+1] = sof
	binary.BigEndian.PutUint16(b[at+5:], uint16(h))
	binary.BigEndian.PutUint16(b[at+7:], uint16(w))
	return b
}

func TestMemoryIsCheckedBeforeItIsTaken(t *testing.T) {
	for _, sof := range []byte{markerSOF1, markerSOF2} {
		b := huge(sof, 65_500, 65_500)
		p, err := Open(bytes.NewReader(b), int64(len(b)))
		if err != nil {
			t.Fatal(err)
		}
		var over *MemoryError
		if img, err := p.Decode(1, 32<<20); !errors.As(err, &over) || img != nil {
			t.Errorf("%#02x: %v, want a limit of memory", sof, err)
		}
	}
}

func TestErrorsSayWhatIsWrong(t *testing.T) {
	e := encoder{factors: [][2]int{{1, 1}}, adobe: -1, w: 64, h: 64, sample: waves}
	good := e.encode()
	sof := bytes.Index(good, []byte{0xff, markerSOF1})
	changed := func(at int, to ...byte) []byte {
		b := bytes.Clone(good)
		copy(b[at:], to)
		return b
	}
	const damaged, otherKind, short = "damaged", "of another kind", "short"
	tests := map[string]struct {
		file []byte
		want string
	}{
		"arithmetic coding":  {changed(sof, 0xff, 0xc9), otherKind},
		"lossless":           {changed(sof, 0xff, 0xc3), otherKind},
		"12 bits":            {changed(sof+4, 12), otherKind},
		"no pixels":          {changed(sof+5, 0, 0), damaged},
		"marker in the data": {changed(len(good)-20, 0xff, 0xd9), damaged},
		"empty":              {nil, short},
		"not a JPEG":         {[]byte("GIF89a"), damaged},
		"header alone":       {good[:sof+20], short},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			img, err := decode(test.file, 1)
			got := "nothing"
			var format FormatError
			switch {
			case errors.As(err, &format):
				got = damaged
			case errors.Is(err, ErrUnsupported):
				got = otherKind
			case errors.Is(err, ErrTruncated):
				got = short
			}
			if got != test.want || img != nil {
				t.Errorf("picture %v, %v; want it to be called %s", img != nil, err, test.want)
			}
		})
	}
}

func FuzzReduced(f *testing.F) {
	f.Add((&encoder{factors: [][2]int{{2, 2}, {1, 1}, {1, 1}}, restart: 2, adobe: -1, w: 40, h: 24, sample: waves}).encode(), 1)
	f.Add((&encoder{factors: [][2]int{{4, 1}, {1, 1}, {1, 1}}, separate: true, adobe: -1, w: 24, h: 40, sample: waves}).encode(), 2)
	files, _ := filepath.Glob("testdata/*.jpg")
	for i, name := range files {
		b, err := os.ReadFile(name)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(b, i)
	}
	f.Fuzz(func(t *testing.T, file []byte, scale int) {
		n := []int{1, 2, 4}[uint(scale)%3]
		p, err := Open(bytes.NewReader(file), int64(len(file)))
		if err != nil {
			return
		}
		if p.Width*p.Height > 1<<18 {
			return
		}
		img, err := p.Decode(n, 1<<20)
		if err == nil && img == nil {
			t.Fatal("neither a picture nor an error")
		}
		if img == nil {
			return
		}
		b := img.Bounds()
		if b.Dx() != reduced(p.Width, n) || b.Dy() > reduced(p.Height, n) || b.Dy() < 1 {
			t.Fatalf("%v of %d x %d", b, p.Width, p.Height)
		}
		img.At(b.Max.X-1, b.Max.Y-1) // every pixel is there
	})
}
