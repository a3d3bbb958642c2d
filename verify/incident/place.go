package incident

import "math"

// km is the distance of two positions along the earth's surface (haversine,
// mean radius 6371 km).
func km(aLat, aLon, bLat, bLon float64) float64 {
	const r = math.Pi / 180
	s := math.Sin((bLat - aLat) * r / 2)
	t := math.Sin((bLon - aLon) * r / 2)
	return 2 * 6371 * math.Asin(math.Min(1, math.Sqrt(s*s+math.Cos(aLat*r)*math.Cos(bLat*r)*t*t)))
}

func (f fix) km(g fix) float64 { return km(f.lat, f.lon, g.lat, g.lon) }

// middle is the fix nearest to all others, and the share of them that lies
// within reach of it. At most 200 fixes are looked at.
func middle(fixes []fix, reach float64) (fix, float64) {
	if len(fixes) == 0 {
		return fix{}, 0
	}
	if len(fixes) > 200 {
		fixes = fixes[:200]
	}
	best, least := 0, math.Inf(1)
	for i := range fixes {
		sum := 0.0
		for j := range fixes {
			sum += math.Min(fixes[i].km(fixes[j]), 4*reach)
		}
		if sum < least {
			best, least = i, sum
		}
	}
	n := 0
	for i := range fixes {
		if fixes[best].km(fixes[i]) <= reach {
			n++
		}
	}
	return fixes[best], float64(n) / float64(len(fixes))
}

// position is where the atom was taken, when its copies agree on it.
func (a *atom) position() (fix, bool) {
	if len(a.fixes) == 0 {
		return fix{}, false
	}
	f, share := middle(a.fixes, 1)
	return f, share > 0.5
}
