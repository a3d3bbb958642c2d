package sound

import (
	"encoding/binary"
	"errors"
	"fmt"
)

// The stored form of a track:
//
//	1 byte  trackVersion
//	uvarint samples of Rate Hz
//	then for each mark, in order of time and then of pitch
//	uvarint twice the frames since the mark before (of the first: since the
//	        start), and 1 more for a clear mark
//	1 byte  pitch
//
// Every number takes as few bytes as it can, so that there is one form only.
const trackVersion = 1

// AppendBinary appends the stored form of the track: as a rule 60 bytes for a
// second of sound, 112 at most.
func (t *Track) AppendBinary(b []byte) ([]byte, error) {
	b = append(b, trackVersion)
	b = binary.AppendUvarint(b, uint64(t.samples))
	before := uint32(0)
	for _, m := range t.marks {
		step := 2 * uint64(m.frame-before)
		if m.clear {
			step++
		}
		b = append(binary.AppendUvarint(b, step), m.pitch)
		before = m.frame
	}
	return b, nil
}

var errDamaged = errors.New("stored sound is damaged: read the file anew")

// Decode reads what AppendBinary wrote.
func Decode(b []byte) (Track, error) {
	if len(b) == 0 {
		return Track{}, errDamaged
	}
	if b[0] != trackVersion {
		return Track{}, fmt.Errorf("stored sound is of format %d, this program reads format %d: read the file anew", b[0], trackVersion)
	}
	samples, b, ok := uvarint(b[1:], uint64(maxSamples))
	if !ok {
		return Track{}, errDamaged
	}
	t := Track{samples: int64(samples)}
	last := uint64(frames(t.samples))
	// A mark takes two bytes or more: what is made is no more than what is there.
	t.marks = make([]mark, 0, len(b)/2)
	for at := uint64(0); len(b) > 0; {
		var step uint64
		if step, b, ok = uvarint(b, 2*last); !ok || len(b) == 0 {
			return Track{}, errDamaged
		}
		at += step / 2
		if at >= last || !t.add(mark{uint32(at), b[0], step%2 == 1}) {
			return Track{}, errDamaged
		}
		b = b[1:]
	}
	return t, nil
}

// uvarint reads a number up to most, written in as few bytes as it takes.
func uvarint(b []byte, most uint64) (v uint64, rest []byte, ok bool) {
	v, n := binary.Uvarint(b)
	if n <= 0 || v > most || n > 1 && b[n-1] == 0 {
		return 0, nil, false
	}
	return v, b[n:], true
}

// add appends a mark that can follow those before it.
func (t *Track) add(m mark) bool {
	n := len(t.marks)
	if m.pitch > topPitch || n > 0 && t.marks[n-1].compare(m) >= 0 {
		return false
	}
	// Of the marks within crowding frames of each other, crowd are kept.
	if n >= crowd && m.frame-t.marks[n-crowd].frame <= crowding {
		return false
	}
	t.marks = append(t.marks, m)
	return true
}

// frames is the number of spectra of so many samples.
func frames(samples int64) int64 {
	samples = min(samples, mostSamples)
	if samples < window {
		return 0
	}
	return (samples-window)/hop + 1
}
