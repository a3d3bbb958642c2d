package api

import (
	"cmp"
	"slices"
	"sync"
	"time"

	"github.com/firsthand-media/firsthand/extract"
	"github.com/firsthand-media/firsthand/verify/search"
)

// Orders of the gallery.
const (
	byTime   = "time" // the oldest first; what has no time comes last
	byNewest = "newest"
	byPath   = "path"
	bySize   = "size"   // the largest first
	byLength = "length" // the longest first
	byCopies = "copies" // the most first
)

// Groupings of the gallery.
const (
	byDay      = "day"
	bySource   = "source"
	byCluster  = "cluster"
	byIncident = "incident"
)

// selected is an answer to a filter: indexes of items in order, and where each
// group of them begins.
type selected struct {
	filter search.Filter
	items  []int32
	groups []Group
}

// Group is a stretch of the gallery with a heading.
type Group struct {
	Label string `json:"label" say:"sentence.heading"`
	From  int    `json:"from"` // position of its first item
	Count int    `json:"count"`
}

// orders keeps the answers that were given last.
type orders struct {
	mu   sync.Mutex
	kept []keptOrder
}

type keptOrder struct {
	filter, sort, group string
	answer              *selected
}

const mostOrders = 8

// selection gives the items that a filter finds, as indexes of the view's, in
// the order of the gallery. A filter that cannot be meant is a
// [search.SyntaxError].
func (v *View) selection(filter, sort, group string) ([]int32, error) {
	answer, err := v.selects(filter, sort, group)
	if err != nil {
		return nil, err
	}
	return answer.items, nil
}

func (v *View) selects(filter, sort, group string) (*selected, error) {
	o := &v.worked().orders
	o.mu.Lock()
	defer o.mu.Unlock()
	for i, k := range o.kept {
		if k.filter == filter && k.sort == sort && k.group == group {
			o.kept = slices.Insert(slices.Delete(o.kept, i, i+1), 0, k)
			return k.answer, nil
		}
	}
	answer, err := v.find(filter, sort, group)
	if err != nil {
		return nil, err
	}
	o.kept = slices.Insert(o.kept, 0, keptOrder{filter, sort, group, answer})
	o.kept = o.kept[:min(len(o.kept), mostOrders)]
	return answer, nil
}

func (v *View) find(filter, sort, group string) (*selected, error) {
	q, err := search.Parse(filter)
	if err != nil {
		return nil, err
	}
	f, err := search.Compile(q, v.places)
	if err != nil {
		return nil, err
	}
	before, ok := sortings[cmp.Or(sort, byTime)]
	if !ok {
		return nil, refused("there is no order %q", sort)
	}
	of, ok := groupings[group]
	if !ok {
		return nil, refused("there is no grouping %q", group)
	}
	docs := v.worked().Documents
	out := &selected{filter: f, items: []int32{}, groups: []Group{}}
	for i := range docs {
		if f.Match(&docs[i]) {
			out.items = append(out.items, int32(i))
		}
	}
	slices.SortStableFunc(out.items, func(a, b int32) int { return before(&docs[a], &docs[b]) })
	if of != nil {
		out.divide(docs, of, sort == byNewest)
	}
	return out, nil
}

// sortings compare two items; items are by path to begin with.
var sortings = map[string]func(a, b *search.Document) int{
	byTime:   func(a, b *search.Document) int { return compareTimes(a, b, 1) },
	byNewest: func(a, b *search.Document) int { return compareTimes(a, b, -1) },
	byPath:   func(a, b *search.Document) int { return 0 },
	bySize:   func(a, b *search.Document) int { return cmp.Compare(b.Size, a.Size) },
	byLength: func(a, b *search.Document) int { return cmp.Compare(b.Seconds, a.Seconds) },
	byCopies: func(a, b *search.Document) int {
		return cmp.Or(cmp.Compare(b.Copies, a.Copies), cmp.Compare(a.Cluster, b.Cluster))
	},
}

// compareTimes puts in order by the middle of what the time can be, on or
// back; what has no time comes last either way.
func compareTimes(a, b *search.Document, direction int) int {
	if a.To.IsZero() || b.To.IsZero() {
		return cmp.Compare(lacking(a), lacking(b))
	}
	return direction * middle(a).Compare(middle(b))
}

func lacking(d *search.Document) int {
	if d.To.IsZero() {
		return 1
	}
	return 0
}

// middle is the instant halfway between the bounds of a time.
func middle(d *search.Document) time.Time { return d.From.Add(d.To.Sub(d.From) / 2) }

// heading names the group of a document, and where the group stands among
// others: by order, then by label.
type heading struct {
	order int64
	label string
}

// lastGroup is the order of the group of what has none.
const lastGroup = 1 << 62

// groupings give the group of a document; nil divides nothing.
var groupings = map[string]func(*search.Document) heading{
	"": nil,
	byDay: func(d *search.Document) heading {
		switch {
		case d.To.IsZero():
			return heading{lastGroup, "No time"}
		case d.To.Sub(d.From) > 24*time.Hour && d.ZoneKnown:
			return heading{lastGroup - 1, "Known to more than a day"}
		}
		day := middle(d)
		if !d.ZoneKnown {
			day = d.From.Add(easternmost)
		}
		return heading{day.Unix() / 86400, dayLabel(day, d.ZoneKnown)}
	},
	bySource: func(d *search.Document) heading {
		if len(d.Sources) == 0 {
			return heading{lastGroup, "No source"}
		}
		return heading{0, d.Sources[0]}
	},
	byCluster: func(d *search.Document) heading {
		if d.Cluster == "" {
			return heading{lastGroup, "No copies"}
		}
		return heading{0, "Copies " + d.Cluster}
	},
	byIncident: func(d *search.Document) heading {
		if d.Incident == "" {
			return heading{lastGroup, "In no incident"}
		}
		return heading{0, "Incident " + d.Incident}
	},
}

// easternmost is how far before its reading, taken as UTC, a clock without a
// zone can have shown it (see extract.Time).
const easternmost = 14 * time.Hour

// dayLabel names a day: in UTC, or as a clock without a zone shows it.
func dayLabel(day time.Time, zoneKnown bool) string {
	if zoneKnown {
		return day.Format("2 Jan 2006") + " UTC"
	}
	return day.Format("2 Jan 2006") + ", zone unknown"
}

// divide puts what was found into groups, in each of which the order stays;
// the newest day first where the newest item is.
func (s *selected) divide(docs []search.Document, of func(*search.Document) heading, newest bool) {
	headings := make(map[int32]heading, len(s.items))
	for _, i := range s.items {
		h := of(&docs[i])
		if newest && h.order < lastGroup-1 {
			h.order = -h.order
		}
		headings[i] = h
	}
	slices.SortStableFunc(s.items, func(a, b int32) int {
		x, y := headings[a], headings[b]
		return cmp.Or(cmp.Compare(x.order, y.order), cmp.Compare(x.label, y.label))
	})
	for at, i := range s.items {
		label := headings[i].label
		if n := len(s.groups); n == 0 || s.groups[n-1].Label != label {
			s.groups = append(s.groups, Group{Label: label, From: at})
		}
		s.groups[len(s.groups)-1].Count++
	}
}

// trusted says whether a time is one to rely on: of a device or a platform, in
// a zone that is known.
func trusted(d *search.Document) bool {
	return d.ZoneKnown && (d.Trust == extract.TrustDevice || d.Trust == extract.TrustPlatform)
}
