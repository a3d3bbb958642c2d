package sound

import (
	"math"
	"sort"
	"sync"
)

// relation says how time and pitch of two tracks go together: what is in
// frame f of B is in frame offset + speed*f of A, so many pitch units higher.
type relation struct {
	offset, speed float64
	pitch         int
}

// inB is the frame of B that belongs to one of A.
func (r relation) inB(frame float64) float64 { return (frame - r.offset) / r.speed }

// inA is the frame of A that belongs to one of B.
func (r relation) inA(frame float64) float64 { return r.offset + r.speed*frame }

// Bounds on how a track is played. Three ways are looked for: slower or faster
// together with its pitch, as a tape is; slower or faster at the same pitch;
// higher or lower at the same speed.
const (
	fastest   = 1.28
	mostPitch = 17 // pitch units: 1.28 times the frequency
)

// ways is a number for each way of playing: steps of speed at the same pitch,
// tape, and pitch alone.
const (
	speedSteps = 9 // from 1 to fastest, 2.8 % each
	wayTape    = 2*speedSteps + 1
	wayPitch   = wayTape + 1
)

// relate gives the ways in which A may be playing the quad of B.
func relate(a, b quad, yield func(way int, r relation)) {
	speed, pitch := a.span()/b.span(), a.pitch()-b.pitch()
	if speed > fastest || speed < 1/fastest || pitch > mostPitch || pitch < -mostPitch {
		return
	}
	as := func(way int) {
		s := speedOf(way, pitch)
		yield(way, relation{a.middle() - s*b.middle(), s, pitch})
	}
	if pitch >= -1 && pitch <= 1 {
		as(stepOf(speed))
		return
	}
	loose := 2.5 / min(a.span(), b.span())
	if math.Abs(speed/speedOf(wayTape, pitch)-1) <= loose {
		as(wayTape)
	}
	if math.Abs(speed-1) <= loose {
		as(wayPitch)
	}
}

// speedTable holds the steps of speed, and the speed of a tape for each pitch.
type speedTable struct {
	step [2*speedSteps + 1]float64
	tape [2*mostPitch + 1]float64
}

var speeds = sync.OnceValue(func() *speedTable {
	var t speedTable
	for i := range t.step {
		t.step[i] = math.Pow(fastest, float64(i-speedSteps)/speedSteps)
	}
	for i := range t.tape {
		// What is slowed down takes longer and is lower.
		t.tape[i] = math.Exp2(-float64(i-mostPitch) / pitchUnits)
	}
	return &t
})

// speedOf is the speed of a way of playing.
func speedOf(way, pitch int) float64 {
	switch way {
	case wayTape:
		return speeds().tape[pitch+mostPitch]
	case wayPitch:
		return 1
	}
	return speeds().step[way]
}

// stepOf is the step next to a speed.
func stepOf(speed float64) int {
	steps := &speeds().step
	i := sort.SearchFloat64s(steps[:], speed)
	if i == len(steps) || i > 0 && speed-steps[i-1] < steps[i]-speed {
		i--
	}
	return i
}
