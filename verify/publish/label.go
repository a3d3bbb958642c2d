package publish

import (
	"fmt"
	"slices"
	"strings"

	"github.com/firsthand-media/firsthand/extract"
	"github.com/firsthand-media/firsthand/verify"
)

// labels name sources and sightings without a word of what they are called:
// names of folders and files hold those of people, phones and places.
type labels struct {
	source map[string]string // "source-2"
	path   map[string]string // "source-2/item-0014.jpg"
}

// Labels are what sources and sightings of items are called in place of their
// names, by name and by path.
func Labels(items []verify.Item) (sources, paths map[string]string) {
	byDigest := slices.Clone(items)
	slices.SortFunc(byDigest, func(a, b verify.Item) int { return strings.Compare(string(a.Digest), string(b.Digest)) })
	l := newLabels(byDigest)
	return l.source, l.path
}

// newLabels numbers what is shown, in the order of sources and digests, so that
// the same case gives the same labels.
func newLabels(items []verify.Item) labels {
	l := labels{map[string]string{}, map[string]string{}}
	var names []string
	for i := range items {
		for _, s := range items[i].Sightings {
			names = append(names, s.Source)
		}
	}
	slices.Sort(names)
	for i, name := range slices.Compact(names) {
		l.source[name] = fmt.Sprintf("source-%d", i+1)
	}
	for i := range items {
		n := map[string]int{} // in one source
		for _, s := range items[i].Sightings {
			label := fmt.Sprintf("%s/item-%04d", l.source[s.Source], i+1)
			if n[s.Source]++; n[s.Source] > 1 {
				label += fmt.Sprintf("-%d", n[s.Source])
			}
			l.path[s.Path] = label + suffix(&items[i].Media)
		}
	}
	return l
}

// suffix is by what a file is, not by what it is called.
func suffix(m *extract.Media) string {
	_, sub, _ := strings.Cut(m.MediaType, "/")
	switch sub {
	case "jpeg":
		return ".jpg"
	case "png", "gif", "webp", "mp4", "webm", "heic", "avif", "bmp", "tiff":
		return "." + sub
	case "quicktime":
		return ".mov"
	}
	return ""
}
