package makernote

import (
	"encoding/binary"
	"fmt"
	"math"
	"strings"

	"github.com/firsthand-media/firsthand/extract/exif"
)

var nikonMain = table{"Nikon", map[uint16]tag{
	0x0001: {name: "MakerNoteVersion", conv: version},
	0x0002: {name: "ISO"},
	0x0003: {name: "ColorMode"},
	0x0004: {name: "Quality"},
	0x0005: {name: "WhiteBalance"},
	0x0006: {name: "Sharpness"},
	0x0007: {name: "FocusMode"},
	0x0008: {name: "FlashSetting"},
	0x0009: {name: "FlashType"},
	0x000b: {name: "WhiteBalanceFineTune"},
	0x000c: {name: "WB_RBLevels"},
	0x000d: {name: "ProgramShift", conv: nikonSteps},
	0x000e: {name: "ExposureDifference", conv: nikonSteps},
	0x000f: {name: "ISOSelection"},
	0x0011: directoryAt(&nikonPreview),
	0x0012: {name: "FlashExposureComp", conv: nikonSteps},
	0x0013: {name: "ISOSetting"},
	0x0016: {name: "ImageBoundary"},
	0x0017: {name: "ExternalFlashExposureComp", conv: nikonSteps},
	0x0018: {name: "FlashExposureBracketValue", conv: nikonSteps},
	0x0019: {name: "ExposureBracketValue"},
	0x001a: {name: "ImageProcessing"},
	0x001b: {name: "CropHiSpeed"},
	0x001c: {name: "ExposureTuning", conv: nikonSteps},
	0x001d: {name: "SerialNumber", open: nikonSerial},
	0x001e: {name: "ColorSpace"},
	0x001f: recordOf(&nikonVR),
	0x0020: {name: "ImageAuthentication"},
	0x0022: {name: "ActiveD-Lighting"},
	0x0024: recordOf(&nikonWorldTime),
	0x0025: {name: "ISOInfo", open: nikonISOInfo},
	0x002a: {name: "VignetteControl"},
	0x002b: recordOf(&nikonDistortion),
	0x0034: {name: "ShutterMode"},
	0x0037: {name: "MechanicalShutterCount"},
	0x0039: recordOf(&nikonLocation),
	0x003d: {name: "BlackLevel"},
	0x003e: {name: "ImageSizeRAW"},
	0x003f: {name: "WhiteBalanceFineTune"},
	0x0045: {name: "CropArea"},
	0x004f: {name: "ColorTemperatureAuto"},
	0x0051: recordOf(&nikonFirmware51),
	0x0056: recordOf(&nikonFirmware56),
	0x0080: {name: "ImageAdjustment"},
	0x0081: {name: "ToneComp"},
	0x0082: {name: "AuxiliaryLens"},
	0x0083: {name: "LensType"},
	0x0084: {name: "Lens"},
	0x0085: {name: "ManualFocusDistance"},
	0x0086: {name: "DigitalZoom"},
	0x0087: {name: "FlashMode"},
	0x0089: {name: "ShootingMode"},
	0x008b: {name: "LensFStops", conv: nikonUnsignedSteps},
	0x008c: {name: "ContrastCurve", binary: true},
	0x008d: {name: "ColorHue"},
	0x008f: {name: "SceneMode"},
	0x0090: {name: "LightSource"},
	0x0092: {name: "HueAdjustment"},
	0x0093: {name: "NEFCompression"},
	0x0094: {name: "SaturationAdj"},
	0x0095: {name: "NoiseReduction"},
	0x0096: {name: "NEFLinearizationTable", binary: true},
	0x0099: {name: "RawImageCenter"},
	0x009a: {name: "SensorPixelSize"},
	0x009c: {name: "SceneAssist"},
	0x009d: {name: "DateStampMode"},
	0x009e: {name: "RetouchHistory", conv: withoutZeros},
	0x00a0: {name: "SerialNumber"},
	0x00a2: {name: "ImageDataSize"},
	0x00a5: {name: "ImageCount"},
	0x00a6: {name: "DeletedImageCount"},
	0x00a7: {name: "ShutterCount"},
	0x00a9: {name: "ImageOptimization"},
	0x00aa: {name: "Saturation"},
	0x00ab: {name: "VariProgram"},
	0x00ac: {name: "ImageStabilization"},
	0x00ad: {name: "AFResponse"},
	0x00b1: {name: "HighISONoiseReduction"},
	0x00b3: {name: "ToningEffect"},
	0x00b6: {name: "PowerUpTime", conv: nikonTime},
	0x00b8: {name: "FileInfo", open: nikonFileInfo},
	0x00bf: {name: "SilentPhotography"},
	0x0e09: {name: "NikonCaptureVersion"},
	0x0e22: {name: "NEFBitDepth"},
}}

var nikonType1 = table{"Nikon", map[uint16]tag{
	0x0003: {name: "Quality"},
	0x0004: {name: "ColorMode"},
	0x0005: {name: "ImageAdjustment"},
	0x0006: {name: "CCDSensitivity"},
	0x0007: {name: "WhiteBalance"},
	0x0008: {name: "Focus"},
	0x000a: {name: "DigitalZoom"},
	0x000b: {name: "Converter"},
}}

// nikonPreview describes the preview picture inside the note.
var nikonPreview = table{"PreviewIFD", map[uint16]tag{
	0x0103: {name: "Compression"},
	0x011a: {name: "XResolution"},
	0x011b: {name: "YResolution"},
	0x0128: {name: "ResolutionUnit"},
	0x0202: {name: "PreviewImageLength"},
	0x0213: {name: "YCbCrPositioning"},
}}

var nikonVR = record{"Nikon", 1, []field{
	{at: 0, name: "VRInfoVersion", typ: typeUndefined, count: 4},
	{at: 4, name: "VibrationReduction", typ: typeByte},
	{at: 6, name: "VRMode", typ: typeByte},
	{at: 8, name: "VRType", typ: typeByte},
}}

var nikonWorldTime = record{"Nikon", 1, []field{
	{at: 0, name: "TimeZone", typ: typeSShort},
	{at: 2, name: "DaylightSavings", typ: typeByte},
	{at: 3, name: "DateDisplayFormat", typ: typeByte},
}}

var nikonISO = record{"Nikon", 1, []field{
	{at: 4, name: "ISOExpansion", typ: typeShort},
	{at: 6, name: "ISO2", typ: typeByte, conv: nikonSpeed},
	{at: 10, name: "ISOExpansion2", typ: typeShort},
}}

var nikonDistortion = record{"Nikon", 1, []field{
	{at: 4, name: "AutoDistortionControl", typ: typeByte},
}}

var nikonLocation = record{"Nikon", 1, []field{
	{at: 0, name: "LocationInfoVersion", typ: typeUndefined, count: 4},
	{at: 4, name: "TextEncoding", typ: typeByte},
	{at: 5, name: "CountryCode", typ: typeUndefined, count: 3, conv: text},
	{at: 8, name: "POILevel", typ: typeByte},
}}

var nikonFirmware51 = record{"Nikon", 1, []field{
	{at: 0, name: "FirmwareVersion", typ: typeASCII, count: 8},
}}

var nikonFirmware56 = record{"Nikon", 1, []field{
	{at: 0, name: "FirmwareVersion", typ: typeASCII, count: 4},
}}

var nikonFile = record{"Nikon", 2, []field{
	{at: 0, name: "FileInfoVersion", typ: typeUndefined, count: 4},
	{at: 2, name: "MemoryCardNumber", typ: typeShort},
	{at: 3, name: "DirectoryNumber", typ: typeShort},
	{at: 4, name: "FileNumber", typ: typeShort},
}}

// nikonSerial keeps the number as it stands on the body.
func nikonSerial(n *reader, v value) error {
	n.add("MakerNotes:Nikon:SerialNumber", v.String())
	n.note.Serial = strings.TrimSpace(v.String())
	return nil
}

// nikonISOInfo is big-endian in any note.
func nikonISOInfo(n *reader, v value) error {
	v.order = binary.BigEndian
	return nikonISO.open(n, v)
}

// nikonFileInfo keeps the order in which the camera wrote it even where a
// program has turned the note around: the one that gives a folder number from
// 100 to 999. Where both do or neither does, nothing is read.
func nikonFileInfo(n *reader, v value) error {
	if len(v.raw) < 10 {
		return nil
	}
	valid := func(order exif.ByteOrder) bool {
		folder := order.Uint16(v.raw[6:])
		return folder >= 100 && folder <= 999 && order.Uint16(v.raw[8:]) <= 9999
	}
	switch asLittle, asBig := valid(binary.LittleEndian), valid(binary.BigEndian); {
	case asLittle == asBig:
		return nil
	case asLittle:
		v.order = binary.LittleEndian
	default:
		v.order = binary.BigEndian
	}
	return nikonFile.open(n, v)
}

// nikonSpeed reads a film speed in twelfths of a step.
func nikonSpeed(v value) (string, bool) {
	n, ok := v.Int()
	return perlNumber(100 * math.Pow(2, float64(n)/12-5)), ok
}

// nikonSteps reads a count of steps, the steps' numerator and denominator.
func nikonSteps(v value) (string, bool) {
	return nikonFraction(v, func(b byte) float64 { return float64(int8(b)) })
}

func nikonUnsignedSteps(v value) (string, bool) {
	return nikonFraction(v, func(b byte) float64 { return float64(b) })
}

func nikonFraction(v value, number func(byte) float64) (string, bool) {
	if len(v.raw) < 3 || v.typ != typeUndefined {
		return "", false
	}
	if v.raw[2] == 0 {
		return "0", true
	}
	return perlNumber(number(v.raw[0]) * (number(v.raw[1]) / number(v.raw[2]))), true
}

// nikonTime reads the moment at which the camera was switched on.
func nikonTime(v value) (string, bool) {
	if b := v.raw; len(b) >= 7 {
		return fmt.Sprintf("%04d:%02d:%02d %02d:%02d:%02d", v.order.Uint16(b), b[2], b[3], b[4], b[5], b[6]), true
	}
	return "", false
}
