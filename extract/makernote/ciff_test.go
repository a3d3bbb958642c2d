package makernote

import (
	"bytes"
	"testing"
	"time"

	"github.com/firsthand-media/firsthand/extract/exif"
)

// heapOf writes a CIFF heap: values, then the directory, then its offset.
func heapOf(order exif.ByteOrder, items ...item) []byte {
	var values, entries []byte
	for _, i := range items {
		entries = order.AppendUint16(entries, i.id)
		if i.id&ciffInEntry != 0 {
			entries = append(append(entries, i.value...), make([]byte, 8-len(i.value))...)
			continue
		}
		entries = order.AppendUint32(entries, uint32(len(i.value)))
		entries = order.AppendUint32(entries, uint32(len(values)))
		values = append(values, i.value...)
	}
	b := append(values, order.AppendUint16(nil, uint16(len(items)))...)
	return order.AppendUint32(append(b, entries...), uint32(len(values)))
}

func ciffFile(order exif.ByteOrder, kind string, items ...item) []byte {
	b := []byte("II")
	if isBig(order) {
		b = []byte("MM")
	}
	return append(append(order.AppendUint32(b, 14), kind...), heapOf(order, items...)...)
}

func crw(order exif.ByteOrder, kind string) []byte {
	shot := time.Date(2005, 4, 23, 17, 54, 36, 0, time.UTC).Unix()
	stamp := longs(order, 0x180e, uint32(shot), 3*3600, 1<<31).value
	camera := heapOf(order,
		item{id: 0x080a, value: []byte("Canon\x00Canon EOS 10D\x00")},
		item{id: 0x0810, value: []byte("An owner\x00")},
		item{id: 0x080b, value: []byte("Firmware Version 1.0.1\x00")})
	return ciffFile(order, kind,
		item{id: 0x2807, value: camera},
		item{id: 0x2804, value: heapOf(order, item{id: 0x0805, value: []byte("a description\x00")})},
		item{id: 0x180e, value: stamp},
		item{id: 0x580b, value: order.AppendUint32(nil, 1530501101)},
		item{id: 0x5817, value: order.AppendUint32(nil, 1303050)})
}

func TestDecodeCIFF(t *testing.T) {
	for _, c := range []struct {
		order       exif.ByteOrder
		kind, group string
	}{{le, "HEAPCCDR", "CanonRaw"}, {be, "HEAPJPGM", "CIFF"}} {
		b := crw(c.order, c.kind)
		n, err := DecodeCIFF(bytes.NewReader(b), int64(len(b)), Limits{})
		if err != nil || len(n.Problems) > 0 {
			t.Fatalf("%v, problems %v", err, n.Problems)
		}
		for name, want := range map[string]string{
			"Model": "Canon EOS 10D", "OwnerName": "An owner", "DateTimeOriginal": "2005:04:23 17:54:36",
			"CanonFileDescription": "a description", "FileNumber": "1303050", "TimeZoneCode": "3",
		} {
			if got := n.Value(c.group, name); got != want {
				t.Errorf("%s %s = %q, want %q", c.group, name, got, want)
			}
		}
		if n.Serial != "1530501101" || n.Owner != "An owner" || n.OffsetMinutes == nil || *n.OffsetMinutes != 180 {
			t.Errorf("serial %q, owner %q, offset %v", n.Serial, n.Owner, n.OffsetMinutes)
		}
	}
}

func TestDecodeCIFFStopsAtAHeapInsideItself(t *testing.T) {
	b := ciffFile(le, "HEAPCCDR", item{id: 0x2807, value: heapOf(le)})
	// The inner heap becomes the outer one.
	entry := bytes.Index(b, []byte{0x07, 0x28})
	le.PutUint32(b[entry+2:], uint32(len(b)-14))
	le.PutUint32(b[entry+6:], 0)
	n, err := DecodeCIFF(bytes.NewReader(b), int64(len(b)), Limits{})
	if err != nil || len(n.Problems) == 0 || n.Problems[0].Code != "limit" {
		t.Errorf("%v, problems %v", err, n.Problems)
	}
}
