package match

import (
	"cmp"
	"slices"
	"time"

	"github.com/firsthand-media/firsthand/extract"
	"github.com/firsthand-media/firsthand/extract/source"
	"github.com/firsthand-media/firsthand/verify"
)

// idDigits is how much of the smallest digest names a cluster.
const idDigits = 8

// makeClusters joins items by matches that cover the whole of both. A cluster
// has at least two sightings; the same bytes at two paths are one too.
func makeClusters(items []verify.Item, found []verify.Match) []verify.Cluster {
	at := make(map[verify.Digest]int, len(items))
	for i := range items {
		at[items[i].Digest] = i
	}
	parent := make([]int, len(items))
	for i := range parent {
		parent[i] = i
	}
	find := func(i int) int {
		for parent[i] != i {
			parent[i] = parent[parent[i]]
			i = parent[i]
		}
		return i
	}
	for _, m := range found {
		if m.WholeOfBoth {
			a, b := find(at[m.DigestA]), find(at[m.DigestB])
			parent[max(a, b)] = min(a, b)
		}
	}
	members := make([][]*verify.Item, len(items))
	for i := range items {
		r := find(i)
		members[r] = append(members[r], &items[i])
	}
	var out []verify.Cluster
	taken := map[string]bool{}
	for _, m := range members {
		if c, ok := newCluster(m); ok {
			out = append(out, c)
		}
	}
	nameClusters(out, taken)
	slices.SortFunc(out, func(a, b verify.Cluster) int { return cmp.Compare(a.Members[0], b.Members[0]) })
	return out
}

func newCluster(items []*verify.Item) (verify.Cluster, bool) {
	var c verify.Cluster
	var all []copyOf
	for _, it := range items {
		c.Digests = append(c.Digests, it.Digest)
		for i := range it.Sightings {
			all = append(all, copyOf{it, &it.Sightings[i]})
		}
	}
	if len(all) < 2 {
		return c, false
	}
	slices.SortFunc(all, func(a, b copyOf) int { return cmp.Compare(a.sighting.Path, b.sighting.Path) })
	for _, s := range all {
		c.Members = append(c.Members, s.sighting.Path)
	}
	slices.Sort(c.Digests)
	c.EarliestTrusted = earliest(all, func(t extract.Time) bool {
		return t.Trust == extract.TrustDevice || t.Trust == extract.TrustPlatform
	})
	c.EarliestClaimed = earliest(all, func(t extract.Time) bool { return t.Trust != extract.TrustNone })
	best := slices.MinFunc(all, func(a, b copyOf) int {
		return cmp.Or(cmp.Compare(b.pixels(), a.pixels()), cmp.Compare(b.item.Size, a.item.Size), cmp.Compare(a.sighting.Path, b.sighting.Path))
	})
	c.BestCopy = source.Text(best.sighting.Path)
	return c, true
}

// nameClusters names each cluster after its smallest digest, with more digits
// where two would be alike.
func nameClusters(clusters []verify.Cluster, taken map[string]bool) {
	slices.SortFunc(clusters, func(a, b verify.Cluster) int { return cmp.Compare(a.Digests[0], b.Digests[0]) })
	for i := range clusters {
		d := string(clusters[i].Digests[0])
		n := min(idDigits, len(d))
		for n < len(d) && taken["C-"+d[:n]] {
			n++
		}
		clusters[i].ID = "C-" + d[:n]
		taken[clusters[i].ID] = true
	}
}

// copyOf is one sighting of one member.
type copyOf struct {
	item     *verify.Item
	sighting *verify.Sighting
}

func (c copyOf) pixels() int {
	w, h := c.item.Media.Width, c.item.Media.Height
	if w == nil || h == nil {
		return 0
	}
	return *w * *h
}

// earliest is the path of the sighting that certainly existed first: the least
// upper bound among the times that count. What the bytes say holds for each of
// an item's sightings; then the sighting's own times decide, then the path.
func earliest(all []copyOf, counts func(extract.Time) bool) source.Text {
	var best copyOf
	var bound, own time.Time
	for _, c := range all {
		mine := leastBound(time.Time{}, c.sighting.Times, counts)
		b := leastBound(mine, c.item.Media.Times, counts)
		if b.IsZero() {
			continue
		}
		if best.item == nil || b.Before(bound) || b.Equal(bound) && before(mine, own) {
			best, bound, own = c, b, mine
		}
	}
	if best.item == nil {
		return ""
	}
	return source.Text(best.sighting.Path)
}

// before puts the unknown time last.
func before(a, b time.Time) bool {
	return !a.IsZero() && (b.IsZero() || a.Before(b))
}

func leastBound(bound time.Time, times []extract.Time, counts func(extract.Time) bool) time.Time {
	for _, t := range times {
		if t.Kind == extract.Modified || t.Kind == extract.FileSystem || t.IsInferred() || !counts(t) || t.Latest.IsZero() {
			continue // when the file was changed or copied, not when it existed first; or nobody's claim
		}
		if bound.IsZero() || t.Latest.Before(bound) {
			bound = t.Latest
		}
	}
	return bound
}
