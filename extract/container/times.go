package container

import (
	"strings"
	"time"
)

// writtenStamp records a time that the container holds as text. Raw is the
// text as written; Text is it in ExifTool's form, "2022:02:24 05:12:33+03:00",
// where the form is known, with a zone only where the text states one. The
// form is returned.
func (s *scan) writtenStamp(field, raw string) string {
	raw = cleanText(raw)
	text := exifTime(raw)
	s.addStamp(Stamp{Field: field, Text: text, Raw: raw, Zero: blankDate(text)})
	return text
}

// textForms are the forms in which writers put times into text: ISO 8601, RFC
// 822 and 1123, the C library's, and those of AVI cameras. Cameras pad with
// spaces, so a form without one is compared with the text without its spaces. A
// form in which the hour follows a day of one or two digits keeps the space
// between them: without it the third of March at five is the thirtieth.
var textForms = []struct{ in, out string }{
	{"2006-01-02T15:04:05-0700", "2006:01:02 15:04:05-07:00"},
	{"2006-01-02T15:04:05Z07:00", "2006:01:02 15:04:05Z07:00"},
	{"2006-01-02T15:04:05", "2006:01:02 15:04:05"},
	{"2006-01-0215:04:05Z07:00", "2006:01:02 15:04:05Z07:00"},
	{"2006-01-0215:04:05", "2006:01:02 15:04:05"},
	{"2006-01-02T15:04", "2006:01:02 15:04"},
	{"2006-01-02", "2006:01:02"},
	{"2006:01:0215:04:05-07:00", "2006:01:02 15:04:05-07:00"},
	{"2006:01:0215:04:05Z", "2006:01:02 15:04:05Z"},
	{"2006:01:0215:04:05", "2006:01:02 15:04:05"},
	{"2006:01:02", "2006:01:02"},
	{"Mon,2Jan200615:04:05-0700", "2006:01:02 15:04:05-07:00"},
	{"Mon,2Jan200615:04:05GMT", "2006:01:02 15:04:05Z"},
	{"Mon,2Jan200615:04:05", "2006:01:02 15:04:05"},
	{"2Jan200615:04:05-0700", "2006:01:02 15:04:05-07:00"},
	{"2Jan200615:04:05GMT", "2006:01:02 15:04:05Z"},
	{"2Jan200615:04:05", "2006:01:02 15:04:05"},
	{"Mon Jan 2 15:04:05 2006", "2006:01:02 15:04:05"},
	{"2006/1/2 15:04:05", "2006:01:02 15:04:05"},
	{"2006/1/2 15:04", "2006:01:02 15:04"},
	{"2006/1/2/15:04:05", "2006:01:02 15:04:05"},
	{"2006/1/2/15:04", "2006:01:02 15:04"},
	{"2006/1/2 3:04PM", "2006:01:02 15:04"},
	{"2006/1/2 3:04 PM", "2006:01:02 15:04"},
	{"2006/1/2", "2006:01:02"},
}

// exifTime rewrites a time the way ExifTool shows it; texts of no known form
// stay as they are, but for space around them.
func exifTime(text string) string {
	text = strings.TrimSpace(text)
	if len(text) > 64 {
		return text
	}
	words := strings.Fields(text)
	packed, spaced := strings.Join(words, ""), strings.ReplaceAll(strings.Join(words, " "), "/ ", "/")
	for _, form := range textForms {
		given := packed
		if strings.Contains(form.in, " ") {
			given = spaced
		}
		t, err := time.Parse(form.in, given)
		if err != nil {
			continue
		}
		out := t.Format(form.out)
		if fraction := fractionOf(packed); fraction != "" && len(out) >= 19 {
			out = out[:19] + fraction + out[19:]
		}
		return out
	}
	return text
}

// fractionOf gives the fraction of a second as written, with its point, which
// time.Parse accepts and Format would cut.
func fractionOf(text string) string {
	at := strings.IndexByte(text, '.')
	if at < 0 {
		return ""
	}
	end := at + 1
	for end < len(text) && text[end] >= '0' && text[end] <= '9' {
		end++
	}
	return text[at:end]
}

// exifDate writes an instant the way ExifTool does.
func exifDate(t time.Time) string { return t.UTC().Format("2006:01:02 15:04:05") }

// blankDate tells texts that hold a place for a date and no date.
func blankDate(s string) bool {
	return strings.Trim(s, "0:-/. TZ+") == ""
}
