package source

import (
	"strings"
	"testing"
	"time"
)

func TestUnescapeBytes(t *testing.T) {
	for given, want := range map[string]string{
		"plain": "plain",
		escapeBytes("Київ, біля мосту"):         "Київ, біля мосту",
		escapeBytes("قلعة حلب 💥"):               "قلعة حلب 💥",
		"Київ":                                  "Київ",
		"naïve café":                            "naïve café",
		"’" + escapeBytes("Київ"):               "’Київ",
		escapeBytes("cut Ки")[:len("cut ")+4+2]: "cut К\u00d0",
		"50 \u00c2\u00b0":                       "50 °",
	} {
		if got := unescapeBytes(given); got != want {
			t.Errorf("%q: got %q, want %q", given, got, want)
		}
	}
}

// Telegram Desktop writes the offset of winter on the clock of summer, so the
// true time must lie between the bounds whatever the exporter's zone did.
func TestTelegramPageTimeHoldsTheTrueTime(t *testing.T) {
	for _, tt := range []struct {
		zone    string
		sent    time.Time
		written string
	}{
		{"summer time in Kyiv", time.Date(2022, 6, 25, 17, 4, 2, 0, time.UTC), "25.06.2022 20:04:02 UTC+02:00"},
		{"winter time in Kyiv", time.Date(2022, 2, 24, 3, 0, 0, 0, time.UTC), "24.02.2022 05:00:00 UTC+02:00"},
		{"Damascus before its clocks moved for good", time.Date(2021, 1, 10, 8, 0, 0, 0, time.UTC), "10.01.2021 10:00:00 UTC+03:00"},
		{"half hours", time.Date(2022, 6, 25, 4, 30, 0, 0, time.UTC), "25.06.2022 10:00:00 UTC+05:30"},
		{"west", time.Date(2022, 6, 25, 14, 0, 0, 0, time.UTC), "25.06.2022 10:00:00 UTC-05:00"},
		{"Greenwich", time.Date(2022, 1, 25, 10, 0, 0, 0, time.UTC), "25.01.2022 10:00:00 UTC"},
	} {
		p := telegramPageTime("f", tt.written)
		if p == nil || p.Local != "" {
			t.Fatalf("%s: %+v", tt.zone, p)
		}
		if tt.sent.Before(p.Instant) || tt.sent.After(p.InstantEnd) || p.InstantEnd.Sub(p.Instant) != 2*offsetDoubt {
			t.Errorf("%s: %s is not within %s and %s", tt.zone, tt.sent, p.Instant, p.InstantEnd)
		}
	}
	for written, local := range map[string]string{
		"25.06.2022 20:04:02":           "2022-06-25T20:04:02",
		"25 June 2022, 20:04:02":        "2022-06-25T20:04:02",
		"25.06.2022 20:04:02 UTC+99:00": "2022-06-25T20:04:02",
	} {
		if p := telegramPageTime("f", written); p == nil || p.Local != local || !p.Instant.IsZero() {
			t.Errorf("%q: %+v", written, p)
		}
	}
	for _, written := range []string{"", "yesterday", "31.02.2022 10:00:00", "06/25/2022 20:04:02", "01.01.1970 03:00:00"} {
		if p := telegramPageTime("f", written); p != nil {
			t.Errorf("%q was read as %+v", written, p)
		}
	}
}

func TestMetaPageTime(t *testing.T) {
	for written, want := range map[string]string{
		"Jun 25, 2022, 8:04 PM":      "2022-06-25T20:04:00 minute",
		"Jun 25, 2022 8:04:02 pm":    "2022-06-25T20:04:02 second",
		"June 25, 2022 at 12:04 AM":  "2022-06-25T00:04:00 minute",
		"25 Jun 2022, 20:04":         "2022-06-25T20:04:00 minute",
		"25 черв. 2022 р., 20:04":    "2022-06-25T20:04:00 minute",
		"25 июн. 2022 г., 20:04":     "2022-06-25T20:04:00 minute",
		"25. Juni 2022 um 20:04":     "2022-06-25T20:04:00 minute",
		"٢٥ يونيو ٢٠٢٢ ٨:٠٤ م":       "2022-06-25T20:04:00 minute",
		"25/06/2022 20:04":           "",
		"06/07/2022 20:04":           "",
		"Feb 30, 2022, 8:04 PM":      "",
		"Jun 25, 2022, 13:04 PM":     "",
		"Jun 25, 2022, 8:04 PM 9:05": "",
		"Jun 25, 2022":               "",
		"":                           "",
	} {
		got := ""
		if p := metaPageTime("f", written); p != nil {
			got = p.Local + " " + p.Precision
		}
		if got != want {
			t.Errorf("%q: got %q, want %q", written, got, want)
		}
	}
}

// The end of a path decides which file is meant, then the nearness to the
// sidecar; where that leaves two, neither is.
func TestEnding(t *testing.T) {
	n := newNames([]string{
		"a/media/posts/1.jpg", "b/media/posts/1.jpg", "c/posts/2.jpg", "d/posts/2.jpg",
		"e/3.jpg", "f/x/3.jpg", "flat/4.jpg", "g/media/4.jpg", "5.jpg",
	})
	for _, tt := range []struct{ dir, written, want string }{
		{"a/json", "media/posts/1.jpg", "a/media/posts/1.jpg"},
		{"b", "your_activity/media/posts/1.jpg", "b/media/posts/1.jpg"},
		{"z", "media/posts/1.jpg", ""},
		{"c", "deep/posts/2.jpg", "c/posts/2.jpg"},
		{"z", "posts/2.jpg", ""},
		{"z", "media/3.jpg", ""},
		{"e", "media/3.jpg", "e/3.jpg"},
		{"flat", "media/4.jpg", "flat/4.jpg"},
		{"g/json", "media/4.jpg", "g/media/4.jpg"},
		{"a", "5.jpg", ""},
		{"a", "../5.jpg", ""},
		{"a", "/etc/5.jpg", ""},
		{"a", "", ""},
	} {
		got := ""
		if i, ok := n.ending(tt.dir, tt.written); ok {
			got = n.rels[i]
		}
		if got != tt.want {
			t.Errorf("%q from %q: got %q, want %q", tt.written, tt.dir, got, tt.want)
		}
	}
}

// What a file holds decides, not what it is called.
func TestRecogniseByContent(t *testing.T) {
	telegram := `{"name": "N", "type": "public_channel", "id": 5, "messages": [{"id": 1, "type": "message", "date_unixtime": "1656187442", "photo": "p.jpg"}]}`
	page := `<!DOCTYPE html><html><div class="page_wrap"><div class="message default" id="message1"><a class="photo_wrap" href="p.jpg"></a></div></div></html>`
	inv := read(t, tree(t, map[string]string{
		"1/export.txt": telegram, "1/p.jpg": "",
		"2/no extension": "\ufeff \n" + page, "2/p.jpg": "",
		"3/saved.bin": "[25/06/2022, 11:42:16] Olena: \u200e<attached: p.jpg>\n", "3/p.jpg": "",
		"4/p.jpg": page, "4/messages.html": "<html><body>an error page</body></html>",
		"5/p.jpg":       "\xff\xd8\xff\xe0\x00\x10JFIF\x00",
		"6/result.json": "\xff\xd8\xff\xe0\x00\x10JFIF\x00",
		"7/posts.json":  `[{"timestamp": 1656187442, "data": [{"value": 3}]}, {"uri": "p.jpg"}]`, "7/p.jpg": "",
		"8/page.html": `<html><div class="page_wrap"><div class="entry"><a class="block_link" href="p.jpg">x</a></div><div class="message default" id="messages"></div></div></html>`, "8/p.jpg": "",
	}))
	formats := make(map[string]string)
	for _, s := range inv.Sidecars {
		formats[s.Rel] = s.Format
	}
	for rel, want := range map[string]string{
		"1/export.txt": "telegram-json", "2/no extension": "telegram-html", "3/saved.bin": "whatsapp",
		"4/p.jpg": "telegram-html", "4/messages.html": "", "5/p.jpg": "", "6/result.json": "",
		"7/posts.json": "", "8/page.html": "",
	} {
		if formats[rel] != want {
			t.Errorf("%s was taken for %q, want %q", rel, formats[rel], want)
		}
	}
}

func TestHTMLLimits(t *testing.T) {
	start := `<html><div class="page_wrap"><div class="message default" id="message1"><a class="photo_wrap" href="p.jpg"></a></div>`
	for name, rest := range map[string]string{
		"elements inside one another": strings.Repeat("<div>", maxHTMLDepth+1),
		"one long tag":                `<a title="` + strings.Repeat("x", maxHTMLToken+10),
		"nothing":                     "",
	} {
		inv := read(t, tree(t, map[string]string{"messages.html": start + rest, "p.jpg": ""}))
		if len(inv.Files) != 1 || len(inv.Files[0].Records) != 1 {
			t.Fatalf("%s: %s", name, describe(inv))
		}
		if !strings.Contains(describe(inv), "sidecar-damaged") {
			t.Errorf("%s: no finding:\n%s", name, describe(inv))
		}
	}
	many := "<html>" + strings.Repeat("<p>a</p>", 3*maxHTMLTags) + start
	if inv := read(t, tree(t, map[string]string{"x.html": many, "p.jpg": ""})); len(inv.Sidecars) != 0 {
		t.Error("a page was searched for an export far beyond its start")
	}
}

// A download that is the whole source belongs to its owner, or where that is
// not told to the source, never to one of the folders it is sorted into.
func TestAccountOfADownload(t *testing.T) {
	post := `[{"media": [{"uri": "media/posts/202206/1.jpg", "creation_timestamp": 1656187442, "title": "x"}]}]`
	owner := `{"profile_user": [{"string_map_data": {"Username": {"value": "olena"}}}]}`
	files := map[string]string{
		"your_instagram_activity/media/posts_1.json": post,
		"media/posts/202206/1.jpg":                   "", "media/posts/202206/unlisted.jpg": "", "own/2.jpg": "", "3.jpg": "",
	}
	accounts := func() map[string]string {
		got := make(map[string]string)
		for _, f := range read(t, tree(t, files)).Files {
			got[f.Rel] = f.Account
		}
		return got
	}
	for _, want := range []string{"", "olena"} {
		got := accounts()
		if got["media/posts/202206/1.jpg"] != want || got["media/posts/202206/unlisted.jpg"] != want || got["own/2.jpg"] != "own" {
			t.Errorf("with owner %q: %q", want, got)
		}
		files["personal_information/personal_information.json"] = owner
	}
	for folder, want := range map[string]string{
		"instagram-olena.k-2022-07-01-AbC": "olena.k", "facebook-olena_k-01072022": "olena_k", "facebook-olenak-20220701": "olenak", "photos": "",
	} {
		if got := accountOfFolder(folder); got != want {
			t.Errorf("%s: account %q, want %q", folder, got, want)
		}
	}
}
