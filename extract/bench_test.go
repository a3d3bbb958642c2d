package extract

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/bep/imagemeta"
)

// pictureFormats are the kinds of fixture that both readers know.
var pictureFormats = map[string]imagemeta.ImageFormat{
	".jpg": imagemeta.JPEG, ".png": imagemeta.PNG, ".webp": imagemeta.WebP, ".tif": imagemeta.TIFF, ".avif": imagemeta.AVIF,
}

// BenchmarkRead reads the metadata of the fixtures' pictures, and beside it in
// the same run with bep/imagemeta: all its tags, without what Read adds, times
// in context, places, checks, text of the container, signatures. x-imagemeta
// is how many times as long Read takes.
func BenchmarkRead(b *testing.B) {
	type file struct {
		name   string
		data   []byte
		format imagemeta.ImageFormat
	}
	paths, err := filepath.Glob("../fixtures/metadata/*")
	if err != nil {
		b.Fatal(err)
	}
	var files []file
	for _, p := range paths {
		format, ok := pictureFormats[filepath.Ext(p)]
		if !ok {
			continue
		}
		data, err := os.ReadFile(p)
		if err != nil {
			b.Fatal(err)
		}
		files = append(files, file{filepath.Base(p), data, format})
	}
	if len(files) == 0 {
		b.Fatal("no pictures in fixtures/metadata")
	}
	theirs := func(f file) {
		_, err := imagemeta.Decode(imagemeta.Options{
			R: bytes.NewReader(f.data), ImageFormat: f.format,
			Sources:         imagemeta.EXIF | imagemeta.IPTC | imagemeta.XMP,
			ShouldHandleTag: func(imagemeta.TagInfo) bool { return true },
			HandleTag:       func(imagemeta.TagInfo) error { return nil },
		})
		if err != nil {
			b.Fatalf("%s: imagemeta: %v", f.name, err)
		}
	}
	now := time.Date(2024, 6, 1, 0, 0, 0, 0, time.UTC)
	var other time.Duration // one after the other, so that a busy machine is busy for both
	b.ReportAllocs()
	for b.Loop() {
		b.StopTimer()
		since := time.Now()
		for _, f := range files {
			theirs(f)
		}
		other += time.Since(since)
		b.StartTimer()
		for _, f := range files {
			if m := Read(bytes.NewReader(f.data), int64(len(f.data)), f.name, Options{Now: now}); m.Kind != Image {
				b.Fatalf("%s: %s", f.name, m.Error)
			}
		}
	}
	b.ReportMetric(float64(b.Elapsed())/float64(other), "x-imagemeta")
	b.ReportMetric(float64(b.Elapsed().Microseconds())/float64(b.N*len(files)), "µs/file")
}
