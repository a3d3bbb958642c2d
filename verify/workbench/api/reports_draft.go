package api

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/firsthand-media/firsthand/verify"
	"github.com/firsthand-media/firsthand/verify/casefile"
	"github.com/firsthand-media/firsthand/verify/clock"
	"github.com/firsthand-media/firsthand/verify/custody"
	"github.com/firsthand-media/firsthand/verify/desk"
	"github.com/firsthand-media/firsthand/verify/exchange"
	"github.com/firsthand-media/firsthand/verify/publish"
	"github.com/firsthand-media/firsthand/verify/report"
)

// HandOn is a draft: exactly what would be written, and what is in it.
type HandOn struct {
	Draft    string             `json:"draft"` // names it in addresses and for saving
	Name     string             `json:"name"`  // suggested
	Folder   bool               `json:"folder"`
	Later    bool               `json:"later"` // it copies the files themselves and is made when it is written
	Files    []DraftFile        `json:"files"`
	Text     string             `json:"text"` // the beginning of a file that is text and no page
	Holds    Holds              `json:"holds"`
	LeftOut  []publish.Withheld `json:"left_out"`
	Sections []string           `json:"sections" say:"sentence"` // that are left out
	Losses   []exchange.Loss    `json:"losses"`                  // what the format has no place for, the first of them
	MoreLoss int                `json:"more_losses"`
	Pictures []Card             `json:"pictures"` // that can be shown as they are, with a tick each
	MorePics int                `json:"more_pictures"`
	Version  string             `json:"version"` // of the program, as it stands in the file
}

// DraftFile is one file of a draft.
type DraftFile struct {
	Name   string `json:"name"`
	Bytes  int    `json:"bytes"`
	SHA256 string `json:"sha256"`
}

// Holds is what a draft names and places.
type Holds struct {
	People       []string `json:"people"`
	Sources      []string `json:"sources"`
	Accounts     []string `json:"accounts"`
	MorePeople   int      `json:"more_people"`
	MoreSources  int      `json:"more_sources"`
	MoreAccounts int      `json:"more_accounts"`
	Files        int      `json:"files"`
	Devices      int      `json:"devices"`
	Captions     int      `json:"captions"`
	Notes        int      `json:"notes"`
	Positions    int      `json:"positions"`
	Items        int      `json:"items"`
	Incidents    int      `json:"incidents"`
	Decisions    int      `json:"decisions"`
	Reviews      int      `json:"reviews"`
	Sharp        int      `json:"sharp"`
	Originals    bool     `json:"originals"` // the files themselves with all that they say, and of a bag the whole ledger
}

// Bounds of a draft: what is more is counted, or made when it is written.
const (
	mostDraft  = 256 << 20 // bytes in memory
	mostNames  = 60
	mostLosses = 100
	mostShown  = 64 << 10 // bytes of the text that is shown
	mostChosen = 300      // pictures to tick
)

// lookAtHandOn says what a draft would hold and leave out, without making it.
func lookAtHandOn(ctx context.Context, c *Case, in HandOnForm) (HandOn, error) {
	_, out, err := c.gather(ctx, in, func(ctx context.Context, f *casefile.File, v *View, d *draft, export *exchange.Export, out *HandOn) error {
		if export == nil {
			_, err := c.lookAtReport(ctx, f, v, d, out)
			return err
		}
		told, err := c.lookAtExport(ctx, f, v, d, export, out)
		if err != nil {
			return err
		}
		return told.Originals.Close()
	})
	return out, err
}

func draftHandOn(ctx context.Context, c *Case, in HandOnForm) (HandOn, error) {
	d, out, err := c.gather(ctx, in, func(ctx context.Context, f *casefile.File, v *View, d *draft, export *exchange.Export, out *HandOn) error {
		if export == nil {
			return c.draftReport(ctx, f, v, d, out)
		}
		return c.draftExport(ctx, f, v, d, export, out)
	})
	if err != nil {
		return HandOn{}, err
	}
	out.Draft = c.keepDraft(d)
	for _, file := range d.files {
		sum := sha256.Sum256(file.body)
		out.Files = append(out.Files, DraftFile{Name: file.name, Bytes: len(file.body), SHA256: hex.EncodeToString(sum[:])})
	}
	return out, nil
}

// making fills a draft, and what is said of it.
type making func(context.Context, *casefile.File, *View, *draft, *exchange.Export, *HandOn) error

// gather makes a draft of what a person chose, after checking that it can be
// meant.
func (c *Case) gather(ctx context.Context, in HandOnForm, fill making) (*draft, HandOn, error) {
	format, export, err := formatOf(in.Format)
	if err != nil {
		return nil, HandOn{}, err
	}
	if err := in.check(format); err != nil {
		return nil, HandOn{}, err
	}
	v, err := c.View(ctx)
	if err != nil {
		return nil, HandOn{}, err
	}
	d := &draft{form: in, format: format, name: draftName(c.title(), &in, format)}
	out := HandOn{
		Name: d.name, Folder: format.Ending == "", Version: c.api.program.Version, Files: []DraftFile{}, LeftOut: []publish.Withheld{}, Sections: []string{},
		Losses: []exchange.Loss{}, Pictures: []Card{},
	}
	err = c.Reading(ctx, func(f *casefile.File) error { return fill(ctx, f, v, d, export, &out) })
	if err != nil {
		return nil, HandOn{}, unacted(err)
	}
	return d, out, nil
}

// lookAtReport gathers the report for reading, and says what it holds.
func (c *Case) lookAtReport(ctx context.Context, f *casefile.File, v *View, d *draft, out *HandOn) (report.Data, error) {
	data, err := c.reportData(ctx, f, v, &d.form)
	if err != nil {
		return data, err
	}
	told := data.Told()
	out.Holds, out.LeftOut = holds(told), listOfWithheld(data.LeftOut())
	for _, s := range d.form.Leave {
		out.Sections = append(out.Sections, s.InWords())
	}
	if d.form.Pictures == sharpPictures {
		out.Pictures, out.MorePics = pictured(v, data.Pictured())
	}
	return data, nil
}

// lookAtExport gathers an export, and says what it holds. Its originals are to
// be closed.
func (c *Case) lookAtExport(ctx context.Context, f *casefile.File, v *View, d *draft, export *exchange.Export, out *HandOn) (*exchange.Case, error) {
	told, err := c.exportCase(ctx, f, v, d, export)
	if err != nil {
		return nil, err
	}
	out.Holds, out.LeftOut = holds(told.Telling()), listOfWithheld(told.Withheld)
	out.Later = export.HandsOn(d.format.Ending)
	out.Holds.Originals = out.Later && !d.form.Public
	return told, nil
}

// draftReport makes the report for reading.
func (c *Case) draftReport(ctx context.Context, f *casefile.File, v *View, d *draft, out *HandOn) error {
	data, err := c.lookAtReport(ctx, f, v, d, out)
	if err != nil {
		return err
	}
	if d.form.Pictures == sharpPictures {
		data.Sharp = c.sharpOf(ctx, v, &d.form)
	}
	var page bytes.Buffer
	if err := report.HTML(&limited{w: &page, left: mostDraft}, data); err != nil {
		return err
	}
	d.files = []draftPart{{d.name, page.Bytes()}}
	out.Holds.Sharp = strings.Count(page.String(), sharpMark)
	return nil
}

// sharpMark is in the page once for each picture that is not softened.
const sharpMark = `class="pic sharp"`

// reportData is what the report tells, in the form that the person chose.
func (c *Case) reportData(ctx context.Context, f *casefile.File, v *View, form *HandOnForm) (report.Data, error) {
	im, err := c.imprint(ctx, f)
	if err != nil {
		return report.Data{}, err
	}
	data, err := desk.Dossier(ctx, f, desk.Loaded{Items: v.Items, Clusters: v.Clusters, Incidents: v.Incidents, Clocks: v.Clocks}, im, form.part())
	if err != nil {
		return report.Data{}, err
	}
	if c.exercise() {
		data.Title = report.In(data.Words).T("report.title.exercise")
	}
	data.Leave, data.Redaction = form.Leave, form.redaction()
	if form.Public {
		desk.Publish(&data, form.profile())
		data.Redaction = form.redaction()
	}
	if form.Title != "" {
		data.Title = form.Title
	}
	if form.Pictures == noPictures {
		data.Soft, data.SoftFrame, data.SoftStrip = nil, nil, nil
	}
	return data, nil
}

// imprint is what a report and an export say of themselves.
func (c *Case) imprint(ctx context.Context, f *casefile.File) (desk.Imprint, error) {
	im := desk.Imprint{Title: c.title(), Exercise: c.exercise(), Tool: c.api.program.Version, Now: time.Now(), Words: askedWords(ctx)}
	if c.api.program.Zones == nil {
		return im, nil
	}
	zones, err := c.api.program.Zones(ctx, f)
	im.Zone = clock.InWords(zones)
	return im, err
}

// draftExport makes an export, or says what it would hold where it copies the
// files themselves.
func (c *Case) draftExport(ctx context.Context, f *casefile.File, v *View, d *draft, export *exchange.Export, out *HandOn) error {
	told, err := c.lookAtExport(ctx, f, v, d, export, out)
	if err != nil {
		return err
	}
	defer told.Originals.Close()
	if out.Later {
		return nil
	}
	dir, err := os.MkdirTemp("", "firsthand-draft-*")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	losses, err := c.writeExport(ctx, told, d, export, filepath.Join(dir, d.name))
	if err != nil {
		return err
	}
	out.Losses, out.MoreLoss = firstLosses(losses)
	if d.files, err = readDraft(filepath.Join(dir, d.name)); err != nil {
		return err
	}
	out.Text = shownText(d.files)
	return nil
}

// exportCase gathers what an export is made of, in the form that the person
// chose.
func (c *Case) exportCase(ctx context.Context, f *casefile.File, v *View, d *draft, export *exchange.Export) (*exchange.Case, error) {
	im, err := c.imprint(ctx, f)
	if err != nil {
		return nil, err
	}
	told, err := desk.Handout(ctx, f, desk.Loaded{Items: v.Items, Clusters: v.Clusters, Incidents: v.Incidents, Clocks: v.Clocks}, im, *export, desk.Beside{
		Report: func(w io.Writer) error {
			data, err := c.reportData(ctx, f, v, &d.form)
			if err != nil {
				return err
			}
			return report.HTML(w, data)
		},
		Proofs: func(head custody.Checkpoint) (map[string][]byte, error) {
			if c.api.program.Proofs == nil {
				return nil, errors.New("the signatures over the ledger cannot be made here")
			}
			return c.api.program.Proofs(ctx, f, head)
		},
	})
	if err != nil {
		return nil, err
	}
	if !d.form.part().Whole() {
		if err := told.Part(d.form.Incidents, d.form.Media); err != nil {
			return nil, missing("%s", err)
		}
	}
	if d.form.Public {
		told.MakePublic(d.form.profile())
	}
	told.Redact(d.form.redaction())
	if d.form.Title != "" {
		told.Title = d.form.Title
	}
	return told, nil
}

// writeExport writes an export to a place where nothing is.
func (c *Case) writeExport(ctx context.Context, told *exchange.Case, d *draft, export *exchange.Export, to string) ([]exchange.Loss, error) {
	out, err := exchange.NewOutput(to, export.Folder, false)
	if err != nil {
		return nil, unwritten(err)
	}
	defer out.Discard()
	if err = export.Write(ctx, told, d.form.options(), out); err == nil {
		err = out.Commit()
	}
	if err != nil {
		return nil, unwritten(err)
	}
	return out.Losses, nil
}

func firstLosses(all []exchange.Loss) (first []exchange.Loss, more int) {
	n := min(len(all), mostLosses)
	return append([]exchange.Loss{}, all[:n]...), len(all) - n
}

func listOfWithheld(list []publish.Withheld) []publish.Withheld {
	return append([]publish.Withheld{}, list...)
}

func holds(t publish.Telling) Holds {
	h := publish.Look(t)
	out := Holds{
		Files: h.Files, Devices: h.Devices, Captions: h.Captions, Notes: h.Notes, Positions: h.Positions,
		Items: h.Items, Incidents: h.Incidents, Decisions: h.Decisions, Reviews: h.Reviews,
	}
	out.People, out.MorePeople = firstNames(h.People)
	out.Sources, out.MoreSources = firstNames(h.Sources)
	out.Accounts, out.MoreAccounts = firstNames(h.Accounts)
	return out
}

func firstNames(all []string) (first []string, more int) {
	n := min(len(all), mostNames)
	return listOf(all[:n]), len(all) - n
}

// pictured are the items that a report can show as they are, as the case has
// them: what is ticked is ticked by its true name.
func pictured(v *View, shown []verify.Digest) (cards []Card, more int) {
	cards = []Card{}
	for _, d := range shown {
		it := v.Item(d)
		switch {
		case it == nil || !it.Readable():
		case len(cards) == mostChosen:
			more++
		default:
			cards = append(cards, v.card(it))
		}
	}
	return cards, more
}

// shownText is the beginning of the first file that is text.
func shownText(files []draftPart) string {
	for _, f := range files {
		if head := f.body[:min(len(f.body), mostShown)]; utf8.Valid(bytes.ToValidUTF8(head, nil)) && !bytes.ContainsRune(head, 0) {
			return string(bytes.ToValidUTF8(head, nil))
		}
	}
	return ""
}
