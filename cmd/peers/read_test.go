package main

import (
	"reflect"
	"slices"
	"strings"
	"testing"
)

func ours(t *testing.T, lines string) map[string]inspected {
	t.Helper()
	out, err := inspectedFiles([]byte(lines), "")
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// tallies drops the examples, which are for people.
func tallies(a agreement) map[string]tagTally {
	out := map[string]tagTally{}
	for group, t := range a {
		t.examples = nil
		out[group] = t
	}
	return out
}

func TestAgreeExifTool(t *testing.T) {
	got, err := agreeExifTool("", ours(t, `{"path":"m/a.jpg","fields":{"EXIF:Make":"Canon","EXIF:IFD1:Compression":6,"EXIF:FNumber":2.8,"EXIF:ISO":100,"PNG:Gamma":2.2,"File:FileModifyDate":"x"}}
`), []byte(`[{"SourceFile":"m/a.jpg","ExifTool:ExifTool:Warning":"w","File:System:FileSize":9,
		"EXIF:IFD0:Make":"Canon ","EXIF:IFD1:Compression":"6","EXIF:ExifIFD:FNumber":2.9,"MakerNotes:Canon:Lens":"x","Composite:Composite:Megapixels":1}]`))
	if err != nil {
		t.Fatal(err)
	}
	want := map[string]tagTally{
		"EXIF, XMP, IPTC":      {equal: 2, other: 1, beyond: 1},
		"container and stream": {beyond: 1},
		"composed of others":   {missing: 1},
		"maker notes":          {missing: 1},
	}
	if !reflect.DeepEqual(tallies(got), want) {
		t.Errorf("got %+v, want %+v", tallies(got), want)
	}
	if order := got.groups(); !slices.Equal(order, tagGroups[:4]) {
		t.Errorf("order of the groups: %q", order)
	}
	if _, err := agreeExifTool("", nil, []byte(`[{"SourceFile":"b.jpg"}]`)); err == nil {
		t.Error("a file that inspect has no line for must be an error")
	}
	if _, err := agreeExifTool("", nil, []byte("Error: no files")); err == nil {
		t.Error("what is no JSON must be an error")
	}
}

// As exiv2 0.27.6 writes it.
const saidExiv2 = `/w/a.jpg              Exif.Image.Make                               HTC
/w/a.jpg              Exif.Image.Model                              Desire  HD
/w/a.jpg              Exif.Image.DateTime                           2011:03:02 19:03:30
/w/a.jpg              Exif.Photo.FNumber                            28/10
/w/a.jpg              Exif.Photo.ExposureTime                       1/60
/w/a.jpg              Exif.Photo.FNumber                            99/10
/w/a.jpg              Exif.GPSInfo.GPSLatitude                      26/1 35/1 1212/100
/w/a.jpg              Exif.GPSInfo.GPSTimeStamp                     1/1 22/1 57/1
/w/a.jpg              Exif.Photo.UserComment                        words
/w/a.jpg              Xmp.dc.creator                                Somebody
/w/a.jpg              Exif.Photo.Flash                              16
`

func TestAgreeExiv2(t *testing.T) {
	got, err := agreeExiv2("", ours(t, `{"path":"/w/a.jpg","fields":{"EXIF:Make":"HTC","EXIF:Model":"Desire  HD","EXIF:IFD0:ModifyDate":"2011:03:02 19:03:31","EXIF:FNumber":2.8,"EXIF:ExposureTime":0.0166666666666667,"EXIF:GPSLatitude":26.5867,"EXIF:GPSTimeStamp":"01:22:57"}}
`), []byte(saidExiv2))
	if err != nil {
		t.Fatal(err)
	}
	want := map[string]tagTally{"EXIF, the commonest tags": {equal: 6, other: 1, missing: 1}}
	if !reflect.DeepEqual(tallies(got), want) {
		t.Errorf("got %+v, want %+v", got, want)
	}
}

func TestEqualExiv2(t *testing.T) {
	for _, c := range []struct {
		name, their string
		our         any
		equal       bool
	}{
		{"FNumber", "28/10", 2.8, true},
		{"FNumber", "28/10", 2.9, false},
		{"FNumber", "28/0", 2.8, false},
		{"FNumber", "28/10 1/1", 2.8, false},
		{"GPSLongitude", "80/1 3/1 13/1", 80.0536111, true},
		{"GPSLongitude", "80/1 3/1 13/1", 80.06, false},
		{"GPSTimeStamp", "1/1 22/1 57/2", "01:22:28.5", true},
		{"GPSTimeStamp", "1/1 22/1 57/1", "01:22:58", false},
		{"Make", "HTC", "Canon", false},
	} {
		if got := equalExiv2(c.name, c.their, c.our); got != c.equal {
			t.Errorf("%s: %s and %v equal: %v", c.name, c.their, c.our, got)
		}
	}
}

// As MediaInfoLib 23.04 writes it, shortened.
const saidMediaInfo = `[{"creatingLibrary":{"name":"MediaInfoLib"},"media":{"@ref":"/w/a.mov","track":[
{"@type":"General","Duration":"4.002","Encoded_Date":"2019-07-24 08:25:57 UTC"},
{"@type":"Video","Width":"568","Height":"320","FrameRate":"30.000"}]}},
{"media":{"@ref":"/w/b.mkv","track":[{"@type":"General","Duration":"2.0"},{"@type":"Video","Width":"64","Height":"48"}]}},
{"media":{"@ref":"/w/c.mp4","track":[{"@type":"General","Duration":"9"}]}}]`

func TestAgreeMediaInfo(t *testing.T) {
	got, err := agreeMediaInfo("", ours(t, `{"path":"/w/a.mov","width":568,"height":320,"duration_seconds":4.0,"frame_rate":29.97,"fields":{"QuickTime:CreateDate":"2019:07:24 08:25:57"}}
{"path":"/w/b.mkv","width":63,"height":null,"duration_seconds":2.1,"fields":{}}
{"path":"/w/c.mp4","fields":{}}
`), []byte(saidMediaInfo))
	if err != nil {
		t.Fatal(err)
	}
	want := map[string]tagTally{"size, length, frame rate, date": {equal: 5, other: 2, missing: 1}}
	if !reflect.DeepEqual(tallies(got), want) {
		t.Errorf("got %+v, want %+v", got, want)
	}
	one, err := readMediaInfo([]byte(`{"media":{"@ref":"x.mp4","track":[]}}`))
	if err != nil || len(one) != 1 || one[0].Media.Ref != "x.mp4" {
		t.Errorf("one file alone: %v, %v", one, err)
	}
}

func TestReadSets(t *testing.T) {
	said := "/w/photos/a.jpg /w/variants/a with space.jpg /w/variants/b.jpg\n" +
		"/w/photos/c.jpg /w/photos/d.jpg\n" +
		"Warning: something\n"
	want := [][]string{{"photos/a.jpg", "variants/a with space.jpg", "variants/b.jpg"}, {"photos/c.jpg", "photos/d.jpg"}}
	if got := readSets(said, "/w"); !reflect.DeepEqual(got, want) {
		t.Errorf("got %q", got)
	}
}

func TestReadCzkawka(t *testing.T) {
	got, err := readCzkawka([]byte(`[[{"path":"/w/photos/a.jpg","size":5,"width":4,"height":3,"difference":0},{"path":"/w/variants/b.jpg","size":6,"difference":2}]]`), "/w")
	if want := [][]string{{"photos/a.jpg", "variants/b.jpg"}}; err != nil || !reflect.DeepEqual(got, want) {
		t.Errorf("got %q, %v", got, err)
	}
	if _, err := readCzkawka([]byte("Found 2 files"), "/w"); err == nil {
		t.Error("what is no JSON must be an error")
	}
}

func TestReadHashed(t *testing.T) {
	got, err := readHashed([]byte(`{"pictures":3,"pairs":[["/w/photos/a.jpg","/w/variants/b.jpg"]]}`), "/w")
	if want := [][]string{{"photos/a.jpg", "variants/b.jpg"}}; err != nil || !reflect.DeepEqual(got, want) {
		t.Errorf("got %q, %v", got, err)
	}
	if _, err := readHashed([]byte(`{"pictures":0,"pairs":[]}`), "/w"); err == nil {
		t.Error("a driver that could read nothing must be an error")
	}
}

func TestVersionIn(t *testing.T) {
	for said, want := range map[string]string{
		"12.57\n": "12.57",
		"MediaInfo Command line, \nMediaInfoLib - v23.04\n":                  "23.04",
		"ffmpeg version 5.1.9-0+deb12u1 Copyright (c) 2000-2025\nbuilt with": "5.1.9-0+deb12u1",
		"findimagedupes 2.20.1": "2.20.1",
		"exiv2 0.27.6\n":        "0.27.6",
		"\nodd\nwords":          "odd",
	} {
		if got := versionIn(said); got != want {
			t.Errorf("%q: %q, want %q", said, got, want)
		}
	}
}

func TestEveryToolCanBeInstalled(t *testing.T) {
	b := &bench{tools: "T"}
	for _, tool := range tools {
		words := ""
		for _, c := range b.installing(tool) {
			words += strings.Join(c, " ") + "\n"
		}
		name, version, pinned := strings.Cut(tool.crate, "@")
		switch {
		case tool.debian != "" && !strings.Contains(words, "apt-get install -y "+tool.debian),
			tool.pip != "" && (!strings.Contains(words, "pip install --quiet "+tool.pip) || !strings.Contains(tool.pip, "==")),
			tool.crate != "" && (!pinned || !strings.Contains(words, "--version "+version) || !strings.HasSuffix(words, name+"\n")),
			words == "":
			t.Errorf("%s: %q", tool.name, words)
		}
	}
}
