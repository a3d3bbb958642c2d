package c2pa

import (
	"bytes"
	"encoding/binary"
	"encoding/hex"
	"errors"
	"fmt"
)

// The content types of the superboxes that C2PA defines (specification 2.1,
// 11.1.4), as the first four bytes of their UUID; the rest is the same for all.
const (
	typeStore       = "c2pa"
	typeManifest    = "c2ma"
	typeUpdate      = "c2um"
	typeCompressed  = "c2cm"
	typeAssertions  = "c2as"
	typeClaim       = "c2cl"
	typeSignature   = "c2cs"
	typeCredentials = "c2vc"
	typeDataBoxes   = "c2db"
	uuidTail        = "00110010800000aa00389b71"
)

// superbox is a JUMBF superbox: a description and the boxes it describes
// (ISO/IEC 19566-5, 4 and A).
type superbox struct {
	uuid    [16]byte
	kind    string // "c2ma", "cbor", "json"; "" where the UUID is not one of ISO's or C2PA's
	label   string
	salt    []byte
	content []byte // all of the box but its header: what hashed references cover
	boxes   []box
	where   string                 // the labels from the top, for messages
	byLabel map[string][]*superbox // filled when first asked for
}

// box is one box inside a superbox, which may be a superbox itself.
type box struct {
	kind  string // "cbor", "json", "bfdb", "bidb", "uuid", …
	data  []byte
	super *superbox
}

var (
	errBoxDepth = errors.New("boxes lie too deep inside each other")
	errBoxCount = errors.New("there are too many boxes")
)

// jumbf reads boxes under a common bound.
type jumbf struct {
	boxes int
}

// readBox splits the first box off data. The length of a box may be 0, to the
// end of what holds it, or 1, followed by 8 bytes that state it.
func readBox(data []byte) (kind string, body, rest []byte, err error) {
	if len(data) < 8 {
		return "", nil, nil, fmt.Errorf("%d bytes are too few for a box", len(data))
	}
	size, head := uint64(binary.BigEndian.Uint32(data)), uint64(8)
	kind = string(data[4:8])
	switch size {
	case 0:
		size = uint64(len(data))
	case 1:
		if len(data) < 16 {
			return "", nil, nil, fmt.Errorf("the box %q ends inside its length", kind)
		}
		size, head = binary.BigEndian.Uint64(data[8:]), 16
	}
	if size < head || size > uint64(len(data)) {
		return kind, nil, nil, fmt.Errorf("the box %q states %d bytes where %d are left", kind, size, len(data))
	}
	return kind, data[head:size], data[size:], nil
}

// superbox reads the content of a superbox. What was read before the damage
// is returned with the error.
func (j *jumbf) superbox(content []byte, where string, depth int) (*superbox, error) {
	s := &superbox{content: content, where: where}
	if depth > maxBoxDepth {
		return s, errBoxDepth
	}
	kind, body, rest, err := readBox(content)
	if err == nil && kind != "jumd" {
		err = fmt.Errorf("it begins with %q, not with a description", kind)
	}
	if err == nil {
		err = s.describe(body)
	}
	if err != nil {
		return s, fmt.Errorf("the JUMBF box %s cannot be read: %w", where, err)
	}
	s.where = where + "/" + oneLine(s.label)
	for len(rest) > 0 {
		if j.boxes++; j.boxes > maxBoxes {
			return s, errBoxCount
		}
		kind, body, rest, err = readBox(rest)
		if err != nil {
			return s, fmt.Errorf("the JUMBF box %s breaks off: %w", s.where, err)
		}
		b := box{kind: kind, data: body}
		if kind == "jumb" {
			b.super, err = j.superbox(body, s.where, depth+1)
		}
		s.boxes = append(s.boxes, b)
		if err != nil {
			return s, err
		}
	}
	return s, nil
}

// describe reads a description box: UUID, toggles, and what the toggles say
// follows.
func (s *superbox) describe(d []byte) error {
	const hasLabel, hasID, hasDigest, hasPrivate = 2, 4, 8, 16
	if len(d) < 17 {
		return errors.New("its description is too short")
	}
	copy(s.uuid[:], d)
	if hex.EncodeToString(d[4:16]) == uuidTail {
		s.kind = string(d[:4])
	}
	toggles, d := d[16], d[17:]
	if toggles&hasLabel != 0 {
		end := bytes.IndexByte(d, 0)
		if end < 0 {
			return errors.New("its label has no end")
		}
		s.label, d = string(d[:end]), d[end+1:]
	}
	skip := 0
	if toggles&hasID != 0 {
		skip += 4
	}
	if toggles&hasDigest != 0 {
		skip += 32
	}
	if skip > len(d) {
		return errors.New("its description breaks off")
	}
	d = d[skip:]
	if toggles&hasPrivate != 0 || len(d) >= 8 {
		if kind, body, _, err := readBox(d); err == nil && kind == "c2sh" {
			s.salt = body
		}
	}
	return nil
}

// child finds the superbox of that label inside s. twice is set where there
// are two, so that which is meant is open.
func (s *superbox) child(label string) (found *superbox, twice bool) {
	if s.byLabel == nil {
		s.byLabel = map[string][]*superbox{}
		for _, b := range s.boxes {
			if b.super != nil {
				s.byLabel[b.super.label] = append(s.byLabel[b.super.label], b.super)
			}
		}
	}
	all := s.byLabel[label]
	if len(all) == 0 {
		return nil, false
	}
	return all[0], len(all) > 1
}

// first finds the first superbox of a kind inside s.
func (s *superbox) first(kind string) *superbox {
	for _, b := range s.boxes {
		if b.super != nil && b.super.kind == kind {
			return b.super
		}
	}
	return nil
}

// data gives the content of the first box of that kind inside s.
func (s *superbox) data(kind string) ([]byte, bool) {
	for _, b := range s.boxes {
		if b.kind == kind {
			return b.data, true
		}
	}
	return nil, false
}
