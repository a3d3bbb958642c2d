package report

import (
	"fmt"
	"io"
	"text/tabwriter"

	"github.com/firsthand-media/firsthand/extract"
	"github.com/firsthand-media/firsthand/verify"
	"github.com/firsthand-media/firsthand/verify/assess"
)

// Row is one line of the count sheet.
type Row struct {
	Name   string `json:"name"`  // of the list behind it, see [Counting.List]
	Label  string `json:"label"` // in English; people read [Words.Row]
	Photos int    `json:"photos"`
	Videos int    `json:"videos"`
	Other  int    `json:"other"` // sound, documents and what is neither
	ByKind bool   `json:"by_kind"`
	Total  int    `json:"total"`
}

// CountSheet is the way from files to incidents, each row counted from the
// case itself.
type CountSheet struct {
	Rows []Row `json:"rows"`
}

// Count makes the count sheet of what was scanned: without what people wrote
// since, for which see [Counting]. A file counts once for each place it was seen
// at; it is readable when it is a photo or video whose picture was decoded (or
// whose container was read, where decoding of video is switched off).
func Count(items []verify.Item, clusters []verify.Cluster, incidents []verify.Incident) CountSheet {
	c := Counting{Items: items, Clusters: clusters, Incidents: assess.Incidents(incidents, nil)}
	return c.sheet([]string{ListFiles, ListReadable, ListUnique, ListJoined, ListCandidates, ListConfirmed}, Scope{})
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

func (r *Row) add(k extract.Kind) {
	r.Total++
	switch k {
	case extract.Image:
		r.Photos++
	case extract.Video:
		r.Videos++
	default:
		r.Other++
	}
}

// row names a row by its list.
func (w Words) row(list string) string { return w.T("report.count." + list) }

// Row is what a number is called.
func (w Words) Row(r Row) string { return w.row(r.Name) }

// WriteText prints the count sheet as a small table.
func (c CountSheet) WriteText(out io.Writer, w Words) error {
	tw := tabwriter.NewWriter(out, 0, 0, 2, ' ', tabwriter.AlignRight)
	fmt.Fprintf(tw, "\t%s\t%s\t%s\t%s\t\n", w.T("report.column.photos"), w.T("report.column.videos"), w.T("report.column.other"), w.T("report.column.all"))
	for _, r := range c.Rows {
		if r.ByKind {
			fmt.Fprintf(tw, "%s\t%d\t%d\t%d\t%d\t\n", w.Row(r), r.Photos, r.Videos, r.Other, r.Total)
		} else {
			fmt.Fprintf(tw, "%s\t\t\t\t%d\t\n", w.Row(r), r.Total)
		}
	}
	return tw.Flush()
}
