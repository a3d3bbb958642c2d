package verify

import (
	"cmp"
	"math"
	"slices"
	"strings"
	"time"

	"github.com/firsthand-media/firsthand/extract/source"
)

// Known is an incident that others have documented, as their table states it.
// It is something to look up and never evidence: nothing is grouped, joined or
// dated by it.
type Known struct {
	Set         string      `json:"set"` // the collection that it was loaded with
	ID          string      `json:"id"`  // in that collection
	Title       source.Text `json:"title"`
	Description source.Text `json:"description"`
	Date        source.Text `json:"date"` // YYYY-MM-DD on the clocks of the place; "" is unknown
	Latitude    *float64    `json:"latitude"`
	Longitude   *float64    `json:"longitude"`
	AccuracyM   *float64    `json:"accuracy_m"` // how far off the position may be, as stated or by the digits it is written with
	Place       source.Text `json:"place"`
	Source      source.Text `json:"source"` // who documented it, where the collection says so of each entry
	Links       []string    `json:"links"`
	Hidden      int         `json:"hidden_sources"` // sources that the collection has and does not show
}

// KnownNear is a known incident near a place and a time.
type KnownNear struct {
	ID        string      `json:"id"`
	Title     source.Text `json:"title"`
	Date      source.Text `json:"date"`
	DistanceM float64     `json:"distance_m"` // between the two positions, whole metres
	Source    source.Text `json:"source"`     // who documented it, else the collection
	URL       source.Text `json:"url"`
	Place     source.Text `json:"place"`
	Known     *Known      `json:"-"` // all that is known of it
}

// KnownQuery is a place and a time to look around. Without From and To any
// date fits, also an unknown one; without a position any place does.
type KnownQuery struct {
	Latitude, Longitude *float64
	RadiusM             float64 // how far from there the event may have been
	From, To            *time.Time
}

const (
	nearbyM  = 1000 // metres beyond what both positions leave open: the same event is often placed at another house
	dayApart = 1    // days on either side: zones differ, and so do reports of what happened at night
	mostNear = 10   // of one incident
	earthM   = 6_371_000
)

// KnownIndex finds known incidents by day and place. A nil index has none.
type KnownIndex struct {
	known []Known
	days  []int64 // with any, ascending
	byDay map[int64][]int32
	open  []int32 // without a date
}

// NewKnownIndex makes an index; the entries are not copied.
func NewKnownIndex(known []Known) *KnownIndex {
	x := &KnownIndex{known: known, byDay: map[int64][]int32{}}
	for i := range known {
		day, ok := dayNumber(string(known[i].Date))
		if !ok {
			x.open = append(x.open, int32(i))
			continue
		}
		if len(x.byDay[day]) == 0 {
			x.days = append(x.days, day)
		}
		x.byDay[day] = append(x.byDay[day], int32(i))
	}
	slices.Sort(x.days)
	return x
}

// dayNumber counts days since 1970.
func dayNumber(date string) (int64, bool) {
	t, err := time.Parse(time.DateOnly, date)
	return dayOf(t), err == nil
}

func dayOf(t time.Time) int64 { return int64(math.Floor(float64(t.Unix()) / 86_400)) }

// Near gives what others have documented near an incident and on its day or
// one beside it: the nearest first, at most ten. It is empty where the time or
// the place of the incident is not known.
func (x *KnownIndex) Near(inc *Incident) []KnownNear {
	q := KnownQuery{Latitude: inc.Latitude, Longitude: inc.Longitude, From: inc.Earliest, To: inc.Latest}
	if q.From == nil {
		q.From = q.To
	}
	if q.To == nil {
		q.To = q.From
	}
	if q.From == nil || q.Latitude == nil || q.Longitude == nil {
		return []KnownNear{}
	}
	if inc.RadiusM != nil {
		q.RadiusM = *inc.RadiusM
	}
	found := x.Find(q)
	return found[:min(len(found), mostNear)]
}

// Find gives every known incident that fits a query, by distance, then by
// date and id.
func (x *KnownIndex) Find(q KnownQuery) []KnownNear {
	found := []KnownNear{}
	if x == nil {
		return found
	}
	x.each(q, func(k *Known) {
		distance, ok := q.distance(k)
		if !ok {
			return
		}
		n := KnownNear{ID: k.ID, Title: k.Title, Date: k.Date, DistanceM: distance, Source: k.Source, Place: k.Place, Known: k}
		if n.Source == "" {
			n.Source = source.Text(k.Set)
		}
		if len(k.Links) > 0 {
			n.URL = source.Text(k.Links[0])
		}
		found = append(found, n)
	})
	slices.SortFunc(found, func(a, b KnownNear) int {
		return cmp.Or(cmp.Compare(a.DistanceM, b.DistanceM), cmp.Compare(a.Date, b.Date), cmp.Compare(a.Source, b.Source), cmp.Compare(a.ID, b.ID))
	})
	return found
}

// each visits the entries whose date fits.
func (x *KnownIndex) each(q KnownQuery, visit func(*Known)) {
	first, last := int64(math.MinInt64), int64(math.MaxInt64)
	if q.From != nil {
		first = dayOf(*q.From) - dayApart
	}
	if q.To != nil {
		last = dayOf(*q.To) + dayApart
	}
	at, _ := slices.BinarySearch(x.days, first)
	for ; at < len(x.days) && x.days[at] <= last; at++ {
		for _, i := range x.byDay[x.days[at]] {
			visit(&x.known[i])
		}
	}
	if q.From == nil && q.To == nil {
		for _, i := range x.open {
			visit(&x.known[i])
		}
	}
}

// distance tells whether the position of an entry fits, and how far away it
// is; 0 where the query names no place.
func (q KnownQuery) distance(k *Known) (float64, bool) {
	if q.Latitude == nil || q.Longitude == nil {
		return 0, true
	}
	if k.Latitude == nil || k.Longitude == nil {
		return 0, false
	}
	reach := max(q.RadiusM, 0) + nearbyM
	if k.AccuracyM != nil {
		reach += *k.AccuracyM
	}
	d := Metres(*q.Latitude, *q.Longitude, *k.Latitude, *k.Longitude)
	return math.Round(d), d <= reach
}

// Metres is the distance of two positions in degrees along the earth's surface
// (haversine).
func Metres(aLat, aLon, bLat, bLon float64) float64 {
	const r = math.Pi / 180
	s := math.Sin((bLat - aLat) * r / 2)
	t := math.Sin((bLon - aLon) * r / 2)
	return 2 * earthM * math.Asin(math.Min(1, math.Sqrt(s*s+math.Cos(aLat*r)*math.Cos(bLat*r)*t*t)))
}

// mostWhat is how many letters What gives.
const mostWhat = 120

// What names the entry in a few words.
func (k *Known) What() string {
	title := k.Title
	if title == "" {
		title = k.Description
	}
	words := []rune(strings.Join(strings.Fields(k.ID+" "+string(k.Date)+" "+string(title)), " "))
	if len(words) > mostWhat {
		words = append(words[:mostWhat-1], '…')
	}
	return string(words)
}
