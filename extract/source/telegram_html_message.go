package source

import (
	"net/url"
	"path"
	"strconv"
	"strings"
)

// telegramHTML is one message, or one entry of a list, while it is read.
type telegramHTML struct {
	id          string
	isService   bool
	isEntry     bool
	isForwarded bool
	isVenue     bool
	inForwarded bool // the element that is read belongs to the forwarded part

	date         string // as the title of the clock time says
	original     string
	originalText htmlText // where exports of early versions have the time
	info         htmlText // the time of an entry
	from         htmlText
	forward      htmlText
	said         htmlText
	place        htmlText
	files        []string // addresses
	thumbs       []string
	omitted      int
	lat, lon     *float64
}

// mediaFiles are the classes of media that are files; others are calls,
// places, polls and the like.
var mediaFiles = []string{"media_photo", "media_video", "media_voice_message", "media_audio_file", "media_file"}

// media reads the box in which a file is shown by its name, or a place.
func (m *telegramHTML) media(t htmlTag) {
	switch {
	case t.is("media_venue"), t.is("media_location"), t.is("media_live_location"):
		m.isVenue = t.is("media_venue")
		m.lat, m.lon = mapPosition(t.href)
	case t.href != "":
		m.link(t.href)
	default:
		for _, class := range mediaFiles {
			if t.is(class) {
				m.omitted++
				return
			}
		}
	}
}

// attachment reads what shows a file by a picture.
func (m *telegramHTML) attachment(t htmlTag) {
	switch {
	case t.is("photo_wrap"), t.is("video_file_wrap"), t.is("animated_wrap"), t.is("sticker_wrap"):
		m.link(t.href)
	case t.is("userpic_link") && m.isService, t.is("block_link") && m.isEntry:
		m.link(t.href)
	case t.name == "img" && t.src != "" && len(m.thumbs) < maxRun:
		m.thumbs = append(m.thumbs, t.src)
	}
}

// userpic reads the picture of a list's entry, which is a link at times.
func (m *telegramHTML) userpic(t htmlTag) {
	if m.isEntry && t.is("userpic_wrap") {
		m.link(t.href)
	}
}

// link keeps the address of a file, once.
func (m *telegramHTML) link(address string) {
	if address == "" || len(m.files) >= maxRun || strings.Contains(address, "://") {
		return
	}
	for _, known := range m.files {
		if known == address {
			return
		}
	}
	m.files = append(m.files, address)
}

// mapPosition reads the place out of a link to a map, "…/maps?q=48.5,36.25&…".
func mapPosition(address string) (lat, lon *float64) {
	u, err := url.Parse(address)
	if err != nil {
		return nil, nil
	}
	north, east, _ := strings.Cut(u.Query().Get("q"), ",")
	return degrees(north, east)
}

// take keeps a message that has a file.
func (p *telegramPage) take(m *telegramHTML) error {
	if m.isService {
		if day, ok := telegramDay(m.said.line()); ok {
			p.day = day
		}
	} else {
		m.inherit(&p.last)
		p.last = *m
	}
	if len(m.files) == 0 && m.omitted == 0 {
		return nil
	}
	post := p.post(m)
	p.export.reading.omitted += m.omitted
	for _, address := range m.files {
		if i, ok := p.resolve(address); ok {
			post.files = append(post.files, i)
		}
	}
	for _, address := range m.thumbs {
		p.thumbnail(address)
	}
	p.export.reading.thumbnails(post.files)
	if len(p.chat.posts) >= maxEntries {
		return errTooMany
	}
	p.chat.queue(post)
	return nil
}

// inherit fills in what the page leaves out of a message that follows another
// of the same sender, or the same author forwarded.
func (m *telegramHTML) inherit(last *telegramHTML) {
	if m.from.line() == "" {
		m.from = last.from
	}
	if m.isForwarded && m.forward.line() == "" {
		m.forward = last.forward
	}
}

// post makes a post of a message.
func (p *telegramPage) post(m *telegramHTML) telegramPost {
	post := telegramPost{
		second:    m.date,
		sender:    telegramName(m.from.line()),
		forwarded: m.isForwarded,
	}
	if id, err := strconv.ParseInt(m.id, 10, 64); err == nil {
		post.number = id
	}
	post.PostID = m.id
	post.Latitude, post.Longitude = m.lat, m.lon
	post.PlaceName = m.place.line()
	if m.isService { // "Channel photo changed": only the day is told
		if !p.day.IsZero() {
			post.Posted = &PostTime{
				Local: p.day.Format(localLayout), Precision: toDay, Kind: kindPosted,
				Field: "telegram-html:day", Raw: p.day.Format("2 January 2006"),
			}
		}
		return post
	}
	post.Text = m.said.String()
	post.Posted = telegramPageTime("telegram-html:date", m.date)
	if post.Posted == nil {
		p.export.reading.unusable.add(m.date)
	}
	if m.isForwarded {
		post.ForwardedFrom = telegramName(m.forward.line())
		post.Original = telegramPageTime("telegram-html:forwarded_date", firstOf(m.original, m.originalText.line()))
	}
	return post
}

// telegramName takes "via @bot" off a name. An account that is gone has none:
// two of them are not one.
func telegramName(name string) string {
	name, _, _ = strings.Cut(name, " via @")
	if name == "Deleted Account" || name == "Deleted" {
		return ""
	}
	return name
}

// entry keeps a story or profile picture; a list of chats has pages in their
// place.
func (p *telegramPage) entry(m *telegramHTML) error {
	for _, address := range m.thumbs {
		p.thumbnail(address)
	}
	for _, address := range m.files {
		if ext := path.Ext(strings.TrimSuffix(address, "#allow_back")); strings.EqualFold(ext, ".html") {
			continue
		}
		i, ok := p.resolve(address)
		if !ok {
			continue
		}
		p.export.reading.thumbnails([]int{i})
		record := Record{Posted: telegramPageTime("telegram-html:date", m.info.line()), Text: m.said.String()}
		if err := p.export.reading.add(entry{file: i, Record: record}); err != nil {
			return err
		}
	}
	return nil
}
