package ingest

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/firsthand-media/firsthand/extract"
	"github.com/firsthand-media/firsthand/extract/sandbox"
	"github.com/firsthand-media/firsthand/extract/source"
	"github.com/firsthand-media/firsthand/hashing/feature"
	"github.com/firsthand-media/firsthand/verify"
)

// look is the examination of one content: its metadata, then its picture or
// frames. Each is a call of its own, so that what ends one leaves the other.
type look struct {
	opt  Options
	c    *content
	name string
	item *verify.Item

	alone    bool // the metadata are all that is looked at
	thorough bool // a video is decoded in full where that would not be needed for a first look
}

func newLook(opt Options, c *content, name string) *look {
	c.reread = c.large
	return &look{opt: opt, c: c, name: name, item: &verify.Item{Digest: c.digest, Size: c.size}}
}

// run gives the item and a preview picture, nil where there is none. The error
// is one that says nothing of the file: no worker could be had, or ctx ended.
func (l *look) run(ctx context.Context) (*verify.Item, []byte, error) {
	e, refused, err := l.claims(ctx)
	if err != nil {
		return nil, nil, err
	}
	var preview []byte
	switch m := &l.item.Media; {
	case refused != "": // it may be a still all the same
		preview, err = l.stillAlone(ctx, refused)
	case m.Kind == extract.Image:
		var no string
		if preview, no, err = l.still(ctx, e.orientation()); no != "" {
			l.refuse(no)
		}
		if err == nil && animated(e) && l.opt.Engine != nil {
			l.animation(ctx, e)
		}
	case m.Kind == extract.Video && m.Error == "" && l.opt.Engine != nil:
		preview = l.frames(ctx, e)
	}
	if err != nil {
		return nil, nil, err
	}
	return l.item, preview, nil
}

// inspect is run without the picture.
func (l *look) inspect(ctx context.Context) (*verify.Item, error) {
	l.alone = true
	_, refused, err := l.claims(ctx)
	if refused != "" {
		l.refuse(refused)
	}
	return l.item, err
}

// claims has the metadata read. That no worker could read them is said in one
// line, and the item is left for the caller to judge.
func (l *look) claims(ctx context.Context) (e examined, refused string, err error) {
	refused, err = l.ask(ctx, InspectOp, request{Name: l.name, Now: l.opt.Now, All: l.opt.All, Alone: l.alone}, &e)
	l.item.Media, l.item.Media.Fields = e.Media, e.Fields
	if refused != "" {
		l.item.Media = unread()
	}
	return e, refused, err
}

// unread is what is known of a file before anything of it was read.
func unread() extract.Media {
	return extract.Media{
		Kind: extract.Other, MediaType: "application/octet-stream",
		Codecs: []string{}, Times: []extract.Time{}, Places: []extract.Place{},
	}
}

// stillAlone looks at the picture of a file whose metadata no worker could
// read. Where there is none, the whole file is one that could not be examined.
func (l *look) stillAlone(ctx context.Context, refused string) (preview []byte, err error) {
	preview, _, err = l.still(ctx, 0)
	if len(l.item.Frames) > 0 {
		l.note("its metadata were " + refused)
	} else {
		l.refuse(refused)
	}
	return preview, err
}

// still has the picture of a still decoded and adds what came of it. That no
// worker could look at it is said in one line.
func (l *look) still(ctx context.Context, orientation int) (preview []byte, refused string, err error) {
	var p pictured
	refused, err = l.ask(ctx, ExamineOp, request{Name: l.name, Orientation: orientation}, &p)
	if err != nil || refused != "" {
		return nil, refused, err
	}
	m := &l.item.Media
	if m.Kind == extract.Other && p.Type.Kind != "" { // nothing else could be read
		m.Kind, m.MediaType = extract.Kind(p.Type.Kind), p.Type.MediaType
	}
	if m.Error == "" {
		m.Error = p.Error
	}
	for _, f := range p.Findings {
		if !slices.ContainsFunc(m.Findings, func(have extract.Finding) bool { return have.Code == f.Code }) {
			m.Findings = append(m.Findings, f)
		}
	}
	if p.Print != nil {
		if _, err := feature.Decode(p.Features); err != nil {
			return nil, noAnswer, nil
		}
		l.item.Frames = []verify.Frame{{Print: *p.Print, Thumb: p.Thumb, Features: p.Features}}
	}
	return p.Preview, "", nil
}

// ask has one operation done on the file and reads the answer. What kept a
// worker from giving one is refused where it is the file's doing, and err
// where it is not.
func (l *look) ask(ctx context.Context, op string, q request, answer any) (refused string, err error) {
	params, err := json.Marshal(q)
	if err != nil {
		return "", err
	}
	b, err := l.opt.Examiner.Call(ctx, op, params, l.c, l.c.size, nil)
	if err == nil {
		err = json.Unmarshal(b, answer)
	}
	if err == nil {
		return "", nil
	}
	why, ofFile := notExamined(op, err)
	if !ofFile || ctx.Err() != nil {
		return "", err
	}
	return why, nil
}

const noAnswer = "not examined: the decoder gave no proper answer"

// notExamined says in one line why a worker gave no answer on a file. That no
// worker could be started is not the file's doing.
func notExamined(op string, err error) (why string, ofFile bool) {
	var (
		limit    *sandbox.LimitError
		crash    *sandbox.CrashError
		protocol *sandbox.ProtocolError
		own      *sandbox.HandlerError
		syntax   *json.SyntaxError
		shape    *json.UnmarshalTypeError
	)
	switch {
	case errors.As(err, &limit):
		return fmt.Sprintf("not examined: it takes more than %s of %s", limit.Value, limit.Limit), limit.Op == op
	case errors.As(err, &crash):
		return "not examined: the decoder failed on this file: " + crash.Detail, crash.Op == op
	case errors.As(err, &protocol):
		return "not examined: the decoder gave no proper answer: " + protocol.What, protocol.Op == op
	case errors.As(err, &own):
		return "not examined: " + own.Message, own.Op == op
	case errors.As(err, &syntax), errors.As(err, &shape):
		return noAnswer, true
	}
	return "", false
}

// refuse records that no worker could look at the file or at its picture.
func (l *look) refuse(why string) {
	if m := &l.item.Media; m.Error == "" {
		m.Error = extract.Text(why)
	}
	l.note(why)
}

func (l *look) note(why string) {
	l.item.Media.Findings = append(l.item.Media.Findings,
		extract.Finding{Code: "not-examined", Severity: source.Error, Message: why})
}

// seconds turns a claimed duration into one that arithmetic can bear.
func seconds(s *float64) time.Duration {
	const most = 48 * time.Hour
	if s == nil || !(*s > 0) {
		return 0
	}
	if *s > most.Seconds() {
		return most
	}
	return time.Duration(*s * float64(time.Second))
}
