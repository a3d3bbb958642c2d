package exchange

import (
	"archive/zip"
	"bytes"
	"fmt"
	"strings"
	"testing"

	"github.com/firsthand-media/firsthand/verify"
)

func readKnownText(t testing.TB, name, text string, opt KnownOptions) (KnownFile, error) {
	t.Helper()
	return ReadKnown(name, strings.NewReader(text), int64(len(text)), opt)
}

// knownWords is an entry in one line.
func knownWords(k verify.Known) string {
	at := "nowhere"
	if k.Latitude != nil {
		at = fmt.Sprintf("%v,%v±%.0f", *k.Latitude, *k.Longitude, *k.AccuracyM)
	}
	return fmt.Sprintf("%s|%s|%s|%s|%s|%s|%d", k.ID, k.Title, k.Date, at, k.Place, strings.Join(k.Links, " "), k.Hidden)
}

func badWords(bad []BadRow) string {
	var lines []string
	for _, b := range bad {
		lines = append(lines, b.String())
	}
	return strings.Join(lines, "\n")
}

// Each form that known incidents come in, with the traps that were seen in it.
func TestReadKnown(t *testing.T) {
	for _, test := range []struct {
		name, file, text, set string
		opt                   KnownOptions
		want                  []string
		bad                   []string
		skipped               int
	}{
		{name: "Eyes on Russia", file: "events.geojson", set: "eyes-on-russia",
			text: `{"type":"FeatureCollection","features":[
			{"type":"Feature","geometry":{"type":"Point","coordinates":["20.5012","10.25"]},"properties":{"id":"UW1","title":"Bridge <b>lesson</b>","description":"Seen<br>twice, https://example.org/b.","verifiedDate":"2031-05-02T00:00:00","url":"https://example.org/a","country":"Nowhere","province":"North","city":"Mill"}},
			{"type":"Feature","geometry":{"type":"Point","coordinates":[20,0]},"properties":{"id":2,"verifiedDate":"1527-05-02T00:00:00"}},
			{"type":"Feature","geometry":null,"properties":{"id":"3","verifiedDate":""}},
			{"type":"Feature","geometry":{"type":"Point","coordinates":[0,0]},"properties":{"id":"4"}},
			{"type":"Feature","geometry":{"type":"Point","coordinates":["x","1"]},"properties":{"id":"5"}},
			"no feature"]}`,
			want: []string{
				"UW1|Bridge lesson|2031-05-02|10.25,20.5012±8|Mill, North, Nowhere|https://example.org/a https://example.org/b|0",
				"2|||0,20±78627|||0", "3|||nowhere|||0", "4|||nowhere|||0",
			},
			bad: []string{`line 6: entry: the entry is no JSON object`, `line 5: 5 position: longitude: "x" is not a number of degrees; the entry is not taken`,
				`line 2: 2 date: the year of "1527-05-02" is not between 1900 and 2100; it is taken as unknown`},
		},
		{name: "its older map", file: "a.json", set: "eyes-on-russia",
			text: `{"geojson":{"features":[{"geometry":{"type":"LineString","coordinates":[[20,10],[20,10.02]]},"properties":{"title":"05/04/2031 walk","description":"ENTRY: UW77\nhttps://example.org/c","media_url":"https://example.org/m"}}]}}`,
			want: []string{"UW77|05/04/2031 walk|2031-04-05|10.01,20±1112||https://example.org/m https://example.org/c|0"}},
		{name: "osint-geo-extractor writes a day and a place for none", file: "a.geojson", set: "osint-geo-extractor",
			text: `{"type":"FeatureCollection","features":[
			{"type":"Feature","id":"a","geometry":{"type":"Point","coordinates":[0.0,0.0]},"properties":{"title":"t","date":"2022-02-24","description":"","place_desc":"Mill","links":["https://example.org/1","https://example.org/1"],"source":"TEXTY"}},
			{"type":"Feature","id":"b","geometry":{"type":"Point","coordinates":[20.123456,10.1]},"properties":{"title":"t","date":"2031-02-24","description":"","place_desc":null,"links":[],"source":"DEFMON"}}]}`,
			want: []string{"a|t||nowhere|Mill|https://example.org/1|0", "b|t|2031-02-24|10.1,20.123456±1|||0"}},
		{name: "GeoConfirmed's older JSON", file: "g.json", set: "geoconfirmed",
			text: `{"mapDataFolders":[{"name":"A. Legend","mapDataPlacemarks":[{"id":"l","name":"legend","coordinates":[1,1]}]},{"name":"C","mapDataPlacemarks":[
			{"id":"g1","name":"Fair","date":"2031-05-02T16:20:00","description":"see https://example.org/s, and more","originalSource":"https://example.org/o","geolocation":"https://example.org/g","coordinates":[10.5,20.5]},
			{"id":"g2","name":"Fair","date":"1579567301963440128","description":"","coordinates":["10,5","20,5"]},
			{"id":"g3","name":"Pole","date":"","description":"","coordinates":[120.5,40.25]}]}]}`,
			want: []string{"g1|Fair|2031-05-02|10.5,20.5±7863||https://example.org/o https://example.org/g https://example.org/s|0", "g2|Fair||10.5,20.5±7863|||0"},
			bad: []string{`line 4: g3 position: latitude 120.5 lies beyond the poles, longitude 40.25 would fit: are they swapped? the entry is not taken; import again with --doubtful swap or, where it is right as written, --doubtful keep`,
				`line 3: g2 date: "1579567301963440128" is a number such as posts have, not a date; it is taken as unknown`},
			skipped: 1},
		{name: "a person's word on swapped positions", file: "g.json", set: "geoconfirmed", opt: KnownOptions{Doubtful: SwapDoubtful},
			text: `[{"id":"g3","name":"Pole","date":"","description":"","coordinates":[120.5,40.25]}]`,
			want: []string{"g3|Pole||40.25,120.5±787|||0"}},
		{name: "the download of TimeMap", file: "t.json", set: "timemap",
			text: `[{"id":"CIV1","date":"3/4/2031","latitude":"10,5001","longitude":"20,5","location":"Mill","description":"A school fair","sources":[{"id":"s","path":"https://example.org/1","description":""},{"id":"srcHidden","path":"HIDDEN","description":""}],"filters":[{"key":"Weapon System","value":"Unknown"}]},
			{"id":"CIV1","date":"3/4/2031","latitude":"10,5001","longitude":"20,5","location":"Mill","description":"A school fair","sources":[{"id":"s","path":"https://example.org/1","description":""},{"id":"srcHidden","path":"HIDDEN","description":""}],"filters":[]},
			{"id":"CIV1","date":"3/5/2031","latitude":"","longitude":"","location":"Mill","description":"Another","sources":[],"filters":[]},
			{"id":"CIV2","date":"3/5/2031","latitude":"1","longitude":"","location":"","description":"Half","sources":[],"filters":[]}]`,
			want: []string{"CIV1||2031-03-04|10.5001,20.5±150|Mill|https://example.org/1|1", "CIV1 #2||2031-03-05|nowhere|Mill||0"},
			bad: []string{`line 4: CIV2 position: latitude and longitude are given together, here one is missing; the entry is not taken`,
				`line 3: CIV1 id: another entry has this id; this one is kept as "CIV1 #2"`},
			skipped: 1},
		{name: "a date of either order is nobody's guess", file: "my map.geojson", set: "my map",
			text: `{"type":"Feature","geometry":{"type":"Point","coordinates":[20,10]},"properties":{"id":"1","name":"n","date":"3/4/2031"}}`,
			want: []string{"1|n||10,20±78627|||0"},
			bad:  []string{`line 1: 1 date: day and month could be either way round: "3/4/2031" is 2031-03-04 or 2031-04-03; say which order the dates have; it is taken as unknown`}},
		{name: "unless the person says", file: "my map.geojson", set: "mine", opt: KnownOptions{Set: "mine", DateOrder: "day-first"},
			text: `{"type":"Feature","geometry":{"type":"Point","coordinates":[20,10]},"properties":{"id":"1","name":"n","date":"3/4/2031"}}`,
			want: []string{"1|n|2031-04-03|10,20±78627|||0"}},
		{name: "or other dates of the file do", file: "f.geojson", set: "f",
			text: `{"type":"FeatureCollection","features":[{"type":"Feature","geometry":null,"properties":{"id":"1","date":"3/4/2031"}},{"type":"Feature","geometry":null,"properties":{"id":"2","date":"23/4/2031 5:12:33 PM"}}]}`,
			want: []string{"1||2031-04-03|nowhere|||0", "2||2031-04-23|nowhere|||0"}},
		{name: "a table", file: "copy.csv", set: "eyes-on-russia",
			text: "\ufeffentry,date,event_group,title,brief description,lat,lon,country,province,district,town/city,arms/munition,violence level,link,geolocation\n" +
				"UW1,2031-05-02,Fairs,Fair,\"A fair, twice\",10.5001,20.5,Nowhere,North,,Mill,,1,https://example.org/1,\"10.5001, 20.5\"\n" +
				"UW2,2031-05-02,Fairs,'=Fair,,far,20.5,,,,,,,HIDDEN,\n",
			want: []string{"UW1|Fair|2031-05-02|10.5001,20.5±8|Mill, North, Nowhere|https://example.org/1|0"},
			bad:  []string{`line 3: UW2 position: latitude: "far" is not a number of degrees; the entry is not taken`}},
		{name: "KML", file: "doc.kml", set: "geoconfirmed",
			text: `<?xml version="1.0" encoding="UTF-8"?><kml xmlns="http://www.opengis.net/kml/2.2"><Document><name>GeoConfirmed</name>
			<Folder><name>B. Info</name><Placemark><name>legend</name></Placemark></Folder>
			<Folder><name>March</name>
			<Placemark id="p1"><name>2 MAY 2031 - Fair</name><description><![CDATA[<p>Seen &amp; placed</p>https://example.org/k]]></description><Point><coordinates> 20.5001,10.5,0 </coordinates></Point></Placemark>
			<Placemark><name>Later</name><TimeStamp><when>2031-05-03T10:00:00Z</when></TimeStamp><ExtendedData><Data name="ID"><value>k2</value></Data></ExtendedData><MultiGeometry><Point><coordinates>20,10</coordinates></Point><LineString><coordinates>20,10,0 20,10.02,0</coordinates></LineString></MultiGeometry></Placemark>
			<Placemark><name>قافلة</name><description>Date: 2031-05-04</description></Placemark>
			<Placemark><name>Bad</name><Point><coordinates>200,95,0</coordinates></Point></Placemark>
			</Folder><NetworkLink><Link><href>https://example.org/more.kml</href></Link></NetworkLink></Document></kml>`,
			want: []string{"p1|2 MAY 2031 - Fair|2031-05-02|10.5,20.5001±8||https://example.org/k|0", "k2|Later|2031-05-03|10.01,20±1112|||0", "x-58abe02347bb|قافلة|2031-05-04|nowhere|||0"},
			bad: []string{`network links: 1 links to other maps are not followed; download those maps and import them too`,
				`line 5: x-5e5f8d52d355 position: 95, 200 is not on the globe; the entry is not taken`},
			skipped: 1},
	} {
		t.Run(test.name, func(t *testing.T) {
			k, err := readKnownText(t, test.file, test.text, test.opt)
			if err != nil {
				t.Fatal(err)
			}
			var got []string
			for _, v := range k.Incident.Values() {
				got = append(got, knownWords(v))
				if v.Set != k.Set {
					t.Errorf("%s is of the set %s", v.ID, v.Set)
				}
			}
			if k.Set != test.set || k.Skipped != test.skipped {
				t.Errorf("set %q, %d skipped; want %q, %d", k.Set, k.Skipped, test.set, test.skipped)
			}
			if g, w := strings.Join(got, "\n"), strings.Join(test.want, "\n"); g != w {
				t.Errorf("known:\n%s\nwant:\n%s", g, w)
			}
			if g, w := badWords(k.Incident.Bad), strings.Join(test.bad, "\n"); g != w {
				t.Errorf("bad rows:\n%s\nwant:\n%s", g, w)
			}
		})
	}
}

// A position among others only when its numbers are swapped is asked about.
func TestSwappedPositionsAreAsked(t *testing.T) {
	var b strings.Builder
	b.WriteString(`[`)
	for i := range 30 {
		lat, lon := 48+float64(i%5)/10, 37+float64(i/5)/10
		if i == 7 {
			lat, lon = lon, lat
		}
		fmt.Fprintf(&b, `{"id":"%d","name":"n","date":"2031-05-02T00:00:00","description":"","coordinates":[%v,%v]},`, i, lat, lon)
	}
	text := strings.TrimSuffix(b.String(), ",") + "]"
	for _, test := range []struct {
		doubtful Doubtful
		taken    int
		bad      int
		at       string
	}{{LeaveDoubtful, 29, 1, ""}, {KeepDoubtful, 30, 0, "37.1,48.2"}, {SwapDoubtful, 30, 0, "48.2,37.1"}} {
		k, err := readKnownText(t, "g.json", text, KnownOptions{Doubtful: test.doubtful})
		if err != nil {
			t.Fatal(err)
		}
		if len(k.Incident.Good) != test.taken || len(k.Incident.Bad) != test.bad {
			t.Errorf("%s: %d taken, %d bad; want %d, %d", test.doubtful, len(k.Incident.Good), len(k.Incident.Bad), test.taken, test.bad)
		}
		for _, v := range k.Incident.Values() {
			if got := fmt.Sprintf("%v,%v", *v.Latitude, *v.Longitude); v.ID == "7" && got != test.at {
				t.Errorf("%s: at %s, want %s", test.doubtful, got, test.at)
			}
		}
	}
	// A whole file that lies where the case is only when swapped is asked about as one.
	whole := `[{"id":"1","coordinates":[37,48]},{"id":"2","coordinates":[37.5,48.5]}]`
	case_ := []Position{{48.1, 37.2}}
	if _, err := readKnownText(t, "g.json", whole, KnownOptions{Around: case_}); err == nil || !strings.Contains(err.Error(), "swapped throughout") {
		t.Errorf("a file swapped throughout: %v", err)
	}
	k, err := readKnownText(t, "g.json", whole, KnownOptions{Around: case_, Doubtful: SwapDoubtful})
	if err != nil || len(k.Incident.Good) != 2 || *k.Incident.Good[0].Value.Latitude != 48 {
		t.Errorf("swapped on a person's word: %v, %v", k.Incident.Good, err)
	}
	if k, err = readKnownText(t, "g.json", whole, KnownOptions{Around: case_, Doubtful: KeepDoubtful}); err != nil || *k.Incident.Good[0].Value.Latitude != 37 {
		t.Errorf("kept on a person's word: %v", err)
	}
}

func TestReadKMZ(t *testing.T) {
	kml := `<kml><Document><Placemark id="a"><name>Fair</name></Placemark></Document></kml>`
	k, err := readKnownText(t, "x.kmz", zipOf(t, "images/a.png", "no picture", "../../other.kml", "<kml/>", "doc.kml", kml), KnownOptions{})
	if err != nil || k.Set != "x" || len(k.Incident.Good) != 1 {
		t.Errorf("%+v, %v", k, err)
	}
}

// zipOf makes an archive of names and contents.
func zipOf(t testing.TB, namesAndContents ...string) string {
	t.Helper()
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	for i := 0; i < len(namesAndContents); i += 2 {
		f, err := w.Create(namesAndContents[i])
		if err != nil {
			t.Fatal(err)
		}
		f.Write([]byte(namesAndContents[i+1]))
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// A hostile file is one clear error.
func TestKnownHostile(t *testing.T) {
	deep := strings.Repeat("<Folder>", 100) + strings.Repeat("</Folder>", 100)
	laughs := `<!DOCTYPE kml [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]><kml><Placemark><name>&b;</name></Placemark></kml>`
	for _, test := range []struct{ name, text, want string }{
		{"empty", " \n", "is empty"},
		{"text", "hello", "neither GeoJSON nor KML"},
		{"a table of something else", "a,b\n1,2\n", "neither GeoJSON nor KML"},
		{"half", `{"type":"FeatureCollection","features":[`, "no GeoJSON"},
		{"deep", strings.Repeat("[", 20_000) + strings.Repeat("]", 20_000), "no whole JSON"},
		{"another object", `{"a":1}`, "neither features of GeoJSON nor a list"},
		{"page", `<html><body></body></html>`, "begins with <html>"},
		{"deep KML", "<kml>" + deep + "</kml>", "inside one another"},
		{"billion laughs", laughs, "cannot be read"},
		{"another encoding", `<?xml version="1.0" encoding="KOI8-R"?><kml/>`, "save it as UTF-8"},
		{"no placemarks", `<kml/>`, "no placemarks"},
		{"no archive", "PK\x03\x04 and nothing more", "no whole KMZ"},
		{"no KML inside", zipOf(t, "a.txt", "a"), "holds no KML"},
		{"bomb", zipOf(t, "doc.kml", "<kml>"+strings.Repeat(" ", 40<<20)), "MiB of text"},
		{"long", `<kml><Placemark><name>` + strings.Repeat("a", maxKMLText+1) + `</name></Placemark></kml>`, "MiB of text"},
	} {
		if _, err := readKnownText(t, "f", test.text, KnownOptions{}); err == nil || !strings.Contains(err.Error(), test.want) || strings.Contains(err.Error(), "\n") {
			t.Errorf("%s: %v, want %q", test.name, err, test.want)
		}
	}
	if _, err := ReadKnown("f", strings.NewReader(""), maxKnownFile+1, KnownOptions{}); err == nil {
		t.Error("a file beyond the limit was read")
	}
}

func FuzzReadKnown(f *testing.F) {
	for _, seed := range []string{
		`{"type":"FeatureCollection","features":[{"type":"Feature","geometry":{"type":"Point","coordinates":["20","10"]},"properties":{"id":"1","verifiedDate":"2031-05-02T00:00:00"}}]}`,
		`[{"id":"1","date":"3/4/2031","latitude":"1","longitude":"2","sources":[{"path":"HIDDEN"}],"filters":[]}]`,
		`{"mapDataFolders":[{"name":"C","mapDataPlacemarks":[{"coordinates":[1,2],"date":"2 MAY 2031"}]}]}`,
		`<kml><Placemark><name>2 MAY 2031</name><Point><coordinates>1,2,3</coordinates></Point></Placemark></kml>`,
		zipOf(f, "doc.kml", "<kml><Placemark/></kml>"),
	} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		k, err := ReadKnown("f.json", bytes.NewReader(data), int64(len(data)), KnownOptions{Around: []Position{{1, 2}}})
		if err != nil {
			return
		}
		ids := map[string]bool{}
		for _, v := range k.Incident.Values() {
			if v.ID == "" || ids[v.ID] {
				t.Fatalf("id %q is empty or stands twice", v.ID)
			}
			ids[v.ID] = true
			if v.Latitude != nil && (*v.Latitude < -90 || *v.Latitude > 90 || *v.Longitude < -180 || *v.Longitude > 180) {
				t.Fatalf("%s lies off the globe", v.ID)
			}
		}
	})
}
