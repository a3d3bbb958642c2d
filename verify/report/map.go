package report

import (
	"fmt"
	"html/template"
	"math"
	"strings"
)

// The map is drawn without a base map: it needs nothing from elsewhere, and a
// grid of degrees with a scale says as much as it can honestly say.
const (
	mapWidth  = 880.0
	mapHeight = 460.0
	mapMargin = 48.0
)

// plan projects degrees to the drawing: equirectangular, true to scale in the
// middle latitude.
type plan struct {
	lat0, lon0    float64 // centre
	shrink        float64 // cosine of the middle latitude
	perDegree     float64 // drawing units for a degree of latitude
	south, north  float64
	west, east    float64
	metresPerUnit float64
}

func newPlan(v []incidentView) (plan, bool) {
	p := plan{south: 90, north: -90, west: 180, east: -180}
	n := 0
	for _, inc := range v {
		if inc.Latitude == nil || inc.Longitude == nil {
			continue
		}
		n++
		p.south, p.north = math.Min(p.south, *inc.Latitude), math.Max(p.north, *inc.Latitude)
		p.west, p.east = math.Min(p.west, *inc.Longitude), math.Max(p.east, *inc.Longitude)
	}
	if n == 0 {
		return p, false
	}
	p.lat0, p.lon0 = (p.south+p.north)/2, (p.west+p.east)/2
	p.shrink = math.Max(0.05, math.Cos(p.lat0*math.Pi/180))
	const least = 0.02 // degrees: a single place is shown with its surroundings
	height := math.Max(p.north-p.south, least) * 1.15
	width := math.Max((p.east-p.west)*p.shrink, least) * 1.15
	p.perDegree = math.Min((mapHeight-2*mapMargin)/height, (mapWidth-2*mapMargin)/width)
	p.metresPerUnit = 111_195 / p.perDegree
	return p, true
}

func (p plan) xy(lat, lon float64) (x, y float64) {
	return mapWidth/2 + (lon-p.lon0)*p.shrink*p.perDegree, mapHeight/2 - (lat-p.lat0)*p.perDegree
}

// drawMap draws the incidents that have a position. It is empty when none has.
func drawMap(v []incidentView) template.HTML {
	p, ok := newPlan(v)
	if !ok {
		return ""
	}
	var b strings.Builder
	fmt.Fprintf(&b, `<svg class="map" viewBox="0 0 %g %g" role="img" aria-label="Map of the incidents that have a position">`, mapWidth, mapHeight)
	p.grid(&b)
	for _, inc := range v {
		if inc.Latitude == nil || inc.Longitude == nil || inc.RadiusM == nil {
			continue
		}
		x, y := p.xy(*inc.Latitude, *inc.Longitude)
		if r := *inc.RadiusM / p.metresPerUnit; r > 10 && r < mapWidth {
			fmt.Fprintf(&b, `<circle class="radius" cx="%.1f" cy="%.1f" r="%.1f"/>`, x, y, r)
		}
	}
	for _, m := range spread(v, p) {
		if m.moved {
			fmt.Fprintf(&b, `<line class="leader" x1="%.1f" y1="%.1f" x2="%.1f" y2="%.1f"/><circle class="spot" cx="%.1f" cy="%.1f" r="2.5"/>`, m.x, m.y, m.lx, m.ly, m.x, m.y)
		}
		fmt.Fprintf(&b, `<a href="#i%d"><title>%s</title><circle class="dot %s" cx="%.1f" cy="%.1f" r="11"/><text class="num" x="%.1f" y="%.1f">%d</text></a>`,
			m.inc.Number, template.HTMLEscapeString(m.inc.When), template.HTMLEscapeString(string(m.inc.Status)), m.lx, m.ly, m.lx, m.ly+4, m.inc.Number)
	}
	p.scale(&b)
	b.WriteString(`</svg>`)
	return template.HTML(b.String())
}

// marker is a dot with its number, moved aside where it would cover another.
type marker struct {
	inc          incidentView
	x, y, lx, ly float64
	moved        bool
}

func spread(v []incidentView, p plan) []marker {
	var out []marker
	for _, inc := range v {
		if inc.Latitude == nil || inc.Longitude == nil {
			continue
		}
		x, y := p.xy(*inc.Latitude, *inc.Longitude)
		m := marker{inc: inc, x: x, y: y, lx: x, ly: y}
		// Steps along a spiral until the dot stands free.
		for step := 0; step < 400 && covers(out, m.lx, m.ly); step++ {
			angle, far := float64(step)*0.7, 8+float64(step)*1.2
			m.lx, m.ly = x+far*math.Cos(angle), y+far*math.Sin(angle)
			m.moved = true
		}
		out = append(out, m)
	}
	return out
}

func covers(placed []marker, x, y float64) bool {
	for _, o := range placed {
		if math.Hypot(o.lx-x, o.ly-y) < 24 {
			return true
		}
	}
	return false
}

// grid draws whole steps of degrees with their labels.
func (p plan) grid(b *strings.Builder) {
	fmt.Fprintf(b, `<rect class="ground" width="%g" height="%g"/>`, mapWidth, mapHeight)
	south := p.lat0 - mapHeight/2/p.perDegree
	north := p.lat0 + mapHeight/2/p.perDegree
	west := p.lon0 - mapWidth/2/p.perDegree/p.shrink
	east := p.lon0 + mapWidth/2/p.perDegree/p.shrink
	step := niceStep((north - south) / 4)
	for k := math.Ceil(south / step); k*step <= north; k++ {
		_, y := p.xy(k*step, p.lon0)
		fmt.Fprintf(b, `<line class="grid" x1="0" x2="%g" y1="%.1f" y2="%.1f"/><text class="deg" x="4" y="%.1f">%s</text>`, mapWidth, y, y, y-3, gridLabel(k*step, step, "N", "S"))
	}
	step = niceStep((east - west) / 7)
	for k := math.Ceil(west / step); k*step <= east; k++ {
		x, _ := p.xy(p.lat0, k*step)
		fmt.Fprintf(b, `<line class="grid" y1="0" y2="%g" x1="%.1f" x2="%.1f"/><text class="deg" x="%.1f" y="%g">%s</text>`, mapHeight, x, x, x+3, mapHeight-5, gridLabel(k*step, step, "E", "W"))
	}
}

func gridLabel(v, step float64, pos, neg string) string {
	digits := int(math.Max(0, math.Ceil(-math.Log10(step)-1e-9)))
	if v < 0 {
		return fmt.Sprintf("%.*f° %s", digits, -v, neg)
	}
	return fmt.Sprintf("%.*f° %s", digits, v, pos)
}

// niceStep is 1, 2 or 5 times a power of ten, near v.
func niceStep(v float64) float64 {
	if v <= 0 {
		return 1
	}
	e := math.Pow(10, math.Floor(math.Log10(v)))
	switch f := v / e; {
	case f < 1.5:
		return e
	case f < 3.5:
		return 2 * e
	case f < 7.5:
		return 5 * e
	}
	return 10 * e
}

func (p plan) scale(b *strings.Builder) {
	metres := niceStep(160 * p.metresPerUnit)
	w := metres / p.metresPerUnit
	x, y := mapWidth-mapMargin/2-w, 26.0
	fmt.Fprintf(b, `<path class="scale" d="M%.1f %.1fv6h%.1fv-6"/><text class="deg" x="%.1f" y="%.1f">%s</text>`, x, y, w, x, y-4, distanceInWords(metres))
	fmt.Fprintf(b, `<path class="scale" d="M24 34v-20l-5 8m5-8l5 8"/><text class="deg" x="33" y="22">N</text>`)
}
