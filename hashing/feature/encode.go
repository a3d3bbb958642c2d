package feature

import (
	"encoding/binary"
	"errors"
	"fmt"
	"math"
	"sync"

	"github.com/firsthand-media/firsthand/hashing"
)

// The stored form of a set, big-endian:
//
//	1 byte   formatVersion
//	2 bytes  width, 2 bytes height
//	2 bytes  number of entries
//	then for each entry
//	5 bytes  geometry: 11 bits x, 11 bits y, 8 bits scale, 10 bits angle
//	32 bytes descriptor, word 0 first
const (
	formatVersion = 1
	headerBytes   = 7
	entryBytes    = 37
)

// steps is a point's geometry as it is kept; see placeSteps and its fellows.
type steps struct{ x, y, scale, angle int }

// point gives the middle of the steps, in pixels of a w x h picture.
func (s steps) point(w, h int) Point {
	return Point{
		X:     float32(2*s.x+1) * float32(w) / (2 * placeSteps),
		Y:     float32(2*s.y+1) * float32(h) / (2 * placeSteps),
		Scale: scales()[s.scale],
		Angle: float32(float64(s.angle) * (2 * math.Pi / angleSteps)),
	}
}

// steps finds the steps in which p lies; ok is false where p is outside them.
func (p Point) steps(w, h int) (s steps, ok bool) {
	if !(p.X >= 0 && p.Y >= 0 && p.X < float32(w) && p.Y < float32(h) && p.Angle >= 0 && p.Angle < 7) {
		return s, false
	}
	s.x = min(int(p.X*placeSteps/float32(w)), placeSteps-1)
	s.y = min(int(p.Y*placeSteps/float32(h)), placeSteps-1)
	s.angle = int(math.Round(float64(p.Angle)*(angleSteps/(2*math.Pi)))) % angleSteps
	s.scale, ok = scaleStep(p.Scale)
	return s, ok
}

func scaleStep(scale float32) (int, bool) {
	n := math.Log(float64(scale)/blobSigma)/math.Log(ratio) + 0.5
	i := int(math.Floor(n * scaleParts))
	return i, n >= 0 && i < scaleSteps
}

// scales gives the middle of each step of scale, in pixels.
var scales = sync.OnceValue(func() *[scaleSteps]float32 {
	var t [scaleSteps]float32
	for i := range t {
		t[i] = float32(blobSigma * math.Pow(ratio, (float64(i)+0.5)/scaleParts-0.5))
	}
	return &t
})

// AppendBinary appends the stored form of the set: 7 bytes, and 37 for each
// entry. It fails where the set cannot be one of Extract's.
func (s Set) AppendBinary(b []byte) ([]byte, error) {
	if len(s.Points) != len(s.Descriptors) || len(s.Points) > Kept {
		return nil, fmt.Errorf("set of %d points and %d descriptors: there must be one for each, and %d at most", len(s.Points), len(s.Descriptors), Kept)
	}
	if s.W < 0 || s.H < 0 || s.W > hashing.FingerprintSide || s.H > hashing.FingerprintSide {
		return nil, fmt.Errorf("set of a picture of %d x %d pixels: %d are the most", s.W, s.H, hashing.FingerprintSide)
	}
	b = append(b, formatVersion)
	b = binary.BigEndian.AppendUint16(b, uint16(s.W))
	b = binary.BigEndian.AppendUint16(b, uint16(s.H))
	b = binary.BigEndian.AppendUint16(b, uint16(len(s.Points)))
	for i, p := range s.Points {
		g, ok := p.steps(s.W, s.H)
		if !ok {
			return nil, fmt.Errorf("entry %d of the set lies outside its picture: extract the set anew", i)
		}
		packed := uint64(g.x)<<29 | uint64(g.y)<<18 | uint64(g.scale)<<10 | uint64(g.angle)
		b = append(b, byte(packed>>32))
		b = binary.BigEndian.AppendUint32(b, uint32(packed))
		for _, word := range s.Descriptors[i] {
			b = binary.BigEndian.AppendUint64(b, word)
		}
	}
	return b, nil
}

// Decode reads what AppendBinary wrote. A set read is the set that was
// written, to the last bit.
func Decode(b []byte) (Set, error) {
	if len(b) < headerBytes {
		return Set{}, errors.New("stored keypoints are cut off: extract them anew")
	}
	if b[0] != formatVersion {
		return Set{}, fmt.Errorf("stored keypoints are of format %d, this program reads format %d: extract them anew", b[0], formatVersion)
	}
	w, h := int(binary.BigEndian.Uint16(b[1:])), int(binary.BigEndian.Uint16(b[3:]))
	n := int(binary.BigEndian.Uint16(b[5:]))
	b = b[headerBytes:]
	if w > hashing.FingerprintSide || h > hashing.FingerprintSide || n > Kept || len(b) != n*entryBytes || n > 0 && (w == 0 || h == 0) {
		return Set{}, fmt.Errorf("stored keypoints are damaged (%d entries in %d bytes, %d x %d pixels): extract them anew", n, len(b), w, h)
	}
	s := Set{W: w, H: h, Points: make([]Point, n), Descriptors: make([]Descriptor, n)}
	for i := range n {
		e := b[i*entryBytes:][:entryBytes]
		packed := uint64(e[0])<<32 | uint64(binary.BigEndian.Uint32(e[1:]))
		s.Points[i] = steps{
			x: int(packed >> 29), y: int(packed >> 18 & (placeSteps - 1)),
			scale: int(packed >> 10 & (scaleSteps - 1)), angle: int(packed & (angleSteps - 1)),
		}.point(w, h)
		for j := range s.Descriptors[i] {
			s.Descriptors[i][j] = binary.BigEndian.Uint64(e[5+8*j:])
		}
	}
	return s, nil
}

// Mirrored is the set of the picture with left and right exchanged.
func (s Set) Mirrored() Set {
	m := Set{W: s.W, H: s.H, Points: make([]Point, len(s.Points)), Descriptors: make([]Descriptor, len(s.Descriptors))}
	for i, p := range s.Points {
		p.X = float32(s.W) - p.X
		if p.Angle = math.Pi - p.Angle; p.Angle < 0 {
			p.Angle += 2 * math.Pi
		}
		m.Points[i] = p
	}
	for i, d := range s.Descriptors {
		m.Descriptors[i] = d.Mirrored()
	}
	return m
}
