package assess

import (
	"cmp"
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/firsthand-media/firsthand/verify"
)

// Sheet is what one round of a review says as it stands: of each step, claim
// and the conclusion the latest.
type Sheet struct {
	Round      Round             `json:"round"`
	Reviewers  []Reviewer        `json:"reviewers"` // whoever wrote in it, also what no longer holds
	Blind      bool              `json:"blind"`     // nothing in it was written by who could see the other
	Answers    map[string]Answer `json:"answers"`   // by step
	Claims     map[Subject]Claim `json:"claims"`
	Conclusion Conclusion        `json:"conclusion"`
	Limits     string            `json:"limits"`
	Done       bool              `json:"handed_in"`
	DoneAt     time.Time         `json:"handed_in_at"` // zero where it is not
}

// Reviewer is a person by name and by key.
type Reviewer struct {
	Name string `json:"name"`
	Key  string `json:"key"`
}

// same says whether two could be one person: they have one name, whatever the
// case and the spaces around it, or one key.
func (r Reviewer) same(other Reviewer) bool {
	return plainName(r.Name) == plainName(other.Name) || r.Key != "" && r.Key == other.Key
}

func plainName(name string) string { return strings.ToLower(strings.Join(strings.Fields(name), " ")) }

// Review is the assessment of one item: up to three sheets and what follows
// from them.
type Review struct {
	Item   verify.Digest `json:"item"`
	Sheets []Sheet       `json:"sheets"` // first, second, adjudication; those that were begun
	Single bool          `json:"single"` // no second review is wanted
	Cycle  int           `json:"cycle"`  // 1, and one more each time it was begun anew
	Marks  Marks         `json:"marks"`  // of the item, whoever made them
	sealed State         // of a review that sheets were taken out of: what it is with them
}

// Fold gives the reviews that many acts amount to, by item. The order in which
// the acts are handed over does not matter: their positions in the ledger do.
func Fold(acts []Act) []Review {
	of := map[verify.Digest][]Act{}
	for _, a := range sorted(acts) {
		of[a.Item] = append(of[a.Item], a)
	}
	out := make([]Review, 0, len(of))
	for _, d := range slices.Sorted(maps.Keys(of)) {
		out = append(out, fold(d, of[d]))
	}
	return out
}

// fold is [Fold] for the acts of one item, in order.
func fold(item verify.Digest, acts []Act) Review {
	r := Review{Item: item, Cycle: 1, Sheets: []Sheet{}}
	for _, a := range Standing(acts) {
		r.Marks.lay(a.Marks)
	}
	for i, a := range slices.Backward(acts) {
		if a.Reopen {
			r.Cycle = 1 + count(acts, func(a Act) bool { return a.Reopen })
			acts = acts[i+1:]
			break
		}
	}
	for _, a := range acts {
		r.enter(a)
	}
	for _, a := range Standing(acts) {
		r.lay(a)
	}
	return r
}

func count[T any](list []T, is func(T) bool) int {
	n := 0
	for _, v := range list {
		if is(v) {
			n++
		}
	}
	return n
}

// NextRank is the place of an act after all others: 0 where none has one.
func NextRank(acts []Act) int64 {
	var last int64
	for _, a := range acts {
		last = max(last, a.Rank)
	}
	if last == 0 {
		return 0
	}
	return last + 1
}

func sorted(acts []Act) []Act {
	out := slices.Clone(acts)
	slices.SortStableFunc(out, func(a, b Act) int {
		return cmp.Or(cmp.Compare(a.Rank, b.Rank), cmp.Compare(a.Seq, b.Seq))
	})
	return out
}

// Standing gives the acts that hold, in the order of the ledger: those not
// taken back by a later one that holds itself. What takes back is not among
// them.
func Standing(acts []Act) []Act {
	holds := Holding(acts)
	var out []Act
	for _, a := range sorted(acts) {
		if holds[a.Seq] && a.TakesBack == 0 {
			out = append(out, a)
		}
	}
	return out
}

// Holding says by its position of each act whether it holds, also of one that
// takes back.
func Holding(acts []Act) map[int64]bool {
	gone, holds := map[int64]bool{}, make(map[int64]bool, len(acts))
	for _, a := range slices.Backward(sorted(acts)) {
		if holds[a.Seq] = !gone[a.Seq]; holds[a.Seq] && a.TakesBack != 0 {
			gone[a.TakesBack] = true
		}
	}
	return holds
}

// enter notes who has written in which round, also what no longer holds: it
// was seen.
func (r *Review) enter(a Act) {
	if !a.assesses() {
		return
	}
	s := r.Sheet(a.Round)
	if s == nil {
		r.Sheets = append(r.Sheets, Sheet{Round: a.Round, Blind: a.Round == Second, Answers: map[string]Answer{}, Claims: map[Subject]Claim{}})
		slices.SortFunc(r.Sheets, func(a, b Sheet) int { return cmp.Compare(a.Round, b.Round) })
		s = r.Sheet(a.Round)
	}
	s.Blind = s.Blind && a.Blind
	if who := (Reviewer{a.By, a.Key}); !slices.Contains(s.Reviewers, who) {
		s.Reviewers = append(s.Reviewers, who)
	}
}

// assesses says whether an act writes in a sheet, and does not only mark the
// item.
func (a *Act) assesses() bool {
	return len(a.Answers) > 0 || len(a.Claims) > 0 || a.Conclusion != "" || a.Limits != "" || a.Done || a.Single
}

// OnlyMarks says whether an act writes in no sheet and begins no review anew: it
// marks the item, or takes an act back.
func (a *Act) OnlyMarks() bool { return !a.assesses() && !a.Reopen }

// lay lays an act that holds over what stood.
func (r *Review) lay(a Act) {
	s := r.Sheet(a.Round)
	if s == nil || !a.assesses() {
		return
	}
	for _, n := range a.Answers {
		n.Item, n.By, n.At, n.Round, n.Blind = a.Item, a.By, a.At, a.Round, a.Blind
		if s.Answers[n.Step] = n; n.Answer == "" {
			delete(s.Answers, n.Step)
		}
	}
	for _, c := range a.Claims {
		c.Item, c.Reviewer, c.At, c.Round, c.Blind = a.Item, a.By, a.At, a.Round, a.Blind
		s.Claims[c.Claim] = c
	}
	if a.Conclusion != "" {
		s.Conclusion = a.Conclusion
	}
	if a.Limits != "" {
		s.Limits = a.Limits
	}
	if a.Done {
		s.Done, s.DoneAt = true, a.At
	}
	r.Single = r.Single || a.Single
}

// lay lays what an act says of an item over what stood.
func (m *Marks) lay(said *Marks) {
	if said == nil {
		return
	}
	if said.Sensitivity != nil {
		m.Sensitivity = said.Sensitivity
	}
	for _, f := range []struct{ to, from **string }{
		{&m.Restriction, &said.Restriction}, {&m.ConsentNote, &said.ConsentNote},
		{&m.RightsOwner, &said.RightsOwner}, {&m.RightsDeclaration, &said.RightsDeclaration},
	} {
		if *f.from != nil {
			*f.to = *f.from
		}
	}
	for _, f := range []struct{ to, from **bool }{{&m.FacesVisible, &said.FacesVisible}, {&m.CreatorWilling, &said.CreatorWilling}} {
		if *f.from != nil {
			*f.to = *f.from
		}
	}
	if said.Graphic != nil {
		m.Graphic = said.Graphic
	}
}

// Sheet is that of a round, nil where it was not begun.
func (r *Review) Sheet(round Round) *Sheet {
	for i := range r.Sheets {
		if r.Sheets[i].Round == round {
			return &r.Sheets[i]
		}
	}
	return nil
}

// done says whether the sheet of a round is handed in.
func (r *Review) done(round Round) bool {
	s := r.Sheet(round)
	return s != nil && s.Done
}

// State is how far the review has come.
func (r *Review) State() State {
	switch {
	case r.sealed != "":
		return r.sealed
	case r.done(Adjudication):
		return Adjudicated
	case r.done(First) && r.done(Second):
		if len(r.Disagreements()) > 0 {
			return DoubleDisagree
		}
		return DoubleAgree
	case r.done(First) && r.Single && r.Sheet(Second) == nil:
		return SingleReview
	case r.done(First):
		return AwaitsSecond
	case len(r.Sheets) > 0:
		return InProgress
	}
	return Unassessed
}

// Open says whether sheets are still sealed: each is shown to whoever wrote in
// it and to nobody else.
func (r *Review) Open() bool {
	s := r.State()
	return s == InProgress || s == AwaitsSecond
}

// Seen is the review as a person may see it: while it is open without the
// sheets of others. The zero Reviewer is anybody, who sees none. An
// adjudication that is under way is shown to who writes it. Marks are always
// seen, and so is how far the review has come.
func (r *Review) Seen(by Reviewer) Review {
	seen := *r
	seen.Sheets, seen.sealed = []Sheet{}, r.State()
	for _, s := range r.Sheets {
		if open := r.Open() || s.Round == Adjudication && !s.Done; !open || by.wrote(s) {
			seen.Sheets = append(seen.Sheets, s)
		}
	}
	return seen
}

// wrote says whether the person wrote in the sheet: name and key are those of
// one of its reviewers.
func (r Reviewer) wrote(s Sheet) bool {
	return r.Name != "" && slices.ContainsFunc(s.Reviewers, func(o Reviewer) bool {
		return plainName(o.Name) == plainName(r.Name) && o.Key == r.Key
	})
}
