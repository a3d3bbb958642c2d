package casefile

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"slices"

	"github.com/firsthand-media/firsthand/verify/custody"
)

type textKey struct {
	seq   int64
	field string
}

func (k textKey) String() string { return fmt.Sprintf("text %q of entry %d", k.field, k.seq) }

// wantedText is what the ledger says of a text.
type wantedText struct {
	hmac   string
	erased int64 // entry that says so, or -1
}

// textHMACs gives what an event says of its texts, by field.
func textHMACs(event custody.Event) map[string]string {
	if !bytes.Contains(event.Body, []byte(`"texts":`)) && event.Kind != decided {
		return nil
	}
	var body struct {
		Texts      map[string]string `json:"texts"`
		ReasonHMAC string            `json:"reason_hmac"` // before there was "texts"
	}
	if err := json.Unmarshal(event.Body, &body); err != nil {
		return nil // another meaning of these keys is for the kind to judge
	}
	if event.Kind == decided && body.ReasonHMAC != "" {
		return map[string]string{reasonField: body.ReasonHMAC}
	}
	return body.Texts
}

// sealed follows the texts of an event, whatever its kind.
func (l *ledgerState) sealed(event custody.Event) error {
	for field, mac := range textHMACs(event) {
		l.texts[textKey{event.Seq, field}] = wantedText{hmac: mac, erased: -1}
	}
	if event.Kind != textsErased && event.Kind != reasonErased {
		return nil
	}
	body := textsErasedBody{Fields: []string{reasonField}} // of a reason-erased
	if err := json.Unmarshal(event.Body, &body); err != nil {
		return err
	}
	return l.erased(event.Seq, body.Of, body.Fields)
}

func (l *ledgerState) erased(by, of int64, fields []string) error {
	for _, field := range fields {
		key := textKey{of, field}
		text, ok := l.texts[key]
		if !ok {
			return fmt.Errorf("it erases the %v, which never was", key)
		}
		if text.erased < 0 { // two cases that were joined may have erased it both
			text.erased = by
		}
		l.texts[key] = text
	}
	return nil
}

// checkTexts compares each text with its HMAC in the ledger.
func (f *File) checkTexts(ctx context.Context, l *ledgerState, found *faults) error {
	rows, err := f.query(ctx, "SELECT seq, field, text, salt FROM texts ORDER BY seq, field")
	if err != nil {
		return err
	}
	defer rows.Close()
	left := maps.Clone(l.texts)
	for rows.Next() {
		var key textKey
		var text *string
		var salt []byte
		if err := rows.Scan(&key.seq, &key.field, &text, &salt); err != nil {
			return err
		}
		want, ok := l.texts[key]
		delete(left, key)
		gone := text == nil && salt == nil
		switch {
		case !ok:
			found.add(key.seq, key.String(), "no such text", "one that the entry does not tell of")
		case want.erased >= 0 && !gone:
			found.add(key.seq, key.String(), fmt.Sprintf("erased, as entry %d says", want.erased), "a text or its salt")
		case want.erased >= 0:
		case gone:
			found.add(key.seq, key.String(), "a text", "erased, and no entry says so")
		case text == nil || salt == nil || textHMAC(salt, *text) != want.hmac:
			found.add(key.seq, key.String(), "the text and salt of HMAC "+want.hmac, "others")
		}
	}
	if err := rows.Err(); err != nil {
		return err
	}
	for _, key := range slices.SortedFunc(maps.Keys(left), compareTextKeys) {
		found.add(key.seq, key.String(), "a text", "none")
	}
	return nil
}

func compareTextKeys(a, b textKey) int {
	if a.seq != b.seq {
		return int(min(1, max(-1, a.seq-b.seq)))
	}
	return slices.Compare([]byte(a.field), []byte(b.field))
}
