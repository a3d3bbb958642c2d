package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"math"
	"path/filepath"
	"strconv"
	"strings"
)

// mediaFile is what mediainfo says of one file.
type mediaFile struct {
	Media struct {
		Ref   string `json:"@ref"`
		Track []map[string]any
	}
}

// readMediaInfo reads the output for one file, an object, or for several, a
// list.
func readMediaInfo(said []byte) (out []mediaFile, err error) {
	said = bytes.TrimSpace(said)
	if len(said) > 0 && said[0] == '[' {
		err = json.Unmarshal(said, &out)
	} else {
		out = make([]mediaFile, 1)
		err = json.Unmarshal(said, &out[0])
	}
	if err != nil {
		return nil, fmt.Errorf("mediainfo: %w", err)
	}
	return out, nil
}

// track is the first track of a type, or nil.
func (m mediaFile) track(kind string) map[string]any {
	for _, t := range m.Media.Track {
		if t["@type"] == kind {
			return t
		}
	}
	return nil
}

// agreeMediaInfo compares what both say of a video and its picture.
func agreeMediaInfo(_ string, ours map[string]inspected, said []byte) (agreement, error) {
	files, err := readMediaInfo(said)
	if err != nil {
		return nil, err
	}
	a := agreement{}
	for _, f := range files {
		l, ok := ours[filepath.Base(f.Media.Ref)]
		if !ok {
			return nil, fmt.Errorf("inspect has no line for %s", f.Media.Ref)
		}
		if f.track("Video") == nil {
			continue // nothing that it takes for a video
		}
		for _, fact := range []struct {
			track, key string
			our        *float64
			tolerance  float64 // share
			least      float64 // in the unit of the figure
		}{
			{"Video", "Width", l.Width, 0, 0},
			{"Video", "Height", l.Height, 0, 0},
			{"General", "Duration", l.Seconds, 0, .05}, // a frame more or less
			{"Video", "FrameRate", l.FrameRate, .005, 0},
		} {
			a.fact(f, fact.track, fact.key, fact.our, fact.tolerance, fact.least)
		}
		a.date(f, l)
	}
	return a, nil
}

func (a agreement) fact(f mediaFile, track, key string, our *float64, share, least float64) {
	text, _ := f.track(track)[key].(string)
	their, err := strconv.ParseFloat(text, 64)
	if err != nil {
		return // the peer does not say
	}
	shown := any("nothing")
	if our != nil {
		shown = *our
	}
	equal := our != nil && math.Abs(*our-their) <= math.Max(least, share*their)
	a.count("size, length, frame rate, date", filepath.Base(f.Media.Ref)+" "+key, their, shown, our != nil, equal)
}

// date compares when the container was made, which mediainfo gives in UTC.
func (a agreement) date(f mediaFile, l inspected) {
	their, _ := f.track("General")["Encoded_Date"].(string)
	at := strings.TrimSpace(strings.ReplaceAll(strings.ReplaceAll(their, "UTC", ""), "-", ":"))
	if at == "" {
		return
	}
	var our any
	given := false
	for _, tag := range []string{"QuickTime:CreateDate", "Matroska:DateTimeOriginal", "RIFF:DateTimeOriginal"} {
		if our, given = l.Fields[tag]; given {
			break
		}
	}
	text := strings.TrimSuffix(fmt.Sprint(our), "Z")
	equal := given && strings.HasPrefix(text, at)
	a.count("size, length, frame rate, date", filepath.Base(f.Media.Ref)+" Encoded_Date", their, our, given, equal)
}
