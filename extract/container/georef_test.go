package container

import (
	"fmt"
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func readFile(t *testing.T, path string) Info {
	t.Helper()
	f, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	st, err := f.Stat()
	if err != nil {
		t.Fatal(err)
	}
	info, err := Read(f, st.Size(), NewBudget())
	if err != nil {
		t.Fatal(err)
	}
	return info
}

// The corners are those that gdalinfo gives: see testdata/geotiff/README.md.
func TestSatellitePicturesLieWhereGDALSays(t *testing.T) {
	for name, want := range map[string][4][2]float64{
		"geographic":   {{50.01, 36.2}, {50.002, 36.2}, {50.002, 36.212}, {50.01, 36.212}},
		"turned":       {{50.01, 36.2}, {50.002, 36.2}, {50.002, 36.212}, {50.01, 36.212}},                                       // big-endian
		"mercator-big": {{50.0214995, 36.2109364}, {50.0201142, 36.2109364}, {50.0201142, 36.2141703}, {50.0214995, 36.2141703}}, // BigTIFF
		"own-tm":       {{50.0459914, 36.2792232}, {50.0438337, 36.2792107}, {50.0438215, 36.2842364}, {50.0459792, 36.2842492}},
		"utm":          {{50.0422751, 36.6396873}, {50.0401184, 36.6397931}, {50.0402205, 36.6448163}, {50.0423772, 36.6447107}},
	} {
		info := readFile(t, filepath.Join("testdata", "geotiff", name+".tif"))
		if len(info.Positions) != 1 {
			t.Errorf("%s: %d positions", name, len(info.Positions))
			continue
		}
		p := info.Positions[0]
		corners := strings.Fields(p.Raw)
		corners = corners[len(corners)-4:]
		for i, at := range []int{0, 3, 2, 1} { // ours go clockwise
			var lat, lon float64
			if _, err := fmt.Sscanf(corners[i], "%f,%f", &lat, &lon); err != nil || math.Abs(lat-want[at][0]) > 1e-6 || math.Abs(lon-want[at][1]) > 1e-6 {
				t.Errorf("%s: corner %d is %s, want %v", name, i, corners[i], want[at])
			}
		}
		if p.Accuracy == nil || *p.Accuracy < 130 || *p.Accuracy > 700 {
			t.Errorf("%s: the radius is %v metres", name, *p.Accuracy)
		}
	}
}

func TestUnknownGridIsNamed(t *testing.T) {
	info := readFile(t, "testdata/geotiff/poland.tif")
	if len(info.Positions) != 0 || len(info.Problems) != 1 || info.Problems[0].Code != "georeference-unknown" || !strings.Contains(info.Problems[0].Message, "EPSG:2180") {
		t.Errorf("positions %v, problems %v", info.Positions, info.Problems)
	}
}

func TestAcquisitionTime(t *testing.T) {
	info := readFile(t, "testdata/geotiff/turned.tif")
	if len(info.Stamps) != 1 || info.Stamps[0].Field != "GDAL:DATE_ACQUIRED" || info.Stamps[0].Text != "2022-04-02" {
		t.Errorf("stamps are %+v", info.Stamps)
	}
	for text, want := range map[string]string{
		`<GDALMetadata><Item name="ACQUISITIONDATETIME" sample="0" domain="IMAGERY">2022-03-16 08:41:22</Item></GDALMetadata>`: "2022-03-16 08:41:22Z",
		`<GDALMetadata><Item name="ACQUISITIONDATETIME">2022-03-16 08:41:22</Item></GDALMetadata>`:                             "2022-03-16 08:41:22",
		`<GDALMetadata><Item name="AREA">2022-03-16</Item></GDALMetadata>`:                                                     "",
		`<!DOCTYPE x [<!ENTITY a "2022-03-16">]><GDALMetadata><Item name="DATE_ACQUIRED">&a;</Item></GDALMetadata>`:            "",
		`<GDALMetadata><Item name="DATE_ACQUIRED"`:                                                                             "",
	} {
		s := &tiff{scan: &scan{}}
		s.acquired(text)
		got := ""
		if len(s.info.Stamps) > 0 {
			got = s.info.Stamps[0].Text
		}
		if got != want {
			t.Errorf("%s gives %q, want %q", text, got, want)
		}
	}
}
