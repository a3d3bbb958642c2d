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
	"github.com/firsthand-media/firsthand/hashing/feature"
)

// ExamineOp is the name under which workers offer [Examine].
const ExamineOp = "examine"

// Longest sides in pixels of what is made of a picture.
const (
	lumaSide    = hashing.FingerprintSide // grey picture that fingerprint and keypoints are made from
	detailSide  = hashing.DetailSide      // grey picture that matches are confirmed with
	previewSide = 320                     // colour picture for people

	// decodeSide is the least longest side that a picture is decoded at. A
	// sixteenth less than lumaSide: the common 4032-pixel photograph then does
	// with an eighth of its sides, which a JPEG has without any transform.
	decodeSide = lumaSide * 15 / 16
)

// request is what the program asks of a worker about one file.
type request struct {
	Name        string    `json:"name,omitempty"` // base name, for the check of the extension alone
	Now         time.Time `json:"now"`
	All         bool      `json:"all,omitempty"`   // every tag read is asked for
	Orientation int       `json:"orientation"`     // of the picture, as the metadata state it; see [orientation]
	Alone       bool      `json:"alone,omitempty"` // the picture will not be decoded: Inspect itself compares it with its thumbnails
}

// pictured is a worker's answer on the picture of a still. That it cannot be
// decoded is a finding.
type pictured struct {
	Type     container.Type    `json:"type"`
	Error    extract.Text      `json:"error"`
	Findings []extract.Finding `json:"findings"`
	Print    *hashing.Print    `json:"print"` // nil when nothing could be decoded
	Thumb    []byte            `json:"thumb"`
	Features []byte            `json:"features"` // a feature.Set in its binary form
	Preview  []byte            `json:"preview"`
}

// Examine decodes the picture of a still, makes its fingerprint and finds its
// keypoints. Of any other file it says the type alone. It runs in a worker.
func Examine(_ context.Context, req sandbox.Request, _ func([]byte) error) ([]byte, error) {
	var q request
	if err := json.Unmarshal(req.Params, &q); err != nil {
		return nil, fmt.Errorf("read the request: %w", err)
	}
	typ, err := container.Sniff(req.File, req.Size)
	if err != nil {
		return nil, fmt.Errorf("read the file: %w", err)
	}
	out := pictured{Type: typ}
	if typ.Kind == string(extract.Image) {
		out.decode(req, q)
	}
	return json.Marshal(out)
}

func (p *pictured) decode(req sandbox.Request, q request) {
	img, err := pixels.DecodeReduced(req.File, req.Size, p.Type, decodeSide, pixels.Limits{})
	whole := err == nil
	switch {
	case errors.Is(err, pixels.ErrTruncated) && img != nil:
		p.note("truncated", source.Warning, err.Error()+"; its upper part was read")
	case err != nil:
		p.fail(err)
		return
	}
	orientation := orientation(req, p.Type, q.Orientation)
	luma := hashing.FromImage(img, orientation, lumaSide)
	print := hashing.Fingerprint(luma)
	p.Print = &print
	if p.Thumb, err = luma.Reduced(detailSide).JPEG(); err != nil {
		p.fail(err)
		return
	}
	if p.Features, err = feature.Extract(luma).AppendBinary(nil); err != nil {
		p.fail(err)
		return
	}
	if p.Preview, err = preview(img, orientation); err != nil {
		p.fail(err)
		return
	}
	if whole {
		stored := luma.Under(hashing.Orientation(orientation).Inverse())
		p.Findings = append(p.Findings, thumbnailFinding(extract.Thumbnails(req.File, req.Size), stored, q.Orientation)...)
	}
}

// orientation is how the decoded picture has to be turned, as EXIF counts it.
// HEIF pictures state it in the container, whatever their EXIF says
// (ISO/IEC 23008-12, 6.5.10 and 6.5.12).
func orientation(req sandbox.Request, typ container.Type, stated int) int {
	switch {
	case pixels.Upright(typ):
		return 1
	case typ.Format == "avif":
		info, err := container.Read(req.File, req.Size, nil)
		if err != nil {
			return 1
		}
		return exifOrientation(info.Mirrored, info.Rotation)
	case stated >= 1 && stated <= 8:
		return stated
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

func (p *pictured) fail(err error) {
	code := "undecodable"
	var limit *pixels.LimitError
	if errors.As(err, &limit) {
		code = "limit"
	}
	// Some decoders append a trace of where they were.
	message, _, _ := strings.Cut(err.Error(), "\n")
	p.Error = extract.Text(message)
	p.note(code, source.Error, message)
}

func (p *pictured) note(code string, severity source.Severity, message string) {
	p.Findings = append(p.Findings, extract.Finding{Code: code, Severity: severity, Message: message})
}
