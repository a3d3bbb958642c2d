package source

import (
	"errors"
	"fmt"
	"io"
)

// The formats of Record.Format.
const (
	formatTelegram     = "telegram-json"
	formatTelegramHTML = "telegram-html"
	formatInstagram    = "instagram"
	formatFacebook     = "facebook"
	formatYTDLP        = "yt-dlp"
	formatGalleryDL    = "gallery-dl"
	formatWhatsApp     = "whatsapp"

	formatTwscrape      = "twscrape"
	formatSnscrape      = "snscrape"
	formatTwarc1        = "twarc-v1"
	formatTwarc2        = "twarc-v2"
	formatArchiverSheet = "auto-archiver-sheet"
	formatArchiverTable = "auto-archiver-csv"
	formatArchiverJSON  = "auto-archiver-json"
	formatProofMode     = "proofmode"
	formatSaved         = "web-archive"
)

// Bounds on what one sidecar may say, so that one that names a picture over
// and over takes neither the memory nor the case.
const (
	maxEntries = 200_000
	maxPerFile = 1_000
)

var errTooMany = fmt.Errorf("more than %d entries", maxEntries)

// reading is what one sidecar was understood to say.
type reading struct {
	format  string
	dir     string // where the sidecar lies; the paths in it start here
	names   *names
	entries []entry
	perFile map[int]int // entries of each file
	// export marks an export, which speaks for its whole folder.
	export bool
	// top is that folder where the sidecar lies below it; else it is dir.
	top string
	// folders are those into which the files of such an export are sorted.
	folders string
	// chat is the name of the one chat, or the account, that is in an export.
	chat string

	furniture []int // files that are only there for the looks of an export

	derived   []int // files that are small copies of listed ones
	omitted   int   // entries that say themselves that their file was left out
	absent    tally // entries whose file is not here
	outside   tally // entries whose path leads out of the source
	unusable  tally // entries with a time that cannot be one
	repeated  tally // entries past the bound for one file
	unmatched tally // posts with media of which none is here; they name no files
	broken    tally // lines or rows that could not be read, among others that could
	findings  []Finding

	stopped   error // why the reading ended before the sidecar did
	stoppedAt int64 // byte
}

// entry is one thing said of one file.
type entry struct {
	file   int // in names.rels
	Record     // Album is set as if all files of the post were here
}

// tally counts something and keeps the first for the message.
type tally struct {
	count int
	first string
}

func (t *tally) add(what string) {
	if t.count == 0 {
		t.first = what
	}
	t.count++
}

// resolve finds the file that an entry names and counts it if it is not here.
func (r *reading) resolve(written string) (file int, ok bool) {
	file, found := r.names.find(r.dir, written)
	switch found {
	case outside:
		r.outside.add(written)
	case absent:
		r.absent.add(written)
	}
	return file, found == present
}

// add keeps an entry.
func (r *reading) add(e entry) error {
	if len(r.entries) >= maxEntries {
		return errTooMany
	}
	if r.perFile[e.file] >= maxPerFile {
		r.repeated.add(r.names.rels[e.file])
		return nil
	}
	if r.perFile == nil {
		r.perFile = make(map[int]int)
	}
	r.perFile[e.file]++
	r.entries = append(r.entries, e)
	return nil
}

// note keeps a finding of the sidecar.
func (r *reading) note(code string, severity Severity, message string) {
	r.findings = append(r.findings, Finding{Code: code, Severity: severity, Message: message})
}

// stop records where and why the reading ended early; nil and io.EOF are a
// regular end.
func (r *reading) stop(err error, at int64) {
	if err == nil || r.stopped != nil {
		return
	}
	if errors.Is(err, io.ErrUnexpectedEOF) || errors.Is(err, io.EOF) {
		err = errors.New("it ends in the middle")
	}
	r.stopped, r.stoppedAt = err, at
}

// missing is how many entries have no file here.
func (r *reading) missing() int {
	return r.omitted + r.absent.count + r.outside.count + r.unmatched.count
}

// report turns what went wrong or is worth knowing into findings, at most one
// a kind.
func (r *reading) report() []Finding {
	out := r.findings
	say := func(code string, severity Severity, format string, args ...any) {
		out = append(out, Finding{Code: code, Severity: severity, Message: fmt.Sprintf(format, args...)})
	}
	if r.stopped != nil {
		code := "sidecar-damaged"
		if errors.Is(r.stopped, errFileLarge) || errors.Is(r.stopped, errTooMany) {
			code = "sidecar-limit"
		}
		say(code, Warning, "%s sidecar could be read up to byte %d only (%s), what stands before is used: %s",
			r.format, r.stoppedAt, r.stopped, counted(len(r.entries), "entry of a file", "entries of files"))
	}
	if r.repeated.count > 0 {
		say("sidecar-limit", Warning, "%s left out that name a file more than %d times, the first is %s",
			counted(r.repeated.count, "entry is", "entries are"), maxPerFile, quoted(r.repeated.first))
	}
	if r.outside.count > 0 {
		say("sidecar-path-outside", Warning, "%s outside the source, the first is %s; nothing was opened there",
			counted(r.outside.count, "entry names a file", "entries name files"), quoted(r.outside.first))
	}
	if r.unusable.count > 0 {
		say("sidecar-time-unusable", Warning, "%s a post time that is no time, the first is %s",
			counted(r.unusable.count, "entry has", "entries have"), quoted(r.unusable.first))
	}
	if r.absent.count > 0 {
		say("sidecar-file-missing", Warning, "%s not here, the first is %s",
			counted(r.absent.count, "file named by this sidecar is", "files named by this sidecar are"), quoted(r.absent.first))
	}
	if r.broken.count > 0 {
		say("sidecar-damaged", Warning, "%s not be read and left out, the first is %s",
			counted(r.broken.count, "line or row could", "lines or rows could"), quoted(r.broken.first))
	}
	if r.unmatched.count > 0 {
		say("sidecar-post-without-file", Info, "%s with pictures or videos and no file here that carries its id or key, the first is %s",
			counted(r.unmatched.count, "post", "posts"), quoted(r.unmatched.first))
	}
	if r.omitted > 0 {
		say("sidecar-file-omitted", Info, "%s that the file was left out of the export",
			counted(r.omitted, "entry says", "entries say"))
	}
	return out
}

// counted writes a number with its noun.
func counted(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return fmt.Sprintf("%d %s", n, many)
}
