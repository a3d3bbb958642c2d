package main

import (
	"maps"
	"math"
	"math/bits"
	"slices"
)

// division is a division of clusters and incidents into blocks; see [clicks].
// Its nodes are the clusters first, then the incidents, and a block has the
// number of its first node.
type division struct {
	clusters int
	strays   []bool        // by cluster: it holds files of no incident
	nodes    [][]int       // of a block, nil when it was joined to another
	between  []map[int]int // by block: files that it shares with other blocks, copies counted once
}

// newDivision puts every cluster and every incident into a block of its own.
// Clusters without a file of an incident need no action and are left out.
func newDivision(files []scoredFile, copies map[string]string) (d *division, incidents int) {
	cluster, event := map[string]int{}, map[string]int{}
	for i := range files {
		if f := &files[i]; f.ofIncident() {
			number(cluster, f.cluster)
			number(event, f.event)
		}
	}
	n := len(cluster) + len(event)
	d = &division{len(cluster), make([]bool, len(cluster)), make([][]int, n), make([]map[int]int, n)}
	for i := range n {
		d.nodes[i], d.between[i] = []int{i}, map[int]int{}
	}
	type unit struct{ copies, cluster, event string }
	counted := map[unit]bool{}
	for i := range files {
		f := &files[i]
		c, ok := cluster[f.cluster]
		if !ok {
			continue
		}
		if !f.ofIncident() {
			d.strays[c] = true
			continue
		}
		u := unit{copies[f.file], f.cluster, f.event}
		if u.copies == "" {
			u.copies = "file:" + f.file
		}
		if !counted[u] {
			counted[u] = true
			e := d.clusters + event[f.event]
			d.between[c][e]++
			d.between[e][c]++
		}
	}
	return d, len(event)
}

func number(of map[string]int, name string) {
	if _, ok := of[name]; !ok {
		of[name] = len(of)
	}
}

// sizes counts the clusters and incidents among nodes, and says whether any of
// the clusters holds files of no incident.
func (d *division) sizes(nodes []int) (clusters, incidents int, strays bool) {
	for _, n := range nodes {
		if n >= d.clusters {
			incidents++
			continue
		}
		clusters++
		strays = strays || d.strays[n]
	}
	return clusters, incidents, strays
}

// cost is the merges and splits that a block takes. One more split is for all
// of its files of no incident.
func (d *division) cost(nodes []int) int {
	clusters, incidents, strays := d.sizes(nodes)
	switch {
	case clusters == 0 || incidents == 0:
		return 0
	case strays:
		return clusters + incidents - 1
	}
	return clusters + incidents - 2
}

// mostExact is how many blocks that hang together are divided in the best of
// all ways: the work is 3 to the power of their number.
const mostExact = 14

// least joins the blocks whose joining takes fewer actions.
//
// Joining two blocks saves the files between them and costs two actions at
// most, so blocks with two files between them are always joined. A node alone
// that shares one file with a single block costs one action at most where it
// joins it, so it joins, unless files of no incident come with it. What hangs
// together after that is divided in the best of all ways. Where that is more
// than [mostExact] blocks, first a cluster alone and an incident alone are
// joined, which costs nothing, for as long as there are such; the count may
// then be above the least, never below it.
func (d *division) least() {
	for joined := true; joined; {
		joined = false
		d.joinCertain()
		for _, part := range d.parts() {
			if len(part) > mostExact && d.joinLone(part) {
				joined = true
			}
		}
	}
	for _, part := range d.parts() {
		if len(part) > mostExact {
			d.joinWhole(part)
		} else {
			d.joinBest(part)
		}
	}
}

// joinLone joins the cluster alone and the incident alone, of those that cost
// nothing together, that have fewest others to join.
func (d *division) joinLone(part []int) bool {
	best, x, y := 0, -1, -1
	for _, a := range part {
		if a >= d.clusters || len(d.nodes[a]) != 1 || d.strays[a] {
			continue
		}
		for _, b := range slices.Sorted(maps.Keys(d.between[a])) {
			choices := min(len(d.between[a]), len(d.between[b]))
			if len(d.nodes[b]) == 1 && (x < 0 || choices < best) {
				best, x, y = choices, a, b
			}
		}
	}
	if x >= 0 {
		d.join(x, y)
	}
	return x >= 0
}

// joinCertain joins two blocks at a time where that never takes more actions.
func (d *division) joinCertain() {
	for joined := true; joined; {
		joined = false
		for a := range d.nodes {
			for b := d.certain(a); b >= 0; b = d.certain(a) {
				d.join(a, b)
				joined = true
			}
		}
	}
}

// certain gives a block that the block a joins for certain, or -1.
func (d *division) certain(a int) int {
	for _, b := range slices.Sorted(maps.Keys(d.between[a])) {
		if d.between[a][b] >= 2 || d.hangsOn(a) || d.hangsOn(b) {
			return b
		}
	}
	return -1
}

// hangsOn tells whether a block is a lone node with one neighbour, that brings
// no files of no incident.
func (d *division) hangsOn(a int) bool {
	_, _, strays := d.sizes(d.nodes[a])
	return len(d.nodes[a]) == 1 && len(d.between[a]) == 1 && !strays
}

// join makes one block of two.
func (d *division) join(a, b int) {
	if b < a {
		a, b = b, a
	}
	d.nodes[a] = append(d.nodes[a], d.nodes[b]...)
	for c, units := range d.between[b] {
		delete(d.between[c], b)
		if c != a {
			d.between[a][c] += units
			d.between[c][a] += units
		}
	}
	d.nodes[b], d.between[b] = nil, nil
}

// parts lists the blocks that hang together, in order.
func (d *division) parts() (parts [][]int) {
	seen := make([]bool, len(d.nodes))
	for first, nodes := range d.nodes {
		if nodes == nil || seen[first] {
			continue
		}
		seen[first] = true
		part := []int{first}
		for i := 0; i < len(part); i++ {
			for _, c := range slices.Sorted(maps.Keys(d.between[part[i]])) {
				if !seen[c] {
					seen[c] = true
					part = append(part, c)
				}
			}
		}
		slices.Sort(part)
		parts = append(parts, part)
	}
	return parts
}

// joinWhole joins all of a part, where that is less than leaving it apart.
func (d *division) joinWhole(part []int) {
	var all []int
	apart, between := 0, 0
	for _, b := range part {
		all = append(all, d.nodes[b]...)
		apart += d.cost(d.nodes[b])
		for _, units := range d.between[b] {
			between += units
		}
	}
	if d.cost(all) < apart+between/2 {
		for _, b := range part[1:] {
			d.join(part[0], b)
		}
	}
}

// joinBest divides a part in the best of all ways. A set of its blocks is a
// number with a bit for each: the best division of a set is that of a block
// with its first member and the best division of the rest.
func (d *division) joinBest(part []int) {
	sets := 1 << len(part)
	within := make([]int, sets) // actions of a set as one block, less the files that need not move
	best := make([]int, sets)
	block := make([]int, sets) // with the first member, in the best division
	for set := 1; set < sets; set++ {
		within[set] = d.within(part, set)
		first := set & -set
		rest := set ^ first
		best[set] = math.MaxInt
		for with := rest; ; with = (with - 1) & rest { // all subsets, the empty one last
			if n := within[first|with] + best[rest^with]; n < best[set] {
				best[set], block[set] = n, first|with
			}
			if with == 0 {
				break
			}
		}
	}
	for set := sets - 1; set > 0; set ^= block[set] {
		first := bits.TrailingZeros(uint(block[set]))
		for i := first + 1; i < len(part); i++ {
			if block[set]>>i&1 == 1 {
				d.join(part[first], part[i])
			}
		}
	}
}

// within is what a set of a part's blocks takes when joined, less the files
// that then need not be moved.
func (d *division) within(part []int, set int) int {
	var all []int
	saved := 0
	for i, b := range part {
		if set>>i&1 == 0 {
			continue
		}
		all = append(all, d.nodes[b]...)
		for j := range i {
			if set>>j&1 == 1 {
				saved += d.between[b][part[j]]
			}
		}
	}
	return d.cost(all) - saved
}
