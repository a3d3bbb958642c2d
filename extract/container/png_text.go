package container

import (
	"bytes"
	"encoding/hex"
	"strconv"
	"strings"
)

// pngText reads a tEXt, zTXt or iTXt chunk: keyword, zero byte, text, the
// last two with a compression method and iTXt with two language tags.
func (s *scan) pngText(kind string, body, n int64) {
	data, err := s.read(body, n)
	if err != nil {
		s.failed("PNG:"+kind, err)
		return
	}
	keyword, rest, ok := bytes.Cut(data, []byte{0})
	if !ok || len(keyword) > 79 {
		s.problem("corrupt-structure", "PNG:"+kind, "a text chunk has no keyword")
		return
	}
	off := body + int64(len(keyword)) + 1
	packed := kind == "zTXt"
	if packed && len(rest) > 0 {
		rest = rest[1:] // compression method
	}
	if kind == "iTXt" {
		if packed, rest, ok = splitInternational(rest); !ok {
			s.problem("corrupt-structure", "PNG:iTXt", "a text chunk is too short")
			return
		}
		off = body + n - int64(len(rest))
	}
	if packed {
		if rest, err = s.inflate(rest); err != nil {
			s.failed("PNG:"+kind, err)
		}
		off = -1
	}
	s.pngKeyword(kind, strings.TrimSpace(string(keyword)), rest, off)
}

func splitInternational(b []byte) (packed bool, text []byte, ok bool) {
	if len(b) < 2 {
		return false, nil, false
	}
	packed = b[0] == 1
	_, b, ok = bytes.Cut(b[2:], []byte{0}) // language
	if !ok {
		return false, nil, false
	}
	_, b, ok = bytes.Cut(b, []byte{0}) // translated keyword
	return packed, b, ok
}

// pngKeyword files a text under what its keyword says it is.
func (s *scan) pngKeyword(kind, keyword string, text []byte, off int64) {
	if len(text) == 0 {
		return
	}
	path := "PNG:" + kind + "/" + keyword
	if profile, ok := strings.CutPrefix(keyword, "Raw profile type "); ok {
		s.rawProfile(path, profile, text)
		return
	}
	if keyword == "XML:com.adobe.xmp" {
		s.addBlock(Block{Kind: XMP, Path: path, Offset: off, Data: text})
		return
	}
	value := string(text)
	if kind == "tEXt" || kind == "zTXt" {
		value = cleanText(value)
	}
	name := pngTagName(keyword)
	switch name {
	case "Datecreate", "Datemodify": // ImageMagick's notes of the file that it converted, shown as written
		s.writtenStamp(map[string]string{"Datecreate": "PNG:CreateDate", "Datemodify": "PNG:ModifyDate"}[name], value)
	case "CreationTime", "CreateDate", "ModifyDate", "DateCreated", "DateTimeOriginal":
		value = s.writtenStamp("PNG:"+name, value)
	case "Software":
		s.info.Software = strings.TrimSpace(cleanText(value))
	case "Make":
		s.info.Make = strings.TrimSpace(cleanText(value))
	case "Model":
		s.info.Model = strings.TrimSpace(cleanText(value))
	}
	s.tag("PNG:"+name, value)
}

// pngTagName turns a keyword into ExifTool's tag name: words joined, each
// with a capital, and nothing but letters, digits and dashes kept.
func pngTagName(keyword string) string {
	switch strings.ToLower(keyword) {
	case "create-date":
		return "CreateDate"
	case "modify-date":
		return "ModifyDate"
	}
	var b strings.Builder
	upper := true
	for i := range len(keyword) {
		c := keyword[i]
		switch letter := c|0x20 >= 'a' && c|0x20 <= 'z'; {
		case c == ' ' || c == '\t' || c == '\n' || c == '\r':
			upper = true
			continue
		case !letter && (c < '0' || c > '9') && c != '-' && c != '_':
			continue
		case upper && letter:
			c &^= 0x20
		}
		upper = false
		b.WriteByte(c)
	}
	if b.Len() < 2 {
		return "Tag" + b.String()
	}
	return b.String()
}

// rawProfile decodes ImageMagick's form of carrying blocks in text: a line
// with the name, a line with the length, and then hexadecimal digits.
func (s *scan) rawProfile(path, profile string, text []byte) {
	lines := strings.TrimLeft(string(text), "\n")
	_, lines, _ = strings.Cut(lines, "\n")
	count, digits, ok := strings.Cut(strings.TrimLeft(lines, " \n"), "\n")
	want, err := strconv.Atoi(strings.TrimSpace(count))
	if !ok || err != nil || want < 0 {
		s.problem("corrupt-structure", path, "the raw profile has no length")
		return
	}
	packed := make([]byte, 0, min(len(digits), 2*want))
	for i := range len(digits) {
		if c := digits[i]; c > ' ' && len(packed) < 2*want {
			packed = append(packed, c)
		}
	}
	data := make([]byte, len(packed)/2)
	got, err := hex.Decode(data, packed[:len(packed)/2*2])
	if err != nil || got < want {
		s.problem("corrupt-structure", path, "the raw profile is cut off or not hexadecimal")
	}
	s.profileBlock(path, profile, data[:got])
}

// profileBlock files a raw profile by its content first: "exif" and "APP1"
// profiles hold either Exif or XMP with the identifiers of JPEG.
func (s *scan) profileBlock(path, profile string, data []byte) {
	kind := BlockKind("")
	switch {
	case bytes.HasPrefix(data, []byte(idEXIF)) && len(data) > 6:
		kind, data = EXIF, data[6:]
	case bytes.HasPrefix(data, []byte(idXMP)):
		kind, data = XMP, data[len(idXMP):]
	case bytes.HasPrefix(data, []byte(idPhotoshop)):
		kind, data = IPTC, data[len(idPhotoshop):]
	case bytes.HasPrefix(data, []byte("II*\x00")), bytes.HasPrefix(data, []byte("MM\x00*")):
		kind = EXIF
	case profile == "iptc" || profile == "8bim":
		kind = IPTC
	case profile == "xmp":
		kind = XMP
	case profile == "icc" || profile == "icm":
		kind = ICC
	}
	if kind != "" && len(data) > 0 {
		s.addBlock(Block{Kind: kind, Path: path, Offset: -1, Data: data})
	}
}

// pngICC inflates the colour profile: name, zero byte, method, data.
func (s *scan) pngICC(body, n int64) {
	data, err := s.read(body, n)
	if err != nil {
		s.failed("PNG:iCCP", err)
		return
	}
	_, rest, ok := bytes.Cut(data, []byte{0})
	if !ok || len(rest) < 2 {
		s.problem("corrupt-structure", "PNG:iCCP", "the colour profile is too short")
		return
	}
	profile, err := s.inflate(rest[1:])
	if err != nil {
		s.failed("PNG:iCCP", err)
	}
	if len(profile) > 0 {
		s.addBlock(Block{Kind: ICC, Path: "PNG:iCCP", Offset: -1, Data: profile})
	}
}
