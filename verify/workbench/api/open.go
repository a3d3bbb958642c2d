package api

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"net/http"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/firsthand-media/firsthand/verify/casefile"
)

// API answers the page. Its zero value is not usable: see [New].
type API struct {
	program Program
	events  *Events
	own     *ownFiles
	opening sync.Mutex // one case at a time
	mu      sync.Mutex
	cases   map[string]*Case

	planning sync.Mutex // one change of a plan at a time
	gathered gatherings // answers that a trainer collected
}

// New is an API for a program.
func New(p Program) *API {
	return &API{program: p, events: newEvents(time.Now()), own: &ownFiles{dir: p.ConfigDir}, cases: map[string]*Case{}}
}

// Case finds a case that is open. One that was open in an earlier run of the
// program is opened again, so that its addresses hold.
func (a *API) Case(id string) (*Case, error) {
	if c := a.openCase(id); c != nil {
		return c, nil
	}
	recent, err := a.own.recent()
	if err != nil {
		return nil, err
	}
	if i := slices.IndexFunc(recent, func(r recentCase) bool { return r.ID == id }); i >= 0 {
		return a.open(recent[i].Dir, false) // a question alone upgrades nothing
	}
	e := missing("this case is not open")
	e.Hint = "open it from the list of cases"
	return nil, e
}

func (a *API) openCase(id string) *Case {
	a.mu.Lock()
	defer a.mu.Unlock()
	return a.cases[id]
}

// Cases are those that are open, by name.
func (a *API) Cases() []*Case {
	a.mu.Lock()
	defer a.mu.Unlock()
	var list []*Case
	for _, c := range a.cases {
		list = append(list, c)
	}
	slices.SortFunc(list, func(x, y *Case) int {
		if n := strings.Compare(x.Name(), y.Name()); n != 0 {
			return n
		}
		return strings.Compare(x.ID, y.ID)
	})
	return list
}

// Open opens the case in a folder, or gives it where it is open already. A
// case of an older version is upgraded, after a copy of its tables was made.
func (a *API) Open(dir string) (*Case, error) { return a.open(dir, true) }

func (a *API) open(dir string, upgrade bool) (*Case, error) {
	dir, err := filepath.Abs(dir)
	if err != nil {
		return nil, refused("open %s: %w", dir, err)
	}
	a.opening.Lock()
	defer a.opening.Unlock()
	for _, c := range a.Cases() {
		if c.Dir == dir {
			return c, nil
		}
	}
	file, err := a.program.Read(dir)
	if upgrade && errors.Is(err, casefile.ErrOlderSchema) {
		file, err = a.upgrade(dir)
	}
	if err != nil {
		return nil, unopened(dir, err)
	}
	c := &Case{ID: caseID(file.Info().ID, dir), Dir: dir, api: a, reader: file, heeded: -1, invented: file.IsExercise(context.Background())}
	a.mu.Lock()
	a.cases[c.ID] = c
	a.mu.Unlock()
	a.events.Publish(Event{Kind: CasesChanged})
	// It is open all the same where the configuration folder cannot be written:
	// it is only not among the recent ones.
	_ = a.own.remember(recentCase{ID: c.ID, Name: c.Name(), Dir: dir, Opened: time.Now().UTC()})
	c.heed(context.Background())
	go func() { _, _ = c.View(context.Background()) }() // the first page then waits less
	return c, nil
}

func (a *API) upgrade(dir string) (*casefile.File, error) {
	file, err := a.program.Write(dir)
	if err != nil {
		return nil, err
	}
	if err := file.Close(); err != nil {
		return nil, err
	}
	return a.program.Read(dir)
}

// Create makes an empty case in a folder and opens it.
func (a *API) Create(dir string) (*Case, error) {
	file, err := a.program.Create(dir)
	if errors.Is(err, fs.ErrExist) {
		return nil, clash("open it, or choose another name", "there is a case in %s already", dir)
	}
	if err != nil {
		return nil, unopened(dir, err)
	}
	if err := file.Close(); err != nil {
		return nil, fmt.Errorf("make the case %s: %w", dir, err)
	}
	return a.Open(dir)
}

// Shut lets a case go; it stays among the recent ones.
func (a *API) Shut(id string) error {
	a.mu.Lock()
	c := a.cases[id]
	delete(a.cases, id)
	a.mu.Unlock()
	if c == nil {
		return missing("this case is not open")
	}
	a.events.Publish(Event{Kind: CasesChanged})
	return c.close()
}

// Close lets all cases go.
func (a *API) Close() error {
	var errs []error
	for _, c := range a.Cases() {
		errs = append(errs, a.Shut(c.ID))
	}
	return errors.Join(errs...)
}

// caseID names a case in addresses: the same in every run of the program, and
// other for a copy of the case in another folder.
func caseID(id, dir string) string {
	sum := sha256.Sum256([]byte(id + "\x00" + dir))
	return hex.EncodeToString(sum[:8])
}

// unopened says why a case could not be opened, and what a person can do.
func unopened(dir string, err error) error {
	e := &Error{Status: http.StatusInternalServerError, What: fmt.Sprintf("the case in %s cannot be opened: %v", dir, err), Safe: "nothing was changed", cause: err}
	switch {
	case errors.Is(err, casefile.ErrLocked):
		e.Status, e.What = http.StatusLocked, "another program is writing this case"
		e.Hint = "wait until it ends or stop it, then try again"
	case errors.Is(err, fs.ErrNotExist):
		e.Status, e.What = http.StatusNotFound, fmt.Sprintf("there is no case in %s", dir)
		e.Hint = "choose another folder, or make a new case there"
	case errors.Is(err, fs.ErrPermission):
		e.Status, e.Hint = http.StatusForbidden, "ask for the right to read and write this folder, or choose another"
	case errors.Is(err, casefile.ErrOlderSchema):
		e.Status, e.Hint = http.StatusConflict, "open it from the list of cases: its tables are then upgraded, after a copy of them was made"
	case errors.Is(err, casefile.ErrNewerSchema):
		e.Status, e.Hint = http.StatusConflict, "use the newer version of firsthand for this case"
	}
	return e
}
