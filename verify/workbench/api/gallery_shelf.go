package api

import (
	"slices"
	"strings"
	"sync"
	"sync/atomic"

	"github.com/firsthand-media/firsthand/extract"
	"github.com/firsthand-media/firsthand/verify"
	"github.com/firsthand-media/firsthand/verify/assess"
	"github.com/firsthand-media/firsthand/verify/search"
)

// shelf is what is worked out of a view once, for cards and for filters.
type shelf struct {
	once     sync.Once
	stock    atomic.Pointer[stock]
	docs     []search.Document        // of each item, in order
	incident map[verify.Digest]string // that counts the item
	graphic  map[verify.Digest]assess.Graphic
	decided  map[verify.Digest]bool // a checklist was begun or a decision names it
	orders   orders
}

// stock is the part of a shelf that comes of the items alone. A view that has
// the same items as the one before takes it over.
type stock struct {
	of     *verify.Item // the first of the items
	docs   []search.Document
	warned map[verify.Digest]bool // a post with it warns of what is to be seen
}

// worked gives the shelf of a view, filled.
func (v *View) worked() *shelf {
	v.shelf.once.Do(func() { v.shelf.fill(v) })
	return &v.shelf
}

// inherit takes over from the view before what holds of both.
func (v *View) inherit(before *View) { v.shelf.stock.Store(before.shelf.stock.Load()) }

func (s *shelf) fill(v *View) {
	s.incident = map[verify.Digest]string{}
	for i := range v.Incidents {
		for m := range v.Incidents[i].Members {
			if member := &v.Incidents[i].Members[m]; member.Counts() {
				s.incident[member.Digest] = v.Incidents[i].ID
			}
		}
	}
	s.graphic = assess.GraphicLevels(v.Clusters, v.Reviews)
	s.decided = decidedOn(v)
	have := s.stock.Load()
	if have == nil || len(have.docs) != len(v.Items) || len(v.Items) > 0 && have.of != &v.Items[0] {
		have = newStock(v)
		s.stock.Store(have)
	}
	s.docs = slices.Clone(have.docs)
	for i := range s.docs {
		s.mark(v, &s.docs[i], &v.Items[i])
	}
}

// decidedOn gives the items of which a person decided something: in a
// checklist, of an incident, or of a pair.
func decidedOn(v *View) map[verify.Digest]bool {
	out := map[verify.Digest]bool{}
	for i := range v.Reviews {
		if r := &v.Reviews[i]; len(r.Sheets) > 0 || r.Marks.Graphic != nil {
			out[r.Item] = true
		}
	}
	for _, d := range verify.Standing(v.Decisions) {
		for _, subject := range d.Subjects {
			out[subject] = true
		}
	}
	return out
}

func newStock(v *View) *stock {
	s := &stock{docs: make([]search.Document, len(v.Items)), warned: map[verify.Digest]bool{}}
	if len(v.Items) > 0 {
		s.of = &v.Items[0]
	}
	var wg sync.WaitGroup
	const share = 2000 // items in one go
	for from := 0; from < len(v.Items); from += share {
		wg.Go(func() {
			for i := from; i < min(from+share, len(v.Items)); i++ {
				s.docs[i] = document(&v.Items[i])
			}
		})
	}
	wg.Wait()
	for i := range v.Items {
		if warnsOf(&v.Items[i]) {
			s.warned[v.Items[i].Digest] = true
		}
	}
	return s
}

// warnsOf says whether any post with an item warns of what is to be seen.
func warnsOf(it *verify.Item) bool {
	for i := range it.Sightings {
		for _, r := range it.Sightings[i].Records {
			if r.Text != "" && assess.WarnedInText(r.Text) != "" {
				return true
			}
		}
	}
	return false
}

// document is what can be asked of an item by what it claims itself.
func document(it *verify.Item) search.Document {
	d := search.Document{
		Digest: string(it.Digest), Size: it.Size, Kind: it.Media.Kind, Sources: sourcesOf(it), Accounts: accountsOf(it),
		Sound: hasSound(&it.Media), Trust: extract.TrustNone, Copies: 1,
		Readable: it.Media.Error == "", Problem: problemOf(it) != "",
	}
	if s := it.Media.DurationSeconds; s != nil {
		d.Seconds = *s
	}
	if t := claimedTime(it); t != nil {
		d.Trust, d.ZoneKnown, d.From, d.To = t.Trust, t.Zone != extract.Floating, t.Earliest, t.Latest
	}
	if p := claimedPlace(it); p != nil {
		d.Latitude, d.Longitude, d.Named = p.Latitude, p.Longitude, p.Name != ""
	}
	d.Texts = textsOf(it)
	return d
}

// accountsOf names the accounts that an item was seen with, each once.
func accountsOf(it *verify.Item) []string {
	var out []string
	for i := range it.Sightings {
		if a := it.Sightings[i].Account; a != "" && !slices.Contains(out, a) {
			out = append(out, a)
		}
	}
	return out
}

// soundCodecs begin the names of codecs of sound.
var soundCodecs = [...]string{"aac", "mp3", "mp4a", "opus", "vorbis", "flac", "pcm", "ac-3", "ec-3", "amr", "samr", "alac", "wma", "adpcm", "a_"}

// hasSound says whether a file names a sound track.
func hasSound(m *extract.Media) bool {
	return m.Kind == extract.Audio || slices.ContainsFunc(m.Codecs, func(codec string) bool {
		return slices.ContainsFunc(soundCodecs[:], func(s string) bool { return strings.HasPrefix(strings.ToLower(codec), s) })
	})
}

// textsOf gathers the texts of an item and of where it was seen, folded.
func textsOf(it *verify.Item) search.Texts {
	var names, paths, captions, accounts, places []string
	for i := range it.Sightings {
		s := &it.Sightings[i]
		names, paths, accounts = append(names, lastPart(s.Path)), append(paths, s.Path), append(accounts, s.Account)
		for _, r := range s.Records {
			captions, accounts = append(captions, r.Text, r.ForwardedFrom), append(accounts, r.Account)
			places = append(places, r.PlaceName)
		}
		for _, p := range s.Places {
			places = append(places, string(p.Name))
		}
	}
	for _, p := range it.Media.Places {
		places = append(places, string(p.Name))
	}
	device := it.Media.Device
	return search.Texts{
		Name: folded(names), Path: folded(paths), Caption: folded(captions), Account: folded(accounts), Place: folded(places),
		Device: folded([]string{string(device.Make), string(device.Model), string(device.Software), string(device.Lens)}),
	}
}

// textBreak stands between texts that were gathered: nothing that is searched for
// holds it.
const textBreak = "\n"

// folded makes one text to search in of several, each once.
func folded(texts []string) string {
	var kept []string
	for _, text := range texts {
		if text != "" && !slices.Contains(kept, text) {
			kept = append(kept, text)
		}
	}
	for i := range kept {
		kept[i] = search.Fold(kept[i])
	}
	return strings.Join(kept, textBreak)
}
