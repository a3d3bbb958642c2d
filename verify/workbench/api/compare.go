package api

import (
	"context"
	"fmt"
	"slices"

	"github.com/firsthand-media/firsthand/verify"
	"github.com/firsthand-media/firsthand/verify/sidebyside"
	"github.com/firsthand-media/firsthand/verify/strip"
)

func compareRoutes() []Route {
	return []Route{
		onCase("GET", "/compare", "compare", "What the case knows two items to share, and where their metadata differ.", comparePage),
		onCase("GET", "/compare/look", "compareLook", "Looks at the two originals anew, in the workers, for what they share; nothing is stored.", compareLook),
		onCase("GET", "/compare/fields", "compareFields", "The tags in which two items differ, read from the originals where they are there.", compareFields),
		onCase("GET", "/pairs", "pairs", "Pairs of items that the case found alike, to go through one after another.", pairs),
	}
}

// PairIn names two items.
type PairIn struct {
	A verify.Digest `json:"a" in:"query"`
	B verify.Digest `json:"b" in:"query"`
}

// ComparePage is two items beside each other.
type ComparePage struct {
	A           Card         `json:"a"`
	B           Card         `json:"b"`
	FilmA       *Film        `json:"film_a"` // null where it does not move
	FilmB       *Film        `json:"film_b"`
	Shared      *Shared      `json:"shared"` // null where nothing is stored
	CanLook     bool         `json:"can_look"`
	Verdict     *Verdict     `json:"verdict"` // a person's that stands, else null
	Differences []Difference `json:"differences"`
}

// Shared is what two items have in common: always read from A to B, whichever
// way it is stored.
type Shared struct {
	Stored      bool            `json:"stored"` // found by the last run; false: just now
	Relation    verify.Relation `json:"relation"`
	Headline    string          `json:"headline" say:"sentence"` // what it proposes: "A is a part of B"
	Part        string          `json:"part" say:"sentence"`     // which part of A and of B both show
	When        string          `json:"when" say:"sentence"`     // of videos
	How         string          `json:"how" say:"sentence"`      // how A was turned, mirrored, scaled
	Changed     string          `json:"changed" say:"sentence"`  // where they differ inside it
	Sound       string          `json:"sound" say:"sentence"`
	Open        string          `json:"open" say:"sentence"` // what it does not say
	Why         string          `json:"why" say:"sentence"`  // the evidence, one sentence
	First       string          `json:"first"`               // a or b: which of them that sentence calls the first
	Points      int             `json:"points"`
	BlocksAgree int             `json:"blocks_agree"`
	BlocksSeen  int             `json:"blocks_compared"`
	Bits        int             `json:"distance_bits"` // of 64
	Score       float64         `json:"score"`
	Scale       float64         `json:"scale"` // pixels of B for one of A
	Rotation    float64         `json:"rotation_degrees"`
	Mirrored    bool            `json:"mirrored"`
	RegionA     [][2]float64    `json:"region_a"` // corners, in 0..1, of what both show
	RegionB     [][2]float64    `json:"region_b"`
	ChangedA    []Changed       `json:"changed_a"`
	ChangedB    []Changed       `json:"changed_b"` // as many as in A where each has its twin
	AToB        *Homography     `json:"a_to_b"`    // null where no map is known
	BToA        *Homography     `json:"b_to_a"`
	Stretches   []Stretch       `json:"stretches"` // that two videos share, the longest first
	Lanes       *Lanes          `json:"lanes"`     // of two videos
	AtA         *float64        `json:"at_a"`      // seconds: the frame of a video that a still goes with
	AtB         *float64        `json:"at_b"`
}

// Changed is a part of a picture in which it differs from the other.
type Changed struct {
	Box   [4]float64 `json:"box"`                  // x0, y0, x1, y1 in 0..1
	Where string     `json:"where" say:"sentence"` // "the upper right corner"
}

// Homography maps points of one picture to the other, both in fractions of
// their sides: rows of a 3 × 3 matrix, one after the other.
type Homography [9]float64

// Stretch is what two videos share for a while.
type Stretch struct {
	A         [2]float64 `json:"a"` // seconds, start and end
	B         [2]float64 `json:"b"`
	Offset    float64    `json:"offset"` // a moment t of B is Offset + Speed·t of A
	Speed     float64    `json:"speed"`
	Mirrored  bool       `json:"mirrored"`
	Uncertain bool       `json:"uncertain"` // the same is shown, but not which moment is which
	Text      string     `json:"text" say:"sentence"`
	Moments   []Moment   `json:"moments"` // to look at one after another
}

// Moment is a frame of each of two videos that show the same moment, by the
// times of frames that the case keeps.
type Moment struct {
	A   float64 `json:"a"` // seconds
	B   float64 `json:"b"`
	Off float64 `json:"off"` // by how many seconds the frame of B comes after the moment that A's frame shows
}

// Lanes is where to draw two videos as bars over time, in shares of the width.
type Lanes struct {
	A       Lane     `json:"a"`
	B       Lane     `json:"b"`
	Bridges []Bridge `json:"bridges"` // as many as there are stretches, up to a bound
}

// Lane is the bar of one video.
type Lane struct {
	From     float64 `json:"from"`
	To       float64 `json:"to"`
	Seconds  float64 `json:"seconds"`
	Enlarged bool    `json:"enlarged"` // drawn on a longer scale than the other
}

// Bridge joins a stretch in A to the one in B.
type Bridge struct {
	A [2]float64 `json:"a"`
	B [2]float64 `json:"b"`
}

// Verdict is a person's word on two items.
type Verdict struct {
	Said   string `json:"said"` // same-image, same-scene, not-same, unsure
	By     string `json:"by"`
	At     string `json:"at" say:"sentence.value"` // "16 May 2026 11:40:07 Z"
	Reason string `json:"reason" say:"sentence.given"`
	Entry  int64  `json:"entry"`
}

func comparePage(ctx context.Context, c *Case, in PairIn) (ComparePage, error) {
	v, a, b, err := c.pairOf(ctx, in)
	if err != nil {
		return ComparePage{}, err
	}
	p := ComparePage{A: v.card(a), B: v.card(b), CanLook: c.api.program.Compare != nil, Verdict: v.verdictOn(a.Digest, b.Digest), Differences: v.differences(a, b)}
	if p.FilmA, err = c.filmOf(ctx, a); err != nil {
		return p, err
	}
	if p.FilmB, err = c.filmOf(ctx, b); err != nil {
		return p, err
	}
	if m, ok := v.matchOf(a.Digest, b.Digest); ok {
		if a, b, err = c.withFrames(ctx, a, b, &m); err != nil {
			return p, err
		}
		p.Shared = sharedOf(m, a, b)
		p.Shared.Stored = true
		p.Shared.First = firstOf(v, a.Digest, b.Digest)
	}
	return p, nil
}

// pairOf finds two items.
func (c *Case) pairOf(ctx context.Context, in PairIn) (v *View, a, b *verify.Item, err error) {
	if v, a, err = c.itemOf(ctx, in.A); err != nil {
		return nil, nil, nil, err
	}
	if b = v.Item(in.B); b == nil {
		return nil, nil, nil, missingItem(in.B)
	}
	return v, a, b, nil
}

// matchOf is the stored match of two items, read from a to b.
func (v *View) matchOf(a, b verify.Digest) (verify.Match, bool) {
	if a == b {
		return verify.Match{}, false
	}
	for i := range v.Matches {
		switch m := &v.Matches[i]; {
		case m.DigestA == a && m.DigestB == b:
			return *m, true
		case m.DigestA == b && m.DigestB == a:
			return m.Exchanged(), true
		}
	}
	return verify.Match{}, false
}

// firstOf says which of two items the evidence of their stored match calls the
// first: it is written once, in the order that the match is kept in.
func firstOf(v *View, a, b verify.Digest) string {
	if slices.ContainsFunc(v.Matches, func(m verify.Match) bool { return m.DigestA == a && m.DigestB == b }) {
		return "a"
	}
	return "b"
}

// Looked is what came of looking at two originals anew.
type Looked struct {
	Shared *Shared `json:"shared"`             // null where nothing was found
	Why    string  `json:"why" say:"sentence"` // how far that goes, a sentence
}

func compareLook(ctx context.Context, c *Case, in PairIn) (Looked, error) {
	_, a, b, err := c.pairOf(ctx, in)
	if err != nil {
		return Looked{}, err
	}
	if c.api.program.Compare == nil {
		return Looked{}, noWorkers("the two cannot be compared")
	}
	pathA, err := c.Original(ctx, a.Digest)
	if err != nil {
		return Looked{}, err
	}
	pathB, err := c.Original(ctx, b.Digest)
	if err != nil {
		return Looked{}, err
	}
	found, err := c.api.program.Compare(ctx, pathA, pathB)
	if err != nil {
		return Looked{}, &Error{
			Status: 422, What: "the two originals cannot be compared: " + err.Error(), cause: err,
			Hint: "compare them by eye, side by side", Safe: "nothing was changed",
		}
	}
	if found.ItemA.Digest != a.Digest || found.ItemB.Digest != b.Digest {
		return Looked{}, clash("scan again, or put the originals back", "one of the two is no longer the file that was scanned")
	}
	if found.Relation == "" {
		return Looked{Why: capital(found.Why)}, nil
	}
	m, first := found.Match, "a"
	if m.DigestA != a.Digest {
		m, first = m.Exchanged(), "b"
	}
	s := sharedOf(m, &found.ItemA, &found.ItemB)
	s.First = first
	return Looked{Shared: s, Why: capital(m.Why)}, nil
}

// sharedOf puts a match of two items, read from a to b, into what the page
// draws; of videos the items have their frames.
func sharedOf(m verify.Match, a, b *verify.Item) *Shared {
	d := sidebyside.Describe(m)
	s := &Shared{
		Relation: m.Relation, Headline: capital(d.Verdict), Part: d.Shared, When: d.Moment, How: d.Transform, Changed: d.Changed, Sound: d.Sound, Open: d.Limits,
		Why: m.Why, Points: m.Inliers, BlocksAgree: m.BlocksAgree, BlocksSeen: m.BlocksSeen, Bits: m.Distance, Score: m.Score,
		Scale: m.Transform.Scale, Rotation: m.Transform.Rotation, Mirrored: m.Transform.Mirrored,
		RegionA: orNone(m.RegionA), RegionB: orNone(m.RegionB), ChangedA: changedOf(m.ChangedA), ChangedB: changedOf(m.ChangedB),
		Stretches: []Stretch{},
	}
	if m.Map != nil {
		if back, ok := m.Map.Inverse(); ok {
			s.AToB, s.BToA = homography(*m.Map), homography(back)
		}
	}
	if len(m.Segments) > 0 {
		s.stretch(m, a, b)
		return s
	}
	s.AtA, s.AtB = frameAt(a, m.TimeA), frameAt(b, m.TimeB)
	return s
}

func changedOf(boxes verify.Boxes) []Changed {
	out := []Changed{}
	for _, b := range boxes {
		out = append(out, Changed{b, verify.Where(b)})
	}
	return out
}

// frameAt is the frame of a video that a match with a still speaks of.
func frameAt(it *verify.Item, at *[2]float64) *float64 {
	if at == nil {
		return nil
	}
	seconds := at[0]
	if i := sidebyside.Nearest(it, at, anyFrame); i >= 0 {
		seconds = it.Frames[i].At.Seconds()
	}
	return &seconds
}

// stretch adds what two videos share over time.
func (s *Shared) stretch(m verify.Match, a, b *verify.Item) {
	texts := sidebyside.Describe(m).Stretches
	for i, g := range m.Segments {
		one := Stretch{A: g.TimeA, B: g.TimeB, Offset: g.Offset, Speed: g.Speed, Mirrored: g.Mirrored, Uncertain: g.Uncertain, Moments: moments(g, a, b)}
		switch {
		case i < len(texts):
			one.Text = texts[i]
		case len(m.Segments) == 1:
			one.Text = s.When
		default:
			one.Text = fmt.Sprintf("(%d) %s–%s of A", i+1, strip.Clock(secondsOf(g.TimeA[0]), 0), strip.Clock(secondsOf(g.TimeA[1]), 0))
		}
		s.Stretches = append(s.Stretches, one)
	}
	l := strip.NewLanes(strip.Seconds(a), strip.Seconds(b), m.Segments)
	s.Lanes = &Lanes{A: lane(l.A), B: lane(l.B), Bridges: []Bridge{}}
	for _, bridge := range l.Bridges {
		s.Lanes.Bridges = append(s.Lanes.Bridges, Bridge{bridge.A, bridge.B})
	}
}

func lane(l strip.Lane) Lane { return Lane{l.From, l.To, l.Seconds, l.Enlarged} }
