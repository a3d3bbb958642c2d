package exchange

import (
	"cmp"
	"context"
	"io"
	"maps"
	"slices"
	"strings"
)

// ExerciseNotice stands in whatever is written of the case of an exercise: where
// each format shows what it is about, in every row and on every point of a map,
// so that one that is copied out alone still says it.
const ExerciseNotice = "Exercise — not a real case"

// exerciseName is the file that says so in exports that are folders.
const exerciseName = "EXERCISE.txt"

// exerciseTag marks incidents in formats that have tags.
const exerciseTag = "exercise"

func writeExerciseText(w io.Writer) error {
	_, err := io.WriteString(w, ExerciseNotice+". The places and events are invented.\n")
	return err
}

// noted lets a format write the case of an exercise with the notice in its texts.
func noted(write func(context.Context, *Case, Options, *Output) error) func(context.Context, *Case, Options, *Output) error {
	return func(ctx context.Context, c *Case, opt Options, out *Output) error {
		if !c.Exercise {
			return write(ctx, c, opt, out)
		}
		if out.tree != nil {
			if err := out.Write(exerciseName, writeExerciseText); err != nil {
				return err
			}
		}
		return write(ctx, c.withNotices(), opt, out)
	}
}

// withNotices is the case with the notice in front of its title and of what each
// incident is called.
func (c *Case) withNotices() *Case {
	said := *c
	said.Title = noticed(c.Title)
	said.Incidents = slices.Clone(c.Incidents)
	for i := range said.Incidents {
		r := &said.Incidents[i].Record
		r.Summary = noticed(cmp.Or(r.Summary, titleOf(&c.Incidents[i])))
		if r.Description != "" {
			r.Description = noticed(r.Description)
		}
		r.Titles = maps.Clone(r.Titles)
		for language, title := range r.Titles {
			r.Titles[language] = noticed(title)
		}
		if !slices.Contains(r.Tags, exerciseTag) {
			r.Tags = append(slices.Clip(r.Tags), exerciseTag)
		}
	}
	return &said
}

// noticed puts the notice in front of a text, unless it stands there already.
func noticed(text string) string {
	switch {
	case text == "":
		return ExerciseNotice
	case strings.HasPrefix(text, ExerciseNotice):
		return text
	}
	return ExerciseNotice + ": " + text
}
