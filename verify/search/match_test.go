package search

import (
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/firsthand-media/firsthand/extract"
)

func compiled(t *testing.T, text string) Filter {
	t.Helper()
	q, err := Parse(text)
	if err != nil {
		t.Fatalf("%s: %v", text, err)
	}
	f, err := Compile(q, nil)
	if err != nil {
		t.Fatalf("%s: %v", text, err)
	}
	return f
}

func TestMatch(t *testing.T) {
	at := func(s string) time.Time {
		v, err := time.Parse(time.RFC3339, s)
		if err != nil {
			t.Fatal(err)
		}
		return v
	}
	lat, lon := 49.9935, 36.2304
	known := Document{
		Digest: "9f2c0011aa", Size: 6e6, Kind: extract.Video, Sources: []string{"telegram-a", "Phone B"}, Seconds: 14, Sound: true,
		Trust: extract.TrustDevice, ZoneKnown: true, From: at("2026-05-16T11:02:11Z"), To: at("2026-05-16T11:02:12Z"),
		Latitude: &lat, Longitude: &lon, Copies: 3, Cluster: "C-3", Incident: "I-8", Readable: true,
		Texts: Texts{Name: Fold("IMG_0431.mp4"), Path: Fold("telegram-a/photos/IMG_0431.mp4"), Caption: Fold("Два авто на мосту, Ґрунтова"), Device: Fold("Google Pixel 6")},
		Marks: Marks{Tags: []string{"Smoke"}, TagText: Fold("Smoke"), Warning: "moderate", Pinned: true, Reviewed: true},
	}
	for text, want := range map[string]bool{
		"":                    true,
		"img_0431":            true,
		"грунтова":            true,
		`"авто на"`:           true,
		`"на авто"`:           false,
		"-авто":               false,
		"source:telegram-a":   true,
		`source:"phone b"`:    true,
		"source:telegram":     false,
		"source:x,telegram-a": true,
		"-source:x":           true,
		"type:video":          true,
		"type:photo":          false,
		"time:device":         true,
		"zone:unknown":        false,
		"after:2026-05-16":    true,
		"after:2026-05-17":    false,
		"before:2026-05-16":   false,
		"before:2026-06":      true,
		// Eleven o'clock UTC is two in the afternoon at +03:00.
		"after:2026-05-16T14:02+03:00":  true,
		"before:2026-05-16T14:02+03:00": false,
		"has:gps,note":                  true,
		"has:note":                      false,
		"near:49.99,36.23":              true,
		"near:50.5,36.23,2km":           false,
		"near:50.5,36.23,60":            true,
		"copies:2..":                    true,
		"copies:>3":                     false,
		"copies:3":                      true,
		"length:10s..20s":               true,
		"length:>1:30":                  false,
		"size:5MB..":                    true,
		"incident:I-8":                  true,
		"incident:none":                 false,
		"cluster:any":                   true,
		"tag:smoke":                     true,
		"warning:unsaid":                false,
		"pinned":                        true,
		"-pinned":                       false,
		"setaside:no":                   true,
		"setaside":                      false,
		"sha256:9f2c":                   true,
		"9f2c0011":                      true,
		"problem:no":                    true,
		"device:pixel":                  true,
	} {
		f := compiled(t, text)
		if got := f.Match(&known); got != want {
			t.Errorf("%s: found %v, want %v", text, got, want)
		}
	}
	unknown := Document{Digest: "00", Copies: 1, Trust: extract.TrustNone, Marks: Marks{SetAside: true}}
	for text, want := range map[string]bool{
		"": false, "setaside:any": true, "setaside": true, "setaside:any time:none": true, "setaside:any after:2000": false,
		"setaside:any before:2100": false, "setaside:any -has:time": true, "setaside:any near:0,0,20000km": false, "setaside:any zone:unknown": false,
		"setaside:any tag:none": true, "setaside:any warning:unsaid": true, "setaside:any problem:unreadable": true,
	} {
		f := compiled(t, text)
		if got := f.Match(&unknown); got != want {
			t.Errorf("of what nothing is known, %s: found %v, want %v", text, got, want)
		}
	}
}

// A time that is known to a day and a bit is found on each day it may be of.
func TestAnUncertainTimeIsFoundWhereverItMayLie(t *testing.T) {
	d := Document{From: time.Date(2026, 5, 15, 10, 0, 0, 0, time.UTC), To: time.Date(2026, 5, 17, 12, 0, 0, 0, time.UTC)}
	for text, want := range map[string]bool{
		"after:2026-05-15 before:2026-05-16": true, "after:2026-05-17 before:2026-05-18": true,
		"after:2026-05-18": false, "before:2026-05-15": false,
	} {
		f := compiled(t, text)
		if f.Match(&d) != want {
			t.Errorf("%s: want %v", text, want)
		}
	}
}

func TestWhatCannotBeMeantIsNamed(t *testing.T) {
	for text, says := range map[string]string{
		"sorce:a":            "did you mean source:",
		"quux:a":             "there is no key",
		"smoke source:":      "wants a value",
		"type:picture":       "photo, video",
		"after:yesterday":    "is no day or time",
		"copies:many":        "no whole number",
		"near:here":          "latitude",
		"near:1,2,3parsecs":  "distance",
		"near:91,0":          "latitude",
		"length:..":          "range",
		"size:-5MB":          "is not a size",
		"smoke before:2026-": "no day",
	} {
		q, err := Parse(text)
		if err != nil {
			t.Fatal(err)
		}
		_, err = Compile(q, nil)
		var wrong *SyntaxError
		if !errors.As(err, &wrong) || !strings.Contains(err.Error(), says) {
			t.Errorf("%s: %v, want %q", text, err, says)
			continue
		}
		if strings.HasPrefix(text, "smoke ") && wrong.From != len("smoke ") {
			t.Errorf("%s: wrong at %d", text, wrong.From)
		}
	}
}

// Every key of the catalogue can be asked, and what it offers is understood.
func TestCatalogue(t *testing.T) {
	for _, k := range Catalogue() {
		for _, v := range append(k.Values, k.Like) {
			if v == "" {
				continue
			}
			f := compiled(t, k.Name+":"+v)
			f.Match(&Document{})
		}
		if k.What == "" || len(k.Values) == 0 && k.Like == "" {
			t.Errorf("%s is not explained", k.Name)
		}
	}
}
