package report

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/firsthand-media/firsthand/extract"
	"github.com/firsthand-media/firsthand/verify"
	"github.com/firsthand-media/firsthand/verify/assess"
	"github.com/firsthand-media/firsthand/verify/clock"
)

// The lists behind the numbers of the count sheet.
const (
	ListFiles             = "files"
	ListReadable          = "readable"
	ListUnique            = "unique"
	ListJoined            = "joined"
	ListVerified          = "verified"
	ListCandidates        = "candidates"
	ListConfirmed         = "confirmed"
	ListConfirmedVerified = "confirmed-verified"
	ListChildren          = "children"
	ListChildrenUnclear   = "children-unclear"
	ListDuplicates        = "duplicates"
)

// list is what one list holds: files, items or incidents.
type list struct {
	name      string
	files     func(*tally, *verify.Item) bool     // each sighting of the items for which it is true
	items     func(*tally, *verify.Item) bool     // the items themselves
	incidents func(*tally, *assess.Incident) bool // incidents
}

// lists are all lists, in the order of the sheet.
func lists() []list {
	readable := func(_ *tally, it *verify.Item) bool { return it.Readable() }
	counted := func(status verify.Status, also func(*tally, *assess.Incident) bool) func(*tally, *assess.Incident) bool {
		return func(t *tally, i *assess.Incident) bool {
			return i.Status == status && i.Record.DuplicateOf == "" && also(t, i)
		}
	}
	children := func(y assess.YesNo) func(*tally, *assess.Incident) bool {
		return func(_ *tally, i *assess.Incident) bool { return i.Record.ChildCasualties() == y }
	}
	return []list{
		{name: ListFiles, files: func(*tally, *verify.Item) bool { return true }},
		{name: ListReadable, files: readable},
		{name: ListUnique, items: readable},
		{name: ListJoined, items: (*tally).firstOfCluster},
		{name: ListVerified, items: func(t *tally, it *verify.Item) bool { return t.verified[it.Digest] }},
		{name: ListCandidates, incidents: counted(verify.Candidate, func(*tally, *assess.Incident) bool { return true })},
		{name: ListConfirmed, incidents: counted(verify.Confirmed, func(*tally, *assess.Incident) bool { return true })},
		{name: ListConfirmedVerified, incidents: counted(verify.Confirmed, (*tally).hasVerified)},
		{name: ListChildren, incidents: counted(verify.Confirmed, children(assess.Yes))},
		{name: ListChildrenUnclear, incidents: counted(verify.Confirmed, children(assess.Unclear))},
		{name: ListDuplicates, incidents: func(_ *tally, i *assess.Incident) bool {
			return i.Record.DuplicateOf != "" && i.Status != verify.Rejected
		}},
	}
}

// ListNames names the lists.
func ListNames() []string {
	var out []string
	for _, l := range lists() {
		out = append(out, l.name)
	}
	return out
}

// Counting is a case from which numbers are counted: every number is the length
// of a list, which [Counting.List] gives.
type Counting struct {
	Items     []verify.Item // with their clocks understood
	Clusters  []verify.Cluster
	Incidents []assess.Incident
	Reviews   []assess.Review
}

// Written says whether people have assessed anything or written of an incident,
// without which the rows below the confirmed incidents say nothing.
func (c *Counting) Written() bool {
	return len(c.Reviews) > 0 || slices.ContainsFunc(c.Incidents, func(i assess.Incident) bool { return !i.Record.UpdatedAt.IsZero() })
}

// Entry is one line of a list: a file, an item or an incident.
type Entry struct {
	Path     string        `json:"path"` // "" of an incident
	Item     verify.Digest `json:"sha256"`
	Incident string        `json:"incident"` // "" of a file or an item
	Day      string        `json:"day"`      // "" where it is not known
	kind     extract.Kind
}

// By is how numbers are divided.
type By string

// The divisions. An incident that affected two types of area counts in both, so
// that groups can sum up to more than the whole.
const (
	ByNone   By = ""
	ByArea   By = "area"
	ByWeapon By = "weapon"
	ByMonth  By = "month"
)

// The group of what says nothing of the area or weapon, or has no day.
const (
	NotStated = "not stated"
	Undated   = "undated"
)

// Period is days from one to another, both included; "" is open. With an end
// that is not open, what has no day is in no period.
type Period struct {
	From string `json:"from"`
	To   string `json:"to"`
}

// ParsePeriod reads two days, each of which may be "".
func ParsePeriod(from, to string) (Period, error) {
	for _, d := range []string{from, to} {
		if _, err := time.Parse(time.DateOnly, d); d != "" && err != nil {
			return Period{}, fmt.Errorf("%q is no day: it is written as 2022-03-04", d)
		}
	}
	if from != "" && to != "" && to < from {
		return Period{}, fmt.Errorf("the period ends on %s, before it begins on %s", to, from)
	}
	return Period{from, to}, nil
}

func (p Period) holds(day string) bool {
	if p == (Period{}) {
		return true
	}
	return day != "" && (p.From == "" || p.From <= day) && (p.To == "" || day <= p.To)
}

// Scope is which part of the case is counted: a period, and a group of a
// division where Group is not "".
type Scope struct {
	Period Period `json:"period"`
	By     By     `json:"by"`
	Group  string `json:"group"`
}

// tally is what counting needs to know of the whole case.
type tally struct {
	c         *Counting
	verified  map[verify.Digest]bool
	cluster   map[verify.Digest]string
	incidents map[verify.Digest][]*assess.Incident // that an item counts in, rejected ones apart
	joined    map[string]bool                      // clusters of which one item was met
}

func (c *Counting) tally() *tally {
	t := &tally{c: c, verified: map[verify.Digest]bool{}, cluster: map[verify.Digest]string{}, incidents: map[verify.Digest][]*assess.Incident{}, joined: map[string]bool{}}
	for i := range c.Reviews {
		if c.Reviews[i].Verified() {
			t.verified[c.Reviews[i].Item] = true
		}
	}
	for _, k := range c.Clusters {
		for _, d := range k.Digests {
			t.cluster[d] = k.ID
		}
	}
	for i := range c.Incidents {
		if inc := &c.Incidents[i]; inc.Status != verify.Rejected {
			for _, d := range inc.Items() {
				t.incidents[d] = append(t.incidents[d], inc)
			}
		}
	}
	return t
}

// firstOfCluster says whether a readable item stands alone or is the first met
// of its cluster.
func (t *tally) firstOfCluster(it *verify.Item) bool {
	if !it.Readable() {
		return false
	}
	id, clustered := t.cluster[it.Digest]
	if clustered && t.joined[id] {
		return false
	}
	t.joined[id] = t.joined[id] || clustered
	return true
}

func (t *tally) hasVerified(i *assess.Incident) bool {
	return slices.ContainsFunc(i.Items(), func(d verify.Digest) bool { return t.verified[d] })
}

// itemDays are the days that an item is counted on: those of the incidents it
// counts in, else the day (UTC) of its own recording, as the best clock that was
// ever set has it, where that is known to less than two days; "" stands for
// none.
func (t *tally) itemDays(it *verify.Item) []string {
	var days []string
	for _, inc := range t.incidents[it.Digest] {
		if d := inc.Day(); d != "" && !slices.Contains(days, d) {
			days = append(days, d)
		}
	}
	if len(days) > 0 {
		slices.Sort(days)
		return days
	}
	for _, c := range clock.Claims(it) {
		if c.Trust == extract.TrustNone { // a clock that was never set
			continue
		}
		if c.Latest.Sub(c.Earliest) < 48*time.Hour {
			return []string{c.Earliest.UTC().Format(time.DateOnly)}
		}
		break
	}
	return []string{""}
}

// groupsOf are the groups that an incident is in.
func groupsOf(by By, i *assess.Incident) []string {
	named := map[By][]string{ByArea: i.Record.AreaTypes, ByWeapon: i.Record.Weapons}[by]
	switch {
	case by == ByMonth:
		return []string{month(i.Day())}
	case len(named) == 0:
		return []string{NotStated}
	}
	return named
}

func month(day string) string {
	if len(day) < len("2006-01") {
		return Undated
	}
	return day[:len("2006-01")]
}

func (t *tally) incidentIn(s Scope, i *assess.Incident) bool {
	return s.Period.holds(i.Day()) && (s.Group == "" || slices.Contains(groupsOf(s.By, i), s.Group))
}

// itemIn says whether an item is in the scope, and the day that puts it there.
// It is in a group of areas or weapons through an incident that it counts in.
func (t *tally) itemIn(s Scope, it *verify.Item) (string, bool) {
	if s.Group != "" && s.By != ByMonth {
		for _, inc := range t.incidents[it.Digest] {
			if t.incidentIn(s, inc) {
				return inc.Day(), true
			}
		}
		return "", false
	}
	for _, day := range t.itemDays(it) {
		if s.Period.holds(day) && (s.Group == "" || month(day) == s.Group) {
			return day, true
		}
	}
	return "", false
}

// List gives a list in full, in the order of the case. It fails on a name that
// is none of [ListNames].
func (c *Counting) List(name string, s Scope) ([]Entry, error) {
	i := slices.IndexFunc(lists(), func(l list) bool { return l.name == name })
	if i < 0 {
		return nil, fmt.Errorf("there is no list %q: it is one of %s", name, strings.Join(ListNames(), ", "))
	}
	return c.tally().list(lists()[i], s), nil
}

func (t *tally) list(l list, s Scope) []Entry {
	out := []Entry{}
	if l.incidents != nil {
		for i := range t.c.Incidents {
			if inc := &t.c.Incidents[i]; t.incidentIn(s, inc) && l.incidents(t, inc) {
				out = append(out, Entry{Incident: inc.ID, Day: inc.Day()})
			}
		}
		return out
	}
	clear(t.joined)
	for i := range t.c.Items {
		it := &t.c.Items[i]
		if len(it.Sightings) == 0 {
			continue
		}
		day, in := t.itemIn(s, it)
		switch {
		case !in:
		case l.files != nil && l.files(t, it):
			for _, seen := range it.Sightings {
				out = append(out, Entry{Path: seen.Path, Item: it.Digest, Day: day, kind: it.Media.Kind})
			}
		case l.items != nil && l.items(t, it):
			out = append(out, Entry{Path: it.Path(), Item: it.Digest, Day: day, kind: it.Media.Kind})
		}
	}
	return out
}

// Sheet counts all lists of a part of the case.
func (c *Counting) Sheet(s Scope) CountSheet { return c.sheet(ListNames(), s) }

func (c *Counting) sheet(names []string, s Scope) CountSheet {
	t := c.tally()
	sheet := CountSheet{Rows: []Row{}}
	for _, l := range lists() {
		if !slices.Contains(names, l.name) {
			continue
		}
		r := Row{Name: l.name, Label: In(nil).row(l.name), ByKind: l.incidents == nil}
		for _, e := range t.list(l, s) {
			if r.add(e.kind); !r.ByKind {
				r.Other = 0
			}
		}
		sheet.Rows = append(sheet.Rows, r)
	}
	return sheet
}

// Groups names the groups of a division that hold an incident, or a dated item
// where the division is by month: areas and weapons in the order of their
// lists, months in time, what is not stated or undated last.
func (c *Counting) Groups(by By, p Period) []string {
	t := c.tally()
	found := map[string]bool{}
	for i := range c.Incidents {
		if inc := &c.Incidents[i]; inc.Status != verify.Rejected && p.holds(inc.Day()) {
			for _, g := range groupsOf(by, inc) {
				found[g] = true
			}
		}
	}
	order := map[By][]string{ByArea: assess.AreaTypes(), ByWeapon: assess.WeaponSystems()}[by]
	if by == ByMonth {
		for i := range c.Items {
			for _, day := range t.itemDays(&c.Items[i]) {
				if p.holds(day) {
					found[month(day)] = true
				}
			}
		}
		for g := range found {
			if g != Undated {
				order = append(order, g)
			}
		}
		slices.Sort(order)
	}
	out := []string{}
	for _, g := range append(slices.Clip(order), NotStated, Undated) {
		if found[g] {
			out = append(out, g)
		}
	}
	return out
}
