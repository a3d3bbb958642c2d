package incident

// forest is a disjoint-set forest (Tarjan, 1975).
type forest struct {
	parent []int
}

func newForest(n int) *forest {
	f := &forest{parent: make([]int, n)}
	for i := range f.parent {
		f.parent[i] = i
	}
	return f
}

func (f *forest) find(i int) int {
	for f.parent[i] != i {
		f.parent[i] = f.parent[f.parent[i]]
		i = f.parent[i]
	}
	return i
}

// union keeps the smaller index as the root, so that the result does not
// depend on the order of calls.
func (f *forest) union(i, j int) {
	i, j = f.find(i), f.find(j)
	if i == j {
		return
	}
	if j < i {
		i, j = j, i
	}
	f.parent[j] = i
}
