package makernote

var leica5 = table{"Leica", map[uint16]tag{
	0x0303: {name: "LensType"},
	0x0305: {name: "SerialNumber"},
	0x0407: {name: "OriginalFileName"},
	0x0408: {name: "OriginalDirectory"},
	0x040d: {name: "ExposureMode"},
	0x0412: {name: "FilmMode"},
	0x0413: {name: "WB_RGBLevels"},
	0x0500: {name: "InternalSerialNumber"},
}}

var leica4Subdir = table{"Leica", map[uint16]tag{
	0x300a: {name: "Contrast"},
	0x300b: {name: "Sharpening"},
	0x300d: {name: "Saturation"},
	0x3033: {name: "WhiteBalance"},
	0x3034: {name: "JPEGQuality"},
	0x3036: {name: "WB_RGBLevels"},
	0x3038: {name: "UserProfile"},
	0x303a: {name: "JPEGSize"},
	0x3103: {name: "SerialNumber"},
	0x3109: {name: "FirmwareVersion"},
	0x312a: {name: "BaseISO"},
	0x312b: {name: "SensorWidth"},
	0x312c: {name: "SensorHeight"},
	0x312d: {name: "SensorBitDepth"},
	0x3402: {name: "CameraTemperature"},
	0x3406: {name: "ApproximateFNumber"},
}}

var leica9 = table{"Leica", map[uint16]tag{
	0x0304: {name: "FocusDistance"},
	0x0311: {name: "ExternalSensorBrightnessValue"},
	0x0312: {name: "MeasuredLV"},
	0x034c: {name: "UserProfile"},
	0x0359: {name: "ISOSelected"},
	0x035a: {name: "FNumber", conv: over(1000)},
	0x035b: {name: "CorrelatedColorTemp"},
	0x035c: {name: "ColorTint"},
	0x035d: {name: "WhitePoint"},
}}

// leica4 is the note of the M9: directories in a directory.
var leica4 = table{"Leica", map[uint16]tag{
	0x3000: directoryAt(&leica4Subdir),
	0x3100: directoryAt(&leica4Subdir),
	0x3400: directoryAt(&leica4Subdir),
	0x3900: directoryAt(&leica4Subdir),
}}

// leica2 is the note of the M8.
var leica2 = table{"Leica", map[uint16]tag{
	0x0300: {name: "Quality"},
	0x0302: {name: "UserProfile"},
	0x0303: {name: "SerialNumber"},
	0x0304: {name: "WhiteBalance"},
	0x0311: {name: "ExternalSensorBrightnessValue"},
	0x0312: {name: "MeasuredLV"},
	0x0313: {name: "ApproximateFNumber"},
	0x0320: {name: "CameraTemperature"},
	0x0321: {name: "ColorTemperature"},
	0x0322: {name: "WBRedLevel"},
	0x0323: {name: "WBGreenLevel"},
	0x0324: {name: "WBBlueLevel"},
	0x0325: {name: "UV-IRFilterCorrection"},
	0x0330: {name: "CCDVersion"},
	0x0331: {name: "CCDBoardVersion"},
	0x0332: {name: "ControllerBoardVersion"},
	0x0333: {name: "M16CVersion"},
	0x0340: {name: "ImageIDNumber"},
}}
