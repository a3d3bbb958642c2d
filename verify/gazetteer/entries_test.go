package gazetteer

import (
	"bytes"
	"os"
	"reflect"
	"strings"
	"testing"
)

var saltivka = Own{Name: "Saltivka", Variants: []string{"Салтівка", "Салтовка"}, Lat: 50.029, Lon: 36.339, RadiusM: 4000, Note: "north-east, \"big\""}

func TestReadCSV(t *testing.T) {
	want := []Own{saltivka, {Name: "Depot", Lat: -1.5, Lon: 2, RadiusM: DefaultRadius}}
	for what, text := range map[string]string{
		"as written":         "name,variants,latitude,longitude,radius_m,note\nSaltivka,Салтівка|Салтовка,50.029,36.339,4000,\"north-east, \"\"big\"\"\"\nDepot,,-1.5,2,,\n",
		"other names, order": "\ufeffLon,Lat,Name,alternates,note,radius\n36.339,50.029,Saltivka,Салтівка|Салтовка,\"north-east, \"\"big\"\"\",4000\n2,-1.5,Depot,,,\n",
		"semicolons":         "name;lat;lng;variants;radius_m;note;colour\r\nSaltivka;50,029;36,339;Салтівка | Салтовка|Saltivka;4000;\"north-east, \"\"big\"\"\";red\r\nDepot;-1,5;2;;;;\r\n",
		"a name twice":       "name,variants,lat,lon,radius,note\nSaltivka,Салтівка,1,1,1,\nDepot,,-1.5,2,,\nSaltivka,Салтовка,50.029,36.339,4000,\"north-east, \"\"big\"\"\"\n",
	} {
		got, err := ReadCSV(strings.NewReader(text))
		if err != nil {
			t.Errorf("%s: %v", what, err)
			continue
		}
		for i := range got {
			if len(got[i].Variants) == 0 {
				got[i].Variants = nil
			}
		}
		if !reflect.DeepEqual(got, want) {
			t.Errorf("%s:\n got %+v\nwant %+v", what, got, want)
		}
	}
}

func TestReadRefuses(t *testing.T) {
	for text, want := range map[string]string{
		"":                                                   "empty",
		"name,lat\nA b,1":                                    "no column gives the longitude",
		"name,lat,lon,y\nAb,1,2,3":                           "two columns give the lat",
		"name,lat,lon\nAb,1,2\nCd,91,2":                      "line 3: Cd: latitude 91",
		"name,lat,lon\nAb,1,200":                             "line 2: Ab: longitude 200",
		"name,lat,lon\nAb,north,2":                           `line 2: latitude "north" is not a number`,
		"name,lat,lon\nAb,NaN,2":                             "latitude NaN",
		"name,lat,lon,radius\nAb,1,2,-5":                     "radius",
		"name,lat,lon,radius\nAb,1,2,1e9":                    "radius",
		"name,lat,lon\n,1,2":                                 "line 2: a place needs a name",
		"name,lat,lon\n\"Ab,1,2":                             "line 2",
		"name,lat,lon\nAb,1,2,3":                             "line 2",
		"name,lat,lon\n\xff\xfe,1,2":                         "not UTF-8",
		"name,lat,lon\n" + strings.Repeat("a", 300) + ",1,2": "longer than 200",
	} {
		if _, err := ReadCSV(strings.NewReader(text)); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%.40q: %v, want %s", text, err, want)
		}
	}
	for text, want := range map[string]string{
		"":                    "not GeoJSON",
		`{"type":"Topology"}`: `type "Topology"`,
		`{"type":"Feature"}`:  "feature 1: no geometry",
		`{"type":"Feature","properties":{"name":"Ab"},"geometry":{"type":"Point","coordinates":[]}}`:                   "no position",
		`{"type":"Feature","properties":{"name":"Ab"},"geometry":{"type":"Point","coordinates":["1",2]}}`:              "not a number",
		`{"type":"Feature","properties":{"name":"Ab"},"geometry":{"type":"Circle","coordinates":[1,2]}}`:               `geometry "Circle"`,
		`{"type":"Feature","properties":{"name":"Ab","radius":"far"},"geometry":{"type":"Point","coordinates":[1,2]}}`: "radius",
		`{"type":"Feature","properties":{"name":"Ab","Lat":1,"y":2},"geometry":{"type":"Point","coordinates":[1,2]}}`:  "two properties",
		`{"type":"FeatureCollection","features":[{"type":"Feature","geometry":{"type":"Point","coordinates":[1,2]}}]}`: "feature 1: a place needs a name",
		`{"type":"Feature","properties":{"name":"Ab"},"geometry":{"type":"Point","coordinates":[1,2,3,4,5]}}`:          "more than four",
	} {
		if _, err := ReadGeoJSON(strings.NewReader(text)); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v, want %s", text, err, want)
		}
	}
}

func TestReadGeoJSON(t *testing.T) {
	got, err := ReadGeoJSON(strings.NewReader(`{"type":"FeatureCollection","features":[
		{"type":"Feature","properties":{"name":"Saltivka","variants":["Салтівка","Салтовка"],"radius_m":4000,"note":"north-east, \"big\""},"geometry":{"type":"Point","coordinates":[36.339,50.029,120]}},
		{"type":"Feature","properties":{"title":"Square","names":"Площа|Площадь"},"geometry":{"type":"Polygon","coordinates":[[[30,50],[30.01,50],[30.01,50.01],[30,50.01],[30,50]]]}}]}`))
	if err != nil || len(got) != 2 || !reflect.DeepEqual(got[0], saltivka) {
		t.Fatalf("%+v, %v", got, err)
	}
	square := got[1]
	if square.Lat != 50.005 || square.RadiusM < 600 || square.RadiusM > 700 || len(square.Variants) != 2 {
		t.Errorf("an area of 0.7 by 1.1 km is %+v", square)
	}
}

func TestWhatIsWrittenIsRead(t *testing.T) {
	places := []Own{saltivka, {Name: "Б, \"в\"", Variants: []string{"x;y"}, Lat: -89.123456, Lon: -180, RadiusM: 0.5, Note: "two\nlines"}}
	var table, m bytes.Buffer
	if err := WriteCSV(&table, places); err != nil {
		t.Fatal(err)
	}
	if err := WriteGeoJSON(&m, places); err != nil {
		t.Fatal(err)
	}
	fromTable, err := ReadCSV(&table)
	if err != nil || !reflect.DeepEqual(fromTable, places) {
		t.Errorf("CSV: %+v, %v", fromTable, err)
	}
	fromMap, err := ReadGeoJSON(&m)
	if err != nil || !reflect.DeepEqual(fromMap, places) {
		t.Errorf("GeoJSON: %+v, %v", fromMap, err)
	}
}

// TestExercise reads the table that comes with the exercise case.
func TestExercise(t *testing.T) {
	file, err := os.Open("../../fixtures/workshop-places.csv")
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	places, err := ReadCSV(file)
	if err != nil || len(places) != 8 {
		t.Fatalf("%d places, %v", len(places), err)
	}
	m := world(t).With(places).Find("انفجار في سارنوبيل. Обстріл Тимкової Луки")
	if len(m) != 2 || m[0].Places[0].Name != "Sarnopil" || m[1].Places[0].Name != "Tymkova Luka" {
		t.Errorf("found %q", named(m))
	}
}

func FuzzReadPlaces(f *testing.F) {
	for _, s := range []string{
		"name,variants,lat,lon,radius_m,note\nSaltivka,Салтівка|Салтовка,50.029,36.339,4000,\"a \"\"b\"\"\"\n", "name;lat;lon\nAb;1,5;2\n",
		`{"type":"Feature","properties":{"name":"Ab","variants":["x"],"radius":5},"geometry":{"type":"Polygon","coordinates":[[[30,50],[30.01,50]]]}}`,
	} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		if places, err := ReadCSV(bytes.NewReader(data)); err == nil {
			writeAndRead(t, places)
		}
		if places, err := ReadGeoJSON(bytes.NewReader(data)); err == nil {
			writeAndRead(t, places)
		}
	})
}

// writeAndRead: what was read can be written, and reads the same again.
func writeAndRead(t *testing.T, places []Own) {
	var out bytes.Buffer
	if err := WriteGeoJSON(&out, places); err != nil {
		t.Fatal(err)
	}
	again, err := ReadGeoJSON(&out)
	if err != nil || len(again) != len(places) || len(places) > 0 && !reflect.DeepEqual(again, places) {
		t.Fatalf("%+v reads again as %+v, %v", places, again, err)
	}
}
