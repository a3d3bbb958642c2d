package source

import (
	"encoding/json"
	"path"
	"strings"
)

// metaExport reads the JSON files of an "Export your information" of Facebook
// or Instagram. Both are made by one program and differ in names of keys only;
// which keys a file has depends on what it lists and on the year. The paths in
// them start at the top of the export, wherever the file itself lies.
type metaExport struct {
	out    *reading
	rel    string
	looked int // entries of a list so far

	thread metaThread
	listed []int // the files of an album, in out.entries
}

func newMetaExport(out *reading, rel string) *metaExport { return &metaExport{out: out, rel: rel} }

// metaLists are the keys under which files of downloads list posts or media.
const metaLists = " photos videos stories direct other_photos_v2 other_photos videos_v2 archived_stories_v2" +
	" group_posts_v2 posts_v2 media "

// isMetaList names the lists of posts or media.
func isMetaList(key string) bool {
	return strings.Contains(metaLists, " "+key+" ") || strings.HasPrefix(key, "ig_")
}

// metaMedia is one picture or video.
type metaMedia struct {
	URI         scalar `json:"uri"`
	Created     scalar `json:"creation_timestamp"` // Unix seconds: when it was uploaded
	Title       scalar `json:"title"`              // caption; on Facebook the album's name
	Description scalar `json:"description"`
	Metadata    struct {
		Photo metaExif `json:"photo_metadata"`
		Video metaExif `json:"video_metadata"`
	} `json:"media_metadata"`

	// Downloads of Instagram before 2020 have these instead.
	Path     scalar `json:"path"`
	TakenAt  scalar `json:"taken_at"`
	Caption  scalar `json:"caption"`
	Location scalar `json:"location"`
}

// metaExif is what was kept of a file's own metadata, which the file itself
// has lost. The address from which it was uploaded is not read.
type metaExif struct {
	Exif []struct {
		position
		Taken    scalar `json:"taken_timestamp"`
		Original scalar `json:"date_time_original"`
	} `json:"exif_data"`
}

// metaFiles is one picture or video, or a list of them.
type metaFiles []metaMedia

// UnmarshalJSON never fails, as scalar.
func (f *metaFiles) UnmarshalJSON(b []byte) error {
	var one metaMedia
	var several []metaMedia
	switch {
	case len(b) > 0 && b[0] == '[':
		loosely(b, &several)
	case len(b) > 0 && b[0] == '{':
		loosely(b, &one)
		several = []metaMedia{one}
	}
	*f = several
	return nil
}

// metaPost is one entry of a list: a post with its files, or one file.
type metaPost struct {
	metaMedia
	Media       metaFiles `json:"media"`
	Timestamp   scalar    `json:"timestamp"` // of the post, Unix seconds
	Attachments []struct {
		Data []metaAttachment `json:"data"`
	} `json:"attachments"`
	Data []struct {
		Post    scalar `json:"post"`
		Updated scalar `json:"update_timestamp"`
	} `json:"data"`
	Labels []metaLabel `json:"label_values"`
	ID     scalar      `json:"fbid"`
}

type metaAttachment struct {
	Media metaFiles `json:"media"`
	Note  struct {
		Text  scalar    `json:"text"`
		Media metaFiles `json:"media"`
	} `json:"note"`
	Place *struct {
		Name       scalar   `json:"name"`
		Coordinate position `json:"coordinate"`
	} `json:"place"`
}

// maxUnknown is how many entries of a file that is one list may be of no known
// kind before the file is left alone.
const maxUnknown = 200

// entry reads one entry of the list under key; the list that is the whole file
// has none.
func (x *metaExport) entry(key string, raw json.RawMessage) error {
	var p metaPost
	loosely(raw, &p)
	x.looked++
	if !x.recognise(key, &p) {
		if key == "" && x.out.format == "" && x.looked > maxUnknown {
			return errNoExport
		}
		return nil
	}
	record, files := x.post(&p)
	first := len(x.out.entries)
	for i, media := range files {
		if err := x.file(record, &files[i], media.written()); err != nil {
			return err
		}
	}
	if key == "photos" || key == "videos" {
		for i := first; i < len(x.out.entries); i++ {
			x.listed = append(x.listed, i)
		}
	}
	return nil
}

// recognise tells the entries of downloads from everything else, and whose
// they are.
func (x *metaExport) recognise(key string, p *metaPost) bool {
	format := ""
	switch {
	case p.Path != "" && p.TakenAt != "", strings.HasPrefix(key, "ig_"), len(p.Labels) > 0 && p.Timestamp != "":
		format = formatInstagram
	case p.isPost():
		format = formatFacebook
	case p.URI != "" && p.Created != "":
		format = formatFacebook // lists of files; those of Instagram have names of their own
	case len(p.Media) > 0 && p.Media[0].URI != "" && firstOf(string(p.Media[0].Created), string(p.Created)) != "":
		format = formatInstagram
	default:
		return false
	}
	if named := metaOwner(x.rel, string(p.URI)); named != "" && p.Path == "" {
		format = named
	}
	if x.out.format == "" {
		x.out.format = format
	}
	return true
}

// isPost recognises a post of Facebook, also one that is only a text.
func (p *metaPost) isPost() bool {
	for _, d := range p.Data {
		if d.Post != "" || d.Updated != "" {
			return p.Timestamp != ""
		}
	}
	for _, a := range p.Attachments {
		if len(a.Data) > 0 {
			return p.Timestamp != ""
		}
	}
	return false
}

// metaOwner is whose download a path belongs to, where it says so.
func metaOwner(paths ...string) string {
	for _, p := range paths {
		switch {
		case strings.Contains(p, "instagram"):
			return formatInstagram
		case strings.Contains(p, "facebook"):
			return formatFacebook
		}
	}
	return ""
}

// post gathers what an entry says of all its files.
func (x *metaExport) post(p *metaPost) (Record, []metaMedia) {
	format := x.out.format
	record := Record{PostID: string(p.ID)}
	files := append([]metaMedia(nil), p.Media...)
	if p.URI != "" || p.Path != "" {
		files = append(files, p.metaMedia)
	}
	for _, a := range p.Attachments {
		for _, d := range a.Data {
			files = append(append(files, d.Media...), d.Note.Media...)
			record.Text = firstOf(record.Text, string(d.Note.Text))
			if d.Place != nil {
				record.PlaceName = unescapeBytes(string(d.Place.Name))
				record.Latitude, record.Longitude = d.Place.Coordinate.degrees()
			}
		}
	}
	files = append(files, x.labels(p.Labels, &record, 0)...)
	for _, d := range p.Data {
		record.Text = firstOf(string(d.Post), record.Text)
		if record.Edited == nil && d.Updated != p.Timestamp {
			record.Edited = fromUnix(format+":update_timestamp", d.Updated)
		}
	}
	record.Posted = fromUnix(format+":timestamp", p.Timestamp)
	if record.Posted == nil {
		record.Posted = fromUnix(format+":creation_timestamp", p.Created)
	}
	if format == formatInstagram {
		record.Text = firstOf(record.Text, string(p.Title))
	}
	record.Text = unescapeBytes(record.Text)
	record.Album = x.album(&record, files)
	return record, files
}

// album names a post after its time and first file: downloads give no ids, and
// a post can stand in two files of one download.
func (x *metaExport) album(record *Record, files []metaMedia) string {
	if len(files) < 2 {
		return ""
	}
	return x.out.format + ":" + firstOf(record.PostID, path.Base(files[0].written()))
}

func (m *metaMedia) written() string { return string(m.URI + m.Path) }

// file keeps what a post and the entry of one of its files say of it.
func (x *metaExport) file(record Record, m *metaMedia, written string) error {
	if written == "" || strings.Contains(written, "://") {
		return nil // it was not kept, only its address
	}
	i, ok := x.resolve(written)
	if !ok {
		return nil
	}
	format := x.out.format
	if record.Posted == nil {
		record.Posted = fromUnix(format+":creation_timestamp", m.Created)
	}
	if record.Posted == nil && m.TakenAt != "" {
		record.Posted = fromText(format+":taken_at", m.TakenAt, false)
	}
	if said := m.Created + m.TakenAt; record.Posted == nil && said != "" {
		x.out.unusable.add(string(said))
	}
	x.describe(&record, m)
	return x.out.add(entry{file: i, Record: record})
}

// describe adds what is said of the one file.
func (x *metaExport) describe(record *Record, m *metaMedia) {
	own := firstOf(string(m.Description), string(m.Caption))
	if x.out.format == formatInstagram {
		own = firstOf(own, string(m.Title))
	}
	own = unescapeBytes(own)
	if own != record.Text {
		record.Text = titled(record.Text, own)
	}
	record.PlaceName = firstOf(record.PlaceName, unescapeBytes(string(m.Location)))
	for _, exif := range append(m.Metadata.Photo.Exif, m.Metadata.Video.Exif...) {
		if record.Taken == nil {
			record.Taken = takenTime(x.out.format, exif.Taken, exif.Original)
		}
		if lat, lon := exif.degrees(); lat != nil && record.Latitude == nil {
			record.Latitude, record.Longitude = lat, lon
		}
	}
}
