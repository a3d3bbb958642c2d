package makernote

var samsungType2 = table{"Samsung", map[uint16]tag{
	0x0001: {name: "MakerNoteVersion"},
	0x0002: {name: "DeviceType"},
	0x0003: {name: "SamsungModelID"},
	0x0020: {name: "SmartAlbumColor"},
	0x0030: {name: "LocalLocationName"},
	0x0031: {name: "LocationName"},
	0x0040: {name: "RawDataByteOrder"},
	0x0041: {name: "WhiteBalanceSetup"},
	0x0043: {name: "CameraTemperature"},
	0x0050: {name: "RawDataCFAPattern"},
	0x0100: {name: "FaceDetect"},
	0x0120: {name: "FaceRecognition"},
	0x0123: {name: "FaceName"},
	0xa001: {name: "FirmwareName"},
	0xa002: {name: "SerialNumber", conv: samsungSerial},
	0xa003: {name: "LensType"},
	0xa004: {name: "LensFirmware"},
	0xa005: {name: "InternalLensSerialNumber"},
	0xa010: {name: "SensorAreas"},
	0xa011: {name: "ColorSpace"},
	0xa012: {name: "SmartRange"},
	0xa013: {name: "ExposureCompensation"},
	0xa014: {name: "ISO"},
	0xa018: {name: "ExposureTime"},
	0xa019: {name: "FNumber"},
	0xa01a: {name: "FocalLengthIn35mmFormat", conv: over(10)},
}}

// samsungSerial leaves out what does not begin like a serial number.
func samsungSerial(v value) (string, bool) {
	if len(v.raw) < 5 {
		return "", false
	}
	for _, c := range v.raw[:5] {
		if c != '_' && (c < '0' || c > '9') && (c|0x20 < 'a' || c|0x20 > 'z') {
			return "", false
		}
	}
	return v.String(), true
}
