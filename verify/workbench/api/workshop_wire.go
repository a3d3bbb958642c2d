package api

import (
	"github.com/firsthand-media/firsthand/verify/exercise"
)

// WorkshopList is what can be practised on this machine.
type WorkshopList struct {
	BuiltIn []ExerciseOffer `json:"built_in"` // by level
	Mine    []MyExercise    `json:"mine"`     // begun here, the last one first
	Folder  string          `json:"folder"`   // where new ones are laid out
}

// ExerciseOffer is an exercise in a few facts, before it is begun.
type ExerciseOffer struct {
	ID      string           `json:"exercise"`
	Title   exercise.Words   `json:"title"`
	Story   exercise.Words   `json:"story"`
	By      string           `json:"by"`
	Level   int              `json:"level"` // 1 to 3
	Minutes [2]int           `json:"minutes"`
	Topics  []exercise.Topic `json:"topics"` // what its tasks train, each once
	Tasks   int              `json:"tasks"`
	Files   int              `json:"files"`
	Code    string           `json:"code"`  // of the pack, to be read aloud; "" of a built-in one
	Begun   string           `json:"begun"` // folder of the last case of it here, "" for none
}

// MyExercise is an exercise that was begun here, as it stood when it was last
// worked at.
type MyExercise struct {
	Dir      string         `json:"dir"`
	ID       string         `json:"exercise"`
	Title    exercise.Words `json:"title"`
	Level    int            `json:"level"`
	Practice bool           `json:"practice"` // built in
	Gone     bool           `json:"gone"`
	Subjects int            `json:"subjects"` // to be answered
	Answered int            `json:"answered"`
	HandedIn bool           `json:"handed_in"`
	KeyOpen  bool           `json:"key_open"`
	At       string         `json:"at"` // RFC 3339, UTC
}

// ExercisePage is a learner's exercise as it stands.
type ExercisePage struct {
	ID        string         `json:"exercise"`
	Code      string         `json:"code"` // of the pack, to be compared with the trainer's
	Title     exercise.Words `json:"title"`
	Story     exercise.Words `json:"story"`
	By        string         `json:"by"`
	Level     int            `json:"level"`
	Minutes   [2]int         `json:"minutes"`
	Zone      string         `json:"zone"`      // IANA, of clocks that state none; "" for none
	Practice  bool           `json:"practice"`  // built in: its key is at hand
	PackPath  string         `json:"pack_path"` // where the pack was opened, "" where that is not known
	Spent     int            `json:"spent"`     // minutes, without long pauses
	Subjects  int            `json:"subjects"`
	Answered  int            `json:"answered"`
	HandedIn  bool           `json:"handed_in"`
	Name      string         `json:"name"`        // of the last hand-in, else that of the settings
	HandInDir string         `json:"hand_in_dir"` // where a hand-in goes unless another folder is chosen
	KeyOpen   bool           `json:"key_open"`    // answers can no longer change
	Points    float64        `json:"points"`      // once the key is open
	Of        int            `json:"of"`
	Tasks     []ExerciseTask `json:"tasks"`
	Files     []ExerciseFile `json:"files"`
}

// ExerciseFile is where a file of an exercise comes from.
type ExerciseFile struct {
	Path    string `json:"path"`
	Origin  string `json:"origin"`
	Licence string `json:"licence"`
	Credit  string `json:"credit"`
}

// ExerciseTask is one task with what was answered, and the key once it is open.
type ExerciseTask struct {
	ID        string            `json:"task"`
	Topic     exercise.Topic    `json:"topic"`
	Title     exercise.Words    `json:"title"`
	Question  exercise.Words    `json:"question"`
	Hints     []exercise.Words  `json:"hints"`      // that were taken
	HintsLeft int               `json:"hints_left"` // what they say is not told
	Tools     []exercise.Tool   `json:"tools"`
	Form      exercise.Form     `json:"form"`
	Reasons   []ExerciseOption  `json:"reasons"`
	Subjects  []ExerciseSubject `json:"subjects"`
	Answered  int               `json:"answered"`
	Points    float64           `json:"points"` // once the key is open
	Of        int               `json:"of"`
	Why       exercise.Words    `json:"why"` // from the key, empty before it is open
}

// ExerciseSubject is what a question is asked of.
type ExerciseSubject struct {
	ID      string           `json:"subject"`
	Label   exercise.Words   `json:"label"`
	Items   []ExerciseItem   `json:"items"`
	Options []ExerciseOption `json:"options"`
	Answer  exercise.Answer  `json:"answer"` // blank where none was given
	Given   bool             `json:"given"`
	Key     *ExerciseKey     `json:"key"` // null before it is open
}

// ExerciseItem is a file of an exercise.
type ExerciseItem struct {
	Path string `json:"path"`
	Card *Card  `json:"card"` // null where it is no item of the case
}

// ExerciseOption is a possible answer or reason.
type ExerciseOption struct {
	ID    string         `json:"option"`
	Label exercise.Words `json:"label"`
	Item  *ExerciseItem  `json:"item"` // null where it stands for no file
}

// ExerciseKey is what is right of a subject, and how the answer counts.
type ExerciseKey struct {
	Credit  map[string]float64        `json:"credit"`
	Right   []string                  `json:"right"`
	When    *exercise.WhenKey         `json:"when"`
	Where   *exercise.WhereKey        `json:"where"`
	Reasons []string                  `json:"reasons"`
	Why     exercise.Words            `json:"why"`
	Partly  map[string]exercise.Words `json:"partly"`
	Points  float64                   `json:"points"`
	Of      float64                   `json:"of"`
	Lines   []string                  `json:"lines"` // how the points come about, step by step
}

// BuiltInIn names a built-in exercise.
type BuiltInIn struct {
	ID string `json:"exercise"`
}

// PackIn names a file of this machine.
type PackIn struct {
	Path string `json:"path"`
}

// AnswersIn are answers of a learner; a blank one takes back what was said of
// its subject.
type AnswersIn struct {
	Answers []exercise.Answer `json:"answers"`
}

// HintIn names the task whose next hint is wanted.
type HintIn struct {
	Task string `json:"task"`
}

// HandInAt asks what would be handed in.
type HandInAt struct {
	Name string `json:"name" in:"query"`
}

// HandInText is what would be handed in, word for word.
type HandInText struct {
	Text string `json:"text"`
}

// HandInIn hands in.
type HandInIn struct {
	Name   string `json:"name"`
	Folder string `json:"folder"` // "" for the folder hand-in beside the case
}

// HandedIn is what was written.
type HandedIn struct {
	Path string `json:"path"`
}

// KeyIn opens the key: of a built-in exercise without more, else with the pack
// and the passphrase.
type KeyIn struct {
	Path       string `json:"path"`
	Passphrase string `json:"passphrase"`
}
