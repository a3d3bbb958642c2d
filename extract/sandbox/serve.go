package sandbox

import (
	"bufio"
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"os"
	"runtime/debug"
	"strings"
	"sync"
	"sync/atomic"
)

// ownPages is the most that pages of the program's own file take in memory, and
// what a Go program needs before it does anything.
const ownPages = 24 << 20

// Serve is the worker's whole life: it fences the process in, greets the
// program on stdout and does the calls that arrive on stdin, one at a time,
// until stdin ends. When stdin ends during a call the program is gone, and
// Serve ends the process. From here on the process's standard output belongs
// to the protocol: what a handler prints goes to standard error.
func Serve(stdin io.Reader, stdout io.Writer, handlers map[string]Handler, limits Limits) error {
	limits = limits.withDefaults()
	os.Stdout = os.Stderr
	debug.SetMemoryLimit((limits.Memory - ownPages) / 4 * 3)
	debug.SetGCPercent(400) // a small heap: the limit above has the last word
	fences, err := confine(limits)
	if err != nil {
		return fmt.Errorf("fence the worker in: %w", err)
	}
	s := &server{
		out:      bufio.NewWriterSize(stdout, 64<<10),
		handlers: handlers,
		calls:    make(chan []byte),
		answers:  make(chan answer),
		spare:    make(chan []byte, 1),
	}
	if err := s.send(kindHello, []byte(strings.Join(append([]string{protocol}, fences...), " "))); err != nil {
		return err
	}
	go s.receive(bufio.NewReaderSize(stdin, 64<<10))
	for body := range s.calls {
		if err := s.serve(body); err != nil {
			return err
		}
	}
	return nil
}

// server is the worker's end of the connection.
type server struct {
	handlers map[string]Handler
	calls    chan []byte
	answers  chan answer
	spare    chan []byte // a block buffer that is free again
	busy     atomic.Bool
	reading  sync.Mutex // one read request is under way at a time

	sending sync.Mutex
	out     *bufio.Writer
}

// answer is what the program sent for one read request.
type answer struct {
	data   []byte
	failed bool
}

var errReadFailed = errors.New("the program could not read the file")

// receive sorts incoming messages until stdin ends.
func (s *server) receive(in io.Reader) {
	defer close(s.calls)
	for {
		var buf []byte
		select {
		case buf = <-s.spare:
		default:
		}
		k, body, err := readMessage(in, maxToWorker, buf)
		switch {
		case err != nil:
			if s.busy.Load() {
				os.Exit(1) // nobody is left who could use the result
			}
			return
		case k == kindCall:
			s.busy.Store(true)
			s.calls <- body
		case k == kindBytes || k == kindNoRead:
			s.answers <- answer{data: body, failed: k == kindNoRead}
		default:
			return
		}
	}
}

func (s *server) send(k kind, parts ...[]byte) error {
	s.sending.Lock()
	defer s.sending.Unlock()
	return writeMessage(s.out, k, parts...)
}

// serve does one call. Its error is one of the connection, not of the call.
func (s *server) serve(body []byte) error {
	call, params, beginning, err := decodeCall(body)
	if err != nil {
		return err
	}
	defer s.busy.Store(false)
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	result, err := s.handle(ctx, call, params, beginning)
	if err != nil {
		return s.send(kindFailed, []byte(printable(err.Error())))
	}
	return s.send(kindDone, result)
}

func (s *server) handle(ctx context.Context, call callHeader, params, beginning []byte) ([]byte, error) {
	h, ok := s.handlers[call.op]
	if !ok {
		return nil, errors.New("no such operation in this worker")
	}
	limitCPU(call.cpu)
	r := Request{
		Op: call.op, Params: params, Size: call.size,
		File: newBlockReader(beginning, s.fetch, call.size),
	}
	result, err := h(ctx, r, func(b []byte) error {
		if len(b) > maxToParent {
			return errTooLong
		}
		return s.send(kindEmit, b)
	})
	if err == nil && len(result) > maxToParent {
		err = errTooLong
	}
	return result, err
}

// fetch asks the program for len(p) bytes at off and returns how many there
// are.
func (s *server) fetch(p []byte, off int64) (int, error) {
	s.reading.Lock()
	defer s.reading.Unlock()
	var ask [12]byte
	binary.BigEndian.PutUint64(ask[:], uint64(off))
	binary.BigEndian.PutUint32(ask[8:], uint32(len(p)))
	if err := s.send(kindRead, ask[:]); err != nil {
		return 0, err
	}
	a := <-s.answers
	if a.failed {
		return 0, errReadFailed
	}
	n := copy(p, a.data)
	select {
	case s.spare <- a.data:
	default:
	}
	return n, nil
}

// Seal takes away from a worker the folders it was allowed, where the system
// can: a handler calls it when it has read what it needs and before it touches
// the file.
func Seal() { seal() }
