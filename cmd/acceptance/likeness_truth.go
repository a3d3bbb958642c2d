package main

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
)

// truthPair is one row of truth.csv: a variant shows an original in a box.
// Variant and original are paths as the program lists them.
type truthPair struct {
	variant, original, kind string
	box                     box
}

// box is bounds as fractions of a picture's sides.
type box struct{ x0, y0, x1, y1 float64 }

func (b box) area() float64 { return max(0, b.x1-b.x0) * max(0, b.y1-b.y0) }

// overlap is the area that two boxes share over the area of both.
func (b box) overlap(c box) float64 {
	shared := box{max(b.x0, c.x0), max(b.y0, c.y0), min(b.x1, c.x1), min(b.y1, c.y1)}.area()
	if shared == 0 {
		return 0
	}
	return shared / (b.area() + c.area() - shared)
}

// likenessTruth is what the pictures of a case really show.
type likenessTruth struct {
	originals []string
	rows      []truthPair
	shows     map[string][]string // the originals that a variant shows
	group     map[string]string   // what place an original shows, "" where no other shows it
}

// readLikenessTruth reads the truth of a folder of variants. The paths in it
// begin with the name of the folder, which is the name of the source.
func readLikenessTruth(photos, variants string) (*likenessTruth, error) {
	t := &likenessTruth{shows: map[string][]string{}, group: map[string]string{}}
	entries, err := os.ReadDir(photos)
	if err != nil {
		return nil, err
	}
	for _, e := range entries {
		if slices.Contains([]string{".jpg", ".jpeg", ".png"}, strings.ToLower(filepath.Ext(e.Name()))) {
			t.originals = append(t.originals, filepath.Base(photos)+"/"+e.Name())
		}
	}
	groups, err := readTable(filepath.Join(photos, "manifest.csv"))
	if err != nil {
		return nil, err
	}
	for _, r := range groups {
		t.group[filepath.Base(photos)+"/"+r["file"]] = r["scene_group"]
	}
	rows, err := readTable(filepath.Join(variants, "truth.csv"))
	if err != nil {
		return nil, err
	}
	for _, r := range rows {
		p := truthPair{variant: filepath.Base(variants) + "/" + r["variant"], original: filepath.Base(photos) + "/" + r["original"], kind: r["transform"]}
		for name, side := range map[string]*float64{"x0": &p.box.x0, "y0": &p.box.y0, "x1": &p.box.x1, "y1": &p.box.y1} {
			if *side, err = strconv.ParseFloat(r[name], 64); err != nil {
				return nil, fmt.Errorf("truth of %s: %w", p.variant, err)
			}
		}
		t.rows = append(t.rows, p)
		t.shows[p.variant] = append(t.shows[p.variant], p.original)
	}
	return t, nil
}

// originalsIn are the originals that a picture shows; an original shows itself.
func (t *likenessTruth) originalsIn(path string) []string {
	if shown, ok := t.shows[path]; ok {
		return shown
	}
	return []string{path}
}

// share tells whether two pictures show an original in common.
func (t *likenessTruth) share(a, b string) bool {
	other := t.originalsIn(b)
	return slices.ContainsFunc(t.originalsIn(a), func(o string) bool { return slices.Contains(other, o) })
}

// oneScene tells whether two pictures show different photographs of one place.
func (t *likenessTruth) oneScene(a, b string) bool {
	for _, o := range t.originalsIn(a) {
		for _, p := range t.originalsIn(b) {
			if o != p && t.group[o] != "" && t.group[o] == t.group[p] {
				return true
			}
		}
	}
	return false
}

// negatives counts the pairs that must not match: a variant and an original
// that it does not show, two originals, two variants of different originals.
func (t *likenessTruth) negatives() int {
	var variants []string
	n := len(t.originals) * (len(t.originals) - 1) / 2
	for v, shown := range t.shows {
		variants = append(variants, v)
		n += len(t.originals) - len(shown)
	}
	for i, v := range variants {
		for _, w := range variants[:i] {
			if !t.share(v, w) {
				n++
			}
		}
	}
	return n
}

// mixedClusters are those whose members have no original in common.
func (t *likenessTruth) mixedClusters(clusters []likeCluster) (mixed []likeCluster) {
	for _, c := range clusters {
		common := slices.Clone(t.originalsIn(c.Members[0]))
		for _, m := range c.Members[1:] {
			shown := t.originalsIn(m)
			common = slices.DeleteFunc(common, func(o string) bool { return !slices.Contains(shown, o) })
		}
		if len(common) == 0 {
			mixed = append(mixed, c)
		}
	}
	return mixed
}

// scenePairs are the pairs of originals that show one place, by place.
func (t *likenessTruth) scenePairs() map[string][]pair {
	pairs := map[string][]pair{}
	for i, a := range t.originals {
		for _, b := range t.originals[:i] {
			if t.oneScene(a, b) {
				pairs[t.group[a]] = append(pairs[t.group[a]], pairOf(a, b))
			}
		}
	}
	return pairs
}
