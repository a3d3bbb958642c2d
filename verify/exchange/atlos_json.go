package exchange

import (
	"encoding/json"
	"slices"
	"strings"

	"github.com/firsthand-media/firsthand/verify"
)

// atlosJSON is an incident in the archive of a full export. It has no clock
// time.
type atlosJSON struct {
	Slug         string           `json:"slug"`
	Description  string           `json:"attr_description"`
	Geolocation  *atlosPoint      `json:"attr_geolocation"`
	Resolution   *string          `json:"attr_geolocation_resolution"`
	MoreInfo     *string          `json:"attr_more_info"`
	Date         *string          `json:"attr_date"`
	Restrictions []string         `json:"attr_restrictions"`
	Sensitive    []string         `json:"attr_sensitive"`
	Status       string           `json:"attr_status"`
	Tags         []string         `json:"attr_tags"`
	Versions     []atlosVersion   `json:"versions"`
	Material     []atlosVersion   `json:"source_material"`
	InsertedAt   string           `json:"inserted_at"`
	UpdatedAt    string           `json:"updated_at"`
	Deleted      bool             `json:"deleted"`
	Project      *atlosProject    `json:"project"`
	ID           string           `json:"id"`
	Attributes   []atlosAttribute `json:"project_attributes"`

	OldType      atlosValue `json:"attr_type,omitzero"`
	OldImpact    atlosValue `json:"attr_impact,omitzero"`
	OldEquipment atlosValue `json:"attr_equipment,omitzero"`
	OldNear      atlosValue `json:"attr_general_location,omitzero"`
}

// atlosPoint is a position: GeoJSON, longitude first.
type atlosPoint struct {
	Type        string     `json:"type"`
	Coordinates [2]float64 `json:"coordinates"`
}

// atlosAttribute is the value of a custom attribute.
type atlosAttribute struct {
	Name  string     `json:"name"`
	ID    string     `json:"id"`
	Value atlosValue `json:"value"`
}

// atlosValue is a text, or a list of texts.
type atlosValue struct {
	list   []string
	isText bool
}

// MarshalJSON writes what was read.
func (v atlosValue) MarshalJSON() ([]byte, error) {
	if v.isText && len(v.list) == 1 {
		return json.Marshal(v.list[0])
	}
	return json.Marshal(v.list)
}

// UnmarshalJSON reads a text, a list, or nothing.
func (v *atlosValue) UnmarshalJSON(b []byte) error {
	var text *string
	if json.Unmarshal(b, &text) == nil {
		if text != nil && *text != "" {
			v.list, v.isText = []string{*text}, true
		}
		return nil
	}
	return json.Unmarshal(b, &v.list)
}

// atlosVersion is source material: one address, with what was saved of it.
type atlosVersion struct {
	ID         string          `json:"id"`
	InsertedAt string          `json:"inserted_at"`
	ScopedID   int             `json:"scoped_id"`
	SourceURL  *string         `json:"source_url"`
	Status     string          `json:"status"`      // pending, complete, error
	UploadType string          `json:"upload_type"` // user_provided, direct
	Visibility string          `json:"visibility"`  // visible, hidden, removed
	Metadata   json.RawMessage `json:"metadata"`
	IncidentID string          `json:"incident_id"`
	Artifacts  []atlosArtifact `json:"artifacts"`
}

// atlosArtifact is one file of source material.
type atlosArtifact struct {
	ID        string          `json:"id"`
	SHA256    verify.Digest   `json:"file_hash_sha256"`
	Size      int64           `json:"file_size"`
	MIME      string          `json:"mime_type"`
	Hashes    json.RawMessage `json:"perceptual_hashes"`
	Type      string          `json:"type"` // pdf, media, upload, viewport, fullpage, wacz, direct_file, other
	Title     *string         `json:"title"`
	AccessURL *string         `json:"access_url"`
}

// atlosProject is the project of an archive.
type atlosProject struct {
	Name        string               `json:"name"`
	Code        string               `json:"code"`
	Description string               `json:"description"`
	Color       string               `json:"color"`
	ID          string               `json:"id"`
	Active      bool                 `json:"active"`
	Attributes  []atlosAttributeKind `json:"attributes"`
}

type atlosAttributeKind struct {
	Name        string   `json:"name"`
	Description string   `json:"description"`
	Type        string   `json:"type"` // text, select, multi_select, date
	Options     []string `json:"options"`
}

// json is the incident as the archive has it.
func (a *atlosIncident) json() atlosJSON {
	some := func(s string) *string {
		if s == "" {
			return nil
		}
		return &s
	}
	doc := atlosJSON{
		Slug: a.slug, ID: a.slug, Description: a.description, Resolution: some(a.resolution), MoreInfo: some(a.moreInfo), Date: some(a.date),
		Restrictions: a.restrictions, Sensitive: a.sensitive, Status: a.status, Tags: append([]string{}, a.tags...),
		InsertedAt: a.insertedAt, UpdatedAt: a.updatedAt, Attributes: []atlosAttribute{},
	}
	if at, err := parsePosition(a.latitude, a.longitude); err == nil && at != nil {
		doc.Geolocation = &atlosPoint{"Point", [2]float64{at.Longitude, at.Latitude}}
	}
	for _, label := range atlosLabels(keySet(a.attributes)) {
		isText := !slices.Contains([]string{atlosIncidentType, atlosImpact, atlosEquipment}, label)
		doc.Attributes = append(doc.Attributes, atlosAttribute{Name: label, ID: label, Value: atlosValue{a.attributes[label], isText}})
	}
	return doc
}

func keySet[V any](m map[string]V) map[string]bool {
	out := make(map[string]bool, len(m))
	for key := range m {
		out[key] = true
	}
	return out
}

// incident reads the JSON back.
func (j *atlosJSON) incident() atlosIncident {
	text := func(s *string) string {
		if s == nil {
			return ""
		}
		return *s
	}
	a := atlosIncident{
		slug: j.Slug, insertedAt: j.InsertedAt, updatedAt: j.UpdatedAt, status: j.Status, description: j.Description, tags: j.Tags,
		resolution: text(j.Resolution), moreInfo: text(j.MoreInfo), restrictions: j.Restrictions, sensitive: j.Sensitive,
		attributes: map[string][]string{},
	}
	a.date, _, _ = strings.Cut(text(j.Date), "T")
	if j.Geolocation != nil {
		a.latitude, a.longitude = number(j.Geolocation.Coordinates[1]), number(j.Geolocation.Coordinates[0])
	}
	for label, v := range map[string]atlosValue{
		atlosIncidentType: j.OldType, atlosImpact: j.OldImpact, atlosEquipment: j.OldEquipment, atlosReportedNear: j.OldNear,
	} {
		if len(v.list) > 0 {
			a.attributes[label] = v.list
		}
	}
	for _, at := range j.Attributes {
		label := at.Name
		if label == "" {
			label = at.ID
		}
		if len(at.Value.list) > 0 {
			a.attributes[label] = at.Value.list
		}
	}
	for _, v := range j.material() {
		if url := text(v.SourceURL); url != "" {
			a.sources = append(a.sources, url)
		}
	}
	return a
}

// material is the source material that is to be seen.
func (j *atlosJSON) material() []atlosVersion {
	list := j.Versions
	if len(list) == 0 {
		list = j.Material
	}
	return slices.DeleteFunc(slices.Clone(list), func(v atlosVersion) bool { return v.Visibility == "removed" })
}
