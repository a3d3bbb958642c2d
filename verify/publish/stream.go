package publish

import (
	"bufio"
	"errors"
	"io"
)

// reader reads forward and remembers the first error; a short file is one.
type reader struct {
	in  *bufio.Reader
	at  int64
	err error
	buf []byte

	inMarker bool // the 0xff of a marker is behind
}

func newReader(in *io.SectionReader) *reader {
	in.Seek(0, io.SeekStart) // of a section it cannot fail
	return &reader{in: bufio.NewReaderSize(in, 1<<16)}
}

// take gives the next n bytes (65,533 at most), which hold until the next call.
func (r *reader) take(n int) []byte {
	if cap(r.buf) < n {
		r.buf = make([]byte, n)
	}
	b := r.buf[:n]
	if r.err != nil {
		clear(b)
		return b
	}
	k, err := io.ReadFull(r.in, b)
	r.at += int64(k)
	r.err = err
	return b
}

func (r *reader) skip(n int64) { r.copy(&writer{w: io.Discard}, n) }

func (r *reader) copy(out *writer, n int64) {
	if r.err != nil || out.err != nil || n == 0 {
		return
	}
	k, err := io.CopyN(out.w, r.in, n)
	r.at += k
	r.err = err
}

// marker finds the next marker of a JPEG, passing over fill bytes.
func (r *reader) marker() byte {
	if !r.inMarker && r.take(1)[0] != 0xff && r.err == nil {
		r.err = errBroken
	}
	r.inMarker = false
	b := r.take(1)
	for b[0] == 0xff && r.err == nil {
		b = r.take(1)
	}
	return b[0]
}

// scan copies the entropy-coded data of a JPEG up to the marker that ends it,
// and leaves the reader inside that.
func (r *reader) scan(out *writer) {
	for r.err == nil && out.err == nil {
		some, err := r.in.ReadSlice(0xff)
		r.at += int64(len(some))
		if errors.Is(err, bufio.ErrBufferFull) {
			out.write(some)
			continue
		}
		if err != nil {
			r.err = err
			return
		}
		out.write(some[:len(some)-1])
		next, err := r.in.Peek(1)
		switch {
		case err != nil:
			r.err = err
		case next[0] == 0 || next[0] >= 0xd0 && next[0] <= 0xd7:
			out.bytes(0xff)
		case next[0] != 0xff: // fill bytes are dropped
			r.inMarker = true
			return
		}
	}
}

// writer writes and remembers the first error.
type writer struct {
	w   io.Writer
	err error
}

func (w *writer) write(b []byte) {
	if w.err == nil {
		_, w.err = w.w.Write(b)
	}
}

func (w *writer) bytes(b ...byte) { w.write(b) }
