// Package report turns a case into what people hand on: the count sheet and
// one self-contained HTML file.
//
// Start at [HTML] and [Count]. It promises: the file loads nothing from
// elsewhere and runs no script; pictures are softened before they are put in,
// so that no sharp pixel is in the file; every number and every time says
// where it comes from and how sure it is; the same case gives the same bytes.
package report

import (
	"cmp"
	_ "embed"
	"fmt"
	"html/template"
	"io"
	"slices"
	"time"

	"github.com/firsthand-media/firsthand/verify"
)

// Data is all that a report shows. Slices are in the order shown.
type Data struct {
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
	// Soft gives a small grey blurred JPEG of an item, or nil. It is called
	// for members of incidents only.
	Soft func(verify.Digest) []byte
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

//go:embed report.html
var reportHTML string

//go:embed report.css
var reportCSS string

var reportTemplate = template.Must(template.New("report").Funcs(template.FuncMap{
	"bits": bitsInWords,
	"size": sizeInWords,
}).Parse(reportHTML))

// HTML writes the report.
func HTML(w io.Writer, d Data) error {
	v := newView(d)
	if err := reportTemplate.Execute(w, v); err != nil {
		return fmt.Errorf("write the report: %w", err)
	}
	return nil
}

// view is what the template sees: everything already in words.
type view struct {
	Title, Tool, Zone string
	Generated         string
	Exercise          bool
	CSS               template.CSS
	Counts            CountSheet
	Map, Timeline     template.HTML
	Incidents         []incidentView
	Rejected          []incidentView
	Alone             []string
	Sources           []Source
	Engines           []string
	Unread            []verify.Finding
	Notes             []verify.Finding
	Decisions         []verify.Decision
	Ledger            Ledger
}

func newView(d Data) view {
	items := byPath(d.Items)
	v := view{
		Title: d.Title, Tool: d.Tool, Zone: d.Zone, Exercise: d.Exercise,
		Generated: d.Generated.UTC().Format("2 January 2006, 15:04 UTC"),
		CSS:       template.CSS(reportCSS),
		Counts:    Count(d.Items, d.Clusters, d.Incidents),
		Sources:   d.Sources, Decisions: d.Decisions, Ledger: d.Ledger,
		Engines: engines(d.Items),
	}
	in := map[string]bool{}
	for _, inc := range inOrder(d.Incidents) {
		iv := newIncidentView(inc, items, d.Soft)
		for _, m := range inc.Members {
			in[m.Path] = true
		}
		if inc.Status == verify.Rejected {
			v.Rejected = append(v.Rejected, iv)
			continue
		}
		iv.Number = len(v.Incidents) + 1
		v.Incidents = append(v.Incidents, iv)
	}
	v.Map, v.Timeline = drawMap(v.Incidents), drawTimeline(v.Incidents)
	for path, it := range items {
		if !in[path] && it.Readable() {
			v.Alone = append(v.Alone, path)
		}
	}
	slices.Sort(v.Alone)
	for _, f := range d.Findings {
		if f.Severity == "error" {
			v.Unread = append(v.Unread, f)
		} else {
			v.Notes = append(v.Notes, f)
		}
	}
	return v
}

// byPath finds each item by each of its paths.
func byPath(items []verify.Item) map[string]*verify.Item {
	m := make(map[string]*verify.Item, len(items))
	for i := range items {
		for _, s := range items[i].Sightings {
			m[s.Path] = &items[i]
		}
	}
	return m
}

// inOrder sorts incidents by when they happened: by the earliest they can have
// been, or where nothing says that, by the latest. Those without a time come
// last.
func inOrder(incidents []verify.Incident) []verify.Incident {
	out := slices.Clone(incidents)
	slices.SortStableFunc(out, func(a, b verify.Incident) int {
		x, y := anchor(&a), anchor(&b)
		if x.IsZero() != y.IsZero() {
			if x.IsZero() {
				return 1
			}
			return -1
		}
		return cmp.Or(x.Compare(y), cmp.Compare(a.ID, b.ID))
	})
	return out
}

// anchor is where an incident stands on a line of time, or zero.
func anchor(inc *verify.Incident) time.Time {
	switch {
	case inc.Earliest != nil:
		return *inc.Earliest
	case inc.Latest != nil:
		return *inc.Latest
	}
	return time.Time{}
}

func engines(items []verify.Item) []string {
	n := map[string]int{}
	for i := range items {
		if e := items[i].Sampling.Engine; e != "" {
			n[e]++
		}
	}
	out := make([]string, 0, len(n))
	for e, k := range n {
		out = append(out, fmt.Sprintf("%s (%s)", e, plural(k, "video", "videos")))
	}
	slices.Sort(out)
	return out
}
