package pixels

import (
	"bytes"
	"encoding/binary"
	"errors"
	"io"
)

// webpChunks bounds how many chunks are looked at before the first frame.
const webpChunks = 1000

// firstWebPFrame gives r itself for a still WebP. Of an animated one, which
// the decoder does not know, it gives the first frame as a still: the
// frame's own chunks (ALPH and VP8, or VP8L) under a header of the frame's size
// (Google, "WebP Container Specification").
func firstWebPFrame(r *io.SectionReader) (io.Reader, error) {
	var head [16]byte
	at := int64(12)
	for range webpChunks {
		if _, err := r.ReadAt(head[:8], at); err != nil {
			break
		}
		length := int64(binary.LittleEndian.Uint32(head[4:]))
		switch string(head[:4]) {
		case "VP8 ", "VP8L":
			return r, nil
		case "ANMF":
			if _, err := r.ReadAt(head[:], at+8); err != nil || length < 16 {
				return nil, errors.New("its first frame is cut off")
			}
			return stillOf(io.NewSectionReader(r, at+24, length-16), head[6:12])
		}
		at += 8 + length + length&1
	}
	return r, nil // the decoder says what is wrong with it
}

// stillOf puts a RIFF header before a frame's chunks. size is the frame's width
// and height less one, 24 bits each, as both headers write them.
func stillOf(frame *io.SectionReader, size []byte) (io.Reader, error) {
	var first [4]byte
	if _, err := frame.ReadAt(first[:], 0); err != nil {
		return nil, errors.New("its first frame is empty")
	}
	head := []byte("RIFF\x00\x00\x00\x00WEBP")
	if string(first[:]) == "ALPH" {
		const hasAlpha = 0x10
		head = append(head, "VP8X\x0a\x00\x00\x00"...)
		head = append(head, hasAlpha, 0, 0, 0)
		head = append(head, size...)
	}
	binary.LittleEndian.PutUint32(head[4:], uint32(int64(len(head)-8)+frame.Size()))
	return io.MultiReader(bytes.NewReader(head), frame), nil
}
