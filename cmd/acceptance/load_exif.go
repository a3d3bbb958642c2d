package main

import (
	"encoding/binary"
	"fmt"
	"math"
	"math/rand/v2"
	"time"
)

// Fields of EXIF that a telephone writes, and types of their values.
const (
	tagMake, tagModel, tagModified    = 0x010F, 0x0110, 0x0132
	tagExif, tagGPS                   = 0x8769, 0x8825
	tagTaken, tagOffset               = 0x9003, 0x9011
	tagLatRef, tagLat, tagLonRef      = 1, 2, 3
	tagLon, tagGPSTime, tagGPSDate    = 4, 7, 0x1D
	typeASCII, typeLong, typeFraction = 2, 4, 5
)

var loadCameras = [][2]string{{"Apple", "iPhone 13"}, {"samsung", "SM-A525F"}, {"Xiaomi", "M2101K6G"}, {"HUAWEI", "ELE-L29"}, {"Google", "Pixel 6"}}

// withExif puts what the camera notes into a JPEG: the clock always, its offset
// mostly, the position for two of three.
func withExif(jpg []byte, c *loadCapture, rng *rand.Rand) []byte {
	camera := loadCameras[rng.IntN(len(loadCameras))]
	offset := 2 * time.Hour
	face := c.at.Add(offset).Format("2006:01:02 15:04:05")
	exif := []field{ascii(tagTaken, face)}
	if rng.IntN(3) > 0 {
		exif = append(exif, ascii(tagOffset, fmt.Sprintf("+%02d:00", int(offset.Hours()))))
	}
	var gps []field
	if rng.IntN(3) > 0 {
		gps = []field{
			ascii(tagLatRef, "N"), fractions(tagLat, sexagesimal(c.lat)...), ascii(tagLonRef, "E"), fractions(tagLon, sexagesimal(c.lon)...),
			fractions(tagGPSTime, float64(c.at.Hour()), float64(c.at.Minute()), float64(c.at.Second())), ascii(tagGPSDate, c.at.Format("2006:01:02")),
		}
	}
	root := []field{ascii(tagMake, camera[0]), ascii(tagModel, camera[1]), ascii(tagModified, face), long(tagExif, 0)}
	if gps != nil {
		root = append(root, long(tagGPS, 0))
	}
	at := 8 + sizeOf(root)
	root[3] = long(tagExif, at)
	if gps != nil {
		root[4] = long(tagGPS, at+sizeOf(exif))
	}
	tiff := []byte("MM\x00\x2a\x00\x00\x00\x08")
	for _, fields := range [][]field{root, exif, gps} {
		if fields != nil {
			tiff = appendFields(tiff, fields)
		}
	}
	head := binary.BigEndian.AppendUint16([]byte{0xFF, 0xD8, 0xFF, 0xE1}, uint16(len(tiff)+8))
	head = append(append(head, "Exif\x00\x00"...), tiff...)
	return append(head, jpg[2:]...)
}

// field is one entry of a TIFF directory.
type field struct {
	tag, kind uint16
	count     int
	value     []byte
}

func ascii(tag uint16, s string) field {
	return field{tag, typeASCII, len(s) + 1, append([]byte(s), 0)}
}

func long(tag uint16, v int) field {
	return field{tag, typeLong, 1, binary.BigEndian.AppendUint32(nil, uint32(v))}
}

func fractions(tag uint16, values ...float64) field {
	f := field{tag: tag, kind: typeFraction, count: len(values)}
	for _, v := range values {
		f.value = binary.BigEndian.AppendUint32(f.value, uint32(math.Round(v*10000)))
		f.value = binary.BigEndian.AppendUint32(f.value, 10000)
	}
	return f
}

// sexagesimal gives degrees, minutes and seconds.
func sexagesimal(v float64) []float64 {
	d := math.Floor(v)
	m := math.Floor((v - d) * 60)
	return []float64{d, m, (v - d - m/60) * 3600}
}

// sizeOf is what a directory takes, with the values that do not fit into it.
func sizeOf(fields []field) int { return len(appendFields(nil, fields)) }

// appendFields writes a directory, and its longer values behind it. Fields are
// in the order of their tags.
func appendFields(to []byte, fields []field) []byte {
	order := binary.BigEndian
	behind := len(to) + 2 + 12*len(fields) + 4
	var values []byte
	to = order.AppendUint16(to, uint16(len(fields)))
	for _, f := range fields {
		to = order.AppendUint16(to, f.tag)
		to = order.AppendUint16(to, f.kind)
		to = order.AppendUint32(to, uint32(f.count))
		if len(f.value) <= 4 {
			to = append(to, append(f.value, 0, 0, 0, 0)[:4]...)
			continue
		}
		to = order.AppendUint32(to, uint32(behind+len(values)))
		values = append(values, f.value...)
		if len(values)%2 == 1 {
			values = append(values, 0)
		}
	}
	return append(append(to, 0, 0, 0, 0), values...)
}
