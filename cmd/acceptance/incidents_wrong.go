package main

import (
	"fmt"
	"maps"
	"slices"
	"strings"
)

// printWrongFiles lists, for a person who works on the grouping, the clusters
// that mix incidents, the incidents that lie in several clusters, and recycled
// files that were not flagged or are where they claim to be.
func printWrongFiles(files []scoredFile, copies map[string]string) {
	byCluster, byEvent := map[string][]*scoredFile{}, map[string][]*scoredFile{}
	for i := range files {
		f := &files[i]
		byCluster[f.cluster] = append(byCluster[f.cluster], f)
		if f.ofIncident() {
			byEvent[f.event] = append(byEvent[f.event], f)
		}
	}
	for _, c := range slices.Sorted(maps.Keys(byCluster)) {
		if parts := partsBy(byCluster[c], func(f *scoredFile) string { return f.event }); len(parts) > 1 {
			fmt.Printf("  %s mixes %d:\n", c, len(parts))
			printParts(parts, copies)
		}
	}
	for _, e := range slices.Sorted(maps.Keys(byEvent)) {
		if parts := partsBy(byEvent[e], func(f *scoredFile) string { return f.cluster }); len(parts) > 1 {
			fmt.Printf("  %s lies in %d:\n", e, len(parts))
			printParts(parts, copies)
		}
	}
	for i := range files {
		f := &files[i]
		switch {
		case f.findable() && !f.flagged:
			fmt.Printf("  recycled and not flagged: %s, truly of %s, claimed to be of %s, put into %s\n", f.file, f.event, f.claimed, f.cluster)
		case !f.findable() && f.flagged && f.note != olderAbsent:
			fmt.Printf("  wrongly flagged as recycled: %s, of %s, put into %s\n", f.file, f.event, f.cluster)
		}
	}
}

// part is some files with one name.
type part struct {
	name  string
	files []*scoredFile
}

// partsBy sorts files into parts, the largest first.
func partsBy(files []*scoredFile, name func(*scoredFile) string) []part {
	by := map[string][]*scoredFile{}
	for _, f := range files {
		by[name(f)] = append(by[name(f)], f)
	}
	var out []part
	for _, n := range slices.Sorted(maps.Keys(by)) {
		out = append(out, part{n, by[n]})
	}
	slices.SortStableFunc(out, func(a, b part) int { return len(b.files) - len(a.files) })
	return out
}

func printParts(parts []part, copies map[string]string) {
	for _, p := range parts {
		var names []string
		for _, f := range p.files {
			names = append(names, fmt.Sprintf("%s (%s)", f.file, f.role))
		}
		units := map[string]bool{}
		for _, f := range p.files {
			units[copies[f.file]] = true
		}
		fmt.Printf("    %-12s %d files, %d pictures: %s\n", p.name, len(p.files), len(units), strings.Join(names, ", "))
	}
}
