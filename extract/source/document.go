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
	" name type username post_id post_url post_shortcode shortcode caption" +
	" thread_path threadName profile_user profile_v2 profile "

// document is a JSON file while it is read. Which format it is of shows by its
// keys, in whatever order they stand.
type document struct {
	out      *reading
	stream   *jsonStream
	telegram *telegramExport
	meta     *metaExport
	top      telegramChat // the document itself, where it is one chat
	values   fields
}

// readJSON reads a JSON file that may describe others: rel is its path. It
// returns nil when the file is of no known format.
func readJSON(r io.Reader, rel string, n *names, limit int64) *reading {
	out := &reading{dir: path.Dir(rel), names: n}
	stream := newJSONStream(r, limit)
	d := &document{
		out: out, stream: stream, values: make(fields),
		telegram: &telegramExport{reading: out, stream: stream, chats: make(map[string]bool), format: formatTelegram},
		meta:     newMetaExport(out, rel),
	}
	err := d.read()
	at := stream.offset()
	if doneErr := d.close(rel); err == nil {
		err = doneErr
	}
	if out.format == "" {
		return nil
	}
	out.stop(err, at)
	return out
}

func (d *document) read() error {
	bracket, err := d.stream.open()
	switch {
	case err != nil:
		return err
	case bracket == '[':
		return d.stream.elements(func() error { return d.entry("") })
	case bracket == '{':
		return d.stream.members(d.member)
	}
	return nil
}

// member reads one value at the top of the document.
func (d *document) member(key string) error {
	switch {
	case key == "messages":
		return d.messages()
	case key == "chats" || key == "left_chats":
		return d.telegram.list()
	case isOwnList(key) || isMetaList(key):
		return d.list(key)
	case strings.Contains(kept, " "+key+" "):
		return keep(d.stream, d.values, key)
	}
	return d.stream.skip(1)
}

// list reads an array of posts; anything else under its key is read past.
func (d *document) list(key string) error {
	bracket, err := d.stream.open()
	if err != nil || bracket != '[' {
		return d.telegram.finish(bracket, 1, err)
	}
	return d.stream.elements(func() error { return d.entry(key) })
}

// entry reads one post of a list.
func (d *document) entry(key string) error {
	var raw json.RawMessage
	if err := d.stream.value(&raw); err != nil {
		return err
	}
	if isOwnList(key) {
		if own, err := d.telegram.own(raw); own || err != nil {
			return err
		}
	}
	return d.meta.entry(key, raw)
}

// messages reads the messages of one chat. The first shows whose they are.
func (d *document) messages() error {
	bracket, err := d.stream.open()
	if err != nil || bracket != '[' {
		return d.telegram.finish(bracket, 1, err)
	}
	if !d.stream.dec.More() {
		_, err := d.stream.token()
		return err
	}
	var first json.RawMessage
	if err := d.stream.value(&first); err != nil {
		return err
	}
	if !isMetaMessage(first) {
		return d.telegram.rest(&d.top, first)
	}
	if err := d.meta.message(first); err != nil {
		return err
	}
	return d.stream.elements(func() error {
		var raw json.RawMessage
		if err := d.stream.value(&raw); err != nil {
			return err
		}
		return d.meta.message(raw)
	})
}

// close settles what only the whole document tells. It does so for one that
// was read in part, too.
func (d *document) close(rel string) error {
	v := d.values
	d.top.name, d.top.kind, d.top.id, d.top.username = v.text("name"), v.text("type"), v.text("id"), v.text("username")
	err := d.telegram.done(&d.top)
	switch {
	case d.out.format == formatTelegram:
		d.telegram.close()
	case isYTDLP(v, rel):
		readYTDLP(d.out, v, rel)
	case isGalleryDL(v):
		readGalleryDL(d.out, v, rel)
	default:
		if metaErr := d.meta.close(v); err == nil {
			err = metaErr
		}
	}
	return err
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

// loosely reads a value into v as far as it fits: what one exporter writes as
// a number another writes as a text.
func loosely(raw json.RawMessage, v any) { _ = json.Unmarshal(raw, v) }
