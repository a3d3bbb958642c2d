package makernote

import (
	"encoding/binary"
	"fmt"
	"strconv"
	"strings"
)

var pentaxMain = table{"Pentax", map[uint16]tag{
	0x0000: {name: "PentaxVersion"},
	0x0001: {name: "PentaxModelType"},
	0x0002: {name: "PreviewImageSize"},
	0x0003: {name: "PreviewImageLength"},
	0x0005: {name: "PentaxModelID"},
	0x0006: {name: "Date", open: pentaxDate},
	0x0007: {name: "Time", open: pentaxTime},
	0x0008: {name: "Quality"},
	0x0009: {name: "PentaxImageSize"},
	0x000b: {name: "PictureMode"},
	0x000c: {name: "FlashMode"},
	0x000d: {name: "FocusMode"},
	0x000e: {name: "AFPointSelected"},
	0x0010: {name: "FocusPosition"},
	0x0012: {name: "ExposureTime", conv: over(100000)},
	0x0013: {name: "FNumber", conv: over(10)},
	0x0015: {name: "LightReading"},
	0x0016: {name: "ExposureCompensation", conv: pentaxCompensation},
	0x0017: {name: "MeteringMode"},
	0x0019: {name: "WhiteBalance"},
	0x001a: {name: "WhiteBalanceMode"},
	0x001b: {name: "BlueBalance", conv: over(256)},
	0x001c: {name: "RedBalance", conv: over(256)},
	0x001e: {name: "DigitalZoom", conv: over(100)},
	0x001f: {name: "Saturation"},
	0x0020: {name: "Contrast"},
	0x0021: {name: "Sharpness"},
	0x0022: {name: "WorldTimeLocation"},
	0x0023: {name: "HometownCity"},
	0x0024: {name: "DestinationCity"},
	0x0025: {name: "HometownDST"},
	0x0026: {name: "DestinationDST"},
	0x0027: {name: "DSPFirmwareVersion", conv: pentaxFirmware},
	0x0028: {name: "CPUFirmwareVersion", conv: pentaxFirmware},
	0x0029: {name: "FrameNumber"},
	0x002d: {name: "EffectiveLV", conv: over(1024)},
	0x0032: {name: "ImageEditing", conv: as(typeByte)},
	0x0033: {name: "PictureMode"},
	0x0034: {name: "DriveMode"},
	0x0037: {name: "ColorSpace"},
	0x0038: {name: "ImageAreaOffset"},
	0x0039: {name: "RawImageSize"},
	0x003d: {name: "DataScaling"},
	0x003e: {name: "PreviewImageBorders"},
	0x003f: recordOf(&pentaxLens),
	0x0040: {name: "SensitivityAdjust", conv: pentaxCompensation},
	0x0041: {name: "ImageEditCount"},
	0x0047: {name: "CameraTemperature"},
	0x0048: {name: "AELock"},
	0x0049: {name: "NoiseReduction"},
	0x004f: {name: "ImageTone"},
	0x0050: {name: "ColorTemperature", conv: pentaxColorTemperature},
	0x005d: {name: "ShutterCount", open: pentaxShutterCount},
	0x0062: {name: "RawDevelopmentProcess"},
	0x0067: {name: "Hue"},
	0x0069: {name: "DynamicRangeExpansion", conv: as(typeByte)},
	0x006b: recordOf(&pentaxClock),
	0x006c: {name: "HighLowKeyAdj"},
	0x006d: {name: "ContrastHighlight"},
	0x006e: {name: "ContrastShadow"},
	0x006f: {name: "ContrastHighlightShadowAdj"},
	0x0070: {name: "FineSharpness"},
	0x0071: {name: "HighISONoiseReduction"},
	0x0072: {name: "AFAdjustment"},
	0x0073: {name: "MonochromeFilterEffect"},
	0x0074: {name: "MonochromeToning"},
	0x0076: {name: "FaceDetect"},
	0x0077: {name: "FaceDetectFrameSize"},
	0x0079: {name: "ShadowCorrection"},
	0x007a: {name: "ISOAutoParameters"},
	0x007b: {name: "CrossProcess"},
	0x007e: {name: "WhiteLevel"},
	0x007f: {name: "BleachBypassToning"},
	0x0080: {name: "AspectRatio"},
	0x0082: {name: "BlurControl"},
	0x0085: {name: "HDR"},
	0x0087: {name: "ShutterType"},
	0x0088: {name: "NeutralDensityFilter"},
	0x0092: {name: "IntervalShooting"},
	0x0095: {name: "SkinToneCorrection"},
	0x0096: {name: "ClarityControl"},
	0x0200: {name: "BlackPoint"},
	0x0201: {name: "WhitePoint"},
	0x0205: {name: "CameraSettings", open: pentaxSettings},
	0x0209: {name: "AEMeteringSegments", conv: as(typeByte)},
	0x020a: {name: "FlashMeteringSegments", conv: as(typeByte)},
	0x020b: {name: "SlaveFlashMeteringSegments", conv: as(typeByte)},
	0x020d: {name: "WB_RGGBLevelsDaylight"},
	0x020e: {name: "WB_RGGBLevelsShade"},
	0x020f: {name: "WB_RGGBLevelsCloudy"},
	0x0210: {name: "WB_RGGBLevelsTungsten"},
	0x0211: {name: "WB_RGGBLevelsFluorescentD"},
	0x0212: {name: "WB_RGGBLevelsFluorescentN"},
	0x0213: {name: "WB_RGGBLevelsFluorescentW"},
	0x0214: {name: "WB_RGGBLevelsFlash"},
	0x0215: recordOf(&pentaxCamera),
	0x0229: {name: "SerialNumber"},
	0x022e: {name: "Artist"},
	0x022f: {name: "Copyright"},
	0x0230: {name: "FirmwareVersion"},
	0x0231: {name: "ContrastDetectAFArea"},
	0x0235: {name: "CrossProcessParams", conv: as(typeByte)},
	0x023f: {name: "Model"},
}}

var pentaxLens = record{"Pentax", 1, []field{
	{at: 0, name: "LensType", typ: typeByte, count: 2},
	{at: 3, name: "ExtenderStatus", typ: typeByte},
}}

// pentaxClock tells where the clock was set to be: cities by Pentax' own
// numbers, from which no offset follows without its list of cities.
var pentaxClock = record{"Pentax", 1, []field{
	{at: 0, name: "WorldTimeLocation", typ: typeByte, conv: bit(0)},
	{at: 0, name: "HometownDST", typ: typeByte, conv: bit(1)},
	{at: 0, name: "DestinationDST", typ: typeByte, conv: bit(2)},
	{at: 2, name: "HometownCity", typ: typeByte},
	{at: 3, name: "DestinationCity", typ: typeByte},
}}

var pentaxCamera = record{"Pentax", 4, []field{
	{at: 1, name: "ManufactureDate", typ: typeLong, conv: pentaxDay},
	{at: 2, name: "ProductionCode", typ: typeLong, count: 2, conv: dotted},
	{at: 4, name: "InternalSerialNumber", typ: typeLong},
}}

// pentaxSettings reads how a K10D was held.
func pentaxSettings(n *reader, v value) error {
	if len(v.raw) > 17 && (strings.Contains(n.model, "K10D") || strings.Contains(n.model, "GX10")) {
		n.add("MakerNotes:Pentax:Rotation", strconv.Itoa(int(v.raw[17]>>5&3)))
	}
	return nil
}

// bit reads one bit of a number.
func bit(i uint) func(value) (string, bool) {
	return func(v value) (string, bool) {
		n, ok := v.Int()
		return strconv.FormatInt(n>>i&1, 10), ok
	}
}

// dotted joins numbers by dots.
func dotted(v value) (string, bool) { return strings.ReplaceAll(v.String(), " ", "."), true }

// pentaxDay reads a date written as one decimal number.
func pentaxDay(v value) (string, bool) {
	s := v.String()
	switch len(s) {
	case 5: // the first years of the century have lost their zeros
		return "200" + s[:1] + ":" + s[1:3] + ":" + s[3:], true
	case 8:
	default:
		return "Unknown (" + s + ")", true
	}
	return s[:4] + ":" + s[4:6] + ":" + s[6:], true
}

func pentaxDate(n *reader, v value) error {
	if b := v.raw; len(b) == 4 {
		n.pentaxDate = binary.BigEndian.Uint32(b)
		n.add("MakerNotes:Pentax:Date", fmt.Sprintf("%.4d:%.2d:%.2d", binary.BigEndian.Uint16(b), b[2], b[3]))
	}
	return nil
}

func pentaxTime(n *reader, v value) error {
	if b := v.raw; len(b) >= 3 {
		n.pentaxTime = uint32(b[0])<<24 | uint32(b[1])<<16 | uint32(b[2])<<8
		n.add("MakerNotes:Pentax:Time", fmt.Sprintf("%.2d:%.2d:%.2d", b[0], b[1], b[2]))
	}
	return nil
}

// pentaxShutterCount undoes the mask of date and time under which the counter
// is kept.
func pentaxShutterCount(n *reader, v value) error {
	if len(v.raw) == 4 && n.pentaxDate != 0 {
		count := binary.BigEndian.Uint32(v.raw) ^ n.pentaxDate ^ ^n.pentaxTime
		n.add("MakerNotes:Pentax:ShutterCount", strconv.FormatUint(uint64(count), 10))
	}
	return nil
}

// pentaxFirmware reads a version whose bytes are inverted.
func pentaxFirmware(v value) (string, bool) {
	if b := v.raw; len(b) == 4 {
		return fmt.Sprintf("%d %.2d %.2d %.2d", ^b[0], ^b[1], ^b[2], ^b[3]), true
	}
	return "", false
}

// pentaxCompensation reads tenths around fifty.
func pentaxCompensation(v value) (string, bool) {
	ns := v.Ints()
	if len(ns) != 1 {
		return "", false
	}
	return perlNumber(float64(ns[0]-50) / 10), true
}

func pentaxColorTemperature(v value) (string, bool) {
	n, ok := v.Int()
	return strconv.FormatInt(53190-n, 10), ok && n != 0
}
