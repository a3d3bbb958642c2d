package main

import (
	"bytes"
	"strings"
	"testing"
	"time"
	"unicode"

	"github.com/firsthand-media/firsthand/extract"
	"github.com/firsthand-media/firsthand/extract/container"
	"github.com/firsthand-media/firsthand/verify"
)

// TestHostileTextReachesNoTerminal puts characters that steer a terminal or
// turn the reading order into every text of a file.
func TestHostileTextReachesNoTerminal(t *testing.T) {
	const evil = "A\x1b[2J\u202eB\r\nC\u009bD\x07"
	lat := 1.0
	one := extract.Time{
		Kind: extract.Capture, Local: evil, Zone: extract.Floating, Trust: extract.TrustDevice,
		Field: "EXIF:" + evil, Raw: evil, Earliest: time.Unix(0, 0), Latest: time.Unix(1, 0),
	}
	l := verify.Line{Path: evil, Media: extract.Media{
		Kind: extract.Image, MediaType: "image/" + evil, Codecs: []string{evil}, BestTime: &one,
		Device: extract.Device{Make: evil, Model: evil, Serial: evil, Lens: evil, Software: evil},
		Times:  []extract.Time{one, {Kind: extract.Modified, Local: evil, Field: evil}},
		Places: []extract.Place{{Name: evil, Field: evil}, {Latitude: &lat, Longitude: &lat, Field: evil}},
		Findings: []extract.Finding{
			{Code: evil, Message: evil, Severity: evil}, {Code: "c2pa-" + evil, Message: evil},
		},
		Fields: extract.Fields{
			{Field: "EXIF:" + evil + ":" + evil, Value: evil},
		},
		History: []extract.Step{{Action: evil, When: evil, Software: evil, Parameters: evil}},
		Error:   evil,
	}}
	var out bytes.Buffer
	term := &terminal{out: &out}
	printNote(term, l)
	printFields(term, l)
	for _, r := range out.String() {
		if r != '\n' && (unicode.IsControl(r) || unicode.Is(unicode.Bidi_Control, r)) {
			t.Fatalf("%U reaches the terminal:\n%q", r, out.String())
		}
	}
	if strings.Count(out.String(), `\u001b`) < 10 {
		t.Errorf("the texts were not shown:\n%s", out.String())
	}
}

// TestWrap breaks at spaces alone and loses nothing.
func TestWrap(t *testing.T) {
	for text, want := range map[string]string{
		"":                               "",
		"a b":                            "a b",
		"one two three":                  "one two|three",
		"1.5" + unbroken + "MB":          "1.5 MB",
		"a longwordthatcannotbebroken b": "a|longwordthatcannotbebroken|b",
	} {
		if got := strings.Join(wrap(text, 8), "|"); got != want {
			t.Errorf("%q gives %q, want %q", text, got, want)
		}
	}
}

// TestListing shows a tag once for each group, and a list on one line.
func TestListing(t *testing.T) {
	var out bytes.Buffer
	printFields(&terminal{out: &out}, verify.Line{Path: "a.jpg", SHA256: "00", Media: extract.Media{Fields: extract.Fields{
		{Field: "File:FileType", Value: "JPEG"},
		{Field: "EXIF:IFD0:Make", Value: "A"}, container.Tag{Field: "EXIF:IFD0:Make", Value: "B"},
		{Field: "IPTC:Keywords", Value: "x, y", List: []string{"x", "y"}},
		{Field: "EXIF:IFD1:Make", Value: "C"},
	}}})
	want := "a.jpg\n  File  FileType : JPEG\n  IFD0  Make     : B\n  IPTC  Keywords : x, y\n  IFD1  Make     : C\n  sha-256 00\n"
	if out.String() != want {
		t.Errorf("got\n%swant\n%s", out.String(), want)
	}
}
