package container

// maxUnpack is how many bytes of a file's picture data are unpacked to check
// it.
const maxUnpack = 64 << 10

// checkFrame follows the codes of a frame's picture data and counts the pixels
// that they make, without making them (GIF89a specification, appendix F).
func (g *gif) checkFrame(start int64, bits, pixels int) {
	if bits < 1 || bits > 11 {
		g.problem("corrupt-structure", "GIF", "the picture data of frame %d is coded in a way that GIF does not know", g.frames)
		return
	}
	if g.unpack -= int(min(g.at-start, maxUnpack+1)); g.unpack < 0 {
		return
	}
	at := g.at
	g.at = start
	data, ok := g.joinBlocks("GIF")
	g.at = at
	if !ok {
		return
	}
	switch made, sound := countPixels(data, bits, pixels); {
	case !sound:
		g.problem("corrupt-structure", "GIF", "the picture data of frame %d is damaged after %d of its %d pixels", g.frames, made, pixels)
	case made < pixels:
		g.problem("truncated", "GIF", "the picture data of frame %d ends after %d of its %d pixels", g.frames, made, pixels)
	}
}

// countPixels runs the decompressor of GIF over the codes, keeping only the
// length that each stands for. It stops at enough pixels.
func countPixels(data []byte, bits, enough int) (made int, sound bool) {
	var length [4096]int
	clear := 1 << bits
	for i := range clear {
		length[i] = 1
	}
	next, width, last := clear+2, bits+1, -1
	var held uint32
	have := 0
	for _, c := range data {
		held |= uint32(c) << have
		for have += 8; have >= width; {
			code := int(held & (1<<width - 1))
			held >>= width
			have -= width
			switch {
			case code == clear:
				next, width, last = clear+2, bits+1, -1
				continue
			case code == clear+1:
				return made, true
			case last < 0 && code >= clear, code > next, code == next && next > 4095:
				return made, false
			}
			if last >= 0 && next < 4096 {
				length[next] = length[last] + 1
				if next++; next == 1<<width && width < 12 {
					width++
				}
			}
			made += length[code]
			last = code
			if made >= enough {
				return made, true
			}
		}
	}
	return made, true
}
