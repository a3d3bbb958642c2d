package source

import (
	"fmt"
	"slices"
	"strings"
	"testing"
)

// Downloaders of X put the post's id, the medium's id or its key into names,
// and much around them.
func TestXMarks(t *testing.T) {
	const id, key = "1540661649470390279", "FWGxQ3_-wAEb4Zq"
	for rel, want := range map[string][2]bool{ // found by id, by key
		"x/" + id + "_1.jpg":                    {true, false},
		id + ".mp4":                             {true, false},
		"clip [" + id + "].mp4":                 {true, false},
		"twitter_witness_" + id + "_photo1.jpg": {true, false},
		"witness/" + id + "/1.jpg":              {true, false},
		"3_" + id + ".jpg":                      {true, false},
		key + ".jpg":                            {false, true},
		key + ".jpg:orig":                       {false, true},
		key + ":large.jpg":                      {false, true},
		id + "-" + key + ".jpg":                 {true, true},
		"witness_" + key + "_orig.png":          {false, true},
		"a" + key + ".jpg":                      {false, false}, // another key, longer by a letter
		id + "0_1.jpg":                          {false, false}, // twenty digits are no id
		"x" + id[1:] + ".jpg":                   {false, false},
		id + "_1.jpg.json":                      {false, false}, // describes, and is not described
		"FWGxQ3_-wAEb4zq.jpg":                   {false, false}, // keys differ by case
	} {
		marks := newNames([]string{rel}).xMarks()
		got := [2]bool{len(marks.ids[id]) > 0, len(marks.keys[key]) > 0}
		if got != want {
			t.Errorf("%s found by id %v and by key %v, want %v", rel, got[0], got[1], want)
		}
	}
}

// A scrape of a hundred thousand lines that all repeat one post costs one
// reading, and files that share a mark are bounded.
func TestTweetsRepeated(t *testing.T) {
	var rels []string
	for i := range 2 * maxPerMark {
		rels = append(rels, fmt.Sprintf("1540661649470390279/%03d.jpg", i))
	}
	line := `{"id": 1540661649470390279, "user": {"username": "w"}, "date": "2022-06-25 11:42:16+00:00", "rawContent": "t", "url": "https://x.com/w/status/1540661649470390279"}` + "\n"
	out := recognise(strings.NewReader(strings.Repeat(line, 20_000)), "a.jsonl", newNames(rels), maxSidecar)
	if out == nil || len(out.entries) != maxPerMark {
		t.Fatalf("%+v", out)
	}
}

// A file is recognised whatever its name, and in the three forms in which
// posts are kept.
func TestTweetsInOtherForms(t *testing.T) {
	one := `{"id": 1540661649470390279, "user": {"username": "w"}, "date": "2022-06-25 11:42:16+00:00", "rawContent": "t"}`
	two := strings.Replace(one, "90279", "90280", 1)
	pretty := strings.ReplaceAll(one, ", ", ",\n  ")
	rels := []string{"1540661649470390279_1.jpg", "1540661649470390280_1.jpg"}
	for form, text := range map[string]string{
		"lines":                         one + "\n" + two + "\n",
		"lines of Windows, with a mark": "\ufeff" + one + "\r\n\r\n" + two,
		"an array":                      "[" + one + ",\n" + two + "]",
		"over many lines":               pretty + "\n" + strings.Replace(pretty, "90279", "90280", 1),
	} {
		out := recognise(strings.NewReader(text), "posts.txt", newNames(rels), maxSidecar)
		if out == nil || out.format != formatSnscrape || len(out.entries) != 2 || out.stopped != nil {
			t.Errorf("%s: %+v", form, out)
		}
	}
	for what, text := range map[string]string{
		"another program's": `{"id": 1, "user": "w", "message": "t"}`,
		"empty":             "", "no JSON": "{\n", "a number": "12",
	} {
		if out := recognise(strings.NewReader(text), "posts.jsonl", newNames(rels), maxSidecar); out != nil {
			t.Errorf("%s taken for %s", what, out.format)
		}
	}
}

func TestPostAddress(t *testing.T) {
	for address, want := range map[string]string{
		"https://x.com/witness/status/1540661649470390279?s=20": "witness 1540661649470390279",
		"https://mobile.twitter.com/w/status/12/photo/1":        "w 12",
		"https://twitter.com/i/status/12":                       " 12",
		"https://t.me/s/example_channel/77":                     "example_channel 77",
		"https://t.me/c/1000089789/77":                          " 77",
		"https://t.me/example_channel":                          " ",
		"https://www.instagram.com/some.one/reel/Cabc/":         "some.one Cabc",
		"https://www.instagram.com/p/Cabc/":                     " Cabc",
		"https://www.tiktok.com/@some.one/video/7068":           "some.one 7068",
		"https://youtu.be/abcdefghijk":                          " abcdefghijk",
		"https://www.youtube.com/watch?v=abcdefghijk&t=1":       " abcdefghijk",
		"https://www.facebook.com/page.name/videos/9/":          "page.name 9",
		"https://x.com/<script>/status/12":                      " 12",
		"https://t.me/s":                                        " ",
		"%":                                                     " ",
	} {
		account, id := postAddress(address)
		if got := account + " " + id; got != want {
			t.Errorf("%s gives %q, want %q", address, got, want)
		}
	}
}

func FuzzTweets(f *testing.F) {
	for _, archive := range []string{"twscrape", "twarc1", "twarc2"} {
		seeds(f, archive, ".jsonl")
	}
	seeds(f, "snscrape", ".txt")
	f.Fuzz(func(t *testing.T, data string) {
		rels := slices.Concat(fuzzNames, []string{"a/1540661649470390279_1.jpg", "a/FWGxQ3wXwAAyZ0k.jpg", "a/FWGxQ3wXwAAyZ0k.mp4"})
		checkReading(t, recogniseAny(data, "a/posts.jsonl", rels))
	})
}

// What a post says is taken as text, number and address, whatever it is.
func TestTweetsHostile(t *testing.T) {
	lines := strings.Join([]string{
		`{"id": 1540661649470390279, "user": {"username": "../../x"}, "date": "2022-06-25 11:42:16", "rawContent": "a", "url": "javascript:alert(1)", "coordinates": {"latitude": 91, "longitude": "0"}}`,
		`{"id": "1540661649470390280", "user": "none", "date": 12, "rawContent": {"a": 1}, "url": "https://x.com/a/status/1", "media": {"photos": [null, 7, {"url": ["https://pbs.twimg.com/media/FWGxQ3wXwAAyZ0k.jpg"]}]}}`,
		`{"id": 1e30, "user": {"username": "w"}, "date": "2022-06-25", "rawContent": "b", "quotedTweet": {"quotedTweet": {"quotedTweet": {"quotedTweet": {"quotedTweet": {"quotedTweet": {"id": 1540661649470390279}}}}}}}`,
	}, "\n")
	rels := []string{"1540661649470390279_1.jpg", "FWGxQ3wXwAAyZ0k.jpg"}
	out := recognise(strings.NewReader(lines), "a.jsonl", newNames(rels), maxSidecar)
	if out == nil || len(out.entries) != 2 {
		t.Fatalf("%+v", out)
	}
	if e := out.entries[0]; e.URL != "" || e.Latitude != nil || e.Posted == nil || e.Posted.Local == "" || e.PostID != "1540661649470390279" {
		t.Errorf("%+v", e)
	}
	if e := out.entries[1]; e.file != 1 || e.Posted != nil || e.Text != "" || e.Account != "" {
		t.Errorf("%+v", e)
	}
}
