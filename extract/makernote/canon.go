package makernote

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"strings"
	"unicode/utf8"

	"github.com/firsthand-media/firsthand/extract/exif"
)

var canonMain = table{"Canon", map[uint16]tag{
	0x0001: {name: "CanonCameraSettings", open: canonCameraSettings},
	0x0002: recordOf(&canonFocalLength),
	0x0004: recordOf(&canonShotInfo),
	0x0005: recordOf(&canonPanorama),
	0x0006: {name: "CanonImageType"},
	0x0007: {name: "CanonFirmwareVersion"},
	0x0008: {name: "FileNumber"},
	0x0009: {name: "OwnerName", open: canonOwner},
	0x000c: {name: "SerialNumber", open: canonSerial},
	0x000d: {name: "CanonCameraInfo", open: canonCameraInfo},
	0x000e: {name: "CanonFileLength"},
	0x0010: {name: "CanonModelID"},
	0x0013: {name: "ThumbnailImageValidArea"},
	0x0015: {name: "SerialNumberFormat"},
	0x001a: {name: "SuperMacro"},
	0x001c: {name: "DateStampMode"},
	0x001e: {name: "FirmwareRevision"},
	0x0028: {name: "ImageUniqueID", conv: hexID},
	0x0035: recordOf(&canonTimeInfo),
	0x0038: {name: "BatteryType", conv: canonBattery},
	0x0093: {name: "CanonFileInfo", open: canonFileInfo},
	0x0095: {name: "LensModel"},
	0x0096: {name: "InternalSerialNumber", open: canonInternalSerial},
	0x0097: {name: "DustRemovalData", binary: true},
	0x0098: recordOf(&canonCropInfo),
	0x009a: recordOf(&canonAspectInfo),
	0x00a0: recordOf(&canonProcessing),
	0x00ae: {name: "ColorTemperature"},
	0x00b1: recordOf(&canonModifiedInfo),
	0x00b4: {name: "ColorSpace"},
	0x00d0: {name: "VRDOffset"},
	0x00e0: recordOf(&canonSensorInfo),
	0x4008: {name: "PictureStyleUserDef"},
	0x4009: {name: "PictureStylePC"},
	0x4010: {name: "CustomPictureStyleFileName"},
	0x4019: recordOf(&canonLensInfo),
}}

// The records of Canon count in 16-bit numbers, the first of which is often
// the record's length in bytes.

var canonSettings = record{"Canon", 2, []field{
	{at: 1, name: "MacroMode", typ: typeSShort},
	{at: 2, name: "SelfTimer", typ: typeSShort},
	{at: 3, name: "Quality", typ: typeSShort},
	{at: 4, name: "CanonFlashMode", typ: typeSShort},
	{at: 5, name: "ContinuousDrive", typ: typeSShort},
	{at: 7, name: "FocusMode", typ: typeSShort},
	{at: 9, name: "RecordMode", typ: typeSShort},
	{at: 10, name: "CanonImageSize", typ: typeSShort},
	{at: 11, name: "EasyMode", typ: typeSShort},
	{at: 12, name: "DigitalZoom", typ: typeSShort},
	{at: 17, name: "MeteringMode", typ: typeSShort},
	{at: 18, name: "FocusRange", typ: typeSShort},
	{at: 20, name: "CanonExposureMode", typ: typeSShort},
	{at: 22, name: "LensType", typ: typeShort, conv: notZero},
	{at: 25, name: "FocalUnits", typ: typeSShort},
	{at: 36, name: "ZoomSourceWidth", typ: typeSShort},
	{at: 37, name: "ZoomTargetWidth", typ: typeSShort},
}}

var canonFocalLength = record{"Canon", 2, []field{
	{at: 0, name: "FocalType", typ: typeShort, conv: notZero},
}}

var canonShotInfo = record{"Canon", 2, []field{
	{at: 7, name: "WhiteBalance", typ: typeSShort},
	{at: 8, name: "SlowShutter", typ: typeSShort},
	{at: 9, name: "SequenceNumber", typ: typeSShort},
	{at: 10, name: "OpticalZoomCode", typ: typeSShort},
	{at: 16, name: "AutoExposureBracketing", typ: typeSShort},
	{at: 18, name: "ControlMode", typ: typeSShort},
	{at: 24, name: "BulbDuration", typ: typeSShort, conv: over(10)},
	{at: 26, name: "CameraType", typ: typeSShort},
	{at: 27, name: "AutoRotate", typ: typeSShort, conv: notNegative},
	{at: 28, name: "NDFilter", typ: typeSShort},
}}

var canonPanorama = record{"Canon", 2, []field{
	{at: 2, name: "PanoramaFrameNumber", typ: typeSShort},
	{at: 5, name: "PanoramaDirection", typ: typeSShort},
}}

var canonTimeInfo = record{"Canon", 4, []field{
	{at: 1, name: "TimeZone", typ: typeSLong},
	{at: 2, name: "TimeZoneCity", typ: typeSLong},
	{at: 3, name: "DaylightSavings", typ: typeSLong},
}}

var canonFile = record{"Canon", 2, []field{
	{at: 3, name: "BracketMode", typ: typeSShort},
	{at: 4, name: "BracketValue", typ: typeSShort},
	{at: 5, name: "BracketShotNumber", typ: typeSShort},
	{at: 7, name: "RawJpgSize", typ: typeSShort, conv: notNegative},
	{at: 9, name: "WBBracketMode", typ: typeSShort},
	{at: 12, name: "WBBracketValueAB", typ: typeSShort},
	{at: 13, name: "WBBracketValueGM", typ: typeSShort},
	{at: 19, name: "LiveViewShooting", typ: typeSShort},
	{at: 23, name: "ShutterMode", typ: typeSShort},
	{at: 25, name: "FlashExposureLock", typ: typeSShort},
	{at: 61, name: "RFLensType", typ: typeShort},
}}

var canonCropInfo = record{"Canon", 2, []field{
	{at: 0, name: "CropLeftMargin", typ: typeShort},
	{at: 1, name: "CropRightMargin", typ: typeShort},
	{at: 2, name: "CropTopMargin", typ: typeShort},
	{at: 3, name: "CropBottomMargin", typ: typeShort},
}}

var canonAspectInfo = record{"Canon", 4, []field{
	{at: 0, name: "AspectRatio", typ: typeLong},
	{at: 1, name: "CroppedImageWidth", typ: typeLong},
	{at: 2, name: "CroppedImageHeight", typ: typeLong},
	{at: 3, name: "CroppedImageLeft", typ: typeLong},
	{at: 4, name: "CroppedImageTop", typ: typeLong},
}}

var canonProcessing = record{"Canon", 2, []field{
	{at: 1, name: "ToneCurve", typ: typeSShort},
	{at: 3, name: "SharpnessFrequency", typ: typeSShort},
	{at: 4, name: "SensorRedLevel", typ: typeSShort},
	{at: 5, name: "SensorBlueLevel", typ: typeSShort},
	{at: 6, name: "WhiteBalanceRed", typ: typeSShort},
	{at: 7, name: "WhiteBalanceBlue", typ: typeSShort},
	{at: 8, name: "WhiteBalance", typ: typeSShort, conv: notNegative},
	{at: 9, name: "ColorTemperature", typ: typeSShort},
	{at: 10, name: "PictureStyle", typ: typeSShort},
	{at: 11, name: "DigitalGain", typ: typeSShort, conv: over(10)},
	{at: 12, name: "WBShiftAB", typ: typeSShort},
	{at: 13, name: "WBShiftGM", typ: typeSShort},
}}

var canonModifiedInfo = record{"Canon", 2, []field{
	{at: 1, name: "ModifiedToneCurve", typ: typeSShort},
	{at: 3, name: "ModifiedSharpnessFreq", typ: typeSShort},
	{at: 4, name: "ModifiedSensorRedLevel", typ: typeSShort},
	{at: 5, name: "ModifiedSensorBlueLevel", typ: typeSShort},
	{at: 6, name: "ModifiedWhiteBalanceRed", typ: typeSShort},
	{at: 7, name: "ModifiedWhiteBalanceBlue", typ: typeSShort},
	{at: 8, name: "ModifiedWhiteBalance", typ: typeSShort},
	{at: 9, name: "ModifiedColorTemp", typ: typeSShort},
	{at: 10, name: "ModifiedPictureStyle", typ: typeSShort},
	{at: 11, name: "ModifiedDigitalGain", typ: typeSShort, conv: over(10)},
}}

var canonSensorInfo = record{"Canon", 2, []field{
	{at: 1, name: "SensorWidth", typ: typeSShort},
	{at: 2, name: "SensorHeight", typ: typeSShort},
	{at: 5, name: "SensorLeftBorder", typ: typeSShort},
	{at: 6, name: "SensorTopBorder", typ: typeSShort},
	{at: 7, name: "SensorRightBorder", typ: typeSShort},
	{at: 8, name: "SensorBottomBorder", typ: typeSShort},
	{at: 9, name: "BlackMaskLeftBorder", typ: typeSShort},
	{at: 10, name: "BlackMaskTopBorder", typ: typeSShort},
	{at: 11, name: "BlackMaskRightBorder", typ: typeSShort},
	{at: 12, name: "BlackMaskBottomBorder", typ: typeSShort},
}}

var canonLensInfo = record{"Canon", 1, []field{
	{at: 0, name: "LensSerialNumber", typ: typeUndefined, count: 5, conv: hexID},
}}

// notZero leaves out a number that is zero, which stands for "not known".
func notZero(v value) (string, bool) {
	n, ok := v.Int()
	return v.String(), ok && n != 0
}

// notNegative leaves out a number below zero.
func notNegative(v value) (string, bool) {
	n, ok := v.Int()
	return v.String(), ok && n >= 0
}

// canonCameraSettings also reads the focal lengths, which are in units that
// the record states.
func canonCameraSettings(n *reader, v value) error {
	if !sizedRecord(v) {
		n.note.problem("corrupt-structure", "MakerNotes:Canon", "a record of the Canon maker note has a length that is not its own")
		return nil
	}
	if err := canonSettings.open(n, v); err != nil {
		return err
	}
	unit, ok := v.part(field{at: 25, typ: typeSShort}, 2)
	if !ok {
		return nil
	}
	by, _ := unit.Int()
	for _, f := range []field{{at: 23, name: "MaxFocalLength", typ: typeShort}, {at: 24, name: "MinFocalLength", typ: typeShort}} {
		length, ok := v.part(f, 2)
		if !ok {
			continue
		}
		if mm, _ := length.Int(); mm != 0 {
			n.add("MakerNotes:Canon:"+f.name, perlNumber(float64(mm)/float64(max(by, 1))))
		}
	}
	return nil
}

// sizedRecord says whether a record begins with its own length, as Canon's
// settings do. Some cameras count it in other units by two bytes.
func sizedRecord(v value) bool {
	if len(v.raw) < 2 {
		return false
	}
	size, have := int(v.order.Uint16(v.raw)), len(v.raw)
	return size == have || size*2 == have || size > have && size < have+64 || size == have-2
}

// canonCameraInfo reads how a PowerShot was held. Its records are known by
// their lengths; those of the EOS are another matter for each model.
func canonCameraInfo(n *reader, v value) error {
	if v.typ != typeLong || strings.Contains(n.model, "EOS") {
		return nil
	}
	at := 24
	switch len(v.raw) / 4 {
	case 138, 148:
		at = 23
	case 156, 162, 167, 171, 264:
	default:
		return nil
	}
	r := record{"Canon", 4, []field{{at: at, name: "Rotation", typ: typeSLong}}}
	return r.open(n, v)
}

// canonFileInfo also reads the shutter counter of the first EOS-1D series,
// whose second kind writes its halves in the wrong order.
func canonFileInfo(n *reader, v value) error {
	part, ok := v.part(field{at: 1, typ: typeLong}, 2)
	count, _ := part.Int()
	switch {
	case !ok:
	case v.order == exif.ByteOrder(binary.BigEndian):
		n.add("MakerNotes:Canon:ShutterCount", fmt.Sprint(count))
	case strings.HasSuffix(n.model, "1D Mark II"), strings.HasSuffix(n.model, "1Ds Mark II"):
		n.add("MakerNotes:Canon:ShutterCount", fmt.Sprint(count>>16|count&0xffff<<16))
	}
	return canonFile.open(n, v)
}

// canonOwner keeps the name as the camera's user wrote it, umlauts included.
func canonOwner(n *reader, v value) error {
	n.add("MakerNotes:Canon:OwnerName", v.String())
	n.note.Owner = strings.TrimSpace(latin1(beforeZero(v.raw)))
	return nil
}

// canonSerial also writes the number as it is printed on the body, which
// differs by model.
func canonSerial(n *reader, v value) error {
	number, ok := v.Int()
	if !ok {
		return nil
	}
	n.add("MakerNotes:Canon:SerialNumber", v.String())
	switch {
	case number == 0:
	case strings.HasSuffix(n.model, "EOS D30"):
		n.note.Serial = fmt.Sprintf("%04x%05d", number>>16, number&0xffff)
	case strings.Contains(n.model, "EOS-1D"):
		n.note.Serial = fmt.Sprintf("%06d", number)
	default:
		n.note.Serial = fmt.Sprintf("%010d", number)
	}
	return nil
}

// canonInternalSerial reads a text, or the record of the EOS 5D that holds it.
func canonInternalSerial(n *reader, v value) error {
	raw := beforeZero(v.raw)
	if strings.Contains(n.model, "EOS 5D") {
		if len(v.raw) < 9 {
			return nil
		}
		raw = beforeZero(v.raw[9:])
	} else {
		raw = bytes.TrimRightFunc(raw, func(r rune) bool { return r == utf8.RuneError }) // filled up with 0xff
	}
	n.add("MakerNotes:Canon:InternalSerialNumber", printable(raw))
	return nil
}

// canonBattery reads the battery's name behind the length of the record.
func canonBattery(v value) (string, bool) {
	if len(v.raw) != 76 {
		return "", false
	}
	return printable(beforeZero(v.raw[4:])), true
}
