package publish

import (
	"bytes"
	"encoding/binary"
	"errors"
	"hash/crc32"
	"image"
	"image/color"
	"image/gif"
	"image/jpeg"
	"image/png"
	"os/exec"
	"slices"
	"strings"
	"testing"

	"github.com/firsthand-media/firsthand/extract"
)

const secret = "Olena 50.00021N +380501234567"

func drawn() *image.RGBA {
	m := image.NewRGBA(image.Rect(0, 0, 48, 32))
	for i := range m.Pix {
		m.Pix[i] = byte(i * 37 / 5)
	}
	return m
}

func encoded(t testing.TB, kind string) []byte {
	t.Helper()
	var b bytes.Buffer
	var err error
	switch kind {
	case "image/jpeg":
		err = jpeg.Encode(&b, drawn(), nil)
	case "image/png":
		err = png.Encode(&b, drawn())
	case "image/gif":
		frame := image.NewPaletted(image.Rect(0, 0, 48, 32), color.Palette{color.Black, color.White})
		for i := range frame.Pix {
			frame.Pix[i] = byte(i / 7 & 1)
		}
		err = gif.EncodeAll(&b, &gif.GIF{Image: []*image.Paletted{frame, frame}, Delay: []int{5, 5}, LoopCount: 3})
	}
	if err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// laden puts the secret wherever the format has room for one.
func laden(t testing.TB, kind string) []byte {
	plain := encoded(t, kind)
	segment := func(marker byte, body string) []byte {
		return append([]byte{0xff, marker, byte((len(body) + 2) >> 8), byte(len(body) + 2)}, body...)
	}
	chunk := func(name, body string) []byte {
		c := binary.BigEndian.AppendUint32(nil, uint32(len(body)))
		c = append(append(c, name...), body...)
		return binary.BigEndian.AppendUint32(c, crc32.ChecksumIEEE(c[4:]))
	}
	switch kind {
	case "image/jpeg":
		return slices.Concat(plain[:2],
			segment(0xe0, "JFIF\x00\x01\x02\x00\x00\x48\x00\x48\x01\x01"+"abc"+secret),
			segment(0xe1, "Exif\x00\x00MM\x00\x2a\x00\x00\x00\x08\x00\x01\x01\x0f\x00\x02\x00\x00\x00\x1e\x00\x00\x00\x1a\x00\x00\x00\x00"+secret),
			segment(0xe1, "http://ns.adobe.com/xap/1.0/\x00<x:xmpmeta>"+secret),
			segment(0xe0, "JFXX\x00\x10"+secret), segment(0xe2, "MPF\x00MM\x00\x2a"+secret), // other pictures within the file
			segment(0xed, "Photoshop 3.0\x008BIM"+secret), segment(0xeb, "JP"+secret), segment(0xfe, secret),
			plain[2:], []byte(secret))
	case "image/png":
		return slices.Concat(plain[:33], chunk("tEXt", "Author\x00"+secret), chunk("eXIf", "MM\x00\x2a"+secret), chunk("prVt", secret), plain[33:], []byte(secret))
	}
	comment := slices.Concat([]byte{0x21, 0xfe, byte(len(secret))}, []byte(secret), []byte{0})
	xmp := slices.Concat([]byte{0x21, 0xff, 11}, []byte("XMP DataXMP"), []byte{byte(len(secret))}, []byte(secret), []byte{0})
	head := 13 + int(gifTable(plain[10]))
	return slices.Concat(plain[:head], comment, xmp, plain[head:], []byte(secret))
}

func copied(t testing.TB, file []byte, media extract.Media) []byte {
	t.Helper()
	var out bytes.Buffer
	if err := Copy(&out, bytes.NewReader(file), int64(len(file)), &media); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func TestCopyKeepsThePictureAlone(t *testing.T) {
	for _, kind := range []string{"image/jpeg", "image/png", "image/gif"} {
		file := laden(t, kind)
		got := copied(t, file, extract.Media{MediaType: kind})
		if bytes.Contains(got, []byte(secret)) || bytes.Contains(got, []byte("Olena")) {
			t.Errorf("%s: the copy still says what the file said", kind)
		}
		want, _, err := image.Decode(bytes.NewReader(encoded(t, kind)))
		if err != nil {
			t.Fatal(err)
		}
		have, _, err := image.Decode(bytes.NewReader(got))
		if err != nil {
			t.Fatalf("%s: %v", kind, err)
		}
		for y := range 32 {
			for x := range 48 {
				if want.At(x, y) != have.At(x, y) {
					t.Fatalf("%s: pixel %d,%d differs", kind, x, y)
				}
			}
		}
	}
}

func TestCopyKeepsAnAnimation(t *testing.T) {
	got, err := gif.DecodeAll(bytes.NewReader(copied(t, laden(t, "image/gif"), extract.Media{MediaType: "image/gif"})))
	if err != nil || len(got.Image) != 2 || got.LoopCount != 3 || got.Delay[1] != 5 {
		t.Errorf("animation is %+v, %v", got, err)
	}
}

func TestCopyOfWebP(t *testing.T) {
	chunk := func(name, body string) []byte {
		c := binary.LittleEndian.AppendUint32([]byte(name), uint32(len(body)))
		return append(append(c, body...), make([]byte, len(body)&1)...)
	}
	riff := func(parts ...[]byte) []byte {
		body := slices.Concat(parts...)
		return slices.Concat([]byte("RIFF"), binary.LittleEndian.AppendUint32(nil, uint32(len(body)+4)), []byte("WEBP"), body)
	}
	picture := chunk("VP8L", "\x2f\x01\x02\x03\x04")
	file := slices.Concat(riff(chunk("VP8X", "\x0c\x00\x00\x00\x2f\x00\x00\x1f\x00\x00"), chunk("ICCP", "profile"), picture, chunk("EXIF", secret), chunk("XMP ", secret)), []byte(secret))
	want := riff(chunk("VP8X", "\x00\x00\x00\x00\x2f\x00\x00\x1f\x00\x00"), chunk("ICCP", "profile"), picture)
	if got := copied(t, file, extract.Media{MediaType: "image/webp"}); !bytes.Equal(got, want) {
		t.Errorf("copy is %q, want %q", got, want)
	}
}

func TestCopyRefusesWhatItCannotClean(t *testing.T) {
	for _, kind := range []string{"video/mp4", "image/heic", "image/svg+xml", "application/pdf", ""} {
		if err := Copy(&bytes.Buffer{}, strings.NewReader("x"), 1, &extract.Media{MediaType: kind}); !errors.Is(err, ErrNoCopy) {
			t.Errorf("%q: %v", kind, err)
		}
	}
	for _, kind := range []string{"image/jpeg", "image/png", "image/gif", "image/webp"} {
		if err := Copy(&bytes.Buffer{}, strings.NewReader("x"), 1, &extract.Media{MediaType: kind}); !errors.Is(err, errBroken) {
			t.Errorf("%q: %v", kind, err)
		}
	}
}

// An outside reader finds in the copy nothing beyond what the picture needs,
// and how it is turned.
func TestCopyByExifTool(t *testing.T) {
	tool, err := exec.LookPath("exiftool")
	if err != nil {
		t.Skip("exiftool is not here")
	}
	turn := 6
	for _, kind := range []string{"image/jpeg", "image/png", "image/gif"} {
		cmd := exec.Command(tool, "-G1", "-a", "-s", "-x", "System:all", "-x", "ExifTool:all", "-x", "Composite:all", "-")
		cmd.Stdin = bytes.NewReader(copied(t, laden(t, kind), extract.Media{MediaType: kind, Orientation: &turn}))
		out, err := cmd.Output()
		if err != nil {
			t.Fatalf("%s: %v", kind, err)
		}
		turned := false
		for line := range strings.Lines(string(out)) {
			switch group, _, _ := strings.Cut(strings.TrimPrefix(line, "["), "]"); group {
			case "File", "JFIF", "PNG", "GIF":
			case "IFD0":
				turned = turned || strings.Contains(line, "Orientation") && strings.Contains(line, "Rotate 90 CW")
				if !strings.Contains(line, "Orientation") {
					t.Errorf("%s: %s", kind, line)
				}
			default:
				t.Errorf("%s: %s", kind, line)
			}
		}
		if turned != (kind == "image/jpeg") {
			t.Errorf("%s: how the picture is turned: %v", kind, turned)
		}
	}
}

// Whatever comes in, nothing that is a metadata block by name comes out.
func FuzzCopy(f *testing.F) {
	for _, kind := range []string{"image/jpeg", "image/png", "image/gif"} {
		f.Add(laden(f, kind), kind)
	}
	f.Add([]byte("RIFF\x16\x00\x00\x00WEBPVP8L\x05\x00\x00\x00\x2f\x01\x02\x03\x04\x00"), "image/webp")
	f.Fuzz(func(t *testing.T, file []byte, kind string) {
		var out bytes.Buffer
		if Copy(&out, bytes.NewReader(file), int64(len(file)), &extract.Media{MediaType: kind}) != nil {
			return
		}
		if out.Len() > len(file)+64 {
			t.Errorf("%d bytes became %d", len(file), out.Len())
		}
		again := out.Bytes()
		var second bytes.Buffer
		if err := Copy(&second, bytes.NewReader(again), int64(len(again)), &extract.Media{MediaType: kind}); err != nil {
			t.Fatalf("the copy cannot be copied: %v", err)
		}
		if !bytes.Equal(again, second.Bytes()) {
			t.Errorf("a copy of the copy is another")
		}
	})
}
