package source

import (
	"bytes"
	"encoding/json"
	"io"
	"path"
	"slices"
	"strings"
)

// proof is what ProofMode notes of a picture when it is taken, by the names of
// its notes in lower case. Those that identify the phone are not kept.
type proof func(key string) string

// isProof recognises a proof in JSON by its keys.
func isProof(k keySet) bool {
	return k["File Hash SHA256"] && k.any("Proof Generated", "File Path", "File Created")
}

// isProofTable recognises a proof in CSV, whose columns are in no fixed order.
func isProofTable(head []byte) bool {
	return newTable(bytes.NewReader(head), head).header(hasProofColumns)
}

func hasProofColumns(c columnSet) bool {
	return c.any("file hash sha256") && c.any("proof generated", "file path", "file created")
}

// readProof reads a proof in JSON, all of whose values are texts.
func readProof(out *reading, r io.Reader, s sniffed, limit int64) {
	out.format = formatProofMode
	jsonRecords(out, r, s, limit, func(raw json.RawMessage) error {
		var notes map[string]scalar
		if !decodes(raw, &notes) {
			return nil
		}
		byName := make(map[string]string, len(notes))
		for key, value := range notes {
			byName[strings.ToLower(key)] = strings.TrimSpace(string(value))
		}
		return proof(func(key string) string { return byName[key] }).attach(out)
	})
}

func readProofTable(out *reading, r io.Reader, head []byte, limit int64) {
	out.format = formatProofMode
	t := newTable(&metered{r: r, total: limit, value: limit}, head)
	t.header(hasProofColumns)
	t.each(out, func(row tableRow) error {
		return proof(func(key string) string { return row.cell(key) }).attach(out)
	})
}

// attach gives the picture what was noted of it, and sets apart the signatures
// and other proofs beside it.
func (p proof) attach(out *reading) error {
	hash := p("file hash sha256")
	if hash == "" {
		return nil
	}
	out.derived = append(out.derived, proofExtras(out, hash)...)
	file, here := p.file(out, hash)
	if !here {
		out.absent.add(firstOf(path.Base(p("file path")), hash))
		return nil
	}
	record := Record{Taken: p.taken(out), Text: p("notes")}
	if p("location.provider") != "none" {
		record.Latitude, record.Longitude = degrees(p("location.latitude"), p("location.longitude"))
	}
	return out.add(entry{file: file, Record: record})
}

// file finds the picture: by the hash in its name, by the name that it had on
// the phone, or because it is the only one in the folder.
func (p proof) file(out *reading, hash string) (int, bool) {
	if i, found := out.names.findHash(out.dir, hash); found == present {
		return i, true
	}
	if name := p("file path"); name != "" {
		if i, found := out.names.findTail(out.dir, unescaped(name)); found == present {
			return i, true
		}
	}
	media := out.names.media(out.dir, "")
	if len(media) != 1 {
		return 0, false
	}
	return media[0], true
}

// taken is when the picture was made, on the phone's clock: the "Z" behind the
// time is written in every zone and says nothing.
func (p proof) taken(out *reading) *PostTime {
	written := p("file created")
	t := fromText("proofmode:File Created", scalar(strings.TrimSuffix(written, "Z")), false)
	switch {
	case t != nil:
		t.Raw = written
	case written != "":
		out.unusable.add(written)
	}
	return t
}

// proofExtras finds what ProofMode writes beside a picture: its signatures and
// other proofs, and the keys of the phone.
func proofExtras(out *reading, hash string) []int {
	extras := slices.DeleteFunc(out.names.hashed(out.dir, hash), func(i int) bool {
		rel := out.names.rels[i]
		return isMediaName(rel) || !strings.HasPrefix(path.Base(rel), hash)
	})
	for _, key := range []string{"pubkey.asc", "c2paidentity.cert"} {
		if i, ok := out.names.exact[path.Join(out.dir, key)]; ok {
			extras = append(extras, i)
		}
	}
	return extras
}
