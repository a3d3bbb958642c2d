package extract

import (
	"fmt"
	"slices"
	"strings"

	"github.com/firsthand-media/firsthand/extract/source"
)

// servedSize is the form in which a service hands out pictures after it has
// stripped and scaled them. Services change their sizes without saying so:
// the year is that of the observation, from published tables and own looks,
// and a picture of that form is a hint at most. Sizes that every second program
// writes (800, 1280, 1920) are left out though Telegram hands them out too: a
// hint that every other picture gets is none.
type servedSize struct {
	service     string
	year        int
	longEdges   []int  // pixels
	progressive int    // 1 for progressive JPEG only, -1 for baseline only, 0 for either
	subsampling string // of JPEG as ExifTool writes it with -n; "" for any
}

var servedSizes = [...]servedSize{
	{"WhatsApp", 2024, []int{1600}, 0, "2 2"},
	{"Telegram", 2024, []int{2560}, 0, "2 2"},
	{"Facebook", 2024, []int{720, 960, 2048}, 1, "2 2"},
	{"Instagram", 2024, []int{1080, 1440}, 1, "2 2"},
	{"X", 2024, []int{4096}, 0, "2 2"},
}

// checkPlatform looks for the marks that services leave on what passes through
// them. Each is a hint with its reason, never more.
func (rd *reader) checkPlatform(p *parts) {
	for _, t := range p.info.Tags {
		if strings.HasSuffix(t.Field, ":Comment") && strings.HasPrefix(t.Value, "vid:") && rd.media.Kind == Video {
			rd.findings.add("platform-tiktok", source.Info, t.Field, "the comment %q has the form that TikTok gives to films it serves", clip(t.Value))
		}
	}
	if p.info.Type.Format != "jpeg" || len(p.exifs)+len(p.xmps)+len(p.stores) > 0 || p.info.Width == 0 {
		return
	}
	long := max(p.info.Width, p.info.Height)
	progressive, subsampling := p.tag("File:EncodingProcess"), p.tag("File:YCbCrSubSampling")
	var fits []string
	year := 0
	for _, s := range servedSizes {
		switch {
		case !slices.Contains(s.longEdges, long):
		case s.subsampling != "" && subsampling != "" && subsampling != s.subsampling:
		case s.progressive == 1 && progressive != "2", s.progressive == -1 && progressive == "2":
		default:
			fits, year = append(fits, s.service), max(year, s.year)
		}
	}
	if len(fits) > 0 {
		rd.findings.add("platform-size", source.Info, "",
			"no camera data and a long edge of %d pixels, as in pictures that %s hands out (sizes of %d); other programs write such sizes too", long, strings.Join(fits, " or "), year)
	}
}

// tag gives the value of a container's tag.
func (p *parts) tag(field string) string {
	for _, t := range p.info.Tags {
		if t.Field == field {
			return t.Value
		}
	}
	return ""
}

// count writes a number of things.
func count(n int, thing string) string {
	if n == 1 {
		return "1 " + thing
	}
	return fmt.Sprintf("%d %ss", n, thing)
}
