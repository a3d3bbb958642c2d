package report_test

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/firsthand-media/firsthand/extract"
	"github.com/firsthand-media/firsthand/extract/source"
	"github.com/firsthand-media/firsthand/verify"
	"github.com/firsthand-media/firsthand/verify/report"
)

var update = flag.Bool("update", false, "write the golden files anew; read the difference before you keep it")

func TestSmallCaseLooksAsAgreed(t *testing.T) {
	compareGolden(t, "small.golden.html", html(t, smallCase()))
}

// compareGolden holds a page against the one that was agreed on.
func compareGolden(t *testing.T, name, got string) {
	t.Helper()
	path := filepath.Join("testdata", name)
	if *update {
		if err := os.WriteFile(path, []byte(got), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if got == string(want) {
		return
	}
	g, w := strings.Split(got, "\n"), strings.Split(string(want), "\n")
	for i := range min(len(g), len(w)) {
		if g[i] != w[i] {
			t.Fatalf("%s: line %d differs (go test ./verify/report -update writes it anew):\n got %s\nwant %s", name, i+1, g[i], w[i])
		}
	}
	t.Fatalf("%s: %d lines, want %d", name, len(g), len(w))
}

func TestSameCaseGivesSameBytes(t *testing.T) {
	first := html(t, smallCase())
	local := time.Local
	defer func() { time.Local = local }()
	for _, zone := range []string{"Asia/Tokyo", "America/New_York"} {
		loc, err := time.LoadLocation(zone)
		if err != nil {
			t.Skipf("no time zones on this machine: %v", err)
		}
		time.Local = loc
		d := smallCase()
		d.Generated = d.Generated.In(loc)
		slices.Reverse(d.Incidents)
		slices.Reverse(d.Items)
		slices.Reverse(d.Findings)
		if html(t, d) != first {
			t.Errorf("the report differs in %s, or with its input in another order", zone)
		}
	}
}

var (
	tag       = regexp.MustCompile(`<(/?[a-zA-Z!][a-zA-Z0-9]*)([^<>]*)>?`) // text of others has no < and attributes no >
	attribute = regexp.MustCompile(`([a-z:-]+)="([^"]*)"`)
)

const knownTags = " !doctype html head meta title style body a p header h1 h2 h3 h4 h5 section nav ul li dl dt dd div table thead tbody tr th td " +
	"span strong bdi i figure figcaption details summary article br code svg rect line path circle polygon text symbol image use "

// checkClosed fails where the page could run, load or lead elsewhere, or
// where a link of it leads nowhere.
func checkClosed(t *testing.T, page string) {
	t.Helper()
	ids, links := map[string]bool{}, []string{}
	for _, m := range tag.FindAllStringSubmatch(page, -1) {
		if !strings.Contains(knownTags, " "+strings.TrimPrefix(m[1], "/")+" ") {
			t.Errorf("the page has a <%s>", m[1])
		}
		for _, a := range attribute.FindAllStringSubmatch(m[2], -1) {
			switch name, value := a[1], a[2]; name {
			case "id":
				if ids[value] {
					t.Errorf("the anchor %q is there twice", value)
				}
				ids[value] = true
			case "href", "aria-labelledby":
				if m[1] != "image" {
					links = append(links, value)
				} else if !strings.HasPrefix(value, "data:image/jpeg;base64,") {
					t.Errorf("the page loads %q", value)
				}
			case "src":
				t.Errorf("the page loads %q", value)
			case "style", "srcset", "action", "data", "poster":
				t.Errorf("the page has an attribute %s", name)
			default:
				if strings.HasPrefix(name, "on") {
					t.Errorf("the page has an attribute %s", name)
				}
			}
		}
	}
	for _, l := range links {
		if !ids[strings.TrimPrefix(l, "#")] {
			t.Errorf("a link leads to %q, which is not in the page", l)
		}
	}
	if strings.Contains(page, "url(") || strings.Contains(page, "@import") {
		t.Error("the style loads something")
	}
}

func TestLoadsNothingAndLinksHold(t *testing.T) {
	checkClosed(t, html(t, smallCase()))
	checkClosed(t, html(t, report.Data{Title: "empty"}))
}

// hostile are texts that a file, a post or an archive can carry.
var hostile = []string{
	`<script>alert(1)</script>`,
	`"><img src=http://evil.example/x onerror=alert(1)>`,
	`' onmouseover='alert(1)`,
	`</style><script src="//evil.example"></script>`,
	`{{.Title}}javascript:alert(1)`,
	"evil\u202egpj.exe", "\u2066\u2067\u202d", "a\u0000b\u001b[2Jc", "\xff\xfe broken", "\u2028\u2029\ufeff",
	strings.Repeat("W", 20_000), strings.Repeat("ا", 5000), strings.Repeat("e\u0301\u0302\u0303", 3000),
}

func hostileCase(s string) report.Data {
	it := item(1, extract.Image, s+"/"+s)
	it.Sightings[0].Account = s
	it.Sightings[0].Records = []source.Record{{Text: s, URL: s, PlaceName: s}}
	it.Sightings[0].Places = []extract.Place{{Name: extract.Text(s), Latitude: number(1), Longitude: number(2)}}
	it.Media.BestTime = &extract.Time{Kind: extract.TimeKind(s), Local: extract.Text(s), Zone: extract.Zone(s), Field: s, Trust: extract.Trust(s)}
	it.Media.Kind = extract.Image
	alone := item(2, extract.Video, s+"/alone"+s)
	alone.Sampling = verify.Sampling{Engine: s, Frames: 1, Coarse: true, Note: s}
	return report.Data{
		Title: s, Zone: s, Tool: s,
		Sources: []report.Source{{Name: s}}, Items: []verify.Item{it, alone},
		Incidents: []verify.Incident{
			{
				ID: s, Status: verify.Candidate, PlaceBasis: source.Text("named in captions: " + s), Flags: []string{s},
				Earliest: instant("2025-09-02T05:12:40Z"),
				Members:  []verify.Member{member(verify.Original, s+"/"+s, verify.Reason{Code: s, Weight: 1, Message: s})},
				Reasons:  []verify.Reason{{Code: "suggestion", Weight: 1, Message: s + " would join"}},
			},
			{ID: "I-2", Status: verify.Confirmed, Latitude: number(1), Longitude: number(2), Members: []verify.Member{member(verify.Original, s+"/"+s)}},
		},
		Findings: []verify.Finding{
			{Path: source.Text(s), Finding: extract.Finding{Code: s, Severity: source.Error, Message: s}},
			{Source: source.Text(s), Finding: extract.Finding{Code: s, Severity: source.Warning, Message: s}},
		},
		Decisions: []verify.Decision{
			{Kind: s, Incident: s, Reason: s, By: s},
			{Kind: verify.NotSame, Subjects: []verify.Digest{it.Digest, alone.Digest}, Reason: s, By: s},
		},
	}
}

func TestHostileTextStaysText(t *testing.T) {
	for i, s := range hostile {
		t.Run(fmt.Sprint(i), func(t *testing.T) {
			page := html(t, hostileCase(s))
			checkClosed(t, page)
			if i := strings.IndexAny(page, "\u202e\u202d\u2028\u2029\ufeff\x00\x1b"); i >= 0 {
				t.Errorf("a character that reorders or hides text is in the page: %q", page[max(0, i-80):i+8])
			}
			if !utf8.ValidString(page) {
				t.Error("the page is not UTF-8")
			}
		})
	}
}

func TestDecisionsSayWhatTheySpeakOf(t *testing.T) {
	d := smallCase()
	a, b := &d.Items[0], &d.Items[1]
	d.Decisions = []verify.Decision{
		{Seq: 7, Kind: verify.NotSame, Subjects: []verify.Digest{a.Digest, b.Digest}},
		{Seq: 8, Kind: verify.TakeBack, TakesBack: 7},
	}
	page := html(t, d)
	for _, want := range []string{a.Path() + " and " + b.Path(), "entry 7"} {
		if !strings.Contains(page, `<td class="mono">`+want+"</td>") {
			t.Errorf("the table of decisions does not say %q", want)
		}
	}
}

func TestHiddenCharactersOfPathsAreShown(t *testing.T) {
	page := html(t, hostileCase("holiday\u202egpj.exe"))
	if !strings.Contains(page, "holiday⟨U+202E⟩gpj.exe") {
		t.Error("the override in the path cannot be seen")
	}
}

func TestCaptionsAreIsolatedAndKeepTheirMarks(t *testing.T) {
	d := smallCase()
	d.Items[2].Sightings[0].Records[0].Text = "\u200fمكان\u200f (5)"
	page := article(t, html(t, d), "I-aa0001")
	if !strings.Contains(page, "<bdi dir=\"auto\">\u200fمكان\u200f (5)</bdi>") {
		t.Error("the right-to-left caption is not isolated, or has lost its marks")
	}
}

func TestLongCaptionSaysWhatIsLeftOut(t *testing.T) {
	d := smallCase()
	d.Items[2].Sightings[0].Records[0].Text = strings.Repeat("ж", 5234)
	page := html(t, d)
	if n := strings.Count(page, "ж"); n != 4000 {
		t.Errorf("%d characters of the caption are shown, want 4000", n)
	}
	if !strings.Contains(page, "1,234 more characters are left out of this file") {
		t.Error("the report does not say what it leaves out")
	}
}

func TestCopiesStandUnderTheirOriginal(t *testing.T) {
	page := article(t, html(t, smallCase()), "I-aa0001")
	b := strings.Index(page, `id="I-aa0001-b"`)
	for _, copied := range []string{"chat/IMG_1 (1).jpg", "chat/WA0001.jpg"} {
		if i := strings.Index(page, copied); i < b {
			t.Errorf("%s does not stand under the original that it is a copy of", copied)
		}
	}
	if n := strings.Count(page, "the same bytes"); n != 1 {
		t.Errorf("%d copies are said to have the same bytes, want 1", n)
	}
	if n := strings.Count(page, "<use "); n != 3 {
		t.Errorf("%d pictures, want 3: two originals and the recycled one", n)
	}
	if !strings.Contains(page, "1 photo and 1 video: 4 files in 3 sources") {
		t.Error("the incident does not say how much it holds")
	}
	if _, apart, _ := strings.Cut(page, "Shown, not counted"); !strings.Contains(apart, "channel/old.jpg") || !strings.Contains(apart, "posted 175 days after") {
		t.Error("the recycled picture does not stand apart with the reason")
	}
}

func TestSentencesNameOriginalsByLetter(t *testing.T) {
	page := article(t, html(t, smallCase()), "I-aa0001")
	for _, want := range []string{
		`<td class="bits">&#43;4.5</td><td>strong</td><td><bdi dir="ltr"><a href="#I-aa0001-a">A</a>: posted 40 minutes after <a href="#I-aa0001-b">B</a> was taken</bdi>`,
		`<a href="#I-aa0001-a">A</a> fits <a href="#I-aa0002">incident 1</a> by 2.1 bits less`,
		`see <a href="#I-aa0002-a">A of incident 1</a>`,
		`<tr class="against"><td class="bits">−1.5</td><td>weak against it</td>`,
	} {
		if !strings.Contains(page, want) {
			t.Errorf("missing: %s", want)
		}
	}
}

func TestFindingsAreGroupedAndBounded(t *testing.T) {
	d := report.Data{}
	for i := range 300 {
		d.Findings = append(d.Findings, verify.Finding{Path: source.Text(fmt.Sprintf("phone/%03d.mp4", i)),
			Finding: extract.Finding{Code: "null-date", Severity: source.Info, Message: "never set"}})
	}
	page := html(t, d)
	if n := strings.Count(page, "phone/"); n != 200 {
		t.Errorf("%d rows, want 200", n)
	}
	if n := strings.Count(page, "never set</p>"); n != 1 {
		t.Errorf("the message that all share stands %d times, want once", n)
	}
	if !strings.Contains(page, "100 more are left out of this file") {
		t.Error("the report does not say what it leaves out")
	}
}

// TestBigCaseStaysUsable makes 2,000 incidents of 20 files.
func TestBigCaseStaysUsable(t *testing.T) {
	d := report.Data{Soft: softened}
	at := *instant("2025-01-01T00:00:00Z")
	for i := range 2000 {
		from, to := at.Add(time.Duration(i)*3*time.Hour), at.Add(time.Duration(i)*3*time.Hour+time.Hour)
		inc := verify.Incident{
			ID: fmt.Sprintf("I-%06x", i), Status: verify.Candidate, Earliest: &from, Latest: &to,
			Latitude: number(46 + float64(i%200)/400), Longitude: number(25 + float64(i/200)/10), RadiusM: number(50),
		}
		for k := range 20 {
			path := fmt.Sprintf("telegram-channel-%02d/photos/photo_%d_%d.jpg", k%5, i, k)
			d.Items = append(d.Items, item(i*20+k, extract.Image, path))
			m := member(verify.Original, path, verify.Reason{Code: "time", Weight: 4, Message: "posted 3 minutes after " + path})
			if k >= 5 {
				m = member(verify.Copy, path, copyOf(fmt.Sprintf("telegram-channel-%02d/photos/photo_%d_%d.jpg", k%5, i, k%5)))
			}
			inc.Members = append(inc.Members, m)
		}
		d.Incidents = append(d.Incidents, inc)
	}
	begin := time.Now()
	page := html(t, d)
	t.Logf("%d incidents, %d files: %.1f MB in %v", len(d.Incidents), len(d.Items), float64(len(page))/1e6, time.Since(begin).Round(time.Millisecond))
	if len(page) > 32<<20 {
		t.Errorf("the file has %d bytes", len(page))
	}
	if n := strings.Count(page, "<use "); n != 2000 {
		t.Errorf("%d pictures, want one for each incident", n)
	}
	if !strings.Contains(page, "4 softened pictures are left out to keep this file small") {
		t.Error("the report does not say that it leaves pictures out")
	}
	if n := strings.Count(page, `<th scope="row"><a href="#I-`); n != 2000 {
		t.Errorf("the table lists %d incidents, want all 2000", n)
	}
	checkClosed(t, page)
}
