package main

import (
	"bytes"
	"cmp"
	"encoding/json"
	"fmt"
	"maps"
	"path/filepath"
	"slices"
	"strings"

	"github.com/firsthand-media/firsthand/cmd/acceptance/truth"
)

// inspected is one line of `inspect --all --json`, as far as it is compared.
type inspected struct {
	Path      string
	Width     *float64
	Height    *float64
	Seconds   *float64 `json:"duration_seconds"`
	FrameRate *float64 `json:"frame_rate"`
	Fields    map[string]any
}

// inspectedFiles reads the lines; the keys are names below the folder.
func inspectedFiles(text []byte, folder string) (map[string]inspected, error) {
	out := map[string]inspected{}
	for line := range bytes.Lines(text) {
		var l inspected
		if err := json.Unmarshal(line, &l); err != nil {
			return nil, fmt.Errorf("inspect: %w", err)
		}
		out[filepath.Base(l.Path)] = l
	}
	return out, nil
}

// tagTally counts the values of one group of tags.
type tagTally struct {
	equal, other, missing int
	beyond                int      // values of ours under tags that the peer does not give
	examples              []string // of values that differ or are missing
}

func (t tagTally) total() int { return t.equal + t.other + t.missing }

// agreement is how far the values of two programs agree, by group of tags.
type agreement map[string]tagTally

// groups are those that hold something, in the order of the table.
func (a agreement) groups() []string {
	return slices.SortedFunc(maps.Keys(a), func(g, h string) int {
		return cmp.Compare(slices.Index(tagGroups, g), slices.Index(tagGroups, h))
	})
}

// tagGroups are the groups of ExifTool's tags.
var tagGroups = []string{"EXIF, XMP, IPTC", "container and stream", "composed of others", "maker notes", "all others"}

// count adds one value of the peer to a group.
func (a agreement) count(group, where string, their, our any, given, equal bool) {
	const most = 12
	t := a[group]
	switch {
	case equal:
		t.equal++
	case given:
		t.other++
	default:
		t.missing++
	}
	if !equal && len(t.examples) < most {
		t.examples = append(t.examples, fmt.Sprintf("%s: peer %.80v, ours %.80v", where, their, our))
	}
	a[group] = t
}

// exiftoolGroup is the group of the table that a family-0 group of ExifTool
// stands in; "" for what is no tag of the file.
func exiftoolGroup(family string) string {
	switch family {
	case "EXIF", "XMP", "IPTC":
		return tagGroups[0]
	case "QuickTime", "Matroska", "RIFF", "PNG", "GIF", "JFIF", "File":
		return tagGroups[1]
	case "Composite":
		return tagGroups[2]
	case "MakerNotes":
		return tagGroups[3]
	case "SourceFile", "ExifTool":
		return ""
	}
	return tagGroups[4]
}

// agreeExifTool holds every tag of `exiftool -json -n -G0:1` against ours.
func agreeExifTool(_ string, ours map[string]inspected, said []byte) (agreement, error) {
	var files []map[string]any
	if err := json.Unmarshal(said, &files); err != nil {
		return nil, fmt.Errorf("exiftool: %w", err)
	}
	a := agreement{}
	for _, f := range files {
		source, _ := f["SourceFile"].(string)
		l, ok := ours[filepath.Base(source)]
		if !ok {
			return nil, fmt.Errorf("inspect has no line for %s", source)
		}
		theirs := map[string]bool{}
		for _, tag := range slices.Sorted(maps.Keys(f)) {
			parts := strings.Split(tag, ":")
			group := exiftoolGroup(parts[0])
			if group == "" || len(parts) > 1 && parts[1] == "System" {
				continue
			}
			short := parts[0] + ":" + parts[len(parts)-1]
			theirs[tag], theirs[short] = true, true
			our, given := l.Fields[tag]
			if !given {
				our, given = l.Fields[short]
			}
			a.count(group, filepath.Base(source)+" "+tag, f[tag], our, given, given && truth.EqualValues(f[tag], our, 1e-9))
		}
		a.beyond(l, theirs)
	}
	return a, nil
}

// beyond counts our values whose tags the peer has not.
func (a agreement) beyond(l inspected, theirs map[string]bool) {
	for tag := range l.Fields {
		parts := strings.Split(tag, ":")
		group := exiftoolGroup(parts[0])
		if theirs[tag] || theirs[parts[0]+":"+parts[len(parts)-1]] || group == "" || parts[len(parts)-1] == "FileModifyDate" {
			continue
		}
		t := a[group]
		t.beyond++
		a[group] = t
	}
}
