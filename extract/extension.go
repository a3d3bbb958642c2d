package extract

import (
	"path"
	"slices"
	"strings"

	"github.com/firsthand-media/firsthand/extract/container"
)

// extension gives the extension of a name in lower case, without the dot.
func extension(name string) string {
	return strings.ToLower(strings.TrimPrefix(path.Ext(strings.ReplaceAll(name, `\`, "/")), "."))
}

// The extensions that promise a picture, a film or a sound. Others, such as
// those that browsers give to unfinished downloads, promise nothing.
var (
	pictureExtensions = strings.Fields("jpg jpeg jpe jfif png apng gif webp tif tiff heic heif avif bmp dng nef cr2 cr3 arw orf rw2 raf pef ico jxl")
	filmExtensions    = strings.Fields("mp4 m4v mov qt 3gp 3g2 mkv webm avi wmv flv ts mts m2ts mpg mpeg ogv")
	soundExtensions   = strings.Fields("mp3 m4a aac wav flac ogg oga opus amr aiff aif wma")
	otherExtensions   = strings.Fields("pdf html htm txt json xml zip rar 7z gz doc docx xls xlsx exe apk")
)

func mediaExtension(ext string) bool {
	return slices.Contains(pictureExtensions, ext) || slices.Contains(filmExtensions, ext) || slices.Contains(soundExtensions, ext)
}

// extensionMismatch says that a name promises one format and the content is
// another.
func extensionMismatch(ext string, t container.Type) bool {
	if ext == "" || slices.Contains(t.Ext, ext) {
		return false
	}
	if t.Format == "" {
		return false // damage hides the format: no promise is known to be broken
	}
	return mediaExtension(ext) || slices.Contains(otherExtensions, ext)
}

// expected names what an extension promises.
func expected(ext string) string {
	switch {
	case slices.Contains(filmExtensions, ext):
		return "video"
	case slices.Contains(soundExtensions, ext):
		return "sound"
	}
	return "picture"
}

// typeName puts a format in plain words.
func typeName(t container.Type) string {
	switch t.Format {
	case "":
		return "of no known format"
	case "html":
		return "an HTML page"
	case "text", "json", "xml", "rtf":
		return map[string]string{"text": "plain text", "json": "JSON data", "xml": "XML data", "rtf": "a text document"}[t.Format]
	case "zip", "gzip", "bzip2", "xz", "7z", "rar", "tar":
		return "an archive (" + t.Format + ")"
	case "exe", "elf":
		return "a program"
	}
	return strings.ToUpper(t.Format)
}
