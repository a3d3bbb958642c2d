package sequence

import "math"

func dot(x, y []float32) float32 {
	y = y[:len(x)]
	var s0, s1, s2, s3 float32
	i := 0
	for ; i+3 < len(x); i += 4 {
		s0 += x[i] * y[i]
		s1 += x[i+1] * y[i+1]
		s2 += x[i+2] * y[i+2]
		s3 += x[i+3] * y[i+3]
	}
	for ; i < len(x); i++ {
		s0 += x[i] * y[i]
	}
	return s0 + s1 + s2 + s3
}

func addTo(x, y []float32) {
	y = y[:len(x)]
	for i := range x {
		x[i] += y[i]
	}
}

// addScaled adds y times k to x.
func addScaled(x, y []float32, k float32) {
	y = y[:len(x)]
	for i := range x {
		x[i] += k * y[i]
	}
}

func scale(x []float32, k float32) {
	for i := range x {
		x[i] *= k
	}
}

// level takes the mean out.
func level(x []float32) {
	var sum float32
	for _, v := range x {
		sum += v
	}
	sum /= float32(len(x))
	for i := range x {
		x[i] -= sum
	}
}

// without takes out of x what is a multiple of y: both have no mean.
func without(x, y []float32) {
	if yy := dot(y, y); yy > 1e-6 {
		addScaled(x, y, -dot(x, y)/yy)
	}
}

// unit brings x to length 1 and gives its root mean square before.
func unit(x []float32) float32 {
	length := float32(math.Sqrt(float64(dot(x, x))))
	if length > 1e-6 {
		scale(x, 1/length)
	}
	return length / float32(math.Sqrt(float64(len(x))))
}
