package extract

import (
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"

	"github.com/firsthand-media/firsthand/extract/container"
	"github.com/firsthand-media/firsthand/extract/exif"
	"github.com/firsthand-media/firsthand/extract/source"
)

// Options are what a reading depends on besides the bytes.
type Options struct {
	// Now is when the file was scraped or is looked at; a time beyond it is
	// a finding. Zero means that no time is called a future one.
	Now time.Time
}

// reader is one file on its way to a Media.
type reader struct {
	media    Media
	findings findings
}

// Read says what the file of the given size in r claims. The name serves for
// one thing, to notice an extension that does not fit the content; what a name
// says about time is for [FileNameTimes]. Failures are part of the result:
// Error says in one line why nothing or not all could be read.
func Read(r io.ReaderAt, size int64, name string, opt Options) (m Media) {
	defer func() {
		if p := recover(); p != nil {
			m = emptyMedia()
			m.Error = "the file made the reader fail, this is a fault of the program"
			m.Findings = []Finding{{Code: "reader-failed", Severity: source.Error, Message: clip(fmt.Sprint(p))}}
		}
	}()
	rd := reader{media: emptyMedia()}
	if size <= 0 {
		rd.media.Error = "empty file"
		rd.findings.add("empty-file", source.Error, "", "the file is empty")
		return rd.finish(opt)
	}
	info, err := container.Read(r, size, container.NewBudget())
	rd.describe(info, name)
	for _, p := range info.Problems {
		rd.problem(p)
	}
	if err != nil {
		rd.unreadable(err)
	}
	rd.refuse(info.Type, name)
	rd.readEXIF(info.Blocks)
	rd.media.Times = append(rd.media.Times, containerTimes(info.Stamps, &rd.findings)...)
	rd.media.Places = append(rd.media.Places, containerPlaces(info.Positions, &rd.findings)...)
	return rd.finish(opt)
}

func emptyMedia() Media {
	return Media{
		Kind: Other, MediaType: "application/octet-stream",
		Codecs: []string{}, Times: []Time{}, Places: []Place{}, Findings: []Finding{},
	}
}

// describe takes over what the container says outright.
func (rd *reader) describe(info container.Info, name string) {
	m := &rd.media
	if info.Type.Kind != "" {
		m.Kind, m.MediaType = Kind(info.Type.Kind), info.Type.MediaType
	}
	if info.Width > 0 && info.Height > 0 {
		m.Width, m.Height = &info.Width, &info.Height
	}
	if seconds := info.Duration.Seconds(); seconds > 0 {
		m.DurationSeconds = &seconds
	}
	if info.FrameRate > 0 {
		m.FrameRate = &info.FrameRate
	}
	m.Codecs = append(m.Codecs, info.Codecs...)
	m.Device = Device{Make: Text(info.Make), Model: Text(info.Model), Software: Text(info.Software)}
	if o := containerOrientation(info); o != 0 {
		m.Orientation = &o
	}
	if ext := extension(name); extensionMismatch(ext, info.Type) {
		m.ExtensionMismatch = true
		rd.findings.add("extension-mismatch", source.Warning, "", "the name ends in .%s and the content is %s", ext, typeName(info.Type))
	}
}

// containerOrientation expresses rotation and mirroring as an EXIF value.
func containerOrientation(info container.Info) int {
	if info.Orientation >= 1 && info.Orientation <= 8 {
		return info.Orientation
	}
	upright := map[int]int{90: 6, 180: 3, 270: 8}
	mirrored := map[int]int{0: 2, 90: 7, 180: 4, 270: 5}
	if info.Mirrored {
		return mirrored[info.Rotation]
	}
	return upright[info.Rotation]
}

// problem turns damage of the container into a finding, and the first that
// leaves nothing to see into the Error.
func (rd *reader) problem(p container.Problem) {
	severity := source.Warning
	if p.Fatal {
		severity = source.Error
		if rd.media.Error == "" {
			rd.media.Error = Text(p.Message)
		}
	}
	rd.findings.add(p.Code, severity, p.Field, "%s", p.Message)
}

func (rd *reader) unreadable(err error) {
	if rd.media.Error == "" {
		rd.media.Error = Text(oneLine(err.Error()))
	}
	code := "read-failed"
	if errors.Is(err, io.ErrUnexpectedEOF) {
		code = "truncated"
	}
	rd.findings.add(code, source.Error, "", "%s", oneLine(err.Error()))
}

func oneLine(s string) string { return strings.Join(strings.Fields(s), " ") }

// refuse says in plain words that a file is no picture, film or sound.
func (rd *reader) refuse(t container.Type, name string) {
	isMedia := t.Kind == "image" || t.Kind == "video" || t.Kind == "audio"
	if isMedia || rd.media.Error != "" {
		return
	}
	what := "not a picture, video or sound in a known format"
	switch {
	case t.Format != "":
		what = typeName(t) + ", not a " + expected(extension(name))
	case t.Kind == "document":
		what = "a document, not a " + expected(extension(name))
	}
	severity := source.Info
	if t.Format == "" || mediaExtension(extension(name)) {
		severity = source.Error
	}
	if t.Kind != "document" || severity == source.Error {
		rd.media.Error = Text(what)
	}
	rd.findings.add("not-media", severity, "", "%s", what)
}

// readEXIF decodes every EXIF block. The first gives the device, the times and
// the place; a further one adds what it says differently.
func (rd *reader) readEXIF(blocks []container.Block) {
	for i, x := range rd.decodeBlocks(blocks) {
		for _, p := range x.Problems {
			rd.findings.add(p.Code, source.Warning, p.Field, "%s", p.Message)
		}
		ts := exifTimes(x, &rd.findings)
		place, hasPlace := exifPlace(x, &rd.findings)
		if i > 0 {
			rd.secondBlock(ts, place, hasPlace)
		} else {
			rd.media.Times = append(rd.media.Times, ts...)
			if hasPlace {
				rd.media.Places = append(rd.media.Places, place)
			}
		}
		rd.device(x, i > 0)
		checkEditor(x, &rd.findings)
	}
}

// canonBlocks are the parts of one EXIF structure that CR3 keeps apart.
var canonBlocks = map[string]string{"CR3:CMT1": exif.IFD0, "CR3:CMT2": exif.ExifIFD, "CR3:CMT4": exif.GPSIFD}

// maxEXIFBlocks bounds the blocks decoded of one file; a file has one, rarely
// two.
const maxEXIFBlocks = 8

func (rd *reader) decodeBlocks(blocks []container.Block) []*exif.Exif {
	var out []*exif.Exif
	var canon *exif.Exif
	for _, b := range blocks {
		if b.Kind != container.EXIF || b.Path == "CR3:CMT3" {
			continue
		}
		if len(out) >= maxEXIFBlocks {
			rd.findings.add("limit", source.Warning, b.Path, "more than %d EXIF blocks, the rest was not read", maxEXIFBlocks)
			break
		}
		root, isCanon := canonBlocks[b.Path]
		if !isCanon {
			root = exif.IFD0
		}
		section := b.Section()
		x, err := exif.DecodeAs(root, section, section.Size(), exif.Limits{})
		switch {
		case err != nil:
			rd.findings.add("corrupt-structure", source.Warning, b.Path, "the EXIF block cannot be read: %s", oneLine(err.Error()))
		case isCanon && canon != nil:
			canon.Join(x)
		default:
			out = append(out, x)
			if isCanon {
				canon = x
			}
		}
	}
	return out
}

// secondBlock keeps what a further EXIF block says differently from the first:
// two blocks that disagree show that something wrote one of them later.
func (rd *reader) secondBlock(ts []Time, place Place, hasPlace bool) {
	differs := false
	for _, t := range ts {
		same := func(have Time) bool { return have.Kind == t.Kind && have.Local == t.Local && have.Zone == t.Zone }
		if slices.ContainsFunc(rd.media.Times, same) {
			continue
		}
		differs = differs || slices.ContainsFunc(rd.media.Times, func(have Time) bool { return have.Kind == t.Kind })
		t.Field += " (second block)"
		rd.media.Times = append(rd.media.Times, t)
	}
	if hasPlace {
		same := func(have Place) bool { return *have.Latitude == *place.Latitude && *have.Longitude == *place.Longitude }
		if !slices.ContainsFunc(rd.media.Places, same) {
			differs = differs || len(rd.media.Places) > 0
			place.Field += " (second block)"
			rd.media.Places = append(rd.media.Places, place)
		}
	}
	if differs {
		rd.findings.add("exif-blocks-differ", source.Warning, "EXIF", "two EXIF blocks of the file state different times or places")
	}
}

// device takes what made the picture from EXIF. The first block goes before
// the container; a further one only fills what is still unknown.
func (rd *reader) device(x *exif.Exif, fillOnly bool) {
	d := &rd.media.Device
	set := func(to *Text, names ...string) {
		if fillOnly && *to != "" {
			return
		}
		for _, n := range names {
			if v := strings.TrimSpace(x.Get(n).Text()); v != "" {
				*to = Text(v)
				return
			}
		}
	}
	set(&d.Make, "Make")
	set(&d.Model, "Model")
	set(&d.Serial, "SerialNumber", "CameraSerialNumber")
	set(&d.Lens, "LensModel")
	set(&d.Software, "Software")
	if o, ok := x.Get("Orientation").Int(); ok && o >= 1 && o <= 8 && rd.media.Orientation == nil {
		n := int(o)
		rd.media.Orientation = &n
	}
}

// finish runs the checks that compare what was read and puts all in order.
func (rd *reader) finish(opt Options) Media {
	m := &rd.media
	checkTimes(m.Times, opt.Now, &rd.findings)
	SortTimes(m.Times)
	m.BestTime = Best(m.Times)
	m.BestPlace = bestPlace(m.Places, &rd.findings)
	rd.findings.flush()
	m.Findings = append(m.Findings, rd.findings.list...)
	return *m
}
