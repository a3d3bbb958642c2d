package api

import (
	"cmp"
	"context"
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/firsthand-media/firsthand/extract"
	"github.com/firsthand-media/firsthand/verify"
	"github.com/firsthand-media/firsthand/verify/desk"
)

// Difference is one thing in which two items differ.
type Difference struct {
	What string `json:"what" say:"sentence.compare"` // "width", "best time", "EXIF:Model"
	A    string `json:"a" say:"sentence.value"`      // "" where it has none
	B    string `json:"b" say:"sentence.value"`
	By   string `json:"by" say:"sentence"` // from A to B: "−2 px", "+3 h"; "" where there is no number to it
}

// minus is the sign, not the hyphen.
const minus = "−"

// differences are the facts in which two items differ; what is alike is left
// out.
func (v *View) differences(a, b *verify.Item) []Difference {
	d := differing{list: []Difference{}}
	x, y := &a.Media, &b.Media
	d.text("type", x.MediaType, y.MediaType)
	widthA, heightA := upright(x)
	widthB, heightB := upright(y)
	d.number("width", float64(widthA), float64(widthB), "px", 0)
	d.number("height", float64(heightA), float64(heightB), "px", 0)
	d.number("length", valueOf(x.DurationSeconds), valueOf(y.DurationSeconds), "s", 2)
	d.number("frame rate", valueOf(x.FrameRate), valueOf(y.FrameRate), "per s", 2)
	d.text("codecs", strings.Join(x.Codecs, ", "), strings.Join(y.Codecs, ", "))
	d.size("size", a.Size, b.Size)
	d.moment("best time", v.bestTime(a), v.bestTime(b))
	d.place("best place", v.bestPlace(a), v.bestPlace(b))
	d.text("maker", string(x.Device.Make), string(y.Device.Make))
	d.text("model", string(x.Device.Model), string(y.Device.Model))
	d.text("serial number", string(x.Device.Serial), string(y.Device.Serial))
	d.text("lens", string(x.Device.Lens), string(y.Device.Lens))
	d.text("software", string(x.Device.Software), string(y.Device.Software))
	d.text("sources", strings.Join(desk.SourcesOf(a), ", "), strings.Join(desk.SourcesOf(b), ", "))
	return d.list
}

// differing gathers differences.
type differing struct{ list []Difference }

func (d *differing) text(what, a, b string) {
	if a != b {
		d.list = append(d.list, Difference{what, shortened(a, longestValue), shortened(b, longestValue), ""})
	}
}

// number sets two numbers beside each other, 0 being unknown.
func (d *differing) number(what string, a, b float64, unit string, decimals int) {
	if a == b {
		return
	}
	say := func(x float64) string {
		if x == 0 {
			return ""
		}
		return trimmed(x, decimals) + " " + unit
	}
	one := Difference{What: what, A: say(a), B: say(b)}
	if a != 0 && b != 0 {
		if one.A == one.B {
			return
		}
		one.By = signed(b-a, trimmed(math.Abs(b-a), decimals)) + " " + unit
	}
	d.list = append(d.list, one)
}

func (d *differing) size(what string, a, b int64) {
	if a == b {
		return
	}
	d.list = append(d.list, Difference{what, bytesText(a), bytesText(b), signed(float64(b-a), bytesText(max(b-a, a-b)))})
}

// moment sets two times beside each other. The difference is that of their
// instants, where both are known; of two clocks whose zones nobody knows that
// of the readings.
func (d *differing) moment(what string, a, b *extract.Time) {
	one := Difference{What: what}
	if a != nil {
		one.A = when(a).Text
	}
	if b != nil {
		one.B = when(b).Text
	}
	if one.A == one.B {
		return
	}
	if by, ok := between(a, b); ok {
		one.By = signed(float64(by), lasting(by.Abs()))
	}
	d.list = append(d.list, one)
}

// between is by how much b is later than a; ok is false where nothing says.
func between(a, b *extract.Time) (by time.Duration, ok bool) {
	if a == nil || b == nil {
		return 0, false
	}
	wallA, _, okA := a.Wall()
	wallB, _, okB := b.Wall()
	switch floating := a.Zone == extract.Floating; {
	case floating != (b.Zone == extract.Floating):
		return 0, false // one of the zones is not known
	case floating:
		by, ok = wallB.Sub(wallA), okA && okB
	default:
		by, ok = b.Earliest.Sub(a.Earliest), !a.Earliest.IsZero() && !b.Earliest.IsZero()
	}
	if a.Precision == extract.Day || b.Precision == extract.Day {
		by = by.Round(24 * time.Hour)
	}
	return by, ok && by != 0
}

func (d *differing) place(what string, a, b *extract.Place) {
	x, y := placeText(a), placeText(b)
	if x == y {
		return
	}
	one := Difference{What: what, A: x, B: y}
	if a != nil && b != nil {
		if m, ok := metresBetween(spot(a), spot(b)); ok {
			one.By = distanceText(m) + " apart"
		}
	}
	d.list = append(d.list, one)
}

func placeText(p *extract.Place) string {
	switch {
	case p == nil:
		return ""
	case p.Latitude == nil || p.Longitude == nil:
		return string(p.Name)
	}
	return fmt.Sprintf("%.4f, %.4f", *p.Latitude, *p.Longitude)
}

// compareFields sets the tags of two items beside each other, read from the
// originals where these are there.
func compareFields(ctx context.Context, c *Case, in PairIn) (FieldsDiffer, error) {
	_, a, b, err := c.pairOf(ctx, in)
	if err != nil {
		return FieldsDiffer{}, err
	}
	out := FieldsDiffer{List: []Difference{}, Unread: []string{}}
	var tags [2]Fields
	for i, it := range []*verify.Item{a, b} {
		read, err := c.inspected(ctx, it)
		switch {
		case ctx.Err() != nil:
			return FieldsDiffer{}, ctx.Err()
		case err != nil:
			out.Unread = append(out.Unread, err.Error())
			tags[i] = fieldsOf(it, false)
		default:
			tags[i] = fieldsOf(read, true)
		}
	}
	out.List, out.Same = tagsDiffer(tags[0].Tags, tags[1].Tags)
	return out, nil
}

// FieldsDiffer is the tags in which two items differ.
type FieldsDiffer struct {
	List   []Difference `json:"list"`
	Same   int          `json:"same"`                  // tags that are alike
	Unread []string     `json:"unread" say:"sentence"` // why originals were not read; what the case stores stands for them
}

// tagsDiffer compares tags by their group and name, those of A first.
func tagsDiffer(a, b []FieldTag) (list []Difference, same int) {
	list = []Difference{}
	name := func(t FieldTag) string { return t.Group + ":" + t.Name }
	of := map[string]FieldTag{}
	for _, t := range b {
		of[name(t)] = t
	}
	met := map[string]bool{}
	for _, t := range a {
		met[name(t)] = true
		other := of[name(t)]
		if other.Value == t.Value {
			same++
			continue
		}
		list = append(list, Difference{name(t), t.Value, other.Value, numbersDiffer(t.Value, other.Value)})
	}
	for _, t := range b {
		if !met[name(t)] {
			list = append(list, Difference{name(t), "", t.Value, ""})
		}
	}
	slices.SortStableFunc(list, func(x, y Difference) int {
		return cmp.Compare(order(x.A == "" || x.B == ""), order(y.A == "" || y.B == ""))
	})
	return list, same
}

// numbersDiffer is the difference of two values that are numbers, or times as
// ExifTool writes them, "" for others.
func numbersDiffer(a, b string) string {
	x, errX := strconv.ParseFloat(a, 64)
	y, errY := strconv.ParseFloat(b, 64)
	if errX == nil && errY == nil && !math.IsInf(y-x, 0) && !math.IsNaN(y-x) {
		return signed(y-x, trimmed(math.Abs(y-x), 6))
	}
	const layout = "2006:01:02 15:04:05"
	s, errS := time.Parse(layout, a)
	t, errT := time.Parse(layout, b)
	if errS == nil && errT == nil {
		return signed(float64(t.Sub(s)), lasting(t.Sub(s).Abs()))
	}
	return ""
}

// signed puts the sign of a number before its text.
func signed(x float64, text string) string {
	if x < 0 {
		return minus + text
	}
	return "+" + text
}

// trimmed writes a number to so many decimals and no needless zeros.
func trimmed(x float64, decimals int) string {
	text := strconv.FormatFloat(x, 'f', decimals, 64)
	if decimals > 0 {
		text = strings.TrimRight(strings.TrimRight(text, "0"), ".")
	}
	return text
}

func valueOf(x *float64) float64 {
	if x == nil {
		return 0
	}
	return *x
}

// bytesText writes a size for people.
func bytesText(n int64) string {
	switch {
	case n < 1000:
		return fmt.Sprintf("%d bytes", n)
	case n < 1_000_000:
		return fmt.Sprintf("%.1f kB", float64(n)/1e3)
	}
	return fmt.Sprintf("%.1f MB", float64(n)/1e6)
}
