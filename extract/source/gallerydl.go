package source

import (
	"net/url"
	"path"
	"strconv"
	"strings"
	"time"
)

// isGalleryDL recognises the metadata file that gallery-dl writes for each
// file: every extractor gives its category and subcategory.
func isGalleryDL(f fields) bool {
	if f.text("category") == "" {
		return false
	}
	return f.text("tweet_id") != "" || (f.text("subcategory") != "" && f.first("date", "extension", "filename") != "")
}

// xEpochMillis is the start of the clock in X's post ids: Unix milliseconds
// are (id >> 22) + xEpochMillis.
const xEpochMillis = 1288834974657

// firstClockID is below all ids that carry a clock (November 2010).
const firstClockID = 29_700_000_000

// readGalleryDL reads the metadata of one file. Dates of X are in UTC by
// definition; those of other sites have no zone unless one is written.
func readGalleryDL(out *reading, f fields, rel string) {
	out.format = formatGalleryDL
	isX := f.text("category") == "twitter"
	author, user := personName(f, "author"), personName(f, "user")
	record := Record{
		Account: firstOf(author, user, string(f.first("username", "uploader"))),
		PostID:  string(f.first("tweet_id", "post_id", "post_shortcode", "shortcode", "id")),
		Posted:  fromText("gallery-dl:date", f.text("date"), isX),
		Text:    string(f.first("content", "description", "caption", "title")),
		URL:     webAddress(string(f.text("post_url"))),
	}
	if record.PostID != "" {
		record.Album = string(f.text("category")) + ":" + record.PostID
	}
	if record.Posted == nil && f.text("date") != "" {
		out.unusable.add(string(f.text("date")))
	}
	if isX {
		readX(&record, f, author, user)
	}
	i, ok := galleryFile(out, f, rel)
	if !ok {
		out.absent.add(strings.TrimSuffix(path.Base(rel), ".json"))
		return
	}
	_ = out.add(entry{file: i, Record: record}) // one entry is below every limit
}

// readX adds what only posts of X have. In a repost "author" wrote the
// original and "user" reposted it; the date is the repost's.
func readX(record *Record, f fields, author, user string) {
	if original := f.text("retweet_id"); original != "" && original != "0" {
		record.Account = firstOf(user, author)
		record.ForwardedFrom = author
		record.Original = fromText("gallery-dl:date_original", f.text("date_original"), true)
		if record.Original == nil {
			record.Original = fromXID("gallery-dl:retweet_id", original)
		}
	}
	if _, err := strconv.ParseUint(record.PostID, 10, 64); err == nil && isHandle(record.Account, 1, 15) {
		record.URL = "https://x.com/" + record.Account + "/status/" + record.PostID
	}
}

// fromXID reads the time that is part of a post id.
func fromXID(field string, raw scalar) *PostTime {
	id, err := strconv.ParseInt(string(raw), 10, 64)
	if err != nil || id <= firstClockID {
		return nil
	}
	return &PostTime{
		Instant:   time.UnixMilli(id>>22 + xEpochMillis).UTC(),
		Precision: toSubsecond, Field: field, Raw: string(raw), Kind: kindPosted,
	}
}

// galleryFile finds the file: the sidecar's name without ".json", else the
// name it states.
func galleryFile(out *reading, f fields, rel string) (int, bool) {
	beside := []string{strings.TrimSuffix(path.Base(rel), path.Ext(rel))}
	if name, ext := f.text("filename"), f.text("extension"); name != "" && ext != "" {
		beside = append(beside, string(name+"."+ext))
		if id, num := f.text("tweet_id"), f.text("num"); id != "" && num != "" {
			beside = append(beside, string(id+"_"+num+"."+ext))
		}
	}
	for _, name := range beside {
		if strings.ContainsAny(name, `/\`) {
			continue
		}
		if i, found := out.names.find(out.dir, name); found == present {
			return i, true
		}
	}
	return 0, false
}

// personName is the account name of a person, who is an object or a name.
func personName(f fields, key string) string {
	if name := f.text(key); name != "" {
		return string(name)
	}
	return string(f.within(key).first("name", "username", "nick"))
}

func firstOf(texts ...string) string {
	for _, t := range texts {
		if t != "" {
			return t
		}
	}
	return ""
}

// webAddress returns an address of the web, and nothing for any other text: a
// sidecar may say "javascript:".
func webAddress(s string) string {
	u, err := url.Parse(s)
	if err != nil || (u.Scheme != "https" && u.Scheme != "http") || u.Host == "" {
		return ""
	}
	return s
}

// titled joins a title and the text below it; many sites repeat the one in
// the other.
func titled(title, text string) string {
	switch {
	case title == "" || strings.HasPrefix(text, title):
		return text
	case text == "":
		return title
	}
	return title + "\n" + text
}
