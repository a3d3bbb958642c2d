package extract

import (
	"regexp"
	"strings"

	"github.com/firsthand-media/firsthand/extract/source"
)

// firmware are the forms of software names that one maker alone writes, as
// seen in 2010 to 2025, with the makers whose devices do.
var firmware = [...]struct {
	form   *regexp.Regexp
	what   string
	makers []string
	apart  []string // makers that are known not to write it; nil for all others
}{
	// Bare version numbers are written by cameras too: only phones that run
	// Android are told apart from Apple's.
	{regexp.MustCompile(`^(?:[5-9]|1\d|2[0-9])\.\d{1,2}(?:\.\d{1,2})?$`), "a version of iOS", []string{"apple"},
		[]string{"samsung", "google", "huawei", "honor", "xiaomi", "redmi", "poco", "oneplus", "oppo", "vivo", "realme", "motorola", "nothing", "tecno", "infinix"}},
	{regexp.MustCompile(`^HDR\+ \d`), "Google's camera", []string{"google"}, []string{"apple", "canon", "nikon", "sony", "fujifilm", "olympus", "panasonic"}},
	{regexp.MustCompile(`^[A-Z]\d{3,4}[A-Z0-9]{2,4}[US]\d?[A-Z0-9]{4,6}$`), "firmware of Samsung", []string{"samsung"},
		[]string{"apple", "google", "huawei", "xiaomi", "oneplus", "oppo", "vivo", "motorola"}},
}

// checkSoftwareFits reports firmware of one maker in a device of another.
func checkSoftwareFits(d Device, f *findings) {
	device := strings.ToLower(string(d.Make) + " " + string(d.Model))
	software := strings.TrimSpace(string(d.Software))
	if strings.TrimSpace(device) == "" {
		return
	}
	if maker := strings.ToLower(string(d.Make)); maker != "" && !strings.Contains(maker, "apple") {
		if m := strings.ToLower(string(d.Model)); strings.HasPrefix(m, "iphone") || strings.HasPrefix(m, "ipad") {
			f.add("software-device", source.Info, "EXIF:Make", "the model %s is Apple's, and the maker is given as %s", clip(string(d.Model)), clip(string(d.Make)))
			return
		}
	}
	for _, w := range firmware {
		if w.form.MatchString(software) && !containsAny(device, w.makers) && containsAny(device, w.apart) {
			f.add("software-device", source.Info, "EXIF:Software", "the software %q reads like %s, and the device is %s", clip(software), w.what,
				clip(d.name()))
			return
		}
	}
}

// name joins maker and model, which often repeats the maker.
func (d Device) name() string {
	if strings.HasPrefix(strings.ToLower(string(d.Model)), strings.ToLower(string(d.Make))) {
		return string(d.Model)
	}
	return strings.TrimSpace(string(d.Make) + " " + string(d.Model))
}

func containsAny(s string, words []string) bool {
	for _, w := range words {
		if strings.Contains(s, w) {
			return true
		}
	}
	return false
}

// editors are programs that change pictures and films, as they name
// themselves. A program that merely wrapped the file is none, and what a PNG's
// text or a film's header names is often the one that did.
var editors = [...]string{
	"photoshop", "lightroom", "gimp", "snapseed", "picsart", "pixelmator", "affinity photo", "paint.net", "paint shop",
	"facetune", "vsco", "canva", "photoscape", "capture one", "darktable", "rawtherapee", "luminar", "picasa",
	"acdsee", "irfanview", "corel", "krita", "photopea", "remini", "meitu", "faceapp", "polarr", "microsoft windows photo",
	"windows photo editor", "pixlr", "fotor", "camera raw", "dxo", "topaz", "imagemagick",
	"illustrator", "indesign", "fireworks", "premiere", "after effects", "final cut", "davinci resolve", "capcut", "inshot",
	"photodirector", "photoimpact", "inkscape", "aperture", "iphoto", "digikam", "gthumb", "shotwell", "xnview",
	"capture nx", "viewnx", "digital photo professional", "silkypix", "photolab", "exposure x",
}

func isEditor(name string) bool { return containsAny(strings.ToLower(name), editors[:]) }

// checkEditor reports the picture editors that EXIF and XMP name, in one
// finding.
func checkEditor(p *parts, f *findings) {
	var field string
	var names []string
	note := func(at, name string) {
		if name = strings.TrimSpace(name); isEditor(name) && !containsAny(strings.ToLower(strings.Join(names, "\n")), []string{strings.ToLower(name)}) {
			names = append(names, name)
			if field == "" {
				field = at
			}
		}
	}
	for _, x := range p.exifs {
		for _, n := range [...]string{"Software", "ProcessingSoftware", "ImageEditingSoftware", "RAWDevelopingSoftware", "ImageEditor"} {
			note("EXIF:"+n, x.Get(n).Text())
		}
	}
	for _, m := range p.xmps {
		note("XMP:CreatorTool", m.Get("XMP-xmp", "CreatorTool"))
		note("XMP:Software", m.Get("XMP-tiff", "Software"))
		for _, e := range m.History() {
			note("XMP:HistorySoftwareAgent", e.SoftwareAgent)
		}
	}
	if len(names) == 0 {
		return
	}
	more := ""
	if len(names) > 3 {
		names, more = names[:3], " and others"
	}
	for i := range names {
		names[i] = clip(names[i])
	}
	f.add("editor-software", source.Info, field, "written by an editing program, %s%s", strings.Join(names, ", "), more)
}
