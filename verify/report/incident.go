package report

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"github.com/firsthand-media/firsthand/extract"
	"github.com/firsthand-media/firsthand/verify"
	"github.com/firsthand-media/firsthand/verify/sun"
)

// incidentView is one incident in words.
type incidentView struct {
	verify.Incident
	Number       int
	State        string // its status in words
	Anchor       string
	When, Where  string
	Short        string   // the place in a few words, for the timeline
	Place        string   // a name of the place, where its files state one
	Basis        []phrase // what the place rests on, none when Where says it
	Light        string   // by the sun, where place and time are known well enough to tell
	Holds        string   // "3 photos and 1 video"
	Seen         string   // "13 files in 4 sources"
	SourceNames  string
	Files        int // counted
	NotCounted   int
	Why          []sentence // the evidence, what speaks for it first
	Cautions     []sentence
	Originals    []memberView
	Further      []memberView // originals after the first few, in a shorter form
	Shown        []memberView // recycled, context and also-in: shown, not counted
	Possible     []memberView // left for a person, not counted
	MorePossible []memberView // those after the first few, in a shorter form
	NoPicture    int          // of those shown in full, left out to keep the file small
	Digests      []digestView
	Record       *recordView  // what people wrote of it, nil where nothing
	Reviews      []reviewView // of its items, those that anybody began
	marks        []timeMark
}

// Status says what was decided of an incident.
func (w Words) Status(s verify.Status) string { return w.T("report.status." + string(s)) }

// digestView is one content of an incident with the places it was seen at.
type digestView struct {
	Digest verify.Digest
	Paths  []string
}

// timeMark is when one file says it was taken or posted.
type timeMark struct{ from, to time.Time }

// fullItems is how many originals of an incident are shown in full.
const fullItems = 24

// incident puts one incident into words.
func (r *reader) incident(inc verify.Incident) incidentView {
	v := incidentView{
		Incident: inc, Number: r.number[inc.ID], Anchor: anchorOf(inc.ID),
		State: r.w.Status(inc.Status),
		When:  r.w.Span(inc.Earliest, inc.Latest), Where: r.w.Where(&inc), Light: r.w.light(&inc),
	}
	n := r.namer(&inc)
	if basis := r.w.Sentence(visible(string(inc.PlaceBasis))); basis != v.Where {
		v.Basis = n.phrases(n.paths.Replace(basis))
	}
	for _, reason := range inc.Reasons {
		s := n.sentence(reason)
		if compared[reason.Code] {
			v.Cautions = append(v.Cautions, s)
		} else {
			v.Why = append(v.Why, s)
		}
	}
	v.Why = weighed(v.Why)
	v.Cautions = append(v.Cautions, n.again()...)
	for _, f := range inc.Flags {
		v.Cautions = append(v.Cautions, sentence{Phrases: []phrase{{Text: r.w.Sentence(Caution(f, inc.Flags))}}})
	}
	r.members(&v, n)
	r.possible(&v, n)
	r.illustrate(&v)
	r.count(&v)
	record := r.records[inc.ID]
	if record != nil {
		v.Record = r.w.record(record)
		if names := sortedKeys(record.PlaceNames); len(names) > 0 { // a person's name for it goes first
			v.Place = visible(record.PlaceNames[names[0]])
		}
	}
	v.Short = r.w.short(&v)
	v.Reviews = r.reviewsOf(&v, record)
	return v
}

// count says how much the incident holds and when its files say they are from.
func (r *reader) count(v *incidentView) {
	kinds := map[extract.Kind]int{}
	var sources, names []string
	at := map[verify.Digest]int{}
	for _, m := range v.Members {
		it := r.items[m.Path]
		if it == nil {
			continue
		}
		i, ok := at[it.Digest]
		if !ok {
			i = len(v.Digests)
			at[it.Digest] = i
			v.Digests = append(v.Digests, digestView{Digest: it.Digest})
		}
		v.Digests[i].Paths = append(v.Digests[i].Paths, m.Path)
		if !m.Counts() {
			v.NotCounted++
			continue
		}
		v.Files++
		if m.Role == verify.Original {
			kinds[it.Media.Kind]++
		}
		source, _, _ := strings.Cut(m.Path, "/")
		sources = append(sources, source)
		names = append(names, placeNames(it, m.Path)...)
		if t := it.BestTime(m.Path); t != nil {
			v.marks = append(v.marks, timeMark{t.Earliest, t.Latest})
		}
	}
	slices.Sort(sources)
	sources = slices.Compact(sources)
	for i := range sources {
		sources[i] = visible(sources[i])
	}
	v.Holds = r.w.kinds(kinds)
	v.Seen = r.w.T("report.seen", "files", r.w.amount("report.n.files", v.Files), "sources", r.w.amount("report.seen.sources", len(sources)))
	v.SourceNames = r.w.list(sources)
	v.Place = commonest(names)
	slices.SortFunc(v.marks, func(a, b timeMark) int { return cmp.Or(a.from.Compare(b.from), a.to.Compare(b.to)) })
}

// placeNames are the names that the file or its posts give the place.
func placeNames(it *verify.Item, path string) []string {
	var out []string
	add := func(places []extract.Place) {
		for _, p := range places {
			if p.Name != "" {
				out = append(out, visible(string(p.Name)))
			}
		}
	}
	add(it.Media.Places)
	for i := range it.Sightings {
		if it.Sightings[i].Path == path {
			add(it.Sightings[i].Places)
		}
	}
	return out
}

// commonest is the name given most often, the first in byte order of equals.
func commonest(names []string) string {
	n := map[string]int{}
	best := ""
	slices.Sort(names)
	for _, s := range names {
		n[s]++
	}
	for _, s := range slices.Compact(names) {
		if best == "" || n[s] > n[best] {
			best = s
		}
	}
	return best
}

// kinds says how many photos and videos there are.
func (w Words) kinds(n map[extract.Kind]int) string {
	var parts []string
	if k := n[extract.Image]; k > 0 {
		parts = append(parts, w.amount("report.n.photos", k))
	}
	if k := n[extract.Video]; k > 0 {
		parts = append(parts, w.amount("report.n.videos", k))
	}
	other := 0
	for kind, k := range n {
		if kind != extract.Image && kind != extract.Video {
			other += k
		}
	}
	if other > 0 {
		parts = append(parts, w.amount("report.n.others", other))
	}
	if len(parts) == 0 {
		return w.T("report.holds.nothing")
	}
	return w.List(parts)
}

// short is the place in a few words.
func (w Words) short(v *incidentView) string {
	switch {
	case v.Place != "":
		return short(v.Place, 24)
	case named(v) != "":
		return short(named(v), 24)
	case v.Latitude != nil && v.Longitude != nil:
		return w.T("report.place.position", "latitude", w.latitude(2, *v.Latitude), "longitude", w.longitude(2, *v.Longitude))
	}
	return w.T("report.place.unknown")
}

// named is the name that captions give.
func named(v *incidentView) string {
	_, name, _ := strings.Cut(visible(string(v.PlaceBasis)), "named in captions: ")
	return name
}

// lookedUp says whether a place of the incident was looked up by its name.
func lookedUp(v incidentView) bool {
	return named(&v) != "" || strings.Contains(string(v.PlaceBasis), "gazetteer")
}

// PossibleFiles is how many there are.
func (v *incidentView) PossibleFiles() int { return len(v.Possible) + len(v.MorePossible) }

// light says what light there was, by the sun, between the bounds of an
// incident: something that a person can hold against its pictures. It is ""
// where bounds or place are missing, or too wide for it to say anything.
func (w Words) light(inc *verify.Incident) string {
	if inc.Earliest == nil || inc.Latest == nil || inc.Latitude == nil || inc.Longitude == nil {
		return ""
	}
	radius := 0.0
	if inc.RadiusM != nil {
		radius = *inc.RadiusM
	}
	sky, err := sun.Over(sun.Place{Latitude: *inc.Latitude, Longitude: *inc.Longitude}, radius, *inc.Earliest, *inc.Latest)
	if err != nil { // no place on earth, or years of which nothing is known
		return ""
	}
	lights, height := sky.Lights(), w.Sentence(sky.Height())
	switch len(lights) {
	case 1:
		return w.T("report.light", "light", w.Sentence(string(lights[0])), "height", height)
	case 2:
		return w.T("report.light.two", "light", w.Sentence(string(lights[0])), "other", w.Sentence(string(lights[1])), "height", height)
	}
	return ""
}
