// Package exercise is the language of workshops: what an exercise asks, how it
// is answered, what the key holds, and how an answer is scored against it.
//
// Start at [Exercise]. It knows no files and no case: package workshop packs
// exercises, opens them and collects what was handed in. It promises: the same
// score for the same answer and key, whatever the order; every part of a score
// says in words why it was given; nothing outside the bounds of [Exercise.Check]
// is accepted from a file that somebody else wrote.
package exercise

import "time"

// Format is the number of the form of exercises, keys and answers that are
// written.
const Format = 1

// Words is a text in several languages, by BCP 47 tag ("en", "uk", "ar").
type Words map[string]string

// In is the text in a language; in English where it is missing, else in the
// first of the others by tag.
func (w Words) In(language string) string {
	for _, tag := range []string{language, "en"} {
		if s := w[tag]; s != "" {
			return s
		}
	}
	first := ""
	for tag, s := range w {
		if s != "" && (first == "" || tag < first) {
			first = tag
		}
	}
	return w[first]
}

// Exercise is what a learner sees: no answer is in it.
type Exercise struct {
	Format  int      `json:"format"`
	ID      string   `json:"exercise"` // kebab-case, part of file names and addresses
	Title   Words    `json:"title"`
	Story   Words    `json:"story"` // what happened, and what is to be done; paragraphs split by empty lines
	Level   int      `json:"level"` // 1 to 3
	Minutes [2]int   `json:"minutes"`
	By      string   `json:"by"`   // who made it, as they want to be named
	Zone    string   `json:"zone"` // IANA name, of clocks that state none; "" leaves them open
	Tasks   []Task   `json:"tasks"`
	Media   []Medium `json:"media"` // every file, sidecars too
}

// Medium is one file of an exercise with where it comes from.
type Medium struct {
	Path     string    `json:"path"` // SOURCE/relative/path, with forward slashes
	SHA256   string    `json:"sha256"`
	Size     int64     `json:"size"`     // bytes
	Modified time.Time `json:"modified"` // file time, zero where it says nothing
	Origin   string    `json:"origin"`
	Licence  string    `json:"licence"` // SPDX expression, or in words
	Credit   string    `json:"credit"`
}

// Topic is what a task trains.
type Topic string

// The topics of tasks.
const (
	OfTime     Topic = "time"     // which time is trustworthy, and why
	OfFirst    Topic = "first"    // who had it first
	OfPair     Topic = "pair"     // same picture or same scene
	OfIncident Topic = "incident" // which incident
	OfSun      Topic = "sun"      // where and when, by sun and shadow
	OfPublish  Topic = "publish"  // what may be published
)

// Form is the shape of an answer.
type Form string

// The forms of answers.
const (
	OneOf    Form = "choice"   // one of the options
	SomeOf   Form = "choices"  // any number of the options
	Interval Form = "interval" // an earliest and a latest instant
	Area     Form = "place"    // a position with a radius
)

// Tool is a screen of the workbench that a task allows.
type Tool string

// The tools. Metadata, the timeline and so on are parts of Media.
const (
	Gallery   Tool = "gallery"
	Media     Tool = "media"
	Compare   Tool = "compare"
	Clusters  Tool = "clusters"
	Incidents Tool = "incidents"
	Map       Tool = "map"
	Sun       Tool = "sun"
)

// Task is one question, asked of one or several subjects in the same form.
type Task struct {
	ID       string    `json:"task"` // kebab-case
	Topic    Topic     `json:"topic"`
	Title    Words     `json:"title"`
	Question Words     `json:"question"`
	Hints    []Words   `json:"hints"` // from slight to plain
	Tools    []Tool    `json:"tools"`
	Form     Form      `json:"form"`
	Options  []Option  `json:"options"` // of choices; the order is theirs, never the key's
	Reasons  []Option  `json:"reasons"` // of which any number may be given; none: no reason is asked
	Subjects []Subject `json:"subjects"`
	Points   int       `json:"points"` // for the whole task, shared equally by its subjects
}

// Subject is what a question is asked of: one file, a pair, or a group.
type Subject struct {
	ID      string   `json:"subject"` // kebab-case
	Label   Words    `json:"label"`
	Items   []string `json:"items"`   // paths
	Options []Option `json:"options"` // in place of the task's, where they differ by subject
}

// Option is one possible answer or reason.
type Option struct {
	ID    string `json:"option"` // kebab-case
	Label Words  `json:"label"`
	Item  string `json:"item"` // the path of a file that the option stands for, "" for none
}

// Choices are the options of a subject.
func (t *Task) Choices(s *Subject) []Option {
	if len(s.Options) > 0 {
		return s.Options
	}
	return t.Options
}
