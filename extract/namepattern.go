package extract

import "regexp"

// namePattern is one form of file name. The groups of the expression are named
// Y, M, D, h, m, s, ms and ap (AM or PM).
type namePattern struct {
	field string
	trust Trust
	utc   bool
	re    *regexp.Regexp
}

const (
	nameDate = `(?P<Y>\d{4})[-_.]?(?P<M>\d{2})[-_.]?(?P<D>\d{2})`
	nameTime = `(?P<h>\d{1,2})[-_.:]?(?P<m>\d{2})[-_.:]?(?P<s>\d{2})`
	nameAMPM = `(?:[ \x{202f}]?(?P<ap>[AaPp][Mm]))?`
	nameEnd  = `(?:\D|$)`
)

func nameForm(expr string) *regexp.Regexp { return regexp.MustCompile(`(?i)^` + expr) }

// Words of other languages in the names that WhatsApp and macOS give.
const (
	screenWords = `(?:Screenshot|Screen Shot|Screen Recording|Screen_Recording|ScreenRecording|Screenrecorder|Screenrecord|SmartSelect|screen|` +
		`Снимок экрана|Запись экрана|Знімок екрана|Bildschirmfoto|Bildschirmaufnahme|Capture d[’']écran|Captura de pantalla|Captura de Tela|` +
		`Schermata|Zrzut ekranu|Ekran Resmi|لقطة شاشة|截屏|屏幕截图|微信截图|スクリーンショット)`
	atWords = `(?:[ _-]| at | (?:\S+ ){1,2})`
)

// namePatterns are tried in order; the first that fits decides. They are data
// about other people's software, as seen in 2015 to 2025.
var namePatterns = [...]namePattern{
	{fieldPixelName, TrustDevice, true, nameForm(`PXL_(?P<Y>\d{4})(?P<M>\d{2})(?P<D>\d{2})_(?P<h>\d{2})(?P<m>\d{2})(?P<s>\d{2})(?P<ms>\d{3})` + nameEnd)},
	{fieldWhatsAppName, TrustPlatform, false, nameForm(`(?:IMG|VID|PTT|AUD|STK|DOC|GIF)-(?P<Y>\d{4})(?P<M>\d{2})(?P<D>\d{2})-WA\d+`)},
	{fieldWhatsAppName, TrustPlatform, false, nameForm(`(?:\S+ (?:\S+ )?)?WhatsApp (?:\S+ )?` + nameDate + ` (?:\S+ ){1,2}` + nameTime + nameAMPM)},
	{fieldWhatsAppName, TrustPlatform, false, nameForm(`(?:\d{8}-)?(?:PHOTO|VIDEO|AUDIO|GIF|STICKER)-` + nameDate + `-` + nameTime + nameEnd)},
	{fieldTelegramName, TrustPlatform, false, nameForm(`(?:photo|video|audio|voice|file)_` + nameDate + `_` + nameTime + nameEnd)},
	{fieldTelegramName, TrustPlatform, false, nameForm(`(?:photo|video|audio|voice|file)_\d+@(?P<D>\d{2})-(?P<M>\d{2})-(?P<Y>\d{4})_` + nameTime + nameEnd)},
	{fieldSignalName, TrustPlatform, false, nameForm(`signal-(?:attachment-)?` + nameDate + `-` + nameTime + `(?:-(?P<ms>\d{3}))?` + nameEnd)},
	{fieldViberName, TrustPlatform, false, nameForm(`viber_(?:image|video)_` + nameDate + `_` + nameTime + `(?:-(?P<ms>\d{3}))?` + nameEnd)},
	{fieldThreemaName, TrustPlatform, false, nameForm(`threema-` + nameDate + `-` + nameTime + `(?P<ms>\d{3})?` + nameEnd)},
	{fieldWeChatName, TrustPlatform, false, nameForm(`(?:微信图片|微信视频|WeChat Image|WeChat Video)_` + nameDate + nameTime + `(?P<ms>\d{3})?` + nameEnd)},
	{fieldQQName, TrustPlatform, false, nameForm(`(?:QQ图片|QQ视频)` + nameDate + nameTime + nameEnd)},
	{fieldZoomName, TrustPlatform, true, nameForm(`GMT` + nameDate + `-` + nameTime + nameEnd)},
	{fieldSatelliteName, TrustDevice, true, nameForm(`(?:S2[A-D]_MSI\w{3}|T\d{2}[A-Z]{3}|S1[A-D]_[A-Z0-9]{2}_[A-Z_]{4}_\w{4}|S3[A-D]_\w{14})_(?P<Y>\d{4})(?P<M>\d{2})(?P<D>\d{2})T(?P<h>\d{2})(?P<m>\d{2})(?P<s>\d{2})` + nameEnd)}, // Sentinel
	{fieldSatelliteName, TrustDevice, true, nameForm(`L[COTEM]0\d_L\w{3}_\d{6}_(?P<Y>\d{4})(?P<M>\d{2})(?P<D>\d{2})_\d{8}_`)},                                                                                                       // Landsat
	{fieldSatelliteName, TrustDevice, true, nameForm(`(?P<Y>\d{4})(?P<M>\d{2})(?P<D>\d{2})_(?P<h>\d{2})(?P<m>\d{2})(?P<s>\d{2})(?:_\d{2})?_(?:\d{4}|ssc\d+_?\w*|[0-9a-f]{4})_(?:[13][AB]|basic|ortho|analytic|visual)`)},            // Planet
	{fieldScreenshotName, TrustDevice, false, nameForm(screenWords + `[ _-]?(?:from )?` + nameDate + atWords + nameTime + `(?:-(?P<ms>\d{3}))?` + nameAMPM + nameEnd)},
	{fieldScreenshotName, TrustDevice, false, nameForm(screenWords + `_(?P<M>\d{2})-(?P<D>\d{2})-(?P<Y>\d{4})[ _]` + nameTime + nameEnd)},
	{fieldScreenshotName, TrustDevice, false, nameForm(`微信截图_` + nameDate + nameTime + nameEnd)},
	{fieldScreenshotName, TrustDevice, false, nameForm(`SVID_` + nameDate + `_` + nameTime + nameEnd)},
	{fieldAppName, TrustPlatform, false, nameForm(`(?:IMG|VID)_(?P<Y>\d{4})(?P<M>\d{2})(?P<D>\d{2})_(?P<h>\d{2})(?P<m>\d{2})(?P<s>\d{2})_(?P<ms>\d{3})` + nameEnd)},
	{fieldCameraName, TrustDevice, false, nameForm(`(?:(?:IMG|VID|MVIMG|PANO|BURST|WIN|DJI)_?|(?:WP|P|V)_)(?P<Y>\d{4})(?P<M>\d{2})(?P<D>\d{2})[_-]?` + nameTime + `(?P<ms>\d{3})?` + nameEnd)},
	{fieldCameraName, TrustDevice, false, nameForm(`\d{5}(?:IMG|PORTRAIT|TRAIT)_\d{5}_BURST(?P<Y>\d{4})(?P<M>\d{2})(?P<D>\d{2})(?P<h>\d{2})(?P<m>\d{2})(?P<s>\d{2})(?P<ms>\d{3})` + nameEnd)},
	{fieldAppName, TrustPlatform, false, nameForm(`(?:InShot|Polish|BeautyPlus|B612|CYMERA|SNOW|C360|MTXX|CapCut|lv(?:_\d)?)_` + nameDate + `[_-]?` + nameTime + `[_-]?(?P<ms>\d{3})?` + nameEnd)},
	{fieldScreenshotName, TrustDevice, false, nameForm(`vlcsnap-(?P<Y>\d{4})-(?P<M>\d{2})-(?P<D>\d{2})-(?P<h>\d{2})h(?P<m>\d{2})m(?P<s>\d{2})s(?P<ms>\d{3})` + nameEnd)},
	{fieldDatedName, TrustDerived, false, nameForm(`(?P<Y>\d{4})-(?P<M>\d{2})-(?P<D>\d{2})[ _T](?P<h>\d{2})[-.](?P<m>\d{2})[-.](?P<s>\d{2})` + nameEnd)},
}
