package scaledjpeg

import (
	"bytes"
	"io"
)

// source reads the file from front to back in large pieces.
type source struct {
	r      io.ReaderAt
	size   int64
	off    int64 // in the file, of the first byte not in buf
	buf    []byte
	i      int // in buf, of the next byte
	failed error
}

const pieceBytes = 64 << 10

// fill makes sure that a byte is there. It returns ErrTruncated at the end.
func (s *source) fill() error {
	if s.i < len(s.buf) {
		return nil
	}
	if s.failed != nil {
		return s.failed
	}
	n := min(s.size-s.off, pieceBytes)
	if n <= 0 {
		return ErrTruncated
	}
	if s.buf == nil {
		s.buf = make([]byte, min(s.size, pieceBytes))
	}
	s.buf, s.i = s.buf[:n], 0
	got, err := s.r.ReadAt(s.buf, s.off)
	s.buf = s.buf[:got]
	s.off += int64(got)
	if err != nil && err != io.EOF {
		s.failed = err
	}
	if got == 0 {
		s.size = s.off // shorter than it was said to be
		if s.failed != nil {
			return s.failed
		}
		return ErrTruncated
	}
	return nil
}

func (s *source) byte() (byte, error) {
	if err := s.fill(); err != nil {
		return 0, err
	}
	b := s.buf[s.i]
	s.i++
	return b, nil
}

func (s *source) full(p []byte) error {
	for len(p) > 0 {
		if err := s.fill(); err != nil {
			return err
		}
		n := copy(p, s.buf[s.i:])
		s.i += n
		p = p[n:]
	}
	return nil
}

func (s *source) skip(n int) error {
	for n > 0 {
		if err := s.fill(); err != nil {
			return err
		}
		k := min(n, len(s.buf)-s.i)
		s.i += k
		n -= k
	}
	return nil
}

// marker finds the next marker that is none of those within scan data, and
// steps over it. Bytes before it are ignored, as libjpeg and image/jpeg do.
func (s *source) marker() (byte, error) {
	for {
		m, err := s.anyMarker()
		if err != nil {
			return 0, err
		}
		if !isRestart(m) {
			return m, nil
		}
	}
}

// anyMarker is marker, and restart markers too.
func (s *source) anyMarker() (byte, error) {
	for {
		if err := s.fill(); err != nil {
			return 0, err
		}
		at := bytes.IndexByte(s.buf[s.i:], 0xff)
		if at < 0 {
			s.i = len(s.buf)
			continue
		}
		s.i += at + 1
		m := byte(0xff)
		for m == 0xff { // fill bytes, B.1.1.2
			var err error
			if m, err = s.byte(); err != nil {
				return 0, err
			}
		}
		if m != 0 {
			return m, nil
		}
	}
}

// unstuffed appends scan data to dst up to its capacity, with the zero after
// each 0xff taken out (F.1.2.3). ended says that a marker follows, which is
// left in place.
func (s *source) unstuffed(dst []byte) (_ []byte, ended bool, err error) {
	for len(dst) < cap(dst) {
		if err := s.fill(); err != nil {
			return dst, true, err
		}
		piece := s.buf[s.i:min(len(s.buf), s.i+cap(dst)-len(dst))]
		at := bytes.IndexByte(piece, 0xff)
		if at < 0 {
			dst = append(dst, piece...)
			s.i += len(piece)
			continue
		}
		dst = append(dst, piece[:at]...)
		s.i += at
		next, err := s.peekSecond()
		if err != nil || next != 0 {
			return dst, true, err
		}
		dst = append(dst, 0xff)
		s.i += 2
	}
	return dst, false, nil
}

// peekSecond is the byte after the next one, which is an 0xff at i.
func (s *source) peekSecond() (byte, error) {
	if s.i+1 < len(s.buf) {
		return s.buf[s.i+1], nil
	}
	// Read on from the 0xff itself.
	s.off -= int64(len(s.buf) - s.i)
	s.buf = s.buf[:0]
	s.i = 0
	if err := s.fill(); err != nil {
		return 0, err
	}
	if len(s.buf) < 2 {
		return 0, ErrTruncated
	}
	return s.buf[1], nil
}
