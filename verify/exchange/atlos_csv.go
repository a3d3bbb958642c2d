package exchange

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/firsthand-media/firsthand/verify"
	"github.com/firsthand-media/firsthand/verify/assess"
)

// atlosColumns is the header that Atlos exports, up to the sources and the
// custom attributes.
func atlosColumns() []string {
	return []string{
		"slug", "inserted_at", "updated_at", "latitude", "longitude", "status", "assignments", "description", "date", "time", "tags",
		"geolocation_resolution", "more_info", "restrictions", "sensitive",
	}
}

// exportAtlos writes the incidents as Atlos exports them: a CSV, which its bulk
// import reads, or the archive of its full export.
func exportAtlos(ctx context.Context, c *Case, opt Options, out *Output) error {
	if out.Ending() == ".zip" {
		return exportAtlosZIP(ctx, c, opt, out)
	}
	list := c.atlosIncidents(out, true)
	return out.Write("", func(w io.Writer) error { return writeAtlosCSV(w, list, opt.BOM) })
}

// atlosExport is an incident as it is written, with the items that it has in the
// case.
type atlosExport struct {
	atlosIncident
	items []verify.Digest
}

// atlosIncidents makes the incidents of the case those of Atlos and notes what
// is lost.
func (c *Case) atlosIncidents(out *Output, isCSV bool) []atlosExport {
	losses, items := newLossBook(), c.ItemOf()
	var list []atlosExport
	for _, inc := range c.exported(out) {
		r := c.whole(inc, items)
		members := r.Members
		if !isCSV {
			r.Members = nil // the archive has them
		}
		a, lost := encodeAtlos(r, isCSV)
		for _, what := range lost {
			why := "Atlos has no place for it, or not for all of it"
			if what == "items" {
				why = "a CSV has no place for files; export to a name that ends in .zip"
			}
			losses.lose(r.Incident, what, why)
		}
		list = append(list, atlosExport{a, members})
	}
	losses.tell(out)
	return list
}

func writeAtlosCSV(w io.Writer, list []atlosExport, bom bool) error {
	sources, labels := 0, map[string]bool{}
	for i := range list {
		sources = max(sources, len(list[i].sources))
		for label := range list[i].attributes {
			labels[label] = true
		}
	}
	header := atlosColumns()
	for n := range sources {
		header = append(header, "source_"+strconv.Itoa(n+1))
	}
	custom := atlosLabels(labels)
	t := newTable(w, bom, append(header, custom...)...)
	for i := range list {
		t.row(list[i].row(sources, custom)...)
	}
	return t.close()
}

// atlosLabels puts the default attributes first, then the others by name.
func atlosLabels(labels map[string]bool) []string {
	out := []string{}
	for _, names := range atlosDefaults() {
		if labels[names[0]] {
			out = append(out, names[0])
		}
	}
	for _, label := range slices.Sorted(maps.Keys(labels)) {
		out = appendNew(out, label)
	}
	return out
}

func (a *atlosIncident) row(sources int, custom []string) []string {
	row := []string{
		a.slug, a.insertedAt, a.updatedAt, a.latitude, a.longitude, a.status, a.assignments, a.description, a.date, a.time, joined(a.tags),
		a.resolution, a.moreInfo, joined(a.restrictions), joined(a.sensitive),
	}
	for n := range sources {
		source := ""
		if n < len(a.sources) {
			source = a.sources[n]
		}
		row = append(row, source)
	}
	for _, label := range custom {
		row = append(row, joined(a.attributes[label]))
	}
	for i := range row {
		row[i] = strings.ReplaceAll(row[i], byteOrderMark, "") // Atlos drops all that stands before the only one in a file
	}
	return row
}

func joined(list []string) string { return strings.Join(list, ", ") }

// ReadAtlosCSV reads the CSV that Atlos exports and the one that its bulk
// import takes: columns by the name of an attribute, with attr_ before it, or
// by its label. Status, description and sensitive are needed.
func ReadAtlosCSV(r io.Reader) (Preview[assess.Record], error) {
	p := Preview[assess.Record]{Format: atlosFormat}
	text, err := io.ReadAll(io.LimitReader(r, maxTable+1))
	if err != nil {
		return p, fmt.Errorf("read the table: %w", err)
	}
	digest := sha256.Sum256(text)
	p.Digest = hex.EncodeToString(digest[:])
	s, err := readSheet(bytes.NewReader(afterMark(text)), p.Refuse)
	if err != nil {
		return p, err
	}
	columns, err := findAtlosColumns(&s)
	if err != nil {
		return p, err
	}
	ids := newIDs()
	for _, row := range s.rows {
		a := columns.read(row)
		if strings.TrimSpace(a.description) == "" {
			if !slices.ContainsFunc(row.cells, func(c string) bool { return strings.TrimSpace(c) != "" }) {
				continue // an empty line of a spreadsheet
			}
			p.Refuse(row.line, a.slug, "the description is empty; Atlos wants %d to %d letters", atlosMinDescription, atlosMaxDescription)
			continue
		}
		takeAtlos(&p, ids, row.line, a)
	}
	return p, nil
}

// takeAtlos takes an incident, and lists what of it could not be taken.
func takeAtlos(p *Preview[assess.Record], ids *idBook, line int, a atlosIncident) {
	if a.slug = strings.TrimSpace(a.slug); a.slug == "" {
		a.slug = a.madeSlug()
	}
	r, notes := a.record()
	r.Incident = ids.take(p, line, a.slug)
	for _, n := range notes {
		p.Refuse(line, a.slug, "%s", n)
	}
	if err := r.Check(); err != nil {
		p.Refuse(line, a.slug, "%v", err)
		return
	}
	p.Take(line, strings.TrimSpace(a.slug+" "+r.DateStart+" "+cut(r.Summary, 100)), r)
}

// atlosSheet says which column holds what.
type atlosSheet struct {
	core    map[string]int // by the names of atlosColumns, and location
	sources []int
	custom  map[string]int // by label
}

// labelsOf are the labels that Atlos shows for its own attributes.
func labelsOf(name string) []string {
	labels := map[string][]string{
		"sensitive": {"sensitivity"}, "geolocation_resolution": {"geolocation resolution"}, "more_info": {"more info"},
		"assignments": {"assignees"}, "location": {"geolocation", "attr_geolocation"}, "description": {"incident description"},
	}
	return append([]string{name, "attr_" + name}, labels[name]...)
}

func findAtlosColumns(s *sheet) (atlosSheet, error) {
	found := atlosSheet{core: map[string]int{}, custom: map[string]int{}}
	known := map[int]bool{}
	for _, name := range append(atlosColumns(), "location") {
		found.core[name] = s.column(labelsOf(name)...)
		known[found.core[name]] = true
	}
	for n := 1; ; n++ {
		i := s.column("source_" + strconv.Itoa(n))
		if i < 0 {
			break
		}
		found.sources = append(found.sources, i)
		known[i] = true
	}
	for _, names := range atlosDefaults() {
		if i := s.column(names...); i >= 0 && !known[i] {
			found.custom[names[0]] = i
			known[i] = true
		}
	}
	for i, label := range s.columns {
		if label = strings.TrimSpace(label); !known[i] && label != "" && label != "project" {
			found.custom[label] = i
		}
	}
	for _, need := range []string{"status", "description", "sensitive"} {
		if found.core[need] < 0 {
			return found, fmt.Errorf("the table has no column %s, which Atlos needs; its first line names the columns", need)
		}
	}
	return found, nil
}

func (c *atlosSheet) read(row sheetRow) atlosIncident {
	core := func(name string) string { return row.cell(c.core[name]) }
	a := atlosIncident{
		slug: core("slug"), insertedAt: core("inserted_at"), updatedAt: core("updated_at"), latitude: core("latitude"), longitude: core("longitude"),
		status: core("status"), assignments: core("assignments"), description: core("description"), date: core("date"), time: core("time"),
		tags: options(core("tags")), resolution: core("geolocation_resolution"), moreInfo: core("more_info"),
		restrictions: options(core("restrictions")), sensitive: options(core("sensitive")), attributes: map[string][]string{},
	}
	if location := core("location"); a.latitude == "" && a.longitude == "" && location != "" {
		a.latitude, a.longitude, _ = strings.Cut(location, ",")
	}
	for _, i := range c.sources {
		if url := row.cell(i); url != "" {
			a.sources = append(a.sources, url)
		}
	}
	for label, i := range c.custom {
		cell := row.cell(i)
		switch label {
		case atlosIncidentType, atlosImpact, atlosEquipment:
			a.attributes[label] = options(cell)
		default:
			if cell != "" {
				a.attributes[label] = []string{cell} // text or list, as it stands
			}
		}
	}
	return a
}

// options splits a list as Atlos does, but for its own option that holds
// commas.
func options(cell string) []string {
	const stand = "\x00"
	var out []string
	for part := range strings.SplitSeq(strings.ReplaceAll(cell, atlosWithComma, stand), ",") {
		if part = strings.TrimSpace(part); part != "" {
			out = appendNew(out, strings.ReplaceAll(part, stand, atlosWithComma))
		}
	}
	return out
}

// afterMark drops a byte order mark in the first line and what stands before
// it, as Atlos does.
func afterMark(text []byte) []byte {
	line, _, _ := bytes.Cut(text, []byte("\n"))
	if i := bytes.LastIndex(line, []byte(byteOrderMark)); i >= 0 {
		return text[i+len(byteOrderMark):]
	}
	return text
}
