package sound

import (
	"math"
	"slices"
	"testing"
)

// TestAlignFindsClips: a clip of four seconds is found in the track it was cut
// from, where it belongs, whatever was done to it.
func TestAlignFindsClips(t *testing.T) {
	const start, length = 7.3, 4.0
	for _, kind := range []string{"speech", "music", "street"} {
		for seed := range uint64(2) {
			whole := make16(kind, seed, 20)
			track := heard(whole)
			for _, d := range damage {
				changed := d.change(whole)
				clip := heard(changed[int(start/d.speed*Rate):int((start/d.speed+length)*Rate)])
				found := Align(&track, &clip)
				if len(found) == 0 {
					t.Errorf("%s %d, %s: not found", kind, seed, d.name)
					continue
				}
				s := found[0]
				// The middle of the clip, as a time of the whole track.
				if got, want := s.Offset+s.Speed*length/2, start+d.speed*length/2; math.Abs(got-want) > 0.1 {
					t.Errorf("%s %d, %s: the middle of the clip is placed at %.2f, want %.2f: %.2f", kind, seed, d.name, got, want, s)
				}
				if math.Abs(s.Speed-d.speed) > 0.02 || s.EndA-s.StartA < length*d.speed/2 {
					t.Errorf("%s %d, %s: %.3f", kind, seed, d.name, s)
				}
				mirrored(t, &track, &clip, found)
			}
		}
	}
}

// mirrored checks that Align the other way round gives the same.
func mirrored(t *testing.T, a, b *Track, found []Stretch) {
	t.Helper()
	back := Align(b, a)
	if len(back) != len(found) {
		t.Fatalf("%d stretches one way, %d the other", len(found), len(back))
	}
	for i, s := range back {
		f := found[i]
		same := s.StartA == f.StartB && s.EndA == f.EndB && s.StartB == f.StartA && s.EndB == f.EndA && s.Agreement == f.Agreement &&
			math.Abs(s.Speed*f.Speed-1) < 1e-9 && math.Abs(s.Offset+s.Speed*f.Offset) < 1e-6
		if !same {
			t.Errorf("one way %.3f, the other %.3f", f, s)
		}
	}
}

func TestAlignAtBothEnds(t *testing.T) {
	samples := make16("music", 11, 30)
	a, b := heard(samples[:20*Rate]), heard(samples[8*Rate:])
	found := Align(&a, &b)
	if len(found) != 1 {
		t.Fatalf("%.2f", found)
	}
	s := found[0]
	if s.Speed != 1 || math.Abs(s.Offset-8) > 0.02 || s.StartA > 8.7 || s.EndA < 19.3 {
		t.Errorf("eight seconds later, up to the end: %.3f", s)
	}
}

func TestAlignFindsEveryPartOfACompilation(t *testing.T) {
	one, two := make16("speech", 21, 8), make16("street", 22, 8)
	between := make16("music", 23, 6)
	whole := heard(slices.Concat(between, two, one, between, one))
	part := heard(one)
	found := Align(&whole, &part)
	if len(found) != 2 {
		t.Fatalf("a clip that is there twice: %.2f", found)
	}
	starts := []float64{found[0].Offset, found[1].Offset}
	slices.Sort(starts)
	if math.Abs(starts[0]-14) > 0.1 || math.Abs(starts[1]-28) > 0.1 {
		t.Errorf("found at %.2f, want 14 and 28", starts)
	}
}

// TestAlignLoops: of music that repeats itself the whole comes first, and what
// it repeats is no more than that.
func TestAlignLoops(t *testing.T) {
	bar := make16("music", 31, 4)
	song := slices.Concat(bar, bar, bar, make16("music", 32, 4), bar, bar)
	a, b := heard(song), heard(scaled(song, 0.5))
	found := Align(&a, &b)
	if len(found) == 0 || found[0].Offset != 0 || found[0].EndA-found[0].StartA < 22 {
		t.Fatalf("%.2f", found)
	}
	for _, s := range found[1:] {
		if rest := math.Mod(math.Abs(s.Offset)+0.1, 4); rest > 0.2 {
			t.Errorf("not a repetition: %.2f", s)
		}
	}
}

func TestDiffer(t *testing.T) {
	x, y := make16("speech", 41, 12), make16("music", 42, 12)
	a, b, quiet := heard(x), heard(y), heard(make16("wind", 43, 12))
	noisy := heard(mixed(x, make16("white", 44, 12), 0))
	beep := heard(make16("clicks", 3, 12))
	for _, c := range []struct {
		name string
		a, b *Track
		want bool
	}{
		{"speech and music", &a, &b, true},
		{"speech and itself", &a, &a, false},
		{"speech in much noise", &a, &noisy, false},
		{"speech and wind", &a, &quiet, false},
		{"a clock and itself", &beep, &beep, false},
	} {
		for _, swapped := range []bool{false, true} {
			p, q := c.a, c.b
			if swapped {
				p, q = q, p
			}
			if got := Differ(p, q, 0, 12, 0, 12); got != c.want {
				t.Errorf("%s: %t", c.name, got)
			}
		}
	}
	if Differ(&a, &b, 5, 5, 5, 4) {
		t.Error("no time at all differs")
	}
}
