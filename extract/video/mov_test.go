package video

import (
	"bytes"
	"encoding/binary"
	"math"
	"testing"
)

// movie is a QuickTime file made here: motion JPEG at two frames a second, or
// sound, or both.
type movie struct {
	pics      [][]byte
	sound     []int16  // one channel, 8000 a second
	turned    int      // degrees clockwise, of the pictures
	w, h      int      // as the header says
	stretch   uint32   // what the times in the header are multiplied by; 0 for 1
	elsewhere []byte   // a data reference to put in place of the file itself
	offsets   []uint32 // where the pictures lie elsewhere
}

// bytes builds the file. The samples come first, so that their places are known.
func (m movie) bytes(t testing.TB) []byte {
	t.Helper()
	m.stretch = max(m.stretch, 1)
	file := atom("ftyp", []byte("qt  "), be32(0), []byte("qt  "))
	var data []byte
	first := uint32(len(file) + 8)
	var sizes, places []uint32
	for _, pic := range m.pics {
		places = append(places, first+uint32(len(data)))
		sizes = append(sizes, uint32(len(pic)))
		data = append(data, pic...)
	}
	if m.offsets != nil {
		places = m.offsets
	}
	soundAt := first + uint32(len(data))
	for _, s := range m.sound {
		data = binary.LittleEndian.AppendUint16(data, uint16(s))
	}
	file = append(file, atom("mdat", data)...)
	moov := atom("mvhd", be32(0, 0, 0, 1000, uint32(len(m.pics))*500*m.stretch), make([]byte, 16),
		be32(1<<16, 0, 0, 0, 1<<16, 0, 0, 0, 1<<30), make([]byte, 28))
	if m.pics != nil {
		moov = append(moov, m.pictureTrack(sizes, places)...)
	}
	if m.sound != nil {
		moov = append(moov, m.soundTrack(soundAt)...)
	}
	return append(file, atom("moov", moov)...)
}

func (m movie) pictureTrack(sizes, places []uint32) []byte {
	n := uint32(len(sizes))
	entry := append(make([]byte, 6), 0, 1) // the first data reference
	entry = append(entry, make([]byte, 16)...)
	entry = append(entry, be16(uint16(m.w), uint16(m.h))...)
	entry = append(entry, be32(72<<16, 72<<16, 0)...)
	entry = append(entry, be16(1)...)
	entry = append(entry, make([]byte, 32)...)
	entry = append(entry, be16(24, 0xffff)...)
	return m.track(1, "vide", atom("vmhd", be32(1, 0, 0)), 1000, n*500*m.stretch,
		atom("stsd", be32(0, 1), atom("jpeg", entry)),
		atom("stts", be32(0, 1, n, 500*m.stretch)),
		atom("stsc", be32(0, 1, 1, 1, 1)),
		atom("stsz", be32(0, 0, n), be32(sizes...)),
		atom("stco", be32(0, n), be32(places...)))
}

func (m movie) soundTrack(at uint32) []byte {
	n := uint32(len(m.sound))
	entry := append(make([]byte, 6), 0, 1)
	entry = append(entry, make([]byte, 8)...)
	entry = append(entry, be16(1, 16, 0, 0)...)
	entry = append(entry, be32(8000<<16)...)
	return m.track(2, "soun", atom("smhd", be32(0, 0)), 8000, n,
		atom("stsd", be32(0, 1), atom("sowt", entry)),
		atom("stts", be32(0, 1, n, 1)),
		atom("stsc", be32(0, 1, 1, n, 1)),
		atom("stsz", be32(0, 2, n)),
		atom("stco", be32(0, 1, at)))
}

func (m movie) track(id uint32, kind string, header []byte, scale, length uint32, tables ...[]byte) []byte {
	reference := atom("url ", be32(1)) // in this file
	if m.elsewhere != nil {
		reference = m.elsewhere
	}
	sin, cos := math.Sincos(float64(m.turned) * math.Pi / 180)
	a, b := uint32(int32(math.Round(cos))<<16), uint32(int32(math.Round(sin))<<16)
	return atom("trak",
		atom("tkhd", be32(7, 0, 0, id, 0, length, 0, 0, 0, 0, a, b, 0, -b, a, 0, 0, 0, 1<<30, uint32(m.w)<<16, uint32(m.h)<<16)),
		atom("mdia",
			atom("mdhd", be32(0, 0, 0, scale, length, 0)),
			atom("hdlr", be32(0), []byte("mhlr"), []byte(kind), make([]byte, 13)),
			atom("minf", header,
				atom("dinf", atom("dref", be32(0, 1), reference)),
				atom("stbl", tables...))))
}

func atom(name string, parts ...[]byte) []byte {
	body := bytes.Join(parts, nil)
	return append(append(be32(uint32(8+len(body))), name...), body...)
}

func be32(values ...uint32) (b []byte) {
	for _, v := range values {
		b = binary.BigEndian.AppendUint32(b, v)
	}
	return b
}

func be16(values ...uint16) (b []byte) {
	for _, v := range values {
		b = binary.BigEndian.AppendUint16(b, v)
	}
	return b
}

// alias is a reference to a file by its absolute path, as the system of the
// Macintosh kept it: see "Alias Manager" in Inside Macintosh: Files.
func alias(path string) []byte {
	mac := bytes.ReplaceAll([]byte(path), []byte("/"), []byte(":"))
	if len(mac)%2 == 1 {
		mac = append(mac, 0)
	}
	record := make([]byte, 10+28+12+64+16)
	record = append(record, be16(0xffff, 0xffff)...)
	record = append(record, make([]byte, 16)...)
	record = append(record, be16(2, uint16(len(mac)))...)
	record = append(record, mac...)
	record = append(record, be16(0xffff, 0)...)
	return atom("alis", be32(0), record)
}

// wave is a WAV file of one channel.
func wave(rate uint32, samples []int16) []byte {
	var data []byte
	for _, s := range samples {
		data = binary.LittleEndian.AppendUint16(data, uint16(s))
	}
	format := le32(nil, 1<<16|1, rate, 2*rate, 16<<16|2)
	return chunk("RIFF", []byte("WAVE"), chunk("fmt ", format), chunk("data", data))
}

// tone is a tone of 440 Hz that begins at a sample.
func tone(rate, count, from int) []int16 {
	out := make([]int16, count)
	for i := from; i < count; i++ {
		out[i] = int16(10000 * math.Sin(2*math.Pi*440*float64(i)/float64(rate)))
	}
	return out
}
