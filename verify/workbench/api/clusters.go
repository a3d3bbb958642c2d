package api

import (
	"cmp"
	"context"
	"net/http"
	"slices"
	"time"

	"github.com/firsthand-media/firsthand/extract"
	"github.com/firsthand-media/firsthand/verify"
	"github.com/firsthand-media/firsthand/verify/match"
)

func clusterRoutes() []Route {
	return []Route{
		onCase(http.MethodGet, "/clusters", "clusters", "Lists the groups of copies, those that wait for a person first.", listClusters),
		onCase(http.MethodGet, "/clusters/{cluster}", "cluster", "Shows one group of copies: who had it when, and what was made from what.", readCluster),
	}
}

// What has become of a group of copies.
const (
	clusterOpen    = "open"    // a person has not said yet which copy stands for it
	clusterSettled = "settled" // a person has
	clusterEqual   = "equal"   // its files are equal byte for byte: there is nothing to choose
)

// ClusterRow is a group of copies in the list.
type ClusterRow struct {
	ID              string        `json:"id"`
	Shown           Card          `json:"shown"` // the copy that stands for it
	State           string        `json:"state"` // open, settled, equal
	Chosen          *Chosen       `json:"chosen"`
	Items           int           `json:"items"`
	Copies          int           `json:"copies"` // files, equal ones counted each
	Sources         []string      `json:"sources"`
	EarliestTrusted *ClusterFirst `json:"earliest_trusted"` // by what devices and platforms say; null where they say nothing
	EarliestClaimed *ClusterFirst `json:"earliest_claimed"`
	Incident        string        `json:"incident"` // that counts a copy, "" for none
	members         []verify.Digest
}

// Chosen is who chose, when and why.
type Chosen struct {
	By     string `json:"by"`
	At     string `json:"at"` // RFC 3339, UTC
	Reason string `json:"reason"`
	Entry  int64  `json:"entry"`
}

// ClusterFirst is the copy that some time says was there first.
type ClusterFirst struct {
	Item    verify.Digest `json:"item"`
	Path    string        `json:"path"`
	Source  string        `json:"source"`
	Account string        `json:"account"`
	Time    *When         `json:"time"` // by which it was there
}

// ClustersIn asks for the groups of copies.
type ClustersIn struct {
	Sort string `json:"sort" in:"query"` // waiting (the default), copies, sources, time
	Show string `json:"show" in:"query"` // all (the default), open, settled
}

// ClustersOut is the groups of copies of a case.
type ClustersOut struct {
	Clusters []ClusterRow `json:"clusters"`
	Total    int          `json:"total"`
	Open     int          `json:"open"`
	Settled  int          `json:"settled"`
	Equal    int          `json:"equal"`
}

func listClusters(ctx context.Context, c *Case, in ClustersIn) (ClustersOut, error) {
	v, err := c.View(ctx)
	if err != nil {
		return ClustersOut{}, err
	}
	out := ClustersOut{Clusters: []ClusterRow{}, Total: len(v.Clusters)}
	order, ok := clusterOrders[cmp.Or(in.Sort, "waiting")]
	if !ok {
		return out, refused("clusters cannot be sorted by %q", in.Sort)
	}
	for i := range v.Clusters {
		row, ok := v.clusterRow(&v.Clusters[i])
		if !ok {
			out.Total--
			continue
		}
		switch row.State {
		case clusterOpen:
			out.Open++
		case clusterSettled:
			out.Settled++
		default:
			out.Equal++
		}
		if in.Show == "" || in.Show == "all" || in.Show == row.State {
			out.Clusters = append(out.Clusters, row)
		}
	}
	slices.SortStableFunc(out.Clusters, func(a, b ClusterRow) int { return cmp.Or(order(&a, &b), cmp.Compare(a.ID, b.ID)) })
	return out, nil
}

// clusterOrders are the orders in which the groups can be listed.
var clusterOrders = map[string]func(a, b *ClusterRow) int{
	"waiting": func(a, b *ClusterRow) int {
		return cmp.Or(cmp.Compare(waitingRank[a.State], waitingRank[b.State]), cmp.Compare(len(b.Sources), len(a.Sources)), cmp.Compare(b.Copies, a.Copies))
	},
	"copies":  func(a, b *ClusterRow) int { return cmp.Compare(b.Copies, a.Copies) },
	"sources": func(a, b *ClusterRow) int { return cmp.Compare(len(b.Sources), len(a.Sources)) },
	"time":    func(a, b *ClusterRow) int { return cmp.Compare(a.since(), b.since()) },
}

var waitingRank = map[string]int{clusterOpen: 0, clusterSettled: 1, clusterEqual: 2}

// since sorts by the earliest trusted time, those without one last.
func (r *ClusterRow) since() string {
	if r.EarliestTrusted == nil || r.EarliestTrusted.Time == nil {
		return "~"
	}
	return r.EarliestTrusted.Time.Latest
}

// clusterRow puts a group into a row; false where its files are gone.
func (v *View) clusterRow(c *verify.Cluster) (ClusterRow, bool) {
	r := ClusterRow{ID: c.ID, State: clusterOpen, Sources: []string{}, Items: len(c.Digests), members: c.Digests}
	at := map[string]*verify.Item{}
	for _, d := range c.Digests {
		it := v.Item(d)
		if it == nil {
			r.Items--
			continue
		}
		for i := range it.Sightings {
			s := &it.Sightings[i]
			at[s.Path] = it
			r.Copies++
			if !slices.Contains(r.Sources, s.Source) {
				r.Sources = append(r.Sources, s.Source)
			}
		}
		r.Incident = cmp.Or(r.Incident, v.worked().Incident[d])
	}
	if r.Copies == 0 {
		return r, false
	}
	slices.Sort(r.Sources)
	shown, chosen := v.standsFor(c)
	r.Shown, r.Chosen = v.card(shown), chosen
	switch {
	case chosen != nil:
		r.State = clusterSettled
	case r.Items == 1:
		r.State = clusterEqual
	}
	r.EarliestTrusted = clusterFirst(at, string(c.EarliestTrusted), true)
	r.EarliestClaimed = clusterFirst(at, string(c.EarliestClaimed), false)
	return r, true
}

// clusterFirst says what the copy at a path rests on that is called the first.
func clusterFirst(at map[string]*verify.Item, path string, trusted bool) *ClusterFirst {
	it := at[path]
	if it == nil {
		return nil
	}
	s := sightingAt(it, path)
	return &ClusterFirst{Item: it.Digest, Path: path, Source: s.Source, Account: s.Account, Time: when(match.FirstKnown(it, s, trusted))}
}

func sightingAt(it *verify.Item, path string) *verify.Sighting {
	i := max(0, slices.IndexFunc(it.Sightings, func(s verify.Sighting) bool { return s.Path == path }))
	return &it.Sightings[i]
}

// standsFor is the copy that a person chose to stand for a group, else the best
// one; chosen is nil where nobody chose.
func (v *View) standsFor(c *verify.Cluster) (it *verify.Item, chosen *Chosen) {
	if d, said := verify.RepresentativeOf(*c, v.Marks); said != nil && v.Item(d) != nil {
		return v.Item(d), &Chosen{By: said.By, At: stamp(said.At), Reason: said.Reason, Entry: said.Entry}
	}
	for _, d := range c.Digests {
		if it = v.Item(d); it != nil && slices.ContainsFunc(it.Sightings, func(s verify.Sighting) bool { return s.Path == string(c.BestCopy) }) {
			return it, nil
		}
	}
	i := slices.IndexFunc(c.Digests, func(d verify.Digest) bool { return v.Item(d) != nil })
	return v.Item(c.Digests[i]), nil
}

// seenAt is the time by which a copy was where it was seen: what its post or
// its name says of it there, else what its bytes say, which every equal copy
// says alike.
func (v *View) seenAt(it *verify.Item, s *verify.Sighting) *extract.Time {
	own := extract.Best(s.Times)
	if own != nil && (own.Trust == extract.TrustDevice || own.Trust == extract.TrustPlatform) {
		return own
	}
	inside := v.bestTime(it)
	if inside != nil && (inside.Trust == extract.TrustDevice || inside.Trust == extract.TrustPlatform) {
		return inside
	}
	if own != nil && own.Trust == extract.TrustDerived {
		return own
	}
	return inside
}

func stamp(t time.Time) string { return t.UTC().Format(time.RFC3339) }
