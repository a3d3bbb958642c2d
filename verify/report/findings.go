package report

import (
	"cmp"
	"slices"

	"github.com/firsthand-media/firsthand/extract/source"
	"github.com/firsthand-media/firsthand/verify"
)

// findingGroup is the findings of one code.
type findingGroup struct {
	Code  string
	Words string // what the code means, "" when only the messages say it
	Same  string // the message, when all of them say the same
	Count int
	Rows  []findingRow
	More  int // left out of Rows
	Open  bool
}

type findingRow struct{ Path, Message string }

// listedFindings bounds the rows of one code.
const listedFindings = 200

// openFindings is how many unreadable files of one code are shown unfolded.
const openFindings = 20

// groupFindings sorts findings into errors, warnings and notes, each by code:
// the commonest first. A code that needs a heading in plain words has one under
// "report.finding."; others stand by themselves with their messages.
func groupFindings(list []verify.Finding, w Words) (unread, warnings, notes []findingGroup) {
	pick := func(s source.Severity) []findingGroup {
		byCode := map[string][]findingRow{}
		for _, f := range list {
			if f.Severity != s {
				continue
			}
			about := cmp.Or(string(f.Path), string(f.Source), w.T("report.the-case"))
			byCode[f.Code] = append(byCode[f.Code], findingRow{about, visible(f.Message)})
		}
		return findingGroups(byCode, w)
	}
	unread, warnings, notes = pick(source.Error), pick(source.Warning), pick(source.Info)
	for i := range unread {
		unread[i].Open = unread[i].Count <= openFindings
	}
	return unread, warnings, notes
}

func findingGroups(byCode map[string][]findingRow, w Words) []findingGroup {
	var out []findingGroup
	for code, rows := range byCode {
		slices.SortFunc(rows, func(a, b findingRow) int {
			return cmp.Or(cmp.Compare(a.Path, b.Path), cmp.Compare(a.Message, b.Message))
		})
		g := findingGroup{Code: code, Count: len(rows), Same: rows[0].Message}
		if key := "report.finding." + code; w.Has(key) {
			g.Words = w.T(key)
		}
		for _, row := range rows {
			if row.Message != g.Same {
				g.Same = ""
				break
			}
		}
		g.Same = w.Sentence(g.Same)
		g.Rows = rows[:min(len(rows), listedFindings)]
		for i := range g.Rows {
			g.Rows[i].Message = w.Sentence(g.Rows[i].Message)
		}
		g.More = len(rows) - len(g.Rows)
		out = append(out, g)
	}
	slices.SortFunc(out, func(a, b findingGroup) int {
		return cmp.Or(cmp.Compare(b.Count, a.Count), cmp.Compare(a.Code, b.Code))
	})
	return out
}
