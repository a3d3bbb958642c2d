package report

import (
	"fmt"
	"slices"
	"strings"
)

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

// InWords is the heading of a section.
func (s Section) InWords() string {
	return map[Section]string{
		Counts: "count sheet", Overview: "where and when", Incidents: "incidents", Reviews: "verification and checklists",
		Likenesses: "copies and likeness", Videos: "videos", Unread: "files that could not be read", Alone: "files in no incident",
		Clocks: "clocks that were put right", Notes: "what the checks noted", Decisions: "decisions of people",
	}[s]
}

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
			out = append(out, s.InWords())
		}
	}
	return strings.Join(out, ", ")
}

// PictureWords says how pictures are shown.
func (v view) PictureWords() string {
	switch {
	case v.NoPictures:
		return "Pictures are left out."
	case v.Sharp == 1:
		return "Pictures are softened on purpose, but for one that a person chose to show as it is; what they covered in it is black."
	case v.Sharp > 1:
		return fmt.Sprintf("Pictures are softened on purpose, but for %s that a person chose to show as they are; what they covered in them is black.", thousands(v.Sharp))
	}
	return "Pictures are softened on purpose."
}
