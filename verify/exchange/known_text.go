package exchange

import (
	"io"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"golang.org/x/net/html"
)

// Bounds on what is kept of one entry.
const (
	maxText  = 16 << 10 // bytes of a description
	maxTitle = 500      // bytes
	maxLinks = 200
)

// webLink matches an address in running text.
var webLink = regexp.MustCompile(`https?://[^\s<>"'\\|]+`)

// linksIn gives the addresses in a text, in order and without repetition.
func linksIn(text string) []string {
	var out []string
	for _, l := range webLink.FindAllString(html.UnescapeString(text), -1) {
		out = appendLink(out, l)
	}
	return out
}

// appendLink adds a web address that is not there yet.
func appendLink(list []string, link string) []string {
	link = strings.TrimRight(strings.TrimSpace(link), ".,;:!?)]}")
	u, err := url.Parse(link)
	if err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Host == "" || slices.Contains(list, link) || len(list) >= maxLinks {
		return list
	}
	return append(list, link)
}

// plainText is a text without the marks of HTML: <br> and the ends of
// paragraphs are line breaks.
func plainText(text string) string {
	if !strings.ContainsAny(text, "<&") {
		return cut(tidy(text), maxText)
	}
	var b strings.Builder
	z := html.NewTokenizer(strings.NewReader(text))
	z.SetMaxBuf(1 << 20)
	hidden := 0 // inside script or style
	for {
		kind := z.Next()
		if kind == html.ErrorToken {
			if z.Err() != io.EOF {
				return cut(tidy(text), maxText) // no HTML after all
			}
			return cut(tidy(b.String()), maxText)
		}
		name, _ := z.TagName()
		switch tag := string(name); {
		case kind == html.TextToken && hidden == 0:
			b.WriteString(html.UnescapeString(string(z.Raw())))
		case (tag == "script" || tag == "style") && kind == html.StartTagToken:
			hidden++
		case (tag == "script" || tag == "style") && kind == html.EndTagToken:
			hidden = max(hidden-1, 0)
		case tag == "br" || kind == html.EndTagToken && (tag == "p" || tag == "div" || tag == "li" || tag == "tr"):
			b.WriteByte('\n')
		}
	}
}

// tidy leaves one line break between lines and no blanks at their ends.
func tidy(text string) string {
	var lines []string
	for line := range strings.Lines(text) {
		if line = strings.TrimSpace(line); line != "" {
			lines = append(lines, line)
		}
	}
	return strings.Join(lines, "\n")
}

// cut shortens a text to so many bytes, at the end of a letter.
func cut(text string, most int) string {
	text = strings.ToValidUTF8(text, "\ufffd")
	if len(text) <= most {
		return text
	}
	end := most - len("…")
	for end > 0 && !utf8.RuneStart(text[end]) {
		end--
	}
	return text[:end] + "…"
}
