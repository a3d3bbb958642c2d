package container

import (
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"math"
	"strings"

	"github.com/firsthand-media/firsthand/extract/geotiff"
)

// tagGDALMetadata is where GDAL and what is built on it keep names and values
// in XML.
const tagGDALMetadata = 0xa480

// Bounds of what a georeference may hold.
const (
	maxGeoValues = 4096
	maxGDALText  = 1 << 16
)

// georeference reads where a satellite or aerial picture lies (GeoTIFF), and
// when it was acquired where GDAL's metadata say so.
func (t *tiff) georeference(dir ifd) {
	if dir[geotiff.TagDirectory].count == 0 {
		return
	}
	k := geotiff.Keys{
		Width: t.info.Width, Height: t.info.Height,
		PixelScale: t.doubles(dir[geotiff.TagPixelScale]), Tiepoints: t.doubles(dir[geotiff.TagTiepoints]),
		Transformation: t.doubles(dir[geotiff.TagTransformation]), Doubles: t.doubles(dir[geotiff.TagDoubles]),
		Directory: t.shorts(dir[geotiff.TagDirectory]), ASCII: t.ascii(dir[geotiff.TagASCII], maxGeoValues),
	}
	const field = "GeoTIFF:Footprint"
	f, err := k.Footprint()
	var unknown *geotiff.UnknownError
	switch {
	case errors.As(err, &unknown):
		t.addProblem(Problem{Code: "georeference-unknown", Field: field, Message: cleanText(err.Error()) + ", so its position is not worked out", Minor: true})
	case errors.Is(err, geotiff.ErrNone):
	case err != nil:
		t.problem("corrupt-structure", field, "%s", err)
	default:
		var raw strings.Builder
		raw.WriteString(cleanText(f.System))
		for _, c := range f.Corners {
			fmt.Fprintf(&raw, " %.6f,%.6f", c.Latitude, c.Longitude)
		}
		radius := math.Ceil(f.RadiusM)
		t.info.Positions = append(t.info.Positions, Position{
			Field: field, Latitude: f.Centre.Latitude, Longitude: f.Centre.Longitude, Accuracy: &radius, Raw: raw.String(),
		})
	}
	t.acquired(t.ascii(dir[tagGDALMetadata], maxGDALText))
}

// acquired files the time of acquisition from GDAL's metadata. In the domain
// IMAGERY it is UTC by definition (GDAL, "Raster data model").
func (t *tiff) acquired(text string) {
	decoder := xml.NewDecoder(strings.NewReader(text))
	for range maxGeoValues {
		token, err := decoder.Token()
		if err != nil {
			return // what cannot be read says nothing
		}
		start, ok := token.(xml.StartElement)
		if !ok || start.Name.Local != "Item" {
			continue
		}
		var name, domain string
		for _, a := range start.Attr {
			switch a.Name.Local {
			case "name":
				name = a.Value
			case "domain":
				domain = a.Value
			}
		}
		if !acquisition[strings.ToUpper(name)] {
			continue
		}
		value, err := decoder.Token()
		chars, ok := value.(xml.CharData)
		if err != nil || !ok {
			continue
		}
		when := cleanText(strings.TrimSpace(string(chars)))
		stamp := Stamp{Field: "GDAL:" + cleanText(name), Text: when, Raw: when}
		if domain == "IMAGERY" && len(when) == len("2006-01-02 15:04:05") {
			stamp.Text += "Z"
		}
		t.addStamp(stamp)
	}
}

// acquisition are the names under which programs write when a picture was
// acquired: GDAL's own, those of Maxar, Landsat, Sentinel and Planet.
var acquisition = map[string]bool{
	"ACQUISITIONDATETIME": true, "ACQUISITION_DATE": true, "ACQUISITION_DATETIME": true, "ACQUIRED": true,
	"FIRSTLINETIME": true, "DATE_ACQUIRED": true, "PRODUCT_START_TIME": true, "SENSING_TIME": true, "DATATAKE_1_DATATAKE_SENSING_START": true,
}

func (t *tiff) doubles(e entry) []float64 {
	if e.kind != 12 || e.count > maxGeoValues {
		return nil
	}
	var out []float64
	for i := range e.count {
		v, ok := t.number(e, i)
		if !ok {
			return nil
		}
		out = append(out, math.Float64frombits(v))
	}
	return out
}

func (t *tiff) shorts(e entry) []uint16 {
	if e.kind != 3 || e.count > maxGeoValues {
		return nil
	}
	var out []uint16
	for i := range e.count {
		v, ok := t.number(e, i)
		if !ok {
			return nil
		}
		out = append(out, uint16(v))
	}
	return out
}

func (t *tiff) ascii(e entry, most int64) string {
	if e.kind != 2 || e.size() > uint64(most) {
		return ""
	}
	if e.at < 0 || int64(e.size()) > t.size || t.budget.TakeBytes(int64(e.size())) != nil {
		return ""
	}
	b := make([]byte, e.size())
	if _, err := t.r.ReadAt(b, e.at); err != nil && err != io.EOF {
		return ""
	}
	return strings.TrimRight(string(b), "\x00")
}
