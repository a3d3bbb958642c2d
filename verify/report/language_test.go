package report_test

import (
	"encoding/json"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/firsthand-media/firsthand/verify/locale"
	"github.com/firsthand-media/firsthand/verify/publish"
	"github.com/firsthand-media/firsthand/verify/report"
)

// in is the small case in a language.
func in(language string) report.Data { return inLanguage(language, smallCase()) }

// asSaid has, of what made cases say in short, the words of the program.
var asSaid = strings.NewReplacer(
	"1 entry says that the file was left out", "1 entry says that the file was left out of the export",
	"its caption names other places than that of channel/video_2.mp4", "its caption names Сарнопіль, as does that of channel/video_2.mp4",
	"both show the same picture", "the files are equal byte for byte", "the first shows a frame of the second", "the files are equal byte for byte",
	"two photographs of one place", "the files are equal byte for byte", "their moments agree in order", "the files are equal byte for byte",
)

func inLanguage(language string, d report.Data) report.Data {
	d.Words = locale.For(language)
	for i := range d.Findings {
		d.Findings[i].Message = asSaid.Replace(d.Findings[i].Message)
	}
	for i := range d.Matches {
		d.Matches[i].Why = asSaid.Replace(d.Matches[i].Why)
	}
	for _, inc := range d.Incidents {
		for _, m := range inc.Members {
			for i := range m.Reasons {
				m.Reasons[i].Message = asSaid.Replace(m.Reasons[i].Message)
			}
		}
	}
	return d
}

// pages are reports of each kind, with what a program says in each place.
func pages() map[string]report.Data {
	dossier := assessedCase()
	dossier.Only = []string{"I-aa0001"}
	public := assessedCase()
	public.Public, public.Leave = true, report.Sections()[3:6]
	public.Withheld = []publish.Withheld{{Count: 2, What: "names of accounts", Why: "they name people; the address of a public post is given where there is one"}}
	films := filmCase()
	films.Findings = nil
	return map[string]report.Data{"whole": smallCase(), "assessed": assessedCase(), "dossier": dossier, "public": public, "films": films}
}

func TestSmallCaseLooksAsAgreedInEveryLanguage(t *testing.T) {
	for _, l := range locale.Languages()[1:] {
		page := html(t, in(l.Tag))
		compareGolden(t, "small."+l.Tag+".golden.html", page)
		checkClosed(t, page)
		head := `<html lang="` + l.Tag + `"`
		if l.Direction == "rtl" {
			head += ` dir="rtl"`
		}
		if !strings.Contains(page, head+">") {
			t.Errorf("%s: the page does not say %s", l.Tag, head)
		}
	}
}

var (
	script   = regexp.MustCompile(`(?s)<style>.*?</style>|<symbol.*?</symbol>`)
	foreign  = regexp.MustCompile(`(?s)<(code|bdi|i)\b[^>]*>.*?</(code|bdi|i)>|<span class="(?:mono|letter|ab|no)[^"]*">[^<]*</span>`)
	sentence = regexp.MustCompile(`<bdi dir="(?:ltr|rtl)">`) // of the program, and addresses
	label    = regexp.MustCompile(`(?:aria-label|title)="([^"]*)"`)
	text     = regexp.MustCompile(`>([^<]+)<`)
	latin    = regexp.MustCompile(`[A-Za-z]{2,}`)
)

// said is every text of a page, and every label of what has no text, without
// names of files and what other people wrote.
func said(page string) []string {
	page = foreign.ReplaceAllString(sentence.ReplaceAllString(script.ReplaceAllString(page, ""), "<p>"), "")
	var out []string
	for _, m := range append(text.FindAllStringSubmatch(page, -1), label.FindAllStringSubmatch(page, -1)...) {
		if s := strings.TrimSpace(m[1]); s != "" {
			out = append(out, s)
		}
	}
	return out
}

// TestNoEnglishIsLeft reads all that a page says: neither Ukrainian nor Arabic
// is written in Latin letters, so that what has them has to be a name.
func TestNoEnglishIsLeft(t *testing.T) {
	names := regexp.MustCompile(`UTC|SHA-256|https://[^ ]+|Lower Street|Firsthand|firsthand test|VERIFY\.txt|Valley|Films|I-[A-Za-z]+\d+|(?:phone|chat|channel|web)(?:/[\w.-]+(?: \(1\))?)?|` +
		`embedded 1|native 5\.1\.9|QuickTime:CreateDate|empty-file|null-date|sidecar-file-omitted`)
	english := englishMessages(t)
	for _, l := range locale.Languages()[1:] {
		for kind, d := range pages() {
			texts := said(html(t, inLanguage(l.Tag, d)))
			if len(texts) < 100 {
				t.Fatalf("%s, %s: only %d texts", l.Tag, kind, len(texts))
			}
			for _, s := range texts {
				if english[s] {
					t.Errorf("%s, %s: an English message is left: %s", l.Tag, kind, s)
				} else if rest := names.ReplaceAllString(s, ""); latin.MatchString(rest) {
					t.Errorf("%s, %s: %q in: %s", l.Tag, kind, latin.FindString(rest), s)
				}
			}
		}
	}
}

// englishMessages are those of the report that are words.
func englishMessages(t *testing.T) map[string]bool {
	t.Helper()
	data, err := os.ReadFile(filepath.Join("..", "locale", "messages", "en", "report.json"))
	if err != nil {
		t.Fatal(err)
	}
	var all map[string]any
	if err := json.Unmarshal(data, &all); err != nil {
		t.Fatal(err)
	}
	out := map[string]bool{}
	for _, m := range all {
		if s, ok := m.(string); ok && latin.MatchString(s) && !strings.Contains(s, "{") {
			out[s] = true
		}
	}
	return out
}

// TestNumbersChooseTheirForms shows the forms that numbers need in the first
// sentence of a report.
func TestNumbersChooseTheirForms(t *testing.T) {
	for language, want := range map[string]map[int]string{
		"en": {1: "1 file;", 2: "2 files;", 5: "5 files;", 21: "21 files;"},
		"uk": {1: "1 файл;", 2: "2 файли;", 5: "5 файлів;", 11: "11 файлів;", 21: "21 файл;", 100: "100 файлів;"},
		"ar": {0: "لا ملفات؛", 1: "ملف واحد؛", 2: "ملفان؛", 5: "5 ملفات؛", 11: "11 ملفًا؛", 21: "21 ملفًا؛", 100: "100 ملف؛"},
	} {
		for n, words := range want {
			d := in(language)
			d.Sources, d.Items, d.Incidents, d.Matches = nil, d.Items[:0:0], nil, nil
			for i := range n {
				d.Items = append(d.Items, item(100+i, "image", "phone/IMG.jpg"))
			}
			if page := html(t, d); !strings.Contains(page, `<p class="summary">`+words) {
				t.Errorf("%s: %d files are not %q", language, n, words)
			}
		}
	}
}
