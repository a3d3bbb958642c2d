package iptc

// form is how a dataset's value is written.
type form int

const (
	text       form = iota // in the character set of 1:90
	digits                 // decimal digits, kept with their zeros
	date                   // CCYYMMDD
	clock                  // HHMMSS and the offset from UTC as ±HHMM
	number                 // big-endian
	binaryData             // shown by its size
	history                // text whose lines end with zero bytes
)

// definition is what IIM, or the program that added the dataset, says of it.
type definition struct {
	name string // ExifTool's
	form form
	list bool // may be repeated
}

// codedCharacterSet is the number of the dataset of record 1 that states the
// character set of the others.
const codedCharacterSet = 90

// datasets gives the definitions of one record, nil for one without any.
func datasets(record byte) map[byte]definition {
	switch record {
	case 1:
		return envelope
	case 2:
		return application
	case 3:
		return newsPhoto
	case 7:
		return preObjectData
	case 8:
		return objectData
	case 9:
		return postObjectData
	}
	return nil
}

// envelope is the envelope record (1): who sent the object, when, to whom.
var envelope = map[byte]definition{
	0:   {name: "EnvelopeRecordVersion", form: number},
	5:   {name: "Destination", list: true},
	20:  {name: "FileFormat", form: number},
	22:  {name: "FileVersion", form: number},
	30:  {name: "ServiceIdentifier"},
	40:  {name: "EnvelopeNumber", form: digits},
	50:  {name: "ProductID", list: true},
	60:  {name: "EnvelopePriority", form: digits},
	70:  {name: "DateSent", form: date},
	80:  {name: "TimeSent", form: clock},
	90:  {name: "CodedCharacterSet"},
	100: {name: "UniqueObjectName"},
	120: {name: "ARMIdentifier", form: number},
	122: {name: "ARMVersion", form: number},
}

// application is the application record (2), which is what editors show; from 184 on the numbers are those of FotoWare, Photo Mechanic and iView.
var application = map[byte]definition{
	0:   {name: "ApplicationRecordVersion", form: number},
	3:   {name: "ObjectTypeReference"},
	4:   {name: "ObjectAttributeReference", list: true},
	5:   {name: "ObjectName"},
	7:   {name: "EditStatus"},
	8:   {name: "EditorialUpdate", form: digits},
	10:  {name: "Urgency", form: digits},
	12:  {name: "SubjectReference", list: true},
	15:  {name: "Category"},
	20:  {name: "SupplementalCategories", list: true},
	22:  {name: "FixtureIdentifier"},
	25:  {name: "Keywords", list: true},
	26:  {name: "ContentLocationCode", list: true},
	27:  {name: "ContentLocationName", list: true},
	30:  {name: "ReleaseDate", form: date},
	35:  {name: "ReleaseTime", form: clock},
	37:  {name: "ExpirationDate", form: date},
	38:  {name: "ExpirationTime", form: clock},
	40:  {name: "SpecialInstructions"},
	42:  {name: "ActionAdvised", form: digits},
	45:  {name: "ReferenceService", list: true},
	47:  {name: "ReferenceDate", form: date, list: true},
	50:  {name: "ReferenceNumber", form: digits, list: true},
	55:  {name: "DateCreated", form: date},
	60:  {name: "TimeCreated", form: clock},
	62:  {name: "DigitalCreationDate", form: date},
	63:  {name: "DigitalCreationTime", form: clock},
	65:  {name: "OriginatingProgram"},
	70:  {name: "ProgramVersion"},
	75:  {name: "ObjectCycle"},
	80:  {name: "By-line", list: true},
	85:  {name: "By-lineTitle", list: true},
	90:  {name: "City"},
	92:  {name: "Sub-location"},
	95:  {name: "Province-State"},
	100: {name: "Country-PrimaryLocationCode"},
	101: {name: "Country-PrimaryLocationName"},
	103: {name: "OriginalTransmissionReference"},
	105: {name: "Headline"},
	110: {name: "Credit"},
	115: {name: "Source"},
	116: {name: "CopyrightNotice"},
	118: {name: "Contact", list: true},
	120: {name: "Caption-Abstract"},
	121: {name: "LocalCaption"},
	122: {name: "Writer-Editor", list: true},
	125: {name: "RasterizedCaption", form: binaryData},
	130: {name: "ImageType"},
	131: {name: "ImageOrientation"},
	135: {name: "LanguageIdentifier"},
	150: {name: "AudioType"},
	151: {name: "AudioSamplingRate", form: digits},
	152: {name: "AudioSamplingResolution", form: digits},
	153: {name: "AudioDuration", form: digits},
	154: {name: "AudioOutcue"},
	184: {name: "JobID"},
	185: {name: "MasterDocumentID"},
	186: {name: "ShortDocumentID"},
	187: {name: "UniqueDocumentID"},
	188: {name: "OwnerID"},
	200: {name: "ObjectPreviewFileFormat", form: number},
	201: {name: "ObjectPreviewFileVersion", form: number},
	202: {name: "ObjectPreviewData", form: binaryData},
	221: {name: "Prefs"},
	225: {name: "ClassifyState"},
	228: {name: "SimilarityIndex"},
	230: {name: "DocumentNotes"},
	231: {name: "DocumentHistory", form: history},
	232: {name: "ExifCameraInfo"},
	255: {name: "CatalogSets", list: true},
}

// newsPhoto is the record of digital news photos (3).
var newsPhoto = map[byte]definition{
	0:   {name: "NewsPhotoVersion", form: number},
	10:  {name: "IPTCPictureNumber"},
	20:  {name: "IPTCImageWidth", form: number},
	30:  {name: "IPTCImageHeight", form: number},
	40:  {name: "IPTCPixelWidth", form: number},
	50:  {name: "IPTCPixelHeight", form: number},
	55:  {name: "SupplementalType", form: number},
	60:  {name: "ColorRepresentation", form: number},
	64:  {name: "InterchangeColorSpace", form: number},
	65:  {name: "ColorSequence", form: number},
	66:  {name: "ICC_Profile", form: binaryData},
	70:  {name: "ColorCalibrationMatrix", form: binaryData},
	80:  {name: "LookupTable", form: binaryData},
	84:  {name: "NumIndexEntries", form: number},
	85:  {name: "ColorPalette", form: binaryData},
	86:  {name: "IPTCBitsPerSample", form: number},
	90:  {name: "SampleStructure", form: number},
	100: {name: "ScanningDirection", form: number},
	102: {name: "IPTCImageRotation", form: number},
	110: {name: "DataCompressionMethod", form: number},
	120: {name: "QuantizationMethod", form: number},
	125: {name: "EndPoints", form: binaryData},
	130: {name: "ExcursionTolerance", form: number},
	135: {name: "BitsPerComponent", form: number},
	140: {name: "MaximumDensityRange", form: number},
	145: {name: "GammaCompensatedValue", form: number},
}

// The records around and of the object itself (7, 8 and 9).
var (
	preObjectData = map[byte]definition{
		10: {name: "SizeMode", form: number},
		20: {name: "MaxSubfileSize", form: number},
		90: {name: "ObjectSizeAnnounced", form: number},
		95: {name: "MaximumObjectSize", form: number},
	}
	objectData = map[byte]definition{
		10: {name: "SubFile", form: binaryData, list: true},
	}
	postObjectData = map[byte]definition{
		10: {name: "ConfirmedObjectSize", form: number},
	}
)
