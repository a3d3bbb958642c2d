package iptc_test

import (
	"encoding/hex"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/firsthand-media/firsthand/extract/iptc"
)

// entry is one IIM dataset as it stands in a file.
func entry(record, number byte, val string) string {
	return string([]byte{0x1c, record, number, byte(len(val) >> 8), byte(len(val))}) + val
}

// resource is one image resource with an empty name.
func resource(number int, val string) string {
	r := "8BIM" + string([]byte{byte(number >> 8), byte(number), 0, 0, 0, 0, byte(len(val) >> 8), byte(len(val))}) + val
	return r + strings.Repeat("\x00", len(val)%2)
}

func decode(t *testing.T, data string) *iptc.Record {
	t.Helper()
	r, err := iptc.Decode([]byte(data), iptc.Limits{})
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// lines writes the tags as a reader sees them.
func lines(r *iptc.Record) string {
	var out strings.Builder
	for _, t := range r.Tags {
		fmt.Fprintf(&out, "%s=%s", t.Field, t.Value)
		if t.List != nil {
			fmt.Fprintf(&out, " %q", t.List)
		}
		out.WriteString("\n")
	}
	return out.String()
}

func problems(r *iptc.Record) string {
	var out []string
	for _, p := range r.Problems {
		out = append(out, p.Code+" "+p.Field)
	}
	return strings.Join(out, "; ")
}

func TestValuesAreThoseOfExifTool(t *testing.T) {
	for _, c := range []struct {
		name, data, want string
	}{
		{"date", entry(2, 55, "20220224"), "IPTC:DateCreated=2022:02:24\n"},
		{"date with separators", entry(2, 62, "2022-02-24"), "IPTC:DigitalCreationDate=2022:02:24\n"},
		{"date that is none", entry(2, 55, "2022"), "IPTC:DateCreated=2022\n"},
		{"time with zone", entry(2, 60, "051233+0300"), "IPTC:TimeCreated=05:12:33+03:00\n"},
		{"time without zone stays without", entry(2, 60, "051233"), "IPTC:TimeCreated=05:12:33\n"},
		{"time with blanks", entry(2, 60, "05 12 33"), "IPTC:TimeCreated=05:12:33\n"},
		{"digits keep their zeros", entry(2, 8, "01"), "IPTC:EditorialUpdate=01\n"},
		{"number", entry(2, 0, "\x01\x02"), "IPTC:ApplicationRecordVersion=258\n"},
		{"zero bytes at the end", entry(2, 90, "Kyiv\x00\x00"), "IPTC:City=Kyiv\n"},
		{"empty", entry(2, 90, ""), "IPTC:City=\n"},
		{"repeated", entry(2, 25, "a") + entry(2, 90, "Kyiv") + entry(2, 25, "b"), "IPTC:Keywords=a, b [\"a\" \"b\"]\nIPTC:City=Kyiv\n"},
		{"twice though not repeatable", entry(2, 90, "Kyiv") + entry(2, 90, "Lviv"), "IPTC:City=Kyiv\nIPTC:City=Lviv\n"},
		{"preview", entry(2, 202, "\xff\xd8\xff"), "IPTC:ObjectPreviewData=(Binary data 3 bytes, use -b option to extract)\n"},
		{"history", entry(2, 231, "a\x00\x00b"), "IPTC:DocumentHistory=a\nb\n"},
		{"records 1, 3, 7, 8, 9", entry(1, 70, "20220224") + entry(3, 20, "\x01\x40") + entry(7, 10, "\x01") + entry(8, 10, "ab") + entry(9, 10, "\x00\x00\x00\x02"),
			"IPTC:DateSent=2022:02:24\nIPTC:IPTCImageWidth=320\nIPTC:SizeMode=1\nIPTC:SubFile=(Binary data 2 bytes, use -b option to extract)\nIPTC:ConfirmedObjectSize=2\n"},
		{"what has no name is passed over", entry(2, 219, "x") + entry(240, 1, "x") + entry(2, 90, "Kyiv"), "IPTC:City=Kyiv\n"},
		{"extended length", "\x1c\x02\x5a\x80\x04\x00\x00\x00\x04Kyiv", "IPTC:City=Kyiv\n"},
		{"words reversed", "\x00\x5a\x02\x1ciyK\x04\x00\x00\x00v", "IPTC:City=Kyiv\n"},
		{"facebook", entry(2, 40, "FBMD01000ac003"), "IPTC:SpecialInstructions=FBMD01000ac003\n"},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := lines(decode(t, c.data)); got != c.want {
				t.Errorf("got\n%swant\n%s", got, c.want)
			}
		})
	}
}

// swapped reverses each word, as TIFF writers do that declare bytes as LONG.
func swapped(s string) string {
	b := []byte(s + strings.Repeat("\x00", (4-len(s)%4)%4))
	for i := 0; i < len(b); i += 4 {
		slices.Reverse(b[i : i+4])
	}
	return string(b)
}

func TestTextIsUTF8(t *testing.T) {
	for _, c := range []struct {
		name, charset, val, want string
	}{
		{"stated", "\x1b%G", "Київ", "Київ"},
		{"stated, cut in a letter", "\x1b%G", "Київ"[:7], "Киї?"},
		{"UTF-8 that nobody stated", "", "Київ", "Київ"},
		{"UTF-8 where another set is stated", "\x1b.A", "Київ", "Київ"},
		{"Windows-1252 by default", "", "Z\xfcrich \x96 \x80", "Zürich – €"},
		{"Latin-2", "\x1b-B", "\xb9koda", "škoda"},
		{"Cyrillic", "\x1b-L", "\xba\xd8\xd5\xd2", "Киев"},
		{"Japanese", "\x1b(B\x1b$)B", "\xc5\xec\xb5\xfe", "東京"},
		{"not what is stated", "\x1b$)B", "\xe9t\xe9", "été"},
		{"zero inside", "", "a\x00b", "ab"},
		{"garbage after a zero", "", "Getty Images\x00\x03\xff", "Getty Images"},
	} {
		t.Run(c.name, func(t *testing.T) {
			data := entry(2, 90, c.val)
			if c.charset != "" {
				data = entry(1, 90, c.charset) + data
			}
			if got := decode(t, data).Get("City"); got != c.want {
				t.Errorf("got %q, want %q", got, c.want)
			}
		})
	}
}

func TestPhotoshopResources(t *testing.T) {
	jpeg := "\xff\xd8\xff\xd9\x00"
	iim := entry(2, 90, "Kyiv")
	r := decode(t, "Photoshop 3.0\x00"+
		resource(0x03ed, "\x00\x48\x80\x00\x00\x01\x00\x02\x01\x2c\x00\x00\x00\x02\x00\x02")+
		resource(0x0404, iim)+
		"PHUT\x04\x04\x03abc\x00\x00\x00\x00"+ // ImageReady's numbers mean something else
		resource(0x0406, "\xff\xfd\x01\x01\x00\x02\x01")+
		resource(0x040a, "\x01")+
		resource(0x040b, "https://example.org")+
		resource(0x040c, strings.Repeat("\x00", 28)+jpeg)+
		resource(0x041a, strings.Repeat("\x00", 20)+"\x00\x00\x00\x02\x00A\x04\x16\x00\x00\x00\x03")+
		resource(0x041e, "\x00\x00\x00\x00")+
		resource(0x0421, "\x00\x00\x00\x01\x01\x00\x00\x00\x01\x00W\x00\x00\x00\x01\x00R\x00\x00\x00\x01")+
		resource(0x0424, "<x:xmpmeta/>")+
		resource(0x0425, "\x00\x01\x02\x03\x04\x05\x06\x07\x08\x09\x0a\x0b\x0c\x0d\x0e\x0f")+
		resource(0x0426, "\x00\x02\x3e\x80\x00\x00\xbf\x80\x00\x00\x3d\xcc\xcc\xcd")+
		resource(0x0428, "\x00\x00\x00\x01\x3f\xf8\x00\x00\x00\x00\x00\x00")+
		resource(0x0bb7, "\x04path\x00\x00\x00\x00\x00\x00"))
	const want = `Photoshop:XResolution=72.5
Photoshop:DisplayedUnitsX=1
Photoshop:YResolution=300
Photoshop:DisplayedUnitsY=2
IPTC:City=Kyiv
Photoshop:PhotoshopQuality=-3
Photoshop:PhotoshopFormat=257
Photoshop:ProgressiveScans=2
Photoshop:CopyrightFlag=1
Photoshop:URL=https://example.org
Photoshop:PhotoshopThumbnail=(Binary data 5 bytes, use -b option to extract)
Photoshop:SlicesGroupName=AЖ
Photoshop:NumSlices=3
Photoshop:URL_List= []
Photoshop:HasRealMergedData=1
Photoshop:WriterName=W
Photoshop:ReaderName=R
Photoshop:IPTCDigest=000102030405060708090a0b0c0d0e0f
Photoshop:PrintStyle=2
Photoshop:PrintPosition=0.25 -1
Photoshop:PrintScale=0.100000001490116
Photoshop:PixelAspectRatio=1.5
Photoshop:ClippingPathName=path
`
	if got := lines(r); got != want {
		t.Errorf("got\n%swant\n%s", got, want)
	}
	if string(r.Thumbnail) != jpeg {
		t.Errorf("thumbnail %x", r.Thumbnail)
	}
	if len(r.Blocks) != 1 || string(r.Blocks[0].Data) != "<x:xmpmeta/>" {
		t.Errorf("blocks %v", r.Blocks)
	}
	if len(r.Problems) != 0 {
		t.Errorf("problems %v", r.Problems)
	}
}

// A digest that fits says that nobody but Photoshop wrote the records.
func TestDigestOfTheRecordsAsTheyStand(t *testing.T) {
	iim := "\x1c\x02\x00\x00\x02\x00\x04"
	const sum = "5f0bf878616c5f867120723ac4c7b112" // of exactly these bytes, as md5sum prints it
	stated, err := hex.DecodeString(sum)
	if err != nil {
		t.Fatal(err)
	}
	r := decode(t, resource(0x0404, iim)+resource(0x0425, string(stated)))
	if r.CurrentDigest != sum || r.Digest != sum {
		t.Errorf("stated %s, current %s, want %s", r.Digest, r.CurrentDigest, sum)
	}
	r = decode(t, resource(0x0404, "\x1c\x02\x00\x00\x02\x00\x03")+resource(0x0425, string(stated)))
	if r.CurrentDigest == r.Digest {
		t.Error("changed records have the digest of the unchanged ones")
	}
}

func TestDamageCostsOnlyWhatItHits(t *testing.T) {
	city := entry(2, 90, "Kyiv")
	for _, c := range []struct {
		name, data, want, problems string
	}{
		{"dataset cut off", city + "\x1c\x02\x65\x00\x09Ukr", "IPTC:City=Kyiv\n", "truncated IPTC"},
		{"length beyond any block", city + "\x1c\x02\x65\x80\x08\xff\xff\xff\xff\xff\xff\xff\xff", "IPTC:City=Kyiv\n", "truncated IPTC"},
		{"length of nine bytes", city + "\x1c\x02\x65\x80\x09\x00\x00\x00\x00\x00\x00\x00\x00\x01x", "IPTC:City=Kyiv\n", "corrupt-structure IPTC"},
		{"no marker", city + "garbage", "IPTC:City=Kyiv\n", "corrupt-structure IPTC"},
		{"filled up with zeros", city + strings.Repeat("\x00", 50), "IPTC:City=Kyiv\n", ""},
		{"resource cut off", resource(0x0404, city) + "8BIM\x04\x0a\x00\x00\xff\xff\xff\xff\x01", "IPTC:City=Kyiv\n", "truncated Photoshop"},
		{"name beyond the end", resource(0x0404, city) + "8BIM\x04\x0a\xff\x00\x00", "IPTC:City=Kyiv\n", "truncated Photoshop"},
		{"no signature", resource(0x0404, city) + "garbage in place of a resource", "IPTC:City=Kyiv\n", "corrupt-structure Photoshop"},
		{"string longer than its resource", resource(0x0421, "\x00\x00\x00\x01\x01\xff\xff\xff\xff\x00W"), "Photoshop:HasRealMergedData=1\nPhotoshop:WriterName=W\n", ""},
		{"more addresses than there are", resource(0x041e, "\xff\xff\xff\xff"+strings.Repeat("\x00", 8)+"\x00\x00\x00\x01\x00a"), "Photoshop:URL_List=a\n", ""},
		{"resources too short for a value", resource(0x03ed, "\x00") + resource(0x0428, "\x00") + resource(0x040d, "") + resource(0x0bb7, "") + resource(0x040c, "\xff\xd8\xff"), "", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			r := decode(t, c.data)
			if got := lines(r); got != c.want {
				t.Errorf("got\n%swant\n%s", got, c.want)
			}
			if got := problems(r); got != c.problems {
				t.Errorf("problems %q, want %q", got, c.problems)
			}
		})
	}
	for _, data := range []string{"", "\x1c", "\x1c\x02", "8BI", "hello world", "\x00\x00\x00\x00\x00"} {
		if _, err := iptc.Decode([]byte(data), iptc.Limits{}); !errors.Is(err, iptc.ErrNotIPTC) {
			t.Errorf("%q: %v", data, err)
		}
	}
}

func TestLimits(t *testing.T) {
	many := strings.Repeat(entry(2, 25, "word"), 100)
	for _, c := range []struct {
		name     string
		lim      iptc.Limits
		keywords int
		bytes    int
	}{
		{"values", iptc.Limits{Values: 10}, 10, 40},
		{"bytes of a value", iptc.Limits{ValueBytes: 2}, 100, 200},
		{"bytes in all", iptc.Limits{TotalBytes: 42}, 100, 42},
	} {
		t.Run(c.name, func(t *testing.T) {
			r, err := iptc.Decode([]byte(many), c.lim)
			if err != nil {
				t.Fatal(err)
			}
			words := r.Values("Keywords")
			if n := len(strings.Join(words, "")); len(words) != c.keywords || n != c.bytes {
				t.Errorf("%d keywords of %d bytes, want %d of %d", len(words), n, c.keywords, c.bytes)
			}
			if len(r.Problems) == 0 || r.Problems[0].Code != "limit" {
				t.Errorf("problems %v", r.Problems)
			}
		})
	}
}

// ExifTool calls the first set in its place "IPTC", wherever in the file the
// others are.
func TestNumbering(t *testing.T) {
	set := entry(2, 90, "Kyiv")
	two := resource(0x0404, set) + resource(0x0404, set)
	for _, c := range []struct {
		paths []string
		want  string
	}{
		{[]string{"JPEG:APP13"}, "IPTC:City IPTC:IPTC2:City File:CurrentIPTCDigest"},
		{[]string{"JPEG:APP1/IPTC", "JPEG:APP13"}, "IPTC:IPTC2:City IPTC:IPTC3:City IPTC:City IPTC:IPTC4:City File:CurrentIPTCDigest"},
		{[]string{"PNG:zTXt", "PNG:tEXt"}, "IPTC:City IPTC:IPTC2:City IPTC:IPTC3:City IPTC:IPTC4:City"},
		{[]string{"TIFF:Photoshop"}, "IPTC:IPTC2:City IPTC:IPTC3:City"},
	} {
		var n iptc.Numbering
		var got []string
		for _, path := range c.paths {
			r := decode(t, two)
			n.Apply(r, path)
			for _, tag := range r.Tags {
				got = append(got, tag.Field)
			}
			if v := r.Values("City"); !slices.Equal(v, []string{"Kyiv"}) {
				t.Errorf("%s: cities %q", path, v)
			}
		}
		if s := strings.Join(got, " "); s != c.want {
			t.Errorf("%v: got %s, want %s", c.paths, s, c.want)
		}
	}
}

func FuzzDecode(f *testing.F) {
	iim := entry(1, 90, "\x1b%G") + entry(2, 55, "20220224") + entry(2, 60, "051233+0300") + entry(2, 25, "a") + entry(2, 25, "ї")
	f.Add([]byte(iim))
	f.Add([]byte(swapped(iim)))
	f.Add([]byte("\x1c\x02\x5a\x80\x04\x00\x00\x00\x04Kyiv"))
	f.Add([]byte(resource(0x0404, iim) + resource(0x0425, strings.Repeat("x", 16)) + resource(0x040c, strings.Repeat("\x00", 28)+"\xff\xd8\xff")))
	f.Add([]byte(resource(0x041a, strings.Repeat("\x00", 20)+"\x00\x00\x00\x02\x00A\x04\x16\x00\x00\x00\x03") + resource(0x041e, "\x00\x00\x00\x02"+strings.Repeat("\x00", 11)+"\x01\x00a")))
	f.Add([]byte(resource(0x0421, "\x00\x00\x00\x01\x01\x00\x00\x00\x01\x00W\x00\x00\x00\x01\x00R") + resource(0x0426, strings.Repeat("\x01", 14)) + resource(0x03ee, "\x02ab\x01c")))
	f.Fuzz(func(t *testing.T, data []byte) {
		lim := iptc.Limits{Values: 200, ValueBytes: 1000, TotalBytes: 4000}
		r, err := iptc.Decode(data, lim)
		if err != nil {
			return
		}
		size, values := 0, 0
		for _, tag := range r.Tags {
			values += max(1, len(tag.List))
			size += len(tag.Value)
			if !utf8.ValidString(tag.Value) || strings.ContainsRune(tag.Value, 0) {
				t.Errorf("%s is not clean text: %q", tag.Field, tag.Value)
			}
			if n := len(r.Values(tag.Field[strings.LastIndexByte(tag.Field, ':')+1:])); n == 0 && tag.List == nil {
				t.Errorf("%s is not found by its name", tag.Field)
			}
		}
		// A resource holds at most four values; a byte of text becomes at most
		// four, a number at most fifty.
		if values > 4*lim.Values || size > 4*lim.TotalBytes+50*values {
			t.Errorf("%d values of %d bytes", values, size)
		}
	})
}
