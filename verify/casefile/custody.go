package casefile

import (
	"context"
	"crypto/ed25519"
	"fmt"
	"iter"

	"golang.org/x/mod/sumdb/note"

	"github.com/firsthand-media/firsthand/verify/custody"
)

// Events gives the entries of the ledger in order, as stored and unchecked.
// The loop ends with the first error.
func (f *File) Events(ctx context.Context) iter.Seq2[custody.Entry, error] {
	return func(yield func(custody.Entry, error) bool) {
		rows, err := f.query(ctx, "SELECT entry FROM events ORDER BY seq")
		if err != nil {
			yield(nil, err)
			return
		}
		defer rows.Close()
		for rows.Next() {
			var entry custody.Entry
			if err := rows.Scan((*[]byte)(&entry)); err != nil {
				yield(nil, fmt.Errorf("read ledger: %w", err))
				return
			}
			if !yield(entry, nil) {
				return
			}
		}
		if err := rows.Err(); err != nil {
			yield(nil, fmt.Errorf("read ledger: %w", err))
		}
	}
}

// Checkpoints gives the checkpoints that the database has, in order, their
// signatures unchecked.
func (f *File) Checkpoints(ctx context.Context) ([]custody.Checkpoint, error) {
	rows, err := f.query(ctx, "SELECT size, note FROM checkpoints ORDER BY size")
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var list []custody.Checkpoint
	for rows.Next() {
		var size int64
		var signed []byte
		if err := rows.Scan(&size, &signed); err != nil {
			return nil, fmt.Errorf("read checkpoints: %w", err)
		}
		c, err := custody.ParseCheckpoint(signed)
		if err != nil {
			return nil, &custody.BrokenError{Seq: size, What: "checkpoint", Got: err.Error()}
		}
		if c.Size != size {
			return nil, &custody.BrokenError{Seq: size, What: "checkpoint size", Want: fmt.Sprint(size), Got: fmt.Sprint(c.Size)}
		}
		list = append(list, c)
	}
	return list, rows.Err()
}

// CustodyReport is what a checked case amounts to.
type CustodyReport struct {
	custody.Summary
	Checkpoints int           // each in the database and in checkpoints.txt
	Keys        []custody.Key // that the ledger names; the first made the case
	OwnKey      bool          // the signer this case was opened with is one of them
}

// VerifyCustody checks the whole record: the database file, the ledger by
// [custody.Verify], checkpoints.txt against the database, and every row of
// items, sightings, results, settings and decisions against the events that
// wrote it. The first fault is a [custody.BrokenError]. Writes through this File
// wait until it is done; another process should not write the case meanwhile.
func (f *File) VerifyCustody(ctx context.Context) (CustodyReport, error) {
	report, err := f.verifyCustody(ctx)
	if err != nil {
		return report, fmt.Errorf("verify custody: %w", err)
	}
	return report, nil
}

func (f *File) verifyCustody(ctx context.Context) (CustodyReport, error) {
	f.writing.Lock() // what is compared is to be of one moment
	defer f.writing.Unlock()
	var report CustodyReport
	if err := f.checkDatabase(ctx); err != nil {
		return report, err
	}
	checkpoints, err := f.bothCheckpoints(ctx)
	if err != nil {
		return report, err
	}
	keys, err := custody.Keys(f.Events(ctx))
	if err != nil {
		return report, err
	}
	known := make([]note.Verifier, len(keys))
	for i, k := range keys {
		known[i] = k.Verifier
	}
	if report.Summary, err = custody.Verify(f.Events(ctx), checkpoints, note.VerifierList(known...)); err != nil {
		return report, err
	}
	if err := custody.Authorised(checkpoints, keys); err != nil {
		return report, err
	}
	report.Checkpoints, report.Keys = len(checkpoints), keys
	if err := f.checkKeys(&report); err != nil {
		return report, err
	}
	return report, f.checkTables(ctx)
}

func (f *File) checkDatabase(ctx context.Context) error {
	var state string
	db, err := f.reading()
	if err != nil {
		return err
	}
	if err := db.QueryRowContext(ctx, "PRAGMA quick_check(1)").Scan(&state); err != nil {
		return fmt.Errorf("check the database: %w", err)
	}
	if state != "ok" {
		return &custody.BrokenError{What: "database file", Want: "ok", Got: state}
	}
	return nil
}

// bothCheckpoints gives the checkpoints when the database and checkpoints.txt
// have the same ones. The file may be one ahead, for a writer may have been
// interrupted between the two.
func (f *File) bothCheckpoints(ctx context.Context) ([]custody.Checkpoint, error) {
	filed, rest, err := f.readCheckpointFile() // first: a writer at work adds to it first
	if err != nil {
		return nil, err
	}
	recorded, err := f.Checkpoints(ctx)
	if err != nil {
		return nil, err
	}
	if i := firstDifference(recorded, filed); i < min(len(recorded), len(filed)) {
		return nil, &custody.BrokenError{Seq: recorded[i].Size, What: checkpointsName + " has another checkpoint than the database",
			Want: recorded[i].Root.String(), Got: fmt.Sprintf("%s at %d", filed[i].Root, filed[i].Size)}
	}
	switch {
	case len(rest) > 0:
		return nil, &custody.BrokenError{Seq: lastSize(filed), What: checkpointsName + " ends in the middle of a checkpoint"}
	case len(filed) < len(recorded):
		return nil, &custody.BrokenError{Seq: recorded[len(filed)].Size, What: checkpointsName + " was shortened",
			Want: fmt.Sprintf("%d checkpoints", len(recorded)), Got: fmt.Sprint(len(filed))}
	case len(filed) > len(recorded)+1:
		return nil, &custody.BrokenError{Seq: filed[len(recorded)].Size, What: "checkpoints are missing from the database",
			Want: fmt.Sprintf("%d checkpoints", len(filed)), Got: fmt.Sprint(len(recorded))}
	}
	return filed, nil
}

// checkKeys says whose case it is, and refuses one that nobody trusted made.
func (f *File) checkKeys(report *CustodyReport) error {
	if len(report.Keys) == 0 || report.Keys[0].Seq != 0 {
		return &custody.BrokenError{What: "key that made the case"}
	}
	if f.opts.Signer != nil {
		own, err := verifierText(f.info.ID, f.opts.Signer)
		if err != nil {
			return err
		}
		for _, k := range report.Keys {
			report.OwnKey = report.OwnKey || k.Text == own
		}
	}
	if len(f.opts.Trusted) == 0 {
		return nil
	}
	for _, public := range f.opts.Trusted {
		if text, err := trustedText(f.info.ID, public); err == nil && text == report.Keys[0].Text {
			return nil
		}
	}
	return &custody.BrokenError{What: "key that made the case", Want: "one that is trusted", Got: report.Keys[0].Text}
}

func trustedText(caseID string, public ed25519.PublicKey) (string, error) {
	return note.NewEd25519VerifierKey(custody.Origin(caseID), public)
}

// differs is how the comparison of a table ends when a row is not as the
// ledger has it.
func differs(seq int64, what, want, got string) error {
	return &custody.BrokenError{Seq: seq, What: what, Want: want, Got: got}
}

// checkTables compares rows with the events that wrote them.
func (f *File) checkTables(ctx context.Context) error {
	l, err := f.readLedger(ctx)
	if err != nil {
		return err
	}
	for _, check := range []func(context.Context, *ledgerState) error{
		f.checkInfo, f.checkItems, f.checkPaths, f.checkSightings, f.checkSources, f.checkResults, f.checkFindings, f.checkSettings, f.checkDecisions,
	} {
		if err := check(ctx, l); err != nil {
			return err
		}
	}
	return nil
}

func (f *File) checkInfo(_ context.Context, l *ledgerState) error {
	if l.created.Case != f.info.ID {
		return differs(0, "case", l.created.Case, f.info.ID)
	}
	if l.created.Kind != custody.CaseCreated {
		return differs(0, "first entry", custody.CaseCreated, l.created.Kind)
	}
	if l.created.Tool != f.info.Tool {
		return differs(0, "tool that made the case", l.created.Tool, f.info.Tool)
	}
	return nil
}
