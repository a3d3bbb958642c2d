package source

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math"
	"strconv"
)

// Bounds on JSON, whatever a file says of itself.
const (
	maxJSONDepth = 64      // objects and arrays inside one another
	maxJSONValue = 8 << 20 // bytes of one value held in memory
)

var (
	errTooDeep    = fmt.Errorf("more than %d levels inside one another", maxJSONDepth)
	errValueLarge = fmt.Errorf("one value is larger than %d bytes", maxJSONValue)
	errFileLarge  = errors.New("larger than the limit for sidecars")
)

// jsonStream reads a JSON document piece by piece, so that memory does not
// grow with the file.
type jsonStream struct {
	dec *json.Decoder
	in  *metered
}

// newJSONStream reads at most limit bytes of r.
func newJSONStream(r io.Reader, limit int64) *jsonStream {
	in := &metered{r: newEscapeMender(r), total: limit, value: maxJSONValue}
	return &jsonStream{dec: json.NewDecoder(in), in: in}
}

// offset is the byte of the file up to which the document was understood.
func (s *jsonStream) offset() int64 { return s.dec.InputOffset() }

func (s *jsonStream) token() (json.Token, error) {
	s.in.value = maxJSONValue
	return s.dec.Token()
}

// open reads the start of a value and returns the bracket that opened it, or
// 0 for a scalar, which has then been read.
func (s *jsonStream) open() (json.Delim, error) {
	token, err := s.token()
	bracket, _ := token.(json.Delim)
	return bracket, err
}

// members calls visit for each key of an object whose opening bracket has
// been read. visit reads the value.
func (s *jsonStream) members(visit func(key string) error) error {
	for {
		token, err := s.token()
		if err != nil {
			return err
		}
		key, ok := token.(string)
		if !ok {
			return nil // the closing bracket
		}
		if err := visit(key); err != nil {
			return err
		}
	}
}

// elements calls visit for each element of an array whose opening bracket has
// been read. visit reads the element.
func (s *jsonStream) elements(visit func() error) error {
	for s.dec.More() {
		if err := visit(); err != nil {
			return err
		}
	}
	_, err := s.token()
	return err
}

// value reads the next value into v. A value of another type than v's leaves
// v as it is and is no error: what one exporter writes as a number another
// writes as a text.
func (s *jsonStream) value(v any) error {
	s.in.value = maxJSONValue
	err := s.dec.Decode(v)
	var mismatch *json.UnmarshalTypeError
	if errors.As(err, &mismatch) {
		return nil
	}
	return err
}

// skip reads past the next value; depth is how many values are open.
func (s *jsonStream) skip(depth int) error {
	bracket, err := s.open()
	if err != nil || bracket == 0 {
		return err
	}
	return s.rest(depth)
}

// rest reads to the end of a value whose opening bracket has been read inside
// depth others.
func (s *jsonStream) rest(depth int) error {
	for open := depth + 1; open > depth; {
		bracket, err := s.open()
		switch {
		case err != nil:
			return err
		case bracket == '{' || bracket == '[':
			open++
		case bracket != 0:
			open--
		}
		if open > maxJSONDepth {
			return errTooDeep
		}
	}
	return nil
}

// metered bounds what is read in all and between two values.
type metered struct {
	r     io.Reader
	total int64
	value int64
}

func (m *metered) Read(p []byte) (int, error) {
	switch {
	case m.total <= 0:
		return 0, errFileLarge
	case m.value <= 0:
		return 0, errValueLarge
	}
	n, err := m.r.Read(p[:min(int64(len(p)), m.total, m.value)])
	m.total -= int64(n)
	m.value -= int64(n)
	return n, err
}

// escapeMender replaces the escape \xNN, which is no JSON. Telegram Desktop
// writes it for control characters in captions, and without the replacement
// the rest of such an export would be lost. A blank and U+FFFD take its four
// bytes, so offsets stay those of the file. A byte order mark is dropped at
// the cost of three bytes of offset.
type escapeMender struct {
	r    *bufio.Reader
	rest []byte // of an escape that did not fit into the last piece
}

func newEscapeMender(r io.Reader) io.Reader {
	buffered := bufio.NewReaderSize(r, 32<<10)
	if mark, _ := buffered.Peek(3); bytes.Equal(mark, []byte("\ufeff")) {
		buffered.Discard(3)
	}
	return &escapeMender{r: buffered}
}

func (m *escapeMender) Read(p []byte) (int, error) {
	n := copy(p, m.rest)
	m.rest = m.rest[n:]
	for n < len(p) {
		if n > 0 && m.r.Buffered() < 4 {
			return n, nil
		}
		if _, err := m.r.Peek(4); err != nil { // the end of the file: no whole escape is left
			tail, readErr := m.r.Read(p[n:])
			return n + tail, readErr
		}
		piece, _ := m.r.Peek(m.r.Buffered())
		if i := bytes.IndexByte(piece, '\\'); i > 0 {
			piece = piece[:i]
		} else if i == 0 {
			n += m.escape(p[n:])
			continue
		}
		taken := copy(p[n:], piece)
		m.r.Discard(taken)
		n += taken
	}
	return n, nil
}

// escape moves one escape into p, mended if need be; the buffer holds at
// least four bytes.
func (m *escapeMender) escape(p []byte) int {
	piece, _ := m.r.Peek(4)
	length := 2
	if piece[1] == 'x' {
		length = 4
		piece = []byte(" \ufffd")
	}
	n := copy(p, piece[:length])
	m.rest = append(m.rest[:0], piece[n:length]...)
	m.r.Discard(length)
	return n
}

// scalar is a JSON text or number as it is written; anything else reads as
// the empty text.
type scalar string

// UnmarshalJSON never fails, so that one odd value does not cost its record.
func (s *scalar) UnmarshalJSON(b []byte) error {
	*s = ""
	switch {
	case len(b) == 0:
	case b[0] == '"':
		var text string
		if json.Unmarshal(b, &text) == nil {
			*s = scalar(text)
		}
	case b[0] == '-' || '0' <= b[0] && b[0] <= '9':
		*s = scalar(b)
	}
	return nil
}

// position is a place as JSON states it, in numbers or in texts.
type position struct {
	Latitude  scalar `json:"latitude"`
	Longitude scalar `json:"longitude"`
}

// degrees returns the place when both numbers are degrees on the globe and
// not the 0, 0 that stands for none.
func (p *position) degrees() (lat, lon *float64) {
	if p == nil {
		return nil, nil
	}
	return degrees(string(p.Latitude), string(p.Longitude))
}

func degrees(north, east string) (lat, lon *float64) {
	y, errY := strconv.ParseFloat(north, 64)
	x, errX := strconv.ParseFloat(east, 64)
	if errY != nil || errX != nil || !(math.Abs(y) <= 90 && math.Abs(x) <= 180) || (y == 0 && x == 0) {
		return nil, nil
	}
	return &y, &x
}
