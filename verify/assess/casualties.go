package assess

import (
	"encoding/json"
	"errors"
	"fmt"
	"strconv"
	"strings"
)

// flatCasualties is the form of casualties in JSON: one key for each end of
// each range, as the exchange formats have them.
type flatCasualties struct {
	KilledMin          *int          `json:"killed_min"`
	KilledMax          *int          `json:"killed_max"`
	InjuredMin         *int          `json:"injured_min"`
	InjuredMax         *int          `json:"injured_max"`
	ChildrenKilledMin  *int          `json:"children_killed_min"`
	ChildrenKilledMax  *int          `json:"children_killed_max"`
	ChildrenInjuredMin *int          `json:"children_injured_min"`
	ChildrenInjuredMax *int          `json:"children_injured_max"`
	WomenKilledMin     *int          `json:"women_killed_min"`
	WomenKilledMax     *int          `json:"women_killed_max"`
	WomenInjuredMin    *int          `json:"women_injured_min"`
	WomenInjuredMax    *int          `json:"women_injured_max"`
	MenKilledMin       *int          `json:"men_killed_min"`
	MenKilledMax       *int          `json:"men_killed_max"`
	MenInjuredMin      *int          `json:"men_injured_min"`
	MenInjuredMax      *int          `json:"men_injured_max"`
	MedicalKilledMin   *int          `json:"medical_staff_killed_min"`
	MedicalKilledMax   *int          `json:"medical_staff_killed_max"`
	MedicalInjuredMin  *int          `json:"medical_staff_injured_min"`
	MedicalInjuredMax  *int          `json:"medical_staff_injured_max"`
	Status             string        `json:"status"`
	Visible            YesNo         `json:"visible_in_media"`
	Sources            []string      `json:"source_ids"`
	Grade              CasualtyGrade `json:"grade"`
}

// MarshalJSON writes the flat form: killed_min, killed_max, injured_min and so
// on, then children_, women_, men_ and medical_staff_ before the same, status,
// visible_in_media, source_ids and grade.
func (c Casualties) MarshalJSON() ([]byte, error) {
	return json.Marshal(flatCasualties{
		c.All.Killed.Min, c.All.Killed.Max, c.All.Injured.Min, c.All.Injured.Max,
		c.Children.Killed.Min, c.Children.Killed.Max, c.Children.Injured.Min, c.Children.Injured.Max,
		c.Women.Killed.Min, c.Women.Killed.Max, c.Women.Injured.Min, c.Women.Injured.Max,
		c.Men.Killed.Min, c.Men.Killed.Max, c.Men.Injured.Min, c.Men.Injured.Max,
		c.Medical.Killed.Min, c.Medical.Killed.Max, c.Medical.Injured.Min, c.Medical.Injured.Max,
		c.Status, c.Visible, append([]string{}, c.Sources...), c.Grade,
	})
}

// UnmarshalJSON reads the flat form.
func (c *Casualties) UnmarshalJSON(text []byte) error {
	var f flatCasualties
	if err := strictJSON(text, &f); err != nil {
		return err
	}
	*c = Casualties{
		All:      Toll{Range{f.KilledMin, f.KilledMax}, Range{f.InjuredMin, f.InjuredMax}},
		Children: Toll{Range{f.ChildrenKilledMin, f.ChildrenKilledMax}, Range{f.ChildrenInjuredMin, f.ChildrenInjuredMax}},
		Women:    Toll{Range{f.WomenKilledMin, f.WomenKilledMax}, Range{f.WomenInjuredMin, f.WomenInjuredMax}},
		Men:      Toll{Range{f.MenKilledMin, f.MenKilledMax}, Range{f.MenInjuredMin, f.MenInjuredMax}},
		Medical:  Toll{Range{f.MedicalKilledMin, f.MedicalKilledMax}, Range{f.MedicalInjuredMin, f.MedicalInjuredMax}},
		Status:   f.Status, Visible: f.Visible, Sources: f.Sources, Grade: f.Grade,
	}
	return nil
}

// toll names one range of casualties as a person types it.
func (c *Casualties) toll(name string) *Range {
	group, harm, ok := strings.Cut(name, "_")
	if !ok {
		group, harm = "", name
	}
	if rest, found := strings.CutPrefix(name, "medical_staff_"); found {
		group, harm = "medical", rest
	}
	t, ok := map[string]*Toll{"": &c.All, "children": &c.Children, "women": &c.Women, "men": &c.Men, "medical": &c.Medical}[group]
	if !ok {
		return nil
	}
	switch harm {
	case "killed":
		return &t.Killed
	case "injured":
		return &t.Injured
	}
	return nil
}

// mostPeople bounds a range: no incident has harmed more.
const mostPeople = 100_000_000

// ParseRange reads a number of people: 3, 2-5, 2- (at least), -5 (at most). An
// empty text is a range that says nothing.
func ParseRange(text string) (Range, error) {
	text = strings.TrimSpace(text)
	if text == "" {
		return Range{}, nil
	}
	low, high, ranged := strings.Cut(strings.ReplaceAll(text, "–", "-"), "-")
	if !ranged {
		high = low
	}
	var r Range
	var err error
	if r.Min, err = people(low); err == nil {
		r.Max, err = people(high)
	}
	if err == nil && r.Min == nil && r.Max == nil {
		err = errors.New("neither end is given")
	}
	if err == nil {
		err = r.check()
	}
	if err != nil {
		return Range{}, fmt.Errorf("%q is no number of people (3, 2-5, 2- or -5): %w", text, err)
	}
	return r, nil
}

func people(text string) (*int, error) {
	text = strings.TrimSpace(text)
	if text == "" {
		return nil, nil
	}
	n, err := strconv.ParseUint(text, 10, 31)
	if err != nil {
		return nil, fmt.Errorf("%q is not a number", text)
	}
	v := int(n)
	return &v, nil
}

func (r Range) check() error {
	for _, n := range []*int{r.Min, r.Max} {
		if n != nil && (*n < 0 || *n > mostPeople) {
			return fmt.Errorf("%d people cannot be", *n)
		}
	}
	if r.Min != nil && r.Max != nil && *r.Min > *r.Max {
		return fmt.Errorf("the least, %d, is more than the most, %d", *r.Min, *r.Max)
	}
	return nil
}

// String is the range as [ParseRange] reads it.
func (r Range) String() string {
	switch {
	case r.Min == nil && r.Max == nil:
		return ""
	case r.Min == nil:
		return "-" + strconv.Itoa(*r.Max)
	case r.Max == nil:
		return strconv.Itoa(*r.Min) + "-"
	case *r.Min == *r.Max:
		return strconv.Itoa(*r.Min)
	}
	return strconv.Itoa(*r.Min) + "-" + strconv.Itoa(*r.Max)
}

// some says whether the range puts at least one person there for certain, and
// whether it leaves that open.
func (r Range) some() (certain, possible bool) {
	certain = r.Min != nil && *r.Min > 0
	return certain, !certain && r.Max != nil && *r.Max > 0
}

func (c *Casualties) check() error {
	groups := []struct {
		name string
		toll Toll
	}{{"", c.All}, {"children_", c.Children}, {"women_", c.Women}, {"men_", c.Men}, {"medical_staff_", c.Medical}}
	for _, g := range groups {
		for name, pair := range map[string][2]Range{"killed": {g.toll.Killed, c.All.Killed}, "injured": {g.toll.Injured, c.All.Injured}} {
			r, all := pair[0], pair[1]
			if err := r.check(); err != nil {
				return fmt.Errorf("%s%s: %w", g.name, name, err)
			}
			if r.Min != nil && all.Max != nil && *r.Min > *all.Max {
				return fmt.Errorf("%s%s is at least %d and %s at most %d", g.name, name, *r.Min, name, *all.Max)
			}
		}
	}
	return oneOf("casualties.status", c.Status, []string{"civilian", "combatant", "unknown"})
}
