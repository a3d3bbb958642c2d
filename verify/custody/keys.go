package custody

import (
	"bytes"
	"encoding/json"
	"iter"

	"golang.org/x/mod/sumdb/note"
)

// The two kinds of event whose body names a key, under "key", as a C2SP
// verifier key. The first entry of a ledger is a CaseCreated; the keys that
// sign its checkpoints are those that it and later KeyAdded entries name.
const (
	CaseCreated = "case-created"
	KeyAdded    = "key-added"
)

// Key is a key that a ledger names, and the entry that names it.
type Key struct {
	Seq      int64
	Actor    string // name of who brought it
	Text     string // C2SP verifier key, "name+hash+base64"
	Verifier note.Verifier
}

// Keys collects the keys that a ledger names. It reads entries as they are:
// what it returns is only as good as the [Verify] that goes with it.
func Keys(entries iter.Seq2[Entry, error]) ([]Key, error) {
	var keys []Key
	seq := int64(-1)
	for entry, err := range entries {
		if err != nil {
			return nil, err
		}
		seq++
		if !bytes.Contains(entry, []byte(`"kind":"`+CaseCreated+`"`)) && !bytes.Contains(entry, []byte(`"kind":"`+KeyAdded+`"`)) {
			continue // there is but one spelling; parsing every entry for it takes long
		}
		event, err := entry.Parse()
		if err != nil {
			return nil, &BrokenError{Seq: seq, What: "encoding", Got: err.Error()}
		}
		if event.Kind != CaseCreated && event.Kind != KeyAdded {
			continue
		}
		var body struct {
			Key string `json:"key"`
		}
		if err := json.Unmarshal(event.Body, &body); err != nil {
			return nil, &BrokenError{Seq: event.Seq, What: "key", Got: err.Error()}
		}
		v, err := note.NewVerifier(body.Key)
		if err != nil {
			return nil, &BrokenError{Seq: event.Seq, What: "key", Got: err.Error()}
		}
		keys = append(keys, Key{event.Seq, event.Actor.Name, body.Key, v})
	}
	return keys, nil
}
