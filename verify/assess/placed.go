package assess

import "github.com/firsthand-media/firsthand/verify"

// Placed is the incident with the place and the time that a person wrote, where
// one did: those go before what the grouping found.
func (i *Incident) Placed() *verify.Incident {
	at := i.Incident
	if r := &i.Record; r.Latitude != nil && r.Longitude != nil {
		at.Latitude, at.Longitude, at.RadiusM = r.Latitude, r.Longitude, nil
		if m := r.LocationPrecision.Metres(); m > 0 {
			at.RadiusM = &m
		}
	}
	if from, to := i.Record.Span(); from != nil && to != nil {
		at.Earliest, at.Latest = from, to
	}
	return &at
}
