package feature

import (
	"math"
	"sync"
)

// circle is the number of steps of a direction while it is being found.
const circle = 1 << 13

// window is the weight of each pixel around a keypoint, by a Gaussian, 0
// outside the radius.
var window = sync.OnceValue(func() *[2*orientRadius + 1][2*orientRadius + 1]int64 {
	var w [2*orientRadius + 1][2*orientRadius + 1]int64
	for j := range w {
		for i := range w[j] {
			x, y := float64(i-orientRadius), float64(j-orientRadius)
			if d := float64(x*x) + float64(y*y); d <= (orientRadius+0.5)*(orientRadius+0.5) {
				w[j][i] = int64(math.Round(256 * math.Exp(-d/(2*orientSigma*orientSigma))))
			}
		}
	}
	return &w
})

// slope gives the angle, in 1/circle of a turn, whose tangent is i/1024.
var slope = sync.OnceValue(func() *[1025]int32 {
	var t [1025]int32
	for i := range t {
		t[i] = int32(math.Round(math.Atan(float64(i)/1024) / (2 * math.Pi) * circle))
	}
	return &t
})

// direction is the angle of (x, y) in 1/circle of a turn, 0 along x, growing
// clockwise as seen.
func direction(slope *[1025]int32, x, y int64) int32 {
	ax, ay := max(x, -x), max(y, -y)
	var a int32
	if ax >= ay {
		a = slope[int(float32(ay)*1024/float32(max(ax, 1))+0.5)]
	} else {
		a = circle/4 - slope[int(float32(ax)*1024/float32(ay)+0.5)]
	}
	if x < 0 {
		a = circle/2 - a
	}
	if y < 0 {
		a = circle - a
	}
	return a & (circle - 1)
}

// orientations gives the one or two directions of the keypoint, in steps of
// angleSteps, the stronger first.
func (p *pyramid) orientations(q *keypoint) (angles [2]int, n int) {
	v := &p.levels[q.level]
	// The histogram of gradients, each shared by the two nearest bins; the one
	// after the last is the first.
	var hist [orientBins + 1]int64
	window, slope := window(), slope()
	cx, cy := (2*q.x+1)*v.w/(2*placeSteps), (2*q.y+1)*v.h/(2*placeSteps)
	left, right := max(1, cx-orientRadius), min(v.w-2, cx+orientRadius)
	for y := max(1, cy-orientRadius); y <= min(v.h-2, cy+orientRadius); y++ {
		weights := window[y-cy+orientRadius][left-cx+orientRadius:]
		row := v.soft[y*v.w+left-1:][:right-left+3]
		up, low := v.soft[(y-1)*v.w+left:][:right-left+1], v.soft[(y+1)*v.w+left:][:right-left+1]
		weights = weights[:len(up)]
		for i, weight := range weights {
			if weight == 0 {
				continue
			}
			gx, gy := int64(row[i+2])-int64(row[i]), int64(low[i])-int64(up[i])
			size := weight * int64(math.Sqrt(float64(gx*gx+gy*gy)))
			a := uint32(direction(slope, gx, gy)) * orientBins
			bin, part := a/circle, int64(a%circle)
			hist[bin] += size * (circle - part) >> 13
			hist[bin+1] += size * part >> 13
		}
	}
	hist[0] += hist[orientBins]
	return peaks(smoothed(smoothed([orientBins]int64(hist[:orientBins]))))
}

// smoothed weighs each bin with its neighbours, 1 2 1.
func smoothed(hist [orientBins]int64) (out [orientBins]int64) {
	for i, c := range hist {
		out[i] = hist[(i+orientBins-1)%orientBins] + 2*c + hist[(i+1)%orientBins]
	}
	return out
}

// peaks gives the directions of the greatest bin and of the next greatest
// local maximum, if it comes near.
func peaks(hist [orientBins]int64) (angles [2]int, n int) {
	first, second := -1, -1
	for i, c := range hist {
		if c <= hist[(i+orientBins-1)%orientBins] || c < hist[(i+1)%orientBins] {
			continue
		}
		switch {
		case first < 0 || c > hist[first]:
			first, second = i, first
		case second < 0 || c > hist[second]:
			second = i
		}
	}
	if first < 0 {
		return angles, 0 // no gradient at all
	}
	angles[0], n = vertexAngle(hist, first), 1
	if second >= 0 && float64(hist[second]) >= secondPeak*float64(hist[first]) {
		angles[1], n = vertexAngle(hist, second), 2
	}
	return angles, n
}

// vertexAngle is the direction of the parabola's vertex at bin i.
func vertexAngle(hist [orientBins]int64, i int) int {
	before, at, after := hist[(i+orientBins-1)%orientBins], hist[i], hist[(i+1)%orientBins]
	// In 1/1024 of a bin; at is no less than either neighbour.
	part := int64(0)
	if curve := 2*at - before - after; curve > 0 {
		part = (after - before) * 512 / curve
	}
	const whole = 1024 * orientBins
	a := (int64(i)*1024 + part + whole) * angleSteps
	return int((a+whole/2)/whole) % angleSteps
}
