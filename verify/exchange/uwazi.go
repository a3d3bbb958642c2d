package exchange

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/firsthand-media/firsthand/verify/assess"
)

// Uwazi (huridocs/uwazi, 2024-10) imports an archive: import.csv, whose columns
// are labels of a template's properties, and the files that its columns file
// and attachments name. Its own export cannot be imported as it is.

// uwaziColumn is a property of the template that the archive is for.
type uwaziColumn struct {
	label string
	cell  func(r *assess.Record) string
}

// uwaziColumns lists the properties, with their types in Uwazi: title; date
// range; geolocation; text, select and multi-select; numbers; a link.
func uwaziColumns() []uwaziColumn {
	list := func(label string, of func(r *assess.Record) []string) uwaziColumn {
		return uwaziColumn{label, func(r *assess.Record) string { return uwaziList(of(r)) }}
	}
	columns := []uwaziColumn{
		{"title", uwaziTitle},
		{"Incident", func(r *assess.Record) string { return r.Incident }},
		{"Status", func(r *assess.Record) string { return string(r.Status) }},
		{"Work status", func(r *assess.Record) string { return string(r.WorkStatus) }},
		{"Description", func(r *assess.Record) string { return r.Description }},
		{"Date", uwaziPeriod},
		{"Local time", func(r *assess.Record) string { return r.TimeLocal }},
		{"Time zone", func(r *assess.Record) string { return r.Zone }},
		{"Time precision", func(r *assess.Record) string { return string(r.TimePrecision) }},
		{"Geolocation", uwaziPosition},
		{"Location precision", func(r *assess.Record) string { return string(r.LocationPrecision) }},
		{"Place", func(r *assess.Record) string { return inOneLanguage(r.PlaceNames) }},
		{"District", func(r *assess.Record) string { return r.Admin2 }},
		{"Region", func(r *assess.Record) string { return r.Admin1 }},
		{"Country", func(r *assess.Record) string { return r.Country }},
		list("Type of area affected", func(r *assess.Record) []string { return r.AreaTypes }),
		list("Weapon system", func(r *assess.Record) []string { return r.Weapons }),
		{"Incident type", func(r *assess.Record) string { return uwaziNested(r.IncidentTypes) }},
		list("Violation type", func(r *assess.Record) []string { return r.ViolationTypes }),
		list("Protected objects", func(r *assess.Record) []string { return r.ProtectedObjects }),
		list("Sensitivity", func(r *assess.Record) []string { return textsOf(r.Sensitivity) }),
		{"Child casualties", func(r *assess.Record) string { return string(r.ChildCasualties()) }},
	}
	columns = append(columns, uwaziTolls()...)
	return append(columns, []uwaziColumn{
		list("Tags", func(r *assess.Record) []string { return r.Tags }),
		{"More information", func(r *assess.Record) string { return r.MoreInfo }},
		{"Source", uwaziLink},
		{"All sources", func(r *assess.Record) string { return inLines(addressesOf(r)) }},
	}...)
}

// uwaziTolls are the ends of the ranges of people killed and injured, as
// numbers.
func uwaziTolls() []uwaziColumn {
	var out []uwaziColumn
	for _, toll := range []struct {
		label string
		of    func(c *assess.Casualties) assess.Range
	}{
		{"Killed", func(c *assess.Casualties) assess.Range { return c.All.Killed }},
		{"Injured", func(c *assess.Casualties) assess.Range { return c.All.Injured }},
		{"Children killed", func(c *assess.Casualties) assess.Range { return c.Children.Killed }},
		{"Children injured", func(c *assess.Casualties) assess.Range { return c.Children.Injured }},
	} {
		for _, end := range []struct {
			label string
			of    func(r assess.Range) *int
		}{{"min", func(r assess.Range) *int { return r.Min }}, {"max", func(r assess.Range) *int { return r.Max }}} {
			out = append(out, uwaziColumn{toll.label + " " + end.label, func(r *assess.Record) string {
				if r.Casualties == nil {
					return ""
				}
				if n := end.of(toll.of(r.Casualties)); n != nil {
					return strconv.Itoa(*n)
				}
				return ""
			}})
		}
	}
	return out
}

// uwaziTitle is never empty: Uwazi refuses an entity without a title.
func uwaziTitle(r *assess.Record) string {
	return cmp.Or(oneLine(r.Summary), inOneLanguage(r.Titles), oneLine(r.Description), r.Incident)
}

// uwaziPeriod is a range of days; imports have a colon between, where exports
// have a tilde.
func uwaziPeriod(r *assess.Record) string {
	if r.DateStart == "" {
		return ""
	}
	end := r.DateEnd
	if end == "" {
		end = r.DateStart
	}
	return r.DateStart + ":" + end
}

// uwaziPosition is lat|lon. The space in front of a southern latitude keeps
// spreadsheets from calculating, and Uwazi reads the number all the same.
func uwaziPosition(r *assess.Record) string {
	if r.Latitude == nil || r.Longitude == nil {
		return ""
	}
	cell := number(*r.Latitude) + "|" + number(*r.Longitude)
	if looksLikeFormula(cell) {
		return " " + cell
	}
	return cell
}

// uwaziList joins values by bars; a bar in one would part it.
func uwaziList(values []string) string {
	clean := make([]string, len(values))
	for i, v := range values {
		clean[i] = strings.ReplaceAll(v, "|", "/")
	}
	return strings.Join(clean, "|")
}

// uwaziNested writes slash paths as groups of one level.
func uwaziNested(values []string) string {
	nested := make([]string, len(values))
	for i, v := range values {
		nested[i] = strings.Replace(v, "/", "::", 1)
	}
	return uwaziList(nested)
}

// uwaziLink is the first address, as label|url.
func uwaziLink(r *assess.Record) string {
	for _, s := range r.Sources {
		if s.Hidden || !isWebAddress(s.URL) {
			continue
		}
		label := strings.ReplaceAll(oneLine(s.Title), "|", "/")
		if label == "" {
			label = s.URL
		}
		return strings.ReplaceAll(label, "|", "%7C") + "|" + strings.ReplaceAll(s.URL, "|", "%7C")
	}
	return ""
}

// addressesOf are the addresses of the sources, HIDDEN for those that are.
func addressesOf(r *assess.Record) []string {
	var out []string
	for _, s := range r.Sources {
		switch {
		case s.Hidden:
			out = append(out, Hidden)
		case s.URL != "":
			out = append(out, s.URL)
		}
	}
	return out
}

func textsOf[T ~string](list []T) []string {
	out := make([]string, len(list))
	for i, v := range list {
		out[i] = string(v)
	}
	return out
}

// exportUwazi writes the archive: an entity an incident, its files as
// attachments, titles in other languages as columns of their own.
func exportUwazi(ctx context.Context, c *Case, opt Options, out *Output) error {
	c.withholdFiles(opt, out)
	return out.Write("", func(w io.Writer) error {
		u := &uwaziArchive{archive: c.newArchive(w, ""), out: out, public: opt.Public, losses: newLossBook()}
		for _, inc := range c.exported(out) {
			if err := u.add(ctx, c.whole(inc, u.items)); err != nil {
				return err
			}
		}
		u.losses.tell(out)
		var table bytes.Buffer
		if err := u.write(&table, opt.BOM); err != nil {
			return err
		}
		if err := u.text("import.csv", table.Bytes()); err != nil {
			return err
		}
		return u.w.Close()
	})
}

type uwaziArchive struct {
	*archive
	out    *Output
	public bool
	losses *lossBook
	rows   []uwaziRow
}

type uwaziRow struct {
	record      assess.Record
	attachments []string
}

// add copies the files of an incident, under names of their own.
func (u *uwaziArchive) add(ctx context.Context, r assess.Record) error {
	row := uwaziRow{record: r}
	for _, d := range r.Members {
		if u.items[d] == nil || u.public {
			continue
		}
		name := fmt.Sprintf("%s_%d%s", safeName(r.Incident), len(row.attachments)+1, safeExtension(u.items[d].Path()))
		if len(u.rows) > 0 { // incidents may fall together once made fit for file names
			name = fmt.Sprintf("%d_%s", len(u.rows)+1, name)
		}
		switch err := u.original(ctx, d, name); {
		case errors.Is(err, ErrGone), errors.Is(err, ErrChanged):
			u.out.Lose(u.items[d].Path(), "%v", err)
		case err != nil:
			return err
		default:
			row.attachments = append(row.attachments, name)
		}
	}
	u.rows = append(u.rows, row)
	u.note(r)
	return nil
}

// note says which fields do not come back.
func (u *uwaziArchive) note(r assess.Record) {
	sheet, cells := uwaziSheet(&r)
	back, _ := uwaziRecord(sheet, sheetRow{1, cells})
	back.Members = r.Members
	u.losses.loseDiffering(numbered(r), numbered(back), "the template of this export")
}

// uwaziSheet is the table of one record.
func uwaziSheet(r *assess.Record) (*sheet, []string) {
	s, cells := &sheet{}, []string{}
	for _, column := range uwaziColumns() {
		s.columns, cells = append(s.columns, column.label), append(cells, column.cell(r))
	}
	for _, language := range slices.Sorted(maps.Keys(r.Titles)) {
		s.columns, cells = append(s.columns, "title__"+language), append(cells, r.Titles[language])
	}
	f := foreignOf(*r, uwaziFormat)
	for _, label := range slices.Sorted(maps.Keys(f.fields)) {
		s.columns, cells = append(s.columns, label), append(cells, f.text(label))
	}
	return s, cells
}

// write writes the table: the properties, then the titles in other languages
// and what came with a record under labels of others, then the files.
func (u *uwaziArchive) write(w io.Writer, bom bool) error {
	var header []string
	for _, column := range uwaziColumns() {
		header = append(header, column.label)
	}
	more := map[string]bool{}
	for i := range u.rows {
		s, _ := uwaziSheet(&u.rows[i].record)
		for _, label := range s.columns[len(header):] {
			more[label] = true
		}
	}
	header = append(header, slices.Sorted(maps.Keys(more))...)
	t := newTable(w, bom, append(header, "file", "attachments")...)
	for i := range u.rows {
		s, cells := uwaziSheet(&u.rows[i].record)
		row := make([]string, len(header))
		for k, label := range s.columns {
			row[slices.Index(header, label)] = cells[k]
		}
		t.row(append(row, "", strings.Join(u.rows[i].attachments, "|"))...)
	}
	return t.close()
}
