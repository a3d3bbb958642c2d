package ingest

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/firsthand-media/firsthand/extract"
	"github.com/firsthand-media/firsthand/extract/container"
	"github.com/firsthand-media/firsthand/extract/pixels"
	"github.com/firsthand-media/firsthand/extract/sandbox"
	"github.com/firsthand-media/firsthand/extract/source"
	"github.com/firsthand-media/firsthand/hashing"
)

// ExamineOp is the name under which workers offer [Examine].
const ExamineOp = "examine"

// Longest sides in pixels of what is kept of a picture.
const (
	lumaSide    = 512               // grey picture that the fingerprint is made from
	thumbSide   = hashing.ThumbSide // grey picture that matches are confirmed with
	previewSide = 320               // colour picture for people
)

// request is what the program asks of a worker about one file.
type request struct {
	Name string    `json:"name"` // base name, for the check of the extension alone
	Now  time.Time `json:"now"`
}

// examined is a worker's answer.
type examined struct {
	Media   extract.Media  `json:"media"`
	Type    container.Type `json:"type"`
	Print   *hashing.Print `json:"print"` // stills whose picture was decoded
	Thumb   []byte         `json:"thumb"`
	Preview []byte         `json:"preview"`
}

// Examine reads one file's metadata and, for a still, decodes the picture and
// makes its fingerprint. The metadata of a still are emitted before its picture
// is decoded. It runs in a worker.
func Examine(ctx context.Context, req sandbox.Request, emit func([]byte) error) ([]byte, error) {
	var q request
	if err := json.Unmarshal(req.Params, &q); err != nil {
		return nil, fmt.Errorf("read the request: %w", err)
	}
	var out examined
	out.Media = extract.Read(req.File, req.Size, q.Name, extract.Options{Now: q.Now})
	typ, err := container.Sniff(req.File, req.Size)
	if err != nil {
		return nil, fmt.Errorf("read the file: %w", err)
	}
	out.Type = typ
	if out.Media.Kind == extract.Image {
		early, err := json.Marshal(out)
		if err != nil {
			return nil, err
		}
		if err := emit(early); err != nil {
			return nil, err
		}
		out.still(req)
	}
	return json.Marshal(out)
}

// still decodes the picture. That it cannot be decoded is a finding.
func (e *examined) still(req sandbox.Request) {
	img, err := pixels.Decode(req.File, req.Size, e.Type, pixels.Limits{})
	switch {
	case errors.Is(err, pixels.ErrTruncated) && img != nil:
		e.note("truncated", source.Warning, err.Error()+"; its upper part was read")
	case err != nil:
		e.fail(err)
		return
	}
	orientation := e.orientation(req)
	luma := hashing.FromImage(img, orientation, lumaSide)
	p := hashing.Fingerprint(luma)
	e.Print = &p
	if e.Thumb, err = luma.Reduced(thumbSide).JPEG(); err != nil {
		e.fail(err)
		return
	}
	if e.Preview, err = preview(img, orientation); err != nil {
		e.fail(err)
	}
}

// orientation is how the decoded picture has to be turned, as EXIF counts it.
// HEIF pictures state it in the container, whatever their EXIF says
// (ISO/IEC 23008-12, 6.5.10 and 6.5.12).
func (e *examined) orientation(req sandbox.Request) int {
	switch {
	case pixels.Upright(e.Type):
		return 1
	case e.Type.Format == "avif":
		info, err := container.Read(req.File, req.Size, nil)
		if err != nil {
			return 1
		}
		return exifOrientation(info.Mirrored, info.Rotation)
	case e.Media.Orientation != nil:
		return *e.Media.Orientation
	}
	return 1
}

// exifOrientation gives the EXIF value for a mirroring, left to right, and a
// turn clockwise after it.
func exifOrientation(mirrored bool, degrees int) int {
	turns := [...]int{1, 6, 3, 8}
	if mirrored {
		turns = [...]int{2, 7, 4, 5}
	}
	return turns[degrees/90&3]
}

func (e *examined) fail(err error) {
	code := "undecodable"
	var limit *pixels.LimitError
	if errors.As(err, &limit) {
		code = "limit"
	}
	// Some decoders append a trace of where they were.
	message, _, _ := strings.Cut(err.Error(), "\n")
	if e.Media.Error == "" {
		e.Media.Error = extract.Text(message)
	}
	e.note(code, source.Error, message)
}

func (e *examined) note(code string, severity source.Severity, message string) {
	for _, f := range e.Media.Findings {
		if f.Code == code {
			return
		}
	}
	e.Media.Findings = append(e.Media.Findings, extract.Finding{Code: code, Severity: severity, Message: message})
}
