package gazetteer

import (
	"errors"
	"fmt"
	"math"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Bounds on what a person enters.
const (
	maxOwn       = 50_000 // places of one file
	maxVariants  = 200    // of one place
	maxOwnName   = 200    // letters
	maxOwnNote   = 2000   // letters
	maxOwnRadius = 500_000.0
)

// Check refuses a place that could not be found or shown, and tidies its
// names.
func (o Own) Check() (Own, error) {
	var err error
	if o.Name, err = checkName(o.Name); err != nil {
		return o, err
	}
	seen := map[string]bool{o.Name: true}
	var variants []string
	for _, v := range o.Variants {
		if strings.TrimSpace(v) == "" {
			continue
		}
		if v, err = checkName(v); err != nil {
			return o, fmt.Errorf("%s: %w", o.Name, err)
		}
		if !seen[v] {
			seen[v] = true
			variants = append(variants, v)
		}
	}
	o.Variants = variants
	o.Note = strings.TrimSpace(o.Note)
	if o.RadiusM == 0 {
		o.RadiusM = DefaultRadius
	}
	switch {
	case len(variants) > maxVariants:
		err = fmt.Errorf("%d other names are more than %d", len(variants), maxVariants)
	case !(math.Abs(o.Lat) <= 90):
		err = fmt.Errorf("latitude %g is not between -90 and 90", o.Lat)
	case !(math.Abs(o.Lon) <= 180):
		err = fmt.Errorf("longitude %g is not between -180 and 180", o.Lon)
	case !(o.RadiusM > 0 && o.RadiusM <= maxOwnRadius):
		err = fmt.Errorf("a radius of %g m is not between 0 and %g", o.RadiusM, maxOwnRadius)
	case utf8.RuneCountInString(o.Note) > maxOwnNote:
		err = fmt.Errorf("the note is longer than %d letters", maxOwnNote)
	}
	if err != nil {
		return o, fmt.Errorf("%s: %w", o.Name, err)
	}
	return o, nil
}

func checkName(name string) (string, error) {
	name = strings.Join(strings.Fields(strings.ToValidUTF8(name, "")), " ")
	switch n := utf8.RuneCountInString(name); {
	case n > maxOwnName:
		return "", fmt.Errorf("a name of %d letters is longer than %d", n, maxOwnName)
	case strings.IndexFunc(name, unicode.IsLetter) < 0 || utf8.RuneCountInString(Fold(name)) < 2:
		return "", errors.New("a place needs a name of two letters or more")
	}
	return name, nil
}

// Join checks places that were read together and makes one of those that have
// one name: their variants add up, what is said last of the rest holds.
func Join(places []Own) ([]Own, error) {
	at := map[string]int{}
	var out []Own
	for _, o := range places {
		o, err := o.Check()
		if err != nil {
			return nil, err
		}
		i, ok := at[o.Name]
		if !ok {
			at[o.Name] = len(out)
			out = append(out, o)
			continue
		}
		o.Variants = append(append([]string{}, out[i].Variants...), o.Variants...)
		if out[i], err = o.Check(); err != nil {
			return nil, err
		}
	}
	return out, nil
}
