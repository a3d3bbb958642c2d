package assess

import (
	"errors"
	"slices"
)

// The reasons why nobody, or not this person, can write in a sheet now.
var (
	ErrNobody = errors.New("nobody says who reviews")
	ErrClosed = errors.New("the review is closed and its sheets stay as they are")
)

// Turn is the round in which a person can write, or has written: who began a
// sheet keeps to it. The error says why there is none: [ErrNobody], [ErrClosed]
// or [ErrSamePerson].
func (r *Review) Turn(by Reviewer) (Round, error) {
	if plainName(by.Name) == "" {
		return 0, ErrNobody
	}
	for _, s := range r.Sheets {
		if by.wrote(s) {
			return s.Round, nil
		}
	}
	round := First
	switch r.State() {
	case Unassessed:
	case InProgress, AwaitsSecond, SingleReview:
		if r.Sheet(First) != nil {
			round = Second
		}
	case DoubleDisagree:
		round = Adjudication
	default:
		return 0, ErrClosed
	}
	if err := r.turn(Act{By: by.Name, Key: by.Key, Round: round, Limits: "any"}); err != nil {
		return 0, err
	}
	return round, nil
}

// Lacks says what the claims of a round's sheet lack to carry "verified", those
// that both others left standing counted for the third person: see
// [Review.Missing] for what the item lacks as a whole.
func (r *Review) Lacks(round Round) []string {
	s := r.Sheet(round)
	if s == nil {
		s = &Sheet{Round: round}
	}
	return lacking(r.claimsBehind(s))
}

// claimsBehind are those that a sheet's conclusion rests on.
func (r *Review) claimsBehind(s *Sheet) map[Subject]Claim {
	if s.Round != Adjudication {
		return s.Claims
	}
	both := *r
	both.Sheets = slices.Clone(r.Sheets)
	if third := both.Sheet(Adjudication); third != nil {
		third.Done = true
	}
	return both.Claims()
}
