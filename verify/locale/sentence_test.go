package locale

import (
	"maps"
	"slices"
	"strings"
	"testing"
)

// samples are texts that stand in a gap of each sort.
var samples = map[sort]string{
	whole: "3", decimal: "0.25", degrees: "46.4866", file: "telegram/c.jpg", id: "B1", moment: "2 Jan 2026 14:02:11 +03:00", verbatim: "telegram/a b.jpg", anything: "the file is empty",
}

// sample writes an English sentence of a pattern, with fragments of the first
// pattern of each family.
func (g *grammar) sample(p *pattern, depth int) string {
	var out strings.Builder
	for i, at := range p.gaps {
		out.WriteString(p.words[i])
		switch {
		case at.sort == fragment, at.sort == list:
			family := g.families[at.family]
			out.WriteString(g.sample(family[depth%len(family)], depth+1))
		case at.name == "n" && p.form == one:
			out.WriteString("1")
		default:
			out.WriteString(samples[at.sort])
		}
	}
	out.WriteString(p.words[len(p.gaps)])
	return out.String()
}

func TestEveryPatternIsRecognisedAndSaidAgain(t *testing.T) {
	g := sentences()
	for _, family := range slices.Sorted(maps.Keys(g.families)) {
		for i, p := range g.families[family] {
			if p.fitsAll() {
				continue
			}
			text := g.sample(p, i)
			r, ok := g.recognise(family, text)
			if !ok {
				t.Errorf("%s: not recognised: %s", p.key, text)
				continue
			}
			if again := r.in(g.english); again != text {
				t.Errorf("%s: %q is said again as %q by %s", p.key, text, again, r.key)
			}
		}
	}
}

func TestSentence(t *testing.T) {
	uk, en := For("uk"), For("en")
	for _, test := range []struct{ english, ukrainian string }{
		{"the file is empty", "файл порожній"},
		{"The file is empty.", "Файл порожній."},
		{"copy of telegram/the file is empty.jpg", "копія telegram/the file is empty.jpg"},
		{
			"both show the same picture, the second mirrored and at 0.5 times the size: 1 keypoint and 12 of 14 textured blocks agree, hash distance 3 of 64; the first differs in the upper left corner, the middle and 2 more places; found by way of another copy",
			"на обох те саме зображення, друге віддзеркалене і в масштабі 0,5: 1 ключова точка; збігаються 12 з 14 блоків із текстурою, відстань хешів 3 з 64; перше відрізняється тут: верхній лівий кут, середина і ще 2 місця; виявлено через іншу копію",
		},
		{"its caption names Rynok, but that of x/a b [1].mp4 Зелена Гора", "у підписі названо Rynok, але в підписі x/a b [1].mp4 — Зелена Гора"},
		{"position of a/b.jpg; named in captions: Rynok, Luka", "координати a/b.jpg; названо в підписах: Rynok, Luka"},
		{"(1) the middle of both (3\u00a0%); (2) the lower half of A; and 1 more", "(1) середина на обох (3\u00a0%); (2) нижня половина на A; і ще 1"},
		{
			"Device clock (16 May 2026 14:02:11, zone unknown) and file name (2 May 2026 +03:00) lie at least 14 d 2 h apart: at most one of them is when it was made",
			"Годинник пристрою (16 травня 2026 14:02:11, часовий пояс невідомий) і назва файлу (2 травня 2026 +03:00) розходяться щонайменше на 14\u00a0дн. 2\u00a0год: щонайбільше одне з них — час створення",
		},
		{"5 files are pinned", "5 файлів закріплено"},
		{"1 file is pinned", "1 файл закріплено"},
		{"16 May 2026 14:02:11 +03:00", "16 травня 2026 14:02:11 +03:00"},
		{"Of 6 questions, 3 are supported (B1, B2 and C1) and 1 is contradicted (D4).", "Усього запитань 6: 3 з відповіддю «свідчить за» (B1, B2 і C1) і 1 з відповіддю «свідчить проти» (D4)."},
		{"entry 3 (pin, by Ada; the file is empty) is taken back", "запис 3 (закріплення, Ada; the file is empty) відкликано"},
		{"the file cannot be understood by anybody", "the file cannot be understood by anybody"},
		{"", ""},
	} {
		if got := uk.Sentence(test.english); got != test.ukrainian {
			t.Errorf("%q\nis  %q\nnot %q", test.english, got, test.ukrainian)
		}
		if got := en.Sentence(test.english); got != test.english {
			t.Errorf("in English %q is %q", test.english, got)
		}
	}
}

func TestSentenceOfAFamilyLeavesOthersAlone(t *testing.T) {
	uk := For("uk")
	for text, want := range map[string]string{
		"compared side by side": "порівняно поруч",
		"the file is empty":     "the file is empty",
	} {
		if got := uk.SentenceOf("given", text); got != want {
			t.Errorf("%q is %q, not %q", text, got, want)
		}
	}
}

// TestValuesKeepTheirDirection wants other people's text and times set apart in
// a language that is written from the right, and nothing in them to end that.
func TestValuesKeepTheirDirection(t *testing.T) {
	ar := For("ar")
	if got := ar.Sentence("copy of a/\u2069b.jpg"); !strings.HasSuffix(got, " \u2068a/⟨U+2069⟩b.jpg\u2069") {
		t.Errorf("a path is set as %q", got)
	}
	if got := ar.Sentence("16 May 2026 14:02:11 +03:00"); !strings.HasSuffix(got, " \u20662026 14:02:11 +03:00\u2069") {
		t.Errorf("a time is set as %q", got)
	}
}

// TestHostileTextEnds gives texts that fit the beginning of many patterns in
// many ways.
func TestHostileTextEnds(t *testing.T) {
	for _, part := range []string{"; ", ": ", " and ", ", ", "copy of ", "the first is shown in the second from ", " to 0:01, there "} {
		text := strings.Repeat("the first differs in the middle"+part, longestSentence/(31+len(part)))
		m := sentences().matching(text)
		m.phrase("", stretch{0, len(text)})
		if m.steps > 2*mostSteps {
			t.Errorf("%q: %d steps", part, m.steps)
		}
	}
}

func FuzzSentence(f *testing.F) {
	g := sentences()
	for i := 0; i < len(g.all); i += 20 {
		f.Add(g.sample(g.all[i], i))
	}
	f.Add("The file is empty.; 1 file is pinned: \u2068a and b, c")
	f.Fuzz(func(t *testing.T, text string) {
		if len(text) > longestSentence {
			return
		}
		r, ok := g.recognise("", text)
		if !ok {
			return
		}
		if again := r.in(g.english); again != text {
			t.Errorf("%q is said again as %q", text, again)
		}
		for _, tag := range tags[1:] {
			if first, second := For(tag).Sentence(text), For(tag).Sentence(text); first != second {
				t.Errorf("%q is %q, then %q", text, first, second)
			}
		}
	})
}
