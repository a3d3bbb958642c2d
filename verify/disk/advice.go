package disk

import (
	"errors"
	"io"
	"io/fs"
	"syscall"
)

// Full says whether an error is that of a disk without room.
func Full(err error) bool {
	for _, e := range noRoom {
		if errors.Is(err, e) {
			return true
		}
	}
	return errors.Is(err, ErrFull) || ofSQLite(err) == sqliteFull
}

// What SQLite calls a full disk, and one that fails.
const (
	sqliteFull     = 13
	sqliteIOError  = 10
	sqliteCantOpen = 14
)

// ofSQLite is the code of an error of SQLite, 0 where it is none. It is known by
// its method, for this package has nothing to do with databases.
func ofSQLite(err error) int {
	var coded interface {
		error
		Code() int
	}
	if errors.As(err, &coded) {
		return coded.Code() & 0xff // the rest of the code says more of the same
	}
	return 0
}

// ErrFull is a disk without room where the system's own error is not at hand.
var ErrFull = errors.New("no space left on the disk")

// ErrFaulty is a disk that could not be read or written where the system's own
// error is not at hand.
var ErrFaulty = errors.New("the disk could not be read or written")

// Broken says whether it is the disk that fails, or has no room, and not one file
// or its name.
func Broken(err error) bool {
	return Full(err) && (ofFile(err) || errors.Is(err, ErrFull) || ofSQLite(err) != 0) || faulty(err) ||
		ofFile(err) && (errors.Is(err, syscall.EIO) || errors.Is(err, io.ErrShortWrite) || errors.Is(err, syscall.EROFS))
}

// Advice is what a person can do about an error of writing a file, "" where
// nothing is known to help.
func Advice(err error) string {
	switch {
	case err == nil:
		return ""
	case Full(err):
		return "free some space on that disk and run the same command again; nothing that was there before is lost"
	case errors.Is(err, syscall.EIO), errors.Is(err, io.ErrShortWrite), faulty(err):
		return "the disk may be failing: copy the case to another one, and check it there with firsthand custody verify"
	case errors.Is(err, syscall.EBUSY):
		return "choose a new folder in that one"
	case errors.Is(err, syscall.EROFS):
		return "that disk can only be read: choose a place on another one"
	case ofFile(err) && errors.Is(err, fs.ErrPermission):
		return "choose a folder that you may write to, or have its owner let you"
	}
	return ""
}

// faulty says whether it is the disk under a database, or an error that has that
// name.
func faulty(err error) bool {
	code := ofSQLite(err)
	return errors.Is(err, ErrFaulty) || code == sqliteIOError || code == sqliteCantOpen
}

// ofFile says whether it is one of this package's errors.
func ofFile(err error) bool {
	var e *Error
	return errors.As(err, &e)
}
