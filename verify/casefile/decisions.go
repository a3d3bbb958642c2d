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
	Decision   string          `json:"decision"`
	Incident   string          `json:"incident"`
	Other      string          `json:"other,omitempty"`      // the second incident
	Others     []verify.Digest `json:"others,omitempty"`     // a second list of items
	Left       []verify.Digest `json:"left,omitempty"`       // the items that stay in the second incident
	NewerWins  bool            `json:"newer_wins,omitempty"` // over what it contradicts
	TakesBack  int64           `json:"takes_back,omitempty"` // position of the decision that no longer holds
	By         string          `json:"by"`
	ReasonHMAC string          `json:"reason_hmac"`
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
// It refuses a decision that could not be read later as one of its kind; one
// that is taken back has to hold, else the error is [ErrNoDecision]. Whether it
// contradicts others is for who decides to know.
func (f *File) Decide(ctx context.Context, d verify.Decision) (verify.Decision, error) {
	if err := f.decidable(ctx, d); err != nil {
		return d, fmt.Errorf("record decision: %w", err)
	}
	d.Incident, d.Other, d.By = ledgerText(d.Incident), ledgerText(d.Other), ledgerText(d.By)
	subjects := make([]string, len(d.Subjects))
	for i, s := range d.Subjects {
		subjects[i] = string(s)
	}
	subjectText, err := json.Marshal(subjects)
	if err != nil {
		return d, fmt.Errorf("record decision: %w", err)
	}
	othersText, leftText, err := listTexts(d.Others, d.Left)
	if err != nil {
		return d, fmt.Errorf("record decision: %w", err)
	}
	salt := make([]byte, 32)
	rand.Read(salt)
	f.writing.Lock()
	defer f.writing.Unlock()
	err = f.write(ctx, func(t *txn) error {
		event, err := t.event(decided, subjects, decidedBody{
			Decision: d.Kind, Incident: d.Incident, Other: d.Other, Others: d.Others, Left: d.Left, NewerWins: d.NewerWins,
			TakesBack: d.TakesBack, By: d.By, ReasonHMAC: reasonHMAC(salt, d.Reason),
		})
		if err != nil {
			return err
		}
		d.Seq, d.At = event.Seq, event.At
		_, err = t.exec(`INSERT INTO decisions (seq, at, kind, incident, other, takes_back, newer_wins, subjects, others, left_there, actor, reason, salt)
			VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
			d.Seq, formatTime(d.At), d.Kind, d.Incident, d.Other, d.TakesBack, d.NewerWins, string(subjectText), othersText, leftText, d.By, d.Reason, salt)
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

// listTexts writes the lists of a decision beside its subjects as JSON.
func listTexts(others, left []verify.Digest) (string, string, error) {
	a, err := json.Marshal(append([]verify.Digest{}, others...))
	b, err2 := json.Marshal(append([]verify.Digest{}, left...))
	return string(a), string(b), errors.Join(err, err2)
}

// readList reads one back, nil when it is empty.
func readList(text []byte, list *[]verify.Digest) error {
	err := json.Unmarshal(text, list)
	if len(*list) == 0 {
		*list = nil
	}
	return err
}

// Decisions gives all decisions in the order they were made. The reason of
// one that was erased is empty.
func (f *File) Decisions(ctx context.Context) ([]verify.Decision, error) {
	rows, err := f.query(ctx, `SELECT seq, at, kind, incident, other, takes_back, newer_wins, subjects, others, left_there, actor, coalesce(reason, '')
		FROM decisions ORDER BY seq`)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var list []verify.Decision
	for rows.Next() {
		var d verify.Decision
		var at string
		var subjects, others, left []byte
		if err := rows.Scan(&d.Seq, &at, &d.Kind, &d.Incident, &d.Other, &d.TakesBack, &d.NewerWins, &subjects, &others, &left, &d.By, &d.Reason); err != nil {
			return nil, fmt.Errorf("read decisions: %w", err)
		}
		if d.At, err = time.Parse(time.RFC3339Nano, at); err != nil {
			return nil, fmt.Errorf("read decision %d: %w", d.Seq, err)
		}
		if err := errors.Join(json.Unmarshal(subjects, &d.Subjects), readList(others, &d.Others), readList(left, &d.Left)); err != nil {
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
