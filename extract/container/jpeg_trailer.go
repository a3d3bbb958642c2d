package container

import (
	"bytes"
	"fmt"
)

// secondPicture is one picture that MPF lists behind the first.
type secondPicture struct{ off, size int64 }

// maxPictures bounds the pictures of one file.
const maxPictures = 64

// multiPicture reads the index of the Multi-Picture Format (CIPA DC-007): a
// TIFF directory whose entries point behind the end of the first picture.
func (j *jpeg) multiPicture(body, n int64) {
	t, first, ok := j.openTIFF(body)
	if !ok || n < 8 {
		j.problem("corrupt-structure", j.group+":APP2", "the index of further pictures (MPF) is damaged")
		return
	}
	dir, _, err := t.directory(first)
	if err != nil {
		j.failed(j.group+":APP2", err)
		return
	}
	version, list := dir[0xb000], dir[0xb002]
	if b, err := j.peek(version.at, int(min(version.size(), 4))); err == nil && len(b) == 4 {
		j.tag("MPF:MPF0:MPFVersion", string(b))
	}
	j.tagInt("MPF:MPF0:NumberOfImages", t.first(dir, 0xb001))
	data, err := j.peek(list.at, int(min(list.size(), 16*maxPictures)))
	if err != nil {
		j.failed(j.group+":APP2", err)
		return
	}
	for i := 1; len(data) >= 16; i++ {
		f := &fields{b: data[:16], order: t.order}
		data = data[16:]
		flags, size, off := f.u32(), int64(f.u32()), int64(f.u32())
		if off > 0 { // the first picture has none
			off += body
			j.pictures = append(j.pictures, secondPicture{off, size})
		}
		group := fmt.Sprintf("MPF:MPImage%d:", i)
		j.tagInt(group+"MPImageFlags", int(flags>>27))
		j.tagInt(group+"MPImageFormat", int(flags>>24&7))
		j.tagInt(group+"MPImageType", int(flags&0xffffff))
		j.tagInt(group+"MPImageLength", int(size))
		j.tagInt(group+"MPImageStart", int(off))
		j.tagInt(group+"DependentImage1EntryNumber", int(f.u16()))
		j.tagInt(group+"DependentImage2EntryNumber", int(f.u16()))
		if off > 0 && size > 0 && off <= j.size && size <= j.size-off {
			j.tag(group+"PreviewImage", binaryValue(size))
		}
	}
}

// trailer says what stands behind the end of the picture, as far as that can
// be told: what cameras and programs are known to put there does no harm.
func (j *jpeg) trailer() {
	left := j.end - j.at
	if left <= 0 || j.group != "JPEG" {
		return
	}
	head, err := j.rest(j.at, 1)
	if err != nil {
		return
	}
	if what := j.knownTrailer(bytes.Clone(head)); what != "" {
		j.addProblem(Problem{Code: "trailing-data", Field: "JPEG:EOI", Minor: true,
			Message: fmt.Sprintf("%d bytes follow the end of the picture: %s", left, what)})
		return
	}
	what := ""
	switch format := sniffMagic(head); {
	case format != "":
		what = ", beginning like " + format
	case sniffZIP(head) != "":
		what = ", beginning like a ZIP archive"
	}
	j.problem("trailing-data", "JPEG:EOI", "%d bytes follow the end of the picture%s", left, what)
}

// knownTrailer names what is known to follow a picture, "" for anything else.
func (j *jpeg) knownTrailer(head []byte) string {
	inside := 0
	for _, p := range j.pictures {
		if p.off >= j.at-2 && p.off < j.end {
			inside++
		}
	}
	tail, err := j.peek(j.end-min(j.end-j.at, 64), int(min(j.end-j.at, 64)))
	if err != nil {
		return ""
	}
	endsWith := func(mark string, back int) bool {
		at := len(tail) - back
		return at >= 0 && bytes.HasPrefix(tail[at:], []byte(mark))
	}
	switch {
	case inside > 0:
		return fmt.Sprintf("%d further pictures that its index lists (MPF)", inside)
	case sniffBMFF(head) != "":
		return "a video, as a motion photo keeps one there"
	case endsWith("SEFT", 4):
		return "a block that Samsung phones write"
	case endsWith("cbipcbbl", 8), endsWith("\xa1\xb2\xc3\xd4", 4), endsWith("AXS!", 12), endsWith("CANON OPTIONAL DATA\x00", 64), endsWith("~\x00\x04\x00zmie~", 18), endsWith("~\x00\x06\x00zmie~", 22), endsWith("~\x00\x06\x00zmie~", 16):
		return "notes of a picture manager"
	case len(bytes.Trim(head, "\x00")) == 0 && int64(len(head)) >= j.end-j.at:
		return "zeros only"
	}
	return ""
}
