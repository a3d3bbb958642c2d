package exchange

import (
	"errors"
	"fmt"
	"path"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/cases"
	"golang.org/x/text/unicode/norm"
)

// maxName is the longest path that is taken from outside, in bytes.
const maxName = 4096

// errOutside is a name that leads out of the folder it belongs to.
var errOutside = errors.New("the name leads out of the folder")

// localName checks a path that a foreign file names and gives it in its plain
// form: relative, with forward slashes, inside its folder on every system. It
// refuses absolute, drive and UNC paths, "..", a home folder, and characters
// that no file system takes everywhere.
func localName(name string) (string, error) {
	switch {
	case name == "":
		return "", errors.New("the name is empty")
	case len(name) > maxName:
		return "", fmt.Errorf("the name is longer than %d bytes", maxName)
	case strings.ContainsRune(name, 0):
		return "", errors.New("the name holds a zero byte")
	case strings.HasPrefix(name, "/"), strings.HasPrefix(name, `\`), strings.HasPrefix(name, "~"), hasDrive(name):
		return "", fmt.Errorf("%w: %.80q", errOutside, name)
	}
	for _, part := range strings.FieldsFunc(name, func(r rune) bool { return r == '/' || r == '\\' }) {
		if part == ".." {
			return "", fmt.Errorf("%w: %.80q", errOutside, name)
		}
	}
	clean := path.Clean(name)
	if clean == "." {
		return "", fmt.Errorf("%.80q names no file", name)
	}
	return clean, nil
}

// hasDrive says whether a name begins like one of Windows with its drive.
func hasDrive(name string) bool {
	return len(name) > 1 && name[1] == ':' && (name[0]|0x20 >= 'a' && name[0]|0x20 <= 'z')
}

// foldedName is equal for names that some file system takes for one: composed
// (NFC) and without case.
func foldedName(name string) string {
	if !utf8.ValidString(name) {
		return name
	}
	return norm.NFC.String(cases.Fold().String(norm.NFC.String(name)))
}

// safeExtension is the ending of a name in a form that every file system and
// every tool takes, with the dot; "" where it has none.
func safeExtension(name string) string {
	ext := strings.ToLower(path.Ext(name))
	if len(ext) < 2 || len(ext) > 9 {
		return ""
	}
	for _, r := range ext[1:] {
		if (r < 'a' || r > 'z') && (r < '0' || r > '9') {
			return ""
		}
	}
	return ext
}

// safeName makes one file name of a text: what some system does not take
// becomes "_", and it is never empty, hidden or a device of Windows.
func safeName(s string) string {
	s = strings.Map(func(r rune) rune {
		if r == utf8.RuneError || unicode.IsControl(r) || unicode.Is(unicode.Bidi_Control, r) || strings.ContainsRune(`/\:*?"<>|`, r) {
			return '_'
		}
		return r
	}, norm.NFC.String(strings.ToValidUTF8(s, "_")))
	for len(s) > 120 {
		_, n := utf8.DecodeLastRuneInString(s)
		s = s[:len(s)-n]
	}
	s = strings.Trim(s, ". ")
	stem, _, _ := strings.Cut(strings.ToLower(s), ".")
	if s == "" || isDevice(stem) {
		return "_" + s
	}
	return s
}

func isDevice(stem string) bool {
	switch stem {
	case "con", "prn", "aux", "nul":
		return true
	}
	return len(stem) == 4 && (strings.HasPrefix(stem, "com") || strings.HasPrefix(stem, "lpt")) && stem[3] >= '0' && stem[3] <= '9'
}
