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

// sets lists the sets by their smallest member, each in order.
func (f *forest) sets() [][]int {
	at := make([]int, len(f.parent))
	var out [][]int
	for i := range f.parent {
		root := f.find(i) // the smallest: union keeps it
		if root == i {
			at[i] = len(out)
			out = append(out, nil)
		}
		out[at[root]] = append(out[at[root]], i)
	}
	return out
}
