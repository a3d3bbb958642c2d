package extract

import (
	"cmp"
	"slices"
	"strings"

	"github.com/firsthand-media/firsthand/extract/exif"
	"github.com/firsthand-media/firsthand/extract/source"
)

// readDevice gathers what made the file: EXIF's word first, then the maker
// note's, XMP's and the container's.
func (rd *reader) readDevice(p *parts) {
	was := rd.media.Device // of the container
	d := Device{}
	for _, x := range p.exifs {
		fill(&d.Make, x.text("Make"))
		fill(&d.Model, x.text("Model"))
		fill(&d.Serial, x.text("SerialNumber", "CameraSerialNumber"))
		fill(&d.Lens, x.text("LensModel"))
		fill(&d.Software, x.text("Software"))
		rd.orientation(x.Exif)
	}
	note := p.note()
	fill(&d.Serial, note.Serial)
	fill(&d.Lens, note.Lens)
	for _, n := range p.notes {
		for _, group := range [...]string{"CanonRaw", "CIFF"} {
			fill(&d.Make, n.Value(group, "Make"))
			fill(&d.Model, n.Value(group, "Model"))
		}
	}
	for _, x := range p.xmps {
		fill(&d.Make, x.Get("XMP-tiff", "Make"))
		fill(&d.Model, x.Get("XMP-tiff", "Model"))
		fill(&d.Serial, cmp.Or(x.Get("XMP-aux", "SerialNumber"), x.Get("XMP-exifEX", "SerialNumber")))
		fill(&d.Lens, cmp.Or(x.Get("XMP-aux", "Lens"), x.Get("XMP-exifEX", "LensModel")))
	}
	fill(&d.Make, string(was.Make))
	fill(&d.Model, string(was.Model))
	fill(&d.Serial, string(was.Serial))
	fill(&d.Lens, string(was.Lens))
	fill(&d.Software, string(was.Software))
	for _, x := range p.xmps {
		fill(&d.Software, cmp.Or(x.Get("XMP-tiff", "Software"), x.Get("XMP-xmp", "CreatorTool")))
	}
	rd.media.Device = d
	checkDevice(p, d, &rd.findings)
}

func fill(to *Text, text string) {
	text = strings.TrimSpace(text)
	if *to == "" && !slices.Contains([]string{"N/A", "n/a", "----", "unknown", "Unknown"}, text) {
		*to = Text(text)
	}
}

// text gives the first of the named tags that says something.
func (x exifPart) text(names ...string) string {
	for _, n := range names {
		if v := strings.TrimSpace(x.Get(n).Text()); v != "" {
			return v
		}
	}
	return ""
}

func (rd *reader) orientation(x *exif.Exif) {
	if o, ok := x.Get("Orientation").Int(); ok && o >= 1 && o <= 8 && rd.media.Orientation == nil {
		n := int(o)
		rd.media.Orientation = &n
	}
}

// checkDevice looks for parts of a file that name different devices.
func checkDevice(p *parts, d Device, f *findings) {
	checkMaker(p, f)
	checkSerials(p, f)
	checkSoftwareFits(d, f)
}

// checkMaker compares maker and model of EXIF with those of XMP and with the
// maker whose note it is.
func checkMaker(p *parts, f *findings) {
	if len(p.exifs) == 0 {
		return
	}
	x := p.exifs[0]
	maker, model := x.text("Make"), x.text("Model")
	for _, m := range p.xmps {
		for _, c := range [...][3]string{{"Make", maker, m.Get("XMP-tiff", "Make")}, {"Model", model, m.Get("XMP-tiff", "Model")}} {
			if c[1] != "" && c[2] != "" && plain(c[1]) != plain(c[2]) {
				f.add("device-disagree", source.Warning, "XMP:"+c[0], "EXIF names the device %s, XMP names %s", clip(c[1]), clip(c[2]))
				return
			}
		}
	}
	if by := x.note.Maker; by != "" && maker != "" && !noteFits(by, maker) {
		f.add("device-disagree", source.Warning, "MakerNotes:"+by, "the maker note is one of %s, and EXIF names the maker %s", by, clip(maker))
	}
}

// plain leaves letters and digits in lower case.
func plain(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r >= 'A' && r <= 'Z':
			return r + 'a' - 'A'
		case r >= 'a' && r <= 'z', r >= '0' && r <= '9', r > 0x7f:
			return r
		}
		return -1
	}, s)
}

// sharedNotes are makers whose cameras use the note of another: rebadged
// models and firms that were bought or renamed.
var sharedNotes = map[string][]string{
	"panasonic": {"leica"},
	"pentax":    {"asahi", "ricoh", "samsung"},
	"ricoh":     {"pentax"},
	"olympus":   {"om digital", "om system", "epson", "agfa", "camedia"},
	"sony":      {"hasselblad", "minolta", "konica"},
	"minolta":   {"konica", "sony"},
	"fujifilm":  {"fuji", "leica", "general imaging"},
	"leica":     {"panasonic"},
	"samsung":   {"pentax", "schneider"},
	"kodak":     {"eastman", "general imaging"},
	"sanyo":     {"epson"},
	"casio":     {"pentax"},
	"nikon":     {"epson"},
	"apple":     nil,
	"canon":     nil,
}

// noteFits says whether a note of one maker is to be expected in a camera that
// names itself after another. Makers that the table does not know always fit.
func noteFits(note, maker string) bool {
	note, maker = strings.ToLower(note), strings.ToLower(maker)
	others, known := sharedNotes[note]
	if !known || strings.Contains(maker, note) {
		return true
	}
	return slices.ContainsFunc(others, func(o string) bool { return strings.Contains(maker, o) })
}

// checkSerials compares the serial numbers of the body that EXIF, XMP and the
// maker note state.
func checkSerials(p *parts, f *findings) {
	type serial struct{ field, value string }
	var all []serial
	if len(p.exifs) > 0 {
		all = append(all, serial{"EXIF:SerialNumber", p.exifs[0].text("SerialNumber", "CameraSerialNumber")})
	}
	all = append(all, serial{"MakerNotes:SerialNumber", p.note().Serial})
	for _, m := range p.xmps {
		all = append(all, serial{"XMP:SerialNumber", m.Get("XMP-aux", "SerialNumber")}, serial{"XMP:SerialNumber", m.Get("XMP-exifEX", "SerialNumber")})
	}
	var first serial
	for _, s := range all {
		switch {
		case strings.Trim(plain(s.value), "0") == "":
		case first.value == "":
			first = s
		case !sameSerial(first.value, s.value):
			f.add("serial-disagree", source.Warning, s.field, "the serial number is %s in %s and %s in %s",
				clip(first.value), first.field, clip(s.value), s.field)
			return
		}
	}
}

// sameSerial allows for what writers put before a number: zeros, "NO= ".
func sameSerial(a, b string) bool {
	a, b = plain(a), plain(b)
	return strings.HasSuffix(a, b) || strings.HasSuffix(b, a)
}
