package container

// luminance is the example table of T.81, K.1, in zigzag order, which libjpeg
// and most programs scale by their quality setting.
var luminance = [64]uint16{
	16, 11, 12, 14, 12, 10, 16, 14, 13, 14, 18, 17, 16, 19, 24, 40,
	26, 24, 22, 22, 24, 49, 35, 37, 29, 40, 58, 51, 61, 60, 57, 51,
	56, 55, 64, 72, 92, 78, 64, 68, 87, 69, 55, 56, 80, 109, 81, 87,
	95, 98, 103, 104, 103, 62, 77, 113, 121, 112, 100, 120, 92, 101, 103, 99,
}

// libjpegQuality finds the quality at which libjpeg makes this table, 0 where
// it is of another make.
func libjpegQuality(table []uint16) int {
	if len(table) != 64 {
		return 0
	}
	for quality := 100; quality >= 1; quality-- {
		if scaledAt(table, quality) {
			return quality
		}
	}
	return 0
}

func scaledAt(table []uint16, quality int) bool {
	scale := 200 - 2*quality
	if quality < 50 {
		scale = 5000 / quality
	}
	for i, base := range luminance {
		if want := min(max((int(base)*scale+50)/100, 1), 255); int(table[i]) != want {
			return false
		}
	}
	return true
}
