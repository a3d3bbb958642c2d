package api

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"unicode"

	"github.com/firsthand-media/firsthand/verify/casefile"
	"github.com/firsthand-media/firsthand/verify/search"
)

// filterSetting begins the names of the settings of a case that hold filters.
const filterSetting = "filter."

// mostFilterName is how many letters the name of a filter has at most.
const mostFilterName = 60

// SavedFilters are the filters that people saved in a case.
type SavedFilters struct {
	Filters []SavedFilter `json:"filters"`
}

// SavedFilter is one of them.
type SavedFilter struct {
	Name   string `json:"name"`
	Filter string `json:"filter"`
}

func galleryFilters(ctx context.Context, c *Case, _ None) (SavedFilters, error) {
	out := SavedFilters{Filters: []SavedFilter{}}
	v, err := c.View(ctx)
	if err != nil {
		return out, err
	}
	for _, key := range slices.Sorted(maps.Keys(v.Settings)) {
		if name, ok := strings.CutPrefix(key, filterSetting); ok && v.Settings[key] != "" {
			out.Filters = append(out.Filters, SavedFilter{name, v.Settings[key]})
		}
	}
	return out, nil
}

func saveGalleryFilter(ctx context.Context, c *Case, in SavedFilter) (SavedFilters, error) {
	none := SavedFilters{Filters: []SavedFilter{}}
	name := strings.Join(strings.Fields(in.Name), " ")
	if name == "" || len([]rune(name)) > mostFilterName || strings.ContainsFunc(name, unicode.IsControl) {
		return none, refused("a saved filter needs a name of at most %d letters", mostFilterName)
	}
	q, err := search.Parse(in.Filter)
	if err == nil {
		_, err = search.Compile(q, nil)
	}
	var wrong *search.SyntaxError
	if errors.As(err, &wrong) {
		return none, refused("this filter cannot be saved: %s", wrong.What)
	}
	err = c.Writing(ctx, func(f *casefile.File) error { return f.Set(ctx, filterSetting+name, q.String()) })
	if err != nil {
		return none, fmt.Errorf("save the filter: %w", err)
	}
	return galleryFilters(ctx, c, None{})
}
