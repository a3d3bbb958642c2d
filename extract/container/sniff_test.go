package container

import (
	"bytes"
	"strings"
	"testing"
)

func TestSniffGoesByContent(t *testing.T) {
	page := "<!DOCTYPE html>\n<html><head><title>404 Not Found</title></head></html>"
	frame := cat("\xff\xfb\x90\x00", make([]byte, 413)) // layer III, 128 kbit/s, 44.1 kHz: 417 bytes
	adts := cat("\xff\xf1\x50\x80\x02\x1f\xfc", make([]byte, 9))
	packets := bytes.Repeat(cat(0x47, make([]byte, 187)), 5)
	for _, c := range []struct {
		name, format, mediaType, kind string
		file                          []byte
	}{
		{"jpeg", "jpeg", "image/jpeg", "image", jpegFile()},
		{"jpeg cut behind two bytes", "jpeg", "image/jpeg", "image", []byte("\xff\xd8")},
		{"png", "png", "image/png", "image", pngFile()},
		{"gif", "gif", "image/gif", "image", gifFile(1)},
		{"webp", "webp", "image/webp", "image", webpFile(lossyPicture)},
		{"heic", "heic", "image/heic", "image", pictureFile(nil, nil)},
		{"avif under the general brand", "avif", "image/heif", "image", mbox("ftyp", "mif1", be32(0), "mif1avif")},
		{"mp4", "mp4", "video/mp4", "video", movieFile(0, nil)},
		{"3gp", "3gp", "video/3gpp", "video", mbox("ftyp", "3gp5", be32(0), "isom")},
		{"quicktime without ftyp", "mov", "video/quicktime", "video", mbox("moov", mbox("mvhd"))},
		{"cr3", "cr3", "image/x-canon-cr3", "image", mbox("ftyp", "crx ", be32(0), "isom")},
		{"webm", "webm", "video/webm", "video", matroskaFile(false)},
		{"avi", "avi", "video/x-msvideo", "video", aviFile()},
		{"transport stream", "mpegts", "video/m2ts", "video", packets},
		{"tiff", "tiff", "image/tiff", "image", minimalTIFF},
		{"mp3 behind a tag", "mp3", "audio/mpeg", "audio", cat("ID3\x03\x00\x00\x00\x00\x00\x02xx", frame, frame)},
		{"mp3 without a tag", "mp3", "audio/mpeg", "audio", cat(frame, frame)},
		{"aac", "aac", "audio/aac", "audio", cat(adts, adts)},
		{"voice note", "ogg", "audio/ogg", "audio", cat("OggS\x00\x02", make([]byte, 22), "OpusHead")},
		{"web page saved as a picture", "html", "text/html", "document", []byte(page)},
		{"web page behind a comment", "html", "text/html", "document", []byte("\xef\xbb\xbf<!-- x -->\n<HTML lang=en>")},
		{"svg behind a declaration", "svg", "image/svg+xml", "image", []byte(`<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"/>`)},
		{"xml", "xml", "application/xml", "document", []byte(`<?xml version="1.0"?><Error><Code>AccessDenied</Code></Error>`)},
		{"json", "json", "application/json", "document", []byte(`{"error": "not found"}`)},
		{"text that begins with a bracket", "text", "text/plain", "document", []byte("[note] see below")},
		{"text cut inside a letter", "text", "text/plain", "document", cat(strings.Repeat("а", 3000))},
		{"pdf", "pdf", "application/pdf", "document", []byte("%PDF-1.7\n")},
		{"zip", "zip", "application/zip", "other", []byte("PK\x03\x04")},
		{"word document", "ooxml", "application/vnd.openxmlformats-officedocument", "document", cat("PK\x03\x04", make([]byte, 26), "[Content_Types].xml")},
		{"unknown", "", "application/octet-stream", "other", []byte("\x00\x01\x02\x03\x04\x05\x06\x07")},
		{"empty", "", "application/octet-stream", "other", nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			got, err := Sniff(bytes.NewReader(c.file), int64(len(c.file)))
			if err != nil || got.Format != c.format || got.MediaType != c.mediaType || got.Kind != c.kind {
				t.Errorf("got %+v, %v", got, err)
			}
		})
	}
}

func TestEveryFormatIsInTheTable(t *testing.T) {
	for _, m := range magics {
		if typeOf(m.format).Format == "" {
			t.Errorf("%s has no line", m.format)
		}
	}
	for line := range strings.Lines(strings.TrimSpace(formatTable)) {
		name := strings.TrimSpace(strings.SplitN(line, "|", 2)[0])
		if got := typeOf(name); got.MediaType == "" || got.Kind == "" || len(got.Ext) == 0 {
			t.Errorf("%s: %+v", name, got)
		}
	}
}

func TestSoundAloneIsAudio(t *testing.T) {
	file := bytes.Replace(movieFile(0, nil), []byte("vide"), []byte("soun"), 1)
	if got := read(t, file).Type; got.Kind != "audio" || got.MediaType != "audio/mp4" {
		t.Errorf("got %+v", got)
	}
}
