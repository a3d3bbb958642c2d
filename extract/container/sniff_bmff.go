package container

import (
	"encoding/binary"
	"slices"
	"strings"
)

// sniffBMFF recognises the ISO base media file format and QuickTime by the
// first box, and tells its many uses apart by the brands (ISO 14496-12, 4.3;
// registered at mp4ra.org).
func sniffBMFF(head []byte) string {
	if len(head) < 8 {
		return ""
	}
	size := binary.BigEndian.Uint32(head)
	switch string(head[4:8]) {
	case "ftyp":
		return formatOfBrands(brands(head))
	case "moov", "wide", "mdat", "free", "skip", "pnot":
		if size == 0 || size == 1 || size >= 8 {
			return "mov"
		}
	case "styp", "moof", "sidx", "prft", "emsg":
		if size >= 8 {
			return "mp4"
		}
	}
	return ""
}

// brands lists the major brand and then the compatible ones.
func brands(head []byte) []string {
	end := min(uint64(binary.BigEndian.Uint32(head)), uint64(len(head)))
	var list []string
	for at := uint64(8); at+4 <= max(end, 12) && at+4 <= uint64(len(head)); at += 4 {
		if at == 12 && list[0] != "mif3" { // the minor version, a brand in mif3
			continue
		}
		list = append(list, string(head[at:at+4]))
	}
	return list
}

// genericBrand says whether the major brand names the picture format in
// general. The media type is then the general one, whatever the codec.
func genericBrand(head []byte) bool {
	return len(head) >= 12 && string(head[4:8]) == "ftyp" && string(head[8:12]) == "mif1"
}

func formatOfBrands(brands []string) string {
	if len(brands) == 0 {
		return "mp4"
	}
	major := brands[0]
	has := func(wanted ...string) bool {
		return slices.ContainsFunc(wanted, func(b string) bool { return slices.Contains(brands, b) })
	}
	switch {
	case major == "crx ":
		return "cr3"
	case major == "avif" || major == "avis":
		return "avif"
	case slices.Contains([]string{"heic", "heix", "heim", "heis", "hevc", "hevx", "hevm", "hevs"}, major):
		return "heic"
	case major == "mif1" || major == "msf1" || major == "mif2" || major == "mif3" || major == "miaf":
		switch {
		case has("avif", "avis"):
			return "avif"
		case has("heic", "heix", "hevc", "hevx"):
			return "heic"
		}
		return "heif"
	case major == "qt  ":
		return "mov"
	case major == "M4V " || major == "M4VH" || major == "M4VP":
		return "m4v"
	case major == "M4A " || major == "M4B " || major == "M4P ":
		return "m4a"
	case strings.HasPrefix(major, "3gp") || strings.HasPrefix(major, "3g2") || strings.HasPrefix(major, "3ge") || strings.HasPrefix(major, "3gg") || strings.HasPrefix(major, "3gs"):
		return "3gp"
	case major == "heif" || major == "unif" || major == "j2ki" || major == "jpeg" || major == "vvic" || major == "avci":
		return "heif"
	}
	return "mp4"
}
