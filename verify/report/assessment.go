package report

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"github.com/firsthand-media/firsthand/verify"
	"github.com/firsthand-media/firsthand/verify/assess"
	"github.com/firsthand-media/firsthand/verify/strip"
)

// reviewView is how far the verification of one item has come. What sealed
// sheets say is in no report.
type reviewView struct {
	Letter, Path string
	Digest       verify.Digest
	State        string
	Conclusion   string // "" while it is open
	Claims       []claimView
	Missing      []string // to be verified
	Differ       []assess.Disagreement
	Sheets       []sheetView // in a dossier
	Marks        []string
}

// claimView is the grade of one claim, one for each subject.
type claimView struct{ Subject, Grade, Value, Basis string }

// sheetView is the checklist as one round left it.
type sheetView struct {
	Of     string // the key of the message that says which sheet of what it is
	By     string
	Steps  []stepView
	Limits string
}

type stepView struct{ ID, Question, Answer, Note, Evidence string }

// state says how far a review has come.
func (w Words) state(s assess.State) string {
	return w.T("report.review." + cmp.Or(string(s), "unassessed"))
}

// reviews are those of the items of an incident, in the order of its members.
func (r *reader) reviewsOf(v *incidentView, record *assess.Record) []reviewView {
	var out []reviewView
	seen := map[verify.Digest]bool{}
	add := func(d verify.Digest, path, letter string) {
		review, ok := r.reviews[d]
		if !ok || seen[d] {
			return
		}
		seen[d] = true
		out = append(out, r.review(&review, path, letter))
	}
	for _, m := range v.Members {
		if it := r.items[m.Path]; it != nil && m.Counts() {
			add(it.Digest, m.Path, strings.ToUpper(r.letters[m.Path].name))
		}
	}
	if record != nil {
		for _, d := range record.Members {
			add(d, r.paths[d], "")
		}
	}
	return out
}

// review puts one into words, as anybody may see it.
func (r *reader) review(all *assess.Review, path, letter string) reviewView {
	a, w := all.Seen(assess.Reviewer{}), r.w
	v := reviewView{
		Letter: letter, Path: path, Digest: a.Item, State: w.state(all.State()),
		Conclusion: w.Sentence(strings.ReplaceAll(string(all.Conclusion()), "_", " ")), Marks: w.marks(&a.Marks),
	}
	claims := all.Claims()
	for _, s := range assess.Subjects() {
		c, ok := claims[s]
		subject := w.T("report.subject." + string(s))
		if !ok {
			v.Claims = append(v.Claims, claimView{Subject: subject, Grade: w.T("report.review.not-graded")})
			continue
		}
		v.Claims = append(v.Claims, claimView{subject, w.Sentence(string(c.Grade)), quoted(string(c.Value)), quoted(w.parts(c.Basis))})
	}
	if !all.Open() && !all.Verified() {
		v.Missing = w.sentences(all.Missing())
	}
	if all.State() == assess.DoubleDisagree {
		for _, d := range all.Disagreements() {
			d.What, d.First, d.Second = w.Sentence(d.What), quoted(w.Sentence(d.First)), quoted(w.Sentence(d.Second))
			v.Differ = append(v.Differ, d)
		}
	}
	if r.dossier {
		for i := range a.Sheets {
			v.Sheets = append(v.Sheets, w.sheet(&a.Sheets[i]))
		}
	}
	return v
}

func (w Words) sheet(s *assess.Sheet) sheetView {
	v := sheetView{Of: "report.sheet.first", Limits: quoted(s.Limits)}
	switch {
	case s.Round == assess.Second && s.Blind:
		v.Of = "report.sheet.second-blind"
	case s.Round == assess.Second:
		v.Of = "report.sheet.second"
	case s.Round == assess.Adjudication:
		v.Of = "report.sheet.adjudication"
	}
	var names []string
	for _, w := range s.Reviewers {
		names = append(names, visible(w.Name))
	}
	v.By = w.list(slices.Compact(names))
	for _, step := range assess.Steps() {
		a, ok := s.Answers[step.ID]
		if !ok {
			continue
		}
		v.Steps = append(v.Steps, stepView{step.ID, w.Sentence(step.Question), w.Sentence(a.Answer.InWords()), quoted(a.Note), w.evidence(a.Evidence)})
	}
	return v
}

// evidence says what an answer points to.
func (w Words) evidence(list []assess.Evidence) string {
	var out []string
	for _, e := range list {
		var parts []string
		if e.FileRegion != nil {
			parts = append(parts, w.T("report.evidence.region", "where", w.Sentence(verify.Where(*e.FileRegion))))
		}
		if e.FrameMS != nil {
			parts = append(parts, w.T("report.evidence.at", "time", strip.Clock(time.Duration(*e.FrameMS)*time.Millisecond, 1)))
		}
		if e.SatImageDate != "" {
			parts = append(parts, w.T("report.evidence.satellite", "day", visible(e.SatImageDate)))
		}
		if e.URL != "" {
			parts = append(parts, short(visible(e.URL), captionHead))
		}
		if e.Item != "" {
			parts = append(parts, w.T("report.evidence.file", "file", string(e.Item)[:min(12, len(e.Item))]))
		}
		out = append(out, w.list(parts))
	}
	return w.parts(out)
}

// marks warns of what an item shows and how it is to be handled.
func (w Words) marks(m *assess.Marks) []string {
	var out []string
	if m.Graphic != nil && *m.Graphic > 0 {
		out = append(out, w.T(map[bool]string{true: "report.mark.severe", false: "report.mark.moderate"}[*m.Graphic >= 3]))
	}
	for _, s := range m.Sensitivity {
		if s != assess.NotSensitive {
			out = append(out, strings.ToLower(w.Sentence(visible(string(s)))))
		}
	}
	if m.Restriction != nil && *m.Restriction != "none" {
		out = append(out, w.Sentence(visible(*m.Restriction)))
	}
	return out
}
