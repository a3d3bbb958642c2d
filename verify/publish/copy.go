package publish

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"io"

	"github.com/firsthand-media/firsthand/extract"
)

// ErrNoCopy is the error of [Copy] for a type of file of which no copy without
// metadata can be made.
var ErrNoCopy = errors.New("no copy without metadata can be made of this type")

// Copy writes the picture of a file and nothing of what the file says about
// it: no EXIF, XMP, IPTC, comments, embedded thumbnails, manifests, times,
// positions, names of programs, nor bytes after the end. The picture
// itself is not encoded again. Only parts that are known to be
// needed to show them are kept, colour profiles among them, and how the
// picture has to be turned. The formats are JPEG, PNG, GIF and WebP; of others
// the error is [ErrNoCopy]. On any error what was written is no file.
//
// What was drawn into the picture stays, and is for a person to look at.
func Copy(w io.Writer, r io.ReaderAt, size int64, media *extract.Media) error {
	in := io.NewSectionReader(r, 0, size)
	var err error
	switch media.MediaType {
	case "image/jpeg":
		turn := 1
		if media.Orientation != nil {
			turn = *media.Orientation
		}
		err = copyJPEG(w, in, turn)
	case "image/png", "image/apng":
		err = copyPNG(w, in)
	case "image/gif":
		err = copyGIF(w, in)
	case "image/webp":
		err = copyWebP(w, in)
	default:
		err = ErrNoCopy
	}
	if err != nil {
		return fmt.Errorf("copy without metadata (%s): %w", media.MediaType, err)
	}
	return nil
}

// errBroken is of a file that does not follow its format, so that what its
// parts are cannot be told.
var errBroken = errors.New("the file is damaged")

// keptJPEG are the marker segments that decoding needs: tables, frames, scans,
// and the restart interval. APP14 (Adobe) says how colours are stored.
func keptJPEG(marker byte, body []byte) bool {
	switch {
	case marker >= 0xc0 && marker <= 0xcf, marker >= 0xda && marker <= 0xdf:
		return true
	case marker == 0xe0:
		return bytes.HasPrefix(body, []byte("JFIF\x00")) && len(body) >= 14
	case marker == 0xe2:
		return bytes.HasPrefix(body, []byte("ICC_PROFILE\x00"))
	case marker == 0xee:
		return bytes.HasPrefix(body, []byte("Adobe"))
	}
	return false
}

// copyJPEG follows ITU-T T.81 annex B from marker to marker.
func copyJPEG(w io.Writer, in *io.SectionReader, turn int) error {
	r := newReader(in)
	if !bytes.Equal(r.take(2), []byte{0xff, 0xd8}) {
		return errBroken
	}
	out := &writer{w: w}
	out.bytes(0xff, 0xd8)
	if turn >= 2 && turn <= 8 {
		out.write(orientation(turn))
	}
	for r.err == nil && out.err == nil {
		marker := r.marker()
		switch {
		case marker == 0xd9:
			out.bytes(0xff, 0xd9)
			return out.err
		case marker == 0x01 || marker >= 0xd0 && marker <= 0xd7:
			continue
		}
		length := r.take(2)
		if r.err != nil || binary.BigEndian.Uint16(length) < 2 {
			return errBroken
		}
		head := [4]byte{0xff, marker, length[0], length[1]}
		body := r.take(int(binary.BigEndian.Uint16(length)) - 2)
		if r.err != nil {
			return errBroken
		}
		if marker == 0xe0 && keptJPEG(marker, body) { // without the thumbnail that may follow
			body = append(bytes.Clone(body[:12]), 0, 0)
			head[2], head[3] = 0, 16
		}
		if keptJPEG(marker, body) {
			out.write(head[:])
			out.write(body)
		}
		if marker == 0xda {
			r.scan(out)
		}
	}
	return errors.Join(errBroken, out.err)
}

// orientation is an APP1 segment with an EXIF directory of that one tag.
func orientation(turn int) []byte {
	return []byte{
		0xff, 0xe1, 0, 34, 'E', 'x', 'i', 'f', 0, 0,
		'M', 'M', 0, 42, 0, 0, 0, 8,
		0, 1, 0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, byte(turn), 0, 0,
		0, 0, 0, 0,
	}
}

// keptPNG are the chunks that change how the picture is shown. Those of
// animated PNG are among them, text, times and EXIF are not.
var keptPNG = map[string]bool{
	"IHDR": true, "PLTE": true, "IDAT": true, "IEND": true, "tRNS": true, "gAMA": true, "cHRM": true, "sRGB": true,
	"iCCP": true, "sBIT": true, "bKGD": true, "pHYs": true, "cICP": true, "acTL": true, "fcTL": true, "fdAT": true,
}

func copyPNG(w io.Writer, in *io.SectionReader) error {
	r := newReader(in)
	signature := r.take(8)
	if string(signature) != "\x89PNG\r\n\x1a\n" {
		return errBroken
	}
	out := &writer{w: w}
	out.write(signature)
	for r.err == nil && out.err == nil {
		head := r.take(8)
		if r.err != nil {
			break
		}
		n := int64(binary.BigEndian.Uint32(head)) + 4 // and the checksum
		kind := string(head[4:8])
		if !keptPNG[kind] {
			r.skip(n)
			continue
		}
		out.write(head)
		r.copy(out, n)
		if kind == "IEND" && r.err == nil {
			return out.err
		}
	}
	return errors.Join(errBroken, out.err)
}

// copyWebP keeps the chunks of pictures and of the colour profile, and says in
// VP8X that there is no EXIF and no XMP. Sizes stand before the data, so the
// file is walked twice.
func copyWebP(w io.Writer, in *io.SectionReader) error {
	total := int64(4)
	if err := webpChunks(in, func(_ *reader, _ []byte, n int64) { total += 8 + n }); err != nil {
		return err
	}
	if total > 1<<32-1 {
		return errBroken
	}
	out := &writer{w: w}
	out.write([]byte("RIFF"))
	out.write(binary.LittleEndian.AppendUint32(nil, uint32(total)))
	out.write([]byte("WEBP"))
	err := webpChunks(in, func(r *reader, head []byte, n int64) {
		out.write(head)
		if string(head[:4]) == "VP8X" && n > 0 {
			out.bytes(r.take(1)[0] &^ (1<<3 | 1<<2))
			n--
		}
		r.copy(out, n)
	})
	return errors.Join(err, out.err)
}

var keptWebP = map[string]bool{"VP8 ": true, "VP8L": true, "VP8X": true, "ALPH": true, "ANIM": true, "ANMF": true, "ICCP": true}

// webpChunks calls keep for the chunks to keep, with their padded length.
func webpChunks(in *io.SectionReader, keep func(r *reader, head []byte, n int64)) error {
	r := newReader(in)
	head := r.take(12)
	if r.err != nil || string(head[:4]) != "RIFF" || string(head[8:]) != "WEBP" {
		return errBroken
	}
	end := int64(8) + int64(binary.LittleEndian.Uint32(head[4:8]))
	seen := false
	for r.at+8 <= min(end, in.Size()) && r.err == nil {
		chunk := bytes.Clone(r.take(8))
		if r.err != nil {
			return errBroken
		}
		n := int64(binary.LittleEndian.Uint32(chunk[4:8]))
		n += n & 1
		next := r.at + n
		if next > in.Size() {
			return errBroken
		}
		if keptWebP[string(chunk[:4])] {
			seen = true
			keep(r, chunk, n)
		}
		r.skip(next - r.at)
	}
	if r.err != nil || !seen {
		return errBroken
	}
	return nil
}
