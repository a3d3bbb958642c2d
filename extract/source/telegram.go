package source

import (
	"encoding/json"
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
	format  string          // of the records
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
	ForwardedFrom forwardMark     `json:"forwarded_from"` // null where the author's account is gone
	ForwardedID   scalar          `json:"forwarded_from_id"`
	SavedFrom     scalar          `json:"saved_from"` // the chat from which it went into the saved messages
	Text          json.RawMessage `json:"text"`
	Entities      json.RawMessage `json:"text_entities"`
	Photo         scalar          `json:"photo"`
	File          scalar          `json:"file"`
	Thumbnail     scalar          `json:"thumbnail"`
	Contact       scalar          `json:"contact_vcard"`
	Location      *position       `json:"location_information"`
	PlaceName     scalar          `json:"place_name"`
}

// forwardMark is the name of who is forwarded. The key alone says that someone
// is, also where it holds no name.
type forwardMark struct {
	name    scalar
	present bool
}

func (f *forwardMark) UnmarshalJSON(b []byte) error {
	f.present = true
	return f.name.UnmarshalJSON(b)
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
	return x.rest(c, nil)
}

// rest reads the messages of a chat whose opening bracket, and with it perhaps
// the first message, has been read.
func (x *telegramExport) rest(c *telegramChat, first json.RawMessage) error {
	if first != nil {
		var m telegramMessage
		loosely(first, &m)
		if err := x.take(c, &m); err != nil {
			return err
		}
	}
	limit := x.stream.in.total
	x.stream.in.total = maxExport // only messages are this large
	err := x.stream.elements(func() error {
		var m telegramMessage
		if err := x.stream.value(&m); err != nil {
			return err
		}
		return x.take(c, &m)
	})
	x.stream.in.total = limit
	return err
}

// take looks at one message.
func (x *telegramExport) take(c *telegramChat, m *telegramMessage) error {
	if (m.Type == "message" || m.Type == "service") && m.ID != "" && (m.Date != "" || m.DateUnix != "") {
		c.genuine = true
	}
	return x.message(c, m)
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
		if i, ok := x.reading.exported(string(written)); ok {
			post.files = append(post.files, i)
		}
	}
	if !hasFile {
		return nil
	}
	if !hasTime {
		x.reading.unusable.add(string(m.DateUnix + m.Date))
	}
	x.reading.thumbnails(post.files)
	x.reading.thumbnail(string(m.Thumbnail)) // also of a file that was left out
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

// done gives a chat's posts what only the whole chat tells: account, album
// and address.
func (x *telegramExport) done(c *telegramChat) error {
	if isChatType(c.kind) || c.genuine {
		x.reading.format = x.format
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
