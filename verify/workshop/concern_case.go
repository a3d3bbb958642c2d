package workshop

import (
	"context"
	"fmt"
	"io"
	"slices"

	"github.com/firsthand-media/firsthand/extract"
	"github.com/firsthand-media/firsthand/extract/source"
	"github.com/firsthand-media/firsthand/verify"
	"github.com/firsthand-media/firsthand/verify/assess"
	"github.com/firsthand-media/firsthand/verify/casefile"
)

// looked is what people of a case have said of its items.
type looked struct {
	reviews map[verify.Digest]*assess.Marks
	graphic map[verify.Digest]assess.Graphic
	seen    map[verify.Digest]bool // somebody wrote something of it
}

// concerns adds what the case knows of the files of a plan.
func (c *CaseFiles) concerns(ctx context.Context, p *Plan, found concerns) error {
	if !casefile.IsExercise(c.file.Info().Dir) {
		found.add("", RealCase, "")
	}
	by, err := c.looked(ctx)
	if err != nil {
		return err
	}
	packed, known := map[string]bool{}, map[string]bool{}
	for i := range p.Exercise.Media {
		packed[p.Exercise.Media[i].Path] = true
	}
	sidecars := map[string]*described{}
	for it, err := range c.file.Items(ctx) {
		if err != nil {
			return err
		}
		for i := range it.Sightings {
			s := &it.Sightings[i]
			for _, path := range sidecarsOf(s) {
				if sidecars[path] == nil {
					sidecars[path] = &described{}
				}
				sidecars[path].add(s, packed[s.Path])
			}
			if packed[s.Path] {
				known[s.Path] = true
				found.item(&it, s)
				by.item(it.Digest, s.Path, found)
			}
		}
	}
	for i := range p.Exercise.Media {
		if err := c.content(ctx, p.Exercise.Media[i].Path, known, sidecars, found); err != nil {
			return err
		}
	}
	return nil
}

// described counts the files that a sidecar speaks of.
type described struct{ others []string }

func (d *described) add(s *verify.Sighting, packed bool) {
	if !packed {
		d.others = append(d.others, s.Path)
	}
}

func (c *CaseFiles) looked(ctx context.Context) (*looked, error) {
	out := &looked{reviews: map[verify.Digest]*assess.Marks{}, seen: map[verify.Digest]bool{}}
	reviews, err := c.file.Reviews(ctx)
	if err != nil {
		return nil, err
	}
	clusters, err := c.file.Clusters(ctx)
	if err != nil {
		return nil, err
	}
	marks, err := c.file.Marks(ctx)
	if err != nil {
		return nil, err
	}
	for i := range reviews {
		out.reviews[reviews[i].Item], out.seen[reviews[i].Item] = &reviews[i].Marks, true
	}
	for _, m := range marks {
		for _, d := range m.Items {
			out.seen[d] = true
		}
	}
	out.graphic = assess.GraphicLevels(clusters, reviews)
	return out, nil
}

// item adds what people said of an item.
func (l *looked) item(d verify.Digest, path string, found concerns) {
	if !l.seen[d] {
		found.add(path, Unseen, "")
	}
	if l.graphic[d].Level > 0 {
		found.add(path, Graphic, "")
	}
	m := l.reviews[d]
	if m == nil {
		return
	}
	for _, s := range m.Sensitivity {
		switch s {
		case assess.GraphicViolence:
			found.add(path, Graphic, string(s))
		case assess.PersonalInformation:
			found.add(path, Personal, string(s))
		}
	}
	if m.FacesVisible != nil && *m.FacesVisible {
		found.add(path, Personal, "faces")
	}
	if m.Restriction != nil && *m.Restriction != "none" {
		found.add(path, Restricted, *m.Restriction)
	}
}

// item adds what a file and what surrounds it say.
func (c concerns) item(it *verify.Item, s *verify.Sighting) {
	for _, p := range slices.Concat(it.Media.Places, s.Places) {
		c.add(s.Path, Position, written(p))
	}
	if serial := string(it.Media.Device.Serial); serial != "" {
		c.add(s.Path, Serial, serial)
	}
	if s.Account != "" {
		c.add(s.Path, Account, s.Account)
	}
	for i := range s.Records {
		c.record(s.Path, &s.Records[i])
	}
}

func (c concerns) record(path string, r *source.Record) {
	for _, name := range []string{r.Account, r.ForwardedFrom, r.URL} {
		if name != "" {
			c.add(path, Account, name)
			c.contacts(path, name)
		}
	}
	if r.Text != "" {
		c.add(path, Caption, r.Text)
		c.contacts(path, r.Text)
	}
}

// written is a place for people.
func written(p extract.Place) string {
	if p.Latitude != nil && p.Longitude != nil {
		return fmt.Sprintf("%.5f, %.5f", *p.Latitude, *p.Longitude)
	}
	return string(p.Name)
}

// largestText is how much of a text file is looked through, in bytes.
const largestText = 32 << 20

// content adds what the bytes of a file say.
func (c *CaseFiles) content(ctx context.Context, path string, known map[string]bool, sidecars map[string]*described, found concerns) error {
	d := sidecars[path]
	switch {
	case d != nil:
		if len(d.others) > 0 {
			found.add(path, Sidecar, d.others...)
		}
	case !known[path]:
		found.add(path, Unknown, "")
	}
	f, err := c.open(path)
	if err != nil {
		return fmt.Errorf("%s: %w", path, err)
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return fmt.Errorf("%s: %w", path, source.Reason(err))
	}
	if d != nil || !known[path] {
		text, err := io.ReadAll(io.LimitReader(source.UntilDone(ctx, f), largestText))
		if err != nil {
			return fmt.Errorf("%s: %w", path, source.Reason(err))
		}
		found.contacts(path, string(text))
		return nil
	}
	found.tags(path, extract.Read(f, info.Size(), path, extract.Options{All: true}).Fields)
	return nil
}
