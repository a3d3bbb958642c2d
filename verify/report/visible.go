package report

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"
)

// visible writes a path or name so that what is there can be seen: characters
// that draw nothing, or that turn the order of what follows around, stand as
// their numbers. A name with a right-to-left override in it would otherwise
// end in ".jpg" on the page and in ".exe" on the disk.
func visible(s string) string { return spelled(s, hidden) }

// quoted writes a caption or another text of several lines. It keeps what
// honest right-to-left writing uses and spells out only the rest.
func quoted(s string) string {
	return spelled(s, func(r rune) bool {
		switch r {
		case '\n', '\t', '\u200e', '\u200f', '\u061c', '\u200b', '\u2060', // marks and breaks
			'\u202a', '\u202b', '\u202c', '\u2066', '\u2067', '\u2068', '\u2069': // embeddings and isolates
			return false
		}
		return hidden(r)
	})
}

func spelled(s string, hide func(rune) bool) string {
	if strings.IndexFunc(s, hide) < 0 && utf8.ValidString(s) {
		return s
	}
	var b strings.Builder
	for i, r := range s {
		switch {
		case r == utf8.RuneError && strings.HasPrefix(s[i:], "\uFFFD"):
			b.WriteRune(r)
		case r == utf8.RuneError:
			fmt.Fprintf(&b, `\x%02x`, s[i])
		case hide(r):
			fmt.Fprintf(&b, "⟨U+%04X⟩", r)
		default:
			b.WriteRune(r)
		}
	}
	return b.String()
}

// hidden tells the characters that draw nothing or reorder text. The joiners
// U+200C and U+200D are left: Persian, Indic scripts and emoji need them.
func hidden(r rune) bool {
	switch {
	case unicode.IsControl(r), r == '\u061c', r == '\u180e', r == '\ufeff', r == '\u00ad':
		return true
	case r == '\u200b', r == '\u200e', r == '\u200f', r >= '\u2028' && r <= '\u202e', r >= '\u2060' && r <= '\u206f':
		return true
	case r >= 0xfff9 && r <= 0xfffb, r >= 0xe0000 && r <= 0xe0fff:
		return true
	}
	return false
}

// clipped cuts s after n characters and says how many are left out.
func clipped(s string, n int) (head string, more int) {
	count := 0
	for i := range s {
		if count == n {
			return s[:i], utf8.RuneCountInString(s[i:])
		}
		count++
	}
	return s, 0
}

// short is clipped with an ellipsis, for labels.
func short(s string, n int) string {
	head, more := clipped(s, n)
	if more > 0 {
		return strings.TrimSpace(head) + "…"
	}
	return head
}
