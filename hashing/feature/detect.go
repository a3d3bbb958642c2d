package feature

import "math"

// keypoint is a maximum of the response over place and scale, in the steps in
// which a point is kept.
type keypoint struct {
	x, y, scale int
	level       int
	strength    int64
}

// detect finds the keypoints of all levels.
func (p *pyramid) detect() {
	p.found = p.found[:0]
	for k := range p.levels {
		v := &p.levels[k]
		for y := margin; y < v.h-margin; y++ {
			row := v.response[y*v.w+margin-1:][:v.w-2*margin+2]
			up, low := v.response[(y-1)*v.w+margin-1:][:len(row)], v.response[(y+1)*v.w+margin-1:][:len(row)]
			// One branch that is rarely taken, in place of nine that are chance:
			// the greatest of each column of three, of the last three columns.
			before := max(up[0], row[0], low[0])
			here := max(up[1], row[1], low[1])
			for x := 1; x < len(row)-1; x++ {
				after := max(up[x+1], row[x+1], low[x+1])
				r, most := row[x], max(before, here, after, leastResponse)
				before, here = here, after
				if r < most {
					continue
				}
				// Of equal neighbours the first counts.
				if r == row[x-1] || r == up[x-1] || r == up[x] || r == up[x+1] {
					continue
				}
				if q, ok := p.refined(k, x+margin-1, y); ok {
					p.found = append(p.found, q)
				}
			}
		}
	}
}

// refined is the keypoint at a maximum of level k, if none of its neighbours
// in scale is stronger, at the vertex of the parabola through each axis.
func (p *pyramid) refined(k, x, y int) (keypoint, bool) {
	v := &p.levels[k]
	dx, dy, r := v.summit(y*v.w + x)
	finer, coarser := r, r // a first or last level stands on its own
	if k > 0 {
		if finer = p.levels[k-1].strongest(v, x, y, r); finer > r {
			return keypoint{}, false
		}
	}
	if k+1 < len(p.levels) {
		if coarser = p.levels[k+1].strongest(v, x, y, r); coarser >= r {
			return keypoint{}, false
		}
	}
	if k == 0 {
		finer = coarser
	} else if k+1 == len(p.levels) {
		coarser = finer
	}
	dk, _ := vertex(finer, r, coarser)
	return keypoint{
		x: placeStep(x, dx, v.w), y: placeStep(y, dy, v.h),
		scale:    k*scaleParts + min((halfUnit+dk)*scaleParts>>16, scaleParts-1),
		level:    k,
		strength: r,
	}, true
}

// halfUnit is half a pixel, or half a level, in 1<<16 of it.
const halfUnit = 1 << 15

// placeStep is the step, of n pixels, that lies d behind the middle of pixel i.
func placeStep(i, d, n int) int {
	at := (int64(i)<<16 + halfUnit + int64(d)) * placeSteps
	return int(min(at/(int64(n)<<16), placeSteps-1))
}

// strongest is the greatest response of v around the place that pixel (x, y) of
// from shows, or one above limit if there is such a one.
func (v *level) strongest(from *level, x, y int, limit int64) int64 {
	// Division of 32 bits takes a third of the time.
	cx := max(2, min(int(uint32((2*x+1)*v.w)/uint32(2*from.w)), v.w-3))
	cy := max(2, min(int(uint32((2*y+1)*v.h)/uint32(2*from.h)), v.h-3))
	if r := int64(v.response[cy*v.w+cx]); r > limit { // mostly enough to see it
		return r
	}
	most, at := int32(math.MinInt32), 0
	for j := cy - 1; j <= cy+1; j++ {
		for i, r := range v.response[j*v.w+cx-1:][:3] {
			if r > most {
				most, at = r, j*v.w+cx-1+i
			}
		}
	}
	if int64(most) > limit {
		return int64(most)
	}
	_, _, r := v.summit(at)
	return r
}

// summit is where the response has its greatest around pixel i, from its
// centre in 1<<16 of a pixel, and how great it is there. Two levels show a blob
// at different phases of their pixels: without it the scale would be chance.
func (v *level) summit(i int) (dx, dy int, r int64) {
	at := int64(v.response[i])
	dx, rx := vertex(int64(v.response[i-1]), at, int64(v.response[i+1]))
	dy, ry := vertex(int64(v.response[i-v.w]), at, int64(v.response[i+v.w]))
	return dx, dy, at + rx + ry
}

// vertex is where, from -1/2 to 1/2 in units of 1<<16, the parabola through
// three equidistant values has its greatest, and by how much that exceeds the
// middle one.
func vertex(before, at, after int64) (place int, rise int64) {
	curve, slope := 2*at-before-after, after-before
	if curve <= 0 {
		return 0, 0
	}
	d := max(-halfUnit, min(slope<<15/curve, halfUnit))
	return int(d), d * slope >> 18
}
