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

// meanings of the codes that need a heading in plain words. Other codes stand
// by themselves with their messages.
var meanings = map[string]string{
	"ambiguous-date-order":      "A date can be read with the day or the month first; both are kept",
	"c2pa-claims":               "A signed manifest says how the file was made",
	"capture-times-differ":      "Parts of the file state different times of the capture",
	"changed-while-reading":     "The file changed while it was read",
	"clock-offset":              "A device's clock was off and was put right",
	"clock-suspect":             "A device's clock may be off",
	"clock-unsteady":            "A device's clock was off by changing amounts",
	"clock-zone":                "The zone of a device's clock was worked out",
	"corrupt-structure":         "Part of the file's structure is damaged",
	"decisions-conflict":        "Two decisions of people contradict each other",
	"derived-from":              "An editor's data say that the file was made from another document",
	"derived-thumbnails":        "Small previews of an export, left out beside their originals",
	"device-disagree":           "Parts of the file name different devices",
	"edit-history":              "An editor's own history lists steps of work on the file",
	"editor-software":           "An editing program wrote the file",
	"empty-file":                "The file is empty",
	"export-furniture":          "Parts of an export's own pages, left out beside its media",
	"extension-mismatch":        "The name says another type than the content is",
	"gps-time-mismatch":         "The camera's clock and the satellite time cannot both be right",
	"invalid-date":              "A date field holds no date",
	"light-misfit":              "A picture's light does not fit the claimed time and place",
	"modify-before-original":    "The file states a change before the capture",
	"not-media":                 "No photo or video, whatever its name says",
	"null-date":                 "A date field is there and was never set",
	"partly-examined":           "Nothing was seen of a part of a video",
	"pixel-size-differs":        "The picture is not of the size that the camera noted",
	"position-disagree":         "Parts of the file state different positions",
	"recycled-media":            "A picture was posted again long after it first appeared",
	"same-picture-other-sound":  "Two videos show the same pictures with different sound",
	"same-sound-other-picture":  "Two videos have the same sound with different pictures",
	"sidecar-damaged":           "Part of a description beside the files is damaged",
	"sidecar-file-missing":      "An export names a file that is not there",
	"sidecar-file-omitted":      "An export lists a file that it does not hold",
	"sidecar-post-without-file": "Posts of an export whose files are not in this case",
	"sidecar-time-unusable":     "A description states a time that is none",
	"sidecar-unknown":           "A file looks like a description of others and was not understood",
	"sidecar-unreadable":        "A description beside the files could not be read",
	"sidecar-zone-uncertain":    "The zone of a description's times is not certain",
	"sound-not-examined":        "The sound of a video could not be listened to",
	"time-contradiction":        "The times that a file and its posts claim contradict each other",
	"truncated":                 "The file ends too early; part of it is missing",
	"undecodable":               "The picture could not be decoded",
	"unreadable":                "The file could not be opened or read",
	"zone-contradicts-post":     "A zone that a person gave puts a file after its own post",
	"zone-unused":               "A zone was given for a source that the case does not have",
}

// groupFindings sorts findings into errors, warnings and notes, each by code:
// the commonest first.
func groupFindings(list []verify.Finding) (unread, warnings, notes []findingGroup) {
	pick := func(s source.Severity) []findingGroup {
		byCode := map[string][]findingRow{}
		for _, f := range list {
			if f.Severity != s {
				continue
			}
			about := string(cmp.Or(f.Path, f.Source, "the case"))
			byCode[f.Code] = append(byCode[f.Code], findingRow{about, visible(f.Message)})
		}
		return findingGroups(byCode)
	}
	unread, warnings, notes = pick(source.Error), pick(source.Warning), pick(source.Info)
	for i := range unread {
		unread[i].Open = unread[i].Count <= openFindings
	}
	return unread, warnings, notes
}

func findingGroups(byCode map[string][]findingRow) []findingGroup {
	var out []findingGroup
	for code, rows := range byCode {
		slices.SortFunc(rows, func(a, b findingRow) int {
			return cmp.Or(cmp.Compare(a.Path, b.Path), cmp.Compare(a.Message, b.Message))
		})
		g := findingGroup{Code: code, Words: meanings[code], Count: len(rows), Same: rows[0].Message}
		for _, row := range rows {
			if row.Message != g.Same {
				g.Same = ""
				break
			}
		}
		g.Rows = rows[:min(len(rows), listedFindings)]
		g.More = len(rows) - len(g.Rows)
		out = append(out, g)
	}
	slices.SortFunc(out, func(a, b findingGroup) int {
		return cmp.Or(cmp.Compare(b.Count, a.Count), cmp.Compare(a.Code, b.Code))
	})
	return out
}
