package report

import (
	"cmp"
	"slices"
	"strings"

	"github.com/firsthand-media/firsthand/verify"
)

// repost is a later post of an incident's picture, shown with the incident
// that claims it.
type repost struct {
	picture string // path of the original
	post    string // path of the post
	by      string // ID of the incident that shows it
	words   string // "posted 12 days after the picture first appeared"
}

// postedAgain finds for each incident the posts of its pictures that other
// incidents show, from what those say of them.
func (r *reader) postedAgain() map[string][]repost {
	out := map[string][]repost{}
	for i := range r.order {
		inc := &r.order[i]
		if r.number[inc.ID] == 0 {
			continue
		}
		for _, m := range inc.Members {
			if m.Role != verify.Recycled {
				continue
			}
			for _, reason := range m.Reasons {
				words, path, found := strings.Cut(visible(reason.Message), seeOriginal)
				if l, ok := r.letters[path]; found && ok && l.incident != inc.ID {
					out[l.incident] = append(out[l.incident], repost{path, m.Path, inc.ID, words})
					break
				}
			}
		}
	}
	for _, list := range out {
		slices.SortFunc(list, func(a, b repost) int {
			return cmp.Or(cmp.Compare(r.number[a.by], r.number[b.by]), cmp.Compare(a.post, b.post))
		})
	}
	return out
}

// mostReposts bounds the later posts that one incident lists.
const mostReposts = 12

// again says which later posts of its pictures other incidents show.
func (n *namer) again() []sentence {
	list := n.r.reposts[n.own]
	more := len(list) - min(len(list), mostReposts)
	out := make([]sentence, 0, len(list)-more+1)
	for _, p := range list[:len(list)-more] {
		out = append(out, sentence{Phrases: n.phrases(n.r.w.T("report.again",
			"picture", mark+"="+p.picture+mark, "posted", n.r.w.Sentence(p.words), "post", visible(p.post), "incident", mark+"#"+p.by+mark))})
	}
	if more > 0 {
		out = append(out, sentence{Phrases: []phrase{{Text: n.r.w.amount("report.again.more", more)}}})
	}
	return out
}
