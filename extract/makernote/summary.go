package makernote

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/firsthand-media/firsthand/extract/container"
)

// add keeps one value.
func (n *reader) add(field, value string) {
	n.note.Tags = append(n.note.Tags, container.Tag{Field: field, Value: value})
}

// has says whether a tag was read before.
func (n *Note) has(field string) bool {
	return slices.ContainsFunc(n.Tags, func(t container.Tag) bool { return t.Field == field })
}

// named gives the first tag that has one of these names, by the order of the
// names, and says something.
func (n *Note) named(names ...string) (field, value string) {
	for _, name := range names {
		for _, t := range n.Tags {
			if v := strings.TrimSpace(t.Value); strings.HasSuffix(t.Field, ":"+name) && says(v) {
				return t.Field, v
			}
		}
	}
	return "", ""
}

// says tells a value from the fillings that cameras put in its place.
func says(value string) bool {
	return strings.Trim(value, "0-.: ") != "" && !strings.EqualFold(value, "none") && !strings.EqualFold(value, "n/a")
}

// summarise draws from the tags what a verifier asks for, whoever the maker.
// What the reading of a maker has set already stays.
func (n *Note) summarise() {
	set := func(to *string, names ...string) {
		if *to == "" {
			_, *to = n.named(names...)
		}
	}
	set(&n.Serial, "SerialNumber")
	set(&n.InternalSerial, "InternalSerialNumber")
	set(&n.LensSerial, "LensSerialNumber", "InternalLensSerialNumber")
	set(&n.Lens, "LensModel")
	set(&n.Owner, "OwnerName")
	set(&n.Firmware, "CanonFirmwareVersion", "FirmwareVersion", "BodyFirmwareVersion", "FirmwareName", "Firmware", "BuildNumber")
	if n.Lens == "" {
		n.Lens = n.lensByRange()
	}
	n.summariseZone()
	n.summariseTimes()
}

// lensByRange names a lens by its focal lengths and apertures, where the
// maker states them so, or by a text in LensType.
func (n *Note) lensByRange() string {
	if _, text := n.named("LensType"); strings.ContainsFunc(text, isLetter) {
		return text
	}
	p := strings.Fields(n.Value("Nikon", "Lens"))
	if spec := strings.Fields(n.Value("Sony", "LensSpec")); len(spec) == 6 {
		p = spec[1:5] // flags stand around it
	}
	if len(p) != 4 || !says(p[0]) || !says(p[2]) {
		return ""
	}
	mm, f := p[0], p[2]
	if p[1] != p[0] && says(p[1]) {
		mm += "-" + p[1]
	}
	if p[3] != p[2] && says(p[3]) {
		f += "-" + p[3]
	}
	return mm + "mm f/" + f
}

func isLetter(r rune) bool { return r|0x20 >= 'a' && r|0x20 <= 'z' }

// Canon's numbers for a city that is not set.
const (
	canonNoCity    = "0"
	canonCityUnset = "32766"
)

// summariseZone finds the zone of the camera's clock. Canon and Nikon keep the
// zone without daylight saving and that beside it.
func (n *Note) summariseZone() {
	number := func(group, name string) (int, bool) {
		i, err := strconv.Atoi(n.Value(group, name))
		return i, err == nil
	}
	if zone, ok := number("Canon", "TimeZone"); ok {
		city := n.Value("Canon", "TimeZoneCity")
		saving, _ := number("Canon", "DaylightSavings")
		if city != canonNoCity && city != canonCityUnset && (saving == 0 || saving == 60) {
			n.setZone(zone+saving, "MakerNotes:Canon:TimeZone")
		}
		return
	}
	if zone, ok := number("Nikon", "TimeZone"); ok {
		if saving, _ := number("Nikon", "DaylightSavings"); saving == 1 {
			zone += 60
		}
		n.setZone(zone, "MakerNotes:Nikon:TimeZone")
		return
	}
	for _, group := range [...]string{"CanonRaw", "CIFF"} {
		code, ok := number(group, "TimeZoneCode")
		if known, _ := number(group, "TimeZoneInfo"); ok && known&(1<<31) != 0 {
			n.setZone(code*60, "MakerNotes:"+group+":TimeZoneCode")
		}
	}
	if zone := n.Value("Ricoh", "TimeZone"); zone != "" {
		var sign rune
		var hours, minutes int
		if _, err := fmt.Sscanf(zone, "%c%02d:%02d", &sign, &hours, &minutes); err == nil && (sign == '+' || sign == '-') {
			if hours = hours*60 + minutes; sign == '-' {
				hours = -hours
			}
			n.setZone(hours, "MakerNotes:Ricoh:TimeZone")
		}
	}
}

// setZone keeps an offset that exists on Earth.
func (n *Note) setZone(minutes int, field string) {
	if minutes < -12*60 || minutes > 14*60 || minutes%15 != 0 {
		n.problem("corrupt-structure", field, "the camera's clock is said to be %d minutes from UTC, which no zone is", minutes)
		return
	}
	n.OffsetMinutes, n.OffsetField = &minutes, field
}

// summariseTimes collects the dates that stand in the note beside those of
// EXIF.
func (n *Note) summariseTimes() {
	for _, t := range []struct{ name, about string }{
		{"Panasonic:TimeStamp", "capture"},
		{"Panasonic:PanasonicDateTime", "capture"},
		{"Sony:SonyDateTime", "capture"},
		{"Olympus:DateTimeUTC", "capture"},
		{"Kodak:DateTimeOriginal", "capture"},
		{"Reconyx:DateTimeOriginal", "capture"},
		{"HP:CameraDateTime", "capture"},
		{"CanonRaw:DateTimeOriginal", "capture"},
		{"CIFF:DateTimeOriginal", "capture"},
		{"Nikon:PowerUpTime", "power-on"},
		{"Pentax:ManufactureDate", "manufacture"},
		{"Motorola:ManufactureDate", "manufacture"},
		{"Reconyx:FirmwareDate", "firmware"},
		{"Casio:FirmwareDate", "firmware"},
	} {
		group, name, _ := strings.Cut(t.name, ":")
		if v := n.Value(group, name); says(v) {
			n.Times = append(n.Times, Time{"MakerNotes:" + t.name, v, t.about, name == "DateTimeUTC"})
		}
	}
	n.joinedTime("Pentax", "Date", "Time")
	n.joinedTime("Minolta", "MinoltaDate", "MinoltaTime")
	if year := n.Value("Kodak", "YearCreated"); says(year) {
		n.Times = append(n.Times, Time{"MakerNotes:Kodak:YearCreated",
			year + ":" + n.Value("Kodak", "MonthDayCreated") + " " + n.Value("Kodak", "TimeCreated"), "capture", false})
	}
	if day, ok := fujifilmDay(n.Value("FujiFilm", "InternalSerialNumber")); ok {
		n.Times = append(n.Times, Time{"MakerNotes:FujiFilm:InternalSerialNumber", day, "manufacture", false})
	}
}

// joinedTime puts together a date and a time of day that stand apart.
func (n *Note) joinedTime(group, date, clock string) {
	if d, c := n.Value(group, date), n.Value(group, clock); says(d) && c != "" {
		n.Times = append(n.Times, Time{"MakerNotes:" + group + ":" + date, d + " " + c, "capture", false})
	}
}

// fujifilmDay reads the day of manufacture out of the internal serial number:
// six digits, year first, before the twelve hexadecimal ones at its end.
func fujifilmDay(serial string) (string, bool) {
	serial = strings.TrimSpace(serial)
	if len(serial) < 18 {
		return "", false
	}
	day, rest := serial[len(serial)-18:len(serial)-12], serial[len(serial)-12:]
	if strings.Trim(day, "0123456789") != "" || strings.Trim(rest, "0123456789abcdefABCDEF") != "" {
		return "", false
	}
	century := "20"
	if day[:2] >= "70" {
		century = "19"
	}
	month, date := day[2:4], day[4:]
	if month < "01" || month > "12" || date < "01" || date > "31" {
		return "", false
	}
	return century + day[:2] + ":" + month + ":" + date, true
}
