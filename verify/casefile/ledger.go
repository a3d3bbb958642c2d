package casefile

import (
	"context"
	"crypto"
	"crypto/ed25519"
	"database/sql"
	"encoding/json"
	"fmt"
	"iter"

	"golang.org/x/mod/sumdb/note"

	"github.com/firsthand-media/firsthand/verify/custody"
)

// keyBody is the body of the events that name a key.
type keyBody struct {
	Key string `json:"key"` // C2SP verifier key
}

func verifierText(caseID string, key crypto.Signer) (string, error) {
	public, ok := key.Public().(ed25519.PublicKey)
	if !ok {
		return "", fmt.Errorf("signing key is %T, not Ed25519", key.Public())
	}
	return note.NewEd25519VerifierKey(custody.Origin(caseID), public)
}

// txn is one transaction of the writer: rows and the events about them.
type txn struct {
	ctx   context.Context
	tx    *sql.Tx
	file  *File
	log   custody.Log
	stmts map[string]*sql.Stmt
}

// write runs one transaction. The ledger in memory moves on only when the
// commit was acknowledged.
func (f *File) write(ctx context.Context, change func(*txn) error) error {
	if err := f.writable(); err != nil {
		return err
	}
	tx, err := f.writer.BeginTx(ctx, nil)
	if err != nil {
		return f.ofDisk(fmt.Errorf("write case: %w", err))
	}
	t := &txn{ctx: ctx, tx: tx, file: f, log: f.log, stmts: make(map[string]*sql.Stmt)}
	if err := change(t); err != nil {
		// After an error of the disk SQLite has often gone back already.
		if again := tx.Rollback(); again != nil && !wentBack(again) {
			f.failed = fmt.Errorf("an earlier write failed, close the case and open it again: %w", f.ofDisk(err))
		}
		return f.ofDisk(err)
	}
	if err := tx.Commit(); err != nil {
		// Whether the commit is on the disk is not known, and a second fsync
		// would not tell: only opening the case anew does.
		err = f.ofDisk(fmt.Errorf("write case: %w", err))
		f.failed = fmt.Errorf("an earlier write failed, close the case and open it again: %w", err)
		return err
	}
	f.log = t.log
	return nil
}

// locked is write for callers that do not hold the lock for writing.
func (f *File) locked(ctx context.Context, change func(*txn) error) error {
	f.writing.Lock()
	defer f.writing.Unlock()
	return f.write(ctx, change)
}

func (f *File) writable() error {
	switch {
	case f.closed:
		return ErrClosed
	case f.writer == nil:
		return ErrReadOnly
	}
	return f.failed
}

// prepare keeps a statement for the rest of the transaction.
func (t *txn) prepare(query string) (*sql.Stmt, error) {
	if s, ok := t.stmts[query]; ok {
		return s, nil
	}
	s, err := t.tx.PrepareContext(t.ctx, query) // the transaction closes it
	if err != nil {
		return nil, fmt.Errorf("write case: %w", err)
	}
	t.stmts[query] = s
	return s, nil
}

func (t *txn) exec(query string, args ...any) (sql.Result, error) {
	s, err := t.prepare(query)
	if err != nil {
		return nil, err
	}
	r, err := s.ExecContext(t.ctx, args...)
	if err != nil {
		return nil, fmt.Errorf("write case: %w", err)
	}
	return r, nil
}

// event appends to the ledger within the transaction.
func (t *txn) event(kind string, subjects []string, body any) (custody.Event, error) {
	b, err := json.Marshal(body)
	if err != nil {
		return custody.Event{}, fmt.Errorf("event %s: %w", kind, err)
	}
	entry, err := t.log.Append(custody.Event{
		At:       t.file.Now(),
		Actor:    custody.Actor{Key: custody.KeyID(t.file.verifier()), Name: t.file.opts.Actor},
		Machine:  t.file.opts.Machine,
		Tool:     t.file.opts.Tool,
		Kind:     kind,
		Subjects: subjects,
		Body:     b,
	})
	if err != nil {
		return custody.Event{}, fmt.Errorf("event %s: %w", kind, err)
	}
	event, err := entry.Parse()
	if err != nil {
		return custody.Event{}, fmt.Errorf("event %s: %w", kind, err)
	}
	_, err = t.exec("INSERT INTO events (seq, entry) VALUES (?, ?)", event.Seq, []byte(entry))
	return event, err
}

func (f *File) verifier() note.Verifier { return f.signer.(note.Verifier) }

// resumeLedger brings the log in memory to where the stored one stands,
// checks it against the checkpoints and mends what an interrupted checkpoint
// left behind. A key that the ledger does not name yet is added to it.
func (f *File) resumeLedger(ctx context.Context) error {
	recorded, err := f.Checkpoints(ctx)
	if err != nil {
		return err
	}
	filed, rest, err := f.readCheckpointFile()
	if err != nil {
		return err
	}
	if f.log, err = replay(f.info.ID, f.Events(ctx), append(recorded[:len(recorded):len(recorded)], filed...)); err != nil {
		return fmt.Errorf("%w (the case is not written to: check it with custody verify and go back to a copy)", err)
	}
	if len(recorded) > 0 {
		f.signed = recorded[len(recorded)-1].Size
	}
	keys, err := custody.Keys(f.Events(ctx))
	if err != nil {
		return err
	}
	if err := f.mendCheckpoints(ctx, recorded, filed, rest, keys); err != nil {
		return err
	}
	key, err := verifierText(f.info.ID, f.opts.Signer)
	if err != nil {
		return err
	}
	for _, k := range keys {
		if k.Text == key {
			return nil
		}
	}
	return f.locked(ctx, func(t *txn) error {
		_, err := t.event(custody.KeyAdded, nil, keyBody{Key: key})
		return err
	})
}

// replay rebuilds the log from its entries and compares the root at the size
// of each checkpoint.
func replay(caseID string, entries iter.Seq2[custody.Entry, error], checkpoints []custody.Checkpoint) (custody.Log, error) {
	log := custody.NewLog(caseID)
	at := make(map[int64][]custody.Checkpoint, len(checkpoints))
	for _, c := range checkpoints {
		at[c.Size] = append(at[c.Size], c)
	}
	for entry, err := range entries {
		if err == nil {
			err = log.Replay(entry)
		}
		if err != nil {
			return log, err
		}
		for _, c := range at[log.Size()] {
			if root := log.Root(); root != c.Root {
				return log, &custody.BrokenError{Seq: c.Size, What: "checkpoint root", Want: c.Root.String(), Got: root.String()}
			}
		}
	}
	for _, c := range checkpoints {
		if c.Size > log.Size() {
			return log, &custody.BrokenError{Seq: log.Size(), What: "entries are missing at the end",
				Want: fmt.Sprintf("%d entries", c.Size), Got: fmt.Sprint(log.Size())}
		}
	}
	return log, nil
}
