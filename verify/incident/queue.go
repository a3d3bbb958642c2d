package incident

// candidate is a merge that may be made, as it stood when it was found.
type candidate struct {
	bits       float64
	a, b       int // groups
	verA, verB int
}

type queue []candidate

func (q queue) Len() int      { return len(q) }
func (q queue) Swap(i, j int) { q[i], q[j] = q[j], q[i] }
func (q *queue) Push(x any)   { *q = append(*q, x.(candidate)) }
func (q *queue) Pop() any {
	old := *q
	x := old[len(old)-1]
	*q = old[:len(old)-1]
	return x
}

// Less puts the best merge first, ties by the smaller groups' numbers, which
// are those of their smallest digests.
func (q queue) Less(i, j int) bool {
	x, y := q[i], q[j]
	if x.bits != y.bits {
		return x.bits > y.bits
	}
	if x.a != y.a {
		return x.a < y.a
	}
	return x.b < y.b
}
