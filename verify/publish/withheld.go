package publish

// reason is one kind of thing that is not told, in the order of the list.
type reason int

const (
	unconfirmedIncident reason = iota
	rejectedIncident
	hiddenItem
	hiddenSighting
	restricted
	noMember
	keptPosition
	rounded
	ownPlace
	fileName
	account
	caption
	device
	why
	note
	actor
	hiddenLink
	author
	openReview
	answers
	reviewer
	reasons // how many there are
)

// words say what each is, and why it is not told.
var words = [reasons][2]string{
	unconfirmedIncident: {"incidents that no person has confirmed", "only what a person has confirmed is published"},
	rejectedIncident:    {"incidents that a person rejected", "they are not incidents"},
	hiddenItem:          {"files that were seen in hidden or private sources alone", "showing them could name who filmed or sent them"},
	hiddenSighting:      {"further places where shown files were found", "these sources are hidden or private"},
	restricted:          {"files that a person marked as internal, restricted or sealed", "as marked"},
	noMember:            {"files that belong to no incident shown here", "they are no part of what is told"},
	keptPosition:        {"positions of incidents", "a person said not to publish them"},
	rounded:             {"positions of incidents, rounded", "to what is known of them, and not finer than about 100 metres unless a person allowed it"},
	ownPlace:            {"positions and places that files and posts state", "they can be the home of who filmed"},
	fileName:            {"names of folders and files", "they can hold names, numbers and places; labels stand in their place"},
	account:             {"names of accounts", "they name people; the address of a public post is given where there is one"},
	caption:             {"captions", "they name people and places, and are claims of others"},
	device:              {"files' devices, serial numbers and programs", "they can be traced to a person"},
	why:                 {"reasons why files belong together", "they quote names and captions"},
	note:                {"notes, bases, tags and fields for the team", "they are not written for the public"},
	actor:               {"statements on who did it", "attribution is published apart"},
	hiddenLink:          {"links", "the source is hidden"},
	author:              {"authors and descriptions of links", "they name people"},
	openReview:          {"reviews of files that are not settled", "they are open, or two people disagree"},
	answers:             {"answers of the checklist with their notes", "they are not written for the public"},
	reviewer:            {"names of reviewers and authors", "they are not named"},
}

// list is what was held back, in a fixed order.
func (s *sieve) list() []Withheld {
	out := []Withheld{}
	for r := range reasons {
		if n := s.count[r]; n > 0 {
			out = append(out, Withheld{What: words[r][0], Count: n, Why: words[r][1]})
		}
	}
	return out
}
