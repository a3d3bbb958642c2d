package custody

import (
	"cmp"
	"errors"
	"fmt"
	"math"
	"slices"
	"strconv"
	"unicode/utf16"
	"unicode/utf8"
)

const (
	maxDepth        = 64
	maxExactInteger = 1<<53 - 1 // of an IEEE 754 double
)

// Canonical writes a JSON text in the form of RFC 8785: no white space, keys
// sorted by UTF-16 code units, numbers as ECMAScript prints doubles, the
// shortest escapes. As RFC 7493 (I-JSON) demands, doubled keys, lone
// surrogates, text that is not UTF-8 and numbers beyond a double are refused;
// so is nesting deeper than 64.
func Canonical(text []byte) ([]byte, error) {
	p := &jsonParser{text: text}
	out, err := p.value(make([]byte, 0, len(text)), 0)
	if err != nil {
		return nil, fmt.Errorf("json at byte %d: %w", p.at, err)
	}
	p.space()
	if p.at != len(text) {
		return nil, fmt.Errorf("json at byte %d: %w", p.at, errors.New("more after the end"))
	}
	return out, nil
}

// jsonParser reads text from at and appends the canonical form as it goes.
type jsonParser struct {
	text []byte
	at   int
}

var (
	errJSONEnd     = errors.New("unexpected end")
	errJSONSyntax  = errors.New("not valid")
	errJSONDepth   = fmt.Errorf("nested deeper than %d", maxDepth)
	errJSONText    = errors.New("text is not valid Unicode")
	errJSONDoubled = errors.New("key stands twice in one object")
	errJSONNumber  = errors.New("number does not fit a double")
)

func (p *jsonParser) space() {
	for p.at < len(p.text) {
		switch p.text[p.at] {
		case ' ', '\t', '\n', '\r':
			p.at++
		default:
			return
		}
	}
}

// take consumes c after white space, if it is next.
func (p *jsonParser) take(c byte) bool {
	p.space()
	if p.at < len(p.text) && p.text[p.at] == c {
		p.at++
		return true
	}
	return false
}

func (p *jsonParser) value(out []byte, depth int) ([]byte, error) {
	if depth > maxDepth {
		return nil, errJSONDepth
	}
	p.space()
	if p.at >= len(p.text) {
		return nil, errJSONEnd
	}
	switch c := p.text[p.at]; {
	case c == '{':
		p.at++
		return p.object(out, depth)
	case c == '[':
		p.at++
		return p.array(out, depth)
	case c == '"':
		s, err := p.string()
		if err != nil {
			return nil, err
		}
		return appendString(out, s), nil
	case c == '-' || c >= '0' && c <= '9':
		return p.number(out)
	}
	for _, word := range []string{"null", "true", "false"} {
		if len(p.text)-p.at >= len(word) && string(p.text[p.at:p.at+len(word)]) == word {
			p.at += len(word)
			return append(out, word...), nil
		}
	}
	return nil, errJSONSyntax
}

func (p *jsonParser) array(out []byte, depth int) ([]byte, error) {
	out = append(out, '[')
	if p.take(']') {
		return append(out, ']'), nil
	}
	for {
		var err error
		if out, err = p.value(out, depth+1); err != nil {
			return nil, err
		}
		if p.take(']') {
			return append(out, ']'), nil
		}
		if !p.take(',') {
			return nil, errJSONSyntax
		}
		out = append(out, ',')
	}
}

type jsonMember struct {
	key   string
	units []uint16
	value []byte
}

func (p *jsonParser) object(out []byte, depth int) ([]byte, error) {
	var members []jsonMember
	for first := true; !p.take('}'); first = false {
		if !first && !p.take(',') {
			return nil, errJSONSyntax
		}
		p.space()
		if p.at >= len(p.text) || p.text[p.at] != '"' {
			return nil, errJSONSyntax
		}
		key, err := p.string()
		if err != nil {
			return nil, err
		}
		if !p.take(':') {
			return nil, errJSONSyntax
		}
		value, err := p.value(nil, depth+1)
		if err != nil {
			return nil, err
		}
		members = append(members, jsonMember{key, utf16.Encode([]rune(key)), value})
	}
	slices.SortFunc(members, func(a, b jsonMember) int { return slices.CompareFunc(a.units, b.units, cmp.Compare[uint16]) })
	out = append(out, '{')
	for i, m := range members {
		if i > 0 {
			if members[i-1].key == m.key {
				return nil, errJSONDoubled
			}
			out = append(out, ',')
		}
		out = appendString(out, m.key)
		out = append(out, ':')
		out = append(out, m.value...)
	}
	return append(out, '}'), nil
}

// string reads a string whose opening quote is next.
func (p *jsonParser) string() (string, error) {
	p.at++
	var s []byte
	for p.at < len(p.text) {
		switch c := p.text[p.at]; {
		case c == '"':
			p.at++
			if !utf8.Valid(s) {
				return "", errJSONText
			}
			return string(s), nil
		case c < 0x20:
			return "", errJSONSyntax
		case c == '\\':
			p.at++
			var err error
			if s, err = p.escape(s); err != nil {
				return "", err
			}
		default:
			s = append(s, c)
			p.at++
		}
	}
	return "", errJSONEnd
}

func (p *jsonParser) escape(s []byte) ([]byte, error) {
	if p.at >= len(p.text) {
		return nil, errJSONEnd
	}
	c := p.text[p.at]
	p.at++
	switch c {
	case '"', '\\', '/':
		return append(s, c), nil
	case 'b':
		return append(s, '\b'), nil
	case 'f':
		return append(s, '\f'), nil
	case 'n':
		return append(s, '\n'), nil
	case 'r':
		return append(s, '\r'), nil
	case 't':
		return append(s, '\t'), nil
	case 'u':
		return p.unicode(s)
	}
	return nil, errJSONSyntax
}

// unicode reads the digits of \u and, for a surrogate, the other half.
func (p *jsonParser) unicode(s []byte) ([]byte, error) {
	r, err := p.hex4()
	if err != nil {
		return nil, err
	}
	if !utf16.IsSurrogate(r) {
		return utf8.AppendRune(s, r), nil
	}
	if p.at+1 >= len(p.text) || p.text[p.at] != '\\' || p.text[p.at+1] != 'u' {
		return nil, errJSONText
	}
	p.at += 2
	low, err := p.hex4()
	if err != nil {
		return nil, err
	}
	if r = utf16.DecodeRune(r, low); r == utf8.RuneError {
		return nil, errJSONText
	}
	return utf8.AppendRune(s, r), nil
}

func (p *jsonParser) hex4() (rune, error) {
	if len(p.text)-p.at < 4 {
		return 0, errJSONEnd
	}
	n, err := strconv.ParseUint(string(p.text[p.at:p.at+4]), 16, 16)
	if err != nil {
		return 0, errJSONSyntax
	}
	p.at += 4
	return rune(n), nil
}

// number reads a number by the grammar of RFC 8259 section 6.
func (p *jsonParser) number(out []byte) ([]byte, error) {
	start := p.at
	digits := func() bool {
		from := p.at
		for p.at < len(p.text) && p.text[p.at] >= '0' && p.text[p.at] <= '9' {
			p.at++
		}
		return p.at > from
	}
	next := func(set string) bool {
		if p.at < len(p.text) && slices.Contains([]byte(set), p.text[p.at]) {
			p.at++
			return true
		}
		return false
	}
	next("-")
	if !next("0") && !digits() {
		return nil, errJSONSyntax
	}
	if next(".") && !digits() {
		return nil, errJSONSyntax
	}
	if next("eE") {
		next("+-")
		if !digits() {
			return nil, errJSONSyntax
		}
	}
	f, err := strconv.ParseFloat(string(p.text[start:p.at]), 64)
	if err != nil {
		return nil, errJSONNumber
	}
	return appendNumber(out, f), nil
}

// appendNumber prints as ECMAScript's Number::toString does (ECMA-262
// section 6.1.6.1.20), which RFC 8785 section 3.2.2.3 asks for.
func appendNumber(out []byte, f float64) []byte {
	if f == 0 {
		return append(out, '0') // minus zero too
	}
	if abs := math.Abs(f); abs >= 1e-6 && abs < 1e21 {
		return strconv.AppendFloat(out, f, 'f', -1, 64)
	}
	out = strconv.AppendFloat(out, f, 'e', -1, 64)
	if n := len(out); out[n-2] == '0' && (out[n-3] == '-' || out[n-3] == '+') {
		out = append(out[:n-2], out[n-1]) // Go pads the exponent to two digits
	}
	return out
}

func appendString(out []byte, s string) []byte {
	const hex = "0123456789abcdef"
	out = append(out, '"')
	for i := range len(s) {
		switch c := s[i]; {
		case c == '"' || c == '\\':
			out = append(out, '\\', c)
		case c == '\b':
			out = append(out, '\\', 'b')
		case c == '\t':
			out = append(out, '\\', 't')
		case c == '\n':
			out = append(out, '\\', 'n')
		case c == '\f':
			out = append(out, '\\', 'f')
		case c == '\r':
			out = append(out, '\\', 'r')
		case c < 0x20:
			out = append(out, '\\', 'u', '0', '0', hex[c>>4], hex[c&15])
		default:
			out = append(out, c)
		}
	}
	return append(out, '"')
}
