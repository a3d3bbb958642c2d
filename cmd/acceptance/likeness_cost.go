package main

import (
	"fmt"
	"image"
	"image/color"
	"image/jpeg"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"time"

	"github.com/firsthand-media/firsthand/extract/pixels/scaledjpeg"
	"golang.org/x/image/draw"
)

// cameraPictures and cameraSide are how many pictures of a camera's size are
// decoded, and their longest side in pixels.
const (
	cameraPictures = 6
	cameraSide     = 4000
)

// cost compares the decoder that a scan uses with the standard library's and
// with libjpeg-turbo's, on the same files in turns; the best of five counts.
// The ratios are for people to read: a shared machine makes them move.
func (l *likeness) cost() error {
	fmt.Printf("\n== likeness, cost of decoding\n")
	files, err := l.cameraFiles()
	if err != nil {
		return fmt.Errorf("likeness: make pictures of a camera's size: %w", err)
	}
	ways := []struct {
		name   string
		decode func(path string) error
	}{
		{"ours, 1/8", decodeEighth},
		{"image/jpeg, full", decodeFull},
		{"djpeg -scale 1/8", decodeTurbo},
	}
	if _, err := exec.LookPath("djpeg"); err != nil {
		fmt.Println("djpeg (libjpeg-turbo) is not installed: not compared with it")
		ways = ways[:2]
	}
	best := make([]time.Duration, len(ways))
	for range 5 {
		for i, w := range ways {
			took, err := timedDecoding(w.decode, files)
			if err != nil {
				return fmt.Errorf("likeness: %s: %w", w.name, err)
			}
			best[i] = least(best[i], took)
		}
	}
	for i, w := range ways {
		fmt.Printf("%-18s %6.0f ms a picture\n", w.name, float64(best[i].Milliseconds())/float64(len(files)))
	}
	fmt.Printf("ours is %.1f times as fast as image/jpeg (aim: 3)", best[1].Seconds()/best[0].Seconds())
	if len(ways) > 2 {
		fmt.Printf(" and takes %.2f times as long as djpeg, start of its process included (aim: 1.6)", best[0].Seconds()/best[2].Seconds())
	}
	fmt.Println()
	return nil
}

func timedDecoding(decode func(path string) error, files []string) (time.Duration, error) {
	began := time.Now()
	for _, f := range files {
		if err := decode(f); err != nil {
			return 0, err
		}
	}
	return time.Since(began), nil
}

func decodeEighth(path string) error {
	f, err := os.Open(path)
	if err != nil {
		return err
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return err
	}
	p, err := scaledjpeg.Open(f, info.Size())
	if err != nil {
		return err
	}
	_, err = p.Decode(1, 1<<30)
	return err
}

func decodeFull(path string) error {
	f, err := os.Open(path)
	if err != nil {
		return err
	}
	defer f.Close()
	_, err = jpeg.Decode(f)
	return err
}

func decodeTurbo(path string) error {
	return exec.Command("djpeg", "-scale", "1/8", "-outfile", os.DevNull, path).Run()
}

// cameraFiles makes pictures of a camera's size, since the shared photographs
// are smaller: enlarged, with grain, so that a pixel takes about as many bytes
// as a camera's.
func (l *likeness) cameraFiles() (files []string, err error) {
	names, err := filepath.Glob(filepath.Join(l.photos(), "*.jpg"))
	if err != nil {
		return nil, err
	}
	if len(names) < cameraPictures {
		return nil, fmt.Errorf("%s holds %d JPEG photographs, %d at least are needed", l.photos(), len(names), cameraPictures)
	}
	var pixels, bytes int64
	for i := range cameraPictures {
		m, err := enlarged(names[i*len(names)/cameraPictures], uint64(i))
		if err != nil {
			return nil, err
		}
		path := filepath.Join(l.work, fmt.Sprintf("camera-%d.jpg", i))
		n, err := encodeFile(path, m)
		if err != nil {
			return nil, err
		}
		files, pixels, bytes = append(files, path), pixels+int64(m.Bounds().Dx()*m.Bounds().Dy()), bytes+n
	}
	fmt.Printf("%d photographs enlarged to %d pixels with grain: %.1f megapixels each, %.2f bytes a pixel, baseline 4:2:0\n",
		len(files), cameraSide, float64(pixels)/1e6/float64(len(files)), float64(bytes)/float64(pixels))
	return files, nil
}

func encodeFile(path string, m image.Image) (int64, error) {
	f, err := os.Create(path)
	if err != nil {
		return 0, err
	}
	defer f.Close()
	if err := jpeg.Encode(f, m, &jpeg.Options{Quality: 90}); err != nil {
		return 0, err
	}
	info, err := f.Stat()
	if err != nil {
		return 0, err
	}
	return info.Size(), f.Close()
}

// enlarged is a photograph at a camera's size, with the grain that enlarging
// does not bring.
func enlarged(path string, seed uint64) (*image.RGBA, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	small, err := jpeg.Decode(f)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	b := small.Bounds()
	long := max(b.Dx(), b.Dy())
	m := image.NewRGBA(image.Rect(0, 0, b.Dx()*cameraSide/long, b.Dy()*cameraSide/long))
	draw.CatmullRom.Scale(m, m.Bounds(), small, b, draw.Src, nil)
	rng := rand.New(rand.NewPCG(seed, 1))
	for y := range m.Bounds().Dy() {
		for x := range m.Bounds().Dx() {
			c := m.RGBAAt(x, y)
			grain := 6.5 * rng.NormFloat64()
			lit := func(v uint8) uint8 { return uint8(min(max(float64(v)+grain, 0), 255)) }
			m.SetRGBA(x, y, color.RGBA{lit(c.R), lit(c.G), lit(c.B), 255})
		}
	}
	return m, nil
}
