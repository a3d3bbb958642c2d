package exif

import "strings"

// The entries that say where an embedded picture stands.
const (
	tagSubfileType  = 0x00fe
	tagCompression  = 0x0103
	tagStripOffsets = 0x0111
	tagStripCounts  = 0x0117
	tagJPEGOffset   = 0x0201
	tagJPEGLength   = 0x0202
)

// context is what stands before an entry in its directory and decides what
// that is called.
type context struct {
	compression, subfile int64
	pictures             []picture
}

// picture is an embedded picture that a directory describes.
type picture struct {
	kind           string // "Thumbnail", "PreviewImage", "JpgFromRaw", "OtherImage"
	offset, length int64
}

// note takes from an entry what later ones depend on.
func (c *context) note(t *Tag) {
	v, ok := t.Int()
	if !ok {
		return
	}
	switch t.ID {
	case tagSubfileType:
		c.subfile = v
	case tagCompression:
		c.compression = v
	}
	for _, kind := range [...]string{"Thumbnail", "PreviewImage", "JpgFromRaw", "OtherImage"} {
		switch t.Name {
		case pictureName(kind, true):
			c.picture(kind).offset = v
		case pictureName(kind, false):
			c.picture(kind).length = v
		}
	}
}

func (c *context) picture(kind string) *picture {
	for i := range c.pictures {
		if c.pictures[i].kind == kind {
			return &c.pictures[i]
		}
	}
	c.pictures = append(c.pictures, picture{kind: kind})
	return &c.pictures[len(c.pictures)-1]
}

// pictures lists the embedded pictures of a directory, and reports those that
// cannot be there.
func (w *walk) pictures(d directory) {
	for _, p := range w.context.pictures {
		if p.offset <= 0 || p.length <= 0 {
			continue
		}
		name := strings.TrimSuffix(p.kind, "Image") + "Image"
		if p.kind == "JpgFromRaw" {
			name = p.kind
		}
		if uint64(p.offset) > w.size || uint64(p.length) > w.size-uint64(p.offset) {
			t := Tag{IFD: d.name, Name: pictureName(p.kind, true)}
			w.exif.problem("corrupt-structure", t.Field(), "the embedded picture that %s describes lies outside of the EXIF block", d.name)
			continue
		}
		w.exif.Tags = append(w.exif.Tags, Tag{IFD: d.name, ID: tagJPEGOffset, Name: name, Offset: p.offset, Size: uint64(p.length)})
	}
}

// name is tagName for an entry that is just being read: what some tags are
// called depends on the format of the file, the directory, and what stands
// before them in it.
func (w *walk) name(d directory, id uint16) string {
	ifd := baseName(d.name)
	switch {
	case ifd == GPSIFD:
	case id == tagStripOffsets || id == tagStripCounts:
		if kind := w.stripPicture(ifd); kind != "" {
			return pictureName(kind, id == tagStripOffsets)
		}
	case id == tagJPEGOffset || id == tagJPEGLength:
		return pictureName(w.jpegPicture(ifd), id == tagJPEGOffset)
	case w.panasonic && ifd == IFD0:
		if name := panasonicNames[id]; name != "" || id < 0x100 {
			return nameOrNumber(name, id)
		}
	}
	return tagName(d.name, id)
}

// stripPicture says what picture the strips of a directory are, "" for the
// ordinary strips of TIFF.
func (w *walk) stripPicture(ifd string) string {
	const lossyJPEG = 34892 // of DNG
	format := w.from.Format
	switch {
	case w.context.compression == lossyJPEG:
		return "OtherImage"
	case format == "cr2" && ifd == IFD0, format == "jpeg" && ifd == "IFD2":
		return "PreviewImage"
	case (format == "dng" || format == "tiff") && w.context.compression == 7 && w.context.subfile != 0:
		if ifd == "SubIFD2" {
			return "JpgFromRaw"
		}
		return "PreviewImage"
	}
	return ""
}

// jpegPicture says what picture JPEGInterchangeFormat points to.
func (w *walk) jpegPicture(ifd string) string {
	switch format := w.from.Format; ifd {
	case IFD1:
		return "Thumbnail"
	case IFD0:
		switch format {
		case "avi", "mov", "mp4", "mrw":
			return "Thumbnail"
		case "arw":
			return "PreviewImage"
		}
	case "SubIFD", "IFD2":
		return "JpgFromRaw"
	}
	return "OtherImage"
}

// pictureName tells the entry for the offset of a picture from that for its
// length.
func pictureName(kind string, offset bool) string {
	switch {
	case offset && kind == "Thumbnail":
		return "ThumbnailOffset"
	case offset:
		return kind + "Start"
	}
	return kind + "Length"
}

// isOffset says that ExifTool prints a value as a place in the file, where the
// entry counts from the start of the block.
func (t *Tag) isOffset() bool {
	switch t.ID {
	case tagStripOffsets, tagJPEGOffset, 0x0120, 0x0144:
		return t.value != nil && baseName(t.IFD) != GPSIFD
	}
	return false
}

// panasonicNames are the tags of RW2's first directory.
var panasonicNames = map[uint16]string{
	0x0001: "PanasonicRawVersion",
	0x0002: "SensorWidth",
	0x0003: "SensorHeight",
	0x0004: "SensorTopBorder",
	0x0005: "SensorLeftBorder",
	0x0006: "SensorBottomBorder",
	0x0007: "SensorRightBorder",
	0x0008: "SamplesPerPixel",
	0x0009: "CFAPattern",
	0x000a: "BitsPerSample",
	0x000b: "Compression",
	0x000e: "LinearityLimitRed",
	0x000f: "LinearityLimitGreen",
	0x0010: "LinearityLimitBlue",
	0x0011: "RedBalance",
	0x0012: "BlueBalance",
	0x0017: "ISO",
	0x0018: "HighISOMultiplierRed",
	0x0019: "HighISOMultiplierGreen",
	0x001a: "HighISOMultiplierBlue",
	0x001b: "NoiseReductionParams",
	0x001c: "BlackLevelRed",
	0x001d: "BlackLevelGreen",
	0x001e: "BlackLevelBlue",
	0x0024: "WBRedLevel",
	0x0025: "WBGreenLevel",
	0x0026: "WBBlueLevel",
	0x002d: "RawFormat",
	0x002e: "JpgFromRaw",
	0x002f: "CropTop",
	0x0030: "CropLeft",
	0x0031: "CropBottom",
	0x0032: "CropRight",
	0x0118: "RawDataOffset",
	0x011c: "Gamma",
	0x0121: "Multishot",
}
