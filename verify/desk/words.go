package desk

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/firsthand-media/firsthand/verify"
	"github.com/firsthand-media/firsthand/verify/assess"
)

// Tell says what a decision decides in a sentence without a full stop. path
// names an item; all are the decisions of the case, among them those that are
// taken back.
func Tell(d verify.Decision, path func(verify.Digest) string, all []verify.Decision) string {
	switch d.Kind {
	case verify.Confirm:
		return d.Incident + " is confirmed now"
	case verify.Reject:
		return d.Incident + " is rejected now"
	case verify.Pin:
		return fmt.Sprintf("%s kept in %s", files(d.Subjects), d.Incident)
	case verify.Add:
		return fmt.Sprintf("%s added to %s", files(d.Subjects), d.Incident)
	case verify.AlsoIn:
		return fmt.Sprintf("%s shown in %s too", files(d.Subjects), d.Incident)
	case verify.Remove:
		return fmt.Sprintf("%s taken out of %s", files(d.Subjects), d.Incident)
	case verify.Exclude:
		return files(d.Subjects) + " kept out of every incident"
	case verify.ForContext:
		return fmt.Sprintf("%s shown in %s for context", files(d.Subjects), d.Incident)
	case verify.Move:
		return fmt.Sprintf("%s moved from %s to %s", files(d.Subjects), d.Other, d.Incident)
	case verify.Merge:
		return fmt.Sprintf("%s is one with %s now", d.Other, d.Incident)
	case verify.Split:
		return fmt.Sprintf("%s split off %s as %s", files(d.Subjects), d.Incident, d.Other)
	case verify.TakeBack:
		return tellTakeBack(d, all)
	}
	if words, ok := verdictWords[d.Kind]; ok && len(d.Subjects) == 2 {
		return fmt.Sprintf("%s and %s %s", path(d.Subjects[0]), path(d.Subjects[1]), words)
	}
	return d.Kind
}

func tellTakeBack(d verify.Decision, all []verify.Decision) string {
	i := slices.IndexFunc(all, func(m verify.Decision) bool { return m.Seq == d.TakesBack })
	if i < 0 {
		return fmt.Sprintf("entry %d is taken back", d.TakesBack)
	}
	return fmt.Sprintf("entry %d (%s, by %s) is taken back", d.TakesBack, all[i].Kind, all[i].By)
}

// verdictWords say what a verdict on two files is.
var verdictWords = map[string]string{
	verify.SameImage: "show the same picture", verify.SceneOnly: "show the same scene, and not the same picture",
	verify.NotSame: "are not the same", verify.Unsure: "are left open: whether they are the same cannot be told yet",
	verify.NotSameIncident: "are not of one incident",
}

// files counts items in words.
func files(items []verify.Digest) string { return counted(len(items), "is", "are") }

func counted(n int, one, more string) string {
	if n == 1 {
		return "1 file " + one
	}
	return fmt.Sprintf("%d files %s", n, more)
}

// TellMark says what a mark says in a sentence without a full stop.
func TellMark(m verify.Mark) string {
	if m.TakesBack != 0 {
		return fmt.Sprintf("entry %d (a mark) is taken back", m.TakesBack)
	}
	n := len(m.Items)
	var said []string
	if m.State != nil {
		words := map[verify.MarkState]string{verify.Pinned: "pinned", verify.SetAside: "set aside", verify.Unmarked: "neither pinned nor set aside now"}
		said = append(said, files(m.Items)+" "+words[*m.State])
	}
	if len(m.AddTags) > 0 {
		said = append(said, files(m.Items)+" tagged "+strings.Join(m.AddTags, ", "))
	}
	if len(m.DropTags) > 0 {
		said = append(said, counted(n, "has", "have")+" no longer the tag "+strings.Join(m.DropTags, ", "))
	}
	if m.Note != "" {
		said = append(said, counted(n, "has", "have")+" a note")
	}
	switch {
	case m.Described != nil && *m.Described == "":
		said = append(said, files(m.Items)+" described no longer")
	case m.Described != nil:
		said = append(said, files(m.Items)+" described")
	}
	if m.Masks != nil {
		said = append(said, tellMasks(n, len(*m.Masks)))
	}
	switch {
	case m.Stands != nil && *m.Stands:
		said = append(said, "1 file is shown in the place of its copies")
	case m.Stands != nil:
		said = append(said, "1 file is shown in the place of its copies no longer")
	}
	if m.Time != nil {
		said = append(said, "a time is confirmed for 1 file")
	}
	if m.Place != nil {
		said = append(said, "a place is confirmed for 1 file")
	}
	if len(said) == 0 {
		return tellErased(m)
	}
	return strings.Join(said, "; ")
}

func tellMasks(files, masks int) string {
	switch masks {
	case 0:
		return "nothing is covered in " + counted(files, "now", "now")
	case 1:
		return "1 part is covered in " + strings.TrimSpace(counted(files, "", ""))
	}
	return fmt.Sprintf("%d parts are covered in %s", masks, strings.TrimSpace(counted(files, "", "")))
}

func tellErased(m verify.Mark) string {
	return counted(len(m.Items), "has", "have") + " a mark, its words erased"
}

// The three content warnings, as levels of [assess.Marks.Graphic].
const (
	WarnNone     = 0
	WarnModerate = 2
	WarnSevere   = 3
)

// Warning names a graphic level: none, moderate or severe.
func Warning(level int) string {
	switch {
	case level >= WarnSevere:
		return "severe"
	case level > WarnNone:
		return "moderate"
	}
	return "none"
}

// WarningLevel reads the name of a warning.
func WarningLevel(name string) (int, error) {
	for _, level := range []int{WarnNone, WarnModerate, WarnSevere} {
		if Warning(level) == name {
			return level, nil
		}
	}
	return 0, problem(Unclear, "choose none, moderate or severe", "a content warning is none, moderate or severe, and not %q", name)
}

// tellAct says what an act of an assessment on n items says, as far as it is
// open to everybody: of a sheet only that there is one.
func tellAct(a assess.Act, n int) string {
	switch {
	case a.TakesBack != 0:
		return fmt.Sprintf("entry %d (of an assessment) is taken back", a.TakesBack)
	case a.Reopen:
		return "the review begins anew"
	case a.Marks != nil && a.Marks.Graphic != nil:
		return counted(n, "has", "have") + " the content warning " + Warning(*a.Marks.Graphic)
	case a.Marks != nil:
		return counted(n, "is", "are") + " marked for how to be handled"
	case a.Done:
		return "a sheet of the checklist is handed in"
	}
	return "the checklist is answered"
}

// paths names items by their path, as [Tell] wants it.
func (d *Desk) paths(ctx context.Context) func(verify.Digest) string {
	return func(item verify.Digest) string { return d.path(ctx, item) }
}
