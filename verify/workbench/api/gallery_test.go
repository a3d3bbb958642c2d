package api

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/firsthand-media/firsthand/extract"
	"github.com/firsthand-media/firsthand/extract/source"
	"github.com/firsthand-media/firsthand/verify"
	"github.com/firsthand-media/firsthand/verify/assess"
)

// shelved is a view of n photos of two sources, one every three hours: every
// fifth has no time, every seventh a position, the first two are copies.
func shelved(n int) *View {
	v := &View{Items: make([]verify.Item, n), Marks: map[verify.Digest]verify.Marks{}}
	begin := time.Date(2026, 5, 1, 0, 0, 0, 0, time.UTC)
	for i := range v.Items {
		it := &v.Items[i]
		from := []string{"telegram-a", "phone b"}[i%2]
		it.Digest, it.Size, it.Media.Kind = verify.Digest(fmt.Sprintf("%064x", i+1)), int64(1000+i), extract.Image
		it.Sightings = []verify.Sighting{{
			Path: fmt.Sprintf("%s/IMG_%05d.jpg", from, i), Source: from, Account: "channel_02",
			Records: []source.Record{{Text: fmt.Sprintf("Два авто, Ґрунтова %d", i)}},
		}}
		if i%5 != 4 {
			at, zero := begin.Add(time.Duration(i)*3*time.Hour), 0
			it.Media.Times = []extract.Time{{
				Kind: extract.Capture, Zone: extract.UTC, OffsetMinutes: &zero, Trust: extract.TrustDevice, Precision: extract.Second,
				Local: extract.Text(at.Format("2006-01-02T15:04:05")), Earliest: at, Latest: at.Add(time.Second), Field: "EXIF:DateTimeOriginal",
			}}
		}
		if i%7 == 3 {
			lat, lon := 49.99, 36.23
			it.Media.BestPlace = &extract.Place{Kind: extract.PlaceEXIF, Latitude: &lat, Longitude: &lon}
		}
	}
	v.Clusters = []verify.Cluster{{ID: "C-1", Digests: []verify.Digest{v.Items[0].Digest, v.Items[1].Digest}}}
	v.index()
	return v
}

func (v *View) pathsOf(t *testing.T, filter, sort, group string) string {
	t.Helper()
	found, err := v.selection(filter, sort, group)
	if err != nil {
		t.Fatalf("%s: %v", filter, err)
	}
	var names []string
	for _, i := range found {
		names = append(names, strings.TrimSuffix(strings.TrimPrefix(lastPart(v.Items[i].Path()), "IMG_0000"), ".jpg"))
	}
	return strings.Join(names, " ")
}

func TestGalleryFindsAndOrders(t *testing.T) {
	v := shelved(10)
	v.Marks[v.Items[2].Digest] = verify.Marks{State: verify.SetAside}
	v.Marks[v.Items[3].Digest] = verify.Marks{State: verify.Pinned, Tags: []string{"smoke"}, Notes: []verify.Note{{Text: "Двоє біля мосту"}}}
	for _, c := range []struct{ filter, sort, group, want string }{
		{"", "", "", "0 1 3 5 6 7 8 4 9"}, // what is set aside is left out, what has no time comes last
		{"setaside:any", "", "", "0 1 2 3 5 6 7 8 4 9"},
		{"setaside", "", "", "2"},
		{"", "newest", "", "8 7 6 5 3 1 0 4 9"},
		{"", "size", "", "9 8 7 6 5 4 3 1 0"},
		{`source:"phone b"`, "", "", "1 3 5 7 9"},
		{"has:gps", "", "", "3"},
		{"has:copies", "", "", "0 1"},
		{"time:none", "", "", "4 9"},
		{"after:2026-05-01T20:00 before:2026-05-02", "", "", "7"},
		{"грунтова smoke", "", "", "3"},
		{"мосту", "", "", "3"},
		{"reviewed:yes setaside:any", "", "", "2 3"},
		{"", "", "source", "1 3 5 7 9 0 6 8 4"}, // "phone b" before "telegram-a"
		{"time:device", "newest", "day", "8 7 6 5 3 1 0"},
	} {
		if got := v.pathsOf(t, c.filter, c.sort, c.group); got != c.want {
			t.Errorf("%q by %s in %s: %s, want %s", c.filter, c.sort, c.group, got, c.want)
		}
	}
	found, err := v.selects("time:device", "newest", "day")
	if err != nil {
		t.Fatal(err)
	}
	want := []Group{{"2 May 2026 UTC", 0, 1}, {"1 May 2026 UTC", 1, 6}}
	if !slices.Equal(found.groups, want) {
		t.Errorf("groups %v, want %v", found.groups, want)
	}
}

// A menu counts what each of its values would find beside the rest of the
// filter, and what it gives as the next filter finds that many.
func TestMenusCountWhatTheyWouldFind(t *testing.T) {
	v := shelved(50)
	for _, filter := range []string{"", "source:telegram-a", "-has:gps time:device", "type:video"} {
		found, err := v.selects(filter, "", "")
		if err != nil {
			t.Fatal(err)
		}
		for _, f := range v.facets(&found.filter) {
			for _, value := range f.Values {
				alone := found.filter.Query
				for i := len(alone.Terms) - 1; i >= 0; i-- {
					if alone.Terms[i].Key == f.Key {
						alone = alone.Without(i)
					}
				}
				if items, err := v.selection(alone.Toggle(f.Key, value.Value).String(), "", ""); err != nil || len(items) != value.Count {
					t.Errorf("%q: %s:%s says %d, and finds %d, %v", filter, f.Key, value.Value, value.Count, len(items), err)
				}
			}
		}
	}
}

func TestWhichTermToDrop(t *testing.T) {
	v := shelved(50)
	found, err := v.selects("type:photo time:none has:gps warning:severe", "", "")
	if err != nil || len(found.items) > 0 {
		t.Fatal(found, err)
	}
	drops := v.drops(&found.filter)
	if len(drops) != 1 || drops[0].Term != "warning:severe" || drops[0].Filter != "type:photo time:none has:gps" || drops[0].Count == 0 {
		t.Errorf("%+v", drops)
	}
}

func TestBinsHoldEveryItemWithATime(t *testing.T) {
	v := shelved(500)
	items, err := v.selection("", "", "")
	if err != nil {
		t.Fatal(err)
	}
	n, last := 0, ""
	for _, b := range v.bins(items) {
		if b.From <= last || b.To <= b.From {
			t.Errorf("bar from %s to %s after %s", b.From, b.To, last)
		}
		n, last = n+b.Trusted+b.Weak, b.From
	}
	if n != 400 {
		t.Errorf("%d items in the bars, want 400", n)
	}
}

// A few clocks that were never set leave the bars of all others narrow.
func TestBinsAreNarrowWhereMostItemsAre(t *testing.T) {
	v := shelved(500)
	lost := time.Date(2000, 1, 1, 0, 4, 0, 0, time.UTC)
	for i := range 3 {
		v.Items[i].Media.Times[0].Local, v.Items[i].Media.Times[0].Earliest, v.Items[i].Media.Times[0].Latest = "2000-01-01T00:04:00", lost, lost.Add(time.Second)
	}
	items, err := v.selection("", "", "")
	if err != nil {
		t.Fatal(err)
	}
	n, late := 0, 0
	for _, b := range v.bins(items) {
		n += b.Trusted + b.Weak
		if b.From > "2026" {
			late++
		}
	}
	if n != 400 || late < 100 {
		t.Errorf("%d items in the bars, %d bars for those of 2026", n, late)
	}
}

func TestCompletionsAreFilters(t *testing.T) {
	v := shelved(4)
	for _, c := range []struct {
		text   string // | is the cursor
		filter string
	}{
		{"sou|", "source:"},
		{"smoke source:pho| x", `smoke source:"phone b"  x`},
		{"-acc|", "-account:"},
		{"channel|", "account:channel_02 "},
		{"type:vi|", "type:video "},
		{"має 😀 sourc|", "має 😀 source:"},
	} {
		before, after, _ := strings.Cut(c.text, "|")
		list := v.completions(GalleryTyping{Filter: before + after, Cursor: utf16Length(before)})
		if len(list) == 0 || !slices.ContainsFunc(list, func(one Completion) bool { return one.Filter == c.filter }) {
			t.Errorf("%s: %+v, want %q among them", c.text, list, c.filter)
		}
	}
}

// A view after an act takes over what was made of the items, and nothing of
// what people said.
func TestAnActLeavesTheTextsAlone(t *testing.T) {
	before := shelved(10)
	before.worked()
	after := before.again()
	after.inherit(before)
	after.Marks = map[verify.Digest]verify.Marks{after.Items[0].Digest: {State: verify.Pinned}}
	if after.pathsOf(t, "pinned", "", "") != "0" || before.pathsOf(t, "pinned", "", "") != "" {
		t.Error("the mark is in the wrong view")
	}
	if before.shelf.stock.Load() != after.shelf.stock.Load() {
		t.Error("the texts were made again")
	}
}

// A warning in a post counts until a person has said something.
func TestAPostWarns(t *testing.T) {
	v := shelved(3)
	v.Items[1].Sightings[0].Records[0].Text = "WARNING: graphic content"
	v.Items[2].Sightings[0].Records[0].Text = "WARNING: graphic content"
	none := 0
	v.Reviews = []assess.Review{{Item: v.Items[2].Digest, Marks: assess.Marks{Graphic: &none}}}
	for i, want := range []struct{ level, by string }{{"", ""}, {"moderate", "text"}, {"none", "person"}} {
		if c := v.card(&v.Items[i]); c.Warning != want.level || c.WarningBy != want.by {
			t.Errorf("item %d: %q by %q, want %v", i, c.Warning, c.WarningBy, want)
		}
	}
	if got := v.pathsOf(t, "warning:moderate", "", ""); got != "1" {
		t.Errorf("warning:moderate finds %s", got)
	}
}

func BenchmarkGallery20000(b *testing.B) {
	for b.Loop() {
		v := shelved(20_000)
		found, err := v.selects("", "", "")
		if err != nil {
			b.Fatal(err)
		}
		v.facets(&found.filter)
		v.bins(found.items)
		v.ids(found.items)
	}
}
