package report

import (
	"strings"
	"testing"
	"time"

	"github.com/firsthand-media/firsthand/extract"
)

func at(s string) *time.Time {
	t, err := time.Parse("2006-01-02T15:04:05.999Z07:00", s)
	if err != nil {
		panic(err)
	}
	return &t
}

func minutes(n int) *int { return &n }

func TestTimeInWordsStatesItsZone(t *testing.T) {
	for _, c := range []struct {
		name string
		time *extract.Time
		want string
	}{
		{"nothing", nil, "no time"},
		{"stated offset", &extract.Time{Local: "2022-02-24T05:12:33.083", OffsetMinutes: minutes(180), Zone: extract.Offset, Precision: extract.Subsecond}, "24 Feb 2022, 05:12:33 UTC+3:00"},
		{"west, half an hour", &extract.Time{Local: "2022-02-24T05:12:33", OffsetMinutes: minutes(-210), Zone: extract.Offset, Precision: extract.Second}, "24 Feb 2022, 05:12:33 UTC−3:30"},
		{"worked out", &extract.Time{Local: "2022-02-24T05:12:33", OffsetMinutes: minutes(345), Zone: extract.Derived, Precision: extract.Second}, "24 Feb 2022, 05:12:33 UTC+5:45 (worked out)"},
		{"floating", &extract.Time{Local: "2022-02-24T05:12", Zone: extract.Floating, Precision: extract.Minute}, "24 Feb 2022, 05:12 (no zone stated)"},
		{"a day", &extract.Time{Local: "2022-02-24", Zone: extract.Floating, Precision: extract.Day}, "24 Feb 2022 (no zone stated)"},
		{"only the instant", &extract.Time{Earliest: *at("2022-02-24T03:12:33Z"), Zone: extract.UTC, Precision: extract.Second}, "24 Feb 2022, 03:12:33 UTC"},
		{"the instant and an offset", &extract.Time{Earliest: *at("2022-02-24T23:12:33Z"), OffsetMinutes: minutes(120), Zone: extract.Offset, Precision: extract.Second}, "25 Feb 2022, 01:12:33 UTC+2:00"},
		{"a clock that no calendar has", &extract.Time{Local: "2022-02-31", Zone: extract.Floating, Precision: extract.Day}, "2022-02-31 (no zone stated)"},
	} {
		if got := TimeInWords(c.time); got != c.want {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
	}
}

func TestSpanIsNeverTighterThanItsBounds(t *testing.T) {
	for _, c := range []struct {
		from, to *time.Time
		want     string
	}{
		{nil, nil, "time not known"},
		{nil, at("2022-06-25T10:39:00Z"), "before 25 Jun 2022, 10:39 UTC"},
		{nil, at("2022-06-25T10:39:00.001Z"), "before 25 Jun 2022, 10:40 UTC"},
		{nil, at("2022-12-31T23:59:30Z"), "before 1 Jan 2023, 00:00 UTC"},
		{at("2022-06-25T10:39:59Z"), nil, "after 25 Jun 2022, 10:39 UTC"},
		{at("2022-06-25T10:39:01Z"), at("2022-06-25T10:39:02Z"), "25 Jun 2022, 10:39 UTC"},
		{at("2022-06-25T10:39:59Z"), at("2022-06-25T10:40:01Z"), "25 Jun 2022, 10:39 to 10:41 UTC"},
		{at("2022-06-25T23:00:00Z"), at("2022-06-26T01:00:00Z"), "25 Jun 2022, 23:00 to 26 Jun 2022, 01:00 UTC"},
		{at("2022-06-25T23:00:00Z"), at("2022-06-25T23:59:30Z"), "25 Jun 2022, 23:00 to 26 Jun 2022, 00:00 UTC"},
		{at("2022-06-25T20:00:00+03:00"), at("2022-06-25T21:00:00+03:00"), "25 Jun 2022, 17:00 to 18:00 UTC"},
	} {
		if got := Span(c.from, c.to); got != c.want {
			t.Errorf("%q, want %q", got, c.want)
		}
	}
}

func TestDistancesDegreesAndNumbers(t *testing.T) {
	for m, want := range map[float64]string{0: "0 m", 49.6: "50 m", 999.4: "999 m", 999.6: "1.0 km", 1500: "1.5 km", 9949: "9.9 km", 9950: "10 km", 1_234_567: "1,235 km"} {
		if got := strings.ReplaceAll(In(nil).distance(m), "\u00a0", " "); got != want {
			t.Errorf("%g m: %q, want %q", m, got, want)
		}
	}
	for v, want := range map[float64]string{46.25312: "46.2531° N", -0.5: "0.5000° S", -0.00001: "0.0000° N", 0: "0.0000° N"} {
		if got := In(nil).latitude(4, v); got != want {
			t.Errorf("%g: %q, want %q", v, got, want)
		}
	}
	for radius, want := range map[float64]string{0: "46.2531° N 25.1234° E", 50: "46.2531° N 25.1234° E, within 50 m", 800: "46.25° N 25.12° E, within 800 m", 8000: "46.3° N 25.1° E, within 8.0 km", 80_000: "46° N 25° E, within 80 km"} {
		if got := strings.ReplaceAll(Position(46.25312, 25.12341, radius), "\u00a0", " "); got != want {
			t.Errorf("within %g m: %q, want %q", radius, got, want)
		}
	}
	for n, want := range map[int]string{0: "0", 999: "999", 1000: "1,000", 1234567: "1,234,567", -1000: "-1,000", -100: "-100"} {
		if got := In(nil).number(n); got != want {
			t.Errorf("%d: %q, want %q", n, got, want)
		}
	}
	for n, want := range map[int]string{0: "a", 25: "z", 26: "aa", 51: "az", 52: "ba", 701: "zz", 702: "aaa"} {
		if got := letters(n); got != want {
			t.Errorf("letter %d: %q, want %q", n, got, want)
		}
	}
	for n, want := range map[int64]string{1: "1 byte", 999: "999 bytes", 1499: "1 kB", 66_400: "66 kB", 1_550_000: "1.6 MB"} {
		if got := In(nil).size(n); got != want {
			t.Errorf("%d: %q, want %q", n, got, want)
		}
	}
}

func TestEvidenceInWords(t *testing.T) {
	for b, want := range map[float64]string{0.4: "slight", 1: "weak", 2.9: "weak", 3: "strong", 6: "very strong", -0.2: "slight against it", -3.5: "strong against it"} {
		if got := In(nil).bits(b); got != want {
			t.Errorf("%g bits: %q, want %q", b, got, want)
		}
	}
}

func TestVisibleSpellsOutWhatHides(t *testing.T) {
	for in, want := range map[string]string{
		"plain/name (1).jpg": "plain/name (1).jpg",
		"a\u202egpj.exe":     "a⟨U+202E⟩gpj.exe",
		"x\u200bx\ufeff":     "x⟨U+200B⟩x⟨U+FEFF⟩",
		"tab\there\n":        "tab⟨U+0009⟩here⟨U+000A⟩",
		"bad\xffbyte":        `bad\xffbyte`,
		"said \uFFFD":        "said \uFFFD",
		"می\u200cخواهم":      "می\u200cخواهم", // the joiner belongs to Persian
		"\U000e0041":         "⟨U+E0041⟩",
	} {
		if got := visible(in); got != want {
			t.Errorf("visible(%q) = %q, want %q", in, got, want)
		}
	}
	if in := "\u200fنص\n\u2067x\u2069"; quoted(in) != in {
		t.Errorf("quoted(%q) = %q: it changes honest right-to-left text", in, quoted(in))
	}
	if got := quoted("a\u202eb\u0007"); got != "a⟨U+202E⟩b⟨U+0007⟩" {
		t.Errorf("quoted leaves an override or a control: %q", got)
	}
}

// A time that is known by bounds alone is told by both: the first of them is
// not when it was.
func TestTimeInWordsTellsBounds(t *testing.T) {
	at := time.Date(2022, 6, 4, 17, 4, 0, 0, time.UTC)
	bounds := &extract.Time{Zone: extract.UTC, Precision: extract.Second, Earliest: at, Latest: at.Add(2 * time.Hour)}
	if got := TimeInWords(bounds); got != "between 4 Jun 2022, 17:04:00 and 4 Jun 2022, 19:04:00 UTC" {
		t.Error(got)
	}
	day := &extract.Time{Zone: extract.UTC, Precision: extract.Day, Earliest: at.Truncate(24 * time.Hour), Latest: at.Truncate(24 * time.Hour).Add(24 * time.Hour)}
	if got := TimeInWords(day); got != "4 Jun 2022 UTC" {
		t.Error(got)
	}
}

// A message keeps the page's own pieces and escapes what others wrote, even
// where it looks like a piece or a value.
func TestSayEscapesValuesAlone(t *testing.T) {
	got := In(nil).say("report.review.differ", "what", "<b>\x010\x01{first}", "first", element("bdi", "", "<i>{second}"), "second", element("bdi", "", "two"))
	want := "The reviews differ on &lt;b&gt;0{first}: <bdi>&lt;i&gt;{second}</bdi>, and <bdi>two</bdi>."
	if string(got) != want {
		t.Errorf("%s, want %s", got, want)
	}
}
