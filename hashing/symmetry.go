package hashing

// Mirrored says whether left and right are exchanged.
func (s Symmetry) Mirrored() bool { return s&4 != 0 }

// Turns is how many quarter turns clockwise follow the mirroring, 0 to 3.
func (s Symmetry) Turns() int { return int(s & 3) }

// Inverse undoes s.
func (s Symmetry) Inverse() Symmetry {
	if s.Mirrored() {
		return s & 7 // a mirroring followed by a turn undoes itself
	}
	return (4 - s) & 3
}

// Then is s followed by next.
func (s Symmetry) Then(next Symmetry) Symmetry {
	turns := s
	if next.Mirrored() {
		turns = -s // mirroring a turned picture turns it the other way
	}
	return (s^next)&4 | (turns+next)&3
}

// Orientation is the symmetry that shows a picture upright whose EXIF
// orientation is o (EXIF 2.32, table 6); values outside 1 to 8 change nothing.
func Orientation(o int) Symmetry {
	upright := [9]Symmetry{0, 0, 4, 2, 6, 7, 1, 5, 3}
	if o < 1 || o > 8 {
		return 0
	}
	return upright[o]
}

// point moves a point of the unit square as s moves a picture that fills it.
func (s Symmetry) point(x, y float64) (float64, float64) {
	if s.Mirrored() {
		x = 1 - x
	}
	for range s.Turns() {
		x, y = 1-y, x
	}
	return x, y
}

// Under is the picture after s.
func (l Luma) Under(s Symmetry) Luma {
	if s&7 == 0 {
		return l
	}
	w, h := l.W, l.H
	if s.Turns()%2 == 1 {
		w, h = h, w
	}
	out := Luma{W: w, H: h, Pix: make([]byte, w*h)}
	for y := range l.H {
		row := l.Pix[y*l.W : (y+1)*l.W]
		at, step := s.walk(l.W, l.H, y)
		for _, v := range row {
			out.Pix[at] = v
			at += step
		}
	}
	return out
}

// walk says where row y of a w x h picture goes under s: the place of its
// first pixel in the new picture and the step from one pixel to the next.
func (s Symmetry) walk(w, h, y int) (at, step int) {
	switch s & 7 {
	case 0:
		return y * w, 1
	case 1:
		return h - 1 - y, h
	case 2:
		return (h-1-y)*w + w - 1, -1
	case 3:
		return (w-1)*h + y, -h
	case 4:
		return y*w + w - 1, -1
	case 5:
		return (w-1)*h + h - 1 - y, -h
	case 6:
		return (h - 1 - y) * w, 1
	default:
		return y, h
	}
}
