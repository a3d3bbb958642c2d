package xmp

import (
	"bytes"
	"fmt"
	"unicode/utf8"
)

const (
	// maxAttributes bounds the attributes of one element, which the XML
	// decoder holds in memory all at once.
	maxAttributes = 8192
	// maxReplacements bounds what cleaning may add to the text.
	maxReplacements = 1 << 17
)

// cleaner makes text fit for a strict XML decoder without losing what a
// lenient reader would see: characters that XML forbids become U+FFFD, an
// ampersand that begins none of the five entities of XML nor a character
// reference stands for itself, comments go; inside a tag, where U+FFFD is
// forbidden too, a bad character goes. Carriage returns are kept, as ExifTool
// does, although XML would have them dropped. So no entity that a file declares
// is ever expanded. Text that needs none of this is not copied.
type cleaner struct {
	in   []byte
	out  []byte // nil as long as it would equal in
	done int    // bytes of in that are in out, or looked at while out is nil

	quote      byte // the attribute value that the scan is in, 0 for none
	inTag      bool // between < and >
	attributes int  // of that tag

	badCharacters int
	entities      int
	returns       int
}

// clean cleans a text and says what it had to change.
func clean(text []byte) ([]byte, []Problem) {
	c := &cleaner{in: text}
	end := c.run()
	var problems []Problem
	if c.badCharacters > 0 {
		problems = append(problems, Problem{Code: "bad-characters", Field: fieldPacket,
			Message: fmt.Sprintf("%d characters of the XMP are not allowed where they stand and were replaced", c.badCharacters)})
	}
	if c.entities > 0 {
		problems = append(problems, Problem{Code: "entity", Field: fieldPacket,
			Message: "the XMP refers to entities that XML does not know, which are left as written"})
	}
	switch {
	case end == len(text):
	case c.entities+c.badCharacters > maxReplacements:
		problems = append(problems, Problem{Code: "limit", Field: fieldPacket,
			Message: fmt.Sprintf("more than %d characters of the XMP are not valid, what follows was not read", maxReplacements)})
	default:
		problems = append(problems, Problem{Code: "limit", Field: fieldPacket,
			Message: fmt.Sprintf("an element of the XMP has more than %d attributes, what follows was not read", maxAttributes)})
	}
	if c.out == nil {
		return text[:end], problems
	}
	return append(c.out, text[c.done:end]...), problems
}

// run scans the text and returns where it had to stop.
func (c *cleaner) run() int {
	for i := 0; i < len(c.in); {
		c.track(c.in[i])
		if c.entities+c.badCharacters > maxReplacements || c.attributes > maxAttributes {
			return i
		}
		if n := c.section(i); n > 0 {
			i += n
			continue
		}
		i += c.character(i)
	}
	return len(c.in)
}

// track follows where in the markup the scan is.
func (c *cleaner) track(b byte) {
	switch {
	case c.quote != 0:
		if b == c.quote {
			c.quote = 0
		}
	case b == '<':
		c.inTag, c.attributes = true, 0
	case b == '>':
		c.inTag = false
	case c.inTag && (b == '"' || b == '\''):
		c.quote = b
		c.attributes++
	}
}

// section deals with a comment or a CDATA section that begins at i; it returns
// its length, 0 if there is none.
func (c *cleaner) section(i int) int {
	if c.quote != 0 || c.in[i] != '<' {
		return 0
	}
	text := c.in[i:]
	n := 0
	switch {
	case bytes.HasPrefix(text, []byte("<!--")):
		n = span(text, "-->")
		c.replace(i, n, "")
	case bytes.HasPrefix(text, []byte("<![CDATA[")):
		n = span(text, "]]>")
		for at := i; at < i+n; {
			at += c.forbidden(at, "\uFFFD")
		}
	default:
		return 0
	}
	c.inTag = false
	return n
}

// character deals with the character at i and returns its length.
func (c *cleaner) character(i int) int {
	inText := !c.inTag || c.quote != 0
	switch b := c.in[i]; {
	case b == '<' && c.quote != 0:
		c.replace(i, 1, "&lt;")
		c.badCharacters++
	case b == '&' && !isReference(c.in[i:]):
		c.replace(i, 1, "&amp;")
		c.entities++
	case b == '\r' && inText && c.returns < maxReplacements:
		c.replace(i, 1, "&#xD;")
		c.returns++
	case b == '>' && inText && bytes.HasSuffix(c.in[:i], []byte("]]")):
		c.replace(i, 1, "&gt;")
	case inText:
		return c.forbidden(i, "\uFFFD")
	default:
		return c.forbidden(i, "")
	}
	return 1
}

// span is the length of a stretch of text up to and including its end mark,
// or all of it.
func span(text []byte, end string) int {
	if at := bytes.Index(text, []byte(end)); at >= 0 {
		return at + len(end)
	}
	return len(text)
}

// forbidden puts another text in place of the character at i if XML forbids
// it, and returns its length.
func (c *cleaner) forbidden(i int, instead string) int {
	if b := c.in[i]; b >= 0x20 && b < utf8.RuneSelf || b == '\t' || b == '\n' || b == '\r' {
		return 1
	}
	r, n := utf8.DecodeRune(c.in[i:])
	if r == utf8.RuneError && n == 1 || r < 0x20 || r == 0xfffe || r == 0xffff {
		c.badCharacters++
		c.replace(i, n, instead)
	}
	return n
}

// replace puts s in place of n bytes at i.
func (c *cleaner) replace(i, n int, s string) {
	if c.out == nil {
		c.out = make([]byte, 0, len(c.in)+len(c.in)/8)
	}
	c.out = append(append(c.out, c.in[c.done:i]...), s...)
	c.done = i + n
}

// isReference tells a character reference or one of the five entities that
// XML itself defines.
func isReference(text []byte) bool {
	end := bytes.IndexByte(text[:min(len(text), 12)], ';')
	if end < 2 {
		return false
	}
	body := string(text[1:end])
	switch body {
	case "amp", "lt", "gt", "quot", "apos":
		return true
	}
	if body[0] != '#' {
		return false
	}
	value, digits := 0, body[1:]
	base := 10
	if len(digits) > 1 && digits[0] == 'x' {
		base, digits = 16, digits[1:]
	}
	if digits == "" {
		return false
	}
	for _, d := range []byte(digits) {
		v := digit(d)
		if v >= base {
			return false
		}
		value = min(value*base+v, utf8.MaxRune+1)
	}
	return validXML(rune(value))
}

func digit(b byte) int {
	switch {
	case b >= '0' && b <= '9':
		return int(b - '0')
	case b >= 'a' && b <= 'f':
		return int(b-'a') + 10
	case b >= 'A' && b <= 'F':
		return int(b-'A') + 10
	}
	return 16
}

// validXML tells the characters that XML 1.0 allows (production 2, Char).
func validXML(r rune) bool {
	return r == '\t' || r == '\n' || r == '\r' || r >= 0x20 && r <= 0xd7ff || r >= 0xe000 && r <= 0xfffd || r >= 0x10000 && r <= utf8.MaxRune
}
