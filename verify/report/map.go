package report

import (
	"fmt"
	"html/template"
	"math"
	"strings"

	"github.com/firsthand-media/firsthand/verify"
)

// The map is drawn without a base map: it needs nothing from elsewhere, and a
// grid of degrees with a scale says as much as it can honestly say.
const (
	mapWidth  = 880.0
	mapHeight = 460.0
	mapMargin = 52.0
)

// mapView is the map with what a reader needs beside it.
type mapView struct {
	SVG     template.HTML // "" when no incident has a position
	Extent  string        // how far the shown positions lie apart
	Placed  int
	Circles bool        // some radius is large enough to be drawn
	Counted bool        // too many for a mark each: places with their number of incidents
	Named   []namedView // incidents that only captions place, by name
	Nowhere int         // neither a position nor a name
}

// namedView is the incidents for which captions give one name.
type namedView struct {
	Name      string
	Incidents []incidentView
}

// mostNamed bounds the incidents that are listed by name beside the map.
const mostNamed = 200

// plan projects degrees to the drawing: equirectangular, true to scale in the
// middle latitude.
type plan struct {
	w             Words
	lat0, lon0    float64 // centre
	shrink        float64 // cosine of the middle latitude
	perDegree     float64 // drawing units for a degree of latitude
	south, north  float64
	west, east    float64 // east may pass 180 where the positions lie on both sides of it
	metresPerUnit float64
}

// metresPerDegree is the mean length of a degree of latitude.
const metresPerDegree = 111_195

func newPlan(v []incidentView, w Words) (plan, bool) {
	p := plan{w: w, south: 90, north: -90}
	var lons []float64
	for i := range v {
		lat, lon, ok := position(&v[i])
		if !ok {
			continue
		}
		p.south, p.north = math.Min(p.south, lat), math.Max(p.north, lat)
		lons = append(lons, lon)
	}
	if len(lons) == 0 {
		return p, false
	}
	p.west, p.east = longitudes(lons)
	p.lat0, p.lon0 = (p.south+p.north)/2, (p.west+p.east)/2
	p.shrink = math.Max(0.05, math.Cos(p.lat0*math.Pi/180))
	const least = 0.02 // degrees: a single place is shown with its surroundings
	height := math.Max(p.north-p.south, least)
	width := math.Max((p.east-p.west)*p.shrink, least)
	p.perDegree = math.Min((mapHeight-2*mapMargin)/height, (mapWidth-2*mapMargin)/width)
	p.metresPerUnit = metresPerDegree / p.perDegree
	return p, true
}

// position is that of an incident, if it has one on earth.
func position(v *incidentView) (lat, lon float64, ok bool) {
	if v.Latitude == nil || v.Longitude == nil {
		return 0, 0, false
	}
	lat, lon = *v.Latitude, *v.Longitude
	return lat, lon, math.Abs(lat) <= 90 && math.Abs(lon) <= 180 // also false for NaN
}

// longitudes bounds lons the shorter way round the earth.
func longitudes(lons []float64) (west, east float64) {
	bounds := func(from float64) (west, east float64) {
		west, east = math.Inf(1), math.Inf(-1)
		for _, l := range lons {
			if l < from {
				l += 360
			}
			west, east = math.Min(west, l), math.Max(east, l)
		}
		return west, east
	}
	w0, e0 := bounds(-180)
	w1, e1 := bounds(0)
	if e1-w1 < e0-w0-1e-9 {
		return w1, e1
	}
	return w0, e0
}

func (p plan) xy(lat, lon float64) (x, y float64) {
	if lon < p.west-1e-9 {
		lon += 360
	}
	return mapWidth/2 + (lon-p.lon0)*p.shrink*p.perDegree, mapHeight/2 - (lat-p.lat0)*p.perDegree
}

// drawMap draws the incidents that have a position, and lists those that only
// have a name.
func drawMap(v []incidentView, w Words) mapView {
	m := namedOnly(v)
	p, ok := newPlan(v, w)
	if !ok {
		return m
	}
	var b strings.Builder
	fmt.Fprintf(&b, `<svg class="map" viewBox="0 0 %g %g" role="group" aria-label="%s">`, mapWidth, mapHeight, template.HTMLEscapeString(w.T("report.map.label")))
	p.grid(&b)
	for i := range v {
		lat, lon, ok := position(&v[i])
		if !ok {
			continue
		}
		m.Placed++
		if v[i].RadiusM == nil || len(v) > mostRows {
			continue
		}
		x, y := p.xy(lat, lon)
		if r := *v[i].RadiusM / p.metresPerUnit; r > 12 && r < mapWidth {
			fmt.Fprintf(&b, `<circle class="radius" cx="%.1f" cy="%.1f" r="%.1f"/>`, x, y, r)
			m.Circles = true
		}
	}
	if m.Counted = m.Placed > mostRows; m.Counted {
		drawCounts(&b, bunches(v, p), w)
	} else {
		drawBunches(&b, arrange(bunches(v, p), p.scaleWidth()))
	}
	p.scale(&b)
	b.WriteString(`</svg>`)
	m.SVG, m.Extent = template.HTML(b.String()), p.extent(m.Placed)
	return m
}

// namedOnly lists the incidents without a position by the name that captions
// give, in order of the first of each.
func namedOnly(v []incidentView) mapView {
	var m mapView
	at := map[string]int{}
	listed := 0
	for i := range v {
		if _, _, ok := position(&v[i]); ok {
			continue
		}
		name := named(&v[i])
		if name == "" {
			m.Nowhere++
			continue
		}
		if listed++; listed > mostNamed {
			continue
		}
		k, ok := at[name]
		if !ok {
			k = len(m.Named)
			at[name] = k
			m.Named = append(m.Named, namedView{Name: name})
		}
		m.Named[k].Incidents = append(m.Named[k].Incidents, v[i])
	}
	return m
}

// extent says in words how far the positions lie apart.
func (p plan) extent(placed int) string {
	if placed == 1 {
		return p.w.T("report.map.one")
	}
	return p.w.T("report.map.extent", "n", placed,
		"east", p.w.distance((p.east-p.west)*p.shrink*metresPerDegree), "north", p.w.distance((p.north-p.south)*metresPerDegree))
}

// grid draws whole steps of degrees with their labels.
func (p plan) grid(b *strings.Builder) {
	fmt.Fprintf(b, `<rect class="ground" width="%g" height="%g"/>`, mapWidth, mapHeight)
	south := math.Max(-90, p.lat0-mapHeight/2/p.perDegree)
	north := math.Min(90, p.lat0+mapHeight/2/p.perDegree)
	west := p.lon0 - mapWidth/2/p.perDegree/p.shrink
	east := p.lon0 + mapWidth/2/p.perDegree/p.shrink
	step := niceStep((north - south) / 4)
	for k := math.Ceil(south / step); k*step <= north; k++ {
		_, y := p.xy(k*step, p.lon0)
		fmt.Fprintf(b, `<line class="grid" x1="0" x2="%g" y1="%.1f" y2="%.1f"/>`, mapWidth, y, y)
		if y > 52 && y < mapHeight-24 { // clear of the north arrow and the lower labels
			fmt.Fprintf(b, `<text class="deg" x="6" y="%.1f">%s</text>`, y-4, template.HTMLEscapeString(p.w.latitude(gridDecimals(step), k*step)))
		}
	}
	step = niceStep((east - west) / 7)
	for k := math.Ceil(west / step); k*step <= east; k++ {
		x := mapWidth/2 + (k*step-p.lon0)*p.shrink*p.perDegree
		fmt.Fprintf(b, `<line class="grid" y1="0" y2="%g" x1="%.1f" x2="%.1f"/>`, mapHeight, x, x)
		if x < mapWidth-52 {
			fmt.Fprintf(b, `<text class="deg" x="%.1f" y="%g">%s</text>`, x+4, mapHeight-7, template.HTMLEscapeString(p.w.longitude(gridDecimals(step), roundEarth(k*step))))
		}
	}
}

// roundEarth brings a longitude back to -180 … 180.
func roundEarth(lon float64) float64 {
	return lon - 360*math.Floor((lon+180)/360)
}

// gridDecimals is how many decimals tell neighbouring lines apart.
func gridDecimals(step float64) int { return int(math.Max(0, math.Ceil(-math.Log10(step)-1e-9))) }

// niceStep is 1, 2 or 5 times a power of ten, near v.
func niceStep(v float64) float64 {
	if !(v > 0) || math.IsInf(v, 1) {
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

// scaleMetres is the length of the scale: a round number, about an eighth of
// the map.
func (p plan) scaleMetres() float64 { return niceStep(mapWidth / 8 * p.metresPerUnit) }

func (p plan) scaleWidth() float64 { return p.scaleMetres() / p.metresPerUnit }

func (p plan) scale(b *strings.Builder) {
	metres, w := p.scaleMetres(), p.scaleWidth()
	x, y := mapWidth-20-w, 28.0
	fmt.Fprintf(b, `<path class="scale" d="M%.1f %.1fv6h%.1fv-6"/><text class="deg end" x="%g" y="%.1f">%s</text>`, x, y, w, mapWidth-20, y-4, template.HTMLEscapeString(p.w.distance(metres)))
	fmt.Fprintf(b, `<path class="scale" d="M24 36v-22l-5 8m5-8l5 8"/><text class="deg" x="34" y="26">%s</text>`, template.HTMLEscapeString(p.w.T("report.map.north")))
}

// state is the class of an incident's standing.
func state(v *incidentView) string {
	if v.Status == verify.Confirmed {
		return "confirmed"
	}
	return "candidate"
}
