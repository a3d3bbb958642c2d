package video

import (
	"bytes"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"sync"
	"time"
	"unicode"
)

// assembler turns what an ffmpeg writes into frames: pictures from standard
// output, their times from standard error, the n-th to the n-th. The two may
// arrive from two goroutines.
type assembler struct {
	longest int
	max     int
	yield   func(Frame) error

	mu      sync.Mutex
	out     pgm
	pics    []Frame
	waiting int // bytes of pics
	times   []time.Duration
	heard   time.Duration // the last of times
	last    time.Duration // of the frames yielded
	count   int           // frames yielded
	said    string        // the first error of the log
	err     error
}

var (
	errEnough   = errors.New("all frames that were wanted")
	errNoTimes  = errors.New("the decoder gave pictures without times")
	errNotAsked = errors.New("the decoder gave something that is no picture of the size asked for")
)

// maxWaiting bounds the bytes of pictures whose times have not come yet. The
// log is written first, but another goroutine may be slow to read it.
const maxWaiting = 64 << 20

func newAssembler(p Plan, yield func(Frame) error) *assembler {
	return &assembler{longest: p.Longest, max: p.MaxFrames, yield: yield}
}

// pictures is the writer for standard output.
func (a *assembler) pictures() writerFunc {
	return func(p []byte) (int, error) {
		a.mu.Lock()
		defer a.mu.Unlock()
		if a.err == nil {
			a.err = a.out.feed(p, a.longest, a.picture)
		}
		return len(p), a.err
	}
}

// log returns a writer for the standard error of one process. It never fails:
// a decoder must not stumble over its own messages.
func (a *assembler) log() writerFunc {
	var lines lineReader
	return func(p []byte) (int, error) {
		a.mu.Lock()
		defer a.mu.Unlock()
		lines.feed(p, a.line)
		return len(p), nil
	}
}

func (a *assembler) picture(f Frame) error {
	a.pics = append(a.pics, f)
	if a.waiting += len(f.Pix); a.waiting > maxWaiting || len(a.pics) > a.max {
		return errNoTimes
	}
	return a.pair()
}

func (a *assembler) line(l string) {
	if at, ok := showinfoTime(l, a.heard); ok {
		a.heard = at
		if len(a.times) <= a.max {
			a.times = append(a.times, at)
		}
		if a.err == nil {
			a.err = a.pair()
		}
		return
	}
	if a.said == "" && (strings.Contains(l, "[error]") || strings.Contains(l, "[fatal]")) {
		a.said = plain(l)
	}
}

// pair yields each picture whose time is known. Frames whose time goes back
// are left out.
func (a *assembler) pair() error {
	for len(a.pics) > 0 && len(a.times) > 0 {
		f, at := a.pics[0], a.times[0]
		a.pics, a.times = a.pics[1:], a.times[1:]
		a.waiting -= len(f.Pix)
		if a.count > 0 && at < a.last {
			continue
		}
		if a.count >= a.max {
			return errEnough
		}
		f.At, a.last = at, at
		a.count++
		if err := a.yield(f); err != nil {
			return err
		}
	}
	return nil
}

// result is the count of frames, the first error that the log told, and the
// error that ended the reading, if one did.
func (a *assembler) result() (frames int, said string, err error) {
	a.mu.Lock()
	defer a.mu.Unlock()
	if errors.Is(a.err, errEnough) {
		return a.count, a.said, nil
	}
	return a.count, a.said, a.err
}

type writerFunc func([]byte) (int, error)

func (f writerFunc) Write(p []byte) (int, error) { return f(p) }

// maxTime is the latest time of a frame that is believed.
const maxTime = 30 * 24 * time.Hour

// showinfoTime reads "pts_time:12.48" from a line of the showinfo filter. A
// frame without a time of its own ("NOPTS") has that of the frame before.
func showinfoTime(line string, before time.Duration) (time.Duration, bool) {
	if !strings.HasPrefix(line, "[Parsed_showinfo_") {
		return 0, false
	}
	_, rest, ok := strings.Cut(line, " pts_time:")
	if !ok || !strings.Contains(line, " n:") {
		return 0, false
	}
	word, _, _ := strings.Cut(rest, " ")
	s, err := strconv.ParseFloat(word, 64)
	if err != nil || !(s >= 0) { // also not a number
		return before, true
	}
	if s > maxTime.Seconds() {
		return maxTime, true
	}
	return time.Duration(s * float64(time.Second)).Round(time.Microsecond), true
}

// plain takes the decoder's own marks off a line of its log, as
// "[mov,mp4 @ 0x55] [error] moov atom not found".
func plain(line string) string {
	for strings.HasPrefix(line, "[") {
		_, rest, ok := strings.Cut(line, "] ")
		if !ok {
			break
		}
		line = rest
	}
	for _, name := range inputNames {
		line = strings.TrimPrefix(line, name+": ")
	}
	line = strings.Map(func(r rune) rune {
		if !unicode.IsPrint(r) {
			return -1
		}
		return r
	}, strings.ToValidUTF8(line, "?"))
	const most = 160
	if len(line) > most {
		line = strings.ToValidUTF8(line[:most], "") + "…"
	}
	return strings.TrimSpace(line)
}

// pgm cuts a stream into pictures: "P5\n512 288\n255\n" and the bytes, again
// and again; see pgm(5).
type pgm struct {
	header []byte
	pic    Frame
	have   int
}

// maxHeader is more than the longest header of a picture that is small enough.
const maxHeader = 24

func (g *pgm) feed(p []byte, longest int, done func(Frame) error) error {
	for len(p) > 0 {
		if g.pic.Pix == nil {
			g.header = append(g.header, p[0])
			p = p[1:]
			if bytes.Count(g.header, []byte("\n")) == 3 {
				if err := g.begin(longest); err != nil {
					return err
				}
			} else if len(g.header) > maxHeader {
				return errNotAsked
			}
			continue
		}
		n := copy(g.pic.Pix[g.have:], p)
		p = p[n:]
		if g.have += n; g.have == len(g.pic.Pix) {
			f := g.pic
			g.pic, g.have, g.header = Frame{}, 0, g.header[:0]
			if err := done(f); err != nil {
				return err
			}
		}
	}
	return nil
}

func (g *pgm) begin(longest int) error {
	var w, h int
	if _, err := fmt.Sscanf(string(g.header), "P5\n%d %d\n255\n", &w, &h); err != nil {
		return errNotAsked
	}
	if w < 1 || h < 1 || w > longest || h > longest {
		return errNotAsked
	}
	g.pic = Frame{W: w, H: h, Pix: make([]byte, w*h)}
	return nil
}

// lineReader cuts a stream into lines and drops the end of those that are too
// long.
type lineReader struct{ line []byte }

const maxLine = 4 << 10

func (r *lineReader) feed(p []byte, done func(string)) {
	for len(p) > 0 {
		i := bytes.IndexAny(p, "\n\r")
		part := p
		if i >= 0 {
			part = p[:i]
		}
		if room := maxLine - len(r.line); room > 0 {
			r.line = append(r.line, part[:min(room, len(part))]...)
		}
		if i < 0 {
			return
		}
		if len(r.line) > 0 {
			done(string(r.line))
		}
		r.line = r.line[:0]
		p = p[i+1:]
	}
}
