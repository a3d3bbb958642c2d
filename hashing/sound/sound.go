// Package sound fingerprints sound tracks and finds which stretch of one is
// heard in another, whatever was done to it since: another codec, volume or
// equaliser, noise or a voice over it, cut out, played slower or faster.
//
// Write the samples to a [Maker], keep its [Track], and ask [Align] what two
// tracks have in common, [Pairs] which of many tracks are worth asking for, and
// [Differ] whether two stretches that show the same sound different. A [Wave]
// is the loudness over time, for people.
//
// The method is that of landmarks:
//
//  1. A spectrum every 23 ms, in bands of an equal part of an octave, from
//     220 Hz to 3.5 kHz, which telephones pass and codecs keep.
//  2. The points of it that stand out, 28 a second at most, are the marks; they
//     are all that is kept (Wang 2003, An Industrial-Strength Audio Search
//     Algorithm). Of these, 65 to 95 in 100 are still there after what is
//     listed above, and 4 to 10 in 100 agree by chance.
//  3. Four marks make a quad, with a key that stays the same at another speed
//     or pitch (Six and Leman 2014, Panako; Sonnleitner and Widmer 2016, Robust
//     Quad-Based Audio Fingerprinting). Quads of one key in two tracks vote for
//     how these go together.
//  4. What gets most votes is followed mark by mark to both sides, as far as
//     the tracks agree.
//  5. It counts as found where the marks agree in far greater part than they do
//     a moment earlier or later: not for hum, noise, beeps or a clock, which
//     agree everywhere alike or not at all.
//
// The same samples give the same fingerprint, however they are written. The
// speed may be between 0.8 and 1.25, with the pitch or without it. Two
// performances of one piece do not match. Two copies of one recording do, and
// so do two songs that are put together from the same recorded loops.
package sound

import (
	"math"
	"slices"
	"time"
)

// Rate is the sampling rate of the sound that is fingerprinted, in Hz, mono.
const Rate = 11025

// Longest is how much of a sound track is fingerprinted; what follows is
// counted in the duration and not compared.
const Longest = 6 * time.Hour

// mostSamples is the number of samples in Longest, maxSamples that of which the
// duration can be told.
const (
	mostSamples = int64(Longest/time.Second) * Rate
	maxSamples  = math.MaxInt64 / int64(time.Second)
)

// Track is the fingerprint of a sound track.
type Track struct {
	samples int64
	marks   []mark // in order of time, then of pitch
}

// Duration is the length of the sound track, as far as it was heard.
func (t *Track) Duration() time.Duration {
	return time.Duration(t.samples/Rate)*time.Second + time.Duration(t.samples%Rate)*time.Second/Rate
}

// Sound is worth comparing where so many clear marks are within so many frames:
// 10 seconds.
const (
	worthMarks  = 12
	worthFrames = 10 * Rate / hop
)

// Silent says that there is no sound worth comparing: silence, noise alone, or
// a sound that never changes.
func (t *Track) Silent() bool {
	var last [worthMarks]uint32
	n := 0
	for _, m := range t.marks {
		if !m.clear {
			continue
		}
		if n >= worthMarks-1 && m.frame-last[(n+1)%worthMarks] <= worthFrames {
			return false
		}
		last[n%worthMarks] = m.frame
		n++
	}
	return true
}

// between is the part of a track from one time to another, in seconds, with
// its times unchanged.
func (t *Track) between(from, to float64) Track {
	low, high := after(t.marks, from*frameRate), after(t.marks, to*frameRate)
	return Track{samples: t.samples, marks: t.marks[low:max(low, high)]}
}

// Maker makes the fingerprint of a sound track, and its loudness over time,
// from the samples written to it. The zero value is ready. It holds no more
// than some seconds of sound.
type Maker struct {
	waver
	marker
	spectrum spectrum
	pending  []int16 // less than a window
}

// Write adds samples of Rate Hz, mono. How they are divided over calls makes
// no difference.
func (m *Maker) Write(samples []int16) {
	heard := m.waver.samples
	m.waver.write(samples)
	if left := max(mostSamples-heard, 0); int64(len(samples)) > left {
		samples = samples[:left]
	}
	for len(samples) > 0 {
		n := min(len(samples), window-len(m.pending))
		m.pending = append(m.pending, samples[:n]...)
		samples = samples[n:]
		if len(m.pending) == window {
			m.spectrum.of((*[window]int16)(m.pending))
			m.marker.add(m.spectrum.bands())
			m.pending = append(m.pending[:0], m.pending[hop:]...)
		}
	}
}

// Track is the fingerprint of what was written so far.
func (m *Maker) Track() Track {
	return Track{samples: m.waver.samples, marks: slices.Clip(m.marker.clone().end())}
}

// Wave is the loudness of what was written so far.
func (m *Maker) Wave() Wave { return m.waver.wave() }
