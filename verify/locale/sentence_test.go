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

// small is a catalogue of few messages: of a language's forms and numbers, and
// with words of its own.
func small(t *testing.T, tag string, messages map[string]message) *Catalogue {
	t.Helper()
	c := &Catalogue{Language: For(tag).Language, tag: For(tag).tag, messages: messages}
	for _, key := range []string{"list.comma", "list.and", "date.may"} {
		messages[key] = For(tag).messages[key]
	}
	return c
}

func TestSentence(t *testing.T) {
	en := small(t, "en", map[string]message{
		"sentence.chain.any-any": {other: "{any}; {any2}"},
		"sentence.chain.path":    {other: "{path}: {any}"},
		"sentence.file.empty":    {other: "the file is empty"},
		"sentence.file.copy":     {other: "copy of {path}"},
		"sentence.file.unread":   {other: "the file cannot be read: {any}"},
		"sentence.file.pinned":   {one: "{n} file is pinned", other: "{n} files are pinned"},
		"sentence.file.caption":  {other: "its caption names {text}, and that of {file} {text2}"},
		"sentence.moved.mirror":  {other: "mirrored"},
		"sentence.moved.size":    {other: "at {x} times the size"},
		"sentence.match.moved":   {other: "the same picture, {listMoved}: {blocks}"},
		"sentence.blocks.agree":  {other: "{n} of {n2} blocks agree"},
		"sentence.when.time":     {other: "{time}"},
		"sentence.when.unknown":  {other: "{time}, zone unknown"},
		"sentence.given.beside":  {other: "side by side"},
	})
	uk := small(t, "uk", map[string]message{
		"sentence.chain.any-any": {other: "{any}; {any2}"},
		"sentence.chain.path":    {other: "{path} — {any}"},
		"sentence.file.empty":    {other: "файл порожній"},
		"sentence.file.copy":     {other: "копія {path}"},
		"sentence.file.unread":   {other: "файл не прочитати: {any}"},
		"sentence.file.pinned":   {one: "закріплено {n} файл", "few": "закріплено {n} файли", "many": "закріплено {n} файлів", other: "закріплено {n} файлу"},
		"sentence.file.caption":  {other: "у підписі {text}, а в {file} — {text2}"},
		"sentence.moved.mirror":  {other: "віддзеркалене"},
		"sentence.moved.size":    {other: "в масштабі {x}"},
		"sentence.match.moved":   {other: "те саме зображення, {listMoved}: {blocks}"},
		"sentence.blocks.agree":  {other: "збігаються {n} з {n2} блоків"},
		"sentence.when.time":     {other: "{time}"},
		"sentence.when.unknown":  {other: "{time}, пояс невідомий"},
		"sentence.given.beside":  {other: "поруч"},
	})
	uk.english = en
	g := compile(en)
	for _, test := range []struct{ english, family, ukrainian string }{
		{"the file is empty", "", "файл порожній"},
		{"The file is empty.", "", "Файл порожній."},
		{"copy of telegram/the file is empty.jpg", "", "копія telegram/the file is empty.jpg"},
		{"copy of a/b.jpg; the file is empty", "", "копія a/b.jpg; файл порожній"},
		{"the same picture, mirrored and at 0.5 times the size: 1,200 of 1400 blocks agree", "", "те саме зображення, віддзеркалене і в масштабі 0,5: збігаються 1\u00a0200 з 1\u00a0400 блоків"},
		{"its caption names Rynok, and that of x/a b [1].mp4 Зелена Гора", "", "у підписі Rynok, а в x/a b [1].mp4 — Зелена Гора"},
		{"the file cannot be read: the file is empty", "", "файл не прочитати: файл порожній"},
		{"the file cannot be read: strange sign at 3", "", "файл не прочитати: strange sign at 3"},
		{"1 file is pinned", "", "закріплено 1 файл"},
		{"5 files are pinned", "", "закріплено 5 файлів"},
		{"22 files are pinned", "", "закріплено 22 файли"},
		{"16 May 2026 14:02:11 +03:00, zone unknown", "", "16 травня 2026 14:02:11 +03:00, пояс невідомий"},
		{"side by side", "given", "поруч"},
		{"side by side", "", ""},
		{"the file is empty", "given", ""},
		{"1 files are pinned", "", ""},
		{"the file cannot be understood by anybody", "", ""},
	} {
		r, ok := g.recognise(test.family, test.english)
		if test.ukrainian == "" {
			if ok {
				t.Errorf("%q of the family %q is taken for %s", test.english, test.family, r.key)
			}
			continue
		}
		if !ok {
			t.Errorf("%q is not recognised", test.english)
			continue
		}
		if got := r.in(uk); got != test.ukrainian {
			t.Errorf("%q\nis  %q\nnot %q", test.english, got, test.ukrainian)
		}
		if got := r.in(en); got != test.english {
			t.Errorf("in English %q is %q", test.english, got)
		}
	}
}

func TestUnknownTextComesBackAsItIs(t *testing.T) {
	for _, text := range []string{"", "an unheard-of sentence", strings.Repeat("the file is empty; ", longestSentence)} {
		for _, tag := range tags {
			if got := For(tag).Sentence(text); got != text {
				t.Errorf("%.40q is %.40q in %s", text, got, tag)
			}
		}
	}
}

// TestWholeSentencesOfTheProgram are some that have much in them: nothing of
// them may stay in English.
func TestWholeSentencesOfTheProgram(t *testing.T) {
	for _, text := range []string{
		"both show the same picture, the second mirrored and at 0.5 times the size: 1 keypoint and 12 of 14 textured blocks agree, hash distance 3 of 64; the first differs in the upper left corner, the middle and 2 more places; found by way of another copy",
		"position of A/B.JPG; named in captions: Rynok, Luka",
		"(1) the middle of both (3\u00a0%); (2) the lower half of A; and 1 more",
		"Device clock (16 May 2026 14:02:11, zone unknown) and file name (2 May 2026 +03:00) lie at least 14 d 2 h apart: at most one of them is when it was made",
		"Of 6 questions, 3 are supported (B1, B2 and C1) and 1 is contradicted (D4).",
		"taken for the origin because it shows more than the other and it was there earlier, by trusted times; against it: it has fewer bytes for the same picture",
	} {
		for _, tag := range tags[1:] {
			if got := For(tag).Sentence(text); strings.ContainsFunc(got, func(r rune) bool { return r >= 'a' && r <= 'z' && !strings.ContainsRune("ynokua", r) }) {
				t.Errorf("%q is %q in %s", text, got, tag)
			}
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
