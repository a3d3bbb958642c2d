package container

import (
	"bytes"
	"strings"
	"unicode/utf16"
	"unicode/utf8"
)

// sniffText tells web pages, XML, JSON and plain text apart. An error page
// saved under a picture's name is the case that matters most.
func sniffText(head []byte) string {
	text, ok := decodeText(head)
	if !ok {
		return ""
	}
	lower := strings.ToLower(strings.TrimSpace(text))
	switch {
	case lower == "":
		return "text"
	case lower[0] == '<':
		return sniffMarkup(lower)
	case looksLikeJSON(lower):
		return "json"
	}
	return "text"
}

// decodeText gives the beginning of a file as text, or says that it is none.
// A stray control byte in fifty is borne with, a zero byte is not. What is not
// UTF-8 or marked UTF-16 counts as text of an unknown eight-bit code only when
// it is long enough to judge and holds no control bytes at all.
func decodeText(head []byte) (string, bool) {
	if b, ok := bytes.CutPrefix(head, []byte("\xef\xbb\xbf")); ok {
		head = b
	}
	if len(head) >= 2 && (string(head[:2]) == "\xff\xfe" || string(head[:2]) == "\xfe\xff") {
		return decodeUTF16(head[2:], head[0] == 0xff), len(head) >= 4
	}
	controls := 0
	for _, c := range head {
		if c < 0x20 && c != '\t' && c != '\n' && c != '\r' || c == 0x7f {
			controls++
		}
	}
	if bytes.IndexByte(head, 0) >= 0 || controls*50 > len(head) {
		return "", false
	}
	whole := head
	for cut := 0; cut < utf8.UTFMax && cut < len(whole); cut++ {
		if utf8.Valid(whole[:len(whole)-cut]) {
			return string(whole[:len(whole)-cut]), cut == 0 || len(head) == sniffBytes
		}
	}
	return latin1(string(head)), len(head) >= 64 && controls == 0
}

func decodeUTF16(b []byte, little bool) string {
	units := make([]uint16, 0, len(b)/2)
	for ; len(b) >= 2; b = b[2:] {
		if little {
			units = append(units, uint16(b[0])|uint16(b[1])<<8)
		} else {
			units = append(units, uint16(b[1])|uint16(b[0])<<8)
		}
	}
	return string(utf16.Decode(units))
}

// sniffMarkup goes by the first element, comments and the XML declaration
// passed over. The text is in lower case and begins with '<'.
func sniffMarkup(text string) string {
	isXML := strings.HasPrefix(text, "<?xml")
	first := firstElement(text)
	switch {
	case strings.HasPrefix(first, "svg") || strings.HasPrefix(first, "!doctype svg"):
		return "svg"
	case strings.HasPrefix(first, "x:xmpmeta") || strings.HasPrefix(first, "rdf:rdf") || strings.HasPrefix(text, "<?xpacket"):
		return "xmp"
	case strings.HasPrefix(first, "!doctype html"):
		return "html"
	}
	name := first[:strings.IndexFunc(first+" ", func(r rune) bool { return !(r >= 'a' && r <= 'z' || r >= '0' && r <= '9') })]
	const htmlElements = " html head body title script style meta link div p span a table iframe h1 h2 h3 br font center img form b i ul "
	switch {
	case name != "" && strings.Contains(htmlElements, " "+name+" "):
		return "html"
	case isXML || strings.Contains(text, "xmlns"):
		return "xml"
	case strings.Contains(text, "<html") || strings.Contains(text, "<body"):
		return "html"
	case name != "" && strings.Contains(text, "</"):
		return "xml"
	}
	return "text"
}

// firstElement gives the text behind the first '<' that opens neither a
// comment nor a processing instruction.
func firstElement(text string) string {
	for strings.HasPrefix(text, "<") {
		switch {
		case strings.HasPrefix(text, "<!--"):
			_, text, _ = strings.Cut(text, "-->")
		case strings.HasPrefix(text, "<?"):
			_, text, _ = strings.Cut(text, "?>")
		case strings.HasPrefix(text, "<!doctype") && !strings.HasPrefix(text, "<!doctype html") && !strings.HasPrefix(text, "<!doctype svg"):
			_, text, _ = strings.Cut(text, ">")
		default:
			return text[1:]
		}
		text = strings.TrimSpace(text)
	}
	return ""
}

// looksLikeJSON asks for what may follow the first bracket, since text can
// begin with a bracket too.
func looksLikeJSON(text string) bool {
	if text[0] != '{' && text[0] != '[' {
		return false
	}
	rest := strings.TrimSpace(text[1:])
	if rest == "" {
		return false
	}
	if text[0] == '{' {
		return rest[0] == '"' || rest[0] == '}'
	}
	return strings.IndexByte("\"{[]-0123456789", rest[0]) >= 0 ||
		strings.HasPrefix(rest, "true") || strings.HasPrefix(rest, "false") || strings.HasPrefix(rest, "null")
}
