package source

import (
	"cmp"
	"path"
	"strings"
)

// mediaFolders are the folders into which Telegram Desktop sorts the files of
// one chat, and of the owner.
const mediaFolders = " photos video_files files voice_messages round_video_messages stickers profile_pictures stories contacts "

// exported is what an export says of the folder that it is in.
type exported struct {
	name    string // of its one chat or account, or ""
	folders string // into which its files are sorted
}

// noteExport keeps whose files lie in the folder of an export. What two
// sidecars of one export say adds up; where they differ nobody's name stands
// for the whole.
func (s *stock) noteExport(r *reading) {
	top, e := cmp.Or(r.top, r.dir), exported{r.chat, cmp.Or(r.folders, mediaFolders)}
	if old, ok := s.exports[top]; ok {
		switch {
		case e.name == "":
			e.name = old.name
		case old.name != "" && old.name != e.name:
			e.name = ""
		}
		if old.folders != e.folders {
			e.folders += old.folders
		}
	}
	s.exports[top] = e
}

// account is who a file is from: as its first record says, else the export
// that such a record or the file itself lies in, else the first folder on its
// path.
func (s *stock) account(f File) string {
	for _, r := range f.Records {
		if r.Account != "" {
			return r.Account
		}
	}
	for _, r := range f.Records {
		if name, ok := s.exporter(r.Sidecar); ok && name != "" {
			return name // parts of one export can lie in folders of their own
		}
	}
	if name, ok := s.exporter(f.Rel); ok {
		return name
	}
	top, _, nested := strings.Cut(f.Rel, "/")
	if !nested {
		return ""
	}
	return top
}

// exporter is whose export a file lies in; "" stands for the source itself.
func (s *stock) exporter(rel string) (name string, ok bool) {
	for dir := path.Dir(rel); dir != "."; dir = path.Dir(dir) {
		if e, ok := s.exports[dir]; ok {
			return cmp.Or(e.name, accountOfFolder(path.Base(dir)), path.Base(dir)), true
		}
	}
	top, _, nested := strings.Cut(rel, "/")
	if e, ok := s.exports["."]; ok && (!nested || strings.Contains(e.folders, " "+top+" ")) {
		return cmp.Or(e.name, accountOfFolder(s.source.Name)), true
	}
	return "", false
}
