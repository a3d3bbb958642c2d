package incident

import (
	"path"
	"slices"
	"sort"
	"strings"
	"time"

	"github.com/firsthand-media/firsthand/extract"
	"github.com/firsthand-media/firsthand/verify"
	clocks "github.com/firsthand-media/firsthand/verify/clock"
	"github.com/firsthand-media/firsthand/verify/gazetteer"
)

// posting is one sighting with what it claims.
type posting struct {
	item     *verify.Item
	sighting *verify.Sighting
	when     span     // first publication; unknown when nothing says
	loose    bool     // known from the file's name alone
	camera   bool     // and from the name that a camera gave it: its clock may be wrong
	account  string   // source and account
	channel  string   // the chat that the account writes in, else the account
	posts    []string // equal for files of one post
	forward  string
	texts    []string
	recycled bool
	since    time.Time // of a recycled one: when the picture had appeared
	seen     string    // and where, when that is no copy but what it is a part of
	excluded bool      // a person said that it is of no incident
}

// atom is items that are copies of one another: the unit that is grouped.
type atom struct {
	id       int
	digest   verify.Digest // smallest
	postings []*posting    // by time, then path
	frozen   string        // the confirmed incident it is a part of
	excluded bool          // all its postings are
	clash    string        // why its capture time was not used

	moment   moment
	captured *span // honest capture interval, narrowed by the first publication
	fixes    []fix
	found    []gazetteer.Mention // places that captions name
	names    []int32             // of the vocabulary
	rare     []int32             // other words of the vocabulary
	objects  object
	routine  bool
	accounts []string
	channels []string // accounts, and chats for those who write in them
	posts    []string
	forwards []string
	devices  []string
	hands    []string // contributor folders: sightings that no post explains
}

// fix is a position that a device or a post states.
type fix struct {
	lat, lon, radius float64 // degrees, metres
	path             string
	kind             extract.PlaceKind
}

// posted says that the atom's moment is that of a post, and not a loose one.
func (a *atom) posted() bool { return a.moment.known() && !a.moment.taken && !a.moment.loose }

// path is how the atom is called in sentences: its first posting.
func (a *atom) path() string {
	for _, p := range a.postings {
		if !p.recycled && !p.excluded {
			return p.sighting.Path
		}
	}
	return a.postings[0].sighting.Path
}

// shows says that an item is a photo or a video, be it one that cannot be
// decoded. Empty files and pages saved under a picture's name are neither, and
// that two of them are equal means nothing.
func shows(it *verify.Item) bool {
	return (it.Media.Kind == extract.Image || it.Media.Kind == extract.Video) && !it.Media.FromAbove()
}

// makeAtoms joins the items that are copies and orders the atoms by their
// smallest digest. Copies that a person keeps apart are two atoms, and items of
// confirmed incidents stand apart from the copies that were found later: those
// are for a person to add.
func makeAtoms(in Input, rules *constraints, apart time.Duration) ([]*atom, map[verify.Digest]int) {
	items := slices.DeleteFunc(slices.Clone(in.Items), func(it verify.Item) bool {
		return !shows(&it) && !rules.wants(it.Digest)
	})
	sort.Slice(items, func(i, j int) bool { return items[i].Digest < items[j].Digest })
	items = slices.CompactFunc(items, func(a, b verify.Item) bool { return a.Digest == b.Digest })
	at := make(map[verify.Digest]int, len(items))
	for i := range items {
		at[items[i].Digest] = i
	}
	sets := newForest(len(items))
	join := func(a, b verify.Digest) {
		i, ok := at[a]
		j, ok2 := at[b]
		if ok && ok2 && rules.joinCopies(a, b) {
			sets.union(i, j)
		}
	}
	// In one order, since a decision may keep one of two copies from a third.
	clusters := slices.Clone(in.Clusters)
	slices.SortFunc(clusters, func(a, b verify.Cluster) int { return slices.Compare(a.Digests, b.Digests) })
	for _, c := range clusters {
		for i, d := range c.Digests {
			for _, e := range c.Digests[:i] {
				if rules.canJoin(d, e) {
					join(d, e)
					break
				}
			}
		}
	}
	joinParts(in.Matches, items, at, apart, sets, join)

	byRoot := map[int]*atom{}
	var atoms []*atom
	member := make(map[verify.Digest]int, len(items))
	for i := range items {
		root := sets.find(i)
		a := byRoot[root]
		if a == nil {
			a = &atom{id: len(atoms), digest: items[i].Digest, frozen: rules.frozen(items[i].Digest), excluded: true}
			byRoot[root] = a
			atoms = append(atoms, a)
		}
		member[items[i].Digest] = a.id
		for s := range items[i].Sightings {
			q := &posting{item: &items[i], sighting: &items[i].Sightings[s], excluded: rules.excludes(items[i].Digest)}
			a.postings = append(a.postings, q)
			a.excluded = a.excluded && q.excluded
		}
	}
	return atoms, member
}

// read fills what the postings claim about publication, and marks those that
// show an old picture again.
func (a *atom) read(k *clock, p *Params) {
	for _, q := range a.postings {
		q.read(k)
	}
	sort.SliceStable(a.postings, func(i, j int) bool {
		x, y := a.postings[i], a.postings[j]
		if x.when.known() != y.when.known() {
			return !x.when.known() // without any publication: the camera's own file
		}
		if !x.when.hi.Equal(y.when.hi) {
			return x.when.hi.Before(y.when.hi)
		}
		return x.sighting.Path < y.sighting.Path
	})
	first, ok := a.appeared(k)
	if !ok {
		return
	}
	for _, q := range a.postings {
		if q.when.known() && !q.loose && q.when.lo.Sub(first) > p.Recycled {
			q.strike(first, "")
		}
	}
}

// strike marks a post as one of an old picture.
func (q *posting) strike(since time.Time, seen string) {
	if !q.recycled || since.Before(q.since) {
		q.recycled, q.since, q.seen = true, since, seen
	}
}

// appeared is when the picture certainly existed: its first publication, the
// time in the name under which it was saved, or that of a satellite fix,
// whichever is earliest. A camera's own clock is not enough: a wrong year is
// commoner than an old picture.
func (a *atom) appeared(k *clock) (time.Time, bool) {
	var first time.Time
	for _, q := range a.postings {
		if q.when.known() && !(q.loose && q.camera) && (first.IsZero() || q.when.hi.Before(first)) {
			first = q.when.hi
		}
		for _, t := range q.item.Media.Times {
			if (t.Kind == extract.GPS || t.Kind == extract.StatedByHand) && t.Trust != extract.TrustNone && !t.Latest.IsZero() &&
				(first.IsZero() || t.Latest.Before(first)) {
				first = t.Latest
			}
		}
	}
	return first, !first.IsZero()
}

func (q *posting) read(k *clock) {
	s := q.sighting
	q.account = s.Source
	if s.Account != "" {
		q.account += "/" + s.Account
	}
	q.channel = q.account
	var named span
	for _, t := range s.Times {
		if t.Kind == extract.PlatformID && t.Raw != "" {
			q.posts = append(q.posts, t.ReadFrom()+"\x00"+t.Raw)
		}
		switch {
		case isPublication(t):
			if w := k.span(t); w.known() && (!q.when.known() || w.hi.Before(q.when.hi)) {
				q.when = w
			}
		case t.Kind == extract.FileName && t.Trust != extract.TrustNone:
			if w := k.span(t); w.known() && (!named.known() || w.hi.Before(named.hi)) {
				named, q.camera = w, t.IsCapture()
			}
		}
	}
	if !q.when.known() && named.known() {
		q.when, q.loose = named, true
	}
	for _, r := range s.Records {
		if strings.HasPrefix(r.Format, "whatsapp") { // the account is whoever wrote, and the chat is what is local
			q.channel = s.Source + "\x00" + path.Dir(r.Sidecar)
		}
		if r.Text != "" {
			q.texts = append(q.texts, r.Text)
		}
		if r.ForwardedFrom != "" {
			q.forward = strings.ToLower(strings.TrimSpace(r.ForwardedFrom))
		}
		for _, id := range []string{r.Album, r.PostID} {
			if id != "" {
				q.posts = append(q.posts, q.account+"\x00"+id)
			}
		}
	}
}

// settle works out what the atom's postings, recycled ones apart, say of time,
// place and words.
func (a *atom) settle(k *clock, p *Params) {
	var capture, publication span
	var taken bool
	loose := false
	for _, q := range a.postings {
		if q.recycled || q.excluded {
			continue
		}
		if q.when.known() && (!publication.known() || q.when.hi.Before(publication.hi)) {
			publication, loose = q.when, q.loose
		}
	}
	for _, q := range a.postings {
		if q.excluded {
			continue
		}
		s, why := q.captured(k, publication, loose, p)
		if why != "" {
			a.clash = why
		}
		if s.known() && (!taken || better(s, capture)) {
			capture, taken = s, true
		}
	}
	switch {
	case taken:
		a.clash = ""
		a.moment = moment{span: capture, taken: true}
		honest := capture
		if publication.known() && publication.honest[1].Before(honest.honest[1]) {
			honest.honest[1] = publication.honest[1]
		}
		a.captured = &honest
	case publication.known():
		a.moment = moment{span: publication, loose: loose}
	}
	a.gather()
}

// captured is what speaks best of when the posting's file was made and its
// publication allows; why says what it does not allow.
func (q *posting) captured(k *clock, publication span, loose bool, p *Params) (s span, why string) {
	for _, t := range clocks.Claims(q.item) {
		s := k.span(t)
		if !isCapture(t) || !s.known() {
			continue
		}
		if w := impossible(s, publication, loose, p); w != "" {
			why = w
			continue
		}
		return s, why
	}
	return span{}, why
}

// better prefers the narrower span, and a known zone before a floating one.
func better(s, than span) bool {
	if s.floating != than.floating {
		return !s.floating
	}
	if w, v := s.hi.Sub(s.lo), than.hi.Sub(than.lo); w != v {
		return w < v
	}
	return s.lo.Before(than.lo)
}

// impossible says why a capture time cannot hold beside the first publication.
func impossible(s, publication span, loose bool, p *Params) string {
	if !publication.known() || loose {
		return ""
	}
	slack := 10 * time.Minute // clocks differ
	if s.floating {
		slack = 14 * time.Hour
	}
	if s.lo.After(publication.hi.Add(slack)) {
		return "its clock says it was taken after it was posted"
	}
	if publication.lo.Sub(s.hi) > p.StaleClock {
		return "its clock is more than ten days before its first post"
	}
	return ""
}

// forget drops what settle and a reading of the captions found.
func (a *atom) forget() {
	*a = atom{id: a.id, digest: a.digest, postings: a.postings, frozen: a.frozen, excluded: a.excluded}
}

func (a *atom) gather() {
	for _, q := range a.postings {
		if q.excluded {
			continue
		}
		a.fixes = append(a.fixes, q.fixes()...)
		if d := q.item.Media.Device; d.Serial != "" {
			a.devices = append(a.devices, string(d.Make)+"\x00"+string(d.Model)+"\x00"+string(d.Serial))
		}
		if q.recycled {
			continue
		}
		if len(q.sighting.Records) == 0 && q.sighting.Account != "" && a.moment.taken {
			a.hands = append(a.hands, q.account)
		}
		if len(q.sighting.Records) > 0 || q.when.known() {
			a.accounts = append(a.accounts, q.account)
		}
		if len(q.sighting.Records) > 0 || q.when.known() && q.sighting.Account != "" {
			a.channels = append(a.channels, q.channel)
		}
		a.posts = append(a.posts, q.posts...)
		if q.forward != "" {
			a.forwards = append(a.forwards, q.forward)
		}
	}
	for _, l := range []*[]string{&a.devices, &a.hands, &a.accounts, &a.channels, &a.posts, &a.forwards} {
		slices.Sort(*l)
		*l = slices.Compact(*l)
	}
}

// fixes are the positions of the file itself, and those that a post states
// unless the post is recycled.
func (q *posting) fixes() []fix {
	var out []fix
	add := func(places []extract.Place) {
		for _, p := range places {
			if p.Latitude == nil || p.Longitude == nil || *p.Latitude == 0 && *p.Longitude == 0 {
				continue
			}
			radius := 50.0
			if p.AccuracyM != nil && *p.AccuracyM > radius {
				radius = *p.AccuracyM
			}
			out = append(out, fix{*p.Latitude, *p.Longitude, radius, q.sighting.Path, p.Kind})
			return // the strongest stands first
		}
	}
	add(q.item.Media.Places)
	if len(out) == 0 && !q.recycled {
		add(q.sighting.Places)
	}
	return out
}
