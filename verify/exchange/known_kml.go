package exchange

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"path"
	"strings"
)

// Bounds of KML.
const (
	maxKMLDepth = 64
	maxKMLText  = 4 << 20 // bytes of one element
	maxKMZNames = 100_000
)

// readKMZ reads the KML of a KMZ: doc.kml, else the first that there is.
// Nothing else of the archive is opened, and nothing is unpacked to the disk.
func (k *knownReader) readKMZ(data []byte) error {
	archive, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		return fmt.Errorf("the file is no whole KMZ: %w", err)
	}
	if len(archive.File) > maxKMZNames {
		return fmt.Errorf("the KMZ holds more than %d files", maxKMZNames)
	}
	var doc *zip.File
	for _, f := range archive.File {
		if !strings.EqualFold(path.Ext(f.Name), ".kml") {
			continue
		}
		if doc == nil || f.Name == "doc.kml" {
			doc = f
		}
	}
	if doc == nil {
		return errors.New("the KMZ holds no KML")
	}
	r, err := doc.Open()
	if err != nil {
		return fmt.Errorf("the KMZ: %w", err)
	}
	defer r.Close()
	return k.readKML(r)
}

// bounded is a reader that ends in an error, and not quietly, at its limit or
// where one text, which the decoder holds in memory, does not end.
type bounded struct {
	r    io.Reader
	left int64
	text int64 // bytes since the last mark
}

var (
	errTooLarge = fmt.Errorf("it unpacks to more than %d MiB", maxKnownFile>>20)
	errLongText = fmt.Errorf("one element holds more than %d MiB of text", maxKMLText>>20)
)

func (b *bounded) Read(p []byte) (int, error) {
	if b.left <= 0 {
		return 0, errTooLarge
	}
	if b.text > maxKMLText {
		return 0, errLongText
	}
	n, err := b.r.Read(p[:min(int64(len(p)), b.left)])
	b.left -= int64(n)
	b.text += int64(n)
	if i := bytes.LastIndexByte(p[:n], '<'); i >= 0 {
		b.text = int64(n - i)
	}
	return n, err
}

// readKML reads the placemarks of KML 2.x. Entities of the document's own are
// no part of KML and are refused; links to other files are not followed.
func (k *knownReader) readKML(r io.Reader) error {
	k.format = kmlFormat
	d := xml.NewDecoder(&bounded{r: r, left: maxKnownFile})
	d.CharsetReader = func(charset string, in io.Reader) (io.Reader, error) {
		if strings.EqualFold(charset, "us-ascii") {
			return in, nil
		}
		return nil, fmt.Errorf("the text is in %q; save it as UTF-8", charset)
	}
	w := kmlWalk{k: k}
	for {
		token, err := d.Token()
		if errors.Is(err, io.EOF) {
			return w.end()
		}
		if err != nil {
			return fmt.Errorf("the KML cannot be read: %w", err)
		}
		if err := w.token(token); err != nil {
			return fmt.Errorf("the KML cannot be read: %w", err)
		}
	}
}

// kmlWalk follows the elements of a document.
type kmlWalk struct {
	k       *knownReader
	open    []string // elements, without their name space
	folders []string // names of the open folders
	text    strings.Builder
	mark    *placemark // the open one
	field   string     // name of the open Data or SimpleData
	placed  int
	linked  int
}

// placemark is one as it is written.
type placemark struct {
	id     string
	fields map[string]any // name, description, and the extended data, by lower-case names
	begin  string
	points [][2]string
}

func (w *kmlWalk) token(token xml.Token) error {
	switch t := token.(type) {
	case xml.StartElement:
		if len(w.open) == 0 && t.Name.Local != "kml" && t.Name.Local != "Document" && t.Name.Local != "Folder" {
			return fmt.Errorf("it begins with <%s>", t.Name.Local)
		}
		if len(w.open) >= maxKMLDepth {
			return fmt.Errorf("more than %d elements inside one another", maxKMLDepth)
		}
		w.open = append(w.open, t.Name.Local)
		w.text.Reset()
		w.start(t)
	case xml.CharData:
		if w.text.Len()+len(t) > maxKMLText {
			return errLongText
		}
		w.text.Write(t)
	case xml.EndElement:
		err := w.close(t.Name.Local, strings.TrimSpace(w.text.String()))
		w.text.Reset()
		w.open = w.open[:max(len(w.open)-1, 0)]
		return err
	}
	return nil
}

func (w *kmlWalk) start(t xml.StartElement) {
	switch t.Name.Local {
	case "Folder":
		w.folders = append(w.folders, "")
	case "NetworkLink":
		w.linked++
	case "Placemark":
		w.mark = &placemark{id: attribute(t, "id"), fields: map[string]any{}}
	case "Data", "SimpleData":
		w.field = strings.ToLower(strings.TrimSpace(attribute(t, "name")))
	}
}

func attribute(t xml.StartElement, name string) string {
	for _, a := range t.Attr {
		if a.Name.Local == name {
			return a.Value
		}
	}
	return ""
}

// parent is the element that the open one stands in.
func (w *kmlWalk) parent() string {
	if len(w.open) < 2 {
		return ""
	}
	return w.open[len(w.open)-2]
}

func (w *kmlWalk) close(name, text string) error {
	switch {
	case name == "Folder":
		w.folders = w.folders[:max(len(w.folders)-1, 0)]
	case name == "Placemark" && w.mark != nil:
		m := w.mark
		w.mark = nil
		return w.take(m)
	case w.mark == nil:
		if name == "name" && w.parent() == "Folder" && len(w.folders) > 0 {
			w.folders[len(w.folders)-1] = text
		}
		if name == "name" && w.parent() == "Document" && strings.Contains(strings.ToLower(text), "geoconfirmed") {
			w.k.format = geoConfirmed
		}
	default:
		return w.mark.close(w, name, text)
	}
	return nil
}

// close takes in an element of a placemark.
func (m *placemark) close(w *kmlWalk, name, text string) error {
	switch name {
	case "name", "description", "address":
		if w.parent() == "Placemark" {
			m.fields[name] = text
		}
	case "value", "SimpleData":
		if w.field != "" && m.fields[w.field] == nil && len(m.fields) < 1000 {
			m.fields[w.field] = text
		}
		w.field = ""
	case "when", "begin":
		if m.begin == "" {
			m.begin = text
		}
	case "coordinates":
		for tuple := range strings.FieldsSeq(text) {
			parts := strings.Split(tuple, ",")
			if len(parts) < 2 || len(parts) > 3 {
				return fmt.Errorf("%.60q is no longitude, latitude and height", tuple)
			}
			if m.points = append(m.points, [2]string{parts[0], parts[1]}); len(m.points) > maxPairs {
				return fmt.Errorf("more than %d positions in one placemark", maxPairs)
			}
		}
	}
	return nil
}

// take makes a placemark an entry.
func (w *kmlWalk) take(m *placemark) error {
	w.placed++
	for _, folder := range w.folders {
		if isLegend(folder) {
			w.k.out.Skipped++
			return nil
		}
	}
	o := object(m.fields)
	e := o.entry()
	e.line = w.placed
	if m.id != "" && e.id == "" {
		e.id = m.id
	}
	if e.place == "" {
		e.place = o.text("address")
	}
	switch {
	case m.begin != "":
		e.date = m.begin
	case e.date == "":
		e.date = statedDate(plainText(e.description))
	}
	if strings.Contains(e.description, "/GeoConfirmed/status/") {
		w.k.format = geoConfirmed
	}
	switch len(m.points) {
	case 0:
	case 1:
		e.lon, e.lat = m.points[0][0], m.points[0][1]
	default:
		if err := e.placeAmid(m.points); err != nil {
			w.k.out.Incident.Refuse(e.line, e.title, "%v", err)
			return nil
		}
	}
	return w.k.add(e)
}

func (w *kmlWalk) end() error {
	if w.linked > 0 {
		w.k.out.Incident.Refuse(0, "network links", "%d links to other maps are not followed; download those maps and import them too", w.linked)
	}
	if w.placed == 0 {
		return errors.New("the KML holds no placemarks")
	}
	return nil
}
