package source

import (
	"net/url"
	"path"
	"strconv"
	"strings"
	"time"
)

// telegramPage reads the pages that Telegram Desktop exports: messages.html,
// messages2.html and so on, of one chat or of many below chats/, and the lists
// of stories and profile pictures. Their classes are those of
// Telegram/SourceFiles/export/output/export_output_html.cpp in
// telegramdesktop/tdesktop. All words in them are English in every language of
// the program.
type telegramPage struct {
	export  *telegramExport
	chat    telegramChat
	isPage  bool
	styled  bool   // the page has the exporter's style sheet
	top     string // the folder of the export, where the page is one of its lists
	above   int    // how many folders the page lies below the top of the export
	frames  []telegramFrame
	name    htmlText // of the chat or list
	message *telegramHTML
	last    telegramHTML // the message before, whose sender the next may leave out
	day     time.Time    // of the last line between two days
}

// telegramFrame is an open element: what it is for, and where its text goes.
type telegramFrame struct {
	role telegramRole
	name string
	sink *htmlText
}

type telegramRole int

const (
	rolePlain telegramRole = iota
	roleMessage
	roleEntry // of a list
	roleForwarded
)

func newTelegramPage(out *reading, rel string) *telegramPage {
	p := &telegramPage{export: &telegramExport{reading: out, chats: make(map[string]bool), format: formatTelegramHTML}}
	if folder, name := path.Split(path.Dir(rel)); name == "lists" {
		p.top = path.Clean(folder)
	}
	return p
}

func (p *telegramPage) known() bool { return p.isPage }

func (p *telegramPage) open(t htmlTag) {
	f := telegramFrame{name: t.name}
	if len(p.frames) > 0 {
		f.sink = p.frames[len(p.frames)-1].sink
	}
	f.sink.around(t.name)
	switch {
	case t.name == "link" && strings.HasSuffix(t.href, "css/style.css"):
		p.above, p.styled = strings.Count(t.href, "../"), true
	case t.is("page_wrap"):
		p.isPage = p.styled
	case p.message != nil:
		p.inside(t, &f)
	case t.is("text", "bold") && p.name.line() == "":
		f.sink = &p.name
	case isTelegramMessage(t):
		p.isPage = true
		f.role = roleMessage
		p.message = &telegramHTML{id: strings.TrimPrefix(t.id, "message"), isService: t.is("service")}
	case p.isPage && t.is("entry"):
		f.role = roleEntry
		p.message = &telegramHTML{isEntry: true}
		p.message.link(t.href)
	}
	p.frames = append(p.frames, f)
}

// isTelegramMessage recognises the element of a message, with its number.
func isTelegramMessage(t htmlTag) bool {
	number, ok := strings.CutPrefix(t.id, "message")
	if !ok || !t.is("message") || !(t.is("default") || t.is("service")) {
		return false
	}
	_, err := strconv.ParseInt(number, 10, 64)
	return err == nil
}

// inside looks at an element of a message or list entry.
func (p *telegramPage) inside(t htmlTag, f *telegramFrame) {
	m := p.message
	switch {
	case t.is("forwarded", "body"):
		f.role, f.sink = roleForwarded, nil
		m.isForwarded, m.inForwarded = true, true
	case t.is("date", "details") && m.inForwarded:
		m.original, f.sink = t.title, &m.originalText
	case t.is("date", "details"):
		m.date, f.sink = t.title, nil
	case t.is("info", "details") && m.isEntry:
		f.sink = &m.info
	case t.is("from_name") && m.inForwarded:
		f.sink = &m.forward
	case t.is("from_name"):
		f.sink = &m.from
	case t.is("body", "details") && m.isService:
		f.sink = &m.said
	case t.is("text"):
		f.sink = &m.said
	case t.is("media_wrap"), t.is("reply_to"), t.is("signature"), t.is("userpic_wrap"), t.is("reactions"):
		f.sink = nil
		m.userpic(t)
	case t.is("media"):
		m.media(t)
	case t.is("title") && m.isVenue:
		f.sink = &m.place
	default:
		m.attachment(t)
	}
}

func (p *telegramPage) text(s string) {
	if len(p.frames) > 0 {
		p.frames[len(p.frames)-1].sink.add(s)
	}
}

func (p *telegramPage) end() error {
	if len(p.frames) == 0 {
		return nil
	}
	f := p.frames[len(p.frames)-1]
	p.frames = p.frames[:len(p.frames)-1]
	if f.name != "br" {
		f.sink.around(f.name)
	}
	switch f.role {
	case roleForwarded:
		p.message.inForwarded = false
	case roleMessage:
		m := p.message
		p.message = nil
		return p.take(m)
	case roleEntry:
		m := p.message
		p.message = nil
		return p.entry(m)
	}
	return nil
}

// close settles what only the whole page tells.
func (p *telegramPage) close() error {
	if !p.isPage {
		return nil
	}
	r := p.export.reading
	r.format = formatTelegramHTML
	if top, ok := climb(r.dir, p.above); ok {
		r.furniture = telegramFurniture(r.names, top)
	}
	p.chat.name = scalar(p.name.line())
	if p.top != "" {
		return nil // a list, which is no chat
	}
	err := p.export.done(&p.chat)
	p.export.close()
	return err
}

// climb goes up from a folder, as far as the source goes.
func climb(dir string, levels int) (string, bool) {
	for range levels {
		if dir == "." {
			return "", false
		}
		dir = path.Dir(dir)
	}
	return dir, true
}

// maxAddress is above the length of every path that a file can have.
const maxAddress = 4096

// resolve finds a file by its address on the page. The pages of an account's
// export climb to its top and name the way down again, so upper folders are
// left out one by one until what remains is found below the page.
func (p *telegramPage) resolve(address string) (int, bool) {
	r := p.export.reading
	written := strings.TrimSuffix(address, "#allow_back")
	for strings.HasPrefix(written, "../") {
		written = written[len("../"):]
	}
	for rest, more := written, len(written) <= maxAddress; more; {
		if i, ok := p.lookUp(rest); ok {
			return i, true
		}
		_, rest, _ = strings.Cut(rest, "/")
		more = strings.Contains(rest, "/") // a name alone is found nowhere but where it is said to be
	}
	r.absent.add(written)
	return 0, false
}

// lookUp finds a file as written, and as browsers would read it.
func (p *telegramPage) lookUp(written string) (int, bool) {
	dir := firstOf(p.top, p.export.reading.dir)
	if i, found := p.export.reading.names.find(dir, written); found == present {
		return i, true
	}
	plain, err := url.PathUnescape(written)
	if err != nil || plain == written {
		return 0, false
	}
	i, found := p.export.reading.names.find(dir, plain)
	return i, found == present
}

// thumbnail sets aside the small copy that a page shows of a file.
func (p *telegramPage) thumbnail(address string) {
	absent := p.export.reading.absent
	if i, ok := p.resolve(address); ok && isThumbName(p.export.reading.names.rels[i]) {
		p.export.reading.derived = append(p.export.reading.derived, i)
	}
	p.export.reading.absent = absent // pages can show pictures that were not kept
}
