package exchange

import (
	"bytes"
	"errors"
	"strings"
)

// errNoKnown is a file of no form that is understood.
var errNoKnown = errors.New("the file is neither GeoJSON nor KML nor KMZ, nor a table with latitude and longitude")

// readTable reads a CSV with a header, such as the copy of Eyes on Russia that
// goes around.
func (k *knownReader) readTable(data []byte) error {
	line, _, _ := bytes.Cut(data, []byte("\n"))
	if low := strings.ToLower(string(line)); !strings.Contains(low, "lat") || !strings.Contains(low, "lon") {
		return errNoKnown
	}
	s, err := readSheet(bytes.NewReader(data), k.out.Incident.Refuse)
	if err != nil {
		return err
	}
	k.format = geoJSONFormat
	if s.column("entry") >= 0 && s.column("event_group") >= 0 {
		k.format = eyesOnRussia
	}
	for _, row := range s.rows {
		o := object{}
		for i, name := range s.columns {
			if name = strings.ToLower(strings.TrimSpace(name)); name != "" && o[name] == nil {
				o[name] = row.cell(i)
			}
		}
		e, err := k.loose(row.line, o)
		if err != nil {
			k.out.Incident.Refuse(row.line, "entry", "%v", err)
			continue
		}
		e.line = row.line
		if err := k.add(e); err != nil {
			return err
		}
	}
	return nil
}
