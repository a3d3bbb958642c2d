package video

import (
	"errors"
	"io"
	"sync"
	"time"
)

// sink takes what the processes of one decoding write. The two streams may
// arrive from two goroutines.
type sink interface {
	// output is the writer for standard output.
	output() io.Writer
	// log returns a writer for the standard error of one process. It never
	// fails: a decoder must not stumble over its own messages.
	log() io.Writer
	// result is the first error that the log told, and the error that ended
	// the reading, if one did, or errEnough. It is asked when all processes
	// have ended.
	result() (said string, err error)
}

var (
	errEnough   = errors.New("all that was wanted")
	errNoTimes  = errors.New("the decoder gave pictures without times")
	errNotAsked = errors.New("the decoder gave something else than it was asked for")
)

// assembler turns what an ffmpeg writes into frames: pictures from standard
// output, their times from standard error, the n-th to the n-th.
type assembler struct {
	plan  Plan
	yield func(Frame) error

	mu      sync.Mutex
	out     pictures
	pics    []Frame
	waiting int // bytes of pics
	info    showinfo
	times   []announced
	open    *announced    // a time whose matrix may follow
	last    time.Duration // of the frames yielded
	count   int           // frames yielded
	said    complaint
	err     error
}

// announced is what the log tells of one frame.
type announced struct {
	at     time.Duration
	matrix matrix
}

// maxWaiting bounds the bytes of pictures whose times have not come yet. The
// log is written first, but another goroutine may be slow to read it.
const maxWaiting = 64 << 20

func newAssembler(p Plan, yield func(Frame) error) *assembler {
	return &assembler{plan: p, yield: yield, out: pictures{colour: p.Colour}}
}

func (a *assembler) output() io.Writer {
	return writerFunc(func(p []byte) (int, error) {
		a.mu.Lock()
		defer a.mu.Unlock()
		if a.err == nil {
			a.err = a.out.feed(p, a.plan.Longest, a.picture)
		}
		return len(p), a.err
	})
}

func (a *assembler) log() io.Writer {
	var lines lineReader
	return writerFunc(func(p []byte) (int, error) {
		a.mu.Lock()
		defer a.mu.Unlock()
		lines.feed(p, a.line)
		return len(p), nil
	})
}

func (a *assembler) picture(f Frame) error {
	a.pics = append(a.pics, f)
	if a.waiting += len(f.Pix); a.waiting > maxWaiting || len(a.pics) > a.plan.MaxFrames+1 {
		return errNoTimes
	}
	return a.pair()
}

func (a *assembler) line(l string) {
	switch what, at, m := a.info.read(l); what {
	case newTime:
		a.announce()
		a.open = &announced{at: at, matrix: bt601}
		if !a.plan.Colour { // nobody waits for the matrix
			a.announce()
		}
	case newMatrix:
		if a.open != nil {
			a.open.matrix = m
			a.announce()
		}
	default:
		a.said.read(l)
	}
}

// announce closes the open time and hands it to its picture.
func (a *assembler) announce() {
	if a.open == nil {
		return
	}
	if len(a.times) <= a.plan.MaxFrames {
		a.times = append(a.times, *a.open)
	}
	a.open = nil
	if a.err == nil {
		a.err = a.pair()
	}
}

// pair yields each picture whose time is known. Frames whose time goes back and
// those outside the window are left out.
func (a *assembler) pair() error {
	for len(a.pics) > 0 && len(a.times) > 0 {
		f, t := a.pics[0], a.times[0]
		a.pics, a.times = a.pics[1:], a.times[1:]
		a.waiting -= len(f.Pix)
		if a.plan.before(t.at) || (a.count > 0 && t.at < a.last) {
			continue
		}
		if a.count >= a.plan.MaxFrames || a.plan.ends(t.at) {
			return errEnough
		}
		f.At, f.matrix, a.last = t.at, t.matrix, t.at
		a.count++
		if err := a.yield(f); err != nil {
			return err
		}
	}
	return nil
}

func (a *assembler) result() (string, error) {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.announce()
	return string(a.said), a.err
}

type writerFunc func([]byte) (int, error)

func (f writerFunc) Write(p []byte) (int, error) { return f(p) }
