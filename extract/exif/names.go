package exif

import (
	"fmt"
	"strings"
)

// tagName gives ExifTool's name of a tag in a directory, or its number in
// hexadecimal.
func tagName(ifd string, id uint16) string {
	name := ""
	switch {
	case baseName(ifd) == GPSIFD:
		name = gpsNames[id]
	case id < tagExif:
		name = tiffNames[id]
	default:
		name = exifNames[id]
	}
	return nameOrNumber(name, id)
}

func nameOrNumber(name string, id uint16) string {
	if name == "" {
		return fmt.Sprintf("0x%04x", id)
	}
	return name
}

// baseName is the name of a directory without the path to it.
func baseName(ifd string) string { return ifd[strings.LastIndexByte(ifd, '/')+1:] }

// Field is how reports name the tag: "EXIF:DateTimeOriginal", and with the
// directory where it is not one of the main picture: "EXIF:IFD1:ModifyDate".
func (t *Tag) Field() string {
	switch t.IFD {
	case IFD0, ExifIFD, GPSIFD, Interop:
		return "EXIF:" + t.Name
	}
	return "EXIF:" + t.IFD + ":" + t.Name
}

// isBulk says that a tag holds no statement but data for other readers:
// profiles, embedded XMP and IPTC, maker notes. Its place is kept, its value
// is not read here.
func isBulk(id uint16) bool {
	switch id {
	case 0x02bc, // XMP
		0x83bb, 0x8649, // IPTC, Photoshop resources
		0x8773,                 // ICC profile
		0x927c, 0xc634, 0xc7d5, // MakerNote, DNG private data, Nikon's
		0x935c,         // Photoshop image source data
		0xc68c, 0xc68f, // original raw file, profile
		0xc740, 0xc741, 0xc74e, 0xcd2d: // opcodes, gain table
		return true
	}
	return false
}

// maxList is the most bytes of a list of offsets or lengths that are read.
const maxList = 256 << 10

// isLongList says that a list of strips or tiles is too long to be read.
func isLongList(id uint16, size uint64) bool {
	switch id {
	case tagStripOffsets, tagStripCounts, 0x0120, 0x0121, 0x0144, 0x0145:
		return size > maxList
	}
	return false
}

// isBlob says that a value of bytes is too long to be a statement: an embedded
// picture, as Panasonic keeps one.
func isBlob(typ uint16, size uint64) bool {
	return (typ == typeByte || typ == typeUndefined) && size > 1<<16
}

// EXIF 3.0 section 4.6.6.
var gpsNames = map[uint16]string{
	0x00: "GPSVersionID",
	0x01: "GPSLatitudeRef",
	0x02: "GPSLatitude",
	0x03: "GPSLongitudeRef",
	0x04: "GPSLongitude",
	0x05: "GPSAltitudeRef",
	0x06: "GPSAltitude",
	0x07: "GPSTimeStamp",
	0x08: "GPSSatellites",
	0x09: "GPSStatus",
	0x0a: "GPSMeasureMode",
	0x0b: "GPSDOP",
	0x0c: "GPSSpeedRef",
	0x0d: "GPSSpeed",
	0x0e: "GPSTrackRef",
	0x0f: "GPSTrack",
	0x10: "GPSImgDirectionRef",
	0x11: "GPSImgDirection",
	0x12: "GPSMapDatum",
	0x13: "GPSDestLatitudeRef",
	0x14: "GPSDestLatitude",
	0x15: "GPSDestLongitudeRef",
	0x16: "GPSDestLongitude",
	0x17: "GPSDestBearingRef",
	0x18: "GPSDestBearing",
	0x19: "GPSDestDistanceRef",
	0x1a: "GPSDestDistance",
	0x1b: "GPSProcessingMethod",
	0x1c: "GPSAreaInformation",
	0x1d: "GPSDateStamp",
	0x1e: "GPSDifferential",
	0x1f: "GPSHPositioningError",
}
