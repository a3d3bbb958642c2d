package assess

import (
	"slices"

	"github.com/firsthand-media/firsthand/verify"
)

// Graphic is how graphic an item is: what a person said of it or of a copy.
type Graphic struct {
	Level int           `json:"level"` // 0 none, 1 and 2 moderate, 3 severe
	Basis string        `json:"basis"` // stated (of the item itself) or derived (from a copy)
	From  verify.Digest `json:"from"`  // the item it was said of
}

// The bases of a graphic level.
const (
	Stated  = "stated"
	Derived = "derived"
)

// GraphicLevels gives the level of each item of which anything was said, of
// itself or of a copy: an item is never shown as milder than any copy of it, so
// that each picture need be seen by one person at most. Copies are the items of
// one cluster. What a frame or a part of an item is, is not a copy: a video may
// be far worse than one picture from it.
func GraphicLevels(clusters []verify.Cluster, reviews []Review) map[verify.Digest]Graphic {
	out := map[verify.Digest]Graphic{}
	for _, r := range reviews {
		if l := r.Marks.Graphic; l != nil {
			out[r.Item] = Graphic{Level: *l, Basis: Stated, From: r.Item}
		}
	}
	for _, members := range together(clusters) {
		worst, found := worstOf(members, out)
		if !found {
			continue
		}
		for _, d := range members {
			if have, ok := out[d]; !ok || have.Level < worst.Level {
				out[d] = Graphic{Level: worst.Level, Basis: Derived, From: worst.From}
			}
		}
	}
	return out
}

// worstOf gives the highest level that was stated of any member, the first of
// equals in order.
func worstOf(members []verify.Digest, levels map[verify.Digest]Graphic) (worst Graphic, found bool) {
	for _, d := range members {
		if g, ok := levels[d]; ok && g.Basis == Stated && (!found || g.Level > worst.Level) {
			worst, found = g, true
		}
	}
	return worst, found
}

// together joins clusters that share an item, each in order.
func together(clusters []verify.Cluster) [][]verify.Digest {
	parent := map[verify.Digest]verify.Digest{}
	root := func(d verify.Digest) verify.Digest {
		for parent[d] != d {
			parent[d] = parent[parent[d]]
			d = parent[d]
		}
		return d
	}
	for _, c := range clusters {
		for _, d := range c.Digests {
			if _, ok := parent[d]; !ok {
				parent[d] = d
			}
			parent[root(d)] = root(c.Digests[0])
		}
	}
	of := map[verify.Digest][]verify.Digest{}
	var roots []verify.Digest
	for d := range parent {
		r := root(d)
		if of[r] == nil {
			roots = append(roots, r)
		}
		of[r] = append(of[r], d)
	}
	slices.Sort(roots)
	out := make([][]verify.Digest, 0, len(roots))
	for _, r := range roots {
		slices.Sort(of[r])
		out = append(out, of[r])
	}
	return out
}
