package main

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"strings"

	"github.com/firsthand-media/firsthand/verify"
	"github.com/firsthand-media/firsthand/verify/assess"
	"github.com/firsthand-media/firsthand/verify/casefile"
	"github.com/firsthand-media/firsthand/verify/desk"
	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
)

const markHelp = `Records what a person notes of files on going through them: pinned or set
aside, tags, notes, what is to be seen for who need not look, parts that are
covered when it is shown, a content warning, which of its copies a file stands
for, and a time or a place that was confirmed. All of it is appended to the
ledger under the person's name and can be taken back. A file that is set aside
stays in the case and in its incident.

    firsthand mark channel/photo_1.jpg channel/photo_2.jpg --pin --tag gate --by Ada --case my-case
    firsthand mark channel/photo_3.jpg --warning severe --describe "a street, a
        body under a sheet" --by Ada --case my-case
    firsthand mark channel/photo_1.jpg --place 48.0159,37.8028,50 --reason "the
        bend of the road" --evidence "satellite picture of 2 April" --by Ada --case my-case
    firsthand mark channel/photo_1.jpg --case my-case
    firsthand mark --take-back 41 --by Ada --case my-case

A time or a place that is confirmed needs a reason and what it rests on. It
stands beside what the file claims, never in its place. Without anything to
record it lists what stands; without a FILE, of every file of which something
does. FILE is a path as firsthand items lists it, or a SHA-256 digest (the first
8 digits or more).

Exit status: 0 done, 1 could not be done, 2 wrong usage.`

// markOptions are the flags of what is said.
type markOptions struct {
	pin, aside, clear   bool
	tags, dropTags      []string
	note, describe      string
	masks               []string
	uncover             bool
	warning             string
	represents          bool
	time, until, zone   string
	place, placeName    string
	reason              string
	evidence            []string
	takeBack            int64
	saysDescribe, saysR bool // --describe and --represents were given
}

func newMarkCommand(g *globalOptions) *cobra.Command {
	var o markOptions
	cmd := &cobra.Command{
		Use:   "mark [FILE...] --case CASE",
		Short: "pin, set aside, tag, note or describe files; confirm a time or a place",
		Long:  markHelp,
		Args:  cobra.ArbitraryArgs,
		RunE: func(cmd *cobra.Command, args []string) error {
			o.saysDescribe, o.saysR = cmd.Flags().Changed("describe"), cmd.Flags().Changed("represents")
			switch {
			case o.takeBack != 0:
				return g.takeBackMark(cmd.Context(), args, &o)
			case o.says(cmd.Flags()):
				return g.mark(cmd.Context(), args, &o)
			}
			return g.listMarks(cmd.Context(), args)
		},
	}
	g.caseFlag(cmd)
	g.jsonFlag(cmd)
	cmd.Flags().String("by", "", "your name")
	o.flags(cmd.Flags())
	return cmd
}

func (o *markOptions) flags(f *pflag.FlagSet) {
	f.BoolVar(&o.pin, "pin", false, "pin the files")
	f.BoolVar(&o.aside, "set-aside", false, "set the files aside")
	f.BoolVar(&o.clear, "clear", false, "neither pinned nor set aside")
	f.StringArrayVar(&o.tags, "tag", nil, "a tag; can be given several times")
	f.StringArrayVar(&o.dropTags, "untag", nil, "a tag to take away")
	f.StringVar(&o.note, "note", "", "a note, kept beside those that are there")
	f.StringVar(&o.describe, "describe", "", "what is to be seen, shown beside the softened picture")
	f.StringArrayVar(&o.masks, "mask", nil, "cover X,Y,WIDTH,HEIGHT, in parts of the picture from the upper left, as 0.1,0.2,0.3,0.3")
	f.BoolVar(&o.uncover, "uncover", false, "cover nothing any more")
	f.StringVar(&o.warning, "warning", "", "content warning: none, moderate, severe; it holds for every copy")
	f.BoolVar(&o.represents, "represents", false, "show the file in the place of its copies; --represents=false no longer")
	f.StringVar(&o.time, "time", "", "when it was recorded: 2024-04-02, or 2024-04-02T14:05 with +03:00 behind it where that is known")
	f.StringVar(&o.until, "until", "", "the end of a span that --time begins")
	f.StringVar(&o.zone, "time-zone", "", "zone of --time where it states none, as Europe/Kyiv")
	f.StringVar(&o.place, "place", "", "where it was recorded: LAT,LON or LAT,LON,RADIUS_M")
	f.StringVar(&o.placeName, "place-name", "", "what the place is called")
	f.StringVar(&o.reason, "reason", "", "why; needed for a time or a place")
	f.StringArrayVar(&o.evidence, "evidence", nil, "what a time or a place rests on; can be given several times")
	f.Int64Var(&o.takeBack, "take-back", 0, "take back an earlier mark, named by its entry of the ledger")
}

// says says whether any flag was given that records something.
func (o *markOptions) says(f *pflag.FlagSet) bool {
	says := false
	f.Visit(func(flag *pflag.Flag) {
		switch flag.Name {
		case "case", "json", "by", "quiet":
		default:
			says = true
		}
	})
	return says
}

// marking is what the flags say.
func (o *markOptions) marking() (desk.Marking, error) {
	say := desk.Marking{Mark: verify.Mark{AddTags: o.tags, DropTags: o.dropTags, Note: o.note, Evidence: o.evidence}}
	for state, given := range map[verify.MarkState]bool{verify.Pinned: o.pin, verify.SetAside: o.aside, verify.Unmarked: o.clear} {
		switch {
		case given && say.State != nil:
			return say, usagef("a file is pinned, set aside or neither: give one of --pin, --set-aside and --clear")
		case given:
			say.State = &state
		}
	}
	if o.uncover && len(o.masks) > 0 {
		return say, usagef("--uncover takes all masks away, and --mask gives one")
	}
	if o.saysDescribe {
		text := strings.TrimSpace(o.describe)
		say.Described = &text
	}
	if o.saysR {
		say.Stands = &o.represents
	}
	if len(o.masks) > 0 || o.uncover {
		masks, err := readMasks(o.masks)
		if err != nil {
			return say, err
		}
		say.Masks = &masks
	}
	if o.warning != "" {
		level, err := desk.WarningLevel(o.warning)
		if err != nil {
			return say, err
		}
		say.Warning = &level
	}
	return say, o.confirmed(&say)
}

// confirmed adds the time and the place that the flags confirm.
func (o *markOptions) confirmed(say *desk.Marking) error {
	if o.time != "" {
		t, err := desk.StatedTime(o.time, o.until, o.zone)
		if err != nil {
			return err
		}
		say.Time = &t
	}
	if o.place == "" {
		return nil
	}
	at, err := assess.ParsePosition(o.place)
	if err != nil {
		return usageError{err}
	}
	radius := &at.RadiusM
	if strings.Count(o.place, ",") < 2 {
		radius = nil // nobody said one
	}
	place := desk.StatedPlace(at.Latitude, at.Longitude, radius, o.placeName)
	say.Place = &place
	return nil
}

func readMasks(texts []string) ([]verify.Mask, error) {
	masks := []verify.Mask{}
	for _, text := range texts {
		parts := strings.Split(text, ",")
		var m verify.Mask
		into := []*float64{&m.X, &m.Y, &m.Width, &m.Height}
		if len(parts) != len(into) {
			return nil, usagef("a mask is X,Y,WIDTH,HEIGHT, and %q is not", text)
		}
		for i, p := range parts {
			v, err := strconv.ParseFloat(strings.TrimSpace(p), 64)
			if err != nil {
				return nil, usagef("a mask is X,Y,WIDTH,HEIGHT in numbers, and %q is not", text)
			}
			*into[i] = v
		}
		masks = append(masks, m)
	}
	return masks, nil
}

func (g *globalOptions) mark(ctx context.Context, names []string, o *markOptions) error {
	say, err := o.marking()
	if err != nil {
		return g.told(err)
	}
	return g.marking(func(file *casefile.File, w desk.Word) (desk.Made, error) { return desk.Mark(ctx, file, w, names, say) }, o.reason)
}

func (g *globalOptions) takeBackMark(ctx context.Context, names []string, o *markOptions) error {
	if len(names) > 0 {
		return usagef("--take-back names an entry, and no file")
	}
	reason := o.reason
	if reason == "" {
		reason = "taken back"
	}
	return g.marking(func(file *casefile.File, w desk.Word) (desk.Made, error) {
		return desk.TakeBackMark(ctx, file, w, o.takeBack)
	}, reason)
}

// marking opens the case, has something recorded that needs nothing to be made
// anew, and tells what was.
func (g *globalOptions) marking(act func(*casefile.File, desk.Word) (desk.Made, error), reason string) error {
	file, err := g.writeCase()
	if err != nil {
		return err
	}
	defer file.Close()
	made, err := act(file, desk.Word{By: g.settings.string("by"), Reason: reason})
	if p := (*desk.Error)(nil); errors.As(err, &p) && p.Kind == desk.UnknownEntry {
		return withHint(err, "firsthand mark --case %s --json lists the entries", g.caseDir)
	}
	if err != nil {
		return g.told(err)
	}
	told := map[string]bool{}
	for _, m := range made.Entries {
		if g.jsonOut {
			if err := g.term.json(madeLine{m.Seq, m.By, m.Text}); err != nil {
				return err
			}
			continue
		}
		if !told[m.Text] {
			g.term.printf("%s (entry %d of the ledger, by %s)\n", shown(m.Text), m.Seq, shown(m.By))
		}
		told[m.Text] = true
	}
	return nil
}

// madeLine is what was recorded, as JSON.
type madeLine struct {
	Entry int64  `json:"entry"`
	By    string `json:"by"`
	Text  string `json:"text"`
}

func maskWords(n int) string {
	if n == 1 {
		return "1 part covered"
	}
	return fmt.Sprintf("%d parts covered", n)
}
