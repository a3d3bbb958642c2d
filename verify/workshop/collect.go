package workshop

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"strconv"
	"strings"

	"golang.org/x/text/cases"
	"golang.org/x/text/unicode/norm"

	"github.com/firsthand-media/firsthand/extract/source"
	"github.com/firsthand-media/firsthand/verify/exercise"
	"github.com/firsthand-media/firsthand/verify/locale"
)

// Collection is what a group handed in, scored.
type Collection struct {
	Learners []Learner    `json:"learners"` // by name
	Tasks    []TaskResult `json:"tasks"`    // in the order of the exercise
	Refused  []Refused    `json:"refused"`  // by file
}

// Learner is one hand-in that counts.
type Learner struct {
	Name    string            `json:"name"`
	File    string            `json:"file"` // as it can be shown
	Minutes int               `json:"minutes"`
	Hints   map[string]int    `json:"hints"` // how many were opened, by task
	Ledger  exercise.Head     `json:"ledger"`
	Answers []exercise.Answer `json:"answers"`
	Score   exercise.Score    `json:"score"`
}

// TaskResult is how a group answered one task.
type TaskResult struct {
	Task      string                    `json:"task"`
	Agreement exercise.Agreement        `json:"agreement"`
	Answered  map[string]int            `json:"answered"` // learners by subject
	Counts    map[string]map[string]int `json:"counts"`   // learners by subject and option; every option stands there
	Reasons   map[string]map[string]int `json:"reasons"`  // likewise by reason
	Mean      float64                   `json:"mean"`     // points, of all learners; 0 where there is none
	Of        int                       `json:"of"`
}

// Refused is a file that does not count, or only in part, and why.
type Refused struct {
	File string      `json:"file"` // as it can be shown
	Why  locale.Text `json:"-"`
}

// Bounds of a folder of answers.
const (
	mostEntries = 20_000 // of the folder
	mostHandIns = 2_000
)

// Collect reads the files of answers in a folder, those that end in
// [exercise.HandInSuffix], and scores them. Regular files alone are read, no link
// is followed and no folder entered. A file that is damaged, of another pack or
// exercise, or that somebody made up, is listed with the reason and the others
// count. Of two of one name the one whose ledger is longer counts. The error is of
// a folder that cannot be read at all.
func Collect(ctx context.Context, dir string, p *Pack, k exercise.Key) (*Collection, error) {
	if k.Pack != p.digest {
		return nil, fmt.Errorf("collect answers: %w", ErrOtherPack)
	}
	r := &collecting{pack: p, key: k, found: []handIn{}, refused: []Refused{}}
	if err := r.read(ctx, dir); err != nil {
		return nil, fmt.Errorf("collect answers in %s: %w", dir, err)
	}
	r.onePerName()
	return r.result(), nil
}

// handIn is one file of answers that was read and suits the pack.
type handIn struct {
	exercise.HandIn
	file string // as it can be shown
}

type collecting struct {
	pack    *Pack
	key     exercise.Key
	found   []handIn
	refused []Refused
}

func (r *collecting) refuse(file, key string, values map[string]any) {
	r.refused = append(r.refused, Refused{File: file, Why: locale.Text{Key: key, Values: values}})
}

// read reads every file of answers of a folder, by name.
func (r *collecting) read(ctx context.Context, dir string) error {
	root, err := os.OpenRoot(dir)
	if err != nil {
		return source.Reason(err)
	}
	defer root.Close()
	names, err := handInNames(root, mostEntries)
	if err != nil {
		return err
	}
	for i, name := range names {
		if err := ctx.Err(); err != nil {
			return err
		}
		if i == mostHandIns {
			r.refuse(shown(name), "workshop.collect.too-many", map[string]any{"n": len(names) - i, "most": mostHandIns})
			break
		}
		r.one(root, name)
	}
	return nil
}

// handInNames are the names of files of answers, in order, in a folder that holds
// at most so many.
func handInNames(root *os.Root, most int) ([]string, error) {
	d, err := root.Open(".")
	if err != nil {
		return nil, source.Reason(err)
	}
	defer d.Close()
	all, err := d.Readdirnames(most + 1)
	if err != nil && !errors.Is(err, io.EOF) {
		return nil, source.Reason(err)
	}
	if len(all) > most {
		return nil, fmt.Errorf("the folder holds more than %d files: put those of answers into one of their own", most)
	}
	names := slices.DeleteFunc(all, func(n string) bool { return !strings.HasSuffix(strings.ToLower(n), exercise.HandInSuffix) })
	slices.Sort(names)
	return names, nil
}

// one reads one file.
func (r *collecting) one(root *os.Root, name string) {
	file := shown(name)
	f, _, err := source.Open(root, source.File{Rel: name})
	if errors.Is(err, source.ErrNotRegular) {
		r.refuse(file, "workshop.collect.not-regular", nil)
		return
	}
	if err != nil {
		r.refuse(file, "workshop.collect.unreadable", map[string]any{"why": err.Error()})
		return
	}
	defer f.Close()
	h, err := exercise.ReadHandIn(f)
	switch {
	case err != nil:
		r.refuse(file, "workshop.collect.damaged", map[string]any{"why": err.Error()})
	case h.Exercise != r.pack.exercise.ID:
		r.refuse(file, "workshop.collect.other-exercise", map[string]any{"exercise": h.Exercise})
	case h.Pack != r.pack.digest:
		r.refuse(file, "workshop.collect.other-pack", map[string]any{"code": Code(h.Pack), "ours": r.pack.Code()})
	default:
		if err := h.Check(&r.pack.exercise); err != nil {
			r.refuse(file, "workshop.collect.damaged", map[string]any{"why": err.Error()})
			return
		}
		r.found = append(r.found, handIn{h, file})
	}
}

// onePerName leaves one hand-in of each name, and one of each ledger: the same
// ledger under two names is one learner's work, handed in by two.
func (r *collecting) onePerName() {
	slices.SortStableFunc(r.found, func(a, b handIn) int {
		return cmp.Or(cmp.Compare(nameKey(a.Name), nameKey(b.Name)), -cmp.Compare(a.Ledger.Size, b.Ledger.Size))
	})
	names, ledgers := map[string]*handIn{}, map[exercise.Head]*handIn{}
	var kept []handIn
	for i := range r.found {
		h := &r.found[i]
		if first := names[nameKey(h.Name)]; first != nil {
			key := "workshop.collect.older"
			if first.Ledger == h.Ledger {
				key = "workshop.collect.copy"
			} else if first.Ledger.Size == h.Ledger.Size {
				key = "workshop.collect.same-name"
			}
			r.refuse(h.file, key, map[string]any{"name": h.Name, "file": first.file})
			continue
		}
		if first := ledgers[h.Ledger]; first != nil {
			r.refuse(h.file, "workshop.collect.same-ledger", map[string]any{"name": h.Name, "other": first.Name, "file": first.file})
			continue
		}
		names[nameKey(h.Name)], ledgers[h.Ledger] = h, h
		kept = append(kept, *h)
	}
	r.found = kept
}

// nameKey is equal for names that people take for one.
func nameKey(name string) string {
	return cases.Fold().String(norm.NFKC.String(strings.Join(strings.Fields(name), " ")))
}

// shown is a file's name with what is not seen, or changes how other characters
// are shown, written out.
func shown(name string) string {
	q := strconv.Quote(name)
	return strings.ReplaceAll(q[1:len(q)-1], `\"`, `"`)
}

// result scores what counts.
func (r *collecting) result() *Collection {
	e := &r.pack.exercise
	out := &Collection{Learners: []Learner{}, Tasks: []TaskResult{}, Refused: r.refused}
	slices.SortStableFunc(out.Refused, func(a, b Refused) int { return cmp.Compare(a.File, b.File) })
	var answers [][]exercise.Answer
	for i := range r.found {
		h := &r.found[i]
		answers = append(answers, h.Answers)
		out.Learners = append(out.Learners, Learner{
			Name: h.Name, File: h.file, Minutes: h.Minutes, Hints: h.Hints, Ledger: h.Ledger, Answers: h.Answers, Score: exercise.Mark(e, &r.key, h.Answers),
		})
	}
	agreements := exercise.Agree(e, answers)
	for i := range e.Tasks {
		t := newTaskResult(&e.Tasks[i], agreements[i])
		for _, l := range out.Learners {
			t.count(l.Answers)
			t.Mean += l.Score.Tasks[i].Points
		}
		if len(out.Learners) > 0 {
			t.Mean /= float64(len(out.Learners))
		}
		out.Tasks = append(out.Tasks, t)
	}
	return out
}

func newTaskResult(t *exercise.Task, a exercise.Agreement) TaskResult {
	out := TaskResult{Task: t.ID, Agreement: a, Of: t.Points, Answered: map[string]int{}, Counts: map[string]map[string]int{}, Reasons: map[string]map[string]int{}}
	for k := range t.Subjects {
		s := &t.Subjects[k]
		out.Answered[s.ID], out.Counts[s.ID], out.Reasons[s.ID] = 0, map[string]int{}, map[string]int{}
		for _, o := range t.Choices(s) {
			out.Counts[s.ID][o.ID] = 0
		}
		for _, o := range t.Reasons {
			out.Reasons[s.ID][o.ID] = 0
		}
	}
	return out
}

func (t *TaskResult) count(answers []exercise.Answer) {
	for _, a := range answers {
		if a.Task != t.Task || a.Blank() {
			continue
		}
		t.Answered[a.Subject]++
		for _, o := range a.Chosen {
			t.Counts[a.Subject][o]++
		}
		for _, o := range a.Reasons {
			t.Reasons[a.Subject][o]++
		}
	}
}
