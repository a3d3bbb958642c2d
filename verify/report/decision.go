package report

import (
	"strconv"

	"github.com/firsthand-media/firsthand/verify"
)

// mostSubjects bounds the files that one line names.
const mostSubjects = 4

// about says in words what a decision speaks of: an incident, two of them,
// files and where they went, or an earlier entry.
func (w Words) about(d verify.Decision, paths map[verify.Digest]string) string {
	files := w.subjectsOf(d.Subjects, paths)
	about := func(key string) string {
		return w.T(key, "files", files, "incident", d.Incident, "other", d.Other)
	}
	switch d.Kind {
	case verify.TakeBack:
		return w.T("report.about.entry", "number", strconv.FormatInt(d.TakesBack, 10))
	case verify.NotSame, verify.NotSameIncident, verify.Exclude:
		return files
	case verify.Merge:
		return about("report.about.two")
	case verify.Pin, verify.Add:
		return about("report.about.in")
	case verify.ForContext:
		return about("report.about.context")
	case verify.AlsoIn:
		return about("report.about.also")
	case verify.Remove:
		return about("report.about.out")
	case verify.Move:
		return about("report.about.move")
	case verify.Split:
		return about("report.about.split")
	}
	if d.Incident == "" {
		return files
	}
	return d.Incident
}

// subjectsOf lists items by their paths, the first few.
func (w Words) subjectsOf(items []verify.Digest, paths map[verify.Digest]string) string {
	var out []string
	for _, d := range items[:min(len(items), mostSubjects)] {
		out = append(out, subject(paths, d))
	}
	if more := len(items) - len(out); more > 0 {
		return w.T("report.about.more", "files", w.list(out), "n", more)
	}
	return w.List(out)
}
