package main

// clicks are the fewest actions by which a person turns a proposed grouping
// into the true one, when nothing is grouped anew in between. An action
//
//   - merges two groups,
//   - splits one group in two, any of its files on either side, or
//   - moves one file, with its copies, to another group or out of all.
//
// Files of no incident have to lie outside the incidents, no matter how they
// are grouped there: a proposal with none of an incident's files is left as it
// is. Confirming is apart: it changes no group, and each true incident takes
// one.
//
// The count is by this argument. Draw a line between each cluster and each
// incident that have files in common. A merge or a split changes the number of
// parts that hang together by at most one, so a part of a clusters and b
// incidents takes b-1 splits and, as a clusters must become b, a-1 merges:
// a+b-2 in all, which merging everything and splitting it again attains. A
// file that is moved by itself takes one action and no part in the others. So
// the fewest actions are those of the division of clusters and incidents into
// blocks that has the least sum of a+b-2 over its blocks and of the files
// between blocks, which are moved. [division.least] seeks it.
type clicks struct {
	merges, splits, moves int
	confirms              int
}

// corrections are the actions that change groups.
func (c clicks) corrections() int { return c.merges + c.splits + c.moves }

// clicksToTruth counts the actions for a grouping. Copies says what moves
// together: files of one name there, one cluster and one incident are moved at
// once; a file without a name there moves alone.
func clicksToTruth(files []scoredFile, copies map[string]string) clicks {
	d, incidents := newDivision(files, copies)
	d.least()
	c := d.count()
	c.confirms = incidents
	return c
}

// count adds up what the blocks take.
func (d *division) count() (c clicks) {
	for b, nodes := range d.nodes {
		if nodes == nil {
			continue
		}
		for other, units := range d.between[b] {
			if other > b {
				c.moves += units
			}
		}
		clusters, incidents, strays := d.sizes(nodes)
		if clusters == 0 || incidents == 0 {
			continue // all of its files are moved
		}
		c.merges += clusters - 1
		c.splits += incidents - 1
		if strays {
			c.splits++
		}
	}
	return c
}
