package extract

import (
	"bytes"
	"io"
	"slices"

	"github.com/firsthand-media/firsthand/extract/container"
	"github.com/firsthand-media/firsthand/extract/exif"
)

// Bounds of the thumbnails taken from one file.
const (
	maxThumbnails    = 4       // two is usual
	maxThumbnailSize = 1 << 20 // bytes of one
)

// Thumbnail is a small picture that a file carries besides its own. Data is
// what the file holds in its place, which need not be a picture.
type Thumbnail struct {
	Field string // "EXIF:ThumbnailImage"
	Data  []byte
}

// Thumbnails gives the thumbnails of EXIF and of Photoshop's resources, as
// [Read] does with Options.Thumbnails, and reads nothing else.
func Thumbnails(r io.ReaderAt, size int64) []Thumbnail {
	budget := container.NewBudget()
	info, err := container.Read(r, size, budget)
	if err != nil {
		return nil
	}
	info.Blocks = slices.DeleteFunc(info.Blocks, func(b container.Block) bool {
		return b.Kind != container.EXIF && b.Kind != container.IPTC
	})
	d := dissector{parts: parts{info: info}, file: r, size: size, budget: budget, findings: &findings{}}
	d.blocks()
	return d.thumbnails()
}

func (p *parts) thumbnails() (found []Thumbnail) {
	take := func(field string, data []byte) {
		same := func(t Thumbnail) bool { return bytes.Equal(t.Data, data) } // Photoshop writes its own into EXIF too
		if slices.ContainsFunc(found, same) {
			return
		}
		if len(data) > 0 && len(data) <= maxThumbnailSize && len(found) < maxThumbnails {
			found = append(found, Thumbnail{field, data})
		}
	}
	for _, x := range p.exifs {
		take("EXIF:ThumbnailImage", thumbnailOf(x.Exif, x.section))
	}
	for _, r := range p.iptcs {
		take("Photoshop:PhotoshopThumbnail", r.Thumbnail)
	}
	return found
}

func thumbnailOf(x *exif.Exif, block *io.SectionReader) []byte {
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
