package video

import (
	"cmp"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"math"
	"strconv"
	"strings"
	"sync"
	"time"
)

// What is given of a sound track.
const (
	maxSound   = 4 * time.Hour
	maxSilence = 30 * time.Minute // that is put in for a gap; a longer one is more likely a lie
)

const (
	maxSamples  = int64(maxSound/time.Second) * SoundRate
	mostSilent  = int64(maxSilence/time.Second) * SoundRate
	leastGap    = SoundRate / 10 // samples; smaller ones are of a clock's rounding
	pieceBytes  = 32 << 10
	maxWaitingN = 1 << 16 // announced pieces whose samples have not come yet
)

// listener puts the pieces of sound that a decoder writes to where they belong,
// the n-th announced by the n-th line of the ashowinfo filter:
//
//	[Parsed_ashowinfo_3 @ 0x1] [info] n:0 pts:55125 pts_time:5 ... nb_samples:235 ...
//
// pts counts samples from the beginning of the file. Silence fills the gaps,
// and what is said twice is left out.
type listener struct {
	emit func([]byte) error

	mu     sync.Mutex
	pieces []piece
	raw    []byte // samples that came, two bytes each with the lower one first
	next   int64  // the sample that comes next
	batch  []byte // to be emitted
	said   complaint
	note   string
	err    error
}

// piece is what the log tells of one run of samples.
type piece struct {
	at    int64 // the first sample's place, or nowhere
	count int
}

// nowhere is the place of a piece that has no time: behind the last one.
const nowhere = math.MinInt64

func newListener(emit func([]byte) error) *listener { return &listener{emit: emit} }

func (l *listener) output() io.Writer {
	return writerFunc(func(p []byte) (int, error) {
		l.mu.Lock()
		defer l.mu.Unlock()
		if l.err == nil {
			l.raw = append(l.raw, p...)
			l.err = l.place()
		}
		return len(p), l.err
	})
}

func (l *listener) log() io.Writer {
	var lines lineReader
	return writerFunc(func(p []byte) (int, error) {
		l.mu.Lock()
		defer l.mu.Unlock()
		lines.feed(p, l.line)
		return len(p), nil
	})
}

func (l *listener) line(line string) {
	if !strings.HasPrefix(line, "[Parsed_ashowinfo_") {
		l.said.read(line)
		return
	}
	word, ok := after(line, " nb_samples:")
	count, err := strconv.ParseUint(word, 10, 31)
	if !ok || err != nil || l.err != nil {
		return
	}
	at := int64(nowhere)
	if word, ok := after(line, " pts:"); ok {
		if n, err := strconv.ParseInt(word, 10, 64); err == nil {
			at = clamp(n, -latest, latest)
		}
	}
	l.pieces = append(l.pieces, piece{at, int(count)})
	l.err = l.place()
}

// place hands on the pieces that are complete.
func (l *listener) place() error {
	for len(l.pieces) > 0 && len(l.raw) >= 2*l.pieces[0].count {
		p := l.pieces[0]
		if err := l.put(p.at, l.raw[:2*p.count]); err != nil {
			return err
		}
		l.pieces, l.raw = l.pieces[1:], l.raw[2*p.count:]
	}
	if len(l.raw) > maxWaiting || len(l.pieces) > maxWaitingN {
		return errNotAsked
	}
	return nil
}

func (l *listener) put(at int64, samples []byte) error {
	gap := at - l.next
	switch {
	case at == nowhere:
	case gap > mostSilent:
		l.note = fmt.Sprintf("there is no sound from %s on for %s; what follows was not listened to", clock(asTime(l.next)), clock(asTime(gap)))
		return errEnough
	case gap > leastGap:
		if err := l.silence(gap); err != nil {
			return err
		}
	case gap < -leastGap:
		samples = samples[min(2*-gap, int64(len(samples))):]
	}
	return l.send(samples)
}

// latest is the place of a sample at maxTime.
const latest = int64(maxTime/time.Second) * SoundRate

// asTime is the time of a sample.
func asTime(sample int64) time.Duration {
	return time.Duration(float64(sample) / SoundRate * float64(time.Second))
}

func (l *listener) silence(count int64) error {
	zeros := make([]byte, pieceBytes)
	for count > 0 {
		n := min(count, pieceBytes/2)
		if err := l.send(zeros[:2*n]); err != nil {
			return err
		}
		count -= n
	}
	return nil
}

// send emits samples in pieces of a good size.
func (l *listener) send(samples []byte) error {
	room := maxSamples - l.next
	full := int64(len(samples)/2) >= room
	if full {
		samples = samples[:2*room]
	}
	l.next += int64(len(samples) / 2)
	l.batch = append(l.batch, samples...)
	if full {
		l.note = fmt.Sprintf("only the first %s of the sound were listened to", clock(maxSound))
		return errEnough
	}
	if len(l.batch) >= pieceBytes {
		return l.flush()
	}
	return nil
}

func (l *listener) flush() error {
	if len(l.batch) == 0 {
		return nil
	}
	err := l.emit(l.batch)
	l.batch = l.batch[:0]
	return err
}

// result also hands on what nothing was said of.
func (l *listener) result() (string, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.err == nil {
		l.err = l.send(l.raw[:len(l.raw)/2*2])
		l.raw = nil
	}
	if l.err == nil || errors.Is(l.err, errEnough) {
		l.err = cmp.Or(l.flush(), l.err)
	}
	return string(l.said), l.err
}

// parseSamples puts samples into the room that a caller keeps.
func parseSamples(b []byte, room []int16) ([]int16, error) {
	if len(b)%2 != 0 {
		return nil, errNotAsked
	}
	room = room[:0]
	for ; len(b) > 0; b = b[2:] {
		room = append(room, int16(binary.LittleEndian.Uint16(b)))
	}
	return room, nil
}
