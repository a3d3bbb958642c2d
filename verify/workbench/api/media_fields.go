package api

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/firsthand-media/firsthand/extract"
	"github.com/firsthand-media/firsthand/verify"
)

// Fields is every tag of an item, in the order of the file.
type Fields struct {
	Read bool       `json:"read"`               // from the original just now; false: what the case stored
	Why  string     `json:"why" say:"sentence"` // the original was not read, "" where it was
	Tags []FieldTag `json:"tags"`
	More int        `json:"more"` // that are left out
}

// FieldTag is one tag under ExifTool's names, with the value as it is written
// and, where it is a time, a place or the like, what it is read as.
type FieldTag struct {
	Group   string `json:"group"` // "IFD0"
	Name    string `json:"name"`  // "Model"
	Field   string `json:"field"` // "EXIF:Model"
	Value   string `json:"value"`
	Cut     bool   `json:"cut"`                    // the value is longer
	Reading string `json:"reading" say:"sentence"` // "" where there is nothing to add
}

// Bounds of what is shown of tags, which are other people's text.
const (
	mostTags     = 4000
	longestValue = 2000
)

func mediaFields(ctx context.Context, c *Case, in ItemIn) (Fields, error) {
	_, it, err := c.itemOf(ctx, in.ID)
	if err != nil {
		return Fields{}, err
	}
	read, err := c.inspected(ctx, it)
	if err == nil {
		return fieldsOf(read, true), nil
	}
	if ctx.Err() != nil {
		return Fields{}, ctx.Err()
	}
	f := fieldsOf(it, false)
	f.Why = err.Error()
	return f, nil
}

// inspected is an item with all its tags, read from the original in a worker.
func (c *Case) inspected(ctx context.Context, it *verify.Item) (*verify.Item, error) {
	path, err := c.Original(ctx, it.Digest)
	if err != nil {
		return nil, err
	}
	if c.api.program.Inspect == nil {
		return nil, noWorkers("the original cannot be read")
	}
	read, err := c.api.program.Inspect(ctx, path)
	switch {
	case err != nil:
		return nil, fmt.Errorf("the original cannot be read: %w", err)
	case read.Digest != it.Digest:
		return nil, fmt.Errorf("%s is no longer the file that was scanned", it.Path())
	}
	return &read, nil
}

// fieldsOf lists the tags of an item; of one without tags, what was stored of
// them.
func fieldsOf(it *verify.Item, read bool) Fields {
	f := Fields{Read: read, Tags: []FieldTag{}}
	if !read {
		f.Tags = storedFields(it)
		return f
	}
	readings := readingsOf(it)
	for key, tag := range it.Media.Fields.Grouped() {
		if len(f.Tags) == mostTags {
			f.More++
			continue
		}
		family, _, _ := strings.Cut(tag.Field, ":")
		value := tag.Value
		if tag.List != nil {
			value = strings.Join(tag.List, ", ")
		}
		one := FieldTag{Group: key[0], Name: key[1], Field: family + ":" + key[1], Value: shortened(value, longestValue)}
		one.Cut, one.Reading = len(one.Value) < len(value), readings[one.Field]
		f.Tags = append(f.Tags, one)
	}
	return f
}

// storedFields are the fields whose values the case keeps: what times, places
// and the device were read from.
func storedFields(it *verify.Item) []FieldTag {
	out := []FieldTag{}
	add := func(field, value, reading string) {
		group, name, ok := strings.Cut(field, ":")
		if !ok || value == "" || slices.ContainsFunc(out, func(t FieldTag) bool { return t.Field == field }) {
			return
		}
		short := shortened(value, longestValue)
		out = append(out, FieldTag{Group: group, Name: name, Field: field, Value: short, Cut: len(short) < len(value), Reading: reading})
	}
	m := &it.Media
	add("File:MIMEType", m.MediaType, "")
	if m.Width != nil && m.Height != nil {
		add("File:ImageSize", fmt.Sprintf("%d %d", *m.Width, *m.Height), fmt.Sprintf("%d × %d px", *m.Width, *m.Height))
	}
	d := m.Device
	add("Device:Make", string(d.Make), "")
	add("Device:Model", string(d.Model), "")
	add("Device:SerialNumber", string(d.Serial), "")
	add("Device:LensModel", string(d.Lens), "")
	add("Device:Software", string(d.Software), "")
	readings := readingsOf(it)
	for i := range m.Times {
		add(m.Times[i].ReadFrom(), m.Times[i].Raw, readings[m.Times[i].ReadFrom()])
	}
	for i := range m.Places {
		add(m.Places[i].Field, m.Places[i].Raw, readings[m.Places[i].Field])
	}
	return out
}

// readingsOf are what fields of an item were read as, by field.
func readingsOf(it *verify.Item) map[string]string {
	out := map[string]string{}
	say := func(field, text string) {
		if _, ok := out[field]; !ok {
			out[field] = text
		}
	}
	m := &it.Media
	for i := range m.Times {
		if t := &m.Times[i]; t.Trust == extract.TrustNone {
			say(t.Field, "where a clock stands that was never set")
		} else {
			say(t.Field, when(t).Text)
		}
	}
	for i := range m.Places {
		if p := &m.Places[i]; p.Latitude != nil && p.Longitude != nil {
			say(p.Field, fmt.Sprintf("%.4f, %.4f", *p.Latitude, *p.Longitude))
		}
	}
	if m.Orientation != nil {
		say("EXIF:Orientation", turnedText(*m.Orientation))
	}
	return out
}

// turnedText says how a picture is shown by its EXIF orientation; turns are
// clockwise.
func turnedText(orientation int) string {
	texts := []string{1: "shown as stored", "mirrored", "turned by 180°", "mirrored, turned by 180°", "mirrored, turned by 270°", "turned by 90°", "mirrored, turned by 90°", "turned by 270°"}
	if orientation < 1 || orientation >= len(texts) {
		return ""
	}
	return texts[orientation]
}
