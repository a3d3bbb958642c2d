package container

import "encoding/binary"

// sniffAudio recognises MPEG audio and ADTS AAC, which have no magic: two
// frames in a row must be in step. A leading ID3v2 tag is passed over.
func (s *scan) sniffAudio(head []byte) string {
	at := int64(0)
	tagged := false
	if len(head) >= 10 && string(head[:3]) == "ID3" && head[3] < 0xff && head[6]|head[7]|head[8]|head[9] < 0x80 {
		tagged = true
		at = 10 + (int64(head[6])<<21 | int64(head[7])<<14 | int64(head[8])<<7 | int64(head[9]))
	}
	switch {
	case s.twoFrames(at, mpegAudioFrame):
		return "mp3"
	case s.twoFrames(at, adtsFrame):
		return "aac"
	case tagged:
		return "mp3"
	}
	return ""
}

// twoFrames asks whether a frame begins at the offset and another behind it.
func (s *scan) twoFrames(at int64, frameLen func([]byte) int) bool {
	for range 2 {
		header, err := s.peek(at, 6)
		if err != nil {
			return false
		}
		n := frameLen(header)
		if n <= 0 {
			return false
		}
		at += int64(n)
	}
	return true
}

// mpegAudioFrame gives the length of an MPEG audio layer II or III frame, 0
// when the header is none (ISO 11172-3, 2.4.1.3).
func mpegAudioFrame(h []byte) int {
	if h[0] != 0xff || h[1]&0xe0 != 0xe0 {
		return 0
	}
	version := h[1] >> 3 & 3 // 0: 2.5, 2: 2, 3: 1
	layer := h[1] >> 1 & 3   // 1: III, 2: II
	rate := h[2] >> 2 & 3
	if version == 1 || layer == 0 || layer == 3 || rate == 3 {
		return 0
	}
	kbps := mpegBitrate(version, layer, int(h[2]>>4))
	hertz := []int{44100, 48000, 32000}[rate]
	samples := 144
	if version != 3 {
		hertz /= 2
		if layer == 1 {
			samples = 72
		}
	}
	if version == 0 {
		hertz /= 2
	}
	if kbps == 0 {
		return 0
	}
	return samples*kbps*1000/hertz + int(h[2]>>1&1)
}

func mpegBitrate(version, layer byte, index int) int {
	var table []int
	switch {
	case version == 3 && layer == 2:
		table = []int{0, 32, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320, 384, 0}
	case version == 3:
		table = []int{0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320, 0}
	default:
		table = []int{0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160, 0}
	}
	return table[index]
}

// adtsFrame gives the length of an ADTS frame (ISO 13818-7, 6.2).
func adtsFrame(h []byte) int {
	if h[0] != 0xff || h[1]&0xf6 != 0xf0 || h[2]>>2&0xf > 12 {
		return 0
	}
	n := int(binary.BigEndian.Uint32(h[2:])>>5) & 0x1fff
	if n < 7 {
		return 0
	}
	return n
}
