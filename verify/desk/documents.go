package desk

import (
	"path"
	"slices"
	"strings"
	"sync"

	"github.com/firsthand-media/firsthand/extract"
	"github.com/firsthand-media/firsthand/verify"
	"github.com/firsthand-media/firsthand/verify/assess"
	"github.com/firsthand-media/firsthand/verify/search"
)

// Stock is what can be asked of items by what they claim themselves. It is made
// once for a state of the items, however often people decide meanwhile.
type Stock struct {
	docs   []search.Document
	warned map[verify.Digest]bool // a post with it warns of what is to be seen
}

// NewStock reads items, in their order.
func NewStock(items []verify.Item) *Stock {
	s := &Stock{docs: make([]search.Document, len(items)), warned: map[verify.Digest]bool{}}
	var wg sync.WaitGroup
	const share = 2000 // items in one go
	for from := 0; from < len(items); from += share {
		wg.Go(func() {
			for i := from; i < min(from+share, len(items)); i++ {
				s.docs[i] = document(&items[i])
			}
		})
	}
	wg.Wait()
	for i := range items {
		if warnsOf(&items[i]) {
			s.warned[items[i].Digest] = true
		}
	}
	return s
}

// Len is of how many items it is.
func (s *Stock) Len() int { return len(s.docs) }

// Known is what a case knows of its items beside what they claim.
type Known struct {
	Clusters  []verify.Cluster
	Incidents []verify.Incident // with what people decided
	Decisions []verify.Decision
	Reviews   []assess.Review
	Marks     map[verify.Digest]verify.Marks
}

// Shelf is the items of a case as they can be asked for.
type Shelf struct {
	Documents []search.Document        // of each item, in order
	Incident  map[verify.Digest]string // that counts the item
	Decided   map[verify.Digest]bool   // a checklist was begun or a decision names it
	graphic   map[verify.Digest]assess.Graphic
	stock     *Stock
}

// Shelf adds to a stock what is known. The items are those of the stock.
func (s *Stock) Shelf(items []verify.Item, k Known) *Shelf {
	out := &Shelf{
		Documents: slices.Clone(s.docs), Incident: map[verify.Digest]string{}, Decided: decidedOn(k),
		graphic: assess.GraphicLevels(k.Clusters, k.Reviews), stock: s,
	}
	for i := range k.Incidents {
		for m := range k.Incidents[i].Members {
			if member := &k.Incidents[i].Members[m]; member.Counts() {
				out.Incident[member.Digest] = k.Incidents[i].ID
			}
		}
	}
	copies := map[verify.Digest]*verify.Cluster{}
	for i := range k.Clusters {
		for _, d := range k.Clusters[i].Digests {
			copies[d] = &k.Clusters[i]
		}
	}
	for i := range out.Documents {
		d, it := &out.Documents[i], &items[i]
		if c := copies[it.Digest]; c != nil {
			d.Cluster, d.Copies = c.ID, len(c.Digests)
		}
		d.Incident = out.Incident[it.Digest]
		d.Marks.Warning, _ = out.Warning(it.Digest)
		d.Marks.Reviewed = out.Decided[it.Digest]
		if said, ok := k.Marks[it.Digest]; ok {
			mark(d, &said)
		}
	}
	return out
}

// decidedOn gives the items of which a person decided something: in a
// checklist, of an incident, or of a pair.
func decidedOn(k Known) map[verify.Digest]bool {
	out := map[verify.Digest]bool{}
	for i := range k.Reviews {
		if r := &k.Reviews[i]; len(r.Sheets) > 0 || r.Marks.Graphic != nil {
			out[r.Item] = true
		}
	}
	for _, d := range verify.Standing(k.Decisions) {
		for _, subject := range d.Subjects {
			out[subject] = true
		}
	}
	return out
}

// Warning is how graphic an item was said to be ("none", "moderate", "severe";
// "" where nobody said), and who said so: a person, of this item or a copy
// ("person", "copy"), or a post with it ("text").
func (s *Shelf) Warning(d verify.Digest) (level, by string) {
	if g, ok := s.graphic[d]; ok {
		by = "person"
		if g.Basis == assess.Derived {
			by = "copy"
		}
		return Warning(g.Level), by
	}
	if s.stock.warned[d] {
		return Warning(textLevel), "text"
	}
	return "", ""
}

// textLevel is the graphic level of what a post warns of: nobody here has seen
// how bad it is.
const textLevel = 2

// mark adds to a document what people noted of its item.
func mark(d *search.Document, said *verify.Marks) {
	m := &d.Marks
	m.Reviewed = m.Reviewed || said.Any()
	m.Pinned, m.SetAside, m.Masked = said.Pinned(), said.SetAside(), len(said.Masks) > 0
	m.Tags, m.TagText = said.Tags, folded(said.Tags)
	m.Noted, m.Described = len(said.Notes) > 0, said.Described != ""
	texts := []string{said.Described}
	for _, n := range said.Notes {
		texts = append(texts, n.Text)
	}
	m.Notes = folded(texts)
	if t := said.Time; t != nil {
		d.Trust, d.ZoneKnown, d.From, d.To = t.Time.Trust, t.Time.Zone != extract.Floating, t.Time.Earliest, t.Time.Latest
	}
	if p := said.Place; p != nil {
		d.Latitude, d.Longitude, d.Named = p.Place.Latitude, p.Place.Longitude, p.Place.Name != ""
		d.Texts.Place = strings.Join([]string{d.Texts.Place, search.Indexed(string(p.Place.Name))}, textBreak)
	}
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
		Digest: string(it.Digest), Size: it.Size, Kind: it.Media.Kind, Sources: SourcesOf(it), Accounts: accountsOf(it),
		Sound: hasSound(&it.Media), Trust: extract.TrustNone, Copies: 1,
		Readable: it.Media.Error == "", Problem: Problem(it) != "",
	}
	if s := it.Media.DurationSeconds; s != nil {
		d.Seconds = *s
	}
	if t := ClaimedTime(it); t != nil {
		d.Trust, d.ZoneKnown, d.From, d.To = t.Trust, t.Zone != extract.Floating, t.Earliest, t.Latest
	}
	if p := ClaimedPlace(it); p != nil {
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
		names, paths, accounts = append(names, path.Base(s.Path)), append(paths, s.Path), append(accounts, s.Account)
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
		kept[i] = search.Indexed(kept[i])
	}
	return strings.Join(kept, textBreak)
}
