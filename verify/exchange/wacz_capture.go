package exchange

import (
	"bufio"
	"compress/gzip"
	"compress/zlib"
	"errors"
	"fmt"
	"io"
	"mime"
	"net/http"
	"net/url"
	"path"
	"strings"
)

// errNoMedium is a record that holds no photo, video or sound.
var errNoMedium = errors.New("no medium")

// payload gives the bytes as the server meant them.
func payload(rec warcRecord, c *Capture) (io.Reader, error) {
	switch rec.header.Get("WARC-Type") {
	case "resource":
		c.Type, _, _ = mime.ParseMediaType(rec.header.Get("Content-Type"))
		if !isMediaType(c.Type) {
			return nil, errNoMedium
		}
		return rec.block, nil
	case "response":
	default:
		return nil, errNoMedium
	}
	answer, err := http.ReadResponse(bufio.NewReader(io.LimitReader(rec.block, 1<<62)), nil)
	if err != nil {
		return nil, errNoMedium // not of the web, or broken: not told to be a medium
	}
	c.Type, _, _ = mime.ParseMediaType(answer.Header.Get("Content-Type"))
	if !isMediaType(c.Type) {
		return nil, errNoMedium
	}
	if rec.header.Get("WARC-Truncated") != "" {
		return nil, fmt.Errorf("it was not saved whole (%.40s)", rec.header.Get("WARC-Truncated"))
	}
	switch {
	case answer.StatusCode == http.StatusPartialContent && !wholeRange(answer.Header.Get("Content-Range")):
		return nil, fmt.Errorf("only a part of it was saved (%.60s)", answer.Header.Get("Content-Range"))
	case answer.StatusCode != http.StatusOK && answer.StatusCode != http.StatusPartialContent:
		return nil, errNoMedium
	}
	switch coding := strings.ToLower(answer.Header.Get("Content-Encoding")); coding {
	case "", "identity":
		return answer.Body, nil
	case "gzip":
		return gzip.NewReader(answer.Body)
	case "deflate":
		return zlib.NewReader(answer.Body)
	default:
		return nil, fmt.Errorf("it was saved in the coding %.20q, which is not read", coding)
	}
}

func isMediaType(t string) bool {
	kind, sub, _ := strings.Cut(t, "/")
	return (kind == "image" || kind == "video" || kind == "audio") && !strings.Contains(sub, "svg") && !strings.Contains(sub, "mpegurl")
}

// wholeRange says whether a range is all there is: "bytes 0-99/100".
func wholeRange(s string) bool {
	var first, last, all int64
	n, err := fmt.Sscanf(s, "bytes %d-%d/%d", &first, &last, &all)
	return err == nil && n == 3 && first == 0 && last == all-1
}

// budget bounds what is unpacked in all.
type budget struct{ left int64 }

type budgeted struct {
	b *budget
	r io.Reader
}

func (b *budget) of(r io.Reader) io.Reader { return budgeted{b, r} }

func (b budgeted) Read(p []byte) (int, error) {
	n, err := b.r.Read(p)
	if b.b.left -= int64(n); b.b.left < 0 {
		return n, fmt.Errorf("it unpacks to more than %d times its size, as archives do that are made to do harm", maxRatio)
	}
	return n, err
}

// captureName is a name for a medium: its number, what the address calls it,
// and an ending by its type.
func captureName(n int, c Capture) string {
	u, err := url.Parse(c.URL)
	base := ""
	if err == nil {
		base = path.Base(u.Path)
	}
	stem := strings.TrimSuffix(base, path.Ext(base))
	if stem = safeName(stem); stem == "_" {
		stem = "file"
	}
	if len(stem) > 60 {
		stem = safeName(strings.ToValidUTF8(stem[:60], ""))
	}
	return fmt.Sprintf("%04d-%s%s", n, stem, endingOf(c.Type, base))
}

// endings of the types that are common; mime's own depend on the machine.
var endings = map[string]string{
	"image/jpeg": ".jpg", "image/png": ".png", "image/gif": ".gif", "image/webp": ".webp", "image/avif": ".avif", "image/heic": ".heic",
	"image/tiff": ".tif", "image/bmp": ".bmp", "video/mp4": ".mp4", "video/webm": ".webm", "video/quicktime": ".mov", "video/x-matroska": ".mkv",
	"video/mp2t": ".ts", "audio/mpeg": ".mp3", "audio/mp4": ".m4a", "audio/ogg": ".ogg", "audio/wav": ".wav", "audio/webm": ".weba", "video/ogg": ".ogv",
}

func endingOf(mediaType, base string) string {
	if e := endings[mediaType]; e != "" {
		return e
	}
	return safeExtension(base)
}
