package source

import (
	"path"
	"strings"
)

// maxFurniture is above the size of every file that exporters put beside their
// pages for the looks of them, in bytes. A larger one of such a name stays.
const maxFurniture = 64 << 10

// telegramIcons are the pictures that Telegram Desktop copies into each export
// of pages, here without "images/" and ".png"; each is there in double size
// too.
const telegramIcons = "back media_call media_contact media_file media_game media_location media_music media_photo" +
	" media_shop media_video media_voice section_calls section_chats section_contacts section_frequent section_music" +
	" section_other section_photos section_sessions section_stories section_web"

// telegramFurniture finds what belongs to the looks of an export whose top
// folder is dir.
func telegramFurniture(n *names, dir string) []int {
	var found []int
	add := func(rel string) {
		if i, ok := n.exact[path.Join(dir, rel)]; ok {
			found = append(found, i)
		}
	}
	add("css/style.css")
	add("js/script.js")
	for icon := range strings.FieldsSeq(telegramIcons) {
		add("images/" + icon + ".png")
		add("images/" + icon + "@2x.png")
	}
	return found
}

// setFurnitureApart takes from the files what is only there for the looks of
// an export, unless a sidecar says something of it.
func (s *stock) setFurnitureApart() {
	for _, sidecar := range s.sidecars {
		count := 0
		for _, i := range s.furniture[sidecar.Rel] {
			if f := s.files[i]; !s.apart[i] && len(f.Records) == 0 && f.Size <= maxFurniture {
				s.apart[i] = true
				count++
			}
		}
		if count > 0 {
			s.reports = append(s.reports, Located{Rel: sidecar.Rel, Finding: Finding{
				Code: "export-furniture", Severity: Info,
				Message: counted(count, "file is", "files are") + " left out that only serve the looks of exported pages",
			}})
		}
	}
}
