package report

import (
	"fmt"
	"io"
	"text/tabwriter"

	"github.com/firsthand-media/firsthand/extract"
	"github.com/firsthand-media/firsthand/verify"
)

// Row is one line of the count sheet.
type Row struct {
	Label  string `json:"label"`
	Photos int    `json:"photos"`
	Videos int    `json:"videos"`
	Other  int    `json:"other"` // sound, documents and what is neither
	ByKind bool   `json:"by_kind"`
	Total  int    `json:"total"`
}

// The rows of the count sheet.
const (
	rowFiles      = "files"
	rowReadable   = "readable"
	rowUnique     = "unique items"
	rowJoined     = "after copies are joined"
	rowCandidates = "candidate incidents"
	rowConfirmed  = "confirmed incidents"
)

// CountSheet is the way from files to incidents, each row counted from the
// case itself.
type CountSheet struct {
	Rows []Row `json:"rows"`
}

// Count makes the count sheet. A file counts once for each place it was seen
// at; it is readable when it is a photo or video whose picture was decoded (or
// whose container was read, where decoding of video is switched off).
func Count(items []verify.Item, clusters []verify.Cluster, incidents []verify.Incident) CountSheet {
	files := Row{Label: rowFiles, ByKind: true}
	read := Row{Label: rowReadable, ByKind: true}
	unique := Row{Label: rowUnique, ByKind: true}
	joined := Row{Label: rowJoined, ByKind: true}
	group := map[verify.Digest]string{}
	for _, c := range clusters {
		for _, d := range c.Digests {
			group[d] = c.ID
		}
	}
	seen := map[string]bool{}
	for i := range items {
		it := &items[i]
		files.add(it.Media.Kind, len(it.Sightings))
		if !it.Readable() || len(it.Sightings) == 0 {
			continue
		}
		read.add(it.Media.Kind, len(it.Sightings))
		unique.add(it.Media.Kind, 1)
		g, clustered := group[it.Digest]
		if clustered && seen[g] {
			continue
		}
		if clustered {
			seen[g] = true
		}
		joined.add(it.Media.Kind, 1)
	}
	candidates, confirmed := Row{Label: rowCandidates}, Row{Label: rowConfirmed}
	for _, inc := range incidents {
		switch inc.Status {
		case verify.Candidate:
			candidates.Total++
		case verify.Confirmed:
			confirmed.Total++
		}
	}
	return CountSheet{[]Row{files, read, unique, joined, candidates, confirmed}}
}

// Counted is the number of files of an incident without those that are shown
// and not counted.
func Counted(inc *verify.Incident) int {
	n := 0
	for i := range inc.Members {
		if inc.Members[i].Counts() {
			n++
		}
	}
	return n
}

func (r *Row) add(k extract.Kind, n int) {
	r.Total += n
	switch k {
	case extract.Image:
		r.Photos += n
	case extract.Video:
		r.Videos += n
	default:
		r.Other += n
	}
}

// WriteText prints the count sheet as a small table.
func (c CountSheet) WriteText(w io.Writer) error {
	tw := tabwriter.NewWriter(w, 0, 0, 2, ' ', tabwriter.AlignRight)
	fmt.Fprintln(tw, "\tphotos\tvideos\tother\tall\t")
	for _, r := range c.Rows {
		if r.ByKind {
			fmt.Fprintf(tw, "%s\t%d\t%d\t%d\t%d\t\n", r.Label, r.Photos, r.Videos, r.Other, r.Total)
		} else {
			fmt.Fprintf(tw, "%s\t\t\t\t%d\t\n", r.Label, r.Total)
		}
	}
	return tw.Flush()
}
