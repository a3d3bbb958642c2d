package ingest

import (
	"bytes"
	"image"
	"image/jpeg"
	"math"
	"math/rand/v2"
	"os"
	"path/filepath"
	"testing"
	"time"

	"golang.org/x/image/draw"

	"github.com/firsthand-media/firsthand/extract/container"
	"github.com/firsthand-media/firsthand/extract/pixels"
	"github.com/firsthand-media/firsthand/fixtures"
	"github.com/firsthand-media/firsthand/hashing"
	"github.com/firsthand-media/firsthand/hashing/feature"
)

// sharedPictures are JPEGs as messengers pass them on, 1280 pixels wide: of the
// exercise's photographs, or those of the folder that FIRSTHAND_PHOTOS names.
func sharedPictures(b *testing.B) (files [][]byte) {
	if dir := os.Getenv("FIRSTHAND_PHOTOS"); dir != "" {
		names, err := filepath.Glob(filepath.Join(dir, "*.jpg"))
		if err != nil || len(names) == 0 {
			b.Fatalf("no JPEGs in %s, %v", dir, err)
		}
		for _, name := range names {
			file, err := os.ReadFile(name)
			if err != nil {
				b.Fatal(err)
			}
			files = append(files, file)
		}
		return files
	}
	workshop, err := fixtures.Workshop()
	if err != nil {
		b.Fatal(err)
	}
	for _, name := range []string{
		"camera-originals/witness-02/DSC_0412.JPG", "camera-originals/witness-02/DSC_0415.JPG",
		"camera-originals/witness-01/IMG_20250902_081240.jpg", "camera-originals/witness-04/IMG_4419.JPG",
		"telegram-veresk-watch/photos/photo_3@02-09-2025_11-40-27.jpg", "whatsapp-drevolin/IMG-20250913-WA0004.jpg",
	} {
		f, err := workshop.Open(name)
		if err != nil {
			b.Fatal(err)
		}
		img, err := jpeg.Decode(f)
		f.Close()
		if err != nil {
			b.Fatal(err)
		}
		files = append(files, passedOn(b, img))
	}
	return files
}

// passedOn enlarges a picture to 1280 pixels, adds a camera's noise, which
// makes it as long as a photograph of that size, and writes it as JPEG.
func passedOn(b *testing.B, img image.Image) []byte {
	const side = 1280
	m := image.NewRGBA(image.Rect(0, 0, side, side*img.Bounds().Dy()/img.Bounds().Dx()))
	draw.CatmullRom.Scale(m, m.Rect, img, img.Bounds(), draw.Src, nil)
	r := rand.New(rand.NewPCG(3, 4))
	for i := 0; i < len(m.Pix); i += 4 {
		n := int(3 * r.NormFloat64())
		for j := range 3 {
			m.Pix[i+j] = byte(max(0, min(255, int(m.Pix[i+j])+n)))
		}
	}
	var out bytes.Buffer
	if err := jpeg.Encode(&out, m, &jpeg.Options{Quality: 88}); err != nil {
		b.Fatal(err)
	}
	return out.Bytes()
}

// stages are what [Examine] does with a picture, in order.
type stages struct {
	full, reduced, digest, luma, print, features, thumb, preview time.Duration
}

// BenchmarkExamineCost compares what is extracted of a picture with decoding the
// same file by image/jpeg, picture by picture in one run. extract/decode is
// everything made of the decoded picture that likeness needs: grey picture,
// hashes, keypoints and thumbnail; examine/decode is all that a worker does, its
// own decoding at reduced size and the preview for people included.
func BenchmarkExamineCost(b *testing.B) {
	files := sharedPictures(b)
	var sum stages
	for b.Loop() {
		for _, file := range files {
			sum.add(measure(b, file))
		}
	}
	part := func(d time.Duration) float64 { return d.Seconds() / sum.full.Seconds() }
	extract := sum.luma + sum.print + sum.features + sum.thumb
	b.ReportMetric(part(extract), "extract/decode")
	b.ReportMetric(part(extract+sum.reduced+sum.preview), "examine/decode")
	b.ReportMetric(part(sum.reduced), "reduced/decode")
	b.ReportMetric(part(sum.digest), "digest/decode")
	b.ReportMetric(part(sum.luma+sum.print), "hash/decode")
	b.ReportMetric(part(sum.features), "features/decode")
	b.ReportMetric(part(sum.thumb), "thumb/decode")
	b.ReportMetric(part(sum.preview), "preview/decode")
	b.ReportMetric(sum.full.Seconds()*1e3/float64(b.N*len(files)), "decode-ms")
	b.ReportMetric(0, "ns/op") // of both together: it says nothing
}

func (s *stages) add(t stages) {
	s.full, s.reduced, s.digest = s.full+t.full, s.reduced+t.reduced, s.digest+t.digest
	s.luma, s.print, s.features = s.luma+t.luma, s.print+t.print, s.features+t.features
	s.thumb, s.preview = s.thumb+t.thumb, s.preview+t.preview
}

func measure(b *testing.B, file []byte) (s stages) {
	var img image.Image
	var luma hashing.Luma
	var err error
	check := func() {
		if err != nil {
			b.Fatal(err)
		}
	}
	s.full = fastest(func() { _, err = jpeg.Decode(bytes.NewReader(file)); check() })
	s.digest = fastest(func() { _, _, err = hashing.Digest(bytes.NewReader(file)); check() })
	s.reduced = fastest(func() {
		img, err = pixels.DecodeReduced(bytes.NewReader(file), int64(len(file)), container.Type{Format: "jpeg"}, decodeSide, pixels.Limits{})
		check()
	})
	s.luma = fastest(func() { luma = hashing.FromImage(img, 1, lumaSide) })
	s.print = fastest(func() { hashing.Fingerprint(luma) })
	s.features = fastest(func() { _, err = feature.Extract(luma).AppendBinary(nil); check() })
	s.thumb = fastest(func() { _, err = luma.Reduced(detailSide).JPEG(); check() })
	s.preview = fastest(func() { _, err = preview(img, 1); check() })
	return s
}

// fastest is the least time of five: what else the machine does is not meant.
func fastest(f func()) time.Duration {
	least := time.Duration(math.MaxInt64)
	for range 5 {
		start := time.Now()
		f()
		least = min(least, time.Since(start))
	}
	return least
}
