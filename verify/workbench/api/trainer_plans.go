package api

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"time"

	"github.com/firsthand-media/firsthand/verify"
	"github.com/firsthand-media/firsthand/verify/disk"
	"github.com/firsthand-media/firsthand/verify/exercise"
	"github.com/firsthand-media/firsthand/verify/workshop"
)

// ownPlan is a plan that this person writes, as it is remembered between
// starts. The plan itself lies in its file, which the commands take as well.
type ownPlan struct {
	Path    string         `json:"path"`
	Case    string         `json:"case"` // whose files it is made of, by its ID
	CaseDir string         `json:"case_dir"`
	Title   exercise.Words `json:"title"`
	At      time.Time      `json:"at"`
}

const (
	ownPlansName = "exercise-plans.json"
	ownPlansKept = 100
	planFolder   = "Exercise plans" // in the folder for cases
	planEnding   = ".plan.json"
)

// id names a plan in addresses without telling where it lies.
func (p *ownPlan) id() string {
	sum := sha256.Sum256([]byte(p.Path))
	return hex.EncodeToString(sum[:6])
}

// plans gives the plans that were worked at, the last one first.
func (o *ownFiles) plans() ([]ownPlan, error) {
	o.mu.Lock()
	defer o.mu.Unlock()
	var list []ownPlan
	_, err := o.read(ownPlansName, &list)
	return list, err
}

// plan finds a plan by its name in addresses.
func (o *ownFiles) plan(id string) (ownPlan, error) {
	list, err := o.plans()
	if err != nil {
		return ownPlan{}, err
	}
	if i := slices.IndexFunc(list, func(p ownPlan) bool { return p.id() == id }); i >= 0 {
		return list[i], nil
	}
	e := missing("this plan is not known here")
	e.Hint = "open its file from the list of plans"
	return ownPlan{}, e
}

// keepPlan puts a plan first among those that were worked at; forgetPlan takes
// it away.
func (o *ownFiles) keepPlan(p ownPlan) error {
	return o.changePlans(p.Path, func(list []ownPlan) []ownPlan { return slices.Insert(list, 0, p) })
}

func (o *ownFiles) forgetPlan(path string) error {
	return o.changePlans(path, func(list []ownPlan) []ownPlan { return list })
}

func (o *ownFiles) changePlans(path string, change func(others []ownPlan) []ownPlan) error {
	o.mu.Lock()
	defer o.mu.Unlock()
	var list []ownPlan
	if _, err := o.read(ownPlansName, &list); err != nil {
		return err
	}
	list = change(slices.DeleteFunc(list, func(p ownPlan) bool { return p.Path == path }))
	return o.write(ownPlansName, list[:min(len(list), ownPlansKept)])
}

// PlanRow is a plan in a few facts.
type PlanRow struct {
	ID    string         `json:"id"`
	Title exercise.Words `json:"title"`
	Path  string         `json:"path"`
	Case  string         `json:"case"` // the name of the case that it is made from
	At    string         `json:"at"`   // RFC 3339, UTC
	Gone  bool           `json:"gone"` // its file is no longer there
}

func (a *API) planRows() ([]PlanRow, error) {
	rows := []PlanRow{}
	list, err := a.own.plans()
	for i := range list {
		p := &list[i]
		_, missing := os.Stat(p.Path)
		rows = append(rows, PlanRow{
			ID: p.id(), Title: p.Title, Path: p.Path, Case: filepath.Base(p.CaseDir),
			At: p.At.UTC().Format(time.RFC3339), Gone: errors.Is(missing, fs.ErrNotExist),
		})
	}
	return rows, err
}

// readPlan reads a plan with the mark of what its file held.
func readPlan(path string) (plan workshop.Plan, revision string, err error) {
	text, err := readPlanFile(path)
	if err == nil {
		plan, err = workshop.ReadPlan(bytes.NewReader(text))
	}
	if err != nil {
		e := refused("the plan %s cannot be read: %w", path, err)
		e.Safe = "the file is as it was"
		if errors.Is(err, fs.ErrNotExist) {
			e = missing("there is no plan %s", path)
			e.Hint = "it was moved or deleted: open it from where it lies now"
		}
		return plan, "", e
	}
	fillPlan(&plan)
	return plan, revisionOf(text), nil
}

// largestPlanFile is more than a plan can have, in bytes.
const largestPlanFile = 32 << 20

// readPlanFile reads a regular file of no more than a plan can have.
func readPlanFile(path string) ([]byte, error) {
	info, err := os.Stat(path)
	if err != nil {
		return nil, err
	}
	if !info.Mode().IsRegular() || info.Size() > largestPlanFile {
		return nil, errors.New("this is no file of a plan")
	}
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	return io.ReadAll(io.LimitReader(f, largestPlanFile))
}

func revisionOf(text []byte) string {
	sum := sha256.Sum256(text)
	return hex.EncodeToString(sum[:12])
}

// fillPlan makes lists of what is null, which a person may have written.
func fillPlan(p *workshop.Plan) {
	e := &p.Exercise
	e.Tasks, e.Media, p.Key.Tasks = listed(e.Tasks), listed(e.Media), listed(p.Key.Tasks)
	p.Places, p.Clearances = listed(p.Places), listed(p.Clearances)
	for i := range e.Tasks {
		t := &e.Tasks[i]
		t.Hints, t.Tools, t.Options, t.Reasons, t.Subjects = listed(t.Hints), listed(t.Tools), listed(t.Options), listed(t.Reasons), listed(t.Subjects)
		for j := range t.Subjects {
			s := &t.Subjects[j]
			s.Items, s.Options = listed(s.Items), listed(s.Options)
		}
	}
	for i := range p.Key.Tasks {
		k := &p.Key.Tasks[i]
		k.Subjects = listed(k.Subjects)
		for j := range k.Subjects {
			fillKey(&k.Subjects[j])
		}
	}
}

func fillKey(k *exercise.SubjectKey) {
	k.Right, k.Reasons = listed(k.Right), listed(k.Reasons)
	if k.Credit == nil {
		k.Credit = map[string]float64{}
	}
	if k.Partly == nil {
		k.Partly = map[string]exercise.Words{}
	}
	if k.Why == nil {
		k.Why = exercise.Words{}
	}
}

// listed is the list itself, and not null.
func listed[T any](list []T) []T {
	if list == nil {
		return []T{}
	}
	return list
}

// writePlan writes a plan for its owner alone, whole or not at all.
func writePlan(path string, plan *workshop.Plan) (revision string, err error) {
	var text bytes.Buffer
	if err := plan.Write(&text); err != nil {
		return "", err
	}
	if err := disk.Replace(path, disk.Bytes(text.Bytes())); err != nil {
		return "", err
	}
	return revisionOf(text.Bytes()), nil
}

// PlanPage is a plan as it stands.
type PlanPage struct {
	ID       string        `json:"id"`
	Path     string        `json:"path"`
	Revision string        `json:"revision"` // of its file
	Case     CaseName      `json:"case"`     // ID "" where it is not open and cannot be opened
	Plan     workshop.Plan `json:"plan"`
	Files    []PlanFile    `json:"files"` // in the order of the plan's
}

// PlanFile is a file of a plan as the case knows it.
type PlanFile struct {
	Path string `json:"path"`
	Card *Card  `json:"card"` // null where it is no item of the case: a sidecar, or a case that is not open
}

// PlanIn names a plan.
type PlanIn struct {
	ID string `json:"id" in:"path"`
}

func showPlan(ctx context.Context, a *API, in PlanIn) (PlanPage, error) {
	own, err := a.own.plan(in.ID)
	if err != nil {
		return PlanPage{}, err
	}
	return a.planPage(ctx, own)
}

func (a *API) planPage(ctx context.Context, own ownPlan) (PlanPage, error) {
	plan, revision, err := readPlan(own.Path)
	if err != nil {
		return PlanPage{}, err
	}
	page := PlanPage{ID: own.id(), Path: own.Path, Revision: revision, Plan: plan, Files: []PlanFile{}, Case: CaseName{Name: filepath.Base(own.CaseDir), Dir: own.CaseDir}}
	known := map[string]*verify.Item{}
	var view *View
	if c, err := a.planCase(own); err == nil {
		page.Case = c.name()
		if view, err = c.View(ctx); err != nil {
			return PlanPage{}, err
		}
		known = view.byPath()
	}
	for _, m := range plan.Exercise.Media {
		f := PlanFile{Path: m.Path}
		if it := known[m.Path]; it != nil {
			card := view.card(it)
			f.Card = &card
		}
		page.Files = append(page.Files, f)
	}
	return page, nil
}

// byPath is the items by each path that they were seen at.
func (v *View) byPath() map[string]*verify.Item {
	known := map[string]*verify.Item{}
	for i := range v.Items {
		for j := range v.Items[i].Sightings {
			known[v.Items[i].Sightings[j].Path] = &v.Items[i]
		}
	}
	return known
}

// planCase is the case that a plan is made from.
func (a *API) planCase(own ownPlan) (*Case, error) {
	if own.Case == "" {
		e := missing("no case was named for this plan")
		e.Hint = "open the plan from its file together with the case that its files lie in"
		return nil, e
	}
	return a.Case(own.Case)
}
