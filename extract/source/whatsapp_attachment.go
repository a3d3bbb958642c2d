package source

import (
	"path"
	"regexp"
	"strings"
)

// attachments finds the files of a message and takes their tags out of its
// text.
func (c *chatLog) attachments(m *chatMessage) {
	for i, line := range m.lines {
		m.lines[i] = c.tags(m, line)
	}
	if len(c.kept) > m.first {
		return
	}
	// Android: the name, then words in brackets, then the caption below.
	first := strings.TrimSpace(stripMarks(m.lines[0]))
	name, tagged := cutNote(first)
	if i, found := c.out.names.find(c.out.dir, name); found == present {
		c.keep(m, i)
		c.known = c.known || (!m.head.style.bracketed && strings.Contains(name, "-WA"))
		m.lines = m.lines[1:]
	} else if tagged && strings.Contains(name, "-WA") && path.Ext(name) != "" {
		c.out.resolve(name)
		m.lines = m.lines[1:]
	} else if strings.HasPrefix(first, "<") && strings.HasSuffix(first, ">") && len(m.lines) == 1 {
		c.out.omitted++ // "<Media omitted>" in any language
		m.lines = nil
	}
}

// tags finds "<attached: NAME>" of iOS, whatever the word, and returns the
// line without it.
func (c *chatLog) tags(m *chatMessage, line string) string {
	from := 0
	for {
		start := strings.IndexByte(line[from:], '<')
		if start < 0 {
			return line
		}
		start += from
		length := strings.IndexByte(line[start:], '>')
		if length < 0 {
			return line
		}
		end := start + length + 1
		if !c.tag(m, stripMarks(line[start+1:end-1])) {
			from = start + 1
			continue
		}
		line, from = line[:start]+line[end:], start
	}
}

// tag reads the inside of a tag. The name starts behind some colon; which one
// is seen from the files that are here.
func (c *chatLog) tag(m *chatMessage, inner string) bool {
	_, named, ok := cutColon(inner)
	if !ok {
		return false
	}
	for rest := named; ok; _, rest, ok = cutColon(rest) {
		if i, found := c.out.names.find(c.out.dir, rest); found == present {
			c.keep(m, i)
			c.known = true
			return true
		}
	}
	if path.Ext(named) == "" {
		return false
	}
	c.out.resolve(named)
	return true
}

// cutNote takes the note off the name before it: "(file attached)" in any
// language, with brackets of ASCII or full width.
func cutNote(line string) (name string, noted bool) {
	for _, brackets := range [][2]string{{"(", ")"}, {"（", "）"}} {
		inside, closed := strings.CutSuffix(line, brackets[1])
		if before, _, opened := cutLast(inside, brackets[0]); closed && opened {
			return strings.TrimSpace(before), true
		}
	}
	return line, false
}

func (c *chatLog) keep(m *chatMessage, file int) {
	c.kept = append(c.kept, attachment{file: file, head: m.head, Record: Record{Account: m.sender}})
}

// cutColon cuts behind the first colon, ASCII or full-width.
func cutColon(s string) (before, after string, found bool) {
	i := strings.IndexAny(s, ":：")
	if i < 0 {
		return s, "", false
	}
	after = strings.TrimPrefix(strings.TrimPrefix(s[i:], ":"), "：")
	return s[:i], strings.TrimSpace(after), true
}

func cutLast(s, sep string) (before, after string, found bool) {
	if i := strings.LastIndex(s, sep); i >= 0 {
		return s[:i], s[i+len(sep):], true
	}
	return s, "", false
}

// editNote matches the note "<This message was edited>" in any language; a
// person cannot type the mark before it.
var editNote = regexp.MustCompile("\u200e<[^<>]*>$")

// caption is the text of a message without its tags and marks.
func caption(lines []string) string {
	var b strings.Builder
	for _, line := range lines {
		line = editNote.ReplaceAllString(line, "")
		b.WriteString(strings.TrimSpace(stripMarks(line)))
		b.WriteByte('\n')
	}
	return strings.TrimSpace(b.String())
}

// isMark reports the invisible characters that WhatsApp writes around names
// and numbers: direction marks and the byte order mark.
func isMark(r rune) bool {
	switch {
	case r == '\u200e' || r == '\u200f' || r == '\u061c' || r == '\ufeff':
	case '\u202a' <= r && r <= '\u202e' || '\u2066' <= r && r <= '\u2069':
	default:
		return false
	}
	return true
}

func hasMark(s string) bool { return strings.ContainsAny(s, "\u200e\u200f") }

func stripMarks(s string) string {
	if !strings.ContainsFunc(s, isMark) {
		return s
	}
	return strings.Map(func(r rune) rune {
		if isMark(r) {
			return -1
		}
		return r
	}, s)
}
