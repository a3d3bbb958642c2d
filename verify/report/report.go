// Package report turns a case into what people hand on: the count sheet and
// one self-contained HTML file.
//
// Start at [HTML] and [Count]; a report is in the language of [Data.Words]. It
// promises: the file loads nothing from elsewhere and runs no script; pictures
// are softened before they are put in, so that no sharp pixel is in the file but
// of those that a person chose one by one; every number and every time says
// where it comes from and how sure it is; what is left out of a long list, or
// because a person wants it so, is said there; text from files and posts cannot
// change how the rest reads; the same case in the same language gives the same
// bytes.
package report

import (
	"crypto/sha256"
	_ "embed"
	"encoding/base64"
	"fmt"
	"html/template"
	"io"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/firsthand-media/firsthand/hashing/sound"
	"github.com/firsthand-media/firsthand/verify"
	"github.com/firsthand-media/firsthand/verify/assess"
	"github.com/firsthand-media/firsthand/verify/clock"
	"github.com/firsthand-media/firsthand/verify/locale"
	"github.com/firsthand-media/firsthand/verify/publish"
)

// Data is all that a report shows. Sources and decisions are in the order
// shown; the rest is put in order here.
type Data struct {
	// Words are the language that the report is in; nil is English.
	Words *locale.Catalogue

	Title     string
	Exercise  bool // an invented case: said at the top and again at the end
	Generated time.Time
	Tool      string
	Zone      string // the zone that a person stated for clocks without one, or ""
	Sources   []Source
	Items     []verify.Item
	Clusters  []verify.Cluster
	Incidents []verify.Incident
	Findings  []verify.Finding
	Decisions []verify.Decision
	Ledger    Ledger
	Matches   []verify.Match
	Clocks    []clock.Correction
	// Records are what people wrote of incidents, those of their own among
	// them; Reviews what they found of items. Sheets of an open review are
	// never shown.
	Records []assess.Record
	Reviews []assess.Review
	// Only makes a dossier: the incidents with these ids, with every answer of
	// the checklist, and of the rest of the case nothing.
	Only []string
	// Media makes, beside Only or instead of it, a dossier of these items.
	Media []verify.Digest
	// Leave are the sections that a person leaves out, and Redaction what of
	// the rest: the report says both.
	Leave     []Section
	Redaction publish.Redaction
	// Public says that this is the public form, and Withheld what it lacks.
	Public   bool
	Withheld []publish.Withheld
	// PlaceCredit is whom to thank for places that were looked up, and is shown
	// where an incident shows one.
	PlaceCredit string
	// Soft gives a small grey blurred JPEG of an item, or nil. It is called
	// for members of incidents and for matches, and not for all of those in a
	// big case.
	Soft func(verify.Digest) []byte
	// Sharp gives the picture of an item that a person chose to show as it is,
	// with what they covered painted over, and nil of all others.
	Sharp func(verify.Digest) []byte
	// SoftFrame gives the same as Soft of one frame of a video.
	SoftFrame func(verify.Digest, time.Duration) []byte
	// Frames gives the frames of a video without their pictures: which moments
	// SoftFrame knows. It is called for matches.
	Frames func(verify.Digest) []verify.Frame
	// SoftStrip gives frames of a video side by side, softened, with the time of
	// each, or nil; Wave how loud it is over time, or nothing.
	SoftStrip func(verify.Digest) (jpeg []byte, at []time.Duration)
	Wave      func(verify.Digest) sound.Wave
}

// Source is one row of the table of sources.
type Source struct {
	Name     string
	Files    int
	Sidecars int
}

// Ledger is the head of the custody ledger as it stood when the report was made.
type Ledger struct {
	Size int64
	Root string
	Code string // short form of the root, for reading aloud
}

var (
	//go:embed report.html
	reportHTML string
	//go:embed incident.html
	incidentHTML string
	//go:embed assessment.html
	assessmentHTML string
	//go:embed likeness.html
	likenessHTML string
	//go:embed film.html
	filmHTML string
	//go:embed media.html
	mediaHTML string
	//go:embed report.css
	reportCSS string
)

// reportTemplate is parsed when the first report is made: every start of the
// program, and of each of its workers, would wait for it.
var reportTemplate = sync.OnceValue(func() *template.Template {
	return template.Must(template.New("report").Funcs(In(nil).funcs()).Parse(reportHTML + incidentHTML + assessmentHTML + likenessHTML + filmHTML + mediaHTML))
})

// HTML writes the report.
func HTML(w io.Writer, d Data) error {
	page, err := reportTemplate().Clone()
	if err == nil {
		err = page.Funcs(In(d.Words).funcs()).Execute(w, newView(d))
	}
	if err != nil {
		return fmt.Errorf("write the report: %w", err)
	}
	return nil
}

// style is the style of the page, with the word that stands beside what is
// folded on paper.
func style(w Words) string {
	return strings.ReplaceAll(reportCSS, "(folded)", strings.NewReplacer(`"`, "", `\\`, "", "<", "").Replace(w.T("report.folded")))
}

// withheld says what is left out and why.
func (w Words) withheld(list []publish.Withheld) []publish.Withheld {
	list = slices.Clone(list)
	for i := range list {
		list[i].What, list[i].Why = w.Sentence(list[i].What), w.Sentence(list[i].Why)
	}
	return list
}

// view is what the template sees: everything already in words.
type view struct {
	w                 Words
	Title, Tool, Zone string
	Generated         string
	Exercise          bool
	CSS               template.CSS
	StyleDigest       string // of CSS, for the policy in the head
	Summary           []string
	Counts            CountSheet
	Map               mapView
	Timeline          template.HTML
	Histogram         bool // the timeline counts incidents, too many for a row each
	Incidents         []incidentView
	Rejected          []incidentView
	Confirmed         int
	Likeness          []likenessView
	Pairs             int
	Looks             []looksView
	LooksMore         int           // videos left out of Looks
	Pictures          template.HTML // the sheet of softened pictures
	Alone             []aloneView
	AloneCount        int
	Sources           []Source
	Engines           []string
	Clocks            []clockView
	PlaceCredit       string
	Unread            []findingGroup
	UnreadCount       int
	Warnings          []findingGroup
	Notes             []findingGroup
	NoteCount         int
	Decisions         []decisionView
	Ledger            Ledger
	Dossier, Public   bool
	Withheld          []publish.Withheld // of the public form, or by a redaction
	Media             []mediaView
	Sharp             int       // pictures that are not softened
	NoPictures        bool      // none, not even softened
	Left              []Section // that a person left out
}

// Whole says whether this is the report of a whole case, for those who work
// on it.
func (v view) Whole() bool { return !v.Dossier && !v.Public }

func newView(d Data) view {
	d = d.told()
	w := In(d.Words)
	recorded := assess.Incidents(d.Incidents, d.Records)
	css := style(w)
	sum := sha256.Sum256([]byte(css))
	v := view{
		w:     w,
		Title: visible(d.Title), Tool: visible(d.Tool), Zone: w.Sentence(visible(d.Zone)), Exercise: d.Exercise,
		Generated:   w.Format(d.Generated.UTC(), w.T("report.layout.made")),
		CSS:         template.CSS(css),
		StyleDigest: "sha256-" + base64.StdEncoding.EncodeToString(sum[:]),
		Counts:      Count(d.Items, d.Clusters, d.Incidents),
		Sources:     d.Sources, Ledger: d.Ledger,
		Engines: w.engines(d.Items),
		Dossier: d.dossier(), Public: d.Public, Withheld: w.withheld(d.Withheld),
		NoPictures: d.Soft == nil && d.Sharp == nil, Left: d.Leave,
	}
	r := newReader(d, recorded)
	v.Likeness = r.likeness(d.Matches)
	for _, inc := range r.order {
		iv := r.incident(inc)
		if inc.Status == verify.Rejected {
			v.Rejected = append(v.Rejected, iv)
			continue
		}
		if inc.Status == verify.Confirmed {
			v.Confirmed++
		}
		v.Incidents = append(v.Incidents, iv)
	}
	for _, k := range v.Likeness {
		v.Pairs += k.Pairs
	}
	v.Media = r.media(d.Media)
	v.Looks, v.LooksMore = r.looks(d.Items)
	v.Sharp = r.album.sharpened
	v.Pictures = r.album.sheet()
	v.Summary = summary(v, d.Sources)
	v.Map = drawMap(v.Incidents, w)
	v.Timeline, v.Histogram = drawTimeline(v.Incidents, w)
	v.Alone, v.AloneCount = alone(r, r.order)
	v.Clocks = w.clocks(d.Clocks)
	if slices.ContainsFunc(v.Incidents, lookedUp) {
		v.PlaceCredit = w.Sentence(visible(d.PlaceCredit))
	}
	v.Unread, v.Warnings, v.Notes = groupFindings(d.Findings, w)
	for _, g := range v.Unread {
		v.UnreadCount += g.Count
	}
	for _, g := range slices.Concat(v.Warnings, v.Notes) {
		v.NoteCount += g.Count
	}
	v.Decisions = decisions(d.Decisions, d.Items, r)
	return v
}

// Kind is the key of what the file is called.
func (v view) Kind() string {
	switch {
	case v.Dossier && v.Public:
		return "report.kind.dossier-public"
	case v.Dossier:
		return "report.kind.dossier"
	case v.Public:
		return "report.kind.report-public"
	}
	return "report.kind.report"
}

// Videos is how many there are.
func (v view) Videos() int { return len(v.Looks) + v.LooksMore }

// summary is the case in three sentences.
func summary(v view, sources []Source) []string {
	n := map[string]int{}
	for _, r := range v.Counts.Rows {
		n[r.Name] = r.Total
	}
	files := v.w.T("report.summary.files", "n", n[ListFiles], "readable", n[ListReadable])
	if len(sources) > 0 {
		files = v.w.T("report.summary.files-from", "files", v.w.amount("report.n.files", n[ListFiles]),
			"sources", v.w.amount("report.summary.sources", len(sources)), "readable", n[ListReadable])
	}
	decided := v.w.amount("report.summary.undecided", len(v.Incidents))
	if v.Confirmed+len(v.Rejected) > 0 {
		decided = v.w.T("report.summary.decided", "n", len(v.Incidents), "confirmed", v.Confirmed, "rejected", len(v.Rejected))
	}
	return []string{files, v.w.amount("report.summary.joined", n[ListJoined]), decided}
}

// aloneView is the readable files of one source that are in no incident.
type aloneView struct {
	Source string
	Count  int
	Paths  []string
	More   int // left out of Paths
}

// listed bounds the paths that one folded list shows.
const listed = 500

func alone(r *reader, incidents []verify.Incident) (out []aloneView, total int) {
	in := map[string]bool{}
	for i := range incidents {
		for _, m := range incidents[i].Members {
			in[m.Path] = true
		}
	}
	bySource := map[string][]string{}
	for path, it := range r.items {
		if !in[path] && it.Readable() {
			name, _, _ := strings.Cut(path, "/")
			bySource[name] = append(bySource[name], path)
			total++
		}
	}
	for name, paths := range bySource {
		slices.Sort(paths)
		n := len(paths)
		paths = paths[:min(n, listed)]
		out = append(out, aloneView{Source: name, Count: n, Paths: paths, More: n - len(paths)})
	}
	slices.SortFunc(out, func(a, b aloneView) int { return strings.Compare(a.Source, b.Source) })
	return out, total
}

// decisionView is a decision with what it speaks of: an incident, two items or
// an earlier entry.
type decisionView struct {
	verify.Decision
	When   string
	About  string
	Anchor string // "" when there is no incident, or it is not in this report
}

func decisions(list []verify.Decision, items []verify.Item, r *reader) []decisionView {
	paths := map[verify.Digest]string{}
	for i := range items {
		paths[items[i].Digest] = items[i].Path()
	}
	out := make([]decisionView, 0, len(list))
	for _, d := range list {
		v := decisionView{Decision: d, When: r.w.T("report.span.at", "at", r.w.Format(d.At.UTC(), r.w.T("report.layout.minute")))}
		v.Kind, v.By, v.Reason = r.w.Sentence(visible(d.Kind)), visible(d.By), quoted(d.Reason)
		v.About = r.w.about(d, paths)
		if r.number[d.Incident] > 0 {
			v.Anchor = anchorOf(d.Incident)
		}
		out = append(out, v)
	}
	return out
}

// subject names an item by its path, or by its digest when it is gone.
func subject(paths map[verify.Digest]string, d verify.Digest) string {
	if p := paths[d]; p != "" {
		return p
	}
	return string(d)
}

func (w Words) engines(items []verify.Item) []string {
	n := map[string]int{}
	for i := range items {
		if e := items[i].Sampling.Engine; e != "" {
			n[e]++
		}
	}
	out := make([]string, 0, len(n))
	for e, k := range n {
		out = append(out, w.T("report.engine", "engine", visible(e), "videos", w.amount("report.n.videos", k)))
	}
	slices.Sort(out)
	return out
}
