package match

import (
	"math"
	"testing"
	"time"

	"github.com/firsthand-media/firsthand/extract"
	"github.com/firsthand-media/firsthand/hashing"
	"github.com/firsthand-media/firsthand/hashing/feature"
	"github.com/firsthand-media/firsthand/hashing/sequence"
	"github.com/firsthand-media/firsthand/verify"
)

// footage is what a camera sees at a second.
type footage func(second float64) hashing.Luma

const clipW, clipH = 320, 240

// pan is a camera that turns slowly over a wide place.
func pan(seed int64) footage {
	wide := scene(seed, 1600, clipH)
	return func(second float64) hashing.Luma {
		x := math.Min(0.04*second, 0.8)
		return cut(wide, x, 0, x+0.2, 1)
	}
}

// room is a camera on a stand: things move through one place, each take
// otherwise.
func room(seed, take int64) footage {
	back := scene(seed, clipW, clipH)
	var things []hashing.Luma
	for i := range int64(3) {
		things = append(things, scene(1000*seed+i, 64, 80))
	}
	return func(second float64) hashing.Luma {
		l := back
		for i, thing := range things {
			phase := float64(7*take) + 2.1*float64(i)
			pace := 0.35 + 0.11*float64(i) + 0.07*float64(take)
			x := 128 + 110*math.Sin(phase+pace*second)
			y := 80 + 70*math.Sin(1.7*phase+1.3*pace*second)
			l = pasted(l, thing, int(x), int(y))
		}
		return l
	}
}

// after is footage that begins later and runs faster.
func (f footage) after(start, speed float64) footage {
	return func(second float64) hashing.Luma { return f(start + speed*second) }
}

// then is footage that another follows.
func (f footage) then(seconds float64, g footage) footage {
	return func(second float64) hashing.Luma {
		if second < seconds {
			return f(second)
		}
		return g(second - seconds)
	}
}

// through is footage of which each picture is changed.
func (f footage) through(change func(hashing.Luma) hashing.Luma) footage {
	return func(second float64) hashing.Luma { return change(f(second)) }
}

// clip is a video as a case keeps it: four moments a second on its reel, a
// frame a second where something has changed, of every second one the
// keypoints.
func clip(t *testing.T, path string, f footage, seconds float64) verify.Item {
	t.Helper()
	var frames []verify.Frame
	var reel sequence.Reel
	var last hashing.Luma
	for k := 0; float64(k)/4 < seconds; k++ {
		at := time.Duration(k) * time.Second / 4
		last = f(at.Seconds())
		reel.Add(at, last)
		if k%4 != 0 {
			continue
		}
		frame := frame(t, at, last)
		if n := len(frames); n > 0 && hashing.Distance(frames[n-1].Print.Full.Hash[0], frame.Print.Full.Hash[0]) <= 2 {
			continue
		}
		if len(frames)%2 == 0 {
			var err error
			if frame.Features, err = feature.Extract(last).AppendBinary(nil); err != nil {
				t.Fatal(err)
			}
		}
		frames = append(frames, frame)
	}
	it := item(path, extract.Video, last, frames...)
	it.Media.DurationSeconds = &seconds
	b, err := reel.AppendBinary(nil)
	if err != nil {
		t.Fatal(err)
	}
	it.Moving = &verify.Moving{Reel: b}
	return it
}
