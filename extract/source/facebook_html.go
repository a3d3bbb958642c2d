package source

import (
	"path"
	"strings"
)

// metaPage reads the pages of a download of Facebook or Instagram that was
// asked for as HTML: posts, stories and chats, each in a box with a heading, a
// body and a time. Their classes are what the pages have had since 2018; words
// and times are in the language of the account.
type metaPage struct {
	export *metaExport
	frames []metaFrame
	title  htmlText // of the page: in chats the name of the chat
	box    *metaBox
	isPage bool
	thread bool
}

type metaFrame struct {
	name  string
	sink  *htmlText
	isBox bool
}

// metaBox is one post or message.
type metaBox struct {
	head, body, date htmlText
	files            []string
}

func newMetaPage(out *reading, rel string) *metaPage {
	return &metaPage{
		export: newMetaExport(out, rel),
		thread: strings.HasPrefix(path.Base(rel), "message_") || strings.Contains(rel, "messages/"),
	}
}

func (p *metaPage) known() bool { return p.isPage }

func (p *metaPage) open(t htmlTag) {
	f := metaFrame{name: t.name}
	if len(p.frames) > 0 {
		f.sink = p.frames[len(p.frames)-1].sink
	}
	f.sink.around(t.name)
	switch {
	case t.name == "title":
		f.sink = &p.title
	case t.name == "style", t.name == "script":
		f.sink = nil
	case p.box == nil && (t.is("_a6-g") || t.is("pam", "uiBoxWhite")):
		p.isPage, f.isBox = true, true
		p.box = new(metaBox)
		f.sink = nil
	case p.box != nil:
		p.inside(t, &f)
	}
	p.frames = append(p.frames, f)
}

func (p *metaPage) inside(t htmlTag, f *metaFrame) {
	switch {
	case t.is("_a6-h"), t.is("_2lel"), t.is("_2pim"):
		f.sink = &p.box.head
	case t.is("_a6-o"), t.is("_a72d"), t.is("_2lem"):
		f.sink = &p.box.date
	case t.is("_a6-p"), t.is("_2let"):
		f.sink = &p.box.body
	case strings.Contains(notSaid, " "+t.name+" "):
		f.sink = nil
	}
	for _, address := range []string{t.href, t.src} {
		p.box.link(address)
	}
}

// notSaid are elements whose text nobody wrote: the settings of a camera,
// reactions, and what stands in place of a player.
const notSaid = " table ul video audio "

// link keeps the address of a file of the download, once.
func (b *metaBox) link(address string) {
	if address == "" || strings.Contains(address, ":") || strings.HasPrefix(address, "#") || len(b.files) >= maxRun {
		return
	}
	if ext := path.Ext(address); ext == "" || strings.EqualFold(ext, ".html") {
		return
	}
	for _, known := range b.files {
		if known == address {
			return
		}
	}
	b.files = append(b.files, address)
}

func (p *metaPage) text(s string) {
	if len(p.frames) > 0 {
		p.frames[len(p.frames)-1].sink.add(s)
	}
}

func (p *metaPage) end() error {
	if len(p.frames) == 0 {
		return nil
	}
	f := p.frames[len(p.frames)-1]
	p.frames = p.frames[:len(p.frames)-1]
	if f.name != "br" {
		f.sink.around(f.name)
	}
	if !f.isBox {
		return nil
	}
	box := p.box
	p.box = nil
	return p.take(box)
}

// take keeps a box that has files.
func (p *metaPage) take(b *metaBox) error {
	x := p.export
	if x.out.format == "" && len(b.files) > 0 {
		x.out.format = firstOf(metaOwner(x.rel, b.files[0]), formatFacebook)
		if strings.HasPrefix(b.files[0], "media/") {
			x.out.format = formatInstagram
		}
	}
	if len(b.files) == 0 {
		return nil
	}
	record := Record{Text: titled(b.head.String(), b.body.String()), Posted: metaPageTime(x.out.format+"-html:date", b.date.line())}
	if p.thread {
		record.Text = b.body.String()
	}
	if record.Posted == nil {
		x.out.unusable.add(b.date.line())
	}
	if len(b.files) > 1 {
		record.Album = x.out.format + ":" + path.Base(b.files[0])
	}
	for _, address := range b.files {
		first := len(x.out.entries)
		if err := x.file(record, &metaMedia{}, strings.TrimLeft(address, "./")); err != nil {
			return err
		}
		if p.thread && len(x.out.entries) > first {
			x.thread.entries = append(x.thread.entries, first)
			x.thread.senders = append(x.thread.senders, b.head.line())
		}
	}
	return nil
}

// close settles what only the whole page tells.
func (p *metaPage) close() error {
	if !p.isPage {
		return nil
	}
	x := p.export
	x.out.format = firstOf(x.out.format, metaOwner(x.rel), formatFacebook)
	x.closeThread(p.title.line(), "")
	x.out.export, x.out.top, x.out.folders = true, metaTop(x.rel), metaFolders
	return nil
}
