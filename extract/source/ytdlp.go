package source

import (
	"path"
	"slices"
	"strings"
)

// isYTDLP recognises what yt-dlp --write-info-json writes. The name helps
// only where the end of the file, with the extractor, is lost.
func isYTDLP(f fields, rel string) bool {
	_, formats := f["formats"]
	described := f.text("webpage_url") != "" || f.text("upload_date") != "" || f.text("timestamp") != "" || f.text("_type") != "" || formats
	if f.text("id") == "" || !described {
		return false
	}
	return f.text("extractor_key") != "" || f.text("extractor") != "" || strings.HasSuffix(rel, infoSuffix)
}

const infoSuffix = ".info.json"

// readYTDLP reads one .info.json. Its keys are those of the docstring of
// InfoExtractor in yt_dlp/extractor/common.py. The time of the download,
// "epoch", is no post time and is not read.
func readYTDLP(out *reading, f fields, rel string) {
	out.format = formatYTDLP
	record := Record{
		Account: string(f.first("uploader", "channel", "uploader_id", "channel_id")),
		PostID:  string(f.text("id")),
		Posted:  ytdlpTime(f),
		Text:    titled(string(f.text("title")), string(f.text("description"))),
		URL:     firstOf(webAddress(string(f.text("webpage_url"))), webAddress(string(f.text("original_url")))),
	}
	if site := string(f.first("extractor_key", "extractor")); site != "" {
		record.Album = strings.ToLower(site) + ":" + record.PostID
	}
	if record.Posted == nil && f.first("timestamp", "upload_date") != "" {
		out.unusable.add(string(f.first("timestamp", "upload_date")))
	}
	files := withoutExtras(out, ytdlpFiles(out, f, rel))
	if len(files) == 0 && f.text("_type") != "playlist" {
		out.absent.add(string(f.first("filename", "_filename", "title", "id")))
	}
	for _, i := range files {
		if err := out.add(entry{file: i, Record: record}); err != nil {
			return
		}
	}
}

// extrasExtensions are those of texts that yt-dlp writes beside a video.
const extrasExtensions = " .vtt .srt .ass .ssa .lrc .ttml .srv1 .srv2 .srv3 .json3 .description .annotations.xml "

// withoutExtras sets apart what was downloaded about a video: subtitles, and
// the still that the site shows before it.
func withoutExtras(out *reading, files []int) []int {
	moving := slices.ContainsFunc(files, func(i int) bool {
		kind := mediaKind(out.names.rels[i])
		return kind == videoName || kind == soundName
	})
	return slices.DeleteFunc(files, func(i int) bool {
		rel := out.names.rels[i]
		extra := moving && mediaKind(rel) == pictureName || strings.Contains(extrasExtensions, " "+strings.ToLower(path.Ext(rel))+" ")
		if extra {
			out.derived = append(out.derived, i)
		}
		return extra
	})
}

// ytdlpTime is when the video was published: to the second, or the day in UTC
// where the site states no more.
func ytdlpTime(f fields) *PostTime {
	for _, key := range []string{"timestamp", "release_timestamp"} {
		if p := fromUnix("yt-dlp:"+key, f.text(key)); p != nil {
			return p
		}
	}
	for _, key := range []string{"upload_date", "release_date"} {
		if p := fromDay("yt-dlp:"+key, f.text(key)); p != nil {
			return p
		}
	}
	return nil
}

// ytdlpFiles finds the files that one download made: those that share the
// sidecar's stem, else the one it names, else those that carry its id in the
// brackets of yt-dlp's default names.
func ytdlpFiles(out *reading, f fields, rel string) []int {
	n := out.names
	stem, ok := strings.CutSuffix(rel, infoSuffix)
	if !ok {
		stem = strings.TrimSuffix(rel, path.Ext(rel))
	}
	beside := slices.DeleteFunc(slices.Clone(n.extended(out.dir, path.Base(stem))), func(i int) bool { return isJSONName(n.rels[i]) })
	if len(beside) > 0 {
		return beside
	}
	for _, key := range []string{"filename", "_filename"} {
		written := path.Base(strings.ReplaceAll(string(f.text(key)), `\`, "/"))
		if i, found := n.find(out.dir, written); found == present {
			return []int{i}
		}
	}
	id := string(f.text("id"))
	if len(id) < 6 {
		return nil // short ids are found in names by chance
	}
	return n.inside(out.dir, func(name string) bool { return strings.Contains(name, "["+id+"]") && !isJSONName(name) })
}
