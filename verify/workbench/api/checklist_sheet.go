package api

import (
	"fmt"
	"strings"
	"time"

	"github.com/firsthand-media/firsthand/verify/assess"
	"github.com/firsthand-media/firsthand/verify/strip"
)

// sectionsOf puts a sheet under its headings, with what the program knows
// beside each question.
func sectionsOf(sheet *assess.Sheet, review *assess.Review, known []assess.Suggestion) []ChecklistSection {
	var out []ChecklistSection
	for _, group := range assess.Groups() {
		steps := assess.InGroup(group)
		s := ChecklistSection{ID: strings.ReplaceAll(group, " ", "-"), Title: upperFirst(group), Result: assess.Result(steps, sheet.Answers)}
		for _, step := range steps {
			s.Questions = append(s.Questions, questionOf(step, sheet, review, known))
		}
		out = append(out, s)
	}
	return out
}

func questionOf(step assess.Step, sheet *assess.Sheet, review *assess.Review, known []assess.Suggestion) Question {
	a := sheet.Answers[step.ID]
	q := Question{
		Step: step.ID, Question: step.Question, Help: step.Help, Answer: a.Answer, Note: a.Note,
		Evidence: evidenceOf(a.Evidence), Minutes: a.Minutes, By: a.By, At: instantText(a.At), Known: []KnownFact{},
	}
	if step.Derived {
		q.Derived = secondReview(review.State())
	}
	for _, s := range known {
		if s.Step == step.ID {
			q.Known = append(q.Known, KnownFact{Text: s.Message, Origin: listOf(s.Fields)})
		}
	}
	return q
}

// secondReview is what happened to the review, which answers a step by itself.
func secondReview(state assess.State) string {
	switch state {
	case assess.DoubleAgree:
		return "Yes, and the two agree."
	case assess.DoubleDisagree:
		return "Yes, and the two disagree: a third person decides."
	case assess.Adjudicated:
		return "Yes, and a third person has decided."
	case assess.SingleReview:
		return "No: whoever reviewed said that none is wanted."
	}
	return "Not yet."
}

func evidenceOf(list []assess.Evidence) []Evidence {
	out := []Evidence{}
	for _, e := range list {
		out = append(out, Evidence{Text: evidenceText(e), Words: evidenceWords(e), Item: e.Item})
	}
	return out
}

// evidenceText is a piece of evidence as a person types it.
func evidenceText(e assess.Evidence) string {
	switch {
	case e.FileRegion != nil:
		r := e.FileRegion
		return fmt.Sprintf("file_region=%g,%g,%g,%g", r[0], r[1], r[2], r[3])
	case e.FrameMS != nil:
		return fmt.Sprintf("frame_ms=%d", *e.FrameMS)
	case e.SatImageDate != "":
		return "sat_image_date=" + e.SatImageDate
	}
	return "url=" + e.URL
}

func evidenceWords(e assess.Evidence) string {
	switch {
	case e.FileRegion != nil:
		r := e.FileRegion
		return fmt.Sprintf("part of the picture, from %.0f %%, %.0f %% to %.0f %%, %.0f %%", r[0]*100, r[1]*100, r[2]*100, r[3]*100)
	case e.FrameMS != nil:
		return "frame at " + strip.Clock(time.Duration(*e.FrameMS)*time.Millisecond, 3)
	case e.SatImageDate != "":
		return "satellite picture of " + e.SatImageDate
	}
	return e.URL
}

// claimTitles name the subjects and say how their values are written.
func claimTitles() map[assess.Subject][2]string {
	return map[assess.Subject][2]string{
		assess.Where:     {"Where it was recorded", "latitude,longitude and, if you like, a radius in metres: 50.4501,30.5234,100"},
		assess.When:      {"When it was recorded", "a day (2022-03-04), a moment with its zone (2022-03-04T14:05:00+02:00), or two with a slash between"},
		assess.What:      {"What it shows", "in a few words"},
		assess.Who:       {"Who recorded and who published it", "in a few words"},
		assess.Integrity: {"Whether it is whole and unchanged", "in a few words"},
	}
}

func claimsOf(claims map[assess.Subject]assess.Claim) []ClaimAsked {
	var out []ClaimAsked
	for _, s := range assess.Subjects() {
		c, title := claims[s], claimTitles()[s]
		out = append(out, ClaimAsked{
			Claim: s, Title: title[0], Help: title[1], Needed: assess.Needed(s), Grade: c.Grade, Value: string(c.Value), Basis: listOf(c.Basis),
		})
	}
	return out
}

func newSheetSide(s *assess.Sheet) SheetSide {
	side := SheetSide{
		Round: s.Round, Blind: s.Blind, By: []string{}, Answers: []SideAnswer{}, Claims: claimsOf(s.Claims), Conclusion: s.Conclusion, Limits: s.Limits,
		Title: map[assess.Round]string{assess.First: "First review", assess.Second: "Second review", assess.Adjudication: "Decision of a third person"}[s.Round],
	}
	for _, r := range s.Reviewers {
		side.By = append(side.By, r.Name)
	}
	if s.Done {
		side.HandedIn = instantText(s.DoneAt)
	}
	for _, step := range assess.Steps() {
		if step.Derived {
			continue
		}
		a := s.Answers[step.ID]
		side.Answers = append(side.Answers, SideAnswer{Step: step.ID, Answer: a.Answer, Words: a.Answer.InWords(), Note: a.Note, Evidence: evidenceOf(a.Evidence)})
	}
	for _, group := range assess.Groups() {
		side.Results = append(side.Results, assess.Result(assess.InGroup(group), s.Answers))
	}
	return side
}

// differences are where the first two sheets differ, what needs a third person
// first.
func differences(seen *assess.Review) []SheetDiffers {
	out := []SheetDiffers{}
	compared, ok := assess.Compared(*seen)
	if !ok {
		return out
	}
	for _, list := range []struct {
		of    []assess.Disagreement
		third bool
	}{{compared.Disagreements, true}, {compared.Differences, false}} {
		for _, d := range list.of {
			out = append(out, SheetDiffers{What: d.What, First: replyWords(d.First), Second: replyWords(d.Second), Why: d.Why, Third: list.third})
		}
	}
	return out
}

// replyWords puts the values of lists into words and leaves all others.
func replyWords(s string) string {
	for _, r := range assess.Replies() {
		if string(r) == s {
			return r.InWords()
		}
	}
	for _, c := range assess.Conclusions() {
		if string(c) == s {
			return strings.ReplaceAll(s, "_", " ")
		}
	}
	return s
}
