package api

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strconv"

	"github.com/firsthand-media/firsthand/verify/exercise"
	"github.com/firsthand-media/firsthand/verify/workshop"
)

func workshopRoutes() []Route {
	return []Route{
		on("GET", "/api/workshop", "workshop", "The exercises that are built in, and those that were begun here.", listWorkshop),
		on("POST", "/api/workshop/practise", "practise", "Lays a built-in exercise out in a new case and opens it; that takes about a minute.", practise),
		on("POST", "/api/workshop/look", "lookAtPack", "What an exercise pack is of, once it was checked whole.", lookAtPack),
		on("POST", "/api/workshop/open", "openPack", "Lays an exercise pack out in a new case and opens it.", openPack),
		on("GET", "/api/sun", "sunDay", "The sun over a place on a day, and when a measured shadow can have fallen there.", sunDay),
		onCase("GET", "/exercise", "exercise", "The exercise of a case with the answers; the key once it is open.", showExercise),
		onCase("POST", "/exercise/answer", "exerciseAnswer", "Keeps answers, each in place of the one before.", answerExercise),
		onCase("POST", "/exercise/hint", "exerciseHint", "Opens the next hint of a task.", takeHint),
		onCase("GET", "/exercise/hand-in", "exerciseHandInText", "What would be handed in, word for word.", handInText),
		onCase("POST", "/exercise/hand-in", "exerciseHandIn", "Hands in: writes the file for the trainer, and over none.", handIn),
		onCase("POST", "/exercise/key", "exerciseKey", "Opens the key, after which answers stay as they are.", openKey),
	}
}

// exerciseFolder is where exercises are laid out, in the folder for cases.
const exerciseFolder = "Exercises"

func listWorkshop(_ context.Context, a *API, _ None) (WorkshopList, error) {
	out := WorkshopList{BuiltIn: []ExerciseOffer{}, Mine: []MyExercise{}}
	dir, err := a.exercises()
	if err != nil {
		return out, err
	}
	out.Folder = dir
	mine, err := a.own.exercises()
	if err != nil {
		return out, err
	}
	for _, m := range mine {
		out.Mine = append(out.Mine, m.page())
	}
	if a.program.Exercises == nil {
		return out, nil
	}
	offered, err := a.program.Exercises()
	if err != nil {
		return out, fmt.Errorf("read the built-in exercises: %w", err)
	}
	for i := range offered {
		offer := newOffer(&offered[i])
		if at := slices.IndexFunc(out.Mine, func(m MyExercise) bool { return m.Practice && m.ID == offer.ID && !m.Gone }); at >= 0 {
			offer.Begun = out.Mine[at].Dir
		}
		out.BuiltIn = append(out.BuiltIn, offer)
	}
	return out, nil
}

func newOffer(e *exercise.Exercise) ExerciseOffer {
	o := ExerciseOffer{
		ID: e.ID, Title: e.Title, Story: e.Story, By: e.By, Level: e.Level, Minutes: e.Minutes,
		Tasks: len(e.Tasks), Files: len(e.Media), Topics: []exercise.Topic{},
	}
	for i := range e.Tasks {
		if topic := e.Tasks[i].Topic; !slices.Contains(o.Topics, topic) {
			o.Topics = append(o.Topics, topic)
		}
	}
	return o
}

// exercises is the folder that new exercises are laid out in.
func (a *API) exercises() (string, error) {
	s, err := a.settings()
	return filepath.Join(s.CaseFolder, exerciseFolder), err
}

// freshFolder is the first name for an exercise that nothing has yet.
func (a *API) freshFolder(id string) (string, error) {
	in, err := a.exercises()
	if err != nil {
		return "", err
	}
	for n := 1; n <= mostAttempts; n++ {
		name := id
		if n > 1 {
			name += " " + strconv.Itoa(n)
		}
		dir := filepath.Join(in, name)
		if _, err := os.Lstat(dir); errors.Is(err, fs.ErrNotExist) {
			return dir, nil
		} else if err != nil {
			return "", unopened(in, err)
		}
	}
	return "", clash("move some of them away", "%s holds %d attempts at %s already", in, mostAttempts, id)
}

// notHere is what this program was built or started without.
func notHere(what string) *Error {
	return &Error{Status: http.StatusNotImplemented, What: what + " by this program", Hint: "start the workbench with firsthand serve"}
}

// mostAttempts is how many cases of one exercise lie beside each other.
const mostAttempts = 999

func practise(ctx context.Context, a *API, in BuiltInIn) (CaseName, error) {
	if a.program.Exercises == nil || a.program.BeginExercise == nil {
		return CaseName{}, notHere("exercises cannot be laid out")
	}
	offered, err := a.program.Exercises()
	if err != nil {
		return CaseName{}, fmt.Errorf("read the built-in exercises: %w", err)
	}
	if !slices.ContainsFunc(offered, func(e exercise.Exercise) bool { return e.ID == in.ID }) {
		return CaseName{}, missing("there is no built-in exercise %.64q", in.ID)
	}
	dir, err := a.freshFolder(in.ID)
	if err != nil {
		return CaseName{}, err
	}
	caseDir, err := a.program.BeginExercise(context.WithoutCancel(ctx), in.ID, dir, nil)
	if err != nil {
		return CaseName{}, unopened(dir, err)
	}
	return a.begun(ctx, caseDir, ownExercise{Practice: true})
}

func lookAtPack(_ context.Context, _ *API, in PackIn) (ExerciseOffer, error) {
	pack, err := readPack(in.Path)
	if err != nil {
		return ExerciseOffer{}, err
	}
	e := pack.Exercise()
	offer := newOffer(&e)
	offer.Code = pack.Code()
	return offer, nil
}

func openPack(ctx context.Context, a *API, in PackIn) (CaseName, error) {
	if a.program.BeginPack == nil {
		return CaseName{}, notHere("exercise packs cannot be opened")
	}
	pack, err := readPack(in.Path)
	if err != nil {
		return CaseName{}, err
	}
	dir, err := a.freshFolder(pack.Exercise().ID)
	if err != nil {
		return CaseName{}, err
	}
	caseDir, err := a.program.BeginPack(context.WithoutCancel(ctx), pack, dir, nil)
	if err != nil {
		return CaseName{}, unopened(dir, err)
	}
	return a.begun(ctx, caseDir, ownExercise{Pack: filepath.Clean(in.Path)})
}

// readPack opens a pack, which is checked whole before anything of it is shown.
func readPack(path string) (*workshop.Pack, error) {
	path, err := wholePath(path)
	if err != nil {
		return nil, err
	}
	pack, err := workshop.Open(path)
	if err != nil {
		e := refused("this exercise pack cannot be opened: %w", err)
		e.Hint, e.Safe = "ask for the file again: a pack that was changed on its way is not opened", "nothing of it was unpacked"
		if errors.Is(err, fs.ErrNotExist) {
			e = missing("there is no file %s", path)
		}
		return nil, e
	}
	return pack, nil
}

// begun opens the case of an exercise that was laid out, and remembers it.
func (a *API) begun(ctx context.Context, caseDir string, own ownExercise) (CaseName, error) {
	c, err := a.Open(caseDir)
	if err != nil {
		return CaseName{}, err
	}
	standing, err := c.attempt(ctx)
	if err != nil {
		return CaseName{}, err
	}
	if err := c.keepOwn(standing, func(o *ownExercise) { o.Practice, o.Pack = own.Practice, own.Pack }); err != nil {
		return CaseName{}, err
	}
	return c.name(), nil
}
