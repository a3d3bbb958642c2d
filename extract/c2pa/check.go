package c2pa

import (
	"bytes"
	"fmt"
	"strings"
)

// checkAll runs every check on every manifest. The binding is that of the
// active one alone: the others speak of files that are not at hand.
func (d *decoder) checkAll() {
	d.findRedacted()
	d.findStamps()
	for i := range d.boxes {
		m := &d.store.Manifests[i]
		d.ingredient = i < len(d.boxes)-1
		if d.boxes[i].kind == typeCompressed {
			d.problem("c2pa-limit", d.boxes[i].where, "the manifest "+m.Label+" is compressed and is not read")
			continue
		}
		d.checkShape(d.boxes[i])
		d.checkAssertions(m, d.boxes[i])
		d.checkClaim(m, d.boxes[i])
		d.checkIngredients(m, d.boxes[i])
		d.checkIdentities(m, d.boxes[i])
		m.Binding = State{NotChecked, "the manifest is about another file, which this one was made from"}
	}
	d.ingredient = false
	if m := d.store.Active(); m != nil && d.boxes[len(d.boxes)-1].kind != typeCompressed {
		d.checkBinding(m, d.boxes[len(d.boxes)-1])
	}
}

// checkShape wants the three parts of a manifest under the types and labels
// that the specification gives them (2.1, 11.1.4). Neither is signed.
func (d *decoder) checkShape(s *superbox) {
	for _, part := range []struct{ kind, label string }{
		{typeAssertions, "c2pa.assertions"}, {typeClaim, "c2pa.claim"}, {typeSignature, "c2pa.signature"},
	} {
		box := s.first(part.kind)
		if box == nil || box.label != part.label && (part.kind != typeClaim || box.label != claimV2) {
			d.malformed(s.where, "the manifest "+s.label+" has no "+part.label+" of the right type")
		}
	}
}

// findRedacted notes which assertions a manifest takes out of another. None
// may take out its own.
func (d *decoder) findRedacted() {
	d.redacted = map[string]bool{}
	for i, m := range d.store.Manifests {
		for _, url := range m.Redacted {
			path := strings.TrimPrefix(url, selfReference+"/"+d.root.label+"/")
			if owner, label := firstPart(path), lastPart(path); owner != d.boxes[i].label {
				d.redacted[owner+"/"+label] = true
			}
		}
	}
}

func firstPart(path string) string {
	first, _, _ := strings.Cut(path, "/")
	return first
}

// checkAssertions compares every assertion with the digest that the claim
// states, and looks for assertions that the claim does not list.
func (d *decoder) checkAssertions(m *Manifest, s *superbox) {
	refs := d.listedReferences(m, s)
	listed := map[*superbox]bool{}
	for i := range m.Assertions {
		a := &m.Assertions[i]
		box, err := d.resolveAssertion(s, a.URL)
		if box != nil {
			listed[box] = true
		}
		a.State = d.checkAssertion(m, a, refs[i], box, err)
	}
	if store := s.first(typeAssertions); store != nil {
		for _, b := range store.boxes {
			if b.super != nil && !listed[b.super] && m.ClaimVersion > 0 {
				d.problem("c2pa-assertion-unlisted", b.super.where, oneLine("the assertion "+b.super.label+" stands in the manifest, but the signed claim does not list it"))
			}
		}
	}
	m.Integrity = integrity(m)
}

// listedReferences gives the hashed references in the order of m.Assertions.
func (d *decoder) listedReferences(m *Manifest, s *superbox) []hashedReference {
	var refs []hashedReference
	claim := d.value(s.first(typeClaim))
	keys := []string{"created_assertions", "gathered_assertions"}
	if m.ClaimVersion == 1 {
		keys = append([]string{"assertions"}, keys...)
	}
	for _, key := range keys {
		for _, ref := range claim.get(key).list() {
			if len(refs) < maxAssertions {
				refs = append(refs, reference(&ref, m.Alg))
			}
		}
	}
	return refs
}

func (d *decoder) checkAssertion(m *Manifest, a *Assertion, ref hashedReference, box *superbox, err error) State {
	gone := d.redacted[m.Label+"/"+a.Label] && redactable(a.Label)
	if err != nil {
		if gone {
			return State{NotChecked, "a later manifest took it out"}
		}
		d.problem("c2pa-assertion-missing", "JUMBF:"+a.Label, oneLine(fmt.Sprintf("the claim lists the assertion %s, but %v", a.Label, err)))
		return State{Invalid, err.Error()}
	}
	same, err := d.matches(ref, box.content)
	switch {
	case err != nil:
		return State{NotChecked, oneLine(err.Error())}
	case same:
		return State{Valid, "its " + ref.alg + " digest is the one in the claim"}
	case gone && box.blank():
		return State{NotChecked, "a later manifest blanked it"}
	}
	d.problem("c2pa-assertion-changed", box.where, oneLine("the assertion "+a.Label+" is not the one that the claim lists: its digest differs"))
	return State{Invalid, "its " + ref.alg + " digest is not the one in the claim"}
}

// redactable tells whether the specification lets an assertion be taken out:
// all but the actions and the digest of the file (2.1, 6.8).
func redactable(label string) bool {
	return !strings.HasPrefix(label, "c2pa.actions") && !strings.HasPrefix(label, "c2pa.hash.")
}

// blank tells whether nothing but zeros stands in the boxes of s.
func (s *superbox) blank() bool {
	for _, b := range s.boxes {
		if len(bytes.Trim(b.data, "\x00")) > 0 {
			return false
		}
	}
	return true
}

// integrity sums up the states of the assertions.
func integrity(m *Manifest) State {
	if len(m.Assertions) == 0 {
		return State{NotChecked, "the claim lists no assertion"}
	}
	left := 0
	for _, a := range m.Assertions {
		switch a.State.Verdict {
		case Invalid:
			return State{Invalid, oneLine("the assertion " + a.Label + ": " + a.State.Reason)}
		case NotChecked:
			left++
		}
	}
	switch n := len(m.Assertions); {
	case left == n:
		return State{NotChecked, oneLine(m.Assertions[0].State.Reason)}
	case left > 0:
		return State{Valid, fmt.Sprintf("%d of %d assertions have the digests in the claim, the others could not be checked", n-left, n)}
	default:
		return State{Valid, fmt.Sprintf("all %d assertions have the digests in the claim", n)}
	}
}

// checkIngredients compares the manifests of ingredients with the digests
// that the ingredient assertions state.
func (d *decoder) checkIngredients(m *Manifest, s *superbox) {
	for i := range m.Ingredients {
		in := &m.Ingredients[i]
		box := d.assertionBox(s, in.Label)
		ref := manifestReference(d.value(box))
		if !ref.present() {
			in.State = State{NotChecked, "the ingredient came without a manifest"}
			continue
		}
		in.State = d.checkIngredient(m, in, reference(ref, m.Alg), d.value(box), s)
	}
}

func (d *decoder) checkIngredient(m *Manifest, in *Ingredient, ref hashedReference, v *value, s *superbox) State {
	at := "JUMBF:" + in.Label
	target, err := d.resolve(s, ref.url)
	if err != nil {
		d.problem("c2pa-ingredient-changed", at, oneLine(fmt.Sprintf("the manifest of the ingredient %s cannot be found: %v", in.Title, err)))
		return State{Invalid, err.Error()}
	}
	same, err := d.matches(ref, target.content)
	if err != nil {
		return State{NotChecked, oneLine(err.Error())}
	}
	if same {
		return State{Valid, "its manifest is the one referred to"}
	}
	// Before version 1.3 of the specification the digest was that of the
	// claim; and where assertions were taken out since, that of the claim's
	// signature stands in.
	if claim, ok := d.contents[target.first(typeClaim)]; ok {
		if same, err := d.matches(ref, claim.data); same && err == nil {
			return State{Valid, "its claim is the one referred to"}
		}
	}
	if d.redactedIn(target.label) {
		sig := reference(v.get("claimSignature"), m.Alg)
		if box, err := d.resolve(s, sig.url); err == nil {
			if same, err := d.matches(sig, box.content); same && err == nil {
				return State{Valid, "its signature is the one referred to; assertions were taken out since"}
			}
		}
	}
	d.problem("c2pa-ingredient-changed", at, oneLine("the manifest of the ingredient "+in.Title+" is not the one referred to: its digest differs"))
	return State{Invalid, "the digest of its manifest is not the one referred to"}
}

func (d *decoder) redactedIn(manifest string) bool {
	for key := range d.redacted {
		if strings.HasPrefix(key, manifest+"/") {
			return true
		}
	}
	return false
}

// assertionBox finds an assertion of the manifest by its label, or nil.
func (d *decoder) assertionBox(s *superbox, label string) *superbox {
	store := s.first(typeAssertions)
	if store == nil {
		return nil
	}
	box, _ := store.child(label)
	return box
}

// checkIdentities checks the statements of the Creator Assertions Working
// Group: their digests, and where they are signed with a certificate, that
// signature (CAWG identity assertion 1.1, 8).
func (d *decoder) checkIdentities(m *Manifest, s *superbox) {
	for i := range m.Identities {
		id := &m.Identities[i]
		v := d.value(d.assertionBox(s, id.Label))
		id.Signer, id.State = d.checkIdentity(m, v, s)
		if id.State.Verdict == Invalid {
			d.problem("c2pa-identity-invalid", "JUMBF:"+id.Label, oneLine("the identity assertion "+id.Label+" does not hold: "+id.State.Reason))
		}
	}
}

func (d *decoder) checkIdentity(m *Manifest, v *value, s *superbox) (signer string, state State) {
	payload := v.get("signer_payload")
	if !payload.present() {
		return "", State{Invalid, "it does not say what it signs"}
	}
	seen := map[string]bool{}
	for _, r := range payload.get("referenced_assertions").list() {
		ref := reference(&r, m.Alg)
		if seen[ref.url] {
			return "", State{Invalid, oneLine("it refers to " + lastPart(ref.url) + " twice")}
		}
		seen[ref.url] = true
		box, err := d.resolve(s, ref.url)
		if err != nil {
			return "", State{Invalid, oneLine(fmt.Sprintf("it refers to %s, but %v", lastPart(ref.url), err))}
		}
		if same, err := d.matches(ref, box.content); err == nil && !same {
			return "", State{Invalid, oneLine("it refers to another " + lastPart(ref.url))}
		}
	}
	if v.get("pad1").hasData() || v.get("pad2").hasData() {
		return "", State{Invalid, "its padding holds data"}
	}
	if payload.get("sig_type").plain() != "cawg.x509.cose" {
		return "", State{NotChecked, "signatures of this kind are not checked"}
	}
	sig, err := d.readSignature(v.get("signature").raw())
	if err != nil {
		return "", State{NotChecked, oneLine(err.Error())}
	}
	return sig.signer(), d.verify(sig, payload.data)
}

// hasData tells whether padding holds anything but zeros.
func (v *value) hasData() bool {
	return len(bytes.Trim(v.raw(), "\x00")) > 0
}
