package c2pa

import (
	"bytes"
	"encoding/binary"
	"errors"
	"io"
	"slices"
	"strconv"
	"strings"
)

const (
	maxFileBoxes   = 65536 // looks at boxes of the file for one binding
	maxMatchBytes  = 4096  // of one value that an exclusion compares
	uuidTypeLength = 16
)

var errFileBoxes = errors.New("the file has more boxes than are looked at")

// fileBox is a box of the file, with its header.
type fileBox struct {
	kind string
	span
	body int64
}

// bmffBinding checks c2pa.hash.bmff: one digest over the boxes of the file
// but for those that it names. Since version 2 the offset of each top-level
// box is hashed with it, so that none can be moved (specification 2.1, 18.6).
func (d *decoder) bmffBinding(m *Manifest, box *superbox, v *value) State {
	pieces := len(v.get("merkle").list()) > 0
	if !v.get("hash").present() {
		return State{NotChecked, "the media data is hashed in pieces, which are not checked"}
	}
	w := bmffWalk{file: d.opt.File, size: d.opt.Size}
	top, err := w.children(0, d.opt.Size)
	if err != nil {
		return State{NotChecked, oneLine("the boxes of the file could not be read for it: " + err.Error())}
	}
	var leaveOut []span
	whole := map[int64]bool{} // top-level boxes that are left out whole
	for _, e := range v.get("exclusions").list() {
		spans, boxes, err := w.exclusion(top, &e)
		if err != nil {
			return State{NotChecked, oneLine("what it leaves out could not be worked out: " + err.Error())}
		}
		leaveOut = append(leaveOut, spans...)
		for _, b := range boxes {
			whole[b.from] = true
		}
	}
	d.notePictureLeftOut(box.where, v)
	state := d.compare(m, v, merged(leaveOut), marks(box.label, top, whole))
	switch {
	case state.Verdict == Valid && pieces:
		return State{NotChecked, "all but the media data has the signed digest; the media data is hashed in pieces, which are not checked"}
	case state.Verdict == Valid && !offsetsHashed(box.label):
		state.Reason += ", by the first version of this digest, which lets boxes be moved"
	}
	return state
}

// offsetsHashed tells whether this version of the assertion covers offsets.
func offsetsHashed(label string) bool {
	return instanceSuffix.ReplaceAllString(label, "") != "c2pa.hash.bmff"
}

func marks(label string, top []fileBox, whole map[int64]bool) []int64 {
	var at []int64
	for _, b := range top {
		if offsetsHashed(label) && !whole[b.from] {
			at = append(at, b.from)
		}
	}
	return at
}

// notePictureLeftOut reports exclusions of boxes that hold the picture or say
// where it is.
func (d *decoder) notePictureLeftOut(where string, v *value) {
	for _, e := range v.get("exclusions").list() {
		switch path := e.get("xpath").plain(); path {
		case "/mdat", "/moov", "/moof", "/meta", "/idat", "/moov/trak", "/moof/traf":
			if !v.get("merkle").present() {
				d.problem("c2pa-binding-partial", where, "the signed digest leaves out "+path+", which holds the picture or says where it is")
			}
		}
	}
}

// bmffWalk reads box headers of the file under a bound.
type bmffWalk struct {
	file  io.ReaderAt
	size  int64
	boxes int
}

// children lists the boxes from one offset to another.
func (w *bmffWalk) children(from, to int64) ([]fileBox, error) {
	var all []fileBox
	for from+8 <= to {
		if w.boxes++; w.boxes > maxFileBoxes {
			return nil, errFileBoxes
		}
		var head [16]byte
		n, err := w.file.ReadAt(head[:min(16, to-from)], from)
		if n < 8 {
			return nil, err
		}
		size, body := int64(binary.BigEndian.Uint32(head[:])), from+8
		switch {
		case size == 0:
			size = to - from
		case size == 1 && n == 16:
			wide := binary.BigEndian.Uint64(head[8:])
			if wide > uint64(to-from) {
				return nil, errors.New("a box is longer than what holds it")
			}
			size, body = int64(wide), from+16
		}
		if size < body-from || size > to-from {
			return nil, errors.New("a box is longer than what holds it")
		}
		all = append(all, fileBox{string(head[4:8]), span{from, from + size}, body})
		from += size
	}
	return all, nil
}

// exclusion finds what one exclusion leaves out: whole boxes, or ranges in
// boxes. The boxes are those left out whole.
func (w *bmffWalk) exclusion(top []fileBox, e *value) (spans []span, whole []fileBox, err error) {
	boxes, err := w.find(top, e.get("xpath").plain())
	if err != nil {
		return nil, nil, err
	}
	for _, b := range boxes {
		if w.boxes++; w.boxes > maxFileBoxes {
			return nil, nil, errFileBoxes
		}
		ok, err := w.fits(b, e)
		if err != nil {
			return nil, nil, err
		}
		switch subset := e.get("subset"); {
		case !ok:
		case subset.present():
			spans = append(spans, b.ranges(subset)...)
		default:
			spans, whole = append(spans, b.span), append(whole, b)
		}
	}
	return spans, whole, nil
}

// find follows a path of box types, "/moov/trak[2]/mdia": every box of that
// type counts where no number is given.
func (w *bmffWalk) find(top []fileBox, path string) ([]fileBox, error) {
	parts := strings.Split(strings.TrimPrefix(path, "/"), "/")
	if len(parts) > maxBoxDepth || !strings.HasPrefix(path, "/") {
		return nil, errors.New("a path to a box cannot be read")
	}
	level := top
	for i, part := range parts {
		chosen, err := choose(level, part)
		if err != nil || i == len(parts)-1 {
			return chosen, err
		}
		level = nil
		for _, b := range chosen {
			inside, err := w.children(w.content(b), b.to)
			if err != nil {
				return nil, err
			}
			level = append(level, inside...)
		}
	}
	return nil, nil
}

// choose picks the boxes of one step of a path.
func choose(level []fileBox, step string) ([]fileBox, error) {
	kind, number, numbered := strings.Cut(step, "[")
	want := 0
	if numbered {
		var err error
		if want, err = strconv.Atoi(strings.TrimSuffix(number, "]")); err != nil {
			return nil, errors.New("a path to a box cannot be read")
		}
	}
	var chosen []fileBox
	n := 0
	for _, b := range level {
		if b.kind != kind {
			continue
		}
		if n++; !numbered || n == want {
			chosen = append(chosen, b)
		}
	}
	return chosen, nil
}

// content is where the boxes inside b begin. meta has a version and flags in
// front of them, but not in QuickTime files.
func (w *bmffWalk) content(b fileBox) int64 {
	if b.kind != "meta" {
		return b.body
	}
	var head [8]byte
	if n, _ := w.file.ReadAt(head[:], b.body); n == 8 && string(head[4:]) == "hdlr" {
		return b.body
	}
	return b.body + 4
}

// fits tells whether a box is as an exclusion demands.
func (w *bmffWalk) fits(b fileBox, e *value) (bool, error) {
	if n, ok := e.get("length").size(); ok && n != uint64(b.to-b.from) {
		return false, nil
	}
	if ok, err := w.fullBoxFits(b, e); !ok || err != nil {
		return ok, err
	}
	for _, part := range e.get("data").list() {
		offset, ok := part.get("offset").size()
		want := part.get("value").raw()
		if !ok || len(want) > maxMatchBytes {
			return false, errors.New("what a box must hold cannot be read")
		}
		if offset > uint64(b.to-b.from) || uint64(len(want)) > uint64(b.to-b.from)-offset {
			return false, nil
		}
		got := make([]byte, len(want))
		if _, err := w.file.ReadAt(got, b.from+int64(offset)); err != nil && err != io.EOF {
			return false, err
		}
		if !bytes.Equal(got, want) {
			return false, nil
		}
	}
	return true, nil
}

// fullBoxFits compares version and flags. Unless the match is to be exact,
// further flags may be set.
func (w *bmffWalk) fullBoxFits(b fileBox, e *value) (bool, error) {
	version, byVersion := e.get("version").size()
	flags := e.get("flags").raw()
	if !byVersion && len(flags) == 0 {
		return true, nil
	}
	at := b.body
	if b.kind == "uuid" {
		at += uuidTypeLength
	}
	var head [4]byte
	if _, err := w.file.ReadAt(head[:], at); err != nil && err != io.EOF {
		return false, err
	}
	if byVersion && uint64(head[0]) != version {
		return false, nil
	}
	if len(flags) != 3 {
		return len(flags) == 0, nil
	}
	if exact := e.get("exact"); exact != nil && exact.kind == kindBool && exact.text == "False" {
		return slices.Equal(flags, []byte{head[1] & flags[0], head[2] & flags[1], head[3] & flags[2]}), nil
	}
	return bytes.Equal(head[1:], flags), nil
}

// ranges gives the parts of a box that a subset names; a length of 0 reaches
// to the end of the box.
func (b fileBox) ranges(subset *value) []span {
	var all []span
	for _, part := range subset.list() {
		offset, ok1 := part.get("offset").size()
		length, ok2 := part.get("length").size()
		size := uint64(b.to - b.from)
		if !ok1 || !ok2 || offset > size {
			continue
		}
		if length == 0 || length > size-offset {
			length = size - offset
		}
		all = append(all, span{b.from + int64(offset), b.from + int64(offset+length)})
	}
	return all
}
