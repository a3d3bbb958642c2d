package workshop

import (
	"cmp"
	"context"
	"crypto/sha256"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/firsthand-media/firsthand/verify/casefile"
	"github.com/firsthand-media/firsthand/verify/locale"
)

// ConcernCode says what a concern is of.
type ConcernCode string

// The concerns.
const (
	Position   ConcernCode = "position"   // it says where it was taken
	Serial     ConcernCode = "serial"     // the serial number of a device
	Owner      ConcernCode = "owner"      // who made or owns it, by its own tags
	Account    ConcernCode = "account"    // accounts that it was posted by or forwarded from
	Caption    ConcernCode = "caption"    // a text that may name people
	Phone      ConcernCode = "phone"      // telephone numbers
	Email      ConcernCode = "email"      // e-mail addresses
	Handle     ConcernCode = "handle"     // @names
	Sidecar    ConcernCode = "sidecar"    // it also speaks of files that are not in the pack
	Personal   ConcernCode = "personal"   // a person marked faces or personal data
	Unseen     ConcernCode = "unseen"     // nobody has looked at it
	Unknown    ConcernCode = "unknown"    // the case never read it
	RealCase   ConcernCode = "real-case"  // the case is not an exercise
	Graphic    ConcernCode = "graphic"    // a person marked it as graphic, or a copy of it
	Restricted ConcernCode = "restricted" // a person marked it as not to be passed on
	NoOrigin   ConcernCode = "no-origin"
	NoLicence  ConcernCode = "no-licence"
)

// concernTexts are the keys of what is said of each.
var concernTexts = map[ConcernCode]string{
	Position: "workshop.concern.position", Serial: "workshop.concern.serial", Owner: "workshop.concern.owner",
	Account: "workshop.concern.account", Caption: "workshop.concern.caption", Phone: "workshop.concern.phone",
	Email: "workshop.concern.email", Handle: "workshop.concern.handle", Sidecar: "workshop.concern.sidecar",
	Personal: "workshop.concern.personal", Unseen: "workshop.concern.unseen", Unknown: "workshop.concern.unknown",
	RealCase: "workshop.concern.real-case", Graphic: "workshop.concern.graphic", Restricted: "workshop.concern.restricted",
	NoOrigin: "workshop.concern.no-origin", NoLicence: "workshop.concern.no-licence",
}

// Concern is something that speaks of real people, or should not be shown. There
// is one of each code for a file.
type Concern struct {
	Code    ConcernCode
	Path    string // of the file, "" where it is of the exercise's own texts or of the case
	What    string // tells whether it is the same as when somebody cleared it: eight letters and digits
	Message locale.Text
	Final   bool       // nobody can clear it: the file is left out, or the plan completed
	Cleared *Clearance // nil where nobody did
}

// ConcernError is a plan that is not packed for what nobody cleared.
type ConcernError struct{ Open []Concern }

func (e *ConcernError) Error() string {
	first := e.Open[0]
	of := first.Path
	if of == "" {
		of = "the exercise itself"
	}
	say := locale.For(locale.English).Say(first.Message)
	if n := len(e.Open); n > 1 {
		return fmt.Sprintf("%d concerns are not cleared, the first is of %s: %s", n, of, say)
	}
	return fmt.Sprintf("a concern is not cleared, of %s: %s", of, say)
}

// Concerns lists what speaks of real people or is graphic in a plan, by path: in
// the texts of the exercise and, of a case, in its files, their tags, names and
// sidecars, and in what people marked. Whether a picture shows a face or a number
// plate only a person can tell, who is asked for by [Unseen]. Without a case
// (file is nil) the texts of the plan alone are looked at.
func Concerns(ctx context.Context, file *casefile.File, plan Plan) ([]Concern, error) {
	if file == nil {
		return planConcerns(&plan).sorted(&plan), nil
	}
	media, err := CaseMedia(ctx, file)
	if err != nil {
		return nil, err
	}
	defer media.Close()
	return concernsOf(ctx, media, &plan)
}

func concernsOf(ctx context.Context, media *CaseFiles, plan *Plan) ([]Concern, error) {
	found := planConcerns(plan)
	if err := media.concerns(ctx, plan, found); err != nil {
		return nil, fmt.Errorf("look for what speaks of people: %w", err)
	}
	return found.sorted(plan), nil
}

// concerns gathers what was found: of a file and a code, the things themselves.
type concerns map[concernKey]map[string]bool

type concernKey struct {
	path string
	code ConcernCode
}

// add notes things of a file; a thing that is empty says that there is the
// concern and nothing to be shown of it.
func (c concerns) add(path string, code ConcernCode, things ...string) {
	for _, thing := range things {
		key := concernKey{path, code}
		if c[key] == nil {
			c[key] = map[string]bool{}
		}
		c[key][thing] = true
	}
}

// Of the things that a concern is of the first few are shown, and of each as
// much as tells which it is.
const (
	mostShown    = 5
	longestShown = 160 // characters
)

func shownOf(things []string) string {
	var out []string
	for _, s := range things[:min(len(things), mostShown)] {
		out = append(out, brief(s))
	}
	if len(things) > mostShown {
		out = append(out, "…")
	}
	return strings.Join(out, " · ")
}

func brief(s string) string {
	s = strings.Join(strings.Fields(strings.ToValidUTF8(s, "�")), " ")
	if runes := []rune(s); len(runes) > longestShown {
		return string(runes[:longestShown]) + "…"
	}
	return s
}

// sorted gives the concerns by path and code, with what the plan says of them.
func (c concerns) sorted(p *Plan) []Concern {
	out := make([]Concern, 0, len(c))
	for key, things := range c {
		list := slices.Sorted(maps.Keys(things))
		what := shownOf(list)
		sum := sha256.Sum256([]byte(strings.Join(list, "\n")))
		one := Concern{
			Code: key.code, Path: key.path, What: spoken.EncodeToString(sum[:5]), Final: final(key.code),
			Message: locale.Text{Key: concernTexts[key.code], Values: map[string]any{"n": len(list), "what": what}},
		}
		one.Cleared = p.clearance(one)
		out = append(out, one)
	}
	slices.SortFunc(out, func(a, b Concern) int { return cmp.Or(cmp.Compare(a.Path, b.Path), cmp.Compare(a.Code, b.Code)) })
	return out
}

// final says whether nobody can clear a concern.
func final(code ConcernCode) bool {
	return slices.Contains([]ConcernCode{Graphic, Restricted, NoOrigin, NoLicence}, code)
}
