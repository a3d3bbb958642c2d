package main

import (
	"strings"
	"unicode/utf8"

	"github.com/firsthand-media/firsthand/extract/container"
	"github.com/firsthand-media/firsthand/verify"
)

// printFields lists every tag of a file: a heading for the file, then a line
// for each tag with its group, name and value, the groups in the order of the
// file.
func printFields(t *terminal, l verify.Line) {
	t.printf("%s\n", shown(l.Path))
	if l.Error != "" {
		t.printf("  not all could be read: %s\n", shown(string(l.Error)))
	}
	var groups []string
	type row struct {
		name string
		tag  container.Tag
	}
	rows := map[string][]row{}
	wideGroup, wideName := 0, 0
	for key, tag := range l.Fields.Grouped() {
		group, name := key[0], key[1]
		if rows[group] == nil {
			groups = append(groups, group)
		}
		rows[group] = append(rows[group], row{name, tag})
		wideGroup = max(wideGroup, utf8.RuneCountInString(shown(group)))
		wideName = max(wideName, utf8.RuneCountInString(shown(name)))
	}
	wideGroup, wideName = min(wideGroup, 16), min(wideName, 32)
	for _, group := range groups {
		for _, r := range rows[group] {
			t.printf("  %-*s  %-*s : %s\n", wideGroup, shown(group), wideName, shown(r.name), shown(fieldText(r.tag)))
		}
	}
	if len(groups) == 0 {
		t.printf("  no tags were read\n")
	}
	t.printf("  sha-256 %s\n", l.SHA256)
}

// fieldText is the value on one line; a list has its members apart by commas.
func fieldText(tag container.Tag) string {
	if tag.List != nil {
		return strings.Join(tag.List, ", ")
	}
	return tag.Value
}
