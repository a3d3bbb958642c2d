package c2pa

import "strings"

// claimV2 is the label of a claim of version 2.
const claimV2 = "c2pa.claim.v2"

// manifests reads every manifest of the store, in file order.
func (d *decoder) manifests() {
	for _, b := range d.root.boxes {
		if b.super == nil {
			continue
		}
		if len(d.boxes) == maxManifests {
			d.problem("c2pa-limit", d.root.where, "the store holds more manifests than are read")
			return
		}
		switch b.super.kind {
		case typeManifest, typeUpdate:
			d.boxes = append(d.boxes, b.super)
			d.store.Manifests = append(d.store.Manifests, d.manifest(b.super))
		case typeCompressed:
			d.boxes = append(d.boxes, b.super)
			d.store.Manifests = append(d.store.Manifests, compressed(b.super))
		}
	}
	if len(d.boxes) == 0 {
		d.malformed(d.root.where, "the manifest store holds no manifest")
	}
}

// compressed stands for a manifest that is packed with Brotli.
func compressed(s *superbox) Manifest {
	unread := State{NotChecked, "the manifest is compressed, which is not read"}
	return Manifest{Label: s.label, Integrity: unread, Signature: unread, Certificate: unread, Trust: unread, Binding: unread}
}

// manifest reads what one manifest claims.
func (d *decoder) manifest(s *superbox) Manifest {
	m := Manifest{Label: s.label, Update: s.kind == typeUpdate}
	box := s.first(typeClaim)
	if box == nil {
		d.malformed(s.where, "the manifest "+s.label+" has no claim")
		return m
	}
	claim := d.value(box)
	if claim == nil || claim.kind != kindMap {
		d.malformed(box.where, "the claim of the manifest "+s.label+" cannot be read")
		return m
	}
	m.ClaimVersion = 1
	if box.label == claimV2 {
		m.ClaimVersion = 2
	}
	m.Title = claim.get("dc:title").plain()
	m.Format = claim.get("dc:format").plain()
	m.InstanceID = claim.get("instanceID").plain()
	m.Alg = claim.get("alg").plain()
	m.Redacted = claim.get("redacted_assertions").strings()
	m.Generators = generators(claim.get("claim_generator_info"))
	m.ClaimGenerator = claim.get("claim_generator").plain()
	if m.ClaimGenerator == "" {
		m.ClaimGenerator = generatorLine(m.Generators)
	}
	m.SignedAt = claim.get("metadata").get("dateTime").plain()
	m.Assertions = listed(claim, m.ClaimVersion)
	if len(m.Assertions) == maxAssertions {
		d.problem("c2pa-limit", box.where, "the claim lists more assertions than are read")
	}
	read := map[*superbox]bool{}
	for i := range m.Assertions {
		if box, err := d.resolveAssertion(s, m.Assertions[i].URL); err == nil && !read[box] {
			read[box] = true
			d.assertion(&m, box)
		}
	}
	return m
}

// listed gives the assertions that the claim lists, without their states.
func listed(claim *value, version int) []Assertion {
	var all []Assertion
	add := func(key string, created bool) {
		for _, ref := range claim.get(key).list() {
			if len(all) < maxAssertions {
				url := ref.get("url").plain()
				all = append(all, Assertion{Label: lastPart(url), URL: url, Created: created})
			}
		}
	}
	if version == 1 {
		add("assertions", false)
	}
	add("created_assertions", true)
	add("gathered_assertions", false)
	return all
}

// generators reads claim_generator_info: a map, or in claims of version 1 a
// list of them.
func generators(v *value) []Generator {
	var all []Generator
	for _, g := range v.list() {
		if name := g.get("name").plain(); name != "" {
			all = append(all, Generator{name, g.get("version").plain()})
		}
	}
	return all
}

// generatorLine writes the generators as claims of version 1 do.
func generatorLine(all []Generator) string {
	var parts []string
	for _, g := range all {
		name := g.Name
		if g.Version != "" {
			name += "/" + g.Version
		}
		parts = append(parts, name)
	}
	return strings.Join(parts, " ")
}

func lastPart(url string) string {
	return url[strings.LastIndexAny(url, "/=")+1:]
}
