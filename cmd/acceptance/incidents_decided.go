package main

import (
	"cmp"
	"fmt"
	"slices"

	"github.com/firsthand-media/firsthand/verify"
)

// listing is the incidents as listed.
type listing []verify.Incident

// home is the incident that counts a file, "" for none.
func (l listing) home(path string) string {
	for i := range l {
		if l[i].Status != verify.Rejected && slices.Contains(counted(&l[i]), path) {
			return l[i].ID
		}
	}
	return ""
}

// together tells whether one incident counts both files.
func (l listing) together(a, b string) bool { return l.home(a) != "" && l.home(a) == l.home(b) }

// confirms tells whether an incident is confirmed with just these members.
func (l listing) confirms(id string, members []string) bool {
	return slices.ContainsFunc(l, func(inc verify.Incident) bool {
		return inc.ID == id && inc.Status == verify.Confirmed && slices.Equal(counted(&inc), members)
	})
}

// proposes tells whether an incident of this name or with just these members
// is listed and not rejected. One with other members besides is another
// proposal.
func (l listing) proposes(id string, members []string) bool {
	return slices.ContainsFunc(l, func(inc verify.Incident) bool {
		return inc.Status != verify.Rejected && (inc.ID == id || slices.Equal(counted(&inc), members))
	})
}

// counted are the paths of the members that count.
func counted(inc *verify.Incident) (paths []string) {
	for i := range inc.Members {
		if m := &inc.Members[i]; m.Counts() {
			paths = append(paths, m.Path)
		}
	}
	return paths
}

// ruling is one decision: the command that records it, and what must show in
// every listing from then on.
type ruling struct {
	command []string
	holds   func(listing) bool
}

// candidate is an incident with its first file, and one that shows another
// picture.
type candidate struct {
	id           string
	members      []string
	first, other string
}

// candidates are the incidents that show two pictures or more, the largest
// first.
func (l listing) candidates(copies map[string]string) (out []candidate) {
	for i := range l {
		c := candidate{id: l[i].ID, members: counted(&l[i])}
		for _, path := range c.members {
			switch {
			case c.first == "":
				c.first = path
			case copies[path] == "" || copies[path] != copies[c.first]:
				c.other = path
			}
		}
		if c.other != "" && l[i].Status == verify.Candidate {
			out = append(out, c)
		}
	}
	slices.SortStableFunc(out, func(a, b candidate) int {
		return cmp.Or(cmp.Compare(len(b.members), len(a.members)), cmp.Compare(a.id, b.id))
	})
	return out
}

// rulings are one decision of each kind on a case, a merge at the end.
func rulings(l listing, copies map[string]string) ([]ruling, error) {
	c := l.candidates(copies)
	if len(c) < 8 {
		return nil, fmt.Errorf("%d incidents show two pictures or more, 8 are needed to decide on", len(c))
	}
	return []ruling{
		{[]string{"confirm", c[0].id}, func(l listing) bool { return l.confirms(c[0].id, c[0].members) }},
		{[]string{"reject", c[7].id}, func(l listing) bool { return !l.proposes(c[7].id, c[7].members) }},
		{[]string{"split", c[1].id, c[1].other, "--copies"}, func(l listing) bool {
			return l.home(c[1].first) == c[1].id && l.home(c[1].other) != c[1].id
		}},
		{[]string{"move", c[5].id, c[4].other, "--copies"}, func(l listing) bool {
			return l.together(c[4].other, c[5].first) && !l.together(c[4].other, c[4].first)
		}},
		{[]string{"remove", "--all", c[6].other, "--copies"}, func(l listing) bool { return l.home(c[6].other) == "" }},
		{[]string{"merge", c[2].id, c[3].id}, func(l listing) bool { return l.together(c[2].first, c[3].first) }},
	}, nil
}
