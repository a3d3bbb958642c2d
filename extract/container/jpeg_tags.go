package container

import (
	"encoding/binary"
	"strconv"
	"strings"
	"time"
)

// namedSegments reads the application segments that hold a few values of
// their own. It says whether it knew the segment.
func (j *jpeg) namedSegment(n int, head []byte, body, size int64) bool {
	switch text := string(head); {
	case n == 0 && strings.HasPrefix(text, "JFIF\x00"):
		j.jfif(head[5:])
	case n == 0 && strings.HasPrefix(text, "JFXX\x00\x10") && size > 6:
		j.tag("JFIF:JFXX:ThumbnailImage", binaryValue(size-6))
	case n == 0 && len(text) > 14 && (text[:2] == "II" || text[:2] == "MM") && text[6:14] == "HEAPJPGM":
		j.block(CIFF, j.group+":APP0", body, size)
	case n == 2 && strings.HasPrefix(text, "MPF\x00"):
		j.multiPicture(body+4, size-4)
	case n == 6 && strings.HasPrefix(text, "GoPro\x00"):
		j.telemetry("APP6:GoPro:", body+6, body+size, 0)
	case n == 8 && strings.HasPrefix(text, "SPIFF\x00"):
		j.spiff(head[6:])
	case n == 12 && strings.HasPrefix(text, "Ducky"):
		j.ducky(body+5, size-5)
	case n == 12 && strings.Contains(text, "[picture info]"):
		j.pictureInfo(body, size)
	case n == 14 && strings.HasPrefix(text, "Adobe"):
		j.adobe(head[5:])
	default:
		return false
	}
	return true
}

func binaryValue(n int64) string {
	return "(Binary data " + strconv.FormatInt(n, 10) + " bytes, use -b option to extract)"
}

// jfif reads the header of JFIF 1.02.
func (j *jpeg) jfif(b []byte) {
	f := bigEndian(b)
	major, minor, unit, x, y := f.u8(), f.u8(), f.u8(), f.u16(), f.u16()
	if f.short {
		j.problem("corrupt-structure", j.group+":APP0", "the JFIF header is too short")
		return
	}
	j.tag("JFIF:JFIFVersion", strconv.Itoa(int(major))+" "+strconv.Itoa(int(minor)))
	j.tagInt("JFIF:ResolutionUnit", int(unit))
	j.tagInt("JFIF:XResolution", int(x))
	j.tagInt("JFIF:YResolution", int(y))
	if w, h := f.u8(), f.u8(); w > 0 && h > 0 {
		j.tagInt("JFIF:ThumbnailWidth", int(w))
		j.tagInt("JFIF:ThumbnailHeight", int(h))
	}
}

func (j *jpeg) adobe(b []byte) {
	f := bigEndian(b)
	version, flags0, flags1, transform := f.u16(), f.u16(), f.u16(), f.u8()
	if f.short {
		return
	}
	j.tagInt("APP14:Adobe:DCTEncodeVersion", int(version))
	j.tagInt("APP14:Adobe:APP14Flags0", int(flags0))
	j.tagInt("APP14:Adobe:APP14Flags1", int(flags1))
	j.tagInt("APP14:Adobe:ColorTransform", int(transform))
}

// spiff reads the header of SPIFF (ITU-T T.84, annex F).
func (j *jpeg) spiff(b []byte) {
	f := bigEndian(b)
	major, minor := int(f.u8()), int(f.u8())
	j.tag("APP8:SPIFF:SPIFFVersion", strconv.Itoa(major)+" "+strconv.Itoa(minor))
	for _, v := range []struct {
		name  string
		width int
	}{
		{"ProfileID", 1}, {"ColorComponents", 1}, {"", 2}, {"ImageHeight", 4}, {"ImageWidth", 4}, {"ColorSpace", 1}, {"BitsPerSample", 1},
		{"Compression", 1}, {"ResolutionUnit", 1}, {"YResolution", 4}, {"XResolution", 4},
	} {
		n := f.sized(v.width)
		if f.short {
			return
		}
		if v.name != "" {
			j.tagInt("APP8:SPIFF:"+v.name, clampInt(n))
		}
	}
}

// ducky reads what Photoshop's "Save for Web" notes: its quality setting, and
// texts in UTF-16 behind their length.
func (j *jpeg) ducky(body, n int64) {
	data, err := j.peek(body, int(n))
	if err != nil {
		return
	}
	for f := bigEndian(data); ; {
		id, size := f.u16(), int(f.u16())
		v := f.take(size)
		switch {
		case f.short || id == 0:
			return
		case id == 1 && size == 4:
			j.tagInt("Ducky:Quality", clampInt(uint64(binary.BigEndian.Uint32(v))))
		case id == 2 && size > 4:
			j.tag("Ducky:Comment", decodeUTF16(v[4:], false))
		case id == 3 && size > 4:
			j.tag("Ducky:Copyright", decodeUTF16(v[4:], false))
		}
	}
}

// pictureInfo reads the text of early Agfa, Polaroid and Olympus cameras:
// lines of name=value under headings in brackets.
func (j *jpeg) pictureInfo(body, n int64) {
	data, err := j.peek(body, int(n))
	if err != nil {
		return
	}
	for line := range strings.FieldsFuncSeq(string(data), func(r rune) bool { return r == '\r' || r == '\n' || r == 0 }) {
		name, value, ok := strings.Cut(strings.TrimSpace(line), "=")
		if !ok || name == "" || value == "" || strings.ContainsAny(name, " [") {
			continue
		}
		name, value = pictureInfoValue(name, value)
		if name == "DateTimeOriginal" {
			j.addStamp(Stamp{Field: "APP12:" + name, Text: value, Raw: value, Zero: blankDate(value)})
		}
		j.tag("APP12:PictureInfo:"+name, value)
	}
}

func pictureInfoValue(name, value string) (string, string) {
	seconds := func() string {
		if v, err := strconv.ParseFloat(value, 64); err == nil {
			return strconv.FormatFloat(v*1e-6, 'g', 15, 64)
		}
		return value
	}
	switch name {
	case "FNumber":
		return name, strings.TrimLeft(value, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz ")
	case "TimeDate":
		if v, err := strconv.ParseInt(value, 10, 64); err == nil && v < 1<<33 && v >= 0 {
			value = exifDate(time.Unix(v, 0))
		}
		return "DateTimeOriginal", value
	case "Shutter", "shtr":
		return "ExposureTime", seconds()
	case "Serial#":
		return "SerialNumber", value
	case "Type":
		return "CameraType", value
	case "FWare":
		return "FirmwareVersion", value
	case "ExpBias":
		return "ExposureCompensation", value
	case "Ytarget":
		return "YTarget", value
	case "ylevel":
		return "YLevel", value
	}
	return strings.ToUpper(name[:1]) + name[1:], value
}
