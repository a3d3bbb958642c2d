package desk

import (
	"context"
	"regexp"
	"strings"

	"github.com/firsthand-media/firsthand/verify"
	"github.com/firsthand-media/firsthand/verify/assess"
	"github.com/firsthand-media/firsthand/verify/casefile"
)

// Marking is what a person says of single files.
type Marking struct {
	verify.Mark      // what it says; items, name and reason are filled in
	Warning     *int // content warning: 0 none, 1 and 2 moderate, 3 severe; nil says nothing
}

// wholeDigest is a name that need not be looked up.
var wholeDigest = regexp.MustCompile(`^[0-9a-f]{64}$`)

// Mark records what a person says of files, of all of them at once. A reason is
// wanted for a time or a place alone. Nothing has to be made anew after it.
func Mark(ctx context.Context, file *casefile.File, w Word, names []string, say Marking) (Made, error) {
	if err := w.named(); err != nil {
		return Made{}, err
	}
	items, err := marked(ctx, file, names)
	if err != nil {
		return Made{}, err
	}
	m := say.Mark
	m.Items, m.By, m.Reason = items, strings.TrimSpace(w.By), strings.TrimSpace(w.Reason)
	m.AddTags, m.DropTags, m.Note = tags(m.AddTags), tags(m.DropTags), strings.TrimSpace(m.Note)
	var made Made
	if says := len(m.Says()) > 0; says || say.Warning == nil {
		if err := m.Check(); err != nil {
			return Made{}, &Error{Kind: Unclear, What: err}
		}
		recorded, err := file.Mark(ctx, m)
		for _, r := range recorded {
			made.Entries = append(made.Entries, Entry{Seq: r.Seq, By: r.By, Text: TellMark(r)})
		}
		if err != nil {
			return made, err
		}
	}
	if say.Warning == nil {
		return made, nil
	}
	warned, err := warn(ctx, file, w, items, *say.Warning)
	made.Entries = append(made.Entries, warned...)
	return made, err
}

// marked are the items that are named, each once.
func marked(ctx context.Context, file *casefile.File, names []string) ([]verify.Digest, error) {
	items := make([]verify.Digest, 0, len(names))
	for _, name := range names {
		if wholeDigest.MatchString(name) { // that it is there is asked of all at once
			items = append(items, verify.Digest(name))
			continue
		}
		d, err := Named(ctx, file, name)
		if err != nil {
			return nil, err
		}
		items = append(items, d)
	}
	if len(items) == 0 {
		return nil, problem(Unclear, "choose the files first", "name at least one file")
	}
	return Once(items), nil
}

func tags(list []string) []string {
	var out []string
	for _, t := range list {
		if t = verify.NormalTag(t); t != "" {
			out = append(out, t)
		}
	}
	return out
}

func warn(ctx context.Context, file *casefile.File, w Word, items []verify.Digest, level int) ([]Entry, error) {
	act := assess.Act{By: strings.TrimSpace(w.By), Round: assess.First, Marks: &assess.Marks{Graphic: &level}}
	made, err := file.AssessTogether(ctx, items, act)
	return entriesOf(made), refusal(err)
}

// entriesOf gives the entries of acts, each of one or several items.
func entriesOf(acts []assess.Act) []Entry {
	var out []Entry
	for i := 0; i < len(acts); {
		n := 1
		for i+n < len(acts) && acts[i+n].Seq == acts[i].Seq {
			n++
		}
		out = append(out, Entry{Seq: acts[i].Seq, By: acts[i].By, Text: tellAct(acts[i], n)})
		i += n
	}
	return out
}

// TakeBackMark records that a mark, or a content warning, does not hold. One
// that takes back can be taken back itself.
func TakeBackMark(ctx context.Context, file *casefile.File, w Word, entry int64) (Made, error) {
	past, err := ReadPast(ctx, file)
	if err != nil {
		return Made{}, err
	}
	s, err := past.sort([]int64{entry})
	if err == nil && len(s.decisions) > 0 {
		err = problem(UnknownEntry, "look at the history", "entry %d is a decision on an incident or a pair, and no mark", entry).at(entry)
	}
	if err != nil {
		return Made{}, err
	}
	made, _, err := TakeBack(ctx, file, w, entry)
	return made, err
}

// takeBackMarks records that marks do not hold.
func takeBackMarks(ctx context.Context, file *casefile.File, w Word, was []verify.Mark) (Made, error) {
	if len(was) == 0 {
		return Made{}, nil
	}
	list := make([]verify.Mark, len(was))
	for i, m := range was {
		list[i] = verify.Mark{Items: m.Items, By: strings.TrimSpace(w.By), Reason: w.Reason, TakesBack: m.Seq}
	}
	recorded, err := file.Mark(ctx, list...)
	var made Made
	for _, r := range recorded {
		made.Entries = append(made.Entries, Entry{Seq: r.Seq, By: r.By, Text: TellMark(r)})
	}
	return made, err
}

// takeBackActs records that acts of assessments do not hold. One act on several
// items is taken back of all of them.
func takeBackActs(ctx context.Context, file *casefile.File, w Word, was []assess.Act) (Made, error) {
	var made Made
	for len(was) > 0 {
		items := []verify.Digest{was[0].Item}
		for len(items) < len(was) && was[len(items)].Seq == was[0].Seq {
			items = append(items, was[len(items)].Item)
		}
		back := assess.Act{By: strings.TrimSpace(w.By), Item: items[0], Round: was[0].Round, TakesBack: was[0].Seq}
		record := func() ([]assess.Act, error) { return Assess(ctx, file, w.By, back) }
		if len(items) > 1 {
			record = func() ([]assess.Act, error) {
				made, err := file.AssessTogether(ctx, items, back)
				return made, refusal(err)
			}
		}
		recorded, err := record()
		made.Entries = append(made.Entries, entriesOf(recorded)...)
		if err != nil {
			return made, err
		}
		was = was[len(items):]
	}
	return made, nil
}
