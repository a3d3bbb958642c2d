package pixels

import (
	"bytes"
	"encoding/binary"
	"errors"
	"image"
	"image/jpeg"
	"image/png"
	"testing"
	"time"

	"github.com/firsthand-media/firsthand/extract/container"
)

func decodeReduced(format string, b []byte, side int, l Limits) (image.Image, error) {
	return DecodeReduced(bytes.NewReader(b), int64(len(b)), container.Type{Format: format, MediaType: "image/" + format}, side, l)
}

func TestReducedHasAtLeastTheSideAskedFor(t *testing.T) {
	m := waves(800, 600)
	asJPEG := jpegOf(t, m)
	asPNG := encoded(t, func(b *bytes.Buffer) error { return png.Encode(b, m) })
	tests := []struct {
		format string
		file   []byte
		side   int
		w, h   int
	}{
		{"jpeg", asJPEG, 64, 100, 75},
		{"jpeg", asJPEG, 101, 200, 150},
		{"jpeg", asJPEG, 400, 400, 300},
		{"jpeg", asJPEG, 512, 800, 600},
		{"png", asPNG, 64, 800, 600}, // only a JPEG can be decoded in part
	}
	for _, test := range tests {
		img, err := decodeReduced(test.format, test.file, test.side, Limits{})
		if err != nil {
			t.Errorf("%s, %d: %v", test.format, test.side, err)
			continue
		}
		if b := img.Bounds(); b != image.Rect(0, 0, test.w, test.h) {
			t.Errorf("%s, %d: %v, want %d x %d", test.format, test.side, b, test.w, test.h)
		}
	}
}

func TestReducedKeepsToTheLimits(t *testing.T) {
	file := jpegOf(t, waves(800, 600))
	sof := bytes.Index(file, []byte{0xff, 0xc0})
	wide := bytes.Clone(file)
	binary.BigEndian.PutUint16(wide[sof+5:], 65_500)
	binary.BigEndian.PutUint16(wide[sof+7:], 65_500)
	tests := map[string]struct {
		file   []byte
		limits Limits
		what   string
	}{
		"pixels of the whole":  {file, Limits{Pixels: 479_999}, "pixels"},
		"side of the whole":    {file, Limits{Side: 799}, "side"},
		"memory of the result": {file, Limits{Memory: 20_000}, "memory"},
		"4 Gpx":                {wide, Limits{}, "pixels"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			img, err := decodeReduced("jpeg", test.file, 64, test.limits)
			var limit *LimitError
			if !errors.As(err, &limit) || limit.What != test.what || img != nil {
				t.Fatalf("%v, want a limit on %s", err, test.what)
			}
		})
	}
	// What would take too much in full is decoded when it is small enough
	// reduced.
	if _, err := decodeReduced("jpeg", file, 64, Limits{Memory: 100_000}); err != nil {
		t.Error(err)
	}
}

func TestReducedSaysWhatIsWrongAsDecodeDoes(t *testing.T) {
	file := jpegOf(t, waves(800, 600))
	if img, err := decodeReduced("jpeg", file[:len(file)*2/3], 64, Limits{}); !errors.Is(err, ErrTruncated) || img == nil || img.Bounds().Dy() > 60 {
		t.Errorf("two thirds of a file: %v, picture %v", err, img != nil)
	}
	damaged := bytes.Clone(file)
	copy(damaged[len(file)/2:], "\xff\xc4\xff\xd9")
	for name, b := range map[string][]byte{"empty": nil, "damaged": damaged, "text": []byte("not a picture")} {
		_, whole := decode("jpeg", b, Limits{})
		if _, err := decodeReduced("jpeg", b, 64, Limits{}); err == nil || errors.Is(err, ErrTruncated) != errors.Is(whole, ErrTruncated) {
			t.Errorf("%s: %v, in full %v", name, err, whole)
		}
	}
}

// image/jpeg keeps all coefficients of a progressive picture, five times its
// size: what cannot be had is refused and not tried.
func TestProgressiveIsRefusedForItsCoefficients(t *testing.T) {
	file := jpegOf(t, waves(800, 600))
	sof := bytes.Index(file, []byte{0xff, 0xc0})
	file[sof+1] = 0xc2
	_, err := decode("jpeg", file, Limits{Memory: 800 * 600 * 14})
	var limit *LimitError
	if !errors.As(err, &limit) || limit.What != "memory" {
		t.Errorf("%v, want a limit on memory", err)
	}
}

// The ratios of one run: reading at 1/8, 1/4 and 1/2 beside image/jpeg.
func BenchmarkReduced(b *testing.B) {
	m := waves(4000, 3000)
	file := jpegOf(b, m)
	for name, side := range map[string]int{"eighth": 500, "quarter": 1000, "half": 2000} {
		b.Run(name, func(b *testing.B) {
			var full time.Duration // one after the other, so that a busy machine is busy for both
			for b.Loop() {
				b.StopTimer()
				since := time.Now()
				if _, err := jpeg.Decode(bytes.NewReader(file)); err != nil {
					b.Fatal(err)
				}
				full += time.Since(since)
				b.StartTimer()
				if _, err := decodeReduced("jpeg", file, side, Limits{}); err != nil {
					b.Fatal(err)
				}
			}
			b.ReportMetric(float64(full)/float64(b.Elapsed()), "x-image/jpeg")
		})
	}
}
