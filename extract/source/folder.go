package source

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"unicode/utf8"
)

// New makes a source of a folder and names it after the folder. It reports a
// path that is missing or that is no folder.
func New(dir string) (Source, error) {
	abs, err := filepath.Abs(dir)
	if err != nil {
		return Source{}, fmt.Errorf("source folder %q: %w", dir, err)
	}
	info, err := os.Stat(abs)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return Source{}, fmt.Errorf("source folder %q does not exist, check the path: %w", dir, fs.ErrNotExist)
	case err != nil:
		return Source{}, fmt.Errorf("source folder %q cannot be read: %w", dir, Reason(err))
	case !info.IsDir():
		return Source{}, fmt.Errorf("source %q is not a folder, give the folder that holds it", dir)
	}
	return Source{Name: folderName(abs), Dir: abs}, nil
}

// folderName is the last element of an absolute path. The top of a drive has
// none, so it is named after the drive, or "root".
func folderName(abs string) string {
	name := filepath.Base(abs)
	if strings.Trim(name, `/\.`) != "" {
		return name
	}
	if drive := strings.Trim(filepath.VolumeName(abs), `/\:`); drive != "" {
		return drive
	}
	return "root"
}

// OpenRoot opens the source's folder so that nothing outside it can be
// reached through the result. The caller closes it.
func (s Source) OpenRoot() (*os.Root, error) {
	root, err := os.OpenRoot(s.Dir)
	if err != nil {
		return nil, fmt.Errorf("source %q: open folder %q: %w", s.Name, s.Dir, Reason(err))
	}
	return root, nil
}

// Distinct returns the sources with names that differ: of several with one
// name the first keeps it and the others get "-2", "-3" and so on, passing
// over names that another source has by itself. The argument is not changed.
func Distinct(sources []Source) []Source {
	taken := make(map[string]bool, len(sources))
	for _, s := range sources {
		taken[s.Name] = true
	}
	seen := make(map[string]bool, len(sources))
	out := make([]Source, len(sources))
	for i, s := range sources {
		if seen[s.Name] {
			s.Name = freeName(s.Name, taken)
			taken[s.Name] = true
		}
		seen[s.Name] = true
		out[i] = s
	}
	return out
}

func freeName(name string, taken map[string]bool) string {
	for n := 2; ; n++ {
		if free := name + "-" + strconv.Itoa(n); !taken[free] {
			return free
		}
	}
}

// ShownPath is the path of a file as people and outputs see it:
// SOURCE/relative/path with forward slashes, exactly as on disk but for bytes
// that are not UTF-8, which are written \xNN.
// A file outside any source is shown by its path alone.
func ShownPath(source, rel string) string {
	shown := filepath.ToSlash(rel)
	if source != "" {
		shown = source + "/" + shown
	}
	if utf8.ValidString(shown) {
		return shown
	}
	var b strings.Builder
	for len(shown) > 0 {
		r, n := utf8.DecodeRuneInString(shown)
		if r == utf8.RuneError && n == 1 {
			fmt.Fprintf(&b, `\x%02x`, shown[0])
		} else {
			b.WriteString(shown[:n])
		}
		shown = shown[n:]
	}
	return b.String()
}

// Reason strips the operation and the path from an error of the file system:
// the finding or message around it already says which file it is.
func Reason(err error) error {
	var pathErr *fs.PathError
	if errors.As(err, &pathErr) {
		return pathErr.Err
	}
	return err
}
