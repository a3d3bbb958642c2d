package sound

import (
	"bytes"
	"slices"
	"testing"
)

func stored(t testing.TB, track Track) []byte {
	t.Helper()
	b, err := track.AppendBinary(nil)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func TestStoredForm(t *testing.T) {
	for _, kind := range []string{"speech", "music", "white", "silence"} {
		track := heard(make16(kind, 1, 30))
		b := stored(t, track)
		if len(b) > 30*112 {
			t.Errorf("%s: %d bytes for 30 seconds", kind, len(b))
		}
		back, err := Decode(b)
		if err != nil {
			t.Fatalf("%s: %v", kind, err)
		}
		if back.samples != track.samples || !slices.Equal(back.marks, track.marks) {
			t.Errorf("%s: what was read is not what was written", kind)
		}
	}
}

func TestDecodeDamaged(t *testing.T) {
	b := stored(t, heard(make16("music", 1, 5)))
	crowded := []byte{trackVersion, 0xff, 0xff, 0x03}
	for i := range crowd + 1 {
		crowded = append(crowded, byte(min(i, 1)), byte(i))
	}
	for name, c := range map[string][]byte{
		"nothing":            nil,
		"another version":    append([]byte{trackVersion + 1}, b[1:]...),
		"cut off":            b[:len(b)-1],
		"no length":          b[:1],
		"endless":            append([]byte{trackVersion}, bytes.Repeat([]byte{0xff}, 9)...),
		"marks after it":     {trackVersion, 0x80, 0x20, 0xff, 0x01, 10},
		"too high":           {trackVersion, 0xff, 0xff, 0x03, 2, 255},
		"twice the same":     {trackVersion, 0xff, 0xff, 0x03, 2, 9, 0, 9},
		"a number too long":  {trackVersion, 0xff, 0xff, 0x03, 0x82, 0x00, 9},
		"too many at a time": crowded,
	} {
		if _, err := Decode(c); err == nil {
			t.Errorf("%s: read without an error", name)
		}
	}
}

// FuzzDecode: what can be read is written as it was.
func FuzzDecode(f *testing.F) {
	f.Add([]byte{trackVersion, 0})
	f.Add(stored(f, heard(make16("speech", 1, 3))))
	f.Add(stored(f, heard(make16("clicks", 1, 3))))
	f.Fuzz(func(t *testing.T, b []byte) {
		track, err := Decode(b)
		if err != nil {
			return
		}
		track.Silent()
		if !bytes.Equal(stored(t, track), b) {
			t.Error("written, it is not what was read")
		}
	})
}

// trackOf makes a track of any bytes: for each mark the frames since the one
// before, and its pitch.
func trackOf(b []byte) Track {
	t := Track{samples: int64(len(b)) * 64 * hop}
	frame := uint32(0)
	for ; len(b) >= 2; b = b[2:] {
		if frame += uint32(b[0] % 64); int64(frame) >= frames(t.samples) {
			break
		}
		t.add(mark{frame, b[1] % (topPitch + 1), b[0] >= 128})
	}
	return t
}

// FuzzAlign: any two tracks are aligned, in bounded time, the same both ways
// round, and to stretches that lie within them.
func FuzzAlign(f *testing.F) {
	f.Add(bytes.Repeat([]byte{1, 40, 2, 90, 0, 93}, 60), bytes.Repeat([]byte{1, 40, 2, 90, 0, 95}, 60))
	f.Add(bytes.Repeat([]byte{5, 40, 3, 90, 7, 91, 2, 17, 0, 60}, 40), bytes.Repeat([]byte{4, 40, 3, 90, 7, 91, 2, 17, 0, 60}, 50))
	x := make([]byte, 600)
	for i := range x {
		x[i] = byte(i * i >> 3)
	}
	f.Add(x, x[100:])
	f.Fuzz(func(t *testing.T, p, q []byte) {
		a, b := trackOf(p[:min(len(p), fuzzed)]), trackOf(q[:min(len(q), fuzzed)])
		found := Align(&a, &b)
		mirrored(t, &a, &b, found)
		for _, s := range found {
			if !(s.StartA >= 0 && s.StartA <= s.EndA && s.EndA <= a.Duration().Seconds()+0.1 && s.StartB >= -0.1 && s.EndB <= b.Duration().Seconds()+0.1 && s.Speed > 0.5 && s.Speed < 2) {
				t.Errorf("%+v of %v and %v", s, a.Duration(), b.Duration())
			}
		}
		Differ(&a, &b, 0, 1e9, -5, 30)
	})
}

// fuzzed is how much of its bytes a fuzz target takes for a track: a longer one
// shows nothing else and takes a tenth of a second.
const fuzzed = 150

// FuzzPairs: any tracks are looked through, and a pair is one of different ones.
func FuzzPairs(f *testing.F) {
	f.Add(bytes.Repeat([]byte{5, 40, 3, 90, 7, 91, 2, 17, 0, 60}, 40), []byte{1, 2})
	f.Fuzz(func(t *testing.T, p, q []byte) {
		p, q = p[:min(len(p), fuzzed)], q[:min(len(q), fuzzed)]
		for _, pair := range Pairs([]Track{trackOf(p), trackOf(q), trackOf(p)}) {
			if pair[0] < 0 || pair[0] >= pair[1] || pair[1] > 2 {
				t.Error(pair)
			}
		}
	})
}
