package main

import (
	"bytes"
	"context"
	"debug/buildinfo"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// shippedPath is the list of licences that the page and the program show.
const shippedPath = "verify/workbench/ui/src/screens/settings/shipped.json"

// shippedList is the parts in the form of that file.
func shippedList(parts []part) ([]byte, error) {
	type shown struct {
		Version *string `json:"version,omitempty"` // of a module the program knows it
		Licence string  `json:"licence"`
		Text    string  `json:"text"`
	}
	list := map[string]shown{}
	for _, p := range parts {
		s := shown{Licence: p.licence, Text: p.text}
		if p.kind != module {
			s.Version = &p.version
		}
		list[p.name] = s
	}
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", " ")
	err := enc.Encode(list)
	return b.Bytes(), err
}

// writeShipped gathers the licences anew.
func writeShipped(ctx context.Context, root string) error {
	parts, err := gather(ctx, &room{tree: root, umask: "022", env: os.Environ()})
	if err != nil {
		return err
	}
	text, err := shippedList(parts)
	if err != nil {
		return err
	}
	say("%d parts, each with its licence", len(parts))
	return os.WriteFile(filepath.Join(root, filepath.FromSlash(shippedPath)), text, 0o644)
}

// checkLicences gathers the licences and compares them with those that the
// program shows.
func checkLicences(ctx context.Context, r *room) ([]part, error) {
	parts, err := gather(ctx, r)
	if err != nil {
		return nil, err
	}
	want, err := shippedList(parts)
	if err != nil {
		return nil, err
	}
	have, err := os.ReadFile(filepath.Join(r.tree, filepath.FromSlash(shippedPath)))
	if err == nil && !bytes.Equal(have, want) {
		err = fmt.Errorf("%s is not what is shipped now: go run ./cmd/release -licences", shippedPath)
	}
	say("%d parts of others, each with a licence that goes with GPL-3.0-or-later", len(parts))
	return parts, err
}

// partsOf are the parts in one program, each with its version and sum: the
// modules that it says it was built from, and all else.
func partsOf(info *buildinfo.BuildInfo, parts []part) ([]shippedPart, error) {
	var out []shippedPart
	var unknown []error
	for _, m := range info.Deps {
		i := slices.IndexFunc(parts, func(p part) bool { return p.kind == module && p.name == m.Path })
		if i < 0 {
			unknown = append(unknown, fmt.Errorf("the program holds %s, whose licence was not gathered", m.Path))
			continue
		}
		p := shippedPart{part: parts[i], sum: m.Sum}
		p.version = m.Version
		if m.Replace != nil {
			p.sum, p.replaced = "", true
		}
		out = append(out, p)
	}
	for _, p := range parts {
		if p.kind != module {
			out = append(out, shippedPart{part: p})
		}
	}
	return out, errors.Join(unknown...)
}

// shippedPart is a part in one program.
type shippedPart struct {
	part
	sum      string // of a module: h1:..., as in go.sum
	replaced bool   // by code of our own
}

// thirdParty is the text that goes with a program: every part with the whole of
// its licence.
func thirdParty(parts []shippedPart) []byte {
	var b strings.Builder
	b.WriteString("What is in this program of others, with the licence of each part. Firsthand itself is under GPL-3.0-or-later (LICENSE).\n" +
		"Sources: of modules as their names say, at the version given; of others as said below.\n\n\n")
	for _, p := range parts {
		title := strings.TrimSpace(p.name + " " + p.version)
		fmt.Fprintf(&b, "%s\n%s\n%s\n\n%s\n\n\n", title, strings.Repeat("=", len(title)), p.licence, p.text)
	}
	return []byte(b.String())
}
