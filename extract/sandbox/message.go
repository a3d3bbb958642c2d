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
	protocol = "firsthand-worker/1"

	headerBytes = 5
	maxRead     = 1 << 20          // bytes that a worker may ask for at once
	maxToWorker = maxRead + 1<<16  // parameters stay below this too
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
	op   string
	size int64
	cpu  time.Duration
}

func (h callHeader) encode() []byte {
	b := append([]byte{byte(len(h.op))}, h.op...)
	b = binary.BigEndian.AppendUint64(b, uint64(h.size))
	return binary.BigEndian.AppendUint64(b, uint64(h.cpu))
}

func decodeCall(body []byte) (callHeader, []byte, error) {
	if len(body) < 1 || len(body) < 1+int(body[0])+16 {
		return callHeader{}, nil, errors.New("short call")
	}
	n := 1 + int(body[0])
	h := callHeader{
		op:   string(body[1:n]),
		size: int64(binary.BigEndian.Uint64(body[n:])),
		cpu:  time.Duration(binary.BigEndian.Uint64(body[n+8:])),
	}
	if h.size < 0 || h.cpu < 0 {
		return callHeader{}, nil, errors.New("negative size in a call")
	}
	return h, body[n+16:], nil
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
