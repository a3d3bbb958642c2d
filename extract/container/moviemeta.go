package container

import (
	"encoding/binary"
	"math"
	"strconv"
	"strings"
)

// maxKeys bounds the names of one key table.
const maxKeys = 4096

// movieMeta reads a meta box of a movie: key names and a list of values
// (QuickTime File Format, "Metadata"), or iTunes' list under its own codes.
func (m *bmff) movieMeta(b box) {
	from := b.body
	if head, err := m.peek(b.body, 8); err == nil && b.size() >= 8 && string(head[4:]) != "hdlr" {
		from += 4 // a full box in MP4, a plain one in QuickTime
	}
	var keys []string
	m.boxes(from, b.end, "BMFF:meta", func(b box) {
		switch b.kind {
		case "hdlr":
			m.metaHandler(b)
		case "keys":
			keys = m.keyNames(b)
		case "ilst":
			m.itemList(b, keys)
		}
	})
}

// metaHandler states what a list of values is.
func (m *bmff) metaHandler(b box) {
	_, _, f := m.fullBox(b, 16)
	m.handlerTags("QuickTime:", string(f.take(4)), string(f.take(4)), string(f.take(4)))
}

func (m *bmff) keyNames(b box) []string {
	_, _, f := m.fullBox(b, 4)
	stated := int64(f.u32())
	count := min(stated, (b.size()-8)/8, maxKeys)
	if stated > (b.size()-8)/8 {
		m.problem("corrupt-structure", "BMFF:keys", "the list of keys states %d of them, more than its bytes can hold", stated)
	}
	var keys []string
	at := b.body + 8
	for ; count > 0 && at+8 <= b.end; count-- {
		head, err := m.peek(at, 8)
		if err != nil {
			break
		}
		size := int64(binary.BigEndian.Uint32(head))
		if size < 8 || size > b.end-at {
			m.problem("corrupt-structure", "BMFF:keys", "a key states an impossible length")
			break
		}
		name, err := m.peek(at+8, int(min(size-8, 256)))
		if err != nil {
			break
		}
		keys = append(keys, string(name))
		at += size
	}
	return keys
}

// itemList reads the values of ilst.
func (m *bmff) itemList(b box, keys []string) {
	m.boxes(b.body, b.end, "BMFF:ilst", func(b box) {
		group, name := "ItemList", nameIn(itemTexts, b.kind)
		if index := binary.BigEndian.Uint32([]byte(b.kind)); index > 0 && int64(index) <= int64(len(keys)) {
			group, name = "Keys", keyTagName(keys[index-1])
		}
		m.boxes(b.body, b.end, "BMFF:ilst", func(c box) {
			switch c.kind {
			case "mean", "name": // of "----" items
				if v, err := m.peek(c.body, int(min(c.size(), 128))); err == nil && len(v) > 4 && c.kind == "name" {
					name = keyTagName(string(v[4:]))
				}
			case "data":
				if value, ok := m.itemValue(b.kind, c); ok && name != "" {
					m.described(group, name, value)
				}
			}
		})
	})
}

// itemValue reads a data box as text: type, locale, value ("Well-known
// types" of the QuickTime File Format).
func (m *bmff) itemValue(item string, b box) (string, bool) {
	data, err := m.peek(b.body, int(min(b.size(), 32<<10)))
	if err != nil || len(data) < 8 {
		return "", false
	}
	kind := binary.BigEndian.Uint32(data) & 0xffffff
	v := data[8:]
	switch item {
	case "trkn", "disk":
		return numberOf(v)
	}
	switch kind {
	case 13, 14, 27: // a picture
		return binaryValue(b.size() - 8), true
	case 1:
		return cleanText(string(v)), true
	case 2:
		return decodeUTF16(v, false), true
	case 21, 22, 65, 66, 67, 74, 75, 76, 77, 78:
		return integerText(v, kind == 21 || kind == 65 || kind == 66 || kind == 67 || kind == 74)
	case 23:
		if len(v) == 4 {
			return strconv.FormatFloat(float64(math.Float32frombits(binary.BigEndian.Uint32(v))), 'g', 15, 64), true
		}
	case 24:
		if len(v) == 8 {
			return strconv.FormatFloat(math.Float64frombits(binary.BigEndian.Uint64(v)), 'g', 15, 64), true
		}
	}
	return "", false
}

// numberOf reads the number of a track or disk and how many there are.
func numberOf(v []byte) (string, bool) {
	f := bigEndian(v)
	f.skip(2)
	n, of := f.u16(), f.u16()
	if of > 0 {
		return strconv.Itoa(int(n)) + " of " + strconv.Itoa(int(of)), true
	}
	return strconv.Itoa(int(n)), n > 0
}

func integerText(v []byte, signed bool) (string, bool) {
	if len(v) == 0 || len(v) > 8 {
		return "", false
	}
	n := uint64(0)
	for _, c := range v {
		n = n<<8 | uint64(c)
	}
	if signed {
		shift := 64 - 8*len(v)
		return strconv.FormatInt(int64(n<<shift)>>shift, 10), true
	}
	return strconv.FormatUint(n, 10), true
}

// keyTagName turns a key into ExifTool's name: without the vendor's prefix,
// each part with a capital.
func keyTagName(key string) string {
	key = strings.TrimPrefix(key, "com.")
	key = strings.TrimPrefix(key, "apple.quicktime.")
	if name := keyTagNames[key]; name != "" {
		return name
	}
	return capitalised(key)
}

// capitalised joins the words of a key, each with a capital letter.
func capitalised(key string) string {
	var b strings.Builder
	upper := true
	for _, r := range key {
		switch {
		case r >= '0' && r <= '9' || r >= 'A' && r <= 'Z':
		case r >= 'a' && r <= 'z':
			if upper {
				r -= 'a' - 'A'
			}
		default:
			upper = true
			continue
		}
		upper = false
		b.WriteRune(r)
	}
	return b.String()
}

// described files a written value under its group and name, and draws the
// device, times and positions from it.
func (m *bmff) described(group, name, value string) {
	raw := cleanText(value)
	text := strings.TrimSpace(raw)
	shown := raw
	switch name {
	case "CreationDate", "CreationTime", "ContentCreateDate", "DateTimeOriginal", "LocationDate", "PurchaseDate":
		shown = m.writtenStamp(group+":"+name, raw)
	case "GPSCoordinates", "Location":
		if p, ok := parseISO6709(text); ok {
			p.Field, p.Raw = group+":"+name, raw
			m.info.Positions = append(m.info.Positions, p)
			if name == "GPSCoordinates" {
				shown = p.numbers()
			}
		}
	case "LocationAccuracyHorizontal":
		if v, err := strconv.ParseFloat(text, 64); err == nil && len(m.info.Positions) > 0 && v > 0 && v < 1e7 {
			m.info.Positions[len(m.info.Positions)-1].Accuracy = &v
		}
	case "Make", "AndroidMake", "AndroidManufacturer":
		setOnce(&m.info.Make, text)
	case "Model", "AndroidModel":
		setOnce(&m.info.Model, text)
	case "Software":
		m.info.Software = text // the recorder's own, where a muxer may have left its name before
	case "SoftwareVersion", "Encoder":
		setOnce(&m.info.Software, text)
	}
	m.tag("QuickTime:"+group+":"+name, shown)
}

// setOnce keeps the first value that is not empty.
func setOnce(to *string, v string) {
	if *to == "" {
		*to = v
	}
}
