package report

import (
	"fmt"
	"math"
	"strings"
	"testing"
	"time"

	"github.com/firsthand-media/firsthand/verify"
)

func TestNiceStep(t *testing.T) {
	for v, want := range map[float64]float64{0.013: 0.01, 0.016: 0.02, 0.04: 0.05, 0.08: 0.1, 1: 1, 1.4: 1, 3: 2, 6: 5, 8: 10, 3600: 5000, 0: 1, -1: 1, math.Inf(1): 1} {
		if got := niceStep(v); math.Abs(got-want) > 1e-12 {
			t.Errorf("niceStep(%g) = %g, want %g", v, got, want)
		}
	}
	if got := niceStep(math.NaN()); got != 1 {
		t.Errorf("niceStep(NaN) = %g", got)
	}
}

func TestGridLabelsSayAsMuchAsTheStep(t *testing.T) {
	for _, c := range []struct {
		v, step float64
		want    string
	}{{46, 1, "46° E"}, {46.5, 0.5, "46.5° E"}, {-46.02, 0.02, "46.02° W"}, {0, 5, "0° E"}, {46.005, 0.005, "46.005° E"}} {
		if got := In(nil).longitude(gridDecimals(c.step), c.v); got != c.want {
			t.Errorf("the line at %g, in steps of %g, is %q, want %q", c.v, c.step, got, c.want)
		}
	}
	if got := roundEarth(182); got != -178 {
		t.Errorf("182° is %g", got)
	}
}

func placed(n int, lat, lon float64) incidentView {
	return incidentView{Incident: verify.Incident{Latitude: &lat, Longitude: &lon, Status: verify.Candidate}, Number: n, Anchor: fmt.Sprintf("I-%d", n)}
}

func TestMapKeepsDistancesAndEdges(t *testing.T) {
	v := []incidentView{placed(1, 46.2, 25.1), placed(2, 46.5, 25.1), placed(3, 46.2, 25.5)}
	p, ok := newPlan(v, In(nil))
	if !ok {
		t.Fatal("no plan")
	}
	for _, inc := range v {
		x, y := p.xy(*inc.Latitude, *inc.Longitude)
		if x < mapMargin-1 || x > mapWidth-mapMargin+1 || y < mapMargin-1 || y > mapHeight-mapMargin+1 {
			t.Errorf("incident %d stands at %.0f, %.0f: over the edge", inc.Number, x, y)
		}
	}
	x1, y1 := p.xy(46.2, 25.1)
	_, y2 := p.xy(46.5, 25.1)
	x3, _ := p.xy(46.2, 25.5)
	north, east := (y1-y2)*p.metresPerUnit/1000, (x3-x1)*p.metresPerUnit/1000
	if math.Abs(north-33.4) > 0.2 || math.Abs(east-30.8) > 0.3 { // 0.3° of latitude; 0.4° of longitude at 46.35°
		t.Errorf("0.3° north is %.1f km and 0.4° east %.1f km on the map", north, east)
	}
}

func TestMapAcrossTheDateLineIsSmall(t *testing.T) {
	p, _ := newPlan([]incidentView{placed(1, -17, 179.5), placed(2, -17, -179.5)}, In(nil))
	if d := p.east - p.west; math.Abs(d-1) > 1e-9 {
		t.Errorf("the map is %g° wide, want 1°", d)
	}
	x1, _ := p.xy(-17, 179.5)
	x2, _ := p.xy(-17, -179.5)
	if x2 <= x1 {
		t.Error("the point further east stands further west")
	}
}

func TestMapTakesNoImpossiblePosition(t *testing.T) {
	m := drawMap([]incidentView{placed(1, math.NaN(), 25), placed(2, 200, 25), placed(3, 46, math.Inf(1))}, In(nil))
	if m.SVG != "" || m.Nowhere != 3 {
		t.Errorf("drawn: %d with a position", m.Placed)
	}
}

// TestMapMarksStandFree puts many incidents near each other: no dot or card
// may cover another, and a full card says how many more there are.
func TestMapMarksStandFree(t *testing.T) {
	var v []incidentView
	for i := range 30 {
		angle, far := float64(i)*2.4, 0.004*float64(i)
		v = append(v, placed(i+1, 46+far*math.Sin(angle), 25+far*math.Cos(angle)))
	}
	for range 30 {
		v = append(v, placed(len(v)+1, 46.05, 25.05))
	}
	p, _ := newPlan(v, In(nil))
	all := arrange(bunches(v, p), p.scaleWidth())
	n := 0
	for i, b := range all {
		n += len(b.in)
		for _, o := range all[:i] {
			if b.box().meets(o.box()) {
				t.Errorf("the mark of %d covers that of %d", b.in[0].Number, o.in[0].Number)
			}
		}
	}
	if n != len(v) {
		t.Errorf("%d incidents on the map, want %d", n, len(v))
	}
	if svg := string(drawMap(v, In(nil)).SVG); !strings.Contains(svg, `<text class="more"`) {
		t.Error("a full card does not say how many more there are")
	}
}

// TestMapCountsVeryMany checks that the circles hold every incident once and
// that none covers the number of another.
func TestMapCountsVeryMany(t *testing.T) {
	var v []incidentView
	for i := range 2000 {
		v = append(v, placed(i+1, 46+float64(i%50)/100, 25+float64(i%41)/100))
	}
	m := drawMap(v, In(nil))
	total := 0
	for _, part := range strings.Split(string(m.SVG), "<title>")[1:] {
		var n int
		fmt.Sscanf(part, "%d incident", &n)
		total += n
	}
	if !m.Counted || total != 2000 {
		t.Errorf("the circles hold %d incidents", total)
	}
	p, _ := newPlan(v, In(nil))
	all := bunches(v, p)
	for i, b := range all {
		for _, o := range all[:i] {
			if math.Hypot(b.x-o.x, b.y-o.y) < 2*dotRadius {
				t.Fatalf("the circle of %d covers that of %d", b.in[0].Number, o.in[0].Number)
			}
		}
	}
}

func spanning(n int, from, to string) incidentView {
	v := incidentView{Number: n, Anchor: fmt.Sprintf("I-%d", n), Incident: verify.Incident{Status: verify.Candidate}}
	if from != "" {
		v.Earliest = at(from)
	}
	if to != "" {
		v.Latest = at(to)
	}
	return v
}

func TestAxisKeepsOrderAndFoldsEmptyTime(t *testing.T) {
	times := []timeMark{
		{*at("2025-03-14T11:30:00Z"), *at("2025-03-14T11:30:00Z")},
		{*at("2025-09-02T05:12:00Z"), *at("2025-09-02T05:15:00Z")},
		{*at("2025-09-21T06:18:00Z"), *at("2025-09-21T06:20:00Z")},
	}
	a := newAxis(times, 0, 800, In(nil))
	if len(a.parts) != 2 {
		t.Fatalf("%d stretches, want March and September", len(a.parts))
	}
	last := math.Inf(-1)
	for day := *at("2025-03-10T00:00:00Z"); day.Before(*at("2025-09-25T00:00:00Z")); day = day.Add(12 * time.Hour) {
		x := a.x(day)
		if x < last || x < 0 || x > 800 {
			t.Fatalf("%s stands at %.1f, after %.1f", day.Format(time.DateOnly), x, last)
		}
		last = x
	}
	if w := a.x(times[2].from) - a.x(times[1].from); w < 300 {
		t.Errorf("September is %.0f wide of 800", w)
	}
}

func TestTimelineDrawsOpenSidesAsOpen(t *testing.T) {
	svg, counted := drawTimeline([]incidentView{
		spanning(1, "", "2025-09-02T05:12:00Z"),
		spanning(2, "2025-09-03T05:12:00Z", "2025-09-04T05:12:00Z"),
		spanning(3, "2025-09-05T05:12:00Z", ""),
		spanning(4, "", ""),
	}, In(nil))
	if counted || strings.Count(string(svg), `class="open`) != 2 || strings.Count(string(svg), `class="bar`) != 1 {
		t.Errorf("want two open bars and a closed one: %s", svg)
	}
	if svg, _ := drawTimeline([]incidentView{spanning(1, "", "")}, In(nil)); svg != "" {
		t.Error("a timeline without a time")
	}
}

// TestManyIncidentsAreCounted checks that the bars hold every incident once.
func TestManyIncidentsAreCounted(t *testing.T) {
	for _, every := range []time.Duration{time.Minute, 7 * time.Hour, 9 * 24 * time.Hour, 400 * 24 * time.Hour} {
		var v []incidentView
		for i := range 100 {
			from := at("1990-01-31T22:00:00Z").Add(time.Duration(i) * every)
			v = append(v, incidentView{Number: i + 1, Anchor: fmt.Sprintf("I-%d", i+1), Incident: verify.Incident{Earliest: &from}})
		}
		svg, counted := drawTimeline(v, In(nil))
		if !counted {
			t.Fatal("not counted")
		}
		total, bars := 0, 0
		for _, part := range strings.Split(string(svg), "<title>")[1:] {
			var n int
			fmt.Sscanf(part, "%d incident", &n)
			total += n
			bars++
		}
		if total != 100 || bars > 61 {
			t.Errorf("one every %v: %d bars with %d incidents", every, bars, total)
		}
		if every == 7*time.Hour && !strings.Contains(string(svg), `<a href="#I-2"><title>3 incidents from 1 Feb 1990`) { // 05:00, 12:00 and 19:00
			t.Errorf("the bar of 1 February does not hold its three incidents: %s", svg)
		}
	}
}
