package makernote

import (
	"cmp"
	"slices"

	"github.com/firsthand-media/firsthand/extract/exif"
)

// span is the place that one value claims, from the base.
type span struct{ from, to int64 }

// footerSize is that of what Canon puts behind its notes: a TIFF mark and the
// offset at which the camera wrote the note.
const footerSize = 8

// settle looks whether the offsets of a note that count from the header of
// the block still lead into the note. An editor that moves the note, and
// knows nothing of its inside, leaves them pointing to where it stood before.
//
// They are put right by Canon's footer, or where one shift brings every value
// into place. Where most lead out of the note and nothing puts them right,
// what lies outside is not read: it would be any bytes whatever.
func (n *reader) settle(at int64, l layout) error {
	dir, err := exif.ReadEntries(n.r, n.size, at, n.order, n.lim.Entries)
	if err != nil || dir.Cut {
		return nil // the directory itself will tell
	}
	spans := valueSpans(dir, n.order)
	if len(spans) < 2 {
		return nil
	}
	shift, err := n.footerShift(spans)
	if err != nil {
		return err
	}
	field := "MakerNotes:" + l.table.group
	if shift == 0 && n.mostOutside(spans, dir.End) {
		if shift = n.gapShift(spans, dir.End); shift == 0 {
			n.confined = true
			n.note.problem("maker-note-moved", field,
				"the maker note was moved by an editor after the camera wrote it: most of its offsets lead out of it, and only what still stands in it was read")
			return nil
		}
	}
	n.base += shift
	if shift != 0 && n.base != n.start { // some makers count from the note itself
		n.note.Moved = shift
		n.note.problem("maker-note-moved", field,
			"the maker note was moved by an editor after the camera wrote it: its offsets are %d bytes off and were read with that correction", shift)
	}
	return nil
}

// valueSpans gives the values that stand apart from their entries, in order.
func valueSpans(dir exif.EntryTable, order exif.ByteOrder) []span {
	var spans []span
	for _, e := range dir.Entries {
		size := e.Size()
		if off := int64(order.Uint32(e.Field[:])); size > 4 && size < 1<<31 && off > 0 {
			spans = append(spans, span{off, off + int64(size)})
		}
	}
	slices.SortFunc(spans, func(a, b span) int { return cmp.Compare(a.from, b.from) })
	return spans
}

func lastOf(spans []span) int64 {
	last := int64(0)
	for _, s := range spans {
		last = max(last, s.to)
	}
	return last
}

// footerShift believes Canon's footer unless the values end at it as they
// stand: some programs correct the offsets and forget the footer.
func (n *reader) footerShift(spans []span) (int64, error) {
	if n.note.Maker != "Canon" || n.base != 0 || n.end-n.start < footerSize {
		return 0, nil
	}
	b, err := n.bytes(n.end-footerSize, footerSize)
	if err != nil {
		return 0, err
	}
	mark := "II*\x00"
	if n.order.Uint16([]byte{0, 1}) == 1 {
		mark = "MM\x00*"
	}
	if gap := n.end - footerSize - lastOf(spans); string(b[:4]) != mark || gap == 0 || gap == 1 {
		return 0, nil
	}
	return n.start - int64(n.order.Uint32(b[4:])), nil
}

// mostOutside says whether more than half of the values lie outside the part
// of the note behind its directory. Cameras do keep single values elsewhere.
func (n *reader) mostOutside(spans []span, dirEnd int64) bool {
	inside := 0
	for _, s := range spans {
		if n.base+s.from >= dirEnd-4 && n.base+s.to <= n.end {
			inside++
		}
	}
	return inside*2 < len(spans)
}

// gapShift is the shift with which the values begin where the directory ends,
// or four bytes before where no further directory is named, and end with the
// note, padding aside.
func (n *reader) gapShift(spans []span, dirEnd int64) int64 {
	const padding = 64
	for _, begin := range [...]int64{dirEnd, dirEnd - 4} {
		shift := begin - (n.base + spans[0].from)
		if left := n.end - (n.base + lastOf(spans) + shift); left >= 0 && left <= padding {
			return shift
		}
	}
	return 0
}
