package main

import (
	"fmt"
	"math"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	"github.com/firsthand-media/firsthand/verify/strip"
)

// choice is which frames are asked for: one, all of a stretch, or some at even
// distances.
type choice struct {
	at    *time.Duration
	steps int // from the frame at that time

	stretch       bool
	start, length time.Duration // length 0: to the end
	every         time.Duration
	count         int
}

// spread says that frames at even distances are asked for.
func (c choice) spread() bool { return c.every > 0 || c.count > 0 }

// Frames of a sheet and of a strip when nobody says how many.
const (
	usualSheet = 24
	usualStrip = 10
	mostFrames = 250 // whose pictures are decoded at once
)

// choose reads the flags that say which frames.
func (o framesOptions) choose() (choice, error) {
	var c choice
	one, stretch, even := o.given("at"), o.given("times"), o.given("every") || o.given("count")
	stepping := o.given("next") || o.given("previous")
	switch {
	case o.given("next") && o.given("previous"):
		return c, usagef("--next and --previous go two ways: ask for one of them")
	case stepping && !one:
		return c, usagef("--next and --previous start from a frame: name it with --at")
	case o.next < 0 || o.previous < 0:
		return c, usagef("a number of frames is 0 or more")
	case one && (stretch || even):
		return c, usagef("--at asks for one frame, --times, --every and --count for many: choose one of them")
	case o.given("every") && o.given("count"):
		return c, usagef("--every and --count are two ways to say how many: ask for one of them")
	case !one && !stretch && !even && o.sheet == "" && o.strip == "" && o.wave == "":
		return c, withHint(usagef("which frames?"), "--at 12.3 shows one, --times 10-12 lists all of a stretch, --sheet FILE gives an overview")
	case !one && !stretch && !even && o.out != "":
		return c, usagef("--out needs frames: name them with --at, --times, --every or --count")
	case o.format != "png" && o.format != "jpg":
		return c, usagef("there is no format %q for pictures; it is png or jpg", o.format)
	}
	if err := o.readTimes(&c); err != nil {
		return c, err
	}
	if !one && !stretch && !even && (o.sheet != "" || o.strip != "") {
		c.count = usualSheet
		if o.sheet == "" {
			c.count = usualStrip
		}
	}
	return c, nil
}

func (o framesOptions) readTimes(c *choice) (err error) {
	if o.given("at") {
		at, err := parseTime(o.at)
		if err != nil {
			return err
		}
		c.at, c.steps = &at, o.next-o.previous
	}
	if o.given("times") {
		c.stretch = true
		from, to, ok := strings.Cut(o.times, "-")
		if !ok {
			return usagef("%q is no stretch: write it as START-END, as 10-12.5 or 1:10-", o.times)
		}
		if c.start, err = parseTime(from); err != nil {
			return err
		}
		if to != "" {
			end, err := parseTime(to)
			if err != nil {
				return err
			}
			// The end is part of it: the last frame asked for may be named by its time.
			if c.length = end - c.start + time.Microsecond; end < c.start {
				return usagef("the stretch %s ends before it begins", o.times)
			}
		}
	}
	if o.given("every") {
		if c.every, err = parseTime(o.every); err != nil {
			return err
		}
		if c.every <= 0 {
			return usagef("--every is a number of seconds above 0, not %q", o.every)
		}
	}
	if o.given("count") {
		if c.count = o.count; c.count < 1 || c.count > mostFrames {
			return usagef("--count is a number from 1 to %d, not %d", mostFrames, o.count)
		}
	}
	return nil
}

// parseTime reads 12.3, 1:02.5 or 1:02:03.28, to a microsecond.
func parseTime(text string) (time.Duration, error) {
	const most = 1000 * 60 * 60 // seconds
	wrong := usagef("%q is no time in a video: write seconds, as 12.3, or 1:02:03.5", text)
	parts := strings.Split(text, ":")
	if len(parts) > 3 {
		return 0, wrong
	}
	total := 0.0
	for i, p := range parts {
		v, err := strconv.ParseFloat(p, 64)
		last := i == len(parts)-1
		if err != nil || strings.ContainsAny(p, "eExXpP_+-nN") || !last && v != math.Trunc(v) || i > 0 && v >= 60 {
			return 0, wrong
		}
		total = 60*total + v
	}
	if !(total <= most) {
		return 0, wrong
	}
	return time.Duration(math.Round(total*1e6)) * time.Microsecond, nil
}

// checkOutputs refuses names that nothing should be written to: those that are
// taken, and those in the folders of media.
func (o framesOptions) checkOutputs(media []string) error {
	for _, f := range []struct {
		path, what string
		endings    []string
	}{
		{o.sheet, "the sheet", []string{".jpg", ".jpeg", ".png"}},
		{o.strip, "the strip", []string{".jpg", ".jpeg", ".png"}},
		{o.wave, "the drawing of the sound", []string{".png"}},
	} {
		if err := freeForFile(f.path, f.what, f.endings...); err != nil {
			return err
		}
		if f.path != "" {
			if err := apart(filepath.Dir(f.path), f.path, media); err != nil {
				return err
			}
		}
	}
	if o.out == "" {
		return nil
	}
	if info, err := os.Stat(o.out); err == nil && !info.IsDir() {
		return usagef("--out is a folder, and %s is a file", o.out)
	}
	return apart(o.out, o.out, media)
}

// apart refuses what would lie among media. The last of the folders is that of
// the video; the others are sources of a case, with all that lies in them.
func apart(dir, name string, media []string) error {
	to, err := resolved(dir)
	if err != nil {
		return fmt.Errorf("find the folder %s: %w", dir, err)
	}
	for i, m := range media {
		from, err := resolved(m)
		if err != nil {
			continue // the file itself will be missed
		}
		rel, err := filepath.Rel(from, to)
		if err != nil || !filepath.IsLocal(rel) || i == len(media)-1 && rel != "." {
			continue
		}
		return withHint(usagef("%s would lie among the media in %s", name, m), "choose another folder: there it would be taken for media")
	}
	return nil
}

// exact writes a time to the microsecond.
func exact(at time.Duration) string { return strip.Clock(at, 6) }
