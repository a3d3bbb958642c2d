package extract

import (
	"testing"
)

func TestFileNameTimes(t *testing.T) {
	for name, want := range map[string]string{
		"IMG-20220224-WA0007.jpg":                              "2022-02-24 floating day FileName:WhatsApp",
		"PTT-20220224-WA0001.opus":                             "2022-02-24 floating day FileName:WhatsApp",
		"WhatsApp Image 2022-02-24 at 05.12.33.jpeg":           "2022-02-24T05:12:33 floating second FileName:WhatsApp",
		"WhatsApp Video 2022-02-24 at 5.12.33 PM.mp4":          "2022-02-24T17:12:33 floating second FileName:WhatsApp",
		"WhatsApp Image 2022-02-24 at 12.12.33 AM.jpeg":        "2022-02-24T00:12:33 floating second FileName:WhatsApp",
		"00000007-PHOTO-2022-06-25-14-37-50.jpg":               "2022-06-25T14:37:50 floating second FileName:WhatsApp",
		"photo_2022-02-24_05-12-33 (2).jpg":                    "2022-02-24T05:12:33 floating second FileName:Telegram",
		"photo_12@24-02-2022_05-12-33.jpg":                     "2022-02-24T05:12:33 floating second FileName:Telegram",
		"IMG_20220224_051233.jpg":                              "2022-02-24T05:12:33 floating second FileName:Camera",
		"MVIMG_20220224_051233.jpg":                            "2022-02-24T05:12:33 floating second FileName:Camera",
		"20220224_051233(0).jpg":                               "2022-02-24T05:12:33 floating second FileName:Camera",
		"DJI_20220224051233_0031_D.MP4":                        "2022-02-24T05:12:33 floating second FileName:Camera",
		"WIN_20220224_05_12_33_Pro.mp4":                        "2022-02-24T05:12:33 floating second FileName:Camera",
		"PXL_20220224_051233123.TS.mp4":                        "2022-02-24T05:12:33.123 utc subsecond FileName:Pixel",
		"Screenshot_20220224-051233_Telegram.jpg":              "2022-02-24T05:12:33 floating second FileName:Screenshot",
		"Screen Shot 2022-02-24 at 05.12.33.png":               "2022-02-24T05:12:33 floating second FileName:Screenshot",
		"Screenshot from 2022-02-24 05-12-33.png":              "2022-02-24T05:12:33 floating second FileName:Screenshot",
		"signal-2022-02-24-05-12-33-083.jpg":                   "2022-02-24T05:12:33.083 floating subsecond FileName:Signal",
		"signal-2022-02-24-051233.jpg":                         "2022-02-24T05:12:33 floating second FileName:Signal",
		"FB_IMG_1645668753083.jpg":                             "2022-02-24T02:12:33.083 utc subsecond FileName:Facebook",
		"1645668753083.jpg":                                    "2022-02-24T02:12:33.083 utc subsecond FileName:UnixTime",
		"1645668753.mp4":                                       "2022-02-24T02:12:33 utc second FileName:UnixTime",
		"1382350606417817604_1.jpg":                            "2021-04-14T15:10:42.059 utc subsecond PlatformID:X",
		"clip of the bridge [1800000000000000000].mp4":         "2024-06-10T03:00:17.039 utc subsecond PlatformID:X",
		"tiktok_7068093474203190631.mp4":                       "2022-02-24T02:12:33 utc second PlatformID:TikTok",
		"discord_946228074729439331.png":                       "2022-02-24T02:12:33.083 utc subsecond PlatformID:Discord",
		"instagram_media_2780393479493124173.jpg":              "2022-02-24T02:12:33.083 utc subsecond PlatformID:Instagram",
		"x/account01/1382350606417817604_1.jpg":                "2021-04-14T15:10:42.059 utc subsecond PlatformID:X",
		"PHOTO-2022-02-24-05-12-33.jpg":                        "2022-02-24T05:12:33 floating second FileName:WhatsApp",
		"Изображение WhatsApp 2022-02-24 в 05.12.33.jpeg":      "2022-02-24T05:12:33 floating second FileName:WhatsApp",
		"Imagen de WhatsApp 2022-02-24 a las 5.12.33.jpg":      "2022-02-24T05:12:33 floating second FileName:WhatsApp",
		"Снимок экрана 2022-02-24 в 05.12.33.png":              "2022-02-24T05:12:33 floating second FileName:Screenshot",
		"ScreenRecording_02-24-2022 05-12-33_1.MP4":            "2022-02-24T05:12:33 floating second FileName:Screenshot",
		"Screenrecorder-2022-02-24-05-12-33-083.mp4":           "2022-02-24T05:12:33.083 floating subsecond FileName:Screenshot",
		"SVID_20220224_051233_1.mp4":                           "2022-02-24T05:12:33 floating second FileName:Screenshot",
		"mmexport1645668753083.jpg":                            "2022-02-24T02:12:33.083 utc subsecond FileName:WeChat",
		"mmexport1645668753.jpg":                               "",
		"微信图片_20220224051233.jpg":                              "2022-02-24T05:12:33 floating second FileName:WeChat",
		"threema-20220224-051233083.jpg":                       "2022-02-24T05:12:33.083 floating subsecond FileName:Threema",
		"T37UCQ_20220316T083641_TCI_10m.tif":                   "2022-03-16T08:36:41 utc second FileName:satellite",
		"S2B_MSIL2A_20220316T083641_N0400_R064_T37UCQ.tif":     "2022-03-16T08:36:41 utc second FileName:satellite",
		"S1A_IW_GRDH_1SDV_20220317T154310_20220317T154335.tif": "2022-03-17T15:43:10 utc second FileName:satellite",
		"LC08_L2SP_178025_20220316_20220322_02_T1_SR_B4.TIF":   "2022-03-16 utc day FileName:satellite",
		"20220316_084122_03_2489_3B_Visual_clip.tif":           "2022-03-16T08:41:22 utc second FileName:satellite",
		"GMT20220224-021233_Recording_1920x1080.mp4":           "2022-02-24T02:12:33 utc second FileName:Zoom",
		"WP_20220224_05_12_33_Pro.jpg":                         "2022-02-24T05:12:33 floating second FileName:Camera",
		"WP_20220224_001.jpg":                                  "",
		"00100TRAIT_00100_BURST20220224051233083_COVER.jpg":    "2022-02-24T05:12:33.083 floating subsecond FileName:Camera",
		"2022_0224_051233_001.MP4":                             "2022-02-24T05:12:33 floating second FileName:Camera",
		"InShot_20220224_051233083.jpg":                        "2022-02-24T05:12:33.083 floating subsecond FileName:App",
		"2022-02-24 05.12.33.jpg":                              "2022-02-24T05:12:33 floating second FileName:Dated",
		"2022-02-24 05-12-33.mkv":                              "2022-02-24T05:12:33 floating second FileName:Dated",
		"2022-02-24.jpg":                                       "",
		"Screen Shot 2022-02-24 at 05.12.33":                   "2022-02-24T05:12:33 floating second FileName:Screenshot",
		"IMG_20220224_996199.jpg":                              "2022-02-24 floating day FileName:Camera",
		"20231399_256199.jpg":                                  "",
		"20220224_996199.jpg":                                  "",
		"IMG_20220230_051233.jpg":                              "",
		"received_987654321098765.jpeg":                        "",
		"331234567_1234567890_n.jpg":                           "",
		"946228074729439331.png":                               "", // the bare id of an unnamed service
		"7068093474203190631_1.mp4":                            "", // as an id of X it would lie in 2063
		"12345678901234567_1.jpg":                              "2010-12-08T03:20:13.878 utc subsecond PlatformID:X",
		"0645668753.jpg":                                       "",
		"IMG_4821.HEIC":                                        "",
		"GH010245.MP4":                                         "",
		"DSC_0231.NEF":                                         "",
		"":                                                     "",
		"\xff\xfe.jpg":                                         "",
		"photo_99999999999999999999_2022-02-24.jpg":            "",
		"IMG_20220224_051233_083.jpg":                          "2022-02-24T05:12:33.083 floating subsecond FileName:App", // as Telegram and Instagram save on Android
		"1496669344187305991-FMqZ3wVXoAAyZ0k.jpg":              "2022-02-24T02:12:33.083 utc subsecond PlatformID:X",
		"1496669344187305991_1 (2).jpg":                        "2022-02-24T02:12:33.083 utc subsecond PlatformID:X",
		"FB_IMG_1645668753083(1).jpg":                          "2022-02-24T02:12:33.083 utc subsecond FileName:Facebook",
		"ssstwitter.com_1645668753083.mp4":                     "2022-02-24T02:12:33.083 utc subsecond FileName:Download",
		"Snaptik_7068093474203190631_someone.mp4":              "2022-02-24T02:12:33 utc second PlatformID:TikTok",
		"RPReplay_Final1645668753.MP4":                         "2022-02-24T02:12:33 utc second FileName:Screenshot",
		"lv_0_20220224051233.mp4":                              "2022-02-24T05:12:33 floating second FileName:App",
		"vlcsnap-2022-02-24-05h12m33s083.png":                  "2022-02-24T05:12:33.083 floating subsecond FileName:Screenshot",
		"Screenshot_2022-02-24-05-12-33-123_com.viber.jpg":     "2022-02-24T05:12:33.123 floating subsecond FileName:Screenshot",
	} {
		got := ""
		ts := FileNameTimes(name)
		if len(ts) > 0 {
			got = string(ts[0].Local) + " " + string(ts[0].Zone) + " " + string(ts[0].Precision) + " " + ts[0].Field
		}
		if got != want || len(ts) > 1 {
			t.Errorf("%q gives %q, want %q", name, got, want)
		}
	}
}

// Only names that a camera gives while it records claim the capture.
func TestFileNamesThatClaimTheCapture(t *testing.T) {
	for name, want := range map[string]bool{
		"IMG_20220224_051233.jpg": true, "PXL_20220224_051233123.jpg": true,
		"IMG-20220224-WA0007.jpg": false, "signal-2022-02-24-051233.jpg": false, "FB_IMG_1645668753083.jpg": false,
		"Screenshot_20220224-051233.png": false, "IMG_20220224_051233_083.jpg": false, "1382350606417817604_1.jpg": false,
	} {
		got := FileNameTimes(name)[0]
		if got.IsCapture() != want || got.BoundsCapture() == want {
			t.Errorf("%s: claims the capture %v, want %v", name, got.IsCapture(), want)
		}
	}
}

func FuzzFileNameTimes(f *testing.F) {
	for _, s := range []string{"IMG_20220224_051233.jpg", "photo_12@24-02-2022_05-12-33.jpg", "1382350606417817604_1.jpg", "discord_946228074729439331.png", "FB_IMG_1645668753083.jpg"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, name string) {
		for _, at := range FileNameTimes(name) {
			if _, err := at.Latest.MarshalJSON(); err != nil || !at.Earliest.Before(at.Latest) {
				t.Fatalf("%q: %+v, %v", name, at, err)
			}
			if at.IsCapture() == at.BoundsCapture() && at.Trust != TrustNone {
				t.Fatalf("%q neither claims nor bounds the capture", name)
			}
		}
	})
}
