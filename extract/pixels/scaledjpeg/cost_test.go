package scaledjpeg

import (
	"bytes"
	"fmt"
	"image"
	"image/jpeg"
	"math"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"

	"golang.org/x/image/draw"

	"github.com/firsthand-media/firsthand/fixtures"
)

// cameraFiles writes photographs of the size that cameras make, baseline JPEGs
// with colour at half resolution: two of the exercise's, enlarged to 12
// megapixels, with the noise of a sensor. With FIRSTHAND_CAMERA set to a folder
// it takes the JPEGs there.
func cameraFiles(b *testing.B) []string {
	if dir := os.Getenv("FIRSTHAND_CAMERA"); dir != "" {
		names, err := filepath.Glob(filepath.Join(dir, "*.jpg"))
		if err != nil || len(names) == 0 {
			b.Fatalf("no JPEGs in %s, %v", dir, err)
		}
		return names
	}
	workshop, err := fixtures.Workshop()
	if err != nil {
		b.Fatal(err)
	}
	var names []string
	dir := b.TempDir()
	for i, name := range []string{"camera-originals/witness-02/DSC_0412.JPG", "camera-originals/witness-04/IMG_4401.JPG"} {
		f, err := workshop.Open(name)
		if err != nil {
			b.Fatal(err)
		}
		small, err := jpeg.Decode(f)
		f.Close()
		if err != nil {
			b.Fatal(err)
		}
		var out bytes.Buffer
		if err := jpeg.Encode(&out, enlarged(small), &jpeg.Options{Quality: 93}); err != nil {
			b.Fatal(err)
		}
		names = append(names, filepath.Join(dir, fmt.Sprint(i)+".jpg"))
		if err := os.WriteFile(names[i], out.Bytes(), 0o600); err != nil {
			b.Fatal(err)
		}
	}
	return names
}

// enlarged makes 12 megapixels of a picture.
func enlarged(small image.Image) image.Image {
	scale := math.Sqrt(12e6 / float64(small.Bounds().Dx()*small.Bounds().Dy()))
	m := image.NewRGBA(image.Rect(0, 0, int(scale*float64(small.Bounds().Dx())), int(scale*float64(small.Bounds().Dy()))))
	draw.BiLinear.Scale(m, m.Rect, small, small.Bounds(), draw.Src, nil)
	r := rand.New(rand.NewPCG(1, 2))
	for i := 0; i < len(m.Pix); i += 4 {
		n := int(2.5 * r.NormFloat64())
		for j := range 3 {
			m.Pix[i+j] = byte(max(0, min(255, int(m.Pix[i+j])+n)))
		}
	}
	return m
}

// progressive writes the same coefficients in progressive scans, which takes
// jpegtran.
func progressive(b *testing.B, names []string) (out []string) {
	tool, err := exec.LookPath("jpegtran")
	if err != nil {
		b.Skip("jpegtran is not installed, and nothing else here writes progressive JPEGs")
	}
	dir := b.TempDir()
	for _, name := range names {
		to := filepath.Join(dir, filepath.Base(name))
		if err := exec.Command(tool, "-progressive", "-outfile", to, name).Run(); err != nil {
			b.Fatal(err)
		}
		out = append(out, to)
	}
	return out
}

// BenchmarkCost compares decoding at reduced size with image/jpeg in full and
// with libjpeg-turbo's djpeg at the same size, all from the same files in one
// run. djpeg's time is that of its process less that of one which decodes a
// tiny picture.
func BenchmarkCost(b *testing.B) {
	baseline := cameraFiles(b)
	for _, n := range []int{1, 2, 4} {
		b.Run(fmt.Sprintf("baseline/%d_of_8", n), func(b *testing.B) { compareDecoders(b, baseline, n) })
	}
	for _, n := range []int{1, 2, 4} {
		b.Run(fmt.Sprintf("progressive/%d_of_8", n), func(b *testing.B) { compareDecoders(b, progressive(b, baseline), n) })
	}
}

func compareDecoders(b *testing.B, names []string, n int) {
	djpeg, _ := exec.LookPath("djpeg")
	if djpeg == "" {
		b.Log("djpeg is not installed: compared with image/jpeg alone")
	}
	tiny := filepath.Join(b.TempDir(), "tiny.jpg")
	if err := os.WriteFile(tiny, (&encoder{factors: [][2]int{{1, 1}}, adobe: -1, w: 8, h: 8, sample: waves}).encode(), 0o600); err != nil {
		b.Fatal(err)
	}
	other := func(name string) {
		if djpeg == "" {
			return
		}
		if err := exec.Command(djpeg, "-scale", fmt.Sprintf("%d/8", n), "-outfile", os.DevNull, name).Run(); err != nil {
			b.Fatal(err)
		}
	}
	var ours, full, theirs, startUp time.Duration
	for b.Loop() {
		for _, name := range names {
			ours += fastest(func() { reduce(b, name, n) })
			full += fastest(func() { decodeInFull(b, name) })
			theirs += fastest(func() { other(name) })
			startUp += fastest(func() { other(tiny) })
		}
	}
	b.ReportMetric(full.Seconds()/ours.Seconds(), "x-image/jpeg")
	if djpeg != "" {
		b.ReportMetric(ours.Seconds()/(theirs-startUp).Seconds(), "of-djpeg")
	}
	b.ReportMetric(ours.Seconds()*1e3/float64(b.N*len(names)), "ms/picture")
	b.ReportMetric(0, "ns/op") // of all decoders together: it says nothing
}

// fastest is the least time of three: what the machine does beside it is not
// meant.
func fastest(f func()) time.Duration {
	least := time.Duration(math.MaxInt64)
	for range 3 {
		start := time.Now()
		f()
		least = min(least, time.Since(start))
	}
	return least
}

func reduce(b *testing.B, name string, n int) {
	f, err := os.Open(name)
	if err != nil {
		b.Fatal(err)
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		b.Fatal(err)
	}
	p, err := Open(f, info.Size())
	if err != nil {
		b.Fatal(err)
	}
	if _, err := p.Decode(n, plenty); err != nil {
		b.Fatal(err)
	}
}

func decodeInFull(b *testing.B, name string) {
	f, err := os.Open(name)
	if err != nil {
		b.Fatal(err)
	}
	defer f.Close()
	if _, err := jpeg.Decode(f); err != nil {
		b.Fatal(err)
	}
}
