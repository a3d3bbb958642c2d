package c2pa

import (
	"regexp"
	"strings"
)

var (
	instanceSuffix = regexp.MustCompile(`__\d+$`)
	versionSuffix  = regexp.MustCompile(`\.v\d+$`)
)

// baseLabel is the label of an assertion without its instance and version:
// "c2pa.ingredient" for "c2pa.ingredient.v3__2".
func baseLabel(label string) string {
	return versionSuffix.ReplaceAllString(instanceSuffix.ReplaceAllString(label, ""), "")
}

// assertion reads one assertion into the manifest. Kinds that are not known
// are in the tags only.
func (d *decoder) assertion(m *Manifest, s *superbox) {
	base := baseLabel(s.label)
	if strings.HasPrefix(base, "c2pa.thumbnail.") {
		m.thumbnail(s)
		return
	}
	v := d.value(s)
	if v == nil {
		return
	}
	switch base {
	case "c2pa.actions":
		m.actions(v)
	case "c2pa.ingredient":
		m.ingredient(s.label, v)
	case "stds.schema-org.CreativeWork":
		m.creativeWork(v)
		m.metadata(s.label, v)
	case "c2pa.soft-binding":
		if alg := v.get("alg").plain(); alg != "" && len(m.SoftBinding) < maxEntries {
			m.SoftBinding = append(m.SoftBinding, alg)
		}
	case "c2pa.training-mining", "cawg.training-mining":
		m.permissions(v)
	case "cawg.identity":
		m.Identities = append(m.Identities, Identity{Label: s.label, SigType: v.get("signer_payload").get("sig_type").plain()})
	case "stds.exif", "stds.iptc", "stds.iptc.photo-metadata", "c2pa.metadata", "cawg.metadata":
		m.metadata(s.label, v)
	default:
		if strings.HasSuffix(base, ".metadata") { // entity-specific metadata, specification 2.1, 18.15
			m.metadata(s.label, v)
		}
	}
}

// actions reads c2pa.actions and c2pa.actions.v2. Template actions of version
// 2 say what holds for every action of a kind.
func (m *Manifest) actions(v *value) {
	for _, a := range v.get("actions").list() {
		m.addAction(action(&a))
	}
	for _, t := range v.get("templates").list() {
		a := action(&t)
		a.Template = true
		m.addAction(a)
	}
}

func (m *Manifest) addAction(a Action) {
	if a.Action != "" && len(m.Actions) < maxEntries {
		m.Actions = append(m.Actions, a)
	}
}

func action(v *value) Action {
	p := v.get("parameters")
	a := Action{
		Action:            v.get("action").plain(),
		When:              v.get("when").plain(),
		SoftwareAgent:     softwareAgent(v.get("softwareAgent")),
		DigitalSourceType: v.get("digitalSourceType").plain(),
		Description:       v.get("description").plain(),
		Reason:            v.get("reason").plain(),
		InstanceID:        v.get("instanceId").plain(),
		Changed:           strings.Join(v.get("changed").strings(), ", "),
	}
	if a.InstanceID == "" {
		a.InstanceID = p.get("instanceId").plain()
	}
	if a.Description == "" {
		a.Description = p.get("description").plain()
	}
	for _, key := range []string{"ingredient", "ingredients"} {
		for _, ref := range p.get(key).list() {
			if url := ref.get("url").plain(); url != "" {
				a.Ingredients = append(a.Ingredients, lastPart(url))
			}
		}
	}
	return a
}

// softwareAgent reads a program's name: a text in version 1 of the actions,
// in version 2 a map like those of claim_generator_info.
func softwareAgent(v *value) string {
	if v != nil && v.kind == kindMap {
		name, version := v.get("name").plain(), v.get("version").plain()
		return strings.TrimSpace(name + " " + version)
	}
	return v.plain()
}

// ingredient reads versions 1 to 3. The third refers to the manifest under
// another name, and to the signature of its claim too.
func (m *Manifest) ingredient(label string, v *value) {
	if len(m.Ingredients) == maxEntries {
		return
	}
	in := Ingredient{
		Label:        label,
		Title:        v.get("dc:title").plain(),
		Format:       v.get("dc:format").plain(),
		DocumentID:   v.get("documentID").plain(),
		InstanceID:   v.get("instanceID").plain(),
		Relationship: v.get("relationship").plain(),
	}
	if url := manifestReference(v).get("url").plain(); url != "" {
		in.Manifest = lastPart(url)
	}
	if url := v.get("thumbnail").get("url").plain(); url != "" {
		in.Thumbnail = lastPart(url)
	}
	m.Ingredients = append(m.Ingredients, in)
}

// manifestReference is what an ingredient says of its manifest.
func manifestReference(v *value) *value {
	if ref := v.get("activeManifest"); ref.present() {
		return ref
	}
	return v.get("c2pa_manifest")
}

// creativeWork reads the authors of a schema.org CreativeWork.
func (m *Manifest) creativeWork(v *value) {
	for _, a := range v.get("author").list() {
		author := Author{Type: a.get("@type").one(), Name: a.get("name").one(), Identifier: a.get("identifier").one()}
		if author.Name == "" {
			author.Name = a.plain()
		}
		if author.Name != "" && len(m.Authors) < maxEntries {
			m.Authors = append(m.Authors, author)
		}
	}
}

// metadata keeps the plain values of a JSON-LD assertion under their own
// names; those further in get the names on the way, joined by slashes.
func (m *Manifest) metadata(label string, v *value) {
	for i := range v.pairs() {
		if key := v.key(i).name(); !strings.HasPrefix(key, "@") {
			m.entries(label, key, v.val(i))
		}
	}
}

func (m *Manifest) entries(label, name string, v *value) {
	if len(m.Metadata) >= maxEntries || len(name) > maxName {
		return
	}
	switch v.kind {
	case kindMap:
		for i := range v.pairs() {
			if key := v.key(i).name(); !strings.HasPrefix(key, "@") {
				m.entries(label, name+"/"+key, v.val(i))
			}
		}
	case kindList:
		for i := range v.items {
			m.entries(label, name, &v.items[i])
		}
	default:
		if text := v.plain(); text != "" {
			m.Metadata = append(m.Metadata, Entry{Assertion: label, Name: name, Value: text})
		}
	}
}

// permissions reads what a training and data mining assertion allows.
func (m *Manifest) permissions(v *value) {
	entries := v.get("entries")
	for i := range min(entries.pairs(), maxEntries) {
		if use := entries.val(i).get("use").plain(); use != "" {
			m.Permissions = append(m.Permissions, Permission{entries.key(i).name(), use})
		}
	}
}

// thumbnail keeps a picture: an embedded file, of which one box names the
// type and another holds the data.
func (m *Manifest) thumbnail(s *superbox) {
	data, ok := s.data("bidb")
	if !ok || len(m.Thumbnails) == maxEntries {
		return
	}
	t := Thumbnail{Label: s.label, Data: data}
	if about, ok := s.data("bfdb"); ok && len(about) > 1 {
		name, _, _ := strings.Cut(string(about[1:]), "\x00")
		t.MediaType = cleanText([]byte(name))
	}
	m.Thumbnails = append(m.Thumbnails, t)
}
