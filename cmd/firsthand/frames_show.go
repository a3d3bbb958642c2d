package main

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"strings"
	"time"

	"github.com/firsthand-media/firsthand/extract/video"
	"github.com/firsthand-media/firsthand/hashing/sound"
	"github.com/firsthand-media/firsthand/verify"
	"github.com/firsthand-media/firsthand/verify/disk"
	"github.com/firsthand-media/firsthand/verify/strip"
)

// Longest sides of pictures, in pixels. That of single ones is bounded by the
// engine.
const (
	sheetSide = 320
	stripSide = 200
	wholeSide = 8192
)

// frameLine is a frame as --json lists it.
type frameLine struct {
	Path   string        `json:"path"`
	SHA256 verify.Digest `json:"sha256"`
	At     float64       `json:"at_seconds"`
	Until  *float64      `json:"until_seconds"` // when the next one is shown; null for the last one, and where it was not looked for
	Last   bool          `json:"last"`          // known to be the last one
	Asked  *float64      `json:"asked_seconds"`
	Steps  int           `json:"steps"`
	File   *string       `json:"file"`
}

func (f *filming) run(ctx context.Context) error {
	var pictures []strip.Picture
	var err error
	switch c := f.choice; {
	case c.at != nil:
		pictures, err = f.one(ctx)
	case c.spread():
		pictures, err = f.spread(ctx)
	case c.stretch:
		pictures, err = f.every(ctx)
	}
	if err != nil {
		return err
	}
	if err := f.drawFrames(pictures); err != nil {
		return err
	}
	return f.drawWave(ctx)
}

// pictured says that pictures are asked for, and not times alone.
func (f *filming) pictured() bool { return f.sheet+f.strip+f.out != "" }

// side is the longest side that the pictures need.
func (f *filming) side() int {
	if f.out != "" {
		return wholeSide
	}
	return sheetSide
}

// one shows the frame at a time, or some steps from it.
func (f *filming) one(ctx context.Context) ([]strip.Picture, error) {
	c := f.choice
	shown, err := f.film.At(ctx, *c.at)
	taken := 0
	if err == nil && c.steps != 0 {
		shown, taken, err = f.film.Step(ctx, shown.At, c.steps)
	}
	if err != nil {
		return nil, err
	}
	if shown.Last && *c.at > max(shown.At, f.video.Input.Duration) {
		f.term.note("the video ends before %s: this is its last frame", exact(*c.at))
	}
	if taken != c.steps {
		f.term.note("there are only %d frames that way", max(taken, -taken))
	}
	asked := c.at.Seconds()
	line := frameLine{At: shown.At.Seconds(), Last: shown.Last, Asked: &asked, Steps: taken}
	if !shown.Last {
		until := shown.Until.Seconds()
		line.Until = &until
	}
	if !f.pictured() {
		return nil, f.tell(line)
	}
	frame, err := f.film.Picture(ctx, shown.At, f.side())
	if err != nil {
		return nil, err
	}
	p, err := f.keep(frame, line)
	return []strip.Picture{p}, err
}

// every shows all frames of a stretch.
func (f *filming) every(ctx context.Context) ([]strip.Picture, error) {
	times, err := f.film.Times(ctx, f.choice.start, f.choice.length)
	if err != nil {
		return nil, err
	}
	if len(times) == 0 {
		return nil, fmt.Errorf("no frame begins in the stretch %s", f.times)
	}
	if !f.pictured() {
		for i, at := range times {
			line := frameLine{At: at.Seconds()}
			if i+1 < len(times) {
				until := times[i+1].Seconds()
				line.Until = &until
			}
			if err := f.tell(line); err != nil {
				return nil, err
			}
		}
		return nil, nil
	}
	if err := f.few(len(times)); err != nil {
		return nil, err
	}
	var out []strip.Picture
	err = f.film.Pictures(ctx, times, f.side(), func(frame video.Frame) error {
		p, err := f.keep(frame, frameLine{At: frame.At.Seconds()})
		out = append(out, p)
		return err
	})
	return out, err
}

// few refuses more pictures than one run makes, or than one sheet holds.
func (f *filming) few(n int) error {
	most := mostFrames
	if f.sheet+f.strip != "" {
		most = strip.MostPictures
	}
	if n > most {
		return withHint(usagef("%d frames are more than the %d that are drawn at once", n, most), "--count or --every takes some of them")
	}
	return nil
}

// spread shows frames at even distances.
func (f *filming) spread(ctx context.Context) ([]strip.Picture, error) {
	c := f.choice
	s := strip.Spread{Start: c.start, Length: c.length, Every: c.every, Most: c.count, Side: f.side()}
	length := c.length
	if length == 0 {
		end, err := f.film.Length(ctx)
		if err != nil {
			return nil, err
		}
		length = max(end-c.start, 0) + time.Microsecond
	}
	if s.Most == 0 {
		s.Most = int(length/s.Every) + 1
		if err := f.few(s.Most); err != nil {
			return nil, err
		}
	} else if s.Every = length / time.Duration(s.Most); f.sheet+f.strip != "" {
		if err := f.few(s.Most); err != nil {
			return nil, err
		}
	}
	var out []strip.Picture
	err := f.film.Each(ctx, s, func(frame video.Frame) error {
		p, err := f.keep(frame, frameLine{At: frame.At.Seconds()})
		out = append(out, p)
		return err
	})
	var not *video.UnexaminedError
	switch {
	case errors.As(err, &not) && len(out) > 0:
		f.term.note("not all frames could be shown: %s", not.Reason)
		err = nil
	case err == nil && len(out) == 0:
		err = strip.ErrNoFrames
	}
	return out, err
}

// keep writes one picture to the folder, tells of the frame, and gives it at
// the size of a sheet.
func (f *filming) keep(frame video.Frame, line frameLine) (strip.Picture, error) {
	img := frame.Image()
	if f.out != "" {
		f.tellReduced(frame)
		path := filepath.Join(f.out, f.pictureName(frame.At))
		if err := disk.MakeFolder(f.out); err != nil {
			return strip.Picture{}, fmt.Errorf("make the folder of pictures: %w", err)
		}
		if err := writeNewPicture(path, img); err != nil {
			return strip.Picture{}, fmt.Errorf("write a picture: %w", err)
		}
		line.File = &path
	}
	if err := f.tell(line); err != nil {
		return strip.Picture{}, err
	}
	if f.sheet+f.strip == "" {
		return strip.Picture{}, nil
	}
	return strip.Picture{Image: strip.Fit(img, sheetSide), Words: strip.Clock(frame.At, 3)}, nil
}

// tellReduced says once that pictures are smaller than the frames.
func (f *filming) tellReduced(frame video.Frame) {
	m := &f.video.Item.Media
	if f.reduced || m.Width == nil || m.Height == nil || max(*m.Width, *m.Height) <= max(frame.W, frame.H) {
		return
	}
	f.reduced = true
	f.term.note("the frames are of %d x %d pixels, the pictures of %d x %d", *m.Width, *m.Height, frame.W, frame.H)
}

// pictureName is the name of the video with the time of the frame in it, in
// the order of time and of characters that every system has.
func (f *filming) pictureName(at time.Duration) string {
	const most = 80
	base := filepath.Base(f.video.Item.Path())
	base = strings.TrimSuffix(base, filepath.Ext(base))
	base = strings.Map(func(r rune) rune {
		switch {
		case r >= 'a' && r <= 'z', r >= 'A' && r <= 'Z', r >= '0' && r <= '9', r == '-', r == '_':
			return r
		}
		return '_'
	}, base)
	micros := at.Microseconds()
	seconds := micros / 1e6
	return fmt.Sprintf("%s_%02d-%02d-%02d.%06d.%s", base[:min(len(base), most)], seconds/3600, seconds/60%60, seconds%60, micros%1e6, f.format)
}

// tell lists one frame.
func (f *filming) tell(l frameLine) error {
	if f.jsonOut {
		l.Path, l.SHA256 = f.video.Item.Path(), f.video.Item.Digest
		return f.term.json(l)
	}
	words := exact(duration(l.At))
	switch {
	case l.Last:
		words += "  until the end"
	case l.Until != nil && l.Asked != nil:
		words += "  until " + exact(duration(*l.Until))
	}
	if l.File != nil {
		words += "  " + *l.File
	}
	f.term.printf("%s\n", shown(words))
	return nil
}

// duration turns seconds, as they are listed, back into what they were.
func duration(seconds float64) time.Duration {
	return time.Duration(seconds*1e6+0.5) * time.Microsecond
}

// drawFrames writes the sheet and the strip.
func (f *filming) drawFrames(pictures []strip.Picture) error {
	if f.sheet != "" {
		if err := writeNewPicture(f.sheet, strip.Sheet(f.heading(len(pictures)), pictures, 0)); err != nil {
			return fmt.Errorf("write the sheet: %w", err)
		}
		f.term.note("wrote %s", f.sheet)
	}
	if f.strip == "" {
		return nil
	}
	if !f.given("count") && !f.given("every") && !f.given("times") {
		pictures = strip.Thin(pictures, usualStrip)
	}
	row := make([]strip.Picture, len(pictures))
	for i, p := range pictures {
		row[i] = strip.Picture{Image: strip.Fit(p.Image, stripSide), Words: p.Words}
	}
	if err := writeNewPicture(f.strip, strip.Sheet(nil, row, len(row))); err != nil {
		return fmt.Errorf("write the strip: %w", err)
	}
	f.term.note("wrote %s", f.strip)
	return nil
}

// heading says on the sheet which file it shows, and by what it was decoded.
func (f *filming) heading(n int) []string {
	it := &f.video.Item
	var lines []string
	if name := shown(filepath.Base(it.Path())); strip.Writable(name) {
		lines = append(lines, name)
	}
	what := fmt.Sprintf("%d frames, decoded by %s", n, f.film.Engine.Name())
	if n == 1 {
		what = "1 frame, decoded by " + f.film.Engine.Name()
	}
	return append(lines, "SHA-256 "+string(it.Digest[:16])+"…  ·  "+what)
}

// drawWave writes the loudness over time.
func (f *filming) drawWave(ctx context.Context) error {
	if f.wave == "" {
		return nil
	}
	var m sound.Maker
	_, err := f.film.Engine.Sound(ctx, f.film.Input, f.film.SoundLimits(), func(samples []int16) error {
		m.Write(samples)
		return nil
	})
	var not *video.UnexaminedError
	w := m.Wave()
	switch {
	case errors.As(err, &not) && w.Samples > 0:
		f.term.note("not all of the sound was read: %s", not.Reason)
	case errors.As(err, &not):
		return fmt.Errorf("draw the sound: %w", err)
	case err != nil:
		return err
	}
	if err := writeNewPicture(f.wave, strip.Wave(w)); err != nil {
		return fmt.Errorf("write the drawing of the sound: %w", err)
	}
	f.term.note("wrote %s", f.wave)
	return nil
}
