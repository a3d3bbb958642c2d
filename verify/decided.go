package verify

import "slices"

// The kinds of decision. In those on items Others and Left are members of an
// incident as they stood, and so are both lists of a merge: the first is the
// anchor, which stands for the incident wherever it goes.
const (
	Confirm         = "confirm"           // Incident is one, with Subjects as its members
	Reject          = "reject"            // it is none
	Pin             = "pin"               // Subjects are members, and stay
	Add             = "add"               // Subjects become members, beside Others
	AlsoIn          = "also-in"           // Subjects are shown in Incident too, and stay where they are
	Remove          = "remove"            // Subjects are no members; Others are those that stay
	Exclude         = "exclude"           // Subjects are of no incident at all
	Move            = "move"              // Subjects go from Other, with Left, to Incident, with Others
	Merge           = "merge"             // Other, with Others, is one incident with Incident and Subjects
	Split           = "split"             // Subjects leave Incident and are Other; Others stay
	ForContext      = "context"           // Subjects are shown in Incident for context, and are of no incident themselves
	SameImage       = "same-image"        // the two items show the same picture, and are copies of each other
	SceneOnly       = "same-scene"        // they are two pictures of one place, and no copies
	NotSame         = "not-same"          // they do not show the same picture content
	Unsure          = "unsure"            // a person looked at the two and cannot tell
	NotSameIncident = "not-same-incident" // the two items are of two incidents, be the picture the same or not
	TakeBack        = "take-back"         // an earlier decision does not hold
)

// Next gives position and rank of a decision that would be made after these; the
// rank is 0 where none has one.
func Next(decisions []Decision) (seq, rank int64) {
	for _, d := range decisions {
		seq, rank = max(seq, d.Seq), max(rank, d.Rank)
	}
	if rank > 0 {
		rank++
	}
	return seq + 1, rank
}

// Standing gives the decisions that hold, in order: those not taken back by a
// later one that holds itself. What takes back is not among them.
func Standing(decisions []Decision) []Decision {
	holds := Holding(decisions)
	var out []Decision
	for _, d := range decisions {
		if holds[d.Seq] && d.Kind != TakeBack {
			out = append(out, d)
		}
	}
	return out
}

// Holding says by its position of each decision whether it holds, also of one
// that takes back.
func Holding(decisions []Decision) map[int64]bool {
	gone, holds := map[int64]bool{}, make(map[int64]bool, len(decisions))
	for _, d := range slices.Backward(decisions) {
		if holds[d.Seq] = !gone[d.Seq]; holds[d.Seq] && d.Kind == TakeBack {
			gone[d.TakesBack] = true
		}
	}
	return holds
}

// Decided gives the incidents with the status that people have given them
// since: the last confirmation or rejection of each that holds counts.
func Decided(incidents []Incident, decisions []Decision) []Incident {
	becomes := map[string]Status{Confirm: Confirmed, Reject: Rejected}
	last := map[string]Status{}
	for _, d := range Standing(decisions) {
		if s, ok := becomes[d.Kind]; ok {
			last[d.Incident] = s
		}
	}
	out := slices.Clone(incidents)
	for i := range out {
		if s, ok := last[out[i].ID]; ok {
			out[i].Status = s
		}
	}
	return out
}

// Pair names two items whatever their order: the lesser digest first.
func Pair(a, b Digest) [2]Digest { return [2]Digest{min(a, b), max(a, b)} }

// PairVerdicts gives what people said of two items, of each pair the last word
// that holds: [SameImage], [SceneOnly], [NotSame] or [Unsure].
func PairVerdicts(decisions []Decision) map[[2]Digest]Decision {
	out := map[[2]Digest]Decision{}
	for _, d := range Standing(decisions) {
		switch d.Kind {
		case SameImage, SceneOnly, NotSame, Unsure:
			if len(d.Subjects) == 2 {
				out[Pair(d.Subjects[0], d.Subjects[1])] = d
			}
		}
	}
	return out
}

// PairsSaid gives the pairs of items of which the last word is of a kind, each with
// the lesser digest first, in order.
func PairsSaid(decisions []Decision, kind string) [][2]Digest {
	var out [][2]Digest
	for p, d := range PairVerdicts(decisions) {
		if d.Kind == kind {
			out = append(out, p)
		}
	}
	slices.SortFunc(out, func(p, q [2]Digest) int { return slices.Compare(p[:], q[:]) })
	return out
}
