package casefile

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strconv"

	"github.com/firsthand-media/firsthand/verify/custody"
)

// sightingKey names a row of sightings.
type sightingKey struct {
	place
	digest string
}

func (k sightingKey) String() string {
	return fmt.Sprintf("sighting %q of item %s", k.source+"/"+k.rel, k.digest)
}

func compareSightings(a, b sightingKey) int {
	return cmp.Or(cmp.Compare(a.source, b.source), cmp.Compare(a.rel, b.rel), cmp.Compare(a.digest, b.digest))
}

// wantedSighting is what the ledger says of a sighting.
type wantedSighting struct {
	seq        int64
	record     string
	scan, gone int64 // gone is 0 while it is present
}

// seen follows one sighting: what stood at the same place is gone, unless this
// one came with another case.
func (l *ledgerState) seen(at place, digest string, s wantedSighting, merged bool) {
	if !merged {
		l.goneBut(at, digest, s.scan)
	}
	if !slices.Contains(l.present[at], digest) {
		l.present[at] = append(l.present[at], digest)
	}
	l.sightings[sightingKey{at, digest}] = s
}

// goneBut marks what stands at a place as gone, but for one content.
func (l *ledgerState) goneBut(at place, digest string, scan int64) {
	var left []string
	for _, d := range l.present[at] {
		if d == digest {
			left = append(left, d)
			continue
		}
		key := sightingKey{at, d}
		s := l.sightings[key]
		s.gone = scan
		l.sightings[key] = s
	}
	l.present[at] = left
}

// wantedSource is what the ledger says of a source.
type wantedSource struct {
	seq      int64
	dir      string
	scan     int64  // the last that closed it
	sidecars string // digest of the list, "" where no entry has it
}

func (f *File) checkSources(ctx context.Context, l *ledgerState, found *faults) error {
	rows, err := f.query(ctx, "SELECT name, dir, sidecars, scan FROM sources ORDER BY name")
	if err != nil {
		return err
	}
	defer rows.Close()
	left := maps.Clone(l.sources)
	for rows.Next() {
		var name string
		var got wantedSource
		var sidecars []byte
		if err := rows.Scan(&name, &got.dir, &sidecars, &got.scan); err != nil {
			return err
		}
		want, ok := l.sources[ledgerText(name)]
		delete(left, ledgerText(name))
		if !ok {
			found.add(-1, "source "+name, "none", "one that no entry tells of")
			continue
		}
		found.compare(want.seq, "folder of source "+name, want.dir, ledgerText(got.dir))
		found.compare(want.seq, "last scan of source "+name, strconv.FormatInt(want.scan, 10), strconv.FormatInt(got.scan, 10))
		if want.sidecars != "" {
			found.compare(want.seq, "sidecars of source "+name, want.sidecars, rowsDigest([][]byte{sidecars}))
		}
	}
	for _, name := range slices.Sorted(maps.Keys(left)) {
		found.add(left[name].seq, "source "+name, "a row", "none")
	}
	return rows.Err()
}

// wantedScan is what the ledger says of a scan.
type wantedScan struct {
	seq          int64
	began, ended string
	info         string // as formed by scanTerms
	summary      string
}

// scanTerms gives what a scan set out to do one spelling.
func scanTerms(sources []scanSource, version string, params map[string]string) string {
	text, err := json.Marshal(struct {
		Sources []scanSource
		Version string
		Params  map[string]string
	}{append([]scanSource{}, sources...), version, params})
	if err != nil {
		return err.Error() // strings have a JSON form
	}
	return string(text)
}

func (f *File) checkScans(ctx context.Context, l *ledgerState, found *faults) error {
	rows, err := f.query(ctx, "SELECT id, began, ended, info, summary FROM scans ORDER BY id")
	if err != nil {
		return err
	}
	defer rows.Close()
	left := maps.Clone(l.scans)
	for rows.Next() {
		var id int64
		var began, ended string
		var infoText, summary []byte
		if err := rows.Scan(&id, &began, &ended, &infoText, &summary); err != nil {
			return err
		}
		name := fmt.Sprintf(" of scan %d", id)
		want, ok := l.scans[id]
		delete(left, id)
		if !ok {
			found.add(-1, "row"+name, "none", "one that no entry tells of")
			continue
		}
		found.compare(want.seq, "beginning"+name, want.began, began)
		found.compare(want.seq, "end"+name, want.ended, ended)
		found.compare(want.seq, "terms"+name, want.info, storedTerms(infoText))
		got, err := custody.Canonical(summary)
		if err != nil {
			got = summary
		}
		found.compare(want.seq, "summary"+name, want.summary, string(got))
	}
	for _, id := range slices.Sorted(maps.Keys(left)) {
		found.add(left[id].seq, fmt.Sprintf("scan %d", id), "a row", "none")
	}
	return rows.Err()
}

func storedTerms(text []byte) string {
	var info ScanInfo
	if err := json.Unmarshal(text, &info); err != nil {
		return err.Error()
	}
	sources := make([]scanSource, len(info.Sources))
	for i, s := range info.Sources {
		sources[i] = scanSource{s.Name, s.Dir}
	}
	return scanTerms(sources, info.Version, info.Params)
}
