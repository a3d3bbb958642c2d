package container

import (
	"errors"
	"fmt"
	"strconv"
	"strings"
	"unicode/utf8"
)

// Bounds on what one file can make the result hold.
const (
	maxProblems = 64
	maxBlocks   = 256
	maxTags     = 4096
	maxText     = 64 << 10 // bytes of one written value
)

// scan is one reading under way: the file, and what was found so far.
type scan struct {
	file
	info      Info
	heldBytes int64 // in blocks that are held in memory
	profiled  bool  // a colour profile was shown
	stopped   bool  // the budget is used up: that something was not found says nothing
}

// maxHeld bounds the blocks of one file together.
const maxHeld = 16 << 20

// problem records damage once for each code and field.
func (s *scan) problem(code, field, format string, args ...any) {
	for i := range s.info.Problems { // a hundred thousand of a kind cost no words
		if have := &s.info.Problems[i]; have.Code == code && have.Field == field {
			return
		}
	}
	s.addProblem(Problem{Code: code, Field: field, Message: fmt.Sprintf(format, args...)})
}

// fatal records damage that leaves no picture or stream.
func (s *scan) fatal(code, field, format string, args ...any) {
	s.addProblem(Problem{Code: code, Field: field, Message: fmt.Sprintf(format, args...), Fatal: true})
}

// remark records what is unusual and does no harm.
func (s *scan) remark(field, format string, args ...any) {
	s.addProblem(Problem{Code: "unusual-structure", Field: field, Message: fmt.Sprintf(format, args...), Minor: true})
}

func (s *scan) addProblem(p Problem) {
	if s.stopped {
		return
	}
	for i, have := range s.info.Problems {
		if have.Code == p.Code && have.Field == p.Field {
			s.info.Problems[i].Fatal = have.Fatal || p.Fatal
			return
		}
	}
	if len(s.info.Problems) < maxProblems {
		s.info.Problems = append(s.info.Problems, p)
	}
}

// failed records why a part could not be read: cut off, refused by a limit,
// or broken. A failure of the input itself is kept by file and not repeated.
func (s *scan) failed(field string, err error) {
	var limit *LimitError
	switch {
	case err == nil || s.err != nil:
	case errors.As(err, &limit):
		s.problem("limit", field, "%s is not read to its end: %v", field, err)
		s.stopped = s.stopped || s.budget.Values <= 0 || s.budget.Over()
	case errors.Is(err, errShort):
		s.problem("truncated", field, "%s reaches beyond the end of the file", field)
	default:
		s.problem("corrupt-structure", field, "%s cannot be read: %v", field, err)
	}
}

// block records n bytes at off as a metadata block. Empty ones say nothing.
func (s *scan) block(kind BlockKind, path string, off, n int64) []byte {
	if n <= 0 {
		return nil
	}
	data, err := s.read(off, n)
	if err != nil {
		s.failed(path, err)
		return nil
	}
	s.addBlock(Block{Kind: kind, Path: path, Offset: off, Data: data})
	return data
}

func (s *scan) addBlock(b Block) {
	held := int64(len(b.Data))
	if len(s.info.Blocks) >= maxBlocks || held > maxHeld-s.heldBytes {
		s.failed(b.Path, &LimitError{"block size"})
		return
	}
	s.heldBytes += held
	s.info.Blocks = append(s.info.Blocks, b)
	if b.Kind == ICC {
		s.profileTags(b.Data)
	}
}

// tag records a value; text is cut at its first zero byte and made UTF-8.
func (s *scan) tag(field, value string) {
	if len(s.info.Tags) >= maxTags {
		s.failed(field, &LimitError{"values"})
		return
	}
	s.info.Tags = append(s.info.Tags, Tag{Field: field, Value: cleanText(value)})
}

// tagList records a value that ExifTool prints as a list.
func (s *scan) tagList(field string, items []string) {
	n := len(s.info.Tags)
	if s.tag(field, strings.Join(items, ", ")); len(s.info.Tags) > n {
		s.info.Tags[n].List = items
	}
}

func (s *scan) tagInt(field string, v int) { s.tag(field, strconv.Itoa(v)) }

func (s *scan) tagFloat(field string, v float64) {
	s.tag(field, strconv.FormatFloat(v, 'g', 15, 64))
}

func (s *scan) addStamp(st Stamp) {
	if len(s.info.Stamps) >= maxTags {
		s.failed(st.Field, &LimitError{"values"})
		return
	}
	s.info.Stamps = append(s.info.Stamps, st)
}

// cleanText makes text from a file printable: cut at the first zero byte and
// at maxText, with what is not UTF-8 read as Latin-1.
func cleanText(s string) string {
	if i := strings.IndexByte(s, 0); i >= 0 {
		s = s[:i]
	}
	s = s[:min(len(s), maxText)]
	if utf8.ValidString(s) {
		return s
	}
	for cut := 1; cut < utf8.UTFMax && cut < len(s); cut++ {
		if len(s) >= maxText-utf8.UTFMax && utf8.ValidString(s[:len(s)-cut]) {
			return s[:len(s)-cut]
		}
	}
	return latin1(s)
}

func latin1(s string) string {
	var b strings.Builder
	b.Grow(len(s) + len(s)/4)
	for i := range len(s) {
		b.WriteRune(rune(s[i]))
	}
	return b.String()
}
