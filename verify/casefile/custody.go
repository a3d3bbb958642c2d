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
	Witnesses   []Witness     // what others have said of checkpoints
	Annexes     int           // ledgers of cases that were joined, each checked by itself
	Erased      int           // texts that were erased
}

// VerifyCustody checks the whole record: the database file and its schema, the
// ledger by [custody.Verify], checkpoints.txt against the database, and every
// row of the tables against the events that wrote it. What is wrong is a
// [custody.Faults], each of them a [custody.BrokenError]; any other error means
// that the check could not be made. Writes through this File wait until it is
// done; another process should not write the case meanwhile.
func (f *File) VerifyCustody(ctx context.Context) (CustodyReport, error) {
	f.writing.Lock() // what is compared is to be of one moment
	defer f.writing.Unlock()
	var found faults
	report, err := f.verifyCustody(ctx, &found)
	if err = found.AddError(damaged(f.dir, err)); err == nil {
		err = found.Err()
	}
	if err != nil {
		return report, fmt.Errorf("verify custody: %w", err)
	}
	return report, nil
}

func (f *File) verifyCustody(ctx context.Context, found *faults) (CustodyReport, error) {
	var report CustodyReport
	if err := f.checkDatabase(ctx, found); err != nil {
		return report, err
	}
	checkpoints, err := f.bothCheckpoints(ctx, found)
	if err != nil {
		return report, err
	}
	if err := f.checkPositions(ctx, found); err != nil {
		return report, err
	}
	report.Checkpoints = len(checkpoints)
	if report.Keys, err = custody.Keys(f.Events(ctx)); found.AddError(err) != nil {
		return report, err
	}
	known := make([]note.Verifier, len(report.Keys))
	for i, k := range report.Keys {
		known[i] = k.Verifier
	}
	if report.Summary, err = custody.Verify(f.Events(ctx), checkpoints, note.VerifierList(known...)); found.AddError(err) != nil {
		return report, err
	}
	if err := found.AddError(custody.Authorised(checkpoints, report.Keys)); err != nil {
		return report, err
	}
	if err := f.checkKeys(&report, found); err != nil {
		return report, err
	}
	if report.Witnesses, err = f.checkAnchors(ctx, checkpoints, found); err != nil {
		return report, err
	}
	l, err := f.checkTables(ctx, found)
	if err != nil {
		return report, err
	}
	report.Annexes = len(l.tables["annexes"].rows)
	for _, text := range l.texts {
		if text.erased >= 0 {
			report.Erased++
		}
	}
	return report, nil
}

// checkDatabase also compares indexes with their tables, for a listing may read
// an index alone.
func (f *File) checkDatabase(ctx context.Context, found *faults) error {
	lines, err := f.rawRows(ctx, "PRAGMA integrity_check(20)")
	if err != nil {
		found.add(-1, "database file", "one that can be read", err.Error())
		return ctx.Err()
	}
	for _, line := range lines {
		if string(line) != "ok" {
			found.add(-1, "database file", "", string(line))
		}
	}
	return f.checkSchema(ctx, found)
}

// checkPositions compares the position that the table gives to an entry with
// the entry's own.
func (f *File) checkPositions(ctx context.Context, found *faults) error {
	rows, err := f.query(ctx, "SELECT seq, row_number() OVER (ORDER BY seq) - 1 FROM events ORDER BY seq")
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		var seq, place int64
		if err := rows.Scan(&seq, &place); err != nil {
			return err
		}
		if seq != place {
			found.add(place, "position in the table events", fmt.Sprint(place), fmt.Sprint(seq))
			return nil // all that follow are shifted with it
		}
	}
	return rows.Err()
}

// bothCheckpoints gives the checkpoints when the database and checkpoints.txt
// have the same ones. The file may be one ahead, for a writer may have been
// interrupted between the two. Where they differ, it gives those of the file.
func (f *File) bothCheckpoints(ctx context.Context, found *faults) ([]custody.Checkpoint, error) {
	filed, rest, err := f.readCheckpointFile() // first: a writer at work adds to it first
	if err := found.AddError(err); err != nil {
		return nil, err
	}
	damaged := err != nil
	recorded, err := f.Checkpoints(ctx)
	if err := found.AddError(err); err != nil {
		return nil, err
	}
	if damaged = damaged || err != nil; damaged {
		return longer(filed, recorded), nil
	}
	if i := firstDifference(recorded, filed); i < min(len(recorded), len(filed)) {
		found.add(recorded[i].Size, checkpointsName+" has another checkpoint than the database",
			recorded[i].Root.String(), fmt.Sprintf("%s at %d", filed[i].Root, filed[i].Size))
		return longer(filed, recorded), nil
	}
	switch {
	case len(rest) > 0:
		found.add(lastSize(filed), checkpointsName+" ends in the middle of a checkpoint", "", "")
	case len(filed) < len(recorded):
		found.add(recorded[len(filed)].Size, checkpointsName+" was shortened",
			fmt.Sprintf("%d checkpoints", len(recorded)), fmt.Sprint(len(filed)))
	case len(filed) > len(recorded)+1:
		found.add(filed[len(recorded)].Size, "checkpoints are missing from the database",
			fmt.Sprintf("%d checkpoints", len(filed)), fmt.Sprint(len(recorded)))
	}
	return longer(filed, recorded), nil
}

// longer is whichever list tells of more.
func longer(filed, recorded []custody.Checkpoint) []custody.Checkpoint {
	if len(recorded) > len(filed) {
		return recorded
	}
	return filed
}

// checkKeys says whose case it is, and refuses one that nobody trusted made.
func (f *File) checkKeys(report *CustodyReport, found *faults) error {
	if len(report.Keys) == 0 || report.Keys[0].Seq != 0 {
		found.add(0, "key that made the case", "one that the entry names", "none")
		return nil
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
	found.add(0, "key that made the case", "one that is trusted", report.Keys[0].Text)
	return nil
}

func trustedText(caseID string, public ed25519.PublicKey) (string, error) {
	return note.NewEd25519VerifierKey(custody.Origin(caseID), public)
}
