package feature_test

import (
	"bytes"
	"crypto/sha256"
	"fmt"
	"reflect"
	"testing"

	"github.com/firsthand-media/firsthand/hashing"
	"github.com/firsthand-media/firsthand/hashing/feature"
)

func stored(t *testing.T, s feature.Set) []byte {
	t.Helper()
	b, err := s.AppendBinary(nil)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func TestStoredSetIsTheSet(t *testing.T) {
	for _, l := range []hashing.Luma{drawn(20, 512, 341), drawn(21, 77, 512), drawn(22, 40, 40), {}} {
		set := feature.Extract(l)
		for _, n := range []int{0, 1, feature.Kept} {
			part := set.First(n)
			b := stored(t, part)
			if most := 7 + 37*len(part.Points); len(b) > most {
				t.Errorf("%d entries in %d bytes, more than %d", len(part.Points), len(b), most)
			}
			got, err := feature.Decode(b)
			if err != nil {
				t.Fatal(err)
			}
			if len(part.Points) > 0 && !reflect.DeepEqual(got, part) {
				t.Errorf("%d x %d, %d entries: another set was read than written", l.W, l.H, n)
			}
		}
	}
}

// A set depends on the pixels alone, on every machine. Where this fails because
// the points or the table were changed on purpose, sets that were stored before
// no longer match new ones: raise formatVersion, then write the new digest here.
func TestSetsStayTheSame(t *testing.T) {
	const want = "26b5dd457dfc6d4fd42ad65838d4085e92facd8d4d0731a1588b965dd6834955"
	b := stored(t, feature.Extract(drawn(1, 512, 384)))
	if got := fmt.Sprintf("%x", sha256.Sum256(b[1:])); got != want {
		t.Errorf("the set of a drawn picture has changed: %s, not %s", got, want)
	}
}

func TestAppendBinaryRefuses(t *testing.T) {
	good := func() feature.Set { return feature.Extract(drawn(23, 128, 128)) }
	for _, c := range []struct {
		name string
		harm func(s *feature.Set)
	}{
		{"a descriptor is missing", func(s *feature.Set) { s.Descriptors = s.Descriptors[1:] }},
		{"the picture is too large", func(s *feature.Set) { s.W = 600 }},
		{"a point outside", func(s *feature.Set) { s.Points[3].X = float32(s.W) + 1 }},
		{"a scale that no level has", func(s *feature.Set) { s.Points[3].Scale = 500 }},
		{"no scale", func(s *feature.Set) { s.Points[3].Scale = 0 }},
		{"an angle beyond the circle", func(s *feature.Set) { s.Points[3].Angle = 9 }},
	} {
		s := good()
		c.harm(&s)
		if _, err := s.AppendBinary(nil); err == nil {
			t.Errorf("%s: stored all the same", c.name)
		}
	}
}

func TestDecodeRefuses(t *testing.T) {
	b := stored(t, feature.Extract(drawn(24, 128, 128)).First(5))
	for name, bad := range map[string][]byte{
		"empty":           nil,
		"another format":  append([]byte{9}, b[1:]...),
		"cut off":         b[:len(b)-1],
		"something after": append(bytes.Clone(b), 0),
		"too many":        append(append(bytes.Clone(b[:5]), 0xff, 0xff), b[7:]...),
		"no sides":        append([]byte{b[0], 0, 0, 0, 0}, b[5:]...),
		"too large":       append([]byte{b[0], 0xff, 0xff}, b[3:]...),
	} {
		if _, err := feature.Decode(bad); err == nil {
			t.Errorf("%s: read all the same", name)
		}
	}
}

func FuzzDecode(f *testing.F) {
	set := feature.Extract(drawn(25, 96, 64))
	for _, n := range []int{0, 1, 3} {
		b, err := set.First(n).AppendBinary(nil)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(b)
	}
	f.Fuzz(func(t *testing.T, b []byte) {
		s, err := feature.Decode(b)
		if err != nil {
			return
		}
		// There is one stored form of every set.
		again, err := s.AppendBinary(nil)
		if err != nil {
			t.Fatalf("a set that was read cannot be stored: %v", err)
		}
		if !bytes.Equal(again, b) {
			t.Fatal("a set that was read is stored otherwise")
		}
	})
}
