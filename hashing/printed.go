package hashing

// printed says whether a block shows graphics: letters, lines or a symbol on an
// even ground. App frames, captions and station idents are of such blocks, and
// so pictures that share nothing else have them in common.
func (p *plates) printed(i int, pixel func(at int) float32) bool {
	x0, y0 := p.corner(i)
	low, high := float32(255), float32(0)
	for y := range p.side {
		for x := range p.side {
			v := pixel((y0+y)*p.w + x0 + x)
			low, high = min(low, v), max(high, v)
		}
	}
	if high-low < printedContrast {
		return false
	}
	var count [printedLevels + 2]int
	step := (high - low) / printedLevels
	for y := range p.side {
		for x := range p.side {
			v := pixel((y0+y)*p.w + x0 + x)
			count[min(int((v-low)/step), printedLevels-1)+1]++
		}
	}
	most := 0
	for n := 1; n <= printedLevels; n++ {
		most = max(most, count[n-1]+count[n]+count[n+1])
	}
	return float64(most) >= printedGround*float64(p.side*p.side)
}

// straight says whether a block of ref holds nothing but edges along the
// picture's own sides: those of bars, frames and tiles.
func (p *plates) straight(i int) bool {
	m := &p.self[i]
	return min(m.xx, m.yy) < straightShare*max(m.xx, m.yy)
}

// even says whether most of a block has one brightness, as the ground of a
// banner has, and the sky.
func (p *plates) even(i int, pixel func(at int) float32) bool {
	x0, y0 := p.corner(i)
	var count [256 + evenLevels]int // so many pixels of a brightness and those before it
	for y := range p.side {
		for x := range p.side {
			count[int(max(0, min(pixel((y0+y)*p.w+x0+x), 255)))+evenLevels]++
		}
	}
	for v := range count {
		if v > 0 {
			count[v] += count[v-1]
		}
		if v >= evenLevels && float64(count[v]-count[v-evenLevels]) >= evenShare*float64(p.side*p.side) {
			return true
		}
	}
	return false
}

// natural counts the blocks, agreeing and in all, that are graphics in neither
// picture: what pictures of different things do not have in common. open is
// the share that agrees of those that are even in neither as well: what nothing
// was laid over.
func (l *sheet) natural(p *plates) (agreeing, textured int, open float64) {
	ref := func(at int) float32 { return float32(l.ref.Pix[at]) }
	top := func(at int) float32 { return l.warped[at] }
	bare := 0
	for i, s := range p.state {
		if s != agrees && s != differs || p.straight(i) || p.printed(i, ref) || p.printed(i, top) {
			continue
		}
		textured++
		switch {
		case s == agrees:
			agreeing++
		case !p.even(i, ref) && !p.even(i, top):
			bare++
		}
	}
	return agreeing, textured, float64(agreeing) / float64(max(1, agreeing+bare))
}
