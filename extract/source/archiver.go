package source

import (
	"encoding/json"
	"io"
	"net/url"
	"path"
	"strings"
	"time"
)

// archivedPost is one address that bellingcat/auto-archiver saved.
type archivedPost struct {
	url, title, text string
	posted           *PostTime
}

// record says of a file what was noted of the address that it was saved from.
func (a *archivedPost) record() Record {
	r := Record{URL: webAddress(a.url), Posted: a.posted, Text: titled(a.title, a.text)}
	r.Account, r.PostID = postAddress(r.URL)
	switch {
	case r.URL == "":
	case r.PostID != "" && strings.HasPrefix(r.URL, "https://x.com/"), r.PostID != "" && strings.Contains(r.URL, "twitter.com/"):
		r.Album = "twitter:" + r.PostID
	default:
		r.Album = "archived:" + r.URL
	}
	return r
}

// archiveTime is when the archiver saved the address, which is after it was
// published: the only time of an address without a publication time.
func archiveTime(p *PostTime) *PostTime {
	if p != nil {
		p.Kind = kindReceived
	}
	return p
}

// atMidnight lowers the precision of a time that stands at midnight exactly:
// it was made of a date, as yt-dlp's upload_date.
func atMidnight(p *PostTime) *PostTime {
	switch {
	case p == nil || p.LocalEnd != "":
	case p.Local != "" && strings.HasSuffix(p.Local, "T00:00:00"), p.Local == "" && p.Instant.Equal(p.Instant.Truncate(24*time.Hour)):
		p.Precision = toDay
	}
	return p
}

// archivedFile finds a file by what the archiver notes of it: addresses of
// storages, keys in them, paths on the archiving machine. The folders in those
// are of other machines, so the names alone count, and as much of the folders
// as fits.
func archivedFile(n *names, dir string, written ...string) (int, bool) {
	for _, w := range written {
		if u, err := url.Parse(w); err == nil && (u.Scheme == "http" || u.Scheme == "https") {
			w = u.Path
		}
		if w == "" || strings.HasSuffix(w, "/") {
			continue
		}
		for _, form := range []string{w, unescaped(w)} {
			if i, found := n.findTail(dir, path.Clean(form)); found == present {
				return i, true
			}
		}
	}
	return 0, false
}

func unescaped(s string) string {
	if plain, err := url.PathUnescape(s); err == nil {
		return plain
	}
	return s
}

// archivedJSON is a record as auto-archiver writes it to JSON
// (auto_archiver/core/metadata.py and media.py).
type archivedJSON struct {
	Status   scalar `json:"status"`
	Metadata struct {
		URL       scalar `json:"url"`
		Original  scalar `json:"original_url"`
		Title     scalar `json:"title"`
		Content   scalar `json:"content"`
		Timestamp scalar `json:"timestamp"`
		Processed scalar `json:"_processed_at"`
	} `json:"metadata"`
	Media []archivedMedium `json:"media"`
}

type archivedMedium struct {
	Filename   scalar         `json:"filename"`
	Key        scalar         `json:"_key"`
	OldKey     scalar         `json:"key"` // before 2024
	URLs       []scalar       `json:"urls"`
	Properties map[string]any `json:"properties"`
	Type       scalar         `json:"_mimetype"`
}

// isArchived recognises such a record by its keys.
func isArchived(k keySet) bool {
	return k.all("metadata", "media") && k.any("metadata._processed_at", "metadata.url", "media.filename", "media._key")
}

// readArchived reads one record or many.
func readArchived(out *reading, r io.Reader, s sniffed, limit int64) {
	out.format = formatArchiverJSON
	jsonRecords(out, r, s, limit, func(raw json.RawMessage) error {
		var a archivedJSON
		if !decodes(raw, &a) {
			return nil
		}
		return a.attach(out)
	})
}

// attach gives each medium the record. What the archiver made itself, as
// screenshots and the frames of videos, is set apart.
func (a *archivedJSON) attach(out *reading) error {
	post := archivedPost{
		url:   firstOf(string(a.Metadata.URL), string(a.Metadata.Original)),
		title: string(a.Metadata.Title), text: string(a.Metadata.Content),
		posted: a.time(out),
	}
	record := post.record()
	for i := range a.Media {
		m := &a.Media[i]
		file, here := m.find(out)
		m.setInnerApart(out)
		switch {
		case m.derived():
			if here {
				out.derived = append(out.derived, file)
			}
		case !here:
			out.absent.add(path.Base(string(m.Filename)))
		default:
			if err := out.add(entry{file: file, Record: record}); err != nil {
				return err
			}
		}
	}
	return nil
}

// time is when the post was published, as the extractor noted it, with a zone
// only if the note has one: seconds since 1970, or a date. Failing that it is
// when the archiver saved it.
func (a *archivedJSON) time(out *reading) *PostTime {
	const field = "auto-archiver:timestamp"
	written := a.Metadata.Timestamp
	p := fromUnix(field, written)
	if p == nil {
		p = fromText(field, written, false)
	}
	if p != nil {
		return atMidnight(p)
	}
	if written != "" {
		out.unusable.add(string(written))
	}
	if p = fromUnix("auto-archiver:_processed_at", a.Metadata.Processed); p == nil {
		p = fromText("auto-archiver:_processed_at", a.Metadata.Processed, false)
	}
	return archiveTime(p)
}

// find finds the file of a medium.
func (m *archivedMedium) find(out *reading) (int, bool) {
	var written []string
	for _, s := range append(m.URLs[:len(m.URLs):len(m.URLs)], m.Key, m.OldKey, m.Filename) {
		written = append(written, string(s))
	}
	return archivedFile(out.names, out.dir, written...)
}

// pageExtensions are those of what the archiver keeps of the page, and of its
// notes.
const pageExtensions = " .html .htm .json .txt .csv .pdf .wacz .warc .pem .crt .ots .tsr "

// derived reports what the archiver made of the page or of another medium.
func (m *archivedMedium) derived() bool {
	id, _ := m.Properties["id"].(string)
	name := firstOf(string(m.Filename), string(m.Key), string(m.OldKey))
	return madeByArchiver(id) || strings.HasPrefix(string(m.Type), "text/") ||
		strings.Contains(pageExtensions, " "+strings.ToLower(path.Ext(name))+" ")
}

// madeByArchiver tells by the id of a medium: "screenshot", "thumbnail_3",
// "_final_media".
func madeByArchiver(id string) bool {
	for _, prefix := range []string{"screenshot", "thumbnail", "_final_media", "metadata_json", "timestamped", "browsertrix", "pdf", "ssl"} {
		if strings.HasPrefix(id, prefix) {
			return true
		}
	}
	return false
}

// setInnerApart sets apart the media noted inside a medium's properties, which
// were made of it.
func (m *archivedMedium) setInnerApart(out *reading) {
	for _, property := range m.Properties {
		list, _ := property.([]any)
		if list == nil {
			list = []any{property}
		}
		for _, inner := range list {
			object, _ := inner.(map[string]any)
			if object["filename"] == nil {
				continue
			}
			raw, err := json.Marshal(object)
			var medium archivedMedium
			if err != nil || !decodes(raw, &medium) {
				continue
			}
			if file, here := medium.find(out); here {
				out.derived = append(out.derived, file)
			}
		}
	}
}

// archivedCells reads a record out of the cells of auto-archiver's own table.
func archivedCells(metadata, media string) (*archivedJSON, error) {
	whole := make(map[string]any)
	for key, cell := range map[string]string{"metadata": metadata, "media": media} {
		v, err := pythonRepr(cell)
		if err != nil {
			return nil, err
		}
		whole[key] = v
	}
	raw, err := json.Marshal(whole)
	if err != nil {
		return nil, err
	}
	var a archivedJSON
	if !decodes(raw, &a) {
		return nil, errRepr
	}
	return &a, nil
}
