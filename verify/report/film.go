package report

import (
	"bytes"
	"encoding/base64"
	"fmt"
	"html/template"
	"image"
	"math"
	"slices"
	"strings"
	"time"

	"github.com/firsthand-media/firsthand/extract"
	"github.com/firsthand-media/firsthand/hashing/sound"
	"github.com/firsthand-media/firsthand/verify"
	"github.com/firsthand-media/firsthand/verify/strip"
)

// filmView is what is shown of a video: frames of it in a row, how loud it is
// over time, and how it was looked at.
type filmView struct {
	Drawing template.HTML // "" where nothing was kept
	Words   string        // how long it is, how many frames were looked at, by which engine
	Coarse  string        // what was not looked at, or ""
}

// looksView is a video in the list of all of them.
type looksView struct {
	Path     string
	Film     filmView
	Incident string // anchor of the incident that shows it, or ""
	Number   int
}

// Bounds of the videos that are drawn. Each takes about 10 kB.
const (
	mostFilms  = 300
	mostListed = 500
)

// film puts a video into words and draws it, as long as there is room. It is
// nil for what is no video.
func (r *reader) film(it *verify.Item) *filmView {
	if !moves(it) {
		return nil
	}
	v := &filmView{Words: capital(r.w.lookedAt(it))}
	if s := it.Sampling; s.Coarse {
		v.Coarse = r.w.T("report.film.coarse")
		if s.Note != "" {
			v.Coarse = r.w.T("report.film.coarse-note", "note", r.w.Sentence(visible(s.Note)))
		}
	}
	f, ok := r.album.film(it.Digest)
	if !ok {
		return v
	}
	v.Drawing = f.draw(r.w)
	if f.drawn > 0 {
		v.Words = r.w.parts([]string{v.Words, r.w.Sentence(strip.Loudness(f.wave))})
	}
	return v
}

// moves says that an item is a video, or a picture that moves and was looked
// at as one.
func moves(it *verify.Item) bool {
	return it.Media.Kind == extract.Video || it.Media.Kind == extract.Image && it.Sampling.Engine != "" && it.Sampling.Frames > 1
}

// lookedAt says how long a video is and how it was read.
func (w Words) lookedAt(it *verify.Item) string {
	var parts []string
	if s := strip.Seconds(it); s > 0 {
		parts = append(parts, w.T("report.film.long", "length", lengthOf(s)))
	}
	switch s := it.Sampling; {
	case s.Engine == "":
		parts = append(parts, w.T("report.film.unseen"))
	case s.Frames == 0:
		parts = append(parts, w.T("report.film.unread", "engine", visible(s.Engine)))
	default:
		parts = append(parts, w.T("report.film.frames", "n", s.Frames, "engine", visible(s.Engine)))
	}
	return w.list(parts)
}

func lengthOf(seconds float64) string {
	return strip.Clock(time.Duration(math.Round(seconds))*time.Second, 0)
}

// looks lists every video once: those in an incident by a reference to where
// they are shown, the others with their frames.
func (r *reader) looks(items []verify.Item) (out []looksView, more int) {
	videos := []*verify.Item{}
	for i := range items {
		if moves(&items[i]) && items[i].Path() != "" {
			videos = append(videos, &items[i])
		}
	}
	slices.SortFunc(videos, func(a, b *verify.Item) int { return strings.Compare(a.Path(), b.Path()) })
	for _, it := range videos[:min(len(videos), mostListed)] {
		v := looksView{Path: it.Path(), Film: *r.film(it)}
		if at := r.filmed[it.Digest]; at != "" {
			v.Incident, v.Number = anchorOf(at), r.number[at]
			v.Film.Drawing = ""
		}
		out = append(out, v)
	}
	return out, len(videos) - len(out)
}

// film is the softened frames of a video side by side and its loudness, kept
// once in the album.
type film struct {
	number int // of its symbol, 0 where there are no frames
	w, h   int
	at     []time.Duration
	wave   sound.Wave
	drawn  int // number of the symbol of its wave, 0 for none
}

// film keeps a video's frames; ok is false where there are none, nor sound, or
// where the file has enough of them.
func (a *album) film(d verify.Digest) (film, bool) {
	f, known := a.films[d]
	if known {
		return f, f.number > 0 || f.drawn > 0
	}
	if len(a.films) >= mostFilms {
		return film{}, false
	}
	if a.strip != nil {
		jpeg, at := a.strip(d)
		if c, _, err := image.DecodeConfig(bytes.NewReader(jpeg)); err == nil && len(at) > 0 {
			a.kept++
			f.number, f.w, f.h, f.at = a.kept, c.Width, c.Height, at
			fmt.Fprintf(&a.symbols, `<symbol id="pic-%d" viewBox="0 0 %d %d"><image width="%d" height="%d" href="data:image/jpeg;base64,%s"/></symbol>`+"\n",
				f.number, f.w, f.h, f.w, f.h, base64.StdEncoding.EncodeToString(jpeg))
		}
	}
	if a.wave != nil {
		if f.wave = a.wave(d); len(f.wave.Columns) > 0 {
			a.kept++
			f.drawn = a.kept
			fmt.Fprintf(&a.symbols, `<symbol id="pic-%d" viewBox="0 0 %d %d" preserveAspectRatio="none">%s</symbol>`+"\n", f.drawn, waveWide, waveHigh, wavePath(f.wave))
		}
	}
	a.films[d] = f
	return f, f.number > 0 || f.drawn > 0
}

// Measures of a drawn film, in its own units. It is as wide as a usual strip,
// so that a few frames are not blown up.
const (
	frameWide  = 72.0 // of one frame
	filmFrames = 12   // for which there is room at least
	underHigh  = 18.0 // for the times
	waveWide   = 240  // steps of the wave
	waveHigh   = 40
)

// draw is the strip with the time of each frame below it, and the wave below
// that, from the first frame to the last.
func (f film) draw(w Words) template.HTML {
	n := len(f.at)
	wide, high := frameWide*float64(n), 0.0
	if f.number == 0 {
		n, wide = 0, frameWide*filmFrames
	} else {
		high = wide*float64(f.h)/float64(f.w) + underHigh
	}
	var b strings.Builder
	total := high
	if f.drawn > 0 {
		total += waveHigh
	}
	fmt.Fprintf(&b, `<svg class="film" viewBox="0 0 %.0f %.1f" role="img" aria-label="%s">`, max(wide, frameWide*filmFrames), total, template.HTMLEscapeString(f.label(w)))
	if n > 0 {
		fmt.Fprintf(&b, `<use href="#pic-%d" width="%.0f" height="%.1f"/>`, f.number, wide, high-underHigh)
	}
	decimals := decimalsFor(f.at)
	for i, at := range f.at[:n] {
		if i > 0 {
			fmt.Fprintf(&b, `<path class="cut" d="M%.0f 0v%.1f"/>`, frameWide*float64(i), high-underHigh)
		}
		fmt.Fprintf(&b, `<text x="%.0f" y="%.1f">%s</text>`, frameWide*(float64(i)+0.5), high-6, strip.Clock(at, decimals))
	}
	if f.drawn > 0 {
		fmt.Fprintf(&b, `<rect class="paper" y="%.1f" width="%.0f" height="%d"/><use href="#pic-%d" y="%.1f" width="%.0f" height="%d"/>`,
			high, wide, waveHigh, f.drawn, high, wide, waveHigh)
	}
	b.WriteString("</svg>")
	return template.HTML(b.String())
}

// label says what is drawn, for those who do not see it.
func (f film) label(w Words) string {
	var parts []string
	if n := len(f.at); f.number > 0 {
		decimals := decimalsFor(f.at)
		parts = append(parts, w.T("report.film.label", "n", n, "from", strip.Clock(f.at[0], decimals), "to", strip.Clock(f.at[n-1], decimals)))
	}
	if f.drawn > 0 {
		parts = append(parts, w.T("report.film.loudness"))
	}
	return w.parts(parts)
}

// decimalsFor is how finely times are to be written so that no two are the
// same, up to a hundredth of a second.
func decimalsFor(times []time.Duration) int {
	decimals := 0
	for i := 1; i < len(times); i++ {
		for decimals < 2 && strip.Clock(times[i], decimals) == strip.Clock(times[i-1], decimals) {
			decimals++
		}
	}
	return decimals
}

// wavePath draws a bar up and down for each step: what the sound reaches, and
// stronger where most of it is.
func wavePath(w sound.Wave) string {
	peak, rms := strip.Columns(w, waveWide)
	step := float64(waveWide) / float64(len(peak))
	var b strings.Builder
	for _, p := range []struct {
		class string
		reach []float64
	}{{"reach", peak}, {"loud", rms}} {
		fmt.Fprintf(&b, `<path class="%s" stroke-width="%.2f" d="`, p.class, step)
		for i, v := range p.reach {
			half := max(0.5, math.Min(v, 1)*waveHigh/2)
			fmt.Fprintf(&b, "M%.1f %.1fv%.1f", (float64(i)+0.5)*step, waveHigh/2-half, 2*half)
		}
		b.WriteString(`"/>`)
	}
	return b.String()
}
