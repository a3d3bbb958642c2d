package assess

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"reflect"
	"slices"
	"time"

	"github.com/firsthand-media/firsthand/verify"
)

// Change is one entry of the ledger about an incident's record. Fields is a
// JSON object with some keys of [Record]: each takes the place of what stood
// there, and null empties it.
type Change struct {
	Seq       int64     // position in the ledger
	Rank      int64     // place in order, where some are of a case that was joined to this one; else 0
	At        time.Time // UTC
	By        string
	Key       string // of the person, as the ledger has it
	Incident  string
	Subjects  []verify.Digest // the incident's members as they stood
	Fields    json.RawMessage // nil in one that takes back, and once erased
	Sets      []string        // names of the fields, sorted; they stay when Fields are erased
	TakesBack int64           // an earlier change that does not hold, 0 for none
	Erased    bool
}

// ownKeys are keys of a record that no change sets.
var ownKeys = []string{"incident", "created_by", "created_at", "updated_by", "updated_at"}

// strictJSON reads one JSON value and refuses keys it does not know.
func strictJSON(text []byte, into any) error {
	d := json.NewDecoder(bytes.NewReader(text))
	d.DisallowUnknownFields()
	if err := d.Decode(into); err != nil {
		return err
	}
	if _, err := d.Token(); !errors.Is(err, io.EOF) {
		return errors.New("more than one JSON value")
	}
	return nil
}

// apply lays the fields of a change over the record: each key that the change
// has takes its value, and null its zero.
func (r *Record) apply(fields json.RawMessage) error {
	if len(fields) == 0 {
		return nil
	}
	var keys map[string]json.RawMessage
	if err := json.Unmarshal(fields, &keys); err != nil {
		return err
	}
	to := reflect.ValueOf(r).Elem()
	for _, key := range slices.Sorted(maps.Keys(keys)) {
		i, ok := fieldOf(to.Type(), key)
		if !ok {
			return fmt.Errorf("an incident's record has no field %q that can be set", key)
		}
		laid := reflect.New(to.Field(i).Type()) // apart, so that nothing of it is shared with what stood
		if err := strictJSON(keys[key], laid.Interface()); err != nil {
			return fmt.Errorf("field %s: %w", key, err)
		}
		to.Field(i).Set(laid.Elem())
	}
	return nil
}

// fieldOf finds the field of a record by its key, those apart that no change
// sets.
func fieldOf(record reflect.Type, key string) (int, bool) {
	if slices.Contains(ownKeys, key) {
		return 0, false
	}
	for i := range record.NumField() {
		if record.Field(i).Tag.Get("json") == key {
			return i, true
		}
	}
	return 0, false
}

// Laid gives the record with the fields of a change, checked.
func (r Record) Laid(fields json.RawMessage) (Record, error) {
	if err := r.apply(fields); err != nil {
		return r, err
	}
	return r, r.Check()
}

// Whole gives the change that makes an empty record into this one: what an
// import writes for an incident.
func Whole(r Record) (Change, error) {
	if err := r.Check(); err != nil {
		return Change{}, err
	}
	full, err := keysOf(r)
	if err != nil {
		return Change{}, err
	}
	empty, err := keysOf(Record{})
	if err != nil {
		return Change{}, err
	}
	for key, value := range full {
		if bytes.Equal(value, empty[key]) || slices.Contains(ownKeys, key) {
			delete(full, key)
		}
	}
	fields, err := json.Marshal(full)
	return Change{Incident: r.Incident, Subjects: slices.Clone(r.Members), Fields: fields, By: r.CreatedBy}, err
}

func keysOf(r Record) (map[string]json.RawMessage, error) {
	text, err := json.Marshal(r)
	if err != nil {
		return nil, err
	}
	var keys map[string]json.RawMessage
	return keys, json.Unmarshal(text, &keys)
}

// Keys names the fields that the change sets, sorted.
func (c *Change) Keys() ([]string, error) {
	if len(c.Fields) == 0 {
		return []string{}, nil
	}
	var keys map[string]json.RawMessage
	if err := json.Unmarshal(c.Fields, &keys); err != nil {
		return nil, err
	}
	return slices.Sorted(maps.Keys(keys)), nil
}
