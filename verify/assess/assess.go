// Package assess holds what people say of items and incidents when they verify
// them: the answers of the checklist, the grade of each claim, the conclusion,
// the double review, and the incident's record.
//
// Start at [Steps] for the checklist, at [Act] for one entry of it, at [Fold]
// for what stands of many, and at [Record] for an incident. It promises: acts
// are appended and the latest stands, in whatever portions they come; no
// conclusion follows from a number; "verified" is given by [Review.Missing]
// alone, which says what is lacking; what one reviewer said is not in what
// another is shown before both have handed in, see [Review.Seen]. It knows no
// database, no file and no clock.
package assess

import (
	"time"

	"github.com/firsthand-media/firsthand/extract/source"
	"github.com/firsthand-media/firsthand/verify"
)

// Reply is the answer to a step of the checklist.
type Reply string

// The replies. A step without one is not done.
const (
	Pass          Reply = "pass"
	Fail          Reply = "fail"
	Partial       Reply = "partial"
	NotApplicable Reply = "not_applicable"
	CannotTell    Reply = "cannot_determine"
)

// Replies lists them, for flags and forms.
func Replies() []Reply { return []Reply{Pass, Fail, Partial, NotApplicable, CannotTell} }

// InWords is what a reply is called on a screen; "not done" where there is none.
func (r Reply) InWords() string {
	words := map[Reply]string{
		Pass: "supported", Fail: "contradicted", Partial: "partly supported",
		NotApplicable: "does not apply", CannotTell: "cannot tell",
	}
	if w, ok := words[r]; ok {
		return w
	}
	return "not done"
}

// Answer is one step of the checklist as one person answered it.
type Answer struct {
	Item     verify.Digest `json:"item"`
	Step     string        `json:"step"`
	Answer   Reply         `json:"answer"`
	Note     string        `json:"note"`
	Evidence []Evidence    `json:"evidence"`
	Minutes  float64       `json:"minutes"` // of work; 0 where nobody measured
	By       string        `json:"by"`
	At       time.Time     `json:"at"`
	Round    Round         `json:"round"`
	Blind    bool          `json:"blind"`
}

// Evidence is what an answer rests on. One of the fields is set, Item beside
// it where it is in another file than the one assessed.
type Evidence struct {
	FileRegion   *[4]float64   `json:"file_region,omitempty"` // x0, y0, x1, y1 in 0..1
	FrameMS      *int64        `json:"frame_ms,omitempty"`    // milliseconds from the start of the video
	URL          string        `json:"url,omitempty"`
	SatImageDate string        `json:"sat_image_date,omitempty"` // YYYY-MM-DD
	Item         verify.Digest `json:"item,omitempty"`
}

// Round is whose turn a review is at.
type Round int

// The rounds of a review.
const (
	First        Round = 1
	Second       Round = 2
	Adjudication Round = 3
)

// Subject is what a claim is about.
type Subject string

// The subjects of claims.
const (
	Where     Subject = "where"
	When      Subject = "when"
	What      Subject = "what"
	Who       Subject = "who" // the source: who recorded and who published
	Integrity Subject = "integrity"
)

// Subjects lists them in the order in which they are shown.
func Subjects() []Subject { return []Subject{Where, When, What, Who, Integrity} }

// Grade is how well a claim is supported.
type Grade string

// The grades, the strongest first. Confirmed needs two independent bases.
const (
	Confirmed    Grade = "confirmed"
	Probable     Grade = "probable"
	Possible     Grade = "possible"
	Contradicted Grade = "contradicted"
	Unknown      Grade = "unknown"
)

// Grades lists them.
func Grades() []Grade { return []Grade{Confirmed, Probable, Possible, Contradicted, Unknown} }

// Claim is one claim about an item with its grade. Value is what is claimed,
// where it can be compared: LAT,LON[,RADIUS_M] for where, a day or an instant
// (or two with a slash between) for when; any text for the others.
type Claim struct {
	Item     verify.Digest `json:"item"`
	Claim    Subject       `json:"claim"`
	Grade    Grade         `json:"grade"`
	Value    source.Text   `json:"value"`
	Basis    []string      `json:"basis"`
	Reviewer string        `json:"reviewer"`
	At       time.Time     `json:"at"`
	Round    Round         `json:"round"`
	Blind    bool          `json:"blind"`
}

// Conclusion is what a reviewer concludes of an item.
type Conclusion string

// The conclusions. Misattributed is real, of another time or place than
// claimed.
const (
	Verified       Conclusion = "verified"
	PartlyVerified Conclusion = "partly_verified"
	NotVerifiable  Conclusion = "not_verifiable"
	Misattributed  Conclusion = "misattributed"
	Manipulated    Conclusion = "manipulated"
	Staged         Conclusion = "staged"
	Duplicate      Conclusion = "duplicate"
)

// Conclusions lists them.
func Conclusions() []Conclusion {
	return []Conclusion{Verified, PartlyVerified, NotVerifiable, Misattributed, Manipulated, Staged, Duplicate}
}

// State is how far the review of an item has come.
type State string

// The states of a review. Single to Adjudicated are those of the exchange
// formats; the others are open, and nobody but its author is shown a sheet.
const (
	Unassessed     State = ""
	InProgress     State = "in_progress"     // the first reviewer has not handed in
	AwaitsSecond   State = "awaits_second"   // the first has, the second has not
	SingleReview   State = "single"          // no second review is wanted
	DoubleAgree    State = "double_agree"    // both handed in, and agree on what the rule needs
	DoubleDisagree State = "double_disagree" // both handed in, and do not
	Adjudicated    State = "adjudicated"     // a third has decided
)

// InWords is what a state is called on a screen.
func (s State) InWords() string {
	return map[State]string{
		Unassessed: "not assessed", InProgress: "in progress", AwaitsSecond: "waits for a second review",
		SingleReview: "reviewed once", DoubleAgree: "two reviews agree", DoubleDisagree: "two reviews disagree",
		Adjudicated: "decided by a third",
	}[s]
}

// Act is one entry of the ledger about an item: a portion of a sheet, marks for
// the care of viewers, or a step of the review itself. Acts are never changed.
type Act struct {
	Seq        int64         // position in the ledger
	Rank       int64         // place in order, where some are of a case that was joined to this one; else 0
	At         time.Time     // UTC
	By         string        // the reviewer
	Key        string        // of the reviewer, as the ledger has it
	Item       verify.Digest // what it is about
	Round      Round
	Blind      bool // the first sheet was sealed to who did this
	Answers    []Answer
	Claims     []Claim
	Conclusion Conclusion // "" where it says none
	Limits     string     // of the conclusion, and what could change it
	Marks      *Marks     // nil where it says nothing of them
	Done       bool       // the sheet is handed in
	Single     bool       // no second review is wanted
	Reopen     bool       // the review begins anew
	TakesBack  int64      // an earlier act of the same person and round that does not hold, 0 for none
	Erased     bool       // its texts are gone
}

// Sensitivity is a reason to be careful with what is shown.
type Sensitivity string

// The five values of Atlos.
const (
	PersonalInformation Sensitivity = "Personal Information Visible"
	GraphicViolence     Sensitivity = "Graphic Violence"
	DeletedBySource     Sensitivity = "Deleted by Source"
	Deceptive           Sensitivity = "Deceptive or Misleading"
	NotSensitive        Sensitivity = "Not Sensitive"
)

// Sensitivities lists them.
func Sensitivities() []Sensitivity {
	return []Sensitivity{PersonalInformation, GraphicViolence, DeletedBySource, Deceptive, NotSensitive}
}

// Marks say how an item is to be handled. They are shown to everybody at all
// times: who reviews blind must be warned too. A nil field says nothing.
type Marks struct {
	Graphic           *int          `json:"graphic_level"` // 0 none, 1 and 2 moderate, 3 severe
	Sensitivity       []Sensitivity `json:"sensitivity"`
	Restriction       *string       `json:"security_restriction"` // none, internal, restricted, sealed
	FacesVisible      *bool         `json:"faces_visible"`
	ConsentNote       *string       `json:"consent_note"`
	RightsOwner       *string       `json:"rights_owner"`
	RightsDeclaration *string       `json:"rights_declaration"`
	CreatorWilling    *bool         `json:"creator_willing"` // to be a witness
}

// Restrictions lists the values of Marks.Restriction.
func Restrictions() []string { return []string{"none", "internal", "restricted", "sealed"} }
