package casefile

import (
	"database/sql"
	"errors"
	"fmt"
	"strings"

	"modernc.org/sqlite"
	sqlite3 "modernc.org/sqlite/lib"

	"github.com/firsthand-media/firsthand/verify/disk"
)

// ofDisk says in the words of verify/disk what SQLite says of a disk that is full
// or fails; other errors stay what they are.
func (f *File) ofDisk(err error) error { return ofDisk(f.path(databaseName), err) }

func ofDisk(file string, err error) error {
	var known *disk.Error
	var problem *sqlite.Error
	if errors.As(err, &known) || !errors.As(err, &problem) {
		return err
	}
	if problem.Code() == sqlite3.SQLITE_IOERR_SHMSIZE { // no room for the index of the write-ahead log
		return &disk.Error{Op: "write", Path: file, Err: disk.ErrFull}
	}
	switch problem.Code() & 0xff { // the rest of the code says more of the same
	case sqlite3.SQLITE_FULL:
		return &disk.Error{Op: "write", Path: file, Err: disk.ErrFull}
	case sqlite3.SQLITE_IOERR:
		return &disk.Error{Op: "read or write", Path: file, Err: fmt.Errorf("%w (SQLite %d)", disk.ErrFaulty, problem.Code())}
	case sqlite3.SQLITE_CANTOPEN:
		return &disk.Error{Op: "open", Path: file, Err: fmt.Errorf("%w (SQLite %d)", disk.ErrFaulty, problem.Code())}
	}
	return err
}

// cutOff says whether a database ends too early, which is damage and no fault of the
// disk.
func cutOff(err error) bool {
	var problem *sqlite.Error
	return errors.As(err, &problem) && problem.Code() == sqlite3.SQLITE_IOERR_SHORT_READ
}

// wentBack says whether a transaction could not be taken back because it was taken
// back already: by SQLite, after an error of the disk, or by whoever stopped it.
func wentBack(err error) bool {
	return errors.Is(err, sql.ErrTxDone) || strings.Contains(err.Error(), "no transaction is active")
}

// first is the first error that is one: what goes wrong after it is mostly of the
// same cause, and one line has to say it.
func first(errs ...error) error {
	for _, err := range errs {
		if err != nil {
			return err
		}
	}
	return nil
}
