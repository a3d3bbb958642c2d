package report

import "github.com/firsthand-media/firsthand/hashing"

// softSide is the longest side in pixels of a softened picture: enough to
// tell a street from a field, too little to show what happens in it.
const softSide = 48

// Soften makes the small, grey, blurred picture that reports carry. The
// softening is in the pixels: no reader of the file can undo it. preview is a
// JPEG.
func Soften(preview []byte) ([]byte, error) {
	l, err := hashing.FromJPEG(preview)
	if err != nil {
		return nil, err
	}
	l = l.Reduced(softSide)
	for range 2 {
		l = blurred(l)
	}
	return l.JPEG()
}

// blurred averages each pixel with its neighbours.
func blurred(l hashing.Luma) hashing.Luma {
	out := hashing.Luma{W: l.W, H: l.H, Pix: make([]byte, len(l.Pix))}
	for y := range l.H {
		for x := range l.W {
			sum, n := 0, 0
			for v := max(0, y-1); v <= min(l.H-1, y+1); v++ {
				for u := max(0, x-1); u <= min(l.W-1, x+1); u++ {
					sum += int(l.Pix[v*l.W+u])
					n++
				}
			}
			out.Pix[y*l.W+x] = byte(sum / n)
		}
	}
	return out
}
