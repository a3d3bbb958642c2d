package report_test

import (
	"bytes"
	"fmt"
	"image"
	"image/color"
	"image/jpeg"
	"strings"
	"testing"
	"time"

	"github.com/firsthand-media/firsthand/extract"
	"github.com/firsthand-media/firsthand/extract/source"
	"github.com/firsthand-media/firsthand/verify"
	"github.com/firsthand-media/firsthand/verify/report"
)

func instant(s string) *time.Time {
	t, err := time.Parse(time.RFC3339, s)
	if err != nil {
		panic(err)
	}
	return &t
}

func number(v float64) *float64 { return &v }

func digest(n int) verify.Digest { return verify.Digest(fmt.Sprintf("%064x", n)) }

// item is a readable item seen at the paths.
func item(n int, kind extract.Kind, paths ...string) verify.Item {
	it := verify.Item{Digest: digest(n), Size: 70_000, Media: extract.Media{Kind: kind, MediaType: string(kind) + "/x"}}
	for _, p := range paths {
		name, rel, _ := strings.Cut(p, "/")
		it.Sightings = append(it.Sightings, verify.Sighting{Path: p, Source: name, Rel: rel, Digest: it.Digest})
	}
	return it
}

func withTime(it verify.Item, t extract.Time) verify.Item {
	it.Media.BestTime = &t
	return it
}

func unreadable(it verify.Item) verify.Item {
	it.Media.Error = "the file is empty"
	return it
}

func member(role verify.Role, path string, reasons ...verify.Reason) verify.Member {
	return verify.Member{Path: path, Role: role, Reasons: reasons}
}

func copyOf(path string) verify.Reason {
	return verify.Reason{Code: "copy", Weight: 12, Message: "copy of " + path}
}

// square is a region from one corner to the other, clockwise.
func square(x0, y0, x1, y1 float64) [][2]float64 {
	return [][2]float64{{x0, y0}, {x1, y0}, {x1, y1}, {x0, y1}}
}

// copies is a near match with a caption laid over the second.
func copies(a, b string) verify.Match {
	box := verify.Boxes{{0, 0.8, 1, 1}}
	return verify.Match{
		A: a, B: b, Relation: verify.Near, AIs: "same", Transform: verify.Transform{Scale: 0.5}, Distance: 4, Inliers: 120,
		RegionA: square(0, 0, 1, 1), RegionB: square(0, 0, 1, 1), ChangedA: box, ChangedB: box,
		BlocksAgree: 90, BlocksSeen: 100, Score: 0.9, Why: "both show the same picture",
	}
}

// softened is the same tiny picture for every item.
func softened(verify.Digest) []byte {
	img := image.NewGray(image.Rect(0, 0, 8, 6))
	img.SetGray(3, 3, color.Gray{200})
	var b bytes.Buffer
	if err := jpeg.Encode(&b, img, nil); err != nil {
		panic(err)
	}
	return b.Bytes()
}

// moments are frames of a video at so many seconds.
func moments(at ...float64) []verify.Frame {
	var out []verify.Frame
	for _, s := range at {
		out = append(out, verify.Frame{At: time.Duration(s * float64(time.Second))})
	}
	return out
}

// smallCase has one of each thing that a report can show.
func smallCase() report.Data {
	east := 180
	taken := extract.Time{
		Kind: extract.Capture, Local: "2025-09-02T08:12:40", OffsetMinutes: &east, Zone: extract.Offset,
		Earliest: *instant("2025-09-02T05:12:40Z"), Latest: *instant("2025-09-02T05:12:41Z"),
		Precision: extract.Second, Trust: extract.TrustDevice, Field: "EXIF:DateTimeOriginal",
	}
	posted := extract.Time{
		Kind: extract.Posted, Local: "2025-09-02T09:31:00", Zone: extract.Floating,
		Earliest: *instant("2025-09-01T19:31:00Z"), Latest: *instant("2025-09-02T21:32:00Z"),
		Precision: extract.Minute, Trust: extract.TrustPlatform, Field: "whatsapp:message",
	}
	photo := withTime(item(1, extract.Image, "phone/IMG_1.jpg", "chat/IMG_1 (1).jpg"), taken)
	small := item(2, extract.Image, "chat/WA0001.jpg")
	small.Sightings[0].Times = []extract.Time{posted}
	small.Sightings[0].Account = "Oksana L."
	clip := item(3, extract.Video, "channel/video_2.mp4")
	clip.Sightings[0].Account = "Veresk Watch"
	clip.Sightings[0].Records = []source.Record{{Text: "الوادي: ماء في الشارع\nsecond line", URL: "https://t.me/c/17/414"}}
	clip.Sampling = verify.Sampling{Engine: "embedded 1", Frames: 4, Coarse: true, Note: "key frames only, up to 12 s apart"}
	clip.Media.DurationSeconds = number(12.4)
	clip.Frames = moments(0, 4.2, 7.5, 12)
	old := item(4, extract.Image, "channel/old.jpg")
	named := item(5, extract.Image, "chat/street.jpg")
	lone := item(6, extract.Image, "phone/IMG_9.jpg")
	empty := unreadable(item(7, extract.Image, "chat/empty.jpg"))
	return report.Data{
		Title: "Valley", Exercise: true, Generated: *instant("2026-01-02T03:04:05Z"), Tool: "firsthand test",
		Sources: []report.Source{{Name: "channel", Files: 2, Sidecars: 1}, {Name: "chat", Files: 4}, {Name: "phone", Files: 2}},
		Items:   []verify.Item{photo, small, clip, old, named, lone, empty},
		Clusters: []verify.Cluster{
			{ID: "C-1", Digests: []verify.Digest{digest(1), digest(2)}},
		},
		Matches: []verify.Match{
			copies("chat/IMG_1 (1).jpg", "chat/WA0001.jpg"),
			{
				A: "chat/street.jpg", B: "channel/video_2.mp4", Relation: verify.Part, AIs: "frame_of_b",
				Transform: verify.Transform{Mirrored: true, Rotation: 355, Scale: 0.62}, Distance: 7, Inliers: 31, BlocksAgree: 40, BlocksSeen: 44,
				RegionA: square(0, 0, 1, 1), RegionB: square(0, 0.25, 1, 0.8), TimeB: &[2]float64{7.5, 7.5}, Score: 0.9, Why: "the first shows a frame of the second",
			},
			{
				A: "chat/street.jpg", B: "phone/IMG_9.jpg", Relation: verify.SameScene, AIs: "other_shot_of_b",
				Transform: verify.Transform{Scale: 1}, Distance: 22, Inliers: 14, BlocksAgree: 9, BlocksSeen: 30,
				RegionA: square(0, 0, 0.5, 1), RegionB: square(0.5, 0, 1, 1), Score: 0.3, Why: "two photographs of one place",
			},
		},
		Incidents: []verify.Incident{
			{
				ID: "I-aa0001", Status: verify.Confirmed, Latitude: number(46.2531), Longitude: number(25.2197), RadiusM: number(100),
				Earliest: instant("2025-09-02T05:12:40Z"), Latest: instant("2025-09-02T05:15:31Z"), PlaceBasis: "position of phone/IMG_1.jpg",
				Members: []verify.Member{
					member(verify.Original, "channel/video_2.mp4", verify.Reason{Code: "time", Weight: 4.5, Message: "posted 40 minutes after phone/IMG_1.jpg was taken"}),
					member(verify.Copy, "chat/IMG_1 (1).jpg", copyOf("phone/IMG_1.jpg")),
					member(verify.Copy, "chat/WA0001.jpg", copyOf("phone/IMG_1.jpg")),
					member(verify.Original, "phone/IMG_1.jpg", verify.Reason{Code: "name", Weight: -1.5, Message: "its caption names other places than that of channel/video_2.mp4"}),
					member(verify.Recycled, "channel/old.jpg", verify.Reason{Code: "recycled", Weight: 3.3, Message: "posted 175 days after the picture first appeared, see chat/street.jpg"}),
				},
				Reasons: []verify.Reason{
					{Code: "time", Weight: 4.5, Message: "channel/video_2.mp4: posted 40 minutes after phone/IMG_1.jpg was taken"},
					{Code: "best-rival", Weight: -2.1, Message: "channel/video_2.mp4 fits I-aa0002 by 2.1 bits less"},
				},
				Flags: []string{"recycled-member", "rival"},
			},
			{
				ID: "I-aa0002", Status: verify.Candidate, Latest: instant("2025-09-01T06:20:30Z"), PlaceBasis: "named in captions: Сарнопіль",
				Members: []verify.Member{member(verify.Original, "chat/street.jpg")},
				Flags:   []string{"single-item", "weak-time"},
			},
			{ID: "I-aa0003", Status: verify.Rejected, Members: []verify.Member{}},
		},
		Findings: []verify.Finding{
			{Path: "chat/empty.jpg", Finding: extract.Finding{Code: "empty-file", Severity: source.Error, Message: "the file is empty"}},
			{Path: "channel/video_2.mp4", Finding: extract.Finding{Code: "null-date", Severity: source.Info, Message: "date field present but empty or zero: QuickTime:CreateDate"}},
			{Source: "chat", Finding: extract.Finding{Code: "sidecar-file-omitted", Severity: source.Warning, Message: "1 entry says that the file was left out"}},
		},
		Decisions: []verify.Decision{{Seq: 9, At: *instant("2025-10-01T10:00:00Z"), Kind: "confirm", Incident: "I-aa0001", Reason: "place matches", By: "NB"}},
		Ledger:    report.Ledger{Size: 31, Root: strings.Repeat("ab", 32), Code: "abab-abab-abab"},
		Soft:      softened,
		SoftFrame: func(d verify.Digest, at time.Duration) []byte {
			if d != digest(3) || at != 7500*time.Millisecond {
				return nil
			}
			return softened(d)
		},
	}
}

func html(t testing.TB, d report.Data) string {
	t.Helper()
	var b bytes.Buffer
	if err := report.HTML(&b, d); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// article is the part of the page about one incident.
func article(t testing.TB, page, id string) string {
	t.Helper()
	_, rest, ok := strings.Cut(page, `<article id="`+id+`"`)
	body, _, ended := strings.Cut(rest, "</article>")
	if !ok || !ended {
		t.Fatalf("no article for %s", id)
	}
	return body
}
