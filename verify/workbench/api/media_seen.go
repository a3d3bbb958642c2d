package api

import (
	"cmp"
	"unicode/utf8"

	"github.com/firsthand-media/firsthand/extract"
	"github.com/firsthand-media/firsthand/extract/source"
	"github.com/firsthand-media/firsthand/verify"
)

// Seen is one path at which an item was found, with what stood beside it.
type Seen struct {
	Path     string `json:"path"` // SOURCE/relative/path
	Source   string `json:"source"`
	Account  string `json:"account"`
	Bytes    int64  `json:"bytes"`
	Modified string `json:"modified" say:"sentence.value"` // by the file system, "16 May 2026 11:40:07 Z"; of the copy, not of the picture
	Posts    []Post `json:"posts"`
}

// Post is what one sidecar says of a file. All of it is other people's text.
type Post struct {
	Format        string `json:"format"`  // "telegram-json", "yt-dlp", …
	Sidecar       string `json:"sidecar"` // relative path of the file it was read from
	Account       string `json:"account"`
	PostID        string `json:"post_id"`
	Posted        *When  `json:"posted"`
	Text          string `json:"text"` // the caption
	TextCut       bool   `json:"text_cut"`
	URL           string `json:"url"`
	ForwardedFrom string `json:"forwarded_from"`
	Place         string `json:"place"`
}

// Bounds of what a page shows of other people's text, in bytes, and of how
// many paths and posts it lists.
const (
	longestText = 8000
	mostSeen    = 500
	mostPosts   = 50
)

// seenOf lists where an item was found, by path.
func seenOf(it *verify.Item) []Seen {
	out := []Seen{}
	for i := range it.Sightings[:min(len(it.Sightings), mostSeen)] {
		s := &it.Sightings[i]
		seen := Seen{Path: s.Path, Source: s.Source, Account: s.Account, Bytes: s.Size, Posts: []Post{}}
		seen.Modified = momentText(s.ModTime)
		for _, r := range s.Records[:min(len(s.Records), mostPosts)] {
			seen.Posts = append(seen.Posts, postOf(&r))
		}
		out = append(out, seen)
	}
	return out
}

func postOf(r *source.Record) Post {
	text := shortened(r.Text, longestText)
	return Post{
		Format: r.Format, Sidecar: r.Sidecar, Account: r.Account, PostID: r.PostID, Posted: postedOf(r),
		Text: text, TextCut: len(text) < len(r.Text), URL: r.URL, ForwardedFrom: r.ForwardedFrom, Place: r.PlaceName,
	}
}

// postedOf is when a record says that it was posted, the earliest where it can
// be read in several ways.
func postedOf(r *source.Record) *When {
	times, _ := extract.FromRecord(*r)
	var first *extract.Time
	for i := range times {
		t := &times[i]
		if (t.Kind == extract.Posted || t.Kind == extract.Received) && (first == nil || cmp.Compare(t.Earliest.UnixNano(), first.Earliest.UnixNano()) < 0) {
			first = t
		}
	}
	return when(first)
}

// shortened is the start of a text, at most so many bytes, and no half letter.
func shortened(text string, most int) string {
	if len(text) <= most {
		return text
	}
	for most > 0 && !utf8.RuneStart(text[most]) {
		most--
	}
	return text[:most]
}
