package source

import (
	"encoding/json"
	"strconv"
	"strings"
)

// maxAlbum is the most files that Telegram puts into one album.
const maxAlbum = 10

// telegramPost is a message with a file.
type telegramPost struct {
	Record
	files     []int  // those that are here
	number    int64  // the message id; 0 when it is none, negative before a group became a large one
	second    string // the post time as written
	sender    string
	senderID  string
	forwarded bool
}

func newTelegramPost(m *telegramMessage) telegramPost {
	p := telegramPost{
		second:    string(m.DateUnix + "|" + m.Date),
		sender:    string(m.From + m.Actor),
		senderID:  string(m.FromID + m.ActorID),
		forwarded: m.ForwardedFrom.present || m.ForwardedID != "",
	}
	if id, err := strconv.ParseInt(string(m.ID), 10, 64); err == nil {
		p.number = id
	}
	p.PostID = string(m.ID)
	p.Posted = telegramTime("date", m.DateUnix, m.Date)
	p.Edited = telegramTime("edited", m.EditedUnix, m.Edited)
	p.Text = telegramText(m.Text)
	if p.Text == "" {
		p.Text = telegramText(m.Entities)
	}
	p.ForwardedFrom = firstOf(string(m.ForwardedFrom.name), string(m.SavedFrom), string(m.ForwardedID))
	p.Latitude, p.Longitude = m.Location.degrees()
	p.PlaceName = string(m.PlaceName)
	return p
}

// telegramTime takes the Unix time. Exports before 2022 have only the clock
// of the exporter's machine, whose zone they do not state.
func telegramTime(key string, unix, local scalar) *PostTime {
	if p := fromUnix("telegram:"+key+"_unixtime", unix); p != nil {
		return p
	}
	return fromLocal("telegram:"+key, local)
}

// telegramText joins a text: a string, or an array of strings and of objects
// that hold one.
func telegramText(raw json.RawMessage) string {
	if len(raw) == 0 {
		return ""
	}
	if raw[0] == '"' {
		var s scalar
		s.UnmarshalJSON(raw)
		return string(s)
	}
	var parts []json.RawMessage
	if raw[0] != '[' || json.Unmarshal(raw, &parts) != nil {
		return ""
	}
	var b strings.Builder
	for _, part := range parts {
		var styled struct {
			Text scalar `json:"text"`
		}
		if part[0] == '{' {
			_ = json.Unmarshal(part, &styled) // a text that cannot be read stays empty
		} else {
			styled.Text.UnmarshalJSON(part)
		}
		b.WriteString(string(styled.Text))
	}
	return b.String()
}

// follows reports whether b can be the next file of the album that a is in.
// The export does not mark albums: their messages share sender and second and
// have consecutive ids, which are negative where a group was made of a smaller
// one before.
func follows(a, b *telegramPost) bool {
	return a.number != 0 && b.number == a.number+1 && a.Posted != nil && a.second == b.second &&
		a.sender == b.sender && a.senderID == b.senderID && a.ForwardedFrom == b.ForwardedFrom && a.forwarded == b.forwarded
}

// joinAlbum makes an album of posts that follow one another and gives all of
// them its caption. Posts that were forwarded together look the same and show
// by having captions of their own.
func joinAlbum(posts []telegramPost) {
	if len(posts) < 2 || len(posts) > maxAlbum {
		return
	}
	caption, several := "", false
	for _, p := range posts {
		if p.Text != "" {
			several = several || (caption != "" && caption != p.Text)
			caption = p.Text
		}
	}
	if several && posts[0].forwarded {
		return
	}
	for i := range posts {
		posts[i].Album = posts[0].PostID
		if !several {
			posts[i].Text = caption
		}
	}
}
