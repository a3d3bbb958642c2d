package extract

import (
	"slices"
	"strconv"
	"strings"
)

// fieldOrder decides which of several tags of one name ExifTool prints. Its
// rule, from Image::ExifTool::FoundTag and the exiftool script:
//
//  1. every tag has a priority, 1 or 0; those of a preview's directory have 0,
//     so have the facts of one picture among several (size, compression) unless
//     their directory is that of the full picture, and the copies of EXIF that
//     XMP holds;
//  2. a later tag of priority 1 takes the name from an earlier one, whatever
//     their groups; a later one of priority 0 or of a part document never does;
//  3. under a key that names a group, the tag that holds the name is printed if
//     it is of that group, else the first of the group.
//
// One thing is our own: where a family has a tag of the name that is of no
// group within it, as Matroska:Encoder beside those of the tracks, the key
// without a group is that tag's, for it is its full name.
type fieldOrder struct {
	fields  Fields
	holder  map[string]int // by name: the tag that holds it
	several map[string]bool
	full    string // the directory of the full picture, "" when none says so
	preview string // the directory that holds a preview and nothing else
}

func (f Fields) order() fieldOrder {
	o := fieldOrder{fields: f, holder: map[string]int{}, several: map[string]bool{}, full: fullPictureGroup(f)}
	if f.value("File:FileType") == "JPEG" {
		o.preview = "IFD1"
	}
	groups := map[string]string{} // by family-0 group and name: the family-1 group
	for i, t := range f {
		family0, family1, name := fieldGroups(t.Field)
		key := family0 + ":" + name
		if other, met := groups[key]; met && other != family1 {
			o.several[key] = true
		}
		groups[key] = family1
		_, held := o.holder[name]
		if !held || !isPartDocument(family0) && o.hasPriority(family0, family1, name) {
			o.holder[name] = i
		}
	}
	return o
}

// chosen gives the tag that is printed under each key.
func (o fieldOrder) chosen(key func(string) string) map[string]int {
	out := make(map[string]int, len(o.fields))
	for i, t := range o.fields {
		k := key(t.Field)
		_, _, name := fieldGroups(t.Field)
		held := o.holder[name]
		best, met := out[k]
		switch {
		case !met:
			out[k] = i
		case o.fields[best].Field == k && t.Field != k:
		case i == held, t.Field == k && o.fields[best].Field != k:
			out[k] = i
		}
	}
	return out
}

// isLong tells whether a tag gets a key with its family-1 group.
func (o fieldOrder) isLong(field string) bool {
	_, family1, _ := fieldGroups(field)
	return o.several[shortKey(field)] || isBesideMain(family1)
}

// isBesideMain tells the groups that describe a preview, a page, a track or a
// second set of IPTC.
func isBesideMain(family1 string) bool {
	return family1 == "PreviewIFD" || strings.HasPrefix(family1, "SubIFD") ||
		numbered(family1, "Track") || numbered(family1, "IPTC") || numbered(family1, "IFD") && family1 != "IFD0"
}

// numbered tells "Track1", "IFD12" and the like.
func numbered(s, word string) bool {
	digits, ok := strings.CutPrefix(s, word)
	_, err := strconv.ParseUint(digits, 10, 16)
	return ok && err == nil
}

// isPartDocument tells the groups that ExifTool counts as documents within
// the file: their tags never take a name from another.
func isPartDocument(family0 string) bool { return family0 == "JUMBF" }

// fullPictureGroup is the first directory that says of itself that it holds
// the full picture; its facts go before those of previews and pages.
func fullPictureGroup(f Fields) string {
	for _, t := range f {
		family0, family1, name := fieldGroups(t.Field)
		if family0 == "EXIF" && (name == "SubfileType" && t.Value == "0" || name == "OldSubfileType" && t.Value == "1") {
			return family1
		}
	}
	return ""
}

// ofOnePicture are the names of Exif.pm that describe one picture among those
// of a file, or that other writers state better.
var ofOnePicture = strings.Fields(`
	ImageWidth ImageHeight BitsPerSample Compression PhotometricInterpretation ImageDescription
	Orientation SamplesPerPixel RowsPerStrip XResolution YResolution PlanarConfiguration
	ResolutionUnit PrimaryChromaticities YCbCrCoefficients YCbCrSubSampling YCbCrPositioning
	ReferenceBlackWhite Rating RatingPercent WhiteBalance OwnerName Lens RawFile
	Converter Exposure Shadows Brightness Contrast Saturation Sharpness Smoothness MoireFilter`)

// ofTrackHeader are the names of QuickTime's track header.
var ofTrackHeader = strings.Fields(`
	TrackHeaderVersion TrackCreateDate TrackModifyDate TrackID TrackDuration TrackLayer TrackVolume
	ImageWidth ImageHeight`)

// copiesOfEXIF are the XMP namespaces whose tables ExifTool ranks below.
var copiesOfEXIF = strings.Fields(`
	XMP-exif XMP-tiff XMP-exifEX XMP-crd XMP-prism XMP-prl XMP-pur XMP-pmi XMP-prm XMP-PixelLive
	XMP-acdsee XMP-xmpPLUS XMP-expressionmedia XMP-GSpherical XMP-GDepth`)

// hasPriority tells whether a tag may take its name from an earlier one.
func (o fieldOrder) hasPriority(family0, family1, name string) bool {
	switch family0 {
	case "EXIF":
		low := slices.Contains(ofOnePicture, name)
		return family1 == o.full || !low && family1 != o.preview && family1 != "PreviewIFD"
	case "XMP":
		dated := family1 == "XMP-xmp" && (name == "CreateDate" || name == "ModifyDate")
		return !dated && !slices.Contains(copiesOfEXIF, family1)
	case "QuickTime":
		return !(numbered(family1, "Track") && slices.Contains(ofTrackHeader, name))
	}
	return true
}
