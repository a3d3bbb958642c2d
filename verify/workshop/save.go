package workshop

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/firsthand-media/firsthand/extract/source"
	"github.com/firsthand-media/firsthand/verify/exercise"
)

// mostSaved is how many hand-ins of one name a folder can have.
const mostSaved = 100

// Save writes a hand-in to a new file in a folder and gives its path. What stands
// there under its name already is left, and the name gets a number.
func Save(dir string, h exercise.HandIn) (path string, err error) {
	root, err := os.OpenRoot(dir)
	if err != nil {
		return "", fmt.Errorf("hand in to %s: %w", dir, source.Reason(err))
	}
	defer root.Close()
	stem := strings.TrimSuffix(h.FileName(), exercise.HandInSuffix)
	for n := 1; n <= mostSaved; n++ {
		name := stem + exercise.HandInSuffix
		if n > 1 {
			name = fmt.Sprintf("%s-%d%s", stem, n, exercise.HandInSuffix)
		}
		err = saveNew(root, name, h)
		if err == nil {
			return filepath.Join(dir, name), nil
		}
		if !errors.Is(err, fs.ErrExist) {
			break
		}
	}
	return "", fmt.Errorf("hand in to %s: %w", dir, source.Reason(err))
}

// saveNew writes a file that is not there yet, whole or not at all.
func saveNew(root *os.Root, name string, h exercise.HandIn) error {
	f, err := root.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return err
	}
	err = h.Write(f)
	if err == nil {
		err = f.Sync()
	}
	if err = errors.Join(err, f.Close()); err != nil {
		return errors.Join(err, root.Remove(name))
	}
	return nil
}
