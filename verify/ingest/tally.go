package ingest

import (
	"github.com/firsthand-media/firsthand/extract"
	"github.com/firsthand-media/firsthand/extract/source"
	"github.com/firsthand-media/firsthand/verify"
)

// Tally counts, over all sources of a run so far, how far files have come. A
// file that did not change since the last scan has gone through every stage
// then, and counts as known in their stead.
type Tally struct {
	Found      int   // listed in the sources
	Known      int   // unchanged since the last scan: not opened
	Hashed     int   // read to the end, with a digest
	Examined   int   // metadata read: content that the case did not have
	Pictures   int   // of them, with a small picture
	Prints     int   // of them, with a fingerprint
	Unreadable int   // files that could not be read, or of which nothing could be told
	Bytes      int64 // read
}

// add counts what became of one file.
func (t *Tally) add(o outcome) {
	t.Bytes += o.read
	switch {
	case o.failed != nil:
		t.Unreadable++
		return
	case o.kept:
		t.Known++
		return
	case o.digested:
		t.Hashed++
	}
	it := o.result.Item
	if it == nil {
		return
	}
	t.Examined++
	if o.result.Preview != nil {
		t.Pictures++
	}
	if len(it.Frames) > 0 {
		t.Prints++
	}
	if it.Media.Error != "" {
		t.Unreadable++
	}
}

// problem is why a file could not be read or told anything of, nil for most.
func (o *outcome) problem() *verify.Finding {
	switch {
	case o.failed != nil:
		f := notRead(o.file, o.failed)
		return &f
	case o.result.Item == nil || o.result.Item.Media.Error == "":
		return nil
	}
	f := verify.Finding{Path: extract.Text(o.result.Sighting.Path)}
	f.Finding = extract.Finding{Code: "unreadable", Severity: source.Error, Message: string(o.result.Item.Media.Error)}
	for _, said := range o.result.Item.Media.Findings {
		if said.Severity == source.Error {
			f.Finding = said
			break
		}
	}
	return &f
}
