package container

import (
	"fmt"
	"math"
	"strconv"
	"strings"
)

// maxProfileTags bounds the entries of one colour profile.
const maxProfileTags = 100

// iccNames names the tags of a colour profile (ICC.1:2022, 9.2) that hold
// texts, positions in colour space and curves, as ExifTool does.
var iccNames = map[string]string{
	"desc": "ProfileDescription", "cprt": "ProfileCopyright", "dmnd": "DeviceMfgDesc", "dmdd": "DeviceModelDesc", "vued": "ViewingCondDesc",
	"wtpt": "MediaWhitePoint", "bkpt": "MediaBlackPoint", "rXYZ": "RedMatrixColumn", "gXYZ": "GreenMatrixColumn", "bXYZ": "BlueMatrixColumn",
	"rTRC": "RedTRC", "gTRC": "GreenTRC", "bTRC": "BlueTRC", "kTRC": "GrayTRC", "lumi": "Luminance", "tech": "Technology", "chad": "ChromaticAdaptation",
	"targ": "CharTarget", "calt": "CalibrationDateTime", "A2B0": "AToB0", "B2A0": "BToA0", "vcgt": "VideoCardGamma", "ndin": "NativeDisplayInfo",
	"dscm": "ProfileDescriptionML", "mmod": "MakeAndModel",
}

// profileTags shows what the first colour profile of a file says.
func (s *scan) profileTags(b []byte) {
	if s.profiled || len(b) < 132 {
		return
	}
	s.profiled = true
	s.profileHeader(b)
	f := bigEndian(b[128:])
	for n := min(f.u32(), maxProfileTags); n > 0; n-- {
		kind, off, size := string(f.take(4)), uint64(f.u32()), uint64(f.u32())
		if f.short {
			return
		}
		if off >= uint64(len(b)) || size > uint64(len(b))-off || size < 8 {
			continue
		}
		s.profileTag(kind, b[off:off+size])
	}
}

// profileHeader reads the fixed part (ICC.1:2022, 7.2).
func (s *scan) profileHeader(b []byte) {
	const group = "ICC_Profile:ICC-header:"
	f := bigEndian(b)
	f.skip(4)
	text := func(name string) { s.tag(group+name, string(f.take(4))) }
	text("ProfileCMMType")
	s.tagInt(group+"ProfileVersion", int(f.u16()))
	f.skip(2)
	text("ProfileClass")
	text("ColorSpaceData")
	text("ProfileConnectionSpace")
	s.tag(group+"ProfileDateTime", fmt.Sprintf("%04d:%02d:%02d %02d:%02d:%02d", f.u16(), f.u16(), f.u16(), f.u16(), f.u16(), f.u16()))
	text("ProfileFileSignature")
	text("PrimaryPlatform")
	s.tagInt(group+"CMMFlags", clampInt(uint64(f.u32())))
	text("DeviceManufacturer")
	text("DeviceModel")
	s.tag(group+"DeviceAttributes", fmt.Sprintf("%d %d", f.u32(), f.u32()))
	s.tagInt(group+"RenderingIntent", clampInt(uint64(f.u32())))
	s.tag(group+"ConnectionSpaceIlluminant", fixedNumbers(f, 3))
	text("ProfileCreator")
	id := make([]string, 16)
	for i := range id {
		id[i] = strconv.Itoa(int(f.u8()))
	}
	s.tag(group+"ProfileID", strings.Join(id, " "))
}

// fixedNumbers prints signed 16.16 numbers to five digits.
func fixedNumbers(f *fields, n int) string {
	out := make([]string, n)
	for i := range out {
		out[i] = strconv.FormatFloat(math.Round(f.fixed16()*1e5)/1e5, 'g', 15, 64)
	}
	return strings.Join(out, " ")
}

// profileTag shows one tag by the type that its data names.
func (s *scan) profileTag(kind string, b []byte) {
	name := iccNames[kind]
	f := bigEndian(b[8:])
	switch string(b[:4]) {
	case "meas":
		s.measurement(f)
		return
	case "view":
		s.tag("ICC_Profile:ICC-view:ViewingCondIlluminant", fixedNumbers(f, 3))
		s.tag("ICC_Profile:ICC-view:ViewingCondSurround", fixedNumbers(f, 3))
		s.tagInt("ICC_Profile:ICC-view:ViewingCondIlluminantType", clampInt(uint64(f.u32())))
		return
	}
	if name == "" {
		return
	}
	field := "ICC_Profile:" + name
	switch string(b[:4]) {
	case "desc":
		n := min(int(f.u32()), len(f.b))
		s.tag(field, string(f.take(n)))
	case "text":
		s.tag(field, string(f.b))
	case "mluc":
		s.localisedText(field, b)
	case "sig ":
		s.tag(field, string(f.take(4)))
	case "XYZ ":
		s.tag(field, fixedNumbers(f, 3))
	case "sf32":
		s.tag(field, fixedNumbers(f, min(len(f.b)/4, 16)))
	default:
		s.tag(field, binaryValue(int64(len(b))))
	}
}

func (s *scan) measurement(f *fields) {
	const group = "ICC_Profile:ICC-meas:"
	s.tagInt(group+"MeasurementObserver", clampInt(uint64(f.u32())))
	s.tag(group+"MeasurementBacking", fixedNumbers(f, 3))
	s.tagInt(group+"MeasurementGeometry", clampInt(uint64(f.u32())))
	s.tag(group+"MeasurementFlare", fixedNumbers(f, 1))
	s.tagInt(group+"MeasurementIlluminant", clampInt(uint64(f.u32())))
}

// localisedText shows a text in each language that the profile has it in; the
// one of American English is the text itself.
func (s *scan) localisedText(field string, b []byte) {
	f := bigEndian(b[8:])
	count, width := min(f.u32(), 64), f.u32()
	for ; count > 0 && width == 12; count-- {
		language, country := string(f.take(2)), string(f.take(2))
		n, off := uint64(f.u32()), uint64(f.u32())
		if f.short || off > uint64(len(b)) || n > uint64(len(b))-off {
			return
		}
		name := field
		if locale := language + "-" + country; locale != "en-US" && isChunkType(language+country) {
			name += "-" + locale
		}
		s.tag(name, decodeUTF16(b[off:off+n], false))
	}
}
