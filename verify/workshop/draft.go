package workshop

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/firsthand-media/firsthand/extract/source"
	"github.com/firsthand-media/firsthand/verify"
	"github.com/firsthand-media/firsthand/verify/casefile"
	"github.com/firsthand-media/firsthand/verify/exercise"
	"github.com/firsthand-media/firsthand/verify/gazetteer"
)

// zoneSetting is where a case keeps the zone of clocks that state none.
const zoneSetting = "zone"

// Draft begins a plan with files of a case: those with one of the paths, and
// those in one of the folders (SOURCE, SOURCE/folder), with the sidecars that
// speak of them. Titles, tasks, key, origins and licences are left for a person
// to write, and each concern stands among the clearances without a name.
func Draft(ctx context.Context, file *casefile.File, paths []string) (Plan, error) {
	p, err := draft(ctx, file, paths)
	if err != nil {
		return Plan{}, fmt.Errorf("draft an exercise: %w", err)
	}
	return p, nil
}

func draft(ctx context.Context, file *casefile.File, paths []string) (Plan, error) {
	p := emptyPlan()
	settings, err := file.Settings(ctx)
	if err != nil {
		return p, err
	}
	p.Exercise.Zone = settings[zoneSetting]
	places, err := file.Places(ctx)
	if err != nil {
		return p, err
	}
	p.Places = append(p.Places, places...)
	if p.Exercise.Media, err = chosenMedia(ctx, file, paths); err != nil {
		return p, err
	}
	media, err := CaseMedia(ctx, file)
	if err != nil {
		return p, err
	}
	defer media.Close()
	if err := p.Measure(ctx, media); err != nil {
		return p, err
	}
	concerns, err := concernsOf(ctx, media, &p)
	if err != nil {
		return p, err
	}
	for _, c := range concerns {
		if !c.Final {
			p.Clearances = append(p.Clearances, Clearance{Path: c.Path, Code: c.Code, What: c.What})
		}
	}
	return p, nil
}

// emptyPlan has lists that are empty, and not null, for who writes it on.
func emptyPlan() Plan {
	return Plan{
		Exercise: exercise.Exercise{
			Format: exercise.Format, Level: 1, Minutes: [2]int{20, 45}, Title: exercise.Words{"en": ""}, Story: exercise.Words{"en": ""},
			Tasks: []exercise.Task{}, Media: []exercise.Medium{},
		},
		Key:    exercise.Key{Format: exercise.Format, Tasks: []exercise.TaskKey{}},
		Places: []gazetteer.Own{}, Clearances: []Clearance{},
	}
}

// chosenMedia lists the files that were asked for with their sidecars, by path.
func chosenMedia(ctx context.Context, file *casefile.File, paths []string) ([]exercise.Medium, error) {
	if len(paths) == 0 {
		return nil, fmt.Errorf("no file was named")
	}
	found := map[string]exercise.Medium{}
	used := make([]bool, len(paths))
	for it, err := range file.Items(ctx) {
		if err != nil {
			return nil, err
		}
		for i := range it.Sightings {
			s := &it.Sightings[i]
			if !asked(s.Path, paths, used) {
				continue
			}
			found[s.Path] = exercise.Medium{Path: s.Path, SHA256: string(it.Digest), Size: s.Size, Modified: s.ModTime.UTC()}
			for _, sidecar := range sidecarsOf(s) {
				if _, ok := found[sidecar]; !ok {
					found[sidecar] = exercise.Medium{Path: sidecar}
				}
			}
		}
	}
	for i, path := range paths {
		if !used[i] {
			return nil, fmt.Errorf("the case has no file %q and none in it", path)
		}
	}
	out := make([]exercise.Medium, 0, len(found))
	for _, m := range found {
		out = append(out, m)
	}
	slices.SortFunc(out, func(a, b exercise.Medium) int { return cmp.Compare(a.Path, b.Path) })
	return out, nil
}

func asked(path string, paths []string, used []bool) (ok bool) {
	for i, p := range paths {
		p = strings.TrimRight(p, "/")
		if path == p || strings.HasPrefix(path, p+"/") {
			used[i], ok = true, true
		}
	}
	return ok
}

// sidecarsOf are the paths of the files that speak of a sighting.
func sidecarsOf(s *verify.Sighting) []string {
	var out []string
	for _, r := range s.Records {
		if path := source.ShownPath(s.Source, r.Sidecar); r.Sidecar != "" && !slices.Contains(out, path) {
			out = append(out, path)
		}
	}
	return out
}
