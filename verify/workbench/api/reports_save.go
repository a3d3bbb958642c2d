package api

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net/http"
	"os"
	"path/filepath"
	"strings"

	"github.com/firsthand-media/firsthand/verify/casefile"
	"github.com/firsthand-media/firsthand/verify/exchange"
)

// SaveIn says where a draft is to be written.
type SaveIn struct {
	Draft  string `json:"draft"`
	Folder string `json:"folder"`
	Name   string `json:"name"`
}

// Saved is what was written.
type Saved struct {
	Path     string          `json:"path"`
	Losses   []exchange.Loss `json:"losses"`
	MoreLoss int             `json:"more_losses"`
}

// saveDraft writes the very bytes that the draft showed; what copies the files
// themselves is made now.
func saveDraft(ctx context.Context, c *Case, in SaveIn) (Saved, error) {
	d, err := c.draft(in.Draft)
	if err != nil {
		return Saved{}, err
	}
	to, err := savePath(in, d.format)
	if err != nil {
		return Saved{}, err
	}
	out := Saved{Path: to, Losses: []exchange.Loss{}}
	if len(d.files) == 0 {
		losses, err := c.makeNow(ctx, d, to)
		out.Losses, out.MoreLoss = firstLosses(losses)
		return out, err
	}
	return out, d.write(to)
}

// makeNow writes an export that hands on the files themselves.
func (c *Case) makeNow(ctx context.Context, d *draft, to string) (losses []exchange.Loss, err error) {
	_, export, err := formatOf(d.form.Format)
	if err != nil {
		return nil, err
	}
	v, err := c.View(ctx)
	if err != nil {
		return nil, err
	}
	err = c.Reading(ctx, func(f *casefile.File) error {
		told, err := c.exportCase(ctx, f, v, d, export)
		if err != nil {
			return err
		}
		defer told.Originals.Close()
		losses, err = c.writeExport(ctx, told, d, export, to)
		return err
	})
	if err != nil {
		return nil, unacted(err)
	}
	return losses, nil
}

// write puts a draft into its place, whole or not at all.
func (d *draft) write(to string) error {
	out, err := exchange.NewOutput(to, d.format.Ending == "", false)
	if err != nil {
		return unwritten(err)
	}
	defer out.Discard()
	for _, f := range d.files {
		if err == nil {
			err = out.Write(f.name, func(w io.Writer) error {
				_, err := w.Write(f.body)
				return err
			})
		}
	}
	if err == nil {
		err = out.Commit()
	}
	if err != nil {
		return unwritten(err)
	}
	return nil
}

// savePath is where a draft goes: a name of its own in a folder that is there.
func savePath(in SaveIn, format Format) (string, error) {
	dir, err := wholePath(in.Folder)
	if err != nil {
		return "", err
	}
	if info, err := os.Stat(dir); err != nil || !info.IsDir() {
		return "", missing("there is no folder %s", in.Folder)
	}
	name := strings.TrimSpace(in.Name)
	switch {
	case name == "" || name == "." || name == ".." || strings.ContainsAny(name, "/\\\x00") || strings.ContainsFunc(name, func(r rune) bool { return r < ' ' || r == 0x7f }):
		return "", refused("%q is no name of a file", name)
	case len(name) > 200:
		return "", refused("the name is longer than 200 bytes")
	}
	if format.Ending != "" && !strings.EqualFold(filepath.Ext(name), format.Ending) {
		name += format.Ending
	}
	return filepath.Join(dir, name), nil
}

// unwritten says what kept something from being written.
func unwritten(err error) error {
	e := &Error{Status: http.StatusUnprocessableEntity, What: err.Error(), Safe: "nothing was written", cause: err}
	var gone *exchange.MissingError
	switch {
	case errors.Is(err, exchange.ErrExists):
		e.Status, e.Hint = http.StatusConflict, "choose another name: nothing is ever written over"
	case errors.As(err, &gone):
		e.What = fmt.Sprintf("%s: %s", err, strings.Join(firstWords(gone.Files, 5), "; "))
		e.Hint = "put them back, or scan again; or leave out what is missing, and the export says so"
	case errors.Is(err, fs.ErrPermission):
		e.Hint = "choose a folder that you may write into"
	}
	return e
}

func firstWords[T fmt.Stringer](list []T, n int) []string {
	var out []string
	for _, v := range list[:min(n, len(list))] {
		out = append(out, v.String())
	}
	if more := len(list) - len(out); more > 0 {
		out = append(out, fmt.Sprintf("and %d more", more))
	}
	return out
}
