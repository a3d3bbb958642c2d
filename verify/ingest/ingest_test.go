package ingest

import (
	"bytes"
	"context"
	"crypto/ed25519"
	"encoding/json"
	"image"
	"image/color"
	"image/jpeg"
	"io"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"github.com/firsthand-media/firsthand/extract/sandbox"
	"github.com/firsthand-media/firsthand/extract/source"
	"github.com/firsthand-media/firsthand/verify"
	"github.com/firsthand-media/firsthand/verify/casefile"
)

// inProcess is an Examiner without workers. Before, when set, is called with
// the operation and the name of each file and may answer in place of the
// decoders.
type inProcess struct {
	before func(op, name string) error
}

func (x inProcess) Call(ctx context.Context, op string, params []byte, file io.ReaderAt, size int64, onEmit func([]byte) error) ([]byte, error) {
	if x.before != nil {
		var q request
		if err := json.Unmarshal(params, &q); err != nil {
			return nil, err
		}
		if err := x.before(op, q.Name); err != nil {
			return nil, err
		}
	}
	do := Examine
	switch op {
	case InspectOp:
		do = Inspect
	case ShowOp:
		do = Show
	}
	return do(ctx, sandbox.Request{Op: op, Params: params, File: file, Size: size}, onEmit)
}

// testCase opens the case in dir for writing, or makes it.
func testCase(t *testing.T, dir string) *casefile.File {
	t.Helper()
	f, err := openCase(dir)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { f.Close() })
	return f
}

func openCase(dir string) (*casefile.File, error) {
	opt := casefile.Options{Signer: ed25519.NewKeyFromSeed(bytes.Repeat([]byte{1}, ed25519.SeedSize)), Actor: "Ada", Tool: "test"}
	f, err := casefile.Open(dir, opt)
	if err != nil {
		f, err = casefile.Create(dir, opt)
	}
	return f, err
}

// testOptions scans the folders without workers.
func testOptions(t *testing.T, workers int, dirs ...string) Options {
	t.Helper()
	sources, err := sourcesOf(dirs...)
	if err != nil {
		t.Fatal(err)
	}
	return Options{Sources: sources, Workers: workers, Examiner: inProcess{}, Now: time.Date(2024, 6, 1, 0, 0, 0, 0, time.UTC)}
}

func sourcesOf(dirs ...string) ([]source.Source, error) {
	var out []source.Source
	for _, dir := range dirs {
		s, err := source.New(dir)
		if err != nil {
			return nil, err
		}
		out = append(out, s)
	}
	return source.Distinct(out), nil
}

func scanned(t *testing.T, f *casefile.File, opt Options) Summary {
	t.Helper()
	sum, err := Run(t.Context(), f, opt)
	if err != nil {
		t.Fatal(err)
	}
	return sum
}

// picture is a JPEG of boxes, another for each seed.
func picture(seed uint64, w, h int) []byte {
	r := rand.New(rand.NewPCG(seed, 1))
	img := image.NewRGBA(image.Rect(0, 0, w, h))
	for range 40 {
		x0, y0 := r.IntN(w), r.IntN(h)
		c := color.RGBA{uint8(r.IntN(256)), uint8(r.IntN(256)), uint8(r.IntN(256)), 255}
		for y := y0; y < min(h, y0+h/3); y++ {
			for x := x0; x < min(w, x0+w/4); x++ {
				img.SetRGBA(x, y, c)
			}
		}
	}
	var buf bytes.Buffer
	if err := jpeg.Encode(&buf, img, &jpeg.Options{Quality: 88}); err != nil {
		panic(err)
	}
	return buf.Bytes()
}

// write puts files of fixed time into a folder of that name and returns it.
func write(t *testing.T, name string, files map[string][]byte) string {
	t.Helper()
	dir := filepath.Join(t.TempDir(), name)
	for rel, b := range files {
		path := filepath.Join(dir, rel)
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, b, 0o644); err != nil {
			t.Fatal(err)
		}
		settle(t, path, 0)
	}
	return dir
}

// settle dates a file so many minutes after a fixed time.
func settle(t *testing.T, path string, minutes int) {
	t.Helper()
	at := time.Date(2024, 5, 1, 12, minutes, 0, 0, time.UTC)
	if err := os.Chtimes(path, at, at); err != nil {
		t.Fatal(err)
	}
}

// contents is all that a case holds of its sources, as text, with the digest
// of the stored records: fingerprints are in it.
func contents(t *testing.T, f *casefile.File) string {
	t.Helper()
	ctx := t.Context()
	var out bytes.Buffer
	enc := json.NewEncoder(&out)
	put := func(v any, err error) {
		if err == nil {
			err = enc.Encode(v)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	for it, err := range f.Items(ctx) {
		put(it.Line(), err)
	}
	for _, list := range []func() (any, error){
		func() (any, error) { return f.Matches(ctx) },
		func() (any, error) { return f.Clusters(ctx) },
		func() (any, error) { return f.Incidents(ctx) },
		func() (any, error) { return f.Findings(ctx) },
		func() (any, error) { return f.State(ctx) },
	} {
		put(list())
	}
	return out.String()
}

// events gives the kinds of the ledger's events from a position on.
func events(t *testing.T, f *casefile.File, from int64) (kinds []string) {
	t.Helper()
	for entry, err := range f.Events(t.Context()) {
		if err != nil {
			t.Fatal(err)
		}
		e, err := entry.Parse()
		if err != nil {
			t.Fatal(err)
		}
		if e.Seq >= from {
			kinds = append(kinds, e.Kind)
		}
	}
	return kinds
}

func findings(t *testing.T, f *casefile.File, code string) (of []verify.Finding) {
	t.Helper()
	all, err := f.Findings(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return slices.DeleteFunc(all, func(x verify.Finding) bool { return x.Code != code })
}

func itemAt(t *testing.T, f *casefile.File, path string) verify.Item {
	t.Helper()
	for it, err := range f.Items(t.Context()) {
		if err != nil {
			t.Fatal(err)
		}
		for _, s := range it.Sightings {
			if s.Path == path {
				return it
			}
		}
	}
	t.Fatalf("there is no item at %s", path)
	return verify.Item{}
}
