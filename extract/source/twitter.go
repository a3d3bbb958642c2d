package source

import (
	"encoding/json"
	"html"
	"io"
	"slices"
	"strconv"
	"time"
)

// tweet is a post of X, whichever program scraped it.
type tweet struct {
	id, account, text, url, place string
	posted                        *PostTime
	undated                       string // a date that is there and is none
	latitude, longitude           *float64
	media                         []tweetMedium
	retweeted, quoted             *tweet
}

// dialect is how one program writes posts of X.
type dialect struct {
	format string
	decode func(raw json.RawMessage) []*tweet
}

// tweetDialect tells from the keys of the first record which program wrote a
// file, or returns nil.
func tweetDialect(s sniffed) *dialect {
	k := s.keys
	switch {
	case k["category"]:
		return nil // of gallery-dl, whose keys are those of each site
	case k.all("user", "user.username", "date") && k.any("rawContent", "content") && k.any("url", "id"):
		if k.any("id_str", "media.photos") {
			return &dialect{formatTwscrape, decodeScraped("twscrape:date")}
		}
		return &dialect{formatSnscrape, decodeScraped("snscrape:date")}
	case k.all("id_str", "user", "created_at") && k.any("full_text", "text"):
		return &dialect{formatTwarc1, decodeV1}
	case k.all("data.id", "data.text") && k.any("data.author_id", "data.created_at", "data.edit_history_tweet_ids", "includes"):
		return &dialect{formatTwarc2, decodeV2}
	case k.all("id", "text") && k.any("author_id", "edit_history_tweet_ids"):
		return &dialect{formatTwarc2, decodeV2}
	}
	return nil
}

// readTweets reads posts of X as twscrape, snscrape and twarc write them. They
// name no local files: a file belongs to a post by the post's id in its name,
// or by the key that X gives to each picture and video.
func readTweets(out *reading, r io.Reader, s sniffed, d *dialect, limit int64) {
	out.format = d.format
	x := tweetReader{out: out, seen: make(map[attached]bool), times: make(map[string]int)}
	jsonRecords(out, r, s, limit, func(raw json.RawMessage) error {
		for _, t := range d.decode(raw) {
			if err := x.post(t, 0); err != nil {
				return err
			}
		}
		return nil
	})
}

// tweetReader attaches posts to files.
type tweetReader struct {
	out   *reading
	seen  map[attached]bool
	times map[string]int // that a post was read: scrapers write it again wherever it is quoted
}

// attached is a post on a file, or one without any.
type attached struct {
	file int
	post string
}

const noFile = -1

// Bounds on posts inside one another and on readings of one post.
const (
	maxQuotes  = 4
	maxRepeats = 4
)

// post attaches a post and those inside it. A repost shows the original's
// media, and so does a post without media that quotes one with them: their
// records say whose the media are and since when they were there.
func (x *tweetReader) post(t *tweet, depth int) error {
	if t == nil || depth > maxQuotes || t.bare() || x.times[t.id] >= maxRepeats {
		return nil
	}
	if t.id != "" {
		x.times[t.id]++
	}
	shown := t.retweeted
	if shown == nil && len(t.media) == 0 && t.quoted != nil {
		shown = t.quoted
	}
	for _, inner := range []*tweet{t.retweeted, t.quoted} {
		if err := x.post(inner, depth+1); err != nil {
			return err
		}
	}
	if t.posted == nil && t.undated != "" {
		x.out.unusable.add(t.undated)
	}
	media := t.media
	if shown != nil {
		media = slices.Concat(media, shown.media)
	}
	files := x.files(t.id, media)
	if len(files) == 0 {
		if empty := (attached{noFile, t.id}); shown == nil && len(t.media) > 0 && !x.seen[empty] {
			x.seen[empty] = true
			x.out.unmatched.add(firstOf(t.url, t.id))
		}
		return nil
	}
	record := t.record(shown)
	for _, file := range files {
		key := attached{file, firstOf(t.id, t.url)}
		if x.seen[key] {
			continue
		}
		x.seen[key] = true
		if err := x.out.add(entry{file: file, Record: record}); err != nil {
			return err
		}
	}
	return nil
}

// bare reports a post of which no more than its id was written.
func (t *tweet) bare() bool {
	return t.account == "" && t.text == "" && t.posted == nil && len(t.media) == 0
}

// files finds the files of a post, in order. The still before a video is set
// apart where the video is here.
func (x *tweetReader) files(id string, media []tweetMedium) []int {
	marks := x.out.names.xMarks()
	found := slices.Clone(marks.ids[id])
	for _, m := range media {
		files, stills := m.files(marks)
		found = append(found, files...)
		x.out.derived = append(x.out.derived, stills...)
	}
	slices.Sort(found)
	return slices.Compact(found)
}

// record says of a file what the post says. shown is the post whose media it
// shows, if they are another's.
func (t *tweet) record(shown *tweet) Record {
	r := Record{
		Account: t.account, PostID: t.id, Posted: t.posted, Text: html.UnescapeString(t.text), URL: t.url,
		Latitude: t.latitude, Longitude: t.longitude, PlaceName: t.place,
	}
	if t.id != "" {
		r.Album = "twitter:" + t.id
	}
	if shown != nil {
		r.Latitude, r.Longitude, r.PlaceName = shown.latitude, shown.longitude, shown.place
		r.ForwardedFrom, r.Original = shown.account, shown.posted
		if t.retweeted != nil && shown.text != "" {
			r.Text = html.UnescapeString(shown.text) // a repost has "RT @name:" and its beginning
		}
	}
	return r
}

// complete checks what a decoder found and builds the address.
func (t *tweet) complete(date *PostTime, written, stated scalar) *tweet {
	t.posted, t.undated = date, string(written)
	if !isPostID(t.id) {
		t.id = ""
	}
	t.url = webAddress(string(stated))
	if t.url == "" && t.id != "" && isHandle(t.account, 1, 15) {
		t.url = "https://x.com/" + t.account + "/status/" + t.id
	}
	return t
}

// isPostID reports a number as X counts posts.
func isPostID(s string) bool {
	n, err := strconv.ParseUint(s, 10, 63)
	return err == nil && n > 0
}

// fromRubyDate reads the form of dates in version 1 of X's interface, "Thu
// Feb 24 05:12:33 +0000 2022".
func fromRubyDate(field string, raw scalar) *PostTime {
	t, err := time.Parse(time.RubyDate, string(raw))
	if err != nil || !plausible(t.UTC()) {
		return nil
	}
	return &PostTime{Instant: t.UTC(), Precision: toSecond, Field: field, Raw: string(raw), Kind: kindPosted}
}

// placeName joins the name of a place and its country, unless the one says
// the other.
func placeName(name, country scalar) string {
	switch {
	case name == "" || country == "":
		return string(name + country)
	case len(name) >= len(country) && name[len(name)-len(country):] == country:
		return string(name)
	}
	return string(name + ", " + country)
}
