package exchange

import (
	"context"
	"io"
	"slices"
	"strconv"
	"strings"

	"github.com/firsthand-media/firsthand/extract/source"
	"github.com/firsthand-media/firsthand/verify"
	"github.com/firsthand-media/firsthand/verify/assess"
)

// The two tables of the plain export. Lists stand in one cell, with "; " or, of
// paths and addresses, with line ends between.
const (
	incidentsTable = "incidents.csv"
	mediaTable     = "media.csv"
)

var incidentColumns = []string{
	"incident", "status", "work_status", "summary", "description_visible_only", "more_info",
	"date_start", "date_end", "time_local", "tz", "time_precision", "earliest", "latest",
	"latitude", "longitude", "radius_m", "location_precision", "place_basis", "place_name", "admin1", "admin2", "country",
	"area_type", "weapon_system", "incident_type", "violation_type", "protected_objects",
	"killed_min", "killed_max", "injured_min", "injured_max",
	"children_killed_min", "children_killed_max", "children_injured_min", "children_injured_max",
	"casualty_status", "casualty_grade", "children_casualties", "alleged_actor", "alleged_actor_grade",
	"duplicate_of", "related", "tags", "sources", "items", "files", "reasons", "flags",
}

var mediaColumns = []string{
	"sha256", "path", "other_paths", "size", "kind", "media_type", "width", "height", "duration_seconds",
	"device_make", "device_model", "device_serial",
	"time_kind", "time_local", "time_offset_minutes", "time_zone_known", "time_earliest", "time_latest", "time_precision", "time_field",
	"latitude", "longitude", "place_kind", "place_name",
	"channel_or_author", "post_urls", "posted", "caption",
	"incidents", "roles", "cluster", "review", "conclusion", "where", "when", "what", "who", "integrity",
	"graphic_level", "sensitivity", "findings", "error",
}

// exerciseColumn is the last of both tables where the case is an exercise.
const exerciseColumn = "exercise"

// withNotice puts the cell of that column behind a row.
func (c *Case) withNotice(row []string, cell string) []string {
	if !c.Exercise {
		return row
	}
	return append(slices.Clip(row), cell)
}

// exportCSV writes incidents and media as two tables.
func exportCSV(_ context.Context, c *Case, opt Options, out *Output) error {
	err := out.Write(incidentsTable, func(w io.Writer) error {
		t := newTable(w, opt.BOM, c.withNotice(incidentColumns, exerciseColumn)...)
		items := c.ItemOf()
		for i := range c.Incidents {
			t.row(turnsShown(c.withNotice(incidentRow(&c.Incidents[i], items), ExerciseNotice))...)
		}
		return t.close()
	})
	if err != nil {
		return err
	}
	if opt.Public {
		err := out.Write(withheldName, func(w io.Writer) error {
			_, err := w.Write(c.withheldText())
			return err
		})
		if err != nil {
			return err
		}
	}
	return out.Write(mediaTable, func(w io.Writer) error {
		t := newTable(w, opt.BOM, c.withNotice(mediaColumns, exerciseColumn)...)
		of := c.memberships()
		for i := range c.Items {
			t.row(turnsShown(c.withNotice(of.mediaRow(&c.Items[i]), ExerciseNotice))...)
		}
		return t.close()
	})
}

// turns are the marks that turn the reading order of what follows, each with
// how it is shown: a table is for people, who must see that a name has one.
var turns = strings.NewReplacer("\u202a", `\u202a`, "\u202b", `\u202b`, "\u202c", `\u202c`, "\u202d", `\u202d`, "\u202e", `\u202e`,
	"\u2066", `\u2066`, "\u2067", `\u2067`, "\u2068", `\u2068`, "\u2069", `\u2069`)

func turnsShown(cells []string) []string {
	for i, c := range cells {
		cells[i] = turns.Replace(c)
	}
	return cells
}

func incidentRow(inc *assess.Incident, items map[verify.Digest]*verify.Item) []string {
	r := &inc.Record
	var lat, lon, radius, basis string
	if p := placeOf(inc); p != nil {
		lat, lon, basis = number(p.Latitude), number(p.Longitude), p.basis
		if p.radiusM > 0 {
			radius = number(p.radiusM)
		}
	}
	var toll assess.Casualties
	if r.Casualties != nil {
		toll = *r.Casualties
	}
	var actor assess.AllegedActor
	if r.AllegedActor != nil {
		actor = *r.AllegedActor
	}
	var related, reasons, digests []string
	for _, k := range r.Related {
		related = append(related, k.Type+" "+k.ID)
	}
	for _, reason := range inc.Reasons {
		reasons = append(reasons, reason.Message)
	}
	files := 0
	for _, d := range inc.Items() {
		digests = append(digests, string(d))
		if it := items[d]; it != nil {
			files += len(it.Sightings)
		}
	}
	row := []string{
		inc.ID, string(inc.Status), string(r.WorkStatus), r.Summary, r.Description, r.MoreInfo,
		r.DateStart, r.DateEnd, r.TimeLocal, r.Zone, string(r.TimePrecision), instant(inc.Earliest), instant(inc.Latest),
		lat, lon, radius, string(r.LocationPrecision), basis, inOneLanguage(r.PlaceNames), r.Admin1, r.Admin2, r.Country,
		inCell(r.AreaTypes), inCell(r.Weapons), inCell(r.IncidentTypes), inCell(r.ViolationTypes), inCell(r.ProtectedObjects),
	}
	for _, group := range []assess.Toll{toll.All, toll.Children} {
		for _, of := range []assess.Range{group.Killed, group.Injured} {
			row = append(row, whole(of.Min), whole(of.Max))
		}
	}
	return append(row, toll.Status, string(toll.Grade), string(r.Children), actor.Value, string(actor.Grade),
		r.DuplicateOf, inCell(related), inCell(r.Tags), inLines(linksOf(inc, items)), inLines(digests), strconv.Itoa(files),
		inCell(reasons), inCell(inc.Flags))
}

func inCell(list []string) string  { return strings.Join(list, "; ") }
func inLines(list []string) string { return strings.Join(list, "\n") }

func whole(n *int) string {
	if n == nil {
		return ""
	}
	return strconv.Itoa(*n)
}

// memberships says of items where they belong.
type memberships struct {
	incidents map[verify.Digest][]string
	roles     map[verify.Digest][]string
	cluster   map[string]string // by path
	reviews   map[verify.Digest]*assess.Review
}

func (c *Case) memberships() memberships {
	m := memberships{map[verify.Digest][]string{}, map[verify.Digest][]string{}, map[string]string{}, map[verify.Digest]*assess.Review{}}
	enter := func(d verify.Digest, incident, role string) {
		if !slices.Contains(m.incidents[d], incident) {
			m.incidents[d], m.roles[d] = append(m.incidents[d], incident), append(m.roles[d], role)
		}
	}
	for i := range c.Incidents {
		inc := &c.Incidents[i]
		for k := range inc.Members {
			enter(inc.Members[k].Digest, inc.ID, string(inc.Members[k].Role))
		}
		for _, d := range inc.Record.Members {
			enter(d, inc.ID, "named")
		}
	}
	for _, k := range c.Clusters {
		for _, p := range k.Members {
			m.cluster[p] = k.ID
		}
	}
	for i := range c.Reviews {
		m.reviews[c.Reviews[i].Item] = &c.Reviews[i]
	}
	return m
}

func (m memberships) mediaRow(it *verify.Item) []string {
	line := it.Line()
	row := []string{
		string(it.Digest), it.Path(), inLines(line.Sightings[min(1, len(line.Sightings)):]), strconv.FormatInt(it.Size, 10),
		string(line.Kind), line.MediaType, whole(line.Width), whole(line.Height), decimal(line.DurationSeconds),
		string(line.Device.Make), string(line.Device.Model), string(line.Device.Serial),
	}
	row = append(row, timeCells(&line)...)
	row = append(row, placeCells(&line)...)
	row = append(row, postCells(it)...)
	row = append(row, inCell(m.incidents[it.Digest]), inCell(m.roles[it.Digest]), m.cluster[it.Path()])
	row = append(row, reviewCells(m.reviews[it.Digest])...)
	var findings []string
	for _, f := range line.Findings {
		if !slices.Contains(findings, f.Code) {
			findings = append(findings, f.Code)
		}
	}
	return append(row, inCell(findings), string(line.Error))
}

func timeCells(line *verify.Line) []string {
	t := line.BestTime
	if t == nil {
		return make([]string, 8)
	}
	return []string{string(t.Kind), string(t.Local), whole(t.OffsetMinutes), string(t.Zone), instant(&t.Earliest), instant(&t.Latest), string(t.Precision), t.Field}
}

func placeCells(line *verify.Line) []string {
	p := line.BestPlace
	if p == nil {
		return make([]string, 4)
	}
	return []string{decimal(p.Latitude), decimal(p.Longitude), string(p.Kind), string(p.Name)}
}

func decimal(v *float64) string {
	if v == nil {
		return ""
	}
	return number(*v)
}

// postCells are what posts say of an item: accounts, addresses, times of
// posting and captions, each once.
func postCells(it *verify.Item) []string {
	var accounts, links, times, texts []string
	add := func(list *[]string, s string) {
		if s != "" && !slices.Contains(*list, s) {
			*list = append(*list, s)
		}
	}
	for i := range it.Sightings {
		add(&accounts, it.Sightings[i].Account)
		for _, r := range it.Sightings[i].Records {
			add(&links, r.URL)
			add(&times, postTime(r.Posted))
			add(&texts, r.Text)
		}
	}
	return []string{inCell(accounts), inLines(links), inCell(times), inLines(texts)}
}

// postTime writes a time of posting: with Z where the instant is known, and as
// the writer's clock had it where it is not.
func postTime(p *source.PostTime) string {
	switch {
	case p == nil:
		return ""
	case p.Local != "":
		return p.Local
	}
	return instant(&p.Instant)
}

func reviewCells(r *assess.Review) []string {
	out := make([]string, 9)
	if r == nil {
		return out
	}
	out[0], out[1] = string(r.State()), string(r.Conclusion())
	claims := r.Claims()
	for i, s := range assess.Subjects() {
		out[2+i] = string(claims[s].Grade)
	}
	if r.Marks.Graphic != nil {
		out[7] = strconv.Itoa(*r.Marks.Graphic)
	}
	var marks []string
	for _, s := range r.Marks.Sensitivity {
		marks = append(marks, string(s))
	}
	out[8] = inCell(marks)
	return out
}
