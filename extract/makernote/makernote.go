// Package makernote reads maker notes: the private part of EXIF in which a
// camera or phone keeps what the standard has no field for. A verifier wants
// from it the serial numbers of body and lens, the owner's name, the zone that
// the clock was set to, dates beside those of EXIF, counters and firmware.
//
// Start at [Decode] for an EXIF block, [DecodeCMT3] for Canon's CR3 and
// [DecodeCIFF] for Canon's older directory. A note is a directory like those of TIFF, behind a
// header of the maker's own and with offsets that count from a place of the
// maker's choice; layout.go lists both, the tables name the entries. Each
// value passes the fence of extract/exif. Names and values are those of
// `exiftool -n`; an entry that is not known, or that is enciphered, is left
// out (Sony's substitution of 0x9050 is the exception).
//
// The package promises: no panic, no endless loop, memory in proportion to
// [Limits]; offsets that an editor has shifted are put right only where every
// value then falls into place, and that is said; no zone is made up.
package makernote

import (
	"fmt"
	"io"
	"slices"

	"github.com/firsthand-media/firsthand/extract/container"
	"github.com/firsthand-media/firsthand/extract/exif"
)

// Limits bounds what one note may cost. A zero field means its default.
type Limits struct {
	Directories int    // the note's own and those that it names, default 32
	Entries     int    // in all directories, default 2,000
	ValueBytes  uint64 // bytes of one value, default 64 KiB
	TotalBytes  uint64 // bytes of all values, default 1 MiB
}

func (l Limits) orDefault() Limits {
	if l.Directories <= 0 {
		l.Directories = 32
	}
	if l.Entries <= 0 {
		l.Entries = 2000
	}
	if l.ValueBytes == 0 {
		l.ValueBytes = 64 << 10
	}
	if l.TotalBytes == 0 {
		l.TotalBytes = 1 << 20
	}
	return l
}

// Note is what one note says. Zero means unknown throughout.
type Note struct {
	Maker string          // whose layout it has: "Canon", "Nikon", ...; "" when it is none of those known
	Tags  []container.Tag // in the order of the note, "MakerNotes:Canon:SerialNumber"

	Serial         string // of the body, as printed on it
	InternalSerial string // of the body, as the maker counts
	LensSerial     string
	Lens           string
	Owner          string
	Firmware       string
	Moved          int64 // bytes by which an editor has shifted the offsets

	// OffsetMinutes is the zone, east of UTC and with daylight saving, that
	// the clock was set to; OffsetField says by which entry.
	OffsetMinutes *int
	OffsetField   string

	Times    []Time
	Problems []Problem
}

// Time is one date or time that the note states, in ExifTool's form.
type Time struct {
	Field string // "MakerNotes:Panasonic:TimeStamp"
	Raw   string
	About string // what it dates: "capture", "firmware", "manufacture", "power-on"
	UTC   bool   // the maker says so; else it is on the camera's clock, without a zone
}

// Problem is damage that cost an entry, a directory or more.
type Problem struct {
	Code    string // "corrupt-structure", "truncated", "limit" or "maker-note-moved"
	Message string // one sentence without a full stop
	Field   string // "MakerNotes:Nikon", or the entry
}

// maxProblems bounds the list, not the reading.
const maxProblems = 8

func (n *Note) problem(code, field, format string, args ...any) {
	p := Problem{code, fmt.Sprintf(format, args...), field}
	if len(n.Problems) < maxProblems && !slices.Contains(n.Problems, p) {
		n.Problems = append(n.Problems, p)
	}
}

// Value gives the last tag of that group and name, "" when there is none.
func (n *Note) Value(group, name string) string {
	field := "MakerNotes:" + group + ":" + name
	for _, t := range slices.Backward(n.Tags) {
		if t.Field == field {
			return t.Value
		}
	}
	return ""
}

// Decode reads the note of an EXIF block: block holds the bytes that x was
// decoded from, byte order mark first. A block without a note gives an empty
// Note. The error is a failure of block itself; damage is a Problem of the
// result, and what is sound stays.
func Decode(block io.ReaderAt, size int64, x *exif.Exif, lim Limits) (*Note, error) {
	note := &Note{}
	place, ok := find(x, tagMakerNote)
	private, isPrivate := find(x, tagDNGPrivate)
	if !ok && !isPrivate {
		return note, nil
	}
	order, err := blockOrder(block, size)
	if err != nil {
		return nil, err
	}
	n := &reader{r: block, size: size, order: order, note: note, lim: lim.orDefault()}
	n.make, n.model = x.Get("Make").Text(), x.Get("Model").Text()
	err = n.guarded(func() error {
		if ok {
			return n.locate(place)
		}
		return n.dngPrivate(private)
	})
	if err != nil {
		return nil, err
	}
	note.summarise()
	return note, nil
}

// DecodeCMT3 reads the maker note of Canon's CR3, which stands in a TIFF
// structure of its own (the block "CR3:CMT3"). The model is that of CMT1. A
// block that is no TIFF structure gives [exif.ErrNotTIFF].
func DecodeCMT3(block io.ReaderAt, size int64, model string, lim Limits) (*Note, error) {
	order, err := blockOrder(block, size)
	if err != nil {
		return nil, err
	}
	note := &Note{Maker: "Canon"}
	n := &reader{r: block, size: size, order: order, note: note, lim: lim.orDefault(), make: "Canon", model: model}
	n.start, n.end = 0, size
	err = n.guarded(func() error {
		head, err := n.bytes(4, 4)
		if err != nil {
			return err
		}
		return n.directory(int64(order.Uint32(head)), &canonMain)
	})
	if err != nil {
		return nil, err
	}
	note.summarise()
	return note, nil
}
