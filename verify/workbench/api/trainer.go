package api

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"

	"github.com/firsthand-media/firsthand/verify/exercise"
	"github.com/firsthand-media/firsthand/verify/workshop"
)

func trainerRoutes() []Route {
	return []Route{
		on("GET", "/api/trainer", "trainer", "The plans of exercises that are kept, what is built in, and what was collected since the program was started.", trainerHome),
		on("POST", "/api/trainer/pack", "packBuiltIn", "Makes the pack of a built-in exercise.", packBuiltIn),
		on("POST", "/api/trainer/plans/begin", "beginPlan", "Begins an exercise from files of a case, and keeps its plan in a file.", beginPlan),
		on("POST", "/api/trainer/plans/open", "openPlan", "Goes on with a plan that lies in a file.", openPlan),
		on("POST", "/api/trainer/plans/forget", "forgetPlan", "Takes a plan from the list; its file is not touched.", forgetPlan),
		on("GET", "/api/trainer/plans/{id}", "plan", "A plan with its files.", showPlan),
		on("POST", "/api/trainer/plans/{id}/keep", "keepPlan", "Writes a plan into its file, unless the file is another by now.", keepPlan),
		on("POST", "/api/trainer/plans/{id}/files", "addToPlan", "Adds files of the case to a plan.", addToPlan),
		on("GET", "/api/trainer/plans/{id}/concerns", "planConcerns", "What has to be looked at before a plan is packed.", planConcerns),
		on("POST", "/api/trainer/plans/{id}/pack", "packPlan", "Makes the pack of a plan.", packPlan),
		on("POST", "/api/trainer/collect", "collect", "Opens the key of a pack and reads what was handed in. The passphrase is not kept.", collect),
		on("GET", "/api/trainer/collections/{collection}", "collection", "What was collected: learners, scores, agreement, and where answers spread.", showCollection),
		on("POST", "/api/trainer/collections/{collection}/again", "collectAgain", "Reads the folder again.", collectAgain),
		on("POST", "/api/trainer/collections/{collection}/csv", "exportCollection", "Writes the scores as a table into a folder, over no file.", exportCollection),
		on("POST", "/api/trainer/collections/{collection}/close", "closeCollection", "Forgets what was collected, and the key; files are not touched.", closeCollection),
		on("GET", "/api/trainer/collections/{collection}/project", "projector", "What a room is shown: the tasks, without names.", showProjector),
		on("GET", "/api/trainer/collections/{collection}/project/{task}", "projectorTask", "The answers to one task without names; the key where it is asked for.", showProjectorTask),
	}
}

// TrainerHome is what a trainer begins with.
type TrainerHome struct {
	Plans       []PlanRow        `json:"plans"` // the last one first
	BuiltIn     []ExerciseOffer  `json:"built_in"`
	Collections []CollectionName `json:"collections"`
	Folder      string           `json:"folder"` // where packs go unless another folder is chosen
}

// CollectionName is a collection in a few facts.
type CollectionName struct {
	ID       string         `json:"collection"`
	Title    exercise.Words `json:"title"`
	Code     string         `json:"code"` // of the pack, to be read aloud
	Folder   string         `json:"folder"`
	Learners int            `json:"learners"`
}

func trainerHome(_ context.Context, a *API, _ None) (TrainerHome, error) {
	out := TrainerHome{BuiltIn: []ExerciseOffer{}, Collections: a.gathered.names()}
	s, err := a.settings()
	if err != nil {
		return out, err
	}
	out.Folder = nearestFolder(s.CaseFolder)
	if out.Plans, err = a.planRows(); err != nil {
		return out, err
	}
	if a.program.Exercises == nil {
		return out, nil
	}
	offered, err := a.program.Exercises()
	if err != nil {
		return out, fmt.Errorf("read the built-in exercises: %w", err)
	}
	for i := range offered {
		out.BuiltIn = append(out.BuiltIn, newOffer(&offered[i]))
	}
	return out, nil
}

// PackOrder says where a pack goes and what seals its key: a passphrase is made
// where none is given.
type PackOrder struct {
	Folder     string `json:"folder"`
	Passphrase string `json:"passphrase"`
}

// PackMade is a pack that was made. The passphrase is in this answer and
// nowhere else.
type PackMade struct {
	Path       string `json:"path"`
	Code       string `json:"code"`
	Bytes      int64  `json:"bytes"`
	Passphrase string `json:"passphrase"`
}

// BuiltInPackIn names a built-in exercise to be packed.
type BuiltInPackIn struct {
	ID string `json:"exercise"`
	PackOrder
}

func packBuiltIn(ctx context.Context, a *API, in BuiltInPackIn) (PackMade, error) {
	if a.program.PackExercise == nil {
		return PackMade{}, cannot("built-in exercises cannot be packed here")
	}
	e, err := a.builtIn(in.ID)
	if err != nil {
		return PackMade{}, err
	}
	return in.make(e.ID, []string{e.ID}, func(passphrase, out string) (string, error) {
		return a.program.PackExercise(ctx, e.ID, passphrase, out)
	})
}

// builtIn finds a built-in exercise.
func (a *API) builtIn(id string) (*exercise.Exercise, error) {
	if a.program.Exercises == nil {
		return nil, cannot("there are no built-in exercises here")
	}
	offered, err := a.program.Exercises()
	if err != nil {
		return nil, fmt.Errorf("read the built-in exercises: %w", err)
	}
	for i := range offered {
		if offered[i].ID == id {
			return &offered[i], nil
		}
	}
	return nil, missing("there is no built-in exercise %.64q", id)
}

// make makes a pack of a name that nothing in the folder has yet. about is what
// a passphrase must not rest on.
func (o *PackOrder) make(name string, about []string, write func(passphrase, out string) (digest string, err error)) (PackMade, error) {
	dir, err := wholePath(o.Folder)
	if err != nil {
		return PackMade{}, err
	}
	made := PackMade{Passphrase: o.Passphrase}
	if made.Passphrase == "" {
		if made.Passphrase, err = workshop.NewPassphrase(); err != nil {
			return PackMade{}, err
		}
	} else if err := workshop.CheckPassphrase(made.Passphrase, about...); err != nil {
		return PackMade{}, refused("%w", err)
	}
	if made.Path, err = unusedName(dir, name, ".zip"); err != nil {
		return PackMade{}, err
	}
	digest, err := write(made.Passphrase, made.Path)
	if err != nil {
		return PackMade{}, unpacked(err)
	}
	info, err := os.Stat(made.Path)
	if err != nil {
		return PackMade{}, unpacked(err)
	}
	made.Code, made.Bytes = workshop.Code(digest), info.Size()
	return made, nil
}

// unpacked says why a pack was not made.
func unpacked(err error) error {
	e := refused("the pack was not made: %w", err)
	e.Safe = "nothing was written, and the plan is as it was"
	return e
}

// mostOfOneName is how many files of one name lie beside each other.
const mostOfOneName = 999

// unusedName is the first name of a file in a folder that nothing has yet.
func unusedName(dir, name, ending string) (string, error) {
	if info, err := os.Stat(dir); err != nil || !info.IsDir() {
		return "", missing("there is no folder %s", dir)
	}
	for n := 1; n <= mostOfOneName; n++ {
		try := name
		if n > 1 {
			try += "-" + strconv.Itoa(n)
		}
		path := filepath.Join(dir, try+ending)
		switch _, err := os.Lstat(path); {
		case errors.Is(err, fs.ErrNotExist):
			return path, nil
		case err != nil:
			return "", refused("the folder %s cannot be read: %w", dir, err)
		}
	}
	return "", clash("choose another folder", "%s holds %d files of the name %s already", dir, mostOfOneName, name)
}
