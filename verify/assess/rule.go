package assess

import (
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"
	"time"
)

// needed are the claims without which nothing is verified.
func needed() []Subject { return []Subject{Where, When, Who, Integrity} }

// Needed says whether nothing is verified without a claim of this subject.
func Needed(s Subject) bool { return slices.Contains(needed(), s) }

// Holds says whether a grade carries a conclusion.
func (g Grade) Holds() bool { return g == Confirmed || g == Probable }

// rank orders grades: what is contradicted weighs more than what is strong.
func (g Grade) rank() int {
	return map[Grade]int{Confirmed: 4, Probable: 3, Possible: 2, Unknown: 1, "": 1, Contradicted: 0}[g]
}

// lacking says what claims lack to carry "verified", in the order of
// [Subjects].
func lacking(claims map[Subject]Claim) []string {
	var out []string
	for _, s := range Subjects() {
		g := claims[s].Grade
		switch {
		case g == Contradicted:
			out = append(out, fmt.Sprintf("%s is contradicted", s))
		case !slices.Contains(needed(), s) || g.Holds():
		case g == "":
			out = append(out, fmt.Sprintf("%s is not graded", s))
		default:
			out = append(out, fmt.Sprintf("%s is %s, and at least probable is needed", s, g))
		}
	}
	return out
}

// Missing says what the item lacks to be verified, in a fixed order; nothing
// when it has all: where, when, who and integrity at least probable, no claim
// contradicted, and a double review that agrees or was adjudicated.
func (r *Review) Missing() []string {
	var out []string
	switch r.State() {
	case Unassessed, InProgress:
		return []string{"a review that is handed in"}
	case AwaitsSecond:
		return []string{"a second review by another person"}
	case SingleReview:
		out = append(out, "a second review by another person")
	case DoubleDisagree:
		out = append(out, "a decision of a third person, for the two reviews disagree")
	}
	out = append(out, lacking(r.Claims())...)
	if c := r.concluded(); c != Verified {
		out = append(out, fmt.Sprintf("the conclusion verified, for it is %s", orNone(c)))
	}
	return out
}

func orNone(c Conclusion) string {
	if c == "" {
		return "open"
	}
	return string(c)
}

// Verified says whether the rule is met.
func (r *Review) Verified() bool { return len(r.Missing()) == 0 }

// Conclusion is what the item is taken for, "" while that is open: while the
// review is, while two reviews disagree, and where a conclusion is verified and
// the rule is not met.
func (r *Review) Conclusion() Conclusion {
	if r.Open() {
		return ""
	}
	c := r.concluded()
	if c == Verified && !r.Verified() {
		return ""
	}
	return c
}

// concluded is what the sheets conclude, the rule apart.
func (r *Review) concluded() Conclusion {
	switch r.State() {
	case Adjudicated:
		return r.Sheet(Adjudication).Conclusion
	case SingleReview, DoubleAgree:
		return r.Sheet(First).Conclusion
	}
	return ""
}

// Claims are the claims as they stand after the review: an adjudicated one as
// the third person graded it, others with the weaker grade of the two. While
// the review is open there are none.
func (r *Review) Claims() map[Subject]Claim {
	out := map[Subject]Claim{}
	if r.Open() {
		return out
	}
	for _, round := range []Round{First, Second} {
		s := r.Sheet(round)
		if s == nil {
			continue
		}
		for subject, c := range s.Claims {
			if have, ok := out[subject]; !ok && round == First || ok && c.Grade.rank() < have.Grade.rank() {
				out[subject] = c
			}
		}
		if round == Second { // what one left open is not settled by the other
			for subject := range out {
				if _, ok := s.Claims[subject]; !ok {
					delete(out, subject)
				}
			}
		}
	}
	if r.done(Adjudication) {
		for subject, c := range r.Sheet(Adjudication).Claims {
			out[subject] = c
		}
	}
	return out
}

// Disagreement is one thing on which two reviewers differ so much that a third
// has to decide.
type Disagreement struct {
	What   string `json:"what"` // conclusion, a claim or the id of a step
	First  string `json:"first"`
	Second string `json:"second"`
	Why    string `json:"why"`
}

// Disagreements lists where the two sheets cannot both stand: another
// conclusion; a claim that holds (confirmed or probable) for one and is open
// (possible, unknown, not graded) or contradicted for the other; places that
// lie apart or times that do not meet, where both give one; a step supported
// for one and contradicted for the other. A finer difference, as between
// confirmed and probable, is listed by the agreement and needs nobody.
func (r *Review) Disagreements() []Disagreement {
	a, b := r.Sheet(First), r.Sheet(Second)
	if a == nil || b == nil {
		return nil
	}
	var out []Disagreement
	if a.Conclusion != b.Conclusion {
		out = append(out, Disagreement{"conclusion", orNone(a.Conclusion), orNone(b.Conclusion), "the conclusions differ"})
	}
	for _, s := range Subjects() {
		ca, cb := a.Claims[s], b.Claims[s]
		switch {
		case class(ca.Grade) != class(cb.Grade):
			out = append(out, Disagreement{string(s), string(orUngraded(ca.Grade)), string(orUngraded(cb.Grade)), "the grades differ in what they carry"})
		case apart(s, string(ca.Value), string(cb.Value)):
			out = append(out, Disagreement{string(s), string(ca.Value), string(cb.Value), "they mean another " + map[Subject]string{Where: "place", When: "time"}[s]})
		}
	}
	for _, step := range Steps() {
		x, y := a.Answers[step.ID].Answer, b.Answers[step.ID].Answer
		if x == Pass && y == Fail || x == Fail && y == Pass {
			out = append(out, Disagreement{step.ID, string(x), string(y), "supported for one, contradicted for the other"})
		}
	}
	return out
}

func orUngraded(g Grade) Grade {
	if g == "" {
		return "not graded"
	}
	return g
}

// class is what a grade carries: 1 it holds, 0 it is open, -1 it is
// contradicted.
func class(g Grade) int {
	switch {
	case g.Holds():
		return 1
	case g == Contradicted:
		return -1
	}
	return 0
}

// apart says whether two values cannot both be meant. Values that cannot be
// compared are not apart.
func apart(s Subject, a, b string) bool {
	switch s {
	case Where:
		p, err1 := ParsePosition(a)
		q, err2 := ParsePosition(b)
		return err1 == nil && err2 == nil && p.metresTo(q) > p.RadiusM+q.RadiusM
	case When:
		f1, t1, err1 := ParseSpan(a)
		f2, t2, err2 := ParseSpan(b)
		return err1 == nil && err2 == nil && (t1.Before(f2) || t2.Before(f1))
	}
	return false
}

// Position is where a claim says that something was.
type Position struct {
	Latitude, Longitude float64 // degrees
	RadiusM             float64 // metres
}

// positionRadius is that of a position which states none: within it two people
// mean one place, as in Bellingcat's practice of 150 m.
const positionRadius = 150

// ParsePosition reads LAT,LON or LAT,LON,RADIUS_M in decimal degrees.
func ParsePosition(text string) (Position, error) {
	parts := strings.Split(text, ",")
	if len(parts) != 2 && len(parts) != 3 {
		return Position{}, fmt.Errorf("%q is no position: it is written as 50.4501,30.5234 or with a radius in metres as 50.4501,30.5234,100", text)
	}
	p := Position{RadiusM: positionRadius}
	for i, to := range []*float64{&p.Latitude, &p.Longitude, &p.RadiusM}[:len(parts)] {
		v, err := strconv.ParseFloat(strings.TrimSpace(parts[i]), 64)
		if err != nil || math.IsNaN(v) || math.IsInf(v, 0) {
			return Position{}, fmt.Errorf("%q is no position: %q is not a number", text, parts[i])
		}
		*to = v
	}
	if math.Abs(p.Latitude) > 90 || math.Abs(p.Longitude) > 180 || p.RadiusM < 0 {
		return Position{}, fmt.Errorf("%q is no position: latitude lies within ±90, longitude within ±180 degrees", text)
	}
	return p, nil
}

// metresTo is the great-circle distance, by the haversine formula on a sphere.
func (p Position) metresTo(q Position) float64 {
	const radius, degree = 6_371_008.8, math.Pi / 180
	dLat, dLon := (q.Latitude-p.Latitude)*degree/2, (q.Longitude-p.Longitude)*degree/2
	h := math.Pow(math.Sin(dLat), 2) + math.Cos(p.Latitude*degree)*math.Cos(q.Latitude*degree)*math.Pow(math.Sin(dLon), 2)
	return 2 * radius * math.Asin(math.Min(1, math.Sqrt(h)))
}

// ParseSpan reads a day (2022-03-04), an instant (RFC 3339), or two with a
// slash between, as bounds in UTC. A day has no zone: it spans every zone.
func ParseSpan(text string) (from, to time.Time, err error) {
	first, last, two := strings.Cut(text, "/")
	if !two {
		last = first
	}
	if from, _, err = bound(first); err == nil {
		_, to, err = bound(last)
	}
	if err == nil && to.Before(from) {
		err = fmt.Errorf("the end is before the start")
	}
	if err != nil {
		return from, to, fmt.Errorf("%q is no time: it is written as 2022-03-04, as 2022-03-04T14:05:00+02:00, or as two with a slash between: %w", text, err)
	}
	return from, to, nil
}

func bound(text string) (from, to time.Time, err error) {
	text = strings.TrimSpace(text)
	if d, err := time.Parse(dayForm, text); err == nil {
		return d.Add(-14 * time.Hour), d.Add(36*time.Hour - time.Second), nil
	}
	if from, err = time.Parse(time.RFC3339, text); err == nil {
		from = from.UTC()
	}
	return from, from, err
}
