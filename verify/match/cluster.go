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

// clusters joins items by links that cover the whole of both. A cluster has at
// least two sightings; the same bytes at two paths are one too.
func (s *search) clusters(links []link) []verify.Cluster {
	sets := s.joined(links, (*link).whole, s.said.same...)
	members := make([][]*verify.Item, len(s.items))
	for i := range s.items {
		r := sets.find(i)
		members[r] = append(members[r], &s.items[i])
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

// forest is sets of items, each named by its first.
type forest []int

func newForest(n int) forest {
	f := make(forest, n)
	for i := range f {
		f[i] = i
	}
	return f
}

func (f forest) find(i int) int {
	for f[i] != i {
		f[i] = f[f[i]]
		i = f[i]
	}
	return i
}

func (f forest) join(a, b int) {
	a, b = f.find(a), f.find(b)
	f[max(a, b)] = min(a, b)
}

// joined puts items into sets: first the pairs given, then by the links that
// count, the strongest first. Where a person has said that two items
// are not the same, the link that would bring them into one set is left out: the
// weakest on the way between them.
func (s *search) joined(links []link, counts func(*link) bool, pairs ...[2]int) forest {
	sets := newForest(len(s.items))
	var use []*link
	for i := range links {
		if counts(&links[i]) {
			use = append(use, &links[i])
		}
	}
	slices.SortStableFunc(use, func(p, q *link) int { return cmp.Compare(q.score(), p.score()) })
	enemies := make([]map[int]bool, len(s.items)) // of each set, by its name
	for _, p := range s.said.foes {
		enemies[p[0]], enemies[p[1]] = with(enemies[p[0]], p[1]), with(enemies[p[1]], p[0])
	}
	for _, p := range pairs {
		sets.joinUnless(p[0], p[1], enemies)
	}
	for _, l := range use {
		sets.joinUnless(l.a, l.b, enemies)
	}
	return sets
}

// joinUnless joins the sets of a and b if neither holds an enemy of the other.
// enemies names items, of which each set has its own.
func (f forest) joinUnless(a, b int, enemies []map[int]bool) {
	a, b = f.find(a), f.find(b)
	for e := range enemies[a] {
		if f.find(e) == b {
			return
		}
	}
	f.join(a, b)
	if kept, gone := min(a, b), max(a, b); kept != gone {
		for e := range enemies[gone] {
			enemies[kept] = with(enemies[kept], e)
		}
	}
}

func with(set map[int]bool, i int) map[int]bool {
	if set == nil {
		set = map[int]bool{}
	}
	set[i] = true
	return set
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
