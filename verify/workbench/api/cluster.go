package api

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"github.com/firsthand-media/firsthand/verify"
	"github.com/firsthand-media/firsthand/verify/match"
)

// ClusterIn names a group of copies, or the group that an item is in.
type ClusterIn struct {
	Cluster string `json:"cluster" in:"path"` // its name, or the digest of one of its items
}

// ClusterOut is one group of copies.
type ClusterOut struct {
	Row     ClusterRow     `json:"row"`
	Lanes   []ClusterLane  `json:"lanes"`   // one for each source, the earliest first
	Members []ClusterNode  `json:"members"` // origins before what was made from them
	Apart   []ClusterApart `json:"apart"`   // what people took out
	Missing int            `json:"missing"` // copies whose files are no longer there
}

// ClusterLane is the copies that one source had.
type ClusterLane struct {
	Source string        `json:"source"`
	Marks  []ClusterMark `json:"marks"` // by time
}

// ClusterMark is a copy seen at one path.
type ClusterMark struct {
	Item    verify.Digest `json:"item"`
	Path    string        `json:"path"`
	Account string        `json:"account"`
	Time    *When         `json:"time"` // by which it was there; null where nothing says so
	Trusted bool          `json:"trusted"`
	Claimed bool          `json:"claimed"` // the earliest trusted one, the earliest claimed one
}

// ClusterNode is a copy, or a part of one, with what it was most likely made
// from.
type ClusterNode struct {
	Card      Card          `json:"card"`
	Copies    int           `json:"copies"`             // files of equal bytes
	From      verify.Digest `json:"from"`               // "" where nothing here is taken for its origin
	Depth     int           `json:"depth"`              // steps from the root above it
	Direction string        `json:"direction"`          // likely, weak, unknown
	Changes   []string      `json:"changes"`            // what was done, by code
	How       string        `json:"how" say:"sentence"` // the same as a sentence
	Why       string        `json:"why" say:"sentence"` // what the direction rests on
	Beside    bool          `json:"beside"`             // shows or holds a part: no copy of the whole
	Best      bool          `json:"best"`               // the largest copy
	Chosen    bool          `json:"chosen"`             // a person has it stand for the group
}

// ClusterApart is a pair that a person said is not the same, one of which is a
// copy here.
type ClusterApart struct {
	Entry  int64         `json:"entry"`
	Here   verify.Digest `json:"here"`
	Other  Card          `json:"other"`
	By     string        `json:"by"`
	At     string        `json:"at"`
	Reason string        `json:"reason"`
}

func readCluster(ctx context.Context, c *Case, in ClusterIn) (ClusterOut, error) {
	v, err := c.View(ctx)
	if err != nil {
		return ClusterOut{}, err
	}
	cluster := v.ClusterOf(verify.Digest(in.Cluster))
	if i := slices.IndexFunc(v.Clusters, func(c verify.Cluster) bool { return strings.EqualFold(c.ID, in.Cluster) }); i >= 0 {
		cluster = &v.Clusters[i]
	}
	if cluster == nil {
		gone := missing("there is no group of copies %s in this case", in.Cluster)
		gone.Hint = "a decision or a scan may have given it another name; look it up in the list"
		return ClusterOut{}, gone
	}
	row, ok := v.clusterRow(cluster)
	if !ok {
		return ClusterOut{}, missing("the files of %s are no longer there", cluster.ID)
	}
	return ClusterOut{
		Row: row, Lanes: v.clusterLanes(&row), Members: v.clusterNodes(cluster, &row),
		Apart: v.clusterApart(cluster), Missing: len(cluster.Digests) - row.Items,
	}, nil
}

// clusterLanes puts each sighting into the lane of its source. The two that
// are called the first stand at the time that makes them so.
func (v *View) clusterLanes(row *ClusterRow) []ClusterLane {
	lanes := map[string]*ClusterLane{}
	for _, d := range row.members {
		it := v.Item(d)
		if it == nil {
			continue
		}
		for i := range it.Sightings {
			s := &it.Sightings[i]
			m := ClusterMark{Item: d, Path: s.Path, Account: s.Account, Time: when(v.seenAt(it, s))}
			if f := row.EarliestClaimed; f != nil && f.Path == s.Path {
				m.Claimed, m.Time = true, f.Time
			}
			if f := row.EarliestTrusted; f != nil && f.Path == s.Path {
				m.Trusted, m.Time = true, f.Time
			}
			if lanes[s.Source] == nil {
				lanes[s.Source] = &ClusterLane{Source: s.Source}
			}
			lanes[s.Source].Marks = append(lanes[s.Source].Marks, m)
		}
	}
	out := []ClusterLane{}
	for _, l := range lanes {
		slices.SortFunc(l.Marks, func(a, b ClusterMark) int {
			return cmp.Or(cmp.Compare(a.Time.upper(), b.Time.upper()), cmp.Compare(a.Path, b.Path))
		})
		out = append(out, *l)
	}
	slices.SortFunc(out, func(a, b ClusterLane) int {
		return cmp.Or(cmp.Compare(a.Marks[0].Time.upper(), b.Marks[0].Time.upper()), cmp.Compare(a.Source, b.Source))
	})
	return out
}

// upper sorts times by their upper bound, unknown ones last.
func (w *When) upper() string {
	if w == nil || w.Latest == "" {
		return "~"
	}
	return w.Latest
}

func (v *View) clusterNodes(cluster *verify.Cluster, row *ClusterRow) []ClusterNode {
	var copies []*verify.Item
	for _, d := range cluster.Digests {
		if it := v.Item(d); it != nil {
			copies = append(copies, it)
		}
	}
	out := []ClusterNode{}
	depth := map[verify.Digest]int{}
	for _, d := range match.Derivation(copies, v.Matches, v.Item) {
		it := v.Item(d.Item)
		n := ClusterNode{
			Card: v.card(it), Copies: len(it.Sightings), From: d.From, Direction: string(d.Direction), Changes: d.Changes, How: d.How, Why: d.Why, Beside: d.Beside,
			Best: slices.ContainsFunc(it.Sightings, func(s verify.Sighting) bool { return s.Path == string(cluster.BestCopy) }),
		}
		if d.From != "" {
			n.Depth = depth[d.From] + 1
		}
		depth[d.Item] = n.Depth
		n.Chosen = row.Chosen != nil && row.Shown.ID == d.Item
		out = append(out, n)
	}
	return out
}

// clusterApart lists the pairs that people took apart and of which one is here.
func (v *View) clusterApart(cluster *verify.Cluster) []ClusterApart {
	out := []ClusterApart{}
	for _, d := range verify.Standing(v.Decisions) {
		if d.Kind != verify.NotSame || len(d.Subjects) != 2 {
			continue
		}
		for i, here := range d.Subjects {
			other := v.Item(d.Subjects[1-i])
			if other == nil || !slices.Contains(cluster.Digests, here) || slices.Contains(cluster.Digests, other.Digest) {
				continue
			}
			said := ClusterApart{Entry: d.Seq, Here: here, Other: v.card(other), By: d.By, At: stamp(d.At), Reason: d.Reason}
			if !slices.ContainsFunc(out, said.repeats) { // taking one out says so of every pair
				out = append(out, said)
			}
		}
	}
	return out
}

// repeats says whether an earlier line tells of the same item, taken out by the
// same person for the same reason.
func (a ClusterApart) repeats(was ClusterApart) bool {
	return a.Other.ID == was.Other.ID && a.By == was.By && a.Reason == was.Reason
}
