package source

import (
	"fmt"
	"strings"
	"testing"
)

// What looks like a sidecar and is none that is known is said, once for each
// form; what only might be one is not.
func TestReadReportsUnknownSidecars(t *testing.T) {
	files := map[string]string{
		"takeout/IMG_1.jpg":      "\xff\xd8\x00",
		"takeout/IMG_2.jpg":      "\xff\xd8\x00",
		"takeout/IMG_3.jpg":      "\xff\xd8\x00",
		"drone/DJI_1.MP4":        "\x00\x00\x00\x20ftyp",
		"drone/DJI_1.SRT":        "1\n00:00:00,000 --> 00:00:01,000\n[latitude: 1]\n",
		"notes/readme.txt":       "nothing of interest",
		"notes/letter.html":      "<html><body>a letter</body></html>",
		"notes/gallery.html":     `<html><img src="pictures/IMG%201.jpg"><img src="pictures/two.jpg"></html>`,
		"notes/pictures/two.jpg": "\xff\xd8\x00",
		"notes/empty.json":       "",
		"notes/broken.json":      "404 not found",
		"notes/table.csv":        "file;who\npictures/two.jpg;me\n",
		"notes/saved.jpg":        "<html>two.jpg</html>",
	}
	for i := 1; i <= 3; i++ {
		files[fmt.Sprintf("takeout/IMG_%d.jpg.json", i)] = fmt.Sprintf(`{"title": "IMG_%d.jpg", "photoTakenTime": {"timestamp": "1656157336"}}`, i)
	}
	inv := read(t, tree(t, files))
	if inv.Unknown != 7 {
		t.Errorf("%d files look like sidecars", inv.Unknown)
	}
	equal(t, "findings", codes(inv), []string{
		"drone/DJI_1.SRT sidecar-unknown", "notes/broken.json sidecar-unknown", "notes/gallery.html sidecar-unknown",
		"notes/table.csv sidecar-unknown", "takeout/IMG_1.jpg.json sidecar-unknown",
	})
	for _, f := range inv.Findings {
		if f.Rel == "takeout/IMG_1.jpg.json" && (f.Severity != Warning ||
			!strings.Contains(f.Message, `"photoTakenTime", "title"), names 3 files here and was not understood, as were 2 more`)) {
			t.Errorf("%s: %s", f.Severity, f.Message)
		}
	}
	if len(inv.Files) != len(files) {
		t.Errorf("%d files of %d are listed", len(inv.Files), len(files))
	}
}

// A picture that a program made of another is no item. A name that only might
// say so hides nothing.
func TestReadLeavesDerivedFilesOut(t *testing.T) {
	inv := read(t, tree(t, map[string]string{
		"a/photo_4@06-04-2022_10-53-33.jpg":       "p",
		"a/photo_4@06-04-2022_10-53-33_thumb.jpg": "t",
		"a/clip.mp4":                              "v",
		"a/clip.mp4_thumb.jpg":                    "t",
		"a/clip_thumb.jpg":                        "t",
		"b/photo_5@06-04-2022_10-53-33_thumb.jpg": "of a file that was left out",
		"b/my_thumb.jpg":                          "a thumb, photographed",
		"b/left_thumb.jpg":                        "with a namesake",
		"b/left_thumb_war.jpg":                    "which is of something else",
		"b/thumb.jpg":                             "",
		"b/result_thumb.mp4":                      "",
	}))
	equal(t, "files", rels(inv), []string{
		"a/clip.mp4", "a/photo_4@06-04-2022_10-53-33.jpg",
		"b/left_thumb.jpg", "b/left_thumb_war.jpg", "b/my_thumb.jpg", "b/result_thumb.mp4", "b/thumb.jpg",
	})
	equal(t, "findings", codes(inv), []string{"derived-thumbnails", "thumbnail-without-file"})
}
