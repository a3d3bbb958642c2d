package exif

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"strings"
	"unicode/utf16"
	"unicode/utf8"
)

// decodeText reads bytes as UTF-8 and, where they are not, as ISO 8859-1,
// which loses nothing: EXIF before 3.0 allows ASCII only, and writers put
// whatever their system uses.
func decodeText(b []byte) string {
	if utf8.Valid(b) {
		return string(b)
	}
	runes := make([]rune, len(b))
	for i, c := range b {
		runes[i] = rune(c)
	}
	return string(runes)
}

// decodeUTF16 reads UTF-16 up to the first zero; a byte order mark goes before
// the order given.
func decodeUTF16(b []byte, bigEndian bool) string {
	var order binary.ByteOrder = binary.LittleEndian
	if bigEndian {
		order = binary.BigEndian
	}
	units := make([]uint16, 0, len(b)/2)
	for ; len(b) >= 2; b = b[2:] {
		u := order.Uint16(b)
		switch {
		case u == 0:
			return string(utf16.Decode(units))
		case len(units) == 0 && u == 0xfeff:
			continue
		case len(units) == 0 && u == 0xfffe:
			return decodeUTF16(b[2:], !bigEndian)
		}
		units = append(units, u)
	}
	return string(utf16.Decode(units))
}

// writtenText reads a value of type ASCII. Writers pad the device's names with
// space, which says nothing; Copyright holds a second text behind a zero byte.
func (t *Tag) writtenText() string {
	s, err := t.value.StringVal()
	if err != nil {
		return ""
	}
	switch t.Name {
	case "Make", "Model", "Software", "Artist":
		return strings.TrimRight(decodeText([]byte(s)), " \t\r\n\f\v")
	case "SubSecTime", "SubSecTimeOriginal", "SubSecTimeDigitized":
		return strings.TrimRight(decodeText([]byte(s)), " ")
	case "Copyright":
		return copyright(t.value.Val)
	}
	return decodeText([]byte(s))
}

// copyright joins the photographer's and the editor's notice by a line break
// (EXIF 3.0 section 4.6.4).
func copyright(b []byte) string {
	photographer, rest, _ := bytes.Cut(b, []byte{0})
	editor, _, _ := bytes.Cut(rest, []byte{0})
	text := strings.TrimRight(decodeText(photographer), " ")
	if more := strings.TrimRight(decodeText(editor), " "); more != "" {
		text += "\n" + more
	}
	return text
}

// isXP says that a tag is one of Windows' own, UTF-16LE in bytes.
func isXP(id uint16) bool { return id >= 0x9c9b && id <= 0x9c9f || id == 0x4747 }

// isCommented says that a value begins with eight bytes that name its
// character set (EXIF 3.0 section 4.6.5, UserComment).
func (t *Tag) isCommented() bool {
	switch t.Name {
	case "UserComment", "GPSProcessingMethod", "GPSAreaInformation":
		return true
	}
	return false
}

// undefinedText reads a value of type undefined as text.
func (t *Tag) undefinedText() string {
	b := t.value.Val
	if t.isCommented() {
		return commentText(b)
	}
	if i := bytes.IndexByte(b, 0); i >= 0 {
		b = b[:i]
	}
	return decodeText(b)
}

func commentText(b []byte) string {
	if len(b) < 8 {
		return decodeText(bytes.TrimRight(b, "\x00 "))
	}
	set, rest := string(bytes.TrimRight(b[:8], "\x00 ")), b[8:]
	switch {
	case set == "UNICODE":
		return strings.TrimRight(decodeUTF16(rest, unicodeBigEndian(rest)), " ")
	case set == "ASCII", set == "JIS", set == "":
		if i := bytes.IndexByte(rest, 0); i >= 0 {
			rest = rest[:i]
		}
		return decodeText(bytes.TrimRight(rest, " "))
	}
	if i := bytes.IndexByte(b, 0); i >= 0 {
		b = b[:i]
	}
	return decodeText(bytes.TrimRight(b, " ")) // no character set was named
}

// unicodeBigEndian guesses the order of UTF-16 without a mark, for writers
// disagree whether it is that of the block: characters differ more in their
// low byte than in their high one.
func unicodeBigEndian(b []byte) bool {
	var even, odd [256]bool
	nEven, nOdd := 0, 0
	for i, c := range b {
		if i%2 == 0 && !even[c] {
			even[c] = true
			nEven++
		}
		if i%2 == 1 && !odd[c] {
			odd[c] = true
			nOdd++
		}
	}
	return nEven < nOdd
}

// undefinedString prints a value of type undefined: as text where the tag is
// known to hold text or all of it is printable, else as numbers.
func (t *Tag) undefinedString() string {
	b := t.value.Val
	if t.isCommented() {
		return commentText(b)
	}
	trimmed := bytes.TrimRight(b, "\x00")
	printable := len(trimmed) > 0
	for _, c := range trimmed {
		printable = printable && c >= 0x20 && c < 0x7f
	}
	switch {
	case printable:
		return string(trimmed)
	case len(b) > 16:
		return binaryText(len(b))
	}
	return joined(b, func(c byte) string { return fmt.Sprint(c) })
}
