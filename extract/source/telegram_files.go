package source

import (
	"encoding/json"
	"path"
	"strings"
)

// exported finds a file of an export of Telegram Desktop, which writes a
// sentence in brackets in place of the path of a file that was left out,
// sometimes after the file's name.
func (r *reading) exported(written string) (int, bool) {
	if i, found := r.names.find(r.dir, written); found == present {
		return i, true
	}
	if isOmission(written) {
		r.omitted++
		return 0, false
	}
	return r.resolve(written)
}

// isOmission recognises "(File not included. Change data exporting settings to
// download.)", "(File exceeds maximum size. …)", "(File unavailable, …)", the
// same with "Photo" or "Story", and what other versions put in brackets.
func isOmission(written string) bool {
	written = strings.TrimSpace(written)
	if !strings.HasSuffix(written, ")") {
		return false
	}
	for _, start := range []string{" (File ", " (Photo ", " (Story "} {
		if strings.Contains(written, start) {
			return true
		}
	}
	return strings.HasPrefix(written, "(")
}

// thumbnails sets aside the small copies of files that are here: those of the
// names that the exporter gives them.
func (r *reading) thumbnails(files []int) {
	for _, f := range files {
		for _, thumb := range thumbNames(r.names.rels[f]) {
			if i, ok := r.names.exact[thumb]; ok {
				r.derived = append(r.derived, i)
			}
		}
	}
}

// thumbnail sets a written small copy aside. A name alone hides no file: it
// must carry the exporter's mark.
func (r *reading) thumbnail(written string) {
	if written == "" {
		return
	}
	if i, found := r.names.find(r.dir, written); found == present && isThumbName(r.names.rels[i]) {
		r.derived = append(r.derived, i)
	}
}

// thumbNames are the names under which the small copy of a file is kept: of
// videos with the whole name before the mark, of pictures with the mark before
// the first dot.
func thumbNames(rel string) []string {
	dir, name := path.Split(rel)
	stem, rest, _ := strings.Cut(name, ".")
	return []string{
		rel + "_thumb.jpg",
		strings.TrimSuffix(rel, path.Ext(rel)) + "_thumb" + path.Ext(rel),
		strings.TrimSuffix(rel, path.Ext(rel)) + "_thumb.jpg",
		dir + stem + "_thumb." + rest,
		dir + stem + "_info." + rest, // of one's own profile picture
	}
}

// isThumbName recognises the mark, before the first dot or the last, also
// where a number keeps two names apart: "a_thumb (1).jpg".
func isThumbName(rel string) bool {
	name := path.Base(rel)
	first, _, _ := strings.Cut(name, ".")
	for _, stem := range []string{first, strings.TrimSuffix(name, path.Ext(name))} {
		if i := strings.LastIndex(stem, " ("); i > 0 && strings.HasSuffix(stem, ")") {
			stem = stem[:i]
		}
		if strings.HasSuffix(stem, "_thumb") {
			return true
		}
	}
	return false
}

// isOwnList names the lists of an account's export that hold files of its
// owner's rather than messages.
func isOwnList(key string) bool { return key == "profile_pictures" || key == "stories" }

// telegramOwn is a picture or story that the owner of an export published.
type telegramOwn struct {
	Date     scalar          `json:"date"`
	DateUnix scalar          `json:"date_unixtime"`
	Photo    scalar          `json:"photo"` // of the profile
	Media    scalar          `json:"media"` // of a story
	Caption  json.RawMessage `json:"caption"`
}

// own keeps a picture or story of the owner's. It reports false for what is of
// another format.
func (x *telegramExport) own(raw json.RawMessage) (bool, error) {
	var o telegramOwn
	loosely(raw, &o)
	written := string(o.Photo + o.Media)
	if written == "" || (o.Date == "" && o.DateUnix == "") {
		return false, nil
	}
	x.reading.format = x.format
	i, ok := x.reading.exported(written)
	if !ok {
		return true, nil
	}
	x.reading.thumbnails([]int{i})
	return true, x.reading.add(entry{file: i, Record: Record{
		Posted: telegramTime("date", o.DateUnix, o.Date),
		Text:   telegramText(o.Caption),
	}})
}
