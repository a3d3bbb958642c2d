package extract

import (
	"encoding/json"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/firsthand-media/firsthand/extract/container"
)

// TestFieldsJSON shows which of several tags of one name stands under a key,
// which keys name the family-1 group, and what is a number.
func TestFieldsJSON(t *testing.T) {
	tag := func(field, value string) container.Tag { return container.Tag{Field: field, Value: value} }
	for name, c := range map[string]struct {
		tags Fields
		want string
	}{
		"none":                {nil, `{}`},
		"groups that are one": {Fields{tag("GIF:ImageWidth", "4")}, `{"GIF:ImageWidth":4}`},
		"a preview's directory": {
			Fields{tag("File:FileType", "JPEG"), tag("EXIF:IFD0:Make", "A"), tag("EXIF:IFD1:Make", "B"), tag("EXIF:IFD1:Compression", "6")},
			`{"File:FileType":"JPEG","EXIF:Make":"A","EXIF:IFD0:Make":"A","EXIF:IFD1:Make":"B","EXIF:Compression":6,"EXIF:IFD1:Compression":6}`,
		},
		"pages of a TIFF, of which the last names itself": {
			Fields{tag("File:FileType", "TIFF"), tag("EXIF:IFD0:Make", "A"), tag("EXIF:IFD1:Make", "B")},
			`{"File:FileType":"TIFF","EXIF:IFD0:Make":"A","EXIF:Make":"B","EXIF:IFD1:Make":"B"}`,
		},
		"the full picture is in a sub-directory": {
			Fields{tag("EXIF:IFD0:SubfileType", "1"), tag("EXIF:IFD0:ImageWidth", "160"), tag("EXIF:SubIFD:SubfileType", "0"), tag("EXIF:SubIFD:ImageWidth", "6000")},
			`{"EXIF:IFD0:SubfileType":1,"EXIF:IFD0:ImageWidth":160,"EXIF:SubfileType":0,"EXIF:SubIFD:SubfileType":0,"EXIF:ImageWidth":6000,"EXIF:SubIFD:ImageWidth":6000}`,
		},
		"the last of two in one directory": {
			Fields{tag("EXIF:IFD0:Make", "A"), tag("EXIF:IFD0:Make", "B")}, `{"EXIF:Make":"B"}`,
		},
		"another family takes the name": {
			Fields{tag("XMP:XMP-dc:Title", "A"), tag("XMP:XMP-pdf:Title", "B"), tag("IPTC:Title", "C")},
			`{"XMP:Title":"A","XMP:XMP-dc:Title":"A","XMP:XMP-pdf:Title":"B","IPTC:Title":"C"}`,
		},
		"a manifest never takes a name": {
			Fields{tag("JUMBF:CBOR:Title", "A"), tag("JUMBF:CBOR:Title", "B")}, `{"JUMBF:Title":"A"}`,
		},
		"tracks": {
			Fields{tag("QuickTime:Track1:TrackID", "1"), tag("QuickTime:Track2:TrackID", "2"), tag("QuickTime:Track2:MediaTimeScale", "3")},
			`{"QuickTime:TrackID":1,"QuickTime:Track1:TrackID":1,"QuickTime:Track2:TrackID":2,"QuickTime:MediaTimeScale":3,"QuickTime:Track2:MediaTimeScale":3}`,
		},
		"lists": {
			Fields{{Field: "IPTC:Keywords", Value: "hill, 7", List: []string{"hill", "7"}}}, `{"IPTC:Keywords":["hill",7]}`,
		},
		"numbers": {
			Fields{tag("A:A", "15.5"), tag("A:B", "0012"), tag("A:C", "-1e10"), tag("A:D", "1234567890123456"), tag("A:E", "1."), tag("A:F", "True"), tag("A:G", "")},
			`{"A:A":15.5,"A:B":"0012","A:C":-1e10,"A:D":"1234567890123456","A:E":"1.","A:F":true,"A:G":""}`,
		},
		"text": {
			Fields{tag("A:A", "<b>\"&\x1b[2J\x00\xff")}, `{"A:A":"<b>\"&\u001b[2J\ufffd"}`,
		},
	} {
		got, err := c.tags.MarshalJSON()
		if err != nil || string(got) != c.want {
			t.Errorf("%s: %v\n got %s\nwant %s", name, err, got, c.want)
		}
		if !json.Valid(got) {
			t.Errorf("%s: not JSON: %s", name, got)
		}
	}
}

// FuzzFieldsJSON holds for tags of any name and value that the object is JSON,
// that no key stands in it twice, and that no name is lost.
func FuzzFieldsJSON(f *testing.F) {
	f.Add("EXIF:IFD0:Make\tA\nEXIF:IFD1:Make\tB\nXMP:XMP-dc:Make\ttrue\nJUMBF:CBOR:Make\t-1.5e3\n:\t\n::\t0\nA\t\x00")
	f.Add("QuickTime:Track1:ImageWidth\t1\nQuickTime:ImageWidth\t2\nQuickTime:Track2:ImageWidth\t3")
	f.Fuzz(func(t *testing.T, text string) {
		var fields Fields
		names := map[string]bool{}
		for line := range strings.SplitSeq(text, "\n") {
			field, value, _ := strings.Cut(line, "\t")
			fields = append(fields, container.Tag{Field: field, Value: value})
			names[shortKey(field)] = true
		}
		out, err := fields.MarshalJSON()
		if err != nil || !json.Valid(out) {
			t.Fatalf("%v: %q", err, out)
		}
		keys := map[string]int{}
		for key := range fields.Keyed() {
			keys[key]++
			delete(names, key)
		}
		if n := slices.Max(slices.Collect(maps.Values(keys))); n != 1 || len(names) > 0 {
			t.Fatalf("a key stands there %d times, lost are %v: %s", n, names, out)
		}
	})
}
