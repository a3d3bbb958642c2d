package assess

import (
	"encoding/json"
	"reflect"
	"strings"
	"testing"
)

func TestParseSheets(t *testing.T) {
	pass := []Answer{{Step: "E2", Answer: Pass, Note: "a, b", Evidence: []Evidence{{FrameMS: ptr(int64(1200))}, {URL: "https://x/a;b"}}, Minutes: 3}}
	for _, c := range []struct {
		name, text string
		want       []Filled
		fails      string
	}{
		{"an object", `{"item":"a","answers":[{"step":"E2","answer":"pass","note":"a, b","evidence":[{"frame_ms":1200},{"url":"https://x/a;b"}],"minutes":3}],"handed_in":true}`,
			[]Filled{{Item: "a", Answers: pass, Done: true}}, ""},
		{"one a line", "{\"item\":\"a\"}\n{\"item\":\"b\",\"conclusion\":\"staged\"}\n", []Filled{{Item: "a"}, {Item: "b", Conclusion: Staged}}, ""},
		{"a list", `[{"item":"a"},{"item":"b"}]`, []Filled{{Item: "a"}, {Item: "b"}}, ""},
		{"CSV", "\xef\xbb\xbfitem,Step,answer,note,evidence,minutes\r\na,e2,PASS,\"a, b\",frame_ms=1200; url=https://x/a;b,3\r\n", []Filled{{Item: "a", Answers: pass}}, ""},
		{"CSV, two items, a formula undone", "item,claim,grade,basis,limits\na,where,confirmed,x; y,'=1\nb,,,,\na,when,probable,,\n",
			[]Filled{{Item: "a", Claims: []Claim{{Claim: Where, Grade: Confirmed, Basis: []string{"x", "y"}}, {Claim: When, Grade: Probable}}, Limits: "=1"}, {Item: "b"}}, ""},
		{"nothing", " \n", nil, "is empty"},
		{"an unknown key", `{"item":"a","anwsers":[]}`, nil, `unknown field "anwsers"`},
		{"more after a list", `[] []`, nil, "more follows"},
		{"an unknown column", "item,color\na,red\n", nil, `column 2 of the sheet is "color"`},
		{"a column twice", "step,step\nA1,A2\n", nil, "each once"},
		{"no rows", "step,answer\n", nil, "no rows"},
		{"a ragged row", "step,answer\nA1\n", nil, "row 2"},
		{"an answer to nothing", "step,answer\n,pass\n", nil, "row 2 of the sheet: an answer stands without a step"},
		{"a grade of nothing", "claim,grade\n,probable\n", nil, "without a claim"},
		{"evidence of no kind", "step,answer,evidence\nA1,pass,see there\n", nil, "is no evidence"},
		{"a region of three numbers", "step,answer,evidence\nA1,pass,\"file_region=0,0,1\"\n", nil, "is no region"},
		{"minutes in words", "step,answer,minutes\nA1,pass,three\n", nil, "no number of minutes"},
	} {
		got, err := ParseSheets([]byte(c.text))
		if c.fails != "" {
			if err == nil || !strings.Contains(err.Error(), c.fails) {
				t.Errorf("%s: got %v, want %q", c.name, err, c.fails)
			}
			continue
		}
		if err != nil || !reflect.DeepEqual(got, c.want) {
			t.Errorf("%s: %v, got\n%+v\nwant\n%+v", c.name, err, got, c.want)
		}
	}
}

// Whatever the file holds, reading it ends, and what was read is written and
// read again as it is.
func FuzzParseSheets(f *testing.F) {
	for _, s := range []string{
		`{"item":"a","answers":[{"step":"E2","answer":"pass","evidence":[{"file_region":[0,0,1,1]}]}]}`, `[{"item":"a","marks":{"graphic_level":3}}]`,
		"item,step,answer,evidence\na,E2,pass,url=x;frame_ms=1\n", "claim,grade,value,basis\nwhere,probable,\"1,2\",a;b\n", "[", "{", "\"", "step\n\x00",
	} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		sheets, err := ParseSheets(data)
		if err != nil {
			if sheets != nil || strings.Contains(err.Error(), "\n") {
				t.Fatalf("a failure of more than one line, or with sheets: %q", err)
			}
			return
		}
		text, err := json.Marshal(sheets)
		if err != nil {
			return // numbers that JSON cannot hold; Permit refuses them
		}
		again, err := ParseSheets(text)
		if err != nil || len(again) != len(sheets) {
			t.Fatalf("%v: %d sheets, then %d", err, len(sheets), len(again))
		}
		for i := range sheets {
			a := sheets[i].Act()
			a.By, a.Item, a.Round = "Ada", photo, First
			_ = Permit(nil, a)
		}
	})
}

// Texts that a person types as values are read or refused, and what is read
// can be checked and kept.
func FuzzSetField(f *testing.F) {
	for _, s := range [][2]string{{"killed", "2-5"}, {"position", "50,30"}, {"related", "A:same_attack"}, {"sources", `[{"id":"a"}]`}, {"area_type", "residential;military"}, {"title_i18n.uk", "x"}, {"graphic_level", "3"}} {
		f.Add(s[0], s[1])
	}
	f.Fuzz(func(t *testing.T, field, value string) {
		was := Record{Incident: "A"}
		is, err := was.Set(field, value)
		if err != nil || is.Check() != nil {
			return
		}
		c, differs, err := Diff(was, is)
		if err != nil || !differs {
			return
		}
		book, err := NewBook(nil)
		if err != nil {
			t.Fatal(err)
		}
		c.By = "Ada"
		if err := book.Enter(c); err != nil {
			t.Fatalf("%s=%q was taken, and cannot be kept: %v", field, value, err)
		}
		if _, err := ParseRange(value); err == nil {
			r, _ := ParseRange(value)
			if again, err := ParseRange(r.String()); err != nil || r.String() != again.String() {
				t.Fatalf("%q is %q and then %q (%v)", value, r, again, err)
			}
		}
	})
}
