package casefile

import (
	"context"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"reflect"

	"github.com/firsthand-media/firsthand/verify/custody"
	"github.com/firsthand-media/firsthand/verify/exercise"
)

type exerciseAnsweredBody struct {
	By     string          `json:"by"`
	Answer exercise.Answer `json:"answer"`
}

type exerciseHintBody struct {
	By    string `json:"by"`
	Task  string `json:"task"`
	Taken int    `json:"taken"` // with this one
}

type exerciseHandedInBody struct {
	Name    string `json:"name"`
	Minutes int    `json:"minutes"`
}

type exerciseKeyBody struct {
	By       string `json:"by"`
	Document string `json:"document"` // SHA-256 of the key as it is stored
}

// Answer records what a learner answers, in one transaction: a later answer takes
// the place of one to the same subject, and a blank one takes it back. What is
// answered already leaves no trace. After the key was opened the error is
// [ErrKeyOpened].
func (f *File) Answer(ctx context.Context, by string, answers ...exercise.Answer) error {
	return f.work(ctx, "answer", func(t *txn, s *exercise.Standing) error {
		if s.Key != nil {
			return ErrKeyOpened
		}
		given := make(map[[2]string]exercise.Answer)
		for _, a := range s.Answers {
			given[[2]string{a.Task, a.Subject}] = a
		}
		for _, a := range answers {
			if err := a.Check(&s.Exercise); err != nil {
				return err
			}
			at := [2]string{a.Task, a.Subject}
			if was, ok := given[at]; ok && reflect.DeepEqual(plainAnswer(was), plainAnswer(a)) || !ok && a.Blank() {
				continue
			}
			if err := t.answer(exerciseAnsweredBody{ledgerText(by), plainAnswer(a)}); err != nil {
				return err
			}
			if given[at] = a; a.Blank() {
				delete(given, at)
			}
		}
		return nil
	})
}

// plainAnswer gives an answer one spelling: lists that are never null, instants
// in UTC.
func plainAnswer(a exercise.Answer) exercise.Answer {
	a.Chosen, a.Reasons = append([]string{}, a.Chosen...), append([]string{}, a.Reasons...)
	if a.When != nil {
		a.When = &exercise.When{Earliest: a.When.Earliest.UTC().Round(0), Latest: a.When.Latest.UTC().Round(0)}
	}
	return a
}

func (t *txn) answer(body exerciseAnsweredBody) error {
	event, err := t.event(exerciseAnswered, nil, body)
	if err != nil {
		return err
	}
	if body.Answer.Blank() {
		_, err = t.exec("DELETE FROM exercise_answers WHERE task = ? AND subject = ?", body.Answer.Task, body.Answer.Subject)
		return err
	}
	_, err = t.exec(`INSERT INTO exercise_answers (task, subject, seq) VALUES (?, ?, ?)
		ON CONFLICT (task, subject) DO UPDATE SET seq = excluded.seq`, body.Answer.Task, body.Answer.Subject, event.Seq)
	return err
}

// work runs one transaction of what a learner does and signs what it recorded;
// done says what for an error.
func (f *File) work(ctx context.Context, done string, change func(*txn, *exercise.Standing) error) error {
	f.writing.Lock()
	defer f.writing.Unlock()
	if err := f.working(ctx, change); err != nil {
		return fmt.Errorf("%s: %w", done, err)
	}
	return nil
}

// errNothingNew ends a transaction in which nothing is to be recorded.
var errNothingNew = errors.New("there is nothing new")

func (f *File) working(ctx context.Context, change func(*txn, *exercise.Standing) error) error {
	if err := f.writable(); err != nil {
		return err
	}
	s, err := f.standing(ctx)
	if err != nil {
		return err
	}
	if s == nil {
		return ErrNoExercise
	}
	err = f.write(ctx, func(t *txn) error {
		before := t.log.Size()
		if err := change(t, s); err != nil {
			return err
		}
		if t.log.Size() == before {
			return errNothingNew
		}
		return nil
	})
	if errors.Is(err, errNothingNew) {
		return nil
	}
	if err != nil {
		return err
	}
	_, err = f.checkpoint(ctx)
	return err
}

// TakeHint records that the next hint of a task was opened and gives how many are
// open now. Where all of them are, it records nothing; after the key was opened the
// error is [ErrKeyOpened].
func (f *File) TakeHint(ctx context.Context, by, task string) (taken int, err error) {
	err = f.work(ctx, "take a hint", func(t *txn, s *exercise.Standing) error {
		if s.Key != nil {
			return ErrKeyOpened
		}
		for _, of := range s.Exercise.Tasks {
			if of.ID != task {
				continue
			}
			taken = s.Hints[task]
			if taken == len(of.Hints) {
				return nil
			}
			taken++
			return t.hint(exerciseHintBody{ledgerText(by), task, taken})
		}
		return fmt.Errorf("there is no task %.64q in exercise %s", task, s.Exercise.ID)
	})
	return taken, err
}

func (t *txn) hint(body exerciseHintBody) error {
	event, err := t.event(exerciseHint, nil, body)
	if err != nil {
		return err
	}
	_, err = t.exec("INSERT INTO exercise_hints (task, taken, seq) VALUES (?, ?, ?)", body.Task, body.Taken, event.Seq)
	return err
}

// HandIn records that the learner hands in, under a name of their choice and with
// the minutes that they worked, and gives what is to be written to a file. It can
// be done again, as answers change; after the key was opened only by who had
// handed in before, else the error is [ErrKeyOpened].
func (f *File) HandIn(ctx context.Context, name string, minutes int) (exercise.HandIn, error) {
	var h exercise.HandIn
	err := f.work(ctx, "hand in", func(t *txn, s *exercise.Standing) (err error) {
		if s.Key != nil && !s.HandedIn {
			return ErrKeyOpened
		}
		if h, err = handIn(s, name, minutes, t.log); err != nil {
			return err
		}
		event, err := t.event(exerciseHandedIn, nil, exerciseHandedInBody{h.Name, minutes})
		if err != nil {
			return err
		}
		h.Ledger = headOf(t.log)
		_, err = t.exec("INSERT INTO exercise_hand_ins (seq, name, minutes) VALUES (?, ?, ?)", event.Seq, h.Name, minutes)
		return err
	})
	if err != nil {
		return exercise.HandIn{}, err
	}
	return h, nil
}

// HandInDraft gives what HandIn would, as far as the ledger has come by now, and
// records nothing. The case has to be open for writing.
func (f *File) HandInDraft(ctx context.Context, name string, minutes int) (exercise.HandIn, error) {
	f.writing.Lock()
	defer f.writing.Unlock()
	h, err := f.handInDraft(ctx, name, minutes)
	if err != nil {
		return exercise.HandIn{}, fmt.Errorf("draft what is handed in: %w", err)
	}
	return h, nil
}

func (f *File) handInDraft(ctx context.Context, name string, minutes int) (exercise.HandIn, error) {
	if err := f.writable(); err != nil {
		return exercise.HandIn{}, err
	}
	s, err := f.standing(ctx)
	if err != nil {
		return exercise.HandIn{}, err
	}
	if s == nil {
		return exercise.HandIn{}, ErrNoExercise
	}
	return handIn(s, name, minutes, f.log)
}

// handIn is what a learner who has come so far hands in.
func handIn(s *exercise.Standing, name string, minutes int, log custody.Log) (exercise.HandIn, error) {
	h := exercise.HandIn{
		Format: exercise.Format, Exercise: s.Exercise.ID, Pack: s.Pack, Name: ledgerText(name), Minutes: minutes,
		Hints: s.Hints, Answers: s.Answers, Ledger: headOf(log),
	}
	return h, h.Check(&s.Exercise)
}

// headOf says how far a ledger has come.
func headOf(log custody.Log) exercise.Head {
	root := log.Root()
	return exercise.Head{Size: log.Size(), Root: hex.EncodeToString(root[:])}
}

// OpenKey puts the key beside the answers; from then on they stay as they are.
// The key of another pack is [ErrOtherKey]. Opening the same key again leaves no
// trace.
func (f *File) OpenKey(ctx context.Context, by string, k exercise.Key) error {
	return f.work(ctx, "open the answer key", func(t *txn, s *exercise.Standing) error {
		if k.Pack != s.Pack {
			return ErrOtherKey
		}
		if err := k.Check(&s.Exercise); err != nil {
			return err
		}
		document, err := json.Marshal(k)
		if err != nil {
			return err
		}
		if s.Key != nil {
			was, err := json.Marshal(s.Key)
			if err == nil && string(was) != string(document) {
				err = errors.New("another key was opened in this case before")
			}
			return err
		}
		event, err := t.event(exerciseKey, nil, exerciseKeyBody{ledgerText(by), digestOfDocument(document)})
		if err != nil {
			return err
		}
		_, err = t.exec("INSERT INTO exercise_key (seq, document) VALUES (?, ?)", event.Seq, document)
		return err
	})
}
