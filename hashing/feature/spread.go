package feature

import "slices"

// lists is the number of grid cells in all bands of scale.
const lists = bands * cells * cells

// list says to which cell of which band a keypoint belongs.
func (q *keypoint) list() int {
	band := min(q.level/bandLevels, bands-1)
	return (band*cells+q.y*cells/placeSteps)*cells + q.x*cells/placeSteps
}

// ranking is a keypoint's strength above, for equals, how early it was found:
// 20 bits for at most a quarter of a million pixels in 16 levels.
type ranking uint64

const foundBits = 20

func (q *keypoint) ranking(i int) ranking {
	return ranking(q.strength)<<foundBits | ranking(1<<foundBits-1-i)
}

// keypoint is the number of the ranked keypoint among those found.
func (r ranking) keypoint() int { return 1<<foundBits - 1 - int(r&(1<<foundBits-1)) }

// spread puts as many keypoints as are kept into the order in which they are
// kept: the strongest of every cell and band of scale first, then every second,
// and so on; inside a round the strongest first.
func (p *pyramid) spread() {
	var ends [lists + 1]int
	for i := range p.found {
		ends[p.found[i].list()+1]++
	}
	for c := range lists {
		ends[c+1] += ends[c]
	}
	p.ranked = room(p.ranked, len(p.found))
	next := ends
	for i := range p.found {
		c := p.found[i].list()
		p.ranked[next[c]] = p.found[i].ranking(i)
		next[c]++
	}
	for c := range lists {
		slices.Sort(p.ranked[ends[c]:ends[c+1]])
	}
	p.order = p.order[:0]
	for round, more := 1, true; more && len(p.order) < Kept; round++ {
		begin := len(p.order)
		for c := range lists {
			if at := ends[c+1] - round; at >= ends[c] {
				p.order = append(p.order, p.ranked[at])
			}
		}
		slices.Sort(p.order[begin:])
		slices.Reverse(p.order[begin:])
		more = len(p.order) > begin
	}
}
