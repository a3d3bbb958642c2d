package exif

import (
	"bytes"
	"fmt"
	"io"

	"github.com/rwcarlsen/goexif/tiff"
)

// This file is the door in the fence for extract/makernote: the private
// directories of a maker are read entry by entry with the same bounds and the
// same decoder of values, while what their numbers mean, and what their
// offsets count from, is known there and not here.

// ByteOrder is the order of a block; [binary.LittleEndian] or [binary.BigEndian].
type ByteOrder = byteOrder

// Entry is one entry of a directory, not yet decoded, in the types that goexif
// knows.
type Entry struct {
	ID, Type uint16
	Count    uint32
	At       int64   // of the entry, from the start of the block
	Field    [4]byte // the value where it fits, else its offset
}

// Size gives the bytes of the value, 0 for an unknown type.
func (e Entry) Size() uint64 {
	if int(e.Type) >= len(typeSizes) {
		return 0
	}
	return typeSizes[e.Type] * uint64(e.Count)
}

// EntryTable is one directory as it stands.
type EntryTable struct {
	Entries []Entry
	Next    uint32 // the offset of a further directory, as written; 0 for none
	End     int64  // behind the entries and, where it is there, Next
	Cut     bool   // the directory promises more entries than there are bytes
}

// ReadEntries reads the directory at the given offset of r, at most limit
// entries of it. It fails where r does, and where the directory lies outside
// of r.
func ReadEntries(r io.ReaderAt, size, offset int64, order ByteOrder, limit int) (EntryTable, error) {
	if offset < 0 || size < 2 || offset > size-2 {
		return EntryTable{}, fmt.Errorf("read directory at %d: %w", offset, io.ErrUnexpectedEOF)
	}
	w := walk{r: r}
	var n [4]byte
	if err := w.readAt(n[:2], uint64(offset)); err != nil {
		return EntryTable{}, fmt.Errorf("read directory: %w", err)
	}
	count, start := int64(order.Uint16(n[:])), offset+2
	table := EntryTable{}
	if fit := (size - start) / 12; count > fit {
		table.Cut, count = true, fit
	}
	count = min(count, int64(max(limit, 0)))
	raw := make([]byte, count*12)
	if err := w.readAt(raw, uint64(start)); err != nil {
		return EntryTable{}, fmt.Errorf("read directory: %w", err)
	}
	for i := range count {
		table.Entries = append(table.Entries, readEntry(order, raw[i*12:i*12+12], start+i*12))
	}
	table.End = start + count*12
	if !table.Cut && table.End <= size-4 {
		if err := w.readAt(n[:], uint64(table.End)); err != nil {
			return EntryTable{}, fmt.Errorf("read directory: %w", err)
		}
		table.Next = order.Uint32(n[:])
		table.End += 4
	}
	return table, nil
}

func readEntry(order ByteOrder, raw []byte, at int64) Entry {
	e := Entry{ID: order.Uint16(raw), Type: order.Uint16(raw[2:]), Count: order.Uint32(raw[4:]), At: at}
	copy(e.Field[:], raw[8:12])
	switch e.Type {
	case typeIFD:
		e.Type = typeLong
	case typeUTF8:
		e.Type = typeASCII
	}
	return e
}

// DecodeEntry decodes one entry, whose value the caller has read, with goexif
// and out of a buffer that holds nothing else.
func DecodeEntry(order ByteOrder, ifd, name string, e Entry, value []byte) (t *Tag, err error) {
	defer func() {
		if p := recover(); p != nil {
			t, err = nil, fmt.Errorf("decode %s: %v", name, p)
		}
	}()
	if size := e.Size(); size == 0 || size != uint64(len(value)) {
		return nil, fmt.Errorf("decode %s: %d bytes for a value of %d", name, len(value), size)
	}
	v, err := tiff.DecodeTag(bytes.NewReader(alone(order, entry{ifd, e.ID, e.Type, e.Count, value})), order)
	if err != nil {
		return nil, fmt.Errorf("decode %s: %w", name, err)
	}
	return &Tag{IFD: ifd, ID: e.ID, Name: name, Offset: e.At, Size: uint64(len(value)), value: v}, nil
}

// Bytes gives the value as it stands in the block, in the block's order.
func (t *Tag) Bytes() []byte {
	if t == nil || t.value == nil {
		return nil
	}
	return t.value.Val
}
