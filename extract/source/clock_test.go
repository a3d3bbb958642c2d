package source

import (
	"fmt"
	"testing"
	"time"
)

// Hours of every language that writes the halves of the day, on the clock of
// 24: noon and midnight are the two that go wrong.
func TestHoursOfMessages(t *testing.T) {
	for _, c := range []struct {
		hour          int
		before, after string
		want          int
	}{
		{0, "", "", 0}, {11, "", "", 11}, {12, "", "", 12}, {23, "", "", 23},
		{12, "", "AM", 0}, {1, "", "am", 1}, {11, "", "a. m.", 11}, {12, "", "PM", 12}, {1, "", "p.m.", 13}, {11, "", "p. m.", 23},
		{9, "", "م", 21}, {9, "", "ص", 9}, {12, "", "ص", 0}, {9, "下午", "", 21}, {9, "上午", "", 9}, {9, "오후", "", 21}, {9, "", "ДП", 9}, {9, "", "ПП", 21},
		{9, "kl", "", 9}, {9, "klo", "", 9}, {9, "", "πμ", 9}, {9, "", "μ.μ.", 21},
		{14, "", "PM", 14}, {13, "", "am", 13}, {9, "", "noon-ish", -1},
	} {
		if got := hourOf(c.hour, c.before, c.after); got != c.want {
			t.Errorf("%q %d %q is hour %d, want %d", c.before, c.hour, c.after, got, c.want)
		}
	}
}

// The head of a message, and lines that only look like one.
func TestHeadsOfMessages(t *testing.T) {
	for line, want := range map[string]string{
		"[25/06/2022, 23:59:59] Ann: hello":        "25 6 2022 23:59:59 | Ann: hello",
		"25.06.22, 11:42 - Ann: hello":             "25 6 22 11:42:00 | Ann: hello",
		"6/5/22, 2:37 PM - Ann: hello":             "6 5 22 14:37:00 | Ann: hello",
		"2022-06-25, 0:00 - Ann: hello":            "2022 6 25 00:00:00 | Ann: hello",
		"٢٥/٠٦/٢٠٢٢، ٩:٤٢ م - Ann: hello":          "25 6 2022 21:42:00 | Ann: hello",
		"[25/06/2022, 24:00:00] Ann: hello":        "",
		"[25/06/2022, 23:60:00] Ann: hello":        "",
		"[25/06/2022, 23:59:60] Ann: hello":        "",
		"[25/06.2022, 23:59:59] Ann: hello":        "",
		"[25/06/2022, 23:59:59 - Ann: hello":       "",
		"25/06/2022, 23:59] Ann: hello":            "",
		"on 25/06/2022, 23:59 - nothing was heard": "",
	} {
		head, body, ok := parseHead(line)
		got := ""
		if ok {
			clock := time.Date(2000, 1, 1, head.hour, head.minute, head.second, 0, time.UTC).Format(time.TimeOnly)
			n := head.numbers
			got = fmt.Sprintf("%d %d %d %s | %s", n[0], n[1], n[2], clock, body)
		}
		if got != want {
			t.Errorf("%q reads as %q, want %q", line, got, want)
		}
	}
}

// What the numbers of a date can mean, in each order; a chat in which two
// orders are left spans both days, the earlier first.
func TestOrdersOfDates(t *testing.T) {
	head := func(a, b, c int) *chatHead {
		return &chatHead{numbers: [3]int{a, b, c}, hour: 14, minute: 37}
	}
	for _, c := range []struct {
		h      *chatHead
		orders []dateOrder
		local  string
		end    string
	}{
		{head(6, 5, 22), []dateOrder{dayFirst}, "2022-05-06T14:37:00", ""}, {head(6, 5, 22), []dateOrder{monthFirst}, "2022-06-05T14:37:00", ""},
		{head(6, 5, 22), []dateOrder{monthFirst, dayFirst}, "2022-05-06T14:37:00", "2022-06-05T14:37:00"},
		{head(25, 6, 22), []dateOrder{monthFirst, dayFirst}, "2022-06-25T14:37:00", ""}, {head(2022, 6, 25), []dateOrder{yearFirst}, "2022-06-25T14:37:00", ""},
		{head(5, 5, 22), []dateOrder{dayFirst, monthFirst}, "2022-05-05T14:37:00", ""},
		{head(30, 2, 22), []dateOrder{dayFirst, monthFirst}, "", ""}, {head(29, 2, 24), []dateOrder{dayFirst}, "2024-02-29T14:37:00", ""},
		{head(1, 1, 2009), []dateOrder{dayFirst}, "2009-01-01T14:37:00", ""}, {head(31, 12, 2008), []dateOrder{dayFirst}, "", ""}, {head(1, 1, 2100), []dateOrder{dayFirst}, "", ""},
	} {
		local, end := "", ""
		if p := c.h.time(c.orders); p != nil {
			local, end = p.Local, p.LocalEnd
			if p.Precision != toMinute || !p.Instant.IsZero() {
				t.Errorf("%v: %+v", c.h.numbers, p)
			}
		}
		if local != c.local || end != c.end {
			t.Errorf("%v as %v: %q to %q, want %q to %q", c.h.numbers, c.orders, local, end, c.local, c.end)
		}
	}
	unknown := &chatHead{numbers: [3]int{25, 6, 22}, hour: -1, minute: 37}
	if p := unknown.time([]dateOrder{dayFirst}); p.Precision != toDay || p.Local != "2022-06-25T00:00:00" {
		t.Errorf("a half of the day that is not known: %+v", p)
	}
}

// Counters and written times: an offset that is written decides, a clock
// without one stays a clock, and zero is no date.
func TestTimesOfSidecars(t *testing.T) {
	for raw, want := range map[scalar]string{
		"1645668753": "2022-02-24T02:12:33Z second", "1645668753.25": "2022-02-24T02:12:33.25Z subsecond", "1645668753.000": "2022-02-24T02:12:33Z second",
		"0": "", "-1": "", "1": "", "31535999": "", "31536000": "1971-01-01T00:00:00Z second", "274877906945": "", "1645668753123": "", "x": "", "1645668753.-5": "", "": "",
	} {
		got := ""
		if p := fromUnix("f", raw); p != nil {
			got = p.Instant.Format(time.RFC3339Nano) + " " + p.Precision
		}
		if got != want {
			t.Errorf("counter %q is %q, want %q", raw, got, want)
		}
	}
	for _, c := range []struct {
		raw   scalar
		isUTC bool
		want  string
	}{
		{"2022-02-24 05:12:33", false, "local 2022-02-24T05:12:33 second"}, {"2022-02-24 05:12:33", true, "2022-02-24T05:12:33Z second"},
		{"2022-02-24T05:12:33+03:00", false, "2022-02-24T02:12:33Z second"}, {"2022-02-24T05:12:33-03:00", true, "2022-02-24T08:12:33Z second"},
		{"2022-02-24T05:12:33.5Z", false, "2022-02-24T05:12:33.5Z subsecond"}, {"2022-02-24", false, ""}, {"1970-01-01 00:00:00", true, ""}, {"1971-01-01T02:00:00+03:00", true, ""},
	} {
		got := ""
		switch p := fromText("f", c.raw, c.isUTC); {
		case p == nil:
		case p.Local != "":
			got = "local " + p.Local + " " + p.Precision
		default:
			got = p.Instant.Format(time.RFC3339Nano) + " " + p.Precision
		}
		if got != c.want {
			t.Errorf("%q, UTC by its format %v, is %q, want %q", c.raw, c.isUTC, got, c.want)
		}
	}
	for raw, want := range map[scalar]string{"1382350606417817604": "2021-04-14T15:10:42.059Z", "29700000000": "", "x": "", "": ""} {
		got := ""
		if p := fromXID("f", raw); p != nil {
			got = p.Instant.Format(time.RFC3339Nano)
		}
		if got != want {
			t.Errorf("id %q was given out at %q, want %q", raw, got, want)
		}
	}
}

// Texts whose bytes were written as characters are put together; those that
// never were stay as they are.
func TestBytesWrittenAsCharacters(t *testing.T) {
	broken := func(s string) string {
		var out []rune
		for _, b := range []byte(s) {
			out = append(out, rune(b))
		}
		return string(out)
	}
	for _, text := range []string{"Київ", "مظاهرة", "ﷺ", "\uffee", "\u07ff\u0800", "日本", "😀 and more", "plain", "naïve"} {
		if got := unescapeBytes(broken(text)); got != text {
			t.Errorf("%q comes out as %q", text, got)
		}
	}
	for _, text := range []string{"naïve", "Київ", "Ã", "50 °C", "caf\u00e9", "\u00e2\u0082"} {
		if got := unescapeBytes(text); got != text {
			t.Errorf("%q was changed to %q", text, got)
		}
	}
}

// Only addresses of the web are kept.
func TestWebAddresses(t *testing.T) {
	for address, want := range map[string]bool{
		"https://x.com/a/status/1": true, "http://example.org": true, "javascript:alert(1)": false, "https://": false, "ftp://example.org/a": false, "/a/b": false, "https://exa mple.org/%zz": false,
	} {
		if got := webAddress(address); (got == address) != want || !want && got != "" {
			t.Errorf("%q is kept as %q", address, got)
		}
	}
	for address, want := range map[string][2]string{
		"https://www.tiktok.com/@a.b/photo/7068093474203190631": {"a.b", "7068093474203190631"}, "https://www.tiktok.com/@a.b/video/7068093474203190631": {"a.b", "7068093474203190631"},
		"https://www.tiktok.com/@a.b/live": {"", ""}, "https://t.me/s/channel/77": {"channel", "77"}, "https://t.me/c/123/77": {"", "77"}, "https://t.me/joinchat": {"", ""},
		"https://mobile.twitter.com/Ann/status/1382350606417817604": {"Ann", "1382350606417817604"}, "https://x.com/i/status/1382350606417817604": {"", "1382350606417817604"},
		"https://youtu.be/abc": {"", "abc"}, "https://m.youtube.com/watch?v=abc&t=1": {"", "abc"}, "https://www.youtube.com/shorts/abc": {"", "abc"},
		"https://www.instagram.com/ann/reel/Cx1": {"ann", "Cx1"}, "https://www.instagram.com/p/Cx1/": {"", "Cx1"}, "https://example.org/@a/video/1": {"", ""},
	} {
		if account, id := postAddress(address); account != want[0] || id != want[1] {
			t.Errorf("%s: %q, %q, want %q, %q", address, account, id, want[0], want[1])
		}
	}
}
