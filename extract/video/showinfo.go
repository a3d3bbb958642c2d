package video

import (
	"bytes"
	"math"
	"strconv"
	"strings"
	"time"
	"unicode"
)

// maxTime is the latest time of a frame that is believed.
const maxTime = 30 * 24 * time.Hour

// showinfo reads the times of frames from the lines of the filter of that name:
//
//	[Parsed_showinfo_2 @ 0x1] [info] config in time_base: 1/15360, frame_rate: 30/1
//	[Parsed_showinfo_2 @ 0x1] [info] n:   0 pts:  23040 pts_time:1.5     pos: ... s:1280x720 ...
//	[Parsed_showinfo_2 @ 0x1] [info] color_range:pc color_space:bt709 ...
//
// pts counts in units of the time base; pts_time has six digits only.
type showinfo struct {
	unit  float64 // seconds; 0 until it was said
	heard time.Duration
	size  Size // the largest so far
}

// news is what one line of showinfo tells.
type news int

const (
	noNews news = iota
	newTime
	newMatrix
)

// read takes one line. A frame without a time of its own has that of the frame
// before.
func (c *showinfo) read(line string) (what news, at time.Duration, m matrix) {
	if !strings.HasPrefix(line, "[Parsed_showinfo_") {
		return noNews, 0, 0
	}
	if word, ok := after(line, " config in time_base: "); ok {
		c.unit = fraction(strings.TrimSuffix(word, ","))
		return noNews, 0, 0
	}
	if word, ok := after(line, " color_space:"); ok {
		if m, ok := matrices[word]; ok {
			return newMatrix, 0, m
		}
		return newMatrix, 0, bt601
	}
	word, ok := after(line, " pts_time:")
	if !ok || !strings.Contains(line, " n:") {
		return noNews, 0, 0
	}
	s, err := strconv.ParseFloat(word, 64)
	if count, ok := after(line, " pts:"); ok && err == nil && c.unit > 0 {
		if n, err := strconv.ParseInt(count, 10, 64); err == nil {
			s = float64(n) * c.unit
		}
	}
	if err == nil {
		c.heard = since(s, c.heard)
	}
	if word, ok := after(line, " s:"); ok {
		c.size = c.size.with(word)
	}
	return newTime, c.heard, 0
}

// Size is that of pictures, in pixels; zero where it is not known.
type Size struct{ Width, Height int }

// with is the larger one of a size and another that is written as "1280x720".
func (s Size) with(word string) Size {
	width, height, _ := strings.Cut(word, "x")
	w, err1 := strconv.ParseUint(width, 10, 16)
	h, err2 := strconv.ParseUint(height, 10, 16)
	if err1 != nil || err2 != nil || int(w*h) <= s.Width*s.Height {
		return s
	}
	return Size{int(w), int(h)}
}

// since makes a time of seconds; one that is negative or no number is the one
// before it.
func since(s float64, before time.Duration) time.Duration {
	switch {
	case math.IsNaN(s) || s < 0:
		return before
	case s > maxTime.Seconds():
		return maxTime
	}
	return time.Duration(s * float64(time.Second)).Round(time.Microsecond)
}

// after is the word that follows a mark.
func after(line, mark string) (string, bool) {
	_, rest, ok := strings.Cut(line, mark)
	if !ok {
		return "", false
	}
	word, _, _ := strings.Cut(strings.TrimLeft(rest, " "), " ")
	return word, true
}

// fraction reads "1/15360"; 0 is none.
func fraction(word string) float64 {
	above, below, ok := strings.Cut(word, "/")
	n, err1 := strconv.ParseUint(above, 10, 32)
	d, err2 := strconv.ParseUint(below, 10, 32)
	if !ok || err1 != nil || err2 != nil || d == 0 {
		return 0
	}
	return float64(n) / float64(d)
}

// complaint is the first error that a decoder's log tells.
type complaint string

func (c *complaint) read(line string) {
	if *c == "" && (strings.Contains(line, "[error]") || strings.Contains(line, "[fatal]")) {
		*c = complaint(plain(line))
	}
}

// plain takes the decoder's own marks off a line of its log, as
// "[mov,mp4 @ 0x55] [error] moov atom not found".
func plain(line string) string {
	for strings.HasPrefix(line, "[") {
		_, rest, ok := strings.Cut(line, "] ")
		if !ok {
			break
		}
		line = rest
	}
	for _, name := range inputNames {
		line = strings.TrimPrefix(line, name+": ")
	}
	line = strings.Map(func(r rune) rune {
		if !unicode.IsPrint(r) {
			return -1
		}
		return r
	}, strings.ToValidUTF8(line, "?"))
	const most = 160
	if len(line) > most {
		line = strings.ToValidUTF8(line[:most], "") + "…"
	}
	return strings.TrimSpace(line)
}

// lineReader cuts a stream into lines and drops the end of those that are too
// long.
type lineReader struct{ line []byte }

const maxLine = 4 << 10

func (r *lineReader) feed(p []byte, done func(string)) {
	for len(p) > 0 {
		i := bytes.IndexAny(p, "\n\r")
		part := p
		if i >= 0 {
			part = p[:i]
		}
		if room := maxLine - len(r.line); room > 0 {
			r.line = append(r.line, part[:min(room, len(part))]...)
		}
		if i < 0 {
			return
		}
		if len(r.line) > 0 {
			done(string(r.line))
		}
		r.line = r.line[:0]
		p = p[i+1:]
	}
}
