package main

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"github.com/rogpeppe/go-internal/testscript"
)

// cameraCommand writes a made picture as a camera would, with the reading of
// its clock: camera FILE SCENE 2024-05-01T13:00:00 [+03:00|-] [SATELLITE-TIME].
// The zone is the one that the camera states; - states none.
func cameraCommand(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 3 || len(args) > 5 {
		ts.Fatalf("usage: camera FILE SCENE CLOCK [ZONE|-] [SATELLITE-TIME]")
	}
	path := ts.MkAbs(args[0])
	ts.Check(os.MkdirAll(filepath.Dir(path), 0o755))
	ts.Check(writePicture(path, args[1], nil))
	picture, err := os.ReadFile(path)
	ts.Check(err)
	zone, fix := "-", ""
	if len(args) > 3 {
		zone = args[3]
	}
	if len(args) > 4 {
		fix = args[4]
	}
	block, err := cameraBlock(args[2], zone, fix)
	ts.Check(err)
	segment := binary.BigEndian.AppendUint16([]byte{0xff, 0xe1}, uint16(len(block)+2))
	ts.Check(os.WriteFile(path, bytes.Join([][]byte{picture[:2], segment, block, picture[2:]}, nil), 0o644))
	at := time.Date(2024, 5, 1, 12, 0, 0, 0, time.UTC)
	ts.Check(os.Chtimes(path, at, at))
}

// cameraBlock is an EXIF block of the camera Acme One: its three directories,
// one after the other, each with its values behind it.
func cameraBlock(clock, zone, fix string) ([]byte, error) {
	const layout = "2006-01-02T15:04:05"
	at, err := time.Parse(layout, clock)
	if err != nil {
		return nil, err
	}
	inner := []tiffTag{ascii(0x9003, at.Format("2006:01:02 15:04:05"))}
	if zone != "-" {
		inner = append(inner, ascii(0x9011, zone))
	}
	var gps []tiffTag
	if fix != "" {
		seen, err := time.Parse(layout, fix)
		if err != nil {
			return nil, err
		}
		var hms []byte
		for _, n := range [3]int{seen.Hour(), seen.Minute(), seen.Second()} {
			hms = binary.LittleEndian.AppendUint32(hms, uint32(n))
			hms = binary.LittleEndian.AppendUint32(hms, 1)
		}
		gps = []tiffTag{{7, 5, 3, hms}, ascii(0x1d, seen.Format("2006:01:02"))}
	}
	outer := func(innerAt, gpsAt int) []tiffTag {
		return []tiffTag{ascii(0x10f, "Acme"), ascii(0x110, "One"), pointer(0x8769, innerAt), pointer(0x8825, gpsAt)}
	}
	const first = 8
	innerAt := first + len(directory(outer(0, 0), first))
	gpsAt := innerAt + len(directory(inner, innerAt))
	tiff := fmt.Appendf(nil, "II*\x00\x08\x00\x00\x00%s%s%s", directory(outer(innerAt, gpsAt), first), directory(inner, innerAt), directory(gps, gpsAt))
	return append([]byte("Exif\x00\x00"), tiff...), nil
}

// tiffTag is one entry of a TIFF directory.
type tiffTag struct {
	tag, kind uint16
	count     int
	value     []byte
}

func ascii(tag uint16, s string) tiffTag { return tiffTag{tag, 2, len(s) + 1, append([]byte(s), 0)} }

func pointer(tag uint16, to int) tiffTag {
	return tiffTag{tag, 4, 1, binary.LittleEndian.AppendUint32(nil, uint32(to))}
}

// directory writes tags, which are in order, for a place in the block.
func directory(tags []tiffTag, at int) []byte {
	head := binary.LittleEndian.AppendUint16(nil, uint16(len(tags)))
	behind := at + 2 + 12*len(tags) + 4
	var values []byte
	for _, t := range tags {
		head = binary.LittleEndian.AppendUint16(head, t.tag)
		head = binary.LittleEndian.AppendUint16(head, t.kind)
		head = binary.LittleEndian.AppendUint32(head, uint32(t.count))
		if len(t.value) <= 4 {
			head = append(head, append(t.value, 0, 0, 0, 0)[:4]...)
			continue
		}
		head = binary.LittleEndian.AppendUint32(head, uint32(behind+len(values)))
		values = append(values, t.value...)
	}
	return append(append(head, 0, 0, 0, 0), values...)
}
