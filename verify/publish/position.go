package publish

import (
	"math"

	"github.com/firsthand-media/firsthand/verify"
	"github.com/firsthand-media/firsthand/verify/assess"
)

// place gives every incident the one position that may be told, in the
// incident and in its record, so that no format shows a finer one.
func (s *sieve) place(c *Content) {
	records := map[string]*assess.Record{}
	for i := range c.Records {
		records[c.Records[i].Incident] = &c.Records[i]
	}
	told := map[string]bool{}
	for i := range c.Incidents {
		inc := &c.Incidents[i]
		r := records[inc.ID]
		told[inc.ID] = true
		where := s.position(inc, r)
		inc.Latitude, inc.Longitude, inc.RadiusM = where.latitude, where.longitude, where.radius
		if where.latitude != nil {
			inc.PlaceBasis = "rounded for publication"
		}
		where.onto(r)
	}
	for i := range c.Records {
		if r := &c.Records[i]; !told[r.Incident] {
			s.position(&verify.Incident{}, r).onto(r)
		}
	}
}

// position is one that may be told, with the radius that then holds the true
// one; all nil for none.
type position struct {
	latitude, longitude, radius *float64
	decimals                    int
	none                        bool // a person said that it is not to be told
}

func (s *sieve) position(inc *verify.Incident, r *assess.Record) position {
	lat, lon, radius := inc.Latitude, inc.Longitude, math.Inf(1)
	if inc.RadiusM != nil {
		radius = *inc.RadiusM
	}
	publish := assess.Publish("")
	if r != nil {
		publish = r.PublishLocation
		if r.Latitude != nil && r.Longitude != nil {
			lat, lon, radius = r.Latitude, r.Longitude, metres(r.LocationPrecision)
		} else if m := metres(r.LocationPrecision); r.LocationPrecision != "" {
			if inc.RadiusM == nil {
				radius = m
			}
			radius = max(radius, m)
		}
	}
	switch {
	case lat == nil || lon == nil:
		return position{}
	case publish == assess.PublishNo:
		s.count[keptPosition]++
		return position{none: true}
	case publish == assess.PublishFuzzed && r.PublicLatitude != nil && r.PublicLongitude != nil:
		s.count[rounded]++
		lat, lon = r.PublicLatitude, r.PublicLongitude
		return rounding(*lat, *lon, metresPerDegree/math.Pow(10, finest), finest)
	}
	s.count[rounded]++
	n := decimals(radius)
	switch {
	case publish == assess.PublishFuzzed:
		n = max(n-1, 0)
	case publish == assess.PublishYes && radius <= assess.PlaceExact.Metres():
		n = finest + 1
	}
	return rounding(*lat, *lon, radius, n)
}

func rounding(lat, lon, radius float64, n int) position {
	if math.IsInf(radius, 1) {
		radius = metresPerDegree
	}
	a, o, m := round(lat, n), round(lon, n), within(radius, n)
	return position{latitude: &a, longitude: &o, radius: &m, decimals: n}
}

// metres is the radius that a precision stands for: where nobody stated one
// that of a locality, and a degree where it is not known.
func metres(p assess.LocationPrecision) float64 {
	switch p {
	case "":
		return assess.PlaceLocality.Metres()
	case assess.PlaceDistrict:
		return 10_000
	case assess.PlaceExact, assess.PlaceVicinity, assess.PlaceLocality:
		return p.Metres()
	}
	return metresPerDegree
}

// onto puts the position into the record. Names of a place say more than a
// coarse position, and go with it.
func (p position) onto(r *assess.Record) {
	if r == nil {
		return
	}
	r.Latitude, r.Longitude = p.latitude, p.longitude
	r.PublicLatitude, r.PublicLongitude = nil, nil
	switch {
	case p.latitude == nil:
		if p.none {
			r.LocationPrecision, r.PlaceNames, r.Admin2 = assess.PlaceUnknown, nil, ""
		}
		return
	case p.decimals >= finest+1:
		r.LocationPrecision = assess.PlaceExact
	case p.decimals == finest:
		r.LocationPrecision = assess.PlaceVicinity
	case p.decimals == 2:
		r.LocationPrecision = assess.PlaceLocality
	default:
		r.LocationPrecision, r.PlaceNames = assess.PlaceDistrict, nil
		if p.decimals == 0 {
			r.LocationPrecision, r.Admin2 = assess.PlaceUnknown, ""
		}
	}
}
