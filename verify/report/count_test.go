package report_test

import (
	"strings"
	"testing"

	"github.com/firsthand-media/firsthand/extract"
	"github.com/firsthand-media/firsthand/verify"
	"github.com/firsthand-media/firsthand/verify/report"
)

// sheet is the count sheet as "photos/videos/other=all" for each row.
func sheet(c report.CountSheet) string {
	var b strings.Builder
	if err := c.WriteText(&b, report.In(nil)); err != nil {
		panic(err)
	}
	var out []string
	for _, line := range strings.Split(strings.TrimSpace(b.String()), "\n")[1:] {
		f := strings.Fields(line)
		var numbers []string
		for _, s := range f {
			if strings.Trim(s, "0123456789") == "" {
				numbers = append(numbers, s)
			}
		}
		out = append(out, strings.Join(numbers, " "))
	}
	return strings.Join(out, " | ")
}

func TestCountSheetArithmetic(t *testing.T) {
	twice := item(1, extract.Image, "a/1.jpg", "b/1.jpg")
	gone := item(9, extract.Image)
	three := []verify.Incident{{Status: verify.Candidate}, {Status: verify.Confirmed}, {Status: verify.Rejected}, {Status: verify.Candidate}}
	cluster := func(n ...int) verify.Cluster {
		c := verify.Cluster{ID: string(rune('A' + n[0]))}
		for _, k := range n {
			c.Digests = append(c.Digests, digest(k))
		}
		return c
	}
	for name, c := range map[string]struct {
		items     []verify.Item
		clusters  []verify.Cluster
		incidents []verify.Incident
		want      string // files | readable | unique | joined | candidates | confirmed
	}{
		"nothing": {want: "0 0 0 0 | 0 0 0 0 | 0 0 0 0 | 0 0 0 0 | 0 | 0"},
		"the same bytes in two sources are two files and one item": {
			items: []verify.Item{twice},
			want:  "2 0 0 2 | 2 0 0 2 | 1 0 0 1 | 1 0 0 1 | 0 | 0"},
		"an unreadable photo is a file and nothing more": {
			items: []verify.Item{twice, unreadable(item(2, extract.Image, "a/2.jpg"))},
			want:  "3 0 0 3 | 2 0 0 2 | 1 0 0 1 | 1 0 0 1 | 0 | 0"},
		"sound and documents are files and not readable pictures": {
			items: []verify.Item{item(2, extract.Audio, "a/2.mp3"), item(3, extract.Document, "a/3.pdf"), item(4, extract.Other, "a/4")},
			want:  "0 0 3 3 | 0 0 0 0 | 0 0 0 0 | 0 0 0 0 | 0 | 0"},
		"a cluster counts once, whatever lies between its items": {
			items:    []verify.Item{twice, item(2, extract.Video, "a/2.mp4"), item(3, extract.Image, "a/3.jpg"), item(4, extract.Image, "b/4.jpg"), item(5, extract.Video, "b/5.mp4")},
			clusters: []verify.Cluster{cluster(1, 3, 4), cluster(2, 5)},
			want:     "4 2 0 6 | 4 2 0 6 | 3 2 0 5 | 1 1 0 2 | 0 | 0"},
		"an unreadable member does not stand for its cluster": {
			items:    []verify.Item{unreadable(item(1, extract.Image, "a/1.jpg")), item(2, extract.Image, "a/2.jpg")},
			clusters: []verify.Cluster{cluster(1, 2)},
			want:     "2 0 0 2 | 1 0 0 1 | 1 0 0 1 | 1 0 0 1 | 0 | 0"},
		"an item that is no longer anywhere counts nowhere": {
			items: []verify.Item{gone},
			want:  "0 0 0 0 | 0 0 0 0 | 0 0 0 0 | 0 0 0 0 | 0 | 0"},
		"rejected incidents are neither candidates nor confirmed": {
			incidents: three,
			want:      "0 0 0 0 | 0 0 0 0 | 0 0 0 0 | 0 0 0 0 | 2 | 1"},
	} {
		t.Run(name, func(t *testing.T) {
			if got := sheet(report.Count(c.items, c.clusters, c.incidents)); got != c.want {
				t.Errorf("got  %s\nwant %s", got, c.want)
			}
		})
	}
}
