package report

import (
	"fmt"
	"html/template"
	"math"
	"strings"

	"github.com/firsthand-media/firsthand/verify"
)

// drawing is the two softened pictures of a match with what both show outlined
// and what differs boxed; "" where there is no picture. Of frames of a video,
// it has their times.
type drawing struct {
	A, B     template.HTML
	AtA, AtB string
}

// Measures of a drawing in its own units.
const (
	pictureSide = 240 // longest side
	mostCorners = 64
	mostMarked  = 32
)

func (r *reader) draw(m verify.Match) drawing {
	s := r.shots(m)
	if len(m.Segments) > 0 {
		m.ChangedA, m.ChangedB = nil, nil // found in other frames of the stretch than those shown
	}
	numbered := len(m.ChangedA) == len(m.ChangedB) && len(m.ChangedA) > 1
	one := func(name string, s shot, region [][2]float64, changed verify.Boxes) template.HTML {
		p := r.album.picture(s)
		if p.number == 0 {
			return ""
		}
		k := pictureSide / float64(max(p.w, p.h))
		w, h := k*float64(p.w), k*float64(p.h)
		var b strings.Builder
		fmt.Fprintf(&b, `<svg class="soft" viewBox="0 0 %.1f %.1f" role="img" aria-label="%s"><use href="#pic-%d" width="%.1f" height="%.1f"/>`,
			w, h, template.HTMLEscapeString(r.w.drawn(name, region, changed)), p.number, w, h)
		drawRegion(&b, region, w, h)
		for i, box := range changed[:min(len(changed), mostMarked)] {
			drawBox(&b, box, w, h)
			if numbered {
				x, y := within(box[0], w, 18), within(box[1], h, 18)
				fmt.Fprintf(&b, `<rect class="tag" x="%.1f" y="%.1f" width="18" height="18"/><text x="%.1f" y="%.1f">%d</text>`, x, y, x+9, y+13, i+1)
			}
		}
		b.WriteString("</svg>")
		return template.HTML(b.String())
	}
	return drawing{one("A", s[0], m.RegionA, m.ChangedA), one("B", s[1], m.RegionB, m.ChangedB), s[0].time(), s[1].time()}
}

// drawn says what is drawn on a picture, for those who do not see it.
func (w Words) drawn(name string, region [][2]float64, changed verify.Boxes) string {
	switch {
	case len(region) < 3:
		return w.T("report.drawn", "name", name)
	case len(changed) == 0:
		return w.T("report.drawn.shared", "name", name)
	}
	return w.T("report.drawn.differs", "name", name, "n", len(changed))
}

// drawRegion veils what only this picture shows and outlines the rest.
func drawRegion(b *strings.Builder, region [][2]float64, w, h float64) {
	if len(region) < 3 || len(region) > mostCorners {
		return
	}
	const edge = 3 // half the widest line
	var points, path strings.Builder
	for i, p := range region {
		x, y := clamped(p[0])*w, clamped(p[1])*h
		command := "L"
		if i == 0 {
			command = "M"
		}
		fmt.Fprintf(&path, "%s%.1f %.1f", command, x, y)
		fmt.Fprintf(&points, "%.1f,%.1f ", math.Max(edge, math.Min(x, w-edge)), math.Max(edge, math.Min(y, h-edge)))
	}
	at := strings.TrimSpace(points.String())
	fmt.Fprintf(b, `<path class="veil" fill-rule="evenodd" d="M0 0H%.1fV%.1fH0Z%sZ"/><polygon class="halo" points="%s"/><polygon class="shared" points="%s"/>`, w, h, path.String(), at, at)
}

func drawBox(b *strings.Builder, box [4]float64, w, h float64) {
	x0, y0, x1, y1 := clamped(box[0])*w, clamped(box[1])*h, clamped(box[2])*w, clamped(box[3])*h
	if x1-x0 < 1 || y1-y0 < 1 {
		return
	}
	for _, class := range []string{"halo", "differs"} {
		fmt.Fprintf(b, `<rect class="%s" x="%.1f" y="%.1f" width="%.1f" height="%.1f"/>`, class, x0, y0, x1-x0, y1-y0)
	}
}

// within is where a mark of some size begins so that it stays in the picture.
func within(share, side, size float64) float64 {
	return math.Max(0, math.Min(clamped(share)*side, side-size))
}

// clamped bounds a share to 0..1; what is no number becomes 0.
func clamped(v float64) float64 {
	if !(v > 0) {
		return 0
	}
	return math.Min(v, 1)
}
