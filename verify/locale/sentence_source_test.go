package locale

import (
	"context"
	"go/ast"
	"go/parser"
	"go/token"
	"io"
	"io/fs"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"testing"
)

// speaking are the packages whose words a screen shows, below the module.
var speaking = []string{
	"extract", "extract/c2pa", "extract/container", "extract/exif", "extract/geotiff", "extract/iptc", "extract/makernote",
	"extract/pixels", "extract/source", "extract/video", "extract/xmp",
	"verify", "verify/assess", "verify/clock", "verify/desk", "verify/exercise", "verify/incident", "verify/ingest", "verify/match", "verify/publish",
	"verify/search", "verify/sidebyside", "verify/strip", "verify/sun", "verify/workbench", "verify/workbench/api",
	"verify/workshop",
}

// quiet are files whose texts no screen shows, with the reason.
var quiet = map[string]string{
	"extract/datetime.go":              "forms of dates",
	"extract/namepattern.go":           "forms of names",
	"extract/video/native.go":          "for who installs an ffmpeg: the command line",
	"extract/video/select.go":          "for who starts the program: the command line",
	"extract/c2pa/tags.go":             "values of tags, as ExifTool writes them",
	"extract/container/jpeg_tags.go":   "values of tags, as ExifTool writes them",
	"extract/container/sniff_text.go":  "signs of formats",
	"extract/exif/print.go":            "values of tags, as ExifTool writes them",
	"extract/video/embedded_worker.go": "faults of the engine",
	"extract/video/embedded.go":        "faults of the engine",
	"verify/assess/book.go":            "the record of an incident is written by the command line",
	"verify/assess/casualties.go":      "as book.go",
	"verify/assess/change.go":          "as book.go",
	"verify/assess/check.go":           "as book.go",
	"verify/assess/fields.go":          "as book.go",
	"verify/assess/sheetfile.go":       "files of sheets are read by the command line",
	"verify/assess/caretext.go":        "words of other people's posts",
	"verify/incident/lexicon.go":       "words of other people's posts",
	"verify/incident/binary.go":        "leads to a grouping from the start",
	"verify/incident/params.go":        "settings of the command line",
	"verify/sidebyside/canvas.go":      "drawn into a picture for the command line",
	"verify/sidebyside/laying.go":      "as canvas.go",
	"verify/sidebyside/sidebyside.go":  "as canvas.go",
	"verify/strip/strip.go":            "faults of the program",
	"verify/sun/measured.go":           "the command line",
	"verify/workbench/workbench.go":    "the command line",
	"verify/workbench/page.go":         "the plain page of a build without an interface, in English",
}

// technical are errors that begin with what was being done: their readers are
// those who help, and what failed follows in the words of a system or library.
var technical = regexp.MustCompile(`^(?:ingest|read|store|keep|open|describe|find|index|look|remember|make|begin|end|decode|compare|group|explain|show|words of|the zones of|no |load|prepare|unpack|listen|serve|examine|write|encrypt|name|draw|hand in|lat=)\b.*(?:%w|%v)$`)

// foreign are words that a decoder, a system, ExifTool or HTTP uses, and faults
// of the program itself.
var foreign = regexp.MustCompile(`use -b option|^Stream map|^moov atom|codec parameters$|^Cannot allocate|time_base|^frame-src|space on the disk$` +
	`|^ingest: |^Exercise pack of |^a route takes|stand in an address$`)

// literal is a text in a source file.
type literal struct{ file, line, text string }

// literalsOf reads the texts of a package: not those of tests, of tags and
// imports, of expressions, and not what describes a route to programmers.
func literalsOf(t *testing.T, pkg string) []literal {
	t.Helper()
	names, err := filepath.Glob(filepath.Join("../..", pkg, "*.go"))
	if err != nil || len(names) == 0 {
		t.Fatalf("%s: no Go files (%v)", pkg, err)
	}
	var out []literal
	for _, name := range names {
		if strings.HasSuffix(name, "_test.go") {
			continue
		}
		fset := token.NewFileSet()
		file, err := parser.ParseFile(fset, name, nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		ast.Inspect(file, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.ImportSpec:
				return false
			case *ast.CallExpr:
				called := calledName(n)
				return called != "on" && called != "onCase" && called != "MustCompile"
			case *ast.Field:
				return n.Tag == nil
			case *ast.BasicLit:
				if text, err := strconv.Unquote(n.Value); err == nil && n.Kind == token.STRING {
					out = append(out, literal{pkg + "/" + filepath.Base(name), strconv.Itoa(fset.Position(n.Pos()).Line), text})
				}
			}
			return true
		})
	}
	return out
}

func calledName(call *ast.CallExpr) string {
	switch f := call.Fun.(type) {
	case *ast.Ident:
		return f.Name
	case *ast.SelectorExpr:
		return f.Sel.Name
	}
	return ""
}

var (
	verb = regexp.MustCompile(`%[-+# 0]*[\d.*]*[a-zA-Z]`)
	// binding are the small words by which a sentence is told from a list of
	// names.
	binding = regexp.MustCompile(`(?i)\b(?:the|a|an|is|are|was|were|of|to|it|its|in|no|not|be|that|and|or|for|by|at|this|has|have|with|on|from|as|than|one|there|nothing|cannot)\b`)
	plain   = regexp.MustCompile(`^[\w ,.;:()'’"/×=–—…+°%-]+$`)
)

// fragments are the words of a text between what is filled in, as far as they
// are of a sentence.
func fragments(text string) []string {
	var out []string
	for _, part := range verb.Split(strings.ReplaceAll(text, "%%", "%"), -1) {
		part = strings.TrimSpace(part)
		if strings.Contains(part, " ") && binding.MatchString(part) && plain.MatchString(part) {
			out = append(out, part)
		}
	}
	return out
}

// made says whether words can be put together of at most so many pieces, cut
// at spaces, that stand in a text.
func made(words, of string, pieces int) bool {
	words = strings.TrimSpace(words)
	if strings.Contains(of, words) {
		return true
	}
	for i := len(words) - 1; i > 0 && pieces > 1; i-- {
		if words[i] == ' ' && strings.Contains(of, words[:i]) && made(words[i:], of, pieces-1) {
			return true
		}
	}
	return false
}

// A text of the sources is made of few pieces of the patterns, and the words of
// a pattern of few of the sources: where the one puts a word in, the other may
// have written it out.
const (
	piecesOfText    = 3
	piecesOfPattern = 4
)

// TestEverySentenceHasAPattern wants a message for everything that the program
// says. A new sentence goes into messages/en/sentences.json, and so into all
// other languages.
func TestEverySentenceHasAPattern(t *testing.T) {
	var words []string
	for _, family := range sentences().families {
		for _, p := range family {
			words = append(words, p.words...)
		}
	}
	have := strings.Join(words, "\n")
	for _, pkg := range speaking {
		for _, l := range literalsOf(t, pkg) {
			if quiet[l.file] != "" || technical.MatchString(l.text) || foreign.MatchString(l.text) {
				continue
			}
			if _, ok := sentences().recognise("", l.text); ok {
				continue
			}
			for _, f := range fragments(l.text) {
				if !made(f, have, piecesOfText) {
					t.Errorf("%s:%s: no message under %q fits %q", l.file, l.line, sentencePrefix, l.text)
					break
				}
			}
		}
	}
}

// TestEveryPatternIsSaid wants the words of each message in the sources: what
// nobody says any more goes out of the catalogues.
func TestEveryPatternIsSaid(t *testing.T) {
	var said []string
	for _, pkg := range slices.Concat(speaking, []string{"extract/sandbox", "verify/casefile", "verify/exchange", "verify/gazetteer", "verify/report"}) {
		for _, l := range literalsOf(t, pkg) {
			said = append(said, bare(verb.ReplaceAllString(l.text, "|")))
		}
	}
	for _, err := range []error{
		syscall.EACCES, syscall.EPERM, syscall.ENOENT, syscall.EEXIST, syscall.EISDIR, syscall.ENOTDIR, syscall.ENOTEMPTY, syscall.ENOSPC,
		syscall.EROFS, syscall.EIO, syscall.ENAMETOOLONG, syscall.EMFILE, syscall.EBUSY, syscall.EINVAL, syscall.ENOMEM,
		fs.ErrNotExist, fs.ErrExist, io.ErrUnexpectedEOF, context.DeadlineExceeded, context.Canceled,
	} {
		said = append(said, bare(err.Error()))
	}
	for key, m := range catalogues()[English].messages { // what the report says is in the catalogue already
		if !strings.HasPrefix(key, sentencePrefix) {
			said = append(said, bare(m[other]))
		}
	}
	all := strings.Join(said, "\n")
	all += "\n" + strings.ToLower(all)
	for _, family := range sentences().families {
		for _, p := range family {
			for _, w := range p.words {
				if !made(bare(w), all, piecesOfPattern) {
					t.Errorf("%s: nothing in the sources says %q", p.key, w)
				}
			}
		}
	}
}

var notWords = regexp.MustCompile(`[^\pL\pN'’|]+`)

// bare leaves the words of a text, with one space between.
func bare(text string) string { return strings.TrimSpace(notWords.ReplaceAllString(text, " ")) }
