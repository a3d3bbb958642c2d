package source

import (
	"bufio"
	"errors"
	"io"
	"math"
	"path"
	"strings"
)

// maxChatLine bounds one line of a chat; WhatsApp's own limit for a message
// is far below.
const maxChatLine = 1 << 20

// chatLog reads the text that WhatsApp exports: _chat.txt from iOS,
// "WhatsApp Chat with NAME.txt" and its translations from Android. Nothing in
// it but the attachments' names is the same in every language, so those are
// found by asking which files lie beside it.
type chatLog struct {
	out     *reading
	style   headStyle // of the first line; others are part of a message
	order   orderEvidence
	message chatMessage // being read
	last    chatMessage // the one before
	kept    []attachment
	known   bool // something only WhatsApp writes was seen
}

// chatMessage is one message with all its lines.
type chatMessage struct {
	head   chatHead
	sender string
	lines  []string
	text   string
	first  int // of its attachments in chatLog.kept
	count  int
}

// attachment is one file of a message, before the order of its date's numbers
// is known.
type attachment struct {
	file int
	head chatHead
	Record
}

// readWhatsApp reads a text file that may be a chat export. It returns nil
// when it is none.
func readWhatsApp(r io.Reader, rel string, n *names, limit int64) *reading {
	c := &chatLog{out: &reading{dir: path.Dir(rel), names: n}}
	name := strings.ToLower(path.Base(rel))
	c.known = name == "_chat.txt" || strings.Contains(name, "whatsapp")
	in := &metered{r: r, total: limit, value: math.MaxInt64}
	lines := bufio.NewScanner(in)
	lines.Buffer(make([]byte, 0, 64<<10), maxChatLine)
	var at int64
	for lines.Scan() {
		at += int64(len(lines.Bytes())) + 1
		if err := c.line(lines.Text()); err != nil {
			c.out.stop(err, at)
			break
		}
	}
	if err := lines.Err(); err != nil {
		if errors.Is(err, bufio.ErrTooLong) {
			err = errValueLarge
		}
		c.out.stop(err, at)
	}
	c.end()
	if c.style == (headStyle{}) || !c.known {
		return nil
	}
	c.finish()
	return c.out
}

// errNoChat ends the reading of a text whose first line is no message.
var errNoChat = errors.New("no chat")

func (c *chatLog) line(text string) error {
	text = strings.TrimSuffix(text, "\r")
	head, body, ok := parseHead(text)
	started := c.style != (headStyle{})
	switch {
	case ok && (!started || head.style == c.style):
		c.end()
		c.style = head.style
		c.order.see(head)
		sender, said := cutSender(body)
		c.message = chatMessage{head: head, sender: sender, lines: []string{said}}
		if hasMark(text) {
			c.known = true
		}
	case started:
		c.message.lines = append(c.message.lines, text)
	case stripMarks(strings.TrimSpace(text)) != "":
		return errNoChat
	}
	if len(c.kept) > maxEntries {
		return errTooMany
	}
	return nil
}

// end settles the message that was being read.
func (c *chatLog) end() {
	m := &c.message
	if len(m.lines) == 0 {
		return
	}
	m.first = len(c.kept)
	if m.sender != "" {
		c.attachments(m)
	}
	m.count = len(c.kept) - m.first
	m.text = caption(m.lines)
	c.captionFromNeighbour(m)
	for i := range m.count {
		c.kept[m.first+i].Text = m.text
	}
	c.last, c.message = *m, chatMessage{}
}

// captionFromNeighbour joins a file and a text that one person sent in one
// second. Nobody types that fast: the text is the caption, which some
// versions export as a message of its own.
func (c *chatLog) captionFromNeighbour(m *chatMessage) {
	l := &c.last
	if l.sender != m.sender || !m.head.hasSecond || l.head.raw != m.head.raw {
		return
	}
	switch {
	case m.count > 0 && m.text == "":
		m.text = l.text
	case m.count == 0 && l.count > 0 && l.text == "":
		for i := range l.count {
			c.kept[l.first+i].Text = m.text
		}
	}
}

// finish decides the order of the dates' numbers over the whole chat and
// keeps what is known of each file.
func (c *chatLog) finish() {
	c.out.format = formatWhatsApp
	c.out.export = true
	for _, a := range c.kept {
		c.order.seeName(a.head, path.Base(c.out.names.rels[a.file]))
	}
	orders := c.order.decide()
	var open tally
	for _, a := range c.kept {
		a.Posted = a.head.time(orders)
		switch {
		case a.Posted == nil:
			c.out.unusable.add(a.head.raw)
		case a.Posted.LocalEnd != "":
			open.add(a.head.raw)
		}
		if err := c.out.add(entry{file: a.file, Record: a.Record}); err != nil {
			c.out.stop(err, 0)
			break
		}
	}
	if open.count > 0 {
		c.out.note("ambiguous-date-order", Warning, ambiguousDates(open))
	}
}

// ambiguousDates says that dates can be read in two ways and what to do.
func ambiguousDates(open tally) string {
	return "dates such as " + quoted(open.first) + " can be read day first or month first and nothing here decides it, so " +
		counted(open.count, "post time spans", "post times span") +
		" both readings; export again with a date that has one reading, or state the times by hand"
}

// cutSender divides a message into who sent it and what was said. A message
// of the app itself has no sender.
func cutSender(body string) (sender, said string) {
	before, after, found := strings.Cut(body, ":")
	if !found {
		return "", body
	}
	return strings.TrimSpace(stripMarks(before)), strings.TrimPrefix(after, " ")
}
