package source

import (
	"path"
	"strings"
	"testing"
	"unicode/utf8"
)

// fuzzExport checks a reader whose sidecar may name files in other folders of
// the source, as the parts of a download do: with at least a folder and a name.
func fuzzExport(f *testing.F, rel string) {
	f.Fuzz(func(t *testing.T, data string) {
		n := newNames(append(fuzzNames, "media/posts/x.jpg", "part2/media/posts/x.jpg", "chats/chat_1/photos/p.jpg"))
		r := recognise(strings.NewReader(data), rel, n, 1<<20)
		if r == nil {
			return
		}
		for _, e := range r.entries {
			if at := n.rels[e.file]; at == "outside.jpg" {
				t.Errorf("a sidecar in %s reached %s by its name alone", path.Dir(rel), at)
			}
			if !utf8.ValidString(e.Text) && utf8.ValidString(data) {
				t.Errorf("broken text %q", e.Text)
			}
			for _, p := range []*PostTime{e.Posted, e.Edited, e.Original, e.Taken} {
				if p == nil {
					continue
				}
				if p.Instant.IsZero() == (p.Local == "") {
					t.Errorf("not one of instant and local: %+v", p)
				}
				if !p.InstantEnd.IsZero() && !p.InstantEnd.After(p.Instant) {
					t.Errorf("bounds the wrong way round: %+v", p)
				}
			}
		}
		for _, finding := range r.report() {
			if strings.ContainsAny(finding.Message, "\n\r\x1b") {
				t.Errorf("message %q", finding.Message)
			}
		}
	})
}

func FuzzTelegramHTML(f *testing.F) {
	seeds(f, "telegram-html", ".html")
	fuzzExport(f, "a/messages.html")
}

func FuzzInstagram(f *testing.F) {
	seeds(f, "instagram", ".json")
	fuzzExport(f, "a/posts_1.json")
}

func FuzzFacebook(f *testing.F) {
	seeds(f, "facebook", ".json")
	fuzzExport(f, "a/your_posts_1.json")
}

func FuzzFacebookHTML(f *testing.F) {
	seeds(f, "facebook-html", ".html")
	fuzzExport(f, "a/posts_1.html")
}

// A text that is put together of escaped bytes never loses a character, and
// one that was written as it should be stays.
func FuzzUnescapeBytes(f *testing.F) {
	for _, s := range []string{"", "plain", "Київ", "naïve", "\u00d0\u009a", "cut \u00d0", "mixed \u2019 \u00d0\u009a"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		if !utf8.ValidString(s) {
			return
		}
		escaped := escapeBytes(s)
		if got := unescapeBytes(escaped); got != s {
			t.Errorf("%q came back as %q", s, got)
		}
		if !strings.ContainsFunc(s, func(r rune) bool { return r >= 0x80 && r <= 0xff }) && unescapeBytes(s) != s {
			t.Errorf("%q was changed to %q", s, unescapeBytes(s))
		}
	})
}

// escapeBytes breaks a text as downloads of Facebook and Instagram do.
func escapeBytes(s string) string {
	var b strings.Builder
	for i := range len(s) {
		b.WriteRune(rune(s[i]))
	}
	return b.String()
}
