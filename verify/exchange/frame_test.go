package exchange

import (
	"bytes"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

func TestCellsAreText(t *testing.T) {
	for in, want := range map[string]string{
		"":             "",
		"plain":        "plain",
		"=1+1":         "'=1+1",
		"+380501234":   "'+380501234",
		"-12.5":        "-12.5", // a number is no formula
		"-12.5-3":      "'-12.5-3",
		"@SUM(A1)":     "'@SUM(A1)",
		"\t=1":         "'\t=1",
		"\r\nx":        "'\r\nx",
		"＝1+1":         "'＝1+1",
		"'=1":          "''=1",
		"'tis":         "'tis",
		"\u202e=1":     "\u202e=1",
		"مرحبا":        "مرحبا",
		"1e5":          "1e5",
		"-":            "'-",
		"--1":          "'--1",
		"-1.":          "'-1.",
		"=cmd|' /C'!A": "'=cmd|' /C'!A",
	} {
		if got := escapeCell(in); got != want {
			t.Errorf("escapeCell(%q) = %q, want %q", in, got, want)
		}
		if got := unescapeCell(escapeCell(in)); got != in {
			t.Errorf("%q came back as %q", in, got)
		}
	}
}

func FuzzCell(f *testing.F) {
	f.Add("=1")
	f.Add("''-x")
	f.Fuzz(func(t *testing.T, s string) {
		cell := escapeCell(s)
		if unescapeCell(cell) != s {
			t.Errorf("%q came back as %q", s, unescapeCell(cell))
		}
		if cell != "" && strings.ContainsRune("=+-@\t\r\n", rune(cell[0])) && !isPlainNumber(cell) {
			t.Errorf("%q begins like a formula", cell)
		}
	})
}

// FuzzSheet reads tables of others.
func FuzzSheet(f *testing.F) {
	f.Add("a,b\r\n1,\"x\ny\"\r\n'=1,2,3\r\n")
	f.Add(byteOrderMark + "a;b\n\"")
	f.Fuzz(func(t *testing.T, text string) {
		bad := 0
		s, err := readSheet(strings.NewReader(text), func(int, string, string, ...any) { bad++ })
		if err != nil {
			return
		}
		for _, r := range s.rows {
			if len(r.cells) > len(s.columns) || r.line < 1 {
				t.Errorf("row %+v of %d columns", r, len(s.columns))
			}
		}
	})
}

func TestParseDate(t *testing.T) {
	for _, test := range []struct {
		in    string
		order dateOrder
		want  string // "?" is ambiguous, "!" another error
	}{
		{"2022-03-04", orderUnknown, "2022-03-04"},
		{"2022/3/4", orderUnknown, "2022-03-04"},
		{"", orderUnknown, "0001-01-01"},
		{"3/4/2022", orderUnknown, "?"},
		{"3/4/2022", monthFirst, "2022-03-04"},
		{"3/4/2022", dayFirst, "2022-04-03"},
		{"25/4/2022", orderUnknown, "2022-04-25"}, // only one reading exists
		{"4/25/2022", orderUnknown, "2022-04-25"},
		{"4/4/2022", orderUnknown, "2022-04-04"}, // both are one day
		{"25/4/2022", monthFirst, "!"},           // never turned silently
		{"2022-02-30", orderUnknown, "!"},
		{"1527-02-03", orderUnknown, "!"},
		{"1512345678901", orderUnknown, "!"},
		{"yesterday", orderUnknown, "!"},
	} {
		got, err := parseDate(test.in, test.order)
		switch {
		case test.want == "?":
			if !errors.Is(err, errAmbiguous) {
				t.Errorf("parseDate(%q) = %v, %v, want it asked", test.in, got, err)
			}
		case test.want == "!":
			if err == nil || errors.Is(err, errAmbiguous) {
				t.Errorf("parseDate(%q) = %v, %v, want an error", test.in, got, err)
			}
		case err != nil || got.Format(time.DateOnly) != test.want:
			t.Errorf("parseDate(%q, %v) = %v, %v, want %s", test.in, test.order, got, err, test.want)
		}
	}
	if got := orderOf([]string{"3/4/2022", "3/25/2022"}); got != monthFirst {
		t.Errorf("a column with 3/25 is %v", got)
	}
	if got := orderOf([]string{"3/25/2022", "25/3/2022"}); got != orderUnknown {
		t.Errorf("a column that contradicts itself is %v", got)
	}
}

func TestPlaceholdersAreUnknown(t *testing.T) {
	for _, s := range []string{"", "00:00", "00:00:00", "0:00"} {
		if _, known, err := parseClock(s); known || err != nil {
			t.Errorf("parseClock(%q) is known (%v)", s, err)
		}
	}
	if at, known, err := parseClock("13:05"); !known || err != nil || at != 13*time.Hour+5*time.Minute {
		t.Errorf("13:05 is %v, %v, %v", at, known, err)
	}
	if _, _, err := parseClock("25:00"); err == nil {
		t.Error("25:00 is a time")
	}
	for _, s := range [][2]string{{"", ""}, {"0", "0"}, {"0.0", "-0"}} {
		if p, err := parsePosition(s[0], s[1]); p != nil || err != nil {
			t.Errorf("%q is %v, %v", s, p, err)
		}
	}
	for _, s := range [][2]string{{"48.5", ""}, {"NaN", "1"}, {"inf", "1"}, {"0x10", "1"}, {"48,5,5", "1"}, {"200", "300"}} {
		if p, err := parsePosition(s[0], s[1]); err == nil {
			t.Errorf("%q is %v", s, p)
		}
	}
	if p, err := parsePosition("48,5", "-37.25"); err != nil || *p != (Position{48.5, -37.25}) {
		t.Errorf("a comma for the point: %v, %v", p, err)
	}
	if _, err := parsePosition("137.5", "48.5"); !errors.Is(err, errSwapped) {
		t.Errorf("swapped: %v", err)
	}
}

func TestNamesFromOutside(t *testing.T) {
	for _, bad := range []string{"", ".", "..", "a/../../b", "/a", `\a`, `\\host\a`, `C:\a`, "c:a", "~/a", "~root/a", "a:b", "a\x00b", strings.Repeat("a", 5000)} {
		if got, err := localName(bad); err == nil {
			t.Errorf("localName(%q) = %q", bad, got)
		}
	}
	for in, want := range map[string]string{"a": "a", "./a": "a", "a//b": "a/b", "a/./b": "a/b", "..a": "..a", "ab:c": "ab:c"} {
		if got, err := localName(in); got != want || err != nil {
			t.Errorf("localName(%q) = %q, %v", in, got, err)
		}
	}
	for in, want := range map[string]string{"photo.JPG": ".jpg", "a.tar.gz": ".gz", "a": "", "a.j/pg": "", "a.пдф": "", "a.jpeg2000x": ""} {
		if got := safeExtension(in); got != want {
			t.Errorf("safeExtension(%q) = %q, want %q", in, got, want)
		}
	}
	for in, want := range map[string]string{"..": "_", "con": "_con", "COM1.txt": "_COM1.txt", "a/b": "a_b", "\u202egpj": "_gpj", "": "_", "школа": "школа"} {
		if got := safeName(in); got != want {
			t.Errorf("safeName(%q) = %q, want %q", in, got, want)
		}
	}
	if foldedName("N\u0303.JPG") != foldedName("\u00f1.jpg") {
		t.Error("two spellings of one name are two")
	}
}

func hello(w io.Writer) error { _, err := io.WriteString(w, "hello"); return err }

func TestOutputIsWholeOrNotThere(t *testing.T) {
	dir := t.TempDir()
	target := filepath.Join(dir, "out.kml")
	o, err := NewOutput(target, false, false)
	if err != nil {
		t.Fatal(err)
	}
	if err := o.Write("", func(w io.Writer) error { hello(w); return errors.New("full disk") }); err == nil {
		t.Fatal("no error")
	}
	o.Discard()
	if entries, _ := os.ReadDir(dir); len(entries) > 0 {
		t.Errorf("left behind: %v", entries)
	}
	o, err = NewOutput(target, false, false)
	if err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(o.Write("", hello), o.Commit()); err != nil {
		t.Fatal(err)
	}
	if b, _ := os.ReadFile(target); string(b) != "hello" {
		t.Errorf("wrote %q", b)
	}
	if _, err := NewOutput(target, false, false); !errors.Is(err, ErrExists) {
		t.Errorf("a second export: %v", err)
	}
}

func TestOutputLeavesPeoplesFoldersAlone(t *testing.T) {
	dir := t.TempDir()
	mine := filepath.Join(dir, "mine")
	if err := errors.Join(os.Mkdir(mine, 0o700), os.WriteFile(filepath.Join(mine, "photo.jpg"), []byte("x"), 0o600)); err != nil {
		t.Fatal(err)
	}
	for _, overwrite := range []bool{false, true} {
		if _, err := NewOutput(mine, true, overwrite); !errors.Is(err, ErrExists) {
			t.Errorf("overwrite %v: %v", overwrite, err)
		}
	}
	bag := filepath.Join(dir, "bag")
	for i := range 2 {
		o, err := NewOutput(bag, true, i == 1)
		if err != nil {
			t.Fatal(err)
		}
		name := []string{"bagit.txt", "incidents.csv"}[i]
		if err := errors.Join(o.Write(name, hello), o.Commit()); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := os.Stat(filepath.Join(bag, "bagit.txt")); err == nil {
		t.Error("the old export is still there")
	}
	if entries, _ := os.ReadDir(dir); len(entries) != 2 {
		t.Errorf("left behind: %v", entries)
	}
}

func TestTableWithByteOrderMark(t *testing.T) {
	var b bytes.Buffer
	tab := newTable(&b, true, "a", "b")
	tab.row("=x", "é")
	if err := tab.close(); err != nil {
		t.Fatal(err)
	}
	if want := byteOrderMark + "a,b\r\n'=x,é\r\n"; b.String() != want {
		t.Errorf("wrote %q, want %q", b.String(), want)
	}
	s, err := readSheet(&b, nil)
	if err != nil || s.rows[0].cell(s.column("A")) != "=x" {
		t.Errorf("read %+v, %v", s, err)
	}
}
