package atlas

import (
	"bytes"
	"compress/flate"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"math"
	"strings"
)

var errShort = errors.New("it ends early or holds a number out of range")

// Open unpacks a table that [Build] made.
func Open(packed []byte) (*Atlas, error) {
	if len(packed) > maxPacked || !bytes.HasPrefix(packed, []byte(magic)) {
		return nil, errors.New("not an atlas of this version")
	}
	plain, err := io.ReadAll(io.LimitReader(flate.NewReader(bytes.NewReader(packed[len(magic):])), maxUnpacked+1))
	if err != nil {
		return nil, fmt.Errorf("unpack atlas: %w", err)
	}
	if len(plain) > maxUnpacked {
		return nil, errors.New("unpack atlas: larger than an atlas can be")
	}
	return read(plain)
}

// read reads the unpacked form.
func read(plain []byte) (*Atlas, error) {
	a := &Atlas{}
	r := reader{rest: plain}
	a.readPlaces(&r)
	a.readKeys(&r)
	if r.bad || len(r.rest) > 0 {
		return nil, fmt.Errorf("read atlas: %w", errShort)
	}
	return a, nil
}

// reader takes numbers and texts from the unpacked form. Once something is
// wrong it gives zeros, and bad says so.
type reader struct {
	rest []byte
	bad  bool
}

func (r *reader) fail() { r.bad, r.rest = true, nil }

// number is at most limit.
func (r *reader) number(limit uint64) int {
	v, n := binary.Uvarint(r.rest)
	if n <= 0 || v > limit {
		r.fail()
		return 0
	}
	r.rest = r.rest[n:]
	return int(v)
}

// signed is within limit on both sides.
func (r *reader) signed(limit int64) int64 {
	v, n := binary.Varint(r.rest)
	if n <= 0 || v > limit || v < -limit {
		r.fail()
		return 0
	}
	r.rest = r.rest[n:]
	return v
}

func (r *reader) bytes(n int) []byte {
	if n > len(r.rest) {
		r.fail()
		return nil
	}
	b := r.rest[:n]
	r.rest = r.rest[n:]
	return b
}

func (a *Atlas) readPlaces(r *reader) {
	n := r.number(min(maxPlaces, uint64(len(r.rest)))) // a place takes more than a byte
	a.rows = make([]row, n)
	for i := 0; i < n && !r.bad; {
		run := r.number(uint64(n - i))
		country := string(r.bytes(r.number(8)))
		admin := string(r.bytes(r.number(64)))
		if run == 0 || len(a.regions) > math.MaxUint16 {
			r.fail()
			return
		}
		for range run {
			a.rows[i].region = uint16(len(a.regions))
			i++
		}
		a.regions = append(a.regions, region{country, admin})
	}
	a.column(r, math.MaxUint32, func(w *row, v int64) bool { w.id = uint32(v); return v > 0 })
	a.column(r, 90*scale, func(w *row, v int64) bool { w.lat = int32(v); return true })
	a.column(r, 180*scale, func(w *row, v int64) bool { w.lon = int32(v); return true })
	for i := range a.rows {
		a.rows[i].population = uint32(r.number(math.MaxUint32))
	}
	total := 0
	for i := range a.rows {
		a.rows[i].nameAt = uint32(total)
		a.rows[i].nameLen = uint16(r.number(math.MaxUint16))
		total += int(a.rows[i].nameLen)
	}
	a.names = string(r.bytes(total))
}

// column reads values of which each is written as the difference to the one
// before.
func (a *Atlas) column(r *reader, limit int64, set func(*row, int64) bool) {
	last := int64(0)
	for i := range a.rows {
		last += r.signed(2 * limit)
		if last > limit || last < -limit || !set(&a.rows[i], last) {
			r.fail()
			return
		}
	}
}

// readKeys checks every key once and notes where the blocks begin.
func (a *Atlas) readKeys(r *reader) {
	n := r.number(min(maxNames, uint64(len(r.rest))))
	a.keys = r.rest
	a.blocks = make([]uint32, 0, n/blockSize+1)
	a.known, a.begins = newFilter(n), newFilter(n/4)
	var key, last []byte
	for i := range n {
		if i%blockSize == 0 {
			a.blocks = append(a.blocks, uint32(len(a.keys)-len(r.rest)))
			key = key[:0]
		}
		key = r.key(key)
		if r.bad || i > 0 && bytes.Compare(key, last) <= 0 {
			r.fail()
			return
		}
		r.entry(len(a.rows), nil)
		last = append(last[:0], key...)
		a.known.add(hash(key))
		words := 1 + bytes.Count(key, []byte{' '})
		if words > 1 {
			a.begins.add(hash(key[:bytes.IndexByte(key, ' ')]))
		}
		a.longest = max(a.longest, words)
	}
}

// key reads the next key into the room of the one before.
func (r *reader) key(last []byte) []byte {
	shared := r.number(uint64(len(last)))
	rest := r.bytes(r.number(uint64(maxKey - shared)))
	return append(last[:shared], rest...)
}

// entry reads what a key stands for; with no entry to fill it only passes.
func (r *reader) entry(rows int, e *Entry) {
	head := r.number(maxPerName<<2 | 3)
	country := ""
	if head&2 != 0 {
		b := r.bytes(r.number(8))
		if e != nil {
			country = string(b)
		}
	}
	if e != nil {
		e.Common, e.Country, e.Places = head&1 != 0, country, make([]int32, 0, head>>2)
	}
	last := 0
	for range head >> 2 {
		last += r.number(uint64(max(rows-1-last, 0)))
		if r.bad || rows == 0 {
			r.fail()
			return
		}
		if e != nil {
			e.Places = append(e.Places, int32(last))
		}
	}
}

// Has reports whether a key may be in the table. It is quick, and wrong in
// one word of a hundred.
func (a *Atlas) Has(key string) bool { return a.known.has(hash(key)) }

// Begins reports the same of the first word of a key of several.
func (a *Atlas) Begins(word string) bool { return a.begins.has(hash(word)) }

// Lookup gives what a key stands for.
func (a *Atlas) Lookup(key string) (Entry, bool) {
	if !a.Has(key) {
		return Entry{}, false
	}
	lo, hi := 0, len(a.blocks) // the last block that does not begin after key
	for lo < hi {
		mid := (lo + hi) / 2
		r := reader{rest: a.keys[a.blocks[mid]:]}
		r.number(0)
		if string(r.bytes(r.number(maxKey))) <= key {
			lo = mid + 1
		} else {
			hi = mid
		}
	}
	if lo == 0 {
		return Entry{}, false
	}
	r := reader{rest: a.keys[a.blocks[lo-1]:]}
	var at []byte
	for i := 0; i < blockSize && len(r.rest) > 0; i++ {
		at = r.key(at)
		if string(at) == key {
			var e Entry
			r.entry(len(a.rows), &e)
			return e, true
		}
		if strings.Compare(string(at), key) > 0 {
			break
		}
		r.entry(len(a.rows), nil)
	}
	return Entry{}, false
}
