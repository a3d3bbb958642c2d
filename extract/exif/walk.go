package exif

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"math"

	"github.com/rwcarlsen/goexif/tiff"
)

// byteOrder both reads and writes, for the clean structure is written in the
// order of the block it stands for.
type byteOrder interface {
	binary.ByteOrder
	binary.AppendByteOrder
}

// The pointer tags: entries whose value is the offset of a directory.
const (
	tagSubIFDs = 0x014a
	tagExif    = 0x8769
	tagGPS     = 0x8825
	tagInterop = 0xa005
)

// TIFF 6.0 section 2 and EXIF 3.0 section 4.6.2; index is the type.
const (
	typeByte      = 1
	typeASCII     = 2
	typeLong      = 4
	typeUndefined = 7
	typeSLong     = 9
	typeIFD       = 13
	typeLong8     = 16 // BigTIFF
	typeSLong8    = 17
	typeIFD8      = 18
	typeUTF8      = 129
)

var typeSizes = [...]uint64{1: 1, 2: 1, 3: 2, 4: 4, 5: 8, 6: 1, 7: 1, 8: 2, 9: 4, 10: 8, 11: 4, 12: 8, typeLong8: 8, typeSLong8: 8, typeIFD8: 8}

// entry is one accepted directory entry with its value, in the types that
// goexif knows.
type entry struct {
	ifd   string
	id    uint16
	typ   uint16
	count uint32
	value []byte
}

// walk reads the directories of one block.
type walk struct {
	r     io.ReaderAt
	size  uint64
	lim   Limits
	order byteOrder
	exif  *Exif
	from  Origin

	context   context // of the directory being read
	big       bool    // BigTIFF: offsets and counts have eight bytes
	panasonic bool    // RW2: IFD0 has numbers below 0x100 of Panasonic's own
	queue     []directory
	visited   map[uint64]bool
	names     map[string]bool
	subIFDs   int
	tags      int    // entries looked at
	total     uint64 // bytes of values read
	accepted  []entry
}

// directory is one still to be read. chain is its number in the main chain
// (IFD0, IFD1, ...), -1 for one that a pointer tag names.
type directory struct {
	offset uint64
	name   string
	chain  int
}

func (w *walk) run(root string) error {
	first, err := w.header()
	if err != nil {
		return err
	}
	w.visited = map[uint64]bool{}
	w.names = map[string]bool{}
	w.push(directory{first, root, 0}, "the header")
	for n := 0; len(w.queue) > 0; n++ {
		if n >= w.lim.IFDs {
			w.exif.problem("limit", "EXIF", "more than %d EXIF directories, the rest was not read", w.lim.IFDs)
			return nil
		}
		d := w.queue[0]
		w.queue = w.queue[1:]
		if err := w.directory(d); err != nil {
			return err
		}
		if w.tags >= w.lim.Tags {
			w.exif.problem("limit", "EXIF", "more than %d EXIF entries, the rest was not read", w.lim.Tags)
			return nil
		}
	}
	return nil
}

// header reads the byte order mark and the offset of the first directory. It
// knows the marks of TIFF and of the raw formats that are TIFF in all but the
// mark: Panasonic RW2 and Olympus ORF.
func (w *walk) header() (uint64, error) {
	var h [16]byte
	if w.size < 8 {
		return 0, ErrNotTIFF
	}
	if err := w.readAt(h[:min(w.size, 16)], 0); err != nil {
		return 0, fmt.Errorf("read EXIF header: %w", err)
	}
	switch string(h[:2]) {
	case "II":
		w.order = binary.LittleEndian
	case "MM":
		w.order = binary.BigEndian
	default:
		return 0, ErrNotTIFF
	}
	switch w.order.Uint16(h[2:]) {
	case 42, 0x4f52, 0x5352:
		return uint64(w.order.Uint32(h[4:])), nil
	case 43:
		w.big = true
		if w.order.Uint16(h[4:]) == 8 && w.size >= 16 {
			return w.order.Uint64(h[8:]), nil
		}
	case 0x55:
		w.panasonic = true
		return uint64(w.order.Uint32(h[4:])), nil
	}
	return 0, ErrNotTIFF
}

// readAt fills b from off, which the caller has checked against the size.
func (w *walk) readAt(b []byte, off uint64) error {
	n, err := w.r.ReadAt(b, int64(off))
	if n == len(b) {
		return nil
	}
	if err == nil || errors.Is(err, io.EOF) {
		err = io.ErrUnexpectedEOF
	}
	return err
}

// push queues a directory unless it was met before or cannot be there.
func (w *walk) push(d directory, from string) {
	switch {
	case d.offset == 0:
	case d.offset < 8 || d.offset > w.size || w.size-d.offset < 2:
		w.exif.problem("corrupt-structure", "EXIF:"+d.name, "the directory %s lies outside the EXIF block", d.name)
	case w.visited[d.offset]:
		w.exif.problem("corrupt-structure", "EXIF:"+from, "%s points back to a directory that was read before", from)
	default:
		w.visited[d.offset] = true
		if w.names[d.name] {
			d.name = from + "/" + d.name
		}
		w.names[d.name] = true
		w.queue = append(w.queue, d)
	}
}

// directory reads the entries of d and queues what they point to. It fails
// only where r does.
func (w *walk) directory(d directory) error {
	countSize, entrySize := w.widths()
	var n [8]byte
	if w.size-d.offset < countSize {
		w.exif.problem("truncated", "EXIF:"+d.name, "the directory %s is cut off", d.name)
		return nil
	}
	if err := w.readAt(n[:countSize], d.offset); err != nil {
		return fmt.Errorf("read EXIF directory %s: %w", d.name, err)
	}
	count := w.unsigned(n[:countSize])
	start := d.offset + countSize
	if fit := (w.size - start) / entrySize; count > fit {
		w.exif.problem("truncated", "EXIF:"+d.name, "the directory %s is cut off", d.name)
		count = fit
	}
	count = min(count, uint64(w.lim.Tags-w.tags))
	w.tags += int(count)
	table := make([]byte, count*entrySize)
	if err := w.readAt(table, start); err != nil {
		return fmt.Errorf("read EXIF directory %s: %w", d.name, err)
	}
	w.context = context{}
	for i := range count {
		if err := w.entry(d, start+i*entrySize, table[i*entrySize:(i+1)*entrySize]); err != nil {
			return err
		}
	}
	w.pictures(d)
	if d.chain >= 0 {
		return w.next(d, start+count*entrySize)
	}
	return nil
}

// widths gives the bytes of a directory's count and of one entry.
func (w *walk) widths() (count, entry uint64) {
	if w.big {
		return 8, 20
	}
	return 2, 12
}

// unsigned reads a number of two, four or eight bytes.
func (w *walk) unsigned(b []byte) uint64 {
	switch len(b) {
	case 2:
		return uint64(w.order.Uint16(b))
	case 4:
		return uint64(w.order.Uint32(b))
	}
	return w.order.Uint64(b)
}

// next follows the chain of main directories.
func (w *walk) next(d directory, at uint64) error {
	var b [8]byte
	n := uint64(4)
	if w.big {
		n = 8
	}
	if at > w.size || w.size-at < n {
		return nil
	}
	if err := w.readAt(b[:n], at); err != nil {
		return fmt.Errorf("read EXIF directory %s: %w", d.name, err)
	}
	w.push(directory{w.unsigned(b[:n]), fmt.Sprintf("IFD%d", d.chain+1), d.chain + 1}, d.name)
	return nil
}

// entry reads one entry. Whatever is wrong with it costs this entry alone.
func (w *walk) entry(d directory, at uint64, raw []byte) error {
	held := raw[8:] // the value where it fits, else its offset
	if w.big {
		held = raw[12:]
	}
	count := w.unsigned(raw[4 : len(raw)-len(held)])
	e := entry{ifd: d.name, id: w.order.Uint16(raw), typ: w.order.Uint16(raw[2:]), count: uint32(min(count, math.MaxUint32))}
	tag := Tag{IFD: d.name, ID: e.id, Name: w.name(d, e.id), Offset: int64(at), base: w.from.Offset}
	field := tag.Field()
	w.modernType(&e, tag)
	if e.typ == 0 {
		return nil // padding, as some cameras leave it
	}
	if int(e.typ) >= len(typeSizes) || typeSizes[e.typ] == 0 || e.typ >= typeLong8 && !w.big {
		w.exif.problem("corrupt-structure", field, "%s has the unknown type %d", tag.Name, e.typ)
		return nil
	}
	tag.Size = typeSizes[e.typ] * uint64(e.count)
	if tag.Size == 0 {
		w.exif.remark(field, "%s is there and holds no value", tag.Name)
		w.exif.Tags = append(w.exif.Tags, tag)
		return nil
	}
	off := w.unsigned(held)
	inline := uint64(len(held))
	if tag.Size > inline && (off > w.size || tag.Size > w.size-off) {
		w.exif.problem("corrupt-structure", field, "the value of %s lies outside the EXIF block", tag.Name)
		return nil
	}
	if isBulk(e.id) || isBlob(e.typ, tag.Size) || isLongList(e.id, tag.Size) {
		w.exif.Tags = append(w.exif.Tags, tag)
		return nil
	}
	if tag.Size > w.lim.ValueBytes || tag.Size > w.lim.TotalBytes-w.total {
		w.exif.problem("limit", field, "the value of %s is too large, %d bytes", tag.Name, tag.Size)
		return nil
	}
	if tag.Size <= inline {
		e.value = held[:tag.Size]
	} else {
		e.value = make([]byte, tag.Size)
		if err := w.readAt(e.value, off); err != nil {
			return fmt.Errorf("read EXIF value %s: %w", tag.Name, err)
		}
	}
	w.total += tag.Size
	if !w.narrow(&e) {
		w.exif.problem("limit", field, "%s holds a number that is too large", tag.Name)
		return nil
	}
	return w.accept(d, e, tag)
}

// modernType maps the types that goexif does not know to those it does: IFD,
// which belongs to TIFF files with directories in directories, and EXIF 3.0's
// UTF-8. Older readers lose such an entry, and whoever compares what two
// programs say needs to know.
func (w *walk) modernType(e *entry, t Tag) {
	switch e.typ {
	case typeIFD:
		e.typ = typeLong
		if e.id != tagSubIFDs {
			w.exif.remark(t.Field(), "%s has the type IFD of later TIFF, which many programs do not read", t.Name)
		}
	case typeUTF8:
		e.typ = typeASCII
		w.exif.remark(t.Field(), "%s has the text type of EXIF 3.0, UTF-8, which many programs do not read", t.Name)
	}
}

// narrow turns the eight-byte numbers of BigTIFF, which goexif does not know,
// into numbers of four bytes.
func (w *walk) narrow(e *entry) bool {
	switch e.typ {
	case typeLong8, typeSLong8, typeIFD8:
	default:
		return true
	}
	var out []byte
	for b := e.value; len(b) >= 8; b = b[8:] {
		v := w.order.Uint64(b)
		if e.typ == typeSLong8 && int64(v) != int64(int32(v)) || e.typ != typeSLong8 && v > math.MaxUint32 {
			return false
		}
		out = w.order.AppendUint32(out, uint32(v))
	}
	if e.value = out; e.typ == typeSLong8 {
		e.typ = typeSLong
	} else {
		e.typ = typeLong
	}
	return true
}

// accept decodes the value with goexif, out of a buffer that holds this entry
// and nothing else, and follows it where it is a pointer.
func (w *walk) accept(d directory, e entry, tag Tag) error {
	v, err := tiff.DecodeTag(bytes.NewReader(alone(w.order, e)), w.order)
	if err != nil {
		w.exif.problem("corrupt-structure", tag.Field(), "%s cannot be decoded: %v", tag.Name, err)
		return nil
	}
	tag.value = v
	w.context.note(&tag)
	w.exif.Tags = append(w.exif.Tags, tag)
	if w.follow(d, &tag) {
		return nil // the clean structure gets pointers of its own
	}
	w.accepted = append(w.accepted, e)
	return nil
}

// follow queues the directories that a pointer tag names.
func (w *walk) follow(d directory, t *Tag) bool {
	name := ""
	switch t.ID {
	case tagExif:
		name = ExifIFD
	case tagGPS:
		name = GPSIFD
	case tagInterop:
		name = Interop
	case tagSubIFDs:
	default:
		return false
	}
	if d.name == GPSIFD || d.name == Interop {
		return false // small numbers mean something else there, and no pointer stands in them
	}
	for i, off := range t.Ints() {
		if off < 0 || i >= w.lim.IFDs {
			break
		}
		if t.ID == tagSubIFDs {
			name = "SubIFD"
			if w.subIFDs > 0 {
				name = fmt.Sprintf("SubIFD%d", w.subIFDs)
			}
			w.subIFDs++
		}
		w.push(directory{uint64(off), name, -1}, d.name)
	}
	return true
}
