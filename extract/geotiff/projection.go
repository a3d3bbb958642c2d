package geotiff

import "math"

// ellipsoid is a body of revolution: its semi-major axis in metres and its
// flattening.
type ellipsoid struct{ a, f float64 }

// transverse is a Transverse Mercator projection.
type transverse struct {
	ellipsoid
	lon0, k0    float64 // degrees; scale on the central meridian
	east, north float64 // false, metres
	rectifying  float64 // radius A of the rectifying sphere
	beta        [6]float64
	origin      float64 // northing of the latitude of origin, metres
}

// newTransverse makes one with its series (Karney 2011, equations 14, 35 and
// 36).
func newTransverse(body ellipsoid, lat0, lon0, k0, east, north float64) *transverse {
	t := &transverse{ellipsoid: body, lon0: lon0, k0: k0, east: east, north: north}
	n := body.f / (2 - body.f)
	n2, n3, n4, n5, n6 := n*n, n*n*n, n*n*n*n, n*n*n*n*n, n*n*n*n*n*n
	t.rectifying = body.a / (1 + n) * (1 + n2/4 + n4/64 + n6/256)
	t.beta = [6]float64{
		n/2 - 2*n2/3 + 37*n3/96 - n4/360 - 81*n5/512 + 96199*n6/604800,
		n2/48 + n3/15 - 437*n4/1440 + 46*n5/105 - 1118711*n6/3870720,
		17*n3/480 - 37*n4/840 - 209*n5/4480 + 5569*n6/90720,
		4397*n4/161280 - 11*n5/504 - 830251*n6/7257600,
		4583*n5/161280 - 108847*n6/3991680,
		20648693 * n6 / 638668800,
	}
	alpha := [6]float64{
		n/2 - 2*n2/3 + 5*n3/16 + 41*n4/180 - 127*n5/288 + 7891*n6/37800,
		13*n2/48 - 3*n3/5 + 557*n4/1440 + 281*n5/630 - 1983433*n6/1935360,
		61*n3/240 - 103*n4/140 + 15061*n5/26880 + 167603*n6/181440,
		49561*n4/161280 - 179*n5/168 + 6601661*n6/7257600,
		34729*n5/80640 - 3418889*n6/1995840,
		212378941 * n6 / 319334400,
	}
	if lat0 != 0 { // on the central meridian the conformal latitude is the whole of it
		xi := math.Atan(body.conformal(math.Tan(rad(lat0))))
		sum := xi
		for j, a := range alpha {
			sum += a * math.Sin(2*float64(j+1)*xi)
		}
		t.origin = k0 * t.rectifying * sum
	}
	return t
}

// conformal is the tangent of the conformal latitude for that of the latitude
// (equations 7 to 9).
func (b ellipsoid) conformal(tau float64) float64 {
	e := math.Sqrt(b.f * (2 - b.f))
	sigma := math.Sinh(e * math.Atanh(e*tau/math.Hypot(1, tau)))
	return tau*math.Hypot(1, sigma) - sigma*math.Hypot(1, tau)
}

// latitude is the tangent of the latitude for that of the conformal one, by
// Newton's method (equations 19 to 21).
func (b ellipsoid) latitude(target float64) float64 {
	e2 := b.f * (2 - b.f)
	tau := target / math.Sqrt(1-e2)
	for range 8 {
		have := b.conformal(tau)
		step := (target - have) / math.Hypot(1, have) * (1 + (1-e2)*tau*tau) / ((1 - e2) * math.Hypot(1, tau))
		tau += step
		if math.Abs(step) <= 1e-14*math.Max(1, math.Abs(tau)) {
			break
		}
	}
	return tau
}

func (t *transverse) inverse(east, north float64) (LatLon, error) {
	xi := (north - t.north + t.origin) / (t.k0 * t.rectifying)
	eta := (east - t.east) / (t.k0 * t.rectifying)
	if !(math.Abs(xi) < 2 && math.Abs(eta) < 1.5) { // beyond a pole, or where the series says nothing
		return onGlobe(math.NaN(), math.NaN())
	}
	x, y := xi, eta
	for j, b := range t.beta {
		m := 2 * float64(j+1)
		x -= b * math.Sin(m*xi) * math.Cosh(m*eta)
		y -= b * math.Cos(m*xi) * math.Sinh(m*eta)
	}
	tau := math.Sin(x) / math.Hypot(math.Sinh(y), math.Cos(x))
	lon := t.lon0 + deg(math.Atan2(math.Sinh(y), math.Cos(x)))
	if lon < -180 {
		lon += 360
	}
	return onGlobe(deg(math.Atan(t.latitude(tau))), lon)
}

// sphericalMercator is EPSG:3857 (Guidance Note 7-2, method 1024).
func sphericalMercator(east, north float64) (LatLon, error) {
	return onGlobe(deg(math.Atan(math.Sinh(north/wgs84.a))), deg(east/wgs84.a))
}

// mercator is the ellipsoidal one with its origin at 0, 0 (method 9804).
func (b ellipsoid) mercator(east, north float64) (LatLon, error) {
	return onGlobe(deg(math.Atan(b.latitude(math.Sinh(north/b.a)))), deg(east/b.a))
}
