package main

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/firsthand-media/firsthand/extract"
	"github.com/firsthand-media/firsthand/extract/source"
	"github.com/firsthand-media/firsthand/verify"
)

// A note is at most noteWidth columns wide; what it says begins behind a label.
const (
	noteWidth  = 96
	labelWidth = 12
)

// Most lines of one kind in a note; --json has all.
const (
	mostTimes    = 8
	mostPlaces   = 4
	mostFindings = 12
)

// note is what inspect says of one file, for people.
type note struct {
	t    *terminal
	line verify.Line
}

// printNote writes the note: what the file is, what made it, when, where, who
// signed and edited it, what the checks found, and its digest.
func printNote(t *terminal, l verify.Line) {
	n := note{t, l}
	t.printf("%s\n", shown(l.Path))
	n.say("what", n.what())
	n.say("made by", n.maker())
	n.say("when", n.times()...)
	n.say("where", n.places()...)
	n.say("signed", n.signatures()...)
	n.say("edited", n.history()...)
	if l.Error != "" {
		n.say("not read", sentence(string(l.Error)))
	}
	n.say("checks", n.findings()...)
	n.say("sha-256", string(l.SHA256))
}

// say writes the paragraphs of one label, wrapped; empty ones are left out.
func (n note) say(label string, paragraphs ...string) {
	for _, p := range paragraphs {
		if p == "" {
			continue
		}
		for i, line := range wrap(shown(p), noteWidth-labelWidth) {
			if i > 0 {
				line = "  " + line
			}
			n.t.printf("  %-*s%s\n", labelWidth-2, label, line)
			label = ""
		}
	}
}

// wrap breaks text at spaces; a word that is too long stands alone.
func wrap(text string, width int) []string {
	var lines []string
	line := ""
	for word := range strings.SplitSeq(text, " ") {
		switch {
		case line == "":
			line = word
		case utf8.RuneCountInString(line)+1+utf8.RuneCountInString(word) > width:
			lines = append(lines, line)
			line = word
		default:
			line += " " + word
		}
	}
	lines = append(lines, line)
	for i, l := range lines {
		lines[i] = strings.ReplaceAll(l, unbroken, " ")
	}
	return lines
}

// unbroken is a space at which no line is broken.
const unbroken = "\u00a0"

// sentence makes the first letter a capital, unless the word is a name or a
// tag, and leaves off a full stop.
func sentence(s string) string {
	first, n := utf8.DecodeRuneInString(s)
	word, _, _ := strings.Cut(s, " ")
	if n == 0 || strings.ContainsAny(word, ":.0123456789") {
		return s
	}
	return strings.ToUpper(string(first)) + s[n:]
}

// listed joins words as a sentence does: "a, b and c".
func listed(words []string) string {
	if len(words) < 2 {
		return strings.Join(words, "")
	}
	return strings.Join(words[:len(words)-1], ", ") + " and " + words[len(words)-1]
}

var kindNames = map[extract.Kind]string{
	extract.Image: "Picture", extract.Video: "Video", extract.Audio: "Sound", extract.Document: "Document", extract.Other: "File",
}

// formatNames are the media types whose names people do not use.
var formatNames = map[string]string{
	"video/quicktime": "QuickTime movie", "video/x-matroska": "Matroska", "video/x-msvideo": "AVI", "video/webm": "WebM",
	"video/3gpp": "3GP", "application/octet-stream": "of no known type", "image/webp": "WebP",
}

// what is the file's type, size and length.
func (n note) what() string {
	m := n.line.Media
	format := formatNames[m.MediaType]
	if format == "" {
		_, sub, _ := strings.Cut(m.MediaType, "/")
		format = strings.ToUpper(strings.TrimPrefix(sub, "x-"))
	}
	parts := []string{kindNames[m.Kind], format}
	if m.Width != nil && m.Height != nil {
		parts = append(parts, fmt.Sprintf("%d × %d pixels", *m.Width, *m.Height))
	}
	if m.Orientation != nil {
		parts = append(parts, turned(*m.Orientation))
	}
	if m.DurationSeconds != nil {
		parts = append(parts, lasting(*m.DurationSeconds))
	}
	if m.FrameRate != nil && m.Kind == extract.Video {
		parts = append(parts, fmt.Sprintf("%.4g frames a second", *m.FrameRate))
	}
	if m.Kind == extract.Video || m.Kind == extract.Audio {
		parts = append(parts, strings.Join(m.Codecs, " and "))
	}
	parts = append(parts, bytesInWords(n.line.Size))
	if m.ExtensionMismatch {
		parts = append(parts, "though its name says otherwise")
	}
	return strings.Join(slices.DeleteFunc(parts, func(s string) bool { return s == "" }), ", ")
}

// turned says how a picture is shown, by its EXIF orientation.
func turned(orientation int) string {
	return map[int]string{
		2: "shown mirrored", 3: "shown upside down", 4: "shown mirrored and upside down",
		5: "shown mirrored and turned left", 6: "shown turned right", 7: "shown mirrored and turned right", 8: "shown turned left",
	}[orientation]
}

func lasting(seconds float64) string {
	if seconds < 60 {
		return strings.TrimPrefix(strings.Replace(fmt.Sprintf(" %.3g seconds", seconds), " 1 seconds", " 1 second", 1), " ")
	}
	whole := int64(math.Round(min(seconds, 1e9)))
	if whole < 3600 {
		return fmt.Sprintf("%d min %02d s", whole/60, whole%60)
	}
	return fmt.Sprintf("%d h %02d min %02d s", whole/3600, whole/60%60, whole%60)
}

func bytesInWords(n int64) string {
	switch {
	case n < 1000:
		return fmt.Sprintf("%d"+unbroken+"bytes", n)
	case n < 1_000_000:
		return fmt.Sprintf("%.1f"+unbroken+"kB", float64(n)/1e3)
	case n < 1_000_000_000:
		return fmt.Sprintf("%.1f"+unbroken+"MB", float64(n)/1e6)
	}
	return fmt.Sprintf("%.2f"+unbroken+"GB", float64(n)/1e9)
}

// maker is the device and the software that the file names.
func (n note) maker() string {
	d := n.line.Device
	name := strings.TrimSpace(string(d.Model))
	if brand := strings.TrimSpace(string(d.Make)); !strings.HasPrefix(strings.ToLower(name), strings.ToLower(brand)) {
		name = brand + " " + name
	}
	parts := []string{strings.TrimSpace(name)}
	if d.Serial != "" {
		parts = append(parts, "serial number "+string(d.Serial))
	}
	if d.Lens != "" {
		parts = append(parts, "lens "+string(d.Lens))
	}
	if d.Software != "" {
		parts = append(parts, "software "+string(d.Software))
	}
	return strings.Join(slices.DeleteFunc(parts, func(s string) bool { return s == "" }), ", ")
}

var severityOrder = []extract.Severity{source.Error, source.Warning, source.Info}

// findings are what the checks reported, the gravest first. What other
// lines of the note say is not said again.
func (n note) findings() []string {
	found := slices.Clone(n.line.Findings)
	found = slices.DeleteFunc(found, func(f extract.Finding) bool {
		return f.Message == string(n.line.Error) || isSignature(f) || f.Code == "capture-times-differ"
	})
	slices.SortStableFunc(found, func(a, b extract.Finding) int {
		return cmp.Compare(slices.Index(severityOrder, a.Severity), slices.Index(severityOrder, b.Severity))
	})
	var out []string
	for i, f := range found {
		if i == mostFindings {
			return append(out, fmt.Sprintf("And %d more; --json lists them", len(found)-i))
		}
		out = append(out, sentence(f.Message)+" ["+f.Code+"]")
	}
	return out
}
