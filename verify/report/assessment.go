package report

import (
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
	Round, By string
	Blind     bool
	Steps     []stepView
	Limits    string
}

type stepView struct{ ID, Question, Answer, Note, Evidence string }

var stateInWords = map[assess.State]string{
	assess.Unassessed: "not assessed", assess.InProgress: "first review under way", assess.AwaitsSecond: "waits for the second review",
	assess.SingleReview: "reviewed once", assess.DoubleAgree: "two reviews agree", assess.DoubleDisagree: "two reviews disagree",
	assess.Adjudicated: "settled by a third person",
}

var subjectInWords = map[assess.Subject]string{
	assess.Where: "where", assess.When: "when", assess.What: "what", assess.Who: "who published", assess.Integrity: "integrity",
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
	a := all.Seen(assess.Reviewer{})
	v := reviewView{
		Letter: letter, Path: path, Digest: a.Item, State: stateInWords[all.State()],
		Conclusion: strings.ReplaceAll(string(all.Conclusion()), "_", " "), Marks: marksInWords(&a.Marks),
	}
	claims := all.Claims()
	for _, s := range assess.Subjects() {
		c, ok := claims[s]
		if !ok {
			v.Claims = append(v.Claims, claimView{Subject: subjectInWords[s], Grade: "not graded"})
			continue
		}
		v.Claims = append(v.Claims, claimView{subjectInWords[s], string(c.Grade), quoted(string(c.Value)), quoted(strings.Join(c.Basis, "; "))})
	}
	if !all.Open() && !all.Verified() {
		v.Missing = all.Missing()
	}
	if all.State() == assess.DoubleDisagree {
		for _, d := range all.Disagreements() {
			d.First, d.Second = quoted(d.First), quoted(d.Second)
			v.Differ = append(v.Differ, d)
		}
	}
	if r.dossier {
		for i := range a.Sheets {
			v.Sheets = append(v.Sheets, newSheetView(&a.Sheets[i]))
		}
	}
	return v
}

func newSheetView(s *assess.Sheet) sheetView {
	v := sheetView{
		Round: map[assess.Round]string{assess.First: "First review", assess.Second: "Second review", assess.Adjudication: "Decision of a third person"}[s.Round],
		Blind: s.Blind && s.Round == assess.Second, Limits: quoted(s.Limits),
	}
	var names []string
	for _, w := range s.Reviewers {
		names = append(names, visible(w.Name))
	}
	v.By = strings.Join(slices.Compact(names), ", ")
	for _, step := range assess.Steps() {
		a, ok := s.Answers[step.ID]
		if !ok {
			continue
		}
		v.Steps = append(v.Steps, stepView{step.ID, step.Question, a.Answer.InWords(), quoted(a.Note), evidenceInWords(a.Evidence)})
	}
	return v
}

// evidenceInWords says what an answer points to.
func evidenceInWords(list []assess.Evidence) string {
	var out []string
	for _, e := range list {
		var parts []string
		if e.FileRegion != nil {
			parts = append(parts, verify.Where(*e.FileRegion)+" of the picture")
		}
		if e.FrameMS != nil {
			parts = append(parts, "at "+strip.Clock(time.Duration(*e.FrameMS)*time.Millisecond, 1))
		}
		if e.SatImageDate != "" {
			parts = append(parts, "satellite picture of "+visible(e.SatImageDate))
		}
		if e.URL != "" {
			parts = append(parts, short(visible(e.URL), captionHead))
		}
		if e.Item != "" {
			parts = append(parts, "in file "+string(e.Item)[:min(12, len(e.Item))])
		}
		out = append(out, strings.Join(parts, ", "))
	}
	return strings.Join(out, "; ")
}

// marksInWords warns of what an item shows and how it is to be handled.
func marksInWords(m *assess.Marks) []string {
	var out []string
	if m.Graphic != nil && *m.Graphic > 0 {
		out = append(out, map[bool]string{true: "graphic: severe", false: "graphic: moderate"}[*m.Graphic >= 3])
	}
	for _, s := range m.Sensitivity {
		if s != assess.NotSensitive {
			out = append(out, strings.ToLower(visible(string(s))))
		}
	}
	if m.Restriction != nil && *m.Restriction != "none" {
		out = append(out, visible(*m.Restriction))
	}
	return out
}
