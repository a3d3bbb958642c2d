package xmp

import (
	"encoding/binary"
	"errors"
	"reflect"
	"strings"
	"testing"
	"unicode/utf16"

	"github.com/firsthand-media/firsthand/extract/container"
)

// namespaces declares what the packets of the tests use.
const namespaces = ` xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xmp="http://ns.adobe.com/xap/1.0/"` +
	` xmlns:photoshop="http://ns.adobe.com/photoshop/1.0/" xmlns:exif="http://ns.adobe.com/exif/1.0/"` +
	` xmlns:tiff="http://ns.adobe.com/tiff/1.0/" xmlns:aux="http://ns.adobe.com/exif/1.0/aux/"` +
	` xmlns:exifEX="http://cipa.jp/exif/1.0/" xmlns:xmpMM="http://ns.adobe.com/xap/1.0/mm/"` +
	` xmlns:stRef="http://ns.adobe.com/xap/1.0/sType/ResourceRef#" xmlns:stEvt="http://ns.adobe.com/xap/1.0/sType/ResourceEvent#"` +
	` xmlns:xmpidq="http://ns.adobe.com/xmp/Identifier/qual/1.0/" xmlns:cc="http://creativecommons.org/ns#"` +
	` xmlns:Iptc4xmpExt="http://iptc.org/std/Iptc4xmpExt/2008-02-29/" xmlns:Iptc4xmpCore="http://iptc.org/std/Iptc4xmpCore/1.0/xmlns/"` +
	` xmlns:mwg-rs="http://www.metadataworkinggroup.com/schemas/regions/" xmlns:stArea="http://ns.adobe.com/xmp/sType/Area#"` +
	` xmlns:GCamera="http://ns.google.com/photos/1.0/camera/" xmlns:Container="http://ns.google.com/photos/1.0/container/"` +
	` xmlns:Item="http://ns.google.com/photos/1.0/container/item/" xmlns:GImage="http://ns.google.com/photos/1.0/image/"` +
	` xmlns:plus="http://ns.useplus.org/ldf/xmp/1.0/" xmlns:crs="http://ns.adobe.com/camera-raw-settings/1.0/"`

// packet wraps the inside of an rdf:Description.
func packet(attributes, inside string) string {
	return `<?xpacket begin="` + "\uFEFF" + `" id="W5M0MpCehiHzreSzNTczkc9d"?>` +
		`<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">` +
		`<rdf:Description rdf:about=""` + namespaces + " " + attributes + `>` + inside + `</rdf:Description>` +
		`</rdf:RDF></x:xmpmeta>` + strings.Repeat(" ", 100) + `<?xpacket end="w"?>`
}

func decode(t *testing.T, data string) *Packet {
	t.Helper()
	p, err := Decode([]byte(data), Limits{})
	if err != nil {
		t.Fatalf("Decode: %v", err)
	}
	return p
}

// shown lists the tags of a packet as "field = value", list values in brackets.
func shown(p *Packet) []string {
	out := []string{}
	for _, tag := range p.Tags {
		value := tag.Value
		if tag.List != nil {
			value = "[" + strings.Join(tag.List, "|") + "]"
		}
		out = append(out, strings.TrimPrefix(tag.Field, "XMP:XMP-")+" = "+value)
	}
	return out
}

// The expectations are what `exiftool -G0:1 -n -j` 12.57 prints for these
// packets; the group of Google's container is that of 13.x.
func TestTagsAreExifTools(t *testing.T) {
	tests := []struct {
		name               string
		attributes, inside string
		want               []string
	}{
		{"attributes and elements mean the same", `xmp:CreatorTool="A"`, `<xmp:Label>B</xmp:Label>`,
			[]string{"xmp:CreatorTool = A", "xmp:Label = B"}},
		{"names that ExifTool changes", `exif:PixelXDimension="1" tiff:ImageLength="2" photoshop:ICCProfile="sRGB" Iptc4xmpCore:Location="L" exifEX:BodySerialNumber="7"`, "",
			[]string{"exif:ExifImageWidth = 1", "tiff:ImageHeight = 2", "photoshop:ICCProfileName = sRGB", "iptcCore:Location = L", "exifEX:SerialNumber = 7"}},
		{"dates keep what they state and nothing more", `xmp:CreateDate="2022-02-24T05:12:33+03:00" photoshop:DateCreated="2022-02" xmp:ModifyDate="2022-02-24T05:12" xmp:MetadataDate="soon"`, "",
			[]string{"xmp:CreateDate = 2022:02:24 05:12:33+03:00", "photoshop:DateCreated = 2022:02", "xmp:ModifyDate = 2022:02:24 05:12", "xmp:MetadataDate = soon"}},
		{"numbers", `exif:ExposureTime="1/200" exif:ApertureValue="6339850/1000000" exif:FNumber="0/0" tiff:Make="1/2" aux:LensInfo="24/1 70/1 0/0 0/0"`, "",
			[]string{"exif:ExposureTime = 0.005", "exif:ApertureValue = 8.99999999100239", "exif:FNumber = undef", "tiff:Make = 1/2", "aux:LensInfo = 24 70 undef undef"}},
		{"lens as a list", "", `<exifEX:LensSpecification><rdf:Seq><rdf:li>24/1</rdf:li><rdf:li>70/1</rdf:li><rdf:li>28/10</rdf:li><rdf:li>28/10</rdf:li></rdf:Seq></exifEX:LensSpecification>`,
			[]string{"exifEX:LensInfo = 24 70 2.8 2.8"}},
		{"coordinates", `exif:GPSLatitude="49,59.61N" exif:GPSLongitude="36,13,49.44W"`, "",
			[]string{"exif:GPSLatitude = 49.9935", "exif:GPSLongitude = -36.2304"}},
		{"lists", "", `<dc:creator><rdf:Seq><rdf:li>A</rdf:li></rdf:Seq></dc:creator><dc:subject><rdf:Bag><rdf:li>a</rdf:li><rdf:li>b</rdf:li></rdf:Bag></dc:subject>`,
			[]string{"dc:Creator = A", "dc:Subject = [a|b]"}},
		{"languages", "", `<dc:title><rdf:Alt><rdf:li xml:lang="x-default">T</rdf:li><rdf:li xml:lang="en-us">U</rdf:li><rdf:li xml:lang="DE">V</rdf:li></rdf:Alt></dc:title>`,
			[]string{"dc:Title = T", "dc:Title-en-US = U", "dc:Title-de = V"}},
		{"structures in all their forms", "",
			`<xmpMM:DerivedFrom stRef:instanceID="1" stRef:documentID="2"/>` +
				`<xmpMM:RenditionOf rdf:parseType="Resource"><stRef:instanceID>3</stRef:instanceID></xmpMM:RenditionOf>` +
				`<xmpMM:ManagedFrom><rdf:Description stRef:instanceID="4"><stRef:documentID>5</stRef:documentID></rdf:Description></xmpMM:ManagedFrom>`,
			[]string{"xmpMM:DerivedFromInstanceID = 1", "xmpMM:DerivedFromDocumentID = 2", "xmpMM:RenditionOfInstanceID = 3", "xmpMM:ManagedFromInstanceID = 4", "xmpMM:ManagedFromDocumentID = 5"}},
		{"regions", "", `<mwg-rs:Regions rdf:parseType="Resource"><mwg-rs:RegionList><rdf:Bag>` +
			`<rdf:li rdf:parseType="Resource"><mwg-rs:Name>N</mwg-rs:Name><mwg-rs:Area stArea:x="0.5" stArea:y="0.25"/></rdf:li>` +
			`<rdf:li rdf:parseType="Resource"><mwg-rs:Area stArea:x="0.1" stArea:y="0.2"/><mwg-rs:Extensions rdf:parseType="Resource"><dc:format>f</dc:format></mwg-rs:Extensions></rdf:li>` +
			`</rdf:Bag></mwg-rs:RegionList></mwg-rs:Regions>`,
			[]string{"mwg-rs:RegionName = N", "mwg-rs:RegionAreaX = [0.5|0.1]", "mwg-rs:RegionAreaY = [0.25|0.2]", "mwg-rs:RegionExtensionsFormat = f"}},
		{"motion photo", `GCamera:MotionPhoto="1"`, `<Container:Directory><rdf:Seq><rdf:li rdf:parseType="Resource"><Container:Item Item:Semantic="MotionPhoto" Item:Length="999"/></rdf:li></rdf:Seq></Container:Directory>`,
			[]string{"GCamera:MotionPhoto = 1", "GContainer:DirectoryItemSemantic = MotionPhoto", "GContainer:DirectoryItemLength = 999"}},
		{"synthetic media", `Iptc4xmpExt:DigitalSourceType="http://cv.iptc.org/newscodes/digitalsourcetype/trainedAlgorithmicMedia"`, "",
			[]string{"iptcExt:DigitalSourceType = http://cv.iptc.org/newscodes/digitalsourcetype/trainedAlgorithmicMedia"}},
		{"qualifiers", "", `<xmp:Identifier><rdf:Bag><rdf:li><rdf:Description><rdf:value>id</rdf:value><xmpidq:Scheme>s</xmpidq:Scheme></rdf:Description></rdf:li></rdf:Bag></xmp:Identifier>`,
			[]string{"xmp:Identifier = id", "xmp:IdentifierScheme = s"}},
		{"resources, text as written, binary data", `plus:ModelReleaseStatus="http://ns.useplus.org/ldf/vocab/MR-NON" GImage:Data="AAECAwQF"`,
			`<cc:license rdf:resource="http://l/"/><xmp:Nickname/><dc:rights><![CDATA[<b>&amp;]]> &lt;x&gt;</dc:rights><xmp:BaseURL> a` + "\r\n" + `b ]]></xmp:BaseURL>`,
			[]string{"plus:ModelReleaseStatus = MR-NON", "GImage:ImageData = (Binary data 6 bytes, use -b option to extract)", "cc:License = http://l/", "xmp:Nickname = ", "dc:Rights = <b>&amp; <x>", "xmp:BaseURL =  a\r\nb ]]>"}},
		{"of two values the last counts, with exceptions", `tiff:Make="A"`, `<tiff:Make>B</tiff:Make><xmp:CreateDate>2020</xmp:CreateDate><xmp:CreateDate>2021</xmp:CreateDate>` +
			`<dc:creator><rdf:Seq><rdf:li>1</rdf:li><rdf:li>2</rdf:li></rdf:Seq></dc:creator><dc:creator><rdf:Seq><rdf:li>3</rdf:li></rdf:Seq></dc:creator>`,
			[]string{"tiff:Make = A", "xmp:CreateDate = 2020", "dc:Creator = 3"}},
		{"unknown names", `xmlns:u="http://u/" u:fooBar="1/4" u:UPPER_CASE="u" u:when="2020-05-05T01:02:03" u:day="2020-05-05" u:x="y"`,
			`<u:list><rdf:Seq><rdf:li>1</rdf:li><rdf:li>2</rdf:li></rdf:Seq></u:list><u:deep u:down="z"/>`,
			[]string{"u:FooBar = 0.25", "u:UpperCase = u", "u:When = 2020:05:05 01:02:03", "u:Day = 2020-05-05", "u:TagX = y", "u:List = [1|2]", "u:DeepDown = z"}},
		{"prefixes of the file's own", `xmlns:xap="http://ns.adobe.com/xap/1.0/" xmlns:dc="http://other/" xmlns:p="http://purl.org/dc/elements/1.1/" xmlns:MicrosoftPhoto="http://ns.microsoft.com/photo/1.0/" xap:Label="L" dc:foo="o" MicrosoftPhoto:Rating="50"`,
			`<p:format>f</p:format>`,
			[]string{"xmp:Label = L", "tmp0:Foo = o", "microsoft:RatingPercent = 50", "dc:Format = f"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			data := packet(tt.attributes, tt.inside)
			if tt.name == "prefixes of the file's own" {
				data = strings.Replace(data, ` xmlns:dc="http://purl.org/dc/elements/1.1/"`, "", 1)
			}
			p := decode(t, data)
			if got := shown(p); !reflect.DeepEqual(got, tt.want) {
				t.Errorf("tags\n got %q\nwant %q", got, tt.want)
			}
			if len(p.Problems) != 0 {
				t.Errorf("problems %v", p.Problems)
			}
		})
	}
}

func TestToolkitAndAbout(t *testing.T) {
	p := decode(t, `<x:xmpmeta xmlns:x="adobe:ns:meta/" x:xmptk="Core 5"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description rdf:about="uuid:1"/></rdf:RDF></x:xmpmeta>`)
	want := []string{"x:XMPToolkit = Core 5", "rdf:About = uuid:1"}
	if got := shown(p); !reflect.DeepEqual(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestClaims(t *testing.T) {
	p := decode(t, packet(`photoshop:DateCreated="2022-02-24T05:12:33+03:00" exif:GPSLatitude="49,59.61N" exif:GPSLongitude="36,13.824E" exif:GPSAltitude="1005/10" exif:GPSAltitudeRef="1"`,
		`<xmpMM:History><rdf:Seq><rdf:li stEvt:action="created" stEvt:when="2022-03-01T10:00:00+01:00" stEvt:softwareAgent="P"/>`+
			`<rdf:li rdf:parseType="Resource"><stEvt:action>saved</stEvt:action><stEvt:changed>/</stEvt:changed><stEvt:instanceID>i</stEvt:instanceID></rdf:li></rdf:Seq></xmpMM:History>`+
			`<xmpMM:DerivedFrom stRef:documentID="d" stRef:originalDocumentID="o"/>`+
			`<xmpMM:Ingredients><rdf:Bag><rdf:li stRef:filePath="/a.jpg"/><rdf:li stRef:documentID="d2" stRef:instanceID="i2"/></rdf:Bag></xmpMM:Ingredients>`+
			`<Iptc4xmpExt:LocationShown><rdf:Bag><rdf:li rdf:parseType="Resource"><Iptc4xmpExt:City>Kyiv</Iptc4xmpExt:City><Iptc4xmpExt:CountryName>Ukraine</Iptc4xmpExt:CountryName><exif:GPSLatitude>50,27N</exif:GPSLatitude><exif:GPSLongitude>30,31.2E</exif:GPSLongitude></rdf:li></rdf:Bag></Iptc4xmpExt:LocationShown>`))

	if got, want := p.History(), []Event{
		{Action: "created", When: "2022-03-01T10:00:00+01:00", SoftwareAgent: "P"},
		{Action: "saved", Changed: "/", InstanceID: "i"},
	}; !reflect.DeepEqual(got, want) {
		t.Errorf("History\n got %+v\nwant %+v", got, want)
	}
	if got, want := p.DerivedFrom(), (&Reference{DocumentID: "d", OriginalDocumentID: "o"}); !reflect.DeepEqual(got, want) {
		t.Errorf("DerivedFrom = %+v", got)
	}
	if got, want := p.Ingredients(), []Reference{{FilePath: "/a.jpg"}, {DocumentID: "d2", InstanceID: "i2"}}; !reflect.DeepEqual(got, want) {
		t.Errorf("Ingredients = %+v", got)
	}
	if got := p.Get("XMP-photoshop", "DateCreated"); got != "2022:02:24 05:12:33+03:00" {
		t.Errorf("Get = %q", got)
	}
	if got := p.Raw("XMP-photoshop", "DateCreated"); got != "2022-02-24T05:12:33+03:00" {
		t.Errorf("Raw = %q", got)
	}
	if got := p.Values("XMP-xmpMM", "HistoryAction"); !reflect.DeepEqual(got, []string{"created", "saved"}) {
		t.Errorf("Values = %q", got)
	}
	if got, want := p.Stamps(), []container.Stamp{
		{Field: "XMP:XMP-photoshop:DateCreated", Text: "2022:02:24 05:12:33+03:00", Raw: "2022-02-24T05:12:33+03:00"},
		{Field: "XMP:XMP-xmpMM:HistoryWhen", Text: "2022:03:01 10:00:00+01:00", Raw: "2022-03-01T10:00:00+01:00"},
	}; !reflect.DeepEqual(got, want) {
		t.Errorf("Stamps = %+v", got)
	}
	at := p.Positions()
	if len(at) != 2 || at[0].Latitude != 49.9935 || at[0].Altitude == nil || *at[0].Altitude != -100.5 || at[1].Longitude != 30.52 || at[1].Name != "Kyiv, Ukraine" {
		t.Errorf("Positions = %+v", at)
	}
}

func TestPositionsThatCannotBe(t *testing.T) {
	for _, attributes := range []string{`exif:GPSLatitude="91,0N" exif:GPSLongitude="1,0E"`, `exif:GPSLatitude="49,0N"`, `exif:GPSLatitude="inf" exif:GPSLongitude="1,0E"`} {
		if at := decode(t, packet(attributes, "")).Positions(); at != nil {
			t.Errorf("%s: %+v", attributes, at)
		}
	}
}

func TestEncodings(t *testing.T) {
	text := packet(`xmp:Label="Fähre 渡し 🛶"`, "")
	utf16With := func(order binary.AppendByteOrder, s string) (out []byte) {
		for _, u := range utf16.Encode([]rune(s)) {
			out = order.AppendUint16(out, u)
		}
		return out
	}
	utf32With := func(order binary.AppendByteOrder, s string) (out []byte) {
		for _, r := range s {
			out = order.AppendUint32(out, uint32(r))
		}
		return out
	}
	bare := text[strings.Index(text, "<x:xmpmeta"):]
	tests := map[string][]byte{
		"utf-8":                      []byte(text),
		"utf-8 with mark":            []byte("\uFEFF" + text),
		"utf-16 big":                 utf16With(binary.BigEndian, text),
		"utf-16 little":              utf16With(binary.LittleEndian, text),
		"utf-16 big, mark only":      utf16With(binary.BigEndian, "\uFEFF"+bare),
		"utf-16 little, mark only":   utf16With(binary.LittleEndian, "\uFEFF"+bare),
		"utf-32 big":                 utf32With(binary.BigEndian, text),
		"utf-32 little":              utf32With(binary.LittleEndian, text),
		"among garbage":              append([]byte("\x00\xff junk <"), text+"\x00\x01 <more"...),
		"declared as something else": []byte(`<?xml version="1.0" encoding="ISO-8859-1"?>` + bare),
	}
	for name, data := range tests {
		p, err := Decode(data, Limits{})
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if got := p.Get("XMP-xmp", "Label"); got != "Fähre 渡し 🛶" {
			t.Errorf("%s: %q", name, got)
		}
	}
}

func TestNoPacket(t *testing.T) {
	for _, data := range []string{"", "no markup", "\x00\x00"} {
		if _, err := Decode([]byte(data), Limits{}); !errors.Is(err, ErrNoPacket) {
			t.Errorf("%q: %v", data, err)
		}
	}
}

// Damage costs what it touches; what stands before it is there, with a
// problem that says so.
func TestDamage(t *testing.T) {
	whole := packet(`xmp:Label="kept"`, `<dc:format>lost</dc:format>`)
	tests := []struct {
		name, data string
		label      string
		code       string
	}{
		{"cut off", whole[:strings.Index(whole, "st</dc:format>")], "kept", "truncated"},
		{"cut off in a tag", whole[:strings.Index(whole, "ormat>")], "kept", "truncated"},
		{"crossed elements", strings.Replace(whole, "</dc:format>", "</dc:fromat>", 1), "kept", "corrupt-xml"},
		{"no attribute name", strings.Replace(whole, "<dc:format>", `<dc:format ="x">`, 1), "kept", "corrupt-xml"},
		{"forbidden characters", strings.Replace(whole, "kept", "ke\x01\xffpt", 1), "ke\uFFFD\uFFFDpt", "bad-characters"},
		{"markup in a value", strings.Replace(whole, "kept", "a < b", 1), "a < b", "bad-characters"},
		{"ampersands", strings.Replace(whole, "kept", "a & b &nbsp; &#0; &amp;", 1), "a & b &nbsp; &#0; &", "entity"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			p := decode(t, tt.data)
			if got := p.Get("XMP-xmp", "Label"); got != tt.label {
				t.Errorf("Label = %q, want %q", got, tt.label)
			}
			if len(p.Problems) != 1 || p.Problems[0].Code != tt.code {
				t.Errorf("problems %v, want one %q", p.Problems, tt.code)
			}
		})
	}
}

// No entity is expanded, neither those in the file nor those it points to.
func TestEntitiesStayAsWritten(t *testing.T) {
	tests := map[string]string{
		"declared before": `<!DOCTYPE x [<!ENTITY a "lol"><!ENTITY b "&a;&a;">]>` + packet(`xmp:Label="&b;"`, ""),
		"external":        `<!DOCTYPE x [<!ENTITY b SYSTEM "file:///etc/passwd">]>` + packet(`xmp:Label="&b;"`, ""),
		"within":          strings.Replace(packet(`xmp:Label="&b;"`, ""), "<x:xmpmeta", `<!DOCTYPE x [<!ENTITY b "lol">]><x:xmpmeta`, 1),
	}
	for name, data := range tests {
		p := decode(t, data)
		if got := p.Get("XMP-xmp", "Label"); got != "&b;" {
			t.Errorf("%s: Label = %q", name, got)
		}
		if len(p.Problems) != 2 || p.Problems[0].Code != "entity" || p.Problems[1].Message != doctypeDropped {
			t.Errorf("%s: problems %v", name, p.Problems)
		}
	}
}
