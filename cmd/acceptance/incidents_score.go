package main

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/firsthand-media/firsthand/verify"
)

// placement is where a grouping puts one file.
type placement struct {
	cluster  string // "" for a file of no incident: a cluster of its own
	recycled bool   // flagged as posted again
}

// placements reads a listing of incidents by path, in the generator's form: a
// file flagged as recycled does not belong to the incident that claims it, and
// what is shown beside an incident's own files does not count.
func placements(incidents []verify.Incident) map[string]placement {
	out := map[string]placement{}
	for _, inc := range incidents {
		for i := range inc.Members {
			m := &inc.Members[i]
			p := out[m.Path]
			switch {
			case m.Role == verify.Recycled:
				p.recycled = true
			case m.Counts() && p.cluster == "":
				p.cluster = inc.ID
			}
			out[m.Path] = p
		}
	}
	return out
}

// agreement is a precision and a recall.
type agreement struct{ precision, recall float64 }

func (a agreement) f1() float64 {
	return 2 * a.precision * a.recall / (a.precision + a.recall)
}

// incidentScore holds one grouping against the truth. All of it is by the
// definitions of the generator's own scorer, and checked against that; clicks
// are counted here alone.
type incidentScore struct {
	files, incidents, clusters int

	events agreement // B-cubed (Bagga and Baldwin, 1998) over the files of incidents
	all    agreement // the same over all files: a picture of no incident is an event of its own
	pairs  agreement // over all pairs of files
	ari    float64   // adjusted Rand index (Hubert and Arabie, 1985)

	overMerged int // clusters with two files or more of each of two incidents or more
	mixed      int // clusters that touch two incidents or more
	split      int // incidents in two clusters or more

	findable, flagged, falseFlags int // recycled files with an older copy in the case
	joined                        int // of them, those that lie with the incident that claims them

	clicks clicks
}

// scoredFile is one file with the group that it belongs to and the one it was
// put into.
type scoredFile struct {
	truthRow
	event   string // the incident, or for a file of none its picture
	cluster string
	flagged bool
}

func (f *scoredFile) ofIncident() bool { return f.incident != "" }
func (f *scoredFile) findable() bool   { return f.role == roleRecycled && f.note != olderAbsent }

// scoredFiles joins truth and placement. Damaged files are not scored: they
// must be listed, and cannot be grouped by what they show.
func scoredFiles(truth []truthRow, placed map[string]placement) []scoredFile {
	var out []scoredFile
	for i, t := range truth {
		if t.role == roleCorrupt {
			continue
		}
		f := scoredFile{truthRow: t, event: t.incident, cluster: placed[t.file].cluster, flagged: placed[t.file].recycled}
		if f.event == "" {
			f.event = "d:" + t.copies
		}
		if f.cluster == "" {
			f.cluster = "s:" + strconv.Itoa(i)
		}
		out = append(out, f)
	}
	return out
}

// scoreIncidents holds a grouping against the truth. Copies are the clusters of
// likeness by file, for counting what moves at once.
func scoreIncidents(files []scoredFile, copies map[string]string) incidentScore {
	t := overlapsOf(files)
	s := incidentScore{files: len(files), clusters: len(t.clusters)}
	s.events = t.bcubed(files, (*scoredFile).ofIncident)
	s.all = t.bcubed(files, func(*scoredFile) bool { return true })
	s.pairs, s.ari = t.pairwise(len(files))
	s.countMerges(t)
	s.countRecycled(files, t)
	s.clicks = clicksToTruth(files, copies)
	return s
}

// overlaps counts files by event and cluster.
type overlaps struct {
	events, clusters map[string]int
	both             map[[2]string]int
	own              map[string]map[string]int // by cluster and event, without recycled files and those of no incident
}

func overlapsOf(files []scoredFile) overlaps {
	t := overlaps{map[string]int{}, map[string]int{}, map[[2]string]int{}, map[string]map[string]int{}}
	for i := range files {
		f := &files[i]
		t.events[f.event]++
		t.clusters[f.cluster]++
		t.both[[2]string{f.event, f.cluster}]++
		if f.ofIncident() && f.role != roleRecycled {
			if t.own[f.cluster] == nil {
				t.own[f.cluster] = map[string]int{}
			}
			t.own[f.cluster][f.event]++
		}
	}
	return t
}

// bcubed is the mean over the counted files of how much of its cluster is of
// its event, and how much of its event is in its cluster.
func (t *overlaps) bcubed(files []scoredFile, counted func(*scoredFile) bool) (a agreement) {
	n := 0.0
	for i := range files {
		f := &files[i]
		if !counted(f) {
			continue
		}
		n++
		common := float64(t.both[[2]string{f.event, f.cluster}])
		a.precision += common / float64(t.clusters[f.cluster])
		a.recall += common / float64(t.events[f.event])
	}
	return agreement{a.precision / n, a.recall / n}
}

func pairsOf[K comparable](counts map[K]int) (pairs float64) {
	for _, n := range counts {
		pairs += float64(n) * float64(n-1) / 2
	}
	return pairs
}

func (t *overlaps) pairwise(files int) (agreement, float64) {
	both, events, clusters := pairsOf(t.both), pairsOf(t.events), pairsOf(t.clusters)
	byChance := events * clusters / (float64(files) * float64(files-1) / 2)
	return agreement{both / clusters, both / events}, (both - byChance) / ((events+clusters)/2 - byChance)
}

func (s *incidentScore) countMerges(t overlaps) {
	for _, events := range t.own {
		large := 0
		for _, n := range events {
			if n >= 2 {
				large++
			}
		}
		if large >= 2 {
			s.overMerged++
		}
		if len(events) >= 2 {
			s.mixed++
		}
	}
	parts := map[string]int{}
	for k := range t.both {
		parts[k[0]]++
	}
	for event, n := range parts {
		if strings.HasPrefix(event, "d:") {
			continue
		}
		s.incidents++
		if n > 1 {
			s.split++
		}
	}
}

func (s *incidentScore) countRecycled(files []scoredFile, t overlaps) {
	for i := range files {
		f := &files[i]
		switch {
		case f.findable():
			s.findable++
			if f.flagged {
				s.flagged++
			}
			if t.own[f.cluster][f.claimed] > 0 {
				s.joined++
			}
		case f.flagged && f.note != olderAbsent:
			s.falseFlags++
		}
	}
}

// String gives the figures in the words of the generator's scorer, so that the
// two can be compared byte for byte.
func (s incidentScore) String() string {
	three := func(a agreement) string { return fmt.Sprintf("P %.3f R %.3f F1 %.3f", a.precision, a.recall, a.f1()) }
	return fmt.Sprintf("files %d incidents %d clusters %d\n", s.files, s.incidents, s.clusters) +
		"B3 incident files  " + three(s.events) + "\n" +
		"B3 all files       " + three(s.all) + "\n" +
		"pairs              " + three(s.pairs) + fmt.Sprintf("   ARI %.3f\n", s.ari) +
		fmt.Sprintf("over-merged clusters %d (touching >1 incident %d)  split incidents %d of %d\n", s.overMerged, s.mixed, s.split, s.incidents) +
		fmt.Sprintf("recycled: flagged %d of %d findable, false flags %d, merged into the claimed incident %d\n", s.flagged, s.findable, s.falseFlags, s.joined)
}
