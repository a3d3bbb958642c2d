package report

import "slices"

// Section is a part of a report that a person may leave out. What a report does
// not establish, how to read it, its sources, its hashes and the state of the
// ledger are in every one.
type Section string

// The sections, in the order of the page.
const (
	Counts     Section = "counts"
	Overview   Section = "overview"
	Incidents  Section = "incidents"
	Reviews    Section = "reviews"
	Likenesses Section = "likeness"
	Videos     Section = "videos"
	Unread     Section = "unread"
	Alone      Section = "alone"
	Clocks     Section = "clocks"
	Notes      Section = "notes"
	Decisions  Section = "decisions"
)

// Sections lists them.
func Sections() []Section {
	return []Section{Counts, Overview, Incidents, Reviews, Likenesses, Videos, Unread, Alone, Clocks, Notes, Decisions}
}

// InWords is the heading of a section, in English.
func (s Section) InWords() string { return In(nil).Section(s) }

// Section is the heading of a section, as it stands in a sentence.
func (w Words) Section(s Section) string { return w.T("report.section." + string(s)) }

// Shows says whether a section is in the report.
func (v view) Shows(section string) bool { return !slices.Contains(v.Left, Section(section)) }

// ShowsWhole says the same of a section that only the report of a whole case
// has.
func (v view) ShowsWhole(section string) bool { return v.Whole() && v.Shows(section) }

// LeavesOut says whether the report has to say that it is not the whole.
func (v view) LeavesOut() bool { return v.Public || len(v.Withheld) > 0 || len(v.Left) > 0 }

// LeftInWords names the sections that a person left out.
func (v view) LeftInWords() string {
	var out []string
	for _, s := range Sections() {
		if slices.Contains(v.Left, s) {
			out = append(out, v.w.Section(s))
		}
	}
	return v.w.list(out)
}

// PictureWords says how pictures are shown.
func (v view) PictureWords() string {
	switch {
	case v.NoPictures:
		return v.w.T("report.pictures.none")
	case v.Sharp > 0:
		return v.w.amount("report.pictures.sharp", v.Sharp)
	}
	return v.w.T("report.pictures.soft")
}
