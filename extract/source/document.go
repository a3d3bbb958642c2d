package source

import (
	"encoding/json"
	"io"
	"path"
	"strings"
)

// Limits on the size of sidecars. Chat exports are read piece by piece and
// may be larger than the rest.
const (
	maxSidecar = 64 << 20
	maxExport  = 4 << 30
)

// fields are the top-level values of a JSON object, as written.
type fields map[string]json.RawMessage

// text returns a text or number; "" when there is none.
func (f fields) text(key string) scalar {
	var s scalar
	s.UnmarshalJSON(f[key])
	return s
}

// first returns the first text or number that is not empty.
func (f fields) first(keys ...string) scalar {
	for _, key := range keys {
		if s := f.text(key); s != "" {
			return s
		}
	}
	return ""
}

// within returns the texts and numbers of an object.
func (f fields) within(key string) fields {
	var inner fields
	if json.Unmarshal(f[key], &inner) != nil {
		return nil
	}
	return inner
}

// kept are the top-level keys that any of the JSON formats needs; all others
// are read past.
const kept = " _type id title description uploader uploader_id channel channel_id upload_date timestamp" +
	" release_timestamp release_date webpage_url original_url extractor extractor_key formats ext filename _filename" +
	" category subcategory tweet_id retweet_id date date_original author user content num count extension" +
	" name type username post_id post_url post_shortcode shortcode caption "

// readJSON reads a JSON file that may describe others: rel is its path. It
// returns nil when the file is of no known format.
func readJSON(r io.Reader, rel string, n *names, limit int64) *reading {
	out := &reading{dir: path.Dir(rel), names: n}
	stream := newJSONStream(r, limit)
	bracket, err := stream.open()
	if err != nil || bracket != '{' {
		return nil
	}
	telegram := &telegramExport{reading: out, stream: stream, chats: make(map[string]bool)}
	var top telegramChat
	values := make(fields)
	err = stream.members(func(key string) error {
		switch {
		case key == "messages":
			return telegram.messages(&top)
		case key == "chats" || key == "left_chats":
			return telegram.list()
		case strings.Contains(kept, " "+key+" "):
			return keep(stream, values, key)
		}
		return stream.skip(1)
	})
	at := stream.offset()

	top.name, top.kind, top.id, top.username = values.text("name"), values.text("type"), values.text("id"), values.text("username")
	if doneErr := telegram.done(&top); err == nil {
		err = doneErr
	}
	switch {
	case out.format == formatTelegram:
		telegram.close()
	case isYTDLP(values, rel):
		readYTDLP(out, values, rel)
	case isGalleryDL(values):
		readGalleryDL(out, values, rel)
	default:
		return nil
	}
	out.stop(err, at)
	return out
}

// keep reads a value that may be needed. Of long lists only their presence is.
func keep(stream *jsonStream, values fields, key string) error {
	if key == "formats" {
		values[key] = nil
		return stream.skip(1)
	}
	var raw json.RawMessage
	err := stream.value(&raw)
	if err == nil {
		values[key] = raw
	}
	return err
}
