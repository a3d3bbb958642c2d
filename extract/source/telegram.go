package source

import (
	"encoding/json"
	"path"
	"strconv"
	"strings"
)

// telegramExport reads result.json of Telegram Desktop: one chat, or an
// account with its chats under "chats" and "left_chats". The format is that
// of Telegram/SourceFiles/export/output/export_output_json.cpp in
// telegramdesktop/tdesktop.
type telegramExport struct {
	reading *reading
	stream  *jsonStream
	chats   map[string]bool // the names of those that have files
}

// telegramChat is one chat while it is read. The order of its keys is not
// fixed, so its name may come after its messages.
type telegramChat struct {
	name, kind, id, username scalar

	posts   []telegramPost // with files that are here
	run     []telegramPost // may be one album; ends with the newest post
	genuine bool           // a message has the marks of the format
}

// telegramMessage holds the keys of a message that are of use.
type telegramMessage struct {
	ID            scalar          `json:"id"`
	Type          scalar          `json:"type"`
	Date          scalar          `json:"date"` // the exporter's clock, no zone
	DateUnix      scalar          `json:"date_unixtime"`
	Edited        scalar          `json:"edited"`
	EditedUnix    scalar          `json:"edited_unixtime"`
	From          scalar          `json:"from"`
	FromID        scalar          `json:"from_id"`
	Actor         scalar          `json:"actor"` // in place of "from" where the chat's own picture changes
	ActorID       scalar          `json:"actor_id"`
	ForwardedFrom scalar          `json:"forwarded_from"`
	Text          json.RawMessage `json:"text"`
	Entities      json.RawMessage `json:"text_entities"`
	Photo         scalar          `json:"photo"`
	File          scalar          `json:"file"`
	Thumbnail     scalar          `json:"thumbnail"`
	Contact       scalar          `json:"contact_vcard"`
	Location      *position       `json:"location_information"`
	PlaceName     scalar          `json:"place_name"`
}

// chatTypes are the values of a chat's "type".
const chatTypes = " saved_messages replies verification_codes personal_chat bot_chat private_group" +
	" private_supergroup public_supergroup private_channel public_channel "

func isChatType(s scalar) bool {
	return s != "" && strings.Contains(chatTypes, " "+string(s)+" ")
}

// chat reads one chat object whose opening bracket has been read.
func (x *telegramExport) chat() error {
	var c telegramChat
	err := x.stream.members(func(key string) error {
		switch key {
		case "name":
			return x.stream.value(&c.name)
		case "type":
			return x.stream.value(&c.kind)
		case "id":
			return x.stream.value(&c.id)
		case "username":
			return x.stream.value(&c.username)
		case "messages":
			return x.messages(&c)
		}
		return x.stream.skip(3)
	})
	if doneErr := x.done(&c); err == nil {
		err = doneErr
	}
	return err
}

// list reads the value of "chats" or "left_chats".
func (x *telegramExport) list() error {
	bracket, err := x.stream.open()
	if err != nil || bracket != '{' {
		return x.finish(bracket, 1, err)
	}
	return x.stream.members(func(key string) error {
		if key != "list" {
			return x.stream.skip(2)
		}
		bracket, err := x.stream.open()
		if err != nil || bracket != '[' {
			return x.finish(bracket, 2, err)
		}
		return x.stream.elements(func() error {
			bracket, err := x.stream.open()
			if err != nil || bracket != '{' {
				return x.finish(bracket, 3, err)
			}
			return x.chat()
		})
	})
}

// finish reads to the end of a value that is not of the expected type.
func (x *telegramExport) finish(bracket json.Delim, depth int, err error) error {
	if err != nil || bracket == 0 {
		return err
	}
	return x.stream.rest(depth)
}

func (x *telegramExport) messages(c *telegramChat) error {
	bracket, err := x.stream.open()
	if err != nil || bracket != '[' {
		return x.finish(bracket, 2, err)
	}
	limit := x.stream.in.total
	x.stream.in.total = maxExport // only messages are this large
	err = x.stream.elements(func() error {
		var m telegramMessage
		if err := x.stream.value(&m); err != nil {
			return err
		}
		if (m.Type == "message" || m.Type == "service") && m.ID != "" && (m.Date != "" || m.DateUnix != "") {
			c.genuine = true
		}
		return x.message(c, &m)
	})
	x.stream.in.total = limit
	return err
}

// message keeps a message that has a file.
func (x *telegramExport) message(c *telegramChat, m *telegramMessage) error {
	post := newTelegramPost(m)
	hasFile, hasTime := false, post.Posted != nil
	for _, written := range []scalar{m.Photo, m.File, m.Contact} {
		if written == "" {
			continue
		}
		hasFile = true
		if i, ok := x.resolve(string(written)); ok {
			post.files = append(post.files, i)
		}
	}
	if !hasFile {
		return nil
	}
	if !hasTime {
		x.reading.unusable.add(string(m.DateUnix + m.Date))
	}
	x.thumbnails(post.files, m.Thumbnail)
	if len(post.files) == 0 && m.Thumbnail != "" {
		// The thumbnail is all that is here of a file that was left out.
		if i, found := x.reading.names.find(x.reading.dir, string(m.Thumbnail)); found == present {
			post.files = append(post.files, i)
		}
	}
	if len(c.posts) >= maxEntries {
		return errTooMany
	}
	c.queue(post)
	return nil
}

// queue adds a post to the run of those that may be one album with it. The
// order of messages is that of their ids.
func (c *telegramChat) queue(p telegramPost) {
	if n := len(c.run); n > 0 && (n >= maxRun || !follows(&c.run[n-1], &p)) {
		c.endRun()
	}
	c.run = append(c.run, p)
}

// maxRun bounds a run; one that is longer than an album is none anyway.
const maxRun = 1000

// endRun keeps the posts of a run that have a file here.
func (c *telegramChat) endRun() {
	joinAlbum(c.run)
	for _, p := range c.run {
		if len(p.files) > 0 {
			c.posts = append(c.posts, p)
		}
	}
	c.run = c.run[:0]
}

// resolve finds a file; the exporter writes a sentence in brackets in place
// of the path of a file that was left out, sometimes after the file's name.
func (x *telegramExport) resolve(written string) (int, bool) {
	r := x.reading
	if i, found := r.names.find(r.dir, written); found == present {
		return i, true
	}
	if strings.HasSuffix(written, ")") && (strings.HasPrefix(written, "(") || strings.Contains(written, " (File ")) {
		r.omitted++
		return 0, false
	}
	return r.resolve(written)
}

// thumbnails sets aside the small copies of files that are here. A name alone
// hides no file: it must carry the exporter's "_thumb".
func (x *telegramExport) thumbnails(files []int, written scalar) {
	r := x.reading
	for _, f := range files {
		rel := r.names.rels[f]
		for _, thumb := range []string{
			rel + "_thumb.jpg",
			strings.TrimSuffix(rel, path.Ext(rel)) + "_thumb" + path.Ext(rel),
			strings.TrimSuffix(rel, path.Ext(rel)) + "_thumb.jpg",
		} {
			if i, ok := r.names.exact[thumb]; ok {
				r.derived = append(r.derived, i)
			}
		}
		if i, found := r.names.find(r.dir, string(written)); found == present && isThumbName(r.names.rels[i]) {
			r.derived = append(r.derived, i)
		}
	}
}

func isThumbName(rel string) bool {
	name := path.Base(rel)
	return strings.HasSuffix(strings.TrimSuffix(name, path.Ext(name)), "_thumb")
}

// done gives a chat's posts what only the whole chat tells: account, album
// and address.
func (x *telegramExport) done(c *telegramChat) error {
	if isChatType(c.kind) || c.genuine {
		x.reading.format = formatTelegram
	}
	c.endRun()
	for _, p := range c.posts {
		p.Account = c.account(p.sender)
		p.URL = c.address(p.PostID)
		p.Album = c.album(&p)
		for _, f := range p.files {
			x.chats[string(c.name)] = true
			if err := x.reading.add(entry{file: f, Record: p.Record}); err != nil {
				return err
			}
		}
	}
	return nil
}

// close settles what the whole export tells.
func (x *telegramExport) close() {
	x.reading.export = true
	if len(x.chats) == 1 {
		for name := range x.chats {
			x.reading.chat = name
		}
	}
}

// account is the chat's name; where several persons write, the person too.
func (c *telegramChat) account(sender string) string {
	name := string(c.name)
	several := !strings.HasSuffix(string(c.kind), "_channel") && c.kind != "saved_messages"
	switch {
	case name == "":
		return sender
	case several && sender != "" && sender != name:
		return name + " / " + sender
	}
	return name
}

// album names an album so that no other chat has the same. Where the chat's
// number is lost, the sender's stands for it.
func (c *telegramChat) album(p *telegramPost) string {
	chat := firstOf(string(c.id), strings.TrimPrefix(p.senderID, "channel"), string(c.name), p.sender)
	if p.Album == "" || chat == "" {
		return ""
	}
	return "telegram:" + chat + "/" + p.Album
}

// address is where a post of a channel or large group can be looked up: under
// its public name where that is known, else under its number, which works for
// members only. Other chats have no addresses.
func (c *telegramChat) address(postID string) string {
	if !strings.HasSuffix(string(c.kind), "_channel") && !strings.HasSuffix(string(c.kind), "_supergroup") {
		return ""
	}
	if id, err := strconv.ParseInt(postID, 10, 64); err != nil || id <= 0 {
		return ""
	}
	name := strings.TrimPrefix(string(c.username), "@")
	if strings.HasPrefix(string(c.kind), "public_") && isHandle(name, 4, 32) {
		return "https://t.me/" + name + "/" + postID
	}
	// Exports before 2021 write numbers with the kind of chat in the high bits.
	if id, err := strconv.ParseInt(string(c.id), 10, 64); err != nil || id <= 0 || id >= 1<<33 {
		return ""
	}
	return "https://t.me/c/" + string(c.id) + "/" + postID
}

// isHandle reports a name as the platforms allow it in addresses, so that no
// other text from a sidecar becomes part of one.
func isHandle(name string, shortest, longest int) bool {
	if len(name) < shortest || len(name) > longest {
		return false
	}
	for i := range len(name) {
		if c := name[i]; !isLetter(c) && c != '_' && (c < '0' || c > '9') {
			return false
		}
	}
	return true
}
