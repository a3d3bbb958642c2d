package feature_test

import (
	"encoding/csv"
	"image"
	_ "image/png"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"golang.org/x/image/draw"
	_ "golang.org/x/image/webp"

	"github.com/firsthand-media/firsthand/fixtures"
)

// corpus is pictures of which none shows what another does, and copies.
type corpus struct {
	originals []image.Image
	copies    []*query
	kinds     []string // in the order in which they are reported
}

// query is one copy. It is made or read when it is asked for: a folder of
// copies may be too large for the memory.
type query struct {
	image func(testing.TB) image.Image
	shows map[int]string // the originals that it shows, and the kind of copy
}

// drawCorpus takes the exercise's photographs and makes every kind of copy of
// each.
func drawCorpus(t testing.TB) *corpus {
	c := &corpus{}
	pictures := photographs(t)
	for _, m := range pictures {
		c.originals = append(c.originals, m)
	}
	for k, kind := range kinds() {
		c.kinds = append(c.kinds, kind.name)
		for i, m := range pictures {
			o := (i + 7) % len(pictures)
			img := throughJPEG(t, kind.make(m, pictures[o], rand.New(rand.NewPCG(uint64(k), uint64(i)))), kind.quality)
			q := &query{image: func(testing.TB) image.Image { return img }, shows: map[int]string{i: kind.name}}
			if kind.name == "inset_35" || kind.name == "collage_4" {
				q.shows[o] = kind.name + "_other"
			}
			c.copies = append(c.copies, q)
		}
	}
	c.kinds = append(c.kinds, "inset_35_other", "collage_4_other")
	return c
}

// drawnFrom is how many photographs copies are drawn of: enough for a table,
// and few enough for a minute.
const drawnFrom = 24

// photographs are the exercise's own, one of each that was passed on.
func photographs(t testing.TB) (pictures []*image.RGBA) {
	answers, err := fixtures.ReadAnswers()
	if err != nil {
		t.Fatal(err)
	}
	workshop, err := fixtures.Workshop()
	if err != nil {
		t.Fatal(err)
	}
	seen := map[string]bool{"": true}
	for _, f := range answers.Files {
		ext := strings.ToLower(filepath.Ext(f.Path))
		if seen[f.DupGroup] || f.Role != fixtures.Original || ext != ".jpg" {
			continue
		}
		seen[f.DupGroup] = true
		if pictures = append(pictures, open(t, workshop, f.Path)); len(pictures) == drawnFrom {
			break
		}
	}
	return pictures
}

func open(t testing.TB, dir fs.FS, name string) *image.RGBA {
	t.Helper()
	f, err := dir.Open(name)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	m, _, err := image.Decode(f)
	if err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	d := image.NewRGBA(image.Rect(0, 0, m.Bounds().Dx(), m.Bounds().Dy()))
	draw.Draw(d, d.Rect, m, m.Bounds().Min, draw.Src)
	return d
}

// readCorpus reads a folder of originals, and one of copies with the truth
// beside them (truth.csv: variant, original, transform).
func readCorpus(t testing.TB, photos, variants string) *corpus {
	c := &corpus{}
	index := map[string]int{}
	names, err := filepath.Glob(filepath.Join(photos, "*.jpg"))
	if err != nil || len(names) == 0 {
		t.Fatalf("no originals in %s, %v", photos, err)
	}
	for i, name := range names {
		index[filepath.Base(name)] = i
		c.originals = append(c.originals, open(t, os.DirFS(photos), filepath.Base(name)))
	}
	f, err := os.Open(filepath.Join(variants, "truth.csv"))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	rows, err := csv.NewReader(f).ReadAll()
	if err != nil || len(rows) < 2 {
		t.Fatalf("truth.csv: %d rows, %v", len(rows), err)
	}
	byName := map[string]*query{}
	for _, row := range rows[1:] {
		variant, original, kind := row[0], row[1], row[2]
		i, ok := index[original]
		if !ok {
			t.Fatalf("truth.csv names %s, which is not in %s", original, photos)
		}
		q := byName[variant]
		if q == nil {
			q = &query{image: func(t testing.TB) image.Image { return open(t, os.DirFS(variants), variant) }, shows: map[int]string{}}
			byName[variant] = q
			c.copies = append(c.copies, q)
		}
		q.shows[i] = kind
		if !slices.Contains(c.kinds, kind) {
			c.kinds = append(c.kinds, kind)
		}
	}
	return c
}
