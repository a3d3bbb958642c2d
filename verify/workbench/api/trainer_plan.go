package api

import (
	"context"
	"errors"
	"net/http"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/firsthand-media/firsthand/verify"
	"github.com/firsthand-media/firsthand/verify/casefile"
	"github.com/firsthand-media/firsthand/verify/disk"
	"github.com/firsthand-media/firsthand/verify/exercise"
	"github.com/firsthand-media/firsthand/verify/workshop"
)

// BeginPlanIn says what an exercise is made of.
type BeginPlanIn struct {
	Case     string          `json:"case"`
	ID       string          `json:"exercise"` // kebab-case; part of the names of files
	Title    string          `json:"title"`
	Language string          `json:"language"` // that the title is written in
	Items    []verify.Digest `json:"items"`
}

func beginPlan(ctx context.Context, a *API, in BeginPlanIn) (PlanPage, error) {
	c, err := a.Case(in.Case)
	if err != nil {
		return PlanPage{}, err
	}
	id, title := strings.TrimSpace(in.ID), strings.TrimSpace(in.Title)
	if err := checkCaseName(id); err != nil || title == "" {
		return PlanPage{}, refused("an exercise needs a title, and a short name of letters, figures and hyphens")
	}
	plan, err := c.planOf(ctx, in.Items)
	if err != nil {
		return PlanPage{}, err
	}
	plan.Exercise.ID, plan.Exercise.By = id, a.by()
	plan.Exercise.Title, plan.Exercise.Story = exercise.Words{in.Language: title}, exercise.Words{in.Language: ""}
	dir, err := a.planFolder()
	if err != nil {
		return PlanPage{}, err
	}
	path, err := unusedName(dir, id, planEnding)
	if err != nil {
		return PlanPage{}, err
	}
	if _, err := writePlan(path, &plan); err != nil {
		return PlanPage{}, unwrittenPlan(err)
	}
	own := ownPlan{Path: path, Case: c.ID, CaseDir: c.Dir, Title: plan.Exercise.Title, At: time.Now().UTC()}
	if err := a.own.keepPlan(own); err != nil {
		return PlanPage{}, err
	}
	return a.planPage(ctx, own)
}

// planOf begins a plan with items of the case, with nothing cleared.
func (c *Case) planOf(ctx context.Context, items []verify.Digest) (plan workshop.Plan, err error) {
	v, err := c.View(ctx)
	if err != nil {
		return plan, err
	}
	var paths []string
	for _, d := range items {
		it := v.Item(d)
		if it == nil {
			return plan, missing("there is no such file in the case")
		}
		paths = append(paths, it.Path())
	}
	if len(paths) == 0 {
		return plan, refused("choose at least one file")
	}
	err = c.Reading(ctx, func(f *casefile.File) error {
		plan, err = workshop.Draft(ctx, f, paths)
		return err
	})
	if err != nil {
		return plan, refused("the files cannot be taken: %w", err)
	}
	plan.Clearances = []workshop.Clearance{} // they are given one by one, by name
	return plan, nil
}

// planFolder is where plans are kept; it is made.
func (a *API) planFolder() (string, error) {
	s, err := a.settings()
	if err != nil {
		return "", err
	}
	dir := filepath.Join(s.CaseFolder, planFolder)
	if err := disk.MakeFolder(dir); err != nil {
		return "", refused("the folder for plans cannot be made: %w", err)
	}
	return dir, nil
}

func unwrittenPlan(err error) error {
	e := &Error{Status: http.StatusInternalServerError, What: "the plan was not kept: " + err.Error(), Safe: "the file is as it was, and what you wrote is still on this page", cause: err}
	e.Hint = "look whether there is room on the disk, then try again"
	return e
}

// OpenPlanIn names the file of a plan, and the case that its files lie in ("" where
// it is remembered).
type OpenPlanIn struct {
	Path string `json:"path"`
	Case string `json:"case"`
}

func openPlan(ctx context.Context, a *API, in OpenPlanIn) (PlanPage, error) {
	path, err := wholePath(in.Path)
	if err != nil {
		return PlanPage{}, err
	}
	plan, _, err := readPlan(path)
	if err != nil {
		return PlanPage{}, err
	}
	list, err := a.own.plans()
	if err != nil {
		return PlanPage{}, err
	}
	own := ownPlan{Path: path}
	if i := slices.IndexFunc(list, func(p ownPlan) bool { return p.Path == path }); i >= 0 {
		own = list[i]
	}
	if in.Case != "" {
		c, err := a.Case(in.Case)
		if err != nil {
			return PlanPage{}, err
		}
		own.Case, own.CaseDir = c.ID, c.Dir
	}
	own.Title, own.At = plan.Exercise.Title, time.Now().UTC()
	if err := a.own.keepPlan(own); err != nil {
		return PlanPage{}, err
	}
	return a.planPage(ctx, own)
}

// ForgetPlanIn names a plan by the path of its file.
type ForgetPlanIn struct {
	Path string `json:"path"`
}

func forgetPlan(_ context.Context, a *API, in ForgetPlanIn) (None, error) {
	return None{}, a.own.forgetPlan(in.Path)
}

// KeepPlanIn is a plan as it is on the page, made from a revision of its file.
type KeepPlanIn struct {
	ID       string        `json:"id" in:"path"`
	Revision string        `json:"revision"`
	Plan     workshop.Plan `json:"plan"`
}

// PlanKept is the revision of the file that was written.
type PlanKept struct {
	Revision string `json:"revision"`
}

func keepPlan(_ context.Context, a *API, in KeepPlanIn) (PlanKept, error) {
	own, err := a.own.plan(in.ID)
	if err != nil {
		return PlanKept{}, err
	}
	a.planning.Lock()
	defer a.planning.Unlock()
	_, revision, err := readPlan(own.Path)
	if err != nil {
		return PlanKept{}, err
	}
	if revision != in.Revision {
		return PlanKept{}, clash("reload the page to go on from the file; what you wrote since is lost then", "the plan was changed elsewhere, in another tab or by a command")
	}
	fillPlan(&in.Plan)
	if revision, err = writePlan(own.Path, &in.Plan); err != nil {
		return PlanKept{}, unwrittenPlan(err)
	}
	own.Title, own.At = in.Plan.Exercise.Title, time.Now().UTC()
	return PlanKept{Revision: revision}, a.own.keepPlan(own)
}

// AddToPlanIn names items of the case to be added.
type AddToPlanIn struct {
	ID    string          `json:"id" in:"path"`
	Items []verify.Digest `json:"items"`
}

func addToPlan(ctx context.Context, a *API, in AddToPlanIn) (PlanPage, error) {
	own, err := a.own.plan(in.ID)
	if err != nil {
		return PlanPage{}, err
	}
	c, err := a.planCase(own)
	if err != nil {
		return PlanPage{}, err
	}
	more, err := c.planOf(ctx, in.Items)
	if err != nil {
		return PlanPage{}, err
	}
	a.planning.Lock()
	defer a.planning.Unlock()
	plan, _, err := readPlan(own.Path)
	if err != nil {
		return PlanPage{}, err
	}
	media := &plan.Exercise.Media
	for _, m := range more.Exercise.Media {
		if !slices.ContainsFunc(*media, func(have exercise.Medium) bool { return have.Path == m.Path }) {
			*media = append(*media, m)
		}
	}
	slices.SortFunc(*media, func(x, y exercise.Medium) int { return strings.Compare(x.Path, y.Path) })
	if _, err := writePlan(own.Path, &plan); err != nil {
		return PlanPage{}, unwrittenPlan(err)
	}
	return a.planPage(ctx, own)
}

// PlanConcerns is what stands between a plan and its pack.
type PlanConcerns struct {
	Problem  string    `json:"problem" say:"sentence"` // the first thing that is missing or wrong, "" for none
	Concerns []Concern `json:"concerns"`
}

// Concern is something that speaks of real people, or is graphic.
type Concern struct {
	Code  workshop.ConcernCode `json:"code"`
	Path  string               `json:"path"` // "" where it is of no file
	What  string               `json:"what"` // tells whether it is the same as when it was cleared
	Text  string               `json:"text"`
	Final bool                 `json:"final"` // nobody can clear it: the file has to go
}

func planConcerns(ctx context.Context, a *API, in PlanIn) (PlanConcerns, error) {
	out := PlanConcerns{Concerns: []Concern{}}
	err := a.withPlan(ctx, in.ID, func(f *casefile.File, plan workshop.Plan) error {
		found, err := workshop.Concerns(ctx, f, plan)
		if err != nil {
			return refused("the files cannot be checked: %w", err)
		}
		say := askedWords(ctx).Say
		for _, c := range found {
			out.Concerns = append(out.Concerns, Concern{Code: c.Code, Path: c.Path, What: c.What, Text: say(c.Message), Final: c.Final})
		}
		out.Problem = problemOfPlan(plan)
		return nil
	})
	return out, err
}

// problemOfPlan is the first thing that is wrong with an exercise or its key.
func problemOfPlan(plan workshop.Plan) string {
	err := plan.Exercise.Check()
	if err == nil {
		key := plan.Key
		key.Format, key.Pack = exercise.Format, strings.Repeat("0", 64) // packing enters them
		err = key.Check(&plan.Exercise)
	}
	if err == nil {
		return ""
	}
	return err.Error()
}

// withPlan gives a plan with the case that it is made from.
func (a *API) withPlan(ctx context.Context, id string, do func(*casefile.File, workshop.Plan) error) error {
	own, err := a.own.plan(id)
	if err != nil {
		return err
	}
	plan, _, err := readPlan(own.Path)
	if err != nil {
		return err
	}
	c, err := a.planCase(own)
	if err != nil {
		return err
	}
	return c.Reading(ctx, func(f *casefile.File) error { return do(f, plan) })
}

// PackPlanIn says where the pack of a plan goes.
type PackPlanIn struct {
	ID string `json:"id" in:"path"`
	PackOrder
}

func packPlan(ctx context.Context, a *API, in PackPlanIn) (made PackMade, err error) {
	err = a.withPlan(ctx, in.ID, func(f *casefile.File, plan workshop.Plan) error {
		media, err := workshop.CaseMedia(ctx, f)
		if err != nil {
			return err
		}
		about := []string{plan.Exercise.ID, plan.Exercise.By}
		for _, title := range plan.Exercise.Title {
			about = append(about, title)
		}
		made, err = in.make(plan.Exercise.ID, about, func(passphrase, out string) (string, error) {
			return workshop.Make(ctx, plan, media, passphrase, out)
		})
		return errors.Join(err, media.Close())
	})
	return made, err
}
