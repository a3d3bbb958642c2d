package container

import (
	"math"
	"strconv"
	"strings"
)

// maxTelemetry is how deep GoPro's containers lie in one another.
const maxTelemetry = 4

// telemetry reads GoPro's key-length-value form (GPMF, github.com/gopro/
// gpmf-parser): the settings of the camera that it names, not the measured
// series.
func (s *scan) telemetry(group string, from, end int64, depth int) {
	for at := from; at+8 <= end && depth < maxTelemetry; {
		if s.budget.TakeValue() != nil {
			return
		}
		head, err := s.peek(at, 8)
		if err != nil {
			return
		}
		f := bigEndian(head)
		key := string(f.take(4))
		kind, size, count := f.u8(), int64(f.u8()), int64(f.u16())
		n := size * count
		body := at + 8
		if n > end-body || key == "\x00\x00\x00\x00" {
			return
		}
		if kind == 0 {
			s.telemetry(group, body, body+n, depth+1)
		} else if name := telemetryName(key); name != "" && n <= 1024 {
			if b, err := s.peek(body, int(n)); err == nil {
				s.telemetryValue(group, name, kind, b)
			}
		}
		at = body + (n+3)&^3
	}
}

func (s *scan) telemetryValue(group, name string, kind byte, b []byte) {
	value := ""
	if kind == 'c' {
		value = cleanText(string(b))
	} else {
		value = telemetryNumbers(kind, b)
	}
	s.tag(group+name, value)
	switch name {
	case "Model":
		setOnce(&s.info.Make, "GoPro")
		setOnce(&s.info.Model, strings.TrimSpace(value))
	case "FirmwareVersion":
		setOnce(&s.info.Software, strings.TrimSpace(value))
	}
}

func telemetryNumbers(kind byte, b []byte) string {
	widths := map[byte]int{'b': 1, 'B': 1, 's': 2, 'S': 2, 'l': 4, 'L': 4, 'f': 4, 'd': 8, 'j': 8, 'J': 8}
	width := widths[kind]
	var out []string
	for f := bigEndian(b); width > 0 && len(f.b) >= width; {
		v := f.sized(width)
		shift := 64 - 8*width
		switch kind {
		case 'f':
			out = append(out, strconv.FormatFloat(float64(math.Float32frombits(uint32(v))), 'g', 15, 64))
		case 'd':
			out = append(out, strconv.FormatFloat(math.Float64frombits(v), 'g', 15, 64))
		case 'b', 's', 'l', 'j':
			out = append(out, strconv.FormatInt(int64(v<<shift)>>shift, 10))
		default:
			out = append(out, strconv.FormatUint(v, 10))
		}
	}
	return strings.Join(out, " ")
}

// telemetryName names the keys that describe the camera, as ExifTool does.
func telemetryName(key string) string {
	switch key {
	case "DVNM":
		return "DeviceName"
	case "FMWR":
		return "FirmwareVersion"
	case "CASN":
		return "CameraSerialNumber"
	case "MINF":
		return "Model"
	case "MUID":
		return "MediaUniqueID"
	case "OREN":
		return "AutoRotation"
	case "DZOM":
		return "DigitalZoom"
	case "PTWB":
		return "WhiteBalance"
	case "PTSH":
		return "Sharpness"
	case "PTCL":
		return "ColorMode"
	case "EXPT":
		return "MaximumShutterAngle"
	case "PIMX":
		return "AutoISOMax"
	case "PIMN":
		return "AutoISOMin"
	case "PTEV":
		return "ExposureCompensation"
	case "PRTN":
		return "ProTune"
	case "RATE":
		return "Rate"
	case "PRES":
		return "PhotoResolution"
	case "PHDR":
		return "HDRSetting"
	}
	return ""
}
