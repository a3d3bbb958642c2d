package report

import (
	"html/template"
	"strconv"
	"strings"
)

// funcs are what templates say words with.
func (w Words) funcs() template.FuncMap {
	return template.FuncMap{
		"t": w.T, "say": w.say, "number": w.number, "visible": visible, "list": w.list, "parts": w.parts,
		"lang":    func() string { return w.Tag },
		"dir":     func() string { return w.Direction },
		"bdi":     func(text string) template.HTML { return element("bdi", "", text) },
		"code":    func(text string) template.HTML { return element("code", "", text) },
		"mono":    func(text, class string) template.HTML { return element("span", ` class="`+class+`"`, text) },
		"link":    func(anchor string, n int) template.HTML { return element("a", ` href="#`+anchor+`"`, w.incident(n)) },
		"sheetOf": sheetOf,
	}
}

// element is a piece of the page around a text. The attributes are the page's
// own.
func element(name, attributes, text string) template.HTML {
	return template.HTML("<" + name + attributes + ">" + template.HTMLEscapeString(text) + "</" + name + ">")
}

// sheetOf names what a sheet is of: by its letter, or its path.
func sheetOf(r reviewView) template.HTML {
	if r.Letter != "" {
		return template.HTML(template.HTMLEscapeString(r.Letter))
	}
	return element("bdi", ` class="path"`, visible(r.Path))
}

// held stands in a message around the number of a piece of the page until the
// words around it are escaped.
const held = "\x01"

// say is a message that has pieces of the page among its values: these stand as
// they are, everything else is escaped.
func (w Words) say(key string, values ...any) template.HTML {
	values = append([]any(nil), values...)
	var pieces []template.HTML
	for i, v := range values {
		switch v := v.(type) {
		case template.HTML:
			values[i] = held + strconv.Itoa(len(pieces)) + held
			pieces = append(pieces, v)
		case string:
			values[i] = strings.ReplaceAll(v, held, "")
		}
	}
	var b strings.Builder
	for i, part := range strings.Split(template.HTMLEscapeString(w.T(key, values...)), held) {
		if i%2 == 0 {
			b.WriteString(part)
		} else if n, err := strconv.Atoi(part); err == nil && n < len(pieces) {
			b.WriteString(string(pieces[n]))
		}
	}
	return template.HTML(b.String())
}
