package gazetteer

import (
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"
	"unicode/utf8"
)

// csvColumns are the columns that are understood, under the names that tables
// of places give them.
var csvColumns = map[string]string{
	"name": "name", "place": "name", "title": "name",
	"variants": "variants", "alternates": "variants", "names": "variants", "other names": "variants", "aliases": "variants",
	"latitude": "lat", "lat": "lat", "y": "lat",
	"longitude": "lon", "lon": "lon", "lng": "lon", "long": "lon", "x": "lon",
	"radius_m": "radius", "radius": "radius", "note": "note", "notes": "note", "comment": "note",
}

// maxEntries bounds a file of places.
const maxEntries = 32 << 20 // bytes

// ReadCSV reads a table of places: a line of column names, of which name,
// latitude and longitude are needed and variants (split by |), radius_m and
// note are not; commas, semicolons or tabs between them. One wrong line makes
// an error that names it, and nothing is read.
func ReadCSV(r io.Reader) ([]Own, error) {
	data, err := readAll(r)
	if err != nil {
		return nil, err
	}
	rows := csv.NewReader(bytes.NewReader(data))
	rows.Comma = separator(data)
	rows.TrimLeadingSpace = true
	head, err := rows.Read()
	if errors.Is(err, io.EOF) {
		return nil, errors.New("the file is empty")
	} else if err != nil {
		return nil, fmt.Errorf("read the column names: %w", err)
	}
	columns, err := findColumns(head)
	if err != nil {
		return nil, err
	}
	var places []Own
	for {
		row, err := rows.Read()
		if errors.Is(err, io.EOF) {
			return Join(places)
		}
		if err != nil {
			return nil, err // which names the line
		}
		line, _ := rows.FieldPos(0)
		o, err := ownOf(row, columns)
		if err == nil {
			o, err = o.Check()
		}
		if err != nil {
			return nil, fmt.Errorf("line %d: %w", line, err)
		}
		if places = append(places, o); len(places) > maxOwn {
			return nil, fmt.Errorf("more than %d places", maxOwn)
		}
	}
}

func readAll(r io.Reader) ([]byte, error) {
	data, err := io.ReadAll(io.LimitReader(r, maxEntries+1))
	switch {
	case err != nil:
		return nil, err
	case len(data) > maxEntries:
		return nil, fmt.Errorf("the file is larger than %d MB", maxEntries>>20)
	case !utf8.Valid(data):
		return nil, errors.New("the file is not UTF-8: save it again in that encoding")
	}
	return bytes.TrimPrefix(data, []byte("\ufeff")), nil
}

// separator is the one that stands most often in the first line.
func separator(data []byte) rune {
	line, _, _ := bytes.Cut(data, []byte("\n"))
	best := ','
	for _, c := range ";\t" {
		if bytes.Count(line, []byte(string(c))) > bytes.Count(line, []byte(string(best))) {
			best = c
		}
	}
	return best
}

func findColumns(head []string) (map[string]int, error) {
	columns := map[string]int{}
	for i, h := range head {
		c, ok := csvColumns[strings.ToLower(strings.TrimSpace(h))]
		if !ok {
			continue
		}
		if _, twice := columns[c]; twice {
			return nil, fmt.Errorf("two columns give the %s", c)
		}
		columns[c] = i
	}
	for _, need := range []string{"name", "lat", "lon"} {
		if _, ok := columns[need]; !ok {
			return nil, fmt.Errorf("no column gives the %s: the first line names the columns name, latitude, longitude, variants, radius_m, note", map[string]string{"name": "name", "lat": "latitude", "lon": "longitude"}[need])
		}
	}
	return columns, nil
}

func ownOf(row []string, columns map[string]int) (Own, error) {
	field := func(column string) string {
		if i, ok := columns[column]; ok && i < len(row) {
			return strings.TrimSpace(row[i])
		}
		return ""
	}
	o := Own{Name: field("name"), Variants: strings.Split(field("variants"), "|"), Note: field("note")}
	var err error
	if o.Lat, err = number(field("lat"), "latitude"); err != nil {
		return o, err
	}
	if o.Lon, err = number(field("lon"), "longitude"); err != nil {
		return o, err
	}
	if radius := field("radius"); radius != "" {
		o.RadiusM, err = number(radius, "radius")
		if err == nil && o.RadiusM <= 0 {
			err = fmt.Errorf("radius %q is not above 0", radius)
		}
	}
	return o, err
}

// number reads a number with a full stop or, as many tables have it, a comma.
func number(s, what string) (float64, error) {
	v, err := strconv.ParseFloat(strings.Replace(s, ",", ".", 1), 64)
	if err != nil {
		return 0, fmt.Errorf("%s %q is not a number", what, s)
	}
	return v, nil
}

// WriteCSV writes places as [ReadCSV] reads them.
func WriteCSV(w io.Writer, places []Own) error {
	out := csv.NewWriter(w)
	rows := [][]string{{"name", "variants", "latitude", "longitude", "radius_m", "note"}}
	for _, o := range places {
		rows = append(rows, []string{o.Name, strings.Join(o.Variants, "|"), plain(o.Lat), plain(o.Lon), plain(o.RadiusM), o.Note})
	}
	return out.WriteAll(rows)
}

func plain(v float64) string { return strconv.FormatFloat(v, 'f', -1, 64) }
