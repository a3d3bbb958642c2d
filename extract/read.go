package extract

import (
	"errors"
	"fmt"
	"io"
	"strings"
	"time"

	"github.com/firsthand-media/firsthand/extract/container"
	"github.com/firsthand-media/firsthand/extract/source"
)

// Options are what a reading depends on besides the bytes.
type Options struct {
	// Now is when the file was scraped or is looked at; a time beyond it is
	// a finding. Zero means that no time is called a future one.
	Now time.Time
	// All asks for every tag read, as Media.Fields, and for Media.History.
	All bool
	// Thumbnails asks for the embedded thumbnails, as Media.Thumbnails.
	Thumbnails bool
}

// reader is one file on its way to a Media.
type reader struct {
	media    Media
	findings findings
}

// Read says what the file of the given size in r claims. The name serves to
// notice what does not fit the content, its extension and a time in it; what a
// name says by itself is for [FileNameTimes]. Failures are part of the result:
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
	budget := container.NewBudget()
	info, err := container.Read(r, size, budget)
	rd.describe(info, name)
	for _, p := range info.Problems {
		rd.problem(p)
	}
	if err != nil {
		rd.unreadable(err)
	}
	rd.refuse(info.Type, name)
	d := dissector{parts: parts{info: info}, file: r, size: size, now: opt.Now, budget: budget, findings: &rd.findings}
	d.blocks()
	if opt.All {
		rd.media.Fields = collectFields(&d.parts)
		rd.media.History = d.history()
	}
	if opt.Thumbnails {
		rd.media.Thumbnails = d.thumbnails()
	}
	rd.claims(&d.parts)
	rd.checks(&d.parts, name)
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
	if p.Minor {
		severity = source.Info
	}
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

// claims gathers what every part says of times, places and device.
func (rd *reader) claims(p *parts) {
	rd.readEXIF(p.exifs)
	m, f := &rd.media, &rd.findings
	add := func(ts []Time, ps []Place) {
		m.Times = append(m.Times, ts...)
		m.Places = append(m.Places, ps...)
	}
	add(containerTimes(p.info.Stamps, f), containerPlaces(p.info.Positions, f))
	for _, x := range p.xmps {
		add(xmpTimes(x.Packet, f), xmpPlaces(x.Packet, f))
	}
	for _, r := range p.iptcs {
		add(iptcTimes(r.Record, f), iptcPlaces(r.Record))
	}
	note := p.note()
	add(noteTimes(note, f), notePlaces(note))
	for _, s := range p.stores {
		add(c2paTimes(s.Store, f), c2paPlaces(s.Store))
	}
	m.Places = foldPlaces(m.Places, f)
	if gps := find(m.Times, GPS); gps != nil {
		deriveZone(m.Times, *gps, f)
	}
	applyNoteZone(m.Times, note, f)
	m.Times = foldTimes(m.Times)
	m.Times = m.Times[:min(len(m.Times), maxTimes)]
	rd.readDevice(p)
}

// maxTimes bounds the times of one file.
const maxTimes = 64

// checks runs what compares one part of the file with another.
func (rd *reader) checks(p *parts, name string) {
	checkEditor(p, &rd.findings)
	checkProvenance(p, &rd.findings)
	rd.checkPixels(p)
	rd.checkPlatform(p)
	rd.checkName(name, len(p.exifs) > 0)
}

// finish runs the checks that compare what was read and puts all in order.
func (rd *reader) finish(opt Options) Media {
	m := &rd.media
	checkTimes(m.Times, opt.Now, &rd.findings)
	checkNullIsland(m.Places, &rd.findings)
	m.BestPlace = BestPlace(m.Places)
	m.Times = placeZone(m.Times, m.BestPlace, &rd.findings)
	SortTimes(m.Times)
	m.BestTime = Best(m.Times)
	rd.findings.flush()
	m.Findings = append(m.Findings, rd.findings.list...)
	return *m
}
