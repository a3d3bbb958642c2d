package casefile

import (
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
)

// lockCase takes the writer's lock of a case folder. The file's text is for
// people: who holds it. It is never deleted, for another process may already
// wait on the same file.
func lockCase(dir, holder string) (*os.File, error) {
	f, err := os.OpenFile(filepath.Join(dir, "case.lock"), os.O_RDWR|os.O_CREATE, 0o600)
	if err != nil {
		return nil, fmt.Errorf("lock case: %w", err)
	}
	got, err := tryLock(f)
	if err != nil {
		return nil, errors.Join(fmt.Errorf("lock case: %w", err), f.Close())
	}
	if !got {
		other, _ := io.ReadAll(io.LimitReader(f, 200)) // only for the message
		err := fmt.Errorf("%w (%s): close it there, or open the case for reading", ErrLocked, lockHolder(other))
		return nil, errors.Join(err, f.Close())
	}
	if err := f.Truncate(0); err != nil {
		return nil, errors.Join(err, f.Close())
	}
	if _, err := f.WriteAt([]byte(holder+"\n"), 0); err != nil {
		return nil, errors.Join(err, f.Close())
	}
	return f, nil
}

// lockHolder makes one printable line of what the lock file says.
func lockHolder(text []byte) string {
	line, _, _ := strings.Cut(string(text), "\n")
	line = strings.Map(func(r rune) rune {
		if r < ' ' || r > '~' {
			return '?'
		}
		return r
	}, line)
	if line == "" {
		return "unknown"
	}
	return line
}
