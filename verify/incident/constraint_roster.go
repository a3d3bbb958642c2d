package incident

import (
	"cmp"
	"maps"
	"slices"

	"github.com/firsthand-media/firsthand/verify"
)

// roster is who belongs where by the word of people: the decisions that hold,
// read one after the other.
type roster struct {
	confirmed map[string]*list
	rejected  map[string]ruling
	home      map[verify.Digest]string // the incident that an item was last said to be in
	also      map[second]showing
	excluded  map[verify.Digest]verify.Decision
	standing  map[int64]verify.Decision
	left      map[verify.Digest]int64 // the last decision that took an item out of its incident
	known     []Previous              // incidents as decisions found them, also those taken back; the newest first
}

// second is a membership beside the one that counts.
type second struct {
	item verify.Digest
	id   string
}

// showing says by which decision an item is shown in an incident, and by which
// member that incident is found again.
type showing struct {
	anchor   verify.Digest
	decision verify.Decision
}

// list is the members of a confirmed incident.
type list struct {
	id       string
	decision verify.Decision // that confirmed it
	members  []listed        // in the order in which they came
}

type listed struct {
	digest verify.Digest
	entry  int64
	also   bool // its place is in another incident
}

func (l *list) index(d verify.Digest) int {
	return slices.IndexFunc(l.members, func(m listed) bool { return m.digest == d })
}

func (l *list) include(d verify.Digest, also bool, entry int64) {
	if i := l.index(d); i >= 0 {
		l.members[i].also = l.members[i].also && also
		return
	}
	l.members = append(l.members, listed{d, entry, also})
}

func (l *list) drop(d verify.Digest) {
	if i := l.index(d); i >= 0 {
		l.members = slices.Delete(l.members, i, i+1)
	}
}

// newRoster reads the decisions that hold, and the names in all others.
func newRoster(all []verify.Decision) *roster {
	r := &roster{
		confirmed: map[string]*list{}, rejected: map[string]ruling{}, home: map[verify.Digest]string{},
		also: map[second]showing{}, excluded: map[verify.Digest]verify.Decision{}, standing: map[int64]verify.Decision{}, left: map[verify.Digest]int64{},
	}
	for _, d := range slices.Backward(all) {
		switch d.Kind {
		case verify.Confirm, verify.Reject:
			r.remember(d.Incident, d.Subjects)
		case verify.Merge:
			r.remember(d.Incident, d.Subjects)
			r.remember(d.Other, d.Others)
		case verify.Pin, verify.Remove, verify.Split:
			r.remember(d.Incident, d.Subjects, d.Others)
		case verify.Add, verify.AlsoIn:
			r.remember(d.Incident, d.Others)
		case verify.Move:
			r.remember(d.Incident, d.Others)
			r.remember(d.Other, d.Subjects, d.Left)
		}
	}
	for _, d := range verify.Standing(all) {
		r.standing[d.Order()] = d
		r.hear(d)
	}
	return r
}

// remember keeps what the members of an incident were, by which its name is
// found again when a decision is taken back.
func (r *roster) remember(id string, members ...[]verify.Digest) {
	r.known = append(r.known, Previous{ID: id, Digests: sorted(slices.Concat(members...))})
}

func sorted(digests []verify.Digest) []verify.Digest {
	out := slices.Clone(digests)
	slices.Sort(out)
	return slices.Compact(out)
}

func (r *roster) hear(d verify.Decision) {
	switch d.Kind {
	case verify.Exclude, verify.ForContext, verify.Remove, verify.Move, verify.Split:
		for _, s := range d.Subjects {
			r.left[s] = d.Order()
		}
	}
	switch d.Kind {
	case verify.Confirm:
		r.confirm(d)
	case verify.Reject:
		delete(r.confirmed, d.Incident)
		r.rejected[d.Incident] = ruling{id: d.Incident, status: verify.Rejected, subjects: sorted(d.Subjects), decision: d}
	case verify.Pin, verify.Add:
		r.settle(d, d.Subjects, d.Incident)
		r.settle(d, first(d.Others), d.Incident)
	case verify.AlsoIn:
		r.showIn(d)
	case verify.Remove:
		r.leave(d.Subjects, d.Incident)
		r.settle(d, first(d.Others), d.Incident)
	case verify.Exclude, verify.ForContext:
		for _, s := range d.Subjects {
			r.forget(s)
			r.excluded[s] = d
		}
	case verify.Move:
		r.leave(d.Subjects, d.Other)
		r.settle(d, d.Subjects, d.Incident)
		r.settle(d, first(d.Others), d.Incident)
		r.settle(d, first(d.Left), d.Other)
	case verify.Merge:
		r.merge(d)
	case verify.Split:
		r.leave(d.Subjects, d.Incident)
		r.settle(d, d.Subjects, d.Other)
		r.settle(d, first(d.Others), d.Incident)
	}
}

// confirm takes the members as they stood: those shown beside their own
// incident stay there.
func (r *roster) confirm(d verify.Decision) {
	delete(r.rejected, d.Incident)
	l := &list{id: d.Incident, decision: d}
	r.confirmed[d.Incident] = l
	for _, s := range d.Subjects {
		_, also := r.also[second{s, d.Incident}]
		l.include(s, also, d.Order())
		if !also {
			r.home[s] = d.Incident
		}
	}
}

// settle makes an incident the one that items count in.
func (r *roster) settle(d verify.Decision, items []verify.Digest, id string) {
	if id == "" {
		return
	}
	for _, s := range items {
		if was := r.home[s]; was != id {
			r.leave([]verify.Digest{s}, was)
		}
		delete(r.also, second{s, id})
		r.home[s] = id
		if l := r.confirmed[id]; l != nil {
			l.include(s, false, d.Order())
		}
	}
}

func (r *roster) showIn(d verify.Decision) {
	for _, s := range d.Subjects {
		if r.home[s] == d.Incident {
			continue
		}
		w := showing{decision: d}
		if a := first(d.Others); a != nil {
			w.anchor = a[0]
		}
		r.also[second{s, d.Incident}] = w
		if l := r.confirmed[d.Incident]; l != nil {
			l.include(s, true, d.Order())
		}
	}
}

// leave takes items out of an incident.
func (r *roster) leave(items []verify.Digest, id string) {
	for _, s := range items {
		if r.home[s] == id {
			delete(r.home, s)
		}
		delete(r.also, second{s, id})
		if l := r.confirmed[id]; l != nil {
			l.drop(s)
		}
	}
}

// first is the anchor of a list of members, if it has any.
func first(l []verify.Digest) []verify.Digest { return l[:min(1, len(l))] }

func tail(l []verify.Digest) []verify.Digest { return l[min(1, len(l)):] }

// forget takes an item out of every incident.
func (r *roster) forget(s verify.Digest) {
	delete(r.home, s)
	maps.DeleteFunc(r.also, func(k second, _ showing) bool { return k.item == s })
	for _, l := range r.confirmed {
		l.drop(s)
	}
}

// merge makes one incident of two. It is confirmed when either was: who joins
// a candidate to it has seen both.
func (r *roster) merge(d verify.Decision) {
	to, from := r.confirmed[d.Incident], r.confirmed[d.Other]
	if to == nil && from != nil {
		to = &list{id: d.Incident, decision: from.decision}
		r.confirmed[d.Incident] = to
	}
	if from != nil {
		for _, m := range from.members {
			to.include(m.digest, m.also, m.entry)
		}
		delete(r.confirmed, d.Other)
	}
	for s, id := range r.home {
		if id == d.Other {
			r.home[s] = d.Incident
		}
	}
	for k, w := range maps.Clone(r.also) {
		if k.id == d.Other {
			delete(r.also, k)
			r.also[second{k.item, d.Incident}] = w
		}
	}
	r.settle(d, slices.Concat(d.Subjects, d.Others), d.Incident)
}

// anchor is the first member of a confirmed incident that counts in it.
func (r *roster) anchor(l *list) (verify.Digest, bool) {
	for _, m := range l.members {
		if r.counts(m, l) {
			return m.digest, true
		}
	}
	return "", false
}

func (r *roster) counts(m listed, l *list) bool { return !m.also && r.home[m.digest] == l.id }

// frozen is the confirmed incident that an item counts in, "" for none.
func (r *roster) frozen(d verify.Digest) string {
	id := r.home[d]
	l := r.confirmed[id]
	if l == nil {
		return ""
	}
	if i := l.index(d); i < 0 || l.members[i].also {
		return ""
	}
	return id
}

// links are those between the members of each confirmed incident.
func (r *roster) links() []link {
	var out []link
	for _, id := range slices.Sorted(maps.Keys(r.confirmed)) {
		l := r.confirmed[id]
		anchor, _ := r.anchor(l)
		for _, m := range l.members {
			if m.digest != anchor && r.counts(m, l) {
				out = append(out, link{a: anchor, b: m.digest, firm: true, wins: r.standing[m.entry].NewerWins, entry: m.entry, list: id})
			}
		}
	}
	return out
}

// rulings are the last words on incidents as a whole, by name.
func (r *roster) rulings() []ruling {
	var out []ruling
	for _, l := range r.confirmed {
		w := ruling{id: l.id, status: verify.Confirmed, decision: l.decision}
		for _, m := range l.members {
			w.subjects = append(w.subjects, m.digest)
		}
		slices.Sort(w.subjects)
		out = append(out, w)
	}
	out = slices.AppendSeq(out, maps.Values(r.rejected))
	slices.SortFunc(out, func(a, b ruling) int { return cmp.Compare(a.id, b.id) })
	return out
}
