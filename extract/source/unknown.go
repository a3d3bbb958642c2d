package source

import (
	"bytes"
	"io"
	"path"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"
)

// unknownSize is how much of a text is searched for the names of files.
const unknownSize = 256 << 10

// unknownFile is a file that looks like a sidecar and that no reader
// understood.
type unknownFile struct {
	file  int
	what  string // its form
	names int    // of files here that it names
}

// seeUnknown looks at a file that no reader took. Structured data looks like a
// sidecar; a plain text does when it names a file of the source or stands
// beside one of its name.
func (s *stock) seeUnknown(file int, r io.Reader) {
	rel := s.files[file].Rel
	text, err := io.ReadAll(io.LimitReader(r, unknownSize))
	if err == nil && isUTF16(text) {
		text, err = io.ReadAll(decodedText(bytes.NewReader(text)))
	}
	if err != nil || isMediaName(rel) || len(bytes.TrimSpace(text)) == 0 || bytes.IndexByte(text, 0) >= 0 && !isDataName(rel) {
		return
	}
	what, structured := shapeOf(text, rel)
	if named := namedFiles(string(text), rel, s.names); structured || named > 0 {
		s.unknown = append(s.unknown, unknownFile{file, what, named})
	}
}

// isDataName says that a name is of structured text, so that a stray null byte
// in it does not make it something else.
func isDataName(rel string) bool {
	return slices.Contains([]string{".csv", ".tsv", ".json", ".jsonl", ".ndjson"}, strings.ToLower(path.Ext(rel)))
}

// unknownShape is the files of one form. They are reported together: a service
// that is not known may have written one beside each picture.
type unknownShape struct {
	first string // path
	what  string
	files int
	names int // of files here, named in all of them
}

// reportUnknown tells of each form once, at its first file, and returns how
// many files there are of all.
func (s *stock) reportUnknown() int {
	var shapes []*unknownShape
	known := make(map[string]*unknownShape)
	count := 0
	for _, u := range s.unknown {
		if s.apart[u.file] {
			continue // a sidecar spoke of it
		}
		rel := s.files[u.file].Rel
		key := strings.ToLower(path.Ext(rel)) + "\x00" + u.what
		if known[key] == nil {
			known[key] = &unknownShape{first: rel, what: u.what}
			shapes = append(shapes, known[key])
		}
		known[key].files++
		known[key].names += u.names
		count++
	}
	for _, shape := range shapes {
		s.reports = append(s.reports, Located{Rel: shape.first, Finding: shape.finding()})
	}
	return count
}

func (u *unknownShape) finding() Finding {
	severity, naming, others := Info, "", ""
	if u.names > 0 {
		naming = ", names " + counted(u.names, "file here", "files here")
	}
	if u.names > 0 && u.what != plainText {
		severity = Warning
	}
	if u.files > 1 {
		others = ", as were " + strconv.Itoa(u.files-1) + " more of its form"
	}
	return Finding{
		Code: "sidecar-unknown", Severity: severity,
		Message: "looks like a sidecar (" + u.what + ")" + naming + " and was not understood" + others + "; nothing that it says is used: " +
			"export it again in a format that scan reads (firsthand scan --help), or state times and places by hand",
	}
}

// plainText is the form of a text that is nothing else.
const plainText = "text"

// shapeOf describes a text, and says whether it is structured data.
func shapeOf(text []byte, rel string) (what string, structured bool) {
	text = bytes.TrimLeft(bytes.TrimPrefix(text, []byte("\ufeff")), " \t\r\n")
	ext := strings.ToLower(path.Ext(rel))
	if isJSONText(text) {
		if keys := sniff(text).keys; len(keys) > 0 {
			return "JSON with the keys " + listed(keys), true
		}
		return "JSON without keys", false
	}
	switch ext {
	case ".json", ".jsonl", ".ndjson":
		return "no JSON, for all its name", true
	case ".csv", ".tsv":
		header, _, _ := bytes.Cut(text, []byte("\n"))
		return "a table with the columns " + quoted(string(bytes.TrimSpace(header))), true
	case ".xmp":
		return "XMP", true
	case ".html", ".htm":
		return "a web page", false
	case ".xml":
		return "XML", false
	}
	return plainText, false
}

// isJSONText tells the start of an object, or of an array of them, from that
// of other texts in brackets.
func isJSONText(text []byte) bool {
	inside, isObject := bytes.CutPrefix(text, []byte("{"))
	inside = bytes.TrimLeft(inside, " \t\r\n")
	return isObject && len(inside) > 0 && (inside[0] == '"' || inside[0] == '}') || isJSONArray(text)
}

// maxListed is how many keys a finding shows.
const maxListed = 6

// listed shows the keys at the top of an object.
func listed(keys keySet) string {
	var top []string
	for key := range keys {
		if !strings.Contains(key, ".") {
			top = append(top, key)
		}
	}
	slices.Sort(top)
	more := ""
	if len(top) > maxListed {
		top, more = top[:maxListed], ", …"
	}
	for i, key := range top {
		top[i] = quoted(key)
	}
	return strings.Join(top, ", ") + more
}

// namedFiles counts the media of the source that a text names, and the one
// that the text stands beside under the same name.
func namedFiles(text, rel string, n *names) int {
	found := make(map[int]bool)
	if stem := strings.TrimSuffix(path.Base(rel), path.Ext(rel)); stem != "" {
		for _, i := range n.media(path.Dir(rel), stem) {
			found[i] = true
		}
	}
	seen := make(map[string]bool)
	for _, cut := range []string{"\"'<>\n\r\t,;|=", "\"'<>\n\r\t,;|= ()[]"} {
		for token := range strings.FieldsFuncSeq(text, func(r rune) bool { return strings.ContainsRune(cut, r) }) {
			token = strings.TrimSpace(token[strings.LastIndexAny(token, `/\`)+1:])
			if len(token) > maxNameBytes || seen[token] || !isMediaName(token) || !utf8.ValidString(token) {
				continue
			}
			seen[token] = true
			for _, i := range n.namesakes(token) {
				if n.isBelow(path.Dir(rel), i) {
					found[i] = true
				}
			}
		}
	}
	return len(found)
}

// maxNameBytes is the longest name that file systems allow.
const maxNameBytes = 255
