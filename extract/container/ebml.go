package container

import (
	"math"
	"math/bits"
)

// element is one EBML element (RFC 8794). Of unknown size, end is that of
// what holds it.
type element struct {
	id        uint32
	off       int64 // of the header
	body, end int64
	unknown   bool // size not stated
}

func (e element) size() int64 { return e.end - e.body }

// elementAt reads one element header at an offset. Its content is cut at end;
// cut says so.
func (s *scan) elementAt(at, end int64) (e element, cut bool, err error) {
	head, err := s.peek(at, int(min(end-at, 12)))
	if err != nil {
		return e, false, err
	}
	if len(head) == 0 {
		return e, false, errShort
	}
	idLen := bits.LeadingZeros8(head[0]) + 1
	if idLen > 4 || idLen >= len(head) {
		return e, false, errShort
	}
	f := bigEndian(head)
	for range idLen {
		e.id = e.id<<8 | uint32(f.u8())
	}
	first := f.u8()
	sizeLen := bits.LeadingZeros8(first) + 1
	if sizeLen > 8 {
		return e, false, errShort
	}
	size := uint64(first) & (0xff >> sizeLen)
	ones := size == 0xff>>sizeLen
	for range sizeLen - 1 {
		c := f.u8()
		ones = ones && c == 0xff
		size = size<<8 | uint64(c)
	}
	if f.short {
		return e, false, errShort
	}
	e.off = at
	e.body = at + int64(idLen+sizeLen)
	switch left := uint64(end - e.body); {
	case ones:
		e.unknown, e.end = true, end
	case size > left:
		e.end = end
		cut = true
	default:
		e.end = e.body + int64(size)
	}
	return e, cut, nil
}

// elements calls visit for each element between from and end until it says
// stop.
func (s *scan) elements(from, end int64, where string, visit func(element) bool) {
	for at := from; at < end && s.err == nil; {
		if err := s.budget.TakeValue(); err != nil {
			s.failed(where, err)
			return
		}
		e, cut, err := s.elementAt(at, end)
		if err != nil {
			s.failed(where, err)
			return
		}
		if cut {
			s.problem("truncated", where, "an element at offset %d reaches beyond the end of what holds it", at)
		}
		if !visit(e) {
			return
		}
		at = e.end
	}
}

// uint reads an unsigned integer element of up to eight bytes.
func (s *scan) uintElement(e element) uint64 {
	if e.size() > 8 {
		return 0
	}
	b, err := s.peek(e.body, int(e.size()))
	if err != nil {
		return 0
	}
	v := uint64(0)
	for _, c := range b {
		v = v<<8 | uint64(c)
	}
	return v
}

// intElement reads a signed integer element.
func (s *scan) intElement(e element) int64 {
	n := e.size()
	if n <= 0 || n > 8 {
		return 0
	}
	shift := 64 - 8*n
	return int64(s.uintElement(e)<<shift) >> shift
}

// floatElement reads a float element of four or eight bytes.
func (s *scan) floatElement(e element) float64 {
	switch v := s.uintElement(e); e.size() {
	case 4:
		return float64(math.Float32frombits(uint32(v)))
	case 8:
		return math.Float64frombits(v)
	}
	return 0
}

// textElement reads a string element.
func (s *scan) textElement(e element) string {
	b, err := s.peek(e.body, int(min(e.size(), 32<<10)))
	if err != nil {
		return ""
	}
	return cleanText(string(b))
}
