package assess

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/firsthand-media/firsthand/extract"
	"github.com/firsthand-media/firsthand/verify"
	"github.com/firsthand-media/firsthand/verify/clock"
	"github.com/firsthand-media/firsthand/verify/sun"
)

// Suggestion is something that the program knows and that bears on a step. It
// answers nothing: a person weighs it, and takes it as evidence or leaves it.
type Suggestion struct {
	Step    string   `json:"step"`
	Message string   `json:"message"`
	Fields  []string `json:"fields"` // of the file, that say so
}

// bearing lists the codes of findings that bear on a step other than D1.
func bearing() map[string][]string {
	return map[string][]string{
		"C1": {"recycled-media", "recycled", "platform-facebook", "platform-name", "platform-size", "platform-tiktok", "exif-in-whatsapp"},
		"D2": {"time-contradiction", "zone-contradicts-post", "upload-before-capture", "name-time-differs"},
		"D3": {
			"unusual-structure", "corrupt-structure", "thumbnail-mismatch", "derived-thumbnails", "trailing-data", "edit-history",
			"made-from", "derived-from", "editor-software", "iptc-changed", "pixel-size-differs",
		},
		"D4": {"provenance-elsewhere", "source-type-claimed"},
		"E2": {"null-island", "position-disagree", "invalid-position", "coarse-position", "poor-fix", "other-datum"},
		"E3": {"light-misfit"},
	}
}

// stepOf names the step on which a finding bears; what is not listed bears on
// the metadata.
func stepOf(f extract.Finding) string {
	if strings.HasPrefix(f.Code, "c2pa") || strings.HasPrefix(f.Code, "proofmode") {
		return "D4"
	}
	for step, codes := range bearing() {
		if slices.Contains(codes, f.Code) {
			return step
		}
	}
	return "D1"
}

// Suggest gives what is known of an item beside the steps that it bears on, in
// the order of the checklist. The item comes with its clocks understood.
func Suggest(it *verify.Item, clusters []verify.Cluster) []Suggestion {
	line := it.Line()
	out := []Suggestion{{"B1", fmt.Sprintf("SHA-256 %s, %d bytes, stands in the ledger", it.Digest, it.Size), []string{}}}
	out = append(out, origins(it)...)
	out = append(out, copies(it, clusters)...)
	out = append(out, device(line)...)
	for _, f := range line.Findings {
		fields := []string{}
		if f.Field != "" {
			fields = append(fields, string(f.Field))
		}
		out = append(out, Suggestion{stepOf(f), f.Message, fields})
	}
	out = append(out, againstPost(it, line.Times)...)
	if !slices.ContainsFunc(out, func(s Suggestion) bool { return s.Step == "D4" }) {
		out = append(out, Suggestion{"D4", "no C2PA or ProofMode data were found, which says nothing", []string{}})
	}
	for _, p := range line.Places {
		if p.Name != "" && p.Latitude == nil {
			out = append(out, Suggestion{"E2", fmt.Sprintf("the place %s is named", p.Name), []string{p.Field}})
		}
	}
	if p := line.BestPlace; p != nil && p.Latitude != nil && p.Longitude != nil {
		out = append(out, Suggestion{"E2", fmt.Sprintf("the position %.5f, %.5f is claimed", *p.Latitude, *p.Longitude), []string{p.Field}})
	}
	if t := clock.Claim(it); t != nil {
		out = append(out, Suggestion{"E3", "recorded " + span(t.Earliest, t.Latest) + ", as claimed", []string{t.Field}})
	}
	order := map[string]int{}
	for i, s := range Steps() {
		order[s.ID] = i
	}
	slices.SortStableFunc(out, func(a, b Suggestion) int { return order[a.Step] - order[b.Step] })
	return out
}

func moment(t time.Time) string { return t.UTC().Format("2006-01-02 15:04:05 UTC") }

// span is an interval in words; one of a second or less is a moment.
func span(from, to time.Time) string {
	if to.Sub(from) <= time.Second {
		return "at " + moment(from)
	}
	return "between " + moment(from) + " and " + moment(to)
}

// origins are where the file was found and what was posted with it.
func origins(it *verify.Item) []Suggestion {
	var out []Suggestion
	for _, s := range it.Sightings {
		out = append(out, Suggestion{"B2", "read from " + s.Path, []string{}})
		for _, r := range s.Records {
			if r.URL != "" {
				out = append(out, Suggestion{"B3", "posted at " + r.URL, []string{r.Format}})
			}
			if r.ForwardedFrom != "" {
				out = append(out, Suggestion{"C5", "forwarded from " + r.ForwardedFrom, []string{r.Format}})
			}
		}
	}
	return out
}

func copies(it *verify.Item, clusters []verify.Cluster) []Suggestion {
	for _, c := range clusters {
		if !slices.Contains(c.Digests, it.Digest) {
			continue
		}
		message := fmt.Sprintf("%d copies are in the case", len(c.Digests))
		if c.EarliestTrusted != "" {
			message += ", the earliest by a trusted time " + string(c.EarliestTrusted)
		}
		return []Suggestion{{"C1", message, []string{}}}
	}
	return []Suggestion{{"C1", "no other copy is in the case", []string{}}}
}

func device(line verify.Line) []Suggestion {
	var parts []string
	for _, t := range []extract.Text{line.Device.Make, line.Device.Model, line.Device.Software} {
		if t != "" {
			parts = append(parts, string(t))
		}
	}
	if len(parts) == 0 {
		return []Suggestion{{"D1", "the file names no device and no software", []string{}}}
	}
	return []Suggestion{{"D1", "the file names " + strings.Join(parts, ", "), []string{}}}
}

// againstPost sets the claimed time of recording beside the first post.
func againstPost(it *verify.Item, times []extract.Time) []Suggestion {
	made := clock.Claim(it)
	var post *extract.Time
	for i := range times {
		if t := &times[i]; t.Kind == extract.Posted && !t.Latest.IsZero() && (post == nil || t.Latest.Before(post.Latest)) {
			post = t
		}
	}
	switch {
	case made == nil && post == nil:
		return []Suggestion{{"D2", "neither a time of recording nor one of posting is stated", []string{}}}
	case made == nil:
		return []Suggestion{{"D2", fmt.Sprintf("posted by %s; no time of recording is stated", moment(post.Latest)), []string{post.Field}}}
	case post == nil:
		return []Suggestion{{"D2", "no time of posting is stated", []string{}}}
	}
	fields := []string{made.Field, post.Field}
	switch {
	case made.Earliest.After(post.Latest):
		return []Suggestion{{"D2", fmt.Sprintf("recorded at %s at the earliest, posted by %s: one of the two is wrong", moment(made.Earliest), moment(post.Latest)), fields}}
	case made.Latest.After(post.Latest):
		return []Suggestion{{"D2", fmt.Sprintf("recorded %s, posted by %s: the time of recording has no zone or is coarse, so that both can be right", span(made.Earliest, made.Latest), moment(post.Latest)), fields}}
	}
	return []Suggestion{{"D2", fmt.Sprintf("recorded by %s, posted by %s: %s between", moment(made.Latest), moment(post.Latest), post.Latest.Sub(made.Latest).Round(time.Second)), fields}}
}

// Light says whether the light that a person sees in the picture fits what the
// item claims of place and time, and false where it claims none of the two.
func Light(it *verify.Item, said sun.Light) (Suggestion, bool, error) {
	p, t := it.Line().BestPlace, clock.Claim(it)
	if p == nil || p.Latitude == nil || p.Longitude == nil || t == nil {
		return Suggestion{}, false, nil
	}
	radius := 0.0
	if p.AccuracyM != nil {
		radius = max(0, *p.AccuracyM)
	}
	sky, err := sun.Over(sun.Place{Latitude: *p.Latitude, Longitude: *p.Longitude}, radius, t.Earliest, t.Latest)
	if err != nil {
		return Suggestion{}, false, err
	}
	s := Suggestion{Step: "E3", Fields: []string{p.Field, t.Field}, Message: fmt.Sprintf("a picture that shows %s fits the claimed place and time: the sun stood %s", said, sky.Height())}
	if f, misfit := sky.Misfit(said); misfit {
		s.Message = f.Message
	}
	return s, true, nil
}
