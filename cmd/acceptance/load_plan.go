package main

import (
	"fmt"
	"math"
	"math/rand/v2"
	"path"
	"slices"
	"time"

	"github.com/firsthand-media/firsthand/verify/gazetteer"
)

// loadPlan is a case of any size, drawn from a seed: which events there were,
// what was photographed at each, and who posted which copy of it when. It is
// made whole before a file is written, so that pictures can be written in any
// order and by any number of workers, to the same bytes.
type loadPlan struct {
	seed     uint64
	captures []loadCapture
	files    []loadFile // in the order they are written
	events   int
}

// loadCapture is one picture as it was taken, of an event or of none.
type loadCapture struct {
	event    int // -1: of no event
	at       time.Time
	lat, lon float64
	posts    []int // of loadPlan.files
}

// loadFile is one file of the case: a capture as somebody kept or posted it.
type loadFile struct {
	source, account string
	name            string // below the account
	capture         int
	at              time.Time // posted; zero for a file of a camera
	text            string
	made            madeAs
	forwarded       string // the channel it came from
}

func (f *loadFile) rel() string { return path.Join(f.source, f.account, f.name) }

// madeAs says what was done to a picture before it became a file.
type madeAs int

const (
	asTaken  madeAs = iota // with what the camera notes
	asPosted               // encoded anew, without that
	asCopy                 // smaller, cut, lettered or toned
	asSame                 // the bytes of the first post
	asBroken               // cut short, empty, another thing or garbled
)

// Shares of the case, of its files or of its captures.
const (
	shareOfEvents  = .80 // files that show an event; the others are chat
	shareOfBroken  = .003
	filesOfAnEvent = 8.0
	shareOfCameras = .22
)

// planner draws the plan. Its generator is used in one order only.
type planner struct {
	*loadPlan
	rng    *rand.Rand
	places []namedPlace
	senders
}

func planLoad(files int, seed uint64) (*loadPlan, error) {
	world, err := gazetteer.World()
	if err != nil {
		return nil, err
	}
	p := &planner{loadPlan: &loadPlan{seed: seed}, rng: rand.New(rand.NewPCG(seed, 0))}
	p.places = loadPlaces(world)
	p.senders = sendersFor(files, len(p.places), p.rng)
	broken := max(4, int(float64(files)*shareOfBroken))
	for len(p.files) < int(float64(files)*shareOfEvents) {
		p.event()
	}
	for len(p.files) < files-broken {
		p.chat()
	}
	p.files = p.files[:files-broken]
	for range broken {
		p.broken()
	}
	for i := range p.files {
		c := &p.captures[p.files[i].capture]
		c.posts = append(c.posts, i)
	}
	p.numbered()
	return p.loadPlan, nil
}

// event draws an event with all that was photographed at it. Their sizes have a
// long tail: most have a few files, and some a hundred.
func (p *planner) event() {
	here := p.rng.IntN(len(p.places))
	place := p.places[here]
	began := loadBegan.Add(time.Duration(p.rng.Int64N(int64(loadLasts))))
	left := 1 + int(filesOfAnEvent*math.Exp(p.rng.NormFloat64()*.8-.4))
	witness := p.witness()
	for left > 0 {
		c := loadCapture{event: p.events}
		c.at = began.Add(time.Duration(math.Exp(math.Log(45)+p.rng.NormFloat64()) * float64(time.Minute)))
		c.lat, c.lon = p.around(place.lat, place.lon)
		n := len(p.captures)
		p.captures = append(p.captures, c)
		if p.rng.Float64() < shareOfCameras {
			p.add(loadFile{source: "camera", account: witness, capture: n, made: asTaken})
			left--
		}
		at := c.at.Add(p.lag())
		from, first := "", asPosted
		for range min(left, copies[p.rng.IntN(len(copies))]) {
			f := p.post(here, at)
			f.capture, f.text, f.made = n, p.caption(place), first
			if from != "" && f.source == "telegram" && p.rng.IntN(3) == 0 {
				f.made, f.forwarded = asSame, from
			}
			p.add(f)
			left--
			if first == asPosted && f.source == "telegram" {
				from = f.account
			}
			first, at = asCopy, at.Add(p.lag())
		}
	}
	p.events++
}

// copies is how often one picture is posted.
var copies = []int{1, 1, 1, 1, 2, 2, 2, 3, 3, 5}

// chat draws a picture that shows no event, posted once or twice.
func (p *planner) chat() {
	here := p.rng.IntN(len(p.places))
	at := loadBegan.Add(time.Duration(p.rng.Int64N(int64(loadLasts))))
	n := len(p.captures)
	p.captures = append(p.captures, loadCapture{event: -1, at: at})
	made := asPosted
	for range 1 + p.rng.IntN(5)/4 {
		f := p.post(here, at)
		f.capture, f.made, f.text = n, made, smallTalk[p.rng.IntN(len(smallTalk))]
		p.add(f)
		made, at = asCopy, at.Add(p.lag())
	}
}

// broken draws a file that was a picture of an event once.
func (p *planner) broken() {
	n := p.rng.IntN(len(p.captures))
	at := p.captures[n].at.Add(p.lag())
	f := p.post(p.rng.IntN(len(p.places)), at)
	f.capture, f.made = n, asBroken
	p.add(f)
}

func (p *planner) add(f loadFile) { p.files = append(p.files, f) }

// lag is how long after the picture, or after the post before, a post comes.
func (p *planner) lag() time.Duration {
	h := min(96, max(.05, math.Exp(math.Log(1.5)+p.rng.NormFloat64()*1.3)))
	return time.Duration(h * float64(time.Hour)).Truncate(time.Second)
}

// around is where somebody stood who saw it: mostly within some hundred metres.
func (p *planner) around(lat, lon float64) (float64, float64) {
	km := math.Abs(p.rng.NormFloat64()) * .15
	turn := p.rng.Float64() * 2 * math.Pi
	return lat + km*math.Sin(turn)/111.2, lon + km*math.Cos(turn)/(111.2*math.Cos(lat*math.Pi/180))
}

// The years that the case is about.
var loadBegan = time.Date(2021, 3, 1, 0, 0, 0, 0, time.UTC)

const loadLasts = 4 * 365 * 24 * time.Hour

// numbered gives the files of each account the names that its program gives,
// which count in the order of time.
func (l *loadPlan) numbered() {
	order := make([]int, len(l.files))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int { return l.files[a].at.Compare(l.files[b].at) })
	count, taken := map[string]int{}, map[string]bool{}
	for _, i := range order {
		f := &l.files[i]
		who := path.Join(f.source, f.account)
		count[who]++
		f.name = fileName(f, &l.captures[f.capture], count[who], l.rngOf("name", i))
		for n := 2; taken[f.rel()]; n++ {
			f.name = fmt.Sprintf("%d_%s", n, f.name)
		}
		taken[f.rel()] = true
	}
}

// rngOf is the generator of one file or picture, which depends on nothing that
// was drawn before.
func (l *loadPlan) rngOf(what string, i int) *rand.Rand {
	h := uint64(14695981039346656037)
	for _, c := range []byte(what) {
		h = (h ^ uint64(c)) * 1099511628211
	}
	return rand.New(rand.NewPCG(l.seed^h, uint64(i)))
}
