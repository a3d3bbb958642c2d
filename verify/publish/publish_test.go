package publish

import (
	"fmt"
	"math"
	"math/rand/v2"
	"reflect"
	"strings"
	"testing"

	"github.com/firsthand-media/firsthand/extract/source"
	"github.com/firsthand-media/firsthand/verify"
	"github.com/firsthand-media/firsthand/verify/assess"
)

// fill puts a token into every text of v that can be reached, and gives the way
// to each, as "Items.Sightings.Account".
func fill(v reflect.Value, way string, ways map[string]string, depth int) {
	switch v.Kind() {
	case reflect.String:
		token := fmt.Sprintf("tok%dz", len(ways))
		ways[token] = way
		v.SetString(token)
	case reflect.Pointer:
		v.Set(reflect.New(v.Type().Elem()))
		fill(v.Elem(), way, ways, depth)
	case reflect.Slice:
		if v.Type().Elem().Kind() == reflect.Uint8 || depth > 8 {
			return
		}
		v.Set(reflect.MakeSlice(v.Type(), 1, 1))
		fill(v.Index(0), way, ways, depth+1)
	case reflect.Map:
		v.Set(reflect.MakeMap(v.Type()))
		key, value := reflect.New(v.Type().Key()).Elem(), reflect.New(v.Type().Elem()).Elem()
		fill(key, way+".key", ways, depth+1)
		fill(value, way, ways, depth+1)
		v.SetMapIndex(key, value)
	case reflect.Struct:
		for i := range v.NumField() {
			if f := v.Field(i); f.CanSet() {
				fill(f, strings.TrimPrefix(way+"."+v.Type().Field(i).Name, "."), ways, depth+1)
			}
		}
	}
}

// full is a case of one item, incident, cluster and record in which every text
// is a token, with the few that have to fit together set.
func full() (Content, map[string]string) {
	var c Content
	ways := map[string]string{}
	fill(reflect.ValueOf(&c).Elem(), "", ways, 0)
	it := &c.Items[0]
	it.Digest, it.Media.MediaType = "aa", "image/jpeg"
	it.Sightings[0].Records[0].URL = "https://posts.example/public"
	c.Clusters[0].Digests = []verify.Digest{"aa"}
	c.Clusters[0].Members = []string{it.Sightings[0].Path, it.Sightings[0].Path}
	inc := &c.Incidents[0]
	inc.ID, inc.Status, inc.Flags = "I1", verify.Confirmed, []string{"recycled"}
	inc.Members[0] = verify.Member{Path: it.Sightings[0].Path, Role: verify.Original, Digest: "aa", Reasons: inc.Members[0].Reasons}
	inc.Members[0].Reasons[0].Code = "time"
	c.Records[0].Incident, c.Records[0].Members = "I1", []verify.Digest{"aa"}
	c.Records[0].PublishLocation = assess.PublishYes
	c.Reviews[0].Item, c.Reviews[0].Single, c.Reviews[0].Marks.Restriction = "aa", true, nil
	c.Reviews[0].Sheets[0].Round, c.Reviews[0].Sheets[0].Done = assess.First, true
	return c, ways
}

func texts(v reflect.Value, found map[string]bool) {
	switch v.Kind() {
	case reflect.String:
		found[v.String()] = true
	case reflect.Pointer, reflect.Interface:
		if !v.IsNil() {
			texts(v.Elem(), found)
		}
	case reflect.Slice:
		for i := range v.Len() {
			texts(v.Index(i), found)
		}
	case reflect.Map:
		for _, k := range v.MapKeys() {
			texts(k, found)
			texts(v.MapIndex(k), found)
		}
	case reflect.Struct:
		for i := range v.NumField() {
			if v.Type().Field(i).IsExported() {
				texts(v.Field(i), found)
			}
		}
	}
}

// Whatever field a type has, or gets: a text passes only when it stands here.
func TestOnlyKnownTextsPass(t *testing.T) {
	allowed := []string{
		"Items.Media.Kind", "Items.Media.Codecs",
		"Items.Media.BestTime.", "Items.Sightings.Times.", "Items.Sightings.Digest",
		"Clusters.ID",
		"Records.Origin", "Records.Status", "Records.Summary", "Records.Description", "Records.Titles",
		"Records.DateStart", "Records.DateEnd", "Records.TimeLocal", "Records.Zone", "Records.TimePrecision",
		"Records.Country", "Records.Admin1", "Records.Admin2", "Records.PlaceNames", "Records.PublishLocation",
		"Records.AreaTypes", "Records.Weapons", "Records.IncidentTypes", "Records.ViolationTypes", "Records.ProtectedObjects",
		"Records.Children", "Records.WorkStatus", "Records.Sensitivity",
		"Records.Casualties.Status", "Records.Casualties.Visible", "Records.Casualties.Grade",
		"Reviews.Sheets.Conclusion", "Reviews.Sheets.Claims.key", "Reviews.Sheets.Claims.Grade", "Reviews.Sheets.Claims.Claim", "Reviews.Sheets.Claims.Item", "Reviews.Marks.Sensitivity",
		"Records.Sources.ID", "Records.Sources.Title", "Records.Sources.URL", "Records.Sources.Type", "Records.Sources.Date", "Records.Sources.Paths",
	}
	kept := []string{".Field", ".Raw"} // never, wherever
	c, ways := full()
	c.Records[0].Sources[0].Hidden = false
	out, _ := Profile{}.Apply(c)
	if len(out.Items) != 1 || len(out.Incidents) != 1 || len(out.Incidents[0].Members) != 1 || len(out.Records) != 1 || len(out.Reviews) != 1 {
		t.Fatalf("public case is %d items, %d incidents, %d records, %d reviews", len(out.Items), len(out.Incidents), len(out.Records), len(out.Reviews))
	}
	found := map[string]bool{}
	texts(reflect.ValueOf(out), found)
	passed := 0
	for text := range found {
		for token, way := range ways {
			if !strings.Contains(text, token) {
				continue
			}
			passed++
			ok := false
			for _, a := range allowed {
				ok = ok || strings.HasPrefix(way, a)
			}
			for _, k := range kept {
				ok = ok && !strings.HasSuffix(way, k)
			}
			if !ok {
				t.Errorf("%s is told (%q)", way, text)
			}
		}
	}
	if passed < 20 {
		t.Errorf("only %d texts passed: the test looks at nothing", passed)
	}
}

func TestHiddenAndPrivateSources(t *testing.T) {
	post := func(src, url string) verify.Sighting {
		return verify.Sighting{Path: src + "/photo.jpg", Source: src, Records: []source.Record{{URL: url, Text: "x"}}}
	}
	c := Content{Items: []verify.Item{
		{Digest: "a1", Sightings: []verify.Sighting{post("channel", "https://t.me/c/1"), post("phone of Olena", "")}},
		{Digest: "a2", Sightings: []verify.Sighting{post("phone of Olena", "")}},
		{Digest: "a3", Sightings: []verify.Sighting{post("other", "https://t.me/d/1")}},
	}}
	var members []verify.Member
	for i := range c.Items {
		for _, s := range c.Items[i].Sightings {
			members = append(members, verify.Member{Path: s.Path, Role: verify.Original, Digest: c.Items[i].Digest})
		}
	}
	c.Incidents = []verify.Incident{{ID: "I1", Status: verify.Confirmed, Members: members}}
	for _, k := range []struct {
		profile Profile
		items   int
		members int
	}{
		{Profile{}, 2, 2},
		{Profile{Hide: []string{"other"}}, 1, 1},
		{Profile{Show: []string{"phone of Olena"}}, 3, 4},
		{Profile{Show: []string{"other"}, Hide: []string{"other"}}, 1, 1},
	} {
		out, withheld := k.profile.Apply(c)
		if len(out.Items) != k.items || len(out.Incidents[0].Members) != k.members {
			t.Errorf("%+v: %d items and %d members, want %d and %d", k.profile, len(out.Items), len(out.Incidents[0].Members), k.items, k.members)
		}
		hidden := 0
		for _, w := range withheld {
			if w.What == words[hiddenItem][0] {
				hidden = w.Count
			}
		}
		if hidden != 3-k.items {
			t.Errorf("%+v: %d files are said to be withheld, not %d", k.profile, hidden, 3-k.items)
		}
	}
}

func TestMarkedAndUnconfirmedStay(t *testing.T) {
	sealed := "sealed"
	c := Content{
		Items: []verify.Item{{Digest: "a1", Sightings: []verify.Sighting{{Path: "c/x", Source: "c", Records: []source.Record{{URL: "https://x.example/1"}}}}}},
		Incidents: []verify.Incident{
			{ID: "I1", Status: verify.Confirmed, Members: []verify.Member{{Path: "c/x", Digest: "a1", Role: verify.Original}}},
			{ID: "I2", Status: verify.Candidate}, {ID: "I3", Status: verify.Rejected},
		},
		Reviews: []assess.Review{{Item: "a1", Marks: assess.Marks{Restriction: &sealed}}},
	}
	out, _ := Profile{}.Apply(c)
	if len(out.Items) != 0 || len(out.Incidents) != 1 || len(out.Incidents[0].Members) != 0 {
		t.Errorf("told: %+v", out)
	}
	out, _ = Profile{Unconfirmed: true}.Apply(c)
	if len(out.Incidents) != 2 {
		t.Errorf("%d incidents with those that nobody confirmed, want 2", len(out.Incidents))
	}
	c.Reviews = nil
	if out, _ = (Profile{}).Apply(c); len(out.Items) != 1 {
		t.Error("a file without a mark is not told")
	}
}

// A published position lies near the true one, its radius holds it, and it has
// no more digits than its precision bears.
func TestPositions(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 2))
	most := map[assess.LocationPrecision]int{"": 2, assess.PlaceExact: 3, assess.PlaceVicinity: 3, assess.PlaceLocality: 2, assess.PlaceDistrict: 1, assess.PlaceUnknown: 0}
	for range 2000 {
		lat, lon := rng.Float64()*170-85, rng.Float64()*360-180
		for precision, digits := range most {
			r := assess.Record{Incident: "I1", Origin: assess.Manual, Status: verify.Confirmed, Latitude: &lat, Longitude: &lon, LocationPrecision: precision}
			inc := verify.Incident{ID: "I1", Status: verify.Confirmed}
			out, _ := Profile{}.Apply(Content{Incidents: []verify.Incident{inc}, Records: []assess.Record{r}})
			a, o, radius := *out.Incidents[0].Latitude, *out.Incidents[0].Longitude, *out.Incidents[0].RadiusM
			if *out.Records[0].Latitude != a || *out.Records[0].Longitude != o {
				t.Fatal("incident and record are told to lie at different places")
			}
			if p := math.Pow(10, float64(digits)); math.Abs(a*p-math.Round(a*p)) > 1e-6 || math.Abs(o*p-math.Round(o*p)) > 1e-6 {
				t.Fatalf("%s: %v %v has more than %d decimals", precision, a, o, digits)
			}
			north, east := (lat-a)*metresPerDegree, (lon-o)*metresPerDegree*math.Cos(lat*math.Pi/180)
			if d := math.Hypot(north, east); d > radius {
				t.Fatalf("%s: the true position is %.0f m away, the radius is %.0f m", precision, d, radius)
			}
		}
	}
}

func TestPositionByDecision(t *testing.T) {
	lat, lon, publicLat, publicLon := 50.123456, 36.123456, 50.2, 36.3
	r := assess.Record{Incident: "I1", Origin: assess.Manual, Status: verify.Confirmed, Latitude: &lat, Longitude: &lon,
		LocationPrecision: assess.PlaceExact, PublicLatitude: &publicLat, PublicLongitude: &publicLon, PlaceNames: map[string]string{"en": "Lime Street"}, Country: "Ukraine"}
	at := func(p assess.Publish) *assess.Record {
		r.PublishLocation = p
		out, _ := Profile{}.Apply(Content{Records: []assess.Record{r}})
		return &out.Records[0]
	}
	if got := at(assess.PublishNo); got.Latitude != nil || got.PublicLatitude != nil || got.PlaceNames != nil || got.Country != "Ukraine" {
		t.Errorf("not to be published, told %+v", got)
	}
	if got := at(assess.PublishFuzzed); *got.Latitude != publicLat || *got.Longitude != publicLon {
		t.Errorf("another position than the public one: %v %v", *got.Latitude, *got.Longitude)
	}
	if got := at(assess.PublishYes); *got.Latitude != 50.1235 {
		t.Errorf("allowed, told %v", *got.Latitude)
	}
	if got := at(""); *got.Latitude != 50.123 {
		t.Errorf("not decided, told %v", *got.Latitude)
	}
}

// The case itself is not changed, and the same case gives the same form.
func TestApplyLeavesTheCase(t *testing.T) {
	c, _ := full()
	before := fmt.Sprintf("%#v", c.Items[0].Sightings) + fmt.Sprintf("%#v", c.Records[0])
	first, list := Profile{}.Apply(c)
	second, again := Profile{}.Apply(c)
	if !reflect.DeepEqual(first, second) || !reflect.DeepEqual(list, again) {
		t.Error("the same case gives two forms")
	}
	if after := fmt.Sprintf("%#v", c.Items[0].Sightings) + fmt.Sprintf("%#v", c.Records[0]); after != before {
		t.Error("the case was changed")
	}
	if first.Items[0].Media.BestTime == nil || first.Items[0].Media.BestTime == c.Items[0].Media.BestTime {
		t.Error("times are shared with the case")
	}
}
