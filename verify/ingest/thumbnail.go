package ingest

import (
	"bytes"
	"fmt"
	"io"

	"github.com/firsthand-media/firsthand/extract"
	"github.com/firsthand-media/firsthand/extract/container"
	"github.com/firsthand-media/firsthand/extract/exif"
	"github.com/firsthand-media/firsthand/extract/iptc"
	"github.com/firsthand-media/firsthand/extract/pixels"
	"github.com/firsthand-media/firsthand/extract/source"
	"github.com/firsthand-media/firsthand/hashing"
)

// Bounds of the check of embedded thumbnails.
const (
	maxThumbnails    = 4        // of one file; two is usual
	maxThumbnailSize = 1 << 20  // bytes
	maxThumbnailArea = 4 << 20  // pixels
	reducedSide      = 160      // least longest side of the picture that inspect decodes
	reducedMemory    = 24 << 20 // bytes that inspect may decode it in
	reducedFile      = 16 << 20 // bytes of the largest file that inspect decodes: 0.4 s of one processor
)

// thumbnail is one small picture that a file carries besides its own.
type thumbnail struct {
	field string
	data  []byte
}

// thumbnails gives the thumbnails that are written as JPEG: those of EXIF and
// of Photoshop's resources.
func thumbnails(r io.ReaderAt, size int64) []thumbnail {
	info, err := container.Read(r, size, nil)
	if err != nil {
		return nil
	}
	var found []thumbnail
	for _, b := range info.Blocks {
		t := thumbnail{}
		switch b.Kind {
		case container.EXIF:
			t = thumbnail{"EXIF:ThumbnailImage", ofEXIF(b.Section())}
		case container.IPTC:
			if rec, err := iptc.Decode(b.Data, iptc.Limits{}); err == nil {
				t = thumbnail{"Photoshop:PhotoshopThumbnail", rec.Thumbnail}
			}
		}
		if len(t.data) > 0 && len(t.data) <= maxThumbnailSize && len(found) < maxThumbnails {
			found = append(found, t)
		}
	}
	return found
}

func ofEXIF(block *io.SectionReader) []byte {
	x, err := exif.Decode(block, block.Size(), exif.Limits{})
	if err != nil {
		return nil
	}
	offset, length, ok := x.Thumbnail()
	if !ok || length > maxThumbnailSize {
		return nil
	}
	data := make([]byte, length)
	if _, err := block.ReadAt(data, offset); err != nil && err != io.EOF {
		return nil
	}
	return data
}

// luma is the thumbnail's grey picture as it is stored.
func (t thumbnail) luma() (hashing.Luma, bool) {
	r, size := bytes.NewReader(t.data), int64(len(t.data))
	typ, err := container.Sniff(r, size)
	if err != nil || typ.Format != "jpeg" {
		return hashing.Luma{}, false
	}
	img, err := pixels.Decode(r, size, typ, pixels.Limits{Pixels: maxThumbnailArea})
	if err != nil {
		return hashing.Luma{}, false
	}
	return hashing.FromImage(img, 1, lumaSide), true
}

// thumbnailFinding compares the thumbnails of a file with its picture, which is
// given as stored, and says where one shows something else. Orientation is what
// the metadata state of the picture. One that shows something else was made
// before the picture was changed, or of another picture.
func thumbnailFinding(found []thumbnail, picture hashing.Luma, orientation int) []extract.Finding {
	for _, t := range found {
		small, ok := t.luma()
		if !ok {
			continue
		}
		m := hashing.CompareThumbnail(small, picture)
		if m.Showing == hashing.MirrorImage && hashing.Orientation(orientation).Mirrored() {
			continue // the one was put upright and the other was not
		}
		if message := thumbnailMessage(m); message != "" {
			return []extract.Finding{{
				Code: "thumbnail-mismatch", Severity: source.Warning,
				Message: message, Field: source.Text(t.field),
			}}
		}
	}
	return nil
}

// thumbnailMessage says what differs, "" where nothing does.
func thumbnailMessage(m hashing.ThumbnailMatch) string {
	switch m.Showing {
	case hashing.OtherPicture:
		return "the embedded thumbnail shows another picture: the picture was replaced or changed throughout after the thumbnail was made"
	case hashing.MoreOfScene:
		return fmt.Sprintf("the embedded thumbnail shows more of the scene than the picture, which has %.0f %% of it: it was probably cropped after the thumbnail was made", 100*m.Covered)
	case hashing.MirrorImage:
		return "the embedded thumbnail shows the picture with left and right exchanged: one of the two was mirrored after the thumbnail was made"
	case hashing.OtherInPart:
		return fmt.Sprintf("the embedded thumbnail shows %s differently: the picture was probably edited there after the thumbnail was made", partsInWords(m.Changed))
	}
	return ""
}

// partsInWords names a few parts of a picture by where they lie.
func partsInWords(parts []hashing.Box) string {
	if len(parts) != 1 {
		return fmt.Sprintf("%d parts of the picture", len(parts))
	}
	x, y := (parts[0].X0+parts[0].X1)/2, (parts[0].Y0+parts[0].Y1)/2
	return "a part of the picture, " + third(y, "at the top", "at half height", "at the bottom") + " " + third(x, "left", "in the middle", "right") + ","
}

func third(v float64, low, middle, high string) string {
	switch {
	case v < 1.0/3:
		return low
	case v < 2.0/3:
		return middle
	}
	return high
}

// inspectThumbnails is the check where no picture has been decoded. It decodes
// a JPEG at a fraction of its size, and leaves very large ones and everything
// else, whose decoders cannot do that, to a scan.
func inspectThumbnails(r io.ReaderAt, size int64, typ container.Type, orientation int) []extract.Finding {
	if typ.Format != "jpeg" || size > reducedFile {
		return nil
	}
	found := thumbnails(r, size)
	if len(found) == 0 {
		return nil
	}
	img, err := pixels.DecodeReduced(r, size, typ, reducedSide, pixels.Limits{Memory: reducedMemory})
	if err != nil {
		return nil // that the picture is damaged is for those to say who decode it
	}
	return thumbnailFinding(found, hashing.FromImage(img, 1, lumaSide), orientation)
}
