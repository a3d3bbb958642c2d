package exercise

import (
	"errors"
	"fmt"
	"io/fs"
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/cases"
	"golang.org/x/text/unicode/norm"
)

// The bounds of paths, in bytes.
const (
	longestPath = 400
	longestPart = 200 // some file systems take 255, with what programs put behind a name
)

var kebab = regexp.MustCompile(`^[a-z0-9]+(-[a-z0-9]+)*$`)

// checkID wants an identity to be of lower-case letters, digits and single
// hyphens, at most 64 of them.
func checkID(id string) error {
	if len(id) > 64 || !kebab.MatchString(id) || device(id) {
		return fmt.Errorf("%.80q is not an id: it is of small letters, digits and single hyphens, at most 64", id)
	}
	return nil
}

// device says whether Windows takes a name for one of its devices, whatever its
// ending.
func device(name string) bool {
	name, _, _ = strings.Cut(strings.ToLower(name), ".")
	switch name {
	case "con", "prn", "aux", "nul":
		return true
	}
	return len(name) == 4 && (name[:3] == "com" || name[:3] == "lpt") && name[3] >= '0' && name[3] <= '9'
}

// checkPath wants SOURCE/relative/path: a name that lies inside its folder, is
// shown as it is and can be written on every system.
func checkPath(path string) error {
	if err := portable(path); err != nil {
		return fmt.Errorf("path %.80q: %w", path, err)
	}
	return nil
}

func portable(path string) error {
	switch {
	case !utf8.ValidString(path):
		return errors.New("it is not UTF-8")
	case len(path) > longestPath:
		return fmt.Errorf("it is longer than %d bytes", longestPath)
	case !fs.ValidPath(path) || path == ".":
		return errors.New("it does not lie inside the folder of the exercise")
	case !strings.Contains(path, "/"):
		return errors.New("it has no source: it is of the form SOURCE/name")
	case strings.ContainsAny(path, `\:*?"<>|`) || strings.ContainsFunc(path, hidden):
		return errors.New("it has characters that not every system takes")
	}
	for part := range strings.SplitSeq(path, "/") {
		if strings.HasPrefix(part, ".") { // .git/config, whose commands a prompt may run
			return fmt.Errorf("the name %.80q begins with a dot: such files are hidden, and some programs obey them", part)
		}
		if strings.HasSuffix(part, ".") || strings.TrimSpace(part) != part || strings.HasPrefix(part, "~") || device(part) || len(part) > longestPart {
			return fmt.Errorf("not every system takes the name %.80q", part)
		}
	}
	return nil
}

// hidden says whether a character is not seen, or changes how others are shown.
func hidden(r rune) bool { return unicode.In(r, unicode.Cc, unicode.Cf, unicode.Zl, unicode.Zp) }

// folded is equal for names that some file system takes for one.
func folded(path string) string {
	return norm.NFC.String(cases.Fold().String(norm.NFC.String(path)))
}
