package match

import (
	"math"
	"math/rand"
	"strings"
	"testing"

	"github.com/firsthand-media/firsthand/hashing/sound"
	"github.com/firsthand-media/firsthand/verify"
)

// tune is the fingerprint of a melody by chance.
func tune(t *testing.T, seed int64, seconds float64) []byte {
	t.Helper()
	r := rand.New(rand.NewSource(seed))
	var m sound.Maker
	var samples []int16
	for float64(len(samples)) < seconds*sound.Rate {
		pitch := 220 * math.Pow(2, float64(r.Intn(30))/12)
		for i := range sound.Rate / 5 {
			v := 0.0
			for k := 1.0; k <= 3; k++ {
				v += math.Sin(2*math.Pi*pitch*k*float64(i)/sound.Rate) / k
			}
			samples = append(samples, int16(6000*v*math.Exp(-float64(i)/1500)+200*r.NormFloat64()))
		}
	}
	m.Write(samples)
	track := m.Track()
	b, err := track.AppendBinary(nil)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// The same pictures with another sound, and the same sound with other pictures,
// are said of both items; what goes together is not.
func TestSoundThatDoesNotGoWithThePictures(t *testing.T) {
	const seconds = 12
	with := func(it verify.Item, tone []byte) verify.Item {
		it.Moving.Sound = tone
		return it
	}
	street := room(351, 1)
	items := []verify.Item{
		with(clip(t, "s/a.mp4", street, seconds), tune(t, 1, seconds)),
		with(clip(t, "s/again.mp4", street.through(noisy), seconds), tune(t, 1, seconds)),
		with(clip(t, "s/dubbed.mp4", street.through(mirroredWhole), seconds), tune(t, 2, seconds)),
		with(clip(t, "s/elsewhere.mp4", room(352, 1), seconds), tune(t, 2, seconds)),
		clip(t, "s/mute.mp4", street, seconds),
	}
	res := find(t, items, Options{})
	for other, want := range map[string]string{"s/again.mp4": "same", "s/dubbed.mp4": "other", "s/mute.mp4": ""} {
		if m := matchOf(t, res, "s/a.mp4", other); string(m.Sound) != want {
			t.Errorf("the sound of %s is %q, want %q", other, m.Sound, want)
		}
	}
	said := map[string]bool{}
	for _, f := range res.Findings {
		said[string(f.Path)+" "+f.Code] = true
		if !strings.Contains(f.Message, "s/") || !strings.Contains(f.Message, "from 0:0") || f.Severity != "info" {
			t.Errorf("%+v", f)
		}
	}
	for _, want := range []string{
		"s/a.mp4 " + samePictures, "s/again.mp4 " + samePictures, "s/dubbed.mp4 " + samePictures,
		"s/dubbed.mp4 " + sameSound, "s/elsewhere.mp4 " + sameSound,
	} {
		if !said[want] {
			t.Errorf("nothing said: %s", want)
		}
		delete(said, want)
	}
	if len(said) > 0 {
		t.Errorf("said beside: %v", said)
	}
}
