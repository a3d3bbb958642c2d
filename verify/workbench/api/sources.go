package api

import (
	"context"
	"os"
	"slices"

	"github.com/firsthand-media/firsthand/extract"
	"github.com/firsthand-media/firsthand/verify"
	"github.com/firsthand-media/firsthand/verify/casefile"
	"github.com/firsthand-media/firsthand/verify/desk"
)

// SourceList are the sources of a case.
type SourceList struct {
	Sources []SourceRow `json:"sources"` // by name
	Zone    string      `json:"zone"`    // of the case, for clocks that state none; "" for none
}

// SourceRow is what is known of one source.
type SourceRow struct {
	Name       string `json:"name"`
	Dir        string `json:"dir"`
	There      bool   `json:"there"` // its folder can be reached now
	Files      int    `json:"files"`
	Distinct   int    `json:"distinct"`   // by content
	Shared     int    `json:"shared"`     // of them, those that another source has, too
	Unreadable int    `json:"unreadable"` // of them
	NoTime     int    `json:"no_time"`    // of them, without any time
	First      *When  `json:"first"`      // the earliest of their best times
	Last       *When  `json:"last"`
	Obtained   string `json:"obtained"` // how the files came here, as a person said it
	Zone       string `json:"zone"`     // of clocks that state none, "" for none given
}

func listSources(ctx context.Context, c *Case, _ None) (SourceList, error) {
	v, err := c.View(ctx)
	if err != nil {
		return SourceList{}, err
	}
	return SourceList{Sources: v.sourceRows(), Zone: v.Settings["zone"]}, nil
}

// sourceRows counts the items of each source.
func (v *View) sourceRows() []SourceRow {
	rows := make([]SourceRow, len(v.Sources))
	at := make(map[string]int, len(rows))
	for i, s := range v.Sources {
		info, err := os.Stat(s.Dir)
		rows[i] = SourceRow{
			Name: s.Name, Dir: s.Dir, There: err == nil && info.IsDir(),
			Obtained: v.Settings[obtainedSetting+s.Name], Zone: v.Settings[zoneSetting+s.Name],
		}
		at[s.Name] = i
	}
	first, last := make([]*extract.Time, len(rows)), make([]*extract.Time, len(rows))
	for i := range v.Items {
		it := &v.Items[i]
		time := v.bestTime(it)
		names := desk.SourcesOf(it)
		for _, s := range it.Sightings {
			if n, ok := at[s.Source]; ok {
				rows[n].Files++
			}
		}
		for _, name := range names {
			n, ok := at[name]
			if !ok {
				continue
			}
			rows[n].count(it, time, len(names))
			first[n], last[n] = earlier(first[n], time), later(last[n], time)
		}
	}
	for i := range rows {
		rows[i].First, rows[i].Last = when(first[i]), when(last[i])
	}
	return rows
}

func (r *SourceRow) count(it *verify.Item, time *extract.Time, sources int) {
	r.Distinct++
	if sources > 1 {
		r.Shared++
	}
	if it.Media.Error != "" {
		r.Unreadable++
	}
	if time == nil {
		r.NoTime++
	}
}

// earlier is the one of two times that can have been first. A time that nothing
// bounds from below is none.
func earlier(a, b *extract.Time) *extract.Time {
	if b == nil || b.Earliest.IsZero() {
		return a
	}
	if a == nil || b.Earliest.Before(a.Earliest) {
		return b
	}
	return a
}

// later is the one of two times that can have been last.
func later(a, b *extract.Time) *extract.Time {
	if b == nil || b.Latest.IsZero() {
		return a
	}
	if a == nil || b.Latest.After(a.Latest) {
		return b
	}
	return a
}

// SourceSaid is what a person says of a source.
type SourceSaid struct {
	Name     string `json:"name"`
	Obtained string `json:"obtained"` // "" takes it back
	Zone     string `json:"zone"`     // "" leaves clocks that state none open
}

func saySource(ctx context.Context, c *Case, in SourceSaid) (SourceList, error) {
	v, err := c.View(ctx)
	if err != nil {
		return SourceList{}, err
	}
	if !slices.ContainsFunc(v.Sources, func(s casefile.SourceInfo) bool { return s.Name == in.Name }) {
		return SourceList{}, missing("the case has no source %s", in.Name)
	}
	said := map[string]string{obtainedSetting + in.Name: "", zoneSetting + in.Name: ""}
	if err := keepSaid(SourceIn{Obtained: in.Obtained, Zone: in.Zone}, in.Name, said); err != nil {
		return SourceList{}, err
	}
	if err := c.keep(ctx, said); err != nil {
		return SourceList{}, err
	}
	return listSources(ctx, c, None{})
}
