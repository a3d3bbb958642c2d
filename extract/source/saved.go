package source

import (
	"encoding/json"
	"io"
)

// savedFile is a line of the sidecar that `firsthand import` lays beside files
// it took out of an archive of the web, or out of another program's record: the
// address that the file came from, and when it was saved, which is after it was
// published.
type savedFile struct {
	Version scalar `json:"firsthand_saved"` // 1
	File    scalar `json:"file"`            // relative to the sidecar; "" of a page as a whole
	URL     scalar `json:"url"`
	Saved   scalar `json:"saved_at"`  // RFC 3339
	Posted  scalar `json:"posted_at"` // RFC 3339, or without a zone where none is known
	Account scalar `json:"account"`
	Title   scalar `json:"title"`
	Text    scalar `json:"text"`
}

// isSaved recognises such a sidecar by its keys.
func isSaved(k keySet) bool { return k.all("firsthand_saved", "file", "url") }

func readSaved(out *reading, r io.Reader, s sniffed, limit int64) {
	out.format = formatSaved
	jsonRecords(out, r, s, limit, func(raw json.RawMessage) error {
		var f savedFile
		if !decodes(raw, &f) || f.File == "" {
			return nil
		}
		return f.attach(out)
	})
}

func (f *savedFile) attach(out *reading) error {
	file, found := out.names.find(out.dir, string(f.File))
	if found != present {
		out.absent.add(string(f.File))
		return nil
	}
	post := archivedPost{url: string(f.URL), title: string(f.Title), text: string(f.Text), posted: f.time(out)}
	record := post.record()
	if f.Account != "" {
		record.Account = string(f.Account)
	}
	return out.add(entry{file: file, Record: record})
}

// time is when it was published, where that is known, else when it was saved.
func (f *savedFile) time(out *reading) *PostTime {
	if f.Posted != "" {
		if p := fromText("firsthand:posted_at", f.Posted, false); p != nil {
			return p
		}
		out.unusable.add(string(f.Posted))
	}
	p := archiveTime(fromText("firsthand:saved_at", f.Saved, false))
	if p == nil && f.Saved != "" {
		out.unusable.add(string(f.Saved))
	}
	return p
}
