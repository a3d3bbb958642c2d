package exchange

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/firsthand-media/firsthand/verify"
	"github.com/firsthand-media/firsthand/verify/assess"
)

const uwaziFormat = "uwazi"

// UwaziImport is what goes into an import of Uwazi: its table, and the files
// that the table names.
type UwaziImport struct {
	Preview[assess.Record]
	broughtFiles
}

// ReadUwazi reads an archive or a folder with import.csv, as it goes into Uwazi.
// Columns are found by the labels that [Export] gives them; what is under
// another label is kept with the record.
func ReadUwazi(ctx context.Context, name string) (*UwaziImport, error) {
	files, err := openContainer(ctx, name)
	if err != nil {
		return nil, err
	}
	u := &UwaziImport{Preview: Preview[assess.Record]{Format: uwaziFormat, Bad: files.bad}, broughtFiles: newBroughtFiles(sourceName(name), files)}
	if err := u.read(ctx); err != nil {
		return nil, errors.Join(err, files.close())
	}
	return u, nil
}

func (u *UwaziImport) read(ctx context.Context) error {
	dir, ok := u.files.holding("import.csv")
	if !ok {
		return errors.New("there is no import.csv in it")
	}
	u.files = u.files.under(dir)
	data, err := u.files.read("import.csv", maxTable)
	if err != nil {
		return err
	}
	sum := sha256.Sum256(data)
	u.Digest = hex.EncodeToString(sum[:])
	s, err := readSheet(bytes.NewReader(data), u.Refuse)
	if err != nil {
		return err
	}
	if s.column("title") < 0 {
		return errors.New("import.csv has no column title, which Uwazi needs")
	}
	ids, named := newIDs(), map[string]verify.Digest{}
	for _, row := range s.rows {
		r, notes := uwaziRecord(&s, row)
		if r.Incident == "" {
			r.Incident = uwaziID(row)
		}
		r.Foreign.ID = r.Incident
		r.Incident = ids.take(&u.Preview, row.line, r.Incident)
		for _, n := range notes {
			u.Refuse(row.line, r.Incident, "%s", n)
		}
		if err := u.attach(ctx, &r, row.line, row.cell(s.column("file"))+"|"+row.cell(s.column("attachments")), named); err != nil {
			return err
		}
		if err := r.Check(); err != nil {
			u.Refuse(row.line, r.Incident, "%v", err)
			continue
		}
		u.Take(row.line, strings.TrimSpace(r.Incident+" "+r.DateStart+" "+cut(r.Summary, 100)), r)
	}
	return nil
}

// uwaziID is the identity of an entity that comes without one.
func uwaziID(row sheetRow) string {
	text, err := json.Marshal(row.cells)
	if err != nil {
		return ""
	}
	sum := sha256.Sum256(text)
	return "UWAZI-" + strings.ToUpper(hex.EncodeToString(sum[:5]))
}

// attach finds the files of an entity.
func (u *UwaziImport) attach(ctx context.Context, r *assess.Record, line int, list string, named map[string]verify.Digest) error {
	for name := range strings.SplitSeq(list, "|") {
		if name = strings.TrimSpace(name); name == "" {
			continue
		}
		if d, known := named[name]; known {
			r.Members = append(r.Members, d)
			continue
		}
		m, ok := u.files.files[name]
		if !ok {
			u.Refuse(line, r.Incident+" "+name, "the archive has no such file")
			continue
		}
		d, err := m.digest(ctx)
		if ctx.Err() != nil {
			return ctx.Err()
		}
		if err != nil {
			u.Refuse(line, r.Incident+" "+name, "it cannot be read: %v", err)
			continue
		}
		named[name] = d
		r.Members = append(r.Members, d)
		u.lay(broughtFile{name: name, member: m})
	}
	return nil
}

// uwaziRecord reads a row, and says what of it could not be taken.
func uwaziRecord(s *sheet, row sheetRow) (assess.Record, []string) {
	r := assess.Record{
		Origin: assess.Imported, Status: verify.Candidate, WorkStatus: "candidate", Sources: []assess.Source{},
		Foreign: &assess.Foreign{Format: uwaziFormat, Fields: map[string]json.RawMessage{}},
	}
	var notes []string
	setters := uwaziSetters()
	for i, label := range s.columns {
		cell := row.cell(i)
		label = strings.TrimSpace(label)
		low := strings.ToLower(label)
		switch set, known := setters[low]; {
		case cell == "" || low == "file" || low == "attachments":
		case known:
			if err := set(&r, cell); err != nil {
				notes = append(notes, fmt.Sprintf("%s: %v; it is left out", label, err))
			}
		case strings.HasPrefix(low, "title__"):
			if r.Titles == nil {
				r.Titles = map[string]string{}
			}
			r.Titles[label[len("title__"):]] = cell
		default:
			keepText(r.Foreign, label, cell)
		}
	}
	if r.Summary == inOneLanguage(r.Titles) || r.Summary == oneLine(r.Description) || r.Summary == r.Incident {
		r.Summary = "" // a title that stood for want of one
	}
	return r, notes
}

// uwaziSetters read the cells of the properties that [uwaziColumns] writes, by
// label.
func uwaziSetters() map[string]func(*assess.Record, string) error {
	field := func(name string) func(*assess.Record, string) error {
		return func(r *assess.Record, cell string) error {
			next, err := r.Set(name, cell)
			if err == nil {
				*r = next
			}
			return err
		}
	}
	list := func(name string) func(*assess.Record, string) error {
		return func(r *assess.Record, cell string) error {
			return field(name)(r, strings.ReplaceAll(strings.ReplaceAll(cell, "::", "/"), "|", ";"))
		}
	}
	text := func(to func(r *assess.Record) *string) func(*assess.Record, string) error {
		return func(r *assess.Record, cell string) error { *to(r) = cell; return nil }
	}
	setters := map[string]func(*assess.Record, string) error{
		"title":                 text(func(r *assess.Record) *string { return &r.Summary }),
		"incident":              text(func(r *assess.Record) *string { return &r.Incident }),
		"description":           text(func(r *assess.Record) *string { return &r.Description }),
		"more information":      text(func(r *assess.Record) *string { return &r.MoreInfo }),
		"local time":            field("time_local"),
		"time zone":             field("tz"),
		"time precision":        field("time_precision"),
		"region":                field("admin1"),
		"district":              field("admin2"),
		"country":               field("country"),
		"work status":           field("work_status"),
		"location precision":    field("location_precision"),
		"child casualties":      field("children_casualties"),
		"type of area affected": list("area_type"),
		"weapon system":         list("weapon_system"),
		"incident type":         list("incident_type"),
		"violation type":        list("violation_type"),
		"protected objects":     list("protected_objects"),
		"sensitivity":           list("sensitivity"),
		"tags":                  func(r *assess.Record, cell string) error { r.Tags = strings.Split(cell, "|"); return nil },
		"date":                  setUwaziPeriod,
		"geolocation":           setUwaziPosition,
		"source":                setUwaziLink,
		"all sources":           setUwaziSources,
		"place": func(r *assess.Record, cell string) error {
			r.PlaceNames = map[string]string{noLanguage: cell}
			return nil
		},
		"status": func(r *assess.Record, cell string) error {
			if !slices.Contains([]verify.Status{verify.Candidate, verify.Confirmed, verify.Rejected}, verify.Status(cell)) {
				return fmt.Errorf("%.40q is neither candidate, confirmed nor rejected", cell)
			}
			r.Status = verify.Status(cell)
			return nil
		},
	}
	maps.Copy(setters, uwaziTollSetters())
	return setters
}

// uwaziTollSetters read the ends of ranges.
func uwaziTollSetters() map[string]func(*assess.Record, string) error {
	out := map[string]func(*assess.Record, string) error{}
	for label, of := range map[string]func(c *assess.Casualties) *assess.Range{
		"killed":           func(c *assess.Casualties) *assess.Range { return &c.All.Killed },
		"injured":          func(c *assess.Casualties) *assess.Range { return &c.All.Injured },
		"children killed":  func(c *assess.Casualties) *assess.Range { return &c.Children.Killed },
		"children injured": func(c *assess.Casualties) *assess.Range { return &c.Children.Injured },
	} {
		for end, to := range map[string]func(r *assess.Range) **int{
			" min": func(r *assess.Range) **int { return &r.Min }, " max": func(r *assess.Range) **int { return &r.Max },
		} {
			out[label+end] = func(r *assess.Record, cell string) error {
				n, err := strconv.Atoi(cell)
				if err != nil || n < 0 {
					return fmt.Errorf("%.40q is no number of people", cell)
				}
				if r.Casualties == nil {
					r.Casualties = &assess.Casualties{}
				}
				*to(of(r.Casualties)) = &n
				return nil
			}
		}
	}
	return out
}

// setUwaziPeriod reads from:to, from~to as exports have it, or one day, each
// of them as Uwazi writes days.
func setUwaziPeriod(r *assess.Record, cell string) error {
	from, to, _ := strings.Cut(strings.Replace(cell, "~", ":", 1), ":")
	var ends [2]time.Time
	for i, text := range []string{from, to} {
		t, err := parseDate(text, orderUnknown)
		if err != nil {
			return err
		}
		ends[i] = t
	}
	r.DateStart = day(ends[0])
	if !ends[0].IsZero() && ends[1].After(ends[0]) {
		r.DateEnd = day(ends[1])
	}
	return nil
}

func setUwaziPosition(r *assess.Record, cell string) error {
	lat, lon, ok := strings.Cut(cell, "|")
	if !ok {
		return fmt.Errorf("%.60q is not latitude|longitude", cell)
	}
	at, err := parsePosition(lat, lon)
	if at != nil {
		r.Latitude, r.Longitude = &at.Latitude, &at.Longitude
	}
	return err
}

// setUwaziLink reads label|url.
func setUwaziLink(r *assess.Record, cell string) error {
	title, url, ok := strings.Cut(cell, "|")
	if !ok {
		title, url = "", cell
	}
	if !isWebAddress(url) {
		return fmt.Errorf("%.80q is no address", url)
	}
	if title == url {
		title = ""
	}
	for i := range r.Sources {
		if r.Sources[i].URL == url {
			r.Sources[i].Title = title
			return nil
		}
	}
	r.Sources = append(r.Sources, assess.Source{ID: fmt.Sprintf("source_%d", len(r.Sources)+1), URL: url, Title: title})
	return nil
}

// setUwaziSources reads all addresses, one a line. They come in the order of
// this list, whose first may be known from the link already.
func setUwaziSources(r *assess.Record, cell string) error {
	before := r.Sources
	r.Sources = []assess.Source{}
	for line := range strings.Lines(cell) {
		url := strings.TrimSpace(line)
		s := assess.Source{ID: fmt.Sprintf("source_%d", len(r.Sources)+1), URL: url}
		switch i := slices.IndexFunc(before, func(o assess.Source) bool { return o.URL == url }); {
		case url == "":
			continue
		case strings.EqualFold(url, Hidden):
			s = assess.Source{ID: s.ID, Hidden: true, Paths: []string{assess.HiddenPath}, Title: "-", Description: "Source hidden"}
		case i >= 0:
			s.Title = before[i].Title
		}
		r.Sources = append(r.Sources, s)
	}
	for _, s := range before {
		if !slices.ContainsFunc(r.Sources, func(o assess.Source) bool { return o.URL == s.URL }) {
			r.Sources = append(r.Sources, s)
		}
	}
	return nil
}
