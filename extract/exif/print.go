package exif

import (
	"bytes"
	"encoding/hex"
	"fmt"
	"math"
	"strconv"
	"strings"

	"github.com/rwcarlsen/goexif/tiff"
)

// String gives the value as ExifTool prints it with -n: numbers apart by a
// space, fractions to ten digits, degrees as one decimal number, APEX values
// as what they stand for, and data too long to read by their length.
func (t *Tag) String() string {
	switch {
	case t == nil || t.Size == 0:
		return ""
	case t.value == nil:
		return binaryText(int(min(t.Size, math.MaxInt32)))
	}
	if s, ok := t.gpsString(); ok {
		return s
	}
	if s, ok := t.specialString(); ok {
		return s
	}
	s := t.plainString()
	if n := t.longestText(); n >= 0 && len(s) > n {
		if t.value.Format() == tiff.UndefVal || t.ID == tagColorMap {
			return binaryText(int(t.Size))
		}
		return binaryText(len(s))
	}
	return s
}

func binaryText(n int) string {
	return fmt.Sprintf("(Binary data %d bytes, use -b option to extract)", n)
}

// plainString prints a value by its type alone.
func (t *Tag) plainString() string {
	switch t.value.Format() {
	case tiff.StringVal:
		return t.Text()
	case tiff.UndefVal:
		return t.undefinedString()
	case tiff.RatVal:
		return joined(t.Rationals(), rationalString)
	case tiff.IntVal:
		if isXP(t.ID) {
			return t.Text()
		}
		base := int64(0)
		if t.isOffset() {
			base = t.base
		}
		return joined(t.Ints(), func(n int64) string { return strconv.FormatInt(n+base, 10) })
	case tiff.FloatVal:
		return joined(t.Floats(), number)
	}
	return ""
}

// number prints a float to the fifteen digits that are certain.
func number(f float64) string {
	if math.IsInf(f, 0) || math.IsNaN(f) {
		return strings.ToLower(strings.TrimPrefix(strconv.FormatFloat(f, 'g', 15, 64), "+"))
	}
	return strconv.FormatFloat(f, 'g', 15, 64)
}

const tagColorMap = 0x0140

// longestText is how long ExifTool lets the text of a value become before it
// gives its length in place of it; -1 where there is no limit, 0 where it
// never prints it.
func (t *Tag) longestText() int {
	if baseName(t.IFD) == GPSIFD {
		return -1
	}
	switch t.ID {
	case tagStripOffsets, tagStripCounts, 0x0120, 0x0121, 0x0144, 0x0145:
		return 32
	case 0xc61b, 0xc61c, 0xc6fa, 0xc6fb, 0xc6fc, 0xc726, 0xcd39:
		return 64
	case 0x0123, 0x012d, tagColorMap, 0x015b, 0x01b5, 0x80a3, 0x80a4, 0x80a5, 0x8828, 0x87af, 0x87b0, 0x87b1,
		0x9330, 0x9331, 0xa40b, 0xb4c3, 0xc44f, 0xc618, 0xea1c:
		return 0
	}
	return -1
}

// specialString prints the values that ExifTool converts.
func (t *Tag) specialString() (string, bool) {
	switch t.Name {
	case "ShutterSpeedValue":
		return t.apex(func(v float64) float64 { return math.Exp2(-v) })
	case "ApertureValue", "MaxApertureValue":
		return t.apex(func(v float64) float64 { return math.Exp2(v / 2) })
	case "ExposureCompensation":
		return joined(t.signed(), rationalString), t.value.Format() == tiff.RatVal
	case "CFAPattern":
		return t.colourFilter()
	case "RawDataUniqueID":
		return strings.ToUpper(hex.EncodeToString(t.value.Val)), true
	case "PreviewSettingsDigest", "RawImageDigest", "OriginalRawFileDigest", "NewRawImageDigest":
		return hex.EncodeToString(t.value.Val), true
	case "LocalizedCameraModel", "OriginalRawFileName", "CameraCalibrationSig", "ProfileCalibrationSig", "AsShotProfileName",
		"ProfileName", "ProfileCopyright", "PreviewApplicationName", "PreviewApplicationVersion", "PreviewSettingsName",
		"PanasonicTitle", "PanasonicTitle2":
		text, _, _ := bytes.Cut(t.value.Val, []byte{0})
		return decodeText(text), true
	case "GPSDateStamp":
		return dateStamp(t.Text()), t.value.Format() == tiff.StringVal
	case "HighISOMultiplierRed", "HighISOMultiplierGreen", "HighISOMultiplierBlue", "RedBalance", "BlueBalance":
		if v, ok := t.Int(); ok && t.value.Count == 1 {
			return number(float64(v) / 256), true
		}
	case "NoiseReductionParams":
		return t.shorts()
	}
	return "", false
}

// signed reads fractions as signed ones, whatever type the file gives them.
func (t *Tag) signed() []Rational {
	rs := t.Rationals()
	for i, r := range rs {
		rs[i] = Rational{int64(int32(uint32(r.Num))), int64(int32(uint32(r.Den)))}
	}
	return rs
}

// apex turns an APEX value into what it stands for (EXIF 3.0, annex C).
func (t *Tag) apex(convert func(float64) float64) (string, bool) {
	if t.value.Format() != tiff.RatVal || t.value.Count != 1 {
		return "", false
	}
	v := tenDigits(t.signed()[0].Float())
	if t.Name != "ShutterSpeedValue" {
		v = tenDigits(t.Rationals()[0].Float())
	}
	if math.IsNaN(v) || math.Abs(v) >= 100 {
		if t.Name == "ShutterSpeedValue" {
			return "0", true
		}
		if v = 0; t.Rationals()[0].Num != 0 {
			return "inf", true
		}
	}
	return number(convert(v)), true
}

// colourFilter prints the two sizes and then the colours of a filter array.
// Writers differ in the byte order of the sizes: that which fits counts.
func (t *Tag) colourFilter() (string, bool) {
	b := t.value.Val
	if t.value.Format() != tiff.UndefVal || len(b) < 4 {
		return "", false
	}
	w, h := int(b[0])|int(b[1])<<8, int(b[2])|int(b[3])<<8
	if w*h+4 > len(b) || w == 0 {
		if w2, h2 := int(b[0])<<8|int(b[1]), int(b[2])<<8|int(b[3]); w2*h2+4 <= len(b) {
			w, h = w2, h2
		}
	}
	return strings.TrimSuffix(fmt.Sprintf("%d %d %s", w, h, joined(b[4:], func(c byte) string { return strconv.Itoa(int(c)) })), " "), true
}

// shorts prints bytes of type undefined as the 16-bit numbers that they are.
func (t *Tag) shorts() (string, bool) {
	b := t.value.Val
	if t.value.Format() != tiff.UndefVal || len(b)%2 != 0 {
		return "", false
	}
	out := make([]int, 0, len(b)/2)
	for ; len(b) > 1; b = b[2:] {
		out = append(out, int(b[0])|int(b[1])<<8) // RW2 is little-endian throughout
	}
	return joined(out, strconv.Itoa), true
}

// dateStamp writes a date with colons, whatever stands between its parts.
func dateStamp(s string) string {
	var digits []byte
	for i := range len(s) {
		if s[i] >= '0' && s[i] <= '9' {
			digits = append(digits, s[i])
		}
	}
	if len(digits) != 8 || len(s) > 10 {
		return s
	}
	return fmt.Sprintf("%s:%s:%s", digits[:4], digits[4:6], digits[6:])
}
