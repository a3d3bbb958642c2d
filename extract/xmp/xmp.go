// Package xmp reads XMP packets (ISO 16684-1), the RDF/XML in which cameras,
// editors and agencies write what they say of a picture: when it was taken and
// changed, by which programs, from which other documents.
//
// Start at [Decode]. It returns a [Packet]: Tags lists every property under
// ExifTool's groups and name and in the form of `exiftool -n`; Get, Values,
// Raw, Stamps, Positions, History, DerivedFrom and Ingredients answer the
// questions a verifier asks. A packet is read in these steps:
//
//  1. Find where the XML begins, whatever stands before it, and turn UTF-16
//     and UTF-32 into UTF-8.
//  2. Clean: characters that XML forbids are replaced, ampersands that begin
//     no entity of XML stand for themselves, comments go.
//  3. Walk the tokens of a strict XML decoder, keeping the open elements only.
//     Attributes and elements, rdf:Seq, Bag and Alt, rdf:value,
//     parseType="Resource" and nested rdf:Description all lead to the same
//     paths of names.
//  4. Give each path its standard prefix by namespace, never by the prefix the
//     file chose, and its tag name from schema.txt.
//
// It promises: no panic and no endless loop on any input; memory in proportion
// to the input and below the bounds of [Limits]; no entity is expanded and
// nothing outside the packet is read; what was read before damage or a limit
// is returned with a [Problem] that says so; no date gains a part, least of
// all a zone, that the file does not state; the same packet gives the same
// result everywhere.
//
// Not read: blank nodes (rdf:nodeID), which no camera or editor writes.
package xmp

import (
	"bytes"
	"fmt"

	"github.com/firsthand-media/firsthand/extract/container"
)

// Limits bounds the work that one packet may cause. A field of zero or less
// takes its value from [DefaultLimits].
type Limits struct {
	Bytes      int // of the packet, in UTF-8
	Depth      int // of nested elements
	Properties int // elements and attributes
	ListItems  int // of one list; the items beyond are passed over
	ValueBytes int // of one value; a longer one is cut
}

// DefaultLimits are the limits of ordinary use. A list ends after 1000 items
// as in ExifTool: some editors' lists of ancestors grow without bound.
func DefaultLimits() Limits {
	return Limits{Bytes: 8 << 20, Depth: 64, Properties: 50_000, ListItems: 1000, ValueBytes: 1 << 20}
}

// orDefault fills in the fields that were left open.
func (l Limits) orDefault() Limits {
	d := DefaultLimits()
	fill := func(v *int, by int) {
		if *v <= 0 {
			*v = by
		}
	}
	fill(&l.Bytes, d.Bytes)
	fill(&l.Depth, d.Depth)
	fill(&l.Properties, d.Properties)
	fill(&l.ListItems, d.ListItems)
	fill(&l.ValueBytes, d.ValueBytes)
	return l
}

// Problem is damage or oddness met while reading, in words for a person.
type Problem struct {
	Code    string // "truncated", "corrupt-xml", "bad-characters", "entity" or "limit"
	Message string // one sentence without a full stop
	Field   string // which part: "XMP", or a tag's field
}

// Packet is what one XMP packet says.
type Packet struct {
	Tags     []container.Tag // each field once, in file order
	Problems []Problem

	content *tags
}

// Decode reads one packet, as it stands in a block of a container. It fails
// with [ErrNoPacket] if there is none; all other damage is a Problem of the
// packet, beside what could be read.
func Decode(data []byte, lim Limits) (*Packet, error) {
	lim = lim.orDefault()
	at, coding, err := locate(data)
	if err != nil {
		return nil, err
	}
	text, cut := coding.toUTF8(data[at:], lim.Bytes)
	text, problems := clean(bytes.TrimRight(text, "\x00 \t\r\n"))
	t := &tags{schema: standardSchema(), lim: lim, index: map[string]int{}, problems: problems}
	if cut {
		t.problems = append(t.problems, Problem{Code: "limit", Field: fieldPacket,
			Message: fmt.Sprintf("the XMP is larger than %d bytes, what follows was not read", lim.Bytes)})
	}
	if declaresEntities(data[:at]) {
		t.problems = append(t.problems, Problem{Code: "entity", Field: fieldPacket, Message: doctypeDropped})
	}
	r := &reader{lim: lim, scopes: newScopes(t.schema), out: t, said: map[string]bool{}}
	r.read(text)
	return &Packet{Tags: t.tags(), Problems: t.problems, content: t}, nil
}

// Get returns the value of a tag, of several the first, in the form of
// `exiftool -n`: Get("XMP-photoshop", "DateCreated"). It is "" if the packet
// does not have the tag.
func (p *Packet) Get(group, name string) string {
	if e := p.entry(group, name); e != nil {
		return e.values[0]
	}
	return ""
}

// Values returns the values of a tag one by one.
func (p *Packet) Values(group, name string) []string {
	if e := p.entry(group, name); e != nil {
		return e.values
	}
	return nil
}

// Raw returns the first value of a tag as written.
func (p *Packet) Raw(group, name string) string {
	if e := p.entry(group, name); e != nil {
		return e.raws[0]
	}
	return ""
}

func (p *Packet) entry(group, name string) *entry {
	if p.content == nil {
		return nil
	}
	at, ok := p.content.index[fieldName(group, name)]
	if !ok {
		return nil
	}
	return &p.content.entries[at]
}
