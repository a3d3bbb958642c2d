package report

import (
	"fmt"
	"strings"

	"github.com/firsthand-media/firsthand/verify"
)

// mostSubjects bounds the files that one line names.
const mostSubjects = 4

// about says in words what a decision speaks of: an incident, two of them,
// files and where they went, or an earlier entry.
func about(d verify.Decision, paths map[verify.Digest]string) string {
	files := subjectsOf(d.Subjects, paths)
	switch d.Kind {
	case verify.TakeBack:
		return fmt.Sprintf("entry %d", d.TakesBack)
	case verify.NotSame, verify.NotSameIncident, verify.Exclude:
		return files
	case verify.Merge:
		return d.Incident + " and " + d.Other
	case verify.Pin, verify.Add:
		return files + ", in " + d.Incident
	case verify.ForContext:
		return files + ", shown in " + d.Incident + " for context"
	case verify.AlsoIn:
		return files + ", shown in " + d.Incident + " too"
	case verify.Remove:
		return files + ", out of " + d.Incident
	case verify.Move:
		return files + ", from " + d.Other + " to " + d.Incident
	case verify.Split:
		return files + ", out of " + d.Incident + " as " + d.Other
	}
	if d.Incident == "" {
		return files
	}
	return d.Incident
}

// subjectsOf lists items by their paths, the first few.
func subjectsOf(items []verify.Digest, paths map[verify.Digest]string) string {
	var out []string
	for _, d := range items[:min(len(items), mostSubjects)] {
		out = append(out, subject(paths, d))
	}
	if more := len(items) - len(out); more > 0 {
		return strings.Join(out, ", ") + fmt.Sprintf(" and %d more", more)
	}
	if n := len(out); n > 1 {
		return strings.Join(out[:n-1], ", ") + " and " + out[n-1]
	}
	return strings.Join(out, "")
}
