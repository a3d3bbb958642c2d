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
	sightings map[place]recorded  // present ones
	results   map[string]recorded // by table, and by origin for findings
	settings  map[string]recorded // by key; "" when taken back
	dirs      map[string]recorded // of sources, by name
	scans     map[int64]recorded  // summaries; "null" before the end
	decisions map[int64]decision
}

// recorded is a value and the entry that holds it.
type recorded struct {
	seq   int64
	value string
}

type place struct{ source, rel string }

type decision struct {
	event  custody.Event
	body   decidedBody
	erased bool
}

// ledgerText is a text as an event has it: bytes that are not UTF-8, which the
// name of a folder may hold, are replaced as JSON does.
func ledgerText(s string) string {
	if utf8.ValidString(s) {
		return s
	}
	return string([]rune(s))
}

func (f *File) readLedger(ctx context.Context) (*ledgerState, error) {
	l := &ledgerState{
		items: make(map[string]recorded), sightings: make(map[place]recorded), results: make(map[string]recorded),
		settings: make(map[string]recorded), dirs: make(map[string]recorded), scans: make(map[int64]recorded),
		decisions: make(map[int64]decision),
	}
	for entry, err := range f.Events(ctx) {
		if err != nil {
			return nil, err
		}
		event, err := entry.Parse()
		if err != nil {
			return nil, err
		}
		if event.Seq == 0 {
			l.created = event
		}
		if err := l.apply(event); err != nil {
			return nil, &custody.BrokenError{Seq: event.Seq, What: "body of " + event.Kind, Got: err.Error()}
		}
	}
	return l, nil
}

// apply follows one event. Kinds that write no row that is compared are
// passed over.
func (l *ledgerState) apply(event custody.Event) error {
	switch event.Kind {
	case scanBegan, scanEnded:
		return l.scan(event)
	case filesRead:
		return l.filesRead(event)
	case sourceRead:
		var body sourceReadBody
		if err := json.Unmarshal(event.Body, &body); err != nil {
			return err
		}
		for _, name := range body.Gone {
			rel, err := name.bytes()
			if err != nil {
				return err
			}
			delete(l.sightings, place{body.Source, rel})
		}
		l.results[sourceCheck(body.Source)] = recorded{event.Seq, body.Findings}
	case matchesFound, incidentsProposed, findingsReported:
		return l.resultsReplaced(event)
	case settingChanged:
		var body settingBody
		if err := json.Unmarshal(event.Body, &body); err != nil {
			return err
		}
		l.settings[body.Key] = recorded{event.Seq, body.Value}
	case decided:
		var body decidedBody
		if err := json.Unmarshal(event.Body, &body); err != nil {
			return err
		}
		l.decisions[event.Seq] = decision{event: event, body: body}
	case reasonErased:
		var body reasonErasedBody
		if err := json.Unmarshal(event.Body, &body); err != nil {
			return err
		}
		d := l.decisions[body.Of]
		d.erased = true
		l.decisions[body.Of] = d
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
		l.scans[body.Scan] = recorded{event.Seq, string(body.Summary)}
		return nil
	}
	l.scans[body.Scan] = recorded{event.Seq, "null"}
	for _, s := range body.Sources {
		l.dirs[s.Name] = recorded{event.Seq, s.Dir}
	}
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
		l.sightings[place{s.Source, rel}] = recorded{event.Seq, s.Record}
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
