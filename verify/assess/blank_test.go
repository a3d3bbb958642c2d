package assess

import (
	"bytes"
	"encoding/csv"
	"strings"
	"testing"

	"github.com/firsthand-media/firsthand/verify"
)

// A sheet that was written empty and filled in a spreadsheet says what was
// filled in, of the right item, and nothing else.
func TestBlankFilledIn(t *testing.T) {
	one, two := verify.Digest(strings.Repeat("ab", 32)), verify.Digest(strings.Repeat("cd", 32))
	var b bytes.Buffer
	if err := WriteBlank(&b, []Blank{{one, "канал/фото, 1.jpg"}, {two, "=channel/photo 2.jpg"}}); err != nil {
		t.Fatal(err)
	}
	empty, err := ParseSheets(b.Bytes())
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range empty {
		if a := f.Act(); len(a.Answers)+len(a.Claims) != 0 || a.Conclusion != "" || a.Done {
			t.Errorf("an empty sheet of %s says %+v", f.Item, a)
		}
	}
	rows, err := csv.NewReader(bytes.NewReader(b.Bytes())).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	if want := 1 + 2*(len(Steps())-1+len(Subjects())+1); len(rows) != want { // a second review is not answered
		t.Errorf("%d rows, want %d", len(rows), want)
	}
	column := map[string]int{}
	for i, name := range rows[0] {
		column[name] = i
	}
	for _, r := range rows[1:] {
		if r[column["item"]] != string(two) {
			continue
		}
		switch {
		case r[column["step"]] == "E2":
			r[column["answer"]], r[column["note"]] = "pass", "three cranes"
		case r[column["claim"]] == "where":
			r[column["grade"]], r[column["basis"]] = "probable", "the bend of the brook"
		case r[column["step"]]+r[column["claim"]] == "":
			r[column["conclusion"]] = "partly_verified"
		}
	}
	var filled bytes.Buffer
	if err := csv.NewWriter(&filled).WriteAll(rows); err != nil {
		t.Fatal(err)
	}
	sheets, err := ParseSheets(filled.Bytes())
	if err != nil {
		t.Fatal(err)
	}
	if len(sheets) != 2 || sheets[0].Item != "канал/фото, 1.jpg" || sheets[1].Item != string(two) {
		t.Fatalf("the sheets are of %+v", sheets)
	}
	a := sheets[1].Act()
	if len(a.Answers) != 1 || a.Answers[0].Step != "E2" || a.Answers[0].Note != "three cranes" || len(a.Claims) != 1 || a.Claims[0].Grade != Probable || a.Conclusion != "partly_verified" {
		t.Errorf("the filled sheet says %+v", a)
	}
	if a := sheets[0].Act(); len(a.Answers)+len(a.Claims) != 0 || a.Conclusion != "" {
		t.Errorf("the sheet that stayed empty says %+v", a)
	}
}
