package report

import (
	"fmt"
	"html/template"
	"strings"

	"github.com/firsthand-media/firsthand/verify"
	"github.com/firsthand-media/firsthand/verify/strip"
)

// Measures of drawn lanes, in their own units.
const (
	lanesWide = 860.0
	lanesSide = 2.0 // to the left and right, for the lines at the ends
	laneHigh  = 14.0
	laneTop   = 18.0
	laneApart = 40.0
	lanesHigh = 2*laneTop + 2*laneHigh + laneApart
)

// lanes draws two videos as bars, with bridges between the stretches that both
// show; "" where nothing of them is known over time.
func (r *reader) lanes(m verify.Match) template.HTML {
	if len(m.Segments) == 0 {
		return ""
	}
	l := strip.NewLanes(strip.Seconds(r.items[m.A]), strip.Seconds(r.items[m.B]), m.Segments)
	x := func(share float64) float64 { return lanesSide + share*(lanesWide-2*lanesSide) }
	var b strings.Builder
	fmt.Fprintf(&b, `<svg class="lanes" viewBox="0 0 %g %g" role="img" aria-label="%s">`,
		lanesWide, lanesHigh, template.HTMLEscapeString(r.w.amount("report.lanes.label", len(m.Segments))))
	const lower = laneTop + laneHigh + laneApart
	for _, v := range []struct {
		name string
		lane strip.Lane
		y    float64
		text float64
	}{{"A", l.A, laneTop, laneTop - 6}, {"B", l.B, lower, lower + laneHigh + 13}} {
		fmt.Fprintf(&b, `<rect class="lane" x="%.1f" y="%g" width="%.1f" height="%g" rx="2"/>`, x(v.lane.From), v.y, x(v.lane.To)-x(v.lane.From), laneHigh)
		length := lengthOf(v.lane.Seconds)
		if v.lane.Enlarged {
			length = r.w.T("report.lanes.enlarged", "length", length)
		}
		fmt.Fprintf(&b, `<text class="name" x="%.1f" y="%g">%s</text><text class="end" x="%.1f" y="%g">%s</text>`,
			x(v.lane.From), v.text, v.name, x(v.lane.To), v.text, template.HTMLEscapeString(length))
	}
	for _, s := range l.Bridges {
		drawBridge(&b, s, x, lower)
	}
	if len(l.Bridges) > 1 {
		for _, s := range l.Bridges {
			mid := (x(s.A[0]) + x(s.A[1]) + x(s.B[0]) + x(s.B[1])) / 4
			y := laneTop + laneHigh + laneApart/2
			fmt.Fprintf(&b, `<circle class="plate" cx="%.1f" cy="%g" r="8"/><text class="count" x="%.1f" y="%g">%d</text>`, mid, y, mid, y+4, s.Number)
		}
	}
	b.WriteString("</svg>")
	return template.HTML(b.String())
}

// drawBridge draws one shared stretch: filled in both bars, and a face between
// them, which is open and dashed where the times are uncertain.
func drawBridge(b *strings.Builder, s strip.Bridge, x func(float64) float64, lower float64) {
	class := "bridge"
	if s.Uncertain {
		class = "bridge unsure"
	}
	const upper = laneTop + laneHigh
	fmt.Fprintf(b, `<path class="%s" d="M%.1f %gL%.1f %gL%.1f %gL%.1f %gZ"/>`,
		class, x(s.A[0]), upper, x(s.A[1]), upper, x(s.B[1]), lower, x(s.B[0]), lower)
	for _, v := range []struct {
		at [2]float64
		y  float64
	}{{s.A, laneTop}, {s.B, lower}} {
		fmt.Fprintf(b, `<rect class="stretch" x="%.1f" y="%g" width="%.1f" height="%g"/>`, x(v.at[0]), v.y, x(v.at[1])-x(v.at[0]), laneHigh)
	}
}
