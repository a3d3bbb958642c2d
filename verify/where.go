package verify

// Shares of a picture's side at which its words change.
const (
	edgeToEdge = 0.88 // wide enough to be called the whole width
	atEdge     = 0.10 // close enough to an edge to lie at it
	strip      = 0.15 // up to which a band at an edge is a strip
	quarter    = 0.29
	third      = 0.42
	half       = 0.60
	cornerMost = 0.45 // of either side: more is no corner
)

// Where says in words which part of a picture a box is (x0, y0, x1, y1 in
// 0..1, from the upper left): "the lower quarter", "a strip along the bottom",
// "the upper left corner", "the middle".
func Where(box [4]float64) string {
	x0, y0, x1, y1 := box[0], box[1], box[2], box[3]
	switch wide, tall := x1-x0 >= edgeToEdge, y1-y0 >= edgeToEdge; {
	case wide && tall:
		return "nearly the whole"
	case wide:
		return band(y0, y1, bandWords{"upper", "lower", "a strip along the top", "a strip along the bottom", "a band across the middle"})
	case tall:
		return band(x0, x1, bandWords{"left", "right", "a strip along the left side", "a strip along the right side", "a band down the middle"})
	}
	down := oneOf((y0+y1)/2, "upper", "", "lower")
	across := oneOf((x0+x1)/2, "left", "", "right")
	switch {
	case (x1-x0)*(y1-y0) >= half:
		return "most"
	case down == "" && across == "":
		return "the middle"
	case across == "":
		return "the " + down + " middle"
	case down == "":
		return "the middle " + across
	case min(x0, 1-x1) <= atEdge && min(y0, 1-y1) <= atEdge && max(x1-x0, y1-y0) <= cornerMost:
		return "the " + down + " " + across + " corner"
	}
	return "the " + down + " " + across
}

// bandWords name bands that go from edge to edge the other way.
type bandWords struct{ near, far, nearStrip, farStrip, middle string }

func band(from, to float64, w bandWords) string {
	size, atNear, atFar := to-from, from <= atEdge, to >= 1-atEdge
	if atNear == atFar {
		if size >= half {
			return "most"
		}
		return w.middle
	}
	side, thin := w.near, w.nearStrip
	if atFar {
		side, thin = w.far, w.farStrip
	}
	switch {
	case size <= strip:
		return thin
	case size <= quarter:
		return "the " + side + " quarter"
	case size <= third:
		return "the " + side + " third"
	case size <= half:
		return "the " + side + " half"
	}
	return "the " + side + " part"
}

func oneOf(v float64, low, middle, high string) string {
	switch {
	case v < 0.36:
		return low
	case v <= 0.64:
		return middle
	}
	return high
}
