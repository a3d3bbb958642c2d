package xmp

import (
	"reflect"
	"testing"
)

// FuzzDecode checks on any bytes that nothing panics, that the limits hold
// and that the same bytes always give the same packet.
func FuzzDecode(f *testing.F) {
	lim := Limits{Bytes: 1 << 18, Depth: 16, Properties: 2000, ListItems: 20, ValueBytes: 4096}
	for _, seed := range []string{
		packet(`xmp:CreateDate="2022-02-24T05:12:33+03:00" exif:GPSLatitude="49,59.61N" exif:GPSLongitude="36,13E"`, `<dc:title><rdf:Alt><rdf:li xml:lang="x-default">T</rdf:li></rdf:Alt></dc:title>`),
		packet("", `<xmpMM:History><rdf:Seq><rdf:li stEvt:action="saved" stEvt:when="2022"/><rdf:li rdf:parseType="Resource"><stEvt:action>x</stEvt:action></rdf:li></rdf:Seq></xmpMM:History><xmpMM:DerivedFrom stRef:documentID="d"/>`),
		packet(`xmlns:u="http://u/" u:a="1/0" GImage:Data="AAEC"`, `<u:b><![CDATA[x]]>&amp;&e;<!-- c --></u:b><exifEX:LensSpecification><rdf:Seq><rdf:li>1/2</rdf:li><rdf:li>3</rdf:li></rdf:Seq></exifEX:LensSpecification>`),
		`<!DOCTYPE x [<!ENTITY e "f">]><x>&e;</x>`,
		"\xff\xfe<\x00x\x00 \x00y\x00=\x00\"\x001\x00\"\x00/\x00>\x00",
		"\x00\x00\x00<\x00\x00\x00r\x00\x00\x00d\x00\x00\x00f\x00\x00\x00:\x00\x00\x00R\x00\x00\x00D\x00\x00\x00F\x00\x00\x00/\x00\x00\x00>",
		`<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description xmlns:crs="http://ns.adobe.com/camera-raw-settings/1.0/"><crs:RetouchAreas><rdf:Seq><rdf:li crs:SpotType="heal"/></rdf:Seq></crs:RetouchAreas></rdf:Description></rdf:RDF>`,
	} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		p, err := Decode(data, lim)
		if err != nil {
			return
		}
		checkLimits(t, p, lim)
		p.History()
		p.DerivedFrom()
		p.Ingredients()
		p.Stamps()
		p.Positions()
		again, err := Decode(data, lim)
		if err != nil || !reflect.DeepEqual(p.Tags, again.Tags) || !reflect.DeepEqual(p.Problems, again.Problems) {
			t.Errorf("two results for the same bytes: %v", err)
		}
	})
}
