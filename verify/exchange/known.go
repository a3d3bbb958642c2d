package exchange

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"path"
	"reflect"
	"strings"
	"unicode"

	"github.com/firsthand-media/firsthand/extract/source"
	"github.com/firsthand-media/firsthand/verify"
)

// Bounds of a file of known incidents.
const (
	maxKnownFile = 256 << 20 // bytes, of a KMZ what it unpacks to
	maxKnown     = 500_000
	maxSameID    = 50 // entries of one id that differ
)

// Doubtful is what becomes of a position that looks as if latitude and
// longitude were swapped.
type Doubtful string

// What a person may answer. Nobody having answered, such an entry is listed
// with the question and not taken.
const (
	LeaveDoubtful Doubtful = "leave"
	KeepDoubtful  Doubtful = "keep"
	SwapDoubtful  Doubtful = "swap"
)

// KnownOptions is what a person says of a file of known incidents.
type KnownOptions struct {
	Set       string     // name of the collection; "" for that of the format, else of the file
	Doubtful  Doubtful   // "" is LeaveDoubtful
	DateOrder string     // month-first or day-first, of dates such as 3/4/2022; "" for what the file shows
	Around    []Position // where the case is, so that a file swapped throughout is noticed
}

// KnownFile is what a file of known incidents holds.
type KnownFile struct {
	Set      string // the collection: entries of one set and id take the stead of earlier ones
	Skipped  int    // entries that are no incidents: legends, or the same entry twice
	Incident Preview[verify.Known]
}

// Formats of known incidents, as they are named to people. A set has the name
// of its format where that is one collection.
const (
	eyesOnRussia  = "eyes-on-russia"
	geoConfirmed  = "geoconfirmed"
	geoExtractor  = "osint-geo-extractor"
	timemapFormat = "timemap"
	geoJSONFormat = "geojson"
	kmlFormat     = "kml"
)

// errWholeSwapped wants a person's word on a whole file.
var errWholeSwapped = errors.New("latitude and longitude look swapped throughout the file")

// ReadKnown reads known incidents: GeoJSON (of Eyes on Russia, of
// osint-geo-extractor, or any), KML and KMZ (of GeoConfirmed, or any), the older
// JSON of GeoConfirmed, the download and the events of TimeMap, and a CSV with
// latitude and longitude. Which one it is, is seen by the content. The name of the file names the set where nothing
// else does. An entry that cannot be taken is a bad row, and so is the date or
// position of one that is taken without it.
func ReadKnown(name string, r io.ReaderAt, size int64, opt KnownOptions) (KnownFile, error) {
	if size > maxKnownFile {
		return KnownFile{}, fmt.Errorf("the file is larger than %d MiB, the most that is read", maxKnownFile>>20)
	}
	order, err := readOrder(opt.DateOrder)
	if err != nil {
		return KnownFile{}, err
	}
	data := make([]byte, size)
	if _, err := r.ReadAt(data, 0); err != nil && err != io.EOF {
		return KnownFile{}, fmt.Errorf("read the file: %w", err)
	}
	k := &knownReader{opt: opt, order: order}
	digest := sha256.Sum256(data)
	k.out.Incident.Digest = hex.EncodeToString(digest[:])
	if err := k.read(data); err != nil {
		return KnownFile{}, err
	}
	if k.out.Set = opt.Set; k.out.Set == "" {
		k.out.Set = k.set(name)
	}
	return k.out, k.finish()
}

// knownReader gathers entries before what only the whole file shows is known:
// the order of its dates, the company of its positions, repeated ids.
type knownReader struct {
	opt     KnownOptions
	order   dateOrder
	format  string
	entries []rawKnown
	out     KnownFile
}

// rawKnown is an entry as it is written.
type rawKnown struct {
	line        int
	id, title   string
	description string // may hold HTML
	place       string
	source      string
	date        string
	noDate      string // the date that stands for none, "" where there is no such
	lat, lon    string
	accuracyM   float64 // as stated, 0 where it is not
	links       []string
	hidden      int
}

func (k *knownReader) read(data []byte) error {
	switch head := bytes.TrimLeftFunc(bytes.TrimPrefix(data, []byte(byteOrderMark)), unicode.IsSpace); {
	case len(head) == 0:
		return errors.New("the file is empty")
	case bytes.HasPrefix(head, []byte("PK")):
		return k.readKMZ(data)
	case head[0] == '<':
		return k.readKML(bytes.NewReader(head))
	case head[0] == '{' || head[0] == '[':
		return k.readJSON(head)
	}
	return k.readTable(data)
}

func (k *knownReader) add(e rawKnown) error {
	if len(k.entries) == maxKnown {
		return fmt.Errorf("more than %d entries are not read at once; split the file", maxKnown)
	}
	k.entries = append(k.entries, e)
	return nil
}

// set is the name of the collection by its format, else by the file.
func (k *knownReader) set(name string) string {
	switch k.format {
	case geoJSONFormat, kmlFormat:
		base := path.Base(strings.ReplaceAll(name, `\`, "/"))
		if s := safeName(strings.TrimSuffix(base, path.Ext(base))); s != "_" {
			return s
		}
	}
	return k.format
}

// finish makes the entries known incidents.
func (k *knownReader) finish() error {
	k.out.Incident.Format = k.format
	if k.order == orderUnknown {
		dates := make([]string, len(k.entries))
		for i := range k.entries {
			dates[i], _ = withoutClock(k.entries[i].date)
		}
		k.order = orderOf(dates)
	}
	for i := range k.entries {
		e := &k.entries[i]
		if e.id = cut(strings.TrimSpace(e.id), maxTitle); e.id == "" {
			e.id = e.madeID()
		}
	}
	positions, err := k.positions()
	if err != nil {
		return err
	}
	seen := map[string][]verify.Known{}
	for i := range k.entries {
		e := &k.entries[i]
		if !positions[i].taken {
			continue
		}
		known := k.known(e, positions[i].at)
		switch {
		case isAmong(seen[e.id], known):
			k.out.Skipped++
			continue
		case len(seen[e.id]) == maxSameID:
			k.out.Incident.Refuse(e.line, e.id+" id", "%d other entries have this id", maxSameID)
			continue
		}
		seen[e.id] = append(seen[e.id], known)
		if n := len(seen[e.id]); n > 1 {
			known.ID = fmt.Sprintf("%s #%d", e.id, n)
			k.out.Incident.Refuse(e.line, e.id+" id", "another entry has this id; this one is kept as %q", known.ID)
		}
		k.out.Incident.Take(e.line, known.What(), known)
	}
	return nil
}

func isAmong(list []verify.Known, k verify.Known) bool {
	for i := range list {
		if reflect.DeepEqual(list[i], k) {
			return true
		}
	}
	return false
}

// madeID stands for an entry that has none: the same content has the same.
func (e *rawKnown) madeID() string {
	text, err := json.Marshal([]any{e.title, e.description, e.date, e.lat, e.lon, e.links})
	if err != nil {
		return ""
	}
	sum := sha256.Sum256(text)
	return "x-" + hex.EncodeToString(sum[:6])
}

// known reads what an entry states.
func (k *knownReader) known(e *rawKnown, at *Position) verify.Known {
	known := verify.Known{
		Set: k.out.Set, ID: e.id, Title: source.Text(cut(tidy(plainText(e.title)), maxTitle)),
		Description: source.Text(plainText(e.description)), Place: source.Text(cut(tidy(e.place), maxTitle)),
		Source: source.Text(cut(strings.TrimSpace(e.source), maxTitle)), Links: []string{}, Hidden: e.hidden,
	}
	for _, link := range append(e.links, linksIn(e.description)...) {
		known.Links = appendLink(known.Links, link)
	}
	if at != nil {
		accuracy := max(e.accuracyM, digitsAccuracy(e.lat, e.lon))
		known.Latitude, known.Longitude, known.AccuracyM = &at.Latitude, &at.Longitude, &accuracy
	}
	date, _, err := looseDate(e.date, k.order)
	switch {
	case err != nil:
		k.out.Incident.Refuse(e.line, e.id+" date", "%v; it is taken as unknown", err)
	case e.noDate != "" && day(date) == e.noDate: // what the format writes for an unreadable date
	default:
		known.Date = source.Text(day(date))
	}
	return known
}
