package api

import (
	"context"
	"strings"

	"github.com/firsthand-media/firsthand/verify"
	"github.com/firsthand-media/firsthand/verify/casefile"
	"github.com/firsthand-media/firsthand/verify/desk"
)

// MarkIn is what a person says of files; what is null or empty says nothing.
type MarkIn struct {
	Items     []verify.Digest   `json:"items"`
	State     *verify.MarkState `json:"state"` // pinned, set-aside; "" clears
	AddTags   []string          `json:"add_tags"`
	DropTags  []string          `json:"drop_tags"`
	Note      string            `json:"note"`
	Described *string           `json:"described"` // what is to be seen; "" takes it away
	Masks     *[]verify.Mask    `json:"masks"`     // in place of those before
	Warning   *string           `json:"warning"`   // none, moderate, severe
	By        string            `json:"by"`
	Reason    string            `json:"reason"`
}

func markItems(ctx context.Context, c *Case, in MarkIn) (Done, error) {
	say := desk.Marking{Mark: verify.Mark{
		State: in.State, AddTags: in.AddTags, DropTags: in.DropTags, Note: in.Note, Described: description(in.Described), Masks: in.Masks,
	}}
	if in.Warning != nil {
		level, err := desk.WarningLevel(*in.Warning)
		if err != nil {
			return Done{}, unacted(err)
		}
		say.Warning = &level
	}
	return c.mark(ctx, c.word(in.By, in.Reason), in.Items, say)
}

func description(text *string) *string {
	if text == nil {
		return nil
	}
	t := strings.TrimSpace(*text)
	return &t
}

func (c *Case) mark(ctx context.Context, w desk.Word, items []verify.Digest, say desk.Marking) (Done, error) {
	return c.act(ctx, func(ctx context.Context, f *casefile.File) (desk.Made, bool, error) {
		made, err := desk.Mark(ctx, f, w, digests(items), say)
		return made, false, err
	})
}

// TimeIn is a time that a person confirms.
type TimeIn struct {
	Item     verify.Digest `json:"item"`
	Time     string        `json:"time"`  // 2022-03-04, 2022-03-04T14:05[:06], with +02:00 or Z behind it where that is known
	Until    string        `json:"until"` // the same, of a span; "" for none
	Zone     string        `json:"zone"`  // of the clock, as Europe/Kyiv, where the text states no offset; "" leaves it open
	Reason   string        `json:"reason"`
	Evidence []string      `json:"evidence"` // what it rests on, at least one
	By       string        `json:"by"`
}

func confirmTime(ctx context.Context, c *Case, in TimeIn) (Done, error) {
	t, err := desk.StatedTime(in.Time, in.Until, in.Zone)
	if err != nil {
		return Done{}, unacted(err)
	}
	say := desk.Marking{Mark: verify.Mark{Time: &t, Evidence: lines(in.Evidence)}}
	return c.mark(ctx, c.word(in.By, in.Reason), []verify.Digest{in.Item}, say)
}

// PlaceIn is a place that a person confirms.
type PlaceIn struct {
	Item      verify.Digest `json:"item"`
	Latitude  float64       `json:"latitude"`
	Longitude float64       `json:"longitude"`
	RadiusM   *float64      `json:"radius_m"` // how far off it may be; null where nobody says
	Name      string        `json:"name"`
	Reason    string        `json:"reason"`
	Evidence  []string      `json:"evidence"` // what it rests on, at least one
	By        string        `json:"by"`
}

func confirmPlace(ctx context.Context, c *Case, in PlaceIn) (Done, error) {
	p := desk.StatedPlace(in.Latitude, in.Longitude, in.RadiusM, in.Name)
	say := desk.Marking{Mark: verify.Mark{Place: &p, Evidence: lines(in.Evidence)}}
	return c.mark(ctx, c.word(in.By, in.Reason), []verify.Digest{in.Item}, say)
}

// lines leaves out what is blank.
func lines(texts []string) []string {
	var out []string
	for _, t := range texts {
		if t = strings.TrimSpace(t); t != "" {
			out = append(out, t)
		}
	}
	return out
}

// RepresentativeIn chooses a file.
type RepresentativeIn struct {
	Item   verify.Digest `json:"item"`
	Clear  bool          `json:"clear"` // it is shown in the place of its copies no longer
	By     string        `json:"by"`
	Reason string        `json:"reason"`
}

func chooseRepresentative(ctx context.Context, c *Case, in RepresentativeIn) (Done, error) {
	stands := !in.Clear
	return c.mark(ctx, c.word(in.By, in.Reason), []verify.Digest{in.Item}, desk.Marking{Mark: verify.Mark{Stands: &stands}})
}
