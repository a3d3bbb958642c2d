package report

import (
	"cmp"
	"fmt"
	"html/template"
	"math"
	"strconv"
	"strings"
)

// bunch is the incidents that stand at one place of the drawing. One is a
// dot with its number; several are a card of numbers.
type bunch struct {
	w     Words
	x, y  float64 // the place
	cx    float64 // the middle of the dot or card: aside where it would cover another
	cy    float64
	in    []*incidentView
	label string
	lx    float64 // start of the label, 0 when there is no room for it
	end   bool    // the label stands to the left
}

// Sizes of the drawing in its own units.
const (
	dotRadius   = 11.0
	cellWidth   = 27.0
	cellHeight  = 22.0
	cardColumns = 6
	cardCells   = 18 // the last says how many more there are
	glyphWidth  = 6.1
)

// bunches gathers incidents whose dots would lie on each other.
func bunches(v []incidentView, p plan) []*bunch {
	var out []*bunch
	for i := range v {
		lat, lon, ok := position(&v[i])
		if !ok {
			continue
		}
		x, y := p.xy(lat, lon)
		joined := false
		for _, b := range out {
			if math.Hypot(b.x-x, b.y-y) < 2*dotRadius {
				b.in, joined = append(b.in, &v[i]), true
				break
			}
		}
		if !joined {
			out = append(out, &bunch{w: p.w, x: x, y: y, in: []*incidentView{&v[i]}})
		}
	}
	return out
}

func (b *bunch) cells() int { return min(len(b.in), cardCells) }

// size is that of the dot or card.
func (b *bunch) size() (w, h float64) {
	if len(b.in) == 1 {
		return 2*dotRadius + 2, 2*dotRadius + 2
	}
	columns := min(b.cells(), cardColumns)
	rows := (b.cells() + columns - 1) / columns
	return float64(columns)*cellWidth + 6, float64(rows)*cellHeight + 6
}

func (b *bunch) box() rect {
	w, h := b.size()
	return rect{b.cx - w/2, b.cy - h/2, b.cx + w/2, b.cy + h/2}
}

type rect struct{ x0, y0, x1, y1 float64 }

func (r rect) meets(o rect) bool { return r.x0 < o.x1 && o.x0 < r.x1 && r.y0 < o.y1 && o.y0 < r.y1 }

func meetsAny(r rect, all []rect) bool {
	for _, o := range all {
		if r.meets(o) {
			return true
		}
	}
	return false
}

// arrange gives every dot and card room of its own where there is any: at its
// place, else as near as it can be. Then it writes labels where they fit. The
// scale takes the corner at the top right.
func arrange(all []*bunch, scale float64) []*bunch {
	taken := []rect{{mapWidth - scale - 24, 0, mapWidth, 40}, {0, 0, 76, 44}} // scale and north
	for _, b := range all {
		b.cx, b.cy = b.settle(taken)
		taken = append(taken, b.box())
	}
	for _, b := range all {
		if b.cx != b.x || b.cy != b.y {
			taken = append(taken, rect{b.x - 4, b.y - 4, b.x + 4, b.y + 4})
		}
	}
	for _, b := range all {
		b.name()
		if b.label == "" {
			continue
		}
		w, h := b.size()
		long := float64(len([]rune(b.label)))*glyphWidth + 6
		right := rect{b.cx + w/2 + 3, b.cy - h/4, b.cx + w/2 + 3 + long, b.cy + h/4}
		left := rect{b.cx - w/2 - 3 - long, b.cy - h/4, b.cx - w/2 - 3, b.cy + h/4}
		switch {
		case right.x1 < mapWidth && !meetsAny(right, taken):
			b.lx = right.x0 + 2
			taken = append(taken, right)
		case left.x0 > 56 && !meetsAny(left, taken): // clear of the degrees
			b.lx, b.end = left.x1-2, true
			taken = append(taken, left)
		}
	}
	return all
}

// settle finds the nearest free position, in rings around the place.
func (b *bunch) settle(taken []rect) (x, y float64) {
	w, h := b.size()
	fits := func(x, y float64) bool {
		r := rect{x - w/2, y - h/2, x + w/2, y + h/2}
		return r.x0 > 2 && r.y0 > 2 && r.x1 < mapWidth-2 && r.y1 < mapHeight-20 && !meetsAny(r, taken)
	}
	if fits(b.x, b.y) {
		return b.x, b.y
	}
	for ring := 1; ring <= 10; ring++ {
		for k := range 16 {
			angle := float64(k) * math.Pi / 8
			x, y := b.x+float64(ring)*20*math.Cos(angle), b.y-float64(ring)*20*math.Sin(angle)
			if fits(x, y) {
				return x, y
			}
		}
	}
	return b.x, b.y
}

// name is what stands beside the dot or card: the name of the place where it is
// known, else the day of a single incident.
func (b *bunch) name() {
	var names []string
	for _, v := range b.in {
		if name := cmp.Or(v.Place, named(v)); name != "" {
			names = append(names, name)
		}
	}
	b.label = short(commonest(names), 24)
	if b.label == "" && len(b.in) == 1 {
		if at := anchor(&b.in[0].Incident); !at.IsZero() {
			b.label = b.w.day(at.UTC())
		}
	}
}

func drawBunches(w *strings.Builder, all []*bunch) {
	for _, b := range all {
		if b.cx != b.x || b.cy != b.y {
			fmt.Fprintf(w, `<line class="leader" x1="%.1f" y1="%.1f" x2="%.1f" y2="%.1f"/><circle class="spot" cx="%.1f" cy="%.1f" r="3"/>`, b.x, b.y, b.cx, b.cy, b.x, b.y)
		}
	}
	for _, b := range all {
		b.draw(w)
	}
}

func (b *bunch) draw(w *strings.Builder) {
	if b.lx != 0 {
		class := "place"
		if b.end {
			class = "place end"
		}
		fmt.Fprintf(w, `<text class="%s" x="%.1f" y="%.1f">%s</text>`, class, b.lx, b.cy+4, template.HTMLEscapeString(b.label))
	}
	if len(b.in) == 1 {
		v := b.in[0]
		fmt.Fprintf(w, `<a href="#%s"><title>%s</title>`, v.Anchor, b.w.titleOf(v))
		if state(v) == "confirmed" {
			fmt.Fprintf(w, `<circle class="ring" cx="%.1f" cy="%.1f" r="%g"/>`, b.cx, b.cy, dotRadius+3)
		}
		fmt.Fprintf(w, `<circle class="dot %s" cx="%.1f" cy="%.1f" r="%g"/><text class="num" x="%.1f" y="%.1f">%d</text></a>`, state(v), b.cx, b.cy, dotRadius, b.cx, b.cy+4, v.Number)
		return
	}
	r := b.box()
	fmt.Fprintf(w, `<rect class="card" x="%.1f" y="%.1f" width="%.1f" height="%.1f" rx="6"/>`, r.x0, r.y0, r.x1-r.x0, r.y1-r.y0)
	columns := min(b.cells(), cardColumns)
	for i, v := range b.in {
		x := r.x0 + 3 + (float64(i%columns)+0.5)*cellWidth
		y := r.y0 + 3 + (float64(i/columns)+0.5)*cellHeight
		if i == cardCells-1 && len(b.in) > cardCells {
			fmt.Fprintf(w, `<text class="more" x="%.1f" y="%.1f">+%d</text>`, x, y+4, len(b.in)-i)
			return
		}
		fmt.Fprintf(w, `<a href="#%s"><title>%s</title><rect class="cell dot %s" x="%.1f" y="%.1f" width="%g" height="%g" rx="4"/><text class="num" x="%.1f" y="%.1f">%d</text></a>`,
			v.Anchor, b.w.titleOf(v), state(v), x-cellWidth/2+1.5, y-cellHeight/2+1.5, cellWidth-3, cellHeight-3, x, y+4, v.Number)
	}
}

// drawCounts draws how many incidents there are at each place, where there are
// too many to name each.
func drawCounts(b *strings.Builder, all []*bunch, w Words) {
	for _, c := range all {
		var numbers []string
		for _, v := range c.in[:min(len(c.in), cardCells)] {
			numbers = append(numbers, strconv.Itoa(v.Number))
		}
		if more := len(c.in) - len(numbers); more > 0 {
			numbers = append(numbers, w.amount("report.more", more))
		}
		title := w.T("report.map.count", "incidents", w.amount("report.n.incidents", len(c.in)), "numbers", w.list(numbers))
		fmt.Fprintf(b, `<a href="#%s"><title>%s</title><circle class="count" cx="%.1f" cy="%.1f" r="%g"/><text class="more" x="%.1f" y="%.1f">%d</text></a>`,
			c.in[0].Anchor, template.HTMLEscapeString(title), c.x, c.y, dotRadius, c.x, c.y+4, len(c.in))
	}
}

// titleOf is what a pointer shows of an incident.
func (w Words) titleOf(v *incidentView) string {
	return template.HTMLEscapeString(w.T("report.map.title", "number", strconv.Itoa(v.Number), "state", v.State, "when", v.When, "where", v.Where))
}
