package casefile

import (
	"context"
	"encoding/json"
	"fmt"
	"unicode/utf8"

	"github.com/firsthand-media/firsthand/verify/custody"
)

// ledgerState is what the tables must hold by the ledger: the outcome of all
// its events.
type ledgerState struct {
	created   custody.Event
	items     map[string]recorded // by digest
	sightings map[sightingKey]wantedSighting
	present   map[place][]string  // digests of what stands there now: several where two cases had different content
	results   map[string]recorded // by table, and by origin for findings
	settings  map[string]recorded // by key; "" when taken back
	setBy     map[string]act      // the change that stands, by key
	sources   map[string]wantedSource
	scans     map[int64]wantedScan
	decisions map[int64]decision
	texts     map[textKey]wantedText
	tables    map[string]*wantedRows // of checkedTables, by name
	follow    map[string][]followed  // what those tables do with events, by kind

	lastSetting int64 // place in time of the last change of a setting
}

// followed is what events of a kind do to a table.
type followed struct {
	rows  *wantedRows
	apply func(*wantedRows, custody.Event) error
}

// recorded is a value and the entry that holds it.
type recorded struct {
	seq   int64
	value string
}

type place struct{ source, rel string }

type decision struct {
	event custody.Event
	body  decidedBody
}

// ledgerText is a text as an event has it: bytes that are not UTF-8, which the
// name of a folder may hold, are replaced as JSON does.
func ledgerText(s string) string {
	if utf8.ValidString(s) {
		return s
	}
	return string([]rune(s))
}

func newLedgerState() *ledgerState {
	l := &ledgerState{
		items: make(map[string]recorded), sightings: make(map[sightingKey]wantedSighting), present: make(map[place][]string),
		results: make(map[string]recorded), settings: make(map[string]recorded), setBy: make(map[string]act), sources: make(map[string]wantedSource),
		scans: make(map[int64]wantedScan), decisions: make(map[int64]decision), texts: make(map[textKey]wantedText),
		tables: make(map[string]*wantedRows), follow: make(map[string][]followed),
	}
	for _, table := range checkedTables() {
		rows := &wantedRows{key: table.key, rows: make(map[string]wantedRow)}
		l.tables[table.name] = rows
		for kind, apply := range table.follow {
			l.follow[kind] = append(l.follow[kind], followed{rows, apply})
		}
	}
	return l
}

// readLedger follows all events. An entry that cannot be read as one is left
// out: the check of the ledger names it.
func (f *File) readLedger(ctx context.Context, found *faults) (*ledgerState, error) {
	l := newLedgerState()
	for entry, err := range f.Events(ctx) {
		if err != nil {
			return nil, err
		}
		event, err := entry.Parse()
		if err != nil {
			continue
		}
		if event.Seq == 0 {
			l.created = event
		}
		if err := l.apply(event); err != nil {
			found.add(event.Seq, "body of "+event.Kind, "", err.Error())
		}
	}
	return l, nil
}

// apply follows one event. Kinds that write no row that is compared are
// passed over.
func (l *ledgerState) apply(event custody.Event) error {
	var from *origin // of an act that was taken over
	if event.Kind == adoptedAct {
		if err := l.followed(event); err != nil {
			return err
		}
		var body adoptedBody
		if err := json.Unmarshal(event.Body, &body); err != nil {
			return err
		}
		inner, err := unwrapped(event)
		if err != nil {
			return err
		}
		event, from = inner, &body.Origin
	}
	if err := l.sealed(event); err != nil {
		return err
	}
	if err := l.followed(event); err != nil {
		return err
	}
	switch event.Kind {
	case scanBegan, scanEnded:
		return l.scan(event)
	case filesRead:
		return l.filesRead(event)
	case sourceRead:
		return l.sourceRead(event)
	case matchesFound, incidentsProposed, findingsReported:
		return l.resultsReplaced(event)
	case settingChanged:
		var body settingBody
		if err := json.Unmarshal(event.Body, &body); err != nil {
			return err
		}
		return l.set(body, event, from)
	case decided:
		var body decidedBody
		if err := json.Unmarshal(event.Body, &body); err != nil {
			return err
		}
		l.decisions[event.Seq] = decision{event: event, body: body}
	}
	return nil
}

// set follows a change of a setting. One that was taken over from another case
// stands only when it is the later one.
func (l *ledgerState) set(body settingBody, event custody.Event, from *origin) error {
	if from == nil {
		entry, err := event.Encode()
		if err != nil {
			return err
		}
		from = &origin{Leaf: entry.Hash().String(), Eff: max(event.At.UnixNano(), l.lastSetting+1)}
	}
	l.lastSetting = max(l.lastSetting, from.Eff)
	this := act{seq: event.Seq, origin: *from}
	if last, ok := l.setBy[body.Key]; ok && !later(this, last) {
		return nil
	}
	l.setBy[body.Key] = this
	l.settings[body.Key] = recorded{event.Seq, body.Value}
	return nil
}

// followed lets the tables that are compared column by column follow an event.
func (l *ledgerState) followed(event custody.Event) error {
	for _, f := range l.follow[event.Kind] {
		if err := f.apply(f.rows, event); err != nil {
			return err
		}
	}
	return nil
}

func (l *ledgerState) scan(event custody.Event) error {
	var body struct {
		scanBeganBody
		Summary json.RawMessage `json:"summary"`
	}
	if err := json.Unmarshal(event.Body, &body); err != nil {
		return err
	}
	if event.Kind == scanEnded {
		s := l.scans[body.Scan]
		s.seq, s.ended, s.summary = event.Seq, formatTime(event.At), string(body.Summary)
		l.scans[body.Scan] = s
		return nil
	}
	l.scans[body.Scan] = wantedScan{
		seq: event.Seq, began: formatTime(event.At), info: scanTerms(body.Sources, body.Version, body.Params), summary: "null",
	}
	for _, s := range body.Sources {
		known := l.sources[s.Name]
		known.seq, known.dir = event.Seq, s.Dir
		if known.sidecars == "" && known.scan == 0 {
			known.sidecars = rowsDigest([][]byte{[]byte("null")})
		}
		l.sources[s.Name] = known
	}
	return nil
}

func (l *ledgerState) sourceRead(event custody.Event) error {
	var body sourceReadBody
	if err := json.Unmarshal(event.Body, &body); err != nil {
		return err
	}
	for _, name := range body.Gone {
		rel, err := name.bytes()
		if err != nil {
			return err
		}
		l.goneBut(place{body.Source, rel}, "", body.Scan)
	}
	l.results[sourceCheck(body.Source)] = recorded{event.Seq, body.Findings}
	s := l.sources[body.Source]
	s.seq, s.scan, s.sidecars = event.Seq, body.Scan, body.SidecarList
	l.sources[body.Source] = s
	return nil
}

func (l *ledgerState) filesRead(event custody.Event) error {
	var body filesReadBody
	if err := json.Unmarshal(event.Body, &body); err != nil {
		return err
	}
	if len(body.Items) != len(event.Subjects) {
		return fmt.Errorf("%d records of %d items", len(body.Items), len(event.Subjects))
	}
	for i, digest := range event.Subjects {
		l.items[digest] = recorded{event.Seq, body.Items[i]}
	}
	for _, s := range body.Sightings {
		rel, err := s.bytes()
		if err != nil {
			return err
		}
		l.seen(place{s.Source, rel}, s.Digest, wantedSighting{seq: event.Seq, record: s.Record, scan: body.Scan}, body.Merged)
	}
	return nil
}

func (l *ledgerState) resultsReplaced(event custody.Event) error {
	var body resultsBody
	if err := json.Unmarshal(event.Body, &body); err != nil {
		return err
	}
	switch event.Kind {
	case matchesFound:
		l.results["matches"] = recorded{event.Seq, body.Result}
		l.results["clusters"] = recorded{event.Seq, body.Clusters}
	case incidentsProposed:
		l.results["incidents"] = recorded{event.Seq, body.Result}
	default:
		l.results[body.Origin] = recorded{event.Seq, body.Result}
	}
	return nil
}
