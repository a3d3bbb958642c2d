package api

import (
	"context"
	"errors"
	"strings"

	"github.com/firsthand-media/firsthand/extract"
	"github.com/firsthand-media/firsthand/verify"
	"github.com/firsthand-media/firsthand/verify/search"
)

func galleryRoutes() []Route {
	return []Route{
		onCase("GET", "/gallery", "gallery", "What a filter finds: all ids in order, menus with counts, the first cards.", gallery),
		onCase("GET", "/gallery/cards", "galleryCards", "Cards of some items, in the order asked for; those that are gone are left out.", galleryCards),
		onCase("GET", "/gallery/complete", "galleryComplete", "What could be written next in the filter box.", galleryComplete),
		onCase("GET", "/gallery/keys", "galleryKeys", "The keys of the filter language, for help.", galleryKeys),
		onCase("GET", "/gallery/filters", "galleryFilters", "The filters that people saved in this case, by name.", galleryFilters),
		onCase("POST", "/gallery/filters", "saveGalleryFilter", "Saves a filter under a name, or takes it away when it is empty.", saveGalleryFilter),
	}
}

// mostCards is how many cards are given at a time.
const mostCards = 200

// firstCards is how many come with what a filter finds: a screen and more.
const firstCards = 80

// GalleryQuery is a filter and how what it finds is put in order.
type GalleryQuery struct {
	Filter string `json:"filter" in:"query"`
	Sort   string `json:"sort" in:"query"`  // time (default), newest, path, size, length, copies
	Group  string `json:"group" in:"query"` // "" (default), day, source, cluster, incident
}

// Gallery is what a filter finds.
type Gallery struct {
	State   string       `json:"state"`
	Filter  string       `json:"filter"`  // as it was understood
	Problem *FilterFault `json:"problem"` // of a filter that cannot be meant; then nothing else is given
	Total   int          `json:"total"`
	All     int          `json:"all"`    // items of the case
	Aside   int          `json:"aside"`  // found too, and left out because they are set aside
	Unread  int          `json:"unread"` // of those found, pictures that could not be read
	IDs     string       `json:"ids"`    // the SHA-256 of each in order, 64 digits one after the other
	Groups  []Group      `json:"groups"`
	Facets  []Facet      `json:"facets"`
	Bins    []Bin        `json:"bins"`
	Drops   []Drop       `json:"drops"` // where nothing is found
	Cards   []Card       `json:"cards"` // the first
}

// FilterFault is a place in a filter that cannot be meant.
type FilterFault struct {
	From int    `json:"from"` // letters of the filter, as a page counts them (UTF-16)
	To   int    `json:"to"`
	What string `json:"what" say:"sentence"`
}

func gallery(ctx context.Context, c *Case, in GalleryQuery) (Gallery, error) {
	out := Gallery{Filter: in.Filter, Groups: []Group{}, Facets: []Facet{}, Bins: []Bin{}, Drops: []Drop{}, Cards: []Card{}}
	v, err := c.View(ctx)
	if err != nil {
		return out, err
	}
	out.State, out.All = v.State, len(v.Items)
	found, err := v.selects(in.Filter, in.Sort, in.Group)
	var wrong *search.SyntaxError
	if errors.As(err, &wrong) {
		out.Problem = &FilterFault{utf16Length(in.Filter[:wrong.From]), utf16Length(in.Filter[:wrong.To]), wrong.What}
		return out, nil
	}
	if err != nil {
		return out, err
	}
	out.Filter, out.Total, out.Groups = found.filter.Query.String(), len(found.items), found.groups
	out.IDs = v.ids(found.items)
	for _, i := range found.items {
		if m := &v.Items[i].Media; m.Error != "" && (m.Kind == extract.Image || m.Kind == extract.Video) {
			out.Unread++
		}
	}
	out.Facets = v.facets(&found.filter)
	out.Bins = v.bins(found.items)
	out.Aside = v.aside(&found.filter)
	if out.Total == 0 {
		out.Drops = v.drops(&found.filter)
	}
	for _, i := range found.items[:min(len(found.items), firstCards)] {
		out.Cards = append(out.Cards, v.card(&v.Items[i]))
	}
	return out, nil
}

// ids writes the digests of items one after the other.
func (v *View) ids(items []int32) string {
	var b strings.Builder
	for _, i := range items {
		b.WriteString(string(v.Items[i].Digest))
	}
	return b.String()
}

// GalleryCards names the items whose cards are wanted.
type GalleryCards struct {
	IDs []verify.Digest `json:"id" in:"query"`
}

// Cards are some items in a few facts each.
type Cards struct {
	State string `json:"state"`
	Cards []Card `json:"cards"`
}

func galleryCards(ctx context.Context, c *Case, in GalleryCards) (Cards, error) {
	out := Cards{Cards: []Card{}}
	if len(in.IDs) > mostCards {
		return out, refused("no more than %d cards are given at a time", mostCards)
	}
	v, err := c.View(ctx)
	if err != nil {
		return out, err
	}
	out.State = v.State
	for _, id := range in.IDs {
		if it := v.Item(id); it != nil {
			out.Cards = append(out.Cards, v.card(it))
		}
	}
	return out, nil
}
