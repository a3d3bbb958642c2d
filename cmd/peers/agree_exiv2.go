package main

import (
	"bytes"
	"fmt"
	"math"
	"path/filepath"
	"strconv"
	"strings"

	"github.com/firsthand-media/firsthand/cmd/acceptance/truth"
)

// exiv2Tags are the tags that are compared, those that both give as plain
// values, with our names where these differ.
var exiv2Tags = map[string]string{
	"Image.Make": "Make", "Image.Model": "Model", "Image.Software": "Software", "Image.Artist": "Artist",
	"Image.Copyright": "Copyright", "Image.ImageDescription": "ImageDescription", "Image.Orientation": "Orientation",
	"Image.DateTime": "ModifyDate", "Image.XResolution": "XResolution", "Image.YResolution": "YResolution",
	"Image.ResolutionUnit":   "ResolutionUnit",
	"Photo.DateTimeOriginal": "DateTimeOriginal", "Photo.DateTimeDigitized": "CreateDate",
	"Photo.SubSecTime": "SubSecTime", "Photo.SubSecTimeOriginal": "SubSecTimeOriginal", "Photo.SubSecTimeDigitized": "SubSecTimeDigitized",
	"Photo.OffsetTime": "OffsetTime", "Photo.OffsetTimeOriginal": "OffsetTimeOriginal", "Photo.OffsetTimeDigitized": "OffsetTimeDigitized",
	"Photo.ExposureTime": "ExposureTime", "Photo.FNumber": "FNumber", "Photo.ISOSpeedRatings": "ISO",
	"Photo.FocalLength": "FocalLength", "Photo.FocalLengthIn35mmFilm": "FocalLengthIn35mmFormat",
	"Photo.ExposureProgram": "ExposureProgram", "Photo.MeteringMode": "MeteringMode", "Photo.WhiteBalance": "WhiteBalance",
	"Photo.Flash": "Flash", "Photo.ColorSpace": "ColorSpace",
	"Photo.PixelXDimension": "ExifImageWidth", "Photo.PixelYDimension": "ExifImageHeight",
	"Photo.BodySerialNumber": "SerialNumber", "Photo.LensMake": "LensMake", "Photo.LensModel": "LensModel",
	"Photo.LensSerialNumber": "LensSerialNumber",
	"GPSInfo.GPSLatitude":    "GPSLatitude", "GPSInfo.GPSLongitude": "GPSLongitude", "GPSInfo.GPSAltitude": "GPSAltitude",
	"GPSInfo.GPSLatitudeRef": "GPSLatitudeRef", "GPSInfo.GPSLongitudeRef": "GPSLongitudeRef",
	"GPSInfo.GPSImgDirection": "GPSImgDirection", "GPSInfo.GPSDateStamp": "GPSDateStamp", "GPSInfo.GPSTimeStamp": "GPSTimeStamp",
}

// exiv2Value is one line of `exiv2 -PEIXkv` over several files.
type exiv2Value struct{ file, key, value string }

// readExiv2 reads the lines: file, key and value in columns. The names of the
// files hold no space.
func readExiv2(said []byte) (out []exiv2Value) {
	for line := range bytes.Lines(said) {
		file, rest, ok := strings.Cut(strings.TrimRight(string(line), "\r\n"), " ")
		rest = strings.TrimLeft(rest, " ")
		key, value, _ := strings.Cut(rest, " ")
		if ok && strings.HasPrefix(key, "Exif.") {
			out = append(out, exiv2Value{file, key, strings.TrimSpace(value)})
		}
	}
	return out
}

// agreeExiv2 holds the tags that exiv2 gives of the camera's own block against
// ours.
func agreeExiv2(_ string, ours map[string]inspected, said []byte) (agreement, error) {
	a := agreement{}
	seen := map[exiv2Value]bool{}
	for _, v := range readExiv2(said) {
		name, compared := exiv2Tags[strings.TrimPrefix(v.key, "Exif.")]
		tag := exiv2Value{v.file, v.key, ""}
		if !compared || v.value == "" || seen[tag] {
			continue // a tag that a file has twice is compared once
		}
		seen[tag] = true
		l, ok := ours[filepath.Base(v.file)]
		if !ok {
			return nil, fmt.Errorf("inspect has no line for %s", v.file)
		}
		var our any
		given := false
		for _, at := range []string{"EXIF:", "EXIF:IFD0:", "EXIF:ExifIFD:", "EXIF:GPS:"} {
			if our, given = l.Fields[at+name]; given {
				break
			}
		}
		equal := given && (truth.EqualValues(v.value, our, 1e-9) || equalExiv2(name, v.value, our))
		a.count("EXIF, the commonest tags", filepath.Base(v.file)+" "+v.key, v.value, our, given, equal)
	}
	return a, nil
}

// equalExiv2 compares a value in exiv2's spelling, which writes fractions as
// they are stored, with ours.
func equalExiv2(name, their string, our any) bool {
	var parts []float64
	for _, word := range strings.Fields(their) {
		top, bottom, isFraction := strings.Cut(word, "/")
		n, err := strconv.ParseFloat(top, 64)
		d := 1.0
		if isFraction && err == nil {
			d, err = strconv.ParseFloat(bottom, 64)
		}
		if err != nil {
			return false
		}
		parts = append(parts, n/d)
	}
	if name == "GPSTimeStamp" {
		return equalClock(parts, fmt.Sprint(our))
	}
	if (name == "GPSLatitude" || name == "GPSLongitude") && len(parts) == 3 {
		parts = []float64{parts[0] + parts[1]/60 + parts[2]/3600}
	}
	if len(parts) == 0 {
		return false
	}
	n, ok := our.(float64)
	return ok && len(parts) == 1 && math.Abs(n-parts[0]) <= 1e-6*math.Max(1, math.Abs(n))
}

// equalClock compares hours, minutes and seconds with a clock reading.
func equalClock(parts []float64, ours string) bool {
	read := strings.Split(ours, ":")
	if len(parts) != 3 || len(read) != 3 {
		return false
	}
	for i, p := range parts {
		n, err := strconv.ParseFloat(read[i], 64)
		if err != nil || math.Abs(n-p) > 1e-6 {
			return false
		}
	}
	return true
}
