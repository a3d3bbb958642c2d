package index

// walk visits cells from the nearest to a place outwards: the multi-sequence
// algorithm of the inverted multi-index. Its memory is used again.
type walk struct {
	// lists hold, for each group, the distances of the centroids with their
	// numbers, 9 low bits: the first sorted[g] in order, the others a heap.
	lists    [groups]distances
	sorted   [groups][]uint64
	frontier distances
}

const numberBits = 9

// start begins at a place.
func (w *walk) start(p *partition, at *place) {
	for g := range groups {
		list := w.lists[g][:0]
		for c := range p.centres[g] {
			list = append(list, uint64(squared(&p.centres[g][c], &at[g]))<<numberBits|uint64(c))
		}
		w.lists[g] = list
		list.heapify()
		w.sorted[g] = w.sorted[g][:0]
	}
	w.frontier = w.frontier[:0]
	w.reach(0, 0)
}

// next is the next cell; false when there are no more.
func (w *walk) next() (cell uint32, ok bool) {
	if len(w.frontier) == 0 {
		return 0, false
	}
	top := w.frontier.pop()
	i, j := int(top>>numberBits&(centroids-1)), int(top&(centroids-1))
	w.reach(i, j+1)
	if j == 0 {
		w.reach(i+1, 0)
	}
	const number = centroids - 1
	return uint32(w.sorted[0][i]&number*centroids + w.sorted[1][j]&number), true
}

// reach puts the cell of the i-th nearest centroid of the first group and the
// j-th of the second on the frontier.
func (w *walk) reach(i, j int) {
	if i == centroids || j == centroids {
		return
	}
	for g, n := range [groups]int{i, j} {
		if n == len(w.sorted[g]) {
			w.sorted[g] = append(w.sorted[g], w.lists[g].pop())
		}
	}
	sum := w.sorted[0][i]>>numberBits + w.sorted[1][j]>>numberBits
	w.frontier.push(sum<<(2*numberBits) | uint64(i)<<numberBits | uint64(j))
}

// distances is a heap with the least on top.
type distances []uint64

func (h distances) heapify() {
	for i := len(h)/2 - 1; i >= 0; i-- {
		h.down(i)
	}
}

func (h *distances) push(v uint64) {
	*h = append(*h, v)
	s := *h
	i := len(s) - 1
	for i > 0 {
		up := (i - 1) / 2
		if s[up] <= v {
			break
		}
		s[i] = s[up]
		i = up
	}
	s[i] = v
}

func (h *distances) pop() uint64 {
	s := *h
	top := s[0]
	s[0] = s[len(s)-1]
	*h = s[:len(s)-1]
	if len(*h) > 1 {
		h.down(0)
	}
	return top
}

func (h distances) down(i int) {
	v := h[i]
	for {
		child := 2*i + 1
		if child >= len(h) {
			break
		}
		if child+1 < len(h) && h[child+1] < h[child] {
			child++
		}
		if h[child] >= v {
			break
		}
		h[i] = h[child]
		i = child
	}
	h[i] = v
}
