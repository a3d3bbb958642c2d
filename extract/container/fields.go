package container

import (
	"encoding/binary"
	"math"
)

// fields takes fixed-width values off the front of a piece of memory. Reading
// past the end gives zeros and sets short, so that a parser checks once.
type fields struct {
	b     []byte
	order binary.ByteOrder
	short bool
}

func bigEndian(b []byte) *fields    { return &fields{b: b, order: binary.BigEndian} }
func littleEndian(b []byte) *fields { return &fields{b: b, order: binary.LittleEndian} }

// take gives the next n bytes, or nil when fewer are left.
func (f *fields) take(n int) []byte {
	if n < 0 || n > len(f.b) {
		f.short = true
		f.b = nil
		return nil
	}
	out := f.b[:n]
	f.b = f.b[n:]
	return out
}

func (f *fields) skip(n int) { f.take(n) }

func (f *fields) u8() uint8 {
	if v := f.take(1); v != nil {
		return v[0]
	}
	return 0
}

func (f *fields) u16() uint16 {
	if v := f.take(2); v != nil {
		return f.order.Uint16(v)
	}
	return 0
}

func (f *fields) u24() uint32 {
	v := f.take(3)
	if v == nil {
		return 0
	}
	if f.order == binary.LittleEndian {
		return uint32(v[0]) | uint32(v[1])<<8 | uint32(v[2])<<16
	}
	return uint32(v[2]) | uint32(v[1])<<8 | uint32(v[0])<<16
}

func (f *fields) u32() uint32 {
	if v := f.take(4); v != nil {
		return f.order.Uint32(v)
	}
	return 0
}

func (f *fields) u64() uint64 {
	if v := f.take(8); v != nil {
		return f.order.Uint64(v)
	}
	return 0
}

// sized reads an unsigned number of 0, 1, 2, 4 or 8 bytes.
func (f *fields) sized(n int) uint64 {
	switch n {
	case 1:
		return uint64(f.u8())
	case 2:
		return uint64(f.u16())
	case 4:
		return uint64(f.u32())
	case 8:
		return f.u64()
	}
	return 0
}

// fixed16 reads a signed 16.16 fixed-point number.
func (f *fields) fixed16() float64 { return float64(int32(f.u32())) / 65536 }

// text reads up to the next zero byte, which it consumes.
func (f *fields) text() string {
	for i, c := range f.b {
		if c == 0 {
			s := string(f.b[:i])
			f.b = f.b[i+1:]
			return s
		}
	}
	s := string(f.b)
	f.b = nil
	return s
}

// clampInt turns an unsigned size from a file into an int that further
// arithmetic on 32-bit systems survives.
func clampInt(v uint64) int {
	return int(min(v, math.MaxInt32))
}
