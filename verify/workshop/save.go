package workshop

import (
	"errors"
	"fmt"
	"io/fs"
	"path/filepath"
	"strings"

	"github.com/firsthand-media/firsthand/verify/disk"
	"github.com/firsthand-media/firsthand/verify/exercise"
)

// mostSaved is how many hand-ins of one name a folder can have.
const mostSaved = 100

// Save writes a hand-in to a new file in a folder and gives its path. What stands
// there under its name already is left, and the name gets a number.
func Save(dir string, h exercise.HandIn) (path string, err error) {
	folder, err := disk.OpenFolder(dir)
	if err != nil {
		return "", fmt.Errorf("hand in: %w", err)
	}
	defer folder.Close()
	stem := strings.TrimSuffix(h.FileName(), exercise.HandInSuffix)
	for n := 1; n <= mostSaved; n++ {
		name := stem + exercise.HandInSuffix
		if n > 1 {
			name = fmt.Sprintf("%s-%d%s", stem, n, exercise.HandInSuffix)
		}
		err = folder.New(name, h.Write)
		if err == nil {
			return filepath.Join(dir, name), nil
		}
		if !errors.Is(err, fs.ErrExist) {
			break
		}
	}
	return "", fmt.Errorf("hand in: %w", err)
}
