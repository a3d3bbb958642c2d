package incident

// worthShowing says whether a group is proposed. A single atom is, when it
// has evidence of its own beyond the time of a post: half of the published
// events have one source.
func (c *grouping) worthShowing(g group) bool {
	a := c.atoms[g.atoms[0]]
	switch {
	case a.excluded:
		return false
	case len(g.atoms) > 1, len(a.postings) > 1 && !a.routine:
		return true
	}
	return c.ownBits(a) >= c.params.LoneBits
}

// ownBits is how much a single atom says of an event: a capture time and a
// position of its own, an object, a name.
func (c *grouping) ownBits(a *atom) float64 {
	if !a.moment.known() || a.routine {
		return 0
	}
	bits := 0.0
	if a.captured != nil {
		bits++
	}
	if len(a.fixes) > 0 {
		bits += 2
	}
	if a.objects != 0 {
		bits++
	}
	if len(a.found)+len(a.names) > 0 {
		bits += 2
	}
	return bits
}
