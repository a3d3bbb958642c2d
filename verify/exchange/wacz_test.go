package exchange

import (
	"archive/zip"
	"bytes"
	"compress/gzip"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// warcText is a record as a crawler writes it.
func warcText(kind, uri, block string, more ...string) string {
	head := "WARC/1.1\r\nWARC-Type: " + kind + "\r\nWARC-Target-URI: " + uri + "\r\nWARC-Date: 2024-05-06T07:08:09Z\r\n"
	for _, m := range more {
		head += m + "\r\n"
	}
	return head + fmt.Sprintf("Content-Length: %d\r\n\r\n%s\r\n\r\n", len(block), block)
}

func response(status, head, body string) string {
	return "HTTP/1.1 " + status + "\r\n" + head + "\r\n" + body
}

// gzipped compresses each record by itself.
func gzipped(t testing.TB, records ...string) string {
	t.Helper()
	var b bytes.Buffer
	for _, r := range records {
		z := gzip.NewWriter(&b)
		if _, err := z.Write([]byte(r)); err != nil {
			t.Fatal(err)
		}
		if err := z.Close(); err != nil {
			t.Fatal(err)
		}
	}
	return b.String()
}

const pagesText = `{"format":"json-pages-1.0","id":"pages","title":"All"}` + "\n" +
	`{"url":"https://example.org/","ts":"2024-05-06T07:08:09Z","title":"Home"}` + "\n" + `{"url":"javascript:alert(1)","ts":""}` + "\n"

// waczText packs WARCs with pages and a datapackage that names all of them.
func waczText(t testing.TB, warcs ...string) string {
	t.Helper()
	members := []string{"pages/pages.jsonl", pagesText}
	members = append(members, warcs...)
	var resources []string
	for i := 0; i < len(members); i += 2 {
		resources = append(resources, fmt.Sprintf(`{"name":"x","path":%q,"hash":"sha256:%s","bytes":%d}`, members[i], sum256(members[i+1]), len(members[i+1])))
	}
	pack := `{"profile":"data-package","wacz_version":"1.1.1","title":"T","resources":[` + strings.Join(resources, ",") + `]}`
	members = append(members, "datapackage.json", pack, "datapackage-digest.json", `{"path":"datapackage.json","hash":"sha256:`+sum256(pack)+`"}`)
	return zipOfMembers(t, zip.Store, members...)
}

func TestWACZ(t *testing.T) {
	chunked := "4\r\npict\r\n3\r\nure\r\n0\r\n\r\n"
	name := waczText(t, "archive/a.warc.gz", gzipped(t,
		warcText("warcinfo", "", "software: x\r\n"),
		warcText("response", "https://example.org/", response("200 OK", "Content-Type: text/html\r\n", "<img src=p.jpg>")),
		warcText("response", "https://example.org/p.jpg?size=1", response("200 OK", "Content-Type: image/jpeg\r\nContent-Length: 7\r\n", "picture")),
		warcText("response", "https://example.org/p.jpg?size=1", response("200 OK", "Content-Type: image/jpeg\r\n", "picture")), // again
		warcText("response", "https://example.org/c.png", response("200 OK", "Content-Type: image/png\r\nTransfer-Encoding: chunked\r\n", chunked)),
		warcText("response", "https://example.org/z.gif", response("200 OK", "Content-Type: image/gif\r\nContent-Encoding: gzip\r\n", gzipped(t, "zipped"))),
		warcText("response", "https://example.org/v.mp4", response("206 Partial Content", "Content-Type: video/mp4\r\nContent-Range: bytes 0-3/4\r\n", "film")),
		warcText("response", "https://example.org/w.mp4", response("206 Partial Content", "Content-Type: video/mp4\r\nContent-Range: bytes 0-3/400\r\n", "film")),
		warcText("response", "https://example.org/t.mp4", response("200 OK", "Content-Type: video/mp4\r\n", "cut"), "WARC-Truncated: length"),
		warcText("response", "https://example.org/gone.jpg", response("404 Not Found", "Content-Type: image/jpeg\r\n", "none")),
		warcText("response", "https://example.org/i.svg", response("200 OK", "Content-Type: image/svg+xml\r\n", "<svg/>")),
		warcText("revisit", "https://example.org/p.jpg?size=1", response("200 OK", "Content-Type: image/jpeg\r\n", "")),
		warcText("resource", "urn:thumbnail:https://example.org/", "thumb", "Content-Type: image/png"),
	), "archive/b.warc", warcText("resource", "https://example.org/../../%2e%2e/r\u0001.JPG", "resource", "Content-Type: image/jpeg"))
	in, err := ReadWACZ(context.Background(), name)
	if err != nil {
		t.Fatal(err)
	}
	defer in.Close()
	var got []string
	for _, r := range in.Good {
		got = append(got, r.Value.File+" "+r.Value.URL)
	}
	want := []string{
		"0001-p.jpg https://example.org/p.jpg?size=1", "0002-c.png https://example.org/c.png", "0003-z.gif https://example.org/z.gif",
		"0004-v.mp4 https://example.org/v.mp4",
	}
	if len(got) < 4 || strings.Join(got[:4], "\n") != strings.Join(want, "\n") {
		t.Errorf("media\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
	var bad []string
	for _, b := range in.Bad {
		bad = append(bad, b.String())
	}
	for _, part := range []string{"w.mp4: only a part", "t.mp4: it was not saved whole", "javascript:"} {
		if !strings.Contains(strings.Join(bad, "\n"), part) {
			t.Errorf("no word of %s in %q", part, bad)
		}
	}
	if len(in.Pages) != 1 || in.Pages[0].Title != "Home" {
		t.Errorf("pages %v", in.Pages)
	}
	src, failed, err := in.Unpack(context.Background(), t.TempDir(), func(s string) string { return s })
	if err != nil || len(failed) > 0 {
		t.Fatal(err, failed)
	}
	for file, content := range map[string]string{"0001-p.jpg": "picture", "0002-c.png": "picture", "0003-z.gif": "zipped", "0004-v.mp4": "film"} {
		if b, err := os.ReadFile(filepath.Join(src.Dir, file)); err != nil || string(b) != content {
			t.Errorf("%s holds %q, %v", file, b, err)
		}
	}
	side, err := os.ReadFile(filepath.Join(src.Dir, savedName))
	if err != nil || !strings.Contains(string(side), `{"firsthand_saved":1,"file":"0001-p.jpg","url":"https://example.org/p.jpg?size=1","saved_at":"2024-05-06T07:08:09Z"}`) {
		t.Errorf("sidecar %s, %v", side, err)
	}
}

func TestAlteredWACZ(t *testing.T) {
	warc := warcText("resource", "https://example.org/r.jpg", "resource", "Content-Type: image/jpeg")
	pack := func(hash, digestOfPack string) string {
		text := `{"resources":[{"path":"archive/a.warc","hash":"sha256:` + hash + `"},{"path":"../evil","hash":"x"},{"path":"archive/none.warc","hash":"x"}]}`
		if digestOfPack == "" {
			digestOfPack = sum256(text)
		}
		return zipOfMembers(t, zip.Deflate, "archive/a.warc", warc, "archive/unnamed.warc", warc, "datapackage.json", text, "datapackage-digest.json", `{"hash":"sha256:`+digestOfPack+`"}`)
	}
	var changed *IntegrityError
	if _, err := ReadWACZ(context.Background(), pack(sum256(warc), sum256("another"))); !errors.As(err, &changed) {
		t.Errorf("a changed datapackage: %v", err)
	}
	in, err := ReadWACZ(context.Background(), pack(sum256(warc), ""))
	if err != nil {
		t.Fatal(err)
	}
	in.Close()
	if len(in.Good) != 1 || len(in.Bad) != 3 { // leads out, not there, not named
		t.Errorf("good %v, bad %v", in.Good, in.Bad)
	}
	in, err = ReadWACZ(context.Background(), pack(sum256("another"), ""))
	if err != nil {
		t.Fatal(err)
	}
	in.Close()
	if len(in.Good) != 0 || len(in.Bad) != 4 {
		t.Errorf("a changed WARC: good %v, bad %v", in.Good, in.Bad)
	}
	if _, err := ReadWACZ(context.Background(), zipOfMembers(t, zip.Store, "a", "b")); err == nil {
		t.Error("any zip is taken for a WACZ")
	}
}

func TestWARCBombStops(t *testing.T) {
	zeros := strings.Repeat("\x00", 120<<20)
	bomb := gzipped(t, warcText("response", "https://example.org/z.txt", zeros)) // some 120 kB
	in, err := ReadWACZ(context.Background(), waczText(t, "archive/a.warc.gz", bomb))
	if err != nil {
		t.Fatal(err)
	}
	defer in.Close()
	if len(in.Good) != 0 || !strings.Contains(fmt.Sprint(in.Bad), "unpacks to more") {
		t.Errorf("good %v, bad %v", in.Good, in.Bad)
	}
}

// FuzzWARC reads damaged records.
func FuzzWARC(f *testing.F) {
	f.Add([]byte(warcText("response", "https://example.org/p.jpg", response("200 OK", "Content-Type: image/jpeg\r\n", "x"))), false)
	f.Add([]byte(gzipped(f, warcText("resource", "https://example.org/r.jpg", "x", "Content-Type: image/png", " folded"))), true)
	f.Fuzz(func(t *testing.T, content []byte, packed bool) {
		b := &budget{left: 1 << 20}
		_ = eachWARC(bytes.NewReader(content), packed, b, func(rec warcRecord) error {
			var c Capture
			body, err := payload(rec, &c)
			if err == nil {
				_, _ = io.Copy(io.Discard, b.of(body))
				if name := captureName(1, c); strings.ContainsAny(name, "/\\\x00") {
					t.Errorf("a name %q", name)
				}
			}
			return nil
		})
	})
}
