package workbench_test

import (
	"bytes"
	"image"
	"image/color"
	"image/jpeg"
	"net/http"
	"os"
	"strings"
	"testing"

	"github.com/firsthand-media/firsthand/verify"
	"github.com/firsthand-media/firsthand/verify/casefile"
)

// halves is a picture that is red on the left and blue on the right.
func halves(t *testing.T, w, h int) []byte {
	t.Helper()
	img := image.NewRGBA(image.Rect(0, 0, w, h))
	for y := range h {
		for x := range w {
			c := color.RGBA{200, uint8(y * 255 / h), 0, 255}
			if x >= w/2 {
				c = color.RGBA{0, uint8(x * 255 / w), 200, 255}
			}
			img.SetRGBA(x, y, c)
		}
	}
	var b bytes.Buffer
	if err := jpeg.Encode(&b, img, nil); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// TestOthersFilesAreNeverPages: what can hold script is a file to keep, under
// any name.
func TestOthersFilesAreNeverPages(t *testing.T) {
	const script = `<script>alert(1)</script>`
	b := startBench(t, map[string][]byte{
		"page.jpg":    []byte("<!doctype html><title>x</title>" + script),
		"drawing.png": []byte(`<svg xmlns="http://www.w3.org/2000/svg">` + script + `</svg>`),
		"paper.pdf":   []byte("%PDF-1.4\n1 0 obj<</OpenAction<</S/JavaScript/JS(app.alert(1))>>>>endobj"),
		"a.jpg":       append(halves(t, 64, 48), script...),
	})
	for name, want := range map[string]string{"page.jpg": "application/octet-stream", "drawing.png": "application/octet-stream", "paper.pdf": "application/octet-stream", "a.jpg": "image/jpeg"} {
		resp, _ := do(t, b.client, "GET", b.home+"media/"+b.of.ID+"/"+string(b.item(t, name))+"/original", nil)
		h := resp.Header
		if resp.StatusCode != 200 || h.Get("Content-Type") != want {
			t.Errorf("%s: %s %s, want %s", name, resp.Status, h.Get("Content-Type"), want)
		}
		if attached := strings.HasPrefix(h.Get("Content-Disposition"), "attachment"); attached != (want != "image/jpeg") {
			t.Errorf("%s: %s", name, h.Get("Content-Disposition"))
		}
		if !strings.Contains(h.Get("Content-Security-Policy"), "sandbox") || h.Get("X-Content-Type-Options") != "nosniff" || h.Get("Cache-Control") != "no-store" {
			t.Errorf("%s: %v", name, h)
		}
		if strings.Contains(h.Get("Content-Disposition"), name) {
			t.Errorf("%s: the file's own name is in a header", name)
		}
	}
}

func decoded(t *testing.T, what, body string) image.Image {
	t.Helper()
	img, err := jpeg.Decode(strings.NewReader(body))
	if err != nil {
		t.Fatalf("%s is no JPEG: %v", what, err)
	}
	return img
}

func TestSoftenedHereAndMasked(t *testing.T) {
	b := startBench(t, map[string][]byte{"a.jpg": halves(t, 800, 600)})
	digest := b.item(t, "a.jpg")
	at := b.home + "media/" + b.of.ID + "/" + string(digest) + "/"
	resp, body := do(t, b.client, "GET", at+"soft", nil)
	soft := decoded(t, "the softened picture", body)
	if _, grey := soft.(*image.Gray); !grey || soft.Bounds().Dx() > 48 {
		t.Errorf("the softened picture is a %T of %v", soft, soft.Bounds())
	}
	if !strings.Contains(resp.Header.Get("Cache-Control"), "private") {
		t.Errorf("the softened picture: %s", resp.Header.Get("Cache-Control"))
	}
	for what, side := range map[string]int{"thumb": 320, "preview": 800, "preview?grey=1": 800} {
		resp, body := do(t, b.client, "GET", at+what, nil)
		img := decoded(t, what, body)
		if _, grey := img.(*image.Gray); grey != (what != "preview") || img.Bounds().Dx() != side || resp.Header.Get("Cache-Control") != "no-store" {
			t.Errorf("%s is a %T of %v, %s", what, img, img.Bounds(), resp.Header.Get("Cache-Control"))
		}
	}
	mask := verify.Mask{X: 0.5, Y: 0, Width: 0.5, Height: 1}
	err := b.of.Writing(t.Context(), func(f *casefile.File) error {
		_, err := f.Mark(t.Context(), verify.Mark{By: "Ada", Items: []verify.Digest{digest}, Masks: &[]verify.Mask{mask}})
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	for _, what := range []string{"thumb", "preview", "preview?grey=1"} {
		_, body := do(t, b.client, "GET", at+what, nil)
		img := decoded(t, what, body)
		w, h := img.Bounds().Dx(), img.Bounds().Dy()
		for _, x := range []int{w/2 + 16, w - 2} {
			if r, g, bl, _ := img.At(x, h/3).RGBA(); max(r, g, bl)-min(r, g, bl) > 0x0800 || r>>8 < 0x78 || r>>8 > 0x88 {
				t.Errorf("%s shows at %d what is masked", what, x)
			}
		}
	}
	if _, body := do(t, b.client, "GET", at+"preview?unmasked=1", nil); len(body) < 1000 {
		t.Error("what is masked cannot be seen even when it is asked for")
	} else if r, _, bl, _ := decoded(t, "unmasked", body).At(700, 200).RGBA(); bl < r {
		t.Error("asked for unmasked, it is masked")
	}
	if resp, body := do(t, b.client, "GET", at+"original", nil); resp.StatusCode != http.StatusConflict || strings.Contains(body, "\xff\xd8") {
		t.Errorf("the file itself of a masked item: %s", resp.Status)
	}
	if resp, _ := do(t, b.client, "GET", at+"original?unmasked=1", nil); resp.StatusCode != 200 {
		t.Errorf("the file itself, asked for unmasked: %s", resp.Status)
	}
}

func TestOriginalInParts(t *testing.T) {
	picture := halves(t, 200, 100)
	b := startBench(t, map[string][]byte{"a.jpg": picture})
	at := b.home + "media/" + b.of.ID + "/" + string(b.item(t, "a.jpg")) + "/original"
	resp, body := do(t, b.client, "GET", at, func(r *http.Request) { r.Header.Set("Range", "bytes=10-19") })
	if resp.StatusCode != http.StatusPartialContent || body != string(picture[10:20]) {
		t.Errorf("a part: %s, %d bytes", resp.Status, len(body))
	}
	path, err := b.of.Original(t.Context(), b.item(t, "a.jpg"))
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, halves(t, 300, 100), 0o644); err != nil {
		t.Fatal(err)
	}
	if resp, body := do(t, b.client, "GET", at, nil); resp.StatusCode != 404 || !strings.Contains(body, "no longer the one") {
		t.Errorf("another file in its place: %s %q", resp.Status, body)
	}
}
