package source

import (
	"path"
	"strings"
)

// nameKind is what a file is by its name.
type nameKind int

const (
	notMedia nameKind = iota
	pictureName
	videoName
	soundName
)

const (
	pictureExtensions = " .jpg .jpeg .jpe .jfif .png .gif .webp .heic .heif .avif .bmp .tif .tiff .dng .cr2 .cr3 .nef .arw .raf .orf .rw2 "
	videoExtensions   = " .mp4 .m4v .mov .qt .3gp .3g2 .mkv .webm .avi .mpg .mpeg .mts .m2ts .ts .wmv .flv .ogv .insv "
	soundExtensions   = " .mp3 .m4a .aac .wav .ogg .oga .opus .flac .amr .wma .caf "
)

// mediaKind tells media by their extensions. It decides what a name is looked
// up as, never what a file is.
func mediaKind(rel string) nameKind {
	ext := strings.ToLower(path.Ext(rel))
	ext, _, _ = strings.Cut(ext, ":") // ".jpg:orig"
	switch ext = " " + ext + " "; {
	case len(ext) < 4:
	case strings.Contains(pictureExtensions, ext):
		return pictureName
	case strings.Contains(videoExtensions, ext):
		return videoName
	case strings.Contains(soundExtensions, ext):
		return soundName
	}
	return notMedia
}

func isMediaName(rel string) bool { return mediaKind(rel) != notMedia }
