package report

import (
	"github.com/firsthand-media/firsthand/verify"
)

// mediaView is one item that a dossier is made of by itself, whatever incident
// it is in.
type mediaView struct {
	Member  memberView
	Digest  verify.Digest
	Paths   []string
	Reviews []reviewView
}

// media puts the items of a dossier into words, in the order given.
func (r *reader) media(digests []verify.Digest) []mediaView {
	var out []mediaView
	n := r.namer(&verify.Incident{})
	for _, d := range digests {
		path := r.paths[d]
		it := r.items[path]
		if it == nil { // no longer in any source
			continue
		}
		v := mediaView{Member: r.member(verify.Member{Path: path, Role: verify.Original, Digest: d}, it, n), Digest: d}
		v.Member.Role, v.Member.As = verify.Role(medium(it.Media.Kind)), v.Member.Kind
		if moves(it) && r.filmed[d] == "" {
			v.Member.Film = r.film(it)
		}
		r.show(&v.Member)
		for _, s := range it.Sightings {
			v.Paths = append(v.Paths, s.Path)
		}
		if review, ok := r.reviews[d]; ok {
			v.Reviews = []reviewView{r.review(&review, path, "")}
		}
		out = append(out, v)
	}
	return out
}
