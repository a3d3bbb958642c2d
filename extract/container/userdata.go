package container

import (
	"encoding/binary"
	"fmt"
	"strconv"
	"strings"
)

// maxUserText bounds one text of the user data.
const maxUserText = 32 << 10

// userData reads udta: QuickTime's © texts, 3GPP's boxes (TS 26.244, 8), and
// iTunes' meta.
func (m *bmff) userData(b box) {
	m.boxes(b.body, b.end, "BMFF:udta", func(b box) {
		switch b.kind {
		case "meta":
			m.movieMeta(b)
		case "XMP_":
			m.block(XMP, "BMFF:udta/XMP_", b.body, b.size())
		case "loci":
			m.location(b)
		case "titl", "dscp", "auth", "perf", "gnre", "cprt":
			m.mobileText(b)
		case "GPMF":
			m.telemetry("GoPro:", b.body, b.end, 0)
		case "CNTH":
			m.canonThumbnail(b)
		default:
			switch name := nameIn(userTexts, b.kind); {
			case b.kind[0] == 0xa9 || b.kind[0] == '@':
				m.internationalText(b)
			case name != "":
				m.plainUserText(b, name)
			}
		}
	})
}

// canonThumbnail reads the thumbnail of Canon's films: a JPEG with the camera's
// Exif in it.
func (m *bmff) canonThumbnail(b box) {
	m.boxes(b.body, b.end, "BMFF:CNTH", func(b box) {
		if b.kind == "CNDA" {
			m.embeddedJPEG(b.body, b.size(), "CNTH")
		}
	})
}

// internationalText reads a © item: length, language, text, possibly several
// times over. The first text is the one reported.
func (m *bmff) internationalText(b box) {
	name := nameIn(userTexts, b.kind)
	data, err := m.peek(b.body, int(min(b.size(), maxUserText)))
	if err != nil || len(data) < 4 || name == "" {
		return
	}
	f := bigEndian(data)
	length, language := int(f.u16()), f.u16()
	if length > len(f.b) && length <= len(data) { // some writers count the header
		length = len(f.b)
	}
	text := f.take(length)
	if f.short { // others write the bare text
		text = data
	}
	value := string(text)
	if language >= 0x400 && language != 0x7fff && len(text) >= 2 && text[0] == 0xfe && text[1] == 0xff {
		value = decodeUTF16(text[2:], false)
	}
	m.described("UserData", name, value)
}

// mobileText reads a text box of 3GPP: version, flags, language, text in
// UTF-8 or marked UTF-16.
func (m *bmff) mobileText(b box) {
	data, err := m.peek(b.body, int(min(b.size(), maxUserText)))
	if err != nil || len(data) < 7 {
		return
	}
	m.described("UserData", nameIn(userTexts, b.kind), takeText(bigEndian(data[6:])))
}

// plainUserText reads items that hold nothing but text.
func (m *bmff) plainUserText(b box, name string) {
	data, err := m.peek(b.body, int(min(b.size(), 1024)))
	if err != nil {
		return
	}
	text := strings.Trim(string(data), "\x00")
	if text != "" && decodable([]byte(text)) {
		m.described("UserData", name, text)
	}
}

func decodable(b []byte) bool {
	_, ok := decodeText(b)
	return ok
}

// location reads 3GPP's loci: language, name, role, longitude, latitude and
// altitude in 16.16, body, notes (TS 26.244, table 8.10).
func (m *bmff) location(b box) {
	data, err := m.peek(b.body, int(min(b.size(), 1024)))
	if err != nil {
		m.failed("BMFF:loci", err)
		return
	}
	f := bigEndian(data)
	f.skip(6)
	name := takeText(f)
	role := f.u8()
	longitude, latitude, altitude := f.fixed16(), f.fixed16(), f.fixed16()
	if f.short {
		m.problem("corrupt-structure", "BMFF:loci", "the location is too short")
		return
	}
	body, notes := takeText(f), takeText(f)
	roles := []string{"shooting", "real", "fictional"}
	roleName := strconv.Itoa(int(role))
	if int(role) < len(roles) {
		roleName = roles[role]
	}
	shown := name
	if shown == "" {
		shown = "(none)"
	}
	raw := fmt.Sprintf("%s Role=%s Lat=%.5f Lon=%.5f Alt=%.2f Body=%s Notes=%s", shown, roleName, latitude, longitude, altitude, body, notes)
	m.tag("QuickTime:UserData:LocationInformation", raw)
	if latitude < -90 || latitude > 90 || longitude < -180 || longitude > 180 {
		m.problem("corrupt-structure", "BMFF:loci", "the location lies outside the globe")
		return
	}
	m.info.Positions = append(m.info.Positions, Position{
		Field: "3GPP:Location", Latitude: latitude, Longitude: longitude, Altitude: &altitude, Name: name, Raw: raw,
	})
}

// takeText takes a text that ends in a zero, of two bytes after a byte
// order mark.
func takeText(f *fields) string {
	if len(f.b) < 2 || binary.BigEndian.Uint16(f.b) != 0xfeff {
		return cleanText(f.text())
	}
	end := len(f.b)
	for i := 2; i+1 < len(f.b); i += 2 {
		if f.b[i] == 0 && f.b[i+1] == 0 {
			end = i
			break
		}
	}
	s := decodeUTF16(f.b[2:end], false)
	f.b = f.b[min(end+2, len(f.b)):]
	return s
}
