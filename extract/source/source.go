// Package source says which files there are and what their surroundings say
// of them: it walks one folder of scraped media, recognises sidecars and chat
// exports by their content, and attaches what they claim to the files they
// name.
//
// Start at [Read]. It promises: links, devices and pipes are reported and
// never followed or opened; a sidecar that cannot be read is a finding and
// the files beside it stay; a post time is given with the zone its format
// states and with none when it states none; the same folder gives the same
// inventory in the same order on every machine.
package source

import (
	"io/fs"
	"time"
)

// Source is one place that files came from: a channel, an account, a phone,
// a chat export. Name is the folder's name and the first part of every path.
type Source struct {
	Name string
	Dir  string
}

// File is one regular file of a source that is not a recognised sidecar.
type File struct {
	Rel     string    // path inside the source, as on disk, with forward slashes
	Path    string    // SOURCE/relative/path as shown to people; bytes that are not UTF-8 as \xNN
	Size    int64     // bytes
	ModTime time.Time // UTC
	Mode    fs.FileMode
	Account string   // channel, profile or person inside the source: from a sidecar, else the sub-folder, else ""
	Records []Record // what sidecars say of this file, in the order of the sidecars' paths
}

// Record is what one sidecar entry says of one file. A second record on the
// same file adds to the first and never replaces it.
type Record struct {
	Format        string    `json:"format"`          // "telegram-json", "yt-dlp", "gallery-dl", "whatsapp", "twscrape", …
	Sidecar       string    `json:"sidecar"`         // relative path of the file it was read from
	Account       string    `json:"account"`         // as named by the sidecar
	PostID        string    `json:"post_id"`         // unique inside format and account; an album shares it where the format says so
	Album         string    `json:"album"`           // equal for files of one post; "" when the file stands alone
	Posted        *PostTime `json:"posted"`          // nil when the sidecar names no time
	Edited        *PostTime `json:"edited"`          //
	Original      *PostTime `json:"original"`        // time of the forwarded or quoted original, if stated
	Taken         *PostTime `json:"taken,omitempty"` // time of the capture, where the sidecar states one
	Text          string    `json:"text"`            // caption, plain
	URL           string    `json:"url"`             // where it was published, stated or built from ids
	ForwardedFrom string    `json:"forwarded_from"`  //
	Latitude      *float64  `json:"latitude"`        // degrees, WGS 84, when the sidecar states a position
	Longitude     *float64  `json:"longitude"`
	PlaceName     string    `json:"place_name"`
}

// PostTime is a time as a sidecar states it. Exactly one of two cases holds:
// the zone is known (Instant is set) or it is not (Local is set and the
// instant can lie anywhere that a zone on earth puts it).
type PostTime struct {
	Instant    time.Time `json:"instant"`              // UTC; zero when the zone is unknown
	Local      string    `json:"local"`                // "2022-02-24T05:12:33" on the writer's clock; "" when only the instant is known
	InstantEnd time.Time `json:"instant_end,omitzero"` // the latest instant it can be where the stated offset need not be the one in force, Instant being the earliest
	LocalEnd   string    `json:"local_end,omitempty"`  // the later reading of a date whose order of numbers cannot be told, Local being the earlier
	Precision  string    `json:"precision"`            // "subsecond", "second", "minute" or "day"
	Field      string    `json:"field"`                // "telegram:date_unixtime"
	Raw        string    `json:"raw"`                  // as written
	Kind       string    `json:"kind"`                 // "posted", or "received" where the format gives the receiver's clock
}

// Sidecar is a file that was understood as a description of others.
type Sidecar struct {
	Rel     string
	Format  string
	Records int // entries that named a file of this source
	Missing int // entries whose file is not here
}

// Located is a finding with the file of the source that it speaks of; an
// empty Rel speaks of the source itself.
type Located struct {
	Rel string
	Finding
}

// Inventory is everything one source holds, sorted by Rel.
type Inventory struct {
	Source   Source
	Files    []File
	Sidecars []Sidecar
	Unknown  int // files that look like sidecars and were not understood; each form of them is a finding
	Findings []Located
}
