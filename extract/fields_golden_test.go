package extract

import (
	"bytes"
	"encoding/json"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// Reasons for what differs from the golden files.
const (
	isFinding  = "damage is a finding here"
	isSum      = "a sum over tags that are read; verifiers do not ask for it"
	isLayout   = "how the stream is laid out; says nothing of its making"
	newRelease = "ExifTool 13 names the groups of Matroska, 12 does not; this program follows 13"
)

// goldenMissing are tags that this program need not read; one that it does
// read has to be right. A name alone stands for the tag in every group.
var goldenMissing = reasons(map[string]string{
	isFinding: "Error Warning",
	isSum: `Aperture FocalLength35efl LensID LightValue ShutterSpeed Composite:AvgBitrate Composite:Duration
		Composite:GPSAltitudeRef File:CurrentIPTCDigest`,
	isLayout: `File:BMPVersion File:BitDepth File:Compression File:ImageLength File:NumColors File:NumImportantColors
		File:PixelsPerMeterX File:PixelsPerMeterY File:Planes RIFF:FrameCount RIFF:FrameRate RIFF:MaxDataRate
		RIFF:Quality RIFF:SampleSize RIFF:StreamCount RIFF:StreamType RIFF:VideoCodec RIFF:VideoFrameCount
		RIFF:VideoFrameRate RIFF:HorizontalScale RIFF:VerticalScale RIFF:VP8Version
		Matroska:DocTypeReadVersion Matroska:DocTypeVersion Matroska:EBMLReadVersion Matroska:EBMLVersion
		Matroska:TagTrackUID Matroska:TimecodeScale Matroska:TrackDefault Matroska:TrackLanguage Matroska:TrackNumber
		Matroska:TrackType Matroska:TrackUID Matroska:VideoFrameRate Matroska:VideoScanType
		GIF:BackgroundColor GIF:BitsPerPixel GIF:ColorResolutionDepth GIF:GIFVersion GIF:HasColorMap`,
})

// goldenOther are tags whose value may differ.
var goldenOther = reasons(map[string]string{newRelease: "Matroska:Duration Matroska:Encoder"})

// goldenExtra are tags that ExifTool 12 does not give.
var goldenExtra = reasons(map[string]string{
	newRelease:                       "Matroska:DateTimeOriginal Matroska:Duration Matroska:Encoder QuickTime:VideoFullRangeFlag",
	"an animation has more than one": "GIF:FrameCount",
})

// reasons turns lists of tags by reason into reasons by tag.
func reasons(lists map[string]string) map[string]string {
	out := map[string]string{}
	for reason, tags := range lists {
		for tag := range strings.FieldsSeq(tags) {
			out[tag] = reason
		}
	}
	return out
}

// TestFieldsAreExifTools holds every tag of the files in fixtures/metadata
// against what ExifTool reads: the value, and that no tag is made up.
func TestFieldsAreExifTools(t *testing.T) {
	goldens, err := filepath.Glob(filepath.Join("..", "fixtures", "metadata", "*.golden.json"))
	if err != nil || len(goldens) < 12 {
		t.Fatalf("%d golden files, %v", len(goldens), err)
	}
	for _, golden := range goldens {
		path := strings.TrimSuffix(golden, ".golden.json")
		t.Run(filepath.Base(path), func(t *testing.T) {
			want := decodeFields(t, readFile(t, golden))
			text, err := json.Marshal(readFields(t, path))
			if err != nil {
				t.Fatal(err)
			}
			got := decodeFields(t, text)
			met := map[string]bool{}
			for _, tag := range slices.Sorted(maps.Keys(want)) {
				met[shortKey(tag)], met[tag] = true, true
				v, ok := got[tag]
				if !ok {
					v, ok = got[shortKey(tag)]
				}
				switch {
				case !ok && !skipped(tag, goldenMissing):
					t.Errorf("%s is missing, want %s", tag, want[tag])
				case ok && !sameJSON(want[tag], v) && !skipped(tag, goldenOther):
					t.Errorf("%s is %s, want %s", tag, v, want[tag])
				}
			}
			for _, key := range slices.Sorted(maps.Keys(got)) {
				if !met[key] && !skipped(key, goldenExtra) {
					t.Errorf("ExifTool has no %s, got %s", key, got[key])
				}
			}
		})
	}
}

func skipped(field string, list map[string]string) bool {
	_, _, name := fieldGroups(field)
	return list[field] != "" || list[name] != "" || list[shortKey(field)] != ""
}

func readFile(t testing.TB, path string) []byte {
	t.Helper()
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func readFields(t *testing.T, path string) Fields {
	t.Helper()
	b := readFile(t, path)
	return Read(bytes.NewReader(b), int64(len(b)), filepath.Base(path), Options{All: true}).Fields
}

// decodeFields reads an object of fields, whole or as the one member of a
// list, with the values as written.
func decodeFields(t *testing.T, text []byte) map[string]json.RawMessage {
	t.Helper()
	var list []map[string]json.RawMessage
	one := map[string]json.RawMessage{}
	if bytes.HasPrefix(text, []byte("[")) {
		if err := json.Unmarshal(text, &list); err != nil || len(list) != 1 {
			t.Fatalf("%d objects, %v", len(list), err)
		}
		return list[0]
	}
	if err := json.Unmarshal(text, &one); err != nil {
		t.Fatal(err)
	}
	return one
}

// sameJSON compares two values as written, save the digits of numbers beyond
// what they hold and the hint that ExifTool adds to binary data.
func sameJSON(want, got json.RawMessage) bool {
	hint := []byte(", use -b option to extract")
	a, b := bytes.Replace(want, hint, nil, 1), bytes.Replace(got, hint, nil, 1)
	if bytes.Equal(a, b) {
		return true
	}
	var x, y float64
	if json.Unmarshal(a, &x) == nil && json.Unmarshal(b, &y) == nil {
		d := x - y
		return d < 1e-9 && d > -1e-9
	}
	var l, m []json.RawMessage
	if json.Unmarshal(a, &l) != nil || json.Unmarshal(b, &m) != nil {
		return false
	}
	return slices.EqualFunc(l, m, func(p, q json.RawMessage) bool { return sameJSON(p, q) })
}
