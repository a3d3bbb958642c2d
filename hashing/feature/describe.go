package feature

import (
	"math"
	"sync"
)

// Field is a square of the patch over which brightness is averaged: U along
// the point's direction, V across it, in pixels of the point's level, R pixels
// to each side of its middle.
type Field struct{ U, V, R int8 }

// Comparison is one bit: whether A is darker than B. Its partner in the couple
// has the V of both negated.
type Comparison struct{ A, B Field }

// Mirrored is the partner of c.
func (c Comparison) Mirrored() Comparison {
	c.A.V, c.B.V = -c.A.V, -c.B.V
	return c
}

// sine is the sine of each step of the circle, times 1<<16.
var sine = sync.OnceValue(func() *[angleSteps]int {
	var t [angleSteps]int
	for i := range t {
		t[i] = int(math.Round(math.Sin(2*math.Pi*float64(i)/angleSteps) * (1 << 16)))
	}
	return &t
})

// zoom is by how much a scale step inside a level stretches the patch, times
// 1<<12.
var zoom = sync.OnceValue(func() *[scaleParts]int {
	var t [scaleParts]int
	for i := range t {
		t[i] = int(math.Round(math.Pow(ratio, (float64(i)+0.5)/scaleParts-0.5) * (1 << 12)))
	}
	return &t
})

// Patch is the neighbourhood of a keypoint, turned and scaled with it, as sums
// over everything above and left of each place. Row and column 0 are zeros; the
// room after column patchSide and row patchSide is not used, and is there so
// that an index masked by patchMask needs no further check.
type Patch [patchMask + 1]uint32

const (
	patchStride = 32 // a power of two above patchSide
	patchMask   = patchStride*patchStride - 1
)

// cut fills t with the patch around q turned by angle.
func (t *Patch) cut(v *level, q *keypoint, angle int) {
	z := zoom()[q.scale%scaleParts]
	sin, cos := sine()[angle]*z>>12, sine()[(angle+angleSteps/4)%angleSteps]*z>>12
	// Places in 1/65536 of a pixel, pixel centres at whole numbers.
	const one = 1 << 16
	x0 := (2*q.x+1)*v.w*(one/(2*placeSteps)) - one/2
	y0 := (2*q.y+1)*v.h*(one/(2*placeSteps)) - one/2
	for j := range patchSide {
		// Row j lies at j - PatchRadius across the direction.
		x := x0 - PatchRadius*cos - (j-PatchRadius)*sin
		y := y0 - PatchRadius*sin + (j-PatchRadius)*cos
		above := t[j*patchStride+1:][:patchSide]
		out := t[(j+1)*patchStride+1:][:patchSide]
		if v.holds(x, y) && v.holds(x+(patchSide-1)*cos, y+(patchSide-1)*sin) {
			v.along(out, x, y, cos, sin)
		} else {
			v.alongEdge(out, x, y, cos, sin)
		}
		sum := uint32(0)
		for i := range out {
			sum += out[i]
			out[i] = sum + above[i]
		}
	}
}

// holds says whether (x, y), in 1/65536 of a pixel, has pixels on all sides.
func (v *level) holds(x, y int) bool {
	return x >= 0 && y >= 0 && x < (v.w-1)<<16 && y < (v.h-1)<<16
}

// along interpolates soft on a line from (x, y) on, in 1/65536 of a pixel, that
// lies inside the level.
func (v *level) along(out []uint32, x, y, dx, dy int) {
	soft, w := v.soft, v.w
	for i := range out {
		at := y>>16*w + x>>16
		fx, fy := uint32(x>>8&255), uint32(y>>8&255)
		near := soft[at : at+w+2]
		a := uint32(near[0])<<8 + (uint32(near[1])-uint32(near[0]))*fx
		b := uint32(near[w])<<8 + (uint32(near[w+1])-uint32(near[w]))*fx
		out[i] = (a<<8 + (b-a)*fy) >> 16
		x, y = x+dx, y+dy
	}
}

// alongEdge is along for a line that leaves the level: its edge is repeated.
func (v *level) alongEdge(out []uint32, x, y, dx, dy int) {
	right, low := (v.w-1)<<16-1, (v.h-1)<<16-1
	for i := range out {
		v.along(out[i:i+1], max(0, min(x, right)), max(0, min(y, low)), 0, 0)
		x, y = x+dx, y+dy
	}
}

// square is a Field by the corners of its sums: low right and top left are
// added, the others taken away.
type square struct{ lowRight, topLeft, lowLeft, topRight uint16 }

func (f Field) square() square {
	at := func(u, v int8) uint16 { return uint16((int(v)+PatchRadius)*patchStride + int(u) + PatchRadius) }
	u0, v0, u1, v1 := f.U-f.R, f.V-f.R, f.U+f.R+1, f.V+f.R+1
	return square{at(u1, v1), at(u0, v0), at(u0, v1), at(u1, v0)}
}

func (t *Patch) sum(s square) uint32 {
	return t[s.lowRight&patchMask] + t[s.topLeft&patchMask] - t[s.lowLeft&patchMask] - t[s.topRight&patchMask]
}

// bit is a Comparison made ready: each sum is weighed by the other's number of
// pixels. 49 pixels by 49 of 1/256 of a grey level fit 32 bits.
type bit struct {
	a, b             square
	weightA, weightB uint32
}

func (c Comparison) bit() bit {
	na, nb := uint32(2*c.A.R+1), uint32(2*c.B.R+1)
	return bit{c.A.square(), c.B.square(), nb * nb, na * na}
}

// bits256 are the comparisons of a descriptor, in their order.
var bits256 = sync.OnceValue(func() *[256]bit {
	var all [256]bit
	for i, c := range comparisons {
		all[i], all[i+128] = c.bit(), c.Mirrored().bit()
	}
	return &all
})

// describe makes the descriptor of a patch.
func (t *Patch) describe() (d Descriptor) {
	all := bits256()
	for word := range d {
		var w uint64
		for i := range 64 {
			if t.darker(&all[word*64+i]) {
				w |= 1 << i
			}
		}
		d[word] = w
	}
	return d
}

func (t *Patch) darker(c *bit) bool { return t.sum(c.a)*c.weightA < t.sum(c.b)*c.weightB }

// Darker makes the comparison c. Both fields must lie inside the patch and
// have an R of at most 3.
func (t *Patch) Darker(c Comparison) bool {
	b := c.bit()
	return t.darker(&b)
}
