package makernote

import "strconv"

var appleMain = table{"Apple", map[uint16]tag{
	0x0001: {name: "MakerNoteVersion"},
	0x0003: {name: "RunTime", open: appleRunTime},
	0x0004: {name: "AEStable"},
	0x0005: {name: "AETarget"},
	0x0006: {name: "AEAverage"},
	0x0007: {name: "AFStable"},
	0x0008: {name: "AccelerationVector"},
	0x000a: {name: "HDRImageType"},
	0x000b: {name: "BurstUUID"},
	0x000c: {name: "FocusDistanceRange"},
	0x000f: {name: "OISMode"},
	0x0011: {name: "ContentIdentifier"}, // of the photo and the film of one Live Photo
	0x0015: {name: "ImageUniqueID"},
	0x0017: {name: "LivePhotoVideoIndex"},
	0x001d: {name: "LuminanceNoiseAmplitude"},
	0x0021: {name: "HDRHeadroom"},
	0x0027: {name: "SignalToNoiseRatio"},
	0x002f: {name: "FocusPosition"},
	0x0030: {name: "HDRGain"},
	0x0038: {name: "AFMeasuredDepth"},
	0x003d: {name: "AFConfidence"},
	0x0045: {name: "FrontFacingCamera"},
}}

// appleRunTime reads the time since the phone was started, without sleep: a
// CMTime in a binary property list. It counts in 1/RunTimeScale seconds.
func appleRunTime(n *reader, v value) error {
	list, ok := readPropertyList(v.raw)
	if !ok {
		n.note.problem("corrupt-structure", "MakerNotes:Apple:RunTime", "RunTime is no property list, as Apple writes one")
		return nil
	}
	for _, part := range [...]struct{ key, name string }{
		{"flags", "RunTimeFlags"}, {"value", "RunTimeValue"}, {"timescale", "RunTimeScale"}, {"epoch", "RunTimeEpoch"},
	} {
		if i, ok := list[part.key]; ok {
			n.add("MakerNotes:Apple:"+part.name, strconv.FormatInt(i, 10))
		}
	}
	return nil
}
