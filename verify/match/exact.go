package match

import (
	"slices"

	"github.com/firsthand-media/firsthand/extract"
	"github.com/firsthand-media/firsthand/verify"
)

// exact is the same bytes at two paths.
func exact(a, b string, d verify.Digest) verify.Match {
	whole := [][2]float64{{0, 0}, {1, 0}, {1, 1}, {0, 1}}
	return verify.Match{
		A: a, B: b, Relation: verify.Exact, AIs: "same", Transform: verify.Transform{Scale: 1},
		RegionA: whole, RegionB: slices.Clone(whole), Score: 1, Why: "the files are equal byte for byte",
		DigestA: d, DigestB: d, WholeOfBoth: true,
	}
}

// maxExactPairs: above so many sightings of one item each is paired with the
// first only, because n sightings have n(n-1)/2 pairs that all say the same.
const maxExactPairs = 32

func sightingPairs(it *verify.Item) []verify.Match {
	paths := make([]string, len(it.Sightings))
	for i, s := range it.Sightings {
		paths[i] = s.Path
	}
	slices.Sort(paths)
	var out []verify.Match
	for i := range paths {
		for j := i + 1; j < len(paths); j++ {
			if i == 0 || len(paths) <= maxExactPairs {
				m := exact(paths[i], paths[j], it.Digest)
				if k := it.Media.Kind; k != extract.Image && k != extract.Video {
					m.RegionA, m.RegionB = [][2]float64{}, [][2]float64{}
				}
				out = append(out, m)
			}
		}
	}
	return out
}
