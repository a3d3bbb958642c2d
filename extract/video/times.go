package video

import (
	"encoding/binary"
	"errors"
	"io"
	"math"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"
)

// maxTimes is how many frames are listed.
const maxTimes = 1 << 20

var (
	errTooManyTimes = errors.New("there are more frames than can be listed: ask for a shorter part of the video")
	errNoPacketTime = errors.New("a packet has no time of its own")
)

// lister collects the times of frames: from the list of packets that the
// framecrc muxer writes, where no frame need be decoded, or from the lines of
// showinfo.
//
//	#tb 0: 1/15360
//	0,      -1024,          0,      512,    22178, 0xe245afc9, F=0x0
//
// are the stream, decoding time, presentation time, duration, size and checksum
// of a packet, and its flags unless it is a key frame and no more.
type lister struct {
	mu    sync.Mutex
	unit  float64 // seconds of the packets' times
	info  showinfo
	times []time.Duration
	said  complaint
	err   error
}

func (l *lister) output() io.Writer {
	var lines lineReader
	return writerFunc(func(p []byte) (int, error) {
		l.mu.Lock()
		defer l.mu.Unlock()
		lines.feed(p, l.packet)
		return len(p), l.err
	})
}

// discarded is the flag of a packet that is decoded and not shown.
const discarded = 4

func (l *lister) packet(line string) {
	if word, ok := after(line, "#tb 0: "); ok {
		l.unit = fraction(word)
		return
	}
	if line[0] == '#' || l.err != nil {
		return
	}
	words := strings.Split(line, ",")
	if len(words) < 3 || l.unit == 0 {
		l.err = errNotAsked
		return
	}
	if flags, ok := strings.CutPrefix(strings.TrimSpace(words[len(words)-1]), "F="); ok {
		if f, err := strconv.ParseUint(flags, 0, 32); err == nil && f&discarded != 0 {
			return
		}
	}
	pts, err := strconv.ParseInt(strings.TrimSpace(words[2]), 10, 64)
	switch {
	case err != nil || pts == math.MinInt64:
		l.err = errNoPacketTime
	case pts >= 0: // what comes before the beginning is not shown
		l.add(since(float64(pts)*l.unit, 0))
	}
}

func (l *lister) log() io.Writer {
	var lines lineReader
	return writerFunc(func(p []byte) (int, error) {
		l.mu.Lock()
		defer l.mu.Unlock()
		lines.feed(p, func(line string) {
			if what, at, _ := l.info.read(line); what == newTime {
				l.add(at)
			} else {
				l.said.read(line)
			}
		})
		return len(p), nil
	})
}

func (l *lister) add(at time.Duration) {
	if len(l.times) >= maxTimes {
		l.err = errTooManyTimes
		return
	}
	l.times = append(l.times, at)
}

func (l *lister) result() (string, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return string(l.said), l.err
}

// within gives the times of a window in order, each once.
func within(times []time.Duration, p Plan) []time.Duration {
	slices.Sort(times)
	times = slices.Compact(times)
	return slices.DeleteFunc(times, func(at time.Duration) bool { return p.before(at) || p.ends(at) })
}

// Times on their way from the worker are in nanoseconds, 8 bytes each.
func appendTimes(b []byte, times []time.Duration) []byte {
	for _, at := range times {
		b = binary.BigEndian.AppendUint64(b, uint64(at))
	}
	return b
}

// parseTimes checks all that a worker says of times, and adds them to those it
// said before.
func parseTimes(b []byte, times []time.Duration) ([]time.Duration, error) {
	if len(b)%8 != 0 || len(times)+len(b)/8 > maxTimes {
		return nil, errNotAsked
	}
	for ; len(b) > 0; b = b[8:] {
		at := binary.BigEndian.Uint64(b)
		if at > uint64(maxTime) {
			return nil, errNotAsked
		}
		times = append(times, time.Duration(at))
	}
	return times, nil
}
