package report

import (
	"bytes"
	"encoding/base64"
	"fmt"
	"html/template"
	"image"
	_ "image/jpeg" // for the size of a softened picture
	"strings"
	"time"

	"github.com/firsthand-media/firsthand/hashing/sound"
	"github.com/firsthand-media/firsthand/verify"
	"github.com/firsthand-media/firsthand/verify/strip"
)

// album keeps each picture once, however often the page shows it: as a
// symbol at the end of the file, which drawings refer to.
type album struct {
	soft    func(verify.Digest) []byte
	sharp   func(verify.Digest) []byte
	frame   func(verify.Digest, time.Duration) []byte
	strip   func(verify.Digest) ([]byte, []time.Duration)
	wave    func(verify.Digest) sound.Wave
	at      map[shot]picture
	films   map[verify.Digest]film
	symbols strings.Builder
	kept    int

	sharpened int // of those kept
}

// shot is the picture of an item: of a video, the frame at a time or, below 0,
// the one that stands for it.
type shot struct {
	digest verify.Digest
	at     time.Duration
}

// picture is one of the album's. Its number is 0 where there is none.
type picture struct{ number, w, h int }

// time is when in its video the shot is, "" for what is none.
func (s shot) time() string {
	if s.at == standing {
		return ""
	}
	return strip.Clock(s.at, 1)
}

const (
	standing = time.Duration(-1)
	asIs     = time.Duration(-2) // the one that stands for it, not softened
)

func newAlbum(d Data) *album {
	return &album{
		soft: d.Soft, sharp: d.Sharp, frame: d.SoftFrame, strip: d.SoftStrip, wave: d.Wave,
		at: map[shot]picture{}, films: map[verify.Digest]film{},
	}
}

// picture finds the picture of a shot, and keeps it.
func (a *album) picture(s shot) picture {
	p, known := a.at[s]
	if known {
		return p
	}
	var jpeg []byte
	switch {
	case s.at == standing && a.soft != nil:
		jpeg = a.soft(s.digest)
	case s.at == asIs && a.sharp != nil:
		if jpeg = a.sharp(s.digest); jpeg != nil {
			a.sharpened++
		}
	case s.at >= 0 && a.frame != nil:
		jpeg = a.frame(s.digest, s.at)
	}
	if c, _, err := image.DecodeConfig(bytes.NewReader(jpeg)); err == nil {
		a.kept++
		p = picture{a.kept, c.Width, c.Height}
		fmt.Fprintf(&a.symbols, `<symbol id="pic-%d" viewBox="0 0 %d %d"><image width="%d" height="%d" href="data:image/jpeg;base64,%s"/></symbol>`+"\n",
			p.number, p.w, p.h, p.w, p.h, base64.StdEncoding.EncodeToString(jpeg))
	}
	a.at[s] = p
	return p
}

// sheet is the drawing, itself not seen, that holds all pictures.
func (a *album) sheet() template.HTML {
	if a.symbols.Len() == 0 {
		return ""
	}
	return template.HTML(`<svg class="sheet" width="0" height="0" aria-hidden="true">` + "\n" + a.symbols.String() + `</svg>`)
}
