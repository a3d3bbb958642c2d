package extract

import (
	"encoding/binary"
	"io"
	"time"

	"github.com/firsthand-media/firsthand/extract/c2pa"
	"github.com/firsthand-media/firsthand/extract/container"
	"github.com/firsthand-media/firsthand/extract/exif"
	"github.com/firsthand-media/firsthand/extract/iptc"
	"github.com/firsthand-media/firsthand/extract/makernote"
	"github.com/firsthand-media/firsthand/extract/source"
	"github.com/firsthand-media/firsthand/extract/xmp"
)

// parts is one file taken apart: what the container says, and each block as
// the reader of its format decoded it, in the order of the file. Everything
// that [Read] says of times, places and device is worked out from here, and so
// is the list of tags that Options.All asks for.
type parts struct {
	info   container.Info
	exifs  []exifPart
	xmps   []xmpPart
	iptcs  []iptcPart
	stores []c2paPart
	notes  []notePart // maker notes that stand outside of EXIF
}

// exifPart is one EXIF block and the maker note in it, which is never nil.
type exifPart struct {
	path string // "JPEG:APP1"
	*exif.Exif
	note    *makernote.Note
	section *io.SectionReader // the block's bytes
}

// xmpPart is one XMP packet.
type xmpPart struct {
	path string
	*xmp.Packet
}

// iptcPart is one block of image resources or IIM records.
type iptcPart struct {
	path string
	*iptc.Record
}

// c2paPart is one manifest store.
type c2paPart struct {
	path string
	*c2pa.Store
}

// notePart is a maker note that is no part of an EXIF block.
type notePart struct {
	path string
	*makernote.Note
}

// maxBlocks bounds the blocks of one kind that are decoded; a file has one,
// rarely two.
const maxBlocks = 8

// canonBlocks are the parts of one EXIF structure that CR3 keeps apart.
var canonBlocks = map[string]string{"CR3:CMT1": exif.IFD0, "CR3:CMT2": exif.ExifIFD, "CR3:CMT4": exif.GPSIFD}

// canonNote is the block of CR3 that holds the maker note.
const canonNote = "CR3:CMT3"

// dissector takes a file apart.
type dissector struct {
	parts
	file     io.ReaderAt
	size     int64
	now      time.Time
	budget   *container.Budget // of the container, whose time holds for the blocks too
	sets     iptc.Numbering
	findings *findings
}

// blocks decodes every block that the container found.
func (d *dissector) blocks() {
	count := map[container.BlockKind]int{}
	queue := d.info.Blocks
	for len(queue) > 0 {
		b := queue[0]
		queue = queue[1:]
		if d.budget.Over() {
			d.findings.add("limit", source.Warning, b.Path, "the limit on time was reached, the rest was not read")
			return
		}
		if count[b.Kind]++; count[b.Kind] > maxBlocks {
			d.findings.add("limit", source.Warning, string(b.Kind), "more than %d blocks of one kind, the rest was not read", maxBlocks)
			continue
		}
		queue = append(queue, d.block(b)...)
	}
}

// block decodes one block and gives those that lie in it.
func (d *dissector) block(b container.Block) (inside []container.Block) {
	switch b.Kind {
	case container.EXIF:
		if b.Path == canonNote {
			d.noteBlock(b)
		} else {
			return d.exifBlock(b)
		}
	case container.XMP:
		d.xmpBlock(b)
	case container.IPTC:
		return d.iptcBlock(b)
	case container.C2PA:
		d.c2paBlock(b)
	case container.CIFF:
		d.ciffBlock(b)
	}
	return nil
}

// exifBlock decodes an EXIF block; those that CR3 keeps apart become one.
func (d *dissector) exifBlock(b container.Block) []container.Block {
	root, isCanon := canonBlocks[b.Path]
	if !isCanon {
		root = exif.IFD0
	}
	section := b.Section()
	from := exif.Origin{Root: root, Format: d.info.Type.Format}
	if from.Format != "png" { // whose blocks ExifTool counts from their own beginning
		from.Offset = max(b.Offset, 0)
	}
	x, err := exif.DecodeFrom(from, section, section.Size(), exif.Limits{})
	if err != nil {
		d.damaged(b, "EXIF", err)
		return nil
	}
	for _, p := range x.Problems {
		severity := source.Warning
		if p.Minor {
			severity = source.Info
		}
		d.findings.add(p.Code, severity, p.Field, "%s", p.Message)
	}
	if isCanon {
		for i := range d.exifs {
			if _, ok := canonBlocks[d.exifs[i].path]; ok {
				d.exifs[i].Join(x)
				return nil
			}
		}
	}
	note, err := makernote.Decode(section, section.Size(), x, makernote.Limits{})
	if err != nil {
		note = &makernote.Note{}
	}
	d.noteProblems(note)
	d.exifs = append(d.exifs, exifPart{b.Path, x, note, section})
	return iptcInEXIF(b, x)
}

// noteBlock decodes the maker note of CR3, which belongs to the EXIF structure
// before it.
func (d *dissector) noteBlock(b container.Block) {
	model := ""
	for _, x := range d.exifs {
		if _, ok := canonBlocks[x.path]; ok {
			model = x.Get("Model").Text()
		}
	}
	section := b.Section()
	note, err := makernote.DecodeCMT3(section, section.Size(), model, makernote.Limits{})
	if err != nil {
		d.damaged(b, "maker note", err)
		return
	}
	d.noteProblems(note)
	d.notes = append(d.notes, notePart{b.Path, note})
}

// ciffBlock decodes what Canon wrote before it took up EXIF: a CRW file, or
// the segment of an early JPEG.
func (d *dissector) ciffBlock(b container.Block) {
	section := b.Section()
	note, err := makernote.DecodeCIFF(section, section.Size(), makernote.Limits{})
	if err != nil {
		d.damaged(b, "CIFF", err)
		return
	}
	d.noteProblems(note)
	d.notes = append(d.notes, notePart{b.Path, note})
}

func (d *dissector) noteProblems(n *makernote.Note) {
	for _, p := range n.Problems {
		d.findings.add(p.Code, source.Info, p.Field, "%s", p.Message)
	}
}

func (d *dissector) xmpBlock(b container.Block) {
	packet, err := xmp.Decode(b.Data, xmp.Limits{})
	if err != nil {
		d.damaged(b, "XMP", err)
		return
	}
	for _, p := range packet.Problems {
		d.findings.add(p.Code, source.Warning, p.Field, "%s", p.Message)
	}
	d.xmps = append(d.xmps, xmpPart{b.Path, packet})
}

// iptcBlock decodes image resources, among which some writers put EXIF and XMP
// too.
func (d *dissector) iptcBlock(b container.Block) []container.Block {
	rec, err := iptc.Decode(b.Data, iptc.Limits{})
	if err != nil {
		d.damaged(b, "IPTC", err)
		return nil
	}
	for _, p := range rec.Problems {
		d.findings.add(p.Code, source.Warning, p.Field, "%s", p.Message)
	}
	d.sets.Apply(rec, b.Path)
	d.iptcs = append(d.iptcs, iptcPart{b.Path, rec})
	return rec.Blocks
}

// iptcInEXIF gives the IIM records that some writers put into a JPEG's EXIF,
// under TIFF's tag for them. Of TIFF itself the container reader gives them.
func iptcInEXIF(b container.Block, x *exif.Exif) []container.Block {
	const valueField = 8 // of an entry: where the value's offset stands
	t := x.Lookup(exif.IFD0, "IPTC-NAA")
	if t == nil || b.Source != nil || t.Size <= 4 || t.Offset < 0 || t.Offset > int64(len(b.Data))-12 {
		return nil
	}
	var order binary.ByteOrder = binary.BigEndian
	if b.Data[0] == 'I' {
		order = binary.LittleEndian
	}
	at, size := uint64(order.Uint32(b.Data[t.Offset+valueField:])), uint64(len(b.Data))
	if at > size || t.Size > size-at {
		return nil
	}
	return []container.Block{{Kind: container.IPTC, Path: b.Path + "/IPTC", Offset: -1, Data: b.Data[at : at+t.Size]}}
}

func (d *dissector) c2paBlock(b container.Block) {
	store, err := c2pa.Decode(b.Data, c2pa.Options{
		File: d.file, Size: d.size, BindingBytes: c2pa.DefaultBindingBytes, Now: d.now,
	})
	if err != nil {
		d.damaged(b, "C2PA", err)
		return
	}
	d.stores = append(d.stores, c2paPart{b.Path, store})
}

func (d *dissector) damaged(b container.Block, what string, err error) {
	d.findings.add("corrupt-structure", source.Warning, b.Path, "the %s block cannot be read: %s", what, oneLine(err.Error()))
}
