package extract

import (
	"path"
	"regexp"
	"strconv"
	"strings"
	"time"
)

// The fields of times read from file names: what kind of name it was. Only the
// first two are names that a camera gives while it records.
const (
	fieldCameraName     = "FileName:Camera"
	fieldPixelName      = "FileName:Pixel"
	fieldScreenshotName = "FileName:Screenshot"
	fieldWhatsAppName   = "FileName:WhatsApp"
	fieldTelegramName   = "FileName:Telegram"
	fieldSignalName     = "FileName:Signal"
	fieldFacebookName   = "FileName:Facebook"
	fieldViberName      = "FileName:Viber"
	fieldWeChatName     = "FileName:WeChat"
	fieldQQName         = "FileName:QQ"
	fieldThreemaName    = "FileName:Threema"
	fieldZoomName       = "FileName:Zoom"
	fieldSatelliteName  = "FileName:satellite" // of the acquisition, UTC
	fieldAppName        = "FileName:App"
	fieldDownloadName   = "FileName:Download"
	fieldDatedName      = "FileName:Dated"
	fieldEpochName      = "FileName:UnixTime"
)

// bareDateTime is Samsung's form, and with another line the one of cameras in
// cars. Without a prefix to say what the digits are all of it must be possible.
var bareDateTime = regexp.MustCompile(`^(?P<Y>\d{4})_?(?P<M>\d{2})(?P<D>\d{2})_(?P<h>\d{2})(?P<m>\d{2})(?P<s>\d{2})` + `(?:\D|$)`)

// unixName is a name that is a Unix time: apps that say which they are write
// the time of saving, with a bare number nobody knows of what event.
var unixName = regexp.MustCompile(`(?i)^(FB_IMG_|mmexport|wx_camera_|ssstwitter\.com_|ssstik\.io_|RPReplay_Final)?(\d{10}|\d{13})$`)

var unixNameFields = map[string]string{
	"fb_img_": fieldFacebookName, "mmexport": fieldWeChatName, "wx_camera_": fieldWeChatName,
	"ssstwitter.com_": fieldDownloadName, "ssstik.io_": fieldDownloadName, "rpreplay_final": fieldScreenshotName,
}

// idNames are names with the id of a post. Without the name of the service
// only X is read, and only in the forms that its downloaders write: the id
// and the picture's number, or the id in brackets.
var idNames = [...]struct {
	platform platform
	re       *regexp.Regexp
}{
	{platformX, regexp.MustCompile(`^(\d{17,19})[_-]\d{1,2}$`)},
	{platformX, regexp.MustCompile(`\[(\d{17,19})\]$`)},
	{platformX, regexp.MustCompile(`^(\d{17,19})-[A-Za-z0-9_-]{15,16}$`)}, // the id and the picture's key, as in X's own archive
	{platformX, regexp.MustCompile(`(?i)(?:^|[_ -])(?:twitter|tweet|x)[_ -](?:.*[_ -])?(\d{17,19})(?:[_ -]|$)`)},
	{platformTikTok, regexp.MustCompile(`(?i)(?:^|[_ -])(?:tiktok|snaptik)[_ -](?:.*[_ -])?(\d{19})(?:[_ -]|$)`)},
	{platformDiscord, regexp.MustCompile(`(?i)(?:^|[_ -])discord[_ -](?:.*[_ -])?(\d{17,19})(?:[_ -]|$)`)},
	{platformInstagram, regexp.MustCompile(`(?i)(?:^|[_ -])(?:instagram|insta|ig)[_ -](?:.*[_ -])?(\d{17,19})(?:[_ -]|$)`)},
}

// facebookName is the form of names on Facebook's servers: the numbers of the
// picture, and the size. They carry no time that is known.
var facebookName = regexp.MustCompile(`^\d{6,}_\d{6,}(?:_\d{6,})?_[no]\.(?:jpe?g|png|webp)$`)

// copyMark matches what systems append to the name of a second copy.
var copyMark = regexp.MustCompile(`(?: ?\(\d{1,3}\)| - Copy| copy(?: \d{1,3})?)$`)

// maxName is longer than any file system allows.
const maxName = 1024

// FileNameTimes reads the times that a file's name states or carries. Most
// are when a copy was saved or sent: ask [Time.IsCapture]. A name of no known
// form, a camera's counter, and a name whose date cannot be give nothing.
func FileNameTimes(name string) []Time {
	if len(name) > maxName {
		return nil
	}
	name = path.Base(strings.ReplaceAll(name, `\`, "/"))
	stem := name
	if ext := path.Ext(name); strings.Trim(ext, ".0123456789") != "" {
		stem = strings.TrimSuffix(name, ext)
	}
	for _, p := range namePatterns {
		if m := p.re.FindStringSubmatch(stem); m != nil {
			if t, ok := p.read(m, name); ok {
				return []Time{t}
			}
			return nil
		}
	}
	if m := bareDateTime.FindStringSubmatch(stem); m != nil {
		p := namePattern{fieldCameraName, TrustDevice, false, bareDateTime}
		if t, ok := p.read(m, name); ok && t.Precision != Day {
			return []Time{t}
		}
		return nil
	}
	stem = copyMark.ReplaceAllString(stem, "")
	if t, ok := unixNameTime(stem, name); ok {
		return []Time{t}
	}
	for _, p := range idNames {
		if m := p.re.FindStringSubmatch(stem); m != nil {
			if t, ok := p.platform.time(m[1], "PlatformID:"+p.platform.name); ok {
				return []Time{t}
			}
		}
	}
	return nil
}

// read makes a time of a match. An impossible date gives none; an impossible
// time of day leaves the day.
func (p namePattern) read(match []string, name string) (Time, bool) {
	group := func(g string) string {
		if i := p.re.SubexpIndex(g); i >= 0 {
			return match[i]
		}
		return ""
	}
	day, ok := civilDay(group("Y"), group("M"), group("D"))
	if !ok || day.Year() < 1995 || day.After(plausibleUntil) {
		return Time{}, false
	}
	r := reading{wall: day, precision: Day, utc: p.utc}
	if h := group("h"); h != "" && r.readClock(hour24(h, group("ap"))+":"+group("m")+":"+group("s")) {
		r.addFraction(group("ms"))
	}
	return claim{FileName, p.trust, p.field, name}.at(r), true
}

// hour24 turns an hour with AM or PM into one of 24; an hour that is none
// stays and is refused later.
func hour24(h, ampm string) string {
	n, err := strconv.Atoi(h)
	if err != nil || ampm == "" || n < 1 || n > 12 {
		return h
	}
	n %= 12
	if ampm[0] == 'P' || ampm[0] == 'p' {
		n += 12
	}
	return strconv.Itoa(n)
}

// unixNameTime reads a name that is a number of seconds or milliseconds since
// 1970, if that lies in the years of such files.
func unixNameTime(stem, name string) (Time, bool) {
	m := unixName.FindStringSubmatch(stem)
	if m == nil || m[1] != "" && len(m[2]) != 13 && !strings.HasPrefix(m[1], "RPReplay") {
		return Time{}, false
	}
	n, err := strconv.ParseInt(m[2], 10, 64)
	if err != nil {
		return Time{}, false
	}
	at, precision, digits := time.Unix(n, 0), Second, 0
	if len(m[2]) == 13 {
		at, precision, digits = time.UnixMilli(n), Subsecond, 3
	}
	if at.Before(date(2005, time.January, 1)) || at.After(plausibleUntil) {
		return Time{}, false
	}
	c := claim{FileName, TrustDerived, fieldEpochName, name}
	if m[1] != "" {
		c.trust, c.field = TrustPlatform, unixNameFields[strings.ToLower(m[1])]
	}
	return c.instant(at, precision, digits), true
}
