package api

import (
	"sync"
	"sync/atomic"

	"github.com/firsthand-media/firsthand/verify"
	"github.com/firsthand-media/firsthand/verify/desk"
)

// shelf is what is worked out of a view once, for cards and for filters.
type shelf struct {
	once  sync.Once
	stock atomic.Pointer[stock]
	*desk.Shelf
	orders orders
}

// stock is the part of a shelf that comes of the items alone. A view that has
// the same items as the one before takes it over.
type stock struct {
	of *verify.Item // the first of the items
	*desk.Stock
}

// worked gives the shelf of a view, filled.
func (v *View) worked() *shelf {
	v.shelf.once.Do(func() { v.shelf.fill(v) })
	return &v.shelf
}

// inherit takes over from the view before what holds of both.
func (v *View) inherit(before *View) { v.shelf.stock.Store(before.shelf.stock.Load()) }

func (s *shelf) fill(v *View) {
	have := s.stock.Load()
	if have == nil || have.Len() != len(v.Items) || len(v.Items) > 0 && have.of != &v.Items[0] {
		have = &stock{Stock: desk.NewStock(v.Items)}
		if len(v.Items) > 0 {
			have.of = &v.Items[0]
		}
		s.stock.Store(have)
	}
	s.Shelf = have.Shelf(v.Items, desk.Known{
		Clusters: v.Clusters, Incidents: v.Incidents, Decisions: v.Decisions, Reviews: v.Reviews, Marks: v.Marks,
	})
}
