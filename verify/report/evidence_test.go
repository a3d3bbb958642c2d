package report_test

import (
	"strings"
	"testing"
	"time"

	"github.com/firsthand-media/firsthand/verify"
	"github.com/firsthand-media/firsthand/verify/clock"
	"github.com/firsthand-media/firsthand/verify/report"
)

// inThisOrder fails where the page does not hold the texts one after another.
func inThisOrder(t *testing.T, page string, texts ...string) {
	t.Helper()
	for _, want := range texts {
		_, rest, ok := strings.Cut(page, want)
		if !ok {
			t.Errorf("missing, or not in its place: %s", want)
			continue
		}
		page = rest
	}
}

func TestPossibleMembersStandApart(t *testing.T) {
	d := smallCase()
	d.Incidents[0].Possible = []verify.Member{member("", "phone/IMG_9.jpg",
		verify.Reason{Code: "total", Weight: 1.8, Message: "all of it"},
		verify.Reason{Code: "place", Weight: -1.4, Message: "12 km from phone/IMG_1.jpg"},
		verify.Reason{Code: "time", Weight: 3.2, Message: "taken an hour after phone/IMG_1.jpg"},
		verify.Reason{Code: "possible", Message: "a little short of what joins"},
	)}
	page := article(t, html(t, d), "I-aa0001")
	inThisOrder(t, page, "4 files in 3 sources", "1 shown, not counted", "1 more possible",
		"Possible, left for a person", ">possible</span>", "phone/IMG_9.jpg",
		"a little short of what joins",
		`<td class="bits">&#43;3.2</td><td>strong</td><td><bdi dir="ltr">taken an hour after <a href="#I-aa0001-b">B</a>`,
		`<tr class="against"><td class="bits">−1.4</td><td>weak against it</td>`,
		`<tr class="total"><td class="bits">&#43;1.8</td>`)
	if before, _, _ := strings.Cut(page, "Possible, left for a person"); strings.Contains(before, "IMG_9") {
		t.Error("the possible file stands among the members")
	}
}

// TestPossibleMembersAreBounded: what is left out in full is still listed.
func TestPossibleMembersAreBounded(t *testing.T) {
	d := smallCase()
	for range 12 {
		d.Incidents[0].Possible = append(d.Incidents[0].Possible, member("", "phone/IMG_9.jpg"))
	}
	inThisOrder(t, article(t, html(t, d), "I-aa0001"), "12 more possible", "4 more possible files", "phone/IMG_9.jpg")
}

func TestLaterPostsAreNamedWhereThePictureBelongs(t *testing.T) {
	page := article(t, html(t, smallCase()), "I-aa0002")
	inThisOrder(t, page, `<a href="#I-aa0002-a">A</a> was posted 175 days after the picture first appeared, as channel/old.jpg, with <a href="#I-aa0001">incident 2</a>`)
}

// TestAlsoInIsCountedOnce: a file that a person shows with a second incident
// keeps its place and its letter in the first.
func TestAlsoInIsCountedOnce(t *testing.T) {
	d := smallCase()
	d.Incidents[0].Members = append(d.Incidents[0].Members,
		member(verify.Original, "chat/street.jpg", verify.Reason{Code: verify.AlsoIn, Message: "shown here too: NB, entry 12 of the ledger"}))
	page := html(t, d)
	first := article(t, page, "I-aa0001")
	inThisOrder(t, first, "4 files in 3 sources", "2 shown, not counted", "Shown, not counted", ">also here</span>", "chat/street.jpg", "shown here too: NB, entry 12")
	inThisOrder(t, article(t, page, "I-aa0002"), `id="I-aa0002-a"`, "chat/street.jpg")
	if n := report.Counted(&d.Incidents[0]); n != 4 {
		t.Errorf("%d files are counted, want 4", n)
	}
}

func TestClocksThatWerePutRight(t *testing.T) {
	east := 180
	d := smallCase()
	d.Clocks = []clock.Correction{
		{Device: "Canon <b>5D</b>", Zone: &east, Since: *instant("2022-03-01T10:00:00Z"), Until: *instant("2022-03-01T18:00:00Z"), Basis: clock.BySatellite, Proofs: 3, Items: make([]verify.Digest, 7)},
		{Device: "Nikon", Shift: -(3*time.Hour + 2*time.Minute), Since: *instant("2022-03-01T10:00:00Z"), Until: *instant("2022-03-04T10:00:00Z"), Basis: clock.ByPosts, Proofs: 1, Items: make([]verify.Digest, 1)},
		{Device: "GoPro", Shift: 24*time.Hour - time.Minute, Spread: 2 * time.Minute, Since: *instant("2022-03-01T10:00:00Z"), Until: *instant("2022-03-04T10:00:00Z"), Basis: clock.ByFilms, Proofs: 2, Items: make([]verify.Digest, 2)},
	}
	inThisOrder(t, html(t, d), `href="#clocks"`, `<h2 id="clocks">`,
		"Canon &lt;b&gt;5D&lt;/b&gt;", "ran at UTC&#43;3:00", "3 satellite times", "<td>1 Mar 2022</td><td>7</td>",
		"UTC = its reading − 3\u00a0h 2\u00a0min</td>", "1 post of its pictures", "1 Mar 2022 to 4 Mar 2022",
		"UTC = its reading &#43; 1\u00a0d, give or take 1\u00a0min", "2 films dated in UTC")
	if strings.Contains(html(t, smallCase()), `id="clocks"`) {
		t.Error("a case without corrections has a table of them")
	}
}

// TestPlaceCredit: who made the list of places is named where one is shown.
func TestPlaceCredit(t *testing.T) {
	d := smallCase()
	d.PlaceCredit = "Place names: GeoNames (geonames.org), CC BY 4.0"
	if !strings.Contains(html(t, d), d.PlaceCredit) {
		t.Error("a place named in captions is shown without the credit")
	}
	for i := range d.Incidents {
		d.Incidents[i].PlaceBasis = ""
	}
	if strings.Contains(html(t, d), d.PlaceCredit) {
		t.Error("the credit stands where no place was looked up")
	}
}

// TestLight: what the sun did then is said where it says something.
func TestLight(t *testing.T) {
	d := smallCase()
	if page := article(t, html(t, d), "I-aa0001"); !strings.Contains(page, "By the sun it was day: it stood 15° above the horizon") {
		t.Error("the light of an incident with place and time is not told")
	}
	d.Incidents[0].Latest = instant("2025-09-02T19:15:31Z")
	if page := article(t, html(t, d), "I-aa0001"); strings.Contains(page, "By the sun") {
		t.Error("a span of day, twilight and night is said to tell something")
	}
	d.Incidents[0].Latest = nil
	if page := article(t, html(t, d), "I-aa0001"); strings.Contains(page, "By the sun") {
		t.Error("the light is told of an incident whose end is not known")
	}
}
