package main

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/firsthand-media/firsthand/extract"
	"github.com/firsthand-media/firsthand/extract/source"
	"github.com/firsthand-media/firsthand/verify"
	"github.com/firsthand-media/firsthand/verify/assess"
	"github.com/firsthand-media/firsthand/verify/casefile"
	"github.com/firsthand-media/firsthand/verify/desk"
)

// markLine is what stands of a file, as JSON.
type markLine struct {
	Path       source.Text    `json:"path"`
	Digest     verify.Digest  `json:"sha256"`
	State      string         `json:"state"` // pinned, set-aside, or ""
	Tags       []string       `json:"tags"`
	Notes      []noteLine     `json:"notes"`
	Described  source.Text    `json:"described"`
	Masks      []verify.Mask  `json:"masks"`
	Represents bool           `json:"represents"` // it was chosen to stand for its copies
	Warning    *string        `json:"warning"`    // null where nobody said one of it or of a copy
	Time       *confirmedTime `json:"confirmed_time"`
	Place      *confirmedSpot `json:"confirmed_place"`
}

type noteLine struct {
	Entry int64       `json:"entry"`
	At    time.Time   `json:"at"`
	By    string      `json:"by"`
	Text  source.Text `json:"text"`
}

// saidLine is who confirmed something, and why.
type saidLine struct {
	Entry    int64       `json:"entry"`
	At       time.Time   `json:"at"`
	By       string      `json:"by"`
	Reason   source.Text `json:"reason"`
	Evidence []string    `json:"evidence"`
}

type confirmedTime struct {
	saidLine
	extract.Time
}

type confirmedSpot struct {
	saidLine
	extract.Place
}

func newMarkLine(path string, d verify.Digest, m verify.Marks, level *assess.Graphic) markLine {
	l := markLine{
		Path: source.Text(path), Digest: d, State: string(m.State), Tags: append([]string{}, m.Tags...), Notes: []noteLine{},
		Described: source.Text(m.Described), Masks: append([]verify.Mask{}, m.Masks...), Represents: m.Representative != nil,
	}
	for _, n := range m.Notes {
		l.Notes = append(l.Notes, noteLine{n.Entry, n.At, n.By, source.Text(n.Text)})
	}
	if level != nil {
		w := desk.Warning(level.Level)
		l.Warning = &w
	}
	if t := m.Time; t != nil {
		l.Time = &confirmedTime{said(t.Said, t.Evidence), t.Time}
	}
	if p := m.Place; p != nil {
		l.Place = &confirmedSpot{said(p.Said, p.Evidence), p.Place}
	}
	return l
}

func said(s verify.Said, evidence []string) saidLine {
	return saidLine{s.Entry, s.At, s.By, source.Text(s.Reason), append([]string{}, evidence...)}
}

func (g *globalOptions) listMarks(ctx context.Context, names []string) error {
	file, err := g.readCase()
	if err != nil {
		return err
	}
	defer file.Close()
	marks, err := file.Marks(ctx)
	if err != nil {
		return err
	}
	levels, err := graphicLevels(ctx, file)
	if err != nil {
		return err
	}
	stands := verify.FoldMarks(marks)
	wanted := func(d verify.Digest) bool {
		m := stands[d]
		_, warned := levels[d]
		return m.Any() || warned
	}
	if len(names) > 0 {
		var named []verify.Digest
		for _, name := range names {
			d, err := g.item(ctx, file, name)
			if err != nil {
				return err
			}
			named = append(named, d)
		}
		wanted = func(d verify.Digest) bool { return slices.Contains(named, d) }
	}
	items, err := desk.AllItems(ctx, file)
	if err != nil {
		return err
	}
	for i := range items {
		d := items[i].Digest
		if !wanted(d) {
			continue
		}
		var level *assess.Graphic
		if l, ok := levels[d]; ok {
			level = &l
		}
		if err := g.showMarks(newMarkLine(items[i].Path(), d, stands[d], level)); err != nil {
			return err
		}
	}
	return nil
}

func graphicLevels(ctx context.Context, file *casefile.File) (map[verify.Digest]assess.Graphic, error) {
	clusters, err := file.Clusters(ctx)
	if err != nil {
		return nil, fmt.Errorf("read the clusters of the case: %w", err)
	}
	reviews, err := file.Reviews(ctx)
	if err != nil {
		return nil, fmt.Errorf("read the assessments of the case: %w", err)
	}
	return assess.GraphicLevels(clusters, reviews), nil
}

func (g *globalOptions) showMarks(l markLine) error {
	if g.jsonOut {
		return g.term.json(l)
	}
	var short []string
	if l.State != "" {
		short = append(short, strings.ReplaceAll(l.State, "-", " "))
	}
	if l.Warning != nil {
		short = append(short, "content warning "+*l.Warning)
	}
	if l.Represents {
		short = append(short, "stands for its copies")
	}
	if len(l.Masks) > 0 {
		short = append(short, maskWords(len(l.Masks)))
	}
	if len(l.Tags) > 0 {
		short = append(short, "tags: "+strings.Join(l.Tags, ", "))
	}
	if len(short) == 0 && l.Described == "" && len(l.Notes) == 0 && l.Time == nil && l.Place == nil {
		short = append(short, "nothing was noted")
	}
	t := g.term
	t.printf("%s\n", shown(string(l.Path)))
	if len(short) > 0 {
		t.printf("  %s\n", shown(strings.Join(short, "; ")))
	}
	if l.Described != "" {
		t.printf("  described: %s\n", shown(string(l.Described)))
	}
	if c := l.Time; c != nil {
		t.printf("  recorded %s, confirmed by %s: %s (%s)\n", shown(c.Raw), shown(c.By), shown(string(c.Reason)), shown(strings.Join(c.Evidence, "; ")))
	}
	if c := l.Place; c != nil {
		t.printf("  recorded at %s, confirmed by %s: %s (%s)\n", shown(placeWords(c.Place)), shown(c.By), shown(string(c.Reason)), shown(strings.Join(c.Evidence, "; ")))
	}
	for _, n := range l.Notes {
		t.printf("  note, entry %d, %s: %s\n", n.Entry, shown(n.By), shown(string(n.Text)))
	}
	return nil
}

func placeWords(p extract.Place) string {
	words := fmt.Sprintf("%.4f, %.4f", *p.Latitude, *p.Longitude)
	if p.AccuracyM != nil {
		words += fmt.Sprintf(" ± %.0f m", *p.AccuracyM)
	}
	if p.Name != "" {
		words += " (" + string(p.Name) + ")"
	}
	return words
}
