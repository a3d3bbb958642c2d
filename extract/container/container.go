// Package container reads the outer structure of media files: what a file
// is, how large its picture is, which metadata blocks it holds and where, and
// the few facts (times, positions, device) that a container itself states.
//
// Start at [Sniff] and [Read]. It promises: the type is judged by content
// alone; readers take an io.ReaderAt and never the whole file; a length read
// from the file never reaches an allocation unchecked; every reader works
// under one [Budget]; what was read before the damage is returned with the
// problem.
package container

import (
	"bytes"
	"io"
	"time"
)

// Type is what a file is, by its first bytes.
type Type struct {
	Format    string // short name: "jpeg", "png", "gif", "webp", "tiff", "heic", "avif", "mp4", "mov", "3gp", "matroska", "webm", "avi", "pdf", "html", "zip", ...; "" when unknown
	MediaType string // "image/jpeg"; "application/octet-stream" when unknown
	Kind      string // "image", "video", "audio", "document" or "other"
	Demuxer   string // ffmpeg demuxer to force for video ("mov", "matroska", "avi", "gif"), "" otherwise
	Ext       []string
}

// BlockKind says what a metadata block is written in.
type BlockKind string

// The kinds of block.
const (
	EXIF BlockKind = "exif" // a TIFF structure, from its byte order mark
	XMP  BlockKind = "xmp"
	IPTC BlockKind = "iptc" // Photoshop image resources ("8BIM"), or bare IIM records (first byte 0x1C) where TIFF holds those
	ICC  BlockKind = "icc"
	C2PA BlockKind = "c2pa" // JUMBF
	CIFF BlockKind = "ciff" // Canon's directories of CRW and of early JPEG files, from their byte order mark
)

// Block is one metadata block. Data is the block itself, at most
// Budget.BlockBytes long; Path says where it stood ("JPEG:APP1",
// "PNG:eXIf", "RIFF:EXIF", "BMFF:meta/Exif", "CR3:CMT1"); Offset is where it begins in
// the file, -1 when it was put together from several parts or inflated.
//
// Where the file itself is the block, as in TIFF and the RAW formats built on
// it, Data is nil and Source reads it in place: such files are never loaded
// whole. Section gives either form the same face.
type Block struct {
	Kind   BlockKind
	Path   string
	Offset int64
	Data   []byte
	Source *io.SectionReader
}

// Section reads the block, whichever way it is held.
func (b Block) Section() *io.SectionReader {
	if b.Source != nil {
		return b.Source
	}
	return io.NewSectionReader(bytes.NewReader(b.Data), 0, int64(len(b.Data)))
}

// Tag is one value that the container states, under ExifTool's groups and
// name and in the form of `exiftool -n`: "QuickTime:Track1:HandlerDescription".
type Tag struct {
	Field string
	Value string
	List  []string // the values of a tag that ExifTool prints as a list; Value is then their text, joined by ", "
}

// Stamp is one time that a container states, under ExifTool's group and tag
// name. Text is in ExifTool's form ("2022:02:24 05:12:33+03:00") where the
// written form is a known one, and as written otherwise. Exactly one of Unix and Text carries the value: Unix for counters with
// a defined epoch (already turned into UTC), Text for written-out times.
type Stamp struct {
	Field string // "QuickTime:CreateDate", "QuickTime:MediaCreateDate", "Keys:CreationDate", "Matroska:DateTimeOriginal", "RIFF:DateTimeOriginal", "PNG:CreationTime", ...
	Unix  time.Time
	Text  string
	Raw   string // as written; for counters the number in decimal
	Zero  bool   // the field is there and empty or zero: a date that was never set
}

// Position is one place that a container states.
type Position struct {
	Field               string // "QuickTime:GPSCoordinates", "Keys:GPSCoordinates", "3GPP:Location"
	Latitude, Longitude float64
	Altitude            *float64 // metres
	Accuracy            *float64 // metres, where stated
	Name                string
	Raw                 string
}

// Info is what the container says. Zero means unknown throughout.
type Info struct {
	Type        Type
	Width       int // pixels of the main picture or first video track, as stored
	Height      int
	Rotation    int  // degrees clockwise that a player turns the track or HEIF item: 0, 90, 180, 270
	Mirrored    bool // the picture is mirrored left to right before that turn (HEIF imir, or a track's matrix)
	Orientation int  // of TIFF and RAW, as EXIF has it; 0 for HEIF, whose decoders apply Rotation and Mirrored themselves
	Duration    time.Duration
	FrameRate   float64
	Codecs      []string // lower case: "h264", "hevc", "vp9", "av1", "mjpeg", "aac", ...
	Coding      *Coding  // of a JPEG picture, nil for others
	Animated    bool     // GIF, PNG or WebP with more than one frame
	Make        string
	Model       string
	Software    string
	Blocks      []Block
	Stamps      []Stamp
	Positions   []Position
	Tags        []Tag // every value read, in file order, the stamps included
	Problems    []Problem
}

// Problem is damage or oddness met while reading, in words for a person.
type Problem struct {
	Code    string // kebab-case: "truncated", "corrupt-structure", "limit", "trailing-data", "unusual-structure", ...
	Message string // one sentence without a full stop
	Field   string // which part: "JPEG:SOS", "BMFF:moov", ...
	Fatal   bool   // the picture or stream itself cannot be there
	Minor   bool   // legal or harmless, and worth knowing: nothing was lost
}
