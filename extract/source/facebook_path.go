package source

import (
	"path"
	"regexp"
	"strings"
	"time"
)

// resolve finds a file by its path from the top of the export. The export may
// lie anywhere in the source, in several parts, and without its upper folders,
// so the path's end is searched for: of several files that have it, the one
// nearest to the sidecar is taken.
func (x *metaExport) resolve(written string) (int, bool) {
	n := x.out.names
	for _, name := range []string{written, unescapeBytes(written)} {
		if i, found := n.find(x.out.dir, name); found == present {
			return i, true
		}
		if i, ok := n.ending(x.out.dir, name); ok {
			return i, true
		}
	}
	return x.out.resolve(written)
}

// ending finds the file of the source whose path ends like the written one, in
// at least its last folder and name. Where that is in no folder above dir, a
// file of that name in dir itself is meant rather.
func (n *names) ending(dir, written string) (int, bool) {
	written = path.Clean(strings.ReplaceAll(written, `\`, "/"))
	if !staysInside(dir, written) {
		return 0, false
	}
	base := path.Base(written)
	alike := n.namesakes(base)
	if len(alike) > maxAlike {
		return 0, false
	}
	elements := strings.Split(written, "/")
	best, most, near, tied := 0, 1, -1, false
	for _, i := range alike {
		common, closeness := commonTail(strings.Split(n.rels[i], "/"), elements), commonHead(dir, n.rels[i])
		switch {
		case common > most || common == most && common > 1 && closeness > near:
			best, most, near, tied = i, common, closeness, false
		case common == most && closeness == near:
			tied = true
		}
	}
	if own, ok := n.exact[path.Join(dir, base)]; ok && near <= 0 {
		return own, true // copied flat beside the sidecar
	}
	return best, near >= 0 && !tied
}

// commonHead counts the folders that a file and a folder have in common.
func commonHead(dir, rel string) int {
	if dir == "." {
		return 0
	}
	a, b, n := strings.Split(dir, "/"), strings.Split(rel, "/"), 0
	for n < len(a) && n < len(b)-1 && a[n] == b[n] {
		n++
	}
	return n
}

// metaFolders are the folders into which downloads of Facebook and Instagram
// are sorted, the upper ones first.
const metaFolders = " your_instagram_activity your_facebook_activity your_activity_across_facebook" +
	" media messages posts photos_and_videos stories content photos videos profile direct" +
	" personal_information profile_information other_activity "

// metaTop is the folder of the whole download that a file of it belongs to.
func metaTop(rel string) string {
	elements := strings.Split(rel, "/")
	for i, element := range elements[:len(elements)-1] {
		if strings.Contains(metaFolders, " "+element+" ") {
			return path.Join(".", path.Join(elements[:i]...))
		}
	}
	return path.Dir(rel)
}

// downloadName is how the folder of a download is named after its account.
var downloadName = regexp.MustCompile(`^(?:instagram|facebook)-(.+?)-(?:\d{4}-\d{2}-\d{2}|\d{8})(?:-.*)?$`)

// accountOfFolder is the account that the name of a download's folder gives.
func accountOfFolder(name string) string {
	if m := downloadName.FindStringSubmatch(name); m != nil {
		return m[1]
	}
	return ""
}

// takenDoubt is how far the time of capture that Facebook keeps may lie from
// the capture: it is made of the camera's clock with a zone that nothing tells.
const takenDoubt = 24 * time.Hour

// cameraClocks are the ways in which a camera's clock is written. None has a
// zone: what stands in the place of one was put there by the app.
var cameraClocks = []string{
	"20060102T15:04:05.000Z", "20060102T15:04:05Z", "20060102T150405.000Z", "2006:01:02 15:04:05", localLayout, "2006-01-02T15:04:05.000Z", time.RFC3339,
}

// takenTime is the time of capture that a platform kept: the camera's clock as
// a text, else as Unix seconds.
func takenTime(format string, unix, clock scalar) *PostTime {
	for _, layout := range cameraClocks {
		if t, err := time.Parse(layout, string(clock)); err == nil && plausible(t) {
			return &PostTime{
				Local: t.Format(localLayout), Precision: toSecond, Kind: kindTaken,
				Field: format + ":date_time_original", Raw: string(clock),
			}
		}
	}
	p := fromUnix(format+":taken_timestamp", unix)
	if p == nil {
		return nil
	}
	p.InstantEnd = p.Instant.Add(takenDoubt)
	p.Instant = p.Instant.Add(-takenDoubt)
	p.Kind = kindTaken
	return p
}
