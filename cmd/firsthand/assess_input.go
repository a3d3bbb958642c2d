package main

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/firsthand-media/firsthand/extract/source"
	"github.com/firsthand-media/firsthand/verify/assess"
	"github.com/firsthand-media/firsthand/verify/sun"
	"github.com/spf13/pflag"
)

// assessOptions are the flags of firsthand assess.
type assessOptions struct {
	step, answer, note    string
	evidence              []string
	minutes               float64
	claims, values, bases []string
	conclude, limits      string

	graphic, restriction string
	sensitivity          []string
	faces, willing       string
	consent              string
	rightsOwner, rights  string

	blind, adjudicate    bool
	done, single, reopen bool
	takeBack             int64
	from, light          string

	given map[string]bool // flags that were given
}

func (o *assessOptions) flags(f *pflag.FlagSet) {
	f.StringVar(&o.step, "step", "", "the step of the checklist, A1 to H; firsthand assess steps lists them")
	f.StringVar(&o.answer, "answer", "", "pass, fail, partial, not_applicable or cannot_determine; none takes an answer away")
	f.StringVar(&o.note, "note", "", "what the answer rests on")
	f.StringArrayVar(&o.evidence, "evidence", nil, "url=…, frame_ms=…, file_region=x0,y0,x1,y1 or sat_image_date=2022-03-04; may be repeated")
	f.Float64Var(&o.minutes, "minutes", 0, "minutes of work on the step")
	f.StringArrayVar(&o.claims, "claim", nil, "CLAIM=GRADE: where, when, what, who or integrity; confirmed, probable, possible, contradicted or unknown; may be repeated")
	f.StringArrayVar(&o.values, "value", nil, "CLAIM=TEXT: what is claimed, as where=LAT,LON or when=2022-03-04")
	f.StringArrayVar(&o.bases, "basis", nil, "CLAIM=TEXT: a basis of a claim; may be repeated, and confirmed needs two")
	f.StringVar(&o.conclude, "conclude", "", "verified, partly_verified, not_verifiable, misattributed, manipulated, staged or duplicate")
	f.StringVar(&o.limits, "limits", "", "limits of the conclusion, and what could change it")
	f.StringVar(&o.graphic, "graphic", "", "how graphic it is, 0 to 3")
	f.StringArrayVar(&o.sensitivity, "sensitivity", nil, "one of the five values of Atlos, as \"Graphic Violence\"; may be repeated")
	f.StringVar(&o.restriction, "restriction", "", "none, internal, restricted or sealed")
	f.StringVar(&o.faces, "faces", "", "yes or no: faces can be recognised")
	f.StringVar(&o.consent, "consent", "", "what is known of the consent of those shown")
	f.StringVar(&o.rightsOwner, "rights-owner", "", "who holds the rights")
	f.StringVar(&o.rights, "rights", "", "what they declared")
	f.StringVar(&o.willing, "willing", "", "yes or no: whoever recorded it would be a witness")
	f.BoolVar(&o.blind, "blind", false, "the second review, by another person who has not seen the first")
	f.BoolVar(&o.adjudicate, "adjudicate", false, "the decision of a third person on two reviews")
	f.BoolVar(&o.done, "done", false, "hand the sheet in")
	f.BoolVar(&o.single, "single", false, "no second review is wanted: the sheet is shown to everybody once it is handed in")
	f.BoolVar(&o.reopen, "reopen", false, "begin a closed review anew; what was said stays in the ledger")
	f.Int64Var(&o.takeBack, "take-back", 0, "an entry of the ledger, of yours, that does not hold")
	f.StringVar(&o.from, "from", "", "a sheet as JSON or CSV")
	f.StringVar(&o.light, "light", "", "what the picture shows: day, twilight or night; it is set beside the claimed time and place")
	f.Bool("show", false, "show the sheet (as without any flag)")
}

// showing are the flags that write nothing.
func showing() []string {
	return []string{"case", "json", "by", "show", "light", "quiet", "blind", "adjudicate"}
}

// says notes which flags were given, and tells whether one of them writes.
func (o *assessOptions) says(f *pflag.FlagSet) bool {
	o.given = map[string]bool{}
	writes := false
	f.Visit(func(flag *pflag.Flag) {
		o.given[flag.Name] = true
		writes = writes || !slices.Contains(showing(), flag.Name)
	})
	return writes
}

// beside says whether flags beside --from say something of the files too.
func (o *assessOptions) beside() bool {
	for name := range o.given {
		if name != "from" && !slices.Contains(showing(), name) {
			return true
		}
	}
	return false
}

func (o *assessOptions) round() assess.Round {
	switch {
	case o.adjudicate:
		return assess.Adjudication
	case o.blind:
		return assess.Second
	}
	return assess.First
}

// act is what the flags say.
func (o *assessOptions) act() (assess.Act, error) {
	a := assess.Act{
		Round: o.round(), Conclusion: assess.Conclusion(strings.ToLower(o.conclude)), Limits: o.limits,
		Done: o.done, Single: o.single, Reopen: o.reopen, TakesBack: o.takeBack,
	}
	if o.blind && o.adjudicate {
		return a, usagef("--blind is of the second reviewer and --adjudicate of the third")
	}
	if o.given["take-back"] && o.takeBack <= 0 {
		return a, usagef("--take-back takes an entry of the ledger")
	}
	for _, of := range []func(*assess.Act) error{o.answers, o.claimed, o.marks} {
		if err := of(&a); err != nil {
			return a, usageError{err}
		}
	}
	return a, nil
}

func (o *assessOptions) answers(a *assess.Act) error {
	if o.step == "" {
		if o.given["answer"] || o.given["note"] || o.given["evidence"] || o.given["minutes"] {
			return fmt.Errorf("an answer needs its step: --step E2 --answer pass")
		}
		return nil
	}
	step, ok := assess.FindStep(o.step)
	if !ok {
		return withHint(fmt.Errorf("there is no step %q in the checklist", o.step), "firsthand assess steps lists them")
	}
	if !o.given["answer"] {
		return fmt.Errorf("step %s needs an --answer: pass, fail, partial, not_applicable or cannot_determine", step.ID)
	}
	n := assess.Answer{Step: step.ID, Answer: assess.Reply(strings.ToLower(o.answer)), Note: o.note, Minutes: o.minutes}
	if n.Answer == "none" {
		n.Answer = ""
	}
	for _, text := range o.evidence {
		e, err := assess.ParseEvidence(text)
		if err != nil {
			return err
		}
		n.Evidence = append(n.Evidence, e...)
	}
	a.Answers = append(a.Answers, n)
	return nil
}

func (o *assessOptions) claimed(a *assess.Act) error {
	for _, text := range o.claims {
		subject, grade, ok := strings.Cut(strings.ToLower(text), "=")
		if !ok {
			return fmt.Errorf("%q is no claim: it is written as where=probable", text)
		}
		a.Claims = append(a.Claims, assess.Claim{Claim: assess.Subject(strings.TrimSpace(subject)), Grade: assess.Grade(strings.TrimSpace(grade))})
	}
	for flag, list := range map[string][]string{"value": o.values, "basis": o.bases} {
		for _, text := range list {
			subject, said, _ := strings.Cut(text, "=")
			i := slices.IndexFunc(a.Claims, func(c assess.Claim) bool { return strings.EqualFold(string(c.Claim), strings.TrimSpace(subject)) })
			if i < 0 {
				return fmt.Errorf("--%s %q speaks of a claim that --claim does not grade", flag, text)
			}
			if said = strings.TrimSpace(said); flag == "value" {
				a.Claims[i].Value = source.Text(said)
			} else {
				a.Claims[i].Basis = append(a.Claims[i].Basis, said)
			}
		}
	}
	return nil
}

// marks reads the flags for the care of viewers and of those shown.
func (o *assessOptions) marks(a *assess.Act) error {
	var m assess.Marks
	said := false
	if o.given["graphic"] {
		level, err := strconv.Atoi(strings.TrimSpace(o.graphic))
		if err != nil {
			return fmt.Errorf("--graphic is %q: it is 0 (none), 1, 2 (moderate) or 3 (severe)", o.graphic)
		}
		m.Graphic, said = &level, true
	}
	if o.given["sensitivity"] {
		m.Sensitivity, said = []assess.Sensitivity{}, true
		for _, s := range o.sensitivity {
			i := slices.IndexFunc(assess.Sensitivities(), func(v assess.Sensitivity) bool { return strings.EqualFold(string(v), s) })
			if i >= 0 {
				s = string(assess.Sensitivities()[i])
			}
			if s != "" {
				m.Sensitivity = append(m.Sensitivity, assess.Sensitivity(s))
			}
		}
	}
	for _, f := range []struct {
		flag string
		text *string
		to   **string
	}{
		{"restriction", &o.restriction, &m.Restriction}, {"consent", &o.consent, &m.ConsentNote},
		{"rights-owner", &o.rightsOwner, &m.RightsOwner}, {"rights", &o.rights, &m.RightsDeclaration},
	} {
		if o.given[f.flag] {
			*f.to, said = f.text, true
		}
	}
	for _, f := range []struct {
		flag, text string
		to         **bool
	}{{"faces", o.faces, &m.FacesVisible}, {"willing", o.willing, &m.CreatorWilling}} {
		if !o.given[f.flag] {
			continue
		}
		yes := f.text == "yes"
		if !yes && f.text != "no" {
			return fmt.Errorf("--%s is yes or no", f.flag)
		}
		*f.to, said = &yes, true
	}
	if said {
		a.Marks = &m
	}
	return nil
}

// lightSaid is the light that --light names, "" for none.
func (o *assessOptions) lightSaid() (sun.Light, error) {
	switch l := sun.Light(o.light); l {
	case "", sun.Day, sun.Twilight, sun.Night:
		return l, nil
	}
	return "", usagef("there is no light %q; it is day, twilight or night", o.light)
}
