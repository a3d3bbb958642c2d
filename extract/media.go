// Package extract reads what a media file claims: its type, device, times and
// places, each with the field it stands in, the text as written, and an honest
// bound.
//
// Start at [Read]. It promises: nothing is verified here, only reported; no
// time zone is ever made up; a damaged part costs that part and becomes a
// finding; the result does not depend on the machine, its clock or its zone;
// no input makes it panic, hang or take memory out of proportion.
package extract

import (
	"time"

	"github.com/firsthand-media/firsthand/extract/source"
)

// Finding, Severity and Text are shared with the stage before.
type (
	Finding  = source.Finding
	Severity = source.Severity
	Text     = source.Text
)

// Kind is what sort of thing a file is, judged by its content.
type Kind string

// The kinds of the output contract.
const (
	Image    Kind = "image"
	Video    Kind = "video"
	Audio    Kind = "audio"
	Document Kind = "document"
	Other    Kind = "other"
)

// Media is what one file claims. Its JSON form is that of `inspect` in the
// output contract without path, digest and size. Unknown numbers are nil.
type Media struct {
	Kind              Kind      `json:"kind"`
	MediaType         string    `json:"media_type"` // "image/jpeg"; "application/octet-stream" when unknown
	ExtensionMismatch bool      `json:"extension_mismatch"`
	Width             *int      `json:"width"` // pixels as stored, before orientation
	Height            *int      `json:"height"`
	Orientation       *int      `json:"orientation"` // EXIF 1..8
	DurationSeconds   *float64  `json:"duration_seconds"`
	FrameRate         *float64  `json:"frame_rate"`
	Codecs            []string  `json:"codecs"`
	Device            Device    `json:"device"`
	BestTime          *Time     `json:"best_time"`
	Times             []Time    `json:"times"` // strongest first
	BestPlace         *Place    `json:"best_place"`
	Places            []Place   `json:"places"`
	Findings          []Finding `json:"findings"`
	Error             Text      `json:"error"`            // why nothing or not all could be read, one line
	Fields            Fields    `json:"fields,omitzero"`  // every tag read, where Options.All asks for them
	History           []Step    `json:"history,omitzero"` // what XMP says was done to the file, likewise

	Thumbnails []Thumbnail `json:"-"` // where Options.Thumbnails asks for them
}

// Step is one entry of an editor's own history of the file (xmpMM:History), as
// written.
type Step struct {
	Action     Text `json:"action"` // "created", "saved", "derived", ...
	When       Text `json:"when"`   // "2022-03-01T10:00:00+01:00"
	Software   Text `json:"software"`
	Parameters Text `json:"parameters"` // "converted from image/tiff to image/jpeg"
}

// Device is what the file says made it.
type Device struct {
	Make     Text `json:"make"`
	Model    Text `json:"model"`
	Serial   Text `json:"serial"`
	Lens     Text `json:"lens"`
	Software Text `json:"software"`
}

// TimeKind says what happened at a time.
type TimeKind string

// The kinds of time of the output contract.
const (
	Capture      TimeKind = "capture"
	Digitised    TimeKind = "digitised"
	Modified     TimeKind = "modified"
	GPS          TimeKind = "gps"
	Container    TimeKind = "container"
	Signed       TimeKind = "signed"
	Posted       TimeKind = "posted"
	Received     TimeKind = "received"
	Forwarded    TimeKind = "forwarded"
	FileName     TimeKind = "file_name"
	PlatformID   TimeKind = "platform_id"
	FileSystem   TimeKind = "file_system"
	OverlayTime  TimeKind = "overlay"
	ShadowTime   TimeKind = "shadow"
	StatedByHand TimeKind = "stated"
)

// Zone says what is known of a time's zone.
type Zone string

// The four states of zone knowledge.
const (
	UTC      Zone = "utc"      // UTC by the definition of the field
	Offset   Zone = "offset"   // the file states the offset
	Derived  Zone = "derived"  // worked out from another time of the same file, or from the zone that the camera notes it was set to
	Floating Zone = "floating" // not known
)

// Precision is the finest unit that a time states.
type Precision string

// The precisions of the output contract.
const (
	Subsecond Precision = "subsecond"
	Second    Precision = "second"
	Minute    Precision = "minute"
	Day       Precision = "day"
)

// Trust says whose word a time is.
type Trust string

// The four grades, strongest first; None is a value known to be meaningless,
// as a clock that was never set.
const (
	TrustDevice   Trust = "device"
	TrustPlatform Trust = "platform"
	TrustDerived  Trust = "derived"
	TrustNone     Trust = "none"
)

// Time is one claim about when something happened. Earliest and Latest bound
// the instant honestly, in UTC: a floating time spans every zone it could be
// in (UTC-12 to UTC+14), a day is a day long.
type Time struct {
	Kind          TimeKind  `json:"kind"`
	Local         Text      `json:"local"`          // "2022-02-24T05:12:33.083"
	OffsetMinutes *int      `json:"offset_minutes"` // east of UTC
	Zone          Zone      `json:"zone"`
	Earliest      time.Time `json:"earliest"`
	Latest        time.Time `json:"latest"`
	Precision     Precision `json:"precision"`
	Trust         Trust     `json:"trust"`
	Field         string    `json:"field"` // "EXIF:DateTimeOriginal"
	Raw           string    `json:"raw"`   // as written in the file
}

// PlaceKind says where a position comes from.
type PlaceKind string

// The kinds of place of the output contract.
const (
	PlaceEXIF      PlaceKind = "exif_gps" // a receiver's position, in EXIF or copied to XMP or a manifest
	PlaceContainer PlaceKind = "container"
	PlaceSidecar   PlaceKind = "sidecar"
	PlaceCaption   PlaceKind = "caption" // named by whoever described the picture, in IPTC or XMP, or by a map in the camera
	PlacePerson    PlaceKind = "person"
)

// Place is one claim about where something is. Latitude and Longitude are
// degrees, WGS 84, north and east positive; nil when only a name is known.
type Place struct {
	Kind             PlaceKind `json:"kind"`
	Latitude         *float64  `json:"latitude"`
	Longitude        *float64  `json:"longitude"`
	AltitudeM        *float64  `json:"altitude_m"`        // metres above sea level
	DirectionDegrees *float64  `json:"direction_degrees"` // where the camera pointed, clockwise from north
	AccuracyM        *float64  `json:"accuracy_m"`        // radius, metres
	Name             Text      `json:"name"`
	Field            string    `json:"field"`
	Raw              string    `json:"raw"`
}
