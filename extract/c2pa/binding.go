package c2pa

import (
	"bytes"
	"cmp"
	"encoding/binary"
	"errors"
	"fmt"
	"hash"
	"io"
	"slices"
	"strings"
)

// maxBindings bounds the hard bindings that are checked; a claim has one.
const maxBindings = 4

// span is a range of bytes of the file.
type span struct {
	from, to int64
}

// checkBinding compares the file with the digest in the manifest. An update
// manifest changes no picture and relies on the digest of its parent.
func (d *decoder) checkBinding(m *Manifest, s *superbox) {
	owner, box := d.boundBy(m, s)
	bindings := d.bindings(owner, box)
	if len(bindings) == 0 {
		m.Binding = State{NotChecked, "the manifest states no digest of the file, so that nothing ties it to this one"}
		d.problem("c2pa-binding-missing", s.where, "the manifest states no digest of the file, so that nothing ties it to this one")
		return
	}
	for _, b := range bindings {
		state := d.binding(owner, b)
		if m.Binding.Verdict != Invalid {
			m.Binding = state
		}
		if state.Verdict == Invalid {
			d.problem("c2pa-binding-broken", b.where, oneLine("the file is not the one that the manifest was made for: "+state.Reason))
			return
		}
	}
}

// boundBy finds the manifest whose binding holds for the file: the active
// one, or the parent that an update manifest builds on.
func (d *decoder) boundBy(m *Manifest, s *superbox) (*Manifest, *superbox) {
	seen := map[*Manifest]bool{}
	for m.Update && !seen[m] && len(d.bindings(m, s)) == 0 {
		seen[m] = true
		for _, in := range m.Ingredients {
			if in.Relationship != "parentOf" || in.State.Verdict != Valid {
				continue
			}
			for i := range d.boxes {
				if d.boxes[i].label == in.Manifest {
					m, s = &d.store.Manifests[i], d.boxes[i]
				}
			}
		}
	}
	return m, s
}

// bindings lists the hard bindings that the claim lists.
func (d *decoder) bindings(m *Manifest, s *superbox) []*superbox {
	var all []*superbox
	for _, a := range m.Assertions {
		if !strings.HasPrefix(a.Label, "c2pa.hash.") || len(all) == maxBindings {
			continue
		}
		if box, err := d.resolveAssertion(s, a.URL); err == nil {
			all = append(all, box)
		}
	}
	return all
}

// binding checks one hard binding.
func (d *decoder) binding(m *Manifest, box *superbox) State {
	for _, a := range m.Assertions {
		if a.Label == box.label && a.State.Verdict == Invalid {
			return State{Invalid, "the digest of the file was itself changed"}
		}
	}
	v := d.value(box)
	switch base := baseLabel(box.label); {
	case v == nil:
		return State{NotChecked, "the digest of the file could not be read"}
	case d.opt.File == nil || d.opt.BindingBytes <= 0:
		return State{NotChecked, "the file was not read for it"}
	case base == "c2pa.hash.data":
		return d.dataBinding(m, box.where, v)
	case base == "c2pa.hash.bmff":
		return d.bmffBinding(m, box, v)
	default:
		return State{NotChecked, oneLine("digests of the kind " + base + " are not checked")}
	}
}

// dataBinding checks c2pa.hash.data: one digest over the file but for the
// ranges that it names, the manifest's own above all (specification 2.1, 18.5).
func (d *decoder) dataBinding(m *Manifest, where string, v *value) State {
	var leaveOut []span
	exclusions := v.get("exclusions")
	if exclusions != nil && len(exclusions.items) > maxEntries {
		return State{NotChecked, "it leaves out more ranges than are read"}
	}
	for _, e := range exclusions.list() {
		from, ok1 := e.get("start").size()
		length, ok2 := e.get("length").size()
		if !ok1 || !ok2 || from > uint64(d.opt.Size) || length > uint64(d.opt.Size)-from {
			return State{Invalid, "the ranges that it leaves out do not lie in this file"}
		}
		leaveOut = append(leaveOut, span{int64(from), int64(from + length)})
	}
	leaveOut = merged(leaveOut)
	state := d.compare(m, v, leaveOut, nil)
	if state.Verdict == Valid {
		d.noteLeftOut(where, total(leaveOut))
	}
	return state
}

// noteLeftOut reports a binding that leaves more of the file open than the
// manifest needs. Containers wrap the store in pieces of up to 64 KiB, GIF in
// pieces of 255 bytes.
func (d *decoder) noteLeftOut(where string, left int64) {
	const headers = 256
	size := int64(d.size)
	if more := left - size; more > size/128+headers {
		d.problem("c2pa-binding-partial", where, fmt.Sprintf("the signed digest leaves out %d bytes of the file besides the manifest, which may have been changed since", more))
	}
}

// compare hashes the file and compares. marks are the places in front of
// which their own offset is hashed.
func (d *decoder) compare(m *Manifest, v *value, leaveOut []span, marks []int64) State {
	if v.get("url").present() {
		return State{NotChecked, "the digest is of a file held elsewhere"}
	}
	want := v.get("hash").raw()
	alg := cmp.Or(v.get("alg").plain(), m.Alg, "sha256")
	h := newHash(alg)
	if h == nil {
		return State{NotChecked, oneLine(fmt.Sprintf("the hash algorithm %q is not one that is checked", alg))}
	}
	if d.opt.Size-total(leaveOut) > d.opt.BindingBytes {
		return State{NotChecked, fmt.Sprintf("the file is larger than the %d bytes that are read for it", d.opt.BindingBytes)}
	}
	if err := hashFile(h, d.opt.File, d.opt.Size, leaveOut, marks); err != nil {
		return State{NotChecked, oneLine("the file could not be read for it: " + err.Error())}
	}
	if !bytes.Equal(h.Sum(nil), want) {
		return State{Invalid, "its " + alg + " digest differs from the signed one"}
	}
	return State{Valid, "its " + alg + " digest is the signed one"}
}

// hashFile feeds the file to h without the spans, which are sorted and apart.
func hashFile(h hash.Hash, f io.ReaderAt, size int64, leaveOut []span, marks []int64) error {
	buf := make([]byte, 128<<10)
	for pos := int64(0); pos < size; {
		if len(marks) > 0 && marks[0] == pos {
			h.Write(binary.BigEndian.AppendUint64(nil, uint64(pos)))
			marks = marks[1:]
		}
		next := size
		if len(marks) > 0 {
			next = marks[0]
		}
		if len(leaveOut) > 0 && leaveOut[0].from <= pos {
			next = min(next, leaveOut[0].to)
			if next == leaveOut[0].to {
				leaveOut = leaveOut[1:]
			}
			pos = next
			continue
		}
		if len(leaveOut) > 0 {
			next = min(next, leaveOut[0].from)
		}
		n, err := io.CopyBuffer(h, io.NewSectionReader(f, pos, next-pos), buf)
		if err != nil {
			return fmt.Errorf("reading at %d: %w", pos+n, err)
		}
		if n != next-pos {
			return errors.New("it ends early")
		}
		pos = next
	}
	return nil
}

// merged sorts spans and joins those that touch or overlap.
func merged(spans []span) []span {
	slices.SortFunc(spans, func(a, b span) int { return cmp.Or(cmp.Compare(a.from, b.from), cmp.Compare(a.to, b.to)) })
	var out []span
	for _, s := range spans {
		switch last := len(out) - 1; {
		case s.to <= s.from:
		case last >= 0 && s.from <= out[last].to:
			out[last].to = max(out[last].to, s.to)
		default:
			out = append(out, s)
		}
	}
	return out
}

func total(spans []span) int64 {
	var n int64
	for _, s := range spans {
		n += s.to - s.from
	}
	return n
}
