package exchange

import (
	"errors"
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding/ianaindex"
)

// Bounds of the tag files that are read.
const (
	maxDeclaration = 4 << 10
	maxBagInfo     = 1 << 20
	maxManifest    = 256 << 20
)

// bagVersion is the version of the specification that a bag follows.
type bagVersion struct{ major, minor int }

func (v bagVersion) atLeast(major, minor int) bool {
	return v.major > major || v.major == major && v.minor >= minor
}

func (v bagVersion) String() string { return fmt.Sprintf("%d.%d", v.major, v.minor) }

// The two lines of bagit.txt, RFC 8493 section 2.1.1: one space and no other.
var (
	versionLine  = regexp.MustCompile(`^BagIt-Version: ([0-9]+)\.([0-9]+)$`)
	encodingLine = regexp.MustCompile(`^Tag-File-Character-Encoding: ([!-~]+)$`)
)

// parseDeclaration reads bagit.txt.
func parseDeclaration(b []byte) (v bagVersion, encoding string, err error) {
	if strings.HasPrefix(string(b), byteOrderMark) {
		return v, "", errors.New("bagit.txt begins with a byte order mark, which it must not")
	}
	lines := strings.Split(strings.TrimRight(string(b), "\r\n"), "\n")
	for i := range lines {
		lines[i] = strings.TrimSuffix(lines[i], "\r")
	}
	if len(lines) != 2 {
		return v, "", fmt.Errorf("bagit.txt has %d lines, it has to have two", len(lines))
	}
	m := versionLine.FindStringSubmatch(lines[0])
	if m == nil {
		return v, "", fmt.Errorf("the first line of bagit.txt is %.60q, not BagIt-Version: and a number like 1.0", lines[0])
	}
	e := encodingLine.FindStringSubmatch(lines[1])
	if e == nil {
		return v, "", fmt.Errorf("the second line of bagit.txt is %.60q, not Tag-File-Character-Encoding: and its name", lines[1])
	}
	major, majorErr := strconv.Atoi(m[1])
	minor, minorErr := strconv.Atoi(m[2])
	v = bagVersion{major, minor}
	if majorErr != nil || minorErr != nil || !(v == bagVersion{1, 0} || v.major == 0 && v.minor >= 93 && v.minor <= 97) {
		return v, "", fmt.Errorf("bags of version %s.%s are not known, only those of 0.93 to 1.0", m[1], m[2])
	}
	return v, e[1], nil
}

// decodeTag gives the text of a tag file in the encoding that the bag states.
func decodeTag(b []byte, encoding string) (string, error) {
	enc, err := ianaindex.IANA.Encoding(encoding)
	if err != nil || enc == nil {
		return "", fmt.Errorf("the encoding %.40q is not known", encoding)
	}
	text, err := enc.NewDecoder().Bytes(b)
	if err != nil {
		return "", fmt.Errorf("it is not in %s: %w", encoding, err)
	}
	if strings.EqualFold(encoding, "UTF-8") && !utf8.Valid(b) {
		return "", errors.New("it is not in UTF-8")
	}
	return strings.TrimPrefix(string(text), byteOrderMark), nil
}

// tagLines splits a tag file into its lines, whatever their ends.
func tagLines(text string) []string {
	text = strings.ReplaceAll(strings.ReplaceAll(text, "\r\n", "\n"), "\r", "\n")
	return strings.Split(strings.TrimSuffix(text, "\n"), "\n")
}

// listedFile is a line of a manifest.
type listedFile struct {
	line int
	sum  string // lower-case hexadecimal
	name string // as written, without "*" and "./"
	odd  string // what is unusual about the line, "" for nothing
}

var manifestLine = regexp.MustCompile(`^([0-9A-Fa-f]+)[ \t]+(\*?)(.+)$`)

// parseManifest reads a manifest. Lines that cannot be read are errors of the
// whole bag: it says less than it seems to.
func parseManifest(text string) ([]listedFile, []string) {
	var out []listedFile
	var faults []string
	for i, line := range tagLines(text) {
		if strings.TrimSpace(line) == "" {
			continue
		}
		m := manifestLine.FindStringSubmatch(line)
		if m == nil {
			faults = append(faults, fmt.Sprintf("line %d is not a checksum and a name", i+1))
			continue
		}
		f := listedFile{line: i + 1, sum: strings.ToLower(m[1]), name: m[3]}
		if m[2] != "" {
			f.odd = "the name has the asterisk of md5sum in front"
		}
		if rest, ok := strings.CutPrefix(f.name, "./"); ok {
			f.name, f.odd = rest, "the name begins with ./"
		}
		out = append(out, f)
	}
	return out, faults
}

// escapes of names in manifests. RFC 8493 asks for CR, LF and the percent sign,
// earlier versions for none or for the first two.
var (
	earlyEscapes = strings.NewReplacer("%0A", "\n", "%0a", "\n", "%0D", "\r", "%0d", "\r")
	lateEscapes  = strings.NewReplacer("%0A", "\n", "%0a", "\n", "%0D", "\r", "%0d", "\r", "%25", "%")
)

func (v bagVersion) unescape(name string) string {
	if v.atLeast(1, 0) {
		return lateEscapes.Replace(name)
	}
	return earlyEscapes.Replace(name)
}

// parseInfo reads bag-info.txt: labels and values, long values folded over
// lines that begin with white space.
func parseInfo(text string) (info [][2]string, faults []string) {
	for i, line := range tagLines(text) {
		switch label, value, ok := strings.Cut(line, ":"); {
		case strings.TrimSpace(line) == "":
		case line[0] == ' ' || line[0] == '\t':
			if len(info) == 0 {
				faults = append(faults, fmt.Sprintf("line %d goes on with a value, and there is none", i+1))
				continue
			}
			last := &info[len(info)-1]
			last[1] = strings.TrimSpace(last[1] + " " + strings.TrimSpace(line))
		case !ok || strings.TrimSpace(label) == "":
			faults = append(faults, fmt.Sprintf("line %d is not a label, a colon and a value", i+1))
		default:
			info = append(info, [2]string{strings.TrimSpace(label), strings.TrimSpace(value)})
		}
	}
	return info, faults
}

// parseOxum reads a Payload-Oxum, bytes and files.
func parseOxum(s string) (bytes, files int64, err error) {
	a, b, ok := strings.Cut(s, ".")
	if !ok {
		return 0, 0, fmt.Errorf("the Payload-Oxum %.40q is not two numbers with a point between", s)
	}
	bytes, err = strconv.ParseInt(a, 10, 64)
	if err == nil {
		files, err = strconv.ParseInt(b, 10, 64)
	}
	if err != nil || bytes < 0 || files < 0 {
		return 0, 0, fmt.Errorf("the Payload-Oxum %.40q is not two numbers with a point between", s)
	}
	return bytes, files, nil
}

// fetchLine is a URL, a length or "-", and a name.
var fetchLine = regexp.MustCompile(`^(\S+)[ \t]+(-|[0-9]+)[ \t]+(.+)$`)
