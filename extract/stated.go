package extract

import (
	"fmt"
	"time"
)

// Stated is a time that a person gives: a day, or a day and a clock reading,
// with an offset as +03:00 or Z where they know it. loc is the zone that they
// say the clock has, nil where they leave it open; it counts where the text
// states no offset. Nothing is made up: without either, the bounds hold every
// zone that the clock could have.
func Stated(text string, loc *time.Location) (Time, error) {
	r, state := parseDate(text)
	if state != dateRead || r.cut || r.badZone {
		return Time{}, fmt.Errorf("%q is no time: it is written as 2022-03-04, or as 2022-03-04T14:05:00 with +02:00 behind it where the zone is known", clip(text))
	}
	t := claim{kind: StatedByHand, trust: TrustDerived, field: "person", raw: text}.at(r)
	return WithZone(t, loc), nil
}
