package desk

import "fmt"

// Kind tells problems apart, so that each front end can say in its own words
// what to do.
type Kind string

// The kinds of problem.
const (
	Unclear         Kind = "unclear"          // the request cannot be meant
	NoName          Kind = "no-name"          // nobody says who decides
	NoReason        Kind = "no-reason"        // nobody says why
	UnknownItem     Kind = "unknown-item"     // Name
	UnknownIncident Kind = "unknown-incident" // Incident
	UnknownEntry    Kind = "unknown-entry"    // Entry
	MadeByHand      Kind = "made-by-hand"     // Incident has a record and no members by evidence
	Contradicts     Kind = "contradicts"      // Entry is the decision that stands against it
	Prevails        Kind = "prevails"         // Entry stands against it, though the newer was to win
	MemberAlready   Kind = "member-already"   // of Incident
	NoMember        Kind = "no-member"        // of Incident
	NothingLeft     Kind = "nothing-left"     // of Incident
	CountedNowhere  Kind = "counted-nowhere"  // the file, which was to go to Incident
	NotRegrouped    Kind = "not-regrouped"    // the decision is recorded
	SamePerson      Kind = "same-person"      // a second review, or a third, by who took part before
	NotPermitted    Kind = "not-permitted"    // an answer outside its list, or a sheet that is closed
	NotVerified     Kind = "not-verified"     // the claims do not carry that conclusion
)

// Error is why something cannot be decided, or was not carried out.
type Error struct {
	Kind     Kind
	What     error
	Hint     string // what to do, in words that hold for a screen
	Incident string // that it speaks of, "" for none
	Entry    int64  // of the ledger that it speaks of, 0 for none
}

func (e *Error) Error() string { return e.What.Error() }

// Unwrap gives the error behind it.
func (e *Error) Unwrap() error { return e.What }

func problem(kind Kind, hint, format string, args ...any) *Error {
	return &Error{Kind: kind, What: fmt.Errorf(format, args...), Hint: hint}
}

// of says which incident a problem speaks of.
func (e *Error) of(incident string) *Error {
	e.Incident = incident
	return e
}

// at says which entry of the ledger a problem speaks of.
func (e *Error) at(entry int64) *Error {
	e.Entry = entry
	return e
}
