package verify

import "github.com/firsthand-media/firsthand/extract"

// Path is the item's path: that of its first sighting.
func (it *Item) Path() string {
	if len(it.Sightings) == 0 {
		return ""
	}
	return it.Sightings[0].Path
}

// Readable tells whether the item is a photo or video whose picture could be
// read.
func (it *Item) Readable() bool {
	k := it.Media.Kind
	return (k == extract.Image || k == extract.Video) && it.Media.Error == ""
}

// BestTime is the strongest time of the item as seen at path: what the file
// itself claims, else what name, sidecars and file system say there. It is nil
// when nothing meaningful is claimed.
func (it *Item) BestTime(path string) *extract.Time {
	if it.Media.BestTime != nil {
		return it.Media.BestTime
	}
	for i := range it.Sightings {
		if it.Sightings[i].Path == path {
			return extract.Best(it.Sightings[i].Times)
		}
	}
	return nil
}

// Line is an item as `items` lists it: the contract's object, with the times
// and places of all its sightings and, beyond the contract, the paths of all
// sightings and how a video was sampled.
type Line struct {
	Path   string `json:"path"`
	SHA256 Digest `json:"sha256"`
	Size   int64  `json:"size"`
	extract.Media
	Sightings []string  `json:"sightings"`
	Sampling  *Sampling `json:"sampling"`
}

// bestPlace gives the best position, else the first name.
func bestPlace(ps []extract.Place) *extract.Place {
	if p := extract.BestPlace(ps); p != nil {
		return p
	}
	for i := range ps {
		if ps[i].Latitude == nil && ps[i].Name != "" {
			return &ps[i]
		}
	}
	return nil
}

// Line gives the item in the form of the output contract.
func (it *Item) Line() Line {
	l := Line{Path: it.Path(), SHA256: it.Digest, Size: it.Size, Media: it.Media, Sightings: []string{}}
	// Lists are never null in the output.
	l.Codecs = append([]string{}, it.Media.Codecs...)
	l.Times = append([]extract.Time{}, it.Media.Times...)
	l.Places = append([]extract.Place{}, it.Media.Places...)
	l.Findings = append([]extract.Finding{}, it.Media.Findings...)
	for _, s := range it.Sightings {
		l.Sightings = append(l.Sightings, s.Path)
		l.Times = append(l.Times, s.Times...)
		l.Places = append(l.Places, s.Places...)
		l.Findings = append(l.Findings, s.Findings...)
	}
	extract.SortTimes(l.Times)
	if l.BestTime == nil {
		l.BestTime = extract.Best(l.Times)
	}
	if l.BestPlace == nil {
		l.BestPlace = bestPlace(l.Places)
	}
	if it.Sampling.Engine != "" {
		l.Sampling = &it.Sampling
	}
	return l
}
