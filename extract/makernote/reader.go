package makernote

import (
	"encoding/binary"
	"errors"
	"fmt"
	"io"

	"github.com/firsthand-media/firsthand/extract/exif"
)

// reader walks the directories of one note.
type reader struct {
	r           io.ReaderAt
	size        int64 // of the block around the note
	order       exif.ByteOrder
	base        int64 // what the offsets of the note count from
	start, end  int64 // of the note, in the block
	make, model string
	note        *Note
	lim         Limits

	dirs    int
	entries int
	total   uint64
	visited map[int64]bool

	confined bool // values outside the note are not its own

	pentaxDate, pentaxTime uint32 // the mask of Pentax' shutter counter
}

// errDamage stops the reading of a note whose bytes are not there; what it
// says has become a Problem.
var errDamage = errors.New("damaged maker note")

// guarded turns damage and panics into problems, so that only a failure of
// the source is an error.
func (n *reader) guarded(read func() error) (err error) {
	defer func() {
		if p := recover(); p != nil {
			n.note.problem("corrupt-structure", "MakerNotes", "the maker note could not be read: %v", p)
			err = nil
		}
	}()
	if err = read(); errors.Is(err, errDamage) {
		return nil
	}
	return err
}

// bytes reads count bytes at an offset of the block.
func (n *reader) bytes(at, count int64) ([]byte, error) {
	if at < 0 || count < 0 || at > n.size || count > n.size-at {
		return nil, errDamage
	}
	b := make([]byte, count)
	got, err := n.r.ReadAt(b, at)
	if int64(got) == count {
		return b, nil
	}
	if err == nil || errors.Is(err, io.EOF) {
		return nil, errDamage // the source is shorter than it said
	}
	return nil, fmt.Errorf("read maker note: %w", err)
}

func blockOrder(r io.ReaderAt, size int64) (exif.ByteOrder, error) {
	var h [8]byte
	if size < int64(len(h)) {
		return nil, exif.ErrNotTIFF
	}
	if got, err := r.ReadAt(h[:], 0); got < len(h) {
		return nil, fmt.Errorf("read EXIF header: %w", err)
	}
	switch string(h[:2]) {
	case "II":
		return binary.LittleEndian, nil
	case "MM":
		return binary.BigEndian, nil
	}
	return nil, exif.ErrNotTIFF
}

// directory reads one directory under a table.
func (n *reader) directory(at int64, t *table) error {
	field := "MakerNotes:" + t.group
	if n.visited == nil {
		n.visited = map[int64]bool{}
	}
	switch {
	case n.confined && (at < n.start || at >= n.end):
		return nil
	case n.visited[at]:
		n.note.problem("corrupt-structure", field, "the maker note points back to a directory that was read before")
		return nil
	case n.dirs >= n.lim.Directories:
		n.note.problem("limit", field, "more than %d directories in the maker note, the rest was not read", n.lim.Directories)
		return nil
	}
	n.visited[at] = true
	n.dirs++
	dir, err := n.entryTable(at, field)
	if err != nil {
		return err
	}
	for _, e := range dir.Entries {
		d, known := t.tags[e.ID]
		if !known {
			continue
		}
		if err := n.entry(e, d, t.group); err != nil {
			return err
		}
	}
	return nil
}

// entryTable reads the entries of a directory. A directory that is not there
// is a problem and gives none.
func (n *reader) entryTable(at int64, field string) (exif.EntryTable, error) {
	dir, err := exif.ReadEntries(n.r, n.size, at, n.order, n.lim.Entries-n.entries)
	if errors.Is(err, io.ErrUnexpectedEOF) {
		n.note.problem("corrupt-structure", field, "a directory of the maker note lies outside the EXIF block")
		return dir, nil
	}
	if err != nil {
		return dir, fmt.Errorf("read maker note: %w", err)
	}
	n.entries += len(dir.Entries)
	if dir.Cut {
		n.note.problem("truncated", field, "the maker note is cut off: its directory has fewer entries than it promises")
	}
	if n.entries >= n.lim.Entries {
		n.note.problem("limit", field, "more than %d entries in the maker note, the rest was not read", n.lim.Entries)
	}
	return dir, nil
}

// entry reads one entry. Whatever is wrong with it costs this entry alone.
func (n *reader) entry(e exif.Entry, d tag, group string) error {
	field := "MakerNotes:" + group + ":" + d.name
	size := e.Size()
	if size == 0 {
		if e.Count == 0 && d.name != "" && d.open == nil && d.conv == nil {
			n.add(field, "")
		}
		return nil
	}
	at := e.At + 8
	if size > 4 {
		at = n.base + int64(n.order.Uint32(e.Field[:]))
	}
	if at < 0 || at > n.size || size > uint64(n.size-at) {
		n.note.problem("corrupt-structure", field, "the value of %s lies outside the EXIF block", d.title())
		return nil
	}
	if n.confined && size > 4 && (at < n.start || at+int64(size) > n.end) {
		return nil
	}
	v := value{at: at, size: size, typ: e.Type, order: n.order}
	if d.binary {
		n.add(field, fmt.Sprintf("(Binary data %d bytes, use -b option to extract)", size))
		return nil
	}
	if d.place != nil {
		return d.place(n, v)
	}
	if size > n.lim.ValueBytes || size > n.lim.TotalBytes-n.total {
		n.note.problem("limit", field, "the value of %s is too large, %d bytes", d.title(), size)
		return nil
	}
	n.total += size
	raw, err := n.bytes(at, int64(size))
	if err != nil {
		return err
	}
	v.tag, err = exif.DecodeEntry(n.order, group, d.name, e, raw)
	if err != nil {
		n.note.problem("corrupt-structure", field, "%s cannot be decoded", d.title())
		return nil
	}
	v.raw = raw
	return n.accept(field, d, v)
}

// accept takes a decoded value: the directory or record that it holds, or the
// value itself.
func (n *reader) accept(field string, d tag, v value) error {
	if d.open != nil {
		return d.open(n, v)
	}
	text, ok := v.String(), true
	if d.conv != nil {
		text, ok = d.conv(v)
	}
	if ok && !(d.fallback && n.note.has(field)) {
		n.add(field, text)
	}
	return nil
}
