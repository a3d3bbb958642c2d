package assess

import "strings"

// Section is a part of the checklist.
type Section struct {
	ID    string `json:"section"`
	Title string `json:"title"`
	Steps []Step `json:"steps"`
}

// Step is one question. Group is the heading under which the workbench shows
// it. A derived step is not answered: what happens to the review answers it.
type Step struct {
	ID       string `json:"step"`
	Question string `json:"question"`
	Help     string `json:"help"`
	Group    string `json:"group"`
	Derived  bool   `json:"derived"`
}

// The groups of the workbench.
const (
	provenance  = "provenance"
	sourceGroup = "source"
	dateGroup   = "date"
	placeGroup  = "place"
	content     = "content"
	motivation  = "motivation"
	sensitivity = "sensitivity and consent"
)

// Checklist gives the sections in the order of the work, after the Berkeley
// Protocol (OHCHR, HR/PUB/20/2): preliminary assessment, preservation, then
// source, technical and content analysis, looked at together.
func Checklist() []Section {
	return []Section{
		{"A", "preliminary", []Step{
			{"A1", "Is it relevant to this case?", "It shows, or claims to show, something the case asks about; say what.", content, false},
			{"A2", "Does it look reliable at first sight?", "Nothing plainly speaks against it yet; a first impression, not a finding.", sourceGroup, false},
			{"A3", "Is there a risk that it disappears?", "The source may delete it, or the platform remove it: then preserve it before all else.", provenance, false},
			{"A4", "Are the persons shown and the viewer safe?", "Think of who could be found or harmed through it, and of who has to look at it.", sensitivity, false},
		}},
		{"B", "preservation", []Step{
			{"B1", "Is the evidentiary copy kept and hashed?", "The file as it was obtained, with its SHA-256; all work is done on copies.", provenance, false},
			{"B2", "Is there a custody entry for it?", "The ledger says when it came in, from where and by whom.", provenance, false},
			{"B3", "Is the source page saved, or noted as missing?", "A saved page shows caption, account and date as they were.", provenance, false},
		}},
		{"C", "source analysis", []Step{
			{"C1", "Is this the earliest copy?", "Look for earlier ones in the case first, then by reverse search; note where you looked.", provenance, false},
			{"C2", "Is the source credible?", "What is known of the account: its age, its habit, what it published before.", sourceGroup, false},
			{"C3", "Is the source independent and impartial?", "Who is behind it and what they want; a party to the conflict is not independent.", motivation, false},
			{"C4", "Is what the source says specific?", "Who, where, when and how; vague captions carry little.", sourceGroup, false},
			{"C5", "How near is the source to the event?", "Recorded by itself, heard from a witness, or passed on: each step away weakens it.", sourceGroup, false},
		}},
		{"D", "technical analysis", []Step{
			{"D1", "Are the metadata read and consistent with each other?", "Device, software, times and places as the file has them; stripped metadata are no contradiction.", dateGroup, false},
			{"D2", "Do the file's own times agree with the time of posting?", "A recording cannot be later than its first post; beware of clocks and zones.", dateGroup, false},
			{"D3", "Are there signs of editing?", "View the filters and the structure of the file; describe what you see, nothing is scored.", content, false},
			{"D4", "Do C2PA or ProofMode data, if present, hold?", "Signature, bindings to the bytes and who signed; absence says nothing.", provenance, false},
		}},
		{"E", "content analysis", []Step{
			{"E1", "Are the identifying features listed?", "Buildings, signs, terrain, uniforms, voices: what others could check.", content, false},
			{"E2", "Is the place found?", "At least three features matched with independent pictures; note the date of the satellite picture.", placeGroup, false},
			{"E3", "Is the time found?", "Shadows, weather, known events and the state of buildings, independent of what is claimed.", dateGroup, false},
			{"E4", "Is it complete?", "Whether it is cut, and what is missing before and after.", content, false},
			{"E5", "Is it consistent in itself?", "Light, shadows, sound, language and season agree with each other.", content, false},
			{"E6", "Do others corroborate it?", "Other angles, reports or records that do not come from the same source.", content, false},
		}},
		{"F", "conclusion", []Step{
			{"F", "Are the grades, their limits and what could change them stated?", "Grade each claim with its bases, then conclude; not verifiable is an honest result.", content, false},
		}},
		{"G", "second review", []Step{
			{"G", "Has a second person reviewed it blind?", "Another person answers without seeing the first sheet; the program answers this step.", content, true},
		}},
		{"H", "publication safety", []Step{
			{"H", "Is it safe to publish?", "Faces, names, voices, exact places and consent; say what is to be withheld or covered.", sensitivity, false},
		}},
	}
}

// Steps gives all steps in order.
func Steps() []Step {
	var out []Step
	for _, s := range Checklist() {
		out = append(out, s.Steps...)
	}
	return out
}

// FindStep finds a step by its id, in upper or lower case.
func FindStep(id string) (Step, bool) {
	for _, s := range Steps() {
		if strings.EqualFold(s.ID, strings.TrimSpace(id)) {
			return s, true
		}
	}
	return Step{}, false
}
