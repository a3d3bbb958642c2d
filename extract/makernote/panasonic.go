package makernote

import (
	"fmt"
)

var panasonicMain = table{"Panasonic", map[uint16]tag{
	0x0001: {name: "ImageQuality"},
	0x0002: {name: "FirmwareVersion", conv: panasonicFirmware},
	0x0003: {name: "WhiteBalance"},
	0x0007: {name: "FocusMode"},
	0x000f: {name: "AFAreaMode"},
	0x001a: {name: "ImageStabilization"},
	0x001c: {name: "MacroMode"},
	0x001f: {name: "ShootingMode"},
	0x0020: {name: "Audio"},
	0x0023: {name: "WhiteBalanceBias", conv: over(3)},
	0x0024: {name: "FlashBias", conv: over(3)},
	0x0025: {name: "InternalSerialNumber"},
	0x0026: {name: "PanasonicExifVersion"},
	0x0027: {name: "VideoFrameRate"},
	0x0028: {name: "ColorEffect"},
	0x0029: {name: "TimeSincePowerOn", conv: over(100)},
	0x002a: {name: "BurstMode"},
	0x002b: {name: "SequenceNumber"},
	0x002c: {name: "ContrastMode"},
	0x002d: {name: "NoiseReduction"},
	0x002e: {name: "SelfTimer"},
	0x0030: {name: "Rotation"},
	0x0031: {name: "AFAssistLamp"},
	0x0032: {name: "ColorMode"},
	0x0033: {name: "BabyAge"},
	0x0034: {name: "OpticalZoomMode"},
	0x0035: {name: "ConversionLens"},
	0x0036: {name: "TravelDay"},
	0x0038: {name: "BatteryLevel"},
	0x0039: {name: "Contrast"},
	0x003a: {name: "WorldTimeLocation"},
	0x003b: {name: "TextStamp"},
	0x003c: {name: "ProgramISO"},
	0x003d: {name: "AdvancedSceneType"},
	0x003e: {name: "TextStamp"},
	0x003f: {name: "FacesDetected"},
	0x0040: {name: "Saturation"},
	0x0041: {name: "Sharpness"},
	0x0042: {name: "FilmMode"},
	0x0043: {name: "JPEGQuality"},
	0x0044: {name: "ColorTempKelvin"},
	0x0045: {name: "BracketSettings"},
	0x0046: {name: "WBShiftAB"},
	0x0047: {name: "WBShiftGM"},
	0x0048: {name: "FlashCurtain"},
	0x0049: {name: "LongExposureNoiseReduction"},
	0x004b: {name: "PanasonicImageWidth"},
	0x004c: {name: "PanasonicImageHeight"},
	0x004d: {name: "AFPointPosition"},
	0x0051: {name: "LensType"},
	0x0052: {name: "LensSerialNumber"},
	0x0053: {name: "AccessoryType"},
	0x0054: {name: "AccessorySerialNumber"},
	0x0059: {name: "Transform", conv: as(typeSShort)},
	0x005d: {name: "IntelligentExposure"},
	0x0060: {name: "LensFirmwareVersion", conv: as(typeByte)},
	0x0062: {name: "FlashWarning"},
	0x0065: {name: "Title", conv: text},
	0x0066: {name: "BabyName", conv: text},
	0x0067: {name: "Location", conv: text},
	0x0069: {name: "Country", conv: text},
	0x006b: {name: "State", conv: text},
	0x006d: {name: "City", conv: text},
	0x006f: {name: "Landmark", conv: text},
	0x0070: {name: "IntelligentResolution"},
	0x0076: {name: "HDRShot"},
	0x0077: {name: "BurstSpeed"},
	0x0079: {name: "IntelligentD-Range"},
	0x007c: {name: "ClearRetouch"},
	0x0080: {name: "City2", conv: text},
	0x0086: {name: "ManometerPressure", conv: over(10)},
	0x0089: {name: "PhotoStyle"},
	0x008a: {name: "ShadingCompensation"},
	0x008b: {name: "WBShiftIntelligentAuto"},
	0x008c: {name: "AccelerometerZ"},
	0x008d: {name: "AccelerometerX"},
	0x008e: {name: "AccelerometerY"},
	0x008f: {name: "CameraOrientation"},
	0x0090: {name: "RollAngle", conv: overSigned(10)},
	0x0091: {name: "PitchAngle", conv: overSigned(-10)},
	0x0092: {name: "WBShiftCreativeControl", conv: as(typeSByte)},
	0x0093: {name: "SweepPanoramaDirection"},
	0x0094: {name: "SweepPanoramaFieldOfView"},
	0x0096: {name: "TimerRecording"},
	0x009d: {name: "InternalNDFilter"},
	0x009e: {name: "HDR"},
	0x009f: {name: "ShutterType"},
	0x00a3: {name: "ClearRetouchValue"},
	0x00a7: {name: "OutputLUT", binary: true},
	0x00ab: {name: "TouchAE"},
	0x00ac: {name: "MonochromeFilterEffect"},
	0x00ad: {name: "HighlightShadow"},
	0x00af: {name: "TimeStamp"},
	0x00b3: {name: "VideoBurstResolution"},
	0x00b4: {name: "MultiExposure"},
	0x00b9: {name: "RedEyeRemoval"},
	0x00bb: {name: "VideoBurstMode"},
	0x00bc: {name: "DiffractionCorrection"},
	0x00bd: {name: "FocusBracket"},
	0x00be: {name: "LongExposureNRUsed"},
	0x00bf: {name: "PostFocusMerging"},
	0x00c1: {name: "VideoPreburst"},
	0x00c4: {name: "LensTypeMake"},
	0x00ca: {name: "SensorType"},
	0x00d1: {name: "ISO"},
	0x00d2: {name: "MonochromeGrainEffect"},
	0x00d6: {name: "NoiseReductionStrength"},
	0x00e8: {name: "MinimumISO"},
	0x00ee: {name: "DynamicRangeBoost"},
	0x2003: recordOf(&panasonicTime),
	0x8000: {name: "MakerNoteVersion"},
	0x8001: {name: "SceneMode"},
	0x8002: {name: "HighlightWarning"},
	0x8003: {name: "DarkFocusEnvironment"},
	0x8004: {name: "WBRedLevel"},
	0x8005: {name: "WBGreenLevel"},
	0x8006: {name: "WBBlueLevel"},
	0x8008: {name: "TextStamp"},
	0x8009: {name: "TextStamp"},
	0x8010: {name: "BabyAge"},
	0x8012: {name: "Transform", conv: as(typeSShort)},
}}

var panasonicTime = record{"Panasonic", 1, []field{
	{at: 0, name: "PanasonicDateTime", typ: typeUndefined, count: 8, conv: panasonicDateTime},
	{at: 16, name: "TimeLapseShotNumber", typ: typeLong},
}}

// panasonicDateTime reads eight bytes of binary-coded decimals, hundredths of
// a second last.
func panasonicDateTime(v value) (string, bool) {
	if b := v.raw; len(b) == 8 && b[0] != 0 {
		return fmt.Sprintf("%02x%02x:%02x:%02x %02x:%02x:%02x.%02x", b[0], b[1], b[2], b[3], b[4], b[5], b[6], b[7]), true
	}
	return "", false
}

// panasonicFirmware reads a version in numbers or in characters.
func panasonicFirmware(v value) (string, bool) {
	for _, c := range v.raw {
		if c < 0x30 {
			return as(typeByte)(v)
		}
	}
	return v.String(), true
}
