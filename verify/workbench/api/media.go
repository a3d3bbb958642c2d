package api

import (
	"context"
	"errors"
	"fmt"

	"github.com/firsthand-media/firsthand/extract"
	"github.com/firsthand-media/firsthand/extract/source"
	"github.com/firsthand-media/firsthand/verify"
	"github.com/firsthand-media/firsthand/verify/casefile"
)

func mediaRoutes() []Route {
	return []Route{
		onCase("GET", "/media/{id}", "media", "One item with everything that is known of it but its tags and its history.", mediaPage),
		onCase("GET", "/media/{id}/fields", "mediaFields", "Every tag of an item, read from the original where it is there.", mediaFields),
		onCase("GET", "/media/{id}/around", "mediaAround", "Where an item stands in the gallery's order, and its neighbours there.", mediaAround),
		onCase("GET", "/media/{id}/step", "mediaStep", "The exact time of the frame of a video that lies some frames from a moment.", mediaStep),
	}
}

// ItemIn names an item.
type ItemIn struct {
	ID verify.Digest `json:"id" in:"path"` // its SHA-256
}

// MediaPage is one item: what it says of itself, what is said of it where it
// was seen, and what it is like.
type MediaPage struct {
	Card         Card         `json:"card"`
	Bytes        int64        `json:"bytes"`
	MediaType    string       `json:"media_type"` // "image/jpeg"
	Mismatch     bool         `json:"extension_mismatch"`
	Codecs       []string     `json:"codecs"`
	FrameRate    *float64     `json:"frame_rate"`
	Device       Device       `json:"device"`
	Unread       string       `json:"unread" say:"sentence"` // why not all could be read, "" where it could
	Times        []TimeClaim  `json:"times"`                 // strongest first
	TimeClash    []Clash      `json:"time_clash"`
	Places       []PlaceClaim `json:"places"`
	PlaceClash   []Clash      `json:"place_clash"`
	Seen         []Seen       `json:"seen"`
	Alike        []Alike      `json:"alike"`      // copies and parts, then other shots of the scene; the best evidence first
	AlikeMore    int          `json:"alike_more"` // that are left out
	Findings     []Remark     `json:"findings"`   // the gravest first
	Film         *Film        `json:"film"`       // of what moves, else null
	InIncident   *Membership  `json:"in_incident"`
	ReviewState  string       `json:"review_state"` // of its checklist; "" where none was begun
	Conclusion   string       `json:"conclusion"`
	Said         Sayings      `json:"said"`
	OriginalHere string       `json:"original"` // where it lies on this machine, "" where it is not there
}

// Device is what a file says made it.
type Device struct {
	Make     string `json:"make"`
	Model    string `json:"model"`
	Serial   string `json:"serial"`
	Lens     string `json:"lens"`
	Software string `json:"software"`
}

// Remark is something that a check reported.
type Remark struct {
	Code     string          `json:"code"`
	Severity source.Severity `json:"severity"` // info, warning, error
	Message  string          `json:"message" say:"sentence"`
	Field    string          `json:"field"`
	Path     string          `json:"path"` // "" where it is of the content itself
}

// Membership is the incident that an item is in.
type Membership struct {
	ID      string        `json:"id"`
	Status  verify.Status `json:"status"`
	Role    verify.Role   `json:"role"`
	Reasons []WhyLine     `json:"reasons"`
}

func mediaPage(ctx context.Context, c *Case, in ItemIn) (MediaPage, error) {
	v, it, err := c.itemOf(ctx, in.ID)
	if err != nil {
		return MediaPage{}, err
	}
	m := &it.Media
	p := MediaPage{
		Card: v.card(it), Bytes: it.Size, MediaType: m.MediaType, Mismatch: m.ExtensionMismatch, Codecs: orNone(m.Codecs), FrameRate: m.FrameRate,
		Device: deviceOf(m), Unread: string(m.Error), Findings: remarksOf(it), Seen: seenOf(it), InIncident: v.membership(it.Digest),
	}
	p.Times, p.TimeClash = v.timesOf(it)
	p.Places, p.PlaceClash = v.placesOf(it)
	p.Alike, p.AlikeMore = v.alike(it)
	p.Said = v.sayings(it.Digest)
	for i := range v.Reviews {
		if r := &v.Reviews[i]; r.Item == it.Digest && len(r.Sheets) > 0 {
			p.ReviewState, p.Conclusion = string(r.State()), string(r.Conclusion())
		}
	}
	if path, err := c.Original(ctx, it.Digest); err == nil {
		p.OriginalHere = path
	}
	p.Film, err = c.filmOf(ctx, it)
	return p, err
}

// itemOf finds an item of the case as it stands.
func (c *Case) itemOf(ctx context.Context, d verify.Digest) (*View, *verify.Item, error) {
	v, err := c.View(ctx)
	if err != nil {
		return nil, nil, err
	}
	it := v.Item(d)
	if it == nil {
		return nil, nil, missingItem(d)
	}
	return v, it, nil
}

func missingItem(d verify.Digest) *Error {
	e := missing("no file of this case has the SHA-256 %.64q", string(d))
	e.Hint = "it may have gone in a later scan; the gallery lists what is there"
	return e
}

func deviceOf(m *extract.Media) Device {
	d := m.Device
	return Device{string(d.Make), string(d.Model), string(d.Serial), string(d.Lens), string(d.Software)}
}

// remarksOf are the findings of an item and of where it was seen, the gravest
// first.
func remarksOf(it *verify.Item) []Remark {
	out := []Remark{}
	for _, severity := range []source.Severity{source.Error, source.Warning, source.Info} {
		take := func(findings []extract.Finding, path string) {
			for _, f := range findings {
				if f.Severity == severity {
					out = append(out, Remark{f.Code, f.Severity, f.Message, string(f.Field), path})
				}
			}
		}
		take(it.Media.Findings, "")
		for i := range it.Sightings {
			take(it.Sightings[i].Findings, it.Sightings[i].Path)
		}
	}
	return out
}

// membership is the incident that shows an item, the one that counts it first.
func (v *View) membership(d verify.Digest) *Membership {
	var shown *Membership
	for i := range v.Incidents {
		inc := &v.Incidents[i]
		for j := range inc.Members {
			member := &inc.Members[j]
			if member.Digest != d || shown != nil && !member.Counts() {
				continue
			}
			shown = &Membership{inc.ID, inc.Status, member.Role, whyLines(member.Reasons)}
			if member.Counts() {
				return shown
			}
		}
	}
	return shown
}

// orNone is a list that is written as [] and not as null.
func orNone[T any](list []T) []T {
	if list == nil {
		return []T{}
	}
	return list
}

// unlessLost takes the absence of something that can be made again for
// nothing there.
func unlessLost(err error) error {
	if errors.Is(err, casefile.ErrNotCached) || errors.Is(err, casefile.ErrUnknownItem) {
		return nil
	}
	if err != nil {
		return fmt.Errorf("read the cache of the case: %w", err)
	}
	return nil
}
