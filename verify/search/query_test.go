package search

import (
	"errors"
	"reflect"
	"strings"
	"testing"
)

func TestParse(t *testing.T) {
	for _, c := range []struct {
		text string
		want string // as it is written out again
	}{
		{"", ""},
		{"smoke", "smoke"},
		{"two  cars", "two cars"},
		{`"two cars"`, `"two cars"`},
		{`"smoke"`, `"smoke"`},
		{"«два авто» “two cars” „zwei“", `"два авто" "two cars" "zwei"`},
		{"source:«a b» 5” «", `source:"a b" 5” «`},
		{"\u200fحلب \u202a-source:a\u202c", "حلب -source:a\u202c"},
		{"source:telegram-a time:device has:gps -setaside", "source:telegram-a time:device has:gps -setaside:yes"},
		{"SOURCE:A", "source:A"},
		{`source:"a b","c,d",e`, `source:"a b","c,d",e`},
		{"pinned", "pinned:yes"},
		{`"pinned"`, `"pinned"`},
		{"https://example.org/a?b=c", "https://example.org/a?b=c"},
		{"14:30", "14:30"},
		{`-"a b"`, `-"a b"`},
		{"-", "-"},
		{`note:"say \"no\""`, `note:"say \"no\""`},
		{"before:2026-05-17T14:00+03:00", "before:2026-05-17T14:00+03:00"},
		{"near:49.99,36.23,2km", "near:49.99,36.23,2km"},
		{"харків", "харків"},
		{"a\u00a0b", "a b"},
	} {
		q, err := Parse(c.text)
		if err != nil || q.String() != c.want {
			t.Errorf("%q is read as %q, %v, want %q", c.text, q, err, c.want)
		}
	}
	for _, text := range []string{`"open`, `source:"open`, `""`, strings.Repeat("a ", MaxTerms+1), strings.Repeat("a", MaxBytes+1)} {
		var wrong *SyntaxError
		if _, err := Parse(text); !errors.As(err, &wrong) || wrong.From < 0 || wrong.To > len(text) {
			t.Errorf("%.20q: %v", text, err)
		}
	}
}

// A filter that is written out is read as the same, whatever was typed.
func FuzzParse(f *testing.F) {
	for _, text := range []string{
		"source:a,b -time:device", `"a b" -c d:e`, `note:"\"\\"`, "near:1,2,3km", "-", "--a", `a"b`, `x:"y"z`, "a,b", "setaside", "«a» -“b c” “d", "source:\"«a»\",«b»", "\u200f-a", "\xff:\xfe", `source:,"",`, "a://b",
	} {
		f.Add(text, 3)
	}
	f.Fuzz(func(t *testing.T, text string, cursor int) {
		if typing := At(text, cursor); typing.From < 0 || typing.To > len(text) || typing.From > typing.To {
			t.Fatalf("%q at %d: %+v", text, cursor, typing)
		}
		q, err := Parse(text)
		if err != nil {
			return
		}
		written := q.String()
		again, err := Parse(written)
		if err != nil && len(written) > MaxBytes {
			return // the quotes and marks that were added are over the bound
		}
		if err != nil {
			t.Fatalf("%q is written %q: %v", text, written, err)
		}
		if !reflect.DeepEqual(plain(q), plain(again)) {
			t.Fatalf("%q is %+v, written %q is %+v", text, plain(q), written, plain(again))
		}
		if filter, err := Compile(q, nil); err == nil {
			filter.Match(&Document{})
		}
	})
}

// plain is a query without the places where its terms stood.
func plain(q Query) []Term {
	out := make([]Term, len(q.Terms))
	for i, t := range q.Terms {
		out[i] = Term{Not: t.Not, Key: t.Key, Values: t.Values, Exact: t.Exact}
	}
	return out
}

func TestAt(t *testing.T) {
	for _, c := range []struct {
		text string // | is the cursor
		want Typing
	}{
		{"sou|", Typing{0, 3, "", "sou"}},
		{"smoke sou|rce:a", Typing{6, 14, "", "sou"}},
		{"source:tele|", Typing{7, 11, "source", "tele"}},
		{"-source:a,te| x", Typing{10, 12, "source", "te"}},
		{`source:"a b|`, Typing{7, 11, "source", "a b"}},
		{`"two c|ars" x`, Typing{0, 10, "", "two c"}},
		{"|", Typing{}},
		{"a |", Typing{2, 2, "", ""}},
	} {
		before, after, _ := strings.Cut(c.text, "|")
		if got := At(before+after, len(before)); got != c.want {
			t.Errorf("%s: %+v, want %+v", c.text, got, c.want)
		}
	}
}
