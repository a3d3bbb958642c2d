package report

import (
	"cmp"
	"fmt"
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

// againSentences says which later posts of its pictures other incidents show.
func (r *reader) againSentences(id string) []sentence {
	list := r.reposts[id]
	more := len(list) - min(len(list), mostReposts)
	out := make([]sentence, 0, len(list)-more+1)
	for _, p := range list[:len(list)-more] {
		picture, by := r.letters[p.picture], p.by
		out = append(out, sentence{Phrases: []phrase{
			{strings.ToUpper(picture.name), anchorOf(id) + "-" + picture.name},
			{Text: " was " + p.words + ", as " + visible(p.post) + ", with "},
			{fmt.Sprintf("incident %d", r.number[by]), anchorOf(by)},
		}})
	}
	if more > 0 {
		out = append(out, sentence{Phrases: []phrase{{Text: plural(more, "more later post of its pictures stands", "more later posts of its pictures stand") + " with other incidents"}}})
	}
	return out
}
