package makernote

import (
	"bytes"
	"encoding/binary"
	"slices"
	"testing"

	"github.com/firsthand-media/firsthand/extract/exif"
)

// item is an entry of a directory for a test note.
type item struct {
	id, typ uint16
	count   uint32
	value   []byte
}

func ascii(id uint16, s string) item {
	return item{id, typeASCII, uint32(len(s) + 1), []byte(s + "\x00")}
}

func undefined(id uint16, b ...byte) item { return item{id, typeUndefined, uint32(len(b)), b} }

func longs(order exif.ByteOrder, id uint16, vs ...uint32) item {
	i := item{id: id, typ: typeLong, count: uint32(len(vs))}
	for _, v := range vs {
		i.value = order.AppendUint32(i.value, v)
	}
	return i
}

func rationals(order exif.ByteOrder, id uint16, vs ...uint32) item {
	i := longs(order, id, vs...)
	i.typ, i.count = typeRational, uint32(len(vs)/2)
	return i
}

// directory writes entries that stand at a place, with values behind them
// whose offsets count from base.
func directory(order exif.ByteOrder, at, base int, items ...item) []byte {
	slices.SortFunc(items, func(a, b item) int { return int(a.id) - int(b.id) })
	b := order.AppendUint16(nil, uint16(len(items)))
	values := []byte{0, 0, 0, 0} // no further directory
	first := at + 2 + 12*len(items)
	for _, i := range items {
		b = order.AppendUint16(b, i.id)
		b = order.AppendUint16(b, i.typ)
		b = order.AppendUint32(b, i.count)
		if len(i.value) <= 4 {
			b = append(append(b, i.value...), make([]byte, 4-len(i.value))...)
			continue
		}
		b = order.AppendUint32(b, uint32(first+len(values)-base))
		values = append(values, i.value...)
	}
	return append(b, values...)
}

// note writes a note that is to stand at a place of its block.
type note func(at int) []byte

// fromHeader is a note whose offsets count from the header of the block.
func fromHeader(order exif.ByteOrder, head string, items ...item) note {
	return func(at int) []byte {
		return append([]byte(head), directory(order, at+len(head), 0, items...)...)
	}
}

// fromItself is a note whose offsets count from its own first byte.
func fromItself(order exif.ByteOrder, head string, items ...item) note {
	return func(int) []byte { return append([]byte(head), directory(order, len(head), 0, items...)...) }
}

// nikon is a note with a TIFF header of its own.
func nikon(order exif.ByteOrder, items ...item) note {
	return func(int) []byte {
		b := append([]byte("Nikon\x00\x02\x10\x00\x00"), "II*\x00"...)
		if isBig(order) {
			b = append(b[:10], "MM\x00*"...)
		}
		return append(order.AppendUint32(b, 8), directory(order, 8, 0, items...)...)
	}
}

func isBig(order exif.ByteOrder) bool { return order.Uint16([]byte{0, 1}) == 1 }

// notePlace is where block puts the note.
const notePlace = 200

// block writes an EXIF block with a make, a model and a note. The note thinks
// that it stands away bytes further than it does.
func block(order exif.ByteOrder, maker, model string, n note, away int) []byte {
	b := make([]byte, notePlace)
	copy(b, "II*\x00")
	if isBig(order) {
		copy(b, "MM\x00*")
	}
	order.PutUint32(b[4:], 8)
	body := n(notePlace + away)
	exifAt := uint32(120)
	copy(b[8:], directory(order, 8, 0, ascii(0x010f, maker), ascii(0x0110, model), longs(order, 0x8769, exifAt)))
	copy(b[exifAt:], directory(order, int(exifAt), 0, longs(order, 0x927c, 0)))
	at := exifAt + 2
	order.PutUint16(b[at+2:], typeUndefined)
	order.PutUint32(b[at+4:], uint32(len(body)))
	if len(body) <= 4 {
		copy(b[at+8:], body)
		return b
	}
	order.PutUint32(b[at+8:], notePlace)
	return append(b, body...)
}

func decode(t testing.TB, b []byte) *Note {
	t.Helper()
	x, err := exif.Decode(bytes.NewReader(b), int64(len(b)), exif.Limits{})
	if err != nil {
		t.Fatal(err)
	}
	n, err := Decode(bytes.NewReader(b), int64(len(b)), x, Limits{})
	if err != nil {
		t.Fatal(err)
	}
	return n
}

var le, be = binary.LittleEndian, binary.BigEndian
