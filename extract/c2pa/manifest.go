package c2pa

import "time"

// Manifest is one signed claim with its assertions. Everything but the States
// is as written by whoever made it.
type Manifest struct {
	Label          string // "urn:c2pa:…", "contentauth:urn:uuid:…"
	Update         bool   // an update manifest: it changes no pixels, and relies on its parent's binding
	ClaimVersion   int    // 1 or 2; 0 when there is no claim
	Title          string // dc:title
	Format         string // dc:format, a media type
	InstanceID     string
	ClaimGenerator string // the program that wrote the claim: "make_test/1.0 c2pa-rs/0.48"
	Generators     []Generator
	Alg            string // hash algorithm of the claim: "sha256"
	Redacted       []string

	Assertions  []Assertion
	Actions     []Action
	Ingredients []Ingredient
	Authors     []Author
	Metadata    []Entry // stds.exif, c2pa.metadata and the like: dates, places and device as claimed
	Thumbnails  []Thumbnail
	SoftBinding []string // algorithms of watermarks and fingerprints that are named
	Permissions []Permission
	Identities  []Identity

	Signer       string // organisation or name in the signing certificate
	Issuer       string // who issued that certificate
	SignatureAlg string // "ES256", "PS256", "EdDSA"
	SignedAt     string // when the claim says that it was made, as written; mostly ""
	Timestamp    *Timestamp

	Integrity   State // every assertion is the one that the claim lists
	Signature   State // the claim is the one that was signed with the certificate's key
	Certificate State // in force when the signature was made, and meant for signing content
	Trust       State // the certificate chains to Options.Trust
	Binding     State // the file is the one that was signed
}

// Generator is one program named in claim_generator_info.
type Generator struct {
	Name, Version string
}

// Assertion is one statement that the claim lists, by its label.
type Assertion struct {
	Label   string // "c2pa.actions.v2"
	URL     string // as the claim refers to it
	Created bool   // the signer vouches for having made it; false for gathered and for claims of version 1
	State   State  // its digest against the claim
}

// Action is one step that the maker says was taken.
type Action struct {
	Action            string // "c2pa.created", "c2pa.edited"
	When              string // as written, RFC 3339 when well-formed
	SoftwareAgent     string // "Adobe Firefly 2.0"
	DigitalSourceType string // IPTC term: "http://cv.iptc.org/newscodes/digitalsourcetype/trainedAlgorithmicMedia"
	Description       string
	Reason            string
	InstanceID        string
	Changed           string
	Ingredients       []string // the assertions of the ingredients it used
	Template          bool     // says what holds for all actions of its kind, not one step
}

// Ingredient is something that the file was made from.
type Ingredient struct {
	Label        string // of the assertion: "c2pa.ingredient.v3__1"
	Title        string
	Format       string
	DocumentID   string
	InstanceID   string
	Relationship string // "parentOf", "componentOf", "inputTo"
	Manifest     string // label of the ingredient's manifest in this store, if it has one
	Thumbnail    string // label of the assertion that shows it
	State        State  // that manifest is the one referred to
}

// Author is one author of a CreativeWork assertion.
type Author struct {
	Type, Name, Identifier string
}

// Entry is one value of a metadata assertion.
type Entry struct {
	Assertion string // "stds.exif"
	Name      string // "exif:DateTimeOriginal"
	Value     string
}

// Thumbnail is a picture held in an assertion. Data lies inside the block
// that was decoded.
type Thumbnail struct {
	Label     string // "c2pa.thumbnail.claim.jpeg"
	MediaType string
	Data      []byte
}

// Permission is one entry of c2pa.training-mining.
type Permission struct {
	Name, Use string // "c2pa.ai_training", "notAllowed"
}

// Identity is a cawg.identity assertion: who says to stand behind the
// referenced assertions. Its digests are checked, and its signature where it is
// one with a certificate ("cawg.x509.cose").
type Identity struct {
	Label, SigType string
	Signer         string
	State          State
}

// Timestamp is an RFC 3161 time stamp over the signature. It dates the
// signing, not the capture, and only where its State is valid.
type Timestamp struct {
	Time      time.Time // genTime, UTC
	Authority string    // the authority's certificate
	Field     string    // "sigTst" or "sigTst2"
	State     State     // it covers this signature and is signed with the authority's key
	Trust     State     // the authority's certificate chains to Options.Trust
}
