package api

import (
	"context"
	"slices"

	"github.com/firsthand-media/firsthand/verify"
)

// AroundIn asks for the neighbours of an item in the gallery: under the same
// filter, order and grouping as the gallery's own address has them.
type AroundIn struct {
	ID     verify.Digest `json:"id" in:"path"`
	Filter string        `json:"filter" in:"query"`
	Sort   string        `json:"sort" in:"query"`
	Group  string        `json:"group" in:"query"`
}

// Around is where an item stands in the gallery.
type Around struct {
	Position int        `json:"position"` // from 1; 0 where the filter does not find it
	Total    int        `json:"total"`
	Previous *Neighbour `json:"previous"` // null at the start
	Next     *Neighbour `json:"next"`
}

// Neighbour is an item beside another in the gallery.
type Neighbour struct {
	ID   verify.Digest `json:"id"`
	Name string        `json:"name"`
}

func mediaAround(ctx context.Context, c *Case, in AroundIn) (Around, error) {
	v, _, err := c.itemOf(ctx, in.ID)
	if err != nil {
		return Around{}, err
	}
	order, err := v.selection(in.Filter, in.Sort, in.Group)
	if err != nil {
		return Around{}, refused("%w", err)
	}
	a := Around{Total: len(order)}
	at := slices.Index(order, int32(v.at[in.ID]))
	neighbour := func(i int) *Neighbour {
		if i < 0 || i >= len(order) {
			return nil
		}
		it := &v.Items[order[i]]
		return &Neighbour{it.Digest, lastPart(it.Path())}
	}
	if at < 0 { // what the filter has left out still leads back into it
		a.Next = neighbour(0)
		return a, nil
	}
	a.Position, a.Previous, a.Next = at+1, neighbour(at-1), neighbour(at+1)
	return a, nil
}
