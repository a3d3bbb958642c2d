package api

import (
	"strings"

	"github.com/firsthand-media/firsthand/verify/assess"
)

// ChecklistChoices are the lists that answers are chosen from.
type ChecklistChoices struct {
	Replies       []Choice `json:"replies"`
	Grades        []Choice `json:"grades"`
	Conclusions   []Choice `json:"conclusions"`
	Graphic       []Choice `json:"graphic"`
	Sensitivities []Choice `json:"sensitivities"`
	Restrictions  []Choice `json:"restrictions"`
}

// Choice is one value of a list.
type Choice struct {
	ID   string `json:"id"`
	Text string `json:"text" say:"sentence"`
	Help string `json:"help" say:"sentence"`
}

func checklistChoices() ChecklistChoices {
	c := ChecklistChoices{
		Grades:        choicesOf(assess.Grades(), map[string]string{"confirmed": "on two independent bases or more"}),
		Conclusions:   choicesOf(assess.Conclusions(), map[string]string{"misattributed": "real, of another time or place than claimed"}),
		Sensitivities: choicesOf(assess.Sensitivities(), nil),
		Restrictions:  choicesOf(assess.Restrictions(), map[string]string{"internal": "stays with the team", "restricted": "for named people", "sealed": "for nobody but who keeps it"}),
		Graphic:       []Choice{{"0", "none", ""}, {"1", "moderate", "hurt people, or what may upset"}, {"2", "moderate, more so", ""}, {"3", "severe", "death, or wounds close to"}},
	}
	for _, r := range assess.Replies() {
		c.Replies = append(c.Replies, Choice{ID: string(r), Text: r.InWords()})
	}
	return c
}

func choicesOf[T ~string](list []T, help map[string]string) []Choice {
	var out []Choice
	for _, v := range list {
		out = append(out, Choice{ID: string(v), Text: strings.ReplaceAll(string(v), "_", " "), Help: help[string(v)]})
	}
	return out
}

// ItemMarks say how an item is to be handled. They are shown to everybody.
type ItemMarks struct {
	Graphic        *int     `json:"graphic"` // 0 none, 1 and 2 moderate, 3 severe; null where nobody said
	Sensitivity    []string `json:"sensitivity"`
	Restriction    string   `json:"restriction"`
	Faces          *bool    `json:"faces"` // can be recognised
	Consent        string   `json:"consent"`
	RightsOwner    string   `json:"rights_owner"`
	Rights         string   `json:"rights"`
	CreatorWilling *bool    `json:"creator_willing"` // to be a witness
}

func itemMarks(m *assess.Marks) ItemMarks {
	text := func(s *string) string {
		if s == nil {
			return ""
		}
		return *s
	}
	out := ItemMarks{
		Graphic: m.Graphic, Sensitivity: []string{}, Restriction: text(m.Restriction), Faces: m.FacesVisible, Consent: text(m.ConsentNote),
		RightsOwner: text(m.RightsOwner), Rights: text(m.RightsDeclaration), CreatorWilling: m.CreatorWilling,
	}
	for _, s := range m.Sensitivity {
		out.Sensitivity = append(out.Sensitivity, string(s))
	}
	return out
}
