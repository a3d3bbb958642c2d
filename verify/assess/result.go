package assess

import (
	"fmt"
	"slices"
	"strings"
)

// Groups lists the headings under which the workbench shows the questions, in
// its order. The letters of the steps are the order of the work; the headings
// are what a reader looks for.
func Groups() []string {
	return []string{provenance, sourceGroup, dateGroup, placeGroup, content, motivation, sensitivity}
}

// InGroup gives the steps of a heading, in the order of the checklist.
func InGroup(group string) []Step {
	return slices.DeleteFunc(Steps(), func(s Step) bool { return s.Group != group })
}

// Result says in a sentence how far the questions are answered and how: "Of 6
// questions, 3 are supported (B1, B2 and C1), 1 is contradicted (D4) and 2 are
// not done (A3 and B3)." It is no score: which questions they are matters, not
// how many. Derived steps are not counted.
func Result(steps []Step, answers map[string]Answer) string {
	by := map[Reply][]string{}
	asked := 0
	for _, s := range steps {
		if s.Derived {
			continue
		}
		asked++
		reply := answers[s.ID].Answer
		by[reply] = append(by[reply], s.ID)
	}
	var parts []string
	for _, reply := range append(Replies(), "") {
		if ids := by[reply]; len(ids) > 0 {
			parts = append(parts, outcome(reply, ids, asked))
		}
	}
	if len(parts) == 1 {
		return strings.ToUpper(parts[0][:1]) + parts[0][1:] + "."
	}
	return fmt.Sprintf("Of %d questions, %s.", asked, series(parts))
}

// outcome is one answer with the questions that it was given to.
func outcome(reply Reply, ids []string, asked int) string {
	n, verb := fmt.Sprint(len(ids)), "are"
	if len(ids) == 1 {
		verb = "is"
	}
	words := verb + " " + reply.InWords()
	switch reply {
	case NotApplicable:
		words = map[bool]string{true: "does not apply", false: "do not apply"}[len(ids) == 1]
	case CannotTell:
		words = "cannot be told"
	}
	if len(ids) == asked {
		n = map[bool]string{true: "the one question", false: fmt.Sprintf("all %d questions", asked)}[asked == 1]
	}
	return fmt.Sprintf("%s %s (%s)", n, words, series(ids))
}

// series joins words as a person does: "a, b and c".
func series(list []string) string {
	if len(list) < 2 {
		return strings.Join(list, "")
	}
	return strings.Join(list[:len(list)-1], ", ") + " and " + list[len(list)-1]
}
