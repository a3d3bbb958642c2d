package casefile

import (
	"context"
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"slices"

	"github.com/firsthand-media/firsthand/verify/custody"
)

// textsErased is the kind of event that says that texts were erased.
const textsErased = "texts-erased"

// ErrNoText is an entry of the ledger that has no text to erase.
var ErrNoText = errors.New("this entry has no text that can be erased")

// textsKey is where the body of an event holds the HMAC of each of its texts.
const textsKey = "texts"

type textsErasedBody struct {
	Of     int64    `json:"of"`     // position of the entry whose texts they were
	Fields []string `json:"fields"` // sorted
	By     string   `json:"by"`
}

func textHMAC(salt []byte, text string) string {
	mac := hmac.New(sha256.New, salt)
	mac.Write([]byte(text))
	return hex.EncodeToString(mac.Sum(nil))
}

// eventWithTexts appends an event whose free texts can be erased later: each
// goes to the table texts under the event's position and its field, with a salt
// of its own, and the body holds its HMAC under "texts". Empty texts leave no
// trace. Readers join texts on seq and field; the text of an erased one is NULL.
func (t *txn) eventWithTexts(kind string, subjects []string, body any, texts map[string]string) (custody.Event, error) {
	var object map[string]json.RawMessage
	b, err := json.Marshal(body)
	if err == nil {
		err = json.Unmarshal(b, &object)
	}
	if err != nil {
		return custody.Event{}, fmt.Errorf("event %s: %w", kind, err)
	}
	if _, taken := object[textsKey]; taken || object == nil {
		return custody.Event{}, fmt.Errorf("event %s: its body must be an object without the key %q", kind, textsKey)
	}
	salts, macs := make(map[string][]byte), make(map[string]string)
	for field, text := range texts {
		if text = ledgerText(text); text == "" {
			continue
		}
		salts[field] = make([]byte, 32)
		rand.Read(salts[field])
		macs[field] = textHMAC(salts[field], text)
	}
	if len(macs) > 0 {
		if object[textsKey], err = json.Marshal(macs); err != nil {
			return custody.Event{}, fmt.Errorf("event %s: %w", kind, err)
		}
	}
	event, err := t.event(kind, subjects, object)
	if err != nil {
		return event, err
	}
	for _, field := range slices.Sorted(maps.Keys(macs)) {
		if _, err := t.exec("INSERT INTO texts (seq, field, text, salt) VALUES (?, ?, ?, ?)",
			event.Seq, field, ledgerText(texts[field]), salts[field]); err != nil {
			return event, err
		}
	}
	return event, nil
}

// Erase deletes the texts of an entry for good and records that it was done,
// by whom and why; the ledger holds as before. The database is written anew, so
// that no page and no log keeps them. It gives the fields that were erased.
// Copies made before an upgrade (case.db.before-N) still have them.
func (f *File) Erase(ctx context.Context, seq int64, by, reason string) (fields []string, err error) {
	if by == "" {
		return nil, errors.New("erase: who erases has to be named")
	}
	f.writing.Lock()
	defer f.writing.Unlock()
	if err := f.writable(); err != nil {
		return nil, err
	}
	if fields, err = f.textFields(ctx, seq); err != nil {
		return nil, fmt.Errorf("erase: %w", err)
	}
	if len(fields) == 0 {
		return nil, fmt.Errorf("erase: entry %d: %w", seq, ErrNoText)
	}
	err = f.write(ctx, func(t *txn) error {
		if _, err := t.exec("UPDATE texts SET text = NULL, salt = NULL WHERE seq = ?", seq); err != nil {
			return err
		}
		_, err := t.eventWithTexts(textsErased, nil, textsErasedBody{seq, fields, ledgerText(by)}, map[string]string{"reason": reason})
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("erase: %w", err)
	}
	if _, err := f.checkpoint(ctx); err != nil {
		return fields, err
	}
	return fields, f.writeAnew(ctx)
}

// textFields names the texts of an entry that are still there, sorted.
func (f *File) textFields(ctx context.Context, seq int64) ([]string, error) {
	rows, err := f.rawRows(ctx, "SELECT field FROM texts WHERE seq = ? AND text IS NOT NULL ORDER BY field", seq)
	fields := make([]string, len(rows))
	for i, r := range rows {
		fields[i] = string(r)
	}
	return fields, err
}

// writeAnew leaves nothing of deleted rows in the database file and its
// write-ahead log: pages that were split or freed earlier may still hold them.
func (f *File) writeAnew(ctx context.Context) error {
	if _, err := f.writer.ExecContext(ctx, "VACUUM"); err != nil {
		return fmt.Errorf("what was erased may still be in free pages of the database: %w", err)
	}
	var busy, frames, done int
	if err := f.writer.QueryRowContext(ctx, "PRAGMA wal_checkpoint(TRUNCATE)").Scan(&busy, &frames, &done); err != nil {
		return fmt.Errorf("fold in the write-ahead log: %w", err)
	}
	if busy != 0 {
		return errors.New("what was erased is still in the write-ahead log, for another program reads the case: end it, and open and close the case once more")
	}
	return nil
}
