package sequence

import (
	"math"
	"math/rand/v2"
	"time"

	"github.com/firsthand-media/firsthand/hashing"
)

// Sides of the pictures that the scenes are painted in, before any edit.
const sceneW, sceneH = 64, 36

// scene is what a camera sees: a place, and things that move in it.
type scene struct {
	place  uint64  // what the background looks like
	action uint64  // what moves, and how
	things int     // how many things move
	pan    float64 // widths of the picture that the camera moves by in a second
}

// wave is a smooth number that changes over four seconds and more, -1..1.
func wave(seed uint64, k int, t float64) float64 {
	r := rand.New(rand.NewPCG(seed, uint64(k)))
	var sum float64
	for range 3 {
		sum += math.Sin(2*math.Pi*(t*(0.04+0.2*r.Float64())+r.Float64())) / 3
	}
	return sum
}

// ground is the background: waves of several directions and lengths.
type ground [6][4]float64

func newGround(seed uint64) ground {
	r := rand.New(rand.NewPCG(seed, 77))
	var g ground
	for i := range g {
		g[i] = [4]float64{(r.Float64() - 0.5) * 36, (r.Float64() - 0.5) * 20, r.Float64() * 7, 9 + 12*r.Float64()}
	}
	return g
}

func (g *ground) at(x, y float64) float64 {
	v := 120.0
	for _, w := range g {
		v += w[3] * math.Sin(w[0]*x+w[1]*y+w[2])
	}
	return v
}

// picture paints the scene at a time.
func (s scene) picture(t float64) hashing.Luma {
	l := hashing.Luma{W: sceneW, H: sceneH, Pix: make([]byte, sceneW*sceneH)}
	g := newGround(s.place)
	type thing struct{ x, y, size, shade float64 }
	var things []thing
	for k := range s.things {
		things = append(things, thing{
			0.5 + 0.45*wave(s.action, 4*k, t), 0.5 + 0.45*wave(s.action, 4*k+1, t),
			0.06 + 0.03*wave(s.action, 4*k+2, t), 90 * math.Copysign(1, float64(k%2)-0.5),
		})
	}
	for y := range sceneH {
		for x := range sceneW {
			u, v := (float64(x)+0.5)/sceneW, (float64(y)+0.5)/sceneH
			value := g.at(u+s.pan*t, v)
			for _, m := range things {
				if math.Hypot(u-m.x, (v-m.y)*0.6) < m.size {
					value = 120 + m.shade
				}
			}
			l.Pix[y*sceneW+x] = byte(math.Max(0, math.Min(value, 255)))
		}
	}
	return l
}

// shown is a piece of a scene as a video shows it.
type shown struct {
	scene
	from, to float64 // seconds of the scene
	speed    float64 // seconds of the scene in a second of the video, 0: 1
}

// length is that of the piece in the video.
func (p shown) length() float64 { return (p.to - p.from) / p.rate() }

func (p shown) rate() float64 {
	if p.speed == 0 {
		return 1
	}
	return p.speed
}

// cut is a video: pieces one after the other, sampled every step seconds from
// first on, each picture edited.
type cut struct {
	pieces []shown
	step   float64
	first  float64
	edit   func(l hashing.Luma, t float64) hashing.Luma
}

func (c cut) reel() *Reel {
	var r Reel
	if c.step == 0 {
		c.step = 0.25
	}
	start := 0.0
	for _, p := range c.pieces {
		for t := c.step * math.Ceil((start-c.first)/c.step-1e-9); t < start+p.length()-c.first; t += c.step {
			l := p.picture(p.from + (t+c.first-start)*p.rate())
			if c.edit != nil {
				l = c.edit(l, t)
			}
			r.Add(time.Duration((t+c.first)*float64(time.Second)), l)
		}
		start += p.length()
	}
	return &r
}

// Edits of pictures, and the maps that they make.

var upright = hashing.Affine{0: 1, 4: 1}

func mirrored(l hashing.Luma, _ float64) hashing.Luma {
	out := hashing.Luma{W: l.W, H: l.H, Pix: make([]byte, len(l.Pix))}
	for y := range l.H {
		for x := range l.W {
			out.Pix[y*l.W+x] = l.Pix[y*l.W+l.W-1-x]
		}
	}
	return out
}

var mirror = hashing.Affine{-1, 0, 1, 0, 1, 0}

// cropped cuts a sixth off at every edge.
func cropped(l hashing.Luma, _ float64) hashing.Luma {
	x, y := l.W/6, l.H/6
	out := hashing.Luma{W: l.W - 2*x, H: l.H - 2*y}
	for row := y; row < l.H-y; row++ {
		out.Pix = append(out.Pix, l.Pix[row*l.W+x:(row+1)*l.W-x]...)
	}
	return out
}

var crop = hashing.Affine{1.5, 0, -0.25, 0, 1.5, -0.25}

// degraded changes tone, adds noise, puts a logo on, and fades in.
func degraded(l hashing.Luma, t float64) hashing.Luma {
	r := rand.New(rand.NewPCG(uint64(t*1000), 3))
	out := hashing.Luma{W: l.W, H: l.H, Pix: make([]byte, len(l.Pix))}
	fade := math.Min(1, 0.2+t)
	for i, v := range l.Pix {
		value := 30 + 0.7*255*math.Pow(float64(v)/255, 0.8)
		if x, y := i%l.W, i/l.W; x > 3*l.W/4 && y < l.H/4 {
			value = 230
		}
		out.Pix[i] = byte(math.Max(0, math.Min(fade*value+6*r.NormFloat64(), 255)))
	}
	return out
}

// grainy adds the noise of a sensor.
func grainy(l hashing.Luma, t float64) hashing.Luma {
	r := rand.New(rand.NewPCG(uint64(t*1000), 4))
	for i, v := range l.Pix {
		l.Pix[i] = byte(math.Max(0, math.Min(float64(v)+1.2*r.NormFloat64(), 255)))
	}
	return l
}
