package casefile

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"

	"github.com/firsthand-media/firsthand/verify/custody"
	"github.com/firsthand-media/firsthand/verify/disk"
)

// maxCheckpointFile bounds what is read of checkpoints.txt, in bytes: some
// 200,000 checkpoints.
const maxCheckpointFile = 64 << 20

// Checkpoint signs the ledger as it stands, unless the last checkpoint
// already covers it all, and returns the last one.
func (f *File) Checkpoint(ctx context.Context) (custody.Checkpoint, error) {
	f.writing.Lock()
	defer f.writing.Unlock()
	if err := f.writable(); err != nil {
		return custody.Checkpoint{}, err
	}
	return f.checkpoint(ctx)
}

// checkpoint writes to checkpoints.txt first and to the database second, each
// forced to the disk. Interrupted between the two, the file is one ahead,
// which the next opening mends; a file that is behind was shortened.
func (f *File) checkpoint(ctx context.Context) (custody.Checkpoint, error) {
	if f.failed != nil {
		return custody.Checkpoint{}, f.failed
	}
	if f.signed == f.log.Size() {
		return f.lastCheckpoint(ctx)
	}
	ctx = context.WithoutCancel(ctx) // who stops the program between the two would leave the file ahead
	c, err := custody.Sign(custody.Origin(f.info.ID), f.log.Size(), f.log.Root(), f.signer)
	if err != nil {
		return custody.Checkpoint{}, err
	}
	if err := f.appendCheckpoint(c); err != nil {
		f.failed = fmt.Errorf("an earlier checkpoint failed, close the case and open it again: %w", err)
		return custody.Checkpoint{}, fmt.Errorf("write checkpoint: %w", err)
	}
	if err := f.recordCheckpoint(ctx, c); err != nil {
		if f.failed == nil { // the note stands in the file and must not be written there again
			f.failed = fmt.Errorf("an earlier checkpoint failed, close the case and open it again: %w", err)
		}
		return custody.Checkpoint{}, err
	}
	return c, nil
}

func (f *File) recordCheckpoint(ctx context.Context, c custody.Checkpoint) error {
	err := f.write(ctx, func(t *txn) error {
		_, err := t.exec("INSERT INTO checkpoints (size, note) VALUES (?, ?)", c.Size, c.Note)
		return err
	})
	if err == nil {
		f.signed = c.Size
	}
	return err
}

func (f *File) lastCheckpoint(ctx context.Context) (custody.Checkpoint, error) {
	var note []byte
	if err := f.writer.QueryRowContext(ctx, "SELECT note FROM checkpoints ORDER BY size DESC LIMIT 1").Scan(&note); err != nil {
		return custody.Checkpoint{}, fmt.Errorf("read checkpoint: %w", err)
	}
	return custody.ParseCheckpoint(note)
}

func (f *File) appendCheckpoint(c custody.Checkpoint) error {
	return disk.Append(f.path(checkpointsName), custody.FormatCheckpoints([]custody.Checkpoint{c}))
}

// readCheckpointFile gives the notes of checkpoints.txt and whatever follows
// the last complete one.
func (f *File) readCheckpointFile() (list []custody.Checkpoint, rest []byte, err error) {
	file, err := os.Open(f.path(checkpointsName))
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil, nil
	}
	if err != nil {
		return nil, nil, fmt.Errorf("read checkpoints: %w", err)
	}
	defer file.Close()
	text, err := io.ReadAll(io.LimitReader(file, maxCheckpointFile+1))
	if err != nil {
		return nil, nil, fmt.Errorf("read checkpoints: %w", err)
	}
	if len(text) > maxCheckpointFile {
		return nil, nil, fmt.Errorf("%s is larger than %d bytes", checkpointsName, maxCheckpointFile)
	}
	list, rest, err = custody.ParseCheckpoints(text)
	if err != nil {
		return nil, nil, &custody.BrokenError{Seq: lastSize(list), What: checkpointsName, Got: err.Error()}
	}
	return list, rest, nil
}

func lastSize(list []custody.Checkpoint) int64 {
	if len(list) == 0 {
		return 0
	}
	return list[len(list)-1].Size
}

// mendCheckpoints finishes what a crash can have interrupted, and nothing
// else: a note half written to the file is cut off, a note that did not reach
// the database is recorded there. Any other difference is left as it is, for
// [File.VerifyCustody] to report.
func (f *File) mendCheckpoints(ctx context.Context, recorded, filed []custody.Checkpoint, rest []byte, keys []custody.Key) error {
	common := min(len(recorded), len(filed))
	if firstDifference(recorded, filed) < common || len(filed) < len(recorded) || len(filed) > len(recorded)+1 {
		return nil
	}
	if len(rest) > 0 {
		complete := int64(len(custody.FormatCheckpoints(filed)))
		if err := disk.Cut(f.path(checkpointsName), complete); err != nil {
			return fmt.Errorf("mend checkpoints: %w", err)
		}
	}
	if len(filed) == len(recorded) {
		return nil
	}
	extra := filed[len(filed)-1]
	if extra.Size <= lastSize(recorded) || custody.Authorised([]custody.Checkpoint{extra}, keys) != nil {
		return nil
	}
	f.writing.Lock()
	defer f.writing.Unlock()
	return f.recordCheckpoint(ctx, extra)
}

// firstDifference is the index of the first note that the two do not share.
func firstDifference(a, b []custody.Checkpoint) int {
	for i := range min(len(a), len(b)) {
		if !bytes.Equal(a[i].Note, b[i].Note) {
			return i
		}
	}
	return min(len(a), len(b))
}
