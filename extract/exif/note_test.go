package exif

import (
	"bytes"
	"encoding/binary"
	"errors"
	"io"
	"testing"
)

func TestReadEntriesStaysInItsBlock(t *testing.T) {
	le := binary.LittleEndian
	b := le.AppendUint16(make([]byte, 10), 3) // promises three, holds two
	for id := range uint16(2) {
		b = le.AppendUint16(b, id)
		b = le.AppendUint16(b, typeIFD)
		b = le.AppendUint32(b, 1)
		b = le.AppendUint32(b, 77)
	}
	for _, c := range []struct {
		name         string
		offset       int64
		limit, found int
		cut, outside bool
	}{
		{"fewer than promised", 10, 100, 2, true, false},
		{"no more than allowed", 10, 1, 1, true, false},
		{"behind the end", int64(len(b)) - 1, 100, 0, false, true},
		{"before the beginning", -1, 100, 0, false, true},
	} {
		got, err := ReadEntries(bytes.NewReader(b), int64(len(b)), c.offset, le, c.limit)
		if errors.Is(err, io.ErrUnexpectedEOF) != c.outside || len(got.Entries) != c.found || got.Cut != c.cut {
			t.Errorf("%s: %d entries, cut %v, %v", c.name, len(got.Entries), got.Cut, err)
		}
		if c.found > 0 && (got.Entries[0].Type != typeLong || got.Entries[0].Size() != 4) {
			t.Errorf("%s: an offset of type IFD reads as %+v", c.name, got.Entries[0])
		}
	}
}

func TestDecodeEntryTakesAValueOfItsOwnSize(t *testing.T) {
	e := Entry{ID: 9, Type: typeASCII, Count: 6}
	tag, err := DecodeEntry(binary.BigEndian, "Canon", "OwnerName", e, []byte("Alice\x00"))
	if err != nil || tag.Text() != "Alice" || string(tag.Bytes()) != "Alice\x00" {
		t.Errorf("%v, %v", tag, err)
	}
	for _, value := range [][]byte{nil, []byte("Ali"), []byte("Alice and Bob")} {
		if _, err := DecodeEntry(binary.BigEndian, "Canon", "OwnerName", e, value); err == nil {
			t.Errorf("a value of %d bytes passes as one of 6", len(value))
		}
	}
}
