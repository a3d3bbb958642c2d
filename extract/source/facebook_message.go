package source

import (
	"encoding/json"
	"strconv"
	"time"
)

// metaThread is one chat of Messenger or Instagram while it is read; its title
// stands behind its messages.
type metaThread struct {
	entries []int // of its files, in out.entries
	senders []string
}

// metaMessage is a message as downloads write it.
type metaMessage struct {
	Sender  scalar `json:"sender_name"`
	Millis  scalar `json:"timestamp_ms"`
	Content scalar `json:"content"`
	Share   struct {
		Owner scalar `json:"original_content_owner"`
	} `json:"share"`
	Photos metaFiles `json:"photos"`
	Videos metaFiles `json:"videos"`
	Audio  metaFiles `json:"audio_files"`
	Files  metaFiles `json:"files"`
	GIFs   metaFiles `json:"gifs"`

	metaBackup
}

// metaBackup is a message as the backup of end-to-end encrypted chats writes
// it; its texts are whole.
type metaBackup struct {
	Name  scalar    `json:"senderName"`
	Time  scalar    `json:"timestamp"` // Unix milliseconds
	Text  scalar    `json:"text"`
	Media metaFiles `json:"media"`
}

// isMetaMessage tells a message of Messenger or Instagram from one of Telegram.
func isMetaMessage(raw json.RawMessage) bool {
	var m metaMessage
	loosely(raw, &m)
	return (m.Sender != "" && m.Millis != "") || (m.Name != "" && m.Time != "")
}

// message keeps the files of one message.
func (x *metaExport) message(raw json.RawMessage) error {
	var m metaMessage
	loosely(raw, &m)
	sender := firstOf(unescapeBytes(string(m.Sender)), string(m.Name))
	millis := scalar(firstOf(string(m.Millis), string(m.Time)))
	if sender == "" || millis == "" {
		return nil
	}
	if x.out.format == "" {
		x.out.format = firstOf(metaOwner(x.rel), formatFacebook)
	}
	var files []metaMedia
	for _, list := range []metaFiles{m.Photos, m.Videos, m.Audio, m.Files, m.GIFs, m.Media} {
		files = append(files, list...)
	}
	record := Record{
		PostID:        string(millis),
		Posted:        fromMillis(x.out.format+":timestamp_ms", millis),
		Text:          firstOf(unescapeBytes(string(m.Content)), string(m.Text)),
		ForwardedFrom: unescapeBytes(string(m.Share.Owner)),
	}
	if record.Posted == nil && len(files) > 0 {
		x.out.unusable.add(string(millis))
	}
	for i := range files {
		first := len(x.out.entries)
		if err := x.file(record, &files[i], files[i].written()); err != nil {
			return err
		}
		if len(x.out.entries) > first {
			x.thread.entries = append(x.thread.entries, first)
			x.thread.senders = append(x.thread.senders, sender)
		}
	}
	return nil
}

// closeThread names the chat and the person for each file, and joins the files
// of one message.
func (x *metaExport) closeThread(title, thread string) {
	chat := firstOf(thread, title, x.rel)
	for n, i := range x.thread.entries {
		e, sender := &x.out.entries[i], x.thread.senders[n]
		e.Account = sender
		if title != "" && title != sender {
			e.Account = title + " / " + sender
		}
		if e.PostID != "" {
			e.Album = x.out.format + ":" + chat + "/" + e.PostID
		}
	}
}

// fromMillis reads Unix milliseconds.
func fromMillis(field string, raw scalar) *PostTime {
	millis, err := strconv.ParseInt(string(raw), 10, 64)
	if err != nil || millis <= 0 || millis > 1<<48 {
		return nil
	}
	t := time.UnixMilli(millis).UTC()
	if !plausible(t) {
		return nil
	}
	p := &PostTime{Instant: t, Precision: toSubsecond, Field: field, Raw: string(raw), Kind: kindPosted}
	if millis%1000 == 0 {
		p.Precision = toSecond
	}
	return p
}
