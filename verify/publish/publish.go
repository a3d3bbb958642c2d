// Package publish makes the public-safe form of a case: what may leave the room
// without naming who filmed, who sent and who reviewed.
//
// Start at [Profile.Apply] for what is told and at [Copy] for a file itself. It
// promises: what is given out is built up from what is known to be safe, so that
// a field that is added to a type elsewhere stays in; names of folders, files,
// accounts and people, captions, devices and reasons never pass; positions are
// rounded to what is known of them and never finer than their precision; what
// was left out is listed with its number and why, so that nobody takes the
// public form for the whole; the case itself is not changed. Pictures are not
// looked at: faces and number plates are for a person.
package publish

import (
	"net/url"
	"slices"
	"strings"

	"github.com/firsthand-media/firsthand/extract"
	"github.com/firsthand-media/firsthand/extract/source"
	"github.com/firsthand-media/firsthand/verify"
	"github.com/firsthand-media/firsthand/verify/assess"
)

// Profile says what may be told. The zero value tells least.
type Profile struct {
	// Show names sources whose files may be shown although no post of theirs
	// has a public address, as a witness's camera or a private chat has none.
	Show []string
	// Hide names sources that are hidden although their posts are public.
	Hide []string
	// Unconfirmed lets candidates pass that no person has confirmed.
	Unconfirmed bool
}

// Content is the part of a case that can be told.
type Content struct {
	Items     []verify.Item
	Clusters  []verify.Cluster
	Incidents []verify.Incident
	Records   []assess.Record
	Reviews   []assess.Review
}

// Withheld is one kind of thing that was left out, or made coarser.
type Withheld struct {
	What  string `json:"what" say:"sentence"`
	Count int    `json:"count"`
	Why   string `json:"why" say:"sentence"`
}

// Apply gives the public-safe form of c, and what it lacks of c. Members and
// paths are labels; the digests of items that are shown stay, so that another
// who has the same file can tell.
func (p Profile) Apply(c Content) (Content, []Withheld) {
	s := &sieve{profile: p, count: map[reason]int{}, shown: map[verify.Digest]bool{}}
	incidents := s.incidents(c)
	records := s.records(c.Records, incidents)
	items := s.items(c, incidents, records)
	l := newLabels(items)
	out := Content{Reviews: s.reviews(c.Reviews)}
	for i := range items {
		out.Items = append(out.Items, publicItem(&items[i], l))
	}
	for i := range incidents {
		out.Incidents = append(out.Incidents, s.incident(incidents[i], l))
	}
	for _, cluster := range c.Clusters {
		if k, ok := publicCluster(cluster, l, s.shown); ok {
			out.Clusters = append(out.Clusters, k)
		}
	}
	kept := map[string]bool{}
	for i := range out.Incidents {
		kept[out.Incidents[i].ID] = true
	}
	for i := range records {
		kept[records[i].Incident] = true
	}
	for i := range records {
		out.Records = append(out.Records, s.record(&records[i], kept))
	}
	s.place(&out)
	return out, s.list()
}

// sieve counts what it holds back.
type sieve struct {
	profile Profile
	count   map[reason]int
	shown   map[verify.Digest]bool
}

// incidents are those that a person has confirmed.
func (s *sieve) incidents(c Content) []verify.Incident {
	var out []verify.Incident
	for _, inc := range c.Incidents {
		switch {
		case inc.Status == verify.Rejected:
			s.count[rejectedIncident]++
		case inc.Status != verify.Confirmed && !s.profile.Unconfirmed:
			s.count[unconfirmedIncident]++
		default:
			out = append(out, inc)
		}
	}
	return out
}

// records are those of incidents that may be told, and of incidents that only
// a record tells of.
func (s *sieve) records(list []assess.Record, incidents []verify.Incident) []assess.Record {
	kept := map[string]bool{}
	for i := range incidents {
		kept[incidents[i].ID] = true
	}
	var out []assess.Record
	for _, r := range list {
		switch {
		case kept[r.Incident]:
		case r.Origin == assess.FromCandidate: // counted as an incident
			continue
		case r.Status == verify.Rejected:
			s.count[rejectedIncident]++
			continue
		case r.Status != verify.Confirmed && !s.profile.Unconfirmed:
			s.count[unconfirmedIncident]++
			continue
		}
		out = append(out, r)
	}
	return out
}

// items are the counted members of the incidents that may be shown and those
// that their records name, with the sightings that may, ordered by digest.
func (s *sieve) items(c Content, incidents []verify.Incident, records []assess.Record) []verify.Item {
	marked := map[verify.Digest]*assess.Marks{}
	for i := range c.Reviews {
		marked[c.Reviews[i].Item] = &c.Reviews[i].Marks
	}
	named, path := map[verify.Digest]bool{}, map[string]bool{}
	for i := range records {
		for _, d := range records[i].Members {
			named[d] = true
		}
	}
	for i := range incidents {
		for _, m := range incidents[i].Members {
			if m.Counts() {
				path[m.Path] = true
			}
		}
	}
	member := func(it *verify.Item) bool {
		return named[it.Digest] || slices.ContainsFunc(it.Sightings, func(g verify.Sighting) bool { return path[g.Path] })
	}
	var out []verify.Item
	for i := range c.Items {
		it := c.Items[i]
		switch m := marked[it.Digest]; {
		case !member(&it):
			s.count[noMember]++
			continue
		case m != nil && m.Restriction != nil && *m.Restriction != "none":
			s.count[restricted]++
			continue
		}
		it.Sightings = slices.DeleteFunc(slices.Clone(it.Sightings), func(g verify.Sighting) bool { return !s.public(&g) })
		if len(it.Sightings) == 0 {
			s.count[hiddenItem]++
			continue
		}
		s.count[hiddenSighting] += len(c.Items[i].Sightings) - len(it.Sightings)
		s.told(&it)
		s.shown[it.Digest] = true
		out = append(out, it)
	}
	slices.SortFunc(out, func(a, b verify.Item) int { return strings.Compare(string(a.Digest), string(b.Digest)) })
	return out
}

// public says whether a sighting may be shown: it was posted where everybody
// can see it, or a person said so, and nobody hid it.
func (s *sieve) public(g *verify.Sighting) bool {
	if slices.Contains(s.profile.Hide, g.Source) {
		return false
	}
	return slices.Contains(s.profile.Show, g.Source) || address(g.Records) != ""
}

// address is the first public address of a post.
func address(records []source.Record) string {
	for i := range records {
		u, err := url.Parse(records[i].URL)
		if err == nil && (u.Scheme == "https" || u.Scheme == "http") && u.Host != "" {
			return records[i].URL
		}
	}
	return ""
}

// told counts what an item says that is not passed on.
func (s *sieve) told(it *verify.Item) {
	if d := it.Media.Device; d.Make != "" || d.Model != "" || d.Serial != "" || d.Lens != "" || d.Software != "" {
		s.count[device]++
	}
	s.count[ownPlace] += len(it.Media.Places)
	for i := range it.Sightings {
		g := &it.Sightings[i]
		s.count[fileName]++
		s.count[ownPlace] += len(g.Places)
		if g.Account != "" {
			s.count[account]++
		}
		for _, r := range g.Records {
			if r.Text != "" {
				s.count[caption]++
			}
		}
	}
}

// publicItem is an item with what may be told of it.
func publicItem(it *verify.Item, l labels) verify.Item {
	m := &it.Media
	out := verify.Item{Digest: it.Digest, Size: it.Size, Media: extract.Media{
		Kind: m.Kind, MediaType: m.MediaType, Width: m.Width, Height: m.Height, Orientation: m.Orientation,
		DurationSeconds: m.DurationSeconds, FrameRate: m.FrameRate, Codecs: m.Codecs,
		BestTime: publicTime(m.BestTime), Times: []extract.Time{}, Places: []extract.Place{}, Findings: []extract.Finding{},
	}}
	for i := range it.Sightings {
		g := &it.Sightings[i]
		s := verify.Sighting{Path: l.path[g.Path], Source: l.source[g.Source], Digest: g.Digest, Size: g.Size}
		_, s.Rel, _ = strings.Cut(s.Path, "/")
		if u := address(g.Records); u != "" {
			s.Records = []source.Record{{URL: u}}
		}
		if t := publicTime(extract.Best(g.Times)); t != nil {
			s.Times = []extract.Time{*t}
		}
		out.Sightings = append(out.Sightings, s)
	}
	slices.SortFunc(out.Sightings, func(a, b verify.Sighting) int { return strings.Compare(a.Path, b.Path) })
	return out
}

// publicTime is when, without where that stands and how it is written.
func publicTime(t *extract.Time) *extract.Time {
	if t == nil {
		return nil
	}
	return &extract.Time{
		Kind: t.Kind, Local: t.Local, OffsetMinutes: t.OffsetMinutes, Zone: t.Zone,
		Earliest: t.Earliest, Latest: t.Latest, Precision: t.Precision, Trust: t.Trust,
	}
}

// publicCluster is a cluster with its members that are shown; false where that
// leaves no copy.
func publicCluster(c verify.Cluster, l labels, shown map[verify.Digest]bool) (verify.Cluster, bool) {
	out := verify.Cluster{ID: c.ID}
	for _, path := range c.Members {
		if label, ok := l.path[path]; ok {
			out.Members = append(out.Members, label)
		}
	}
	for _, d := range c.Digests {
		if shown[d] {
			out.Digests = append(out.Digests, d)
		}
	}
	label := func(t source.Text) source.Text { return source.Text(l.path[string(t)]) }
	out.EarliestTrusted, out.EarliestClaimed, out.BestCopy = label(c.EarliestTrusted), label(c.EarliestClaimed), label(c.BestCopy)
	slices.Sort(out.Members)
	return out, len(out.Members) > 1
}
