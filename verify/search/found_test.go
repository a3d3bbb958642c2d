package search

import (
	"os"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/firsthand-media/firsthand/verify/gazetteer"
)

// What a person types finds what another wrote, and nothing besides. Each line
// of testdata/found.txt is a filter, "finds" or "misses", and a text; texts
// that look alike are written with \u.
func TestFoundAsAPersonTypes(t *testing.T) {
	table, err := os.ReadFile("testdata/found.txt")
	if err != nil {
		t.Fatal(err)
	}
	pairs := 0
	for at, line := range strings.Split(string(table), "\n") {
		if line == "" || strings.HasPrefix(line, "//") {
			continue
		}
		parts := strings.Split(line, " | ")
		if len(parts) != 3 || parts[1] != "finds" && parts[1] != "misses" {
			t.Fatalf("line %d is no pair: %s", at+1, line)
		}
		asked, text, want := unescaped(t, parts[0]), unescaped(t, parts[2]), parts[1] == "finds"
		d := Document{Texts: Texts{Caption: Indexed(text)}}
		f := ask(t, asked, gazetteer.World)
		if got := f.Match(&d); got != want {
			t.Errorf("line %d: %s", at+1, line)
		}
		if !strings.HasPrefix(asked, "-") && f.Stands(text) != want && !strings.Contains(asked, " ") {
			t.Errorf("line %d: shown otherwise than found: %s", at+1, line)
		}
		pairs++
	}
	if pairs < 150 {
		t.Errorf("only %d pairs were read", pairs)
	}
}

// unescaped writes out \u0301 and the like.
func unescaped(t *testing.T, s string) string {
	t.Helper()
	var b strings.Builder
	for {
		before, rest, ok := strings.Cut(s, `\u`)
		b.WriteString(before)
		if !ok {
			return b.String()
		}
		var r rune
		for i := range 4 {
			r = r<<4 | rune(strings.IndexByte("0123456789abcdef", rest[i]))
		}
		if !utf8.ValidRune(r) {
			t.Fatalf("no character: %s", s)
		}
		b.WriteRune(r)
		s = rest[4:]
	}
}

func ask(t *testing.T, text string, places Places) Filter {
	t.Helper()
	q, err := Parse(text)
	if err != nil {
		t.Fatalf("%s: %v", text, err)
	}
	f, err := Compile(q, places)
	if err != nil {
		t.Fatalf("%s: %v", text, err)
	}
	return f
}

// Words may stand in different texts of one item, in any order.
func TestWordsAcrossTexts(t *testing.T) {
	d := Document{
		Texts: Texts{Name: Indexed("IMG_0431.JPG"), Path: Indexed("телефон/IMG_0431.JPG"), Caption: Indexed("На ринку біля мосту"), Place: Indexed("Lviv")},
		Marks: Marks{TagText: Indexed("дим"), Notes: Indexed("الجسر القديم")},
	}
	for asked, want := range map[string]bool{
		"міст 0431": true, "0431.jpg ринок": true, "дим جسر img": true, "телефон Львів": true, "0431 -дим": false, "міст вокзал": false,
		`"0431 на ринку"`: false, "place:Львов": true, "place:Харків": false, "caption:ринок": true, "name:телефон": false, "path:телефон": true,
		"note:جسر": true, "-place:Львов": false,
	} {
		f := ask(t, asked, gazetteer.World)
		if f.Match(&d) != want {
			t.Errorf("%s: want %v", asked, want)
		}
	}
	if got := (&Filter{words: []*needle{newNeedle("міст", false), newNeedle("img", false)}}).Found(&d); strings.Join(got, " ") != "path caption" {
		t.Errorf("found in %v", got)
	}
}

// A place that only the case knows is found by its other names.
func TestPlacesOfTheCaseAreFound(t *testing.T) {
	world, err := gazetteer.World()
	if err != nil {
		t.Fatal(err)
	}
	own := world.With([]gazetteer.Own{{Name: "Старий причал", Variants: []string{"Old Pier"}, Lat: 46, Lon: 30}})
	d := Document{Texts: Texts{Caption: Indexed("дим над Старим причалом")}}
	for asked, want := range map[string]bool{"old pier": true, "pier old": false, `"old pier"`: false, "-old pier": false} {
		f := ask(t, asked, func() (*gazetteer.Gazetteer, error) { return own, nil })
		if f.Match(&d) != want {
			t.Errorf("%s: want %v", asked, want)
		}
	}
}

// A filter without one of its terms finds what one finds that was typed so.
func TestWithoutAndSetAside(t *testing.T) {
	docs := []Document{{Texts: Texts{Caption: "міст"}}, {Texts: Texts{Caption: "дим"}}, {Texts: Texts{Caption: "міст"}, Marks: Marks{SetAside: true}}}
	f := ask(t, "мости дим", nil)
	without, aside := f.Without(1), ask(t, "мости", nil)
	aside = aside.SetAside()
	for i, want := range []bool{true, false, false} {
		if without.Match(&docs[i]) != want || f.MatchBut(&docs[i], 1) != want {
			t.Errorf("%d: want %v", i, want)
		}
	}
	if aside.Match(&docs[0]) || !aside.Match(&docs[2]) {
		t.Error("what is set aside is not what is found")
	}
	if got := aside.Query.String(); got != "мости setaside:yes" {
		t.Errorf("read as %q", got)
	}
}

func BenchmarkMatch(b *testing.B) {
	d := Document{Texts: Texts{
		Path:    Indexed("telegram-a/photos/2026-05/photo_0431@16-05-2026_14-02-11.jpg"),
		Caption: Indexed(strings.Repeat("Сьогодні вранці на околиці міста чули гучні вибухи, горить склад, пожежники на місці. ", 3)),
	}}
	for name, text := range map[string]string{"word": "автобус", "quoted": `"автобус"`, "place": "Kharkiv", "two": "жовтий автобус"} {
		q, err := Parse(text)
		if err != nil {
			b.Fatal(err)
		}
		f, err := Compile(q, gazetteer.World)
		if err != nil {
			b.Fatal(err)
		}
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				f.Match(&d)
			}
		})
	}
}
