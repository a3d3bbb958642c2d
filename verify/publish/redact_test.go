package publish

import (
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/firsthand-media/firsthand/extract"
	"github.com/firsthand-media/firsthand/extract/source"
	"github.com/firsthand-media/firsthand/verify"
	"github.com/firsthand-media/firsthand/verify/assess"
)

// toRedact is a case in which each name stands in several places.
func toRedact() Telling {
	lat, lon, radius := 48.015912, 37.802845, 20.0
	at := time.Date(2024, 5, 1, 12, 0, 0, 0, time.UTC)
	return Telling{
		Sources: []string{"phone-of-olena", "empty-source"},
		Content: Content{
			Items: []verify.Item{{
				Digest: "d1",
				Media: extract.Media{
					Kind: extract.Image, Device: extract.Device{Make: "Acme", Serial: "SN-4711"},
					Places: []extract.Place{{Kind: extract.PlaceEXIF, Latitude: &lat, Longitude: &lon, AccuracyM: &radius, Raw: "48,57.2", Field: "EXIF:GPSLatitude"}},
				},
				Sightings: []verify.Sighting{{
					Path: "phone-of-olena/IMG_0431.jpg", Source: "phone-of-olena", Rel: "IMG_0431.jpg", Account: "Olena K", Digest: "d1",
					Records:  []source.Record{{Format: "telegram-json", Account: "Olena K", Text: "seen by olena k at the mill", URL: "https://t.me/olena/7", ForwardedFrom: "Mill News", Latitude: &lat, Longitude: &lon, PlaceName: "the mill"}},
					Findings: []extract.Finding{{Code: "name-time-differs", Message: "IMG_0431.jpg says another day"}},
				}},
			}},
			Incidents: []verify.Incident{{
				ID: "I1", Status: verify.Confirmed, Latitude: &lat, Longitude: &lon, RadiusM: &radius, PlaceBasis: "phone-of-olena/IMG_0431.jpg at 48.015912, 37.802845",
				Members: []verify.Member{{Path: "phone-of-olena/IMG_0431.jpg", Digest: "d1", Reasons: []verify.Reason{{Code: "near", Message: "20 m from 48.015912, 37.802845 (48°00'57\"N)"}}}},
			}},
			Records: []assess.Record{{
				Incident: "I1", CreatedBy: "Ada", Summary: "the mill burns", MoreInfo: "ask Mill News", PlaceNames: map[string]string{"en": "the mill"}, Country: "Ukraine",
				Sources: []assess.Source{{ID: "s1", URL: "https://mill.example", Author: "Mill News"}},
			}},
			Reviews: []assess.Review{{Item: "d1", Sheets: []assess.Sheet{{
				Round: assess.First, Reviewers: []assess.Reviewer{{Name: "Ada", Key: "k1"}}, Limits: "Bo could know more",
				Answers: map[string]assess.Answer{"E2": {Step: "E2", Answer: assess.Pass, Note: "found by Ada", By: "Ada"}},
				Claims:  map[assess.Subject]assess.Claim{assess.Where: {Claim: assess.Where, Grade: assess.Probable, Value: "48.015912,37.802845", Basis: []string{"map"}, Reviewer: "Ada"}},
			}}}},
		},
		Decisions: []verify.Decision{{Seq: 3, At: at, Kind: verify.Confirm, Incident: "I1", By: "Bo", Reason: "Ada and I agree"}},
		Findings:  []verify.Finding{{Path: "phone-of-olena/IMG_0431.jpg", Finding: extract.Finding{Code: "x", Message: "see PHONE-OF-OLENA"}}},
		Matches:   []verify.Match{{A: "phone-of-olena/IMG_0431.jpg", Why: "both in phone-of-olena"}},
	}
}

// told is every text of a form, each with where it stands.
func told(t *testing.T, of Telling) string {
	t.Helper()
	found := map[string]bool{}
	texts(reflect.ValueOf(of), found)
	var b strings.Builder
	for text := range found {
		b.WriteString(text)
		b.WriteByte('\n')
	}
	return strings.ToLower(b.String())
}

func TestRedactionLeavesNoTrace(t *testing.T) {
	two := 2
	for _, k := range []struct {
		name    string
		choose  Redaction
		gone    []string
		kept    []string
		removed []string // kinds that are listed
	}{
		{"people", Redaction{People: true}, []string{"ada", "k1"}, []string{"person 1", "olena k", "phone-of-olena", "person 1 and i agree"}, []string{"names of people"}},
		{"names", Redaction{Names: true}, []string{"olena", "img_0431", "mill news", "sn-4711", "t.me", "mill.example", "empty-source"},
			[]string{"source-1/item-0001", "account 1", "ada", "48.015912"}, []string{"names of sources", "names of files", "names of accounts", "devices", "links"}},
		{"captions", Redaction{Captions: true}, []string{"seen by", "t.me"}, []string{"olena k", "the mill burns"}, []string{"captions"}},
		{"notes", Redaction{Notes: true}, []string{"agree", "found by", "ask mill", "could know", "\nmap\n"}, []string{"ada", "the mill burns"}, []string{"notes"}},
		{"two decimals", Redaction{Decimals: &two}, []string{"48.015", "37.802", "48,57.2", "00'57"}, []string{"48.02", "37.80", "the mill"}, []string{"positions, rounded to 2"}},
		{"no positions", Redaction{NoPositions: true}, []string{"48.0", "37.8", "00'57"}, []string{"the mill burns"}, []string{"positions and names of places"}},
	} {
		t.Run(k.name, func(t *testing.T) {
			out, list := k.choose.Apply(toRedact())
			all := told(t, out)
			for _, word := range k.gone {
				if strings.Contains(all, word) {
					t.Errorf("%q is still told", word)
				}
			}
			for _, word := range k.kept {
				if !strings.Contains(all, word) {
					t.Errorf("%q is gone, and was not to be", word)
				}
			}
			for _, kind := range k.removed {
				found := false
				for _, w := range list {
					found = found || strings.Contains(w.What, kind) && w.Count > 0
				}
				if !found {
					t.Errorf("that %s are left out is not said: %v", kind, list)
				}
			}
		})
	}
}

// A position that is rounded keeps its true place within its radius, wherever it
// stands.
func TestRedactionWidensTheRadius(t *testing.T) {
	one := 1
	out, _ := Redaction{Decimals: &one}.Apply(toRedact())
	inc := out.Incidents[0]
	if *inc.Latitude != 48 || *inc.Longitude != 37.8 {
		t.Errorf("position %v, %v", *inc.Latitude, *inc.Longitude)
	}
	if *inc.RadiusM < 5000 {
		t.Errorf("a radius of %v m does not hold the true place", *inc.RadiusM)
	}
	if p := out.Items[0].Media.Places[0]; *p.AccuracyM < 5000 || p.Raw != "" {
		t.Errorf("place %+v", p)
	}
	if out.Records[0].PlaceNames != nil {
		t.Error("a name says more than the rounded position")
	}
	if v := out.Reviews[0].Sheets[0].Claims[assess.Where].Value; !strings.HasPrefix(string(v), "48.0,37.8,") {
		t.Errorf("claim %q", v)
	}
}

func TestRedactionLeavesTheCaseAlone(t *testing.T) {
	four := 4
	in := toRedact()
	Redaction{People: true, Names: true, Captions: true, Notes: true, Decimals: &four}.Apply(in)
	if !reflect.DeepEqual(in, toRedact()) {
		t.Error("the case was changed")
	}
	if out, list := (Redaction{}).Apply(in); len(list) != 0 || !reflect.DeepEqual(out, in) {
		t.Error("without a choice something is left out")
	}
}

// Words of lists and identities are no names, and a name is found whole.
func TestRedactionFindsWholeNames(t *testing.T) {
	in := toRedact()
	in.Items[0].Sightings[0].Account = "confirm"
	in.Items[0].Sightings[0].Records[0].Account = "ill"
	in.Decisions[0].Reason = "the mill is ill, Ill. Confirm"
	out, _ := Redaction{Names: true}.Apply(in)
	if out.Decisions[0].Kind != verify.Confirm {
		t.Errorf("a kind of decision became %q", out.Decisions[0].Kind)
	}
	if got := out.Decisions[0].Reason; got != "the mill is account 3, account 3. account 2" {
		t.Errorf("reason %q", got)
	}
}

func TestRedactionRefusesDecimals(t *testing.T) {
	for _, n := range []int{-1, 7} {
		if (Redaction{Decimals: &n}).Check() == nil {
			t.Errorf("%d decimals are taken", n)
		}
	}
}
