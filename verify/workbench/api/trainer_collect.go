package api

import (
	"bytes"
	"cmp"
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"os"
	"slices"
	"sync"
	"time"

	"github.com/firsthand-media/firsthand/verify/disk"
	"github.com/firsthand-media/firsthand/verify/exercise"
	"github.com/firsthand-media/firsthand/verify/workshop"
)

// gathering is what one folder of answers held, with the key that opened it. It
// lives as long as the program or until it is closed, in memory alone.
type gathering struct {
	id     string
	pack   *workshop.Pack
	key    exercise.Key
	folder string
	secret [16]byte // draws the numbers of learners

	mu    sync.Mutex // guards what is read again
	found *workshop.Collection
	order []int // of learners: the first is learner 1
	at    time.Time
}

// gatherings are those of this run, the first one first.
type gatherings struct {
	mu  sync.Mutex
	all []*gathering
}

// mostGatherings is how many are kept: each holds a key and a room's answers.
const mostGatherings = 20

func (g *gatherings) find(id string) (*gathering, error) {
	g.mu.Lock()
	defer g.mu.Unlock()
	if i := slices.IndexFunc(g.all, func(one *gathering) bool { return one.id == id }); i >= 0 {
		return g.all[i], nil
	}
	e := missing("these answers are not open")
	e.Hint, e.Safe = "collect them again: the key is forgotten when the program ends", "the files are as they were"
	return nil, e
}

// of finds the gathering of a folder and a pack, nil where there is none.
func (g *gatherings) of(folder, digest string) *gathering {
	g.mu.Lock()
	defer g.mu.Unlock()
	if i := slices.IndexFunc(g.all, func(one *gathering) bool { return one.folder == folder && one.pack.Digest() == digest }); i >= 0 {
		return g.all[i]
	}
	return nil
}

func (g *gatherings) add(one *gathering) error {
	g.mu.Lock()
	defer g.mu.Unlock()
	if len(g.all) == mostGatherings {
		return clash("close some of them", "%d collections are open already", mostGatherings)
	}
	g.all = append(g.all, one)
	return nil
}

func (g *gatherings) drop(id string) {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.all = slices.DeleteFunc(g.all, func(one *gathering) bool { return one.id == id })
}

func (g *gatherings) names() []CollectionName {
	g.mu.Lock()
	defer g.mu.Unlock()
	out := []CollectionName{}
	for _, one := range g.all {
		out = append(out, one.name())
	}
	return out
}

func (g *gathering) name() CollectionName {
	found, _, _ := g.now()
	return CollectionName{ID: g.id, Title: g.pack.Exercise().Title, Code: g.pack.Code(), Folder: g.folder, Learners: len(found.Learners)}
}

// now is what was found when the folder was read last.
func (g *gathering) now() (found *workshop.Collection, order []int, at time.Time) {
	g.mu.Lock()
	defer g.mu.Unlock()
	return g.found, g.order, g.at
}

// read reads the folder, and draws a number for each learner. Numbers follow
// from a secret of this gathering, so that they tell nothing of names or files;
// who hands in late comes after those that the room has seen.
func (g *gathering) read(ctx context.Context) error {
	found, err := workshop.Collect(ctx, g.folder, g.pack, g.key)
	if err != nil {
		e := refused("the answers cannot be collected: %w", err)
		e.Safe = "the files are as they were"
		return e
	}
	drawn := make([]string, len(found.Learners))
	order := make([]int, len(found.Learners))
	for i, l := range found.Learners {
		sum := sha256.Sum256(append(g.secret[:], l.Name...))
		drawn[i], order[i] = string(sum[:]), i
	}
	g.mu.Lock()
	defer g.mu.Unlock()
	seen := make(map[string]int, len(g.order))
	for place, i := range g.order {
		seen[g.found.Learners[i].Name] = place - len(g.order) // before those that are new
	}
	slices.SortFunc(order, func(x, y int) int {
		return cmp.Or(cmp.Compare(seen[found.Learners[x].Name], seen[found.Learners[y].Name]), cmp.Compare(drawn[x], drawn[y]))
	})
	g.found, g.order, g.at = found, order, time.Now()
	return nil
}

// CollectIn names a folder of answers and the pack that they are of. The
// passphrase opens the key and is forgotten.
type CollectIn struct {
	Folder     string `json:"folder"`
	Pack       string `json:"pack"`
	Passphrase string `json:"passphrase"`
}

func collect(ctx context.Context, a *API, in CollectIn) (CollectionName, error) {
	folder, err := wholePath(in.Folder)
	if err != nil {
		return CollectionName{}, err
	}
	if info, err := os.Stat(folder); err != nil || !info.IsDir() {
		return CollectionName{}, missing("there is no folder %s", folder)
	}
	pack, err := readPack(in.Pack)
	if err != nil {
		return CollectionName{}, err
	}
	key, err := pack.Unseal(in.Passphrase)
	switch {
	case errors.Is(err, workshop.ErrPassphrase):
		e := refused("this passphrase does not open the key of the pack")
		e.Hint = "look at each letter again; capitals, spaces and hyphens do not matter"
		return CollectionName{}, e
	case err != nil:
		return CollectionName{}, refused("the key cannot be opened: %w", err)
	}
	if open := a.gathered.of(folder, pack.Digest()); open != nil { // its numbers stay as the room knows them
		if err := open.read(ctx); err != nil {
			return CollectionName{}, err
		}
		return open.name(), nil
	}
	var name [8]byte
	g := &gathering{pack: pack, key: key, folder: folder}
	if _, err := rand.Read(name[:]); err != nil {
		return CollectionName{}, fmt.Errorf("name the collection: %w", err)
	}
	if _, err := rand.Read(g.secret[:]); err != nil {
		return CollectionName{}, fmt.Errorf("draw numbers: %w", err)
	}
	g.id = hex.EncodeToString(name[:])
	if err := g.read(ctx); err != nil {
		return CollectionName{}, err
	}
	return g.name(), a.gathered.add(g)
}

// CollectionIn names a collection.
type CollectionIn struct {
	ID string `json:"collection" in:"path"`
}

// CollectionPage is what a trainer sees of a collection. Learners have their
// names here, and their numbers on the projector.
type CollectionPage struct {
	CollectionName
	At      string             `json:"at"` // when the folder was read, RFC 3339 in UTC
	Of      int                `json:"of"` // points of the whole exercise
	Handed  []CollectedLearner `json:"handed"`
	Refused []RefusedFile      `json:"refused"`
	Spreads []TaskSpread       `json:"spreads"` // of the tasks, with the key
}

// CollectedLearner is one learner's result.
type CollectedLearner struct {
	Number  int       `json:"number"`
	Name    string    `json:"name"`
	File    string    `json:"file"`
	Minutes int       `json:"minutes"`
	Hints   int       `json:"hints"` // of all tasks
	Points  float64   `json:"points"`
	Tasks   []TaskGot `json:"tasks"` // in the order of the exercise
}

// TaskGot is what a learner got for a task.
type TaskGot struct {
	Points   float64 `json:"points"`
	Answered int     `json:"answered"` // subjects
	Subjects int     `json:"subjects"`
	Hints    int     `json:"hints"`
}

// RefusedFile is one that does not count, or only in part.
type RefusedFile struct {
	File string `json:"file"`
	Why  string `json:"why"`
}

func showCollection(ctx context.Context, a *API, in CollectionIn) (CollectionPage, error) {
	g, err := a.gathered.find(in.ID)
	if err != nil {
		return CollectionPage{}, err
	}
	return a.collectionPage(ctx, g)
}

func (a *API) collectionPage(ctx context.Context, g *gathering) (CollectionPage, error) {
	found, order, at := g.now()
	page := CollectionPage{
		CollectionName: g.name(), At: at.UTC().Format(time.RFC3339),
		Handed: []CollectedLearner{}, Refused: []RefusedFile{}, Spreads: []TaskSpread{},
	}
	e := g.pack.Exercise()
	for i := range e.Tasks {
		page.Of += e.Tasks[i].Points
		spread, err := a.spread(ctx, g, i, true)
		if err != nil {
			return page, err
		}
		page.Spreads = append(page.Spreads, spread)
	}
	for number, i := range order {
		page.Handed = append(page.Handed, newCollectedLearner(number+1, &found.Learners[i]))
	}
	say := askedWords(ctx).Say
	for _, r := range found.Refused {
		page.Refused = append(page.Refused, RefusedFile{File: r.File, Why: say(r.Why)})
	}
	return page, nil
}

func newCollectedLearner(number int, l *workshop.Learner) CollectedLearner {
	out := CollectedLearner{Number: number, Name: l.Name, File: l.File, Minutes: l.Minutes, Points: l.Score.Points, Tasks: []TaskGot{}}
	for _, t := range l.Score.Tasks {
		out.Hints += l.Hints[t.Task]
		out.Tasks = append(out.Tasks, TaskGot{Points: t.Points, Answered: t.Answered, Subjects: len(t.Subjects), Hints: l.Hints[t.Task]})
	}
	return out
}

func collectAgain(ctx context.Context, a *API, in CollectionIn) (CollectionPage, error) {
	g, err := a.gathered.find(in.ID)
	if err != nil {
		return CollectionPage{}, err
	}
	if err := g.read(ctx); err != nil {
		return CollectionPage{}, err
	}
	return a.collectionPage(ctx, g)
}

func closeCollection(_ context.Context, a *API, in CollectionIn) (None, error) {
	a.gathered.drop(in.ID)
	return None{}, nil
}

// ExportCollectionIn says where the table of scores goes.
type ExportCollectionIn struct {
	ID     string `json:"collection" in:"path"`
	Folder string `json:"folder"`
}

// Exported is the file that was written.
type Exported struct {
	Path string `json:"path"`
}

func exportCollection(_ context.Context, a *API, in ExportCollectionIn) (Exported, error) {
	g, err := a.gathered.find(in.ID)
	if err != nil {
		return Exported{}, err
	}
	dir, err := wholePath(in.Folder)
	if err != nil {
		return Exported{}, err
	}
	path, err := unusedName(dir, g.pack.Exercise().ID+"-scores", ".csv")
	if err != nil {
		return Exported{}, err
	}
	found, _, _ := g.now()
	var table bytes.Buffer
	if err := found.WriteCSV(&table); err != nil {
		return Exported{}, err
	}
	if err := disk.New(path, disk.Bytes(table.Bytes())); err != nil {
		return Exported{}, refused("the table cannot be written: %w", err)
	}
	return Exported{Path: path}, nil
}
