package api

import (
	"github.com/firsthand-media/firsthand/extract"
	"github.com/firsthand-media/firsthand/verify"
)

// Card is an item in a few facts: what a list, a lane or a board shows of it.
// Text from files and sources stands as it was found and is shown as text only.
type Card struct {
	ID        verify.Digest `json:"id"`
	Path      string        `json:"path"` // of its first sighting
	Name      string        `json:"name"` // the last part of the path
	Kind      string        `json:"kind"` // image, video, audio, document, other
	Width     int           `json:"width"`
	Height    int           `json:"height"`
	Seconds   float64       `json:"seconds"` // of a video or a sound, 0 for others
	Sources   []string      `json:"sources"`
	Copies    int           `json:"copies"` // items of its cluster, itself among them; 1 where it is alone
	Cluster   string        `json:"cluster"`
	Incident  string        `json:"incident"` // that counts it, "" for none
	Time      *When         `json:"time"`     // the best one, null where nothing is claimed
	Place     *Spot         `json:"place"`
	Readable  bool          `json:"readable"`               // its picture could be read
	Problem   string        `json:"problem" say:"sentence"` // what was found wrong, in a sentence, "" for nothing
	Warning   string        `json:"warning"`                // none, moderate, severe; "" where nobody said
	WarningBy string        `json:"warning_by"`             // person, text (words in the source), copy (said of a copy)
	Pinned    bool          `json:"pinned"`
	SetAside  bool          `json:"set_aside"`
	Tags      []string      `json:"tags"`
	Described string        `json:"described"` // what a person wrote of what is seen
	Caption   string        `json:"caption"`   // what was posted with it, the first of several, cut to some words
	Notes     int           `json:"notes"`
	Masked    bool          `json:"masked"`
	Reviewed  bool          `json:"reviewed"` // a person decided or wrote something about it
}

// When is a claimed time as a person reads it: never more certain than it is.
type When struct {
	Text     string        `json:"text" say:"sentence.value"` // "16 May 2026 14:02:11 +03:00"
	ISO      string        `json:"iso"`                       // for copying; "" where no instant is known
	Zone     string        `json:"zone" say:"sentence.value"` // "+03:00", "Z", "zone unknown"
	ZoneWhy  string        `json:"zone_why" say:"sentence"`   // how the zone is known
	Earliest string        `json:"earliest"`                  // RFC 3339, UTC
	Latest   string        `json:"latest"`
	NotAfter bool          `json:"not_after"` // the picture is no younger, and how old it is stays open
	Trust    extract.Trust `json:"trust"`
	Kind     string        `json:"kind"`                 // capture, posted, file_name …
	Label    string        `json:"label" say:"sentence"` // "device clock", "platform posted", "file name"
	Field    string        `json:"field"`
	Raw      string        `json:"raw" say:"sentence.put"`
}

// Spot is a claimed place.
type Spot struct {
	Latitude  *float64 `json:"latitude"`
	Longitude *float64 `json:"longitude"`
	RadiusM   *float64 `json:"radius_m"` // how far off it may be; null where nothing says
	Name      string   `json:"name"`
	Kind      string   `json:"kind"`                 // exif_gps, container, sidecar, caption, person
	Label     string   `json:"label" say:"sentence"` // "position in the file", "caption", "said by a person"
	Trust     string   `json:"trust"`                // device, platform, derived, none, as of times
	Field     string   `json:"field"`
	Raw       string   `json:"raw"`
	By        string   `json:"by"` // who confirmed it, "" for nobody
}
