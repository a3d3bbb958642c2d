package sound

import (
	"math"
	"math/rand/v2"
)

// damage is what happens to sound on its way.
var damage = []struct {
	name   string
	speed  float64 // of the damaged track
	change func([]int16) []int16
}{
	{"nothing", 1, func(x []int16) []int16 { return x }},
	{"quiet", 1, func(x []int16) []int16 { return scaled(x, 0.05) }},
	{"overdriven", 1, func(x []int16) []int16 { return scaled(x, 20) }},
	{"telephone", 1, func(x []int16) []int16 { return coarse(passed(x, 400, 3000), 250) }},
	{"muffled", 1, func(x []int16) []int16 { return passed(passed(x, 20, 700), 20, 700) }},
	{"thin", 1, func(x []int16) []int16 { return passed(passed(x, 1200, 5000), 1200, 5000) }},
	{"noise", 1, func(x []int16) []int16 { return mixed(x, make16("white", 99, seconds16(x)), 10) }},
	{"voice over", 1, func(x []int16) []int16 { return mixed(x, make16("speech", 98, seconds16(x)), 10) }},
	{"hall", 1, hall},
	{"tape 0.8", 0.8, func(x []int16) []int16 { return played(x, 0.8) }},
	{"tape 0.9", 0.9, func(x []int16) []int16 { return played(x, 0.9) }},
	{"tape 1.1", 1.1, func(x []int16) []int16 { return played(x, 1.1) }},
	{"tape 1.25", 1.25, func(x []int16) []int16 { return played(x, 1.25) }},
}

func seconds16(x []int16) float64 { return float64(len(x)) / Rate }

func clipped(v float64) int16 {
	return int16(math.Round(min(max(v, math.MinInt16), math.MaxInt16)))
}

func scaled(x []int16, by float64) []int16 {
	out := make([]int16, len(x))
	for i, v := range x {
		out[i] = clipped(float64(v) * by)
	}
	return out
}

// passed passes the frequencies between two, falling by 6 dB an octave outside.
func passed(x []int16, low, high float64) []int16 {
	out := make([]int16, len(x))
	a, b := 1-math.Exp(-2*math.Pi*low/Rate), 1-math.Exp(-2*math.Pi*high/Rate)
	var slow, fast float64
	for i, v := range x {
		slow += a * (float64(v) - slow)
		fast += b * (float64(v) - slow - fast)
		out[i] = clipped(fast)
	}
	return out
}

// coarse rounds to steps.
func coarse(x []int16, step float64) []int16 {
	out := make([]int16, len(x))
	for i, v := range x {
		out[i] = clipped(math.Round(float64(v)/step) * step)
	}
	return out
}

func power(x []int16) float64 {
	sum := 0.0
	for _, v := range x {
		sum += float64(v) * float64(v)
	}
	return sum / float64(len(x))
}

// mixed adds another sound, weaker by so many decibels.
func mixed(x, other []int16, decibels float64) []int16 {
	by := math.Sqrt(power(x) / power(other) * math.Pow(10, -decibels/10))
	out := make([]int16, len(x))
	for i, v := range x {
		out[i] = clipped(float64(v) + by*float64(other[i]))
	}
	return out
}

// hall adds echoes.
func hall(x []int16) []int16 {
	out := make([]int16, len(x))
	r := rand.New(rand.NewPCG(4, 4))
	var delays [40]int
	for i := range delays {
		delays[i] = 100 + r.IntN(3000)
	}
	for i, v := range x {
		sum := 0.6 * float64(v)
		for _, d := range delays {
			if i >= d {
				sum += 0.15 * math.Exp(-float64(d)/1000) * float64(x[i-d])
			}
		}
		out[i] = clipped(sum)
	}
	return out
}

// played is sound played faster, and higher, by a factor.
func played(x []int16, speed float64) []int16 {
	out := make([]int16, int(float64(len(x)-1)/speed))
	for i := range out {
		at := float64(i) * speed
		j := int(at)
		part := at - float64(j)
		out[i] = clipped(float64(x[j])*(1-part) + float64(x[j+1])*part)
	}
	return out
}
