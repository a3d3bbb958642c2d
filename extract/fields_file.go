package extract

import (
	"strings"

	"github.com/firsthand-media/firsthand/extract/container"
)

// collectFields lists every tag of a file: what the content says of its type, then
// the blocks and the container, then what ExifTool works out. Where the
// picture's own header comes after the blocks, as in JPEG, so do its tags.
func collectFields(p *parts) Fields {
	f := Fields(fileFields(p.info))
	blocks := p.blockFields()
	switch p.info.Type.Format {
	case "jpeg", "tiff":
		f = append(append(f, blocks...), p.info.Tags...)
	default:
		f = append(append(f, p.info.Tags...), blocks...)
	}
	f = f[:min(len(f), maxFields)]
	return append(f, composites(f, p.info)...)
}

// blockFields lists the tags of the metadata blocks.
func (p *parts) blockFields() (out []container.Tag) {
	for _, x := range p.exifs {
		out = append(out, exifFields(x.Exif)...)
		out = append(out, x.note.Tags...)
	}
	for _, n := range p.notes {
		out = append(out, n.Tags...)
	}
	for _, x := range p.xmps {
		out = append(out, x.Tags...)
	}
	for _, r := range p.iptcs {
		out = append(out, r.Tags...)
	}
	for _, s := range p.stores {
		out = append(out, s.Tags...)
	}
	return out
}

// fileTypes are ExifTool's names of the formats, where they are not the name
// in capitals.
var fileTypes = map[string]string{
	"matroska": "MKV", "mpegts": "M2TS", "mpegps": "MPEG", "mpegvideo": "MPEG", "asf": "WMV", "ooxml": "DOCX",
	"text": "TXT", "gzip": "GZIP", "exe": "EXE", "weba": "WEBM",
}

// brandTypes are ExifTool's names of pictures by their major brand, for which
// it does not look at the compatible ones.
var brandTypes = map[string]string{"mif1": "HEIF", "heix": "HEIF", "msf1": "HEIFS", "hevc": "HEICS"}

// fileType is ExifTool's name of what kind of file it is. WebP has three of
// them, by its first chunk.
func fileType(info container.Info) string {
	tags := Fields(info.Tags)
	switch format := info.Type.Format; {
	case info.Type.Kind == "image" && brandTypes[tags.value("QuickTime:MajorBrand")] != "":
		return brandTypes[tags.value("QuickTime:MajorBrand")]
	case tags.value("RIFF:WebP_Flags") != "":
		return "Extended WEBP"
	case tags.value("RIFF:AlphaIsUsed") != "":
		return "WEBP (lossless)"
	case fileTypes[format] != "":
		return fileTypes[format]
	}
	return strings.ToUpper(info.Type.Format)
}

// mimeType follows the type that ExifTool goes by.
func mimeType(fileType string, t container.Type) string {
	if kind, ok := map[string]string{"HEIF": "image/heif", "HEIFS": "image/heif-sequence", "HEICS": "image/heic-sequence"}[fileType]; ok {
		return kind
	}
	return t.MediaType
}

// fileFields says what kind of file it is, in ExifTool's words.
func fileFields(info container.Info) []container.Tag {
	if info.Type.Format == "" {
		return nil
	}
	name := fileType(info)
	extension := strings.ToLower(name)
	if len(info.Type.Ext) > 0 {
		extension = info.Type.Ext[0]
	}
	out := []container.Tag{
		{Field: "File:FileType", Value: name},
		{Field: "File:FileTypeExtension", Value: strings.ToUpper(extension)},
		{Field: "File:MIMEType", Value: mimeType(name, info.Type)},
	}
	if order := exifByteOrder(info.Blocks); order != "" {
		out = append(out, container.Tag{Field: "File:ExifByteOrder", Value: order})
	}
	return out
}

// exifByteOrder is the mark of the first EXIF block.
func exifByteOrder(blocks []container.Block) string {
	for _, b := range blocks {
		if b.Kind != container.EXIF {
			continue
		}
		var mark [2]byte
		if n, _ := b.Section().ReadAt(mark[:], 0); n == 2 && (mark[0] == 'I' || mark[0] == 'M') && mark[1] == mark[0] {
			return string(mark[:])
		}
		return ""
	}
	return ""
}
