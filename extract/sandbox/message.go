package sandbox

import (
	"bufio"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"
	"unicode"
)

// Messages between program and worker: four bytes of length (big endian, of
// what follows), one byte of kind, then the body.
type kind byte

const (
	kindHello  kind = 'H' // worker: ready; the protocol's name, then the names of its fences
	kindCall   kind = 'C' // program: see encodeCall
	kindRead   kind = 'R' // worker: offset (8), length (4)
	kindBytes  kind = 'B' // program: the bytes there are, fewer at the end of the file
	kindNoRead kind = 'N' // program: the file could not be read there
	kindEmit   kind = 'E' // worker: an intermediate result
	kindDone   kind = 'D' // worker: the final result
	kindFailed kind = 'F' // worker: the handler's error, as text
)

const (
	protocol = "firsthand-worker/2"

	headerBytes = 5
	maxRead     = 1 << 20   // bytes that a worker may ask for at once
	maxParams   = 1 << 20   // bytes of a call's parameters
	attached    = 256 << 10 // bytes of the file's beginning that go with the call
	maxToWorker = maxParams + attached + 1<<16
	maxToParent = 64 << 20         // one emitted or final result
	growStep    = 256 << 10        // memory is taken as bytes arrive, not as lengths claim
	maxText     = 300              // bytes of a message for people
	maxHello    = 200              // bytes
	maxOp       = 64               // bytes of an operation's name
	helloWait   = 30 * time.Second // a start on a busy machine
)

// errTooLong is a length that no honest peer sends.
var errTooLong = errors.New("message longer than allowed")

// writeMessage sends one message in full.
func writeMessage(w *bufio.Writer, k kind, parts ...[]byte) error {
	n := 1
	for _, p := range parts {
		n += len(p)
	}
	var header [headerBytes]byte
	binary.BigEndian.PutUint32(header[:], uint32(n))
	header[4] = byte(k)
	if _, err := w.Write(header[:]); err != nil {
		return err
	}
	for _, p := range parts {
		if _, err := w.Write(p); err != nil {
			return err
		}
	}
	return w.Flush()
}

// readMessage reads one message of at most limit bytes into buf, which it
// grows as the bytes arrive, and returns the body as a part of it. The error
// is io.EOF only before the first byte.
func readMessage(r io.Reader, limit int, buf []byte) (kind, []byte, error) {
	var header [headerBytes]byte
	if _, err := io.ReadFull(r, header[:]); err != nil {
		return 0, nil, err
	}
	n := int64(binary.BigEndian.Uint32(header[:])) - 1
	if n < 0 || n > int64(limit) {
		return 0, nil, fmt.Errorf("%w: %d bytes", errTooLong, n)
	}
	body := buf[:0]
	for int64(len(body)) < n {
		step := int(min(n-int64(len(body)), growStep))
		body = slices.Grow(body, step)
		have := len(body)
		if _, err := io.ReadFull(r, body[have:have+step]); err != nil {
			return 0, nil, noEOF(err)
		}
		body = body[:have+step]
	}
	return kind(header[4]), body, nil
}

func noEOF(err error) error {
	if errors.Is(err, io.EOF) {
		return io.ErrUnexpectedEOF
	}
	return err
}

// callHeader is the fixed part of a call as the worker receives it.
type callHeader struct {
	op     string
	size   int64
	cpu    time.Duration
	params int // bytes of the parameters; what follows them is the file's beginning
}

func (h callHeader) encode() []byte {
	b := append([]byte{byte(len(h.op))}, h.op...)
	b = binary.BigEndian.AppendUint64(b, uint64(h.size))
	b = binary.BigEndian.AppendUint64(b, uint64(h.cpu))
	return binary.BigEndian.AppendUint32(b, uint32(h.params))
}

// decodeCall takes a call apart: header, parameters, beginning of the file.
func decodeCall(body []byte) (h callHeader, params, head []byte, err error) {
	const fixed = 8 + 8 + 4
	if len(body) < 1 || len(body) < 1+int(body[0])+fixed {
		return callHeader{}, nil, nil, errors.New("short call")
	}
	n := 1 + int(body[0])
	h = callHeader{
		op:     string(body[1:n]),
		size:   int64(binary.BigEndian.Uint64(body[n:])),
		cpu:    time.Duration(binary.BigEndian.Uint64(body[n+8:])),
		params: int(binary.BigEndian.Uint32(body[n+16:])),
	}
	rest := body[n+fixed:]
	if h.size < 0 || h.cpu < 0 || h.params > len(rest) {
		return callHeader{}, nil, nil, errors.New("impossible size in a call")
	}
	return h, rest[:h.params], rest[h.params:], nil
}

// printable makes one short line out of text that a worker sent: it may hold
// anything, as parts of the file that broke the decoder.
func printable(s string) string {
	s = strings.ToValidUTF8(s, "?")
	s = strings.Map(func(r rune) rune {
		if r == '\n' || r == '\t' {
			return ' '
		}
		if !unicode.IsPrint(r) {
			return -1
		}
		return r
	}, s)
	s = strings.Join(strings.Fields(s), " ")
	if len(s) > maxText {
		s = strings.ToValidUTF8(s[:maxText], "") + "…"
	}
	return s
}
