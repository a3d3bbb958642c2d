package video

import (
	"bytes"
	"fmt"
	"strconv"
	"strings"
)

// pictures cuts what a decoder writes into frames without times: grey ones as
// PGM, "P5\n512 288\n255\n" and the bytes, again and again (see pgm(5)); those
// with colour as YUV4MPEG2, one line for the whole stream and "FRAME\n" before
// the planes of each (see yuv4mpeg(5)).
type pictures struct {
	colour bool
	header []byte
	w, h   int // of a stream with colour, once its line came
	pic    Frame
	all    []byte // the planes of pic; nil outside a picture
	have   int
}

// maxHeader is more than the longest header of a picture that is small enough.
// The one of a stream with colour holds more words.
const (
	maxHeader       = 24
	maxStreamHeader = 160
)

func (g *pictures) feed(p []byte, longest int, done func(Frame) error) error {
	for len(p) > 0 {
		if g.all == nil {
			g.header = append(g.header, p[0])
			p = p[1:]
			if err := g.begin(longest); err != nil {
				return err
			}
			continue
		}
		n := copy(g.all[g.have:], p)
		p = p[n:]
		if g.have += n; g.have == len(g.all) {
			f := g.pic
			f.divide(g.all)
			g.pic, g.all, g.have = Frame{}, nil, 0
			if err := done(f); err != nil {
				return err
			}
		}
	}
	return nil
}

// begin looks at a header that grew by a byte, and makes room for the picture
// when it is complete.
func (g *pictures) begin(longest int) error {
	if g.colour {
		return g.beginColour(longest)
	}
	if bytes.Count(g.header, []byte("\n")) < 3 {
		return g.within(maxHeader)
	}
	var w, h int
	if _, err := fmt.Sscanf(string(g.header), "P5\n%d %d\n255\n", &w, &h); err != nil {
		return errNotAsked
	}
	if w < 1 || h < 1 || w > longest || h > longest {
		return errNotAsked
	}
	luma, _ := planes(w, h)
	g.make(w, h, luma)
	return nil
}

func (g *pictures) beginColour(longest int) error {
	if g.header[len(g.header)-1] != '\n' {
		return g.within(maxStreamHeader)
	}
	words := strings.Fields(string(g.header))
	switch {
	case len(words) > 0 && words[0] == "YUV4MPEG2" && g.w == 0:
		g.header = g.header[:0]
		return g.beginStream(words[1:], longest)
	case len(words) > 0 && words[0] == "FRAME" && g.w > 0:
		luma, chroma := planes(g.w, g.h)
		g.make(g.w, g.h, luma+2*chroma)
		return nil
	}
	return errNotAsked
}

// beginStream reads "W512 H288 F25:1 C420jpeg".
func (g *pictures) beginStream(words []string, longest int) error {
	var w, h int
	for _, word := range words {
		switch word[0] {
		case 'W':
			w, _ = strconv.Atoi(word[1:]) // 0 is refused below
		case 'H':
			h, _ = strconv.Atoi(word[1:])
		case 'C':
			if !strings.HasPrefix(word, "C420") || strings.HasPrefix(word, "C420p1") { // of more than 8 bits
				return errNotAsked
			}
		}
	}
	if w < 1 || h < 1 || w > longest || h > longest {
		return errNotAsked
	}
	g.w, g.h = w, h
	return nil
}

func (g *pictures) within(most int) error {
	if len(g.header) > most {
		return errNotAsked
	}
	return nil
}

func (g *pictures) make(w, h, size int) {
	g.pic, g.all, g.header = Frame{W: w, H: h}, make([]byte, size), g.header[:0]
}
