package iptc

import (
	"fmt"
	"strings"

	"github.com/firsthand-media/firsthand/extract/container"
)

// Numbering names the sets of records of one file as ExifTool does, which
// counts them over all blocks. "IPTC" is the first set in the place where JPEG
// or TIFF keeps IIM records, or the first of all in a format that has no such
// place; the others are "IPTC2", "IPTC3" and so on. The zero value is ready.
type Numbering struct {
	named  bool // a set is called "IPTC"
	others int
}

// Apply renames the tags of r, which was read from the block that the
// container reader calls path ("JPEG:APP13"; "JPEG:APP1/IPTC" or the like for
// the tag of a JPEG's EXIF). Blocks must come in file order. The set called
// "IPTC" also gets ExifTool's File:CurrentIPTCDigest, if its place is the
// standard one.
func (n *Numbering) Apply(r *Record, path string) {
	format, _, _ := strings.Cut(path, ":")
	standard := path == "JPEG:APP13" || path == "TIFF:IPTC"
	hasPlace := format == "JPEG" || format == "TIFF"
	groups := map[string]string{}
	for set := 1; set <= r.Sets; set++ {
		number := 1
		if n.named || hasPlace && !standard {
			n.others++
			number = n.others + 1
		} else {
			n.named = true
			if standard && set == 1 {
				r.Tags = append(r.Tags, container.Tag{Field: "File:CurrentIPTCDigest", Value: r.CurrentDigest})
			}
		}
		groups[setGroup(set)] = setGroup(number)
	}
	for i := range r.Tags {
		group, name := cutName(r.Tags[i].Field)
		if to, ok := groups[group]; ok {
			r.Tags[i].Field = to + ":" + name
		}
	}
}

func setGroup(n int) string {
	if n <= 1 {
		return "IPTC"
	}
	return fmt.Sprintf("IPTC:IPTC%d", n)
}
