package container

import (
	"slices"
	"strings"
)

// audible are the codecs of sound, beside the families pcm and adpcm.
const audible = `aac ac3 ac4 alac amr_nb amr_wb dts eac3 evrc flac gsm gsm_ms mac3 mac6 mp1 mp2 mp3 mpegh_3d_audio
opus qcelp qdm2 qdmc speex truehd tta vorbis wavpack wmapro wmav1 wmav2 wmavoice`

// Audible says whether a codec, as Info.Codecs names it, is one of sound.
func Audible(codec string) bool {
	return strings.HasPrefix(codec, "pcm_") || strings.HasPrefix(codec, "adpcm_") ||
		slices.Contains(strings.Fields(audible), codec)
}
