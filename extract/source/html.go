package source

import (
	"errors"
	"io"
	"math"
	"path"
	"slices"
	"strings"

	"golang.org/x/net/html"
)

// Bounds on HTML, whatever a file says of itself.
const (
	maxHTMLToken = 1 << 20 // bytes of one tag or text
	maxHTMLDepth = 256     // elements inside one another
	maxHTMLTags  = 1_000   // after which a page of no known exporter is left alone
)

// errNoExport ends the reading of a page that no known exporter wrote.
var errNoExport = errors.New("no export")

// htmlTag is an element with the attributes that matter.
type htmlTag struct {
	name, class, id, title, href, src string
}

// is reports whether the element is of all the given classes.
func (t htmlTag) is(classes ...string) bool {
	own := strings.Fields(t.class)
	for _, c := range classes {
		if !slices.Contains(own, c) {
			return false
		}
	}
	return true
}

// htmlPage is told of a page's elements and texts in their order.
type htmlPage interface {
	open(htmlTag)
	text(string)
	end() error // of the last element that is open
	known() bool
}

// readHTML reads a page that may be part of an export. It returns nil when it
// is none.
func readHTML(r io.Reader, rel string, n *names, limit int64) *reading {
	out := &reading{dir: path.Dir(rel), names: n}
	telegram, meta := newTelegramPage(out, rel), newMetaPage(out, rel)
	w := &htmlWalk{pages: []htmlPage{telegram, meta}}
	err := w.read(&metered{r: r, total: limit, value: math.MaxInt64})
	for _, page := range []interface{ close() error }{telegram, meta} {
		if closeErr := page.close(); err == nil {
			err = closeErr
		}
	}
	if out.format == "" {
		return nil
	}
	out.stop(err, w.at)
	return out
}

// htmlWalk goes through a page once. As long as nobody knows it, all are told.
type htmlWalk struct {
	pages []htmlPage
	stack []string // the names of the elements that are open
	tags  int
	at    int64 // bytes
}

// read returns io.ErrUnexpectedEOF for a page that ends inside an element:
// exporters close what they open.
func (w *htmlWalk) read(r io.Reader) error {
	z := html.NewTokenizer(r)
	z.SetMaxBuf(maxHTMLToken)
	for {
		kind := z.Next()
		w.at += int64(len(z.Raw()))
		var err error
		switch kind {
		case html.ErrorToken:
			return w.ended(z.Err())
		case html.TextToken:
			text := string(z.Text())
			err = w.each(func(p htmlPage) error { p.text(text); return nil })
		case html.StartTagToken, html.SelfClosingTagToken:
			err = w.start(readTag(z), kind == html.SelfClosingTagToken)
		case html.EndTagToken:
			name, _ := z.TagName()
			err = w.endOf(string(name))
		}
		if err != nil {
			return err
		}
	}
}

func (w *htmlWalk) ended(err error) error {
	switch {
	case errors.Is(err, html.ErrBufferExceeded):
		return errValueLarge
	case !errors.Is(err, io.EOF):
		return err
	case len(w.stack) > 0:
		return io.ErrUnexpectedEOF
	}
	return nil
}

// each tells all pages, or the one that knows the exporter.
func (w *htmlWalk) each(tell func(htmlPage) error) error {
	if len(w.pages) > 1 {
		for _, p := range w.pages {
			if p.known() {
				w.pages = []htmlPage{p}
				break
			}
		}
	}
	for _, p := range w.pages {
		if err := tell(p); err != nil {
			return err
		}
	}
	return nil
}

// voidTags have no end.
const voidTags = " area base br col embed hr img input link meta param source track wbr "

func (w *htmlWalk) start(t htmlTag, closed bool) error {
	if w.tags++; w.tags > maxHTMLTags && len(w.pages) > 1 {
		return errNoExport
	}
	if len(w.stack) >= maxHTMLDepth {
		return errTooDeepHTML
	}
	if err := w.each(func(p htmlPage) error { p.open(t); return nil }); err != nil {
		return err
	}
	if closed || strings.Contains(voidTags, " "+t.name+" ") {
		return w.each(htmlPage.end)
	}
	w.stack = append(w.stack, t.name)
	return nil
}

var errTooDeepHTML = errors.New("more elements inside one another than any exporter writes")

// endOf ends the elements up to the last one of that name. The end of one that
// was never opened is passed over.
func (w *htmlWalk) endOf(name string) error {
	if !slices.Contains(w.stack, name) {
		return nil
	}
	for {
		last := w.stack[len(w.stack)-1]
		w.stack = w.stack[:len(w.stack)-1]
		if err := w.each(htmlPage.end); err != nil {
			return err
		}
		if last == name {
			return nil
		}
	}
}

func readTag(z *html.Tokenizer) htmlTag {
	name, more := z.TagName()
	t := htmlTag{name: string(name)}
	for more {
		var key, value []byte
		key, value, more = z.TagAttr()
		switch string(key) {
		case "class":
			t.class = string(value)
		case "id":
			t.id = string(value)
		case "title":
			t.title = string(value)
		case "href":
			t.href = string(value)
		case "src":
			t.src = string(value)
		}
	}
	return t
}

// htmlText collects the text of an element. Line breaks are elements; those
// between the tags of the file are layout.
type htmlText struct{ b []byte }

func (t *htmlText) add(s string) {
	if t == nil || len(t.b) > maxHTMLToken {
		return
	}
	for {
		i := strings.IndexAny(s, "\n\r")
		if i < 0 {
			t.b = append(t.b, s...)
			return
		}
		t.b = append(append(t.b, strings.TrimRight(s[:i], " \t")...), ' ')
		s = strings.TrimLeft(s[i:], " \t\r\n")
	}
}

// blockTags start and end a line of text.
const blockTags = " address aside blockquote div figcaption footer h1 h2 h3 h4 h5 h6 li p pre summary table tr "

// around adds the line break that comes with an element.
func (t *htmlText) around(name string) {
	if t != nil && (name == "br" || strings.Contains(blockTags, " "+name+" ")) && len(t.b) <= maxHTMLToken {
		t.b = append(t.b, '\n')
	}
}

// String is the text without blanks around its lines.
func (t *htmlText) String() string {
	lines := strings.Split(string(t.b), "\n")
	for i := range lines {
		lines[i] = strings.TrimSpace(lines[i])
	}
	return strings.TrimSpace(strings.Join(lines, "\n"))
}

// line is the text in one line.
func (t *htmlText) line() string { return strings.Join(strings.Fields(string(t.b)), " ") }
