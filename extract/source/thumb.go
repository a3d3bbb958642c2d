package source

import (
	"path"
	"regexp"
	"strings"
)

// setThumbnailsApart takes the small copies of other files from the files,
// once all sidecars are read: those that a sidecar names or implies, and those
// that the names of Telegram Desktop show without one. A file that any sidecar
// describes by itself stays.
func (s *stock) setThumbnailsApart() {
	for _, sidecar := range s.sidecars {
		count := 0
		for _, i := range s.derived[sidecar.Rel] {
			count += s.setApart(i)
		}
		if count > 0 {
			s.reports = append(s.reports, Located{Rel: sidecar.Rel, Finding: Finding{
				Code: "derived-thumbnails", Severity: Info,
				Message: counted(count, "file", "files") + " left out that were made of listed ones or to describe them: small copies, stills, subtitles, signatures",
			}})
		}
	}
	var named, alone tally
	for i := range s.files {
		rel := s.files[i].Rel
		switch copied, here := s.thumbnailOf(rel); {
		case !copied || s.setApart(i) == 0:
		case here:
			named.add(rel)
		default:
			alone.add(rel)
		}
	}
	if named.count > 0 {
		s.report("derived-thumbnails", Info, counted(named.count, "file is a small copy of one beside it", "files are small copies of those beside them")+
			" by its name and left out, the first is "+quoted(named.first))
	}
	if alone.count > 0 {
		s.report("thumbnail-without-file", Warning, counted(alone.count, "small copy is", "small copies are")+" left out whose file is not here, the first is "+
			quoted(alone.first)+"; ask whoever made the export for the files")
	}
}

// setApart takes a file from the files, unless a sidecar says something of it.
// It returns how many it took.
func (s *stock) setApart(i int) int {
	if s.apart[i] || len(s.files[i].Records) > 0 {
		return 0
	}
	s.apart[i] = true
	return 1
}

// report notes something of the source as a whole.
func (s *stock) report(code string, severity Severity, message string) {
	s.reports = append(s.reports, Located{Finding: Finding{Code: code, Severity: severity, Message: message}})
}

// exporterThumb matches names that only Telegram Desktop gives:
// "photo_4@06-04-2022_10-53-33_thumb.jpg" and "clip.mp4_thumb.jpg".
var exporterThumb = regexp.MustCompile(`^(?:[a-z]+_\d+@\d\d-\d\d-\d{4}_\d\d-\d\d-\d\d.*_thumb|.+\.(?i:mp4|mov|webm|mkv|gif|avi|pdf)_thumb)(?: \(\d+\))?\.[a-z]{3,4}$`)

// thumbnailOf says by names alone whether a picture is the small copy of
// another file, and whether that file is here. "a_thumb.jpg" is one beside
// "a.jpg" or "a.mp4"; by itself it may be anything.
func (s *stock) thumbnailOf(rel string) (copied, here bool) {
	if mediaKind(rel) != pictureName || !isThumbName(rel) {
		return false, false
	}
	dir, name := path.Dir(rel), path.Base(rel)
	marked := strings.LastIndex(name, "_thumb")
	if _, ok := s.names.exact[path.Join(dir, name[:marked]+strings.TrimPrefix(name[marked:], "_thumb"))]; ok {
		return true, true // "a.tar_thumb.jpg" of "a.tar.jpg"
	}
	for _, i := range s.names.media(dir, name[:marked]) {
		if name[:marked] != "" && s.names.rels[i] != rel {
			return true, true
		}
	}
	return exporterThumb.MatchString(name), false
}
