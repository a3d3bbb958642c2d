package ingest

import (
	"context"
	"encoding/json"
	"fmt"

	"github.com/firsthand-media/firsthand/extract"
	"github.com/firsthand-media/firsthand/extract/container"
	"github.com/firsthand-media/firsthand/extract/sandbox"
	"github.com/firsthand-media/firsthand/verify"
)

// InspectOp is the name under which workers offer [Inspect].
const InspectOp = "inspect"

// examined is a worker's answer on metadata.
type examined struct {
	Media  extract.Media   `json:"media"`
	Type   container.Type  `json:"type"`
	Fields []container.Tag `json:"fields,omitempty"` // Media.Fields in full: its own JSON form leaves duplicates out
}

// Inspect reads one file's metadata: no picture is decoded in full and no
// fingerprint made. It runs in a worker.
func Inspect(_ context.Context, req sandbox.Request, _ func([]byte) error) ([]byte, error) {
	var q request
	if err := json.Unmarshal(req.Params, &q); err != nil {
		return nil, fmt.Errorf("read the request: %w", err)
	}
	typ, err := container.Sniff(req.File, req.Size)
	if err != nil {
		return nil, fmt.Errorf("read the file: %w", err)
	}
	e := examined{Type: typ, Media: extract.Read(req.File, req.Size, q.Name, extract.Options{Now: q.Now, All: q.All, Thumbnails: q.Alone})}
	e.Fields, e.Media.Fields = e.Media.Fields, nil
	if q.Alone {
		e.Media.Findings = append(e.Media.Findings, inspectThumbnails(req.File, req.Size, typ, e.Media.Thumbnails, e.orientation())...)
	}
	return json.Marshal(e)
}

// orientation is what the metadata state, 0 when they do not.
func (e *examined) orientation() int {
	if e.Media.Orientation == nil {
		return 0
	}
	return *e.Media.Orientation
}

// Inspection is what one file claims, or why it could not be opened.
type Inspection struct {
	Name string      // as given
	Item verify.Item // one sighting, whose path is the name and whose source is empty
	Err  error
}

// InspectFiles reads the metadata of named files outside any case, opt.Workers
// of them at a time, and gives the outcomes to yield in the order of the names
// from one goroutine. A file that no worker could read is an item that says so;
// Err is set only where the file could not be opened or no worker be had. The
// error returned is that of yield or of ctx.
func InspectFiles(ctx context.Context, names []string, opt Options, yield func(Inspection) error) error {
	// Twice as many files are open as workers read: no worker waits for the
	// next one to be read and digested.
	return inOrder(ctx, 2*opt.Workers, window, names,
		func(ctx context.Context, name string) Inspection {
			it, err := inspectOne(ctx, name, opt)
			return Inspection{Name: name, Item: it, Err: err}
		}, yield)
}

func inspectOne(ctx context.Context, name string, opt Options) (verify.Item, error) {
	if opt.Decode {
		return One(ctx, name, opt)
	}
	return single(ctx, name, opt, func(l *look) (*verify.Item, error) { return l.inspect(ctx) })
}
