package incident

import (
	"strings"
	"testing"
)

func TestNamesMeetAcrossScriptsAndEndings(t *testing.T) {
	for _, same := range [][]string{
		{"Avdiivka", "Авдіївка", "Авдеевка", "авдеевке", "АВДЕЕВКУ"},
		{"Kharkiv", "Харків", "Харьков", "Харкові", "Харьковом"},
		{"Chernihiv", "Чернігів", "Чернигов"},
		{"Kyiv", "Київ", "Киев", "Києві", "Киеве"},
		{"Sloviansk", "Слов'янськ", "Славянск", "Слов’янську"},
		{"Zaporizhzhia", "Запоріжжя", "Запорожье"},
		{"Sumy", "Суми", "Сумы"},
		{"حلب", "بحلب", "وحلب"},
	} {
		want := nameKey(strings.ToLower(same[0]))
		for _, s := range same[1:] {
			got := nameKey(strings.ToLower(s))
			if got != want && !(len(got) == len(want)+1 && strings.HasPrefix(got, want)) {
				t.Errorf("%s is %q, %s is %q", same[0], want, s, got)
			}
		}
	}
	for _, pair := range [][2]string{{"Bakhmut", "Kramatorsk"}, {"Kyiv", "Lviv"}, {"Sumy", "Izium"}, {"Харків", "Херсон"}, {"حلب", "حمص"}} {
		if a, b := nameKey(strings.ToLower(pair[0])), nameKey(strings.ToLower(pair[1])); a == b {
			t.Errorf("%s and %s are both %q", pair[0], pair[1], a)
		}
	}
}

func TestWhichWordsAreNames(t *testing.T) {
	tests := map[string]string{
		"Aftermath of the attack, hospital, Avdiivka": "avdiivka",
		"Rescue work goes on at the hospital":         "",
		"Avdiivka: strike hit a hospital":             "avdiivka",
		"#Avdiivka #Ukraine":                          "avdiivka ukraine",
		"Жах... Авдіївка. Влучання: лікарня":          "авдіївка влучання",
		"": "",
		// Scripts without capitals: a name is where the caption says so.
		"خزان جوربين بلا ماء":       "",
		"غارة جوية على سوق شعبي":    "",
		"سراقب: غارة على السوق":     "سراقب",
		"قصف على بلدة كفرنبل اليوم": "كفرنبل",
		"غارات #سراقب":              "سراقب",
		"קרית שמונה: פגיעה":         "",
	}
	for caption, want := range tests {
		var got []string
		for _, w := range words(caption) {
			if w.name {
				got = append(got, w.text)
			}
		}
		if s := strings.Join(got, " "); s != want {
			t.Errorf("%q names %q, want %q", caption, s, want)
		}
	}
}

func TestLexicon(t *testing.T) {
	l := newLexicon()
	for _, same := range [][]string{{"hospital", "лікарні", "больницу", "مستشفى"}, {"school", "школу", "школою"}, {"church", "церкву", "церкви"}} {
		want := l.object(fold(same[0]))
		for _, s := range same {
			if got := l.object(fold(s)); got == 0 || got != want {
				t.Errorf("%s is object %b, %s is %b", same[0], want, s, got)
			}
		}
	}
	for _, name := range []string{"avdiivka", "бахмут", "мерефа", "izium", "حلب"} {
		if f := fold(name); l.object(f) != 0 || l.isIgnored(f) || l.isRoutine(f) {
			t.Errorf("%s is taken for a common word", name)
		}
	}
}

func FuzzWords(f *testing.F) {
	f.Add("Авдіївка: strike hit a лікарня #Ukraine")
	f.Add("بحلب \u202e\ufeff 'ʼ-- …")
	f.Fuzz(func(t *testing.T, s string) {
		got := words(s)
		if len(got) > maxWords {
			t.Fatalf("%d words", len(got))
		}
		for _, w := range got {
			if w.key == "" || w.text == "" {
				t.Fatalf("empty word in %q", s)
			}
		}
	})
}
