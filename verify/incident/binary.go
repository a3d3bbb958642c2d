package incident

import (
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"math"
	"time"

	"github.com/firsthand-media/firsthand/extract"
)

// writer puts values one after the other: numbers as varints, floats as their
// bits, texts and lists after their length.
type writer struct{ b []byte }

func (w *writer) reset()           { w.b = w.b[:0] }
func (w *writer) number(n int64)   { w.b = binary.AppendVarint(w.b, n) }
func (w *writer) count(n int)      { w.b = binary.AppendUvarint(w.b, uint64(n)) }
func (w *writer) float(f float64)  { w.b = binary.BigEndian.AppendUint64(w.b, math.Float64bits(f)) }
func (w *writer) fixed(n uint64)   { w.b = binary.BigEndian.AppendUint64(w.b, n) }
func (w *writer) bytes(b []byte)   { w.b = append(w.b, b...) }
func (w *writer) text(s string)    { w.count(len(s)); w.b = append(w.b, s...) }
func (w *writer) texts(l []string) { w.count(len(l)); forEach(l, w.text) }
func (w *writer) yes(b bool)       { w.b = append(w.b, map[bool]byte{true: 1}[b]) }

func forEach[T any](l []T, do func(T)) {
	for _, x := range l {
		do(x)
	}
}

// instant writes a moment, the zero one as such.
func (w *writer) instant(t time.Time) {
	w.yes(t.IsZero())
	w.number(t.Unix())
	w.number(int64(t.Nanosecond()))
}

func (w *writer) times(times []extract.Time) {
	w.count(len(times))
	for i := range times {
		t := &times[i]
		w.text(string(t.Kind))
		w.text(string(t.Local))
		w.text(string(t.Zone))
		w.text(string(t.Precision))
		w.text(string(t.Trust))
		w.text(t.Field)
		w.instant(t.Earliest)
		w.instant(t.Latest)
	}
}

func (w *writer) belief(b belief) {
	w.count(len(b.at))
	for i, at := range b.at {
		w.number(int64(at))
		w.float(b.excess[i])
	}
	w.float(b.weight)
}

// mark is the first half of a SHA-256: what tells two contents apart.
type mark [16]byte

// mark is that of all that was written.
func (w *writer) mark() (m mark) {
	sum := sha256.Sum256(w.b)
	copy(m[:], sum[:])
	return m
}

// short is eight bytes of it.
func (w *writer) short() uint64 {
	m := w.mark()
	return binary.BigEndian.Uint64(m[:])
}

// errBroken is what a reader says of bytes that no writer wrote.
var errBroken = errors.New("what the last grouping left is damaged")

// reader gives the values back. After the first that is not there all are
// zero, and broken is set.
type reader struct {
	b      []byte
	broken bool
}

func (r *reader) take(n int) []byte {
	if n < 0 || n > len(r.b) {
		r.broken, r.b = true, nil
		return nil
	}
	out := r.b[:n]
	r.b = r.b[n:]
	return out
}

func (r *reader) number() int64 {
	n, used := binary.Varint(r.b)
	if used <= 0 {
		r.broken, r.b = true, nil
		return 0
	}
	r.b = r.b[used:]
	return n
}

func (r *reader) uint() uint64 {
	n, used := binary.Uvarint(r.b)
	if used <= 0 {
		r.broken, r.b = true, nil
		return 0
	}
	r.b = r.b[used:]
	return n
}

// count reads the length of a list of which each entry takes at least so many
// bytes: what is left bounds it.
func (r *reader) count(least int) int {
	n, used := binary.Uvarint(r.b)
	if used <= 0 || n > uint64(len(r.b)-used)/uint64(least) {
		r.broken, r.b = true, nil
		return 0
	}
	r.b = r.b[used:]
	return int(n)
}

func (r *reader) fixed() uint64 {
	b := r.take(8)
	if b == nil {
		return 0
	}
	return binary.BigEndian.Uint64(b)
}

func (r *reader) float() float64 { return math.Float64frombits(r.fixed()) }
func (r *reader) text() string   { return string(r.take(r.count(1))) }

func (r *reader) yes() bool {
	b := r.take(1)
	return len(b) == 1 && b[0] == 1
}

func (r *reader) mark() (m mark) {
	copy(m[:], r.take(len(m)))
	return m
}

// listOf reads a list of which each entry takes at least so many bytes.
func listOf[T any](r *reader, least int, one func() T) []T {
	n := r.count(least)
	if n == 0 {
		return nil
	}
	out := make([]T, 0, n)
	for range n {
		if r.broken {
			return nil
		}
		out = append(out, one())
	}
	return out
}
