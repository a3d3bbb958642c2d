package source

import (
	"encoding/json"
	"maps"
	"net/url"
	"path"
	"slices"
	"strings"
)

// tweetMedium is one picture or video of a post: the keys that stand in the
// addresses of its copies, and the numbers that X gives it.
type tweetMedium struct {
	keys   []string
	ids    []string
	moving bool // a video: its pictures are stills of it
}

// Bounds on the media of one post; X allows four.
const (
	maxMedia     = 16
	maxAddresses = 64
)

// tweetMedia reads a list of media, or an object of such lists. The dialects
// name their keys differently, so media are known by the addresses in them:
// pictures and stills lie on pbs.twimg.com, videos on video.twimg.com.
func tweetMedia(raw json.RawMessage) []tweetMedium {
	var v any
	if len(raw) == 0 || json.Unmarshal(raw, &v) != nil {
		return nil
	}
	var out []tweetMedium
	list := func(v any) {
		elements, _ := v.([]any)
		for _, e := range elements {
			if object, ok := e.(map[string]any); ok && len(out) < maxMedia {
				out = append(out, newTweetMedium(object))
			}
		}
	}
	list(v)
	if lists, ok := v.(map[string]any); ok {
		for _, key := range []string{"photos", "videos", "animated"} {
			list(lists[key])
		}
	}
	return out
}

func newTweetMedium(object map[string]any) tweetMedium {
	var found mediumAddresses
	found.walk(object)
	m := tweetMedium{
		moving: found.video || object["type"] == "video" || object["type"] == "animated_gif" || object["thumbnailUrl"] != nil,
	}
	for _, a := range found.list {
		m.keys = append(m.keys, a.key)
		m.ids = append(m.ids, a.ids...)
	}
	for _, key := range []string{"id_str", "media_key"} { // "3_1498186193330396312"
		id, _ := object[key].(string)
		if _, number, found := strings.Cut(id, "_"); found {
			id = number
		}
		if len(id) >= shortestID && isPostID(id) {
			m.ids = append(m.ids, id)
		}
	}
	return m
}

// mediumAddresses collects the addresses on X's servers.
type mediumAddresses struct {
	list  []mediumAddress
	video bool
}

type mediumAddress struct {
	host, key string
	ids       []string // numbers in the path
}

func (f *mediumAddresses) walk(v any) {
	switch v := v.(type) {
	case string:
		if a, ok := parseMedium(v); ok && len(f.list) < maxAddresses {
			f.list = append(f.list, a)
			f.video = f.video || a.host == "video.twimg.com"
		}
	case []any:
		for _, e := range v {
			f.walk(e)
		}
	case map[string]any:
		for _, key := range slices.Sorted(maps.Keys(v)) {
			if key != "additional_media_info" { // of another post's author
				f.walk(v[key])
			}
		}
	}
}

// parseMedium reads an address as "https://pbs.twimg.com/media/KEY.jpg:orig",
// ".../media/KEY?format=jpg&name=large" and
// "https://video.twimg.com/ext_tw_video/ID/pu/vid/1280x720/KEY.mp4?tag=12".
func parseMedium(address string) (mediumAddress, bool) {
	if !strings.HasPrefix(address, "http") {
		return mediumAddress{}, false
	}
	u, err := url.Parse(address)
	if err != nil || (u.Host != "pbs.twimg.com" && u.Host != "video.twimg.com") {
		return mediumAddress{}, false
	}
	key, _, _ := strings.Cut(path.Base(u.Path), ".")
	key, _, _ = strings.Cut(key, ":")
	a := mediumAddress{host: u.Host, key: key}
	for element := range strings.SplitSeq(path.Dir(u.Path), "/") {
		if len(element) >= shortestID && isPostID(element) {
			a.ids = append(a.ids, element)
		}
	}
	return a, key != "" && key != "/"
}

// files finds the files of a medium. Of a video that is here the stills are
// given apart.
func (m *tweetMedium) files(marks *xMarks) (files, stills []int) {
	for _, key := range m.keys {
		files = append(files, marks.keys[key]...)
	}
	for _, id := range m.ids {
		files = append(files, marks.ids[id]...)
	}
	if !m.moving {
		return files, nil
	}
	isStill := func(i int) bool { return marks.still[i] }
	if videos := slices.DeleteFunc(slices.Clone(files), isStill); len(videos) > 0 {
		return videos, slices.DeleteFunc(files, func(i int) bool { return !isStill(i) })
	}
	return files, nil
}
