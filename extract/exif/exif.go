// Package exif decodes one EXIF block: a TIFF structure as it stands in a
// JPEG segment, a PNG chunk, a HEIF item, or as a whole TIFF or raw file.
//
// Start at [Decode]. The decoder of record is goexif, which is sound on clean
// input and dangerous on hostile input: directories that form a loop keep it
// busy for ever, a count that overflows makes it allocate gigabytes, and one
// bad entry costs it the whole directory. So it stands behind a fence:
//
//  1. an own walk reads the directories, entry by entry, under [Limits];
//  2. each entry that fits is decoded alone by goexif's tiff.DecodeTag, from
//     a buffer that holds nothing else: one bad entry costs one entry;
//  3. one clean TIFF is written from the entries that decoded, and goexif
//     reads that; the getters ask goexif.
//
// The package promises: no panic, no endless loop, memory in proportion to
// Limits; every entry is kept with its directory, duplicates too; nothing is
// interpreted (no time zone, no sign of a coordinate). goexif's DateTime,
// LatLong and JpegThumbnail are never called: the first assumes the machine's
// own zone, the others do not check what they read.
package exif

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"slices"

	goexif "github.com/rwcarlsen/goexif/exif"
	"github.com/rwcarlsen/goexif/tiff"
)

// ErrNotTIFF says that the block does not begin like a TIFF structure.
var ErrNotTIFF = errors.New("not an EXIF block: no TIFF header")

// Limits bounds what one block may cost. A zero field means its default.
type Limits struct {
	IFDs       int    // directories walked, default 64
	Tags       int    // entries looked at in all directories, default 5,000
	ValueBytes uint64 // bytes of one value, default 1 MiB
	TotalBytes uint64 // bytes of all values, default 1 MiB
}

func (l Limits) orDefault() Limits {
	if l.IFDs <= 0 {
		l.IFDs = 64
	}
	if l.Tags <= 0 {
		l.Tags = 5000
	}
	if l.ValueBytes == 0 {
		l.ValueBytes = 1 << 20
	}
	if l.TotalBytes == 0 {
		l.TotalBytes = 1 << 20
	}
	return l
}

// The directories that have a fixed meaning. Further ones are named "IFD2",
// "IFD3" and so on, "SubIFD", "SubIFD1" and so on; a second directory of one
// meaning carries the path to it, as "IFD1/ExifIFD".
const (
	IFD0    = "IFD0"
	ExifIFD = "ExifIFD"
	GPSIFD  = "GPS"
	Interop = "InteropIFD"
	IFD1    = "IFD1"
)

// Exif is one decoded block.
type Exif struct {
	Tags     []Tag     // every entry that is sound, in the order of the walk, duplicates included
	Problems []Problem // what was refused and why

	size int64
}

// Origin says of a block what its bytes do not tell.
type Origin struct {
	Root   string // the first directory, [IFD0] unless set: Canon's CR3 keeps each in a block of its own
	Format string // of the file, as the container names it ("nef"): it decides what some embedded pictures are called
	Offset int64  // of the block in the file, which values that say where something stands are printed with; 0 where it has none
}

// Tag is one directory entry.
type Tag struct {
	IFD    string
	ID     uint16
	Name   string // ExifTool's name, "0x1234" where this package knows none
	Offset int64  // of the entry, from the byte order mark
	Size   uint64 // bytes of the value; 0 for an entry that is there and empty

	value *tiff.Tag // nil for an empty entry and for bulk data
	base  int64     // where the block begins in the file
}

// Problem is damage that cost an entry, a directory or more.
type Problem struct {
	Code    string // "corrupt-structure", "truncated", "limit" or "unusual-structure"
	Message string // one sentence without a full stop
	Field   string // "EXIF:GPS:GPSLatitude", or the directory
	Minor   bool   // legal or harmless, and worth knowing: nothing was lost
}

// maxProblems bounds the list, not the reading: a block of damage should not
// fill a report.
const maxProblems = 16

func (x *Exif) problem(code, field, format string, args ...any) {
	x.add(Problem{Code: code, Message: fmt.Sprintf(format, args...), Field: field})
}

// remark notes what is unusual and does no harm.
func (x *Exif) remark(field, format string, args ...any) {
	x.add(Problem{Code: "unusual-structure", Message: fmt.Sprintf(format, args...), Field: field, Minor: true})
}

func (x *Exif) add(p Problem) {
	if len(x.Problems) < maxProblems && !slices.Contains(x.Problems, p) {
		x.Problems = append(x.Problems, p)
	}
}

// Decode reads the EXIF block of the given size that begins, with its byte
// order mark, at the start of r. The error is [ErrNotTIFF] or a failure of r
// itself; damage inside the block is a Problem of the result, and what is
// sound stays.
func Decode(r io.ReaderAt, size int64, lim Limits) (*Exif, error) {
	return DecodeFrom(Origin{}, r, size, lim)
}

// DecodeFrom is [Decode] for a block of which it is known where it stood.
func DecodeFrom(from Origin, r io.ReaderAt, size int64, lim Limits) (x *Exif, err error) {
	defer func() {
		if p := recover(); p != nil {
			x, err = nil, fmt.Errorf("decode EXIF block: %v", p)
		}
	}()
	x = &Exif{size: size}
	if from.Root == "" {
		from.Root = IFD0
	}
	w := walk{r: r, size: uint64(max(size, 0)), lim: lim.orDefault(), exif: x, from: from}
	if err := w.run(from.Root); err != nil {
		return nil, err
	}
	x.settle(decodeClean(w.order, w.accepted, x))
	return x, nil
}

// settle takes the values from goexif's reading of the clean structure. An
// entry that it does not hold, as one of a further directory or an earlier
// duplicate, keeps the value that was decoded alone.
func (x *Exif) settle(record *goexif.Exif) {
	if record == nil {
		return
	}
	for i := range x.Tags {
		t := &x.Tags[i]
		v, err := record.Get(fieldName(t.IFD, t.Name))
		if err == nil && t.value != nil && v.Type == t.value.Type && bytes.Equal(v.Val, t.value.Val) {
			t.value = v
		}
	}
}

// Join adds the entries of another block of the same file, as if both had
// been one.
func (x *Exif) Join(y *Exif) {
	x.Tags = append(x.Tags, y.Tags...)
	x.Problems = append(x.Problems, y.Problems...)
}

// decodeClean lets goexif read the sound entries of the standard directories.
// It has a recover of its own so that a panic in goexif costs its reading and
// leaves the entries that were decoded one by one.
func decodeClean(order byteOrder, accepted []entry, x *Exif) (decoded *goexif.Exif) {
	defer func() {
		if p := recover(); p != nil {
			decoded = nil
			x.problem("corrupt-structure", "EXIF", "the EXIF decoder failed on the block: %v", p)
		}
	}()
	decoded, err := loadClean(order, accepted)
	if err != nil {
		x.problem("corrupt-structure", "EXIF", "the EXIF decoder refused the block: %v", err)
		return nil
	}
	return decoded
}

// Lookup gives the entry of that name in that directory; of several in one
// directory the last one, as ExifTool does. It is nil when there is none.
func (x *Exif) Lookup(ifd, name string) *Tag {
	for i := len(x.Tags) - 1; i >= 0; i-- {
		if t := &x.Tags[i]; t.IFD == ifd && t.Name == name {
			return t
		}
	}
	return nil
}

// Get looks for a name in the directories of the main picture: where the
// standard puts it, then where writers misplace it.
func (x *Exif) Get(name string) *Tag {
	for _, ifd := range [...]string{ExifIFD, GPSIFD, IFD0, Interop} {
		if t := x.Lookup(ifd, name); t != nil {
			return t
		}
	}
	return nil
}

// Thumbnail says where in the block the embedded preview stands that IFD1
// describes, if it lies inside the block.
func (x *Exif) Thumbnail() (offset, length int64, ok bool) {
	o, ok1 := x.Lookup(IFD1, "ThumbnailOffset").Int()
	n, ok2 := x.Lookup(IFD1, "ThumbnailLength").Int()
	if !ok1 || !ok2 || o <= 0 || n <= 0 || o > x.size || n > x.size-o {
		return 0, 0, false
	}
	return o, n, true
}
