// Package iptc reads Photoshop image resource blocks and the IPTC-IIM records
// inside them or on their own: who made a picture, when and where they say it
// was made, and what an agency, an editor or a platform wrote beside it.
//
// Start at [Decode]. Names, groups and values are those of ExifTool with -n:
// dates "2022:02:24", times "05:12:33+03:00", numbers as decimal text. Only text
// beyond ASCII can differ: unless dataset 1:90 says UTF-8, ExifTool takes it for
// Windows-1252. Here it is UTF-8 where it reads as that, then what 1:90 says,
// then Windows-1252.
//
// The package promises: no panic and no endless loop whatever the bytes; memory
// in proportion to [Limits]; values in valid UTF-8; what was read before the
// damage is returned with the problem; nothing is interpreted, no time zone is
// made up.
//
// Sources: IPTC-NAA Information Interchange Model 4.2; Adobe Photoshop File
// Formats Specification, "Image Resource Blocks"; the names are ExifTool's.
package iptc

import (
	"bytes"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/firsthand-media/firsthand/extract/container"
)

// ErrNotIPTC says that a block is neither image resources nor IIM records.
var ErrNotIPTC = errors.New("not an IPTC block: neither Photoshop resources nor IIM records")

// Limits bounds what one block may cost. A zero field means its default.
type Limits struct {
	Values     int // resources and datasets looked at, default 5,000
	ValueBytes int // bytes of one text value, default 64 KiB; a longer one is cut
	TotalBytes int // bytes of all text values, default 1 MiB
}

func (l Limits) orDefault() Limits {
	if l.Values <= 0 {
		l.Values = 5000
	}
	if l.ValueBytes <= 0 {
		l.ValueBytes = 64 << 10
	}
	if l.TotalBytes <= 0 {
		l.TotalBytes = 1 << 20
	}
	return l
}

// Problem is damage or oddness met while reading.
type Problem struct {
	Code    string // "corrupt-structure", "truncated" or "limit"
	Message string // one sentence without a full stop
	Field   string // "Photoshop", "IPTC", "IPTC:Keywords", ...
}

// Record is what one block says.
type Record struct {
	// Tags are in file order. A dataset that IIM lets repeat is one Tag, with a
	// List where it does repeat. Where another stands twice both are kept;
	// ExifTool prints the last.
	Tags     []container.Tag
	Problems []Problem

	// Sets counts the sets of IIM records. The tags of the first are in the
	// group "IPTC", those of the second in "IPTC:IPTC2" and so on; [Numbering]
	// counts them over a whole file.
	Sets int

	// Thumbnail is the JPEG of Photoshop's thumbnail resource, nil without one.
	// The resource of Photoshop 4 keeps red and blue exchanged.
	Thumbnail []byte

	// Digest is the MD5 that Photoshop noted of the IIM records when it last
	// wrote XMP from them, CurrentDigest that of the first set as it stands, both
	// in hexadecimal, "" where there is none. Where they differ another program
	// has changed the IIM records since.
	Digest        string
	CurrentDigest string

	// Blocks are the XMP packet, EXIF structure and colour profile that some
	// writers put among the resources.
	Blocks []container.Block
}

// idPhotoshop begins the APP13 segment of JPEG; some writers leave it in place
// where they store the resources elsewhere.
const idPhotoshop = "Photoshop 3.0\x00"

// Decode reads Photoshop image resources ("8BIM" and its kin) or bare IIM
// records, which some TIFF writers store with the bytes of each 32-bit word
// reversed. The error is [ErrNotIPTC]; damage inside the block is a Problem of
// the result.
func Decode(data []byte, lim Limits) (*Record, error) {
	data = bytes.TrimPrefix(data, []byte(idPhotoshop))
	d := decoder{lim: lim.orDefault()}
	d.values, d.bytes = d.lim.Values, d.lim.TotalBytes
	switch {
	case isResource(data):
		d.resources(data)
	case isIIM(data):
		d.records(data)
	default:
		return nil, ErrNotIPTC
	}
	return &d.rec, nil
}

// Get gives the value of the named tag, such as "DateCreated" or "URL", or "":
// the last one of the first set of records, as ExifTool prints it.
func (r *Record) Get(name string) string {
	if t := r.find(name); t != nil {
		return t.Value
	}
	return ""
}

// Values gives every value of the tag that Get finds, in file order.
func (r *Record) Values(name string) []string {
	t := r.find(name)
	switch {
	case t == nil:
		return nil
	case t.List != nil:
		return slices.Clone(t.List)
	}
	return []string{t.Value}
}

// find looks in the group of fewest parts first: IPTC before IPTC2.
func (r *Record) find(name string) *container.Tag {
	var found *container.Tag
	for i := range r.Tags {
		t := &r.Tags[i]
		group, tag := cutName(t.Field)
		if tag != name || found != nil && len(group) > len(found.Field)-len(name)-1 {
			continue
		}
		found = t
	}
	return found
}

func cutName(field string) (group, name string) {
	i := strings.LastIndexByte(field, ':')
	return field[:max(i, 0)], field[i+1:]
}

// decoder is the state of one Decode.
type decoder struct {
	lim    Limits
	values int // resources and datasets still to be looked at
	bytes  int // of text still to be kept
	rec    Record
}

// maxProblems bounds the list, not the reading.
const maxProblems = 16

func (d *decoder) problem(code, field, format string, args ...any) {
	p := Problem{code, fmt.Sprintf(format, args...), field}
	if len(d.rec.Problems) < maxProblems && !slices.Contains(d.rec.Problems, p) {
		d.rec.Problems = append(d.rec.Problems, p)
	}
}

// count pays for one more resource or dataset.
func (d *decoder) count(field string) bool {
	if d.values == 0 {
		d.problem("limit", field, "more than %d values, the rest was not read", d.lim.Values)
		return false
	}
	d.values--
	return true
}

// fit cuts a text value to what may still be kept.
func (d *decoder) fit(field string, val []byte) []byte {
	if n := min(d.lim.ValueBytes, d.bytes); len(val) > n {
		d.problem("limit", field, "only the first %d of %d bytes were read", n, len(val))
		val = val[:n]
	}
	d.bytes -= len(val)
	return val
}

func (d *decoder) tag(field, value string) {
	d.rec.Tags = append(d.rec.Tags, container.Tag{Field: field, Value: value})
}
