package container

import (
	"strings"
)

// codecNames maps sample entry types (mp4ra.org, QuickTime File Format) to
// the names ffmpeg prints, one line for each name.
const codecNames = `
h264 avc1 avc2 avc3 avc4 AVC1 H264 h264 X264 x264 DAVC VSSH dva1 dvav
hevc hvc1 hev1 hvc2 hev2 dvh1 dvhe HEVC hevc lhv1 hvt1
vvc vvc1 vvi1
evc evc1
av1 av01
vp8 vp08 VP80
vp9 vp09 VP90
mpeg4 mp4v MP4V DIVX divx DX50 dx50 XVID xvid FMP4 fmp4 3IV1 3IV2 FFDS
msmpeg4v3 DIV3 div3 MP43 mp43 DIV4 div4 COL1
msmpeg4v2 MP42 mp42 DIV2
msmpeg4v1 MPG4 mpg4 MP41
h263 s263 h263 H263 U263
h261 H261
mjpeg jpeg mjpa mjpb MJPG mjpg JPEG dmb1 AVRn AVDJ ijpg jpgl
png png MPNG
prores apch apcn apcs apco ap4h ap4x
dnxhd AVdn AVdh
dvvideo dvcp dvc dvpp dv5p dv5n dvh5 dvh6 dvsd DVSD dvhd dvsl dv25 dv50 CDVC dvhp dvhq
mpeg1video m1v m1v1 mpg1 MPG1 PIM1
mpeg2video m2v1 mpg2 MPG2 mx3n mx5n mx4n hdv1 hdv2 hdv3 hdv5 hdv6 xdvc xdv1 xdv2 xdv3 xdvb xdvd
jpeg2000 mjp2 MJ2C
svq1 SVQ1 svq1
svq3 SVQ3
qtrle rle
rpza rpza azpr
cinepak cvid
msvideo1 MSVC msvc CRAM cram WHAM
msrle mrle RLE
indeo3 IV31 IV32
indeo4 IV41
indeo5 IV50
huffyuv HFYU
ffv1 FFV1
utvideo ULRA ULRG ULY0 ULY2 ULY4
rawvideo raw 2vuy yuv2 v210 DIB I420 YUY2 YV12 UYVY uncv BI_R
flv1 FLV1
vp6f VP6F
vp6 VP60 VP61 VP62
theora theo
wmv1 WMV1
wmv2 WMV2
wmv3 WMV3
vc1 WVC1 vc-1
tscc tscc
zmbv ZMBV
cfhd CFHD
gif gif
aac mp4a
ac3 ac-3 sac3
eac3 ec-3
ac4 ac-4
mp3 .mp3 mp3 LAME
mp2 .mp2
amr_nb samr
amr_wb sawb
evrc sevc
qcelp Qclp sqcp
alac alac
flac fLaC
opus Opus
vorbis
dts dtsc dtsh dtsl dtse
truehd mlpa
mpegh_3d_audio mha1 mhm1
gsm agsm
qdm2 QDM2
qdmc QDMC
adpcm_ima_qt ima4
pcm_mulaw ulaw
pcm_alaw alaw
pcm_s16be twos NONE
pcm_s16le sowt
pcm_u8 raw 
pcm_s24be in24
pcm_s32be in32
pcm_f32be fl32
pcm_f64be fl64
pcm_s16le lpcm ipcm
mac3 MAC3
mac6 MAC6
`

// codecOf gives the readable name of a four-character code, or the code
// itself in lower case when it is not known.
func codecOf(fourcc string) string {
	code := strings.TrimRight(fourcc, " \x00")
	if code == "" {
		return ""
	}
	for line := range strings.Lines(codecNames) {
		name, codes, _ := strings.Cut(strings.TrimSpace(line), " ")
		for c := range strings.FieldsSeq(codes) {
			if c == code {
				return name
			}
		}
	}
	return strings.ToLower(printableKind(code))
}

// codecName names the codec of a sample entry. What mp4a and mp4v hold is
// told by their elementary stream descriptor; encrypted entries name the
// original format in sinf/frma.
func (m *bmff) codecName(b box, audio bool) string {
	children := b.body + 78 // ISO 14496-12, 12.1.3: visual sample entry
	if audio {
		children = m.audioChildren(b)
	}
	name := ""
	switch b.kind {
	case "mp4a", "mp4v":
		name = m.descriptorCodec(children, b.end)
	case "encv", "enca":
		m.boxes(children, b.end, "BMFF:stsd", func(c box) {
			if c.kind == "sinf" {
				m.boxes(c.body, c.end, "BMFF:sinf", func(d box) {
					if d.kind == "frma" {
						if v, err := m.peek(d.body, 4); err == nil && d.size() >= 4 {
							name = codecOf(string(v))
						}
					}
				})
			}
		})
	case "raw ":
		if audio {
			return "pcm_u8"
		}
	}
	if name == "" {
		name = codecOf(b.kind)
	}
	return name
}

// audioChildren finds where the boxes of a sound entry begin: QuickTime's
// versions 1 and 2 put further fields before them.
func (m *bmff) audioChildren(b box) int64 {
	at := b.body + 28
	if v, err := m.peek(b.body+8, 2); err == nil && m.info.Type.Format == "mov" {
		switch bigEndian(v).u16() {
		case 1:
			at += 16
		case 2:
			at += 36
		}
	}
	return at
}

// descriptorCodec looks for esds, also inside QuickTime's wave, and reads the
// object type indication.
func (m *bmff) descriptorCodec(from, end int64) string {
	name := ""
	m.boxes(from, end, "BMFF:stsd", func(b box) {
		switch b.kind {
		case "esds":
			name = m.objectType(b)
		case "wave":
			m.boxes(b.body, b.end, "BMFF:wave", func(b box) {
				if b.kind == "esds" {
					name = m.objectType(b)
				}
			})
		}
	})
	return name
}

// objectType reads an ES descriptor up to the object type of its decoder
// configuration (ISO 14496-1, 7.2.6).
func (m *bmff) objectType(b box) string {
	_, _, f := m.fullBox(b, 64)
	if f.u8() != 3 {
		return ""
	}
	skipDescriptorLength(f)
	f.skip(2)
	flags := f.u8()
	if flags&0x80 != 0 {
		f.skip(2)
	}
	if flags&0x40 != 0 {
		f.skip(int(f.u8()))
	}
	if flags&0x20 != 0 {
		f.skip(2)
	}
	if f.u8() != 4 {
		return ""
	}
	skipDescriptorLength(f)
	return objectTypes(f.u8())
}

func skipDescriptorLength(f *fields) {
	for range 4 {
		if f.u8()&0x80 == 0 {
			return
		}
	}
}

// objectTypes names the object type indications of ISO 14496-1, table 5, and
// of mp4ra.org.
func objectTypes(v uint8) string {
	switch {
	case v == 0x20:
		return "mpeg4"
	case v == 0x21:
		return "h264"
	case v == 0x23:
		return "hevc"
	case v == 0x40, v >= 0x66 && v <= 0x68:
		return "aac"
	case v >= 0x60 && v <= 0x65:
		return "mpeg2video"
	case v == 0x6a:
		return "mpeg1video"
	case v == 0x69, v == 0x6b:
		return "mp3"
	case v == 0x6c:
		return "mjpeg"
	case v == 0x6d:
		return "png"
	case v == 0xa5:
		return "ac3"
	case v == 0xa6:
		return "eac3"
	case v == 0xa9:
		return "dts"
	case v == 0xad:
		return "opus"
	case v == 0xdd:
		return "vorbis"
	case v == 0xe1:
		return "qcelp"
	}
	return ""
}
