package makernote

import (
	"encoding/binary"
	"encoding/hex"
)

var ricohMain = table{"Ricoh", map[uint16]tag{
	0x0001: {name: "MakerNoteType"},
	0x0002: {name: "FirmwareVersion"},
	0x0005: {name: "SerialNumber", open: ricohSerial},
	0x1000: {name: "RecordingFormat"},
	0x1001: {name: "ExposureProgram"},
	0x1002: {name: "DriveMode"},
	0x1004: {name: "WhiteBalanceFineTune"},
	0x1006: {name: "FocusMode"},
	0x1007: {name: "AutoBracketing"},
	0x1009: {name: "MacroMode"},
	0x100a: {name: "FlashMode"},
	0x100b: {name: "FlashExposureComp"},
	0x100c: {name: "ManualFlashOutput"},
	0x100d: {name: "FullPressSnap"},
	0x100e: {name: "DynamicRangeExpansion"},
	0x100f: {name: "NoiseReduction"},
	0x1010: {name: "ImageEffects"},
	0x1011: {name: "Vignetting"},
	0x1012: {name: "Contrast"},
	0x1013: {name: "Saturation"},
	0x1014: {name: "Sharpness"},
	0x1015: {name: "ToningEffect"},
	0x1016: {name: "HueAdjust"},
	0x1017: {name: "WideAdapter"},
	0x1018: {name: "CropMode"},
	0x1019: {name: "NDFilter"},
	0x101a: {name: "WBBracketShotNumber"},
	0x1200: {name: "AFStatus"},
	0x1201: {name: "AFAreaXPosition1"},
	0x1202: {name: "AFAreaYPosition1"},
	0x1203: {name: "AFAreaXPosition"},
	0x1204: {name: "AFAreaYPosition"},
	0x1205: {name: "AFAreaMode"},
	0x1307: {name: "ColorTempKelvin"},
	0x1308: {name: "ColorTemperature"},
	0x1500: {name: "FocalLength"},
	0x1601: {name: "SensorWidth"},
	0x1602: {name: "SensorHeight"},
	0x1603: {name: "CroppedImageWidth"},
	0x1604: {name: "CroppedImageHeight"},
	0x2001: {place: ricohCameraInfo},
	0x4001: directoryAt(&ricohTheta),
}}

var ricohSubdir = table{"Ricoh", map[uint16]tag{
	0x0004: {name: "ManufactureDate1"},
	0x0005: {name: "ManufactureDate2"},
	0x002a: {name: "NoiseReduction"},
}}

var ricohTheta = table{"Ricoh", map[uint16]tag{
	0x0003: {name: "Accelerometer"},
	0x0004: {name: "Compass"},
	0x000a: {name: "TimeZone"},
}}

// ricohSerial reads a number in characters, or one of the other kind.
func ricohSerial(n *reader, v value) error {
	for _, c := range v.raw {
		if c != '-' && c != ' ' && c != '_' && (c < '0' || c > '9') && (c|0x20 < 'a' || c|0x20 > 'z') {
			n.add("MakerNotes:Ricoh:InternalSerialNumber", hex.EncodeToString(v.raw))
			return nil
		}
	}
	n.add("MakerNotes:Ricoh:SerialNumber", v.String())
	return nil
}

// ricohCameraInfo opens a big-endian directory behind twenty bytes of header
// ("[Ricoh Camera Info]").
func ricohCameraInfo(n *reader, v value) error {
	const header = 20
	at := v.at
	if v.typ == typeLong {
		b, err := n.bytes(v.at, 4)
		if err != nil {
			return err
		}
		at = n.base + int64(n.order.Uint32(b))
	}
	around := n.order
	n.order = binary.BigEndian
	err := n.directory(at+header, &ricohSubdir)
	n.order = around
	return err
}
