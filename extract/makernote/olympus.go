package makernote

import (
	"fmt"
	"math"
)

var olympusMain = table{"Olympus", map[uint16]tag{
	0x0000: {name: "MakerNoteVersion"},
	0x0040: {name: "CompressedImageSize"},
	0x0089: {name: "PreviewImageLength"},
	0x0100: {name: "ThumbnailImage", binary: true},
	0x0104: {name: "BodyFirmwareVersion"},
	0x0200: {name: "SpecialMode"},
	0x0201: {name: "Quality"},
	0x0202: {name: "Macro"},
	0x0203: {name: "BWMode"},
	0x0204: {name: "DigitalZoom"},
	0x0205: {name: "FocalPlaneDiagonal"},
	0x0206: {name: "LensDistortionParams"},
	0x0207: {name: "CameraType"},
	0x0209: {name: "CameraID"},
	0x020b: {name: "EpsonImageWidth"},
	0x020c: {name: "EpsonImageHeight"},
	0x020d: {name: "EpsonSoftware"},
	0x0300: {name: "PreCaptureFrames"},
	0x0301: {name: "WhiteBoard"},
	0x0302: {name: "OneTouchWB"},
	0x0303: {name: "WhiteBalanceBracket"},
	0x0304: {name: "WhiteBalanceBias"},
	0x0401: {name: "BlackLevel"},
	0x0403: {name: "SceneMode"},
	0x0404: {name: "SerialNumber"},
	0x0405: {name: "Firmware"},
	0x0f05: {name: "ZoomedPreviewLength"},
	0x0f06: {name: "ZoomedPreviewSize"},
	0x1003: {name: "BrightnessValue"},
	0x1004: {name: "FlashMode"},
	0x1005: {name: "FlashDevice"},
	0x1006: {name: "ExposureCompensation"},
	0x1008: {name: "LensTemperature"},
	0x1009: {name: "LightCondition"},
	0x100a: {name: "FocusRange"},
	0x100b: {name: "FocusMode"},
	0x100c: {name: "ManualFocusDistance"},
	0x100d: {name: "ZoomStepCount"},
	0x100e: {name: "FocusStepCount"},
	0x100f: {name: "Sharpness"},
	0x1010: {name: "FlashChargeLevel"},
	0x1011: {name: "ColorMatrix", conv: as(typeSShort)},
	0x1012: {name: "BlackLevel"},
	0x1015: {name: "WBMode"},
	0x1019: {name: "ColorMatrixNumber"},
	0x101a: {name: "SerialNumber"},
	0x1023: {name: "FlashExposureComp"},
	0x1024: {name: "InternalFlashTable"},
	0x1025: {name: "ExternalFlashGValue"},
	0x1026: {name: "ExternalFlashBounce"},
	0x1027: {name: "ExternalFlashZoom"},
	0x1028: {name: "ExternalFlashMode"},
	0x1029: {name: "Contrast"},
	0x102a: {name: "SharpnessFactor"},
	0x102b: {name: "ColorControl"},
	0x102c: {name: "ValidBits"},
	0x102d: {name: "CoringFilter"},
	0x102e: {name: "OlympusImageWidth"},
	0x102f: {name: "OlympusImageHeight"},
	0x1030: {name: "SceneDetect"},
	0x1034: {name: "CompressionRatio"},
	0x1035: {name: "PreviewImageValid"},
	0x1037: {name: "PreviewImageLength"},
	0x1038: {name: "AFResult"},
	0x1039: {name: "CCDScanMode"},
	0x103a: {name: "NoiseReduction"},
	0x103b: {name: "FocusStepInfinity"},
	0x103c: {name: "FocusStepNear"},
	0x103d: {name: "LightValueCenter"},
	0x103e: {name: "LightValuePeriphery"},
	0x2010: directoryAt(&olympusEquipment),
	0x2020: directoryAt(&olympusCameraSettings),
	0x2030: directoryAt(&olympusRawDevelopment),
	0x2040: directoryAt(&olympusImageProcessing),
	0x2050: directoryAt(&olympusFocusInfo),
}}

var olympusEquipment = table{"Olympus", map[uint16]tag{
	0x0000: {name: "EquipmentVersion"},
	0x0100: {name: "CameraType2"},
	0x0101: {name: "SerialNumber"},
	0x0102: {name: "InternalSerialNumber"},
	0x0103: {name: "FocalPlaneDiagonal"},
	0x0104: {name: "BodyFirmwareVersion"},
	0x0201: {name: "LensType", conv: olympusLens},
	0x0202: {name: "LensSerialNumber"},
	0x0203: {name: "LensModel"},
	0x0204: {name: "LensFirmwareVersion"},
	0x0205: {name: "MaxApertureAtMinFocal", conv: olympusAperture},
	0x0206: {name: "MaxApertureAtMaxFocal", conv: olympusAperture},
	0x0207: {name: "MinFocalLength"},
	0x0208: {name: "MaxFocalLength"},
	0x020a: {name: "MaxAperture", conv: olympusAperture},
	0x020b: {name: "LensProperties"},
	0x0301: {name: "Extender", conv: olympusExtender},
	0x0302: {name: "ExtenderSerialNumber"},
	0x0303: {name: "ExtenderModel"},
	0x0304: {name: "ExtenderFirmwareVersion"},
	0x0403: {name: "ConversionLens"},
	0x1000: {name: "FlashType"},
	0x1001: {name: "FlashModel"},
	0x1002: {name: "FlashFirmwareVersion"},
	0x1003: {name: "FlashSerialNumber"},
}}

// olympusLens names a lens by make, model and version.
func olympusLens(v value) (string, bool) {
	if b := v.raw; len(b) == 6 {
		return fmt.Sprintf("%x %02x %02x", b[0], b[2], b[3]), true
	}
	return "", false
}

func olympusExtender(v value) (string, bool) {
	if b := v.raw; len(b) == 6 {
		return fmt.Sprintf("%x %02x", b[0], b[2]), true
	}
	return "", false
}

// olympusAperture reads a logarithm in 1/256 of a step.
func olympusAperture(v value) (string, bool) {
	n, ok := v.Int()
	if n == 0 {
		return "0", ok
	}
	return perlNumber(math.Pow(2, float64(n)/512)), ok
}
