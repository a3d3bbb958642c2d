package locale

import (
	"bytes"
	"encoding/json"
	"io/fs"
	"maps"
	"path"
	"slices"
	"strings"
	"testing"
	"time"
)

// languageFiles is the message files of a language, by name below its folder.
func languageFiles(t *testing.T, tag string) map[string]map[string]message {
	t.Helper()
	out := map[string]map[string]message{}
	root := path.Join("messages", tag)
	err := fs.WalkDir(files, root, func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || path.Base(name) == "language.json" {
			return err
		}
		data, err := fs.ReadFile(files, name)
		if err != nil {
			return err
		}
		out[strings.TrimPrefix(name, root+"/")] = once(t, name, data)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// once reads an object whose keys must not be repeated.
func once(t *testing.T, name string, data []byte) map[string]message {
	t.Helper()
	out := map[string]message{}
	if err := json.Unmarshal(data, &out); err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	dec := json.NewDecoder(bytes.NewReader(data))
	if _, err := dec.Token(); err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	seen := map[string]bool{}
	for dec.More() {
		key, err := dec.Token()
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		if k := key.(string); seen[k] {
			t.Errorf("%s: %q stands there twice", name, k)
		} else {
			seen[k] = true
		}
		var skipped json.RawMessage
		if err := dec.Decode(&skipped); err != nil {
			t.Fatalf("%s: %v", name, err)
		}
	}
	return out
}

func TestEveryLanguageIsComplete(t *testing.T) {
	english := languageFiles(t, English)
	if len(english) < 10 {
		t.Fatalf("only %d files of English", len(english))
	}
	for _, tag := range tags[1:] {
		theirs := languageFiles(t, tag)
		for name := range theirs {
			if english[name] == nil {
				t.Errorf("%s/%s: English has no such file", tag, name)
			}
		}
		for name, messages := range english {
			for _, key := range slices.Sorted(maps.Keys(messages)) {
				m, ok := theirs[name][key]
				if !ok {
					t.Errorf("%s/%s: %q is missing", tag, name, key)
					continue
				}
				compareMessages(t, tag+"/"+name+": "+key, catalogues()[tag], messages[key], m)
			}
			for key := range theirs[name] {
				if _, ok := messages[key]; !ok {
					t.Errorf("%s/%s: %q is not in English", tag, name, key)
				}
			}
		}
	}
}

// compareMessages checks that a translation has the forms of its language and
// the values of the English message.
func compareMessages(t *testing.T, where string, c *Catalogue, english, theirs message) {
	t.Helper()
	if len(english) > 1 && len(theirs) == 1 {
		t.Errorf("%s: has no plural forms", where)
	}
	if len(theirs) > 1 {
		want := forms(c)
		if got := slices.Sorted(maps.Keys(theirs)); !slices.Equal(got, want) {
			t.Errorf("%s: has the forms %v, the language has %v", where, got, want)
		}
	}
	all := slots(english[other])
	for form, text := range theirs {
		if strings.TrimSpace(text) == "" && strings.TrimSpace(english[other]) != "" {
			t.Errorf("%s: says nothing", where)
		}
		for _, s := range slots(text) {
			if !slices.Contains(all, s) {
				t.Errorf("%s: %s is no value of it", where, s)
			}
		}
		for _, s := range all {
			if !strings.Contains(text, s) && !(s == "{n}" && (form != other || !strings.Contains(english[other], s))) {
				t.Errorf("%s: the form %q lacks %s", where, form, s)
			}
		}
	}
}

func slots(s string) []string { return slot.FindAllString(s, -1) }

// forms are the plural categories that whole numbers have, and other.
func forms(c *Catalogue) []string {
	seen := map[string]bool{other: true}
	for n := range int64(200) {
		seen[c.category(n)] = true
	}
	return slices.Sorted(maps.Keys(seen))
}

// TestNoMessageIsEnglish looks for whole messages that nobody translated.
func TestNoMessageIsEnglish(t *testing.T) {
	english := languageFiles(t, English)
	for _, tag := range tags[1:] {
		for name, messages := range languageFiles(t, tag) {
			for key, m := range messages {
				text := english[name][key][other]
				if m[other] == text && strings.Count(text, " ") > 2 && !strings.ContainsAny(text, ":=") {
					t.Errorf("%s/%s: %q reads as in English: %s", tag, name, key, text)
				}
			}
		}
	}
}

// TestPluralForms holds the categories against CLDR's own examples.
func TestPluralForms(t *testing.T) {
	for _, c := range []struct {
		tag, category string
		numbers       []int64
	}{
		{"en", "one", []int64{1}},
		{"en", "other", []int64{0, 2, 11, 101}},
		{"uk", "one", []int64{1, 21, 31, 101, 1001}},
		{"uk", "few", []int64{2, 3, 4, 22, 102, 1002}},
		{"uk", "many", []int64{0, 5, 11, 12, 14, 19, 100, 111, 1000, 1000000}},
		{"ar", "zero", []int64{0}},
		{"ar", "one", []int64{1}},
		{"ar", "two", []int64{2}},
		{"ar", "few", []int64{3, 10, 103, 1003}},
		{"ar", "many", []int64{11, 26, 99, 111, 1011}},
		{"ar", "other", []int64{100, 101, 102, 200, 1000, 1000000}},
	} {
		for _, n := range c.numbers {
			if got := catalogues()[c.tag].category(n); got != c.category {
				t.Errorf("%s: %d is %s, want %s", c.tag, n, got, c.category)
			}
		}
	}
}

func TestFor(t *testing.T) {
	for asked, want := range map[string]string{
		"": "en", "C": "en", "C.UTF-8": "en", "POSIX": "en", "uk": "uk", "uk_UA.UTF-8": "uk", "uk-UA,uk;q=0.9,en;q=0.8": "uk",
		"ar": "ar", "ar_SY.UTF-8@latin": "ar", "ar-EG": "ar", "de-DE,uk;q=0.5": "uk", "de_AT.UTF-8": "en", "fr, ar;q=0.2": "ar",
		"\x00;;;": "en", strings.Repeat("a-", 5000): "en", "en-GB": "en",
	} {
		if got := For(asked).Tag; got != want {
			t.Errorf("For(%.40q) is %s, want %s", asked, got, want)
		}
	}
}

func TestNumbersAndDates(t *testing.T) {
	at := time.Date(2026, 5, 16, 14, 2, 11, 0, time.FixedZone("", 3*3600))
	for _, c := range []struct{ tag, number, decimal, moment, list string }{
		{"en", "12,345", "1,234.5", "16 May 2026 14:02:11 +03:00", "a, b and c"},
		{"uk", "12\u00a0345", "1\u00a0234,5", "16 травня 2026 14:02:11 +03:00", "a, b і c"},
		{"ar", "12,345", "1,234.5", "16 مايو 2026 14:02:11 +03:00", "a، b وc"},
	} {
		l := For(c.tag)
		got := []string{l.Number(12345), l.Decimal(1234.5, 2), l.Format(at, "2 Jan 2006 15:04:05 Z07:00"), l.List([]string{"a", "b", "c"})}
		if want := []string{c.number, c.decimal, c.moment, c.list}; !slices.Equal(got, want) {
			t.Errorf("%s: %q, want %q", c.tag, got, want)
		}
	}
	if got := For("en").Format(at, "15:04"); got != "14:02" {
		t.Errorf("a layout without a month gives %s", got)
	}
}

// TestMissingMessages shows what a program reads that asks for too much: a
// message that only English has, one that nobody has, a value that is missing.
func TestMissingMessages(t *testing.T) {
	english := &Catalogue{messages: map[string]message{"a": {other: "{x} of {y}"}, "b": {"one": "{n} file", other: "{n} files"}}, tag: For("en").tag}
	other := &Catalogue{messages: map[string]message{}, tag: For("uk").tag, english: english}
	for want, got := range map[string]string{
		"1 of {y}": other.T("a", "x", 1),
		"c":        other.T("c"),
		"1 file":   english.T("b", "n", 1),
		"7 files":  english.T("b", "n", int64(7)),
	} {
		if got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
	if got := other.T("a", "x", Text{Key: "b", Values: map[string]any{"n": 1}}, "y", 2.5); got != "1 file of 2,5" && got != "1 file of 2.5" {
		t.Errorf("a text within a text: %q", got)
	}
}
