package api

import (
	"context"
	"net/http"
	"slices"
	"strings"
	"time"

	"github.com/firsthand-media/firsthand/verify"
	"github.com/firsthand-media/firsthand/verify/exercise"
	"github.com/firsthand-media/firsthand/verify/workshop"
)

// TaskSpread is how a room answered one task. There is no name in it: learners
// have the numbers that were drawn for them.
type TaskSpread struct {
	ID        string             `json:"task"`
	Topic     exercise.Topic     `json:"topic"`
	Form      exercise.Form      `json:"form"`
	Title     exercise.Words     `json:"title"`
	Question  exercise.Words     `json:"question"`
	Learners  int                `json:"learners"` // of the whole collection
	Mean      float64            `json:"mean"`     // points
	Of        int                `json:"of"`
	Agreement exercise.Agreement `json:"agreement"`
	Notes     []string           `json:"notes"` // on the agreement
	Subjects  []SubjectSpread    `json:"subjects"`
	Keyed     bool               `json:"keyed"` // the key is in this answer
	Why       exercise.Words     `json:"why"`   // from the key
}

// SubjectSpread is how a room answered of one subject.
type SubjectSpread struct {
	ID       string               `json:"subject"`
	Label    exercise.Words       `json:"label"`
	Items    []ShownItem          `json:"items"`
	Answered int                  `json:"answered"`
	Options  []OptionCount        `json:"options"`
	Reasons  []OptionCount        `json:"reasons"`
	Times    []NumberedTime       `json:"times"`
	Places   []NumberedPlace      `json:"places"`
	Key      *exercise.SubjectKey `json:"key"` // null where it is not asked for
}

// OptionCount is how many chose an option, or gave a reason.
type OptionCount struct {
	ID    string         `json:"option"`
	Label exercise.Words `json:"label"`
	Count int            `json:"count"`
}

// NumberedTime is the interval of one learner.
type NumberedTime struct {
	Number   int    `json:"number"`
	Earliest string `json:"earliest"` // RFC 3339, UTC
	Latest   string `json:"latest"`
}

// NumberedPlace is the circle of one learner.
type NumberedPlace struct {
	Number    int     `json:"number"`
	Latitude  float64 `json:"latitude"`
	Longitude float64 `json:"longitude"`
	RadiusM   float64 `json:"radius_m"`
}

// ShownItem is a file of an exercise, with its picture where a case that has
// it is open here.
type ShownItem struct {
	Path      string        `json:"path"`
	Case      string        `json:"case"` // "" where no case that is open has it
	ID        verify.Digest `json:"id"`
	Kind      string        `json:"kind"`
	Described string        `json:"described"`
	Warning   string        `json:"warning"`
	Masked    bool          `json:"masked"`
	Readable  bool          `json:"readable"`
}

// spread gathers the answers to one task, with the key or without.
func (a *API) spread(ctx context.Context, g *gathering, at int, keyed bool) (TaskSpread, error) {
	found, order, _ := g.now()
	e := g.pack.Exercise()
	task, result := &e.Tasks[at], &found.Tasks[at]
	out := TaskSpread{
		ID: task.ID, Topic: task.Topic, Form: task.Form, Title: task.Title, Question: task.Question, Learners: len(found.Learners),
		Mean: result.Mean, Of: task.Points, Agreement: result.Agreement, Notes: []string{}, Subjects: []SubjectSpread{}, Keyed: keyed, Why: exercise.Words{},
	}
	say := askedWords(ctx).Say
	for _, note := range result.Agreement.Notes {
		out.Notes = append(out.Notes, say(note))
	}
	known, err := a.shownItems(ctx, e.Media)
	if err != nil {
		return out, err
	}
	for i := range task.Subjects {
		s := newSubjectSpread(task, &task.Subjects[i], result, known)
		for number, l := range order {
			s.place(number+1, task.ID, found.Learners[l].Answers)
		}
		out.Subjects = append(out.Subjects, s)
	}
	if keyed {
		out.addKey(&g.key)
	}
	return out, nil
}

func newSubjectSpread(task *exercise.Task, s *exercise.Subject, result *workshop.TaskResult, known map[string]ShownItem) SubjectSpread {
	out := SubjectSpread{
		ID: s.ID, Label: s.Label, Items: []ShownItem{}, Answered: result.Answered[s.ID],
		Options: optionCounts(task.Choices(s), result.Counts[s.ID]), Reasons: optionCounts(task.Reasons, result.Reasons[s.ID]),
		Times: []NumberedTime{}, Places: []NumberedPlace{},
	}
	for _, path := range s.Items {
		out.Items = append(out.Items, known[path])
	}
	return out
}

func optionCounts(options []exercise.Option, counts map[string]int) []OptionCount {
	out := []OptionCount{}
	for _, o := range options {
		out = append(out, OptionCount{ID: o.ID, Label: o.Label, Count: counts[o.ID]})
	}
	return out
}

// place adds what a learner answered of the subject on the timeline or the map.
func (s *SubjectSpread) place(number int, task string, answers []exercise.Answer) {
	i := slices.IndexFunc(answers, func(a exercise.Answer) bool { return a.Task == task && a.Subject == s.ID })
	if i < 0 {
		return
	}
	if w := answers[i].When; w != nil {
		s.Times = append(s.Times, NumberedTime{Number: number, Earliest: w.Earliest.UTC().Format(time.RFC3339Nano), Latest: w.Latest.UTC().Format(time.RFC3339Nano)})
	}
	if w := answers[i].Where; w != nil {
		s.Places = append(s.Places, NumberedPlace{Number: number, Latitude: w.Latitude, Longitude: w.Longitude, RadiusM: w.RadiusM})
	}
}

func (t *TaskSpread) addKey(key *exercise.Key) {
	i := slices.IndexFunc(key.Tasks, func(k exercise.TaskKey) bool { return k.Task == t.ID })
	if i < 0 {
		return
	}
	t.Why = key.Tasks[i].Why
	for j := range t.Subjects {
		for k := range key.Tasks[i].Subjects {
			if sk := &key.Tasks[i].Subjects[k]; sk.Subject == t.Subjects[j].ID {
				filled := *sk
				fillKey(&filled)
				t.Subjects[j].Key = &filled
			}
		}
	}
}

// shownItems finds the files of an exercise in the cases that are open: a room
// is shown the pictures of the exercise's own case.
func (a *API) shownItems(ctx context.Context, media []exercise.Medium) (map[string]ShownItem, error) {
	out := map[string]ShownItem{}
	var views []*View
	cases := a.Cases()
	for _, c := range cases {
		v, err := c.View(ctx)
		if err != nil {
			return nil, err
		}
		views = append(views, v)
	}
	for _, m := range media {
		shown := ShownItem{Path: m.Path, ID: verify.Digest(m.SHA256)}
		for i, v := range views {
			if it := v.Item(shown.ID); it != nil {
				card := v.card(it)
				shown.Case, shown.Kind, shown.Described, shown.Warning = cases[i].ID, card.Kind, card.Described, card.Warning
				shown.Masked, shown.Readable = card.Masked, card.Readable
				break
			}
		}
		out[m.Path] = shown
	}
	return out, nil
}

// ProjectorPage is what a room is shown before its first task.
type ProjectorPage struct {
	Title    exercise.Words  `json:"title"`
	Code     string          `json:"code"`
	Learners int             `json:"learners"`
	Tasks    []ProjectorTask `json:"tasks"`
}

// ProjectorTask names a task and its subjects.
type ProjectorTask struct {
	ID       string         `json:"task"`
	Title    exercise.Words `json:"title"`
	Subjects []string       `json:"subjects"`
}

func showProjector(_ context.Context, a *API, in CollectionIn) (ProjectorPage, error) {
	g, err := a.gathered.find(in.ID)
	if err != nil {
		return ProjectorPage{}, err
	}
	found, _, _ := g.now()
	e := g.pack.Exercise()
	page := ProjectorPage{Title: e.Title, Code: g.pack.Code(), Learners: len(found.Learners), Tasks: []ProjectorTask{}}
	for i := range e.Tasks {
		task := ProjectorTask{ID: e.Tasks[i].ID, Title: e.Tasks[i].Title, Subjects: []string{}}
		for _, s := range e.Tasks[i].Subjects {
			task.Subjects = append(task.Subjects, s.ID)
		}
		page.Tasks = append(page.Tasks, task)
	}
	return page, nil
}

// ProjectorTaskIn names a task, and says whether its key is shown.
type ProjectorTaskIn struct {
	ID   string `json:"collection" in:"path"`
	Task string `json:"task" in:"path"`
	Key  bool   `json:"key" in:"query"`
}

func showProjectorTask(ctx context.Context, a *API, in ProjectorTaskIn) (TaskSpread, error) {
	g, err := a.gathered.find(in.ID)
	if err != nil {
		return TaskSpread{}, err
	}
	e := g.pack.Exercise()
	at := slices.IndexFunc(e.Tasks, func(t exercise.Task) bool { return t.ID == in.Task })
	if at < 0 {
		return TaskSpread{}, &Error{Status: http.StatusNotFound, What: "the exercise has no task " + strings.ToValidUTF8(in.Task, "?")}
	}
	return a.spread(ctx, g, at, in.Key)
}
