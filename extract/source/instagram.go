package source

import (
	"encoding/json"
	"maps"
	"slices"
	"strings"
)

// metaLabel is one line of the form in which downloads of Instagram have
// listed posts since 2025: what it is stands in a label, in the language of
// the account.
type metaLabel struct {
	Label scalar      `json:"label"`
	Value scalar      `json:"value"`
	Href  scalar      `json:"href"`
	Media metaFiles   `json:"media"`
	Dict  []metaLabel `json:"dict"` // lines that belong together
}

// captionLabels are the labels of a caption, as far as they are known. In
// other languages the caption is taken from the files.
const captionLabels = "|Caption|Text|Підпис|Подпись|Текст|التسمية التوضيحية|"

// maxLabelDepth bounds the lines inside one another.
const maxLabelDepth = 4

// labels reads the lines of a post and returns its files.
func (x *metaExport) labels(lines []metaLabel, record *Record, depth int) []metaMedia {
	var files []metaMedia
	for _, l := range lines {
		files = append(files, l.Media...)
		label := unescapeBytes(string(l.Label))
		if label != "" && strings.Contains(captionLabels, "|"+label+"|") {
			record.Text = firstOf(record.Text, string(l.Value))
		}
		if address := firstOf(string(l.Href), string(l.Value)); isInstagramPost(address) {
			record.URL = webAddress(address)
		}
		if depth < maxLabelDepth {
			files = append(files, x.labels(l.Dict, record, depth+1)...)
		}
	}
	return files
}

// isInstagramPost recognises the address of a post or reel.
func isInstagramPost(address string) bool {
	_, rest, ok := strings.Cut(address, "instagram.com/")
	return ok && (strings.HasPrefix(rest, "p/") || strings.HasPrefix(rest, "reel/") || strings.HasPrefix(rest, "tv/"))
}

// close settles what only the whole file tells: the names of a chat and of an
// album, and whose download it is.
func (x *metaExport) close(values fields) error {
	err := x.profile(values)
	if x.out.format == "" {
		return err
	}
	x.closeAlbum(values)
	title := firstOf(unescapeBytes(string(values.text("title"))), string(values.text("threadName")))
	x.closeThread(title, string(values.text("thread_path")))
	x.out.export, x.out.top, x.out.folders = true, metaTop(x.rel), metaFolders
	return err
}

// closeAlbum gives the files of an album its name and what is said of it.
func (x *metaExport) closeAlbum(values fields) {
	name := values.text("name")
	if name == "" || x.out.format != formatFacebook {
		return
	}
	said := unescapeBytes(titled(string(name), string(values.text("description"))))
	for _, i := range x.listed {
		e := &x.out.entries[i]
		e.Text = titled(said, e.Text)
	}
}

// profile reads whose download it is: "profile_user" of Instagram, "profile_v2"
// and before it "profile" of Facebook. A list under "profile" holds pictures.
func (x *metaExport) profile(values fields) error {
	for _, raw := range arrayOf(values["profile"]) {
		if err := x.entry("profile", raw); err != nil {
			return err
		}
	}
	name := ""
	for _, raw := range arrayOf(values["profile_user"]) {
		var user struct {
			Data map[string]struct {
				Value scalar `json:"value"`
			} `json:"string_map_data"`
		}
		loosely(raw, &user)
		for _, label := range []string{"Username", "Benutzername", "Ім'я користувача", "Имя пользователя", "اسم المستخدم"} {
			for _, key := range slices.Sorted(maps.Keys(user.Data)) {
				if unescapeBytes(key) == label {
					name = firstOf(name, string(user.Data[key].Value))
				}
			}
		}
		if x.out.format == "" && len(user.Data) > 0 {
			x.out.format = formatInstagram
		}
	}
	for _, key := range []string{"profile_v2", "profile"} {
		full := values.within(key).within("name").text("full_name")
		if full != "" && strings.Contains(x.rel, "profile_information") {
			name = firstOf(name, string(full))
			x.out.format = firstOf(x.out.format, formatFacebook)
		}
	}
	x.out.chat = unescapeBytes(name)
	return nil
}

// arrayOf returns the elements of an array, and none of anything else.
func arrayOf(raw json.RawMessage) []json.RawMessage {
	var list []json.RawMessage
	if len(raw) > 0 && raw[0] == '[' {
		loosely(raw, &list)
	}
	return list
}
