package truth

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
)

// Shown is one row of truth.csv: a variant shows an original in a box. Variant
// and original are paths as the program lists them, SOURCE/file.
type Shown struct {
	Variant, Original, Kind string
	Box                     Box
}

// Box is bounds as fractions of a picture's sides.
type Box struct{ X0, Y0, X1, Y1 float64 }

func (b Box) area() float64 { return max(0, b.X1-b.X0) * max(0, b.Y1-b.Y0) }

// Overlap is the area that two boxes share over the area of both.
func (b Box) Overlap(c Box) float64 {
	shared := Box{max(b.X0, c.X0), max(b.Y0, c.Y0), min(b.X1, c.X1), min(b.Y1, c.Y1)}.area()
	if shared == 0 {
		return 0
	}
	return shared / (b.area() + c.area() - shared)
}

// Pair is two paths, the lesser first.
type Pair [2]string

// PairOf is the pair of two paths in either order.
func PairOf(a, b string) Pair {
	if b < a {
		a, b = b, a
	}
	return Pair{a, b}
}

// Copies is what the pictures of two folders, photographs and variants made of
// them, really show.
type Copies struct {
	Originals []string
	Rows      []Shown
	shows     map[string][]string // the originals that a variant shows
	group     map[string]string   // what place an original shows, "" where no other shows it
}

// ReadCopies reads the truth of a folder of variants. The paths in it begin
// with the name of the folder, which is the name of the source.
func ReadCopies(photos, variants string) (*Copies, error) {
	t := &Copies{shows: map[string][]string{}, group: map[string]string{}}
	entries, err := os.ReadDir(photos)
	if err != nil {
		return nil, err
	}
	for _, e := range entries {
		if slices.Contains([]string{".jpg", ".jpeg", ".png"}, strings.ToLower(filepath.Ext(e.Name()))) {
			t.Originals = append(t.Originals, filepath.Base(photos)+"/"+e.Name())
		}
	}
	groups, err := ReadTable(filepath.Join(photos, "manifest.csv"))
	if err != nil {
		return nil, err
	}
	for _, r := range groups {
		t.group[filepath.Base(photos)+"/"+r["file"]] = r["scene_group"]
	}
	rows, err := ReadTable(filepath.Join(variants, "truth.csv"))
	if err != nil {
		return nil, err
	}
	for _, r := range rows {
		p := Shown{Variant: filepath.Base(variants) + "/" + r["variant"], Original: filepath.Base(photos) + "/" + r["original"], Kind: r["transform"]}
		for name, side := range map[string]*float64{"x0": &p.Box.X0, "y0": &p.Box.Y0, "x1": &p.Box.X1, "y1": &p.Box.Y1} {
			if *side, err = strconv.ParseFloat(r[name], 64); err != nil {
				return nil, fmt.Errorf("truth of %s: %w", p.Variant, err)
			}
		}
		t.Rows = append(t.Rows, p)
		t.shows[p.Variant] = append(t.shows[p.Variant], p.Original)
	}
	return t, nil
}

// Pictures is how many there are, photographs and variants.
func (t *Copies) Pictures() int { return len(t.Originals) + len(t.shows) }

// originalsIn are the originals that a picture shows; an original shows itself.
func (t *Copies) originalsIn(path string) []string {
	if shown, ok := t.shows[path]; ok {
		return shown
	}
	return []string{path}
}

// Share tells whether two pictures show an original in common.
func (t *Copies) Share(a, b string) bool {
	other := t.originalsIn(b)
	return slices.ContainsFunc(t.originalsIn(a), func(o string) bool { return slices.Contains(other, o) })
}

// OneScene tells whether two pictures show different photographs of one place.
func (t *Copies) OneScene(a, b string) bool {
	for _, o := range t.originalsIn(a) {
		for _, p := range t.originalsIn(b) {
			if o != p && t.group[o] != "" && t.group[o] == t.group[p] {
				return true
			}
		}
	}
	return false
}

// Negatives counts the pairs that must not match: a variant and an original
// that it does not show, two originals, two variants of different originals.
func (t *Copies) Negatives() int {
	var variants []string
	n := len(t.Originals) * (len(t.Originals) - 1) / 2
	for v, shown := range t.shows {
		variants = append(variants, v)
		n += len(t.Originals) - len(shown)
	}
	for i, v := range variants {
		for _, w := range variants[:i] {
			if !t.Share(v, w) {
				n++
			}
		}
	}
	return n
}

// Mixed tells whether the members of a group have no original in common.
func (t *Copies) Mixed(members []string) bool {
	common := slices.Clone(t.originalsIn(members[0]))
	for _, m := range members[1:] {
		shown := t.originalsIn(m)
		common = slices.DeleteFunc(common, func(o string) bool { return !slices.Contains(shown, o) })
	}
	return len(common) == 0
}

// ScenePairs are the pairs of originals that show one place, by place.
func (t *Copies) ScenePairs() map[string][]Pair {
	pairs := map[string][]Pair{}
	for i, a := range t.Originals {
		for _, b := range t.Originals[:i] {
			if t.OneScene(a, b) {
				pairs[t.group[a]] = append(pairs[t.group[a]], PairOf(a, b))
			}
		}
	}
	return pairs
}
