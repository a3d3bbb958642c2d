package video

import (
	"bytes"
	"encoding/binary"
	"image"
	"image/jpeg"
	"os"
	"path/filepath"
	"testing"
	"time"
)

// shade is the grey of frame n of a test clip, on the left half; the right
// half is its inverse.
func shade(n int) uint8 { return uint8(20 + 20*n) }

// frameJPEG is frame n as a file, with colour: blue above, red below.
func frameJPEG(t testing.TB, n, w, h int) []byte {
	t.Helper()
	img := image.NewYCbCr(image.Rect(0, 0, w, h), image.YCbCrSubsampleRatio420)
	for y := range h {
		for x := range w {
			v := shade(n)
			if x >= w/2 {
				v = 255 - v
			}
			img.Y[img.YOffset(x, y)] = v
			c := img.COffset(x, y)
			img.Cb[c], img.Cr[c] = blueish, 128
			if y >= h/2 {
				img.Cb[c], img.Cr[c] = 128, reddish
			}
		}
	}
	var pic bytes.Buffer
	if err := jpeg.Encode(&pic, img, &jpeg.Options{Quality: 95}); err != nil {
		t.Fatal(err)
	}
	return pic.Bytes()
}

const blueish, reddish = 150, 160

// motionJPEG is an AVI with n frames, two a second, each a key frame.
func motionJPEG(t testing.TB, n, w, h int) []byte {
	t.Helper()
	var movi, index []byte
	movi = append(movi, "movi"...)
	for i := range n {
		pic := frameJPEG(t, i, w, h)
		index = append(index, "00dc"...)
		index = le32(index, 0x10, uint32(len(movi)), uint32(len(pic)))
		movi = append(movi, chunk("00dc", pic)...)
	}
	const micros = 500_000 // a frame
	frames, width, height := uint32(n), uint32(w), uint32(h)
	avih := le32(nil, micros, 0, 0, 0x10, frames, 0, 1, 0, width, height, 0, 0, 0, 0)
	strh := append([]byte("vidsMJPG"), le32(nil, 0, 0, 0, micros, 1_000_000, 0, frames, 0, 0xffffffff, 0, 0, 0)...)
	strf := le32(nil, 40, width, height, 24<<16|1)
	strf = append(strf, "MJPG"...)
	strf = le32(strf, width*height*3, 0, 0, 0, 0)
	strl := chunk("LIST", []byte("strl"), chunk("strh", strh), chunk("strf", strf))
	hdrl := chunk("LIST", []byte("hdrl"), chunk("avih", avih), strl)
	return chunk("RIFF", []byte("AVI "), hdrl, chunk("LIST", movi), chunk("idx1", index))
}

func le32(b []byte, values ...uint32) []byte {
	for _, v := range values {
		b = binary.LittleEndian.AppendUint32(b, v)
	}
	return b
}

func chunk(id string, parts ...[]byte) []byte {
	body := bytes.Join(parts, nil)
	b := le32([]byte(id), uint32(len(body)))
	b = append(b, body...)
	if len(body)%2 == 1 {
		b = append(b, 0)
	}
	return b
}

// asInput writes a file and opens it, as the native engine needs.
func asInput(t *testing.T, name, format string, data []byte) Input {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, data, 0o600); err != nil {
		t.Fatal(err)
	}
	f, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { f.Close() })
	return Input{ReaderAt: f, Size: int64(len(data)), Format: format, Duration: 5 * time.Second, HasSound: true}
}
