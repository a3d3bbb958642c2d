package makernote

import (
	"encoding/binary"
	"fmt"
)

var minoltaMain = table{"Minolta", map[uint16]tag{
	0x0000: {name: "MakerNoteVersion"},
	0x0001: {name: "CameraSettings", open: minoltaCameraSettings},
	0x0003: {name: "CameraSettings", open: minoltaCameraSettings},
	0x0004: {name: "CameraSettings7D", open: minoltaRotation(0x46)},
	0x0018: {name: "ImageStabilization"},
	0x0040: {name: "CompressedImageSize"},
	0x0089: {name: "PreviewImageLength"},
	0x0100: {name: "SceneMode"},
	0x0102: {name: "MinoltaQuality"},
	0x0104: {name: "FlashExposureComp"},
	0x0105: {name: "Teleconverter"},
	0x0107: {name: "ImageStabilization"},
	0x0109: {name: "RawAndJpgRecording"},
	0x010a: {name: "ZoneMatching"},
	0x010b: {name: "ColorTemperature"},
	0x010c: {name: "LensType"},
	0x0111: {name: "ColorCompensationFilter"},
	0x0112: {name: "WhiteBalanceFineTune"},
	0x0113: {name: "ImageStabilization", fallback: true},
	0x0114: {name: "CameraSettings5D", open: minolta5D},
	0x0115: {name: "WhiteBalance"},
	0x0f00: {name: "MinoltaCameraSettings2", binary: true},
}}

// minoltaSettings counts in 32-bit numbers that are big-endian in any note.
var minoltaSettings = record{"Minolta", 4, []field{
	{at: 1, name: "ExposureMode", typ: typeLong},
	{at: 2, name: "FlashMode", typ: typeLong},
	{at: 5, name: "MinoltaQuality", typ: typeLong},
	{at: 6, name: "DriveMode", typ: typeLong},
	{at: 7, name: "MeteringMode", typ: typeLong},
	{at: 11, name: "MacroMode", typ: typeLong},
	{at: 12, name: "DigitalZoom", typ: typeLong},
	{at: 14, name: "BracketStep", typ: typeLong},
	{at: 16, name: "IntervalLength", typ: typeLong},
	{at: 17, name: "IntervalNumber", typ: typeLong},
	{at: 20, name: "FlashFired", typ: typeLong},
	{at: 21, name: "MinoltaDate", typ: typeLong, conv: minoltaDate},
	{at: 22, name: "MinoltaTime", typ: typeLong, conv: minoltaTime},
	{at: 26, name: "FileNumberMemory", typ: typeLong},
	{at: 27, name: "LastFileNumber", typ: typeLong},
	{at: 34, name: "SubjectProgram", typ: typeLong},
	{at: 36, name: "ISOSetting", typ: typeLong},
	{at: 37, name: "MinoltaModelID", typ: typeLong},
	{at: 38, name: "IntervalMode", typ: typeLong},
	{at: 39, name: "FolderName", typ: typeLong},
	{at: 42, name: "BWFilter", typ: typeLong},
	{at: 43, name: "InternalFlash", typ: typeLong},
	{at: 45, name: "SpotFocusPointX", typ: typeLong},
	{at: 46, name: "SpotFocusPointY", typ: typeLong},
	{at: 47, name: "WideFocusZone", typ: typeLong},
	{at: 48, name: "FocusMode", typ: typeLong},
	{at: 49, name: "FocusArea", typ: typeLong},
	{at: 50, name: "DECPosition", typ: typeLong},
	{at: 63, name: "FlashMetering", typ: typeLong},
}}

func minoltaCameraSettings(n *reader, v value) error {
	v.order = binary.BigEndian
	return minoltaSettings.open(n, v)
}

// minoltaRotation reads how the camera was held, out of a record of 16-bit
// numbers that are big-endian in any note.
func minoltaRotation(at int) func(*reader, value) error {
	r := record{"Minolta", 2, []field{{at: at, name: "Rotation", typ: typeShort}}}
	return func(n *reader, v value) error {
		v.order = binary.BigEndian
		return r.open(n, v)
	}
}

func minolta5D(n *reader, v value) error {
	if !hasPrefix(n.model, "DYNAX 5D", "MAXXUM 5D", "ALPHA SWEET") {
		return nil
	}
	return minoltaRotation(0x50)(n, v)
}

func minoltaDate(v value) (string, bool) {
	n, ok := v.Int()
	return fmt.Sprintf("%4d:%02d:%02d", n>>16, n>>8&0xff, n&0xff), ok
}

func minoltaTime(v value) (string, bool) {
	n, ok := v.Int()
	return fmt.Sprintf("%02d:%02d:%02d", n>>16, n>>8&0xff, n&0xff), ok
}
