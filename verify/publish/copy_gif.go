package publish

import (
	"bytes"
	"errors"
	"io"
)

// copyGIF follows GIF89a: blocks that show something are kept, and of the
// application extensions only how often an animation repeats.
func copyGIF(w io.Writer, in *io.SectionReader) error {
	r := newReader(in)
	out := &writer{w: w}
	head := bytes.Clone(r.take(13))
	if r.err != nil || string(head[:3]) != "GIF" {
		return errBroken
	}
	out.write(head)
	r.copy(out, gifTable(head[10]))
	for r.err == nil && out.err == nil {
		switch block := r.take(1); {
		case r.err != nil:
		case block[0] == 0x3b:
			out.bytes(0x3b)
			return out.err
		case block[0] == 0x2c:
			out.bytes(0x2c)
			image := bytes.Clone(r.take(9))
			if r.err != nil {
				return errBroken
			}
			out.write(image)
			r.copy(out, gifTable(image[8])+1) // the table, and the size of codes
			r.subBlocks(out)
		case block[0] == 0x21:
			r.extension(out)
		default:
			return errBroken
		}
	}
	return errors.Join(errBroken, out.err)
}

// gifTable is the length of the colour table that packed fields announce.
func gifTable(packed byte) int64 {
	if packed&0x80 == 0 {
		return 0
	}
	return 3 << (packed&7 + 1)
}

// extension copies the extension that comes next, or passes over it.
func (r *reader) extension(out *writer) {
	label := r.take(2) // and the length of the first block
	if r.err != nil {
		return
	}
	kind, n := label[0], label[1]
	first := bytes.Clone(r.take(int(n)))
	repeats := kind == 0xff && (string(first) == "NETSCAPE2.0" || string(first) == "ANIMEXTS1.0")
	if r.err != nil || kind != 0xf9 && !repeats {
		r.subBlocks(&writer{w: io.Discard})
		return
	}
	out.bytes(0x21, kind, n)
	out.write(first)
	r.subBlocks(out)
}

// subBlocks copies blocks up to the empty one and with it.
func (r *reader) subBlocks(out *writer) {
	for r.err == nil && out.err == nil {
		n := r.take(1)
		if r.err != nil {
			return
		}
		length := n[0]
		out.bytes(length)
		if length == 0 {
			return
		}
		r.copy(out, int64(length))
	}
}
