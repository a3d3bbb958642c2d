package extract

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/firsthand-media/firsthand/extract/container"
	"github.com/firsthand-media/firsthand/extract/exif"
)

// blocksInEXIF are the entries that hold a block of another format, whose tags
// are listed instead.
var blocksInEXIF = []string{"ApplicationNotes", "IPTC-NAA", "PhotoshopSettings", "ICC_Profile", "MakerNote", "PrintIM", "DNGPrivateData"}

// directoryOf are the pointer tags by name, and the directory that each names.
var directoryOf = map[string]string{
	"ExifOffset": exif.ExifIFD, "GPSInfo": exif.GPSIFD, "InteropOffset": exif.Interop, "SubIFD": "SubIFD",
}

// exifFields lists the entries of one EXIF block. A directory comes where the
// entry stands that points to it, as ExifTool reads.
func exifFields(x *exif.Exif) []container.Tag {
	l := exifLister{byIFD: map[string][]*exif.Tag{}, listed: map[string]bool{}}
	var order []string
	for i := range x.Tags {
		t := &x.Tags[i]
		if l.byIFD[t.IFD] == nil {
			order = append(order, t.IFD)
		}
		l.byIFD[t.IFD] = append(l.byIFD[t.IFD], t)
	}
	for _, ifd := range order {
		l.directory(ifd, 0)
	}
	return l.out
}

type exifLister struct {
	byIFD  map[string][]*exif.Tag
	listed map[string]bool
	out    []container.Tag
}

// maxPointers is how deep directories lie in one another: IFD0, ExifIFD,
// InteropIFD.
const maxPointers = 4

func (l *exifLister) directory(ifd string, depth int) {
	if l.listed[ifd] || depth > maxPointers {
		return
	}
	l.listed[ifd] = true
	for _, t := range l.byIFD[ifd] {
		if to, ok := directoryOf[t.Name]; ok {
			l.pointed(ifd, to, depth+1)
			continue
		}
		if strings.HasPrefix(t.Name, "0x") || slices.Contains(blocksInEXIF, t.Name) {
			continue
		}
		l.out = append(l.out, container.Tag{Field: "EXIF:" + groupOf(t.IFD) + ":" + t.Name, Value: exifValue(t)})
	}
}

// pointed lists the directories that a pointer tag of ifd names.
func (l *exifLister) pointed(ifd, to string, depth int) {
	if to != "SubIFD" {
		for _, name := range [...]string{ifd + "/" + to, to} {
			if l.byIFD[name] != nil && !l.listed[name] {
				l.directory(name, depth)
				return
			}
		}
		return
	}
	for i := range len(l.byIFD) {
		name := to
		if i > 0 {
			name = fmt.Sprintf("%s%d", to, i)
		}
		if l.byIFD[name] != nil {
			l.directory(name, depth)
		}
	}
}

// groupOf is ExifTool's family-1 group of a directory: its own name without
// the path to it.
func groupOf(ifd string) string { return ifd[strings.LastIndexByte(ifd, '/')+1:] }

// exifValue is the value as ExifTool prints it. Degrees and times of day that
// are written as text, as some phones do, it reads by rules of its own; what
// they mean is for [exifPlace] to say.
func exifValue(t *exif.Tag) string {
	text := t.Text()
	switch t.Name {
	case "GPSLatitude", "GPSLongitude", "GPSDestLatitude", "GPSDestLongitude":
		if parts := decimals.FindAllString(text, 3); len(parts) > 0 {
			return strconv.FormatFloat(sexagesimal(parts), 'g', 15, 64)
		}
	case "GPSTimeStamp":
		if parts := strings.Fields(text); len(parts) > 0 && !strings.Contains(text, ":") {
			return clockOf(parts)
		}
	}
	return t.String()
}

// decimals are the numbers in a text, as Image::ExifTool::GPS::ToDegrees finds
// them.
var decimals = regexp.MustCompile(`[+-]?(?:\d+(?:\.\d*)?|\.\d+)`)

// sexagesimal joins degrees, minutes and seconds.
func sexagesimal(parts []string) float64 {
	sum, unit := 0.0, 1.0
	for _, p := range parts {
		v, err := strconv.ParseFloat(p, 64)
		if err != nil {
			v = 0
		}
		sum += v / unit
		unit *= 60
	}
	return sum
}

// clockOf writes hours, minutes and seconds; of each only the number that it
// begins with counts.
func clockOf(parts []string) string {
	var n [3]float64
	for i := range min(len(parts), 3) {
		n[i], _ = strconv.ParseFloat(leadingDigits.FindString(parts[i]), 64)
	}
	seconds := int64(min(n[0]*3600+n[1]*60+n[2], 1e9))
	return fmt.Sprintf("%02d:%02d:%02d", seconds/3600, seconds/60%60, seconds%60)
}
