package ingest

import (
	"bytes"
	"fmt"
	"io"

	"github.com/firsthand-media/firsthand/extract"
	"github.com/firsthand-media/firsthand/extract/container"
	"github.com/firsthand-media/firsthand/extract/pixels"
	"github.com/firsthand-media/firsthand/extract/source"
	"github.com/firsthand-media/firsthand/hashing"
)

// Bounds of the check of embedded thumbnails.
const (
	maxThumbnailArea = 4 << 20  // pixels
	reducedSide      = 160      // least longest side of the picture that inspect decodes
	reducedMemory    = 24 << 20 // bytes that inspect may decode it in
	reducedFile      = 16 << 20 // bytes of the largest file that inspect decodes: 0.4 s of one processor
)

// thumbnailLuma is a thumbnail's grey picture as it is stored.
func thumbnailLuma(t extract.Thumbnail) (hashing.Luma, bool) {
	r, size := bytes.NewReader(t.Data), int64(len(t.Data))
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
func thumbnailFinding(found []extract.Thumbnail, picture hashing.Luma, orientation int) []extract.Finding {
	for _, t := range found {
		small, ok := thumbnailLuma(t)
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
				Message: message, Field: source.Text(t.Field),
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
func inspectThumbnails(r io.ReaderAt, size int64, typ container.Type, found []extract.Thumbnail, orientation int) []extract.Finding {
	if typ.Format != "jpeg" || size > reducedFile || len(found) == 0 {
		return nil
	}
	img, err := pixels.DecodeReduced(r, size, typ, reducedSide, pixels.Limits{Memory: reducedMemory})
	if err != nil {
		return nil // that the picture is damaged is for those to say who decode it
	}
	return thumbnailFinding(found, hashing.FromImage(img, 1, lumaSide), orientation)
}
