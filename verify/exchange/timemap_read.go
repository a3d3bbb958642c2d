package exchange

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"path"
	"slices"
	"strings"
	"unicode"

	"github.com/firsthand-media/firsthand/verify/assess"
)

// ReadTimemap reads a map of TimeMap in any of its three forms: events.json
// with sources.json and associations.json beside it, named by the folder or by
// the first of them; the download as JSON; the download as CSV. Dates are month
// first, 00:00 is no time, hidden sources stay hidden, and an id that repeats is
// told apart.
func ReadTimemap(fsys fs.FS, name string) (Preview[assess.Record], error) {
	p := Preview[assess.Record]{Format: timemapFormat}
	if info, err := fs.Stat(fsys, name); err != nil {
		return p, err
	} else if info.IsDir() {
		name = path.Join(name, "events.json")
	}
	data, err := readBounded(fsys, name)
	if err != nil {
		return p, err
	}
	digest := sha256.New()
	digest.Write(data)
	head := bytes.TrimLeftFunc(bytes.TrimPrefix(data, []byte(byteOrderMark)), unicode.IsSpace)
	switch {
	case len(head) == 0:
		return p, errors.New("the file is empty")
	case head[0] == '[':
		err = readTimemapJSON(&p, fsys, name, head, digest)
	case head[0] == '{':
		return p, errors.New("the file is an object; events and downloads of TimeMap are lists")
	default:
		err = readTimemapCSV(&p, data)
	}
	p.Digest = hex.EncodeToString(digest.Sum(nil))
	return p, err
}

// readBounded reads a file of an import.
func readBounded(fsys fs.FS, name string) ([]byte, error) {
	f, err := fsys.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	data, err := io.ReadAll(io.LimitReader(f, maxTable+1))
	if err != nil {
		return nil, fmt.Errorf("read %s: %w", name, err)
	}
	if len(data) > maxTable {
		return nil, fmt.Errorf("%s is larger than %d MiB, the most that is read", name, maxTable>>20)
	}
	return data, nil
}

// timemapBeside is what events refer to.
type timemapBeside struct {
	sources map[string]timemapSource
	paths   map[string][]string // of associations
}

func readTimemapJSON(p *Preview[assess.Record], fsys fs.FS, name string, data []byte, digest io.Writer) error {
	var list []json.RawMessage
	if err := json.Unmarshal(data, &list); err != nil {
		return fmt.Errorf("the file is no whole JSON: %w", err)
	}
	if len(list) > maxRows {
		return fmt.Errorf("more than %d events are not read at once; split the file", maxRows)
	}
	var beside *timemapBeside
	ids := newIDs()
	for i, raw := range list {
		o, err := decodeObject(raw)
		if err != nil {
			p.Refuse(i+1, "event", "%v", err)
			continue
		}
		if o.has("filters") {
			takeTimemap(p, ids, i+1, downloadedRow(o))
			continue
		}
		if beside == nil {
			if beside, err = readBeside(p, fsys, path.Dir(name), digest); err != nil {
				return err
			}
		}
		takeTimemap(p, ids, i+1, beside.row(p, i+1, o, raw))
	}
	return nil
}

// takeTimemap takes an event, and lists what of it could not be taken.
func takeTimemap(p *Preview[assess.Record], ids *idBook, line int, t timemapRow) {
	if t.identity() == "" && t.Description == "" && t.Date == "" && t.Latitude == "" {
		p.Refuse(line, "event", "it states neither what nor where nor when")
		return
	}
	r, notes := t.record()
	r.Incident = ids.take(p, line, t.identity())
	for _, n := range notes {
		p.Refuse(line, t.identity(), "%s", n)
	}
	if err := r.Check(); err != nil {
		p.Refuse(line, t.identity(), "%v", err)
		return
	}
	p.Take(line, strings.TrimSpace(r.Incident+" "+r.DateStart+" "+cut(oneLine(r.Description), 100)), r)
}

// texts are the values of a list of texts.
func (o object) texts(key string) []string {
	list, _ := o[key].([]any)
	var out []string
	for _, v := range list {
		if s, ok := v.(string); ok && strings.TrimSpace(s) != "" {
			out = append(out, strings.TrimSpace(s))
		}
	}
	return out
}

// timemapKeys are the keys of an event that have a field.
func timemapKeys() []string {
	return []string{
		"id", "civId", "description", "graphic", "date", "time", "time_precision", "location", "latitude", "longitude",
		"type", "category", "category_full", "associations", "sources", "comments",
	}
}

func eventOf(o object) timemapEvent {
	e := timemapEvent{
		ID: o.text("id"), CivID: o.text("civid"), Description: o.text("description"), Graphic: o.text("graphic"), Date: o.text("date"), Time: o.text("time"),
		TimePrecision: o.text("time_precision"), Location: o.text("location"), Latitude: o.text("latitude"), Longitude: o.text("longitude"),
		Type: o.text("type"), Category: o.text("category"), CategoryFull: o.text("category_full"), Comments: o.text("comments"),
		Associations: o.texts("associations"), Sources: o.texts("sources"),
	}
	if graphic, ok := o["graphic"].(bool); ok && graphic {
		e.Graphic = "TRUE"
	}
	return e
}

// row joins an event with its sources and filters.
func (b *timemapBeside) row(p *Preview[assess.Record], line int, o object, raw json.RawMessage) timemapRow {
	t := timemapRow{timemapEvent: eventOf(o)}
	var all map[string]json.RawMessage
	if json.Unmarshal(raw, &all) == nil {
		for key, v := range all {
			if !slices.Contains(timemapKeys(), key) && !isNothing(v) {
				if t.rest == nil {
					t.rest = map[string]json.RawMessage{}
				}
				t.rest[key] = v
			}
		}
	}
	for _, id := range t.Sources {
		s, ok := b.sources[id]
		if !ok {
			p.Refuse(line, t.identity()+" source", "sources.json has no %.80q", id)
			continue
		}
		t.sources = append(t.sources, s)
	}
	for _, id := range t.Associations {
		path, ok := b.paths[id]
		if !ok {
			p.Refuse(line, t.identity()+" association", "associations.json has no %.80q", id)
			continue
		}
		t.paths = append(t.paths, path)
	}
	return t
}

// readBeside reads the files that events refer to. One that is not there has
// nothing in it, and each event that needs it says so.
func readBeside(p *Preview[assess.Record], fsys fs.FS, dir string, digest io.Writer) (*timemapBeside, error) {
	b := &timemapBeside{sources: map[string]timemapSource{}, paths: map[string][]string{}}
	for _, file := range []struct {
		name string
		read func([]byte) error
	}{{"sources.json", b.readSources}, {"associations.json", b.readAssociations}} {
		data, err := readBounded(fsys, path.Join(dir, file.name))
		if errors.Is(err, fs.ErrNotExist) {
			p.Refuse(0, file.name, "it is not beside the events; what they refer to there is left out")
			continue
		}
		if err != nil {
			return nil, err
		}
		if _, err := digest.Write(data); err != nil {
			return nil, err
		}
		if err := file.read(bytes.TrimPrefix(data, []byte(byteOrderMark))); err != nil {
			return nil, fmt.Errorf("%s is no JSON of TimeMap: %w", file.name, err)
		}
	}
	return b, nil
}

func (b *timemapBeside) readSources(data []byte) error {
	var all map[string]json.RawMessage
	if err := json.Unmarshal(data, &all); err != nil {
		return err
	}
	for id, raw := range all {
		o, err := decodeObject(raw)
		if err != nil {
			continue
		}
		b.sources[id] = timemapSource{
			ID: id, Title: o.text("title"), Paths: o.texts("paths"), Type: o.text("type"), URL: o.text("url"), Description: o.text("description"),
			Author: o.text("author"), Date: o.text("date"),
		}
	}
	return nil
}

func (b *timemapBeside) readAssociations(data []byte) error {
	var all []json.RawMessage
	if err := json.Unmarshal(data, &all); err != nil {
		return err
	}
	for _, raw := range all {
		o, err := decodeObject(raw)
		if err != nil {
			continue
		}
		if paths := o.texts("filter_paths"); o.text("id") != "" && len(paths) > 0 {
			b.paths[o.text("id")] = paths
		}
	}
	return nil
}

// downloadedRow reads an event of the download.
func downloadedRow(o object) timemapRow {
	t := timemapRow{timemapEvent: eventOf(o)}
	sources, _ := o["sources"].([]any)
	for _, v := range sources {
		inner, _ := v.(map[string]any)
		s := fold(inner)
		t.sources = append(t.sources, timemapSource{ID: s.text("id"), Paths: []string{s.text("path")}, Description: s.text("description")})
	}
	filters, _ := o["filters"].([]any)
	for _, v := range filters {
		inner, _ := v.(map[string]any)
		if f := fold(inner); f.text("key") != "" {
			t.paths = append(t.paths, []string{f.text("key"), f.text("value")})
		}
	}
	return t
}

func readTimemapCSV(p *Preview[assess.Record], data []byte) error {
	s, err := readSheet(bytes.NewReader(data), p.Refuse)
	if err != nil {
		return err
	}
	at := map[string]int{}
	for _, name := range timemapColumns() {
		if at[name] = s.column(name); at[name] < 0 {
			return fmt.Errorf("the table has no column %s: it is no download of TimeMap", name)
		}
	}
	ids := newIDs()
	for _, row := range s.rows {
		t := timemapRow{timemapEvent: timemapEvent{
			ID: row.cell(at["id"]), Date: row.cell(at["date"]), Latitude: row.cell(at["latitude"]), Longitude: row.cell(at["longitude"]),
			Location: row.cell(at["location"]), Description: row.cell(at["description"]),
		}}
		for i, path := range splitPaths(row.cell(at["sources"])) {
			t.sources = append(t.sources, timemapSource{ID: fmt.Sprintf("src%s_%d", t.ID, i+1), Paths: []string{path}})
		}
		t.paths = splitPairs(row.cell(at["associations"]))
		takeTimemap(p, ids, row.line, t)
	}
	return nil
}

// splitPaths splits sources at commas that an address or HIDDEN comes behind,
// for addresses hold commas too.
func splitPaths(cell string) []string {
	var out []string
	for part := range strings.SplitSeq(cell, ",") {
		trimmed := strings.TrimSpace(part)
		isNew := strings.HasPrefix(trimmed, "http://") || strings.HasPrefix(trimmed, "https://") || strings.EqualFold(trimmed, Hidden)
		switch {
		case isNew || len(out) == 0 && trimmed != "":
			out = append(out, trimmed)
		case len(out) > 0:
			out[len(out)-1] += "," + part
		}
	}
	return out
}

// splitPairs splits Key=Value,Key=Value; a part without a sign belongs to the
// value before it.
func splitPairs(cell string) [][]string {
	var out [][]string
	for part := range strings.SplitSeq(cell, ",") {
		key, value, ok := strings.Cut(part, "=")
		switch {
		case ok:
			out = append(out, []string{strings.TrimSpace(key), strings.TrimSpace(value)})
		case len(out) > 0:
			out[len(out)-1][1] += "," + part
		}
	}
	return out
}
