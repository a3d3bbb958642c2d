package report

import (
	"strings"

	"github.com/firsthand-media/firsthand/extract"
	"github.com/firsthand-media/firsthand/extract/source"
	"github.com/firsthand-media/firsthand/verify"
)

// memberView is one file of an incident in words. An original carries its
// copies.
type memberView struct {
	Path     string
	Role     verify.Role
	As       string // the role in words
	Letter   string // of an original, "A"
	Anchor   string
	Picture  int        // number of its softened picture in the album, 0 for none
	Sharp    *sharpView // in its place, where a person chose so
	Kind     string
	Size     string
	Account  string
	Time     timeView
	Caption  captionView
	URL      string
	Why      []sentence
	Copies   []memberView
	Further  []memberView // copies after the first few
	Film     *filmView    // of a video
	Likeness string       // where it and its copies are shown side by side, or ""
	SameByte bool         // a copy: the same bytes as its original
}

// sharpView is a picture of the album that is not softened.
type sharpView struct{ Picture, W, H int }

// timeView is a time with its source and its trust.
type timeView struct {
	Words string // with what happened then: "taken …"; "" when nothing is claimed
	Field string
	Trust extract.Trust
}

// captionView is a caption, cut where it is very long.
type captionView struct {
	Head string
	Rest string // after the first lines, folded
	More int    // characters that the report leaves out
}

// Bounds of what is shown of one file. The case itself holds all of it.
const (
	fullCopies   = 8
	captionHead  = 400
	captionWhole = 4000
)

// members fills the originals with their copies, and what is shown and not
// counted.
func (r *reader) members(v *incidentView, n *namer) {
	at := map[string]int{} // index in originals, by path
	var originals []memberView
	var copies []verify.Member
	for _, m := range v.Members {
		it := r.items[m.Path]
		if it == nil {
			continue
		}
		if !m.Counts() {
			v.Shown = append(v.Shown, r.member(m, it, n))
			continue
		}
		if m.Role == verify.Copy {
			copies = append(copies, m)
			continue
		}
		at[m.Path] = len(originals)
		mv := r.member(m, it, n)
		if l, ok := r.letters[m.Path]; ok {
			mv.Letter, mv.Anchor = strings.ToUpper(l.name), v.Anchor+"-"+l.name
		}
		originals = append(originals, mv)
	}
	for _, m := range copies {
		it := r.items[m.Path]
		i, ok := r.originalOf(m, it, v.Members, at)
		mv := r.member(m, it, n)
		if !ok {
			at[m.Path] = len(originals)
			originals = append(originals, mv)
			continue
		}
		o := &originals[i]
		mv.SameByte = r.items[o.Path].Digest == it.Digest
		mv.Why = nil // that it is a copy is said by where it stands
		o.Likeness = r.likened[r.content(o.Path)]
		if len(o.Copies) < fullCopies {
			o.Copies = append(o.Copies, mv)
		} else {
			o.Further = append(o.Further, mv)
		}
	}
	v.Originals = originals[:min(len(originals), fullItems)]
	v.Further = originals[len(v.Originals):]
}

// fullPossible is how many possible members of an incident are shown in full.
const fullPossible = 8

// possible fills what fits nearly well enough.
func (r *reader) possible(v *incidentView, n *namer) {
	for _, m := range v.Incident.Possible {
		it := r.items[m.Path]
		if it == nil {
			continue
		}
		mv := r.member(m, it, n)
		mv.Role, mv.As = notCounted, r.w.T("report.role.possible")
		v.Possible = append(v.Possible, mv)
	}
	v.MorePossible = v.Possible[min(len(v.Possible), fullPossible):]
	v.Possible = v.Possible[:len(v.Possible)-len(v.MorePossible)]
}

// The marks of members that have no role in the incident.
const (
	notCounted verify.Role = "possible"
	alsoShown  verify.Role = "also here"
)

// illustrate puts softened pictures beside what is shown in full, as many as
// the size of the case allows.
func (r *reader) illustrate(v *incidentView) {
	given := 0
	for _, list := range [][]memberView{v.Originals, v.Shown[:min(len(v.Shown), fullItems)], v.Possible} {
		for i := range list {
			if given == r.pictures {
				v.NoPicture++
				continue
			}
			if it := r.items[list[i].Path]; moves(it) && v.Number > 0 { // one that a person rejected is not shown
				list[i].Film = r.film(it)
				r.filmed[it.Digest] = v.ID
			}
			if r.show(&list[i]) {
				given++
			}
		}
	}
}

// show puts the picture of a file beside it: softened unless a person chose
// otherwise.
func (r *reader) show(v *memberView) bool {
	digest := r.items[v.Path].Digest
	if p := r.album.picture(shot{digest, asIs}); p.number > 0 {
		v.Sharp = &sharpView{p.number, p.w, p.h}
		return true
	}
	v.Picture = r.album.picture(shot{digest, standing}).number
	return v.Picture > 0
}

// originalOf finds the original that a copy stands under: the one its reason
// names, else one with the same bytes, else one of the same cluster.
func (r *reader) originalOf(m verify.Member, it *verify.Item, members []verify.Member, at map[string]int) (int, bool) {
	for _, reason := range m.Reasons {
		if path, ok := strings.CutPrefix(reason.Message, "copy of "); ok && reason.Code == "copy" {
			if i, ok := at[path]; ok {
				return i, true
			}
		}
	}
	cluster, clustered := r.cluster[it.Digest]
	best, found := 0, false
	for _, o := range members {
		i, ok := at[o.Path]
		if !ok || r.items[o.Path] == nil || o.Role != verify.Original {
			continue
		}
		if r.items[o.Path].Digest == it.Digest {
			return i, true
		}
		if clustered && !found && r.cluster[r.items[o.Path].Digest] == cluster {
			best, found = i, true
		}
	}
	return best, found
}

func (r *reader) member(m verify.Member, it *verify.Item, n *namer) memberView {
	v := memberView{
		Path: m.Path, Role: m.Role, As: r.w.Role(m.Role), Kind: r.w.medium(it.Media.Kind), Size: r.w.size(it.Size),
		Time: r.w.timeView(it.BestTime(m.Path)),
	}
	for _, s := range it.Sightings {
		if s.Path != m.Path {
			continue
		}
		v.Account = visible(s.Account)
		caption, url := said(s.Records)
		v.Caption, v.URL = newCaptionView(caption), short(visible(url), captionHead)
	}
	for _, reason := range m.Reasons {
		v.Why = append(v.Why, n.sentence(reason))
	}
	v.Why = weighed(v.Why)
	if !m.Counts() && m.Role != verify.Recycled && m.Role != verify.Context {
		v.Role, v.As = alsoShown, r.w.T("report.role.also-here")
	}
	return v
}

// Role says what a file is in an incident.
func (w Words) Role(r verify.Role) string { return w.T("report.role." + string(r)) }

func (w Words) timeView(t *extract.Time) timeView {
	if t == nil {
		return timeView{}
	}
	v := timeView{w.event(t), visible(t.Field), extract.TrustNone}
	switch t.Trust {
	case extract.TrustDevice, extract.TrustPlatform, extract.TrustDerived:
		v.Trust = t.Trust
	}
	return v
}

func newCaptionView(s string) captionView {
	var v captionView
	whole, more := clipped(strings.TrimSpace(s), captionWhole)
	v.Head, _ = clipped(whole, captionHead)
	v.Rest, v.More = quoted(strings.TrimPrefix(whole, v.Head)), more
	v.Head = quoted(v.Head)
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
