package api

import (
	"cmp"
	"slices"

	"github.com/firsthand-media/firsthand/verify"
	"github.com/firsthand-media/firsthand/verify/assess"
)

// IncidentMember is an item of an incident.
type IncidentMember struct {
	Card    Card          `json:"card"`
	Paths   []string      `json:"paths"`   // where it was seen
	Role    string        `json:"role"`    // original, copy, recycled, context, also-in, by-hand
	CopyOf  verify.Digest `json:"copy_of"` // the original that a copy is of, "" for others
	Counts  bool          `json:"counts"`
	Bits    *float64      `json:"bits"` // what speaks for it beside the others; null for copies and what is not weighed
	Reasons []WhyLine     `json:"reasons"`
	Held    *Ruled        `json:"held"` // a person put or keeps it there; null where the grouping did
}

// WhyLine is one piece of evidence: bits for it, or below zero against it.
type WhyLine struct {
	Code    string  `json:"code"`
	Weight  float64 `json:"weight"`
	Message string  `json:"message" say:"sentence"`
}

// Ruled is a decision that holds.
type Ruled struct {
	Entry  int64  `json:"entry"`
	Kind   string `json:"kind"`
	By     string `json:"by"`
	At     string `json:"at"` // RFC 3339, UTC
	Reason string `json:"reason" say:"sentence.given"`
}

func whyLines(reasons []verify.Reason) []WhyLine {
	out := make([]WhyLine, 0, len(reasons))
	for _, r := range reasons {
		out = append(out, WhyLine{r.Code, r.Weight, r.Message})
	}
	return out
}

func ruled(d verify.Decision) *Ruled {
	return &Ruled{Entry: d.Seq, Kind: d.Kind, By: d.By, At: stamp(d.At), Reason: d.Reason}
}

// holdsMembers are the decisions that put items into an incident or keep them
// there.
var holdsMembers = []string{verify.Pin, verify.Add, verify.Move, verify.Merge, verify.Split, verify.AlsoIn, verify.ForContext}

// incidentMembers gives each item of an incident once: originals first, those
// that fit least at their end, then copies, then what is shown and not counted.
func (v *View) incidentMembers(inc *assess.Incident) []IncidentMember {
	at := map[verify.Digest]int{}
	out := []IncidentMember{}
	held := v.holding(inc.ID)
	for i := range inc.Members {
		m := &inc.Members[i]
		it := v.Item(m.Digest)
		if it == nil {
			continue
		}
		k, ok := at[m.Digest]
		if !ok {
			k = len(out)
			at[m.Digest] = k
			out = append(out, IncidentMember{Card: v.card(it), Paths: []string{}, Reasons: []WhyLine{}, Held: held[m.Digest]})
		}
		x := &out[k]
		x.Paths = append(x.Paths, m.Path)
		if role := roleOf(m); roleRank[role] < roleRank[x.Role] || x.Role == "" {
			x.Role, x.Counts, x.Reasons = role, m.Counts(), whyLines(m.Reasons)
			if role == string(verify.Original) {
				bits := bitsOf(m.Reasons)
				x.Bits = &bits
			}
		}
	}
	for _, d := range inc.Record.Members {
		if it := v.Item(d); it != nil && !hasKey(at, d) {
			at[d] = len(out)
			out = append(out, IncidentMember{Card: v.card(it), Paths: []string{it.Path()}, Role: byHand, Counts: true, Reasons: []WhyLine{}})
		}
	}
	v.nameOriginals(out)
	slices.SortStableFunc(out, func(a, b IncidentMember) int {
		return cmp.Or(cmp.Compare(roleRank[a.Role], roleRank[b.Role]), cmp.Compare(a.Card.Time.upper(), b.Card.Time.upper()), cmp.Compare(a.Paths[0], b.Paths[0]))
	})
	return out
}

// byHand is the role of an item that a record alone names.
const byHand = "by-hand"

var roleRank = map[string]int{
	string(verify.Original): 0, byHand: 1, string(verify.Copy): 2, verify.AlsoIn: 3, string(verify.Recycled): 4, string(verify.Context): 5,
}

func roleOf(m *verify.Member) string {
	if !m.Counts() && m.Role != verify.Recycled && m.Role != verify.Context {
		return verify.AlsoIn
	}
	return string(m.Role)
}

// nameOriginals says of each copy which original of the same incident it is a
// copy of.
func (v *View) nameOriginals(members []IncidentMember) {
	original := map[string]verify.Digest{}
	for i := range members {
		if m := &members[i]; m.Role == string(verify.Original) && m.Card.Cluster != "" {
			original[m.Card.Cluster] = m.Card.ID
		}
	}
	for i := range members {
		if m := &members[i]; m.Role == string(verify.Copy) {
			m.CopyOf = original[m.Card.Cluster]
		}
	}
}

// holding gives for each item the last decision that put it into an incident
// or keeps it there.
func (v *View) holding(incident string) map[verify.Digest]*Ruled {
	out := map[verify.Digest]*Ruled{}
	for _, d := range verify.Standing(v.Decisions) {
		if !slices.Contains(holdsMembers, d.Kind) {
			continue
		}
		in := d.Incident
		if d.Kind == verify.Split {
			in = d.Other
		}
		for _, s := range d.Subjects {
			if in == incident {
				out[s] = ruled(d)
			}
		}
	}
	return out
}

func hasKey[K comparable, V any](m map[K]V, k K) bool { _, ok := m[k]; return ok }
