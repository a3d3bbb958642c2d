package casefile

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"

	"modernc.org/sqlite"
	sqlite3 "modernc.org/sqlite/lib"

	"github.com/firsthand-media/firsthand/verify/custody"
	"github.com/firsthand-media/firsthand/verify/disk"
)

// damaged turns an error of reading a case into a [custody.BrokenError], unless
// it is a state that a sound case can be in, or the fault of the machine: what
// remains is files that do not hold what this program writes.
func damaged(dir string, err error) error {
	var broken *custody.BrokenError
	if err == nil || errors.As(err, &broken) || isState(err) || isMachine(err) {
		return ofDisk(filepath.Join(dir, databaseName), err)
	}
	if errors.Is(err, fs.ErrNotExist) || errors.Is(err, errNoCase) {
		if info, statErr := os.Stat(filepath.Join(dir, checkpointsName)); statErr != nil || info.Size() == 0 {
			return err
		}
		return &custody.BrokenError{Seq: -1, What: databaseName + " holds no case, and " + checkpointsName + " has checkpoints of one", Got: err.Error()}
	}
	return &custody.BrokenError{Seq: -1, What: "database file", Want: "one that can be read", Got: err.Error()}
}

// isState says whether a sound case can be so.
func isState(err error) bool {
	for _, state := range []error{ErrLocked, ErrReadOnly, ErrNewerSchema, ErrOlderSchema, ErrNoSigner, ErrClosed, fs.ErrExist, context.Canceled, context.DeadlineExceeded} {
		if errors.Is(err, state) {
			return true
		}
	}
	return false
}

// isMachine says whether it is the system that did not give the file.
func isMachine(err error) bool {
	var problem *sqlite.Error
	if errors.As(err, &problem) {
		switch problem.Code() & 0xff { // the rest of the code says more of the same
		case sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_FORMAT, sqlite3.SQLITE_ERROR, sqlite3.SQLITE_MISMATCH, sqlite3.SQLITE_CONSTRAINT:
			return false
		}
		return true
	}
	var written *disk.Error
	if errors.As(err, &written) {
		return true
	}
	var path *fs.PathError
	return errors.As(err, &path) && !errors.Is(err, fs.ErrNotExist)
}

// checkVersion compares the tables of an older case with those of the version
// that it says it has, so that damage to the one line that says it does not pass
// for a case of another version.
func checkVersion(ctx context.Context, db *sql.DB, have, latest int64) error {
	if have >= latest || have == 0 {
		return nil
	}
	want, err := wantedSchema(ctx, schema(), have)
	if err != nil {
		return err
	}
	got, err := readSchema(ctx, db)
	if err != nil || maps.Equal(want, got) {
		return err
	}
	return &custody.BrokenError{Seq: -1, What: "version of the tables", Want: "the one that they are of", Got: fmt.Sprint(have)}
}
