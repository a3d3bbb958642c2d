package sound

import (
	"math"
	"math/rand/v2"
)

// The sounds of the tests are made here, each from a seed.

type generator func(r *rand.Rand, seconds float64) []float64

// kinds of sound, the first three with something to tell.
var kinds = map[string]generator{
	"speech": speech, "music": music, "street": street,
	"silence": silence, "hum": hum, "white": white, "wind": wind, "tone": tone, "clicks": clicks,
}

func make16(kind string, seed uint64, seconds float64) []int16 {
	return loud(kinds[kind](rand.New(rand.NewPCG(seed, 7)), seconds), 9000)
}

// loud brings sound to a peak.
func loud(x []float64, peak float64) []int16 {
	top := 0.0
	for _, v := range x {
		top = max(top, math.Abs(v))
	}
	out := make([]int16, len(x))
	for i, v := range x {
		if top > 0 {
			out[i] = int16(math.Round(v / top * peak))
		}
	}
	return out
}

func space(seconds float64) []float64 { return make([]float64, int(seconds*Rate)) }

// ring adds a note: harmonics that fade.
func ring(x []float64, at, length, freq, level, fall float64, harmonics []float64) {
	from, n := int(at*Rate), int(length*Rate)
	for h, weight := range harmonics {
		f := freq * float64(h+1)
		if f > Rate/2.2 {
			break
		}
		step := 2 * math.Pi * f / Rate
		for i := range n {
			if from+i >= len(x) {
				break
			}
			t := float64(i) / Rate
			x[from+i] += level * weight * min(t/0.01, 1) * math.Exp(-t*fall*(1+0.3*float64(h))) * math.Sin(step*float64(i))
		}
	}
}

// burst adds noise about a frequency.
func burst(r *rand.Rand, x []float64, at, length, freq, level float64) {
	var low, band float64
	f := 2 * math.Sin(math.Pi*min(freq, Rate/6.5)/Rate)
	from, n := int(at*Rate), int(length*Rate)
	for i := range n {
		if from+i >= len(x) {
			break
		}
		high := r.NormFloat64() - low - 0.7*band
		band += f * high
		low += f * band
		x[from+i] += level * band * math.Exp(-4*float64(i)/float64(n))
	}
}

// music is chords of a key with a melody and drums over them.
func music(r *rand.Rand, seconds float64) []float64 {
	x := space(seconds)
	beat := 60 / (75 + 70*r.Float64())
	key := 110 * math.Exp2(float64(r.IntN(12))/12)
	scale := []int{0, 2, 4, 5, 7, 9, 11}
	note := func(degree int) float64 {
		return key * math.Exp2(float64(degree/7)+float64(scale[degree%7])/12)
	}
	harmonics := []float64{1, 0.3 + 0.6*r.Float64(), 0.5 * r.Float64(), 0.3 * r.Float64(), 0.2 * r.Float64()}
	degree := 7
	for t := 0.0; t < seconds; t += 4 * beat {
		root := r.IntN(7)
		for _, d := range []int{0, 2, 4} {
			ring(x, t, 4*beat, note(root+d), 0.3, 0.7, harmonics)
		}
		for b := 0.0; b < 4; {
			length := []float64{0.5, 0.5, 1, 1, 2}[r.IntN(5)]
			degree = min(max(degree+r.IntN(5)-2, 5), 20)
			ring(x, t+b*beat, length*beat, note(degree), 0.6, 2.5, harmonics)
			b += length
		}
		for b := range 8 {
			burst(r, x, t+float64(b)*beat/2, 0.06, []float64{150, 1500}[b%2], 0.8)
		}
	}
	return x
}

// speech is syllables of a voice: pulses through formants that move, hisses,
// and pauses.
func speech(r *rand.Rand, seconds float64) []float64 {
	x := space(seconds)
	pitch := 90 + 130*r.Float64()
	var phase float64
	var state [3][2]float64
	from, to := vowel(r), vowel(r)
	for i := 0; i < len(x); {
		if r.IntN(7) == 0 {
			i += int(Rate * (0.1 + 0.3*r.Float64()))
			continue
		}
		if r.IntN(3) == 0 {
			burst(r, x, float64(i)/Rate, 0.05+0.08*r.Float64(), 1200+1500*r.Float64(), 0.7)
		}
		n := int(Rate * (0.08 + 0.18*r.Float64()))
		bend := 0.85 + 0.3*r.Float64()
		from, to = to, vowel(r)
		for j := 0; j < n && i < len(x); j, i = j+1, i+1 {
			part := float64(j) / float64(n)
			phase += pitch * (1 + (bend-1)*part) / Rate
			pulse := 0.0
			if phase >= 1 {
				phase--
				pulse = 1
			}
			for k := range state {
				f := from[k] + (to[k]-from[k])*part
				radius := math.Exp(-math.Pi * (60 + 30*float64(k)) / Rate)
				y := pulse + 2*radius*math.Cos(2*math.Pi*f/Rate)*state[k][0] - radius*radius*state[k][1]
				state[k] = [2]float64{y, state[k][0]}
				x[i] += y * math.Sin(math.Pi*part) / float64(k+1)
			}
		}
	}
	return x
}

func vowel(r *rand.Rand) [3]float64 {
	return [3]float64{250 + 600*r.Float64(), 850 + 1400*r.Float64(), 2300 + 800*r.Float64()}
}

// street is the noise of traffic, with cars that pass, bangs and horns.
func street(r *rand.Rand, seconds float64) []float64 {
	x := wind(r, seconds)
	for i := range x {
		x[i] *= 0.3
	}
	for t := 0.0; t < seconds; t += 0.2 + 0.8*r.Float64() {
		switch r.IntN(4) {
		case 0:
			ring(x, t, 0.2+0.5*r.Float64(), 300+300*r.Float64(), 0.2, 0.5, []float64{1, 0.8, 0.7, 0.5, 0.5, 0.3})
		case 1:
			burst(r, x, t, 0.6+r.Float64(), 300+400*r.Float64(), 0.5)
		default:
			burst(r, x, t, 0.03+0.15*r.Float64(), 300+1300*r.Float64(), 1)
		}
	}
	return x
}

func silence(_ *rand.Rand, seconds float64) []float64 { return space(seconds) }

// hum is mains hum, with what little it wavers.
func hum(r *rand.Rand, seconds float64) []float64 {
	x := space(seconds)
	base := 50 + 10*float64(r.IntN(2))
	for h := 1; h < 30; h++ {
		level, phase := r.Float64()/float64(h), r.Float64()*6
		for i := range x {
			x[i] += level * math.Sin(2*math.Pi*base*float64(h)*float64(i)/Rate+phase)
		}
	}
	for i := range x {
		x[i] += 0.005 * r.NormFloat64()
	}
	return x
}

func white(r *rand.Rand, seconds float64) []float64 {
	x := space(seconds)
	for i := range x {
		x[i] = r.NormFloat64()
	}
	return x
}

// wind is brown noise that swells.
func wind(r *rand.Rand, seconds float64) []float64 {
	x := space(seconds)
	low, swell := 0.0, 0.0
	for i := range x {
		low += 0.05 * (r.NormFloat64() - low)
		swell += 0.0003 * (r.NormFloat64() - swell)
		x[i] = low * (1 + 60*math.Abs(swell))
	}
	return x
}

// tone is one or two constant tones, some of them beeping.
func tone(r *rand.Rand, seconds float64) []float64 {
	x := space(seconds)
	a, b := 300+1500*r.Float64(), 300+1500*r.Float64()
	beep := r.IntN(2) * (1 + r.IntN(3))
	for i := range x {
		t := float64(i) / Rate
		if beep == 0 || int(t*float64(beep)*2)%2 == 0 {
			x[i] = math.Sin(2*math.Pi*a*t) + 0.5*math.Sin(2*math.Pi*b*t)
		}
	}
	return x
}

// clicks are those of a clock.
func clicks(r *rand.Rand, seconds float64) []float64 {
	x := space(seconds)
	every := []float64{0.25, 0.5, 1}[r.IntN(3)]
	for t := 0.1; t < seconds; t += every {
		burst(rand.New(rand.NewPCG(1, 1)), x, t, 0.02, 900, 1)
	}
	return x
}
