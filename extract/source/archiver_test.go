package source

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"
	"unicode/utf16"
)

func TestPythonRepr(t *testing.T) {
	for text, want := range map[string]string{
		`{'a': 'it\'s', "b": "\"q\"", 'c': None, 'd': True, 'e': [1, -2.5, (3,)], 'f': {}}`: `{"a":"it's","b":"\"q\"","c":null,"d":true,"e":[1,-2.5,[3]],"f":{}}`,
		`'\u0425\x41\n\U0001f600\d'`:                                                                              `"ХA\n😀\\d"`,
		`datetime.datetime(2022, 6, 25, 11, 42)`:                                                                  "\"2022-06-25T11:42:00\"",
		`datetime.datetime(2022, 6, 25, 11, 42, 16, 5, tzinfo=datetime.timezone.utc)`:                             "\"2022-06-25T11:42:16.000005+00:00\"",
		`datetime.datetime(2022, 6, 25, 1, tzinfo=datetime.timezone(datetime.timedelta(seconds=10800)))`:          "\"2022-06-25T01:00:00+03:00\"",
		`datetime.datetime(2022, 6, 25, 1, tzinfo=datetime.timezone(datetime.timedelta(days=-1, seconds=68400)))`: "\"2022-06-25T01:00:00-05:00\"",
		`datetime.datetime(2022, 6, 25, 1, tzinfo=zoneinfo.ZoneInfo(key='Europe/Kyiv'))`:                          "null",
		`Media(filename='a.jpg', urls=[])`:                                                                        `{"filename":"a.jpg","urls":[]}`,
		`PosixPath('/x')`:                                                                                         `"/x"`,
		`{1, 2}`:                                                                                                  `[1,2]`,
	} {
		v, err := pythonRepr(text)
		if err != nil {
			t.Errorf("%s: %v", text, err)
			continue
		}
		if got := encode(t, v); got != want {
			t.Errorf("%s gives %s, want %s", text, got, want)
		}
	}
	for _, text := range []string{"", "{", "{'a'", "'a", "[1,,]", "<object>", "a b", "1 2", "f(", "{'a': }", strings.Repeat("[", 10_000), "datetime.datetime('x')"} {
		if v, err := pythonRepr(text); err == nil {
			t.Errorf("%.20s gives %v", text, v)
		}
	}
}

func encode(t *testing.T, v any) string {
	t.Helper()
	var b strings.Builder
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if err := e.Encode(v); err != nil {
		t.Fatal(err)
	}
	return strings.TrimSpace(b.String())
}

// Spreadsheets save tables in UTF-16 and with other separators; a table of
// something else is none of the archiver's.
func TestArchiverSheetEncodings(t *testing.T) {
	sheet := "Link\tArchive status\tArchive location\tUpload timestamp\nhttps://t.me/канал/1\tsuccess\thttps://b.example/файл.mp4\t2022-06-25T11:42:16+00:00\n"
	for form, text := range map[string]string{
		"UTF-8": sheet, "with a mark": "\ufeff" + sheet, "UTF-16": inUTF16(sheet), "semicolons": strings.ReplaceAll(sheet, "\t", ";"),
		"Windows": strings.ReplaceAll(sheet, "\n", "\r\n"),
	} {
		out := recognise(strings.NewReader(text), "export", newNames([]string{"media/файл.mp4"}), maxSidecar)
		if out == nil || out.format != formatArchiverSheet || len(out.entries) != 1 || out.entries[0].URL != "https://t.me/канал/1" {
			t.Errorf("%s: %+v", form, out)
		}
	}
	if out := recognise(strings.NewReader("name,link,price\na,b,c\n"), "prices.csv", newNames([]string{"a.jpg"}), maxSidecar); out != nil {
		t.Errorf("a table of prices was taken for %s", out.format)
	}
}

// inUTF16 writes a text as the editors of Windows save "Unicode".
func inUTF16(text string) string {
	var b []byte
	for _, u := range utf16.Encode([]rune("\ufeff" + text)) {
		b = append(b, byte(u), byte(u>>8))
	}
	return string(b)
}

// Whatever format a text is of, an editor may have saved it anew.
func TestReadInUTF16(t *testing.T) {
	for name, text := range map[string]string{
		formatWhatsApp: "[25/06/2022, 11:42:16] Тарас: <attached: a.jpg>\r\n",
		formatTelegram: `{"name": "C", "type": "private_channel", "id": 5, "messages": [{"id": 1, "type": "message", "date_unixtime": "1656157336", "photo": "a.jpg"}]}`,
	} {
		out := recognise(strings.NewReader(inUTF16(text)), "_chat.txt", newNames([]string{"a.jpg"}), maxSidecar)
		if out == nil || out.format != name || len(out.entries) != 1 {
			t.Errorf("%s: %+v", name, out)
		}
	}
}

// The label "+00:00" of a sheet is no zone; an offset that nobody stamps on is
// one, and so is what the id of the post confirms.
func TestArchiverSheetZones(t *testing.T) {
	const link = "https://x.com/witness/status/1540661649470390279" // given out at 11:42:16 UTC
	for _, tt := range []struct{ link, written, want string }{
		{link, "2022-06-25T11:42:16+00:00", "2022-06-25T11:42:16Z"},
		{link, "2022-06-25T14:42:16+00:00", "2022-06-25T14:42:16 local"},
		{"https://t.me/a_channel/1", "2022-06-25T11:42:16+00:00", "2022-06-25T11:42:16 local"},
		{"https://t.me/a_channel/1", "2022-06-25T11:42:16Z", "2022-06-25T11:42:16 local"},
		{"https://t.me/a_channel/1", "2022-06-25T14:42:16+03:00", "2022-06-25T11:42:16Z"},
		{"https://t.me/a_channel/1", "2022-06-25 11:42:16", "2022-06-25T11:42:16 local"},
		{"https://t.me/a_channel/1", "25/06/2022", "2022-06-25T00:00:00 local"},
		{"https://t.me/a_channel/1", "yesterday", ""},
	} {
		sheet := "link,archive status,archive location,upload timestamp\n" + tt.link + ",success,https://b.example/a.mp4," + tt.written + "\n"
		out := recognise(strings.NewReader(sheet), "s.csv", newNames([]string{"a.mp4"}), maxSidecar)
		if out == nil || len(out.entries) != 1 {
			t.Fatalf("%s: %+v", tt.written, out)
		}
		got := describeTime(out.entries[0].Posted)
		if !strings.HasPrefix(got, tt.want) || (got == "") != (tt.want == "") {
			t.Errorf("%s of %s is %q, want %q", tt.written, tt.link, got, tt.want)
		}
	}
}

func FuzzArchiverSheet(f *testing.F) {
	seeds(f, "archiver-sheet", "sv")
	seeds(f, "archiver-table", "sv")
	seeds(f, "proofmode", "sv")
	fuzzContent(f, "a/sheet.csv")
}

func FuzzArchiverJSON(f *testing.F) {
	seeds(f, "archiver-json", "metadata.json")
	seeds(f, "archiver-json", "db.jsonl")
	seeds(f, "proofmode", ".json")
	seeds(f, "saved", ".jsonl")
	fuzzContent(f, "a/metadata.json")
}

// fuzzContent fuzzes a sidecar that is recognised by what it holds.
func fuzzContent(f *testing.F, rel string) {
	rels := slices.Concat(fuzzNames, []string{"a/aaaa.mp4", "a/bbbb.jpg", "a/page-1/one.jpg", "a/page-1/index.html", "b/photo.jpg"})
	f.Fuzz(func(t *testing.T, data string) { checkReading(t, recogniseAny(data, rel, rels)) })
}

func recogniseAny(data, rel string, rels []string) *reading {
	return recognise(strings.NewReader(data), rel, newNames(rels), 1<<20)
}

func FuzzPythonRepr(f *testing.F) {
	for _, s := range []string{`{'a': [1, None, "x"], 'b': datetime.datetime(2022, 6, 25, 11, 42, tzinfo=datetime.timezone.utc)}`, `Media(filename='a')`, `{1}`, `'\u0425'`} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		v, err := pythonRepr(text)
		if err != nil {
			return
		}
		if _, err := json.Marshal(v); err != nil {
			t.Errorf("%q gives %v: %v", text, v, err)
		}
	})
}
