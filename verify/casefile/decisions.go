package casefile

import (
	"context"
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/firsthand-media/firsthand/verify"
)

// The kinds of event about decisions.
const (
	decided      = "decided"
	reasonErased = "reason-erased"
)

// decidedBody holds the reason as HMAC-SHA256(salt, reason), so that a name
// in it can be erased later and the ledger still holds.
type decidedBody struct {
	Decision   string `json:"decision"`
	Incident   string `json:"incident"`
	TakesBack  int64  `json:"takes_back,omitempty"` // position of the decision that no longer holds
	By         string `json:"by"`
	ReasonHMAC string `json:"reason_hmac"`
}

type reasonErasedBody struct {
	Of int64 `json:"of"` // position of the decision
}

func reasonHMAC(salt []byte, reason string) string {
	mac := hmac.New(sha256.New, salt)
	mac.Write([]byte(reason))
	return hex.EncodeToString(mac.Sum(nil))
}

// Decide records what a person decided: event and decision in one
// transaction, then a checkpoint. It sets Seq and At. An error of the
// checkpoint alone leaves the decision in place, and its Seq is set then too.
// Two items that are said to be not the same have to be in the case; a
// decision that is taken back has to hold, else the error is [ErrNoDecision].
func (f *File) Decide(ctx context.Context, d verify.Decision) (verify.Decision, error) {
	if err := f.decidable(ctx, d); err != nil {
		return d, fmt.Errorf("record decision: %w", err)
	}
	d.Kind, d.Incident, d.By = ledgerText(d.Kind), ledgerText(d.Incident), ledgerText(d.By)
	subjects := make([]string, len(d.Subjects))
	for i, s := range d.Subjects {
		subjects[i] = string(s)
	}
	subjectText, err := json.Marshal(subjects)
	if err != nil {
		return d, fmt.Errorf("record decision: %w", err)
	}
	salt := make([]byte, 32)
	rand.Read(salt)
	f.writing.Lock()
	defer f.writing.Unlock()
	err = f.write(ctx, func(t *txn) error {
		event, err := t.event(decided, subjects, decidedBody{d.Kind, d.Incident, d.TakesBack, d.By, reasonHMAC(salt, d.Reason)})
		if err != nil {
			return err
		}
		d.Seq, d.At = event.Seq, event.At
		_, err = t.exec("INSERT INTO decisions (seq, at, kind, incident, takes_back, subjects, actor, reason, salt) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
			d.Seq, formatTime(d.At), d.Kind, d.Incident, d.TakesBack, string(subjectText), d.By, d.Reason, salt)
		return err
	})
	if err != nil {
		return d, fmt.Errorf("record decision: %w", err)
	}
	if _, err := f.checkpoint(ctx); err != nil {
		return d, fmt.Errorf("decision %d is recorded but not signed: %w", d.Seq, err)
	}
	return d, nil
}

// decidable refuses a decision that could not be read later as one.
func (f *File) decidable(ctx context.Context, d verify.Decision) error {
	if d.Kind == "" || d.By == "" {
		return errors.New("kind and name are needed")
	}
	switch d.Kind {
	case verify.NotSame:
		return f.areTwo(ctx, d.Subjects)
	case verify.TakeBack:
		return f.holds(ctx, d.TakesBack)
	}
	if d.Incident == "" {
		return errors.New("an incident is needed")
	}
	return nil
}

// areTwo wants two items of the case.
func (f *File) areTwo(ctx context.Context, items []verify.Digest) error {
	if len(items) != 2 || items[0] == items[1] {
		return errors.New("two different items are needed")
	}
	for _, d := range items {
		if _, err := f.item(ctx, string(d)); err != nil {
			return fmt.Errorf("item %s: %w", d, err)
		}
	}
	return nil
}

// holds wants a decision that was not taken back, and is not one that takes
// back: to undo that, the decision itself is made again.
func (f *File) holds(ctx context.Context, seq int64) error {
	decisions, err := f.Decisions(ctx)
	if err != nil {
		return err
	}
	if !slices.ContainsFunc(verify.Standing(decisions), func(d verify.Decision) bool { return d.Seq == seq }) {
		return fmt.Errorf("entry %d: %w that still holds", seq, ErrNoDecision)
	}
	return nil
}

// Decisions gives all decisions in the order they were made. The reason of
// one that was erased is empty.
func (f *File) Decisions(ctx context.Context) ([]verify.Decision, error) {
	rows, err := f.query(ctx, "SELECT seq, at, kind, incident, takes_back, subjects, actor, coalesce(reason, '') FROM decisions ORDER BY seq")
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var list []verify.Decision
	for rows.Next() {
		var d verify.Decision
		var at string
		var subjects []byte
		if err := rows.Scan(&d.Seq, &at, &d.Kind, &d.Incident, &d.TakesBack, &subjects, &d.By, &d.Reason); err != nil {
			return nil, fmt.Errorf("read decisions: %w", err)
		}
		if d.At, err = time.Parse(time.RFC3339Nano, at); err != nil {
			return nil, fmt.Errorf("read decision %d: %w", d.Seq, err)
		}
		if err := json.Unmarshal(subjects, &d.Subjects); err != nil {
			return nil, fmt.Errorf("read decision %d: %w", d.Seq, err)
		}
		list = append(list, d)
	}
	return list, rows.Err()
}

// EraseReason deletes the text of a decision's reason for good, from the
// database and its write-ahead log, and records that it did. Copies made
// before an upgrade (case.db.before-N) still hold it.
func (f *File) EraseReason(ctx context.Context, seq int64) error {
	f.writing.Lock()
	defer f.writing.Unlock()
	if err := f.writable(); err != nil {
		return err
	}
	if err := setSecureDelete(ctx, f.writer, true); err != nil {
		return fmt.Errorf("erase reason: %w", err)
	}
	err := f.write(ctx, func(t *txn) error {
		result, err := t.exec("UPDATE decisions SET reason = NULL, salt = NULL WHERE seq = ? AND salt IS NOT NULL", seq)
		if err != nil {
			return err
		}
		if n, err := result.RowsAffected(); err != nil {
			return err
		} else if n == 0 {
			return ErrNoDecision
		}
		_, err = t.event(reasonErased, nil, reasonErasedBody{seq})
		return err
	})
	if err = errors.Join(err, setSecureDelete(ctx, f.writer, false)); err != nil {
		return fmt.Errorf("erase reason of decision %d: %w", seq, err)
	}
	if _, err := f.checkpoint(ctx); err != nil {
		return err
	}
	return truncateLog(ctx, f.writer)
}

// setSecureDelete says whether deleted bytes are overwritten with zeros.
func setSecureDelete(ctx context.Context, db *sql.DB, on bool) error {
	value := "FAST" // only where it costs nothing
	if on {
		value = "ON"
	}
	var now int
	return db.QueryRowContext(ctx, "PRAGMA secure_delete = "+value).Scan(&now)
}
