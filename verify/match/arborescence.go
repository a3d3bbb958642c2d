package match

// arc is a step from one node to another.
type arc struct {
	from, to int
	cost     float64
	pair     int // what it stands for, to the caller
}

// arborescence chooses for every node but the root the arc by which it is
// reached, so that all are reached from the root at the least cost. It gives
// the index of each node's arc, -1 for the root. Every node must have an arc
// from the root. Of equal costs the earlier arc is taken.
//
// It takes the cheapest arc into each node, draws every circle that they make
// together into one node and does the same again (Chu and Liu, 1965; Edmonds,
// 1967).
func arborescence(nodes, root int, arcs []arc) []int {
	best := cheapest(nodes, root, arcs)
	group, groups, circles := circlesOf(nodes, root, arcs, best)
	if circles == 0 {
		return best
	}
	inCircle := make([]bool, groups)
	size := make([]int, groups)
	for i := range nodes {
		size[group[i]]++
		inCircle[group[i]] = size[group[i]] > 1
	}
	var smaller []arc
	var origin []int // of each smaller arc
	for i, a := range arcs {
		from, to := group[a.from], group[a.to]
		if from == to || a.to == root {
			continue
		}
		cost := a.cost
		if inCircle[to] {
			cost -= arcs[best[a.to]].cost // which it would take the place of
		}
		smaller = append(smaller, arc{from: from, to: to, cost: cost})
		origin = append(origin, i)
	}
	for _, s := range arborescence(groups, group[root], smaller) {
		if s >= 0 {
			best[arcs[origin[s]].to] = origin[s]
		}
	}
	return best
}

// cheapest is the cheapest arc into each node.
func cheapest(nodes, root int, arcs []arc) []int {
	best := make([]int, nodes)
	for i := range best {
		best[i] = -1
	}
	for i, a := range arcs {
		if a.to != root && a.from != a.to && (best[a.to] < 0 || a.cost < arcs[best[a.to]].cost) {
			best[a.to] = i
		}
	}
	return best
}

// circlesOf gives the nodes of each circle one number and every other node its
// own.
func circlesOf(nodes, root int, arcs []arc, best []int) (group []int, groups, circles int) {
	group, walk := make([]int, nodes), make([]int, nodes)
	for i := range group {
		group[i], walk[i] = -1, -1
	}
	for start := range nodes {
		i := start
		for i != root && walk[i] < 0 && group[i] < 0 {
			walk[i] = start
			i = arcs[best[i]].from
		}
		if i == root || group[i] >= 0 || walk[i] != start {
			continue
		}
		for j := i; group[j] < 0; j = arcs[best[j]].from {
			group[j] = groups
		}
		groups++
		circles++
	}
	for i := range group {
		if group[i] < 0 {
			group[i] = groups
			groups++
		}
	}
	return group, groups, circles
}
