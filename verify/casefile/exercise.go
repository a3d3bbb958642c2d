package casefile

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/firsthand-media/firsthand/verify/custody"
	"github.com/firsthand-media/firsthand/verify/disk"
	"github.com/firsthand-media/firsthand/verify/exercise"
)

// The kinds of event of an exercise's case.
const (
	exerciseBegan    = "exercise-began"
	exerciseAnswered = "exercise-answered"
	exerciseHint     = "exercise-hint-taken"
	exerciseHandedIn = "exercise-handed-in"
	exerciseKey      = "exercise-key-opened"
)

// ExerciseMark is the file by which a case folder says that the case is an
// exercise and not a real one.
const ExerciseMark = "EXERCISE"

// exerciseText is what stands in it.
const exerciseText = "This case is an exercise: its places and events are invented.\n"

// Errors of exercises that callers tell apart with errors.Is.
var (
	ErrNoExercise = errors.New("this is no case of an exercise that was opened from a pack")
	ErrNotEmpty   = errors.New("an exercise begins in a new, empty case")
	ErrKeyOpened  = errors.New("the answer key was opened in this case, answers cannot change any more")
	ErrOtherKey   = errors.New("the key is of another pack")
)

type exerciseBeganBody struct {
	Pack     string `json:"pack"`
	Exercise string `json:"exercise"`
	Document string `json:"document"` // SHA-256 of the exercise as it is stored
}

// IsExercise says whether a case folder has the mark of an exercise. One that
// cannot be looked at counts as marked.
func IsExercise(dir string) bool {
	_, err := os.Stat(filepath.Join(dir, ExerciseMark))
	return !errors.Is(err, fs.ErrNotExist)
}

// IsExercise says whether the case is an exercise, by the mark in its folder or by
// its ledger, from which nobody takes it away. One that cannot be looked at counts
// as such.
func (f *File) IsExercise(ctx context.Context) bool {
	if IsExercise(f.dir) {
		return true
	}
	pack, err := f.exercisePack(ctx)
	return err != nil || pack != ""
}

// BeginExercise makes a new, empty case that of an exercise: pack is the SHA-256
// of the pack that it was opened from. The case is one of that exercise for good.
// Where anything was scanned or done in it already the error is [ErrNotEmpty].
func (f *File) BeginExercise(ctx context.Context, pack string, e exercise.Exercise) error {
	f.writing.Lock()
	defer f.writing.Unlock()
	if err := f.beginExercise(ctx, pack, e); err != nil {
		return fmt.Errorf("begin the exercise: %w", err)
	}
	return nil
}

func (f *File) beginExercise(ctx context.Context, pack string, e exercise.Exercise) error {
	if err := f.writable(); err != nil {
		return err
	}
	if b, err := hex.DecodeString(pack); err != nil || len(b) != sha256.Size || hex.EncodeToString(b) != pack {
		return fmt.Errorf("the digest %.80q of the pack is not 64 hexadecimal digits in small letters", pack)
	}
	if err := e.Check(); err != nil {
		return err
	}
	for entry, err := range f.Events(ctx) {
		if err != nil {
			return err
		}
		if event, err := entry.Parse(); err != nil {
			return err
		} else if event.Kind != custody.CaseCreated && event.Kind != custody.KeyAdded {
			return fmt.Errorf("%w: this one has an entry %s", ErrNotEmpty, event.Kind)
		}
	}
	document, err := json.Marshal(e)
	if err != nil {
		return err
	}
	if err := f.MarkExercise(); err != nil { // first: a crash must not leave an exercise that looks real
		return err
	}
	err = f.write(ctx, func(t *txn) error {
		event, err := t.event(exerciseBegan, nil, exerciseBeganBody{Pack: pack, Exercise: e.ID, Document: digestOfDocument(document)})
		if err != nil {
			return err
		}
		_, err = t.exec("INSERT INTO exercise (seq, pack, document) VALUES (?, ?, ?)", event.Seq, pack, document)
		return err
	})
	if err != nil {
		return err
	}
	_, err = f.checkpoint(ctx)
	return err
}

func digestOfDocument(document []byte) string {
	sum := sha256.Sum256(document)
	return hex.EncodeToString(sum[:])
}

// MarkExercise writes the file by which the case is known as an exercise.
// [File.BeginExercise] does so by itself.
func (f *File) MarkExercise() error {
	if err := disk.Replace(f.path(ExerciseMark), disk.Bytes([]byte(exerciseText))); err != nil {
		return fmt.Errorf("mark the case as an exercise: %w", err)
	}
	return nil
}

// keepExerciseMark puts the mark of an exercise back where it was taken away.
func (f *File) keepExerciseMark(ctx context.Context) error {
	pack, err := f.exercisePack(ctx)
	if err != nil || pack == "" || IsExercise(f.dir) {
		return err
	}
	return f.MarkExercise()
}

// exercisePack is the pack that the case was opened from, "" for a case that was
// opened from none.
func (f *File) exercisePack(ctx context.Context) (string, error) {
	rows, err := f.rawRows(ctx, "SELECT pack FROM exercise")
	if err != nil || len(rows) == 0 {
		return "", err
	}
	return string(rows[0]), nil
}

// Exercise gives the exercise of the case and how far the learner has come in it,
// nil for a case that was not opened from a pack.
func (f *File) Exercise(ctx context.Context) (*exercise.Standing, error) {
	s, err := f.standing(ctx)
	if err != nil {
		return nil, fmt.Errorf("read the exercise of the case: %w", err)
	}
	return s, nil
}

func (f *File) standing(ctx context.Context) (*exercise.Standing, error) {
	rows, err := f.rawRows(ctx, "SELECT entry FROM exercise x JOIN events e ON e.seq = x.seq")
	if err != nil || len(rows) == 0 {
		return nil, err
	}
	s := &exercise.Standing{Hints: map[string]int{}, Answers: []exercise.Answer{}}
	began, err := custody.Entry(rows[0]).Parse()
	if err != nil {
		return nil, err
	}
	s.Began = began.At
	if s.Pack, err = f.exercisePack(ctx); err != nil {
		return nil, err
	}
	documents, err := f.rawRows(ctx, "SELECT document FROM exercise")
	if err != nil {
		return nil, err
	}
	for _, document := range documents {
		if err := json.Unmarshal(document, &s.Exercise); err != nil {
			return nil, err
		}
	}
	if err := f.readAnswers(ctx, s); err != nil {
		return nil, err
	}
	return s, f.readProgress(ctx, s)
}

// readAnswers reads the answers in the order of the exercise.
func (f *File) readAnswers(ctx context.Context, s *exercise.Standing) error {
	rows, err := f.rawRows(ctx, "SELECT entry FROM exercise_answers a JOIN events e ON e.seq = a.seq")
	if err != nil {
		return err
	}
	given := make(map[[2]string]exercise.Answer)
	for _, row := range rows {
		event, err := custody.Entry(row).Parse()
		if err != nil {
			return err
		}
		var body exerciseAnsweredBody
		if err := json.Unmarshal(event.Body, &body); err != nil {
			return fmt.Errorf("entry %d: %w", event.Seq, err)
		}
		given[[2]string{body.Answer.Task, body.Answer.Subject}] = body.Answer
	}
	for _, t := range s.Exercise.Tasks {
		for _, subject := range t.Subjects {
			if a, ok := given[[2]string{t.ID, subject.ID}]; ok {
				s.Answers = append(s.Answers, a)
			}
		}
	}
	return nil
}

// readProgress reads hints, the last hand-in and the key.
func (f *File) readProgress(ctx context.Context, s *exercise.Standing) error {
	rows, err := f.query(ctx, `SELECT 'hint', task, max(taken) FROM exercise_hints GROUP BY task
		UNION ALL SELECT * FROM (SELECT 'hand-in', name, minutes FROM exercise_hand_ins ORDER BY seq DESC LIMIT 1)
		UNION ALL SELECT 'key', document, 0 FROM exercise_key`)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		var what, text string
		var n int
		if err := rows.Scan(&what, &text, &n); err != nil {
			return err
		}
		switch what {
		case "hint":
			s.Hints[text] = n
		case "hand-in":
			s.HandedIn, s.Name, s.Minutes = true, text, n
		case "key":
			s.Key = new(exercise.Key)
			if err := json.Unmarshal([]byte(text), s.Key); err != nil {
				return fmt.Errorf("the answer key: %w", err)
			}
		}
	}
	return rows.Err()
}
