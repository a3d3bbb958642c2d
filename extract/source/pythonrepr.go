package source

import (
	"errors"
	"fmt"
	"math"
	"strconv"
	"strings"
	"unicode/utf8"
)

// pythonRepr reads what Python's repr() writes of plain values, in which
// auto-archiver keeps whole records in the cells of a table. Dictionaries
// become map[string]any, lists, tuples and sets []any, dates texts in ISO
// 8601, and other objects the map of their named arguments.
func pythonRepr(text string) (any, error) {
	p := reprParser{text: text}
	v, err := p.value(0)
	if err != nil {
		return nil, fmt.Errorf("byte %d: %w", p.at, err)
	}
	if p.blanks(); p.at != len(p.text) {
		return nil, fmt.Errorf("byte %d: %w", p.at, errRepr)
	}
	return v, nil
}

var errRepr = errors.New("no value as Python writes it")

type reprParser struct {
	text string
	at   int
}

func (p *reprParser) blanks() {
	for p.at < len(p.text) && strings.IndexByte(" \t\r\n", p.text[p.at]) >= 0 {
		p.at++
	}
}

// peek is the next byte behind blanks, 0 at the end.
func (p *reprParser) peek() byte {
	if p.blanks(); p.at < len(p.text) {
		return p.text[p.at]
	}
	return 0
}

// take reads one byte if it comes next.
func (p *reprParser) take(c byte) bool {
	if p.peek() != c {
		return false
	}
	p.at++
	return true
}

func (p *reprParser) value(depth int) (any, error) {
	if depth > maxJSONDepth {
		return nil, errTooDeep
	}
	switch c := p.peek(); {
	case c == '{':
		p.at++
		return p.braces(depth)
	case c == '[' || c == '(':
		p.at++
		list, _, err := p.list(closing(c), depth)
		return list, err
	case c == '\'' || c == '"':
		return p.quoted()
	case c == '-' || '0' <= c && c <= '9':
		return p.number()
	case isLetter(c) || c == '_':
		return p.named(depth)
	}
	return nil, errRepr
}

func closing(c byte) byte {
	if c == '[' {
		return ']'
	}
	return ')'
}

// braces reads a dictionary, or a set.
func (p *reprParser) braces(depth int) (any, error) {
	object := make(map[string]any)
	var set []any
	for !p.take('}') {
		key, err := p.value(depth + 1)
		if err != nil {
			return nil, err
		}
		if !p.take(':') {
			set = append(set, key)
		} else if object[fmt.Sprint(key)], err = p.value(depth + 1); err != nil {
			return nil, err
		}
		if !p.take(',') && p.peek() != '}' {
			return nil, errRepr
		}
	}
	if set != nil {
		return set, nil
	}
	return object, nil
}

// list reads elements up to a bracket. Of a call, named are the arguments with
// a name.
func (p *reprParser) list(end byte, depth int) (list []any, named map[string]any, err error) {
	list, named = []any{}, make(map[string]any)
	for !p.take(end) {
		name := ""
		if end == ')' {
			name = p.argument()
		}
		v, err := p.value(depth + 1)
		switch {
		case err != nil:
			return nil, nil, err
		case name != "":
			named[name] = v
		default:
			list = append(list, v)
		}
		if !p.take(',') && p.peek() != end {
			return nil, nil, errRepr
		}
	}
	return list, named, nil
}

// argument reads "name=" if it comes next.
func (p *reprParser) argument() string {
	p.blanks()
	from := p.at
	name := p.word()
	if name != "" && p.take('=') {
		return name
	}
	p.at = from
	return ""
}

// word reads a name with dots.
func (p *reprParser) word() string {
	from := p.at
	for p.at < len(p.text) {
		if c := p.text[p.at]; !isKeyByte(c) && c != '_' && c != '.' {
			break
		}
		p.at++
	}
	return p.text[from:p.at]
}

// named reads a constant or the making of an object.
func (p *reprParser) named(depth int) (any, error) {
	switch name := p.word(); name {
	case "None", "nan", "inf":
		return nil, nil
	case "True", "False":
		return name == "True", nil
	case "datetime.timezone.utc":
		return pythonZone(0), nil
	default:
		if !p.take('(') {
			return nil, errRepr
		}
		list, arguments, err := p.list(')', depth+1)
		switch {
		case err != nil:
			return nil, err
		case name == "datetime.datetime":
			return reprDate(list, arguments)
		case name == "datetime.timedelta":
			return reprDelta(list, arguments), nil
		case name == "datetime.timezone" && len(list) > 0:
			seconds, _ := list[0].(float64)
			return pythonZone(seconds), nil
		case name == "tzutc" || name == "UTC":
			return pythonZone(0), nil
		case len(arguments) == 0 && len(list) == 1:
			return list[0], nil // PosixPath('x')
		}
		return arguments, nil
	}
}

// pythonZone is a zone by its seconds east of UTC.
type pythonZone float64

// reprDelta gives the seconds of datetime.timedelta(days=-1, seconds=75600).
func reprDelta(list []any, named map[string]any) float64 {
	units := map[string]float64{"days": 86_400, "seconds": 1, "minutes": 60, "hours": 3_600}
	total := 0.0
	for i, v := range list[:min(len(list), 2)] {
		n, _ := v.(float64)
		total += n * []float64{86_400, 1}[i]
	}
	for name, v := range named {
		n, _ := v.(float64)
		total += n * units[name]
	}
	return total
}

// reprDate writes datetime.datetime(2022, 2, 24, 5, 12, 33, tzinfo=…) in ISO
// 8601. One in a zone that is not known is no date.
func reprDate(list []any, named map[string]any) (any, error) {
	var n [7]float64
	for i, v := range list {
		f, ok := v.(float64)
		if !ok || i >= len(n) || f < 0 || f > 999_999 {
			return nil, errRepr
		}
		n[i] = f
	}
	text := fmt.Sprintf("%04.0f-%02.0f-%02.0fT%02.0f:%02.0f:%02.0f", n[0], n[1], n[2], n[3], n[4], n[5])
	if n[6] > 0 {
		text += fmt.Sprintf(".%06.0f", n[6])
	}
	if named["tzinfo"] == nil {
		return text, nil
	}
	zone, ok := named["tzinfo"].(pythonZone)
	if seconds := float64(zone); !ok || math.Abs(seconds) >= 86_400 {
		return nil, nil
	}
	sign := '+'
	if zone < 0 {
		sign, zone = '-', -zone
	}
	minutes := int(zone) / 60
	return text + fmt.Sprintf("%c%02d:%02d", sign, minutes/60, minutes%60), nil
}

func (p *reprParser) number() (any, error) {
	from := p.at
	for p.at < len(p.text) && strings.IndexByte("+-.0123456789eE", p.text[p.at]) >= 0 {
		p.at++
	}
	f, err := strconv.ParseFloat(p.text[from:p.at], 64)
	if err != nil {
		return nil, errRepr
	}
	return f, nil
}

// quoted reads a text in either kind of quotes.
func (p *reprParser) quoted() (any, error) {
	quote := p.text[p.at]
	var b strings.Builder
	for p.at++; p.at < len(p.text); {
		switch c := p.text[p.at]; {
		case c == quote:
			p.at++
			return b.String(), nil
		case c == '\\':
			p.escape(&b)
		default:
			b.WriteByte(c)
			p.at++
		}
	}
	return nil, errRepr
}

// escape reads one escape; one that is not known stands for itself, as in
// Python.
func (p *reprParser) escape(b *strings.Builder) {
	p.at++
	if p.at == len(p.text) {
		return
	}
	c := p.text[p.at]
	p.at++
	digits := map[byte]int{'x': 2, 'u': 4, 'U': 8}[c]
	switch i := strings.IndexByte("nrt\\'\"", c); {
	case i >= 0:
		b.WriteByte("\n\r\t\\'\""[i])
	case digits > 0 && p.at+digits <= len(p.text):
		n, err := strconv.ParseUint(p.text[p.at:p.at+digits], 16, 32)
		if err != nil || n > utf8.MaxRune {
			n = utf8.RuneError
		}
		b.WriteRune(rune(n))
		p.at += digits
	default:
		b.WriteByte('\\')
		b.WriteByte(c)
	}
}
