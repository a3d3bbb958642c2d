package report

import (
	"encoding/base64"
	"html/template"
	"sort"
	"time"

	"github.com/firsthand-media/firsthand/extract/source"
	"github.com/firsthand-media/firsthand/verify"
)

// incidentView is one incident in words.
type incidentView struct {
	verify.Incident
	Number      int
	When, Where string
	Counted     []memberView // original and copy
	Shown       []memberView // recycled and context: shown, not counted
	ticks       []time.Time
}

// memberView is one file of an incident in words.
type memberView struct {
	verify.Member
	Soft    template.URL // data URI of a softened picture, or ""
	Kind    string
	Type    string
	Size    string
	Digest  string
	Time    string
	Event   string // what the time says happened
	Field   string
	Caption string
	URL     string
	Account string
}

func newIncidentView(inc verify.Incident, items map[string]*verify.Item, soft func(verify.Digest) []byte) incidentView {
	v := incidentView{
		Incident: inc,
		When:     Span(inc.Earliest, inc.Latest),
		Where:    Where(&inc),
	}
	for _, m := range inc.Members {
		it := items[m.Path]
		if it == nil {
			continue
		}
		mv := newMemberView(m, it, soft)
		if m.Role == verify.Recycled || m.Role == verify.Context {
			v.Shown = append(v.Shown, mv)
			continue
		}
		v.Counted = append(v.Counted, mv)
		if t := it.BestTime(m.Path); t != nil {
			v.ticks = append(v.ticks, t.Earliest)
		}
	}
	sort.Slice(v.ticks, func(i, j int) bool { return v.ticks[i].Before(v.ticks[j]) })
	return v
}

func newMemberView(m verify.Member, it *verify.Item, soft func(verify.Digest) []byte) memberView {
	v := memberView{
		Member: m, Kind: string(it.Media.Kind), Type: it.Media.MediaType,
		Size: sizeInWords(it.Size), Digest: string(it.Digest),
	}
	if t := it.BestTime(m.Path); t != nil {
		v.Time, v.Event, v.Field = TimeInWords(t), kindInWords[t.Kind], t.Field
	}
	for _, s := range it.Sightings {
		if s.Path != m.Path {
			continue
		}
		v.Account = s.Account
		v.Caption, v.URL = said(s.Records)
	}
	if soft != nil {
		if b := soft(it.Digest); len(b) > 0 {
			v.Soft = template.URL("data:image/jpeg;base64," + base64.StdEncoding.EncodeToString(b))
		}
	}
	return v
}

// said gives the first caption and address that a file's sidecars state.
func said(records []source.Record) (caption, url string) {
	for _, r := range records {
		if caption == "" {
			caption = r.Text
		}
		if url == "" {
			url = r.URL
		}
	}
	return caption, url
}
