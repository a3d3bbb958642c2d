package extract

import (
	"cmp"
	"slices"
	"strings"
)

// strength orders the kinds of time by how directly they speak of the moment
// something was recorded, and how hard they are to get wrong; lower is
// stronger. Unknown kinds come last.
func strength(t Time) int {
	if t.Trust == TrustNone {
		return 100
	}
	switch t.Kind {
	case StatedByHand:
		return 0
	case Signed:
		return 10
	case GPS:
		return 20
	case Capture:
		if t.IsInferred() {
			return 78
		}
		return 30
	case Digitised:
		return 40
	case OverlayTime, ShadowTime:
		return 45
	case Container:
		return 50
	case Modified:
		return 60
	case FileName:
		if t.IsCapture() {
			return 70
		}
		return 75
	case PlatformID:
		return 80
	case Posted, Forwarded:
		return 82
	case Received:
		return 84
	case FileSystem:
		return 90
	}
	return 99
}

// preference orders times for [Best]; lower goes first. It differs from
// strength in four ways: the camera's own clock goes before the satellite's,
// for that may be the time of an old fix and then only dates the zone; among
// claims of the capture the block that the camera writes goes before those
// that others write, whatever their zones; a time that claims the capture goes
// before each that only bounds it, and of those what a platform says goes
// before names of saved copies; and times that say when a copy was made or
// changed are no answer at all, nor is one that was inferred from a place.
func preference(t Time) (int, bool) {
	switch {
	case t.Trust == TrustNone || t.IsInferred():
		return 0, false
	case t.Kind == GPS:
		return 350, true
	case t.Kind == Capture || t.Kind == Container:
		return claimOrder(t), true
	case t.IsCapture():
		return strength(t) * 10, true
	}
	switch t.Kind {
	case Posted, PlatformID, Forwarded:
		return 1000, true
	case Received:
		return 1010, true
	case FileName:
		return 1020, true
	}
	return 0, false
}

// claimOrder orders what the blocks of a file say of the capture: a clock put
// right, EXIF and Apple's key, then XMP and IPTC, what manifests and maker
// notes repeat, the header of a film, and what states a mere day.
func claimOrder(t Time) int {
	field := t.ReadFrom()
	group, _, _ := strings.Cut(field, ":")
	switch {
	case t.IsCorrected():
		return 290
	case group == "EXIF", group == "Keys":
		return 300
	case group == "QuickTime", group == "Matroska", group == "RIFF":
		return 340 // the header of a film may be of a copy
	}
	order := map[string]int{"XMP": 320, "IPTC": 325, "MakerNotes": 330, "C2PA": 335, "JUMBF": 335}[group]
	switch {
	case order == 0:
		return strength(t) * 10
	case field != "XMP:DateCreated" && group == "XMP":
		order++
	}
	if t.Precision == Day {
		order += 25
	}
	return order
}

func zoneOrder(z Zone) int {
	switch z {
	case UTC, Offset:
		return 0
	case Derived:
		return 1
	}
	return 2
}

func precisionOrder(p Precision) int {
	return slices.Index([]Precision{Subsecond, Second, Minute, Day}, p)
}

// SortTimes puts the strongest first: by kind, then zone knowledge, then
// precision. Times that are equal in these stay in their order.
func SortTimes(ts []Time) {
	slices.SortStableFunc(ts, func(a, b Time) int {
		return cmp.Or(
			cmp.Compare(strength(a), strength(b)),
			cmp.Compare(zoneOrder(a.Zone), zoneOrder(b.Zone)),
			cmp.Compare(precisionOrder(a.Precision), precisionOrder(b.Precision)))
	})
}

// Best gives the time that says most about when something was recorded, nil
// when none does. It may be one that only bounds the capture from above; ask
// [Time.IsCapture]. Of several bounds of one kind the earliest is the best.
func Best(ts []Time) *Time {
	var best *Time
	for i := range ts {
		t := &ts[i]
		p, ok := preference(*t)
		if !ok {
			continue
		}
		if best == nil {
			best = t
			continue
		}
		q, _ := preference(*best)
		order := cmp.Or(cmp.Compare(p, q),
			cmp.Compare(zoneOrder(t.Zone), zoneOrder(best.Zone)),
			cmp.Compare(precisionOrder(t.Precision), precisionOrder(best.Precision)))
		if t.BoundsCapture() && p == q {
			order = t.Latest.Compare(best.Latest)
		}
		if order < 0 {
			best = t
		}
	}
	if best == nil {
		return nil
	}
	out := *best
	return &out
}
