package exif

import (
	"fmt"
	"strings"
)

// tagName gives ExifTool's name of a tag in a directory, or its number in
// hexadecimal.
func tagName(ifd string, id uint16) string {
	if i := strings.LastIndexByte(ifd, '/'); i >= 0 {
		ifd = ifd[i+1:]
	}
	name := ""
	switch {
	case ifd == GPSIFD:
		name = gpsNames[id]
	case ifd == Interop:
		name = interopNames[id]
	case ifd == IFD1 && thumbnailNames[id] != "":
		name = thumbnailNames[id]
	default:
		name = exifNames[id]
	}
	if name == "" {
		return fmt.Sprintf("0x%04x", id)
	}
	return name
}

// panasonicName names the one tag of RW2's own that other readers know.
func panasonicName(id uint16) string {
	if id == 0x000b {
		return "Compression"
	}
	return fmt.Sprintf("0x%04x", id)
}

// Field is how reports name the tag: "EXIF:DateTimeOriginal", and with the
// directory where it is not one of the main picture: "EXIF:IFD1:ModifyDate".
func (t *Tag) Field() string {
	switch t.IFD {
	case IFD0, ExifIFD, GPSIFD, Interop:
		return "EXIF:" + t.Name
	}
	return "EXIF:" + t.IFD + ":" + t.Name
}

// isBulk says that a tag holds no statement but data for other readers: image
// strips, profiles, embedded XMP and IPTC, maker notes. Its place is kept, its
// value is not read here.
func isBulk(id uint16) bool {
	switch id {
	case 0x0111, 0x0117, // StripOffsets, StripByteCounts
		0x0144, 0x0145, // TileOffsets, TileByteCounts
		0x015b,         // JPEGTables
		0x02bc,         // XMP
		0x83bb, 0x8649, // IPTC, Photoshop resources
		0x8773,         // ICC profile
		0x927c, 0xc634, // MakerNote, DNG private data
		0x935c,                                         // Photoshop image source data
		0xc617, 0xc618, 0xc6fa, 0xc6fb, 0xc725, 0xc740, // DNG tables, opcodes
		0xc741, 0xc74e, 0xc6fc:
		return true
	}
	return false
}

// isBlob says that a value of bytes is too long to be a statement: an embedded
// picture, as Panasonic keeps one.
func isBlob(typ uint16, size uint64) bool {
	return (typ == typeByte || typ == typeUndefined) && size > 1<<16
}

var thumbnailNames = map[uint16]string{0x0201: "ThumbnailOffset", 0x0202: "ThumbnailLength"}

var interopNames = map[uint16]string{0x0001: "InteropIndex", 0x0002: "InteropVersion"}

// TIFF 6.0, EXIF 3.0 section 4.6 and DNG 1.7, under ExifTool's names: among
// them CreateDate for DateTimeDigitized, ModifyDate for DateTime and
// SerialNumber for BodySerialNumber.
var exifNames = map[uint16]string{
	0x000b: "ProcessingSoftware",
	0x00fe: "SubfileType",
	0x00ff: "OldSubfileType",
	0x0100: "ImageWidth",
	0x0101: "ImageHeight",
	0x0102: "BitsPerSample",
	0x0103: "Compression",
	0x0106: "PhotometricInterpretation",
	0x010a: "FillOrder",
	0x010d: "DocumentName",
	0x010e: "ImageDescription",
	0x010f: "Make",
	0x0110: "Model",
	0x0111: "StripOffsets",
	0x0112: "Orientation",
	0x0115: "SamplesPerPixel",
	0x0116: "RowsPerStrip",
	0x0117: "StripByteCounts",
	0x0118: "MinSampleValue",
	0x0119: "MaxSampleValue",
	0x011a: "XResolution",
	0x011b: "YResolution",
	0x011c: "PlanarConfiguration",
	0x011d: "PageName",
	0x011e: "XPosition",
	0x011f: "YPosition",
	0x0128: "ResolutionUnit",
	0x0129: "PageNumber",
	0x012d: "TransferFunction",
	0x0131: "Software",
	0x0132: "ModifyDate",
	0x013b: "Artist",
	0x013c: "HostComputer",
	0x013d: "Predictor",
	0x013e: "WhitePoint",
	0x013f: "PrimaryChromaticities",
	0x0140: "ColorMap",
	0x0142: "TileWidth",
	0x0143: "TileLength",
	0x0144: "TileOffsets",
	0x0145: "TileByteCounts",
	0x014a: "SubIFD",
	0x0152: "ExtraSamples",
	0x0153: "SampleFormat",
	0x015b: "JPEGTables",
	0x0201: "PreviewImageStart",
	0x0202: "PreviewImageLength",
	0x0211: "YCbCrCoefficients",
	0x0212: "YCbCrSubSampling",
	0x0213: "YCbCrPositioning",
	0x0214: "ReferenceBlackWhite",
	0x02bc: "ApplicationNotes",
	0x4746: "Rating",
	0x4749: "RatingPercent",
	0x8298: "Copyright",
	0x829a: "ExposureTime",
	0x829d: "FNumber",
	0x83bb: "IPTC-NAA",
	0x8649: "PhotoshopSettings",
	0x8769: "ExifOffset",
	0x8773: "ICC_Profile",
	0x8822: "ExposureProgram",
	0x8824: "SpectralSensitivity",
	0x8825: "GPSInfo",
	0x8827: "ISO",
	0x8828: "Opto-ElectricConvFactor",
	0x882a: "TimeZoneOffset",
	0x882b: "SelfTimerMode",
	0x8830: "SensitivityType",
	0x8831: "StandardOutputSensitivity",
	0x8832: "RecommendedExposureIndex",
	0x9000: "ExifVersion",
	0x9003: "DateTimeOriginal",
	0x9004: "CreateDate",
	0x9010: "OffsetTime",
	0x9011: "OffsetTimeOriginal",
	0x9012: "OffsetTimeDigitized",
	0x9101: "ComponentsConfiguration",
	0x9102: "CompressedBitsPerPixel",
	0x9201: "ShutterSpeedValue",
	0x9202: "ApertureValue",
	0x9203: "BrightnessValue",
	0x9204: "ExposureCompensation",
	0x9205: "MaxApertureValue",
	0x9206: "SubjectDistance",
	0x9207: "MeteringMode",
	0x9208: "LightSource",
	0x9209: "Flash",
	0x920a: "FocalLength",
	0x9214: "SubjectArea",
	0x927c: "MakerNote",
	0x9286: "UserComment",
	0x9290: "SubSecTime",
	0x9291: "SubSecTimeOriginal",
	0x9292: "SubSecTimeDigitized",
	0x935c: "ImageSourceData",
	0x9400: "AmbientTemperature",
	0x9401: "Humidity",
	0x9402: "Pressure",
	0x9403: "WaterDepth",
	0x9404: "Acceleration",
	0x9405: "CameraElevationAngle",
	0x9c9b: "XPTitle",
	0x9c9c: "XPComment",
	0x9c9d: "XPAuthor",
	0x9c9e: "XPKeywords",
	0x9c9f: "XPSubject",
	0xa000: "FlashpixVersion",
	0xa001: "ColorSpace",
	0xa002: "ExifImageWidth",
	0xa003: "ExifImageHeight",
	0xa004: "RelatedSoundFile",
	0xa005: "InteropOffset",
	0xa20b: "FlashEnergy",
	0xa20c: "SpatialFrequencyResponse",
	0xa20e: "FocalPlaneXResolution",
	0xa20f: "FocalPlaneYResolution",
	0xa210: "FocalPlaneResolutionUnit",
	0xa214: "SubjectLocation",
	0xa215: "ExposureIndex",
	0xa217: "SensingMethod",
	0xa300: "FileSource",
	0xa301: "SceneType",
	0xa302: "CFAPattern",
	0xa401: "CustomRendered",
	0xa402: "ExposureMode",
	0xa403: "WhiteBalance",
	0xa404: "DigitalZoomRatio",
	0xa405: "FocalLengthIn35mmFormat",
	0xa406: "SceneCaptureType",
	0xa407: "GainControl",
	0xa408: "Contrast",
	0xa409: "Saturation",
	0xa40a: "Sharpness",
	0xa40b: "DeviceSettingDescription",
	0xa40c: "SubjectDistanceRange",
	0xa420: "ImageUniqueID",
	0xa430: "OwnerName",
	0xa431: "SerialNumber",
	0xa432: "LensInfo",
	0xa433: "LensMake",
	0xa434: "LensModel",
	0xa435: "LensSerialNumber",
	0xa436: "ImageTitle",
	0xa437: "Photographer",
	0xa438: "ImageEditor",
	0xa439: "CameraFirmware",
	0xa43a: "RAWDevelopingSoftware",
	0xa43b: "ImageEditingSoftware",
	0xa43c: "MetadataEditingSoftware",
	0xa460: "CompositeImage",
	0xa461: "CompositeImageCount",
	0xa462: "CompositeImageExposureTimes",
	0xa500: "Gamma",
	0xc4a5: "PrintIM",
	0xc612: "DNGVersion",
	0xc613: "DNGBackwardVersion",
	0xc614: "UniqueCameraModel",
	0xc615: "LocalizedCameraModel",
	0xc62f: "CameraSerialNumber",
	0xc630: "DNGLensInfo",
	0xc634: "DNGPrivateData",
	0xc65d: "RawDataUniqueID",
	0xc68b: "OriginalRawFileName",
	0xc71a: "PreviewColorSpace",
	0xc71b: "PreviewDateTime",
	0xea1c: "Padding",
	0xea1d: "OffsetSchema",
}

// EXIF 3.0 section 4.6.6.
var gpsNames = map[uint16]string{
	0x00: "GPSVersionID",
	0x01: "GPSLatitudeRef",
	0x02: "GPSLatitude",
	0x03: "GPSLongitudeRef",
	0x04: "GPSLongitude",
	0x05: "GPSAltitudeRef",
	0x06: "GPSAltitude",
	0x07: "GPSTimeStamp",
	0x08: "GPSSatellites",
	0x09: "GPSStatus",
	0x0a: "GPSMeasureMode",
	0x0b: "GPSDOP",
	0x0c: "GPSSpeedRef",
	0x0d: "GPSSpeed",
	0x0e: "GPSTrackRef",
	0x0f: "GPSTrack",
	0x10: "GPSImgDirectionRef",
	0x11: "GPSImgDirection",
	0x12: "GPSMapDatum",
	0x13: "GPSDestLatitudeRef",
	0x14: "GPSDestLatitude",
	0x15: "GPSDestLongitudeRef",
	0x16: "GPSDestLongitude",
	0x17: "GPSDestBearingRef",
	0x18: "GPSDestBearing",
	0x19: "GPSDestDistanceRef",
	0x1a: "GPSDestDistance",
	0x1b: "GPSProcessingMethod",
	0x1c: "GPSAreaInformation",
	0x1d: "GPSDateStamp",
	0x1e: "GPSDifferential",
	0x1f: "GPSHPositioningError",
}
